#include "counts.h"

#include "huddle/report_handoff.h"
#include "huddle/store_define.h"
#include "huddle/store_leads.h"
#include "huddle/zone.h"
#include <time.h>

/* handoff: which leads of which time, and what was agreed about them. */

/* What is agreed unless a definition says otherwise. */
static bool handoff_rules_of(struct cli *cli, struct handoff_rules *out, struct err *err)
{
	struct definition definition;
	struct definition_version version;
	if (!store_load_definition(cli->store, &cli->arena, &definition, &version, err))
		return false;
	*out = definition.handoff;
	if (!version.id) {
		out->touch_within = (struct span){4, SPAN_BUSINESS_HOURS};
		out->accept_within = (struct span){48, SPAN_HOURS};
		out->reach_within = (struct span){5, SPAN_BUSINESS_DAYS};
		out->target = 90;
	}
	return true;
}

/* The end of the day that is looked at; without --today the instant it is. */
static instant_t now_of(const struct cli *cli, const struct work_hours *hours)
{
	if (!cli_has(cli, OPT_TODAY))
		return time(NULL);
	return hours_day_end(hours, cli->report.today);
}

/* Without days the last full week, which begins on Monday, and what there is of this
 * one: what is asked for in a meeting each week. */
static bool period_of(
    const struct cli *cli, struct period *out, const char **when, struct err *err)
{
	day_t today = cli->report.today;
	bool from = cli_has(cli, OPT_FROM), to = cli_has(cli, OPT_TO);
	out->last = today;
	if (to && !cli_day(cli, "--to", cli->value[OPT_TO], &out->last, err))
		return false;
	out->first = out->last - day_weekday(out->last) - 7;
	if (from && !cli_day(cli, "--from", cli->value[OPT_FROM], &out->first, err))
		return false;
	*when = from || to ? "" : "last week and this one so far";
	if (out->first <= out->last)
		return true;
	return err_usage(err, "--from", "it is after --to; give the earlier day first");
}

bool cli_count_handoff(struct cli *cli, struct handoff_report *out, struct err *err)
{
	struct handoff_rules *rules = arena_alloc(&cli->arena, sizeof *rules);
	struct lead_list *leads = arena_alloc(&cli->arena, sizeof *leads);
	struct handoff *handoff = arena_alloc(&cli->arena, sizeof *handoff);
	struct handoff_input in = {
	    .leads = leads, .rules = rules, .owner = cli->value[OPT_OWNER]};
	*out = (struct handoff_report){
	    .handoff = handoff, .leads = leads, .owner = in.owner};
	if (!handoff_rules_of(cli, rules, err) ||
	    !period_of(cli, &in.period, &out->when, err) ||
	    !store_load_leads(
	        cli->store, &cli->arena, in.period, rules->hours.zone, leads, err))
		return false;
	in.now = now_of(cli, &rules->hours);
	handoff_make(handoff, &cli->arena, &in);
	return true;
}

int cmd_handoff(struct cli *cli, struct err *err)
{
	struct handoff_report r;
	if (!cli_count_handoff(cli, &r, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_handoff_json(&cli->out, &r);
	else
		report_handoff(&cli->out, &cli->report, &r);
	return EXIT_OK;
}
