#ifndef HUDDLE_STORE_MEETING_H
#define HUDDLE_STORE_MEETING_H

#include "huddle/agenda.h"
#include "huddle/store.h"
#include "huddle/themes.h"

/*
 * The records of the meeting. Every write is one transaction with its lines in the
 * change log, and one step for undo; writes fail with nothing changed. *conflict:
 * somebody wrote it meanwhile.
 */

/* A new review with its agenda; meeting->id is filled in. Refused while one is open. */
bool store_start_review(struct store *store, struct meeting *meeting,
	const struct agenda *agenda, struct err *err);
bool store_end_review(struct store *store, struct meeting *meeting, const char *people,
	bool *conflict, struct err *err);
/* id 0: the one that is open, else the newest. *found false: there is none. */
bool store_load_review(struct store *store, struct arena *arena, int64_t id,
	struct meeting *out, bool *found, struct err *err);

bool store_load_agenda(struct store *store, struct arena *arena, int64_t review,
	struct agenda *out, struct err *err);
/* Put a deal on the agenda or to another place of it; place counts from 1, 0 is the
 * end. drop: take it off. */
bool store_put_agenda(struct store *store, int64_t review, const char *deal_id, int place,
	bool drop, struct err *err);

bool store_save_decision(struct store *store, struct decision *decision, bool *conflict,
	struct err *err);
/* review 0: of all; deal_id NULL: of all. */
bool store_load_decisions(struct store *store, struct arena *arena, int64_t review,
	const char *deal_id, struct decision_list *out, struct err *err);

/* Seconds spent on a deal of a review so far; no record, and not logged. */
struct clock_item {
	const char *deal_id;
	int64_t seconds;
};
struct clock_list {
	struct clock_item *items; /* the one last looked at first */
	size_t count;
};
/* The room left one deal, for which so many seconds are counted by now, and is at
 * another; either may be NULL. */
bool store_save_clock(struct store *store, int64_t review, const char *left,
	int64_t seconds, const char *at, struct err *err);
bool store_load_clock(struct store *store, struct arena *arena, int64_t review,
	struct clock_list *out, struct err *err);

bool store_save_pin(struct store *store, const char *deal_id, bool pinned, struct err *err);
bool store_load_pins(struct store *store, struct arena *arena, const char ***out,
	size_t *count, struct err *err);

/* Filters under a name. */
struct slice_item {
	const char *name, *filter, *by;
};
bool store_save_slice(struct store *store, const char *name, const char *filter,
	struct err *err); /* filter NULL: drop it */
bool store_load_slices(struct store *store, struct arena *arena, struct slice_item **out,
	size_t *count, struct err *err);

/* Lists that RevOps edits: "reasons", "messages", "competitors". Ended by NULL; NULL: never edited. */
bool store_save_words(struct store *store, const char *name, const char *words,
	struct err *err); /* words NULL: back to ours */
bool store_load_word_list(struct store *store, struct arena *arena, const char *name,
	const char *const **out, struct err *err);
/* The reasons in force. */
bool store_debrief_rules(struct store *store, struct arena *arena,
	struct debrief_rules *out, struct err *err);

bool store_save_note(struct store *store, struct note *note, bool *conflict, struct err *err);
bool store_load_notes(struct store *store, struct arena *arena, const char *deal_id,
	struct note_list *out, struct err *err); /* deal_id NULL: all */

/* All debriefs, and the campaigns that touched deals closed in the period. */
bool store_load_debriefs(struct store *store, struct arena *arena,
	struct debrief_list *out, struct err *err);
bool store_load_campaign_touches(struct store *store, struct arena *arena,
	struct period period, struct campaign_touch **out, size_t *count, struct err *err);

/* Several actions, all or none of them. */
bool store_save_actions(struct store *store, struct action *actions, size_t count,
	bool *conflict, struct err *err);

#endif
