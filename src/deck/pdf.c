#include "fonts.h"
#include "layout.h"
#include "writers.h"

#include <cairo-pdf.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Slides on paper of 16:9. Texts are texts, so they can be searched and copied. */

struct printer {
	cairo_t *cr;
	const struct deck *deck;
	PangoLayout *layout;
	PangoFontDescription *font;
	cairo_surface_t *logo; /* NULL: none */
};

static void set_ink(struct printer *p, enum ink ink)
{
	struct rgb c = p->deck->palette.of[ink];

	cairo_set_source_rgb(p->cr, c.r, c.g, c.b);
}

/* Broken into lines of that width; how tall it became. */
static double say(struct printer *p, double x, double y, double w, double size, bool bold,
    enum ink ink, PangoAlignment align, const char *text)
{
	int height;

	pango_font_description_set_absolute_size(p->font, size * PANGO_SCALE);
	pango_font_description_set_weight(
	    p->font, bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_layout_set_font_description(p->layout, p->font);
	pango_layout_set_width(p->layout, (int)(w * PANGO_SCALE));
	pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(p->layout, align);
	pango_layout_set_auto_dir(
	    p->layout, FALSE); /* all stand where their column does */
	pango_layout_set_text(p->layout, text, -1);
	pango_layout_get_size(p->layout, NULL, &height);
	set_ink(p, ink);
	cairo_move_to(p->cr, x, y);
	pango_cairo_show_layout(p->cr, p->layout);
	return (double)height / PANGO_SCALE;
}

static void rule(
    struct printer *p, double x, double y, double w, enum ink ink, double width)
{
	set_ink(p, ink);
	cairo_set_line_width(p->cr, width);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, x + w, y);
	cairo_stroke(p->cr);
}

/* ---- blocks ---- */

static void print_list(struct printer *p, const struct placed *at, double y)
{
	const struct block *b = at->block;
	double indent = b->kind == BLOCK_LIST ? 14 : 0;

	for (size_t i = at->first; i < at->first + at->count && i < b->count; i++) {
		if (indent > 0)
			say(p, at->x, y, indent, BODY_SIZE, false, INK_QUIET,
			    PANGO_ALIGN_LEFT, "•");
		say(p, at->x + indent, y, at->w - indent, BODY_SIZE, false, INK_TEXT,
		    PANGO_ALIGN_LEFT, b->texts[i]);
		y += list_item_height(b, i, at->w);
	}
}

static void print_facts(struct printer *p, const struct placed *at, double y)
{
	const struct block *b = at->block;
	size_t across = b->count < FACTS_ACROSS ? b->count : FACTS_ACROSS;

	if (!across)
		return;
	double w = (at->w - GAP * (double)(across - 1)) / (double)across;

	for (size_t i = 0; i < b->count; i += across) {
		double most = 0;

		for (size_t k = i; k < i + across && k < b->count; k++) {
			const struct fact *f = &b->facts[k];
			double x = at->x + (double)(k - i) * (w + GAP), top = y + PAD;

			rule(p, x, y, w, INK_LINE, 1);
			top += say(p, x, top, w, LABEL_SIZE, false, INK_QUIET,
			    PANGO_ALIGN_LEFT, f->label);
			top += say(p, x, top, w, FACT_SIZE, true, f->value.ink,
			    PANGO_ALIGN_LEFT, f->value.shown);
			say(p, x, top, w, CELL_SIZE, false, INK_QUIET, PANGO_ALIGN_LEFT,
			    f->note);
			most = fmax(most, fact_height(f, w));
		}
		y += most + GAP;
	}
}

static PangoAlignment align_of(const struct deck_column *column)
{
	return column->kind == CELL_TEXT ? PANGO_ALIGN_LEFT : PANGO_ALIGN_RIGHT;
}

static void print_table(struct printer *p, const struct placed *at, double y)
{
	const struct deck_table *t = &at->block->table;
	double *widths = xcalloc((size_t)t->n_columns, sizeof *widths), x = at->x;

	table_widths(t, at->w, widths);
	for (int c = 0; c < t->n_columns; x += widths[c], c++)
		say(p, x + SIDE, y + PAD, widths[c] - 2 * SIDE, CELL_SIZE, true,
		    INK_QUIET, align_of(&t->columns[c]), t->columns[c].title);
	y += table_head_height(t, widths);
	rule(p, at->x, y, at->w, INK_QUIET, 0.75);
	for (size_t row = at->first; row < at->first + at->count; row++) {
		x = at->x;
		for (int c = 0; c < t->n_columns; x += widths[c], c++) {
			const struct cell *cell = table_at(t, row, c);

			say(p, x + SIDE, y + PAD, widths[c] - 2 * SIDE, CELL_SIZE, false,
			    cell->ink, align_of(&t->columns[c]), cell->shown);
		}
		y += table_row_height(t, row, widths);
		rule(p, at->x, y, at->w, INK_LINE, 0.5);
	}
	free(widths);
}

static void print_chart(struct printer *p, const struct placed *at, double y)
{
	const struct chart *chart = &at->block->chart;
	double h = at->h - (y - at->y) - caption_height(chart, at->w);
	struct drawing drawing;

	chart_draw(&drawing, p->deck->arena, chart, at->w, h);
	drawing_paint(&drawing, p->cr, &p->deck->palette, at->x, y);
	say(p, at->x, y + h + PAD, at->w, CAPTION_SIZE, false, INK_QUIET,
	    PANGO_ALIGN_LEFT, chart->alt);
}

static void print_block(struct printer *p, const struct placed *at)
{
	double y = at->y;

	if (at->block->title) {
		say(p, at->x, y, at->w, BODY_SIZE, true, INK_ACCENT, PANGO_ALIGN_LEFT,
		    at->block->title);
		y += block_title_height(at->block, at->w);
	}
	switch (at->block->kind) {
	case BLOCK_TEXT:
	case BLOCK_LIST:
		print_list(p, at, y);
		break;
	case BLOCK_FACTS:
		print_facts(p, at, y);
		break;
	case BLOCK_TABLE:
		print_table(p, at, y);
		break;
	case BLOCK_CHART:
		print_chart(p, at, y);
		break;
	}
}

/* ---- slides ---- */

static void print_logo(struct printer *p, double right)
{
	double w = cairo_image_surface_get_width(p->logo),
	       h = cairo_image_surface_get_height(p->logo), scale = fmin(110 / w, 32 / h);

	cairo_save(p->cr);
	cairo_translate(p->cr, right - w * scale, 20);
	cairo_scale(p->cr, scale, scale);
	cairo_set_source_surface(p->cr, p->logo, 0, 0);
	cairo_paint(p->cr);
	cairo_restore(p->cr);
}

static void print_frame(
    struct printer *p, const struct slide *slide, size_t number, size_t all)
{
	const struct page *page = slide->page;
	double w = SLIDE_W / slide->scale - 2 * MARGIN, h = SLIDE_H / slide->scale,
	       y = 20;
	char part[32] = "", foot[64];

	if (slide->parts > 1)
		snprintf(part, sizeof part, " (%d of %d)", slide->part, slide->parts);
	const char *title = arena_printf(p->deck->arena, "%s%s", page->title, part);

	set_ink(p, INK_PAPER);
	cairo_paint(p->cr);
	set_ink(p, INK_ACCENT);
	cairo_rectangle(p->cr, 0, 0, 8, h);
	cairo_fill(p->cr);
	y += say(p, MARGIN, y, w - LOGO_W, TITLE_SIZE, true, INK_ACCENT, PANGO_ALIGN_LEFT,
	    title);
	if (*page->lead && slide->part == 1)
		say(p, MARGIN, y + PAD, w - LOGO_W, LEAD_SIZE, false, INK_TEXT,
		    PANGO_ALIGN_LEFT, page->lead);
	if (p->logo)
		print_logo(p, w + MARGIN);
	snprintf(foot, sizeof foot, "%zu / %zu", number, all);
	say(p, MARGIN, h - FOOT + 8, w * 0.8, 8.5, false, INK_QUIET, PANGO_ALIGN_LEFT,
	    page->source);
	say(p, MARGIN, h - FOOT + 8, w, 8.5, false, INK_QUIET, PANGO_ALIGN_RIGHT, foot);
}

static void print_slides(struct printer *p, cairo_surface_t *surface)
{
	struct slides slides;

	layout_make(&slides, p->deck);
	for (size_t i = 0; i < slides.count; i++) {
		const struct slide *slide = &slides.items[i];

		if (slide->part == 1)
			cairo_pdf_surface_add_outline(surface, CAIRO_PDF_OUTLINE_ROOT,
			    slide->page->title,
			    arena_printf(p->deck->arena, "page=%zu pos=[0 0]", i + 1),
			    CAIRO_PDF_OUTLINE_FLAG_OPEN);
		cairo_save(p->cr);
		cairo_scale(p->cr, slide->scale, slide->scale);
		print_frame(p, slide, i + 1, slides.count);
		for (size_t k = 0; k < slide->count; k++)
			print_block(p, &slide->items[k]);
		cairo_restore(p->cr);
		cairo_show_page(p->cr);
	}
}

static cairo_status_t take(void *arg, const unsigned char *bytes, unsigned len)
{
	str_add(arg, (const char *)bytes, len);
	return CAIRO_STATUS_SUCCESS;
}

static void set_metadata(cairo_surface_t *surface, const struct deck *deck)
{
	char day[DAY_TEXT];
	const char *at =
	    arena_printf(deck->arena, "%sT00:00:00Z", day_format(deck->today, day));

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, deck->title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, deck->author);
	cairo_pdf_surface_set_metadata(
	    surface, CAIRO_PDF_METADATA_CREATOR, "huddle " HUDDLE_VERSION);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, deck->stamp);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, at);
}

/* A logo that can not be read is said before anything is drawn. */
static bool load_logo(cairo_surface_t **out, const char *path, struct err *err)
{
	*out = NULL;
	if (!path)
		return true;
	*out = cairo_image_surface_create_from_png(path);
	if (cairo_surface_status(*out) == CAIRO_STATUS_SUCCESS)
		return true;
	err_set(err, path, "the logo can not be read as a PNG (%s)",
	    cairo_status_to_string(cairo_surface_status(*out)));
	cairo_surface_destroy(*out);
	*out = NULL;
	return false;
}

bool deck_pdf(const struct deck *deck, const struct deck_order *order, struct str *out,
    struct err *err)
{
	struct printer p = {.deck = deck};

	if (!load_logo(&p.logo, deck->logo, err))
		return false;
	cairo_surface_t *surface =
	    cairo_pdf_surface_create_for_stream(take, out, SLIDE_W, SLIDE_H);

	set_metadata(surface, deck);
	p.cr = cairo_create(surface);
	p.layout = pango_cairo_create_layout(p.cr);
	context_settle(pango_layout_get_context(p.layout));
	p.font = pango_font_description_from_string(FONT);
	print_slides(&p, surface);
	pango_font_description_free(p.font);
	g_object_unref(p.layout);
	cairo_destroy(p.cr);
	cairo_surface_finish(surface);
	bool fine = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS;

	if (!fine)
		err_set(err, order->path, "the deck can not be drawn (%s)",
		    cairo_status_to_string(cairo_surface_status(surface)));
	cairo_surface_destroy(surface);
	if (p.logo)
		cairo_surface_destroy(p.logo);
	return fine;
}
