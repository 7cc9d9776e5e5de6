#include "huddle/store_leads.h"
#include "load.h"

#include <stdlib.h>
#include <string.h>

/* Leads of a period, with what their exports hold at all. */

/* A day more at either end: zones differ from UTC by less. The later of MQL and
 * assigned lies in the period only if either is not before it, and MQL not after. */
#define IN_PERIOD                                                              \
	"l.feed IS NOT NULL AND ((l.mql_at < $2 AND (l.mql_at >= $1 OR "       \
	"l.assigned_at >= $1)) OR (l.mql_at IS NULL AND l.converted_at >= $1 " \
	"AND l.converted_at < $2))"

static const char leads_text[] =
    "SELECT l.id, l.feed, l.source_id, l.name, l.email, l.company, "
    "coalesce(o.name, o.email, o.source_id), l.source, l.reject_reason, l.mql_at, "
    "l.assigned_at, l.touched_at, l.reached_at, l.accepted_at, l.rejected_at, "
    "l.recycled_at, l.converted_at FROM lead l LEFT JOIN person o ON o.id = l.owner "
    "WHERE " IN_PERIOD " ORDER BY l.id";

enum { NAME = 3, EMAIL, COMPANY, OWNER, SOURCE, REASON, TIMES };

/* What people of sales did to reach somebody: no notes, no tasks, nothing that the
 * buyer did and nothing that is not done. */
#define SALES_TOUCH                                                     \
	"lower(a.kind) IN ('call', 'email', 'meeting', 'message') AND " \
	"substr(coalesce(a.direction, 'o'), 1, 1) <> 'i' AND coalesce(a.done, 1) <> 0"
#define TOUCH_MISSING "(l.touched_at IS NULL OR l.touched_at <= l.recycled_at)"

static const char by_lead[] =
    "SELECT l.id, a.at FROM lead l JOIN activity a ON a.lead = l.id WHERE " IN_PERIOD
    " AND " TOUCH_MISSING " AND " SALES_TOUCH;
static const char by_contact[] =
    "SELECT l.id, a.at FROM lead l JOIN activity a ON a.contact = l.contact "
    "WHERE " IN_PERIOD " AND " TOUCH_MISSING " AND " SALES_TOUCH;

/* The events that each feed of leads has a column for. */
struct feed {
	int64_t id;
	unsigned captured;
};

struct loading {
	struct store *store;
	struct arena *arena;
	const struct zone *zone;
	char since[DAY_TEXT], until[DAY_TEXT];
	struct feed *feeds;
	size_t n_feeds, cap_feeds;
	int64_t *keys; /* of the leads, in their order: ascending */
	size_t cap_keys;
	struct lead_list *out;
	size_t cap;
};

static unsigned captured_of(struct slice fields)
{
	static const char *const names[LEAD_EVENTS] = {"mql_at", "assigned_at",
	    "touched_at", "reached_at", "accepted_at", "rejected_at", "recycled_at",
	    "converted_at"};
	unsigned bits = 0;
	struct slice word;
	while (fields.len && slice_cut(&fields, ' ', &word))
		for (int i = 0; i < LEAD_EVENTS; i++)
			if (slice_is(word, names[i]))
				bits |= 1u << i;
	return bits;
}

static bool load_feeds(struct loading *l, struct err *err)
{
	struct sql q;
	if (sql_begin(
	        &q, l->store, "SELECT id, captured FROM feed WHERE kind = 'leads'", err))
		while (sql_row(&q)) {
			l->feeds = arena_grow(l->arena, l->feeds, &l->cap_feeds,
			    l->n_feeds + 1, sizeof *l->feeds);
			l->feeds[l->n_feeds++] = (struct feed){
			    sql_get_int(&q, 0), captured_of(sql_get(&q, 1))};
		}
	return sql_done(&q);
}

static unsigned captured_by(const struct loading *l, int64_t feed)
{
	for (size_t i = 0; i < l->n_feeds; i++)
		if (l->feeds[i].id == feed)
			return l->feeds[i].captured;
	return 0;
}

static struct lead_time time_of(struct sql *q, int column)
{
	enum { DAY_LENGTH = 10 };
	struct slice text = sql_get(q, column);
	return (struct lead_time){
	    sql_get_instant(q, column), text.p && text.len == DAY_LENGTH};
}

static void bind_period(struct sql *q, const struct loading *l)
{
	sql_text(q, 1, l->since);
	sql_text(q, 2, l->until);
}

/* The same few names again and again: the one before is often it. */
static const char *name_of(
    struct sql *q, int column, struct arena *arena, const char *before)
{
	struct slice text = sql_get(q, column);
	return before && slice_is(text, before) ? before : sql_dup(q, column, arena);
}

static void add_lead(struct loading *l, struct sql *q)
{
	static const struct lead none = {0};
	struct lead_list *out = l->out;
	size_t want = out->count + 1;
	out->items = arena_grow(l->arena, out->items, &l->cap, want, sizeof *out->items);
	l->keys = arena_grow(l->arena, l->keys, &l->cap_keys, want, sizeof *l->keys);
	const struct lead *before = out->count ? &out->items[out->count - 1] : &none;
	int name = sql_is_null(q, NAME) ? EMAIL : NAME;
	l->keys[out->count] = sql_get_int(q, 0);
	struct lead *lead = &out->items[out->count++];
	*lead = (struct lead){.captured = captured_by(l, sql_get_int(q, 1)),
	    .id = sql_dup(q, 2, l->arena),
	    .name = sql_dup(q, name, l->arena),
	    .company = sql_dup(q, COMPANY, l->arena),
	    .owner = name_of(q, OWNER, l->arena, before->owner),
	    .source = name_of(q, SOURCE, l->arena, before->source),
	    .reason = name_of(q, REASON, l->arena, before->reason)};
	for (int i = 0; i < LEAD_EVENTS; i++)
		lead->at[i] = time_of(q, TIMES + i);
}

static bool load_rows(struct loading *l, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, l->store, leads_text, err)) {
		bind_period(&q, l);
		while (sql_row(&q))
			add_lead(l, &q);
	}
	return sql_done(&q);
}

static int compare_keys(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

static bool add_activities(struct loading *l, const char *text, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, l->store, text, err)) {
		bind_period(&q, l);
		while (sql_row(&q)) {
			int64_t key = sql_get_int(&q, 0);
			const int64_t *found = bsearch(
			    &key, l->keys, l->out->count, sizeof key, compare_keys);
			if (found)
				lead_add_activity(&l->out->items[found - l->keys],
				    l->zone, time_of(&q, 1));
		}
	}
	return sql_done(&q);
}

/* Exports with activities of leads tell of touches as well as a column does: a lead
 * that has none was not touched. */
static bool count_all(struct loading *l, struct err *err)
{
	int64_t activities;
	if (!sql_one(l->store, "SELECT count(*) FROM lead WHERE feed IS NOT NULL", 0,
	        &l->out->all, err) ||
	    !sql_one(l->store,
	        "SELECT count(*) FROM lead WHERE feed IS NOT NULL AND mql_at IS NOT NULL",
	        0, &l->out->with_mql, err) ||
	    !sql_one(l->store,
	        "SELECT CASE WHEN EXISTS (SELECT 1 FROM activity WHERE lead IS NOT NULL) "
	        "THEN 1 ELSE 0 END",
	        0, &activities, err))
		return false;
	for (size_t i = 0; activities && i < l->n_feeds; i++)
		l->feeds[i].captured |= 1u << LEAD_TOUCHED;
	return true;
}

bool store_load_leads(struct store *store, struct arena *arena, struct period period,
    const struct zone *zone, struct lead_list *out, struct err *err)
{
	struct loading l = {.store = store, .arena = arena, .zone = zone, .out = out};
	*out = (struct lead_list){0};
	if (!store->generation)
		return store_facts(store, err);
	day_format(period.first - 1, l.since);
	day_format(period.last + 2, l.until);
	return load_feeds(&l, err) && count_all(&l, err) && load_rows(&l, err) &&
	       (!out->count || (add_activities(&l, by_lead, err) &&
	                           add_activities(&l, by_contact, err)));
}
