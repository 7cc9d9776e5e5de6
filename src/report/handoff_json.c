#include "huddle/report_handoff.h"

#include "json.h"

#include <limits.h>
#include <math.h>

/* The handoff for programs. */

/* With two decimals from whole seconds, half to even; -1 is null. */
static void put_hours(cJSON *object, const char *key, int64_t seconds)
{
	enum { SECONDS = 36 }; /* of a hundredth of an hour */
	if (seconds < 0) {
		json_text(object, key, NULL);
		return;
	}
	int64_t hundredths = seconds / SECONDS, rest = seconds % SECONDS;
	hundredths += rest > SECONDS / 2 || (rest == SECONDS / 2 && hundredths % 2);
	json_percent(object, key, hundredths < INT_MAX ? (int)hundredths : INT_MAX);
}

static void put_verdicts(
    cJSON *object, const char *key, struct span span, const int counts[SLA_VERDICTS])
{
	int met = counts[SLA_MET], missed = counts[SLA_MISSED];
	cJSON *value = json_object();
	json_number(value, "met", met);
	json_number(value, "missed", missed);
	json_number(value, "open", counts[SLA_OPEN]);
	json_number(value, "unclear", counts[SLA_UNCLEAR]);
	json_real(value, "adherence",
	    span.count ? handoff_share(met, met + missed) : (double)NAN);
	json_put(object, key, value);
}

static cJSON *json_groups(const struct handoff_groups *groups, const char *one)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < groups->count; i++) {
		const struct handoff_group *g = &groups->items[i];
		cJSON *value = json_object();
		json_text(value, one, g->name);
		json_number(value, "mqls", g->mqls);
		json_number(value, "met", g->met);
		json_number(value, "missed", g->missed);
		json_real(value, "adherence", handoff_share(g->met, g->met + g->missed));
		json_number(value, "accepted", g->accepted);
		json_number(value, "rejected", g->rejected);
		json_push(array, value);
	}
	return array;
}

static cJSON *json_reject_reasons(const struct handoff_groups *reasons)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < reasons->count; i++) {
		cJSON *value = json_object();
		json_text(value, "reason", reasons->items[i].name);
		json_number(value, "count", reasons->items[i].rejected);
		json_push(array, value);
	}
	return array;
}

static const char *state_of(const struct handoff_lead *l)
{
	static const char *const names[SLA_VERDICTS] = {[SLA_NOT_JUDGED] = "not judged",
	    [SLA_MET] = "met",
	    [SLA_MISSED] = "missed",
	    [SLA_OPEN] = "open",
	    [SLA_UNCLEAR] = "unclear"};
	if (!l->assigned)
		return "unassigned";
	if (l->touch.verdict == SLA_MISSED && l->touch.open)
		return "open breach";
	return names[l->touch.verdict];
}

static void put_met(cJSON *object, const struct handoff_lead *l)
{
	enum sla_verdict verdict = l->touch.verdict;
	if (verdict == SLA_MET || verdict == SLA_MISSED)
		json_bool(object, "met", verdict == SLA_MET);
	else
		json_text(object, "met", NULL);
}

/* Hours of a lead that is open and in time are not told: they are not over. */
static cJSON *json_lead(const struct handoff_lead *l)
{
	static const char *const outcomes[] = {[LEAD_UNDECIDED] = NULL,
	    [LEAD_IS_ACCEPTED] = "accepted",
	    [LEAD_IS_REJECTED] = "rejected",
	    [LEAD_CONTRADICTED] = "accepted and rejected"};
	bool over = l->assigned && (!l->touch.open || l->touch.verdict == SLA_MISSED);
	bool exact = over && l->hours.least == l->hours.most;
	cJSON *value = json_object();
	json_text(value, "id", l->lead->id);
	json_text(value, "name", l->lead->name);
	json_text(value, "company", l->lead->company);
	json_text(value, "owner", l->lead->owner);
	json_text(value, "source", l->lead->source);
	put_hours(value, "hours", exact ? l->hours.least : -1);
	put_hours(value, "hours_least", over ? l->hours.least : -1);
	put_hours(value, "hours_most", over ? l->hours.most : -1);
	put_met(value, l);
	json_text(value, "state", state_of(l));
	json_instant(value, "due", l->due);
	json_bool(value, "before_start", l->early);
	json_bool(value, "without_touch", l->implied);
	json_bool(value, "by_activity", l->lead->by_activity);
	json_text(value, "outcome", outcomes[l->outcome]);
	json_text(
	    value, "reason", l->outcome == LEAD_IS_REJECTED ? l->lead->reason : NULL);
	json_bool(value, "recycled", l->recycled);
	return value;
}

static void put_states(cJSON *root, const struct handoff *h)
{
	json_number(root, "open", h->touch[SLA_OPEN]);
	json_number(root, "unclear", h->touch[SLA_UNCLEAR]);
	json_number(root, "not_judged", h->touch[SLA_NOT_JUDGED]);
	json_number(root, "unassigned", h->unassigned);
	json_number(root, "waiting", h->waiting);
	json_number(root, "before_start", h->early);
	json_number(root, "without_touch", h->implied);
	json_number(root, "by_activity", h->by_activity);
	json_number(root, "clock_from_mql", h->from_mql);
	json_number(root, "touch_not_captured", h->untold);
	json_number(root, "accepted_and_rejected", h->both + h->contradicted);
	json_number(root, "contradicted", h->contradicted);
	json_number(root, "recycled", h->recycled);
	json_number(root, "converted_without_mql", h->without_mql);
}

static void put_figures(cJSON *root, const struct handoff *h)
{
	int met = h->touch[SLA_MET], missed = h->touch[SLA_MISSED];
	int decided = h->accepted + h->rejected;
	json_day(root, "from", h->period.first);
	json_day(root, "to", h->period.last);
	json_number(root, "mqls", (int64_t)h->count);
	json_number(root, "met", met);
	json_number(root, "missed", missed);
	json_real(root, "adherence", handoff_share(met, met + missed));
	json_number(root, "accepted", h->accepted);
	json_number(root, "rejected", h->rejected);
	json_real(root, "acceptance_rate", handoff_share(h->accepted, decided));
	json_real(root, "rejection_rate", handoff_share(h->rejected, decided));
	json_bool(root, "rejection_warning", handoff_rejects_many(h));
	put_hours(root, "median_hours", h->median);
	put_hours(root, "p90_hours", h->p90);
	json_number(root, "open_breaches", h->open_breaches);
	if (h->rules->target >= 0)
		json_percent(root, "target", h->rules->target);
	else
		json_text(root, "target", NULL);
	put_verdicts(root, "accept", h->rules->accept_within, h->accept);
	put_verdicts(root, "reach", h->rules->reach_within, h->reach);
}

/* One lead after the other: as one document, 200,000 of them are half a gigabyte. */
static void add_leads(struct str *out, const struct handoff *h)
{
	str_adds(out, "\"leads\":[");
	for (size_t i = 0; i < h->count; i++) {
		if (i)
			str_addc(out, ',');
		json_print(out, json_lead(&h->leads[i]));
	}
	str_addc(out, ']');
}

void report_handoff_json(struct str *out, const struct handoff_report *r)
{
	const struct handoff *h = r->handoff;
	cJSON *root = json_object();
	put_figures(root, h);
	put_states(root, h);
	json_put(root, "by_owner", json_groups(&h->owners, "owner"));
	json_put(root, "by_source", json_groups(&h->sources, "source"));
	json_put(root, "reasons", json_reject_reasons(&h->reasons));
	json_print(out, root);
	out->p[out->len - 1] = ','; /* in place of the brace that ends it */
	add_leads(out, h);
	str_adds(out, "}\n");
}
