#include <string.h>

#include "date_inside.h"
#include "huddle/date.h"

/*
 * The shapes of dates in exports. What stands in a cell is taken apart here;
 * which of two numbers is the month is settled in date_read.c.
 */

struct scan {
	const char *p, *end;
};

static bool is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

static bool is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool at_end(const struct scan *s)
{
	return s->p == s->end;
}

static bool take(struct scan *s, char c)
{
	if (s->p == s->end || *s->p != c)
		return false;
	s->p++;
	return true;
}

static struct slice rest(const struct scan *s)
{
	return (struct slice){.p = s->p, .len = (size_t)(s->end - s->p)};
}

static bool take_blank(struct scan *s)
{
	size_t blank = date_blank(rest(s));
	s->p += blank;
	return blank > 0;
}

static bool take_blanks(struct scan *s)
{
	bool any = false;
	while (take_blank(s))
		any = true;
	return any;
}

/* `least` to `most` digits, and no digit after them. */
static bool take_digits(struct scan *s, int least, int most, int *out)
{
	int value = 0, n = 0;
	while (n < most && s->p < s->end && is_digit(*s->p)) {
		value = value * 10 + (*s->p++ - '0');
		n++;
	}
	*out = value;
	return n >= least && (s->p == s->end || !is_digit(*s->p));
}

static int digits_ahead(const struct scan *s)
{
	const char *p = s->p;
	while (p < s->end && is_digit(*p))
		p++;
	return (int)(p - s->p < 9 ? p - s->p : 9);
}

static struct slice take_word(struct scan *s)
{
	const char *start = s->p;
	while (s->p < s->end && is_letter(*s->p))
		s->p++;
	return (struct slice){.p = start, .len = (size_t)(s->p - start)};
}

/* Of a month or a day: letters with accents as well. */
static struct slice take_name(struct scan *s)
{
	struct slice name = date_word(rest(s));
	s->p += name.len;
	return name;
}

int year_of_two_digits(int value)
{
	return value + (value >= 70 ? 1900 : 2000);
}

static bool take_year(struct scan *s, int *out)
{
	int digits = digits_ahead(s);
	if ((digits != 4 && digits != 2) || !take_digits(s, 2, 4, out))
		return false;
	if (digits == 2)
		*out = year_of_two_digits(*out);
	return true;
}

static bool take_separator(struct scan *s, char *which)
{
	if (at_end(s) || (*s->p != '-' && *s->p != '/' && *s->p != '.'))
		return false;
	*which = *s->p++;
	return true;
}

/* 2025-08-11, 2025/8/11 */
static bool year_first(struct scan *s, struct date_cell *cell)
{
	char separator;
	return take_digits(s, 4, 4, &cell->year) && take_separator(s, &separator) &&
	       take_digits(s, 1, 2, &cell->month) && take(s, separator) &&
	       take_digits(s, 1, 2, &cell->day);
}

/* What may stand between the parts of a date with a month name. */
static void skip_gap(struct scan *s)
{
	while (
	    take_blank(s) || take(s, ',') || take(s, '.') || take(s, '-') || take(s, '/'))
		;
}

/* 1er août, 5 de marzo de 2024: what else may stand there, says nothing. */
static void skip_fillers(struct scan *s)
{
	static const char *const fillers[] = {"de", "del", "er", "\xC2\xBA"};
	struct scan ahead;
	bool any;
	do {
		skip_gap(s);
		ahead = *s;
		struct slice word = take_name(&ahead);
		any = false;
		for (size_t i = 0; i < sizeof fillers / sizeof *fillers; i++)
			any |= slice_is_nocase(word, fillers[i]);
		if (any)
			*s = ahead;
	} while (any);
}

/* Aug 11, 2025 */
static bool month_first(struct scan *s, struct date_cell *cell, struct slice word)
{
	cell->month = month_of_word(word);
	skip_gap(s);
	if (!cell->month || !take_digits(s, 1, 2, &cell->day))
		return false;
	skip_gap(s);
	return take_year(s, &cell->year);
}

/* 4/19/2024, 19.04.24, 11-Aug-2025, 11 August 2025 */
static bool year_last(struct scan *s, struct date_cell *cell)
{
	char separator;
	if (!take_digits(s, 1, 2, &cell->first))
		return false;
	struct scan ahead = *s;
	if (take_separator(&ahead, &separator) && digits_ahead(&ahead)) {
		*s = ahead;
		return take_digits(s, 1, 2, &cell->second) && take(s, separator) &&
		       take_year(s, &cell->year);
	}
	skip_fillers(s);
	cell->day = cell->first;
	cell->first = 0;
	cell->month = month_of_word(take_name(s));
	skip_fillers(s);
	return cell->month && take_year(s, &cell->year);
}

static bool parse_date(struct scan *s, struct date_cell *cell)
{
	if (at_end(s))
		return false;
	if (is_letter(*s->p)) {
		struct slice word = take_name(s);
		if (weekday_of_word(word) < 0)
			return month_first(s, cell, word);
		skip_gap(s); /* a day of the week says nothing new */
		if (at_end(s))
			return false;
		if (is_letter(*s->p))
			return month_first(s, cell, take_name(s));
	}
	return digits_ahead(s) == 4 ? year_first(s, cell) : year_last(s, cell);
}

static void take_fraction(struct scan *s, struct date_cell *cell)
{
	struct scan ahead = *s;
	if ((!take(&ahead, '.') && !take(&ahead, ',')) || !digits_ahead(&ahead))
		return;
	for (; !at_end(&ahead) && is_digit(*ahead.p); ahead.p++) {
		if (*ahead.p != '0')
			cell->has_fraction = true;
	}
	*s = ahead;
}

/* AM and PM, also a.m.; the hour becomes one of 24. Not the start of PST or AEST. */
static bool take_half(struct scan *s, int *hour)
{
	struct scan ahead = *s;
	take_blanks(&ahead);
	if (at_end(&ahead))
		return true;
	char half = (char)(*ahead.p | 0x20);
	if (half != 'a' && half != 'p')
		return true;
	ahead.p++;
	take(&ahead, '.');
	if (!take(&ahead, 'm') && !take(&ahead, 'M'))
		return true;
	take(&ahead, '.');
	if (!at_end(&ahead) && is_letter(*ahead.p))
		return true;
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (half == 'p' ? 12 : 0);
	*s = ahead;
	return true;
}

/* A minus may be the typographic one (E2 88 92). */
static bool take_sign(struct scan *s, bool *west)
{
	*west = take(s, '-');
	if (*west || take(s, '+'))
		return true;
	*west = slice_starts(rest(s), "\xE2\x88\x92");
	s->p += *west ? 3 : 0;
	return *west;
}

/* +01:00, -0500, +01; behind a name one digit will do, as in GMT+2. */
static bool take_hours(struct scan *s, int least, struct date_cell *cell)
{
	bool west;
	int digits, hours, minutes = 0;
	if (!take_sign(s, &west))
		return false;
	digits = digits_ahead(s);
	if (digits == 4) {
		take_digits(s, 4, 4, &hours);
		minutes = hours % 100;
		hours /= 100;
	} else {
		if (digits > 2 || !take_digits(s, least, 2, &hours))
			return false;
		if (take(s, ':') &&
		    (digits_ahead(s) != 2 || !take_digits(s, 2, 2, &minutes)))
			return false;
	}
	cell->offset = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
	return hours <= 14 && minutes <= 59;
}

/* Z, UTC, GMT+2, EST or an offset alone. */
static bool take_zone(struct scan *s, struct date_cell *cell)
{
	struct slice word = take_word(s);
	if (!word.len)
		return take_hours(s, 2, cell);
	if (!zone_is_universal(word)) {
		cell->zone = word;
		return zone_is_word(word);
	}
	struct scan ahead = *s;
	take_blanks(&ahead);
	bool west, goes_on = word.len > 1 && take_sign(&ahead, &west);
	if (!goes_on)
		return true;
	take_blanks(s);
	return take_hours(s, 1, cell);
}

/* "+0100 (CET)": the name in words says nothing new. */
static void skip_comment(struct scan *s)
{
	struct scan ahead = *s;
	take_blanks(&ahead);
	if (!take(&ahead, '('))
		return;
	const char *start = ahead.p;
	while (!at_end(&ahead) && *ahead.p != '(' && *ahead.p != ')')
		ahead.p++;
	if (ahead.p > start && take(&ahead, ')'))
		*s = ahead;
}

/* A zone, also in parentheses as (UTC-05:00). */
static bool take_offset(struct scan *s, struct date_cell *cell)
{
	take_blanks(s);
	if (at_end(s))
		return true;
	cell->has_offset = true;
	bool open = take(s, '(');
	if (!take_zone(s, cell))
		return false;
	if (open)
		return take(s, ')');
	skip_comment(s);
	return true;
}

/* "at", and what it is in the languages of the months. */
static void skip_at(struct scan *s)
{
	static const char *const words[] = {
	    "at", "um", "\xC3\xA0", "\xC3\xA0s", "om", "alle", "ore"};
	if (at_end(s) || is_digit(*s->p))
		return;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct scan ahead = *s;
		if (slice_is_nocase(take_name(&ahead), words[i]) && take_blanks(&ahead))
			*s = ahead;
	}
}

/* "T", blanks, ", " or " at " between the day and the clock. */
static bool take_joint(struct scan *s)
{
	if (take(s, 'T') || take(s, 't'))
		return true;
	bool comma = take(s, ',');
	if (!take_blanks(s) && !comma)
		return false;
	skip_at(s);
	return true;
}

static bool parse_clock(struct scan *s, struct date_cell *cell)
{
	int hour, minute, second = 0;
	if (!take_joint(s) || !take_digits(s, 1, 2, &hour) || !take(s, ':') ||
	    !take_digits(s, 2, 2, &minute))
		return false;
	if (take(s, ':')) {
		if (!take_digits(s, 2, 2, &second))
			return false;
		take_fraction(s, cell);
	}
	if (!take_half(s, &hour) || !take_offset(s, cell))
		return false;
	cell->has_clock = true;
	cell->clock = hour * 3600 + minute * 60 + second;
	return hour <= 23 && minute <= 59 && second <= 59;
}

bool date_parse_cell(struct slice text, struct date_cell *cell)
{
	*cell = (struct date_cell){0};
	text = slice_trim(text);
	struct scan s = {.p = text.p, .end = text.p + text.len};
	return text.len && text.len < 80 && parse_date(&s, cell) &&
	       (at_end(&s) || parse_clock(&s, cell)) && at_end(&s);
}
