#include "counts.h"

#include "huddle/report_scorecard.h"
#include "huddle/store_scorecard.h"

/* The month in figures that both teams answer for. */

static bool read_month(const struct cli *cli, struct period *out, struct err *err)
{
	const char *text = cli_has(cli, OPT_MONTH) ? cli->value[OPT_MONTH] : "this-month";
	struct period month = {0};
	if (!period_parse(text, cli->report.today, cli->info.fiscal_start, &month))
		return err_usage(
		    err, "--month", "\"%.40s\" is no month; write 2026-11", text);
	*out = period_of_month(month.first);
	return true;
}

static bool read_metric(const struct cli *cli, enum metric *out, struct err *err)
{
	struct str keys = STR_INIT;
	if (metric_find(cli->value[OPT_ROWS], out))
		return true;
	for (int m = 0; m < METRICS; m++)
		str_addf(&keys, "%s%s", m ? ", " : "", metric_infos[m].key);
	err_usage(err, "--rows", "\"%.40s\" is no figure; write one of: %s",
	    cli->value[OPT_ROWS], str_text(&keys));
	str_release(&keys);
	return false;
}

static bool print_rows(struct cli *cli, enum metric metric,
    const struct scorecard_ask *ask, struct scorecard_input *in, struct err *err)
{
	struct score_rows rows = {.arena = &cli->arena};
	if (!store_load_score_rows(cli->store, &cli->arena, ask, metric, in, err))
		return false;
	metric_count(in, metric, SCORE_MONTHS - 1, &cli->arena, &rows);
	enum table_form form;
	if (cli_table(cli, &form, err))
		report_score_rows_table(
		    &cli->out, &cli->report, form, (int)metric, in, &rows);
	else if (cli_has(cli, OPT_JSON))
		report_score_rows_json(&cli->out, metric, in, &rows);
	else
		report_score_rows(&cli->out, &cli->report, metric, in, &rows);
	return true;
}

bool cli_count_scorecard(struct cli *cli, struct scorecard_ask *ask,
    struct scorecard_input *in, struct scorecard *card, struct err *err)
{
	struct definition *definition = arena_alloc(&cli->arena, sizeof *definition);
	day_t today = cli->report.today;
	*ask = (struct scorecard_ask){.definition = definition, .today = today};
	if (!read_month(cli, &ask->month, err) || !cli_definition(cli, definition, err))
		return false;
	ask->now = hours_day_end(&definition->handoff.hours, today);
	return store_scorecard(cli->store, &cli->arena, ask, in, card, err);
}

int cmd_scorecard(struct cli *cli, struct err *err)
{
	struct scorecard_ask ask;
	enum metric metric = METRICS;
	struct scorecard_input *in = arena_alloc(&cli->arena, sizeof *in);
	struct scorecard *card = arena_alloc(&cli->arena, sizeof *card);
	enum table_form form;
	bool table = cli_table(cli, &form, err);
	if (*err->text || (cli_has(cli, OPT_ROWS) && !read_metric(cli, &metric, err)) ||
	    !cli_count_scorecard(cli, &ask, in, card, err))
		return err->status;
	if (metric != METRICS)
		return print_rows(cli, metric, &ask, in, err) ? EXIT_OK : err->status;
	if (table)
		report_scorecard_table(&cli->out, &cli->report, form, card);
	else if (cli_has(cli, OPT_JSON))
		report_scorecard_json(&cli->out, &cli->report, card);
	else
		report_scorecard(&cli->out, &cli->report, card);
	return EXIT_OK;
}
