#include "counts.h"

#include "huddle/definition.h"
#include "huddle/report_forecast.h"
#include "huddle/store_scorecard.h"

/* How quarters were forecast. */

enum { BAND = 10 }; /* percent, where no definition names another */

bool cli_count_forecast(struct cli *cli, struct forecast_report *out, struct err *err)
{
	const char *text = cli_quarter(cli);
	int fiscal = cli->info.fiscal_start > 0 ? cli->info.fiscal_start : 1;
	struct period quarter;
	struct past past;
	struct forecasts *forecasts = arena_alloc(&cli->arena, sizeof *forecasts);
	struct definition definition;
	struct score_quota *quotas = NULL;
	size_t n_quotas = 0;
	if (!period_parse(text, cli->report.today, fiscal, &quarter))
		return err_usage(
		    err, "--quarter", "\"%.40s\" is no quarter; write 2026-Q3", text);
	if (!cli_definition(cli, &definition, err) ||
	    !store_load_standing(
	        cli->store, &cli->arena, DAY_NONE, cli->report.today, &past, err))
		return false;
	int band = definition.forecast_band > 0 ? definition.forecast_band : BAND;
	forecasts_make(forecasts, &cli->arena, &past,
	    period_of_quarter(quarter.first, fiscal), fiscal, cli->report.today);
	if (!store_load_quotas(cli->store, &cli->arena, fiscal, cli->report.today,
	        forecasts->currency, &past.rates, &quotas, &n_quotas, err))
		return false;
	*out = (struct forecast_report){forecasts, band, fiscal,
	    quota_of(quotas, n_quotas, forecasts->quarters[0].quarter)};
	return true;
}

int cmd_forecast(struct cli *cli, struct err *err)
{
	struct forecast_report report;
	if (!cli_count_forecast(cli, &report, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_forecasts_json(&cli->out, &report);
	else
		report_forecasts(&cli->out, &cli->report, &report);
	return EXIT_OK;
}
