#include <stdio.h>
#include <string.h>

#include "date_inside.h"
#include "huddle/date.h"

/* What a person types is short; more is no date. */
enum { TYPED_MAX = 32 };

static struct slice text_from(const char *text)
{
	return (struct slice){.p = text, .len = strlen(text)};
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* At most four digits, so the value can not overflow. */
static bool take_number(struct slice *s, int *out)
{
	int value = 0;
	size_t n = 0;
	for (; n < s->len && n < 4 && is_digit(s->p[n]); n++)
		value = value * 10 + (s->p[n] - '0');
	s->p += n;
	s->len -= n;
	*out = value;
	return n > 0;
}

static void skip(struct slice *s, const char *any)
{
	while (s->len && strchr(any, s->p[0])) {
		s->p++;
		s->len--;
	}
}

static struct slice take_word(struct slice *s)
{
	struct slice word = date_word(*s);
	s->p += word.len;
	s->len -= word.len;
	return word;
}

/* A day without a year is the next such day, today included: it is a due date. */
static bool next_such_day(int month, int day, day_t today, day_t *out)
{
	int year = civil_from_day(today).year;
	for (int y = year; y <= year + 8; y++) { /* 29 Feb may be eight years off */
		if (!civil_is_valid(y, month, day))
			continue;
		*out = day_from_civil(y, month, day);
		if (*out >= today)
			return true;
	}
	return false;
}

static bool finish(struct slice rest, int month, int day, day_t today, day_t *out)
{
	skip(&rest, " ,.-");
	if (!rest.len)
		return next_such_day(month, day, today, out);
	size_t before = rest.len;
	int year;
	if (!take_number(&rest, &year) || rest.len)
		return false;
	if (before == 2)
		year = year_of_two_digits(year);
	else if (before != 4)
		return false;
	if (!civil_is_valid(year, month, day))
		return false;
	*out = day_from_civil(year, month, day);
	return true;
}

/* +3d, +1w, +2m, -1w */
static bool typed_offset(struct slice s, day_t today, day_t *out)
{
	bool back = s.p[0] == '-';
	if (!back && s.p[0] != '+')
		return false;
	s.p++;
	s.len--;
	int n;
	if (!take_number(&s, &n) || s.len > 1)
		return false;
	n = back ? -n : n;
	day_t day;
	switch (s.len ? s.p[0] | 0x20 : 'd') {
	case 'd':
		day = today + n;
		break;
	case 'w':
		day = today + n * 7;
		break;
	case 'm':
		day = day_add_months(today, n);
		break;
	default:
		return false;
	}
	struct civil c = civil_from_day(day);
	*out = day;
	return civil_is_valid(c.year, c.month, c.day);
}

/* today, tomorrow, yesterday, fri, nov 28 */
static bool typed_word(struct slice s, day_t today, day_t *out)
{
	struct slice word = take_word(&s);
	int weekday = weekday_of_word(word), month = month_of_word(word), day;
	if (month) {
		skip(&s, " .-");
		return take_number(&s, &day) && finish(s, month, day, today, out);
	}
	if (s.len)
		return false;
	if (weekday >= 0) {
		int ahead = (weekday - day_weekday(today) + 7) % 7;
		*out = today + (ahead ? ahead : 7);
	} else if (slice_is_nocase(word, "today")) {
		*out = today;
	} else if (slice_is_nocase(word, "tomorrow")) {
		*out = today + 1;
	} else if (slice_is_nocase(word, "yesterday")) {
		*out = today - 1;
	} else {
		return false;
	}
	return true;
}

/* 28 nov, 28 nov 2026, 28.11., 28.11.2026 */
static bool typed_day_first(struct slice s, day_t today, day_t *out)
{
	int day, month;
	if (!take_number(&s, &day) || !s.len)
		return false;
	if (s.p[0] == '.' && s.len > 1 && is_digit(s.p[1])) {
		skip(&s, ".");
		if (!take_number(&s, &month) || (s.len && s.p[0] != '.'))
			return false;
		return finish(s, month, day, today, out);
	}
	skip(&s, " .-");
	month = month_of_word(take_word(&s));
	return month && finish(s, month, day, today, out);
}

bool day_typed(const char *text, day_t today, day_t *out)
{
	if (!text || today == DAY_NONE)
		return false;
	struct slice s = slice_trim(text_from(text));
	if (!s.len || s.len >= TYPED_MAX)
		return false;
	char copy[TYPED_MAX];
	day_t day;
	bool good = day_parse(slice_copy(s, copy, sizeof copy), &day) ||
	            typed_offset(s, today, &day) || typed_word(s, today, &day) ||
	            typed_day_first(s, today, &day);
	if (good)
		*out = day;
	return good;
}

struct period period_of_month(day_t day)
{
	struct civil c = civil_from_day(day);
	day_t first = day - (c.day - 1);
	return (struct period){first, first + month_length(c.year, c.month) - 1};
}

/* Three months from the one whose index (see month_index) is given. */
static struct period quarter_from(int index)
{
	day_t first = day_from_civil(index / 12, index % 12 + 1, 1);
	return (struct period){first, day_add_months(first, 3) - 1};
}

struct period period_of_quarter(day_t day, int fiscal_start)
{
	int index = month_index(day);
	int into_quarter = (index - (fiscal_start - 1) + 12) % 3;
	return quarter_from(index - into_quarter);
}

const char *quarter_format(day_t day, int fiscal_start, char buf[QUARTER_TEXT])
{
	struct civil first = civil_from_day(period_of_quarter(day, fiscal_start).first);
	int quarter = (first.month - fiscal_start + 12) % 12 / 3 + 1;
	int year = first.year + (fiscal_start > 1 && first.month >= fiscal_start);

	snprintf(buf, QUARTER_TEXT, "%04d-Q%d", year % 10000, quarter);
	return buf;
}

bool period_has(struct period period, day_t day)
{
	return day != DAY_NONE && day >= period.first && day <= period.last;
}

static bool named_period(
    struct slice s, day_t today, int fiscal_start, struct period *out)
{
	static const struct {
		const char *name;
		bool quarter;
		int months;
	} names[] = {
	    {"this-month", false, 0},
	    {"next-month", false, 1},
	    {"last-month", false, -1},
	    {"this-quarter", true, 0},
	    {"next-quarter", true, 3},
	    {"last-quarter", true, -3},
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (today == DAY_NONE || !slice_is_nocase(s, names[i].name))
			continue;
		day_t day = day_add_months(today, names[i].months);
		*out = names[i].quarter ? period_of_quarter(day, fiscal_start)
		                        : period_of_month(day);
		return true;
	}
	return false;
}

/* 2026-11 or 2026-Q4; the fiscal year is named after the year it ends in. */
static bool numbered_period(struct slice s, int fiscal_start, struct period *out)
{
	int year, number;
	size_t before = s.len;
	if (!take_number(&s, &year) || before - s.len != 4 || year < FIRST_YEAR ||
	    year > LAST_YEAR || s.len < 3 || s.p[0] != '-')
		return false;
	bool quarter = (s.p[1] | 0x20) == 'q';
	s.p += quarter ? 2 : 1;
	s.len -= quarter ? 2 : 1;
	size_t digits = quarter ? 1 : 2;
	if (s.len != digits || !take_number(&s, &number) || s.len || number < 1 ||
	    number > (quarter ? 4 : 12))
		return false;
	if (!quarter) {
		*out = period_of_month(day_from_civil(year, number, 1));
		return true;
	}
	int first_year = fiscal_start > 1 ? year - 1 : year;
	*out = quarter_from(first_year * 12 + fiscal_start - 1 + (number - 1) * 3);
	return true;
}

/* 2026-11-01..2026-11-30 */
static bool spelled_period(struct slice s, struct period *out)
{
	char copy[TYPED_MAX];
	slice_copy(s, copy, sizeof copy);
	struct period read;
	if (s.len != 22 || memcmp(copy + 10, "..", 2) != 0)
		return false;
	copy[10] = '\0';
	if (!day_parse(copy, &read.first) || !day_parse(copy + 12, &read.last) ||
	    read.last < read.first)
		return false;
	*out = read;
	return true;
}

bool period_parse(const char *text, day_t today, int fiscal_start, struct period *out)
{
	if (!text || fiscal_start < 1 || fiscal_start > 12)
		return false;
	struct slice s = slice_trim(text_from(text));
	return named_period(s, today, fiscal_start, out) ||
	       numbered_period(s, fiscal_start, out) || spelled_period(s, out);
}
