#ifndef HUDDLE_DECK_FONTS_H
#define HUDDLE_DECK_FONTS_H

#include <pango/pangocairo.h>
#include "chart.h"
#include "huddle/arena.h"
#include "huddle/str.h"

/* Fontconfig finds for each letter one of the machine's fonts that has it. */
#define FONT "DejaVu Sans, Noto Sans, sans-serif"

/* Metrics that are the same on paper, in a picture and while measuring. */
void context_settle(PangoContext *context);
/* What was kept for measuring; the libraries keep what they loaded of fonts. */
void fonts_release(void);
/* The height of text broken into lines of that width. */
double text_wrapped(const char *text, double size, bool bold, double width);

/* Paint a drawing with its corner at x, y. */
void drawing_paint(const struct drawing *d, cairo_t *cr, const struct palette *palette, double x,
	double y);
/* As a PNG of `scale` pixels a point, into out. */
void drawing_png(struct str *out, const struct drawing *d, const struct palette *palette,
	double scale);

#endif
