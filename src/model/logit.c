#include "huddle/logit.h"

#include "huddle/str.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What is fitted: the bias, then a weight for each scaled feature. */
enum { FIT_MAX = LOGIT_FEATURES_MAX + 1, ITERATIONS = 50, HALVINGS = 30 };
static const double ENOUGH = 1e-10; /* of the loss, per row, that a step still gains */

struct fit {
	int size;
	const double *features;
	const bool *happened;
	size_t rows;
	double penalty;
	double mean[LOGIT_FEATURES_MAX], scale[LOGIT_FEATURES_MAX]; /* 1 / deviation */
	double at[FIT_MAX];
	double gradient[FIT_MAX], curve[FIT_MAX][FIT_MAX];
};

static double sigmoid(double z)
{
	return z >= 0 ? 1 / (1 + exp(-z)) : exp(z) / (1 + exp(z));
}

/* log(1 + exp(z)) where exp(z) may be too large. */
static double softplus(double z)
{
	return z > 0 ? z + log1p(exp(-z)) : log1p(exp(z));
}

/* A feature that never differs, or is never known, says nothing: scale 0. */
static void measure(struct fit *f, int column)
{
	int n = f->size - 1;
	double sum = 0, squares = 0;
	size_t known = 0;

	for (size_t r = 0; r < f->rows; r++) {
		double x = f->features[r * (size_t)n + (size_t)column];
		if (isfinite(x))
			sum += x, known++;
	}
	f->mean[column] = known ? sum / (double)known : 0;
	for (size_t r = 0; r < f->rows; r++) {
		double x = f->features[r * (size_t)n + (size_t)column] - f->mean[column];
		if (isfinite(x))
			squares += x * x;
	}
	double deviation = known ? sqrt(squares / (double)known) : 0;
	f->scale[column] =
	    deviation > 1e-9 * (1 + fabs(f->mean[column])) ? 1 / deviation : 0;
}

/* The row with its 1 for the bias, as it is fitted. */
static void scaled(const struct fit *f, size_t row, double *out)
{
	int n = f->size - 1;
	const double *x = f->features + row * (size_t)n;

	out[0] = 1;
	for (int i = 0; i < n; i++) {
		double v = (x[i] - f->mean[i]) * f->scale[i];
		out[i + 1] = isfinite(v) ? v : 0;
	}
}

static double dot(const double *a, const double *b, int n)
{
	double sum = 0;

	for (int i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

static double loss(const struct fit *f, const double *at)
{
	double x[FIT_MAX], sum = f->penalty / 2 * dot(at + 1, at + 1, f->size - 1);

	for (size_t r = 0; r < f->rows; r++) {
		scaled(f, r, x);
		double z = dot(at, x, f->size);
		sum += f->happened[r] ? softplus(-z) : softplus(z);
	}
	return sum;
}

/* Some rows at once: the matrix is much larger than they are, and going over it
 * is what takes the time. */
enum { AT_ONCE = 4 };

static void add_rows(struct fit *f, size_t row)
{
	double x[AT_ONCE][FIT_MAX] = {0}, w[AT_ONCE] = {0};

	for (size_t k = 0; k < AT_ONCE && row + k < f->rows; k++) {
		scaled(f, row + k, x[k]);
		double p = sigmoid(dot(f->at, x[k], f->size));
		double off = p - f->happened[row + k];
		w[k] = p * (1 - p);
		for (int i = 0; i < f->size; i++)
			f->gradient[i] += off * x[k][i];
	}
	for (int i = 0; i < f->size; i++) {
		double a = w[0] * x[0][i], b = w[1] * x[1][i], c = w[2] * x[2][i],
		       d = w[3] * x[3][i];
		double *restrict to = f->curve[i];
		for (int j = 0; j <= i; j++)
			to[j] += a * x[0][j] + b * x[1][j] + c * x[2][j] + d * x[3][j];
	}
}

/* First and second derivatives of the loss; of the second only the lower half. */
static void derive(struct fit *f)
{
	memset(f->gradient, 0, sizeof f->gradient);
	memset(f->curve, 0, sizeof f->curve);
	for (int i = 1; i < f->size; i++) {
		f->gradient[i] = f->penalty * f->at[i];
		f->curve[i][i] = f->penalty;
	}
	for (size_t r = 0; r < f->rows; r += AT_ONCE)
		add_rows(f, r);
	f->curve[0][0] += 1e-9; /* where every row is certain it would vanish */
}

/* step = curve^-1 * gradient, by Cholesky's factor in place: the penalty keeps
 * the matrix positive definite. */
static void solve(struct fit *f, double *step)
{
	int n = f->size;
	double(*a)[FIT_MAX] = f->curve;

	for (int i = 0; i < n; i++)
		for (int j = 0; j <= i; j++) {
			double sum = a[i][j] - dot(a[i], a[j], j);
			a[i][j] = i == j ? sqrt(fmax(sum, 1e-12)) : sum / a[j][j];
		}
	for (int i = 0; i < n; i++)
		step[i] = (f->gradient[i] - dot(a[i], step, i)) / a[i][i];
	for (int i = n - 1; i >= 0; i--) {
		for (int j = i + 1; j < n; j++)
			step[i] -= a[j][i] * step[j];
		step[i] /= a[i][i];
	}
}

/* Returns the loss after it; `before` when none lowers it. */
static double take_step(struct fit *f, const double *step, double before)
{
	double to[FIT_MAX], part = 1;

	for (int halved = 0; halved < HALVINGS; halved++, part /= 2) {
		for (int i = 0; i < f->size; i++)
			to[i] = f->at[i] - part * step[i];
		double after = loss(f, to);
		if (!(after < before))
			continue;
		memcpy(f->at, to, sizeof to);
		return after;
	}
	return before;
}

static void fit(struct fit *f)
{
	double step[FIT_MAX], before = loss(f, f->at);

	for (int i = 0; i < ITERATIONS; i++) {
		derive(f);
		solve(f, step);
		double after = take_step(f, step, before);
		if (before - after <= ENOUGH * (double)f->rows)
			return;
		before = after;
	}
}

/* The solution of other rows is near: two or three steps are spared. */
static void start_from(struct fit *f, const struct logit *start)
{
	f->at[0] = start->bias;
	for (int i = 0; i + 1 < f->size; i++)
		f->at[i + 1] = f->scale[i] > 0 ? start->weight[i] / f->scale[i] : 0;
}

bool logit_train(struct logit *out, int n, const double *features, const bool *happened,
    size_t rows, double penalty, const double *ease)
{
	struct logit start = *out;
	size_t times = 0;

	*out = (struct logit){.n = n};
	for (size_t r = 0; r < rows; r++)
		times += happened[r];
	if (n < 0 || n > LOGIT_FEATURES_MAX || !times || times == rows)
		return false;
	struct fit *f = xcalloc(1, sizeof *f);
	*f = (struct fit){.size = n + 1,
	    .features = features,
	    .happened = happened,
	    .rows = rows,
	    .penalty = penalty};
	for (int i = 0; i < n; i++) {
		measure(f, i);
		f->scale[i] *= ease ? ease[i] : 1;
	}
	f->at[0] = log((double)times / (double)(rows - times));
	if (start.n == n && n > 0)
		start_from(f, &start);
	fit(f);
	out->bias = f->at[0];
	for (int i = 0; i < n; i++) {
		out->mean[i] = f->mean[i];
		out->weight[i] = f->at[i + 1] * f->scale[i];
	}
	free(f);
	return true;
}

double logit_part(const struct logit *l, int feature, double value)
{
	double part = l->weight[feature] * (value - l->mean[feature]);

	return isfinite(part) ? part : 0;
}

double logit_probability(const struct logit *l, const double *features)
{
	double z = l->bias;

	for (int i = 0; i < l->n; i++)
		z += logit_part(l, i, features[i]);
	return sigmoid(z);
}
