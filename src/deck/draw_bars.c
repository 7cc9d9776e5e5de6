#include "chart.h"

#include <math.h>

/*
 * Bars that lie, one a row, with their name to the left and their value beside them:
 * names may be long, and nothing has to be looked up on a scale. All begin at zero; of
 * a waterfall each begins where the one before ends. What is taken away is hatched and
 * has a minus, so that it needs no colour.
 */

struct rows {
	struct drawing *d;
	const struct chart *chart;
	double label, value; /* widths of the columns */
	double low, high;    /* of all values, zero included */
	double x, w, row;    /* where zero to high is drawn, and the height of a row */
	double size;
	bool bold; /* totals stand out among steps; where all are totals, none does */
};

static double larger(double a, double b)
{
	return a > b ? a : b;
}

static void find_range(struct rows *r)
{
	double at = 0;

	for (size_t i = 0; i < r->chart->n_items; i++) {
		const struct chart_item *item = &r->chart->items[i];

		at = item->total ? item->value : at + item->value;
		r->high = larger(r->high, at);
		r->low = fmin(r->low, at);
		r->label = larger(
		    r->label, text_extent(item->label, r->size, r->bold && item->total));
		r->value = larger(
		    r->value, text_extent(item->shown, r->size, r->bold && item->total));
	}
	if (r->high <= r->low)
		r->high = r->low + 1;
}

static double place(const struct rows *r, double value)
{
	return r->x + r->w * (value - r->low) / (r->high - r->low);
}

static void draw_row(struct rows *r, const struct chart_item *item, size_t i, double from)
{
	struct drawing *d = r->d;
	bool bold = r->bold && item->total;
	double to = item->total ? item->value : from + item->value;
	double top = (double)i * r->row, bar = r->row * 0.62;
	double left = place(r, fmin(from, to)), right = place(r, larger(from, to));
	double base = top + r->row * 0.5 + r->size * 0.36;
	const char *label = text_fitted(d->arena, item->label, r->size, bold, r->label);
	struct shape *text =
	    drawing_text(d, r->label, base, r->size, ANCHOR_END, INK_TEXT, label);

	text->bold = bold;
	drawing_rect(d, left, top + (r->row - bar) / 2, larger(right - left, 0.75), bar,
	    item->ink, !item->total && item->value < 0);
	text = drawing_text(
	    d, right + 5, base, r->size, ANCHOR_START, INK_TEXT, item->shown);
	text->bold = bold;
}

static void draw_rows(struct drawing *d, const struct chart *chart)
{
	struct rows r = {
	    .d = d, .chart = chart, .size = 11, .bold = chart->kind == CHART_WATERFALL};
	double at = 0;

	if (!chart->n_items)
		return;
	r.row = fmin(d->h / (double)chart->n_items, 34);
	r.size = fmin(11, r.row * 0.62);
	find_range(&r);
	r.label = fmin(r.label, d->w * (d->w < 600 ? 0.5 : 0.36));
	r.x = r.label + 8;
	r.w = larger(d->w - r.x - r.value - 8, 20);
	drawing_line(d, place(&r, 0), 0, place(&r, 0), r.row * (double)chart->n_items,
	    INK_LINE, 1, false);
	for (size_t i = 0; i < chart->n_items; i++) {
		const struct chart_item *item = &chart->items[i];
		double from = item->total ? 0 : at;

		draw_row(&r, item, i, from);
		at = from + item->value;
		if (i + 1 < chart->n_items && !chart->items[i + 1].total)
			drawing_line(d, place(&r, at), r.row * ((double)i + 0.81),
			    place(&r, at), r.row * ((double)i + 1.19), INK_QUIET, 0.75,
			    false);
	}
}

void draw_waterfall(struct drawing *d, const struct chart *chart)
{
	draw_rows(d, chart);
}

void draw_bars(struct drawing *d, const struct chart *chart)
{
	draw_rows(d, chart);
}
