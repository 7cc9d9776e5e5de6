#ifndef HUDDLE_WORKDAYS_H
#define HUDDLE_WORKDAYS_H

#include <stdbool.h>
#include "huddle/date.h"

/*
 * Which days are worked on. Pure, and the cost of a question does not grow with
 * the span, only with the holidays.
 */
enum { HOLIDAYS_MOST = 400 };

struct workdays {
	unsigned weekend;  /* bit per day of the week, 1 << 0 is Monday; never all seven */
	int n_holidays;
	day_t holidays[HOLIDAYS_MOST]; /* each once, in any order */
};

bool workdays_has(const struct workdays *w, day_t day);
/* Days worked on after `from` up to and with `to`; below 0 when `to` is earlier. As
 * to - from counts days. */
int workdays_between(const struct workdays *w, day_t from, day_t to);
/* Keep a holiday, once; false when there is no room. */
bool workdays_add_holiday(struct workdays *w, day_t day);

#endif
