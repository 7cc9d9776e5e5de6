#ifndef HUDDLE_FORECASTS_H
#define HUDDLE_FORECASTS_H

#include "huddle/past.h"

/*
 * What was forecast for a quarter week by week, and what came of it. A deal counts
 * in the quarter that its close date named on that day, a won one in that of its
 * closing. Each sum holds the one before, as forecasts are told: won; commit, with
 * the open deals in Commit; best case, with Most Likely and Best Case; pipeline, with
 * all others that are not Omitted.
 *
 * The forecast that is held against the actual is the commit as it stood at the end
 * of the quarter's third week: early enough to be one, late enough for the quarter's
 * first reviews.
 */
enum { FORECAST_WEEK = 3, FORECAST_QUARTERS = 6 };

struct forecast_week {
	day_t day; /* as it stood at its end */
	money_t won, commit, best, pipeline;
	int open; /* deals, of the pipeline */
};

/* Why a quarter has no error. */
enum forecast_gap { FORECAST_KNOWN, FORECAST_NOT_OVER, FORECAST_NOT_TOLD, /* no past so old */
	FORECAST_NO_CATEGORY, /* no open deal had one then */
	FORECAST_NOTHING_WON };

struct forecast_quarter {
	struct period quarter;
	struct forecast_week *weeks; /* oldest first, those that are told */
	size_t n_weeks;
	const struct forecast_week *called; /* of the third week; NULL: not told */
	money_t actual; /* won in it */
	enum forecast_gap gap;
	int error; /* hundredths of a percent of the actual, above 0: too much was forecast */
};

struct forecasts {
	struct currency currency; /* the company's, else that of most deals */
	struct forecast_quarter quarters[FORECAST_QUARTERS]; /* the newest first */
	int n;
	int left_out;      /* deals of another currency without a rate */
	int with_error;    /* quarters that have one */
	int bias, mean;    /* of their errors, and of those without their sign */
};

/* `newest` and the quarters before it, as far as anything is told. */
void forecasts_make(struct forecasts *out, struct arena *arena, const struct past *past,
	struct period newest, int fiscal_start, day_t today);
/* Within so many percent of the actual; false where there is no error. */
bool forecast_within(const struct forecast_quarter *quarter, int percent);
const char *forecast_gap_words(enum forecast_gap gap);

#endif
