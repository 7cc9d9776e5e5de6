#include "row_cells.h"

#include "huddle/money.h"
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

/* Up to each quote at once: most cells have none. */
static void add_inside(struct str *out, struct slice cell)
{
	const char *quote;

	while (cell.len && (quote = memchr(cell.p, '"', cell.len))) {
		size_t len = (size_t)(quote - cell.p) + 1;
		str_add(out, cell.p, len);
		str_addc(out, '"');
		cell = (struct slice){cell.p + len, cell.len - len};
	}
	str_add(out, cell.p, cell.len);
}

void cells_quote(struct str *out, struct slice cell)
{
	str_addc(out, '"');
	add_inside(out, cell);
	str_addc(out, '"');
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
			cells_quote(out, fields[i]);
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

/* ---- formulas ---- */

static size_t apostrophes(struct slice cell)
{
	size_t n = 0;

	while (n < cell.len && cell.p[n] == '\'')
		n++;
	return n;
}

static bool begins_formula(struct slice s)
{
	static const char *const wide[] = {
	    "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

	while (s.len && *s.p == ' ')
		s = (struct slice){s.p + 1, s.len - 1};
	if (!s.len)
		return false;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (slice_starts(s, wide[i]))
			return true;
	return *s.p && strchr("=+-@\t\r\n", *s.p);
}

static bool is_number(struct slice s)
{
	int64_t n;

	for (size_t i = 0; i < s.len; i++)
		if (!s.p[i] || !strchr("+-.,0123456789", s.p[i]))
			return false;
	return s.len && number_read(s, DECIMAL_POINT, 2, &n);
}

void cell_harmless(struct str *out, struct slice cell)
{
	size_t n = apostrophes(cell);

	str_addc(out, '"');
	if (n == cell.len ? n > 0
	                  : begins_formula((struct slice){cell.p + n, cell.len - n}) &&
	                        (n || !is_number(cell)))
		str_addc(out, '\'');
	add_inside(out, cell);
	str_addc(out, '"');
}

struct slice cell_plain(struct slice cell)
{
	size_t n = apostrophes(cell);

	if (n &&
	    (n == cell.len || begins_formula((struct slice){cell.p + n, cell.len - n})))
		return (struct slice){cell.p + 1, cell.len - 1};
	return cell;
}
