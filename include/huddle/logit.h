#ifndef HUDDLE_LOGIT_H
#define HUDDLE_LOGIT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Logistic regression with an L2 penalty: the chance of an outcome from
 * features, p = 1 / (1 + exp(-(bias + sum of weight * feature))). Features are
 * centred and scaled to a standard deviation of one before the penalty is laid
 * on them, so that it means the same for days as for counts; weights are given
 * for the features as they are. Not a number stands for a feature that is not
 * known: it counts for nothing, as the mean would.
 *
 * Pure and deterministic: the same rows in the same order give the same bits.
 */
enum { LOGIT_FEATURES_MAX = 64 };

struct logit {
	int n;
	double bias;  /* of a row whose features are all at their mean */
	double mean[LOGIT_FEATURES_MAX];
	double weight[LOGIT_FEATURES_MAX]; /* per unit above the mean */
};

/* Features stand row by row, n each; happened is one a row. penalty > 0 is added
 * as penalty / 2 * sum of squared weights of the scaled features; the bias bears
 * none. ease has a number for each feature, 1 as it is, less for one that is to
 * take less weight (the penalty on it is divided by its square); NULL: all 1. Newton's method (iteratively reweighted least squares; Hastie,
 * Tibshirani, Friedman, The Elements of Statistical Learning, 4.4.1), with its
 * step halved while it does not lower the loss. *out is where it starts from: all
 * zero, or the solution of rows that are much the same. False when the outcome is the
 * same in all rows or there are none: then there is nothing to learn. */
bool logit_train(struct logit *out, int n, const double *features, const bool *happened,
	size_t rows, double penalty, const double *ease);

/* What one feature adds to the logarithm of the odds; 0 when it is not known. */
double logit_part(const struct logit *l, int feature, double value);
double logit_probability(const struct logit *l, const double *features); /* 0..1 */

#endif
