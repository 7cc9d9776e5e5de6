#include "huddle/workdays.h"

static bool at_weekend(const struct workdays *w, day_t day)
{
	return w->weekend >> day_weekday(day) & 1u;
}

bool workdays_has(const struct workdays *w, day_t day)
{
	if (at_weekend(w, day))
		return false;
	for (int i = 0; i < w->n_holidays; i++)
		if (w->holidays[i] == day)
			return false;
	return true;
}

/* Whole weeks hold the same number each; what is left is less than one. */
static int outside_weekends(const struct workdays *w, day_t from, day_t to)
{
	int week = 0, count;
	for (int i = 0; i < 7; i++)
		week += !(w->weekend >> i & 1u);
	count = (to - from) / 7 * week;
	for (day_t day = to - (to - from) % 7 + 1; day <= to; day++)
		count += !at_weekend(w, day);
	return count;
}

int workdays_between(const struct workdays *w, day_t from, day_t to)
{
	if (to < from)
		return -workdays_between(w, to, from);
	int count = outside_weekends(w, from, to);
	for (int i = 0; i < w->n_holidays; i++) {
		day_t day = w->holidays[i];
		count -= day > from && day <= to && !at_weekend(w, day);
	}
	return count;
}

bool workdays_add_holiday(struct workdays *w, day_t day)
{
	for (int i = 0; i < w->n_holidays; i++)
		if (w->holidays[i] == day)
			return true;
	if (w->n_holidays == HOLIDAYS_MOST)
		return false;
	w->holidays[w->n_holidays++] = day;
	return true;
}
