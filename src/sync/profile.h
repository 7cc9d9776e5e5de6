#ifndef HUDDLE_SYNC_PROFILE_H
#define HUDDLE_SYNC_PROFILE_H

#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/fact.h"
#include "huddle/money.h"

/*
 * What the cells of one column look like, counted: how many can be read as a
 * date and in which order, as a number and with which decimal mark, and so on.
 * What they are follows from the counts, not from any one cell.
 */
enum { DISTINCT_MAX = 40, VALUE_SHOWN = 200, SHAPE_TEXT = 40 };

struct profile_bad { /* the first cell that a type can not read */
	int64_t line;
	const char *value;
	const char *why; /* NULL: it is no such thing */
};

struct profile {
	int64_t filled;
	int64_t dates, mdy, dmy, either, clocks, serials;
	int64_t zones; /* times in a zone that has several meanings, or is not known */
	int64_t numbers, points, commas, whole, percents, signs;
	int64_t bools, bits, mails, cut_ids, long_ids;
	const char *either_value; /* a date that may be read both ways */
	int64_t either_line;
	struct profile_bad bad_date, bad_number, bad_bool;
	struct currency sign;     /* that amounts are written with; "" none */
	char shape[SHAPE_TEXT];   /* of the first date: "M/D/YYYY" */
	int64_t other_shapes;
	const char *distinct[DISTINCT_MAX];
	int n_distinct;           /* DISTINCT_MAX + 1: more than kept */
	int64_t repeats;          /* cells whose value stood before among the first ones */
};

/* Values seen, to tell a column of ids; kept only while a file is read. */
struct profile_seen;
struct profile_seen *profile_seen_new(size_t columns);

/* `zone` is that of the mapping, if one takes the file. */
void profile_add(struct profile *p, struct arena *arena, struct profile_seen *seen,
	size_t column, struct slice text, int64_t line, const struct zone *zone);

/* The order its dates are in: `given`, else what the cells say. */
enum date_order profile_order(const struct profile *p, enum date_order given);
bool profile_ambiguous(const struct profile *p, enum date_order given);
/* The cells that a field of this type could not read. */
int64_t profile_unreadable(const struct profile *p, enum field_type type, enum date_order given,
	struct profile_bad *first);

/* "date", "time", "amount", ...: by its counts and its header. */
const char *profile_type(const struct profile *p, const char *header);
/* The type that a field of this kind wants it to be; the same words. */
const char *profile_field_type(const struct profile *p, const struct field *field);
/* "date, M/D/YYYY": appended. */
void profile_format(struct str *out, const struct profile *p, const char *type,
	enum date_order given);

/* profile_shape.c: "2024-01-23T02:46:47.000+0000" is YYYY-MM-DDTHH:mm:ss.f+hhmm. */
void profile_shape(struct str *out, struct slice date, enum date_order order);
size_t digits_at(struct slice s, size_t i); /* how many stand there */

#endif
