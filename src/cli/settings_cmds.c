#include "run.h"

#include "huddle/app.h"

/* settings: the whole file in force. What is wrong in the review's part is left
 * out of it, as the review does; slip risk has to be right. */

int cmd_settings(struct cli *cli, struct err *err)
{
	enum { MOST = 32 };
	struct setting_text review[MOST];
	struct risk_rules *rules;
	struct ini ini;
	if (!cli_rules(cli, &rules, &ini, err))
		return err->status;
	if (!cli_has(cli, OPT_JSON)) {
		app_settings_print(&cli->out, &ini);
		str_adds(&cli->out, "\n");
		risk_rules_print(&cli->out, rules);
		return EXIT_OK;
	}
	size_t count = 0;
	while (count < MOST && app_setting_at((int)count, &ini, &review[count].name,
	                           &review[count].value))
		count++;
	report_settings_json(
	    &cli->out, ini.count ? ini.name : NULL, review, count, rules);
	return EXIT_OK;
}
