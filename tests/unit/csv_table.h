#ifndef CSV_TABLE_H
#define CSV_TABLE_H

#include "../../src/sync/reader.h"
#include "huddle/arena.h"
#include <criterion/criterion.h>
#include <string.h>

/*
 * A CSV file as texts by header, for tests that work out for themselves what a
 * sync should make of it.
 */
struct table {
	const char **header, **cells; /* row by row */
	size_t width, count;
};

static inline const char *table_dup(struct arena *arena, struct slice s)
{
	s = slice_trim(s);
	return arena_dup(arena, s.p ? s.p : "", s.len);
}

static inline struct table table_read(struct arena *arena, const char *path)
{
	struct table out = {0};
	struct reader *reader;
	struct reader_row row;
	struct err err = ERR_INIT;
	size_t cap = 0;
	cr_assert(reader_open(&reader, path, &err), "%s: %s", err.place, err.text);
	const struct slice *header = reader_header(reader, &out.width);
	out.header = arena_alloc(arena, out.width * sizeof *out.header);
	for (size_t i = 0; i < out.width; i++)
		out.header[i] = table_dup(arena, header[i]);
	while (reader_next(reader, &row, &err) == READER_ROW) {
		if ((out.count + 1) * out.width > cap)
			out.cells = arena_grow(arena, out.cells, &cap,
			    (out.count + 1) * out.width * 2, sizeof *out.cells);
		for (size_t i = 0; i < out.width; i++)
			out.cells[out.count * out.width + i] =
			    table_dup(arena, row.fields[i]);
		out.count++;
	}
	cr_assert(!*err.text, "%s: %s", err.place, err.text);
	reader_close(reader);
	return out;
}

static inline size_t table_column(const struct table *t, const char *header)
{
	for (size_t i = 0; i < t->width; i++)
		if (!strcmp(t->header[i], header))
			return i;
	cr_assert(false, "no column %s", header);
	return 0;
}

static inline const char *table_cell(
    const struct table *t, size_t row, const char *header)
{
	return t->cells[row * t->width + table_column(t, header)];
}

/* The row that has `value` in the column, or -1; "" is nobody's. */
static inline long table_find(
    const struct table *t, const char *header, const char *value)
{
	size_t column = table_column(t, header);
	for (size_t i = 0; *value && i < t->count; i++)
		if (!strcasecmp(t->cells[i * t->width + column], value))
			return (long)i;
	return -1;
}

#endif
