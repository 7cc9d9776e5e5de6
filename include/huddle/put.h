#ifndef HUDDLE_PUT_H
#define HUDDLE_PUT_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/err.h"
#include "huddle/str.h"

/* Rows of exports as they go into the facts being built (build.h). */
struct build;

enum value_type { VALUE_NONE, VALUE_INT, VALUE_TEXT };

/* A value ready to store: numbers, amounts and booleans as VALUE_INT, days,
 * instants and references as text. */
struct value {
	enum value_type type;
	uint32_t len;
	int64_t n;
	const char *p;
};

struct custom_value {
	const char *name;
	struct slice value;
};

struct fact {
	struct slice id;      /* absent: known by raw_hash alone */
	uint64_t raw_hash;    /* of its cells, where it has no id */
	uint64_t raw;         /* of its text as it stood, and of the rules it was read by */
	uint64_t hash;        /* of the values: equal means unchanged */
	const struct value *values; /* by field index; [0] is not looked at */
	const struct custom_value *custom; /* deals only */
	size_t n_custom;
	int part;  /* 1..: a further contact or deal of the same row */
	bool list; /* rows of this feed may have parts */
	int64_t missing; /* restored: the sync since which it is in no export; 0: it is */
};

enum put_result { PUT_ADDED, PUT_UPDATED, PUT_UNCHANGED, PUT_REPEATED, PUT_CONFLICT,
	PUT_FOREIGN /* the id belongs to another source; *other names it */ };
bool build_put(struct build *b, int feed, const struct fact *fact, enum put_result *result,
	const char **other, struct err *err);

/* Ends a batch: until then what the facts put since the last end point to is
 * borrowed. */
bool build_put_end(struct build *b, struct err *err);

/* The fact is put soon: what it will be looked up in is fetched into the cache
 * meanwhile. */
void build_soon(struct build *b, int feed, const struct fact *fact);

/*
 * Rows that stand as they did in the export before, told by fact.raw before
 * anything else is done with them. NULL where there is nothing to compare with:
 * a feed's first export, or one read a second time in the same build. find
 * gives the row, or 0: then it must be read. It may be called from another
 * thread than the build's. Rows of lists may not be told so.
 */
struct same_rows;
bool same_rows_open(struct same_rows **out, struct build *b, int feed, struct err *err);
void same_rows_close(struct same_rows *s);
int64_t same_rows_find(struct same_rows *s, uint64_t raw);
void build_same(struct build *b, int feed, int64_t id, int64_t count); /* and the rows after */

#endif
