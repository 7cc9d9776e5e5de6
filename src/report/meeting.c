#include "huddle/report_meeting.h"
#include "json.h"
#include "print.h"
#include <string.h>

/* The agenda of a review with what was decided, and its minutes. */

static const struct deal *deal_of(const struct meeting_report *m, const char *id)
{
	for (size_t i = 0; i < m->deals->count; i++)
		if (!strcmp(m->deals->items[i].id, id))
			return &m->deals->items[i];
	return NULL;
}

static const char *name_of(const struct meeting_report *m, const char *id, bool ascii)
{
	const struct deal *deal = deal_of(m, id);
	return deal ? deal_label(deal, ascii) : id;
}

static const struct decision *decision_of(const struct meeting_report *m, const char *id)
{
	for (size_t i = 0; i < m->decisions->count; i++)
		if (!strcmp(m->decisions->items[i].deal_id, id))
			return &m->decisions->items[i];
	return NULL;
}

static int64_t seconds_of(const struct meeting_report *m, const char *id)
{
	for (size_t i = 0; i < m->clock->count; i++)
		if (!strcmp(m->clock->items[i].deal_id, id))
			return m->clock->items[i].seconds;
	return 0;
}

static void put_head(
    struct str *out, const struct report *report, const struct meeting_report *m)
{
	char day[DAY_TEXT], since[DAY_TEXT];
	const struct meeting *r = m->meeting;
	put_line(out, report, 0, 2,
	    "Review %lld of %s, %s: %zu deals, %d minutes at %d a deal%s%s%s%s",
	    (long long)r->id, day_short(r->day, report->today, day),
	    r->ended ? "ended" : "open", m->agenda->count, r->minutes, r->per_deal,
	    *r->slice ? ", of " : "", r->slice,
	    r->since == DAY_NONE ? "" : ", changes since ",
	    r->since == DAY_NONE ? "" : day_short(r->since, report->today, since));
	int need = (int)m->agenda->count * r->per_deal;
	if (need > r->minutes)
		put_line(out, report, 0, 2,
		    "It takes %d minutes, %d more than there are: drop a deal or give it "
		    "less time",
		    need, need - r->minutes);
}

/* The open actions, the overdue ones first by their owners. */
static void put_actions(
    struct str *out, const struct report *report, const struct meeting_report *m)
{
	size_t open = 0, overdue = 0;
	for (size_t i = 0; i < m->actions->count; i++) {
		open += m->actions->items[i].state == ACTION_OPEN;
		overdue += action_overdue(&m->actions->items[i], report->today);
	}
	put_line(out, report, 0, 2, "First what was promised: %zu open, %zu overdue",
	    open, overdue);
	for (size_t i = 0; i < m->actions->count; i++) {
		const struct action *a = &m->actions->items[i];
		char day[DAY_TEXT];
		if (a->state != ACTION_OPEN)
			continue;
		put_line(out, report, 2, 4, "#%lld %s %s: %s, %s%s%s%s (%s)",
		    (long long)a->id, team_short(a->team), a->owner, a->text,
		    a->due == DAY_NONE ? "no date"
		                       : day_short(a->due, report->today, day),
		    action_overdue(a, report->today) ? ", overdue" : "",
		    a->carried ? ", carried over" : "", a->carried > 1 ? " again" : "",
		    name_of(m, a->deal_id, report->ascii));
	}
}

static void put_decision(
    struct str *out, const struct report *report, const struct decision *d)
{
	if (!d)
		return;
	put_line(out, report, 5, 2, "decided: %s%s%s%s%s%s", verdict_name(d->verdict),
	    *d->text ? ", " : "", d->text, d->push == PUSH_NOT_SAID ? "" : " (",
	    push_reason_title(d->push), d->push == PUSH_NOT_SAID ? "" : ")");
}

void report_meeting(
    struct str *out, const struct report *report, const struct meeting_report *m)
{
	put_head(out, report, m);
	put_blank(out);
	put_actions(out, report, m);
	put_blank(out);
	for (size_t i = 0; i < m->agenda->count; i++) {
		const struct agenda_item *item = &m->agenda->items[i];
		const struct deal *deal = deal_of(m, item->deal_id);
		char money[MONEY_TEXT] = "";
		if (deal)
			money_format(deal->amount, deal->currency, money);
		put_line(out, report, 0, 5, "%2zu.  %s%s%s", i + 1,
		    name_of(m, item->deal_id, report->ascii), *money ? "  " : "", money);
		put_line(out, report, 5, 2, "%s", item->why);
		put_decision(out, report, decision_of(m, item->deal_id));
	}
	if (!m->agenda->count)
		put_line(out, report, 0, 0, "No deal is on the agenda.");
}

static cJSON *json_decision(const struct decision *d)
{
	if (!d)
		return json_string(NULL);
	cJSON *value = json_object();
	json_text(value, "decision", verdict_name(d->verdict));
	json_text(value, "text", d->text);
	json_text(value, "push_reason", push_reason_name(d->push));
	json_text(value, "by", d->by);
	json_instant(value, "at", d->at);
	json_number(value, "rev", d->rev);
	return value;
}

static cJSON *json_agenda(const struct meeting_report *m)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < m->agenda->count; i++) {
		const struct agenda_item *item = &m->agenda->items[i];
		const struct deal *deal = deal_of(m, item->deal_id);
		cJSON *value = json_object();
		json_text(value, "deal", item->deal_id);
		json_text(value, "name", deal ? deal->name : NULL);
		json_text(value, "owner", deal ? deal->owner : NULL);
		json_text(value, "kind", agenda_kind_name(item->kind));
		json_text(value, "why", item->why);
		json_number(value, "seconds", seconds_of(m, item->deal_id));
		json_put(value, "decision", json_decision(decision_of(m, item->deal_id)));
		json_push(array, value);
	}
	return array;
}

void report_meeting_json(
    struct str *out, const struct report *report, const struct meeting_report *m)
{
	cJSON *root = json_object(), *actions = json_array();
	const struct meeting *r = m->meeting;
	json_number(root, "review", r->id);
	json_text(root, "state", r->ended ? "ended" : "open");
	json_day(root, "day", r->day);
	json_day(root, "as_of", r->as_of);
	json_day(root, "since", r->since);
	json_text(root, "slice", r->slice);
	json_text(root, "people", r->people);
	json_number(root, "minutes", r->minutes);
	json_number(root, "per_deal", r->per_deal);
	json_text(root, "by", r->by);
	json_instant(root, "created", r->created);
	json_instant(root, "ended", r->ended_at);
	json_put(root, "agenda", json_agenda(m));
	for (size_t i = 0; i < m->actions->count; i++)
		if (m->actions->items[i].state == ACTION_OPEN)
			json_push(
			    actions, json_action(&m->actions->items[i], report->today));
	json_put(root, "actions", actions);
	json_print(out, root);
	str_addc(out, '\n');
}

static void minutes_changes(struct str *out, const struct meeting_report *m)
{
	char money[MONEY_TEXT];
	str_adds(out, "\n## Changes since the review before\n\n");
	if (!m->bridges) {
		str_adds(out, "There was no review before.\n");
		return;
	}
	for (size_t i = 0; i < m->bridges->count; i++) {
		const struct bridge *b = &m->bridges->items[i];
		str_addf(out, "- open pipeline %s",
		    money_format(b->start, b->currency, money));
		str_addf(out, " to %s\n", money_format(b->end, b->currency, money));
		for (int k = 0; k < BRIDGE_BUCKETS; k++)
			if (b->buckets[k].count && k != BRIDGE_UNCHANGED)
				str_addf(out, "  - %s: %zu, %s\n",
				    bridge_bucket_words((enum bridge_bucket)k),
				    b->buckets[k].count,
				    money_format(
				        b->buckets[k].amount, b->currency, money));
	}
}

static void minutes_actions(struct str *out, const struct report *report,
    const struct meeting_report *m, struct str *buf)
{
	size_t n = 0;
	str_adds(out, "\n## Actions\n\n");
	for (size_t i = 0; i < m->actions->count; i++) {
		const struct action *a = &m->actions->items[i];
		char day[DAY_TEXT];
		if (a->state != ACTION_OPEN)
			continue;
		n++;
		str_addf(out, "- [ ] **%s**", markdown(buf, report, a->owner));
		str_addf(
		    out, " (%s) %s", team_name(a->team), markdown(buf, report, a->text));
		str_addf(out, ", %s%s",
		    a->due == DAY_NONE ? "no date" : day_format(a->due, day),
		    action_overdue(a, report->today) ? ", overdue" : "");
		str_addf(
		    out, ": %s", markdown(buf, report, name_of(m, a->deal_id, false)));
		str_addf(out, a->carried ? ", carried over %dx\n" : "\n", a->carried);
	}
	if (!n)
		str_adds(out, "None is open.\n");
}

static void minutes_deals(struct str *out, const struct report *report,
    const struct meeting_report *m, struct str *buf)
{
	str_adds(out, "\n## Deals and decisions\n");
	for (size_t i = 0; i < m->agenda->count; i++) {
		const struct agenda_item *item = &m->agenda->items[i];
		const struct deal *deal = deal_of(m, item->deal_id);
		const struct decision *d = decision_of(m, item->deal_id);
		char money[MONEY_TEXT];
		str_addf(out, "\n%zu. **%s**", i + 1,
		    markdown(buf, report, name_of(m, item->deal_id, false)));
		if (deal)
			str_addf(out, ", %s, %s",
			    money_format(deal->amount, deal->currency, money),
			    markdown(
			        buf, report, *deal->owner ? deal->owner : "no owner"));
		str_addf(out, "  \n   %s", markdown(buf, report, item->why));
		if (!d) {
			str_adds(out, "  \n   No decision\n");
			continue;
		}
		str_addf(out, "  \n   Decision: **%s**", verdict_name(d->verdict));
		if (*d->text)
			str_addf(out, ", %s", markdown(buf, report, d->text));
		if (d->push != PUSH_NOT_SAID)
			str_addf(out, " (%s)", push_reason_title(d->push));
		str_addf(out, " (%s)\n", markdown(buf, report, d->by));
	}
}

void report_minutes(
    struct str *out, const struct report *report, const struct meeting_report *m)
{
	struct str buf = STR_INIT;
	const struct meeting *r = m->meeting;
	char day[DAY_TEXT];
	str_addf(
	    out, "# Deal review %lld, %s\n\n", (long long)r->id, day_format(r->day, day));
	if (r->as_of != DAY_NONE)
		str_addf(out, "Exports of %s. ", day_format(r->as_of, day));
	str_addf(out, "Held by %s.", markdown(&buf, report, r->by));
	if (*r->people)
		str_addf(out, " Present: %s.", markdown(&buf, report, r->people));
	if (*r->slice)
		str_addf(out, " Of: %s.", markdown(&buf, report, r->slice));
	str_adds(out, r->ended ? "\n" : " Not ended yet.\n");
	minutes_deals(out, report, m, &buf);
	minutes_actions(out, report, m, &buf);
	minutes_changes(out, m);
	str_release(&buf);
}
