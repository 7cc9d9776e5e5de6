#include <string.h>

#include "date_inside.h"
#include "huddle/date.h"
#include "huddle/zone.h"

/*
 * Reading one cell of an export. parse_cell() knows the shapes and leaves open
 * which of two numbers is the month; date_look() and instant_read() settle it,
 * one for a column, one for a cell. In front of it stands a fast path for the
 * ISO shapes, which are nearly all cells of nearly all exports.
 */

/* A date as written. Of a numeric one such as 03/04/2025 only `year` is sure. */
struct cell {
	int year, month, day;
	int first, second; /* of a numeric date with the year last, else 0 */
	int clock;         /* seconds since midnight, as written */
	int offset;        /* seconds east of UTC, if has_offset */
	bool has_clock, has_offset;
	bool has_fraction; /* other than .000 */
};

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
static bool year_first(struct scan *s, struct cell *cell)
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
static bool month_first(struct scan *s, struct cell *cell, struct slice word)
{
	cell->month = month_of_word(word);
	skip_gap(s);
	if (!cell->month || !take_digits(s, 1, 2, &cell->day))
		return false;
	skip_gap(s);
	return take_year(s, &cell->year);
}

/* 4/19/2024, 19.04.24, 11-Aug-2025, 11 August 2025 */
static bool year_last(struct scan *s, struct cell *cell)
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

static bool parse_date(struct scan *s, struct cell *cell)
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

static void take_fraction(struct scan *s, struct cell *cell)
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
static bool take_offset(struct scan *s, struct cell *cell)
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

static bool parse_clock(struct scan *s, struct cell *cell)
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

static bool parse_cell(struct slice text, struct cell *cell)
{
	*cell = (struct cell){0};
	text = slice_trim(text);
	struct scan s = {.p = text.p, .end = text.p + text.len};
	return text.len && text.len < 80 && parse_date(&s, cell) &&
	       (at_end(&s) || parse_clock(&s, cell)) && at_end(&s);
}

static bool is_mdy(const struct cell *cell)
{
	return civil_is_valid(cell->year, cell->first, cell->second);
}

static bool is_dmy(const struct cell *cell)
{
	return civil_is_valid(cell->year, cell->second, cell->first);
}

/* Without a known order only a date that can be read one way is read. */
static bool settle_order(struct cell *cell, enum date_order order)
{
	if (!cell->first)
		return true;
	if (order == DATES_ISO)
		return false;
	bool mdy = is_mdy(cell), dmy = is_dmy(cell);
	if (order == DATES_UNKNOWN && mdy && dmy && cell->first != cell->second)
		return false;
	bool month_comes_first = order == DATES_MDY || (order == DATES_UNKNOWN && mdy);
	cell->month = month_comes_first ? cell->first : cell->second;
	cell->day = month_comes_first ? cell->second : cell->first;
	return true;
}

/* The instant must lie in the years of civil_is_valid() in UTC, too. */
static bool in_range(instant_t at)
{
	static const instant_t first = INT64_C(-2208988800); /* 1900-01-01 */
	static const instant_t after = INT64_C(7258118400);  /* 2200-01-01 */
	return at >= first && at < after;
}

static bool instant_of_cell(
    const struct cell *cell, const struct zone *zone, instant_t *out, bool *has_time)
{
	if (!civil_is_valid(cell->year, cell->month, cell->day))
		return false;
	day_t day = day_from_civil(cell->year, cell->month, cell->day);
	int64_t local = (int64_t)day * DAY_SECONDS + cell->clock;
	*has_time =
	    cell->has_clock && (cell->clock || cell->has_fraction || cell->has_offset);
	if (cell->has_offset)
		*out = local - cell->offset;
	else if (*has_time && zone)
		*out = zone_to_utc(zone, local);
	else
		*out = local;
	return in_range(*out);
}

/* Two digits as a number, or above 99. */
static inline unsigned two(const char *p)
{
	unsigned tens = (unsigned char)p[0] - (unsigned)'0';
	unsigned ones = (unsigned char)p[1] - (unsigned)'0';
	return tens > 9 || ones > 9 ? 1000 : tens * 10 + ones;
}

/* What follows hh:mm:ss: nothing, a fraction, then nothing, Z or +0000. */
static bool fast_tail(const char *p, const char *end, struct cell *cell)
{
	if (p < end && *p == '.') {
		const char *digits = ++p;
		for (; p < end && is_digit(*p); p++)
			cell->has_fraction |= *p != '0';
		if (p == digits)
			return false;
	}
	if (p == end)
		return true;
	cell->has_offset = true;
	return (end - p == 1 && *p == 'Z') || (end - p == 5 && !memcmp(p, "+0000", 5));
}

/* YYYY-MM-DD, alone or with a clock behind T or a blank. False: ask parse_cell(). */
static bool fast_iso(struct slice text, struct cell *cell)
{
	const char *p = text.p;
	if (text.len < 10 || p[4] != '-' || p[7] != '-')
		return false;
	unsigned century = two(p), year = two(p + 2), month = two(p + 5),
	         day = two(p + 8);
	if ((century | year | month | day) > 127)
		return false;
	*cell = (struct cell){
	    .year = (int)(century * 100 + year), .month = (int)month, .day = (int)day};
	if (text.len == 10)
		return true;
	if (text.len < 19 || (p[10] != 'T' && p[10] != ' ') || p[13] != ':' ||
	    p[16] != ':')
		return false;
	unsigned hour = two(p + 11), minute = two(p + 14), second = two(p + 17);
	if (hour > 23 || minute > 59 || second > 59)
		return false;
	cell->has_clock = true;
	cell->clock = (int)(hour * 3600 + minute * 60 + second);
	return fast_tail(p + 19, p + text.len, cell);
}

enum date_hint date_look(struct slice text)
{
	struct cell cell;
	if (!fast_iso(text, &cell) && !parse_cell(text, &cell))
		return DATE_BAD;
	if (!cell.first)
		return civil_is_valid(cell.year, cell.month, cell.day) ? DATE_NEUTRAL
		                                                       : DATE_BAD;
	bool mdy = is_mdy(&cell), dmy = is_dmy(&cell);
	if (mdy && dmy)
		return cell.first == cell.second ? DATE_NEUTRAL : DATE_EITHER;
	return mdy ? DATE_ONLY_MDY : dmy ? DATE_ONLY_DMY : DATE_BAD;
}

bool instant_read(struct slice text, enum date_order order, const struct zone *zone,
    instant_t *out, bool *has_time)
{
	struct cell cell;
	instant_t at;
	bool timed;
	if (!fast_iso(text, &cell) &&
	    (!parse_cell(text, &cell) || !settle_order(&cell, order)))
		return false;
	if (!instant_of_cell(&cell, zone, &at, &timed))
		return false;
	*out = at;
	*has_time = timed;
	return true;
}
