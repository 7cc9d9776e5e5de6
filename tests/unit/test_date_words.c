#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/text.h"
#include "huddle/zone.h"

/* Words in dates: zones by name, and months in the languages of exports. */

/* What the cell is in UTC; "-" when it can not be read. */
static const char *read_in(const char *zone, const char *text)
{
	static char buf[INSTANT_TEXT];
	instant_t at;
	bool has_time;
	const struct zone *of = zone ? zone_find(zone) : NULL;
	cr_assert(!zone || of, "%s", zone);
	if (!instant_read(slice_of(text), DATES_MDY, of, &at, &has_time))
		return "-";
	instant_format(at, buf);
	if (!has_time)
		buf[10] = '\0';
	return buf;
}

static const struct {
	const char *text, *want;
} zoned[] = {
    {"2024-03-05 14:00 EST", "2024-03-05T19:00:00Z"},
    {"2024-03-05 14:00 EDT", "2024-03-05T18:00:00Z"},
    {"2024-03-05 14:00:00 CST", "2024-03-05T20:00:00Z"},
    {"2024-03-05 14:00 CDT", "2024-03-05T19:00:00Z"},
    {"2024-03-05 14:00 MST", "2024-03-05T21:00:00Z"},
    {"2024-03-05 14:00 MDT", "2024-03-05T20:00:00Z"},
    {"2024-03-05 14:00 PST", "2024-03-05T22:00:00Z"},
    {"2024-03-05 14:00 PDT", "2024-03-05T21:00:00Z"},
    {"3/5/2024 2:00 PM PST", "2024-03-05T22:00:00Z"},
    {"3/5/2024 2:00 p.m. pst", "2024-03-05T22:00:00Z"},
    {"3/5/2024 2:00 AM AEST", "2024-03-04T16:00:00Z"},
    {"3/5/2024 14:00 AEDT", "2024-03-05T03:00:00Z"},
    {"Tue, 05 Mar 2024 14:00:00 EST", "2024-03-05T19:00:00Z"},
    {"Tue, 5 Mar 2024 14:00:00 -0500 (EST)", "2024-03-05T19:00:00Z"},
    {"Tue Mar 05 2024 14:00:00 GMT-0500 (Eastern Standard Time)", "2024-03-05T19:00:00Z"},
    {"2024-03-05 14:00 UTC", "2024-03-05T14:00:00Z"},
    {"2024-03-05 14:00 UT", "2024-03-05T14:00:00Z"},
    {"2024-03-05 14:00 gmt", "2024-03-05T14:00:00Z"},
    {"2024-03-05 14:00z", "2024-03-05T14:00:00Z"},
    {"2024-03-05 14:00 WET", "2024-03-05T14:00:00Z"},
    {"2024-07-05 14:00 WEST", "2024-07-05T13:00:00Z"},
    {"2024-03-05 14:00 CET", "2024-03-05T13:00:00Z"},
    {"05.03.2024 14:00 CEST", "2024-05-03T12:00:00Z"},
    {"2024-03-05 14:00 EET", "2024-03-05T12:00:00Z"},
    {"2024-03-05 14:00 EEST", "2024-03-05T11:00:00Z"},
    {"2024-03-05 14:00 JST", "2024-03-05T05:00:00Z"},
    {"2024-03-05 14:00 NZST", "2024-03-05T02:00:00Z"},
    {"2024-03-05 14:00 NZDT", "2024-03-05T01:00:00Z"},
    {"2024-03-05 14:00 GMT+2", "2024-03-05T12:00:00Z"},
    {"2024-03-05 14:00 GMT-5", "2024-03-05T19:00:00Z"},
    {"2024-03-05 14:00 GMT+0200", "2024-03-05T12:00:00Z"},
    {"2024-03-05 14:00 UTC+05:30", "2024-03-05T08:30:00Z"},
    {"2024-03-05 14:00 UTC+5:30", "2024-03-05T08:30:00Z"},
    {"2024-03-05 14:00 UTC +05:30", "2024-03-05T08:30:00Z"},
    {"2024-03-05 14:00 UTC\xE2\x88\x92"
     "05:00",
        "2024-03-05T19:00:00Z"},
    {"2024-03-05 14:00 (UTC-05:00)", "2024-03-05T19:00:00Z"},
    {"2024-03-05 14:00 (EST)", "2024-03-05T19:00:00Z"},
    {"2024-03-05 00:00 EST", "2024-03-05T05:00:00Z"},
    /* what is none */
    {"2024-03-05 14:00 IST", "-"},
    {"2024-03-05 14:00 BST", "-"},
    {"2024-03-05 14:00 AST", "-"},
    {"2024-03-05 14:00 XYZ", "-"},
    {"2024-03-05 14:00 EST+2", "-"},
    {"2024-03-05 14:00 Z+2", "-"},
    {"2024-03-05 14:00 +2", "-"},
    {"2024-03-05 14:00 GMT+15", "-"},
    {"2024-03-05 14:00 GMT+", "-"},
    {"2024-03-05 14:00 GMT+123", "-"},
    {"2024-03-05 14:00 UTC+5:3", "-"},
    {"2024-03-05 14:00 (UTC-05:00", "-"},
    {"2024-03-05 14:00 (", "-"},
    {"2024-03-05 14:00 ()", "-"},
    {"2024-03-05 14:00 (Eastern Standard Time)", "-"},
    {"2024-03-05 14:00 EST)", "-"},
    {"2024-03-05 14:00 EST EST", "-"},
    {"2024-03-05 EST", "-"},
    {"2024-03-05 14:00 A", "-"},
};

Test(date_words, zones_by_name)
{
	for (size_t i = 0; i < sizeof zoned / sizeof *zoned; i++)
		cr_expect_str_eq(read_in(NULL, zoned[i].text), zoned[i].want,
		    "%s gave %s", zoned[i].text, read_in(NULL, zoned[i].text));
}

/* No cell is read beyond its end, whatever stands in it. */
Test(date_words, cut_and_damaged_zones_are_safe)
{
	uint64_t seed = 20261126;
	for (size_t i = 0; i < sizeof zoned / sizeof *zoned; i++) {
		size_t len = strlen(zoned[i].text);
		for (size_t n = 0; n < 40 * len; n++) {
			struct arena arena = ARENA_INIT;
			size_t cut = n < len ? n + 1 : len;
			char *copy = memcpy(malloc(cut), zoned[i].text, cut);
			struct slice s = {.p = copy, .len = cut};
			instant_t at;
			bool has_time;
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			if (n >= len)
				copy[(seed >> 33) % len] = (char)(seed >> 25);
			bool good = instant_read(s, DATES_MDY, NULL, &at, &has_time);
			const char *doubt = date_zone_doubt(&arena, s, NULL);
			cr_assert(!good || (!doubt && date_look(s) != DATE_BAD));
			arena_release(&arena);
			free(copy);
		}
	}
}

/* A name that several zones have is that of the mapping's, where it has it. */
Test(date_words, the_mappings_zone_says_what_a_name_means)
{
	static const struct {
		const char *zone, *text, *want;
	} cases[] = {
	    {"Asia/Kolkata", "2024-03-05 14:00 IST", "2024-03-05T08:30:00Z"},
	    {"Asia/Jerusalem", "2024-03-05 14:00 IST", "2024-03-05T12:00:00Z"},
	    {"Europe/Dublin", "2024-07-05 14:00 IST", "2024-07-05T13:00:00Z"},
	    {"Europe/London", "2024-07-05 14:00 BST", "2024-07-05T13:00:00Z"},
	    {"Europe/London", "2024-07-05 14:00 bst", "2024-07-05T13:00:00Z"},
	    {"America/Halifax", "2024-03-05 14:00 AST", "2024-03-05T18:00:00Z"},
	    {"Asia/Shanghai", "2024-03-05 14:00 CST", "2024-03-05T06:00:00Z"},
	    {"America/Chicago", "2024-03-05 14:00 CST", "2024-03-05T20:00:00Z"},
	    {"Europe/Moscow", "2024-03-05 14:00 MSK", "2024-03-05T11:00:00Z"},
	    {"Asia/Kolkata", "2024-03-05 14:00 EST", "2024-03-05T19:00:00Z"},
	    {"Europe/London", "2024-07-05 14:00 GMT", "2024-07-05T14:00:00Z"},
	    /* it had one of that name, long ago */
	    {"America/Anchorage", "2024-03-05 14:00 AST", "-"},
	    {"America/Chicago", "2024-03-05 14:00 IST", "-"},
	    {"UTC", "2024-07-05 14:00 BST", "-"},
	    {"Asia/Kolkata", "2024-03-05 14:00 LMT", "-"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		cr_expect_str_eq(read_in(cases[i].zone, cases[i].text), cases[i].want,
		    "%s in %s gave %s", cases[i].text, cases[i].zone,
		    read_in(cases[i].zone, cases[i].text));
}

/* The day is told all the same: the order of a column may hang on it. */
Test(date_words, an_unclear_zone_leaves_the_day_clear)
{
	cr_expect_eq(date_look(slice_of("17/04/2025 14:00 IST")), DATE_ONLY_DMY);
	cr_expect_eq(date_look(slice_of("2025-04-17 14:00 BST")), DATE_NEUTRAL);
	cr_expect_eq(date_look(slice_of("2025-04-17 14:00 EST")), DATE_NEUTRAL);
	cr_expect_eq(date_look(slice_of("2025-04-17 14:00 what")), DATE_BAD);
	cr_expect_eq(date_look(slice_of("2025-04-17 14:00 WHATEVER")), DATE_BAD);
}

static void expect_doubt(const char *zone, const char *text, const char *want)
{
	struct arena arena = {0};
	const char *why =
	    date_zone_doubt(&arena, slice_of(text), zone ? zone_find(zone) : NULL);
	cr_expect(want ? why && !strcmp(why, want) : !why, "%s: %s", text,
	    why ? why : "no doubt");
	arena_release(&arena);
}

Test(date_words, doubts_say_what_to_do)
{
	expect_doubt(NULL, "2024-03-05 14:00 IST",
	    "has a zone, IST, that is India's, Israel's or Ireland's; write timezone = "
	    "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin under [source] of a mapping "
	    "file, or export with offsets such as +05:30");
	expect_doubt("America/Chicago", "3/5/2024 2:00 PM gst",
	    "has a zone, GST, that is the Gulf's or South Georgia's; export with offsets "
	    "such as +05:30");
	expect_doubt(NULL, "2024-03-05 14:00 XYZ",
	    "has a zone, XYZ, that is not known; export with offsets such as +05:30");
	expect_doubt("Asia/Kolkata", "2024-03-05 14:00 IST", NULL);
	expect_doubt(NULL, "2024-03-05 14:00 EST", NULL);
	expect_doubt(NULL, "2024-03-05", NULL);
	expect_doubt(NULL, "nothing", NULL);
}

/* Each as the CRM of that language writes it: short, with a dot, and in full. */
static const char *const months[12] = {
    "jan jan. january januar jänner Januari janv. janvier ene enero janeiro gen gennaio",
    "feb feb. february Februar FÉVRIER févr. fév fevrier febrero fev fevereiro febbraio "
    "februari",
    "mar mar. march März Mrz. mär MÄRZ mars marzo março marco mrt maart ma\xCC\x88rz",
    "apr apr. april avr. avril abr abril aprile",
    "may mai mai. MAYO maio mag maggio mei",
    "jun june Juni juin junio junho giu giugno",
    "jul july Juli juil. juillet julio julho lug luglio",
    "aug August août aout aoû agosto ago augustus",
    "sep sept. september septembre septiembre setiembre set setembro sett settembre",
    "oct october Okt. Oktober octobre octubre out outubro ott ottobre oktober",
    "nov november novembre noviembre novembro",
    "dec december Dez Dezember déc. décembre dic diciembre dezembro dicembre",
};

Test(date_words, months_of_six_languages)
{
	for (int month = 0; month < 12; month++) {
		struct slice rest = slice_of(months[month]), word;
		while (slice_cut(&rest, ' ', &word)) {
			char text[64], want[16];
			snprintf(want, sizeof want, "2024-%02d-05", month + 1);
			snprintf(text, sizeof text, "5 %.*s 2024", (int)word.len, word.p);
			cr_expect_str_eq(read_in(NULL, text), want, "%s", text);
			snprintf(text, sizeof text, "05-%.*s-24", (int)word.len, word.p);
			cr_expect_str_eq(read_in(NULL, text), want, "%s", text);
			snprintf(
			    text, sizeof text, "%.*s 5, 2024", (int)word.len, word.p);
			cr_expect_str_eq(read_in(NULL, text), want, "%s", text);
		}
	}
}

Test(date_words, months_as_people_write_them)
{
	cr_expect_str_eq(read_in(NULL, "5. März 2024 14:00"), "2024-03-05T14:00:00Z");
	cr_expect_str_eq(read_in(NULL, "1er août 2024"), "2024-08-01");
	cr_expect_str_eq(read_in(NULL, "5. März 2024 um 14:00"), "2024-03-05T14:00:00Z");
	cr_expect_str_eq(read_in(NULL, "5 mars 2024 à 14:00"), "2024-03-05T14:00:00Z");
	cr_expect_str_eq(
	    read_in(NULL, "5 de março de 2024 às 14:00"), "2024-03-05T14:00:00Z");
	cr_expect_str_eq(read_in(NULL, "5 maart 2024 om 14:00"), "2024-03-05T14:00:00Z");
	cr_expect_str_eq(
	    read_in(NULL, "5 marzo 2024 alle ore 14:00"), "2024-03-05T14:00:00Z");
	cr_expect_str_eq(read_in(NULL, "5 de marzo de 2024"), "2024-03-05");
	cr_expect_str_eq(
	    read_in(NULL, "5 de março de 2024 14:00"), "2024-03-05T14:00:00Z");
	cr_expect_str_eq(read_in(NULL, "5 dez 2024"), "2024-12-05");
	cr_expect_str_eq(read_in(NULL, "5\xC2\xA0"
	                               "févr.\xC2\xA0"
	                               "2024"),
	    "2024-02-05");
}

Test(date_words, what_is_no_month)
{
	/* "jui" begins juin and juillet */
	static const char *const bad[] = {"jui", "ma", "juni0", "foo", "janvierr",
	    "märzen", "m\xFFrz", "lundi", "de", "er"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char text[64];
		snprintf(text, sizeof text, "5 %s 2024", bad[i]);
		cr_expect_str_eq(read_in(NULL, text), "-", "%s", text);
	}
}

/* People type due dates with the same words. */
Test(date_words, typed_months)
{
	day_t day, today = day_from_civil(2026, 11, 23);
	char buf[DAY_TEXT];
	cr_assert(day_typed("5 märz", today, &day));
	cr_assert_str_eq(day_format(day, buf), "2027-03-05");
	cr_assert(day_typed("5. dez. 2026", today, &day));
	cr_assert_str_eq(day_format(day, buf), "2026-12-05");
}
