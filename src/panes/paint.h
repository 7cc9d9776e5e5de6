#ifndef HUDDLE_PANES_PAINT_H
#define HUDDLE_PANES_PAINT_H

#include "huddle/pane.h"
#include "huddle/pane_rows.h"

/* What several panes draw alike. */

extern const struct pane_ops deals_pane, timeline_pane, risk_pane, actions_pane,
    committee_pane, changes_pane, themes_pane, scorecard_pane;

enum role risk_role(enum risk_level level);
enum symbol risk_symbol(enum risk_level level);

/* One row of a list: its own surface, blanked; the cursor is parked on the
 * selected row of the focused pane and the row is flagged. */
struct surface row_begin(struct surface *s, int y, bool selected, bool focus);
void row_end(struct surface *s, int y, bool selected, bool focus);
/* The role to draw with: the selected row of an idle pane has one look. */
enum role row_role(enum role role, bool selected, bool focus);

/* Text with what the filter matched marked in it. */
void draw_matched(struct surface *s, int x, int y, int columns, enum role role,
	const char *text, const struct view *view);

/* "28 Nov", "Jan '27" in another year: at most 7 columns. */
const char *day_brief(day_t day, day_t today, char buf[DAY_TEXT]);
/* "today", "in 3 days", "18 days ago" */
const char *day_words(day_t day, day_t today, char buf[32]);
/* "one day", "18 days": the count with its noun. */
const char *count_words(int count, const char *one, const char *many, char buf[48]);
void clear_heading(struct heading *out);

/* signs.c: the line above the timeline; two sides of a width, one at `right`. */
void legend_draw(struct surface *s, int width, int right);

#endif
