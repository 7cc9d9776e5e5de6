#include "rows_inside.h"
#include <inttypes.h>
#include <stdio.h>

bool fault(struct rows *r, struct err *err)
{
	r->failed = true;
	r->error = *err;
	return false;
}

static const char *place(const struct rows *r, int64_t line, char *buf, size_t size)
{
	snprintf(buf, size, "%s:%" PRId64, r->name, line);
	return buf;
}

/* Line and character, from 1, of an offset of text at or after the row. */
static void locate(const struct rows *r, size_t at, int64_t *line, int64_t *character)
{
	*line = r->line;
	*character = 1;
	for (size_t i = r->row; i < at; i++) {
		char c = r->text.p[i];
		if (c == '\n' ||
		    (c == '\r' && (i + 1 >= r->text.len || r->text.p[i + 1] != '\n'))) {
			++*line;
			*character = 1;
		} else if (c != '\r') {
			*character += (c & 0xc0) != 0x80;
		}
	}
}

/* "column 3 (Amount)" for the field the parser is in. */
static const char *column(const struct rows *r, char *buf, size_t size)
{
	char name[64] = "";
	if (r->count < r->width)
		slice_copy(r->header[r->count], name, sizeof name);
	snprintf(
	    buf, size, name[0] ? "column %zu (%s)" : "column %zu", r->count + 1, name);
	return buf;
}

bool fault_unterminated(struct rows *r, struct err *err)
{
	char where[600], col[96];
	err_set(err, place(r, r->line, where, sizeof where),
	    "the row that begins here opens a quote in %s that is never closed; "
	    "close the quote, or export the file again",
	    column(r, col, sizeof col));
	return fault(r, err);
}

bool fault_syntax(struct rows *r, size_t at, struct err *err)
{
	char where[600], col[96], began[64] = "";
	int64_t line, character;
	locate(r, at, &line, &character);
	if (line != r->line)
		snprintf(began, sizeof began, " of the row that begins in line %" PRId64,
		    r->line);
	err_set(err, place(r, line, where, sizeof where),
	    "%s at character %" PRId64
	    ", in %s%s; write a quote inside a field twice and "
	    "the field in quotes, or export the file again",
	    r->csv.quoted ? "text follows a closing quote"
	                  : "a quote stands inside a field that does not begin with one",
	    character, column(r, col, sizeof col), began);
	return fault(r, err);
}

bool fault_field_too_long(struct rows *r, bool open, struct err *err)
{
	char where[600], col[96];
	err_set(err, place(r, r->line, where, sizeof where),
	    "%s of the row that begins here is longer than %zu MiB; %s",
	    column(r, col, sizeof col), r->longest >> 20,
	    open ? "look for a quote that is never closed, or shorten the field"
	         : "shorten the field, or export the file without that column");
	return fault(r, err);
}

bool fault_too_many(struct rows *r, struct err *err)
{
	char where[600];
	err_set(err, place(r, r->line, where, sizeof where),
	    "more than %d columns; export fewer columns", COLUMNS_MAX);
	return fault(r, err);
}

bool fault_row_too_long(struct rows *r, struct err *err)
{
	char where[600];
	err_set(err, place(r, r->line, where, sizeof where),
	    "the row that begins here is longer than 64 MiB; export fewer columns");
	return fault(r, err);
}

bool fault_bytes(struct rows *r, struct err *err)
{
	char where[600];
	int64_t line, character;
	locate(r, r->text.len, &line, &character);
	err_set(err, place(r, line, where, sizeof where),
	    r->stop == AT_NUL ? "a NUL byte at character %" PRId64
	                        "; the file is damaged or no CSV: export it again"
	                      : "undecodable UTF-16 at character %" PRId64
	                        "; export the file again, best as UTF-8",
	    character);
	return fault(r, err);
}
