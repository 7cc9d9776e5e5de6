#ifndef HUDDLE_CSV_CELL_H
#define HUDDLE_CSV_CELL_H

#include "huddle/str.h"

/*
 * A spreadsheet runs a cell that begins with = + - @ (or these in full width, or a tab or
 * line end) as a formula. Such a text gets an apostrophe in front, and one more where it
 * begins with some already; a plain number does not. Appended in quotes.
 */
void csv_add_text(struct str *out, struct slice cell);

#endif
