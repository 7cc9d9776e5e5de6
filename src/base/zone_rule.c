#include "zone_file.h"

/*
 * The rule for the time after a zone file's last change, in the notation of
 * POSIX for TZ with the hours of RFC 8536, 3.3.1: "CST6CDT,M3.2.0,M11.1.0",
 * "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0". Offsets are written west-positive.
 */

enum { FIRST_YEAR_OF_RULES = 1899, LAST_YEAR_OF_RULES = 2200 };

/* The day of a year on which the clock changes, and when on that day. */
struct turn {
	char kind;            /* M: month.week.weekday; J: 1..365; 0: 0..365 */
	int month, week, day; /* weekday 0 is Sunday here */
	int second;           /* by the clock before the change; may be negative */
};

struct text {
	const char *p, *end;
};

static bool take(struct text *t, char c)
{
	if (t->p == t->end || *t->p != c)
		return false;
	t->p++;
	return true;
}

static bool take_number(struct text *t, int least, int most, int *out)
{
	int value = 0, digits = 0;
	while (t->p < t->end && *t->p >= '0' && *t->p <= '9' && digits++ < 3)
		value = value * 10 + (*t->p++ - '0');
	*out = value;
	return digits && value >= least && value <= most;
}

/* [+-]hh[:mm[:ss]] */
static bool take_time(struct text *t, int *out)
{
	int hours, minutes = 0, seconds = 0;
	bool negative = take(t, '-');
	if (!negative)
		take(t, '+');
	if (!take_number(t, 0, 167, &hours))
		return false;
	if (take(t, ':') && !take_number(t, 0, 59, &minutes))
		return false;
	if (take(t, ':') && !take_number(t, 0, 59, &seconds))
		return false;
	*out = (hours * 3600 + minutes * 60 + seconds) * (negative ? -1 : 1);
	return true;
}

/* CST or <+03> */
static bool take_name(struct text *t)
{
	const char *start = t->p;
	bool quoted = take(t, '<');
	while (t->p < t->end &&
	       (quoted ? *t->p != '>' : (unsigned char)((*t->p | 0x20) - 'a') < 26))
		t->p++;
	return quoted ? take(t, '>') : t->p > start;
}

static bool take_turn(struct text *t, struct turn *out)
{
	*out = (struct turn){.second = 2 * 3600};
	if (!take(t, ','))
		return false;
	if (take(t, 'M')) {
		out->kind = 'M';
		if (!take_number(t, 1, 12, &out->month) || !take(t, '.') ||
		    !take_number(t, 1, 5, &out->week) || !take(t, '.') ||
		    !take_number(t, 0, 6, &out->day))
			return false;
	} else {
		out->kind = take(t, 'J') ? 'J' : '0';
		if (!take_number(t, out->kind == 'J', 365, &out->day))
			return false;
	}
	return !take(t, '/') || take_time(t, &out->second);
}

/* Week 5 is the last one; a Julian day counts no leap day. */
static day_t day_of_turn(const struct turn *turn, int year)
{
	day_t new_year = day_from_civil(year, 1, 1);
	if (turn->kind == '0')
		return new_year + turn->day;
	if (turn->kind == 'J')
		return new_year + turn->day - 1 +
		       (turn->day >= 60 && month_length(year, 2) == 29);
	day_t first = day_from_civil(year, turn->month, 1);
	int from_sunday = (day_weekday(first) + 1) % 7;
	int day = (turn->day - from_sunday + 7) % 7 + 7 * (turn->week - 1);
	return first + (day >= month_length(year, turn->month) ? day - 7 : day);
}

static instant_t instant_of_turn(const struct turn *turn, int year, int offset_before)
{
	return (instant_t)day_of_turn(turn, year) * DAY_SECONDS + turn->second -
	       offset_before;
}

static void add_after(struct zone_changes *out, instant_t after, struct zone_change one,
    struct zone_change other)
{
	bool swap = other.at < one.at;
	struct zone_change first = swap ? other : one, second = swap ? one : other;
	if (first.at > after)
		zone_add_change(out, first.at, first.offset);
	if (second.at > after)
		zone_add_change(out, second.at, second.offset);
}

bool zone_add_rule(struct zone_changes *out, struct slice rule, instant_t after)
{
	struct text t = {.p = rule.p, .end = rule.p + rule.len};
	int west, standard, summer;
	struct turn start, end;
	if (!rule.len)
		return true;
	if (!take_name(&t) || !take_time(&t, &west))
		return false;
	standard = -west;
	if (t.p == t.end)
		return true; /* no summer time any more; the last change holds */
	if (!take_name(&t))
		return false;
	summer = standard + 3600;
	if (t.p < t.end && *t.p != ',') {
		if (!take_time(&t, &west))
			return false;
		summer = -west;
	}
	if (!take_turn(&t, &start) || !take_turn(&t, &end) || t.p != t.end)
		return false;
	int year = FIRST_YEAR_OF_RULES;
	if (after > -(INT64_C(1) << 40))
		year = civil_from_day(day_of_instant(after)).year;
	for (; year <= LAST_YEAR_OF_RULES; year++) {
		struct zone_change on = {instant_of_turn(&start, year, standard), summer};
		struct zone_change off = {instant_of_turn(&end, year, summer), standard};
		add_after(out, after, on, off);
	}
	return true;
}
