#include "huddle/totals.h"
#include "json.h"
#include "words.h"
#include <stdio.h>

/* Deals as JSON. The list is printed deal by deal, one a line, so that a large
 * one costs the memory of its text only. */

cJSON *json_reasons(const struct risk *risk)
{
	cJSON *reasons = json_array();
	for (int i = 0; i < risk->n_reasons; i++) {
		cJSON *reason = json_object();
		json_text(reason, "signal", risk_signal_name(risk->reasons[i].signal));
		json_number(reason, "weight", risk->reasons[i].points);
		json_text(reason, "text", risk->reasons[i].text);
		json_push(reasons, reason);
	}
	return reasons;
}

cJSON *json_unknown(const struct risk *risk)
{
	cJSON *unknown = json_array();
	for (int i = 0; i < RISK_SIGNALS; i++)
		if (risk->unknown & (1u << i))
			json_push(
			    unknown, json_string(risk_signal_name((enum risk_signal)i)));
	return unknown;
}

static cJSON *json_risk(const struct risk *risk)
{
	if (!risk->rated)
		return json_string(NULL);
	cJSON *value = json_object();
	json_percent(value, "probability", risk->probability);
	json_text(value, "level", risk_level_name(risk->level));
	json_text(value, "method", risk->trained ? "trained" : "points");
	json_put(value, "reasons", json_reasons(risk));
	json_number(value, "points", risk->points);
	json_put(value, "unknown", json_unknown(risk));
	return value;
}

cJSON *json_snooze(const struct deal *deal)
{
	if (!deal->asleep)
		return json_string(NULL);
	cJSON *value = json_object();
	json_day(value, "until", deal->snoozed_until);
	json_text(value, "reason", deal->snooze_reason);
	json_text(value, "by", deal->snoozed_by);
	return value;
}

cJSON *json_deal(const struct deal *deal)
{
	cJSON *value = json_object();
	json_text(value, "id", deal->id);
	json_text(value, "name", deal->name);
	json_text(value, "account", deal->account);
	json_text(value, "owner", deal->owner);
	json_text(value, "stage", deal->stage);
	json_text(value, "status", deal_status_name(deal->status));
	json_money(value, "amount", deal->amount, deal->currency);
	json_text(value, "currency", deal->currency.code);
	json_money(value, "company_amount",
	    *deal->company.code ? deal->company_amount : MONEY_NONE, deal->company);
	json_text(value, "company_currency", deal->company.code);
	json_day(value, "close_date", deal->close_date);
	json_day(value, "created", deal->created);
	json_day(value, "closed", deal->closed);
	json_day(value, "stage_since", deal->stage_since);
	json_text(value, "forecast", forecast_name(deal->forecast));
	json_text(value, "next_step", deal->next_step);
	json_day(value, "next_step_date", deal->next_step_date);
	json_put(value, "risk", json_risk(&deal->risk));
	json_number(value, "touches", deal->touches);
	json_number(value, "activities", deal->activities);
	json_number(value, "open_actions", deal->open_actions);
	json_number(value, "overdue_actions", deal->overdue_actions);
	json_bool(value, "missing", deal->missing);
	json_put(value, "snoozed", json_snooze(deal));
	return value;
}

static void print_key(struct str *out, const char *key, cJSON *value)
{
	str_addf(out, ",\"%s\":", key);
	json_print(out, value);
}

static cJSON *json_totals(const struct deal_table *table)
{
	struct deal_total totals[DEAL_TOTALS];
	bool overflow;
	size_t n = deal_totals(table->deals, table->count, totals, &overflow);
	cJSON *array = json_array();
	for (size_t i = 0; i < n; i++) {
		cJSON *total = json_object();
		json_text(total, "currency", totals[i].currency.code);
		json_money(total, "amount", totals[i].amount, totals[i].currency);
		json_push(array, total);
	}
	return array;
}

void report_deals_json(
    struct str *out, const struct report *report, const struct deal_table *table)
{
	char day[DAY_TEXT];
	str_adds(out, "{\"as_of\":");
	json_print(out, json_string(day_format(report->as_of, day)));
	str_addf(out, ",\"count\":%zu", table->count);
	print_key(out, "totals", json_totals(table));
	str_adds(out, ",\"deals\":[");
	for (size_t i = 0; i < table->shown; i++) {
		str_adds(out, i ? ",\n" : "\n");
		json_print(out, json_deal(table->deals[i]));
	}
	str_adds(out, "]}\n");
}

static cJSON *json_entry(const struct entry *entry)
{
	cJSON *value = json_object();
	json_instant(value, "when", entry->at);
	json_text(value, "side", entry->side == SIDE_MARKETING ? "marketing" : "sales");
	json_text(value, "kind", entry->kind);
	json_text(value, "title", entry->title);
	json_text(value, "detail", entry->detail);
	json_text(value, "who", entry->who);
	json_text(value, "contact", entry->contact);
	json_text(value, "contact_title", entry->contact_title);
	json_text(value, "role", entry->role);
	json_text(value, "campaign", entry->campaign);
	json_text(value, "linked_by", linked_by_name(entry->link));
	json_bool(value, "planned", entry->planned);
	json_bool(value, "inbound", entry->inbound);
	json_bool(value, "responded", entry->responded);
	return value;
}

static cJSON *json_member(const struct member *member)
{
	cJSON *value = json_object();
	json_text(value, "contact_id", member->contact_id);
	json_text(value, "name", member->name);
	json_text(value, "title", member->title);
	json_text(value, "role", member->role);
	json_text(value, "email", member->email);
	json_bool(value, "primary", member->primary);
	json_number(value, "touches", member->touches);
	json_number(value, "activities", member->activities);
	json_instant(value, "last_seen", member->last_seen);
	return value;
}

static cJSON *json_change(const struct change *change)
{
	cJSON *value = json_object();
	json_instant(value, "when", change->at);
	json_text(value, "field", change_field_name(change->field));
	json_text(value, "old", change->old_value);
	json_text(value, "new", change->new_value);
	json_text(value, "seen_by", change->from_crm ? "crm" : "sync");
	return value;
}

cJSON *json_action(const struct action *action, day_t today)
{
	cJSON *value = json_object();
	json_number(value, "id", action->id);
	json_text(value, "deal", action->deal_id);
	json_text(value, "deal_id", action->deal_id);
	json_text(value, "team", team_name(action->team));
	json_text(value, "owner", action->owner);
	json_text(value, "text", action->text);
	json_day(value, "due", action->due);
	json_text(value, "state", action_state_name(action->state));
	json_bool(value, "overdue", action_overdue(action, today));
	json_number(value, "carried", action->carried);
	json_text(value, "reason", action->reason);
	json_instant(value, "created", action->created);
	json_number(value, "rev", action->rev);
	return value;
}

/* The fields of a debrief; of none, all null. */
void json_debrief_fields(cJSON *value, const struct debrief *debrief)
{
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		json_text(
		    value, debrief_infos[i].name, debrief ? debrief->value[i] : NULL);
	json_text(value, "by", debrief ? debrief->by : NULL);
	json_instant(value, "at", debrief ? debrief->at : INSTANT_NONE);
	json_number(value, "rev", debrief ? debrief->rev : 0);
}

cJSON *json_debrief(const struct debrief *debrief)
{
	if (!debrief)
		return json_string(NULL);
	cJSON *value = json_object();
	json_debrief_fields(value, debrief);
	return value;
}

static cJSON *json_custom(const struct deal *deal)
{
	cJSON *value = json_object();
	for (int i = 0; i < deal->n_custom; i++)
		json_text(value, deal->custom[i].name, deal->custom[i].value);
	return value;
}

void report_show_json(
    struct str *out, const struct report *report, const struct dossier *dossier)
{
	const struct deal *deal = dossier->deal;
	cJSON *root = json_deal(deal);
	cJSON *timeline = json_array(), *committee = json_array(),
	      *changes = json_array(), *actions = json_array();
	for (size_t i = 0; i < dossier->timeline.count; i++)
		json_push(timeline, json_entry(&dossier->timeline.items[i]));
	for (size_t i = 0; i < dossier->committee.count; i++)
		json_push(committee, json_member(&dossier->committee.items[i]));
	for (size_t i = 0; i < dossier->changes.count; i++)
		json_push(changes, json_change(&dossier->changes.items[i]));
	for (size_t i = 0; i < dossier->actions.count; i++)
		json_push(
		    actions, json_action(&dossier->actions.items[i], report->today));
	json_day(root, "as_of", report->as_of);
	json_text(root, "team", deal->team);
	json_text(root, "pipeline", deal->pipeline);
	json_text(root, "type", deal->type);
	json_text(root, "source", deal->source);
	json_text(root, "campaign", deal->campaign);
	json_text(root, "competitor", deal->competitor);
	json_text(root, "lost_reason", deal->lost_reason);
	json_put(root, "custom", json_custom(deal));
	json_put(root, "timeline", timeline);
	json_put(root, "committee", committee);
	json_put(root, "changes", changes);
	json_put(root, "actions", actions);
	json_put(root, "debrief", json_debrief(dossier->debrief));
	json_print(out, root);
	str_addc(out, '\n');
}
