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

struct event_refs link_refs(sqlite3_stmt *stmt, int first)
{
	struct event_refs refs = {.deal = sqlite3_column_int64(stmt, first),
	    .contact = sqlite3_column_int64(stmt, first + 1),
	    .lead = sqlite3_column_int64(stmt, first + 2),
	    .account = sqlite3_column_int64(stmt, first + 3)};
	const char *at = (const char *)sqlite3_column_text(stmt, first + 4);
	char day[DAY_TEXT] = "";

	/* A day, or an instant, which begins with its day. */
	if (at && sqlite3_column_bytes(stmt, first + 4) >= DAY_LEN)
		memcpy(day, at, DAY_LEN);
	if (!day_parse(day, &refs.day))
		refs.day = DAY_NONE;
	return refs;
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
		snprintf(text, sizeof text,
		    "SELECT deal, contact, lead, account, at FROM %s WHERE id = ?1",
		    table);
		if (!build_prepare(b, text, &b->sides[i].refs, err))
			return false;
	}
	return true;
}

void link_release(struct build *b)
{
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

static bool link_sides_now(
    struct build *b, const struct reach *now, const struct marks *relink, struct err *err)
{
	bool fine = true;

	bulk_sums_begin(b, now);
	for (int i = 0; fine && i < LINK_SIDES; i++)
		fine = b->fresh || b->sides[i].bulk
		           ? link_all(b, i, now, err)
		           : link_changes(b, i, now, relink, err);
	return fine;
}

/* Where all links were made again, all deals are summed up again. */
static bool is_dirty(const struct build *b, int64_t deal)
{
	for (int i = 0; i < LINK_SIDES; i++)
		if (b->sides[i].bulk)
			return true;
	return b->fresh || marked(&b->dirty, deal);
}

static bool sum_up(struct build *b, const struct reach *now, struct err *err)
{
	struct sides_reader reader;
	int64_t deals =
	    (int64_t)(now->n_deals > b->reach.n_deals ? now->n_deals : b->reach.n_deals);
	bool fine = sides_open(&reader, b, now, err);

	for (int64_t d = 1; fine && d < deals; d++) {
		struct summary s;
		if (!is_dirty(b, d))
			continue;
		bool linked = (size_t)d < now->n_deals && now->deals[d].linked;
		if (linked && b->sums.made)
			bulk_sums_of(b, now, d, &s);
		else if (linked)
			fine = sides_read(&reader, d, &s, err);
		fine = fine &&
		       (linked ? summary_write(b, &s, err) : summary_drop(b, d, err));
	}
	sides_close(&reader);
	return fine;
}

bool link_deals(struct build *b, struct err *err)
{
	struct reach now;
	struct marks relink = {0};
	bool fine = reach_load(&now, &b->facts, err) &&
	            (b->fresh || summary_time_passed(b, err)) &&
	            find_relink(b, &now, &relink, err) &&
	            link_sides_now(b, &now, &relink, err) && sum_up(b, &now, err);

	free(relink.bits);
	reach_release(&now);
	return fine;
}
