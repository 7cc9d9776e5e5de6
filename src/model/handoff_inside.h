#ifndef HUDDLE_HANDOFF_INSIDE_H
#define HUDDLE_HANDOFF_INSIDE_H

#include "huddle/lead.h"

/* Between lead.c and handoff.c only. */

/* False: it was not MQL by `now`. *day is that by which it counts in a period. */
bool lead_judge(struct handoff_lead *out, const struct lead *lead,
	const struct handoff_rules *rules, instant_t now, day_t *day);

#endif
