#include "build_private.h"
#include <stdio.h>

/*
 * Some of what a summary says holds for the day it was made: who was engaged in
 * the 90 days before, what was last and what is next. When a later sync speaks
 * of a later day, deals that nothing touched need it worked out again all the
 * same, but only those for which one of these days has passed.
 */

/* Bounds of `at`: a day stands before every time of that day. */
static void bind_days(struct sql *q, day_t from, day_t until)
{
	sql_day(q, 1, from - (ENGAGED_DAYS - 1));
	sql_day(q, 2, until - (ENGAGED_DAYS - 1));
	sql_day(q, 3, from + 1);
	sql_day(q, 4, until + 1);
}

#define PASSED(table)                                        \
	"EXISTS(SELECT 1 FROM " table                        \
	" e WHERE e.contact = m.contact AND e.at >= $1 AND " \
	"e.at < $2) OR EXISTS(SELECT 1 FROM " table          \
	" e WHERE e.contact = m.contact AND "                \
	"e.at >= $3 AND e.at < $4)"

static bool mark_rows(struct build *b, struct sql *q)
{
	while (sql_row(q))
		mark(&b->dirty[FACT_DEALS], sql_get_int(q, 0));
	return sql_done(q);
}

static bool mark_passed(struct build *b, day_t from, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, &b->facts,
	        "SELECT deal FROM deal_summary WHERE next_activity < $1 OR next_touch < "
	        "$1 "
	        "OR amount_drop > 0",
	        err))
		return false;
	sql_day(&q, 1, b->as_of + 1);
	if (!mark_rows(b, &q))
		return false;
	/* Only open deals are rated by who is engaged. */
	if (!sql_begin(&q, &b->facts,
	        "SELECT m.deal FROM committee m JOIN deal_summary s ON s.deal = m.deal "
	        "WHERE s.status = 'open' AND (" PASSED("touch") " OR " PASSED(
	            "activity") ")",
	        err))
		return false;
	bind_days(&q, from, b->as_of);
	return mark_rows(b, &q);
}

bool summary_time_passed(struct build *b, struct err *err)
{
	struct sql q;
	day_t from = b->before_as_of;

	if (from == DAY_NONE || from == b->as_of)
		return true;
	if (from < b->as_of)
		return mark_passed(b, from, err);
	/* An older export after a newer one: nothing that was worked out holds. */
	return sql_begin(&q, &b->facts, "SELECT deal FROM deal_summary", err) &&
	       mark_rows(b, &q);
}
