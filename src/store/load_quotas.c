#include "huddle/store_scorecard.h"
#include "sql.h"

#include <stdlib.h>

/*
 * Quotas with the time they are of. Some exports name it (2026-Q4), others tell only its
 * first day (Salesforce's ForecastingQuota): then it lasts until the next one of the same
 * owner may begin, which is the shortest distance between two such days of anybody; a
 * quarter where there is but one.
 */

struct row {
	int64_t owner; /* 0: of the team */
	day_t start;   /* DAY_NONE: the period is named */
	struct score_quota quota;
};

struct rows {
	struct row *items;
	size_t count, cap;
};

/* In the currency of the sums; false: there is no rate. */
static bool take_amount(struct sql *q, struct currency currency,
    const struct rates *rates, day_t day, money_t *out)
{
	struct currency own = {""};

	slice_copy(sql_get(q, 3), own.code, sizeof own.code);
	*out = sql_get_int(q, 2);
	return !*own.code || currency_eq(own, currency) ||
	       rates_convert(rates, *out, own, day, out);
}

static bool read_rows(struct sql *q, struct arena *arena, int fiscal_start, day_t today,
    struct currency currency, const struct rates *rates, struct rows *out)
{
	while (sql_row(q)) {
		struct row row = {.owner = sql_get_int(q, 0),
		    .start = sql_get_day(q, 1),
		    .quota = {.of_team = sql_is_null(q, 0)}};
		const char *period = sql_dup(q, 1, arena);

		if (row.start == DAY_NONE &&
		    !period_parse(period, today, fiscal_start, &row.quota.period))
			continue;
		if (row.start != DAY_NONE)
			row.quota.period.first = row.start;
		if (!take_amount(q, currency, rates,
		        row.start != DAY_NONE ? row.start : row.quota.period.last,
		        &row.quota.amount))
			continue;
		out->items = arena_grow(
		    arena, out->items, &out->cap, out->count + 1, sizeof *out->items);
		out->items[out->count++] = row;
	}
	return sql_done(q);
}

static int by_owner_and_start(const void *a, const void *b)
{
	const struct row *x = a, *y = b;

	if (x->owner != y->owner)
		return x->owner < y->owner ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

/* Whole months between two quotas of one owner that follow each other. */
static int months_of(const struct rows *rows)
{
	enum { QUARTER = 3 };
	int least = 0;

	for (size_t i = 1; i < rows->count; i++) {
		const struct row *a = &rows->items[i - 1], *b = &rows->items[i];
		int months = month_index(b->start) - month_index(a->start);

		if (a->start != DAY_NONE && b->start != DAY_NONE &&
		    a->owner == b->owner && months > 0 && (!least || months < least))
			least = months;
	}
	return least ? least : QUARTER;
}

bool store_load_quotas(struct store *store, struct arena *arena, int fiscal_start,
    day_t today, struct currency currency, const struct rates *rates,
    struct score_quota **out, size_t *count, struct err *err)
{
	struct sql q;
	struct rows rows = {0};

	*out = NULL;
	*count = 0;
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store,
	        "SELECT owner, period, amount, currency FROM quota WHERE feed IS NOT "
	        "NULL AND missing IS NULL",
	        err) ||
	    !read_rows(&q, arena, fiscal_start, today, currency, rates, &rows))
		return false;
	if (rows.count)
		qsort(rows.items, rows.count, sizeof *rows.items, by_owner_and_start);
	int months = months_of(&rows);

	*out = arena_alloc(arena, (rows.count + 1) * sizeof **out);
	for (size_t i = 0; i < rows.count; i++) {
		struct row *row = &rows.items[i];

		if (row->start != DAY_NONE)
			row->quota.period.last = day_add_months(row->start, months) - 1;
		(*out)[(*count)++] = row->quota;
	}
	return true;
}
