#include "learn_inside.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A deal of today by a trained model. The logarithm of its odds is a sum: what
 * all deals start from at this point of the month, and a part for each signal.
 * The parts are told in the points of the other method's curve, whole ones that
 * add up: z = RISK_CURVE_A + RISK_CURVE_B * points.
 */

static int compare_name(const void *key, const void *item)
{
	return strcmp(key, ((const struct learned_owner *)item)->name);
}

static double owner_part(const struct learned *l, struct deal *deal)
{
	const struct learned_owner *owner =
	    l->n_owners ? bsearch(deal->owner, l->owners, l->n_owners, sizeof *l->owners,
	                      compare_name)
	                : NULL;
	deal->facts.owner_deals = owner ? owner->count : 0;
	deal->facts.owner_slipped = owner ? owner->slipped : 0;
	return owner ? owner->feature : NAN;
}

/* Points of each signal and of the base, not whole yet. */
static void find_parts(double parts[RISK_REASONS], const struct learned *l,
    const struct learn_row *row, double shift)
{
	memset(parts, 0, RISK_REASONS * sizeof *parts);
	for (int i = 0; i < LEARN_FEATURES; i++)
		parts[row->signal[i]] +=
		    logit_part(&l->logit, i, row->x[i]) / RISK_CURVE_B;
	parts[SIGNAL_BASE] = (l->logit.bias + shift - RISK_CURVE_A) / RISK_CURVE_B;
}

/* Whole points whose sum is the whole nearest to the sum of the parts: all are
 * rounded, and the base takes up the difference. */
static int round_parts(const double parts[RISK_REASONS], int points[RISK_REASONS])
{
	double sum = 0;
	int total, others = 0;
	for (int i = 0; i < RISK_REASONS; i++)
		sum += parts[i];
	total = (int)lround(sum);
	for (int i = 0; i < RISK_SIGNALS; i++) {
		points[i] = (int)lround(parts[i]);
		others += points[i];
	}
	points[SIGNAL_SMALL] = 0;
	points[SIGNAL_BASE] = total - others;
	return total;
}

static void add_reason(struct risk *risk, enum risk_signal signal, int points)
{
	risk->reasons[risk->n_reasons++] = (struct risk_reason){signal, points, ""};
	risk->points += points;
}

void learned_say(char *text, const struct risk *risk, const struct risk_reason *reason)
{
	if (reason->signal == SIGNAL_BASE)
		reason_say(text, "the average deal at this point: %d%%",
		    risk_curve(reason->points));
	else
		reason_say(text, "%d signal%s of less weight, together", risk->n_small,
		    risk->n_small == 1 ? "" : "s");
}

/* Reasons that are not worth a line each are one together. */
enum { LEAST_TOLD = 3 };

static int fold_small(int points[RISK_REASONS])
{
	int n = 0;
	for (int i = 0; i < RISK_SIGNALS; i++)
		if (points[i] && abs(points[i]) < LEAST_TOLD) {
			points[SIGNAL_SMALL] += points[i];
			points[i] = 0;
			n++;
		}
	return n;
}

void learned_weigh(
    struct risk *risk, const struct rater *rater, struct deal *deal, day_t today)
{
	const struct learned *learned = rater->learned;
	struct look looks[RISK_SIGNALS];
	struct learn_row row;
	double parts[RISK_REASONS];
	int points[RISK_REASONS];
	double shift = learned->shift[learn_phase_of(today, deal->close_date)];

	signals_look(looks, deal, rater->rules, today);
	learn_look(&row, deal, looks, today);
	double owner = owner_part(learned, deal);
	row.x[LEARN_OWNER] = looks[SIGNAL_OWNER].off ? NAN : owner;
	find_parts(parts, learned, &row, shift);
	int total = round_parts(parts, points);
	bool certain = looks[SIGNAL_OVERDUE].verdict == CERTAIN;
	points[SIGNAL_OVERDUE] =
	    certain && total < RISK_CERTAIN ? RISK_CERTAIN - total : 0;
	risk->n_small = fold_small(points);
	risk->trained = true;
	for (int i = 0; i < RISK_SIGNALS; i++) {
		if (risk_signal_off(rater->rules, (enum risk_signal)i))
			continue;
		bool owner_unknown = i == SIGNAL_OWNER && !deal->facts.owner_deals;
		if (owner_unknown || learn_unknown(deal, looks, (enum risk_signal)i))
			risk->unknown |= 1u << i;
		if (points[i])
			add_reason(risk, (enum risk_signal)i, points[i]);
	}
	if (risk->n_small)
		add_reason(risk, SIGNAL_SMALL, points[SIGNAL_SMALL]);
	add_reason(risk, SIGNAL_BASE, points[SIGNAL_BASE]);
}
