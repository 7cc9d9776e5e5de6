#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "huddle/path.h"
#include "huddle/zone.h"

static instant_t instant(const char *text)
{
	instant_t at = INSTANT_NONE;
	cr_assert(instant_parse(text, &at), "%s", text);
	return at;
}

Test(zone, is_found_by_its_name)
{
	const struct zone *zone = zone_find("America/Chicago");
	cr_assert_not_null(zone);
	cr_assert_eq(zone_find("America/Chicago"), zone);
	cr_assert_str_eq(zone_name(zone), "America/Chicago");
	cr_assert_str_eq(zone_name(NULL), "UTC");
	static const char *const unknown[] = {"", "Nowhere/Land", "America",
	    "../../etc/passwd", "/etc/passwd", "America/../../../../etc/passwd",
	    "zone.tab", "America/Chicago\n"};
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		cr_assert_null(zone_find(unknown[i]), "%s", unknown[i]);
	cr_assert_null(zone_find(NULL));
}

Test(zone, utc_needs_no_files)
{
	setenv("TZDIR", "/nowhere", 1);
	cr_assert_null(zone_find("Europe/Paris"));
	const struct zone *utc = zone_find("UTC");
	cr_assert_not_null(utc);
	cr_assert_eq(zone_to_utc(utc, 12345), 12345);
	cr_assert_eq(zone_from_utc(utc, -12345), -12345);
	cr_assert_eq(zone_to_utc(NULL, 12345), 12345);
}

static const struct {
	const char *zone, *local, *utc;
	bool gap; /* no such time on the clock */
} cases[] = {
    {"America/Chicago", "2025-07-01T09:00:00Z", "2025-07-01T14:00:00Z", false},
    {"America/Chicago", "2025-01-01T09:00:00Z", "2025-01-01T15:00:00Z", false},
    /* leaps over 02:00..03:00 */
    {"America/Chicago", "2025-03-09T01:59:59Z", "2025-03-09T07:59:59Z", false},
    {"America/Chicago", "2025-03-09T02:30:00Z", "2025-03-09T08:30:00Z", true},
    {"America/Chicago", "2025-03-09T03:00:00Z", "2025-03-09T08:00:00Z", false},
    /* 01:00..02:00 twice: the first */
    {"America/Chicago", "2025-11-02T00:59:59Z", "2025-11-02T05:59:59Z", false},
    {"America/Chicago", "2025-11-02T01:30:00Z", "2025-11-02T06:30:00Z", false},
    {"America/Chicago", "2025-11-02T02:00:00Z", "2025-11-02T08:00:00Z", false},
    {"Europe/Berlin", "2026-11-23T09:00:00Z", "2026-11-23T08:00:00Z", false},
    {"Asia/Kolkata", "2026-11-23T09:00:00Z", "2026-11-23T03:30:00Z", false},
    {"Australia/Lord_Howe", "2099-12-01T09:00:00Z", "2099-11-30T22:00:00Z", false},
    {"America/Sao_Paulo", "2014-06-01T09:00:00Z", "2014-06-01T12:00:00Z", false},
    {"Pacific/Apia", "2011-12-31T00:00:00Z", "2011-12-30T10:00:00Z", false},
    {"Europe/Dublin", "2190-07-01T12:00:00Z", "2190-07-01T11:00:00Z", false},
};

Test(zone, clocks_that_leap_and_repeat)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const struct zone *zone = zone_find(cases[i].zone);
		cr_assert_not_null(zone, "%s", cases[i].zone);
		char buf[INSTANT_TEXT];
		instant_t local = instant(cases[i].local), utc = zone_to_utc(zone, local);
		cr_expect_str_eq(instant_format(utc, buf), cases[i].utc, "%s %s gave %s",
		    cases[i].zone, cases[i].local, buf);
		if (!cases[i].gap)
			cr_expect_eq(
			    zone_from_utc(zone, utc), local, "%s", cases[i].local);
	}
}

/* Far from all years, and at the edges of the numbers. */
Test(zone, extremes_do_no_harm)
{
	const struct zone *zone = zone_find("America/Chicago");
	static const int64_t far[] = {INT64_MIN, INT64_MIN + 1, -1000000000000000000,
	    -100000000000, 100000000000, 1000000000000000000, INT64_MAX};
	for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
		zone_from_utc(zone, far[i]);
		zone_to_utc(zone, far[i]);
	}
	cr_assert_eq(zone_from_utc(zone, INSTANT_NONE), INSTANT_NONE);
}

/* The C library reads the same files by other code. */
Test(zone, agrees_with_libc)
{
	static const char *const names[] = {"America/Chicago", "Europe/London",
	    "Europe/Dublin", "America/Sao_Paulo", "Asia/Jerusalem", "Asia/Tehran",
	    "Africa/Casablanca", "Australia/Lord_Howe", "Pacific/Apia",
	    "America/St_Johns", "Asia/Tokyo", "America/Santiago", "Europe/Amsterdam",
	    "Etc/GMT+5"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct zone *zone = zone_find(names[i]);
		cr_assert_not_null(zone, "%s", names[i]);
		setenv("TZ", names[i], 1);
		tzset();
		for (int64_t at = -2208988800; at < 7258118400; at += 3600 * 31 + 17) {
			time_t t = (time_t)at;
			struct tm tm;
			localtime_r(&t, &tm);
			cr_assert_eq(zone_from_utc(zone, at) - at, tm.tm_gmtoff, "%s %s",
			    names[i], ctime(&t));
		}
	}
}

/* Every instant but those of a repeated hour comes back from its local time. */
Test(zone, round_trips)
{
	const struct zone *zone = zone_find("Europe/Berlin");
	int repeated = 0;
	for (instant_t at = instant("2015-01-01T00:00:00Z");
	     at < instant("2035-01-01T00:00:00Z"); at += 900) {
		instant_t back = zone_to_utc(zone, zone_from_utc(zone, at));
		cr_assert(back == at || back == at - 3600);
		repeated += back != at;
	}
	cr_assert_eq(repeated, 20 * 4);
}

/* Zone files that are cut or damaged are refused or read, never more. */
Test(zone, damaged_files_are_safe)
{
	struct str file = STR_INIT;
	struct err err;
	char folder[] = "/tmp/huddle-zone-XXXXXX", path[64], name[16];
	if (!path_read(&file, "/usr/share/zoneinfo/America/Chicago", 1 << 20, &err))
		cr_skip_test("no zone files here");
	cr_assert_not_null(mkdtemp(folder));
	setenv("TZDIR", folder, 1);
	uint64_t seed = 5;
	for (int i = 0; i < 600; i++) {
		struct str copy = STR_INIT;
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		size_t len = i < 300 ? (seed >> 33) % file.len : file.len;
		str_add(&copy, file.p, len);
		for (int k = 0; k < 3 && len && i % 2; k++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			size_t at = k ? (seed >> 33) % len
			              : len - 1 - (seed >> 33) % (len < 30 ? len : 30);
			copy.p[at] = (char)(seed >> 20);
		}
		snprintf(name, sizeof name, "Z%d", i);
		snprintf(path, sizeof path, "%s/%s", folder, name);
		cr_assert(path_write(path, (struct slice){copy.p, copy.len}, true, &err));
		const struct zone *zone = zone_find(name);
		for (int year = 0; zone && year < 200; year++)
			zone_to_utc(zone, year * INT64_C(31556952));
		if (i < 300 && i % 2 == 0)
			cr_assert_null(zone, "cut at %zu", len);
		unlink(path);
		str_release(&copy);
	}
	rmdir(folder);
	str_release(&file);
}

static void *convert(void *arg)
{
	int64_t sum = 0;
	for (int i = 0; i < 200000; i++)
		sum += zone_to_utc(
		    zone_find("Europe/Berlin"), 1600000000 + i * INT64_C(977));
	*(int64_t *)arg = sum;
	return NULL;
}

Test(zone, two_threads_get_the_same)
{
	pthread_t other;
	int64_t one, two;
	cr_assert_eq(pthread_create(&other, NULL, convert, &one), 0);
	convert(&two);
	pthread_join(other, NULL);
	cr_assert_eq(one, two);
}
