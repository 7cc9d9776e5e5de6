#ifndef HUDDLE_CLI_RUN_H
#define HUDDLE_CLI_RUN_H

#include "commands.h"
#include "huddle/cli.h"
#include "huddle/report_table.h"
#include "huddle/rules.h"

/* What the commands share. */
static inline bool cli_has(const struct cli *cli, enum option option)
{
	return cli->value[option] != NULL;
}

/* --csv or --md was given; false also when both were, or one with --json: then err says. */
bool cli_table(struct cli *cli, enum table_form *form, struct err *err);

/* The arguments from `first` on with blanks between them, in cli's memory. */
const char *cli_joined(struct cli *cli, int first);
/* A whole number of at least `least` given to an option. */
bool cli_number(
    const struct cli *cli, enum option option, int least, int *out, struct err *err);
/* The period of --closing; first is DAY_NONE when it is not given. */
bool cli_period(const struct cli *cli, struct period *out, struct err *err);
/* A day as people type it; place is an option or an argument. */
bool cli_day(const struct cli *cli, const char *place, const char *text, day_t *out,
    struct err *err);

/* The definition in force; the default where none is loaded. */
struct definition;
bool cli_definition(struct cli *cli, struct definition *out, struct err *err);

/* All deals, loaded once for a command that counts several things; all that it counts
 * share their marks. */
bool cli_all_deals(struct cli *cli, struct deal_list *out, struct err *err);

/* All deals of a status (-1: any), rated, and pointers to those that pass. */
struct selection {
	struct deal_list all;
	struct deal **deals;
	size_t count;
};
bool select_deals(struct cli *cli, const struct deal_filter *filter, enum deal_sort sort,
    struct selection *out, struct err *err);
/* The settings and the thresholds in them, in cli's memory. */
bool cli_rules(struct cli *cli, struct risk_rules **out, struct ini *ini, struct err *err);
/* The method of slip risk, before deals are rated: cli->rater and cli->learning. */
bool cli_learn(struct cli *cli, struct err *err);
/* The one deal that `text` names; several are listed in the message. Rated by what
 * cli_learn() found: who shows risk calls it before, who writes an action need not
 * wait for it. */
bool deal_named(
    struct cli *cli, const char *text, const struct deal **out, struct err *err);
/* What each team does about a deal: its timeline and its actions. */
bool load_doing(struct cli *cli, struct arena *arena, const struct deal *deal,
    struct dossier *out, struct err *err);
/* All that is known of a deal, into `arena`. */
bool load_dossier(struct cli *cli, struct arena *arena, const struct deal *deal,
    struct dossier *out, struct err *err);
/* What --db or HUDDLE_DB names; NULL: nothing. */
const char *cli_db_path(const struct cli *cli);
/* A sync, export or import that is told to stop ends as refused, with nothing changed. */
void cli_stop_on_signals(void);
/* After a sync of many facts: huddle prepare, which goes on when this program ends. */
void cli_prepare_later(struct cli *cli);
/* A screen to work on: a terminal, or --screen; not where text is asked for. */
bool cli_has_screen(const struct cli *cli);
/* The review on it, or only the form of the debrief of the deal with this id. */
int cli_app(struct cli *cli, const char *debrief, struct err *err);
/* Write what is waiting in cli->out to standard output; false: it is gone. */
bool cli_flush(struct cli *cli, struct err *err);

#endif
