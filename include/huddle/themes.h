#ifndef HUDDLE_THEMES_H
#define HUDDLE_THEMES_H

#include "huddle/deal.h"
#include "huddle/err.h"
#include "huddle/debrief.h"
#include "huddle/totals.h"

/*
 * What the losses of a quarter have in common, for marketing to plan with, and the
 * notes on messages that reps leave between them.
 */

struct debrief_item {
	struct debrief debrief;
	const char *objector_role; /* on the committee or by title; "" not known */
};

struct debrief_list {
	struct debrief_item *items;
	size_t count;
};

/* A campaign that touched a closed deal. */
struct campaign_touch {
	const char *deal_id, *campaign;
};

/* One line: deals that have something in common. */
struct topic {
	const char *name;
	int lost, won;
	const struct deal **deals;
	size_t n_deals, cap;
};

struct topic_list {
	struct topic *items; /* most losses first */
	size_t count, cap;
	/* While it is counted: spellings that were seen, by their hash; topic + 1. */
	struct topic_slot {
		const char *text;
		size_t topic;
	} *slots;
	size_t n_slots, used;
};

enum theme_kind { THEME_REASONS, THEME_COMPETITORS, THEME_MESSAGES, THEME_OBJECTORS,
	THEME_CAMPAIGNS, THEME_CRM_REASONS, THEME_KINDS };
const char *theme_kind_name(enum theme_kind kind);  /* "reasons": the JSON key */
const char *theme_kind_title(enum theme_kind kind); /* "Reasons" */
const char *theme_kind_one(enum theme_kind kind);   /* "reason" */

struct themes {
	struct period period;
	int lost, won, debriefed; /* debriefed: of the lost ones */
	struct topic_list of[THEME_KINDS];
	struct topic missing; /* losses without a debrief */
};

/*
 * deals: closed ones; those closed in the period count. A loss counts for the reason
 * of its debrief, and for a competitor when the debrief says so or, where there is
 * none, when the CRM names one; a won deal counts for the competitor that its
 * debrief or the CRM names.
 */
struct themes_input {
	const struct deal *deals;
	size_t n_deals;
	const struct debrief_list *debriefs;
	const struct campaign_touch *touches;
	size_t n_touches;
	struct period period;
};
void themes_make(struct themes *out, struct arena *arena, const struct themes_input *in);
/* Of this name, without case; NULL: none. */
const struct topic *theme_find(const struct topic_list *list, const char *name);
day_t deal_closed_on(const struct deal *deal); /* its closing day, else its close date */

/* Won against it of all that were decided; -1 when none was. */
double theme_win_rate(const struct topic *theme);

/*
 * A rep's note on a message or campaign, "nobody knows what this means", and what
 * marketing changed.
 */
struct note {
	int64_t id, rev; /* 0: new */
	const char *deal_id, *about, *text, *by;
	instant_t at;
	const char *answer, *answered_by; /* "": not answered */
	instant_t answered_at;
};
bool note_check(const struct note *note, struct err *err);

struct note_list {
	struct note *items; /* unanswered first, then the newest */
	size_t count;
};

enum { MESSAGE_STALE_DAYS = 183 }; /* six months */
/* A message with its notes: it is stale when it has notes since it last changed and
 * that is six months ago, or was never. */
struct message {
	const char *about;
	int notes, unanswered;
	day_t first_open; /* the first note since it changed; DAY_NONE: none since */
	day_t changed;    /* DAY_NONE: never */
	bool stale;
};
/* By name; in arena. */
void messages_of(struct message **out, size_t *count, struct arena *arena,
	const struct note_list *notes, day_t today);

#endif
