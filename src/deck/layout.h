#ifndef HUDDLE_DECK_LAYOUT_H
#define HUDDLE_DECK_LAYOUT_H

#include "outline.h"

/* Where blocks stand on slides of 16:9. A page that has more than fits goes on on the
 * next slide, with the heads of its tables again. */
enum { SLIDE_W = 960, SLIDE_H = 540, MARGIN = 40, FOOT = 30 };

struct placed {
	const struct block *block;
	double x, y, w, h;
	size_t first, count; /* rows of a table, texts of a list */
};

struct slide {
	const struct page *page;
	int part, parts;      /* 1 of 1 */
	double scale;         /* all of it is painted so large; lengths here are before */
	double title, top;    /* the title's height; where blocks begin */
	struct placed *items;
	size_t count, cap;
};

struct slides {
	struct slide *items;
	size_t count, cap;
};

void layout_make(struct slides *out, const struct deck *deck);

/* Sizes that layout and paint share. */
enum { TITLE_SIZE = 24, LEAD_SIZE = 13, BODY_SIZE = 12, CELL_SIZE = 10, LABEL_SIZE = 11,
	FACT_SIZE = 24, GAP = 16, PAD = 4, SIDE = 6 /* of a cell */, FACTS_ACROSS = 4, LOGO_W = 120, CAPTION_SIZE = 8 };
/* The columns' widths of a table that is w wide. */
void table_widths(const struct deck_table *table, double w, double *widths);
double table_head_height(const struct deck_table *table, const double *widths);
double table_row_height(const struct deck_table *table, size_t row, const double *widths);
double list_item_height(const struct block *block, size_t i, double w);
double fact_height(const struct fact *fact, double w);
/* Below a chart stands what it shows, for who can not see it. */
double caption_height(const struct chart *chart, double w);
double block_title_height(const struct block *block, double w);

#endif
