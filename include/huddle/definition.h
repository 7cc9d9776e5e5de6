#ifndef HUDDLE_DEFINITION_H
#define HUDDLE_DEFINITION_H

#include "huddle/arena.h"
#include "huddle/attribution.h"
#include "huddle/err.h"
#include "huddle/handoff.h"
#include "huddle/money.h"

/*
 * What both teams agreed on, as one text that is versioned and signed: when an
 * opportunity is qualified, how leads are handed over, which attribution counts, the
 * states of demand, points of a lead, the calendar and the targets. A key left out is
 * no condition; without a text nothing is demanded.
 */
enum { DEFINITION_BYTES = 1 << 20, DEFINITION_MONTHS = 3 }; /* it is due a quarter later */

/* Fields that a qualified deal must have, by their names in a mapping. */
enum requirement { REQUIRE_BUDGET, REQUIRE_BUYER, REQUIRE_EVENT, REQUIRE_DEMAND, REQUIRE_FIT,
	REQUIRE_TRIGGER, REQUIREMENTS };
const char *requirement_name(enum requirement requirement); /* "budget_confirmed" */

/* Who may do what: one operator loads, two leaders sign. */
enum role_of { ROLE_OPERATOR, ROLE_CMO, ROLE_VP_SALES, ROLES_OF };
const char *role_of_name(enum role_of role);  /* "vp_sales" */
const char *role_of_title(enum role_of role); /* "VP Sales" */

struct score_points {
	const char *what; /* "webinar" */
	int points;
};

struct definition {
	const char *people[ROLES_OF]; /* "" not named */
	unsigned require;             /* bit per requirement */
	int64_t min_employees;        /* 0: any */
	const char *const *industries, *const *disqualify; /* ended by NULL; empty: any, none */
	struct handoff_rules handoff;
	struct attribution_rules attribution;
	const char *const *states;    /* of demand, from the first to the last */
	int handoff_at;               /* points; 0: not said */
	struct score_points *points;
	size_t n_points;
	int fiscal_start;             /* month 1..12; 0: not said */
	int coverage;                 /* in thousandths; 0: none */
	int forecast_band, acceptance; /* percent; 0: none */
	money_t number;               /* that both leaders are paid on; MONEY_NONE */
	struct currency currency;     /* of it */
	const char *number_period;    /* "2026-Q4"; "" */
};

/* No condition at all, and the usual models and hours where one is needed. */
void definition_default(struct definition *out);
/*
 * Read text into arena. The first wrong line fails, as "NAME:12". Keys that are not
 * known, zones, hours that close before they open and days that are none are wrong.
 */
bool definition_read(struct definition *out, struct arena *arena, const char *name,
	const char *text, size_t len, struct err *err);
/* A text to begin with, with a word on each key. */
const char *definition_template(void);

/* What differs between two texts, key by key; in arena. */
struct definition_change {
	const char *key; /* "handoff.touch_within" */
	const char *old_value, *new_value; /* "" not there */
};
bool definition_diff(struct definition_change **out, size_t *count, struct arena *arena,
	const char *old_text, const char *new_text, struct err *err);

/* One version as it is stored; id 0: none is. */
struct definition_version {
	int64_t id;
	const char *text, *note, *by;
	instant_t at;
	const char *signed_by[ROLES_OF]; /* of CMO and VP Sales; NULL: not yet */
	instant_t signed_at[ROLES_OF];
};
/* The first day on which it should be looked at again. */
day_t definition_due(const struct definition_version *version);
/* "not signed by the VP Sales", "due for review since 2026-10-01"; NULL: all is well. */
const char *definition_doubt(struct arena *arena, const struct definition *definition,
	const struct definition_version *version, day_t today);

#endif
