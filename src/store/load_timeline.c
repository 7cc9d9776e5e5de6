#include "load.h"

#include <stdlib.h>
#include <string.h>

/* A deal's touches and activities, with whom they were and why they belong to
 * it. Some 250 rows, read when the selection rests on the deal. */

#define WHO                                                                      \
	"coalesce(c.name, c.email, c.source_id, l.name, l.email, l.source_id), " \
	"c.title, "                                                              \
	"e.contact"

static const char touches_text[] =
    "SELECT e.touch, e.part_of, e.at, e.linked_by, coalesce(e.kind, k.kind, 'campaign'), "
    "coalesce(k.name, k.source_id, e.detail), CASE WHEN k.id IS NULL THEN NULL ELSE "
    "e.detail END, " WHO ", coalesce(k.name, k.source_id), e.responded "
    "FROM touch_deal e LEFT JOIN campaign k ON k.id = e.campaign "
    "LEFT JOIN contact c ON c.id = e.contact LEFT JOIN lead l ON l.id = e.lead "
    "WHERE e.deal = $1 AND e.at >= $2";

static const char activities_text[] =
    "SELECT e.id, e.part_of, e.at, x.linked_by, coalesce(e.kind, 'activity'), "
    "coalesce(e.subject, e.kind), e.outcome, " WHO
    ", coalesce(o.name, o.source_id), e.done, e.direction "
    "FROM activity_deal x JOIN activity e ON e.id = x.activity "
    "LEFT JOIN contact c ON c.id = e.contact LEFT JOIN lead l ON l.id = e.lead "
    "LEFT JOIN person o ON o.id = e.owner "
    "WHERE x.deal = $1 AND x.at >= $2";

struct entry_row {
	struct entry entry;
	int64_t id, part_of;
};

struct entry_rows {
	struct entry_row *items;
	size_t count, cap;
};

/* Who sits on the committee, looked up here and not in the query: that would be
 * two searches more for each of the rows. */
struct seat {
	int64_t contact;
	const char *role;
};

/* One deal's reading. */
struct reading {
	struct store *store;
	struct arena *arena;
	int64_t deal;
	day_t since; /* only from this day on; DAY_NONE: all */
	day_t seen;  /* what lies after it has not happened yet, as far as is known */
	struct entry_rows rows;
	struct seat *seats;
	size_t n_seats, cap_seats;
};

static struct entry_row *rows_add(struct entry_rows *rows, struct arena *arena)
{
	if (rows->count == rows->cap)
		rows->items = arena_grow(arena, rows->items, &rows->cap,
		    rows->cap ? rows->cap * 2 : 256, sizeof *rows->items);
	return memset(&rows->items[rows->count++], 0, sizeof *rows->items);
}

static bool read_seats(struct reading *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(
	        &q, r->store, "SELECT contact, role FROM committee WHERE deal = $1", err))
		return false;
	sql_int(&q, 1, r->deal);
	while (sql_row(&q)) {
		if (r->n_seats == r->cap_seats)
			r->seats = arena_grow(r->arena, r->seats, &r->cap_seats,
			    r->cap_seats ? r->cap_seats * 2 : 16, sizeof *r->seats);
		r->seats[r->n_seats++] =
		    (struct seat){sql_get_int(&q, 0), sql_dup(&q, 1, r->arena)};
	}
	return sql_done(&q);
}

static void take_seat(const struct reading *r, int64_t contact, struct entry *e)
{
	e->role = "";
	for (size_t i = 0; contact && i < r->n_seats; i++) {
		if (r->seats[i].contact != contact)
			continue;
		e->on_committee = true;
		if (!*e->role)
			e->role = r->seats[i].role;
	}
}

static struct entry *read_common(struct sql *q, struct reading *r)
{
	struct entry_row *row = rows_add(&r->rows, r->arena);
	struct entry *e = &row->entry;

	row->id = sql_get_int(q, 0);
	row->part_of = sql_get_int(q, 1);
	e->at = sql_get_instant(q, 2);
	e->link = (enum linked_by)sql_get_int(q, 3);
	e->kind = sql_dup(q, 4, r->arena);
	e->title = sql_dup(q, 5, r->arena);
	e->detail = sql_dup(q, 6, r->arena);
	e->contact = sql_dup(q, 7, r->arena);
	e->contact_title = sql_dup(q, 8, r->arena);
	take_seat(r, sql_get_int(q, 9), e);
	e->campaign = e->who = "";
	e->planned = day_of_instant(e->at) > r->seen;
	return e;
}

static void bind_rows(struct sql *q, const struct reading *r)
{
	char day[DAY_TEXT];

	sql_int(q, 1, r->deal);
	sql_text(q, 2, day_format(r->since, day));
}

static bool read_touches(struct reading *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, r->store, touches_text, err))
		return false;
	bind_rows(&q, r);
	while (sql_row(&q)) {
		struct entry *e = read_common(&q, r);
		e->side = SIDE_MARKETING;
		e->campaign = sql_dup(&q, 10, r->arena);
		e->responded = sql_get_int(&q, 11) != 0;
	}
	return sql_done(&q);
}

static bool read_activities(struct reading *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, r->store, activities_text, err))
		return false;
	bind_rows(&q, r);
	while (sql_row(&q)) {
		struct entry *e = read_common(&q, r);
		struct slice direction = sql_get(&q, 12);
		e->side = SIDE_SALES;
		e->who = sql_dup(&q, 10, r->arena);
		e->open = !sql_is_null(&q, 11) && !sql_get_int(&q, 11);
		e->inbound = direction.len && *direction.p == 'i';
	}
	return sql_done(&q);
}

static int newest_first(const void *a, const void *b)
{
	const struct entry_row *x = a, *y = b;

	if (x->entry.at != y->entry.at)
		return x->entry.at > y->entry.at ? -1 : 1;
	if (x->entry.side != y->entry.side)
		return (int)x->entry.side - (int)y->entry.side;
	return x->id < y->id ? -1 : x->id > y->id;
}

static struct entry_row *find_main(struct entry_rows *rows, const struct entry_row *part)
{
	for (size_t i = 0; i < rows->count; i++)
		if (rows->items[i].id == part->part_of &&
		    rows->items[i].entry.side == part->entry.side)
			return &rows->items[i];
	return NULL;
}

static void add_other(struct entry *main_entry, const char *name, struct arena *arena)
{
	const char *before = main_entry->others;

	main_entry->more_contacts++;
	main_entry->others = before ? arena_printf(arena, "%s\n%s", before, name) : name;
}

/* An activity with three contacts is one entry that names one and counts two. */
static void fold_parts(struct entry_rows *rows, struct arena *arena)
{
	size_t n = 0;

	for (size_t i = 0; i < rows->count; i++) {
		struct entry_row *main_row =
		    rows->items[i].part_of ? find_main(rows, &rows->items[i]) : NULL;
		if (main_row)
			add_other(&main_row->entry, rows->items[i].entry.contact, arena);
	}
	for (size_t i = 0; i < rows->count; i++)
		if (!rows->items[i].part_of || !find_main(rows, &rows->items[i]))
			rows->items[n++] = rows->items[i];
	rows->count = n;
}

static bool load_as_of(struct store *store, day_t *out, struct err *err)
{
	struct sql q;

	*out = DAY_NONE;
	if (!sql_begin(&q, store, "SELECT max(as_of) FROM facts.sync", err))
		return false;
	if (sql_row(&q))
		*out = sql_get_day(&q, 0);
	return sql_done(&q);
}

/* The last `days` days before today or the exports, and what is planned; 0: all. */
static bool load_entries(struct store *store, struct arena *arena,
    const struct deal *deal, day_t today, int days, struct entry_list *out,
    struct err *err)
{
	struct reading r = {.store = store, .arena = arena, .deal = deal->key};

	*out = (struct entry_list){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!load_as_of(store, &r.seen, err))
		return false;
	/* What lies after the exports was only planned when they were made. */
	if (r.seen == DAY_NONE || today < r.seen)
		r.seen = today;
	r.since = days ? r.seen - days : DAY_NONE;
	if (!read_seats(&r, err) || !read_touches(&r, err) || !read_activities(&r, err))
		return false;
	fold_parts(&r.rows, arena);
	if (r.rows.count)
		qsort(r.rows.items, r.rows.count, sizeof *r.rows.items, newest_first);
	out->items = arena_alloc(arena, (r.rows.count + 1) * sizeof *out->items);
	for (size_t i = 0; i < r.rows.count; i++)
		out->items[out->count++] = r.rows.items[i].entry;
	return true;
}

bool store_load_timeline(struct store *store, struct arena *arena,
    const struct deal *deal, day_t today, struct entry_list *out, struct err *err)
{
	return load_entries(store, arena, deal, today, 0, out, err);
}

bool store_load_lately(struct store *store, struct arena *arena, const struct deal *deal,
    day_t today, int days, struct entry_list *out, struct err *err)
{
	return load_entries(store, arena, deal, today, days, out, err);
}

/* "~" stands after every time of the newest as-of day: what is planned for
 * later was not seen. */
#define AS_OF_END "(SELECT max(as_of) || '~' FROM facts.sync)"

/* All that happened with a member of the committee belongs to the deal, so its
 * links tell the counts. */
bool store_load_committee(struct store *store, struct arena *arena,
    const struct deal *deal, struct member_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct member_list){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store,
	        "SELECT coalesce(c.source_id, ''), coalesce(c.name, c.email, "
	        "c.source_id), c.title, "
	        "max(m.role), c.email, max(coalesce(m.is_primary, 0)), "
	        "(SELECT count(*) FROM touch_deal t WHERE t.deal = $1 AND t.contact = "
	        "c.id), "
	        "(SELECT count(*) FROM activity_deal v WHERE v.deal = $1 AND v.contact = "
	        "c.id), "
	        "(SELECT max(at) FROM touch_deal t WHERE t.deal = $1 AND t.contact = "
	        "c.id AND t.at "
	        "< " AS_OF_END "), "
	        "(SELECT max(at) FROM activity_deal v WHERE v.deal = $1 AND v.contact = "
	        "c.id AND v.at "
	        "< " AS_OF_END ") "
	        "FROM committee m JOIN contact c ON c.id = m.contact WHERE m.deal = $1 "
	        "GROUP BY c.id ORDER BY 6 DESC, 2",
	        err))
		return false;
	sql_int(&q, 1, deal->key);
	while (sql_row(&q)) {
		if (out->count == cap)
			out->items = arena_grow(arena, out->items, &cap,
			    cap ? cap * 2 : 16, sizeof *out->items);
		struct member *m = &out->items[out->count++];
		instant_t touch = sql_get_instant(&q, 8),
		          activity = sql_get_instant(&q, 9);
		*m = (struct member){.contact_id = sql_dup(&q, 0, arena),
		    .name = sql_dup(&q, 1, arena),
		    .title = sql_dup(&q, 2, arena),
		    .role = sql_dup(&q, 3, arena),
		    .email = sql_dup(&q, 4, arena),
		    .primary = sql_get_int(&q, 5) != 0,
		    .touches = (int)sql_get_int(&q, 6),
		    .activities = (int)sql_get_int(&q, 7),
		    .last_seen = touch > activity ? touch : activity};
	}
	return sql_done(&q);
}
