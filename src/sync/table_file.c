#include "table_file.h"

#include "huddle/csv_cell.h"
#include "huddle/text.h"
#include "mapping.h"
#include "row_cells.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

void table_add_header(
    struct str *out, const char *marker, const struct record_table *table)
{
	str_adds(out, "\xef\xbb\xbf"); /* or spreadsheets take it for Windows-1252 */
	csv_quote(out, slice_of(marker));
	for (size_t i = 0; i < table->count; i++) {
		str_addc(out, ',');
		csv_quote(out, slice_of(table->columns[i].name));
	}
	str_adds(out, "\r\n");
}

void table_add_row(
    struct str *out, const struct record_table *table, const struct slice *values)
{
	csv_quote(out, slice_of(table->name));
	for (size_t i = 0; i < table->count; i++) {
		const struct record_column *c = &table->columns[i];
		str_addc(out, ',');
		if (!values[i].p)
			continue;
		if (c->integer)
			str_add(out, values[i].p, values[i].len);
		else if (!values[i].len && c->optional)
			str_addc(out, '\'');
		else if (values[i].len)
			csv_harmless(out, values[i]);
	}
	str_adds(out, "\r\n");
}

/* ---- reading ---- */

/* The first line that is no UTF-8, for the message. */
static int64_t bad_line(const char *path)
{
	FILE *file = fopen(path, "rb");
	char *text = NULL;
	size_t cap = 0;
	int64_t line = 0;
	ssize_t len;

	while (file && (len = getline(&text, &cap, file)) >= 0) {
		line++;
		if (!utf8_valid((struct slice){text, (size_t)len}))
			break;
	}
	free(text);
	if (file)
		fclose(file);
	return line;
}

static bool is_text(struct table_file *f, struct err *err)
{
	char place[400];

	if (strcmp(reader_encoding(f->reader), "Windows-1252") != 0 &&
	    !reader_unassigned(f->reader))
		return true;
	snprintf(
	    place, sizeof place, "%.300s:%lld", f->name, (long long)bad_line(f->path));
	return err_set(err, place,
	    "is no UTF-8 text; nothing was imported: save it as CSV in UTF-8, or export "
	    "again");
}

static bool place_column(struct table_file *f, const struct slice *header,
    const char *name, int *column, struct err *err)
{
	*column = -1;
	for (size_t i = 0; i < f->n_header; i++) {
		if (!header_same(header[i], name))
			continue;
		if (*column >= 0)
			return err_set(err, f->name,
			    "has the column %s twice; nothing was imported: remove one",
			    name);
		*column = (int)i;
	}
	return *column >= 0 ||
	       err_set(err, f->name,
	           "has no column %s; nothing was imported: export again, or put the "
	           "column back",
	           name);
}

/* A column that nobody here knows would be lost. */
static bool all_known(struct table_file *f, const struct slice *header, struct err *err)
{
	for (size_t i = 0; i < f->n_header; i++) {
		bool known = (int)i == f->marker || !header[i].len;
		for (size_t j = 0; j < f->table->count && !known; j++)
			known = (int)i == f->column[j];
		if (!known)
			return err_set(err, f->name,
			    "has a column \"%.*s\", which %s has not; nothing was "
			    "imported: "
			    "remove it, or import with the huddle that wrote it",
			    (int)(header[i].len < 60 ? header[i].len : 60), header[i].p,
			    f->table->name);
	}
	return true;
}

bool table_open(struct table_file *out, const char *path, const char *name,
    const char *marker, const struct record_table *table, struct err *err)
{
	*out = (struct table_file){.path = path, .name = name, .table = table};
	if (table->count > TABLE_COLUMNS)
		BUG("table %s has %zu columns", table->name, table->count);
	if (!reader_open(&out->reader, path, err))
		return false;
	reader_allow_long(out->reader);
	const struct slice *header = reader_header(out->reader, &out->n_header);
	bool fine = (out->n_header || err_set(err, name,
	                                  "has nothing in it, not even a header; nothing "
	                                  "was imported: export again")) &&
	            is_text(out, err) &&
	            place_column(out, header, marker, &out->marker, err);
	for (size_t i = 0; fine && i < table->count; i++)
		fine = place_column(
		    out, header, table->columns[i].name, &out->column[i], err);
	fine = fine && all_known(out, header, err);
	if (!fine)
		table_close(out);
	return fine;
}

static bool take_row(struct table_file *f, const struct reader_row *row, struct err *err)
{
	snprintf(f->place, sizeof f->place, "%.300s:%lld", f->name, (long long)row->line);
	if (row->count != f->n_header)
		return err_set(err, f->place,
		    "has %zu fields where the header has %zu; nothing was imported: was "
		    "the "
		    "file cut? Export again",
		    row->count, f->n_header);
	struct slice of = csv_plain(row->fields[f->marker]);
	if (!slice_is(of, f->table->name))
		return err_set(err, f->place,
		    "is a row of \"%.*s\" in a file of %s; nothing was imported: put it "
		    "into its own file",
		    (int)(of.len < 60 ? of.len : 60), of.p, f->table->name);
	for (size_t i = 0; i < f->table->count; i++) {
		struct slice cell = row->fields[f->column[i]];
		f->values[i] = csv_plain(cell);
		if (!cell.len && f->table->columns[i].optional)
			f->values[i] = (struct slice){NULL, 0};
	}
	return true;
}

enum reader_result table_next(struct table_file *f, struct err *err)
{
	struct reader_row row;
	enum reader_result result = reader_next(f->reader, &row, err);

	if (result == READER_ROW && !take_row(f, &row, err))
		return READER_ERROR;
	return result == READER_END && !is_text(f, err) ? READER_ERROR : result;
}

void table_close(struct table_file *f)
{
	reader_close(f->reader);
	f->reader = NULL;
}
