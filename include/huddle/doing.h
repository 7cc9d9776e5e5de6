#ifndef HUDDLE_DOING_H
#define HUDDLE_DOING_H

#include "huddle/record.h"
#include "huddle/timeline.h"

/* What a team has done in so many days it is doing. */
enum { DOING_DAYS = 14 };

/* What a team is doing about a deal, counted. */
struct doing {
	int actions, overdue; /* open ones */
	int lately;           /* touches or activities of the last DOING_DAYS days */
	int planned;          /* and those to come */
	day_t next;           /* the first of those; DAY_NONE */
};
void doing_count(struct doing *out, const struct entry_list *entries,
	const struct action_list *actions, enum side side, day_t today);

/* "1 action, nothing planned, 3 touches in 14 days"; nothing is said plainly. */
void doing_words(struct str *out, const struct doing *doing, enum side side, day_t today);

#endif
