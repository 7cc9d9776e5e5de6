#include "huddle/logit.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static unsigned long long seed;

/* Numerical Recipes' 64-bit generator; 0..1. */
static double uniform(void)
{
	seed = seed * 6364136223846793005ull + 1442695040888963407ull;
	return (double)(seed >> 11) / 9007199254740992.0;
}

static double normal(void)
{
	return sqrt(-2 * log(1 - uniform())) * cos(6.283185307179586 * uniform());
}

static bool draw(double z)
{
	return uniform() < 1 / (1 + exp(-z));
}

/* By hand: one feature that is 0 or 1. Without a penalty the odds of each half are
 * those seen: 1 of 4 and 3 of 4, so bias -log 3 and weight 2 log 3 at 0. */
Test(logit, finds_the_odds_of_two_groups)
{
	double x[8] = {0, 0, 0, 0, 1, 1, 1, 1};
	bool y[8] = {1, 0, 0, 0, 1, 1, 1, 0};
	struct logit l = {0};
	double zero = 0, one = 1;

	cr_assert(logit_train(&l, 1, x, y, 8, 1e-9, NULL));
	cr_assert_float_eq(l.weight[0], 2 * log(3), 1e-4);
	cr_assert_float_eq(logit_probability(&l, &zero), 0.25, 1e-5);
	cr_assert_float_eq(logit_probability(&l, &one), 0.75, 1e-5);
}

enum { ROWS = 20000, COLUMNS = 3 };

static void make(double *x, bool *y)
{
	for (int r = 0; r < ROWS; r++) {
		x[r * COLUMNS] = 30 + 10 * normal();
		x[r * COLUMNS + 1] = floor(4 * uniform());
		x[r * COLUMNS + 2] = normal();
		y[r] = draw(-4 + 0.1 * x[r * COLUMNS] + 0.5 * x[r * COLUMNS + 1]);
	}
}

Test(logit, finds_the_truth_in_many_rows)
{
	double *x = calloc(ROWS * COLUMNS, sizeof *x);
	bool *y = calloc(ROWS, sizeof *y);
	struct logit l = {0}, again = {0};

	seed = 1;
	make(x, y);
	cr_assert(logit_train(&l, COLUMNS, x, y, ROWS, 1, NULL));
	cr_assert_float_eq(l.weight[0], 0.1, 0.01);
	cr_assert_float_eq(l.weight[1], 0.5, 0.05);
	cr_assert_float_eq(l.weight[2], 0, 0.05);
	double sum = 0, seen = 0;
	for (int r = 0; r < ROWS; r++) {
		sum += logit_probability(&l, x + r * COLUMNS);
		seen += y[r];
	}
	/* The bias bears no penalty, so what is expected adds up to what was seen. */
	cr_assert_float_eq(sum, seen, 0.5);
	cr_assert(logit_train(&again, COLUMNS, x, y, ROWS, 1, NULL));
	cr_assert_eq(memcmp(&l, &again, sizeof l), 0);
	free(x);
	free(y);
}

/* At the minimum the slope of the loss is nothing: of each weight the penalty
 * holds the balance with what the rows still want. */
Test(logit, stands_where_the_loss_is_least)
{
	double *x = calloc(ROWS * COLUMNS, sizeof *x);
	bool *y = calloc(ROWS, sizeof *y);
	struct logit l = {0};
	const double penalty = 50;

	seed = 2;
	make(x, y);
	cr_assert(logit_train(&l, COLUMNS, x, y, ROWS, penalty, NULL));
	for (int i = 0; i < COLUMNS; i++) {
		double slope = 0, squares = 0;
		for (int r = 0; r < ROWS; r++) {
			double d = x[r * COLUMNS + i] - l.mean[i];
			slope += (logit_probability(&l, x + r * COLUMNS) - y[r]) * d;
			squares += d * d;
		}
		cr_assert_float_eq(
		    slope + penalty * l.weight[i] * squares / ROWS, 0, 0.05);
	}
	free(x);
	free(y);
}

Test(logit, what_is_not_known_counts_for_nothing)
{
	double x[] = {0, NAN, 1, NAN, 0, 5, 1, 7, NAN, 6, 1, NAN};
	bool y[] = {0, 1, 0, 1, 1, 0};
	struct logit l = {0};
	double none[2] = {NAN, NAN};

	cr_assert(logit_train(&l, 2, x, y, 6, 1, NULL));
	cr_assert_eq(logit_part(&l, 0, NAN), 0);
	double p = logit_probability(&l, none);
	cr_assert_float_eq(p, 1 / (1 + exp(-l.bias)), 1e-12);
	cr_assert(isfinite(l.weight[0]) && isfinite(l.weight[1]));
}

Test(logit, stays_finite_where_one_feature_tells_all)
{
	double x[40], huge[40];
	bool y[40];
	struct logit l = {0};

	for (int i = 0; i < 40; i++) {
		x[i] = i;
		huge[i] = i % 2 ? 1e12 : -1e12;
		y[i] = i >= 20;
	}
	cr_assert(logit_train(&l, 1, x, y, 40, 1, NULL));
	cr_assert(isfinite(l.weight[0]) && l.weight[0] > 0);
	cr_assert_gt(logit_probability(&l, &x[39]), 0.95);
	cr_assert_lt(logit_probability(&l, &x[0]), 0.05);
	cr_assert(logit_train(&l, 1, huge, y, 40, 1, NULL));
	cr_assert(isfinite(l.weight[0]) && isfinite(logit_probability(&l, &huge[1])));
}

Test(logit, has_nothing_to_learn_from_one_outcome)
{
	double x[4] = {1, 2, 3, 4};
	bool never[4] = {0}, ever[4] = {1, 1, 1, 1}, mixed[4] = {0, 1, 0, 1};
	double same[4] = {7, 7, 7, 7};
	struct logit l = {0};

	cr_assert_not(logit_train(&l, 1, x, never, 4, 1, NULL));
	cr_assert_not(logit_train(&l, 1, x, ever, 4, 1, NULL));
	cr_assert_not(logit_train(&l, 1, x, mixed, 0, 1, NULL));
	cr_assert(logit_train(&l, 1, same, mixed, 4, 1, NULL));
	cr_assert_eq(l.weight[0], 0);
	cr_assert_float_eq(logit_probability(&l, same), 0.5, 1e-9);
	cr_assert(logit_train(&l, 0, x, mixed, 4, 1, NULL));
	cr_assert_float_eq(logit_probability(&l, x), 0.5, 1e-9);
}
