#include "huddle/rates.h"

#include <stdlib.h>
#include <string.h>

static bool is_one(const struct rate *r)
{
	return (r->units == RATE_ONE || !r->units) && (r->worth == RATE_ONE || !r->worth);
}

/* Is the currency of `r` at 1 in all rows of its source? */
static bool always_one(const struct rates *rates, const struct rate *r)
{
	for (size_t i = 0; i < rates->count; i++) {
		const struct rate *other = &rates->items[i];
		if (other->source == r->source &&
		    currency_eq(other->currency, r->currency) && !is_one(other))
			return false;
	}
	return true;
}

/* "" when the source does not tell, or tells two. */
static struct currency company_of(const struct rates *rates, int source)
{
	struct currency marked = {""}, one = {""};
	bool several = false;

	for (size_t i = 0; i < rates->count; i++) {
		const struct rate *r = &rates->items[i];
		if (r->source != source)
			continue;
		if (r->company && !*marked.code)
			marked = r->currency;
		if (!is_one(r) || !always_one(rates, r))
			continue;
		several |= *one.code && !currency_eq(one, r->currency);
		one = r->currency;
	}
	return *marked.code ? marked : several ? (struct currency){""} : one;
}

/* Newest first within currency and source; what has no first day stands below,
 * and what always holds last. */
static int by_currency(const void *a, const void *b)
{
	const struct rate *x = a, *y = b;
	int order = strcmp(x->currency.code, y->currency.code);

	if (order || x->source != y->source)
		return order ? order : x->source < y->source ? -1 : 1;
	if (x->from != y->from)
		return x->from > y->from ? -1 : 1;
	return (x->until == DAY_NONE) - (y->until == DAY_NONE);
}

void rates_settle(struct rates *rates)
{
	size_t kept = 0;
	int source = 0;
	struct currency company = {""};

	rates->company = company;
	for (size_t i = 0; i < rates->count && !*rates->company.code; i++) {
		if (i && rates->items[i].source == source)
			continue;
		source = rates->items[i].source;
		rates->company = company_of(rates, source);
	}
	/* Rows of one source stand together, so its company is asked for once. */
	for (size_t i = 0; i < rates->count; i++) {
		if (!i || rates->items[i].source != source) {
			source = rates->items[i].source;
			company = company_of(rates, source);
		}
		if (*company.code && currency_eq(company, rates->company))
			rates->items[kept++] = rates->items[i];
	}
	rates->count = kept;
	if (kept)
		qsort(rates->items, kept, sizeof *rates->items, by_currency);
}

/* The first row of the currency; NULL when there is none. */
static const struct rate *first_of(const struct rates *rates, struct currency currency)
{
	size_t low = 0, high = rates->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (strcmp(rates->items[middle].currency.code, currency.code) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < rates->count && currency_eq(rates->items[low].currency, currency)
	           ? &rates->items[low]
	           : NULL;
}

/* Of one currency and source, newest first: the row for the day. */
static const struct rate *of_day(const struct rate *r, const struct rate *end, day_t day)
{
	const struct rate *newest = r, *first = r, *before = NULL;
	int source = r->source;
	struct currency currency = r->currency;

	for (; r < end && r->source == source && currency_eq(r->currency, currency);
	     r++) {
		bool bounded = r->until != DAY_NONE;
		if (day == DAY_NONE ? r->from == DAY_NONE && !bounded
		                    : r->from <= day && (!bounded || day < r->until))
			return r;
		if (r->from <= day && !before)
			before = r;
		first = r;
	}
	return day == DAY_NONE ? newest : before ? before : first;
}

/* 10^n; n is 0..3. */
static int64_t power(int n)
{
	int64_t value = 1;

	for (; n > 0; n--)
		value *= 10;
	return value;
}

static bool divide(__int128 value, __int128 by, money_t *out)
{
	bool negative = value < 0;

	if (negative)
		value = -value;
	__int128 whole = value / by, rest = value % by;
	/* Half to even; rest < by, and by is far from the largest number. */
	if (rest * 2 > by || (rest * 2 == by && whole % 2))
		whole++;
	if (whole > INT64_MAX)
		return false;
	*out = (money_t)(negative ? -whole : whole);
	return true;
}

bool rates_convert(const struct rates *rates, money_t amount, struct currency from,
    day_t day, money_t *out)
{
	if (!*rates->company.code || amount == MONEY_NONE)
		return false;
	if (currency_eq(from, rates->company)) {
		*out = amount;
		return true;
	}
	const struct rate *r = first_of(rates, from);
	if (!r)
		return false;
	r = of_day(r, rates->items + rates->count, day);
	int more = currency_digits(rates->company) - currency_digits(from);
	__int128 value = amount, by;
	if (r->worth) {
		value *= r->worth;
		by = RATE_ONE;
	} else if (r->units) {
		value *= RATE_ONE;
		by = r->units;
	} else {
		return false;
	}
	if (more < 0)
		by *= power(-more);
	else if (__builtin_mul_overflow(value, (__int128)power(more), &value))
		return false;
	return divide(value, by, out);
}
