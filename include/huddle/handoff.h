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

/*
 * A moment is worked when the clock of the zone shows opens or later and not yet
 * closes, on a day that is worked on. So an hour that the clock leaps over is nobody's
 * working hour, and one that it shows twice is two. Costs what a day costs, however
 * long the span: only holidays and changes of the clock in it are looked at.
 */
/* The last second of a day by its clock. */
instant_t hours_day_end(const struct work_hours *hours, day_t day);
/* Seconds worked from one instant to another; below 0 when `to` is earlier. */
int64_t hours_worked(const struct work_hours *hours, instant_t from, instant_t to);
/* The first instant at which that many seconds have been worked since `from`; of 0
 * `from` itself. INSTANT_NONE: not before the year 10000. */
instant_t hours_after(const struct work_hours *hours, instant_t from, int64_t seconds);

/*
 * A business day is as many seconds as lie between opens and closes, a day of the
 * clock is 24 hours. What happens out of hours lies at the end of the day before, so
 * a span that ends on Friday at 17:00 is kept until Monday, when work begins again.
 */
bool span_is_business(struct span span);
int64_t span_seconds(const struct work_hours *hours, struct span span);
/* Seconds that count in its unit; below 0 when `to` is earlier. Kept: not more than
 * span_seconds(). */
int64_t span_elapsed(
	const struct work_hours *hours, struct span span, instant_t from, instant_t to);
/* The first instant at which all of it has passed; as hours_after(). */
instant_t span_due(const struct work_hours *hours, struct span span, instant_t from);

#endif
