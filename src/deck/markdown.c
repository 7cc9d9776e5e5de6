#include "fonts.h"
#include "huddle/path.h"
#include "huddle/text.h"
#include "writers.h"

#include <math.h>
#include <string.h>

/*
 * Slides as Markdown, a block each, so that pandoc makes a PPTX of them and Marp shows
 * them. Charts are pictures in a folder beside the file, as PPTX wants pictures.
 */

enum { ROWS = 8, ITEMS = 9, FACTS = 8 }; /* as many as a slide has room for */

static void add(struct str *out, const char *text)
{
	text_markdown(out, slice_of(text));
}

/* The rule is where Marp begins a slide, the heading where pandoc does. */
static void begin_slide(struct str *out, const struct page *page, size_t *slides)
{
	str_adds(out, "\n---\n\n## ");
	add(out, page->title);
	str_adds(out, *slides ? " (continued)\n\n" : "\n\n");
	if (!*slides && *page->lead) {
		add(out, page->lead);
		str_adds(out, "\n\n");
	}
	++*slides;
}

static void add_head(struct str *out, const struct deck_table *t)
{
	for (int c = 0; c < t->n_columns; c++) {
		str_adds(out, "| ");
		add(out, t->columns[c].title);
		str_addc(out, ' ');
	}
	str_adds(out, "|\n");
	for (int c = 0; c < t->n_columns; c++)
		str_adds(out, t->columns[c].kind == CELL_TEXT ? "|:---" : "|---:");
	str_adds(out, "|\n");
}

static void add_table(
    struct str *out, const struct page *page, const struct block *b, size_t *slides)
{
	const struct deck_table *t = &b->table;

	for (size_t row = 0; row < t->rows; row++) {
		if (row % ROWS == 0) {
			begin_slide(out, page, slides);
			if (b->title) {
				str_adds(out, "**");
				add(out, b->title);
				str_adds(out, "**\n\n");
			}
			add_head(out, t);
		}
		for (int c = 0; c < t->n_columns; c++) {
			str_adds(out, "| ");
			add(out, table_at(t, row, c)->shown);
			str_addc(out, ' ');
		}
		str_adds(out, "|\n");
	}
}

static void add_list(
    struct str *out, const struct page *page, const struct block *b, size_t *slides)
{
	for (size_t i = 0; i < b->count; i++) {
		if (i % ITEMS == 0) {
			begin_slide(out, page, slides);
			if (b->title) {
				str_adds(out, "**");
				add(out, b->title);
				str_adds(out, "**\n\n");
			}
		}
		str_adds(out, b->kind == BLOCK_LIST ? "- " : "");
		add(out, b->texts[i]);
		str_adds(out, b->kind == BLOCK_LIST ? "\n" : "\n\n");
	}
}

static void add_facts(
    struct str *out, const struct page *page, const struct block *b, size_t *slides)
{
	for (size_t i = 0; i < b->count; i++) {
		const struct fact *f = &b->facts[i];

		if (i % FACTS == 0)
			begin_slide(out, page, slides);
		str_adds(out, "- ");
		add(out, f->label);
		str_adds(out, ": **");
		add(out, *f->value.shown ? f->value.shown : "–");
		str_adds(out, "**");
		if (*f->note) {
			str_adds(out, ", ");
			add(out, f->note);
		}
		str_adds(out, "\n");
	}
}

/* What stands before the ending; the folder of pictures is named after it. */
static const char *stem_of(const struct deck *deck, const char *path)
{
	const char *dot = strrchr(path, '.');

	return arena_printf(deck->arena, "%.*s-charts", (int)(dot - path), path);
}

static bool add_chart(struct str *out, const struct deck *deck,
    const struct deck_order *order, const struct page *page, const struct block *b,
    size_t number, size_t *slides, struct err *err)
{
	enum { SCALE = 2, WIDE = 880 };
	const char *folder = stem_of(deck, order->path);
	const char *name = arena_printf(deck->arena, "%s-%zu.png", page->name, number);
	struct drawing drawing;
	struct str png = STR_INIT;

	if (!path_make_folder(folder, err))
		return false;
	chart_draw(&drawing, deck->arena, &b->chart, WIDE, chart_height(&b->chart, WIDE));
	drawing_png(&png, &drawing, &deck->palette, SCALE);
	bool fine = path_write(path_join(deck->arena, folder, name),
	    (struct slice){str_text(&png), png.len}, order->replace, err);

	str_release(&png);
	begin_slide(out, page, slides);
	str_adds(out, "![");
	add(out, b->chart.alt);
	str_addf(out, "](<%s/%s>)\n", path_base(folder), name);
	return fine;
}

static bool add_page(struct str *out, const struct deck *deck,
    const struct deck_order *order, const struct page *page, struct err *err)
{
	size_t slides = 0;
	bool fine = true;

	for (size_t i = 0; fine && i < page->count; i++) {
		const struct block *b = &page->blocks[i];

		switch (b->kind) {
		case BLOCK_TEXT:
		case BLOCK_LIST:
			add_list(out, page, b, &slides);
			break;
		case BLOCK_FACTS:
			add_facts(out, page, b, &slides);
			break;
		case BLOCK_TABLE:
			add_table(out, page, b, &slides);
			break;
		case BLOCK_CHART:
			fine = add_chart(out, deck, order, page, b, i + 1, &slides, err);
			break;
		}
	}
	if (*page->source) {
		str_adds(out, "\n*Source: ");
		add(out, page->source);
		str_adds(out, "*\n");
	}
	return fine;
}

/* A YAML string in quotes. */
static void add_meta(struct str *out, const char *key, const char *value)
{
	str_addf(out, "%s: \"", key);
	for (; *value; value++) {
		if (*value == '"' || *value == '\\')
			str_addc(out, '\\');
		str_addc(out, *value);
	}
	str_adds(out, "\"\n");
}

bool deck_markdown(const struct deck *deck, const struct deck_order *order,
    struct str *out, struct err *err)
{
	bool fine = true;

	str_adds(out, "---\n");
	add_meta(out, "title", deck->title);
	add_meta(out, "subtitle",
	    arena_printf(deck->arena, "%s, %s", deck->stamp, deck->subtitle));
	add_meta(out, "author", deck->author);
	str_adds(out, "marp: true\npaginate: true\n---\n\n# ");
	add(out, deck->title);
	str_adds(out, "\n\n");
	add(out, deck->stamp);
	str_adds(out, ", ");
	add(out, deck->subtitle);
	str_adds(out, "\n");
	for (size_t i = 0; fine && i < deck->count; i++)
		fine = add_page(out, deck, order, &deck->pages[i], err);
	return fine;
}
