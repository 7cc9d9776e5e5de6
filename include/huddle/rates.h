#ifndef HUDDLE_RATES_H
#define HUDDLE_RATES_H

#include "huddle/date.h"
#include "huddle/money.h"

/*
 * What currencies are worth in the company's own, so that amounts of several
 * can be added and compared. Rates are whole numbers of 10^-12: no rounding
 * before the last step, which is half to even on the company's minor units.
 */
#define RATE_DIGITS 12
#define RATE_ONE    INT64_C(1000000000000)

struct rate {
	struct currency currency;
	int64_t units;      /* so many of it are one of the company's (Salesforce), or */
	int64_t worth;      /* one of it is so many of the company's; 0: not told */
	day_t from, until;  /* until is the day after the last; DAY_NONE: always */
	bool company;       /* it is the company's own currency */
	int source;         /* rates that were given together; lower ones come first */
};

struct rates {
	struct rate *items;
	size_t count;
	struct currency company; /* "": not known, and then nothing is converted */
};

/*
 * Settle what the company's currency is, and put the rows in order: the one
 * that the first source marks, else the only one whose rate is always exactly
 * 1. Rows of sources of another company's currency are left out.
 */
void rates_settle(struct rates *rates);

/*
 * By the rate of the day; DAY_NONE takes the rate without a day, else the
 * newest. A day that no rate holds for has the one before it, else the first.
 * False when the currency has no rate, or the amount does not fit.
 */
bool rates_convert(const struct rates *rates, money_t amount, struct currency from, day_t day,
	money_t *out);

#endif
