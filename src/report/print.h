#ifndef HUDDLE_REPORT_PRINT_H
#define HUDDLE_REPORT_PRINT_H

#include "huddle/report.h"

/* The two ways any text leaves this room: as lines and as tables. Both make it
 * safe first, so that no caller can forget to. */

/* One line of text, wrapped at report->width; lines after the first start
 * `hang` columns further in than `indent`. */
void put_line(struct str *out, const struct report *report, int indent, int hang,
    const char *format, ...) __attribute__((format(printf, 5, 6)));
void put_blank(struct str *out);
/* The same at `indent` with nothing wrapped: cut with … at the width. */
void put_cut(struct str *out, const struct report *report, int indent, const char *format,
    ...) __attribute__((format(printf, 4, 5)));
/* A text as safe as `report` wants it: display_safe(), then ASCII if asked. */
void add_safe(struct str *out, const struct report *report, const char *text);

/* Markdown's own signs with a backslash, and a line end as a blank: the text can not
 * become a list, a link or HTML. In buf. */
const char *markdown(struct str *buf, const struct report *report, const char *text);

/*
 * A table whose columns are as wide as what is in them. A column with `most`
 * is cut there with …, and further when the table would not fit.
 */
struct column {
	const char *title;
	bool right; /* numbers */
	int most;   /* columns at most; 0: never cut */
	int least;  /* and at least, where a table is cut to fit; 0: NARROWEST */
};

enum { TABLE_COLUMNS = 12, NARROWEST = 8 };

struct table {
	const struct report *report;
	const struct column *columns;
	int n_columns;
	struct str text; /* the cells, each with a NUL */
	size_t n_cells;
	int widths[TABLE_COLUMNS];
};

struct table table_of(const struct report *report, const struct column *columns, int n);
void table_cell(struct table *table, const char *text); /* in reading order */
void table_cellf(struct table *table, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Print with the titles above (NULL in all: no line of titles) and let go. */
void table_print(struct table *table, struct str *out, int indent);

#endif
