#include "chart.h"

#include "huddle/arena.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Shapes, colours, and which function draws which chart. */

static const char *const ink_names[INKS] = {"text", "quiet", "line", "paper", "accent",
    "good", "bad", "warn", "marketing", "sales"};

const char *ink_name(enum ink ink)
{
	return ink_names[ink];
}

#define RGB(hex)                                                         \
	{                                                                \
		((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, \
		    ((hex)&255) / 255.0                                  \
	}

/* Blue, orange and vermillion of Okabe and Ito's palette, made for all kinds of colour
 * vision; they also differ in lightness. On white each text reads at 4.5 to 1. */
const struct palette palette_light = {{
    [INK_TEXT] = RGB(0x1a1a1a),
    [INK_QUIET] = RGB(0x5f6368),
    [INK_LINE] = RGB(0xd0d4d9),
    [INK_PAPER] = RGB(0xffffff),
    [INK_ACCENT] = RGB(0x1f3a5f),
    [INK_GOOD] = RGB(0x00664b),
    [INK_BAD] = RGB(0xb03a00),
    [INK_WARN] = RGB(0x8a5a00),
    [INK_MARKETING] = RGB(0xc26a00),
    [INK_SALES] = RGB(0x0067a5),
}};
const struct palette palette_dark = {{
    [INK_TEXT] = RGB(0xe8eaed),
    [INK_QUIET] = RGB(0xa0a6ad),
    [INK_LINE] = RGB(0x3c4147),
    [INK_PAPER] = RGB(0x16181b),
    [INK_ACCENT] = RGB(0x9dc1ee),
    [INK_GOOD] = RGB(0x4fc3a1),
    [INK_BAD] = RGB(0xff9b6b),
    [INK_WARN] = RGB(0xe9b949),
    [INK_MARKETING] = RGB(0xf0a13a),
    [INK_SALES] = RGB(0x5db8ee),
}};

bool rgb_read(struct rgb *out, const char *text)
{
	unsigned r, g, b;
	int end = 0;

	text += *text == '#';
	if (strspn(text, "0123456789abcdefABCDEF") != 6 ||
	    sscanf(text, "%2x%2x%2x%n", &r, &g, &b, &end) != 3 || text[end])
		return false;
	*out = (struct rgb){r / 255.0, g / 255.0, b / 255.0};
	return true;
}

void rgb_format(struct rgb rgb, char buf[8])
{
	snprintf(buf, 8, "#%02x%02x%02x", (unsigned)lround(rgb.r * 255) & 255,
	    (unsigned)lround(rgb.g * 255) & 255, (unsigned)lround(rgb.b * 255) & 255);
}

struct shape *drawing_add(struct drawing *d, enum shape_kind kind, enum ink ink)
{
	d->shapes =
	    arena_grow(d->arena, d->shapes, &d->cap, d->count + 1, sizeof *d->shapes);
	struct shape *shape = &d->shapes[d->count++];

	*shape = (struct shape){.kind = kind, .ink = ink, .size = 1};
	return shape;
}

void drawing_rect(
    struct drawing *d, double x, double y, double w, double h, enum ink ink, bool hatched)
{
	struct shape *s = drawing_add(d, SHAPE_RECT, ink);

	s->x = x;
	s->y = h < 0 ? y + h : y;
	s->w = w;
	s->h = fabs(h);
	s->hatched = hatched;
}

void drawing_line(struct drawing *d, double x, double y, double x2, double y2,
    enum ink ink, double width, bool dashed)
{
	struct shape *s = drawing_add(d, SHAPE_LINE, ink);

	s->x = x;
	s->y = y;
	s->w = x2;
	s->h = y2;
	s->size = width;
	s->dashed = dashed;
}

struct shape *drawing_text(struct drawing *d, double x, double y, double size,
    enum anchor anchor, enum ink ink, const char *text)
{
	struct shape *s = drawing_add(d, SHAPE_TEXT, ink);

	s->x = x;
	s->y = y;
	s->size = size;
	s->anchor = anchor;
	s->text = arena_strdup(d->arena, text ? text : "");
	return s;
}

double nice_step(double most, int n)
{
	static const double steps[] = {1, 2, 2.5, 5, 10};

	if (!(most > 0) || n < 1)
		return 1;
	double raw = most / n, power = pow(10, floor(log10(raw)));

	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
		if (steps[i] * power >= raw * (1 - 1e-9))
			return steps[i] * power;
	return 10 * power;
}

void chart_draw(struct drawing *out, struct arena *arena, const struct chart *chart,
    double w, double h)
{
	static void (*const draw[])(struct drawing *, const struct chart *) = {
	    [CHART_WATERFALL] = draw_waterfall,
	    [CHART_WEEKS] = draw_weeks,
	    [CHART_BARS] = draw_bars,
	    [CHART_TREND] = draw_trend,
	    [CHART_TIMELINE] = draw_timeline,
	};

	*out = (struct drawing){.arena = arena, .w = w, .h = h, .alt = chart->alt};
	draw[chart->kind](out, chart);
}
