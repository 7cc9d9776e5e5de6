#include "fonts.h"

#include <cairo.h>
#include <math.h>

/* Drawings on a cairo surface: paper or a picture. */

static void set_ink(cairo_t *cr, const struct palette *palette, enum ink ink)
{
	struct rgb c = palette->of[ink];

	cairo_set_source_rgb(cr, c.r, c.g, c.b);
}

static void set_dashes(cairo_t *cr, bool dashed)
{
	static const double dashes[] = {4, 3};

	cairo_set_dash(cr, dashes, dashed ? 2 : 0, 0);
}

/* Slanted lines within the rectangle that is the path. */
static void hatch(cairo_t *cr, const struct shape *s)
{
	enum { APART = 4 };

	cairo_save(cr);
	cairo_clip_preserve(cr);
	cairo_stroke(cr);
	cairo_set_line_width(cr, 1);
	for (int i = 0; i * APART < s->w + s->h; i++) {
		double x = s->x - s->h + i * APART;

		cairo_move_to(cr, x, s->y + s->h);
		cairo_line_to(cr, x + s->h, s->y);
	}
	cairo_stroke(cr);
	cairo_restore(cr);
}

static void paint_text(cairo_t *cr, const struct shape *s)
{
	PangoLayout *layout = pango_cairo_create_layout(cr);
	PangoFontDescription *font = pango_font_description_from_string(FONT);
	double part = s->anchor == ANCHOR_START    ? 0
	              : s->anchor == ANCHOR_MIDDLE ? 0.5
	                                           : 1;
	int width;

	context_settle(pango_layout_get_context(layout));
	pango_font_description_set_absolute_size(font, s->size * PANGO_SCALE);
	if (s->bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
	pango_layout_set_font_description(layout, font);
	pango_layout_set_text(layout, s->text, -1);
	pango_layout_get_size(layout, &width, NULL);
	cairo_move_to(cr, s->x - part * width / PANGO_SCALE,
	    s->y - (double)pango_layout_get_baseline(layout) / PANGO_SCALE);
	pango_cairo_show_layout(cr, layout);
	pango_font_description_free(font);
	g_object_unref(layout);
}

static void paint_shape(cairo_t *cr, const struct shape *s)
{
	cairo_new_path(cr);
	cairo_set_line_width(cr, s->size);
	set_dashes(cr, s->dashed);
	switch (s->kind) {
	case SHAPE_RECT:
		cairo_rectangle(cr, s->x, s->y, s->w, s->h);
		if (s->hatched)
			hatch(cr, s);
		else if (s->hollow)
			cairo_stroke(cr);
		else
			cairo_fill(cr);
		break;
	case SHAPE_LINE:
		cairo_move_to(cr, s->x, s->y);
		cairo_line_to(cr, s->w, s->h);
		cairo_stroke(cr);
		break;
	case SHAPE_CIRCLE:
		cairo_new_sub_path(cr);
		cairo_arc(cr, s->x, s->y, s->w, 0, 2 * M_PI);
		if (s->hollow)
			cairo_stroke(cr);
		else
			cairo_fill(cr);
		break;
	case SHAPE_POLYLINE:
		for (size_t i = 0; i < s->n_points; i++)
			cairo_line_to(cr, s->points[i].x, s->points[i].y);
		cairo_stroke(cr);
		break;
	case SHAPE_TEXT:
		paint_text(cr, s);
		break;
	}
}

void drawing_paint(const struct drawing *d, cairo_t *cr, const struct palette *palette,
    double x, double y)
{
	cairo_save(cr);
	cairo_translate(cr, x, y);
	for (size_t i = 0; i < d->count; i++) {
		set_ink(cr, palette, d->shapes[i].ink);
		paint_shape(cr, &d->shapes[i]);
	}
	cairo_restore(cr);
}

static cairo_status_t take_bytes(void *arg, const unsigned char *bytes, unsigned len)
{
	str_add(arg, (const char *)bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

void drawing_png(
    struct str *out, const struct drawing *d, const struct palette *palette, double scale)
{
	cairo_surface_t *surface = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, (int)ceil(d->w * scale), (int)ceil(d->h * scale));
	cairo_t *cr = cairo_create(surface);

	cairo_scale(cr, scale, scale);
	set_ink(cr, palette, INK_PAPER);
	cairo_paint(cr);
	drawing_paint(d, cr, palette, 0, 0);
	cairo_surface_flush(surface);
	cairo_surface_write_to_png_stream(surface, take_bytes, out);
	cairo_destroy(cr);
	cairo_surface_destroy(surface);
}
