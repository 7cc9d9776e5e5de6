#include "link.h"

#include <stdlib.h>
#include <string.h>

/* What the two sides of a deal add up to, from its links. */

struct side_row {
	int64_t id, part_of, contact;
	char at[INSTANT_TEXT + 1]; /* a day or an instant: text compares as time does */
	bool planned, inbound;
};

static const char *const texts[LINK_SIDES] = {
    "SELECT touch, at, part_of, contact FROM touch_deal WHERE deal = ?1 ORDER BY touch",
    "SELECT activity, at, part_of, contact, done, direction FROM activity_deal "
    "WHERE deal = ?1 ORDER BY activity"};

bool sides_open(
    struct sides_reader *r, struct build *b, const struct reach *reach, struct err *err)
{
	*r = (struct sides_reader){.b = b, .reach = reach};
	day_format(b->as_of + 1, r->as_of_end);
	day_format(b->as_of + 1 - ENGAGED_DAYS, r->recent_from);
	for (int i = 0; i < LINK_SIDES; i++)
		if (!build_prepare(b, texts[i], &r->read[i], err))
			return false;
	return true;
}

void sides_close(struct sides_reader *r)
{
	for (int i = 0; i < LINK_SIDES; i++)
		sqlite3_finalize(r->read[i]);
	free(r->rows);
	free(r->engaged);
}

static instant_t instant_at(const char *text)
{
	instant_t at;
	day_t day;

	if (text && instant_parse(text, &at))
		return at;
	if (text && day_parse(text, &day))
		return (instant_t)day * DAY_SECONDS;
	return INSTANT_NONE;
}

static void take_row(struct sides_reader *r, int side, sqlite3_stmt *stmt)
{
	if (r->count == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 1024;
		r->rows = xrealloc(r->rows, r->cap * sizeof *r->rows);
	}
	struct side_row *row = &r->rows[r->count++];
	*row = (struct side_row){.id = sqlite3_column_int64(stmt, 0),
	    .part_of = sqlite3_column_int64(stmt, 2),
	    .contact = sqlite3_column_int64(stmt, 3)};
	slice_copy((struct slice){(const char *)sqlite3_column_text(stmt, 1),
	               (size_t)sqlite3_column_bytes(stmt, 1)},
	    row->at, sizeof row->at);
	if (link_sides[side].kind != FACT_ACTIVITIES)
		return;
	const char *direction = (const char *)sqlite3_column_text(stmt, 5);
	row->planned =
	    sqlite3_column_type(stmt, 4) != SQLITE_NULL && !sqlite3_column_int(stmt, 4);
	row->inbound = direction && *direction == 'i';
}

static bool has_row(const struct sides_reader *r, int64_t id)
{
	size_t low = 0, high = r->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (r->rows[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->count && r->rows[low].id == id;
}

static void later(const char **at, const char *than)
{
	if (!*at || strcmp(*at, than) < 0)
		*at = than;
}

/* A row for a further contact counts only where its main row is not there. */
static struct side_stats add_up(const struct sides_reader *r)
{
	const char *last = NULL, *inbound = NULL, *next = NULL;
	int64_t count = 0;

	for (size_t i = 0; i < r->count; i++) {
		const struct side_row *row = &r->rows[i];
		if (row->part_of && has_row(r, row->part_of))
			continue;
		count++;
		if (strcmp(row->at, r->as_of_end) >= 0) {
			if (!next || strcmp(row->at, next) < 0)
				next = row->at;
			continue;
		}
		if (!row->planned)
			later(&last, row->at);
		if (row->inbound)
			later(&inbound, row->at);
	}
	return (struct side_stats){
	    count, instant_at(last), instant_at(inbound), instant_at(next)};
}

/* Of the members, who had a touch or an activity in the 90 days before the as-of
 * day's end. */
static void mark_engaged(struct sides_reader *r)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct side_row *row = &r->rows[i];
		if (!row->contact || strcmp(row->at, r->recent_from) < 0 ||
		    strcmp(row->at, r->as_of_end) >= 0)
			continue;
		for (size_t m = 0; m < r->n_members; m++)
			r->engaged[m] |= r->members[m] == row->contact;
	}
}

static bool read_side(struct sides_reader *r, int side, int64_t deal,
    struct side_stats *out, struct err *err)
{
	sqlite3_stmt *stmt = r->read[side];
	int code;

	r->count = 0;
	sqlite3_bind_int64(stmt, 1, deal);
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
		take_row(r, side, stmt);
	sqlite3_reset(stmt);
	*out = add_up(r);
	mark_engaged(r);
	return code == SQLITE_DONE || sql_error(r->b->store, r->b->db, code, err);
}

/* The committee, of whom nobody is engaged yet. */
static void start_members(struct sides_reader *r, int64_t deal)
{
	r->n_members = reach_members(r->reach, deal, &r->members);
	r->engaged = xrealloc(r->engaged, r->n_members + 1);
	memset(r->engaged, 0, r->n_members);
}

bool sides_read(
    struct sides_reader *r, int64_t deal, struct summary *out, struct err *err)
{
	*out = (struct summary){.deal = deal};
	start_members(r, deal);
	for (int i = 0; i < LINK_SIDES; i++)
		if (!read_side(r, i, deal,
		        link_sides[i].kind == FACT_TOUCHES ? &out->touches
		                                           : &out->activities,
		        err))
			return false;
	out->committee = (int)r->n_members;
	for (size_t i = 0; i < r->n_members; i++)
		out->engaged += r->engaged[i];
	return true;
}
