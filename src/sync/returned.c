#include "returned.h"

#include "huddle/csv_cell.h"
#include "huddle/sync.h"
#include "huddle/text.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* Rejects written for a spreadsheet, and their rows taken from there again. */

static const char *const our_columns[RETURNED_COLUMNS] = {
    "huddle_file", "huddle_line", "huddle_reason", "huddle_row"};

/* ---- writing ---- */

static bool same_table(const struct reject_file *a, const struct reject_file *b)
{
	const char *x = a->header ? a->header : "", *y = b->header ? b->header : "";

	return a->feed == b->feed && a->delimiter == b->delimiter && !strcmp(x, y);
}

static void add_cells(
    struct str *out, struct cells *cells, const char *text, char delimiter)
{
	cells_split(cells, slice_of(text), delimiter);
	for (size_t i = 0; i < cells->count; i++) {
		str_addc(out, delimiter);
		csv_harmless(out, cells->fields[i]);
	}
	str_adds(out, "\r\n");
}

static void add_header(struct str *out, struct cells *cells, const struct reject_file *of)
{
	str_adds(out, "\xef\xbb\xbf"); /* or spreadsheets take it for Windows-1252 */
	for (int i = 0; i < RETURNED_COLUMNS; i++) {
		if (i)
			str_addc(out, of->delimiter);
		csv_quote(out, slice_of(our_columns[i]));
	}
	add_cells(out, cells, of->header ? of->header : "", of->delimiter);
}

static void add_reject(struct str *out, struct cells *cells, const struct reject *reject,
    const struct reject_file *of)
{
	char number[24];
	struct str why = STR_INIT;

	csv_harmless(out, slice_of(reject->file));
	snprintf(number, sizeof number, "%lld", (long long)reject->line);
	str_addf(out, "%c\"%s\"%c", of->delimiter, number, of->delimiter);
	if (*reject->column)
		str_addf(&why, "%s \"%s\": ", reject->column, reject->value);
	str_adds(&why, reject->why);
	csv_harmless(out, (struct slice){str_text(&why), why.len});
	str_addf(out, "%c\"r%016" PRIx64 "\"", of->delimiter, reject->hash);
	add_cells(out, cells, reject->text, of->delimiter);
	str_release(&why);
}

/* The same row, rejected by another section of the file as well. */
static bool written_before(const struct reject_list *list, size_t at)
{
	for (size_t i = at; i-- > 0;) {
		if (list->items[i].line != list->items[at].line ||
		    strcmp(list->items[i].file, list->items[at].file))
			return false;
		if (list->items[i].hash == list->items[at].hash)
			return true;
	}
	return false;
}

static void write_table(struct reject_table *out, struct arena *arena,
    const struct reject_list *list, size_t first)
{
	struct str text = STR_INIT;
	struct cells cells = {0};

	*out = (struct reject_table){.file = list->items[first].file};
	add_header(&text, &cells, &list->of[first]);
	for (size_t i = first; i < list->count; i++) {
		if (!same_table(&list->of[i], &list->of[first]) ||
		    written_before(list, i))
			continue;
		add_reject(&text, &cells, &list->items[i], &list->of[i]);
		out->files += strcmp(list->items[i].file, out->file) != 0;
		out->rows++;
	}
	out->text = (struct slice){arena_dup(arena, str_text(&text), text.len), text.len};
	str_release(&text);
	cells_release(&cells);
}

size_t sync_reject_tables(
    struct reject_table **out, struct arena *arena, const struct reject_list *list)
{
	size_t n = 0;

	*out = arena_alloc(arena, (list->count + 1) * sizeof **out);
	for (size_t i = 0; i < list->count; i++) {
		bool first = !written_before(list, i);
		for (size_t j = 0; j < i && first; j++)
			first = !same_table(&list->of[i], &list->of[j]);
		if (first)
			write_table(&(*out)[n++], arena, list, i);
	}
	return n;
}

/* ---- reading ---- */

bool returned_header(const struct slice *header, size_t n_header)
{
	for (size_t i = 0; i < RETURNED_COLUMNS; i++)
		if (i >= n_header || !header_same(header[i], our_columns[i]))
			return false;
	return true;
}

struct returned *returned_new(
    struct arena *arena, const struct slice *header, size_t n_header, char delimiter)
{
	struct returned *r = xcalloc(1, sizeof *r);

	/* A spreadsheet widens a table to its widest row. */
	while (n_header > RETURNED_COLUMNS && !header[n_header - 1].len)
		n_header--;
	r->arena = arena;
	r->delimiter = delimiter;
	r->n_header = n_header - RETURNED_COLUMNS;
	r->header = arena_alloc(arena, (r->n_header + 1) * sizeof *r->header);
	for (size_t i = 0; i < r->n_header; i++) {
		struct slice name = csv_plain(header[i + RETURNED_COLUMNS]);
		r->header[i] =
		    (struct slice){arena_dup(arena, name.p, name.len), name.len};
	}
	return r;
}

void returned_release(struct returned *r)
{
	if (!r)
		return;
	str_release(&r->raw);
	str_release(&r->scratch);
	free(r);
}

static uint64_t read_hash(struct slice cell)
{
	char text[20], *end;

	if (cell.len != 17 || *cell.p != 'r')
		return 0;
	slice_copy(cell, text, sizeof text);
	uint64_t hash = strtoull(text + 1, &end, 16);
	return *end ? 0 : hash;
}

void returned_take(
    struct returned *r, const struct reader_row *row, struct returned_row *out)
{
	size_t n = 0;

	*out = (struct returned_row){.file = "", .row = {.line = row->line}};
	if (row->count >= RETURNED_COLUMNS) {
		struct slice file = csv_plain(row->fields[0]);
		out->file = arena_dup(r->arena, file.p, file.len);
		out->hash = read_hash(slice_trim(row->fields[3]));
		n = row->count - RETURNED_COLUMNS;
	}
	for (size_t i = 0; i < n; i++)
		r->fields[i] = csv_plain(row->fields[i + RETURNED_COLUMNS]);
	while (n > r->n_header && !slice_trim(r->fields[n - 1]).len)
		n--;
	str_clear(&r->raw);
	cells_join(&r->raw, r->fields, n, r->delimiter);
	out->touched = cells_hash(&r->scratch, r->fields, n) != out->hash;
	out->row.fields = r->fields;
	out->row.count = n;
	out->row.raw = (struct slice){str_text(&r->raw), r->raw.len};
}
