#ifndef HUDDLE_CLI_COUNTS_H
#define HUDDLE_CLI_COUNTS_H

#include "run.h"

struct agenda;
struct attribution;
struct forecast_report;
struct handoff_report;
struct scorecard;
struct scorecard_ask;
struct scorecard_input;
struct themes;

/*
 * What commands count, apart from how they print it, so that the deck has the same
 * numbers. Each reads the options it has as a command: --quarter, --owner, --since and
 * so on. All is in cli's memory.
 */

/* --quarter as it was given, else the running one. */
static inline const char *cli_quarter(const struct cli *cli)
{
	return cli_has(cli, OPT_QUARTER) ? cli->value[OPT_QUARTER] : "this-quarter";
}

bool cli_count_changes(struct cli *cli, struct change_report *out, struct err *err);
bool cli_count_forecast(struct cli *cli, struct forecast_report *out, struct err *err);
bool cli_count_scorecard(struct cli *cli, struct scorecard_ask *ask,
    struct scorecard_input *in, struct scorecard *card, struct err *err);
bool cli_count_handoff(struct cli *cli, struct handoff_report *out, struct err *err);
/* The sums and the campaigns, kept until facts or records change; those of --quarter are
 * counted. `more` is in use as long as *out is. */
bool cli_count_attribution(
    struct cli *cli, struct arena *more, struct attribution *out, struct err *err);
bool cli_count_themes(
    struct cli *cli, struct themes *out, struct themes *before, struct err *err);

enum { CLI_TOP = 3 };
/* Those not asleep, which stand first by risk. */
size_t cli_count_awake(const struct selection *s);
/* The deals to talk about: those most likely to slip this month, or of any month when
 * none closes in this one. At most CLI_TOP. */
size_t cli_pick_top(
    struct cli *cli, const struct selection *s, struct deal **top, bool *this_month);
/* The agenda of the open review, else of one as it would be picked now; *name says. */
bool cli_pick_agenda(struct cli *cli, struct agenda *out, const char **name, struct err *err);

#endif
