#ifndef HUDDLE_DATE_H
#define HUDDLE_DATE_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/str.h"

/*
 * A day is the count of days since 1970-01-01 in the proleptic Gregorian
 * calendar; an instant is seconds since 1970-01-01T00:00:00Z without leap
 * seconds. Own arithmetic, no mktime: no zone, no locale, no limits of libc.
 */
typedef int32_t day_t;
typedef int64_t instant_t;

#define DAY_NONE     INT32_MIN
#define INSTANT_NONE INT64_MIN
#define DAY_SECONDS  86400

struct civil {
	int year, month, day; /* month 1..12, day 1..31 */
};

/* First and last day, both included. */
struct period {
	day_t first, last;
};

day_t day_from_civil(int year, int month, int day);
struct civil civil_from_day(day_t day);
int day_weekday(day_t day); /* 0 is Monday */
int month_length(int year, int month);
day_t day_add_months(day_t day, int months); /* 31 Jan + 1 is 28 or 29 Feb */
int month_index(day_t day); /* months since year 0: equal in one calendar month */
day_t day_of_instant(instant_t at); /* floor, UTC */

#define DAY_TEXT     16
#define INSTANT_TEXT 24
const char *day_format(day_t day, char buf[DAY_TEXT]);             /* 2026-11-28 or "" */
const char *day_short(day_t day, day_t today, char buf[DAY_TEXT]); /* "28 Nov", "28 Nov 27" in another year */
const char *instant_format(instant_t at, char buf[INSTANT_TEXT]);  /* 2026-11-28T09:30:00Z or "" */
bool day_parse(const char *text, day_t *out);         /* YYYY-MM-DD only */
bool instant_parse(const char *text, instant_t *out); /* what instant_format writes */

/*
 * What a person types for a due date: 2026-11-28, "28 nov", "28.11.", today,
 * tomorrow, fri (the next one), +3d, +1w, +2m. Relative to today.
 */
bool day_typed(const char *text, day_t today, day_t *out);

/*
 * 2026-11, 2026-Q4, this-month, next-month, this-quarter, next-quarter, or
 * FIRST..LAST as two days. fiscal_start is the month (1..12) a fiscal year
 * starts in; fiscal year N is the one that ends in N when fiscal_start > 1.
 */
bool period_parse(const char *text, day_t today, int fiscal_start, struct period *out);
struct period period_of_month(day_t day);
struct period period_of_quarter(day_t day, int fiscal_start);
/* "2026-Q4", as period_parse() reads it; the quarter that the day is in. */
#define QUARTER_TEXT 16
const char *quarter_format(day_t day, int fiscal_start, char buf[QUARTER_TEXT]);
bool period_has(struct period period, day_t day); /* false for DAY_NONE */

/* The order of the parts in dates such as 03/04/2025. */
enum date_order { DATES_UNKNOWN, DATES_ISO, DATES_MDY, DATES_DMY };

/*
 * What one cell says about its column's order: DATE_NEUTRAL is readable either
 * way round (ISO, month names, 5/5/2025), DATE_EITHER is 03/04/2025.
 */
enum date_hint { DATE_BAD, DATE_NEUTRAL, DATE_EITHER, DATE_ONLY_MDY, DATE_ONLY_DMY };
enum date_hint date_look(struct slice text);

struct zone; /* zone.h */

/*
 * Read a date or a date with a time: ISO with T or blank, fractions, Z and
 * offsets, zones by name; slashes, dots or dashes in `order`; month names;
 * 12-hour clocks; two-digit years (70..99 are 1900s). A time without an offset
 * is in `zone` (NULL: UTC), and what a zone's name means is asked of it first. A
 * bare date is that day at 00:00 UTC and *has_time is false; so is "2023-05-11
 * 00:00:00", which Salesforce writes for dates.
 */
bool instant_read(struct slice text, enum date_order order, const struct zone *zone,
	instant_t *out, bool *has_time);

/* Why a time can not be read for its zone, "has a zone, IST, that is India's, ...",
 * and what to do; NULL when that is not the reason. */
struct arena;
const char *date_zone_doubt(struct arena *arena, struct slice text, const struct zone *zone);

/* The letters at the start of s, those that ASCII lacks as well. */
struct slice date_word(struct slice s);
/* "Nov", "november", "Sept", "märz": 1..12, else 0. */
int month_of_word(struct slice word);
/* "fri", "Friday": 0 (Monday)..6, else -1. English. */
int weekday_of_word(struct slice word);

#endif
