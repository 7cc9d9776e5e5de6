#ifndef HUDDLE_DECK_CHART_H
#define HUDDLE_DECK_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include "huddle/date.h"
#include "huddle/timeline.h"

/*
 * Charts as data, and the drawings made of them: shapes on a plane, which a writer puts
 * on paper, in a picture or into a page as they are. Lengths are points.
 */

/* What a colour means. Who can not tell colours apart has shapes, hatching, signs and
 * words: every ink stands for something that is also said. */
enum ink { INK_TEXT, INK_QUIET, INK_LINE, INK_PAPER, INK_ACCENT, INK_GOOD, INK_BAD, INK_WARN,
	INK_MARKETING, INK_SALES, INKS };
const char *ink_name(enum ink ink); /* "marketing": as settings and styles name it */
struct rgb {
	double r, g, b; /* 0..1 */
};
struct palette {
	struct rgb of[INKS];
};
extern const struct palette palette_light, palette_dark;
bool rgb_read(struct rgb *out, const char *text); /* "0067a5", also after a # */
void rgb_format(struct rgb rgb, char buf[8]);

enum chart_kind { CHART_WATERFALL, CHART_WEEKS, CHART_BARS, CHART_TREND, CHART_TIMELINE };

struct chart_item {
	const char *label, *shown; /* shown: its value as people read it */
	double value;
	bool total;   /* of a waterfall: it stands on the ground */
	enum ink ink;
};

/* Values at the labels in turn; not a number: nothing there. */
struct chart_series {
	const char *name;
	enum ink ink;
	bool dashed;
	double *values;
	const char *shown; /* of a trend: the last value as people read it, */
	double target;     /* and what it should be; not a number: none */
	bool met;
};

struct chart_event {
	day_t day;
	enum side side;
	bool planned, answered;
};

struct chart {
	enum chart_kind kind;
	const char *alt;   /* what it shows, in words, for who can not see it */
	struct chart_item *items;
	size_t n_items;
	const char **labels;
	size_t n_labels;
	struct chart_series *series;
	size_t n_series;
	double target;     /* a line across; not a number: none */
	const char *target_name;
	double band;       /* of it on either side, as a fraction; 0: none */
	double scale;      /* values over it are shown: 1e6 */
	const char *prefix, *unit; /* "$", "M" */
	struct chart_event *events; /* of a timeline */
	size_t n_events;
	day_t first, last, today, closes, created; /* DAY_NONE */
};

enum shape_kind { SHAPE_RECT, SHAPE_LINE, SHAPE_CIRCLE, SHAPE_TEXT, SHAPE_POLYLINE };
enum anchor { ANCHOR_START, ANCHOR_MIDDLE, ANCHOR_END };
struct point {
	double x, y;
};
struct shape {
	enum shape_kind kind;
	enum ink ink;
	double x, y, w, h; /* a line goes to w, h; w is a circle's radius; y of a text its baseline */
	bool hollow, hatched, dashed, bold;
	double size;       /* of a text; of a line its width */
	enum anchor anchor;
	const char *text;
	struct point *points;
	size_t n_points;
};

struct drawing {
	struct arena *arena;
	double w, h;
	const char *alt;
	struct shape *shapes;
	size_t count, cap;
};

/* draw_*.c; in `arena`. */
void chart_draw(struct drawing *out, struct arena *arena, const struct chart *chart, double w,
	double h);
struct shape *drawing_add(struct drawing *d, enum shape_kind kind, enum ink ink);
void drawing_rect(struct drawing *d, double x, double y, double w, double h, enum ink ink,
	bool hatched);
void drawing_line(struct drawing *d, double x, double y, double x2, double y2, enum ink ink,
	double width, bool dashed);
struct shape *drawing_text(struct drawing *d, double x, double y, double size, enum anchor anchor,
	enum ink ink, const char *text);
typedef void draw_fn(struct drawing *d, const struct chart *chart);
draw_fn draw_waterfall, draw_weeks, draw_bars, draw_trend, draw_timeline;
/* A round step so that about n of them reach `most`. */
double nice_step(double most, int n);

/* measure.c: how wide a text will be, by the font that all writers name. */
double text_extent(const char *text, double size, bool bold);
/* As much of it as fits, with an ellipsis. */
const char *text_fitted(struct arena *arena, const char *text, double size, bool bold, double width);

#endif
