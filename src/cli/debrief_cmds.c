#include "debrief_read.h"
#include "huddle/path.h"
#include "huddle/store_meeting.h"
#include "run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Debriefs: read, filed from a file, or by the review's own form alone. */

enum { INPUT_MAX = 1 << 20 };

static bool read_input(struct cli *cli, struct str *out, struct err *err)
{
	const char *path = cli->value[OPT_FROM];
	if (strcmp(path, "-"))
		return path_read(out, path, INPUT_MAX, err);
	char buf[4096];
	for (size_t n; (n = fread(buf, 1, sizeof buf, stdin)) > 0;) {
		str_add(out, buf, n);
		if (out->len > INPUT_MAX)
			return err_set(err, "standard input",
			    "more than 1 MiB; a debrief is a page");
	}
	return !ferror(stdin) || err_set(err, "standard input", "could not be read");
}

/* The debrief as stored, or an empty one; `found` says which. */
static bool load(struct cli *cli, const struct deal *deal, struct debrief *out,
    bool *found, struct err *err)
{
	*found = false;
	*out = (struct debrief){.deal_id = deal->id};
	if (!store_load_debrief(cli->store, &cli->arena, deal->id, out, found, err))
		return false;
	if (*found)
		return true;
	*out = (struct debrief){.deal_id = deal->id, .by = "", .at = INSTANT_NONE};
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		out->value[i] = "";
	return true;
}

static bool save(struct cli *cli, struct debrief *debrief, struct err *err)
{
	bool conflict = false, found;
	if (!store_save_debrief(cli->store, debrief, &conflict, err))
		return false;
	return store_load_debrief(
	    cli->store, &cli->arena, debrief->deal_id, debrief, &found, err);
}

static int print_debrief(struct cli *cli, const struct deal *deal,
    const struct debrief *debrief, const char *what)
{
	if (cli_has(cli, OPT_JSON))
		report_debrief_json(&cli->out, deal, debrief);
	else
		report_debrief(&cli->out, &cli->report, deal, debrief, what);
	return EXIT_OK;
}

/* What is wrong with a field of the file, by its line there. */
static bool check_file(struct cli *cli, struct debrief *debrief,
    const struct debrief_rules *rules, const char *name, const int lines[DEBRIEF_FIELDS],
    struct err *err)
{
	struct err wrong = ERR_INIT;
	char place[300];
	int field = debrief_check(debrief, rules, &cli->arena, cli->report.today, &wrong);
	if (field < 0)
		return true;
	if (lines[field])
		snprintf(place, sizeof place, "%.280s:%d", name, lines[field]);
	else
		snprintf(place, sizeof place, "%.280s", name);
	return err_set(err, place, "%s: %s", debrief_infos[field].name, wrong.text);
}

static bool read_file(struct cli *cli, struct debrief *debrief,
    const struct debrief_rules *rules, struct err *err)
{
	const char *name =
	    strcmp(cli->value[OPT_FROM], "-") ? cli->value[OPT_FROM] : "standard input";
	struct str text = STR_INIT;
	int lines[DEBRIEF_FIELDS];
	bool fine = read_input(cli, &text, err) &&
	            debrief_read(debrief, &cli->arena, name,
	                (struct slice){str_text(&text), text.len}, lines, err) &&
	            check_file(cli, debrief, rules, name, lines, err);
	str_release(&text);
	return fine;
}

static bool closed(const struct deal *deal, struct err *err)
{
	return deal->status != DEAL_OPEN ||
	       err_set(err, deal->id,
	           "the deal is open; only a deal that is lost or won has a debrief");
}

/* The form alone, and what became of it. */
static int fill_in(struct cli *cli, const struct deal *deal, const struct debrief *before,
    struct err *err)
{
	struct debrief after;
	const char *draft;
	bool found;
	int status = cli_app(cli, deal->id, err);
	if (status != EXIT_OK || !load(cli, deal, &after, &found, err))
		return status != EXIT_OK ? status : err->status;
	if (found && after.rev != before->rev)
		return print_debrief(cli, deal, &after, "Filed: debrief");
	if (!store_load_draft(cli->store, &cli->arena, deal->id, "debrief", &draft, err))
		return err->status;
	str_adds(&cli->out, draft ? "Kept as a draft; the same command goes on with it.\n"
	                          : "Nothing was filed.\n");
	return EXIT_OK;
}

int cmd_debrief(struct cli *cli, struct err *err)
{
	const struct deal *deal;
	struct debrief debrief;
	struct debrief_rules rules;
	bool found, from = cli_has(cli, OPT_FROM), edit = cli_has(cli, OPT_EDIT);
	if (from && edit) {
		err_usage(err, "--edit", "and --from are two ways; leave one out");
		return err->status;
	}
	if (!deal_named(cli, cli_joined(cli, 0), &deal, err) ||
	    !load(cli, deal, &debrief, &found, err) ||
	    !store_debrief_rules(cli->store, &cli->arena, &rules, err))
		return err->status;
	rules.won = deal->status == DEAL_WON;
	bool form = !from && (edit || !found) && cli_has_screen(cli) &&
	            !store_read_only(cli->store);
	/* The file first: what is wrong in it is the writer's to know, whatever the
	 * deal is. */
	if (from && !read_file(cli, &debrief, &rules, err))
		return err->status;
	if ((from || (!cli_has(cli, OPT_JSON) && !found)) && !closed(deal, err))
		return err->status;
	if (from)
		return save(cli, &debrief, err)
		           ? print_debrief(cli, deal, &debrief, "Filed: debrief")
		           : err->status;
	if (form)
		return fill_in(cli, deal, &debrief, err);
	return print_debrief(
	    cli, deal, found ? &debrief : NULL, found ? "Debrief" : NULL);
}

/* By owner, and the longest waiting first. */
static int compare_missing(const void *a, const void *b)
{
	const struct deal *x = *(struct deal *const *)a, *y = *(struct deal *const *)b;
	int by_owner = strcmp(x->owner, y->owner);
	if (by_owner)
		return by_owner;
	if (x->closed != y->closed)
		return x->closed < y->closed ? -1 : 1;
	return strcmp(x->id, y->id);
}

int cmd_debrief_missing(struct cli *cli, struct err *err)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	struct selection s;
	filter.status = DEAL_LOST;
	filter.owner = cli->value[OPT_OWNER];
	if (!select_deals(cli, &filter, SORT_NAME, &s, err))
		return err->status;
	size_t lost = s.count, kept = 0;
	for (size_t i = 0; i < s.count; i++)
		if (!s.deals[i]->has_debrief)
			s.deals[kept++] = s.deals[i];
	qsort(s.deals, kept, sizeof *s.deals, compare_missing);
	struct deal_table table = {.deals = (const struct deal *const *)s.deals,
	    .count = kept,
	    .shown = kept,
	    .title = "Lost deals without a debrief"};
	if (cli_has(cli, OPT_JSON))
		report_missing_json(&cli->out, &cli->report, &table);
	else
		report_missing(&cli->out, &cli->report, &table, lost);
	return EXIT_OK;
}

/* The list that the command names with its second word, "debrief reasons": as a
 * file. What is no list of ours may stay empty. */
int cmd_debrief_list(struct cli *cli, struct err *err)
{
	const char *name = strchr(cli->command->name, ' ') + 1;
	const char *const *listed = NULL;
	struct str text = STR_INIT;
	const char **words;
	size_t count;
	bool fine = true;
	if (cli_has(cli, OPT_FROM)) {
		fine = read_input(cli, &text, err) &&
		       word_list_read(str_text(&text), &cli->arena, &words, &count,
		           cli->value[OPT_FROM], err) &&
		       store_save_words(
		           cli->store, name, count ? str_text(&text) : NULL, err);
	}
	str_release(&text);
	if (!fine || !store_load_word_list(cli->store, &cli->arena, name, &listed, err))
		return err->status;
	if (!listed && !strcmp(name, "reasons"))
		listed = debrief_choices(NULL, B_REASON);
	static const char *const none[] = {NULL};
	report_words(&cli->out, &cli->report, cli_has(cli, OPT_JSON), name,
	    listed ? listed : none);
	return EXIT_OK;
}
