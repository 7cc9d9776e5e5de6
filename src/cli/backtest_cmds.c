#include "run.h"

int cmd_risk_backtest(struct cli *cli, struct err *err)
{
	struct learning learning;
	struct risk_rules *rules;
	struct ini ini;
	if (!cli_rules(cli, &rules, &ini, err) ||
	    !store_backtest(
	        cli->store, &cli->arena, rules, cli->report.today, &learning, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_backtest_json(&cli->out, &learning);
	else
		report_backtest(&cli->out, &cli->report, &learning);
	return EXIT_OK;
}
