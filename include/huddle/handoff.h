#ifndef HUDDLE_HANDOFF_H
#define HUDDLE_HANDOFF_H

#include "huddle/workdays.h"

/*
 * What both teams agreed about leads that go from one to the other: the hours in
 * which is worked, and how soon a lead is touched, accepted and reached.
 */
struct zone;

struct work_hours {
	const struct zone *zone;
	int opens, closes; /* minutes since midnight by its clock; opens < closes */
	struct workdays days;
};

/* "4bh", "5bd", "48h", "2d": business hours and days, and those of the clock. */
enum span_unit { SPAN_BUSINESS_HOURS, SPAN_BUSINESS_DAYS, SPAN_HOURS, SPAN_DAYS };
struct span {
	int count; /* 0: no condition */
	enum span_unit unit;
};

struct handoff_rules {
	struct work_hours hours;
	struct span touch_within, accept_within, reach_within;
	int target; /* percent of leads that meet touch_within; -1: none */
};

#endif
