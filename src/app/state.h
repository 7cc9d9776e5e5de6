#ifndef HUDDLE_APP_STATE_H
#define HUDDLE_APP_STATE_H

#include "huddle/app.h"
#include "huddle/command.h"
#include "huddle/menu.h"
#include "huddle/pane.h"
#include "huddle/term.h"
#include "layout.h"
#include "room.h"
#include "settings.h"
#include "scoring.h"
#include "theming.h"
#include "writing.h"

/*
 * The one state value of the review, passed explicitly. Who owns what: the
 * deals live in deals_arena until the next load; what is known of the selected
 * deal lives in detail_arena until the selection rests on another.
 */

/* A key as bound, shipped or from the settings. */
struct binding {
	struct key key;
	unsigned panes;
	const struct command *command;
};

/* The numbers of the top line; kept while the list shows other deals. */
struct numbers {
	bool open_known, debriefs_known;
	int open, lost, debriefed;
	struct str totals; /* "$6.2M + EUR 400k" */
	struct str qualified, number, doubt; /* by the definition; "" not told */
};

/* A hint in the footer or a tab, for the mouse. */
struct spot {
	int x, y, width;
	const struct command *command;
};
#define SPOTS 32

enum dirty {
	DIRTY_DETAIL = 1u << 0,  /* detail_load() */
	DIRTY_NUMBERS = 1u << 1, /* numbers_load() */
	DIRTY_SCREEN = 1u << 2,  /* paint() */
};

struct app {
	const struct app_options *options;
	struct settings settings;
	struct theme theme;
	struct store *store;
	struct store_info info;
	struct numbers numbers;
	struct room room;
	struct theming theming;
	struct scoring scoring;
	struct rater rater; /* how risk is told */
	struct learning learning;
	struct arena learning_arena;
	int64_t learned_of;      /* the sync whose facts it was learned of; 0: none */
	struct learner *learner; /* NULL: nothing is being learned */
	bool learning_failed;    /* not to be tried at every key */

	struct moved_deal *moves; /* since the last review, by key (changes.c) */
	size_t n_moves;
	int64_t moves_of;        /* the sync whose facts they are of */
	struct arena pairs_arena, bridge_arena;
	struct deal_pair *pairs; /* deals then and now; NULL: not read yet */
	size_t n_pairs;
	day_t changes_since;
	struct bridge_list bridges;
	struct str changes_scope;

	struct arena deals_arena;
	struct deal_list deals;
	struct deal **order;      /* all that are shown, sorted */
	struct filter_text *texts; /* by index in deals; NULL until first filtered */
	const struct deal **rows; /* what the filter left */
	struct filter filter;
	struct str shown_totals;  /* of the rows a filter left */
	struct edit typing;
	char *before_typing;      /* the filter to go back to on Esc */
	char *selected_id;        /* the cursor is a deal, never a row number */

	struct arena detail_arena;
	char *detail_id;
	char *person;
	int64_t marks[64];

	struct view view;
	struct pane_state at[PANES];
	enum pane_id focus, tab; /* tab: in front where panes share a place */
	bool zoomed, mouse;
	struct writing writing;
	struct menu menu;
	struct arena menu_arena;
	void (*menu_chosen)(struct app *app, int id);
	void (*yes)(struct app *app); /* a question is asked; y runs this */

	struct binding *bindings;
	size_t n_bindings;
	struct str message;
	enum role message_role;
	unsigned dirty;
	struct surface surface;
	struct layout layout;
	struct spot spots[SPOTS];
	int n_spots;
	struct slice script;
	bool ascii, quit, away; /* away: the server is */
	bool startled; /* others moved what the next key was meant for, just now */
	int status;
	struct store_follow *follow; /* server.c; NULL: the store is a file */
	int watch; /* readable when others wrote; -1: look now and then */
};

#endif
