#include "run.h"

#include "huddle/report_leads.h"
#include "huddle/store_define.h"

/* Demand states, fit, and lead scores. */

struct judged_all {
	struct definition definition;
	struct deal_list deals;
	struct evidence *evidence;
	unsigned captured;
};

static bool load_all(struct cli *cli, struct judged_all *out, struct err *err)
{
	return cli_definition(cli, &out->definition, err) &&
	       store_load_deals(
	           cli->store, &cli->arena, -1, 0, cli->report.today, &out->deals, err) &&
	       store_load_evidence(cli->store, &cli->arena, &out->deals, &out->evidence,
	           &out->captured, err);
}

/* --from and --to: deals made in that time; neither: of all time. */
static bool made_in(const struct cli *cli, struct period *out, struct err *err)
{
	*out = (struct period){DAY_NONE, cli->report.today};
	if (cli_has(cli, OPT_TO) &&
	    !cli_day(cli, "--to", cli->value[OPT_TO], &out->last, err))
		return false;
	if (cli_has(cli, OPT_FROM))
		return cli_day(cli, "--from", cli->value[OPT_FROM], &out->first, err);
	if (cli_has(cli, OPT_TO))
		out->first = day_from_civil(1900, 1, 1);
	return true;
}

int cmd_leads_demand(struct cli *cli, struct err *err)
{
	struct judged_all all = {0};
	struct demand demand;
	struct period made = {0};
	if (!made_in(cli, &made, err) || !load_all(cli, &all, err))
		return err->status;
	demand_make(
	    &demand, &cli->arena, &all.definition, &all.deals, all.evidence, made);
	if (cli_has(cli, OPT_JSON))
		report_demand_json(&cli->out, &demand);
	else
		report_demand(&cli->out, &cli->report, &demand);
	return EXIT_OK;
}

int cmd_leads_fit(struct cli *cli, struct err *err)
{
	struct judged_all all = {0};
	struct fits fits;
	if (!load_all(cli, &all, err))
		return err->status;
	fits_make(&fits, &cli->arena, &all.definition, &all.deals, all.evidence);
	if (cli_has(cli, OPT_JSON))
		report_fits_json(&cli->out, &fits);
	else
		report_fits(&cli->out, &cli->report, &fits);
	return EXIT_OK;
}

/* The last full month unless one is named, and the five before. */
int cmd_leads_score(struct cli *cli, struct err *err)
{
	struct definition definition = {0};
	struct scored_leads leads = {0};
	struct lead_score *score = arena_alloc(&cli->arena, sizeof *score);
	struct period month =
	    period_of_month(period_of_month(cli->report.today).first - 1);
	if (cli_has(cli, OPT_MONTH) &&
	    !period_parse(cli->value[OPT_MONTH], cli->report.today,
	        cli->info.fiscal_start, &month)) {
		err_usage(err, "--month", "\"%.40s\" is no month; write 2026-11",
		    cli->value[OPT_MONTH]);
		return err->status;
	}
	month = period_of_month(month.first);
	struct period made = {
	    day_add_months(month.first, 1 - SCORE_LEAD_MONTHS), month.last};
	if (!cli_definition(cli, &definition, err) ||
	    !store_load_scored_leads(
	        cli->store, &cli->arena, &definition, made, &leads, err))
		return err->status;
	lead_score_make(score, &definition, &leads, month.first);
	if (cli_has(cli, OPT_JSON))
		report_lead_score_json(&cli->out, &definition, score);
	else
		report_lead_score(&cli->out, &cli->report, &definition, score);
	return EXIT_OK;
}
