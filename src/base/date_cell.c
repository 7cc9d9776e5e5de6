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

/* A blank, NBSP (C2 A0) or the narrow NBSP (E2 80 AF) that ICU puts before PM. */
static bool take_blank(struct scan *s)
{
	size_t left = (size_t)(s->end - s->p);
	if (left >= 1 && *s->p == ' ')
		s->p += 1;
	else if (left >= 2 && !memcmp(s->p, "\xC2\xA0", 2))
		s->p += 2;
	else if (left >= 3 && !memcmp(s->p, "\xE2\x80\xAF", 3))
		s->p += 3;
	else
		return false;
	return true;
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

/* The whole name, or its first letters if at least `least` are there. */
static int word_in(struct slice word, const char *const names[], int count, size_t least)
{
	for (int i = 0; i < count; i++) {
		char start[12];
		size_t whole = strlen(names[i]);
		if (word.len > whole ||
		    (word.len < whole && (word.len < least || word.len > 4)))
			continue;
		slice_copy(
		    (struct slice){.p = names[i], .len = word.len}, start, sizeof start);
		if (slice_is_nocase(word, start))
			return i;
	}
	return -1;
}

int month_of_word(struct slice word)
{
	static const char *const names[] = {"january", "february", "march", "april",
	    "may", "june", "july", "august", "september", "october", "november",
	    "december"};
	return word_in(word, names, 12, 3) + 1;
}

int weekday_of_word(struct slice word)
{
	static const char *const names[] = {
	    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
	return word_in(word, names, 7, 3);
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
	skip_gap(s);
	cell->day = cell->first;
	cell->first = 0;
	cell->month = month_of_word(take_word(s));
	skip_gap(s);
	return cell->month && take_year(s, &cell->year);
}

static bool parse_date(struct scan *s, struct date_cell *cell)
{
	if (at_end(s))
		return false;
	if (is_letter(*s->p)) {
		struct slice word = take_word(s);
		if (weekday_of_word(word) < 0)
			return month_first(s, cell, word);
		skip_gap(s); /* a day of the week says nothing new */
		if (at_end(s))
			return false;
		if (is_letter(*s->p))
			return month_first(s, cell, take_word(s));
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

/* AM and PM, also a.m.; the hour becomes one of 24. */
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
		return false;
	take(&ahead, '.');
	if (*hour < 1 || *hour > 12)
		return false;
	*hour = *hour % 12 + (half == 'p' ? 12 : 0);
	*s = ahead;
	return true;
}

/* Z, UTC, GMT, +01:00, -0500, +01; GMT+01:00 as well. */
static bool take_offset(struct scan *s, struct date_cell *cell)
{
	take_blanks(s);
	if (at_end(s))
		return true;
	struct slice word = take_word(s);
	cell->has_offset = true;
	if (word.len && !slice_is_nocase(word, "z") && !slice_is_nocase(word, "utc") &&
	    !slice_is_nocase(word, "gmt"))
		return false;
	bool west = take(s, '-');
	if (!west && !take(s, '+'))
		return word.len > 0;
	int digits = digits_ahead(s), hours, minutes = 0;
	if (digits != 2 && digits != 4)
		return false;
	if (digits == 4) {
		take_digits(s, 4, 4, &hours);
		minutes = hours % 100;
		hours /= 100;
	} else {
		take_digits(s, 2, 2, &hours);
		if (take(s, ':') &&
		    (digits_ahead(s) != 2 || !take_digits(s, 2, 2, &minutes)))
			return false;
	}
	cell->offset = (hours * 3600 + minutes * 60) * (west ? -1 : 1);
	return hours <= 14 && minutes <= 59;
}

/* "T", blanks, ", " or " at " between the day and the clock. */
static bool take_joint(struct scan *s)
{
	if (take(s, 'T') || take(s, 't'))
		return true;
	bool comma = take(s, ',');
	if (!take_blanks(s) && !comma)
		return false;
	struct scan ahead = *s;
	if (slice_is_nocase(take_word(&ahead), "at") && take_blanks(&ahead))
		*s = ahead;
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
