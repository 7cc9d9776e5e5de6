#ifndef HUDDLE_LEARN_H
#define HUDDLE_LEARN_H

#include <stdatomic.h>
#include "huddle/backtest.h"
#include "huddle/logit.h"
#include "huddle/past.h"

/*
 * Slip risk, method "trained": a logistic model of the signals, trained on what
 * became of this company's own deals. A lesson is an open deal on one past day,
 * its signals as they were known at the start of that day, and whether it slipped.
 * Predictions, which the backtest counts and the weights are trained on, are the
 * lessons of the first day of a month of deals whose close date lies in it.
 * Other lessons, of days within the month and of later months, only tell how
 * much the odds move by then (struct learned, `shift`).
 */
enum { LEARN_LEAST = 200, LEARN_LEAST_SLIPS = 30 }; /* predictions to train on, of either end */

/* What is known of an owner's past: of the predictions for their deals so far. */
struct learned_owner {
	const char *name;
	int count, slipped;
	double feature; /* logarithm of the odds against everybody's, shrunk */
};

/* When a deal is looked at: on the first days of the month that its close date
 * names, later in it, or one or more months ahead. */
enum learn_phase { PHASE_FIRST, PHASE_SECOND, PHASE_THIRD, PHASE_LAST, PHASE_NEXT,
	PHASE_AFTER_NEXT, PHASE_LATER, LEARN_PHASES };
enum learn_phase learn_phase_of(day_t today, day_t close_date);

struct learned {
	struct logit logit;
	double shift[LEARN_PHASES]; /* added to the logarithm of the odds; [0] is 0 */
	struct learned_owner *owners; /* by name */
	size_t n_owners;
	int lessons, slipped;       /* predictions it was trained on */
	day_t from, until;          /* first day of the first month, last of the last */
};

/* What a walk through the past gives: the method of today, and how it did. */
struct learning {
	struct learned *learned; /* NULL: the past does not suffice, points it is */
	struct backtest test;    /* by the method that each month would have had */
	struct backtest trained; /* of the months that were predicted by a trained model */
	struct backtest points;  /* of all by points alone; bins are not kept */
};

/* Lessons while they are collected, and their memory. */
struct lessons;
struct lessons *lessons_open(struct past *past, const struct risk_rules *rules);
/* All lessons of a deal with its events; for store_each_past(). */
bool lessons_take(void *lessons, const struct past_deal *deal);
/*
 * Walk through the months: the predictions of each by what was known at its first
 * day, trained when there was enough of it, else by points. In `arena`. False when
 * it was stopped: *stop (NULL: never) became true.
 */
bool lessons_walk(struct lessons *lessons, struct arena *arena, const atomic_bool *stop,
	struct learning *out);
void lessons_close(struct lessons *lessons);

void learning_none(struct learning *out); /* of no past at all */

/* learn_text.c: as lines of text, to be kept, and back; false: it is none. */
void learning_format(struct str *out, const struct learning *learning);
bool learning_parse(struct learning *out, struct arena *arena, struct slice text);

#endif
