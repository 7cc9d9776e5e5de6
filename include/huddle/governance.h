#ifndef HUDDLE_GOVERNANCE_H
#define HUDDLE_GOVERNANCE_H

#include "huddle/past.h"
#include "huddle/qualified.h"

/*
 * What is due when: the weekly review, the monthly looks at handoff and scorecard, the
 * quarterly ones at definitions and losses. And who moved deals on without the fields
 * that both teams asked for.
 */
struct duty {
	const char *what, *who; /* who: a name of the definition, else a role */
	day_t last, due;        /* last: DAY_NONE never, or not kept here */
	const char *state;      /* "not signed by the VP Sales"; "" */
};
enum { DUTIES = 5 };
struct duty_input {
	const struct definition *definition;
	const struct definition_version *version;
	const char *doubt;    /* NULL none */
	day_t last_review;    /* DAY_NONE */
	int fiscal_start;
	day_t today;
};
void duties_make(struct duty out[DUTIES], const struct duty_input *in);

/* Of one owner in a period. */
struct moved_on {
	const struct qualified_deal *deal;
	const char *from, *to; /* stages */
	day_t on;
};
struct owner_moves {
	const char *owner;
	struct moved_on *moves;
	size_t count, cap;
};
/* Stage changes in the period of deals that lack something of the definition now; what
 * they lacked on that day no export tells. Owners with the most first. */
void moves_make(struct owner_moves **out, size_t *count, struct arena *arena,
	const struct past *past, const struct qualified *qualified, struct period period);

#endif
