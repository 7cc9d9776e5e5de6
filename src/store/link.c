#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct side_names link_sides[LINK_SIDES] = {
    {FACT_TOUCHES, "touch", TOUCH_COLUMNS},
    {FACT_ACTIVITIES, "activity", ACTIVITY_COLUMNS},
};

/* When more than one row in this many changed, all links at once cost less. */
enum { BULK_PART = 4 };

enum { DAY_LEN = 10 }; /* YYYY-MM-DD */

static struct link_side *side_of(struct build *b, enum fact_kind kind)
{
	for (int i = 0; i < LINK_SIDES; i++)
		if (link_sides[i].kind == kind)
			return &b->sides[i];
	return NULL;
}

static day_t day_of(const char *at, size_t len)
{
	char day[DAY_TEXT] = "";
	day_t out;

	/* A day, or an instant, which begins with its day. */
	if (at && len >= DAY_LEN)
		memcpy(day, at, DAY_LEN);
	return day_parse(day, &out) ? out : DAY_NONE;
}

struct event_refs link_refs(sqlite3_stmt *stmt, int first)
{
	return (struct event_refs){.deal = sqlite3_column_int64(stmt, first),
	    .contact = sqlite3_column_int64(stmt, first + 1),
	    .lead = sqlite3_column_int64(stmt, first + 2),
	    .account = sqlite3_column_int64(stmt, first + 3),
	    .day = day_of((const char *)sqlite3_column_text(stmt, first + 4),
	        (size_t)sqlite3_column_bytes(stmt, first + 4))};
}

struct event_refs link_refs_of(const struct value *deal, const struct value *contact,
    const struct value *lead, const struct value *account, const struct value *at)
{
	return (struct event_refs){
	    deal->n, contact->n, lead->n, account->n, day_of(at->p, at->len)};
}

void link_own(sqlite3_stmt *stmt, int first, int n, struct value *out)
{
	for (int i = 0; i < n; i++) {
		int type = sqlite3_column_type(stmt, first + i);
		out[i] = (struct value){.type = VALUE_NONE};
		if (type == SQLITE_INTEGER)
			out[i] = (struct value){.type = VALUE_INT,
			    .n = sqlite3_column_int64(stmt, first + i)};
		else if (type == SQLITE_TEXT)
			out[i] = (struct value){.type = VALUE_TEXT,
			    .p = (const char *)sqlite3_column_text(stmt, first + i),
			    .len = (uint32_t)sqlite3_column_bytes(stmt, first + i)};
	}
}

/* The links of before were made with the facts of before, so both are looked up
 * there. */
static bool forget_links(
    struct build *b, struct link_side *side, int64_t id, struct err *err)
{
	if (!b->reach.loaded && !reach_load(&b->reach, b->store, err))
		return false;
	sqlite3_bind_int64(side->refs, 1, id);
	int code = sqlite3_step(side->refs);
	if (code == SQLITE_ROW) {
		struct event_refs refs = link_refs(side->refs, 0);
		reach_links(&b->reach, &refs, &b->targets);
	}
	sqlite3_reset(side->refs);
	if (code == SQLITE_DONE)
		return true;
	for (size_t i = 0; code == SQLITE_ROW && i < b->targets.count; i++)
		places_add(&side->old, b->targets.items[i], id);
	return code == SQLITE_ROW || sql_error(b->store, b->db, code, err);
}

bool link_row_changes(
    struct build *b, enum fact_kind kind, int64_t id, bool existed, struct err *err)
{
	struct link_side *side = side_of(b, kind);

	if (!side || b->fresh || side->bulk || marked(&side->changed, id))
		return true;
	mark(&side->changed, id);
	if (++side->n_changed > side->rows / BULK_PART) {
		side->bulk = true;
		return true;
	}
	return !existed || forget_links(b, side, id, err);
}

bool link_rows_with(struct build *b, enum fact_kind kind, const char *column,
    int64_t number, struct err *err)
{
	char text[128];
	sqlite3_stmt *stmt;
	int code;

	if (!side_of(b, kind) || b->fresh)
		return true;
	snprintf(text, sizeof text, "SELECT id FROM %s WHERE %s = %lld",
	    fact_infos[kind].table, column, (long long)number);
	if (!build_prepare(b, text, &stmt, err))
		return false;
	bool fine = true;
	while (fine && (code = sqlite3_step(stmt)) == SQLITE_ROW)
		fine =
		    link_row_changes(b, kind, sqlite3_column_int64(stmt, 0), true, err);
	sqlite3_finalize(stmt);
	return fine && (code == SQLITE_DONE || sql_error(b->store, b->db, code, err));
}

bool link_prepare(struct build *b, struct err *err)
{
	char text[128];

	for (int i = 0; i < LINK_SIDES; i++) {
		const char *table = link_sides[i].table;
		snprintf(text, sizeof text, "SELECT coalesce(max(id), 0) FROM %s", table);
		if (!sql_one(&b->facts, text, 0, &b->sides[i].rows, err))
			return false;
		snprintf(text, sizeof text, LINK_REFS_OF, table);
		if (!build_prepare(b, text, &b->sides[i].refs, err))
			return false;
	}
	return true;
}

void link_release(struct build *b)
{
	linking_release(b);
	for (int i = 0; i < LINK_SIDES; i++) {
		sqlite3_finalize(b->sides[i].refs);
		free(b->sides[i].changed.bits);
		free(b->sides[i].old.items);
		b->sides[i] = (struct link_side){0};
	}
	bulk_sums_release(&b->sums);
	reach_release(&b->reach);
	free(b->targets.items);
	b->targets = (struct targets){0};
}

static int64_t count_marks(const struct marks *m)
{
	int64_t n = 0;

	for (int64_t i = marked_next(m, 0); i; i = marked_next(m, i))
		n++;
	return n;
}

/* Deals that anything changed of are linked and summed up anew. */
static bool find_relink(
    struct build *b, const struct reach *now, struct marks *relink, struct err *err)
{
	if (b->fresh)
		return true;
	if (!b->reach.loaded && !reach_load(&b->reach, b->store, err))
		return false;
	reach_differences(&b->reach, now, relink);
	for (int64_t d = marked_next(relink, 0); d; d = marked_next(relink, d))
		mark(&b->dirty, d);
	bool many = count_marks(relink) * BULK_PART > (int64_t)now->n_deals;
	for (int i = 0; i < LINK_SIDES; i++)
		b->sides[i].bulk |= many;
	return true;
}

bool linking_begin(struct build *b, struct err *err)
{
	struct linking *l = b->linking = xcalloc(1, sizeof *l);

	if (!reach_load(&l->now, &b->facts, err) ||
	    (!b->fresh && !summary_time_passed(b, err)) ||
	    !find_relink(b, &l->now, &l->relink, err))
		return false;
	bulk_sums_begin(b, &l->now);
	return true;
}

bool link_begin(struct build *b, struct err *err)
{
	if (!b->linking && !linking_begin(b, err))
		return false;
	return !b->fresh || beside_start(b, err);
}

/* Where rows did not come one by one, they are read. */
bool linking_gather(struct build *b, int side, sqlite3 *db, struct err *err)
{
	struct gather *g = &b->linking->gather[side];

	if (g->links)
		return true;
	gather_begin(g, b, side, &b->linking->now, db);
	return gather_table(g, err);
}

static bool link_side(struct build *b, int side, struct err *err)
{
	struct linking *l = b->linking;

	if (!b->sides[side].bulk)
		return link_changes(b, side, &l->now, &l->relink, err);
	bool fine = linking_gather(b, side, b->db, err) &&
	            gather_write(&l->gather[side], b->db, err);
	gather_release(&l->gather[side]);
	return fine;
}

bool link_finish(struct build *b, struct err *err)
{
	bool fine = true;

	if (b->fresh)
		fine = beside_take(b, err);
	for (int i = 0; fine && !b->fresh && i < LINK_SIDES; i++)
		fine = link_side(b, i, err);
	return fine && sum_up(b, err);
}

void linking_release(struct build *b)
{
	struct linking *l = b->linking;

	if (!l)
		return;
	beside_release(b);
	for (int i = 0; i < LINK_SIDES; i++)
		gather_release(&l->gather[i]);
	free(l->relink.bits);
	reach_release(&l->now);
	free(l);
	b->linking = NULL;
}
