#include "run.h"

#include "huddle/app.h"
#include "huddle/ini.h"
#include <string.h>

/* settings: the whole file in force. What is wrong in the review's part is left
 * out of it, as the review does; slip risk has to be right. */

/* As it is given: whoever draws the deck looks at it. */
static void print_deck(struct str *out, const struct ini *ini)
{
	str_adds(out,
	    "; The deck: its pages in their order, a logo (PNG), and colours by what "
	    "they mean.\n[deck]\n");
	if (!ini_get(ini, "deck", "pages"))
		str_adds(out,
		    ";pages = headline, bridge, risk, deals, forecast, scorecard, "
		    "handoff, attribution, themes, actions, appendix\n");
	for (size_t i = 0; i < ini->count; i++)
		if (ini->items[i].key && !strcmp(ini->items[i].section, "deck"))
			str_addf(
			    out, "%s = %s\n", ini->items[i].key, ini->items[i].value);
	str_addc(out, '\n');
}

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
		print_deck(&cli->out, &ini);
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
