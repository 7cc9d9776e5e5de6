#include "layout.h"

#include "fonts.h"
#include "writers.h"
#include <math.h>
#include <stdlib.h>

/* ---- how tall things are ---- */

void table_widths(const struct deck_table *table, double w, double *widths)
{
	int all = 0;

	for (int i = 0; i < table->n_columns; i++)
		all += table->columns[i].weight;
	for (int i = 0; i < table->n_columns; i++)
		widths[i] = w * table->columns[i].weight / all;
}

double table_head_height(const struct deck_table *table, const double *widths)
{
	double most = 0;

	for (int i = 0; i < table->n_columns; i++)
		most = fmax(most, text_wrapped(table->columns[i].title, CELL_SIZE, true,
		                      widths[i] - 2 * SIDE));
	return most + 2 * PAD;
}

double table_row_height(const struct deck_table *table, size_t row, const double *widths)
{
	double most = CELL_SIZE;

	for (int i = 0; i < table->n_columns; i++)
		most = fmax(most, text_wrapped(table_at(table, row, i)->shown, CELL_SIZE,
		                      false, widths[i] - 2 * SIDE));
	return most + 2 * PAD;
}

double list_item_height(const struct block *block, size_t i, double w)
{
	double indent = block->kind == BLOCK_LIST ? 14 : 0;

	return text_wrapped(block->texts[i], BODY_SIZE, false, w - indent) + PAD;
}

double fact_height(const struct fact *fact, double w)
{
	return text_wrapped(fact->label, LABEL_SIZE, false, w) +
	       text_wrapped(fact->value.shown, FACT_SIZE, true, w) +
	       text_wrapped(fact->note, CELL_SIZE, false, w) + 2 * PAD;
}

double block_title_height(const struct block *block, double w)
{
	return block->title ? text_wrapped(block->title, BODY_SIZE, true, w) + PAD : 0;
}

double chart_height(const struct chart *chart, double width)
{
	size_t rows = (chart->n_series + 3) / 4; /* of a trend */

	switch (chart->kind) {
	case CHART_WATERFALL:
	case CHART_BARS:
		return fmin(26.0 * (double)chart->n_items, 380);
	case CHART_WEEKS:
		return fmax(fmin(width * 0.3, 260), 210);
	case CHART_TREND:
		return 112.0 * (double)rows;
	case CHART_TIMELINE:
		return 150;
	}
	return 100;
}

double caption_height(const struct chart *chart, double w)
{
	return text_wrapped(chart->alt, CAPTION_SIZE, false, w) + PAD;
}

static double facts_height(const struct block *block, double w, size_t *across)
{
	size_t n = block->count < FACTS_ACROSS ? block->count : FACTS_ACROSS;
	double all = 0, each = (w - GAP * (double)(n ? n - 1 : 0)) / (double)(n ? n : 1);

	*across = n ? n : 1;
	for (size_t i = 0; i < block->count; i += *across) {
		double most = 0;

		for (size_t k = i; k < i + *across && k < block->count; k++)
			most = fmax(most, fact_height(&block->facts[k], each));
		all += most + GAP;
	}
	return all;
}

/* How much of the block fits into h from item `first` on: its height, and how many. All
 * of a chart and of facts or nothing. */
static double fit(
    const struct block *block, size_t first, double w, double h, size_t *count)
{
	double used = block_title_height(block, w);
	size_t across;

	*count = 0;
	if (block->kind == BLOCK_CHART || block->kind == BLOCK_FACTS) {
		used += block->kind == BLOCK_CHART ? chart_height(&block->chart, w) +
		                                         caption_height(&block->chart, w)
		                                   : facts_height(block, w, &across);
		*count = used <= h;
		return used;
	}
	if (block->kind == BLOCK_TABLE) {
		double *widths = xcalloc((size_t)block->table.n_columns, sizeof *widths);

		table_widths(&block->table, w, widths);
		used += table_head_height(&block->table, widths);
		for (size_t i = first; i < block->table.rows; i++, (*count)++) {
			double row = table_row_height(&block->table, i, widths);

			if (used + row > h)
				break;
			used += row;
		}
		free(widths);
		return used;
	}
	for (size_t i = first; i < block->count; i++, (*count)++) {
		double item = list_item_height(block, i, w);

		if (used + item > h)
			break;
		used += item;
	}
	return used;
}

static size_t items_of(const struct block *block)
{
	return block->kind == BLOCK_TABLE ? block->table.rows
	       : block->kind == BLOCK_CHART || block->kind == BLOCK_FACTS ? 1
	                                                                  : block->count;
}

/* ---- where they stand ---- */

struct laying {
	const struct deck *deck;
	struct slides *out;
	const struct page *page;
	double y, bottom, scale, w, h; /* w and h: of a slide before it is scaled */
	int parts;
};

static struct slide *new_slide(struct laying *l)
{
	struct arena *arena = l->deck->arena;

	l->out->items = arena_grow(
	    arena, l->out->items, &l->out->cap, l->out->count + 1, sizeof *l->out->items);
	struct slide *slide = &l->out->items[l->out->count++];
	double w = l->w - 2 * MARGIN - LOGO_W;

	*slide = (struct slide){.page = l->page, .part = ++l->parts, .scale = l->scale};
	slide->title = text_wrapped(l->page->title, TITLE_SIZE, true, w);
	slide->top = 26 + slide->title + GAP / 2.0;
	if (*l->page->lead && l->parts == 1)
		slide->top +=
		    text_wrapped(l->page->lead, LEAD_SIZE, false, w) + GAP / 2.0;
	l->y = slide->top;
	l->bottom = l->h - FOOT - GAP / 2.0;
	return slide;
}

static void put(struct laying *l, struct placed item)
{
	struct slide *slide = &l->out->items[l->out->count - 1];

	slide->items = arena_grow(l->deck->arena, slide->items, &slide->cap,
	    slide->count + 1, sizeof *slide->items);
	slide->items[slide->count++] = item;
}

static bool empty_slide(const struct laying *l)
{
	return l->out->items[l->out->count - 1].count == 0;
}

/* Something that is taller than a slide is drawn as tall as there is room. */
static void put_whole(
    struct laying *l, const struct block *block, double x, double w, double h)
{
	put(l, (struct placed){block, x, l->y, w, fmin(h, l->bottom - l->y), 0, 1});
}

/* One block over the width; it goes on on further slides. */
static void lay_alone(struct laying *l, const struct block *block)
{
	double w = l->w - 2 * MARGIN;
	size_t first = 0, all = items_of(block);

	while (first < all) {
		size_t count;
		double h = fit(block, first, w, l->bottom - l->y, &count);

		if (!count && !empty_slide(l)) {
			new_slide(l);
			continue;
		}
		if (block->kind == BLOCK_CHART || block->kind == BLOCK_FACTS) {
			put_whole(l, block, MARGIN, w, h);
			count = 1;
		} else {
			count +=
			    !count; /* a row taller than a slide is cut at its foot */
			put(l, (struct placed){block, MARGIN, l->y, w, h, first, count});
		}
		l->y += h + GAP;
		first += count;
		if (first < all)
			new_slide(l);
	}
}

/* Blocks side by side: they begin at one height, and what does not fit of any goes on on
 * a further slide in the same place. */
static void lay_beside(struct laying *l, const struct block *const *blocks, size_t n)
{
	enum { MOST = 8 };
	size_t first[MOST] = {0};
	bool left = true;

	while (left) {
		double tallest = 0, x = MARGIN;
		size_t placed = 0;

		left = false;
		for (size_t i = 0; i < n; i++) {
			double w = (l->w - 2 * MARGIN - GAP * (double)(n - 1)) *
			           blocks[i]->width;
			size_t count, all = items_of(blocks[i]);
			double h = fit(blocks[i], first[i], w, l->bottom - l->y, &count);

			if (first[i] < all && !count && empty_slide(l) && !placed)
				count = 1;
			if (first[i] < all && count) {
				put(l, (struct placed){blocks[i], x, l->y, w,
				           fmin(h, l->bottom - l->y), first[i], count});
				tallest = fmax(tallest, h);
				first[i] += count;
				placed++;
			}
			left |= first[i] < all;
			x += w + GAP;
		}
		l->y += tallest + (placed ? GAP : 0);
		if (left)
			new_slide(l);
	}
}

static void lay_scaled(struct laying *l, double scale)
{
	enum { MOST = 8 };
	size_t i = 0;

	l->scale = scale;
	l->w = SLIDE_W / scale;
	l->h = SLIDE_H / scale;
	l->parts = 0;
	new_slide(l);
	while (i < l->page->count) {
		const struct block *row[MOST];
		double width = 0;
		size_t n = 0;

		while (i < l->page->count && n < MOST &&
		       width + l->page->blocks[i].width <= 1.0001) {
			width += l->page->blocks[i].width;
			row[n++] = &l->page->blocks[i++];
		}
		if (n == 1 && row[0]->width > 0.99)
			lay_alone(l, row[0]);
		else
			lay_beside(l, row, n);
	}
}

/* A page that nearly fits is made smaller rather than broken in two. */
static void lay_page(struct laying *l)
{
	static const double scales[] = {1, 0.92, 0.85, 0.78, 1};
	size_t begun = l->out->count;

	for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
		l->out->count = begun;
		lay_scaled(l, scales[i]);
		if (l->parts == 1)
			break;
	}
	for (size_t s = begun; s < l->out->count; s++)
		l->out->items[s].parts = l->parts;
}

void layout_make(struct slides *out, const struct deck *deck)
{
	struct laying l = {.deck = deck, .out = out};

	*out = (struct slides){0};
	for (size_t i = 0; i < deck->count; i++) {
		l.page = &deck->pages[i];
		lay_page(&l);
	}
}
