#ifndef HUDDLE_AGENDA_H
#define HUDDLE_AGENDA_H

#include "huddle/bridge.h"
#include "huddle/deal.h"
#include "huddle/err.h"

/*
 * The weekly review as a meeting: an agenda of named deals that fits the time
 * given, a decision for each, and when it is over what changes are told from.
 * Last week's actions come before the deals.
 */
enum { REVIEW_MINUTES = 60, REVIEW_PER_DEAL = 8 }; /* unless said otherwise */

struct meeting {
	int64_t id, rev;   /* 0: not stored yet */
	day_t day;         /* of the meeting */
	day_t as_of;       /* the exports it looked at; DAY_NONE */
	day_t since;       /* what changes are told from; DAY_NONE */
	const char *slice; /* the filter it was narrowed to; "" */
	const char *people; /* who was there; "" when not said */
	int minutes, per_deal;
	bool ended;
	const char *by;
	instant_t created, ended_at; /* INSTANT_NONE */
};

/* Why a deal is on the agenda, in the order in which it is walked. */
enum agenda_kind { AGENDA_PINNED, AGENDA_RISK, AGENDA_EVIDENCE, AGENDA_CHANGE, AGENDA_DEBRIEF,
	AGENDA_ADDED, AGENDA_KINDS };
const char *agenda_kind_name(enum agenda_kind kind);   /* "evidence" */
const char *agenda_kind_title(enum agenda_kind kind);  /* "commit against the evidence" */
bool agenda_kind_find(struct slice name, enum agenda_kind *out);

struct agenda_item {
	const char *deal_id, *why, *by;
	enum agenda_kind kind;
	int64_t place, rev; /* ascending; rev 0: not stored yet */
};

struct agenda {
	struct agenda_item *items; /* in the order of places */
	size_t count;
};

/* What an agenda is made of; borrowed. Deals are rated, with their words. */
struct agenda_input {
	struct deal *const *deals; /* open and lost ones, narrowed */
	size_t count;
	const struct deal_pair *pairs; /* since the review before; none: no changes */
	size_t n_pairs;
	const char *const *pinned; /* ids */
	size_t n_pinned;
	day_t today;
	int minutes, per_deal;
};
/* How many deals fit. At least 1. */
int agenda_room(int minutes, int per_deal);
/*
 * Pinned deals first; then by turns the next of each kind: the most likely to slip
 * (of those closing this month, then the others), commits against the evidence, the
 * biggest changes, losses without a debrief (the newest). A deal stands once, for
 * the first kind that names it, with all its reasons.
 */
void agenda_make(struct agenda *out, struct arena *arena, const struct agenda_input *in);

/* What the room decided about a deal. */
enum verdict { DECIDE_PROGRESS, DECIDE_HOLD, DECIDE_MOVE_BACK, DECIDE_CLOSE_OUT, DECIDE_AS_IS,
	VERDICTS };
const char *verdict_name(enum verdict verdict); /* "move-back" */
bool verdict_find(const char *text, enum verdict *out); /* also "move back" */
extern const char *const verdict_names[]; /* ended by NULL */

/* Why its close date was pushed. */
enum push_reason { PUSH_NOT_SAID, PUSH_ALWAYS_WRONG, PUSH_NEW_OBSTACLE };
const char *push_reason_name(enum push_reason reason); /* "always-wrong"; "" not said */
const char *push_reason_title(enum push_reason reason); /* "the date was always wrong" */
bool push_reason_find(const char *text, enum push_reason *out);
extern const char *const push_reason_names[]; /* those that can be said, ended by NULL */

struct decision {
	int64_t review, rev; /* rev 0: not stored yet */
	const char *deal_id, *text, *by;
	enum verdict verdict;
	enum push_reason push;
	instant_t at;
};
/* A sentence is needed, but where all stays as it is. */
bool decision_check(const struct decision *decision, struct err *err);

struct decision_list {
	struct decision *items; /* oldest first */
	size_t count;
};

#endif
