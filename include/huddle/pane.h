#ifndef HUDDLE_PANE_H
#define HUDDLE_PANE_H

#include "huddle/agenda.h"
#include "huddle/filter.h"
#include "huddle/history.h"
#include "huddle/learn.h"
#include "huddle/qualified.h"
#include "huddle/record.h"
#include "huddle/scorecard.h"
#include "huddle/surface.h"
#include "huddle/themes.h"
#include "huddle/timeline.h"
#include "huddle/widget.h"

/*
 * A pane draws a part of the review from const data. It never writes to the
 * store and never sees the terminal; keys are commands of the app.
 */
enum pane_id { PANE_DEALS, PANE_TIMELINE, PANE_RISK, PANE_ACTIONS, PANE_COMMITTEE,
	PANE_CHANGES, PANE_THEMES, PANE_SCORE, /* alone on the screen: they are of all deals */
	PANE_FORM, /* a debrief or an action being written: keys are text */
	PANES };
#define PANES_KEYED 8 /* the panes behind the keys 1 to 8 */

enum deals_shown { SHOW_OPEN, SHOW_UNDEBRIEFED, SHOW_LOST, SHOW_WON, SHOW_ALL, SHOW_AGENDA,
	DEALS_SHOWN };
extern const char *const deals_shown_titles[DEALS_SHOWN]; /* "Open deals" */

/* A line of the themes. */
struct theme_row {
	enum { THEME_TITLE, THEME_TOPIC, THEME_DEAL, THEME_NOTE, THEME_WORDS } kind;
	int section, topic;        /* of the topic, and of the deal below it */
	const char *text;          /* of a title, and of words alone */
	const struct topic *now, *before; /* before: NULL, there was none */
	const struct deal *deal;
	const struct note *note;
	bool rated;                /* won against lost means something */
};

struct view { /* all that can be seen, borrowed from the app */
	day_t today;
	enum deals_shown show;
	enum deal_sort sort;
	bool has_facts, read_only;
	bool any_moved;      /* some deal of the list moved since the last review */
	bool loose;          /* no deal held the filter's words whole: letters in order */
	bool loaded;         /* what is known of the deal below is loaded */
	bool has_debrief;
	bool detail;         /* the selected entry is shown in full */
	int n_rows, n_scope; /* n_scope: before the filter */
	int amount_columns;  /* that the longest amount needs */
	int n_words, n_marks;
	const struct deal *const *rows; /* the list: filtered and sorted */
	const char *filter, *totals;    /* "" none; the amounts of what it left */
	const char *filter_problem;     /* why the filter can not be read; NULL */
	const char *words[FILTER_WORDS]; /* of the filter, to be marked in names */
	struct edit *typing;      /* the filter while it is typed; NULL */
	const char *person;       /* only entries with this person are on the axis; NULL all */
	const int64_t *marks;     /* ids of marked actions */
	const struct bridge_list *bridges; /* NULL: not known yet */
	day_t changes_since, changes_until; /* DAY_NONE: nothing to compare with */
	const char *changes_scope;          /* what the bridge is narrowed to; "" */
	int open_bridge, open_bucket;       /* whose deals are listed; -1 none */
	const struct themes *themes; /* NULL: not read yet */
	const char *themes_quarter;  /* "2026-Q3" */
	const struct theme_row *theme_rows;
	int n_theme_rows;
	const struct scorecard *card;        /* NULL: not counted yet */
	const struct score_rows *score_rows; /* of the figure open_metric; -1 none */
	int open_metric;
	const struct qualified *qualified; /* NULL: nothing is demanded, or not known yet */
	int64_t review;           /* the one that is open; 0 none */
	struct agenda agenda;     /* of it, with what was decided */
	struct decision_list decisions;
	const struct learning *learning; /* how risk is told; NULL: by points, for now */
	const struct deal *deal;  /* the selected one; NULL none */
	struct entry_list entries;
	struct axis axis;
	struct member_list members;
	struct action_list actions;
	struct change_list changes;
	struct debrief debrief;
};

/* The cursor of a pane; kept by the app, scrolled by draw. */
struct pane_state {
	struct list list;
	enum side side; /* the timeline's column */
};

struct heading {
	struct str left, right; /* of the line above a pane */
	enum role right_role;
};

struct pane_ops {
	const char *name, *tab; /* "timeline", short for narrow screens: "time" */
	int (*count)(const struct view *view); /* rows the cursor moves over */
	int (*legend)(int width, int height); /* lines above the rows; NULL none */
	void (*heading)(const struct view *view, const struct pane_state *at, struct heading *out);
	void (*draw)(const struct view *view, struct pane_state *at, struct surface *s, bool focus);
	/* The selected row, for the clipboard. */
	void (*copy)(const struct view *view, const struct pane_state *at, struct str *out);
};
extern const struct pane_ops *const pane_table[PANES_KEYED];
/* Parts without a cursor. */
void deal_header_draw(const struct view *view, struct surface *s); /* 1 or 2 lines */
void deal_summary(const struct view *view, struct str *out);       /* for the clipboard */
void empty_draw(const struct view *view, struct surface *s);       /* nothing synced yet */
void entry_draw(const struct entry *entry, const struct view *view, struct surface *s);

#endif
