#ifndef HUDDLE_PANE_ROWS_H
#define HUDDLE_PANE_ROWS_H

#include "huddle/pane.h"

/* What the signs mean, for the help: a symbol, or a text where it is SYMBOLS. */
struct sign {
	enum symbol symbol;
	const char *text, *words;
};
extern const struct sign signs[];
extern const int n_signs;
/* The row under the cursor of the changes: a bucket, or a deal; NULL neither. */
const struct bridge_deal *changes_selected(const struct view *view, const struct pane_state *at,
	int *bridge, int *bucket);
const struct entry *timeline_selected(const struct view *view, const struct pane_state *at);
/* The line of the scorecard: its figure, and in *row which counted row it is, or one of
 * these: the figure itself, the sentence below it. */
enum { SCORE_FIGURE = -2, SCORE_WORDS = -1 };
enum metric score_line(const struct view *view, int line, int *row);

#endif
