#include "chart.h"

#include "huddle/arena.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/*
 * What both teams did about a deal on one axis of time: marketing above, sales below, a
 * mark an event in the week it was in. What is planned is hollow. So who was quiet when
 * is seen at once, in any colour.
 */

enum { SIZE = 9, LEFT = 70, WEEK = 7 };

struct lanes {
	struct drawing *d;
	const struct chart *chart;
	double x, w, axis, lane; /* lane: the height of each */
	int weeks;
	int *counts[2]; /* marks put so far, by week */
	double unit;    /* the height of a mark */
};

static double across(const struct lanes *l, day_t day)
{
	return l->x + l->w * (double)(day - l->chart->first) /
	                  (double)(l->chart->last - l->chart->first + 1);
}

static int week_of(const struct lanes *l, day_t day)
{
	return (int)(day - l->chart->first) / WEEK;
}

static bool shown(const struct chart *c, day_t day)
{
	return day >= c->first && day <= c->last;
}

static int busiest(const struct lanes *l)
{
	int *counts =
	    arena_alloc(l->d->arena, 2 * (size_t)(l->weeks + 1) * sizeof *counts);
	int most = 1;

	for (size_t i = 0; i < l->chart->n_events; i++) {
		const struct chart_event *e = &l->chart->events[i];
		int *count = e->side == SIDE_SALES ? &counts[l->weeks + 1] : counts;

		if (shown(l->chart, e->day) && ++count[week_of(l, e->day)] > most)
			most = count[week_of(l, e->day)];
	}
	return most;
}

static void draw_event(struct lanes *l, const struct chart_event *e)
{
	bool sales = e->side == SIDE_SALES;
	int week = week_of(l, e->day), n = l->counts[sales][week]++;
	double wide = l->w * WEEK / (double)(l->chart->last - l->chart->first + 1);
	double left = across(l, l->chart->first + week * WEEK), gap = l->unit * 0.18;
	double y = sales ? l->axis + 1 + n * l->unit : l->axis - 1 - (n + 1) * l->unit;
	struct shape *s =
	    drawing_add(l->d, SHAPE_RECT, sales ? INK_SALES : INK_MARKETING);

	s->x = left + wide * 0.1;
	s->y = y + gap / 2;
	s->w = fmin(wide, l->x + l->w - left) * 0.8;
	s->h = l->unit - gap;
	s->hollow = e->planned;
}

/* The first of months, or of quarters or years where they would touch. */
static void draw_months(struct lanes *l)
{
	static const int steps[] = {1, 3, 12};
	const struct chart *c = l->chart;
	int months = month_index(c->last) - month_index(c->first), step = 12;

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		int labels = months / steps[i];

		if (labels * 44.0 < l->w) { /* as wide as a month and its year */
			step = steps[i];
			break;
		}
	}
	for (day_t day = period_of_month(c->first).first; day <= c->last;
	     day = day_add_months(day, 1)) {
		struct civil civil = civil_from_day(day);
		static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May",
		    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
		char text[32];

		if (day < c->first || (civil.month - 1) % step)
			continue;
		snprintf(text, sizeof text,
		    civil.month == 1 || step == 12 ? "%s %d" : "%s",
		    names[civil.month - 1], civil.year);
		drawing_line(l->d, across(l, day), l->axis - l->lane, across(l, day),
		    l->axis + l->lane, INK_LINE, 0.5, false);
		if (across(l, day) + text_extent(text, SIZE, false) < l->x + l->w)
			drawing_text(l->d, across(l, day) + 2, l->axis + l->lane + 11,
			    SIZE, ANCHOR_START, INK_QUIET, text);
	}
}

/* Days with a name stand above the lanes, each on a line of its own. */
static void draw_mark(
    struct lanes *l, day_t day, const char *name, enum ink ink, int line, bool dashed)
{
	double x, half = text_extent(name, SIZE, true) / 2;

	if (day == DAY_NONE || !shown(l->chart, day))
		return;
	x = across(l, day);
	drawing_line(l->d, x, 12.0 * (line + 1), x, l->axis + l->lane, ink, 1.2, dashed);
	drawing_text(l->d, fmin(fmax(x, half), l->d->w - half), 12.0 * line + 9, SIZE,
	    ANCHOR_MIDDLE, ink, name)
	    ->bold = true;
}

static void draw_side(struct lanes *l, enum side side)
{
	bool sales = side == SIDE_SALES;
	size_t done = 0, planned = 0;
	char text[64];

	for (size_t i = 0; i < l->chart->n_events; i++)
		if (l->chart->events[i].side == side) {
			done += !l->chart->events[i].planned;
			planned += l->chart->events[i].planned;
		}
	double y = l->axis + (sales ? l->lane * 0.5 : -l->lane * 0.5);

	drawing_text(l->d, 0, y, 10.5, ANCHOR_START, sales ? INK_SALES : INK_MARKETING,
	    sales ? "Sales" : "Marketing")
	    ->bold = true;
	snprintf(text, sizeof text, planned ? "%zu, %zu to come" : "%zu", done, planned);
	drawing_text(l->d, 0, y + 12, SIZE, ANCHOR_START, INK_QUIET, text);
}

void draw_timeline(struct drawing *d, const struct chart *chart)
{
	struct lanes l = {.d = d, .chart = chart, .x = LEFT};
	double top = 38, bottom = 14;

	l.w = fmax(d->w - l.x, 40);
	l.lane = fmax((d->h - top - bottom) / 2, 12);
	l.axis = top + l.lane;
	l.weeks = week_of(&l, chart->last);
	for (int i = 0; i < 2; i++)
		l.counts[i] =
		    arena_alloc(d->arena, (size_t)(l.weeks + 1) * sizeof *l.counts[i]);
	l.unit = fmin(l.lane / busiest(&l), 9);
	draw_months(&l);
	for (size_t i = 0; i < chart->n_events; i++)
		if (shown(chart, chart->events[i].day))
			draw_event(&l, &chart->events[i]);
	drawing_line(d, l.x, l.axis, l.x + l.w, l.axis, INK_TEXT, 1, false);
	draw_mark(&l, chart->created, "made", INK_QUIET, 2, true);
	draw_mark(&l, chart->closes, "closes", INK_BAD, 1, true);
	draw_mark(&l, chart->today, "today", INK_TEXT, 0, false);
	draw_side(&l, SIDE_MARKETING);
	draw_side(&l, SIDE_SALES);
}
