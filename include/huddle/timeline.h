#ifndef HUDDLE_TIMELINE_H
#define HUDDLE_TIMELINE_H

#include <stdbool.h>
#include "huddle/arena.h"
#include "huddle/date.h"

enum side { SIDE_MARKETING, SIDE_SALES };

/* Why a touch or an activity belongs to a deal: the first of these that holds. */
enum linked_by { LINK_DEAL, LINK_COMMITTEE, LINK_CONTACT, LINK_LEAD, LINK_ACCOUNT };
const char *linked_by_name(enum linked_by link); /* "deal", "committee", "contact"... */
const char *linked_by_words(enum linked_by link); /* "names the deal", "on the committee"... */

/* One marketing touch or sales activity of a deal. Texts are never NULL. */
struct entry {
	instant_t at;
	enum side side;
	enum linked_by link;
	const char *kind;    /* "Webinar", "call", "email", "meeting" */
	const char *title;   /* campaign name, subject */
	const char *detail;  /* member status; outcome */
	const char *who;     /* our person */
	const char *contact, *contact_title, *role; /* theirs; role "" when not on the committee */
	const char *campaign;
	bool on_committee;
	bool responded;      /* a touch that was answered */
	bool inbound;        /* from the buyer */
	bool planned;        /* not done and not yet due, or after `today` */
	bool open;           /* an activity not done, whatever its date */
	int more_contacts;   /* others on the same activity */
	const char *others;  /* their names, one a line; NULL none */
};

struct entry_list {
	struct entry *items; /* newest first */
	size_t count;
};

/* Is the person its contact, or one of the others? */
bool entry_has(const struct entry *entry, const char *person);
/* The entries that have the person, in their order. */
void entries_with(struct entry_list *out, struct arena *arena, const struct entry_list *all,
	const char *person);

struct member {
	const char *contact_id, *name, *title, *role, *email;
	bool primary;
	int touches, activities;
	instant_t last_seen; /* last touch or activity; INSTANT_NONE */
};

/* The name, but e-mail or id where ASCII has no letter of it. */
const char *member_label(const struct member *member, bool ascii);

struct member_list {
	struct member *items;
	size_t count;
};

/*
 * The two sides on one time axis: each row is a day (or a quiet stretch) and
 * holds at most one entry of each side; a busy day takes several rows.
 */
enum axis_kind { AXIS_ENTRIES, AXIS_QUIET, AXIS_TODAY };
struct axis_row {
	enum axis_kind kind;
	day_t day;     /* the rows' day; of a quiet stretch the newer end */
	bool first_of_day;
	const struct entry *marketing, *sales; /* NULL: nothing */
	int quiet_days; /* AXIS_QUIET: days between the entries around it */
	bool quiet_marketing, quiet_sales; /* which side was quiet */
};

struct axis {
	struct axis_row *rows; /* newest first */
	size_t count;
};

/*
 * Lay entries (newest first) out. A stretch of `quiet_days` or more with
 * nothing of either side, or from today back to the newest past entry, gets a
 * row of its own; a stretch where only one side was quiet is marked on that
 * side beside the other's entries.
 */
void axis_lay(struct axis *out, struct arena *arena, const struct entry_list *entries,
	day_t today, int quiet_days);

#endif
