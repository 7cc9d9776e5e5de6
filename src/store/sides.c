#include "link.h"

#include <stdlib.h>
#include <string.h>

/* What the two sides of a deal add up to, from its links. */

struct side_row {
	int64_t id;
	struct side_event event;
};

static const char *const texts[LINK_SIDES] = {
    "SELECT touch, at, part_of, contact FROM touch_deal WHERE deal = ?1 ORDER BY touch",
    "SELECT activity, at, part_of, contact, done, direction FROM activity_deal "
    "WHERE deal = ?1 ORDER BY activity"};

bool sides_open(struct sides_reader *r, struct build *b, sqlite3 *db,
    const struct reach *reach, struct err *err)
{
	*r = (struct sides_reader){.b = b, .db = db, .reach = reach};
	sum_days_set(&r->days, b->as_of);
	for (int i = 0; i < LINK_SIDES; i++) {
		int code = sqlite3_prepare_v2(db, texts[i], -1, &r->read[i], NULL);
		if (code != SQLITE_OK)
			return sql_error(b->store, db, code, err);
	}
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

void sum_days_set(struct sum_days *days, day_t as_of)
{
	day_format(as_of + 1, days->as_of_end);
	day_format(as_of + 1 - ENGAGED_DAYS, days->recent_from);
	day_format(as_of + 1 - TREND_DAYS, days->trend_middle);
	day_format(as_of + 1 - 2 * TREND_DAYS, days->trend_from);
}

bool sum_is_recent(const struct sum_days *days, const char *at)
{
	return strcmp(at, days->recent_from) >= 0 && strcmp(at, days->as_of_end) < 0;
}

struct side_event side_event_of(const struct value *own, bool activity)
{
	struct side_event event = {.part_of = own[1].n, .contact = own[2].n};

	slice_copy((struct slice){own[0].p, own[0].len}, event.at, sizeof event.at);
	if (!activity)
		return event;
	event.planned = own[3].type == VALUE_INT && !own[3].n;
	event.inbound = own[4].len && *own[4].p == 'i';
	return event;
}

static void later(char *at, const char *than)
{
	if (strcmp(at, than) < 0)
		memcpy(at, than, INSTANT_TEXT + 1);
}

static void earlier(char *at, const char *than)
{
	if (!*at || strcmp(than, at) < 0)
		memcpy(at, than, INSTANT_TEXT + 1);
}

void side_sum_add(
    struct side_sum *sum, const struct sum_days *days, const struct side_event *event)
{
	sum->count++;
	if (strcmp(event->at, days->as_of_end) >= 0) {
		earlier(sum->next, event->at);
		return;
	}
	earlier(sum->first, event->at);
	if (!event->planned)
		later(sum->last, event->at);
	if (event->inbound) {
		earlier(sum->first_inbound, event->at);
		later(sum->inbound, event->at);
	}
	if (strcmp(event->at, days->trend_middle) >= 0)
		sum->recent++;
	else if (strcmp(event->at, days->trend_from) >= 0)
		sum->earlier++;
}

struct side_stats side_sum_stats(const struct side_sum *sum)
{
	return (struct side_stats){.count = sum->count,
	    .recent = sum->recent,
	    .earlier = sum->earlier,
	    .last = instant_at(sum->last),
	    .last_inbound = instant_at(sum->inbound),
	    .next = instant_at(sum->next),
	    .first = instant_at(sum->first),
	    .first_inbound = instant_at(sum->first_inbound)};
}

static void take_row(struct sides_reader *r, int side, sqlite3_stmt *stmt)
{
	if (r->count == r->cap) {
		r->cap = r->cap ? r->cap * 2 : 1024;
		r->rows = xrealloc(r->rows, r->cap * sizeof *r->rows);
	}
	struct value own[OWN_MAX];
	link_own(stmt, 1, sqlite3_column_count(stmt) - 1, own);
	r->rows[r->count++] = (struct side_row){sqlite3_column_int64(stmt, 0),
	    side_event_of(own, link_sides[side].kind == FACT_ACTIVITIES)};
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

/* A row for a further contact counts only where its main row is not there. */
static struct side_stats add_up(const struct sides_reader *r)
{
	struct side_sum sum = {0};

	for (size_t i = 0; i < r->count; i++) {
		const struct side_event *event = &r->rows[i].event;
		if (!event->part_of || !has_row(r, event->part_of))
			side_sum_add(&sum, &r->days, event);
	}
	return side_sum_stats(&sum);
}

/* Of the members, who had a touch or an activity in the 90 days before the as-of
 * day's end. */
static void mark_engaged(struct sides_reader *r)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct side_event *event = &r->rows[i].event;
		if (!event->contact || !sum_is_recent(&r->days, event->at))
			continue;
		for (size_t m = 0; m < r->n_members; m++)
			r->engaged[m] |= r->members[m] == event->contact;
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
	return code == SQLITE_DONE || sql_error(r->b->store, r->db, code, err);
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
