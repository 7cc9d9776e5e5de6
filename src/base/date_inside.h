#ifndef HUDDLE_DATE_INSIDE_H
#define HUDDLE_DATE_INSIDE_H

#include "huddle/date.h"
#include <stdbool.h>

/* Shared by the date files of this folder only. */

/* Years a deal can lie in; anything else is a slip of the pen. */
enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

/* A date as written. Of a numeric one such as 03/04/2025 only `year` is sure. */
struct date_cell {
	int year, month, day;
	int first, second; /* of a numeric date with the year last, else 0 */
	int clock;         /* seconds since midnight, as written */
	int offset;        /* seconds east of UTC, if has_offset */
	bool has_clock, has_offset;
	bool has_fraction; /* other than .000 */
	struct slice zone; /* by name, so that offset is not known yet; or empty */
};

/* Take a whole cell apart; the parts of the date are not checked yet. */
bool date_parse_cell(struct slice text, struct date_cell *cell);

bool civil_is_valid(int year, int month, int day);
/* Bytes of the blank at the start, of whatever kind; 0: none. */
size_t date_blank(struct slice s);
/* 70..99 are the 1900s. */
int year_of_two_digits(int value);

/* date_zone.c: UTC and its other names; what may be the name of a zone. */
bool zone_is_universal(struct slice name);
bool zone_is_word(struct slice name);
/* What it means to `zone` (may be NULL), else what it means everywhere. */
bool zone_word_offset(
	struct slice name, const struct zone *zone, int64_t local, int *offset);

#endif
