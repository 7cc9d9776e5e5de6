#include "huddle/past.h"

#include "huddle/text.h"
#include <string.h>

/*
 * Backwards through what changed: a field on a past day is what its last change
 * before it says, else what its first change after it changed from, else what it
 * is now. Of the changes only those before the day are asked for pushes, falls
 * and moves back.
 */

/* The changes of the days before. */
static struct change_list before(const struct change_list *all, day_t day)
{
	size_t n = 0;
	while (n < all->count && day_of_instant(all->items[n].at) < day)
		n++;
	return (struct change_list){all->items, n, n};
}

static const char *value_at(const struct change_list *all, size_t n_before,
    enum change_field field, const char *now)
{
	for (size_t i = n_before; i-- > 0;)
		if (all->items[i].field == field)
			return all->items[i].new_value;
	for (size_t i = n_before; i < all->count; i++)
		if (all->items[i].field == field)
			return all->items[i].old_value;
	return now;
}

static bool has_change(const struct change_list *list, enum change_field field)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].field == field)
			return true;
	return false;
}

/* The day a closed deal was closed: when it came into the stage it closed in, as
 * people date a closing to when they like. */
static day_t closing_day(const struct past *past, const struct past_deal *deal)
{
	const struct past_stage *stage = past_stage_find(past, deal->now->stage);
	instant_t since = stage && stage->status != DEAL_OPEN
	                      ? history_stage_since(&deal->changes, deal->now->stage)
	                      : INSTANT_NONE;
	return since != INSTANT_NONE ? day_of_instant(since) : deal->now->closed;
}

static enum deal_status seen_status(const char *word)
{
	for (int s = DEAL_OPEN; s <= DEAL_LOST; s++)
		if (!strcmp(word, deal_status_name((enum deal_status)s)))
			return (enum deal_status)s;
	return DEAL_OPEN;
}

enum deal_status past_status_at(
    const struct past *past, const struct past_deal *deal, day_t day)
{
	if (deal->now->status != DEAL_OPEN && closing_day(past, deal) < day)
		return deal->now->status;
	size_t n = before(&deal->changes, day).count;
	if (has_change(&deal->changes, CHANGE_STAGE)) {
		const struct past_stage *stage = past_stage_find(
		    past, value_at(&deal->changes, n, CHANGE_STAGE, deal->now->stage));
		if (stage && stage->status != DEAL_OPEN)
			return stage->status;
	}
	return seen_status(value_at(&deal->changes, n, CHANGE_STATUS, "open"));
}

enum deal_status past_status_seen_at(
    const struct past *past, const struct past_deal *deal, day_t day)
{
	day_t first = deal->first_seen == DAY_NONE ? past->firsts.sync : deal->first_seen;
	if (first == DAY_NONE || first >= day)
		return past_status_at(past, deal, day);
	size_t n = before(&deal->changes, day).count;
	return seen_status(value_at(
	    &deal->changes, n, CHANGE_STATUS, deal_status_name(deal->now->status)));
}

static const char *presence_at(const struct past_deal *deal, day_t day)
{
	size_t n = before(&deal->changes, day).count;
	return value_at(&deal->changes, n, CHANGE_PRESENCE,
	    deal->now->missing ? "missing" : "present");
}

bool past_missing_at(const struct past_deal *deal, day_t day)
{
	const char *presence = presence_at(deal, day);
	return strcmp(presence, "present") != 0 && *presence != '\0';
}

bool past_deleted_at(const struct past_deal *deal, day_t day)
{
	return !strcmp(presence_at(deal, day), "deleted");
}

/* Does anything tell how the deal stood at the start of that day? */
static bool told(const struct past *past, const struct past_deal *deal, day_t day)
{
	const struct past_firsts *first = &past->firsts;
	day_t created = deal->now->created;
	bool crm =
	    first->history != DAY_NONE && first->history < day &&
	    (deal->crm_history || (created != DAY_NONE && created >= first->history));
	bool seen = first->sync != DAY_NONE &&
	            (deal->first_seen == DAY_NONE ? first->sync : deal->first_seen) < day;
	if (created != DAY_NONE && created >= day)
		return false;
	return seen || (crm && created != DAY_NONE);
}

static bool any_crm(const struct change_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].from_crm)
			return true;
	return false;
}

/* As load_deals.c's watched(), for that day. */
static bool watched(const struct past *past, const struct past_deal *deal, day_t day)
{
	const struct past_firsts *first = &past->firsts;
	if (first->sync == DAY_NONE || first->sync >= day)
		return false;
	return day - 1 - first->sync >= HISTORY_WATCHED ||
	       (deal->now->created != DAY_NONE && deal->now->created >= first->sync);
}

static int order_of(void *arg, const char *name)
{
	const struct past_stage *stage = past_stage_find(arg, name);
	return stage ? stage->order : 0;
}

/* Since when in its stage; a deal that never moved, since it was made. */
static day_t stage_since(
    const struct change_list *known, const struct past_deal *deal, const char *stage)
{
	instant_t since = history_stage_since(known, stage);
	if (since != INSTANT_NONE)
		return day_of_instant(since);
	return deal->crm_history && !has_change(known, CHANGE_STAGE) ? deal->now->created
	                                                             : DAY_NONE;
}

/* None told yet is no other currency: it is the one that it turned out to be. */
static struct currency currency_at(const struct past_deal *deal, size_t n)
{
	struct currency currency = deal->now->currency;
	const char *code = value_at(&deal->changes, n, CHANGE_CURRENCY, currency.code);
	if (*code)
		slice_copy(slice_of(code), currency.code, sizeof currency.code);
	return currency;
}

static void fields_at(struct deal *out, const struct past_deal *deal, size_t n)
{
	const struct change_list *all = &deal->changes;
	char now[MONEY_TEXT], day[DAY_TEXT];
	const char *amount = value_at(all, n, CHANGE_AMOUNT,
	    money_plain(deal->now->amount, deal->now->currency, now));
	const char *close =
	    value_at(all, n, CHANGE_CLOSE_DATE, day_format(deal->now->close_date, day));
	out->stage = value_at(all, n, CHANGE_STAGE, deal->now->stage);
	out->owner = value_at(all, n, CHANGE_OWNER, deal->now->owner);
	out->currency = currency_at(deal, n);
	out->forecast = forecast_read(slice_of(
	    value_at(all, n, CHANGE_FORECAST, forecast_name(deal->now->forecast))));
	if (!number_read(slice_of(amount), DECIMAL_POINT, currency_digits(out->currency),
	        &out->amount))
		out->amount = MONEY_NONE;
	if (!day_parse(close, &out->close_date))
		out->close_date = DAY_NONE;
}

static void stage_at(struct deal *out, struct past *past, day_t day)
{
	const struct past_stage *stage = past_stage_find(past, out->stage);
	if (!stage)
		return;
	out->stage_order = stage->order;
	out->facts.stage_rank = stage->rank;
	out->facts.stage_ranks = past->ranks;
	past_norm_at(
	    past, stage, day, &out->facts.stage_norm_days, &out->facts.stage_norm_count);
}

bool past_standing_at(
    struct deal *out, const struct past *past, const struct past_deal *deal, day_t day)
{
	if (!told(past, deal, day))
		return false;
	*out = (struct deal){.key = deal->now->key,
	    .id = deal->now->id,
	    .name = deal->now->name,
	    .account = deal->now->account,
	    .next_step = "",
	    .created = deal->now->created,
	    .closed = DAY_NONE,
	    .stage_since = DAY_NONE,
	    .next_step_date = DAY_NONE,
	    .status = past_status_at(past, deal, day),
	    .missing = past_missing_at(deal, day)};
	fields_at(out, deal, before(&deal->changes, day).count);
	return true;
}

bool past_deal_at(
    struct deal *out, struct past *past, const struct past_deal *deal, day_t day)
{
	struct change_list known = before(&deal->changes, day);
	struct risk_facts *facts = &out->facts;
	if (!past_standing_at(out, past, deal, day))
		return false;
	out->stage_since = stage_since(&known, deal, out->stage);
	stage_at(out, past, day);
	facts->history_known = any_crm(&known) || watched(past, deal, day) ||
	                       (deal->crm_history && out->created != DAY_NONE);
	facts->pushes = history_pushes(&known, &facts->push_days);
	facts->stage_back = history_stage_back(&known, order_of, past);
	facts->amount_drop = history_amount_drop(&known, day - 1 - HISTORY_WATCHED);
	past_people_at(facts, past, deal, day);
	return true;
}
