#include <criterion/criterion.h>
#include <stdlib.h>

#include "huddle/handoff.h"
#include "huddle/zone.h"

/* Business hours: vectors by hand, and against counting minute by minute. */

#define SAT_SUN (1u << 5 | 1u << 6)
enum { HOUR = 3600 };

static instant_t at(const char *text)
{
	instant_t out = INSTANT_NONE;
	cr_assert(instant_parse(text, &out), "%s", text);
	return out;
}

static struct work_hours from_to(
    const char *zone, int opens, int closes, unsigned weekend)
{
	struct work_hours h = {.zone = zone_find(zone),
	    .opens = opens,
	    .closes = closes,
	    .days = {.weekend = weekend}};
	cr_assert_not_null(h.zone, "%s", zone);
	return h;
}

static struct work_hours nine_to_five(const char *zone)
{
	return from_to(zone, 9 * 60, 17 * 60, SAT_SUN);
}

static void worked(
    const struct work_hours *h, const char *from, const char *to, int64_t seconds)
{
	int64_t found = hours_worked(h, at(from), at(to));
	cr_expect_eq(found, seconds, "%s %s..%s: %lld, not %lld", zone_name(h->zone),
	    from, to, (long long)found, (long long)seconds);
	cr_expect_eq(hours_worked(h, at(to), at(from)), -seconds);
}

Test(hours, over_a_weekend)
{
	struct work_hours h = nine_to_five("UTC");
	/* GitLab's and Frappe's vectors: a Friday to a Monday, a Saturday to a Monday. */
	worked(&h, "2026-11-20T16:30:00Z", "2026-11-23T09:30:00Z", HOUR);
	worked(&h, "2026-11-21T11:00:00Z", "2026-11-23T10:00:00Z", HOUR);
	worked(&h, "2026-11-21T11:00:00Z", "2026-11-22T23:59:59Z", 0);
	worked(&h, "2026-11-23T10:00:00Z", "2026-11-23T10:00:00Z", 0);
	worked(&h, "2026-11-23T10:00:00Z", "2026-11-23T10:00:01Z", 1);
	worked(&h, "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z", 40 * HOUR);
	worked(&h, "2026-11-23T16:59:59Z", "2026-11-24T09:00:01Z", 2);
	worked(&h, "1969-12-31T16:00:00Z", "1970-01-01T10:00:00Z", 2 * HOUR);
}

Test(hours, on_holidays)
{
	struct work_hours h = nine_to_five("UTC");
	workdays_add_holiday(&h.days, day_from_civil(2026, 12, 25)); /* a Friday */
	workdays_add_holiday(&h.days, day_from_civil(2026, 12, 26)); /* a Saturday */
	worked(&h, "2026-12-24T16:30:00Z", "2026-12-28T09:30:00Z", HOUR);
	worked(&h, "2026-12-25T10:00:00Z", "2026-12-25T12:00:00Z", 0);
	worked(&h, "2026-12-25T10:00:00Z", "2026-12-28T10:00:00Z", HOUR);
}

/* Each of these weekends lies between 16:30 on a Friday and 09:30 on a Monday. */
Test(hours, the_clock_is_changed_at_a_weekend)
{
	static const struct {
		const char *zone, *friday, *monday;
	} cases[] = {{"America/New_York", "2026-03-06T21:30:00Z", "2026-03-09T13:30:00Z"},
	    {"America/New_York", "2026-10-30T20:30:00Z", "2026-11-02T14:30:00Z"},
	    {"Europe/Berlin", "2026-03-27T15:30:00Z", "2026-03-30T07:30:00Z"},
	    {"Europe/Berlin", "2026-10-23T14:30:00Z", "2026-10-26T08:30:00Z"},
	    {"Australia/Sydney", "2026-04-03T05:30:00Z", "2026-04-05T23:30:00Z"},
	    {"Australia/Sydney", "2026-10-02T06:30:00Z", "2026-10-04T22:30:00Z"},
	    {"Australia/Lord_Howe", "2026-04-03T05:30:00Z", "2026-04-05T23:00:00Z"},
	    {"Australia/Lord_Howe", "2026-10-02T06:00:00Z", "2026-10-04T22:30:00Z"},
	    {"Asia/Kolkata", "2026-11-20T11:00:00Z", "2026-11-23T04:00:00Z"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct work_hours h = nine_to_five(cases[i].zone);
		worked(&h, cases[i].friday, cases[i].monday, HOUR);
	}
}

/* Every day is worked on; local midnight to midnight of the day of the change. */
Test(hours, in_the_hour_that_is_changed)
{
	static const struct {
		const char *zone, *from, *to;
		int opens, closes, minutes;
	} cases[] = {/* from 02:00 to 03:00 at once */
	    {"America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 0, 1440,
	        23 * 60},
	    {"America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 60, 240,
	        120},
	    {"America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 120, 180,
	        0},
	    {"America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", 150, 210,
	        30},
	    /* from 02:00 back to 01:00 */
	    {"America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 0, 1440,
	        25 * 60},
	    {"America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 60, 120,
	        120},
	    {"America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", 90, 150,
	        90},
	    {"Europe/Berlin", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 60, 240,
	        120},
	    {"Europe/Berlin", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 60, 240,
	        240},
	    /* half an hour: 02:00 back to 01:30, and 02:00 to 02:30 at once */
	    {"Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 0,
	        1440, 24 * 60 + 30},
	    {"Australia/Lord_Howe", "2026-04-04T13:00:00Z", "2026-04-05T13:30:00Z", 90,
	        120, 60},
	    {"Australia/Lord_Howe", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z", 0,
	        1440, 23 * 60 + 30},
	    {"Australia/Lord_Howe", "2026-10-03T13:30:00Z", "2026-10-04T13:00:00Z", 120,
	        150, 0}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct work_hours h =
		    from_to(cases[i].zone, cases[i].opens, cases[i].closes, 0);
		worked(&h, cases[i].from, cases[i].to, cases[i].minutes * INT64_C(60));
	}
}

static void due(
    const struct work_hours *h, struct span span, const char *from, const char *expected)
{
	char buf[INSTANT_TEXT];
	cr_expect_str_eq(instant_format(span_due(h, span, at(from)), buf), expected,
	    "%d of unit %d from %s: %s", span.count, (int)span.unit, from, buf);
}

Test(hours, when_a_span_is_over)
{
	struct work_hours h = nine_to_five("UTC"), ny = nine_to_five("America/New_York");
	const struct span hours4 = {4, SPAN_BUSINESS_HOURS},
	                  days1 = {1, SPAN_BUSINESS_DAYS},
	                  days5 = {5, SPAN_BUSINESS_DAYS}, clock48 = {48, SPAN_HOURS},
	                  clock2 = {2, SPAN_DAYS};
	due(&h, hours4, "2026-11-20T13:00:00Z", "2026-11-20T17:00:00Z");
	due(&h, hours4, "2026-11-20T13:00:01Z", "2026-11-23T09:00:01Z");
	due(&h, hours4, "2026-11-20T18:00:00Z", "2026-11-23T13:00:00Z");
	due(&h, hours4, "2026-11-23T07:00:00Z", "2026-11-23T13:00:00Z");
	due(&h, days1, "2026-11-20T16:30:00Z", "2026-11-23T16:30:00Z");
	due(&h, days1, "2026-11-21T11:00:00Z", "2026-11-23T17:00:00Z");
	due(&h, days5, "2026-11-20T16:30:00Z", "2026-11-27T16:30:00Z");
	due(&h, clock48, "2026-11-20T16:30:00Z", "2026-11-22T16:30:00Z");
	due(&h, clock2, "2026-11-20T16:30:00Z", "2026-11-22T16:30:00Z");
	/* 16:30 in New York before the change and 16:30 after it */
	due(&ny, days1, "2026-03-06T21:30:00Z", "2026-03-09T20:30:00Z");
	due(&ny, days5, "2026-10-30T20:30:00Z", "2026-11-06T21:30:00Z");
	due(&ny, clock48, "2026-03-06T21:30:00Z", "2026-03-08T21:30:00Z");
	workdays_add_holiday(&h.days, day_from_civil(2026, 11, 23));
	due(&h, hours4, "2026-11-20T16:00:00Z", "2026-11-24T12:00:00Z");
}

Test(hours, a_span_that_never_ends)
{
	struct work_hours h = nine_to_five("UTC");
	struct span days = {INT32_MAX, SPAN_BUSINESS_DAYS},
	            hours = {INT32_MAX, SPAN_HOURS};
	cr_expect_eq(span_due(&h, days, 0), INSTANT_NONE);
	cr_expect_eq(span_due(&h, hours, 0), INSTANT_NONE);
	cr_expect_eq(hours_after(&h, 12345, 0), 12345);
}

/* What the clock on the wall shows, minute by minute. */
static int64_t counted(const struct work_hours *h, instant_t from, instant_t to)
{
	int64_t seconds = 0;
	for (instant_t t = from; t < to; t += 60) {
		int64_t wall = zone_from_utc(h->zone, t);
		day_t day = day_of_instant(wall);
		int minute = (int)((wall - (int64_t)day * DAY_SECONDS) / 60);
		if (minute >= h->opens && minute < h->closes &&
		    workdays_has(&h->days, day))
			seconds += 60;
	}
	return seconds;
}

static unsigned seed;
static int below(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 8) % n;
}

/* Zones, and a day in each near which its clock was changed. Apia had no 30 December
 * in 2011; São Paulo changed at midnight. */
static const struct {
	const char *zone;
	int year, month, day;
} changes[] = {{"America/New_York", 2026, 3, 8}, {"America/New_York", 2026, 11, 1},
    {"Europe/Berlin", 2026, 3, 29}, {"Europe/Berlin", 2026, 10, 25},
    {"Australia/Lord_Howe", 2026, 4, 5}, {"Australia/Lord_Howe", 2026, 10, 4},
    {"Australia/Sydney", 2026, 4, 5}, {"Asia/Kolkata", 2026, 6, 1},
    {"America/Sao_Paulo", 2014, 10, 19}, {"Pacific/Apia", 2011, 12, 30},
    {"UTC", 2026, 1, 1}};

static struct work_hours any_hours(size_t i)
{
	int opens = below(3) ? below(23 * 60) : below(4) * 60;
	int closes = opens + 1 + below(below(2) ? 90 : 1440 - opens);
	struct work_hours h = from_to(changes[i].zone, opens,
	    closes > 1440 ? 1440 : closes, (unsigned)below(2) * SAT_SUN);
	day_t day = day_from_civil(changes[i].year, changes[i].month, changes[i].day);
	for (int n = below(3); n > 0; n--)
		workdays_add_holiday(&h.days, day + below(9) - 4);
	return h;
}

static instant_t near(size_t i)
{
	day_t day = day_from_civil(changes[i].year, changes[i].month, changes[i].day);
	int minutes = below(6) ? below(8 * 1440) : below(40 * 1440);
	return (day - 4) * INT64_C(86400) + minutes * INT64_C(60);
}

Test(hours, as_the_clock_on_the_wall_has_it, .timeout = 120)
{
	seed = 11;
	for (int round = 0; round < 4000; round++) {
		size_t i = (size_t)below(sizeof changes / sizeof *changes);
		struct work_hours h = any_hours(i);
		instant_t a = near(i), b = near(i), c = near(i);
		int64_t ab = hours_worked(&h, a, b);
		int64_t slow = a < b ? counted(&h, a, b) : -counted(&h, b, a);
		cr_assert_eq(ab, slow, "%s %d-%d %lld..%lld: %lld, not %lld",
		    changes[i].zone, h.opens, h.closes, (long long)a, (long long)b,
		    (long long)ab, (long long)slow);
		/* Whole seconds too, and the three in any order. */
		b += below(60);
		cr_assert_eq(hours_worked(&h, a, b) + hours_worked(&h, b, c),
		    hours_worked(&h, a, c));
	}
}

Test(hours, the_first_instant_at_which_so_much_is_worked, .timeout = 120)
{
	seed = 12;
	for (int round = 0; round < 20000; round++) {
		size_t i = (size_t)below(sizeof changes / sizeof *changes);
		struct work_hours h = any_hours(i);
		instant_t from = near(i) + below(60);
		int64_t seconds = 1 + below(below(2) ? 4 * HOUR : 200 * HOUR);
		instant_t end = hours_after(&h, from, seconds);
		cr_assert_eq(hours_worked(&h, from, end), seconds, "%s %d-%d from %lld",
		    changes[i].zone, h.opens, h.closes, (long long)from);
		cr_assert_eq(hours_worked(&h, from, end - 1), seconds - 1);
	}
}
