#ifndef HUDDLE_STORE_LINK_SIDE_H
#define HUDDLE_STORE_LINK_SIDE_H

#include "huddle/fact.h"
#include "huddle/put.h"
#include "reach.h"

/* What a build keeps of links until it makes them (link.c). */
struct build;

/* One link: deal << 32 | row, and why. */
struct place {
	uint64_t key;
	uint8_t how;
};

struct places {
	struct place *items;
	size_t count, cap;
};

/* The days that sums depend on, as text: it compares as time does. */
struct sum_days {
	char recent_from[DAY_TEXT], as_of_end[DAY_TEXT];
	char trend_from[DAY_TEXT], trend_middle[DAY_TEXT]; /* twice TREND_DAYS */
};

/* What a row adds to its deals. */
struct side_event {
	int64_t part_of, contact;
	char at[INSTANT_TEXT + 1]; /* a day or an instant */
	bool planned, inbound;
};

/* One side of one deal so far; "" for none. */
struct side_sum {
	int64_t count, recent, earlier; /* the last 30 days, and the 30 before */
	char last[INSTANT_TEXT + 1], inbound[INSTANT_TEXT + 1], next[INSTANT_TEXT + 1];
	char first[INSTANT_TEXT + 1], first_inbound[INSTANT_TEXT + 1];
};

/* All deals' at once (bulk_sums.c). */
enum { LINK_SIDES = 2 };
struct bulk_sums {
	bool made;
	struct sum_days days;
	struct side_sum *sides[LINK_SIDES]; /* by deal */
	bool *engaged;                      /* by seat on a committee */
};

/* Touches or activities, while a sync changes some of them. */
struct link_side {
	struct marks changed; /* rows */
	int64_t n_changed;
	int64_t rows;      /* before the sync */
	struct places old; /* links that those rows had */
	bool bulk;         /* so many that all links are made again */
	sqlite3_stmt *refs;
};

/* link.c: the row is about to change or go, or is new (existed: false). */
bool link_prepare(struct build *b, struct err *err);
void link_release(struct build *b);
bool link_row_changes(
    struct build *b, enum fact_kind kind, int64_t id, bool existed, struct err *err);
/* All rows of a table that name `number` in a column. */
bool link_rows_with(struct build *b, enum fact_kind kind, const char *column,
    int64_t number, struct err *err);
/* link_rows.c: the rows that wait are written, from this id on. */
bool link_waiting(struct build *b, int64_t first_id, struct err *err);
void link_anew(struct build *b); /* what was gathered of rows so is no good */
/* The links of all that was put, and the sums of deals. On a first sync the
 * links are gathered on a thread of their own between the two; what they are
 * made of may not change there. */
bool link_begin(struct build *b, struct err *err);
bool link_finish(struct build *b, struct err *err);
void places_add(struct places *p, struct target target, int64_t row);

#endif
