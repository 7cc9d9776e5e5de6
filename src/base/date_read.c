#include <string.h>

#include "date_inside.h"
#include "huddle/date.h"
#include "huddle/zone.h"

/*
 * Reading one cell of an export. date_parse_cell() knows the shapes and leaves
 * open which of two numbers is the month; date_look() and instant_read() settle
 * it, one for a column, one for a cell. In front of it stands a fast path for
 * the ISO shapes, which are nearly all cells of nearly all exports.
 */

static bool is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

static bool is_mdy(const struct date_cell *cell)
{
	return civil_is_valid(cell->year, cell->first, cell->second);
}

static bool is_dmy(const struct date_cell *cell)
{
	return civil_is_valid(cell->year, cell->second, cell->first);
}

/* Without a known order only a date that can be read one way is read. */
static bool settle_order(struct date_cell *cell, enum date_order order)
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
    const struct date_cell *cell, const struct zone *zone, instant_t *out, bool *has_time)
{
	if (!civil_is_valid(cell->year, cell->month, cell->day))
		return false;
	day_t day = day_from_civil(cell->year, cell->month, cell->day);
	int64_t local = (int64_t)day * DAY_SECONDS + cell->clock;
	*has_time =
	    cell->has_clock && (cell->clock || cell->has_fraction || cell->has_offset);
	int offset = cell->offset;
	if (cell->zone.len && !zone_word_offset(cell->zone, zone, local, &offset))
		return false;
	if (cell->has_offset)
		*out = local - offset;
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
static bool fast_tail(const char *p, const char *end, struct date_cell *cell)
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

/* YYYY-MM-DD, alone or with a clock behind T or a blank. False: ask date_parse_cell(). */
static bool fast_iso(struct slice text, struct date_cell *cell)
{
	const char *p = text.p;
	if (text.len < 10 || p[4] != '-' || p[7] != '-')
		return false;
	unsigned century = two(p), year = two(p + 2), month = two(p + 5),
	         day = two(p + 8);
	if ((century | year | month | day) > 127)
		return false;
	*cell = (struct date_cell){
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
	struct date_cell cell;
	if (!fast_iso(text, &cell) && !date_parse_cell(text, &cell))
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
	struct date_cell cell;
	instant_t at;
	bool timed;
	if (!fast_iso(text, &cell) &&
	    (!date_parse_cell(text, &cell) || !settle_order(&cell, order)))
		return false;
	if (!instant_of_cell(&cell, zone, &at, &timed))
		return false;
	*out = at;
	*has_time = timed;
	return true;
}
