#ifndef HUDDLE_RECORD_H
#define HUDDLE_RECORD_H

#include <stdbool.h>
#include "huddle/arena.h"
#include "huddle/date.h"
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

/*
 * The closed-lost debrief. A field is text: its kind says how it is filled in
 * and checked. The table in model/debrief.c feeds the form, `debrief --from`,
 * the database and the reports.
 */
enum debrief_field { B_OUTCOME, B_COMPETITOR, B_REASON, B_REASON_2, B_MESSAGE, B_OBJECTOR,
	B_EVIDENCE, B_WIN_BACK, B_NOTE, DEBRIEF_FIELDS };

enum debrief_kind { DEBRIEF_CHOICE, DEBRIEF_TEXT, DEBRIEF_DAY };

struct debrief_info {
	const char *name;  /* column and key: "outcome" */
	const char *title; /* "Outcome" */
	const char *hint;  /* one line under the form */
	enum debrief_kind kind;
	bool required;
	const char *const *choices; /* DEBRIEF_CHOICE: ends with NULL */
};
extern const struct debrief_info debrief_infos[DEBRIEF_FIELDS];

#define OUTCOME_COMPETITOR "competitor" /* needs the competitor's name */

struct debrief {
	const char *deal_id;
	int64_t rev; /* 0: not stored yet */
	const char *value[DEBRIEF_FIELDS]; /* never NULL */
	const char *by;
	instant_t at;
};

/* The first field that is wrong, or -1; err says what to do about it. Days
 * are read as people type them and rewritten as YYYY-MM-DD into arena. */
int debrief_check(struct debrief *debrief, struct arena *arena, day_t today, struct err *err);
bool debrief_empty(const struct debrief *debrief);

#endif
