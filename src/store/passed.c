#include "sums.h"

/*
 * Some of what a summary says holds for the day it was made: who was engaged in
 * the 90 days before, what was last and what is next. When a later sync speaks
 * of a later day, open deals that nothing touched are summed up again all the
 * same; closed ones only where one of their days has passed, as nobody rates
 * them by who is engaged.
 */

static bool mark_rows(struct build *b, struct sql *q)
{
	while (sql_row(q))
		mark(&b->dirty, sql_get_int(q, 0));
	return sql_done(q);
}

static bool mark_passed(struct build *b, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, &b->facts,
	        "SELECT deal FROM deal_summary WHERE status = 'open' OR next_activity < "
	        "$1 "
	        "OR next_touch < $1 OR amount_drop > 0",
	        err))
		return false;
	sql_day(&q, 1, b->as_of + 1);
	return mark_rows(b, &q);
}

bool summary_time_passed(struct build *b, struct err *err)
{
	struct sql q;
	day_t from = b->before_as_of;

	if (from == DAY_NONE || from == b->as_of)
		return true;
	if (from < b->as_of)
		return mark_passed(b, err);
	/* An older export after a newer one: nothing that was worked out holds. */
	return sql_begin(&q, &b->facts, "SELECT deal FROM deal_summary", err) &&
	       mark_rows(b, &q);
}
