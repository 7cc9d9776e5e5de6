#ifndef HUDDLE_RECORD_H
#define HUDDLE_RECORD_H

#include <stdbool.h>
#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/debrief.h"
#include "huddle/err.h"

/*
 * Records are what people write here; they exist nowhere else. They refer to a
 * deal by the source's own id, so they survive any sync.
 */

enum team { TEAM_MARKETING, TEAM_SALES, TEAM_REVOPS, TEAMS };
const char *team_name(enum team team);  /* "marketing" */
const char *team_short(enum team team); /* "MKT", "SAL", "OPS" */
bool team_find(const char *text, enum team *out); /* name, short form or first letter */

enum action_state { ACTION_OPEN, ACTION_DONE, ACTION_DROPPED };
const char *action_state_name(enum action_state state);

struct action {
	int64_t id; /* 0: new */
	int64_t rev; /* of the stored row, for changes that must not overwrite others' */
	const char *deal_id;
	enum team team;
	const char *owner, *text;
	day_t due; /* DAY_NONE */
	int carried; /* reviews that began while it was open */
	enum action_state state;
	const char *reason; /* why dropped */
	instant_t created;
};

struct action_list {
	struct action *items; /* open first, by due date */
	size_t count;
};

bool action_overdue(const struct action *action, day_t today);
/* An action needs a text and an owner. */
bool action_check(const struct action *action, struct err *err);

/*
 * A known stall: the deal leaves the ranking until a day, on which it is back by
 * itself. One a deal; it stays visible with its reason.
 */
enum { SNOOZE_DAYS_MOST = 366 };
struct snooze {
	const char *deal_id, *reason, *by;
	int64_t rev; /* 0: not stored yet */
	day_t until; /* the first day on which it counts again */
	instant_t at;
};
/* A reason, and a day after today within a year. */
bool snooze_check(const struct snooze *snooze, day_t today, struct err *err);

/* The name as it is known, NULL when nobody known is called so. */
const char *owner_known(const char *const *names, size_t count, const char *name);

#endif
