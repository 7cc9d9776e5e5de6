#include "chart.h"

#include <math.h>

/* Small multiples: a figure a box, with its months as bars from zero and its target as a
 * line across them. */

enum { COLUMNS = 4 };

static double most_of(const struct chart_series *s, size_t n)
{
	double most = isnan(s->target) ? 0 : s->target;

	for (size_t i = 0; i < n; i++)
		if (!isnan(s->values[i]))
			most = fmax(most, s->values[i]);
	return most > 0 ? most : 1;
}

static void draw_months(struct drawing *d, const struct chart *chart,
    const struct chart_series *s, double x, double y, double w, double h)
{
	double most = most_of(s, chart->n_labels), step = w / (double)chart->n_labels;

	for (size_t i = 0; i < chart->n_labels; i++) {
		bool last = i + 1 == chart->n_labels;
		double value = s->values[i];

		if (isnan(value)) {
			drawing_text(d, x + step * ((double)i + 0.5), y + h - 2, 8,
			    ANCHOR_MIDDLE, INK_QUIET, "–");
			continue;
		}
		double tall = fmax(h * value / most, 0.75);

		drawing_rect(d, x + step * (double)i + step * 0.12, y + h - tall,
		    step * 0.76, tall, last ? INK_ACCENT : INK_QUIET, !last);
	}
	drawing_line(d, x, y + h, x + w, y + h, INK_LINE, 1, false);
	if (!isnan(s->target))
		drawing_line(d, x, y + h - h * s->target / most, x + w,
		    y + h - h * s->target / most, INK_TEXT, 1, true);
}

static void draw_box(struct drawing *d, const struct chart *chart,
    const struct chart_series *s, double x, double y, double w, double h)
{
	double first = text_extent(chart->labels[0], 8, false);
	const char *last = chart->labels[chart->n_labels - 1];

	drawing_text(d, x, y + 11, 9.5, ANCHOR_START, INK_QUIET,
	    text_fitted(d->arena, s->name, 9.5, false, w));
	drawing_text(d, x, y + 29, 15, ANCHOR_START, s->ink,
	    text_fitted(d->arena, s->shown, 15, true, w))
	    ->bold = true;
	draw_months(d, chart, s, x, y + 36, w, h - 36 - 14);
	drawing_text(d, x, y + h - 3, 8, ANCHOR_START, INK_QUIET, chart->labels[0]);
	if (first + text_extent(last, 8, false) + 6 < w)
		drawing_text(d, x + w, y + h - 3, 8, ANCHOR_END, INK_QUIET, last);
}

void draw_trend(struct drawing *d, const struct chart *chart)
{
	size_t rows = (chart->n_series + COLUMNS - 1) / COLUMNS;
	double gap = 18, w = (d->w - gap * (COLUMNS - 1)) / COLUMNS;

	if (!rows || !chart->n_labels)
		return;
	double h = (d->h - 12 * (double)(rows - 1)) / (double)rows;

	for (size_t i = 0; i < chart->n_series; i++) {
		size_t column = i % COLUMNS, row = i / COLUMNS;

		draw_box(d, chart, &chart->series[i], (double)column * (w + gap),
		    (double)row * (h + 12), w, h);
	}
}
