#include "outline.h"

#include "huddle/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Pages and blocks as they grow. */

const char *deck_text(struct deck *deck, const char *text)
{
	struct str safe = STR_INIT;
	const char *copy;

	display_safe(&safe, slice_of(text ? text : ""));
	copy = arena_strdup(deck->arena, str_text(&safe));
	str_release(&safe);
	return copy;
}

static const char *formatted(struct deck *deck, const char *format, va_list args)
{
	struct str text = STR_INIT;
	const char *safe;

	str_addv(&text, format, args);
	safe = deck_text(deck, str_text(&text));
	str_release(&text);
	return safe;
}

const char *deck_textf(struct deck *deck, const char *format, ...)
{
	va_list args;
	const char *text;

	va_start(args, format);
	text = formatted(deck, format, args);
	va_end(args);
	return text;
}

struct page *deck_add_page(struct deck *deck, const char *key, const char *title)
{
	deck->pages = arena_grow(
	    deck->arena, deck->pages, &deck->cap, deck->count + 1, sizeof *deck->pages);
	struct page *page = &deck->pages[deck->count++];

	*page = (struct page){.key = key,
	    .name = key,
	    .title = deck_text(deck, title),
	    .lead = "",
	    .source = ""};
	return page;
}

struct block *page_add(struct deck *deck, struct page *page, enum block_kind kind,
    double width, const char *title)
{
	page->blocks = arena_grow(
	    deck->arena, page->blocks, &page->cap, page->count + 1, sizeof *page->blocks);
	struct block *block = &page->blocks[page->count++];

	*block = (struct block){
	    .kind = kind, .width = width, .title = title ? deck_text(deck, title) : NULL};
	return block;
}

void block_say(struct deck *deck, struct block *block, const char *format, ...)
{
	va_list args;

	block->texts = arena_grow(deck->arena, block->texts, &block->cap,
	    block->count + 1, sizeof *block->texts);
	va_start(args, format);
	block->texts[block->count++] = formatted(deck, format, args);
	va_end(args);
}

struct fact *block_fact(struct deck *deck, struct block *block, const char *label,
    struct cell value, const char *note)
{
	block->facts = arena_grow(deck->arena, block->facts, &block->cap,
	    block->count + 1, sizeof *block->facts);
	struct fact *fact = &block->facts[block->count++];

	*fact = (struct fact){deck_text(deck, label), value, deck_text(deck, note)};
	return fact;
}

struct block *page_table(struct deck *deck, struct page *page, double width,
    const char *title, const struct deck_column *columns, int n)
{
	struct block *block = page_add(deck, page, BLOCK_TABLE, width, title);

	block->table.columns = columns;
	block->table.n_columns = n;
	return block;
}

void table_put(struct deck *deck, struct block *block, struct cell cell)
{
	struct deck_table *t = &block->table;

	t->cells =
	    arena_grow(deck->arena, t->cells, &t->cap, t->count + 1, sizeof *t->cells);
	t->cells[t->count++] = cell;
	t->rows = t->count / (size_t)t->n_columns;
}

const struct cell *table_at(const struct deck_table *table, size_t row, int column)
{
	return &table->cells[row * (size_t)table->n_columns + (size_t)column];
}

void page_gap(struct deck *deck, struct page *page, const char *what, const char *todo)
{
	struct block *block = page_add(deck, page, BLOCK_TEXT, 1, NULL);

	block_say(deck, block, "%s", what);
	if (todo && *todo)
		block_say(deck, block, "%s", todo);
}
