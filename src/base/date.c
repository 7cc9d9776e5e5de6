#include "huddle/date.h"

#include <stdio.h>
#include <string.h>

#include "date_inside.h"

static const char short_months[12][4] = {
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/*
 * Days before year y of the proleptic Gregorian calendar, counted from
 * 0000-03-01. Years here start in March, so that the leap day is the last day
 * of a year and a month's offset needs no table: H. Hinnant, "chrono-compatible
 * low-level date algorithms", days_from_civil and civil_from_days.
 */
day_t day_from_civil(int year, int month, int day)
{
	int y = month <= 2 ? year - 1 : year;
	int era = (y >= 0 ? y : y - 399) / 400;
	int of_era = y - era * 400;                                    /* 0..399 */
	int of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;    /* 0..365 */
	int days = of_era * 365 + of_era / 4 - of_era / 100 + of_year; /* 0..146096 */
	return (day_t)(era * 146097 + days - 719468);
}

struct civil civil_from_day(day_t day)
{
	int64_t z = (int64_t)day + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int days = (int)(z - era * 146097);
	int of_era = (days - days / 1460 + days / 36524 - days / 146096) / 365;
	int of_year = days - (365 * of_era + of_era / 4 - of_era / 100);
	int shifted = (5 * of_year + 2) / 153;
	int month = shifted < 10 ? shifted + 3 : shifted - 9;
	return (struct civil){
	    .year = (int)(of_era + era * 400) + (month <= 2),
	    .month = month,
	    .day = of_year - (153 * shifted + 2) / 5 + 1,
	};
}

int day_weekday(day_t day)
{
	int64_t from_monday = ((int64_t)day + 3) % 7; /* 1970-01-01 was a Thursday */
	return (int)(from_monday < 0 ? from_monday + 7 : from_monday);
}

int month_length(int year, int month)
{
	static const char lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return lengths[month - 1] + (month == 2 && leap);
}

bool civil_is_valid(int year, int month, int day)
{
	return year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 &&
	       day >= 1 && day <= month_length(year, month);
}

/* Floor division: months before year 0 must not fold onto those after it. */
static int floor_div(int a, int b)
{
	int q = a / b;
	return a % b < 0 ? q - 1 : q;
}

day_t day_add_months(day_t day, int months)
{
	if (day == DAY_NONE)
		return DAY_NONE;
	struct civil c = civil_from_day(day);
	int index = c.year * 12 + c.month - 1 + months;
	int year = floor_div(index, 12), month = index - year * 12 + 1;
	int last = month_length(year, month);
	return day_from_civil(year, month, c.day < last ? c.day : last);
}

int month_index(day_t day)
{
	struct civil c = civil_from_day(day);
	return c.year * 12 + c.month - 1;
}

day_t day_of_instant(instant_t at)
{
	if (at == INSTANT_NONE)
		return DAY_NONE;
	int64_t day = at / DAY_SECONDS;
	return (day_t)(at % DAY_SECONDS < 0 ? day - 1 : day);
}

/* Four digits hold no other year; DAY_NONE is far outside too. */
static bool has_text(day_t day)
{
	return day >= -719528 && day <= 2932896; /* 0000-01-01, 9999-12-31 */
}

static char *put(char *at, int value, int digits)
{
	for (int i = digits - 1; i >= 0; i--) {
		at[i] = (char)('0' + value % 10);
		value /= 10;
	}
	return at + digits;
}

static char *put_day(char *at, day_t day)
{
	struct civil c = civil_from_day(day);
	at = put(at, c.year, 4);
	*at++ = '-';
	at = put(at, c.month, 2);
	*at++ = '-';
	return put(at, c.day, 2);
}

const char *day_format(day_t day, char buf[DAY_TEXT])
{
	*(has_text(day) ? put_day(buf, day) : buf) = '\0';
	return buf;
}

const char *day_short(day_t day, day_t today, char buf[DAY_TEXT])
{
	buf[0] = '\0';
	if (!has_text(day))
		return buf;
	struct civil c = civil_from_day(day);
	int n = snprintf(buf, DAY_TEXT, "%d %s", c.day, short_months[c.month - 1]);
	if (!has_text(today) || civil_from_day(today).year != c.year)
		snprintf(buf + n, (size_t)(DAY_TEXT - n), " %02d", c.year % 100);
	return buf;
}

const char *instant_format(instant_t at, char buf[INSTANT_TEXT])
{
	buf[0] = '\0';
	if (at < INT64_C(-62167219200) || at >= INT64_C(253402300800))
		return buf;
	day_t day = day_of_instant(at);
	int second = (int)(at - (int64_t)day * DAY_SECONDS);
	char *end = put_day(buf, day);
	*end++ = 'T';
	end = put(end, second / 3600, 2);
	*end++ = ':';
	end = put(end, second / 60 % 60, 2);
	*end++ = ':';
	end = put(end, second % 60, 2);
	memcpy(end, "Z", 2);
	return buf;
}

static bool only_digits_at(const char *text, const char *shape)
{
	for (; *shape; text++, shape++) {
		bool digit = *text >= '0' && *text <= '9';
		if (*shape == '0' ? !digit : *text != *shape)
			return false;
	}
	return !*text;
}

static int number_at(const char *p, int digits)
{
	int value = 0;
	while (digits-- > 0)
		value = value * 10 + (*p++ - '0');
	return value;
}

static bool day_at(const char *text, day_t *out)
{
	int y = number_at(text, 4), m = number_at(text + 5, 2),
	    d = number_at(text + 8, 2);
	if (!civil_is_valid(y, m, d))
		return false;
	*out = day_from_civil(y, m, d);
	return true;
}

bool day_parse(const char *text, day_t *out)
{
	return text && only_digits_at(text, "0000-00-00") && day_at(text, out);
}

bool instant_parse(const char *text, instant_t *out)
{
	day_t day;
	if (!text || !only_digits_at(text, "0000-00-00T00:00:00Z") || !day_at(text, &day))
		return false;
	int h = number_at(text + 11, 2), m = number_at(text + 14, 2);
	int s = number_at(text + 17, 2);
	if (h > 23 || m > 59 || s > 59)
		return false;
	*out = (instant_t)day * DAY_SECONDS + (h * 60 + m) * INT64_C(60) + s;
	return true;
}
