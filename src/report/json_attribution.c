#include "huddle/report_attribution.h"
#include "json.h"

/* Attribution for programs: all lists whole, but shares by touch when there are more
 * than SHARES_LISTED of them. */

static void put_sum(
    cJSON *value, const char *key, struct money_sum sum, struct currency currency)
{
	cJSON *object = json_object();
	json_money(object, "amount", sum.amount, currency);
	json_number(object, "count", sum.count);
	json_put(value, key, object);
}

static cJSON *json_line(const struct attribution_report *r, enum attribution_by by,
    const struct attribution_line *line)
{
	struct currency currency = r->sums->book->currency;
	cJSON *value = json_object();
	json_text(value, attribution_by_names[by], line->name);
	json_money(value, "amount", line->share.amount, currency);
	json_number(value, "deals", line->share.count);
	put_sum(value, "lost", line->lost, currency);
	if (by != BY_CAMPAIGN)
		return value;
	const struct attribution_campaign *c = &r->sums->book->campaigns[line->number];
	bool known = line->number && c->cost_state == COST_KNOWN;
	money_t each = MONEY_NONE;
	cJSON *sourced = json_object();
	for (int i = 0; i <= DEAL_LOST; i++)
		put_sum(sourced, deal_status_name((enum deal_status)i), line->sourced[i],
		    currency);
	json_put(value, "sourced", sourced);
	json_text(value, "channel", r->sums->book->channels[c->channel]);
	json_money(value, "cost", known ? c->cost : MONEY_NONE, currency);
	json_text(
	    value, "cost_state", line->number ? cost_state_name(c->cost_state) : NULL);
	if (r->quarter || r->deal || !attribution_cost(line, r->sums->book, &each))
		each = MONEY_NONE;
	json_money(value, "cost_per_opportunity", each, currency);
	return value;
}

static void put_lines(cJSON *root, const struct attribution_report *r)
{
	static const char *const keys[ATTRIBUTION_BYS] = {
	    "campaigns", "channels", "quarters"};
	for (int by = 0; by < ATTRIBUTION_BYS; by++) {
		const struct attribution_lines *lines = &r->sums->by[by];
		cJSON *array = json_array();
		for (size_t i = 0; i < lines->count; i++)
			json_push(array,
			    json_line(r, (enum attribution_by)by, &lines->items[i]));
		json_put(root, keys[by], array);
	}
}

static void put_sourced(cJSON *root, const struct attribution *a)
{
	struct currency currency = a->book->currency;
	cJSON *sourced = json_object(), *influenced = json_object();
	for (int i = 0; i < SOURCED_BYS; i++)
		put_sum(sourced, sourced_by_name((enum sourced_by)i), a->sourced[i],
		    currency);
	json_text(sourced, "locked", sourced_by_name(a->rules.sourced));
	json_put(root, "sourced", sourced);
	json_money(influenced, "amount", a->influenced.amount, currency);
	json_number(influenced, "count", a->influenced.count);
	put_sum(influenced, "only", a->influenced_only, currency);
	json_put(root, "influenced", influenced);
	put_sum(root, "neither", a->neither, currency);
}

static void put_touches(cJSON *root, const struct attribution *a)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < a->n_shares; i++) {
		const struct attribution_share *s = &a->shares[i];
		cJSON *value = json_object();
		json_text(value, "deal", s->deal->id);
		json_text(value, "campaign", s->campaign);
		json_text(value, "channel", s->channel);
		json_instant(value, "when", s->at);
		json_real(value, "share", (double)s->share / SHARE_ONE);
		json_money(value, "amount", s->amount, a->book->currency);
		json_push(array, value);
	}
	json_put(root, "touches", array);
	json_number(root, "touches_left_out", (int64_t)a->shares_left_out);
}

static void put_deals(cJSON *root, const struct attribution *a)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < a->n_verdicts; i++) {
		const struct attribution_verdict *v = &a->verdicts[i];
		cJSON *value = json_object();
		json_text(value, "deal", v->deal->id);
		json_text(value, "status", deal_status_name(v->deal->status));
		json_money(
		    value, "amount", deal_worth(v->deal).amount, a->book->currency);
		for (int by = 0; by < SOURCED_BYS; by++)
			json_bool(
			    value, sourced_by_name((enum sourced_by)by), v->marks.by[by]);
		json_bool(value, "influenced", v->marks.influenced);
		json_text(value, "campaign", a->book->campaigns[v->marks.campaign].name);
		json_push(array, value);
	}
	json_put(root, "deals", array);
}

static void put_disputes(cJSON *root, const struct attribution *a)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < a->n_disputes; i++) {
		cJSON *value = json_object();
		json_text(value, "deal", a->disputes[i].deal->id);
		json_text(value, "crm", a->disputes[i].crm);
		json_text(value, "marketing", a->disputes[i].marketing);
		json_push(array, value);
	}
	json_put(root, "two_truth", array);
	json_number(root, "crm_silent", a->crm_silent);
}

static void put_apart(cJSON *root, const struct attribution *a)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < a->n_apart; i++) {
		cJSON *value = json_object();
		json_text(value, "currency", a->apart[i].currency.code);
		json_money(value, "amount", a->apart[i].amount, a->apart[i].currency);
		json_number(value, "count", a->apart[i].count);
		json_push(array, value);
	}
	json_put(root, "apart", array);
	json_number(root, "no_amount", a->no_amount);
	json_number(root, "lost_apart", a->lost_apart);
}

static void put_costs(cJSON *root, const struct attribution_report *r)
{
	struct attribution_costs costs = attribution_costs(r->sums);
	struct currency currency = r->sums->book->currency;
	bool whole = !r->quarter && !r->deal;
	cJSON *value = json_object();
	json_money(value, "amount", costs.known ? costs.cost : MONEY_NONE, currency);
	json_money(value, "per_opportunity", whole ? costs.each : MONEY_NONE, currency);
	json_number(value, "known", costs.known);
	json_number(value, "not_told", costs.none);
	json_number(value, "no_rate", costs.no_rate);
	json_bool(value, "currency_told", r->sums->book->cost_currency_told);
	json_put(root, "cost", value);
}

void report_attribution_json(struct str *out, const struct attribution_report *r)
{
	const struct attribution *a = r->sums;
	struct currency currency = a->book->currency;
	cJSON *root = json_object();
	json_text(root, "model", attribution_model_names[a->rules.model]);
	json_text(root, "currency", currency.code);
	json_money(root, "total", a->total.amount, currency);
	json_number(root, "count", a->total.count);
	json_money(root, "unattributed", a->unattributed.amount, currency);
	json_number(root, "unattributed_count", a->unattributed.count);
	json_text(root, "quarter", r->quarter);
	json_number(root, "lookback_days", a->rules.lookback);
	json_number(root, "half_life_days", a->rules.half_life);
	put_lines(root, r);
	put_sourced(root, a);
	put_sum(root, "lost", a->lost, currency);
	put_costs(root, r);
	put_touches(root, a);
	put_deals(root, a);
	put_disputes(root, a);
	put_apart(root, a);
	json_print(out, root);
	str_addc(out, '\n');
}
