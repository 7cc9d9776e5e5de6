#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "huddle/date.h"
#include "huddle/zone.h"

static uint64_t seed = 20261123;

static uint64_t any(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

static day_t day_of(const char *text)
{
	day_t day = DAY_NONE;
	cr_assert(day_parse(text, &day), "%s", text);
	return day;
}

Test(date, every_day_of_three_centuries_agrees_with_libc)
{
	day_t first = day_from_civil(1900, 1, 1), last = day_from_civil(2199, 12, 31);
	for (day_t day = first; day <= last; day++) {
		time_t at = (time_t)day * DAY_SECONDS;
		struct tm tm;
		gmtime_r(&at, &tm);
		struct civil c = civil_from_day(day);
		cr_assert_eq(c.year, tm.tm_year + 1900);
		cr_assert_eq(c.month, tm.tm_mon + 1);
		cr_assert_eq(c.day, tm.tm_mday);
		cr_assert_eq(day_weekday(day), (tm.tm_wday + 6) % 7);
		cr_assert_eq(day_from_civil(c.year, c.month, c.day), day);
		cr_assert_leq(c.day, month_length(c.year, c.month));
	}
	cr_assert_eq(last - first + 1, 109573);
}

Test(date, text_round_trips)
{
	char day_text[DAY_TEXT], text[INSTANT_TEXT];
	for (int i = 0; i < 100000; i++) {
		instant_t at = -2208988800 + (instant_t)any(7258118400u + 2208988800u),
		          back;
		time_t t = (time_t)at;
		struct tm tm;
		char want[INSTANT_TEXT];
		strftime(want, sizeof want, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&t, &tm));
		cr_assert_str_eq(instant_format(at, text), want);
		cr_assert(instant_parse(text, &back));
		cr_assert_eq(back, at);
		day_t day = day_of_instant(at), same;
		cr_assert(day_parse(day_format(day, day_text), &same));
		cr_assert_eq(same, day);
		bool has_time;
		cr_assert(
		    instant_read(slice_of(text), DATES_ISO, NULL, &back, &has_time));
		cr_assert_eq(back, at);
		cr_assert(has_time);
	}
}

Test(date, absent_is_empty_text)
{
	char buf[INSTANT_TEXT];
	cr_assert_str_eq(day_format(DAY_NONE, buf), "");
	cr_assert_str_eq(instant_format(INSTANT_NONE, buf), "");
	cr_assert_str_eq(day_short(DAY_NONE, 0, buf), "");
	cr_assert_eq(day_of_instant(INSTANT_NONE), DAY_NONE);
	cr_assert_eq(day_add_months(DAY_NONE, 1), DAY_NONE);
	cr_assert_eq(day_of_instant(-1), -1);
	cr_assert_eq(day_of_instant(-86400), -1);
	cr_assert_eq(day_of_instant(-86401), -2);
	cr_assert_str_eq(day_format(INT32_MAX, buf), "");
	cr_assert_str_eq(instant_format(INT64_MAX, buf), "");
}

Test(date, short_form_names_another_year)
{
	char buf[DAY_TEXT];
	day_t today = day_of("2026-11-23");
	cr_assert_str_eq(day_short(day_of("2026-11-28"), today, buf), "28 Nov");
	cr_assert_str_eq(day_short(day_of("2027-02-03"), today, buf), "3 Feb 27");
	cr_assert_str_eq(day_short(day_of("2000-02-03"), DAY_NONE, buf), "3 Feb 00");
}

Test(date, parse_refuses_what_is_not_exact)
{
	static const char *const bad[] = {"", "2026-11-31", "2026-02-29", "2026-13-01",
	    "2026-00-10", "2026-1-01", "2026-11-28 ", " 2026-11-28", "2026/11/28",
	    "2026-11-28T00:00:00Z", "1899-12-31", "2200-01-01", "20261128", "2026-11-2x"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		day_t day = 77;
		cr_assert_not(day_parse(bad[i], &day), "%s", bad[i]);
		cr_assert_eq(day, 77);
	}
	instant_t at;
	cr_assert_not(instant_parse("2026-11-28T24:00:00Z", &at));
	cr_assert_not(instant_parse("2026-11-28T23:60:00Z", &at));
	cr_assert_not(instant_parse("2026-11-28T23:00:00", &at));
	cr_assert_not(instant_parse("2026-11-28", &at));
	cr_assert(instant_parse("2024-02-29T23:59:59Z", &at));
}

Test(date, months_are_added_and_clamped)
{
	cr_assert_eq(day_add_months(day_of("2026-01-31"), 1), day_of("2026-02-28"));
	cr_assert_eq(day_add_months(day_of("2024-01-31"), 1), day_of("2024-02-29"));
	cr_assert_eq(day_add_months(day_of("2026-12-15"), 1), day_of("2027-01-15"));
	cr_assert_eq(day_add_months(day_of("2026-01-15"), -1), day_of("2025-12-15"));
	cr_assert_eq(day_add_months(day_of("2026-03-31"), -13), day_of("2025-02-28"));
	cr_assert_eq(
	    month_index(day_of("2026-12-31")) + 1, month_index(day_of("2027-01-01")));
}

static const struct {
	const char *text;
	enum date_order order;
	const char *want; /* an instant; a bare date when there is no time; NULL is bad */
	enum date_hint hint;
} cells[] = {
    {"2025-08-11", DATES_UNKNOWN, "2025-08-11", DATE_NEUTRAL},
    {"2025-08-11 14:03", DATES_UNKNOWN, "2025-08-11T14:03:00Z", DATE_NEUTRAL},
    {"2025-08-11 14:03:05", DATES_UNKNOWN, "2025-08-11T14:03:05Z", DATE_NEUTRAL},
    {"2025-08-11T14:03:05", DATES_UNKNOWN, "2025-08-11T14:03:05Z", DATE_NEUTRAL},
    {"2025-08-11T14:03:05.123Z", DATES_UNKNOWN, "2025-08-11T14:03:05Z", DATE_NEUTRAL},
    {"2017-03-01T14:55:03.000+0000", DATES_UNKNOWN, "2017-03-01T14:55:03Z", DATE_NEUTRAL},
    {"2017-03-01T14:55:03+01:00", DATES_UNKNOWN, "2017-03-01T13:55:03Z", DATE_NEUTRAL},
    {"2017-03-01T00:30:00+0100", DATES_UNKNOWN, "2017-02-28T23:30:00Z", DATE_NEUTRAL},
    {"2017-03-01 14:55:03 -0530", DATES_UNKNOWN, "2017-03-01T20:25:03Z", DATE_NEUTRAL},
    {"2017-03-01 14:55:03 UTC", DATES_UNKNOWN, "2017-03-01T14:55:03Z", DATE_NEUTRAL},
    {"2017-03-01 14:55:03 GMT+01:00", DATES_UNKNOWN, "2017-03-01T13:55:03Z",
        DATE_NEUTRAL},
    {"2017-03-01T14:55+01", DATES_UNKNOWN, "2017-03-01T13:55:00Z", DATE_NEUTRAL},
    {"2023-05-11 09:00:00.1234567", DATES_UNKNOWN, "2023-05-11T09:00:00Z", DATE_NEUTRAL},
    {"2023-05-11 09:00:00,5", DATES_UNKNOWN, "2023-05-11T09:00:00Z", DATE_NEUTRAL},
    {"2023-05-11 00:00:00", DATES_UNKNOWN, "2023-05-11", DATE_NEUTRAL},
    {"2023-05-11 00:00:00.0000000", DATES_UNKNOWN, "2023-05-11", DATE_NEUTRAL},
    {"2023-05-11T00:00:00Z", DATES_UNKNOWN, "2023-05-11T00:00:00Z", DATE_NEUTRAL},
    {"2025/08/11", DATES_UNKNOWN, "2025-08-11", DATE_NEUTRAL},
    {"2025-8-1", DATES_UNKNOWN, "2025-08-01", DATE_NEUTRAL},
    {" 2025-08-11\xC2\xA0", DATES_UNKNOWN, "2025-08-11", DATE_NEUTRAL},
    {"4/19/2024", DATES_MDY, "2024-04-19", DATE_ONLY_MDY},
    {"4/19/2024", DATES_UNKNOWN, "2024-04-19", DATE_ONLY_MDY},
    {"4/19/2024", DATES_DMY, NULL, DATE_ONLY_MDY},
    {"4/19/2024", DATES_ISO, NULL, DATE_ONLY_MDY},
    {"19/04/2024 2:05 PM", DATES_DMY, "2024-04-19T14:05:00Z", DATE_ONLY_DMY},
    {"19/04/2024 2:05 PM", DATES_MDY, NULL, DATE_ONLY_DMY},
    {"03/04/2025", DATES_UNKNOWN, NULL, DATE_EITHER},
    {"03/04/2025", DATES_MDY, "2025-03-04", DATE_EITHER},
    {"03/04/2025", DATES_DMY, "2025-04-03", DATE_EITHER},
    {"5/5/2025", DATES_UNKNOWN, "2025-05-05", DATE_NEUTRAL},
    {"19.04.2024", DATES_DMY, "2024-04-19", DATE_ONLY_DMY},
    {"19-04-24", DATES_DMY, "2024-04-19", DATE_ONLY_DMY},
    {"1.2.70", DATES_DMY, "1970-02-01", DATE_EITHER},
    {"1.2.69", DATES_DMY, "2069-02-01", DATE_EITHER},
    {"2/30/2024", DATES_MDY, NULL, DATE_BAD},
    {"2/29/2023", DATES_MDY, NULL, DATE_BAD},
    {"2/29/2024", DATES_MDY, "2024-02-29", DATE_ONLY_MDY},
    {"13/13/2024", DATES_MDY, NULL, DATE_BAD},
    {"0/1/2024", DATES_MDY, NULL, DATE_BAD},
    {"11-Aug-2025", DATES_UNKNOWN, "2025-08-11", DATE_NEUTRAL},
    {"11-Aug-25", DATES_UNKNOWN, "2025-08-11", DATE_NEUTRAL},
    {"11 August 2025 14:03", DATES_ISO, "2025-08-11T14:03:00Z", DATE_NEUTRAL},
    {"Aug 11, 2025 3:04 PM", DATES_UNKNOWN, "2025-08-11T15:04:00Z", DATE_NEUTRAL},
    {"Aug 11, 2025, 3:04\xE2\x80\xAFPM", DATES_UNKNOWN, "2025-08-11T15:04:00Z",
        DATE_NEUTRAL},
    {"Aug 11, 2025 at 3:04 p.m.", DATES_UNKNOWN, "2025-08-11T15:04:00Z", DATE_NEUTRAL},
    {"August 11 2025", DATES_UNKNOWN, "2025-08-11", DATE_NEUTRAL},
    {"sept 1, 2025", DATES_UNKNOWN, "2025-09-01", DATE_NEUTRAL},
    {"Mon 8/11/2025 2:05 PM", DATES_MDY, "2025-08-11T14:05:00Z", DATE_EITHER},
    {"Monday, 11 August 2025", DATES_UNKNOWN, "2025-08-11", DATE_NEUTRAL},
    {"5/11/2023 12:00 AM", DATES_MDY, "2023-05-11", DATE_EITHER},
    {"5/11/2023 12:30 AM", DATES_MDY, "2023-05-11T00:30:00Z", DATE_EITHER},
    {"5/11/2023 12:30pm", DATES_MDY, "2023-05-11T12:30:00Z", DATE_EITHER},
    {"5/11/2023 0:00", DATES_MDY, "2023-05-11", DATE_EITHER},
    {"5/11/2023 13:30 PM", DATES_MDY, NULL, DATE_BAD},
    {"5/11/2023 0:30 AM", DATES_MDY, NULL, DATE_BAD},
    {"45631", DATES_MDY, NULL, DATE_BAD},
    {"45631.5", DATES_MDY, NULL, DATE_BAD},
    {"20250811", DATES_ISO, NULL, DATE_BAD},
    {"", DATES_ISO, NULL, DATE_BAD},
    {" ", DATES_ISO, NULL, DATE_BAD},
    {"n/a", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11x", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 14:03:05 x", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11T", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 25:00", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 24:00:00", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 14:60:00", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 14:00:60", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 14:00:00.", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 14:00:00+15:00", DATES_ISO, NULL, DATE_BAD},
    {"2025-08-11 14:00:00 EST", DATES_ISO, "2025-08-11T19:00:00Z", DATE_NEUTRAL},
    {"2025-08-11 14:00:00 IST", DATES_ISO, NULL, DATE_NEUTRAL},
    {"2025-08-32", DATES_ISO, NULL, DATE_BAD},
    {"2025-02-29", DATES_ISO, NULL, DATE_BAD},
    {"2025-08/11", DATES_ISO, NULL, DATE_BAD},
    {"1/2-2025", DATES_MDY, NULL, DATE_BAD},
    {"1/2/025", DATES_MDY, NULL, DATE_BAD},
    {"1/2/20255", DATES_MDY, NULL, DATE_BAD},
    {"1/2", DATES_MDY, NULL, DATE_BAD},
    {"Aug 2025", DATES_MDY, NULL, DATE_BAD},
    {"Aug", DATES_MDY, NULL, DATE_BAD},
    {"Monday", DATES_MDY, NULL, DATE_BAD},
    {"11 Foo 2025", DATES_MDY, NULL, DATE_BAD},
    {"1899-12-31", DATES_ISO, NULL, DATE_BAD},
    {"2200-01-01", DATES_ISO, NULL, DATE_BAD},
    {"9999-12-31", DATES_ISO, NULL, DATE_BAD},
    {"0000-00-00", DATES_ISO, NULL, DATE_BAD},
};

Test(date, cells_of_exports)
{
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct slice text = slice_of(cells[i].text);
		instant_t at = 77;
		bool has_time = false;
		char buf[INSTANT_TEXT];
		bool good = instant_read(text, cells[i].order, NULL, &at, &has_time);
		cr_expect_eq(date_look(text), cells[i].hint, "%s looks %d", cells[i].text,
		    (int)date_look(text));
		cr_assert_eq(good, cells[i].want != NULL, "%s", cells[i].text);
		if (!good) {
			cr_assert_eq(at, 77);
			continue;
		}
		cr_assert_eq(has_time, strlen(cells[i].want) > 10, "%s", cells[i].text);
		instant_format(at, buf);
		if (!has_time) {
			cr_assert_str_eq(buf + 10, "T00:00:00Z");
			buf[10] = '\0';
		}
		cr_assert_str_eq(buf, cells[i].want, "%s gave %s", cells[i].text, buf);
	}
}

/* No input may be read beyond its end or accepted with junk behind it. */
Test(date, cut_and_damaged_cells_are_safe)
{
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		size_t len = strlen(cells[i].text);
		for (size_t cut = 0; cut <= len; cut++) {
			char *copy = memcpy(malloc(cut + 1), cells[i].text, cut);
			instant_t at;
			bool has_time;
			struct slice s = {.p = copy, .len = cut};
			instant_read(s, DATES_MDY, NULL, &at, &has_time);
			copy[cut] = '\x01';
			s.len = cut + 1;
			cr_assert_not(instant_read(s, DATES_MDY, NULL, &at, &has_time));
			for (size_t k = 0; k < cut; k++) {
				char kept = copy[k];
				copy[k] = (char)any(256);
				s.len = cut;
				enum date_hint hint = date_look(s);
				bool good =
				    instant_read(s, DATES_MDY, NULL, &at, &has_time);
				if (good)
					cr_assert_neq(hint, DATE_BAD);
				copy[k] = kept;
			}
			free(copy);
		}
	}
}

Test(date, a_time_without_offset_is_in_the_zone)
{
	const struct zone *chicago = zone_find("America/Chicago");
	cr_assert_not_null(chicago);
	static const struct {
		const char *text, *want;
	} local[] = {
	    {"2025-07-01 09:00:00", "2025-07-01T14:00:00Z"},
	    {"2025-01-01 09:00", "2025-01-01T15:00:00Z"},
	    {"2025-07-01T09:00:00Z", "2025-07-01T09:00:00Z"},
	    {"2025-07-01T09:00:00.5+02:00", "2025-07-01T07:00:00Z"},
	    {"2025-07-01", "2025-07-01T00:00:00Z"},
	    {"2025-07-01 00:00:00", "2025-07-01T00:00:00Z"},
	    {"2025-07-01 00:00:00.5", "2025-07-01T05:00:00Z"},
	};
	for (size_t i = 0; i < sizeof local / sizeof *local; i++) {
		instant_t at;
		bool has_time;
		char buf[INSTANT_TEXT];
		cr_assert(instant_read(
		    slice_of(local[i].text), DATES_ISO, chicago, &at, &has_time));
		cr_assert_str_eq(instant_format(at, buf), local[i].want, "%s gave %s",
		    local[i].text, buf);
	}
}
