#ifndef HUDDLE_APP_LAYOUT_H
#define HUDDLE_APP_LAYOUT_H

#include "huddle/pane.h"

/*
 * Where things are on a screen of a given size. Wide: the list beside the
 * deal. Stacked: one above the other. Narrow: one pane and tabs. Tiny: a
 * sentence. Pure arithmetic, no size is too small.
 */
struct rect {
	int x, y, width, height; /* an empty one is not shown */
};

enum layout_kind { LAYOUT_TINY, LAYOUT_NARROW, LAYOUT_STACKED, LAYOUT_WIDE };

struct layout {
	enum layout_kind kind;
	struct rect top, bottom; /* one line each */
	struct rect deal;        /* the deal's own line or two */
	struct rect tabs;        /* of panes that share a place */
	struct rect pane[PANES]; /* the first line is the title */
	struct rect detail;      /* of a timeline entry */
	struct rect body;        /* everything but top and bottom */
	int list_edge;           /* column of the line right of the list; -1 */
};

/* What the layout depends on besides the size. */
struct layout_wish {
	enum pane_id focus, tab; /* tab: which pane is in front where panes share a place */
	bool zoomed, detail, first_run;
	bool writing, debrief;   /* a form is open; it is the debrief */
	bool presenting;         /* the deal alone, without the list */
	int list_columns;        /* 0: by the width */
	int deals;               /* rows the list could fill */
	int actions;             /* rows the actions would like */
};

void layout_set(struct layout *out, int width, int height, const struct layout_wish *wish);
/* Where the rows of a pane are: below its title, which a pane behind a tab lacks. */
struct rect layout_rows(const struct layout *l, enum pane_id pane);
bool rect_has(struct rect r, int x, int y);

#endif
