/* Days and instants without the C library's zones and locales. */
#include "gen.h"

/* https://howardhinnant.github.io/date_algorithms.html#days_from_civil, for years after 0 */
int32_t day_from_civil(int32_t year, int32_t month, int32_t day)
{
	int32_t y = month <= 2 ? year - 1 : year;
	int32_t era = y / 400;
	int32_t yoe = y - era * 400;
	int32_t doy = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
	int32_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;

	return era * 146097 + doe - 719468;
}

struct civil day_to_civil(int32_t day)
{
	int32_t z = day + 719468;
	int32_t era = z / 146097;
	int32_t doe = z - era * 146097;
	int32_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int32_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int32_t mp = (5 * doy + 2) / 153;
	int32_t month = mp < 10 ? mp + 3 : mp - 9;
	struct civil c = {yoe + era * 400, month, doy - (153 * mp + 2) / 5 + 1};

	c.year += c.month <= 2;
	return c;
}

static bool digits(int32_t *out, const char *text, int count)
{
	*out = 0;
	for (int i = 0; i < count; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*out = *out * 10 + (text[i] - '0');
	}
	return true;
}

/* Reads YYYY-MM-DD; false for anything else, also for a day that no calendar has. */
bool day_parse(int32_t *out, const char *text)
{
	struct civil c, back;

	if (!digits(&c.year, text, 4) || text[4] != '-' ||
	    !digits(&c.month, text + 5, 2) || text[7] != '-' ||
	    !digits(&c.day, text + 8, 2) || text[10] != '\0')
		return false;
	if (c.year < 1990 || c.year > 2999 || c.month < 1 || c.month > 12)
		return false;
	*out = day_from_civil(c.year, c.month, c.day);
	back = day_to_civil(*out);
	return back.month == c.month && back.day == c.day;
}

/* The given day of the month that lies `months` after the month of `day`, or that month's last. */
int32_t day_in_month(int32_t day, int32_t months, int32_t day_of_month)
{
	struct civil c = day_to_civil(day);
	int32_t n = c.year * 12 + c.month - 1 + months;
	int32_t first = day_from_civil(n / 12, n % 12 + 1, 1);
	int32_t next = day_from_civil((n + 1) / 12, (n + 1) % 12 + 1, 1);

	return first + day_of_month > next ? next - 1 : first + day_of_month - 1;
}

/* An instant in working hours of that day; weekends go back to Friday, never past a limit. */
int64_t day_at_work(struct rng *r, int32_t day)
{
	int32_t weekday = (day + 4) % 7; /* 0 = Sunday; 1970-01-01 was a Thursday */

	day -= weekday == 6 ? 1 : weekday == 0 ? 2 : 0;
	return day * DAY + 8 * HOUR + rng_below(r, (uint32_t)(10 * HOUR));
}

int32_t time_day(int64_t instant)
{
	return (int32_t)(instant / DAY);
}
