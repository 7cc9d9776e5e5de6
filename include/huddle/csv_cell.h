#ifndef HUDDLE_CSV_CELL_H
#define HUDDLE_CSV_CELL_H

#include "huddle/str.h"

void csv_quote(struct str *out, struct slice cell); /* in quotes, always */

/*
 * A spreadsheet runs a cell that begins with = + - @ (or these in full width,
 * or a tab or line end) as a formula. Such a cell gets an apostrophe in front;
 * a plain number does not. csv_plain() takes exactly that one off again. One of
 * nothing but apostrophes gets one more, so that a single one can stand for text
 * of no letters where a blank cell is none at all.
 */
void csv_harmless(struct str *out, struct slice cell); /* and in quotes */
struct slice csv_plain(struct slice cell);

#endif
