#include "huddle/backtest.h"

#include "huddle/str.h"
#include <math.h>
#include <stdlib.h>

/* Riskiest first. */
static int by_chance(const void *a, const void *b)
{
	const struct prediction *x = a, *y = b;
	if (x->chance != y->chance)
		return x->chance > y->chance ? -1 : 1;
	return x->deal < y->deal ? -1 : x->deal > y->deal;
}

static int by_month(const void *a, const void *b)
{
	const struct prediction *x = a, *y = b;
	if (x->month != y->month)
		return x->month < y->month ? -1 : 1;
	return by_chance(a, b);
}

/* Mann and Whitney's U by ranks; equal chances share theirs. */
static double area(const struct prediction *sorted, size_t count, int slipped)
{
	double below = 0; /* pairs in which the one that slipped stands above */
	double others = (double)count - slipped, seen = 0;
	for (size_t i = 0; i < count;) {
		double same[2] = {0, 0};
		size_t end = i;
		for (; end < count && sorted[end].chance == sorted[i].chance; end++)
			same[sorted[end].slipped]++;
		below += same[1] * (others - seen - same[0] + same[0] / 2);
		seen += same[0];
		i = end;
	}
	return below / (slipped * others);
}

static void count_bins(struct backtest *out, const struct prediction *items, size_t count)
{
	for (int i = 0; i < BACKTEST_BINS; i++)
		out->bins[i] = (struct backtest_bin){
		    .from = (double)i / BACKTEST_BINS, .to = (i + 1.0) / BACKTEST_BINS};
	for (size_t i = 0; i < count; i++) {
		int at = (int)(items[i].chance * BACKTEST_BINS);
		struct backtest_bin *bin =
		    &out->bins[at < BACKTEST_BINS ? at : BACKTEST_BINS - 1];
		bin->n++;
		bin->predicted += items[i].chance;
		bin->observed += items[i].slipped;
	}
	for (int i = 0; i < BACKTEST_BINS; i++) {
		struct backtest_bin *bin = &out->bins[i];
		if (!bin->n)
			continue;
		bin->predicted /= bin->n;
		bin->observed /= bin->n;
		out->calibration +=
		    fabs(bin->predicted - bin->observed) * bin->n / (double)count;
	}
}

static void count_months(
    struct backtest *out, const struct prediction *items, size_t count)
{
	size_t in_month = 0;
	for (size_t i = 0; i < count; i++) {
		if (!i || items[i].month != items[i - 1].month) {
			out->months++;
			in_month = 0;
		}
		if (in_month++ >= BACKTEST_NAMED)
			continue;
		out->named++;
		out->named_slipped += items[i].slipped;
	}
	out->first = items[0].month;
	out->last = items[count - 1].month;
	out->precision = (double)out->named_slipped / out->named;
}

static void count_all(struct backtest *out, const struct prediction *items, size_t count)
{
	double squares = 0;
	for (size_t i = 0; i < count; i++) {
		double miss = items[i].chance - items[i].slipped;
		squares += miss * miss;
		out->slipped += items[i].slipped;
		out->trained += items[i].trained;
		if (items[i].trained &&
		    (out->trained_from == DAY_NONE || items[i].month < out->trained_from))
			out->trained_from = items[i].month;
	}
	out->predictions = (int)count;
	out->base_rate = out->slipped / (double)count;
	out->brier = squares / (double)count;
	out->brier_base = out->base_rate * (1 - out->base_rate);
	out->ranked = out->slipped > 0 && (size_t)out->slipped < count;
}

void backtest_count(struct backtest *out, struct prediction *items, size_t count)
{
	*out = (struct backtest){
	    .first = DAY_NONE, .last = DAY_NONE, .trained_from = DAY_NONE};
	count_bins(out, items, count);
	if (!count)
		return;
	count_all(out, items, count);
	if (out->ranked) {
		qsort(items, count, sizeof *items, by_chance);
		out->auc = area(items, count, out->slipped);
	}
	qsort(items, count, sizeof *items, by_month);
	count_months(out, items, count);
}
