#ifndef HUDDLE_STORE_SUMS_H
#define HUDDLE_STORE_SUMS_H

#include "build_private.h"

/* What a deal adds up to, one row of deal_summary each. */

/* What one side of a deal adds up to. */
struct side_stats {
	int64_t count;
	int64_t recent, earlier; /* in the 30 days up to the as-of day, and the 30 before */
	instant_t last, last_inbound, next; /* up to, and planned after, the as-of day */
	instant_t first, first_inbound;     /* of any */
};
struct summary {
	int64_t deal;
	struct side_stats touches, activities;
	int committee, engaged;
};
enum { ENGAGED_DAYS = 90, TREND_DAYS = 30 }; /* before the as-of day's end */

/* Of the stages, while summing up. */
struct stage_order {
	const char *name;
	int order;
};

/* sides.c: adding up. */
void sum_days_set(struct sum_days *days, day_t as_of);
bool sum_is_recent(const struct sum_days *days, const char *at);
void side_sum_add(struct side_sum *sum, const struct sum_days *days, const struct side_event *event);
struct side_stats side_sum_stats(const struct side_sum *sum);
/* Of a link's own columns, which begin with at, part_of, contact; an activity's go
 * on with done, direction. */
struct side_event side_event_of(const struct value *own, bool activity);

/* bulk_sums.c: b->sums is made where the links of both sides are. */
void bulk_sums_begin(struct build *b, const struct reach *reach);
/* main: the deals of the row that this one is a part of; NULL: it is none. */
void bulk_sums_add(struct bulk_sums *s, int side, const struct reach *reach,
	const struct side_event *event, const struct targets *targets,
	const struct targets *main);
void bulk_sums_of(const struct build *b, const struct reach *reach, int64_t deal,
	struct summary *out);
void bulk_sums_release(struct bulk_sums *s);

/* sides.c: the sides of one deal after the other. */
struct sides_reader {
	struct build *b;
	sqlite3 *db; /* the links are read from */
	const struct reach *reach;
	struct sum_days days;
	sqlite3_stmt *read[LINK_SIDES];
	struct side_row *rows; /* of one side of one deal, in the order of ids */
	size_t count, cap;
	const uint32_t *members;
	bool *engaged; /* each of the members */
	size_t n_members;
};
bool sides_open(struct sides_reader *r, struct build *b, sqlite3 *db,
	const struct reach *reach, struct err *err);
bool sides_read(struct sides_reader *r, int64_t deal, struct summary *out, struct err *err);
void sides_close(struct sides_reader *r);

/* sum_up.c: all deals that are to be, once their links are made. */
bool sum_up(struct build *b, struct err *err);

/* summary.c, passed.c */
bool summary_begin(struct build *b, struct err *err); /* the order of stages */
bool summary_write(struct build *b, const struct summary *s, struct err *err);
bool summary_drop(struct build *b, int64_t deal, struct err *err); /* deleted deals */
bool summary_stages(struct build *b, struct err *err); /* median days of won deals */
bool summary_time_passed(struct build *b, struct err *err); /* marks deals */

#endif
