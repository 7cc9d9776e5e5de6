#ifndef HUDDLE_STORE_SUMS_H
#define HUDDLE_STORE_SUMS_H

#include "build_private.h"

/* What a deal adds up to, one row of deal_summary each. */

/* What one side of a deal adds up to. */
struct side_stats {
	int64_t count;
	instant_t last, last_inbound, next; /* up to, and planned after, the as-of day */
};
struct summary {
	int64_t deal;
	struct side_stats touches, activities;
	int committee, engaged;
};
enum { ENGAGED_DAYS = 90 }; /* before the as-of day's end */

/* sides.c: the sides of one deal after the other. */
struct sides_reader {
	struct build *b;
	const struct reach *reach;
	char recent_from[DAY_TEXT], as_of_end[DAY_TEXT]; /* days */
	sqlite3_stmt *read[LINK_SIDES];
	struct side_row *rows; /* of one side of one deal, in the order of ids */
	size_t count, cap;
	const uint32_t *members;
	bool *engaged; /* each of the members */
	size_t n_members;
};
bool sides_open(struct sides_reader *r, struct build *b, const struct reach *reach,
	struct err *err);
bool sides_read(struct sides_reader *r, int64_t deal, struct summary *out, struct err *err);
void sides_close(struct sides_reader *r);

/* summary.c, passed.c */
bool summary_begin(struct build *b, struct err *err); /* the order of stages */
bool summary_write(struct build *b, const struct summary *s, struct err *err);
bool summary_drop(struct build *b, int64_t deal, struct err *err); /* deleted deals */
bool summary_stages(struct build *b, struct err *err); /* median days of won deals */
bool summary_time_passed(struct build *b, struct err *err); /* marks deals */

#endif
