#include "huddle/store_past.h"
#include "load.h"

#include <string.h>

/* The pipeline of an earlier day beside that of now, for the bridge. */

/* Deals that are deleted in their source have no summary, and are in no list. */
static bool load_deleted(
    struct store *store, struct arena *arena, struct deal_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct deal_list){0};
	if (!sql_begin(&q, store,
	        "SELECT d.id, d.source_id, d.name, coalesce(a.name, a.source_id), "
	        "coalesce(o.name, o.source_id), d.stage, d.status, d.forecast, d.amount, "
	        "d.currency, d.close_date, d.created, coalesce(d.closed, d.close_date), "
	        "d.missing FROM deal d LEFT JOIN account a ON a.id = d.account "
	        "LEFT JOIN person o ON o.id = d.owner "
	        "WHERE d.deleted = 1 AND d.feed IS NOT NULL ORDER BY d.id",
	        err))
		return false;
	while (sql_row(&q)) {
		out->items = arena_grow(
		    arena, out->items, &cap, out->count + 1, sizeof *out->items);
		struct deal *d = &out->items[out->count++];
		struct slice status = sql_get(&q, 6);
		*d = (struct deal){.key = sql_get_int(&q, 0),
		    .id = sql_dup(&q, 1, arena),
		    .name = sql_dup(&q, 2, arena),
		    .account = sql_dup(&q, 3, arena),
		    .owner = sql_dup(&q, 4, arena),
		    .stage = sql_dup(&q, 5, arena),
		    .status = slice_is(status, "won")    ? DEAL_WON
		              : slice_is(status, "lost") ? DEAL_LOST
		                                         : DEAL_OPEN,
		    .forecast = forecast_read(sql_get(&q, 7)),
		    .amount = sql_get_int_or(&q, 8, MONEY_NONE),
		    .close_date = sql_get_day(&q, 10),
		    .created = sql_get_day(&q, 11),
		    .missing = !sql_is_null(&q, 13),
		    .next_step = "",
		    .next_step_date = DAY_NONE,
		    .stage_since = DAY_NONE};
		d->closed = d->status == DEAL_OPEN ? DAY_NONE : sql_get_day(&q, 12);
		slice_copy(sql_get(&q, 9), d->currency.code, sizeof d->currency.code);
	}
	return sql_done(&q);
}

static bool load_gone(struct store *store, struct arena *arena, struct past_deal **out,
    size_t *count, struct err *err)
{
	struct deal_list deals;

	if (!load_deleted(store, arena, &deals, err))
		return false;
	*count = deals.count;
	return past_of_deals(store, arena, &deals, true, out, err);
}

/* Facts of earlier versions say "missing" also of what --full deleted. */
static bool deleted_by_an_earlier_version(const struct past_deal *deal, day_t day)
{
	for (size_t i = 0; i < deal->changes.count; i++)
		if (deal->changes.items[i].field == CHANGE_PRESENCE &&
		    !strcmp(deal->changes.items[i].new_value, "deleted"))
			return false;
	return past_missing_at(deal, day);
}

/* Closed before the span already, and only a later export was the first to say so. */
static bool of_the_archive(const struct deal *now, day_t day)
{
	return now->status != DEAL_OPEN && now->closed != DAY_NONE && now->closed <= day;
}

/* The last change since of each field that can move. */
static void find_days(
    day_t on[MOVE_FIELDS], const struct change_list *changes, day_t since)
{
	static const enum change_field fields[MOVE_FIELDS] = {
	    [MOVE_AMOUNT] = CHANGE_AMOUNT,
	    [MOVE_CLOSE_DATE] = CHANGE_CLOSE_DATE,
	    [MOVE_STAGE] = CHANGE_STAGE,
	    [MOVE_FORECAST] = CHANGE_FORECAST,
	    [MOVE_OWNER] = CHANGE_OWNER};
	for (int f = 0; f < MOVE_FIELDS; f++)
		on[f] = DAY_NONE;
	for (size_t i = changes->count; i-- > 0;) {
		day_t day = day_of_instant(changes->items[i].at);
		if (day <= since)
			break;
		for (int f = 0; f < MOVE_FIELDS; f++)
			if (changes->items[i].field == fields[f] && on[f] == DAY_NONE)
				on[f] = day;
	}
}

/* False: it has no part in what happened since. */
static bool pair_up(struct deal_pair *out, struct arena *arena, struct past *past,
    const struct past_deal *deal, day_t day, bool deleted)
{
	struct deal *then = arena_alloc(arena, sizeof *then);

	*out = (struct deal_pair){.now = deal->now, .deleted = deleted};
	find_days(out->on, &deal->changes, day);
	if (!past_deal_at(then, past, deal, day + 1))
		return !of_the_archive(deal->now, day);
	then->status = past_status_seen_at(past, deal, day + 1);
	out->then = then;
	out->deleted_then = past_deleted_at(deal, day + 1) ||
	                    (deleted && deleted_by_an_earlier_version(deal, day + 1));
	return true;
}

static day_t first_told(const struct past_firsts *first)
{
	day_t sync = first->sync, crm = first->history;

	return crm == DAY_NONE || (sync != DAY_NONE && sync < crm) ? sync : crm;
}

bool store_load_pairs(struct store *store, struct arena *arena, day_t day, day_t today,
    struct deal_pair **out, size_t *count, day_t *earliest, struct err *err)
{
	struct past past;
	struct past_deal *gone = NULL;
	size_t n_gone = 0;

	*out = NULL;
	*count = 0;
	*earliest = DAY_NONE;
	if (!store->generation)
		return store_facts(store, err);
	/* A day more: a change of the day itself is one of then. */
	if (!load_past_since(store, arena, day, today, &past, err) ||
	    !load_gone(store, arena, &gone, &n_gone, err))
		return false;
	*earliest = first_told(&past.firsts);
	*out = arena_alloc(arena, (past.n_deals + n_gone + 1) * sizeof **out);
	for (size_t i = 0; i < past.n_deals; i++)
		*count +=
		    pair_up(&(*out)[*count], arena, &past, &past.deals[i], day, false);
	for (size_t i = 0; i < n_gone; i++)
		*count += pair_up(&(*out)[*count], arena, &past, &gone[i], day, true);
	return true;
}

bool store_load_sync_days(struct store *store, struct arena *arena, struct sync_day **out,
    size_t *count, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = NULL;
	*count = 0;
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(
	        &q, store, "SELECT id, as_of FROM facts.sync ORDER BY as_of, id", err))
		return false;
	while (sql_row(&q)) {
		*out = arena_grow(arena, *out, &cap, *count + 1, sizeof **out);
		(*out)[(*count)++] =
		    (struct sync_day){sql_get_int(&q, 0), sql_get_day(&q, 1)};
	}
	return sql_done(&q);
}

bool store_load_review_day(struct store *store, day_t *out, bool *held, struct err *err)
{
	struct sql q;

	*out = DAY_NONE;
	*held = false;
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store,
	        "SELECT (SELECT r.as_of FROM main.review r WHERE r.deleted = 0 AND "
	        "r.state = 'ended' AND r.as_of IS NOT NULL ORDER BY r.id DESC LIMIT 1), "
	        "(SELECT max(as_of) FROM facts.sync WHERE as_of < "
	        "(SELECT max(as_of) FROM facts.sync))",
	        err))
		return false;
	if (sql_row(&q)) {
		*held = !sql_is_null(&q, 0);
		*out = sql_get_day(&q, *held ? 0 : 1);
	}
	return sql_done(&q);
}
