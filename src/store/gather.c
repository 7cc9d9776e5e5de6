#include "link.h"

#include <stdlib.h>
#include <string.h>

/*
 * The first step to all links of a side: each row's links, spread so that they
 * come in the order of deal and row. Rows are given as they are put, or read
 * from their table.
 */
enum { ROWS_OWN = 6 }; /* of the statement that reads rows */

/* What a link is made of beside its deal; its own columns follow, each with one
 * of these before it. */
struct link_head {
	uint32_t row;
	uint8_t how;
};
enum { OWN_NULL, OWN_SMALL, OWN_NUMBER, OWN_TEXT };

/* ---- records ---- */

/* The bytes of a value at most. */
static size_t own_size(const struct value *v)
{
	return 1 + sizeof(int64_t) + (v->type == VALUE_TEXT ? v->len : 0);
}

static char *put(char *to, const void *bytes, size_t size)
{
	memcpy(to, bytes, size);
	return to + size;
}

static char *put_number(char *to, int64_t n)
{
	int32_t small = (int32_t)n;

	*to++ = small == n ? OWN_SMALL : OWN_NUMBER;
	return small == n ? put(to, &small, sizeof small) : put(to, &n, sizeof n);
}

static char *put_own(char *to, const struct value *v)
{
	if (v->type == VALUE_INT)
		return put_number(to, v->n);
	if (v->type == VALUE_TEXT && v->len) {
		*to++ = OWN_TEXT;
		to = put(to, &v->len, sizeof v->len);
		return put(to, v->p, v->len);
	}
	*to++ = OWN_NULL;
	return to;
}

/* All but its head, which differs from deal to deal. */
static void make_record(struct gather *g, const struct event_row *row)
{
	size_t size = sizeof(struct link_head);

	for (int i = 0; i < g->n_own; i++)
		size += own_size(&row->own[i]);
	str_clear(&g->record);
	str_reserve(&g->record, size);
	char *to = g->record.p + sizeof(struct link_head);
	for (int i = 0; i < g->n_own; i++)
		to = put_own(to, &row->own[i]);
	g->record.len = (size_t)(to - g->record.p);
}

static void take(struct slice *from, void *to, size_t size)
{
	memcpy(to, from->p, size);
	from->p += size;
	from->len -= size;
}

static struct value take_own(struct slice *from)
{
	struct value v = {.type = VALUE_INT};
	uint8_t type;
	int32_t small;

	take(from, &type, 1);
	if (type == OWN_SMALL) {
		take(from, &small, sizeof small);
		v.n = small;
	} else if (type == OWN_NUMBER) {
		take(from, &v.n, sizeof v.n);
	} else if (type == OWN_TEXT) {
		v.type = VALUE_TEXT;
		take(from, &v.len, sizeof v.len);
		v.p = from->p;
		from->p += v.len;
		from->len -= v.len;
	} else {
		v.type = VALUE_NONE;
	}
	return v;
}

void gathered_read(struct slice record, struct gathered *out)
{
	struct link_head head;

	take(&record, &head, sizeof head);
	out->row = head.row;
	out->how = head.how;
	for (int i = 0; record.len; i++)
		out->own[i] = take_own(&record);
}

/* ---- gathering ---- */

void gather_begin(
    struct gather *g, struct build *b, int side, const struct reach *reach, sqlite3 *db)
{
	*g = (struct gather){.b = b, .side = side, .reach = reach, .db = db};
	g->links = spread_open(b->path, (uint32_t)reach->n_deals);
	for (const char *p = link_sides[side].columns; p; p = strchr(p + 1, ','))
		g->n_own++;
}

void gather_release(struct gather *g)
{
	spread_close(g->links);
	sqlite3_finalize(g->rows);
	sqlite3_finalize(g->refs);
	str_release(&g->record);
	free(g->targets.items);
	free(g->main.items);
	*g = (struct gather){0};
}

static void copy_targets(struct targets *out, const struct targets *from)
{
	if (out->cap < from->count) {
		out->cap = from->count * 2;
		out->items = xrealloc(out->items, out->cap * sizeof *out->items);
	}
	out->count = from->count;
	if (from->count)
		memcpy(out->items, from->items, from->count * sizeof *out->items);
}

/* Where the row belongs that `id` is a further contact of. It mostly came just
 * before; parts that came with a later sync have to look it up. */
static const struct targets *main_of(struct gather *g, int64_t id)
{
	if (g->main_id == id)
		return &g->main;
	g->main.count = 0;
	g->main_id = id;
	if (!g->refs)
		return &g->main;
	sqlite3_bind_int64(g->refs, 1, id);
	if (sqlite3_step(g->refs) == SQLITE_ROW) {
		struct event_refs refs = link_refs(g->refs, 0);
		reach_links(g->reach, &refs, &g->main);
	}
	sqlite3_reset(g->refs);
	return &g->main;
}

static void add_up(struct gather *g, const struct event_row *row)
{
	struct side_event event =
	    side_event_of(row->own, link_sides[g->side].kind == FACT_ACTIVITIES);
	const struct targets *main = NULL;

	if (event.part_of) {
		main = main_of(g, event.part_of);
	} else {
		g->main_id = row->id;
		copy_targets(&g->main, &g->targets);
	}
	bulk_sums_add(&g->b->sums, g->side, g->reach, &event, &g->targets, main);
}

bool gather_row(struct gather *g, const struct event_row *row, struct err *err)
{
	struct link_head head = {.row = (uint32_t)row->id};

	reach_links(g->reach, &row->refs, &g->targets);
	if (g->b->sums.made)
		add_up(g, row);
	if (!g->targets.count)
		return true;
	make_record(g, row);
	struct slice record = {g->record.p, g->record.len};
	for (size_t i = 0; i < g->targets.count; i++) {
		head.how = g->targets.items[i].how;
		memcpy(g->record.p, &head, sizeof head);
		if (!spread_add(g->links, g->targets.items[i].deal, record, err))
			return false;
	}
	return true;
}

static bool prepare(struct gather *g, struct err *err)
{
	const struct side_names *names = &link_sides[g->side];
	struct str text = STR_INIT;

	str_addf(&text, "SELECT id, " LINK_REFS ", %s FROM %s ORDER BY id",
	    names->columns, names->table);
	int code = sqlite3_prepare_v2(g->db, text.p, -1, &g->rows, NULL);
	str_clear(&text);
	str_addf(&text, LINK_REFS_OF, names->table);
	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(g->db, text.p, -1, &g->refs, NULL);
	str_release(&text);
	return code == SQLITE_OK || sql_error(g->b->store, g->db, code, err);
}

bool gather_table(struct gather *g, struct err *err)
{
	int code = SQLITE_DONE;
	bool fine = prepare(g, err);
	struct event_row row;

	while (fine && (code = sqlite3_step(g->rows)) == SQLITE_ROW) {
		row.id = sqlite3_column_int64(g->rows, 0);
		row.refs = link_refs(g->rows, 1);
		link_own(g->rows, ROWS_OWN, g->n_own, row.own);
		fine = gather_row(g, &row, err);
	}
	return fine && (code == SQLITE_DONE || sql_error(g->b->store, g->db, code, err));
}
