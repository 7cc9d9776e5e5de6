#ifndef HUDDLE_DECK_XLSX_H
#define HUDDLE_DECK_XLSX_H

#include "outline.h"
#include <xlsxwriter.h>

/* What the two files that make a workbook share. */
enum { SHEET_COLUMNS = 64 };

struct book {
	lxw_workbook *file;
	const struct deck *deck;
	lxw_format *title, *quiet, *bold, *wrap, *day, *share, *count, *number;
	lxw_format *money[4];  /* by minor digits */
	lxw_worksheet *values; /* of charts */
	lxw_row_t values_row;
};

/* A sheet while it grows down. */
struct sheet {
	lxw_worksheet *at;
	lxw_row_t row;
	bool frozen;
	double widths[SHEET_COLUMNS];
};

/* Never a formula, whatever it begins with. */
void xlsx_text(struct book *b, lxw_worksheet *at, lxw_row_t row, lxw_col_t col, const char *text,
	lxw_format *format);
/* Below what the sheet has; its values go to the sheet of values. */
void xlsx_chart(struct book *b, struct sheet *s, const struct block *block);

#endif
