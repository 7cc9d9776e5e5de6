#include "counts.h"

#include <stdlib.h>
#include <string.h>

/* changes: from when to when, and the bridge between. */

struct span {
	day_t since, until; /* since DAY_NONE: there is nothing to compare with */
	const char *why;    /* how the day was found; "" when it was given */
};

static bool all_digits(const char *text)
{
	return *text && strlen(text) < 9 && strspn(text, "0123456789") == strlen(text);
}

/* "3": the day of sync 3, of which more than one may be in a generation. */
static bool sync_named(const char *text, const struct sync_day *syncs, size_t count,
    struct span *out, struct err *err)
{
	int64_t id = atoll(text);
	for (size_t i = 0; i < count; i++)
		if (syncs[i].id == id) {
			out->since = syncs[i].as_of;
			return true;
		}
	return err_usage(err, "--since",
	    "there is no sync %s; huddle status --syncs lists them", text);
}

/* A day between two syncs is known as the one before it had it. */
static void say_sync(struct cli *cli, const struct sync_day *syncs, size_t count,
    bool numbered, struct span *span)
{
	struct str words = STR_INIT;
	char day[DAY_TEXT];
	size_t upto = 0, of_day = 0;
	while (upto < count && syncs[upto].as_of <= span->since)
		of_day += syncs[upto++].as_of == span->since;
	if (numbered && of_day > 1)
		str_addf(
		    &words, "as the last of the %zu syncs of that day has it", of_day);
	else if (!of_day && upto)
		str_addf(&words, "the exports before that day were of %s",
		    day_short(syncs[upto - 1].as_of, cli->report.today, day));
	else if (!upto)
		str_adds(&words, "before the first sync, by the CRM's history");
	span->why = arena_strdup(&cli->arena, str_text(&words));
	str_release(&words);
}

static bool find_span(struct cli *cli, struct span *out, struct err *err)
{
	const char *text = cli->value[OPT_SINCE];
	struct sync_day *syncs;
	size_t count;
	*out = (struct span){DAY_NONE, DAY_NONE, ""};
	if (!store_load_sync_days(cli->store, &cli->arena, &syncs, &count, err))
		return false;
	if (!count)
		return true;
	out->until = syncs[count - 1].as_of;
	if (text && strcmp(text, "last-review") != 0) {
		bool numbered = all_digits(text);
		if (numbered ? !sync_named(text, syncs, count, out, err)
		             : !cli_day(cli, "--since", text, &out->since, err))
			return false;
		say_sync(cli, syncs, count, numbered, out);
		return true;
	}
	bool held;
	if (!store_load_review_day(cli->store, &out->since, &held, err))
		return false;
	if (out->since != DAY_NONE)
		out->why = held ? "the exports of the last review"
		                : "the sync before, as no review was held yet";
	return true;
}

static bool check_span(const struct span *span, day_t earliest, struct err *err)
{
	char since[DAY_TEXT], other[DAY_TEXT];
	day_format(span->since, since);
	if (span->since > span->until)
		return err_usage(err, "--since",
		    "%s is after the exports of %s; give an earlier day", since,
		    day_format(span->until, other));
	if (earliest == DAY_NONE || span->since < earliest)
		return err_usage(err, "--since",
		    "nothing tells how deals stood on %s; the earliest day is %s", since,
		    earliest == DAY_NONE ? "none" : day_format(earliest, other));
	return true;
}

bool cli_count_changes(struct cli *cli, struct change_report *out, struct err *err)
{
	struct bridge_scope *scope = arena_alloc(&cli->arena, sizeof *scope);
	struct bridge_list *bridges = arena_alloc(&cli->arena, sizeof *bridges);
	struct deal_pair *pairs;
	struct span span;
	size_t count;
	day_t earliest;
	*scope = (struct bridge_scope){.owner = cli->value[OPT_OWNER]};
	if (!cli_period(cli, &scope->closing, err) || !find_span(cli, &span, err))
		return false;
	day_t day = span.since == DAY_NONE ? span.until : span.since;
	if (!store_load_pairs(cli->store, &cli->arena, day, cli->report.today, &pairs,
	        &count, &earliest, err) ||
	    (span.since != DAY_NONE && !check_span(&span, earliest, err)))
		return false;
	bridge_make(bridges, &cli->arena, pairs, count, scope);
	*out = (struct change_report){.since = span.since,
	    .until = span.until,
	    .why = span.why,
	    .scope = scope,
	    .bridges = bridges};
	return true;
}

int cmd_changes(struct cli *cli, struct err *err)
{
	struct change_report report;
	enum table_form form;
	bool table = cli_table(cli, &form, err);
	if (*err->text || !cli_count_changes(cli, &report, err))
		return err->status;
	if (table)
		report_changes_table(&cli->out, &cli->report, form, &report);
	else if (cli_has(cli, OPT_JSON))
		report_changes_json(&cli->out, &report);
	else
		report_changes(&cli->out, &cli->report, &report);
	return EXIT_OK;
}
