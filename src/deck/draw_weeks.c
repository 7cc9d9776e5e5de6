#include "chart.h"

#include "huddle/arena.h"
#include <math.h>
#include <stdio.h>

/*
 * Lines over the weeks of a quarter, from zero, each named where it ends, and the actual
 * as a line across with its band.
 */

struct weeks {
	struct drawing *d;
	const struct chart *chart;
	double x, y, w, h; /* of the plot */
	double most;
};

enum { SIZE = 10 };

static double across(const struct weeks *k, size_t i)
{
	size_t n = k->chart->n_labels;

	return k->x + (n > 1 ? k->w * (double)i / (double)(n - 1) : k->w / 2);
}

static double up(const struct weeks *k, double value)
{
	return k->y + k->h * (1 - value / k->most);
}

static void find_most(struct weeks *k)
{
	const struct chart *c = k->chart;

	k->most = isnan(c->target) ? 0 : c->target * (1 + c->band);
	for (size_t s = 0; s < c->n_series; s++)
		for (size_t i = 0; i < c->n_labels; i++)
			if (!isnan(c->series[s].values[i]))
				k->most = fmax(k->most, c->series[s].values[i]);
	if (k->most <= 0)
		k->most = 1;
}

static void draw_grid(struct weeks *k)
{
	const struct chart *c = k->chart;
	double step = nice_step(k->most, 4);

	k->most = ceil(k->most / step - 1e-9) * step;
	for (int i = 0; i <= lround(k->most / step); i++) {
		double v = i * step;
		char text[64];

		snprintf(text, sizeof text, "%s%g%s", c->prefix, v / c->scale, c->unit);
		drawing_line(k->d, k->x, up(k, v), k->x + k->w, up(k, v), INK_LINE,
		    v > 0 ? 0.5 : 1, false);
		drawing_text(
		    k->d, k->x - 6, up(k, v) + 3.5, SIZE, ANCHOR_END, INK_QUIET, text);
	}
}

/* As many names of weeks as do not touch. */
static void draw_labels(struct weeks *k)
{
	const struct chart *c = k->chart;
	double last = -1e9;

	for (size_t i = 0; i < c->n_labels; i++) {
		double half = text_extent(c->labels[i], SIZE, false) / 2;

		if (across(k, i) - half < last + 8)
			continue;
		last = across(k, i) + half;
		drawing_text(k->d, across(k, i), k->y + k->h + 15, SIZE, ANCHOR_MIDDLE,
		    INK_QUIET, c->labels[i]);
	}
}

static void draw_target(struct weeks *k)
{
	const struct chart *c = k->chart;

	if (isnan(c->target))
		return;
	if (c->band > 0)
		drawing_rect(k->d, k->x, up(k, c->target * (1 + c->band)), k->w,
		    up(k, c->target * (1 - c->band)) - up(k, c->target * (1 + c->band)),
		    INK_LINE, true);
	drawing_line(k->d, k->x, up(k, c->target), k->x + k->w, up(k, c->target),
	    INK_TEXT, 1.2, true);
}

static void draw_line(struct weeks *k, const struct chart_series *s)
{
	const struct chart *c = k->chart;
	struct shape *line = drawing_add(k->d, SHAPE_POLYLINE, s->ink);

	line->size = 2;
	line->dashed = s->dashed;
	line->points = arena_alloc(k->d->arena, (c->n_labels + 1) * sizeof *line->points);
	for (size_t i = 0; i < c->n_labels; i++)
		if (!isnan(s->values[i]))
			line->points[line->n_points++] =
			    (struct point){across(k, i), up(k, s->values[i])};
	size_t n = line->n_points;
	struct point end = n ? line->points[n - 1] : (struct point){0, 0};

	if (!n)
		return;
	struct shape *dot = drawing_add(k->d, SHAPE_CIRCLE, s->ink);

	dot->x = end.x;
	dot->y = end.y;
	dot->w = 3;
}

/* Names at the right, pushed apart from the top down so that none covers another. */
struct name {
	double at;
	const char *text;
	enum ink ink;
};

static size_t gather_names(const struct weeks *k, struct name *names)
{
	const struct chart *c = k->chart;
	size_t n = 0;

	for (size_t s = 0; s < c->n_series; s++)
		for (size_t i = c->n_labels; i-- > 0;)
			if (!isnan(c->series[s].values[i])) {
				names[n++] = (struct name){up(k, c->series[s].values[i]),
				    c->series[s].name, c->series[s].ink};
				break;
			}
	if (!isnan(c->target))
		names[n++] = (struct name){up(k, c->target), c->target_name, INK_TEXT};
	return n;
}

static void draw_names(struct weeks *k)
{
	enum { MOST = 12, APART = SIZE + 4 };
	struct name names[MOST + 1];
	size_t n = k->chart->n_series > MOST - 1 ? 0 : gather_names(k, names);

	for (size_t i = 1; i < n; i++)
		for (size_t j = i; j > 0 && names[j].at < names[j - 1].at; j--) {
			struct name swap = names[j];

			names[j] = names[j - 1];
			names[j - 1] = swap;
		}
	for (size_t i = 1; i < n; i++)
		names[i].at = fmax(names[i].at, names[i - 1].at + APART);
	for (size_t i = n; i-- > 0;) {
		double most = i + 1 < n ? names[i + 1].at - APART : k->y + k->h;

		names[i].at = fmin(names[i].at, most);
		drawing_text(k->d, k->x + k->w + 10, names[i].at + 3.5, SIZE,
		    ANCHOR_START, names[i].ink, names[i].text)
		    ->bold = true;
	}
}

void draw_weeks(struct drawing *d, const struct chart *chart)
{
	struct weeks k = {.d = d, .chart = chart, .y = 8};
	double right = chart->target_name && !isnan(chart->target)
	                   ? text_extent(chart->target_name, SIZE, true)
	                   : 0;

	for (size_t s = 0; s < chart->n_series; s++)
		right = fmax(right, text_extent(chart->series[s].name, SIZE, true));
	k.x = 58;
	k.w = fmax(d->w - k.x - right - 14, 40);
	k.h = fmax(d->h - k.y - 24, 20);
	find_most(&k);
	draw_grid(&k);
	draw_labels(&k);
	draw_target(&k);
	for (size_t s = 0; s < chart->n_series; s++)
		draw_line(&k, &chart->series[s]);
	draw_names(&k);
}
