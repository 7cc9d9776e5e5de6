#ifndef HUDDLE_BACKTEST_H
#define HUDDLE_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>
#include "huddle/date.h"

/*
 * How well predictions of slipping did. A deal slipped when it was not closed,
 * won or lost, by the end of the month its close date named at the first day of
 * that month.
 */
struct prediction {
	day_t month;     /* its first day */
	size_t deal;     /* its place, to break ties the same way always */
	double chance;   /* 0..1, of slipping */
	bool slipped, trained;
};

enum { BACKTEST_BINS = 10, BACKTEST_NAMED = 3 };

struct backtest_bin { /* of predictions from .. below to; the last with its end */
	double from, to, predicted, observed; /* means; 0 where n is 0 */
	int n;
};

struct backtest {
	day_t first, last;      /* months, by their first days; DAY_NONE: none */
	day_t trained_from;     /* the first month that was; DAY_NONE: none */
	int months, predictions, slipped, trained;
	bool ranked;            /* some slipped and some did not, so that there is an AUC */
	double base_rate;
	double auc;             /* chance that one that slipped stands above one that did
	                         * not, ties half (Hanley and McNeil 1982) */
	double brier;           /* mean square of what is missing to the outcome (Brier 1950) */
	double brier_base;      /* of predicting base_rate for all */
	int named, named_slipped; /* the three with the highest chance of each month */
	double precision;       /* of those; 0 where none */
	double calibration;     /* mean distance of predicted and observed, by bin size */
	struct backtest_bin bins[BACKTEST_BINS];
};

/* Puts the predictions in the order of their months. */
void backtest_count(struct backtest *out, struct prediction *items, size_t count);

#endif
