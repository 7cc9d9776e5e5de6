#ifndef HUDDLE_REPORT_H
#define HUDDLE_REPORT_H

#include "huddle/doing.h"
#include "huddle/store.h"

/*
 * What is printed: text for people, and JSON as the command line promises it.
 * All of it is appended to a string. Text is safe for any terminal, holds no
 * escape sequences and fits `width` columns; JSON keeps what the exports say.
 */
struct report {
	day_t today;
	day_t as_of; /* the day the exports speak of; DAY_NONE: nothing synced */
	int width;   /* columns */
	bool ascii;
};

/* A list of deals in the order to print: the first `shown` of `count`. */
struct deal_table {
	const struct deal *const *deals;
	size_t shown, count;
	const char *title; /* "Open deals by slip risk" */
};

void report_deals(struct str *out, const struct report *report, const struct deal_table *table);
void report_deals_json(
	struct str *out, const struct report *report, const struct deal_table *table);
/* Several answers to one name: so that a person can choose. */
void report_matches(struct str *out, const struct report *report, const struct deal_table *table);

/* One deal with all that is known about it; borrowed. */
struct dossier {
	const struct deal *deal;
	struct entry_list timeline; /* newest first */
	struct member_list committee;
	struct change_list changes; /* oldest first */
	struct action_list actions;
	const struct debrief *debrief; /* NULL: none */
};

void report_show(struct str *out, const struct report *report, const struct dossier *dossier);
void report_show_json(
	struct str *out, const struct report *report, const struct dossier *dossier);

/* The meeting as text: header, the list, then the deals to talk about. */
struct review {
	const struct store_info *info;
	struct deal_table open; /* by slip risk */
	const struct dossier *top;
	size_t n_top;
	bool this_month;           /* top is of the deals that close this month */
	size_t lost, debriefed;    /* closed-lost deals, and those with a debrief */
	size_t overdue_actions;
	const struct deal *const *asleep;
	size_t n_asleep;
};
void report_review(struct str *out, const struct report *report, const struct review *review);

/* The open ones that a team has on its list; deals by their id. */
void report_actions(struct str *out, const struct report *report, const struct action_list *list,
	const struct deal_list *deals);
/* To take elsewhere: tasks of a calendar, or (events) whole days for one that has no
 * tasks; and a list to paste, by owner. */
void report_actions_ics(struct str *out, const struct action_list *list,
	const struct deal_list *deals, bool events);
void report_actions_markdown(struct str *out, const struct report *report,
	const struct action_list *list, const struct deal_list *deals);
void report_actions_json(struct str *out, const struct report *report,
	const struct action_list *list, const struct deal_list *deals);

/* A debrief after it was filed, or the empty form; debrief NULL: there is none. */
void report_debrief(struct str *out, const struct report *report, const struct deal *deal,
	const struct debrief *debrief, const char *what);
void report_debrief_json(
	struct str *out, const struct deal *deal, const struct debrief *debrief);
/* Lost deals that wait for their debrief, in the order given, by owner. */
void report_missing(struct str *out, const struct report *report,
	const struct deal_table *table, size_t lost);
void report_missing_json(
	struct str *out, const struct report *report, const struct deal_table *table);
/* A list of words, one a line, or {"KEY": [...]}. */
void report_words(struct str *out, const struct report *report, bool json, const char *key,
	const char *const *words);
/* One sentence, or {"KEY": "SENTENCE"}. */
void report_note(struct str *out, const struct report *report, bool json, const char *key,
	const char *text);

/* {"error": "PLACE: WHAT; WHAT TO DO"} and the line for standard error. */
void report_error_json(struct str *out, const struct err *err);
void report_error(struct str *out, const struct err *err);

#endif
