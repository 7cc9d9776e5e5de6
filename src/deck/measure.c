#include "fonts.h"

#include <string.h>

/* One layout for all measuring; text metrics are those of the font map that also draws. */

void context_settle(PangoContext *context)
{
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	pango_cairo_context_set_font_options(context, options);
	pango_context_set_round_glyph_positions(context, FALSE);
	cairo_font_options_destroy(options);
}

static PangoLayout *measuring;
static PangoFontDescription *measured;

void fonts_release(void)
{
	if (measuring)
		g_object_unref(measuring);
	if (measured)
		pango_font_description_free(measured);
	measuring = NULL;
	measured = NULL;
}

static PangoLayout *layout_of(double size, bool bold)
{
	if (!measuring) {
		PangoContext *context =
		    pango_font_map_create_context(pango_cairo_font_map_get_default());

		context_settle(context);
		measuring = pango_layout_new(context);
		pango_layout_set_auto_dir(measuring, FALSE);
		measured = pango_font_description_from_string(FONT);
		g_object_unref(context);
	}
	pango_font_description_set_absolute_size(measured, size * PANGO_SCALE);
	pango_font_description_set_weight(
	    measured, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(measuring, measured);
	pango_layout_set_width(measuring, -1);
	return measuring;
}

double text_extent(const char *text, double size, bool bold)
{
	PangoLayout *layout = layout_of(size, bold);
	int width;

	pango_layout_set_text(layout, text, -1);
	pango_layout_get_size(layout, &width, NULL);
	return (double)width / PANGO_SCALE;
}

double text_wrapped(const char *text, double size, bool bold, double width)
{
	PangoLayout *layout = layout_of(size, bold);
	int height;

	pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_width(layout, (int)(width * PANGO_SCALE));
	pango_layout_set_text(layout, text, -1);
	pango_layout_get_size(layout, NULL, &height);
	return (double)height / PANGO_SCALE;
}

/* Where the first `n` letters end. */
static size_t end_of_letters(const char *text, size_t n)
{
	size_t at = 0;

	for (; n && text[at]; n--)
		for (at++; (text[at] & 0xc0) == 0x80; at++)
			;
	return at;
}

const char *text_fitted(
    struct arena *arena, const char *text, double size, bool bold, double width)
{
	if (text_extent(text, size, bold) <= width)
		return text;
	size_t low = 0, high = strlen(text);

	while (low < high) {
		size_t middle = (low + high + 1) / 2;
		const char *cut =
		    arena_printf(arena, "%.*s…", (int)end_of_letters(text, middle), text);

		if (text_extent(cut, size, bold) <= width)
			low = middle;
		else
			high = middle - 1;
	}
	return arena_printf(arena, "%.*s…", (int)end_of_letters(text, low), text);
}
