#ifndef HUDDLE_DECK_H
#define HUDDLE_DECK_H

#include "huddle/attribution_sums.h"
#include "huddle/bridge.h"
#include "huddle/forecasts.h"
#include "huddle/learn.h"
#include "huddle/provenance.h"
#include "huddle/report.h"
#include "huddle/scorecard.h"
#include "huddle/store_define.h"
#include "huddle/themes.h"

/*
 * The review deck: what RevOps takes to the meeting and to the board. One outline is made
 * of what the commands count, and several writers make a file of it, so that every number
 * in a document is the one that --json prints.
 */

/* A deal with what both teams did, and why it is in the deck; borrowed. */
struct deck_deal {
	const char *why;
	struct dossier dossier;
	struct doing doing[2]; /* by enum side */
};

/* Borrowed. A NULL says that it could not be had; `gap` then says why, in a sentence. */
struct deck_input {
	day_t today;
	const struct store_info *info;
	const char *person;              /* who makes the deck */
	const char *owner, *quarter;     /* what it is narrowed to; NULL: all; the running one */
	struct deal *const *open;        /* by slip risk, those asleep last */
	size_t n_open, n_awake;
	const struct deck_deal *top, *agenda;
	size_t n_top, n_agenda;
	bool this_month;                 /* top closes in this month */
	const char *agenda_name;         /* "review 12 of 2026-11-23", or how it was picked */
	const struct judgement *judgement;
	const struct bridge_list *bridges;
	day_t since, until;              /* of the bridges; since DAY_NONE: one sync only */
	const char *since_why;
	const struct forecasts *forecasts;
	int band, fiscal_start;
	money_t quota;                   /* of the forecasts' newest quarter */
	const struct scorecard *card;
	const struct handoff *handoff;
	const struct attribution *attribution;
	const struct themes *themes, *themes_before;
	const struct action_list *actions; /* open ones */
	const struct deal_list *all;       /* to name the deals of actions */
	const struct source_list *sources;
	const struct learning *learning;
};

/* What is wanted of it. */
struct deck_order {
	const char *path;               /* its ending names the form; NULL: the outline as text */
	const char *const *pages;       /* keys in their order, ended by NULL; NULL: all */
	const char *logo;               /* a PNG; NULL: none */
	const struct deck_colour *colours;
	size_t n_colours;
	bool replace;
};

/* "sales" "0067a5": a role of drawings in another colour. */
struct deck_colour {
	const char *role, *value;
};

/* A page of the outline that a company can name. */
struct deck_page_info {
	const char *key, *what;
	bool whole; /* it tells of all owners, whatever the deck is narrowed to */
};
extern const struct deck_page_info deck_page_infos[]; /* ended by a NULL key */

/* Who makes decks: deck_main.c hands it to the command line, as huddle alone does not
 * load the libraries that drawing needs. */
struct deck_maker {
	/* What can be wrong before anything is counted: the ending, a page, a colour, a file
	 * that is there already. */
	bool (*check)(const struct deck_order *order, struct err *err);
	/* Writes the file whole or not at all; what is to be said of it is added to out. */
	bool (*write)(const struct deck_input *in, const struct deck_order *order,
		struct str *out, struct err *err);
};
extern const struct deck_maker deck_maker;

#endif
