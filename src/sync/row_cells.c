#include "row_cells.h"

#include "huddle/csv_cell.h"
#include <csv.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

static void on_field(void *text, size_t len, void *arg)
{
	struct cells *c = arg;

	if (c->count == c->cap) {
		c->cap = c->cap ? c->cap * 2 : 64;
		c->ends = xrealloc(c->ends, c->cap * sizeof *c->ends);
	}
	str_add(&c->text, text, len);
	c->ends[c->count++] = c->text.len;
}

static void on_row(int end, void *arg)
{
	(void)end;
	(void)arg;
}

bool cells_split(struct cells *c, struct slice raw, char delimiter)
{
	struct csv_parser csv;
	size_t start = 0;

	str_clear(&c->text);
	c->count = 0;
	csv_init(&csv, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&csv, (unsigned char)delimiter);
	bool fine = csv_parse(&csv, raw.p, raw.len, on_field, on_row, c) == raw.len &&
	            csv_parse(&csv, "\n", 1, on_field, on_row, c) == 1;
	csv_free(&csv);
	c->fields = xrealloc(c->fields, (c->count + 1) * sizeof *c->fields);
	for (size_t i = 0; i < c->count; start = c->ends[i++])
		c->fields[i] =
		    (struct slice){str_text(&c->text) + start, c->ends[i] - start};
	return fine;
}

void cells_release(struct cells *c)
{
	str_release(&c->text);
	free(c->ends);
	free(c->fields);
	*c = (struct cells){0};
}

/* Blanks at its ends are cut off a cell that is not quoted. */
static bool needs_quotes(struct slice cell, char delimiter)
{
	if (!cell.len)
		return false;
	char first = cell.p[0], last = cell.p[cell.len - 1];
	return first == ' ' || first == '\t' || last == ' ' || last == '\t' ||
	       memchr(cell.p, delimiter, cell.len) || memchr(cell.p, '"', cell.len) ||
	       memchr(cell.p, '\n', cell.len) || memchr(cell.p, '\r', cell.len);
}

void cells_join(struct str *out, const struct slice *fields, size_t count, char delimiter)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			str_addc(out, delimiter);
		/* A lone empty cell would be a blank line, which is no row. */
		if (needs_quotes(fields[i], delimiter) || (count == 1 && !fields[i].len))
			csv_quote(out, fields[i]);
		else
			str_add(out, fields[i].p, fields[i].len);
	}
}

uint64_t cells_hash(struct str *scratch, const struct slice *fields, size_t count)
{
	str_clear(scratch);
	for (size_t i = 0; i < count; i++) {
		str_add(scratch, fields[i].p, fields[i].len);
		str_addc(scratch, '\0'); /* no cell holds one */
	}
	return XXH3_64bits(str_text(scratch), scratch->len);
}
