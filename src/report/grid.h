#ifndef HUDDLE_REPORT_GRID_H
#define HUDDLE_REPORT_GRID_H

#include "huddle/report_table.h"

/*
 * Rows to take along: as CSV one table, whose numbers are those of the JSON, or in
 * Markdown a table under each heading, whose amounts are as people read them. Cells are
 * put one after the other.
 */
struct grid_column {
	const char *name; /* of CSV, as in the JSON */
	const char *title; /* of Markdown; NULL: not there */
	bool right;
};

struct grid {
	struct str *out;
	const struct report *report;
	enum table_form form;
	const struct grid_column *columns;
	int n, at;
};

/* The head of a document in Markdown, and of the table in CSV. */
void grid_begin(struct grid *g, struct str *out, const struct report *report,
	enum table_form form, const char *title, const struct grid_column *columns, int n);
/* In Markdown another heading and the table's head; in CSV nothing. */
void grid_section(struct grid *g, const char *title);
void grid_text(struct grid *g, const char *text);
void grid_count(struct grid *g, int64_t count);
void grid_share(struct grid *g, double fraction); /* not finite: empty */
void grid_real(struct grid *g, double value, const char *shown);
void grid_money(struct grid *g, money_t amount, struct currency currency);
void grid_day(struct grid *g, day_t day);

#endif
