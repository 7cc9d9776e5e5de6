#include "run.h"

#include "huddle/lead.h"
#include "huddle/path.h"
#include "huddle/report_audit.h"
#include "huddle/store_audit.h"
#include "huddle/store_define.h"
#include "huddle/store_leads.h"
#include "huddle/themes.h"
#include <string.h>

/* The audit with its answers, the calendar, and moves without evidence. */

/* Leads of the last four weeks that were touched in time or not. */
static bool count_handoff(
    struct cli *cli, const struct definition *d, struct audit_facts *out, struct err *err)
{
	enum { DAYS = 28 };
	day_t today = cli->report.today;
	struct lead_list leads = {0};
	struct handoff handoff;
	struct handoff_input in = {.leads = &leads,
	    .rules = &d->handoff,
	    .period = {today - DAYS + 1, today},
	    .now = hours_day_end(&d->handoff.hours, today)};
	if (!store_load_leads(
	        cli->store, &cli->arena, in.period, d->handoff.hours.zone, &leads, err))
		return false;
	handoff_make(&handoff, &cli->arena, &in);
	out->met = handoff.touch[SLA_MET];
	out->judged = handoff.touch[SLA_MET] + handoff.touch[SLA_MISSED];
	return true;
}

static bool count_losses(struct cli *cli, struct audit_facts *out, struct err *err)
{
	enum { DAYS = 90 };
	struct deal_list lost = {0};
	if (!store_load_deals(
	        cli->store, &cli->arena, DEAL_LOST, 0, cli->report.today, &lost, err))
		return false;
	for (size_t i = 0; i < lost.count; i++) {
		day_t day = deal_closed_on(&lost.items[i]);
		if (day == DAY_NONE || day > cli->report.today ||
		    cli->report.today - day >= DAYS)
			continue;
		out->lost++;
		out->debriefed += lost.items[i].has_debrief;
	}
	return true;
}

static bool gather(struct cli *cli, struct audit_facts *out, struct definition *d,
    struct definition_version *v, struct err *err)
{
	enum { DAYS = 31 };
	*out = (struct audit_facts){.operator_name = "", .last_review = DAY_NONE};
	if (!store_load_definition(cli->store, &cli->arena, d, v, err) ||
	    !store_count_reviews(cli->store, cli->report.today - DAYS + 1, &out->reviews,
	        &out->last_review, err) ||
	    !count_losses(cli, out, err) || !count_handoff(cli, d, out, err))
		return false;
	out->version = v->id;
	out->doubt =
	    v->id ? definition_doubt(&cli->arena, d, v, cli->report.today) : NULL;
	out->number = d->number != MONEY_NONE;
	out->handoff = v->id && d->handoff.touch_within.count > 0;
	out->attribution = v->id && strstr(v->text, "[attribution]");
	out->operator_name = d->people[ROLE_OPERATOR];
	out->target = d->handoff.target;
	return true;
}

int cmd_audit(struct cli *cli, struct err *err)
{
	struct audit_answer_list answers = {0};
	struct audit_facts facts = {0};
	struct definition d;
	struct definition_version v = {0};
	struct audit audit;
	if (!store_load_audit_answers(cli->store, &cli->arena, &answers, err) ||
	    !gather(cli, &facts, &d, &v, err))
		return err->status;
	audit_make(&audit, &cli->arena, &answers, &facts);
	if (cli_has(cli, OPT_JSON))
		report_audit_json(&cli->out, &audit);
	else
		report_audit(&cli->out, &cli->report, &audit);
	return EXIT_OK;
}

int cmd_audit_answer(struct cli *cli, struct err *err)
{
	const char *number = cli->args[0], *word = cli->args[1];
	bool yes = !strcmp(word, "yes");
	if (number[0] < '1' || number[0] > '0' + AUDIT_QUESTIONS || number[1]) {
		err_usage(err, number, "is no question; huddle audit has them, 1 to %d",
		    AUDIT_QUESTIONS);
		return err->status;
	}
	if (!yes && strcmp(word, "no")) {
		err_usage(err, word, "is no answer; write yes or no");
		return err->status;
	}
	return store_save_audit_answer(cli->store, (enum audit_question)(number[0] - '1'),
	           yes, cli_has(cli, OPT_TEXT) ? cli->value[OPT_TEXT] : "", err)
	           ? cmd_audit(cli, err)
	           : err->status;
}

int cmd_audit_history(struct cli *cli, struct err *err)
{
	struct audit_answer_list answers = {0};
	if (!store_load_audit_answers(cli->store, &cli->arena, &answers, err))
		return err->status;
	if (cli_has(cli, OPT_JSON))
		report_audit_history_json(&cli->out, &answers);
	else
		report_audit_history(&cli->out, &cli->report, &answers);
	return EXIT_OK;
}

/* With the open actions that have a day. */
static bool write_calendar(struct cli *cli, const struct duty *duties, struct err *err)
{
	const char *path = cli->value[OPT_OUT];
	struct action_list actions;
	struct deal_list deals;
	struct str text = STR_INIT;
	size_t n = 0;
	bool fine = true;
	if (!store_load_actions(cli->store, &cli->arena, NULL, &actions, err) ||
	    !cli_all_deals(cli, &deals, err))
		return false;
	for (size_t i = 0; i < actions.count; i++)
		if (actions.items[i].state == ACTION_OPEN)
			actions.items[n++] = actions.items[i];
	actions.count = n;
	report_calendar_ics(&text, &cli->report, duties, DUTIES, &actions, &deals);
	if (!strcmp(path, "-"))
		str_add(&cli->out, str_text(&text), text.len);
	else
		fine = path_write(path, (struct slice){str_text(&text), text.len},
		    cli_has(cli, OPT_FORCE), err);
	if (fine && strcmp(path, "-") != 0)
		report_note(&cli->out, &cli->report, cli_has(cli, OPT_JSON), "written",
		    arena_printf(&cli->arena, "The calendar is in %s", path));
	str_release(&text);
	return fine;
}

int cmd_calendar(struct cli *cli, struct err *err)
{
	struct definition d;
	struct definition_version v = {0};
	struct duty duties[DUTIES];
	int reviews = 0;
	day_t last = DAY_NONE;
	if (!store_load_definition(cli->store, &cli->arena, &d, &v, err) ||
	    !store_count_reviews(cli->store, cli->report.today, &reviews, &last, err))
		return err->status;
	struct duty_input in = {&d, &v,
	    definition_doubt(&cli->arena, &d, &v, cli->report.today), last,
	    cli->info.fiscal_start > 0 ? cli->info.fiscal_start : 1, cli->report.today};
	duties_make(duties, &in);
	if (cli_has(cli, OPT_OUT))
		return write_calendar(cli, duties, err) ? EXIT_OK : err->status;
	if (cli_has(cli, OPT_JSON))
		report_calendar_json(&cli->out, &cli->report, duties, DUTIES);
	else
		report_calendar(&cli->out, &cli->report, duties, DUTIES);
	return EXIT_OK;
}

int cmd_define_moves(struct cli *cli, struct err *err)
{
	const char *text = cli_has(cli, OPT_MONTH) ? cli->value[OPT_MONTH] : "this-month";
	struct period month;
	struct past past = {0};
	struct judgement j = {0};
	struct owner_moves *owners = NULL;
	struct deal_list open = {0};
	size_t count = 0;
	if (!period_parse(text, cli->report.today, cli->info.fiscal_start, &month)) {
		err_usage(err, "--month", "\"%.40s\" is no month; write 2026-11", text);
		return err->status;
	}
	if (!store_load_deals(
	        cli->store, &cli->arena, DEAL_OPEN, 0, cli->report.today, &open, err) ||
	    !store_judge(cli->store, &cli->arena, &open, &j, err) ||
	    !store_load_standing(
	        cli->store, &cli->arena, month.first, cli->report.today, &past, err))
		return err->status;
	if (!j.demands) {
		err_set(err, "definition",
		    "nothing is required of a deal; huddle define load FILE.ini with "
		    "[qualified] require");
		return err->status;
	}
	moves_make(&owners, &count, &cli->arena, &past, &j.qualified, month);
	if (cli_has(cli, OPT_JSON))
		report_bare_moves_json(&cli->out, owners, count, text);
	else
		report_bare_moves(&cli->out, &cli->report, owners, count, text);
	return EXIT_OK;
}
