#include "huddle/totals.h"
#include "load.h"

#include <string.h>

/*
 * The deals with all that the list shows, in one query: the summary a deal
 * makes this a matter of milliseconds for 20,000. Action counts come from the
 * records beside it.
 */

#define DEALS                                                                          \
	"SELECT d.id, d.source_id, d.name, coalesce(a.name, a.source_id), "            \
	"coalesce(o.name, o.source_id), o.team, "                                      \
	"coalesce(m.name, m.source_id), d.stage, d.pipeline, d.next_step, d.source, "  \
	"k.name, d.lost_reason, d.competitor, d.type, s.status, d.forecast, "          \
	"d.amount, d.currency, d.close_date, d.created, d.closed, "                    \
	"coalesce(s.stage_since, d.stage_since), d.next_step_date, d.missing, "        \
	"s.touches, s.activities, s.last_touch, s.last_activity, s.last_inbound, "     \
	"s.next_activity, s.committee, s.engaged, s.economic_buyer, "                  \
	"s.history_known, s.pushes, s.push_days, s.stage_back, s.amount_drop, "        \
	"g.stage_order, g.won_deals, g.median_days, s.recent_touches, "                \
	"s.earlier_touches "                                                           \
	"FROM deal_summary s JOIN deal d ON d.id = s.deal "                            \
	"LEFT JOIN account a ON a.id = d.account "                                     \
	"LEFT JOIN person o ON o.id = d.owner LEFT JOIN person m ON m.id = o.manager " \
	"LEFT JOIN campaign k ON k.id = d.campaign "                                   \
	"LEFT JOIN stage g ON g.name = d.stage "                                       \
	"WHERE d.feed IS NOT NULL AND coalesce(d.deleted, 0) = 0 "

static const char deals_text[] = DEALS "AND ($1 = '' OR s.status = $1) ORDER BY d.id";
/* Open, or touched since the day $1: closed, or something changed on it. */
#define SINCE                                                                      \
	"(s.status = 'open' OR coalesce(d.closed, d.close_date) >= $1 OR d.id IN " \
	"(SELECT deal FROM history WHERE at >= $1) OR d.id IN "                    \
	"(SELECT deal FROM snapshot WHERE at >= $1)) "
static const char deals_since_text[] = DEALS "AND " SINCE "ORDER BY d.id";
static const char deal_text[] = DEALS "AND s.deal = $1";

/* What the exports capture at all: a field nobody exports is not captured, and
 * neither a risk nor fine. */
struct captured {
	bool activities, touches, direction, next_step, committee, roles;
	day_t first, last; /* as-of days of the syncs: the time we watched */
};

static bool captured_load(struct store *store, struct captured *out, struct err *err)
{
	struct sql q;

	/* Of a direction the column alone says nothing: some CRMs export it blank,
	 * others note what went out and never what came in. */
	*out = (struct captured){0};
	if (!sql_begin(&q, store,
	        "SELECT EXISTS(SELECT 1 FROM activity), EXISTS(SELECT 1 FROM touch), "
	        "EXISTS(SELECT 1 FROM deal_summary WHERE last_inbound IS NOT NULL), "
	        "EXISTS(SELECT 1 FROM feed WHERE kind = 'deals' AND "
	        "' ' || captured || ' ' LIKE '% next_step %'), "
	        "EXISTS(SELECT 1 FROM committee), "
	        "EXISTS(SELECT 1 FROM committee WHERE role IS NOT NULL), "
	        "(SELECT min(as_of) FROM sync), (SELECT max(as_of) FROM sync)",
	        err))
		return false;
	if (sql_row(&q)) {
		out->activities = sql_get_int(&q, 0) != 0;
		out->touches = sql_get_int(&q, 1) != 0;
		out->direction = sql_get_int(&q, 2) != 0;
		out->next_step = sql_get_int(&q, 3) != 0;
		out->committee = sql_get_int(&q, 4) != 0;
		out->roles = sql_get_int(&q, 5) != 0;
		out->first = sql_get_day(&q, 6);
		out->last = sql_get_day(&q, 7);
	}
	return sql_done(&q);
}

static enum deal_status status_of(struct slice text)
{
	return slice_is(text, "won")    ? DEAL_WON
	       : slice_is(text, "lost") ? DEAL_LOST
	                                : DEAL_OPEN;
}

static void read_texts(struct sql *q, struct arena *arena, struct deal *d)
{
	d->key = sql_get_int(q, 0);
	d->id = sql_dup(q, 1, arena);
	d->name = sql_dup(q, 2, arena);
	d->account = sql_dup(q, 3, arena);
	d->owner = sql_dup(q, 4, arena);
	d->team = sql_dup(q, 5, arena);
	d->manager = sql_dup(q, 6, arena);
	d->stage = sql_dup(q, 7, arena);
	d->pipeline = sql_dup(q, 8, arena);
	d->next_step = sql_dup(q, 9, arena);
	d->source = sql_dup(q, 10, arena);
	d->campaign = sql_dup(q, 11, arena);
	d->lost_reason = sql_dup(q, 12, arena);
	d->competitor = sql_dup(q, 13, arena);
	d->type = sql_dup(q, 14, arena);
}

static void read_state(struct sql *q, struct deal *d)
{
	d->status = status_of(sql_get(q, 15));
	d->forecast = forecast_read(sql_get(q, 16));
	d->amount = sql_get_int_or(q, 17, MONEY_NONE);
	slice_copy(sql_get(q, 18), d->currency.code, sizeof d->currency.code);
	d->close_date = sql_get_day(q, 19);
	d->created = sql_get_day(q, 20);
	d->closed = sql_get_day(q, 21);
	if (d->closed == DAY_NONE && d->status != DEAL_OPEN)
		d->closed = d->close_date;
	d->stage_since = sql_get_day(q, 22);
	d->next_step_date = sql_get_day(q, 23);
	d->missing = !sql_is_null(q, 24);
	d->touches = (int)sql_get_int(q, 25);
	d->activities = (int)sql_get_int(q, 26);
}

/* Did our syncs see the deal from its first day on, or long enough? One that was
 * there before the first sync may have been pushed before it. */
static bool watched(const struct captured *c, const struct deal *d)
{
	if (c->first == DAY_NONE)
		return false;
	return c->last - c->first >= HISTORY_WATCHED ||
	       (d->created != DAY_NONE && d->created >= c->first);
}

static void read_facts(struct sql *q, const struct captured *c, struct deal *d)
{
	struct risk_facts *f = &d->facts;

	f->last_touch = sql_get_instant(q, 27);
	f->last_activity = sql_get_instant(q, 28);
	f->last_inbound = sql_get_instant(q, 29);
	f->next_activity = sql_get_instant(q, 30);
	f->committee = (int)sql_get_int(q, 31);
	f->engaged = (int)sql_get_int(q, 32);
	f->has_economic_buyer = sql_get_int(q, 33) != 0;
	f->history_known = sql_get_int(q, 34) || watched(c, d);
	f->pushes = (int)sql_get_int(q, 35);
	f->push_days = (int)sql_get_int(q, 36);
	f->stage_back = sql_get_day(q, 37);
	f->amount_drop = (int)sql_get_int(q, 38);
	f->stage_norm_count = (int)sql_get_int(q, 40);
	f->stage_norm_days = (int)sql_get_int(q, 41);
	f->recent_touches = (int)sql_get_int(q, 42);
	f->earlier_touches = (int)sql_get_int(q, 43);
	f->activities_known = f->plans_known = c->activities;
	f->touches_known = c->touches;
	f->direction_known = c->direction;
	f->next_step_known = c->next_step;
	f->committee_known = c->committee;
	f->roles_known = c->roles;
}

/* Since the sync, days have passed: of what was planned for one of them nobody
 * knows yet whether it was done. */
static void pass_time(struct risk_facts *f, day_t today)
{
	f->next_unclear =
	    f->next_activity != INSTANT_NONE && day_of_instant(f->next_activity) < today;
}

/* Open stages in their order, for "1 of 5". */
struct ranks {
	int *orders;
	size_t count;
};

static bool ranks_load(
    struct store *store, struct arena *arena, struct ranks *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct ranks){0};
	if (!sql_begin(&q, store,
	        "SELECT DISTINCT stage_order FROM stage WHERE status = 'open' "
	        "AND stage_order > 0 ORDER BY 1",
	        err))
		return false;
	while (sql_row(&q)) {
		if (out->count == cap)
			out->orders = arena_grow(arena, out->orders, &cap,
			    cap ? cap * 2 : 16, sizeof *out->orders);
		out->orders[out->count++] = (int)sql_get_int(&q, 0);
	}
	return sql_done(&q);
}

static int rank_of(const struct ranks *ranks, int order)
{
	for (size_t i = 0; i < ranks->count; i++)
		if (ranks->orders[i] == order)
			return (int)i + 1;
	return 0;
}

/* A deal is large, so the list is made in its final size. */
static bool list_make(struct store *store, struct arena *arena, const char *status,
    struct deal_list *out, size_t *cap, struct err *err)
{
	struct sql q;

	*cap = 0;
	if (!sql_begin(&q, store,
	        "SELECT count(*) FROM deal_summary WHERE $1 = '' OR status = $1", err))
		return false;
	sql_text(&q, 1, status);
	if (sql_row(&q))
		*cap = (size_t)sql_get_int(&q, 0);
	out->items = arena_alloc(arena, (*cap + 1) * sizeof *out->items);
	return sql_done(&q);
}

/* Append the rows of a query as long as there is room for them. */
static bool read_rows(struct sql *q, struct store *store, struct arena *arena,
    day_t today, struct deal_list *out, size_t cap, struct err *err)
{
	struct captured captured;
	struct ranks ranks;
	struct rates rates;

	if (!captured_load(store, &captured, err) ||
	    !ranks_load(store, arena, &ranks, err) ||
	    !load_rates(store, arena, &rates, err))
		return sql_done(q) && false;
	while (sql_row(q) && out->count < cap) {
		struct deal *d = &out->items[out->count++];
		read_texts(q, arena, d);
		read_state(q, d);
		deal_convert(d, &rates);
		read_facts(q, &captured, d);
		d->stage_order = (int)sql_get_int(q, 39);
		d->facts.stage_rank = rank_of(&ranks, d->stage_order);
		d->facts.stage_ranks = (int)ranks.count;
		pass_time(&d->facts, today);
	}
	return sql_done(q);
}

static bool read_deals(struct store *store, struct arena *arena, int status, day_t today,
    struct deal_list *out, struct err *err)
{
	struct sql q;
	size_t cap;
	const char *word = status < 0 ? "" : deal_status_name((enum deal_status)status);

	if (!list_make(store, arena, word, out, &cap, err) ||
	    !sql_begin(&q, store, deals_text, err))
		return false;
	sql_text(&q, 1, word);
	return read_rows(&q, store, arena, today, out, cap, err);
}

bool load_deals_since(struct store *store, struct arena *arena, day_t day, day_t today,
    struct deal_list *out, struct err *err)
{
	struct sql q;
	size_t cap;

	*out = (struct deal_list){0};
	if (!list_make(store, arena, "", out, &cap, err) ||
	    !sql_begin(&q, store, deals_since_text, err))
		return false;
	sql_day(&q, 1, day);
	return read_rows(&q, store, arena, today, out, cap, err);
}

/* deal ids are few where there are records: a search by halves in their order
 * would need another array, so a small hash of the ids is made instead. */
struct by_id {
	struct deal **slots;
	size_t mask;
};

static size_t text_hash(const char *text)
{
	size_t hash = 1469598103934665603u;

	while (*text)
		hash = (hash ^ (unsigned char)*text++) * 1099511628211u;
	return hash;
}

static struct by_id by_id_make(struct arena *arena, const struct deal_list *list)
{
	size_t size = 64;

	while (size < list->count * 2)
		size *= 2;
	struct by_id map = {arena_alloc(arena, size * sizeof(struct deal *)), size - 1};
	for (size_t i = 0; i < list->count; i++) {
		size_t at = text_hash(list->items[i].id) & map.mask;
		while (map.slots[at])
			at = (at + 1) & map.mask;
		map.slots[at] = &list->items[i];
	}
	return map;
}

static struct deal *by_id_find(const struct by_id *map, const char *id)
{
	size_t at = text_hash(id) & map->mask;

	while (map->slots[at] && strcmp(map->slots[at]->id, id))
		at = (at + 1) & map->mask;
	return map->slots[at];
}

static bool count_records(
    struct store *store, const struct by_id *deals, day_t today, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store,
	        "SELECT deal_id, count(*), count(CASE WHEN due < $1 THEN 1 END), 0 FROM "
	        "main.action "
	        "WHERE state = 'open' AND deleted = 0 GROUP BY deal_id UNION ALL "
	        "SELECT deal_id, 0, 0, 1 FROM main.debrief WHERE deleted = 0 UNION ALL "
	        "SELECT deal_id, 0, 0, 2 FROM main.draft WHERE form = 'debrief' "
	        "AND person = $2",
	        err))
		return false;
	sql_day(&q, 1, today);
	sql_text(&q, 2, store->person);
	while (sql_row(&q)) {
		struct deal *d = by_id_find(deals, sql_get(&q, 0).p);
		if (!d)
			continue;
		d->open_actions += (int)sql_get_int(&q, 1);
		d->overdue_actions += (int)sql_get_int(&q, 2);
		d->has_debrief |= sql_get_int(&q, 3) == 1;
		d->has_draft |= sql_get_int(&q, 3) == 2;
	}
	return sql_done(&q);
}

/* Those that are asleep on the day. */
static bool read_snoozes(struct store *store, struct arena *arena,
    const struct by_id *deals, day_t today, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store,
	        "SELECT deal_id, until, reason, created_by FROM snooze WHERE deleted = 0 "
	        "AND until > $1",
	        err))
		return false;
	sql_day(&q, 1, today);
	while (sql_row(&q)) {
		struct deal *d = by_id_find(deals, sql_get(&q, 0).p);
		if (!d || d->status != DEAL_OPEN)
			continue;
		d->asleep = true;
		d->snoozed_until = sql_get_day(&q, 1);
		d->snooze_reason = sql_dup(&q, 2, arena);
		d->snoozed_by = sql_dup(&q, 3, arena);
	}
	return sql_done(&q);
}

bool store_load_deals(struct store *store, struct arena *arena, int status, unsigned with,
    day_t today, struct deal_list *out, struct err *err)
{
	*out = (struct deal_list){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!read_deals(store, arena, status, today, out, err))
		return false;
	struct by_id map = by_id_make(arena, out);
	return count_records(store, &map, today, err) &&
	       read_snoozes(store, arena, &map, today, err) &&
	       load_more(store, arena, with, 0, out, err);
}

bool store_load_deal(struct store *store, struct arena *arena, int64_t key, day_t today,
    struct deal **out, struct err *err)
{
	struct deal_list one = {.items = arena_alloc(arena, sizeof *one.items)};
	struct sql q;

	*out = NULL;
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store, deal_text, err))
		return false;
	sql_int(&q, 1, key);
	if (!read_rows(&q, store, arena, today, &one, 1, err))
		return false;
	struct by_id map = by_id_make(arena, &one);
	*out = one.count ? one.items : NULL;
	return count_records(store, &map, today, err) &&
	       read_snoozes(store, arena, &map, today, err) &&
	       load_more(store, arena, WITH_CUSTOM, key, &one, err);
}
