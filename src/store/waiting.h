#ifndef HUDDLE_STORE_WAITING_H
#define HUDDLE_STORE_WAITING_H

#include "huddle/arena.h"
#include "huddle/fact.h"
#include "huddle/put.h"
#include <sqlite3.h>

struct build;
struct feed;

/* One column of a fact's table and the fields that can fill it, the strongest
 * first: account_id before account. */
struct column {
	const char *name;
	enum field_type type;
	enum fact_kind ref;
	int fields[3], n_fields;
	enum ref_by by[3];
};

#define COLUMNS_MAX 40

/* A row that waits to be written, and all that do: of one kind, with its
 * columns' values and its part_of in `values`, `width` a row. */
struct waiting_row {
	int feed;
	struct slice source_id;
	uint64_t hash, raw;
};

struct waiting {
	enum fact_kind kind;
	struct waiting_row *rows;
	struct value *values;
	size_t count, cap, width;
	struct arena texts; /* source ids that the batch does not hold */
	sqlite3_stmt *insert[FACT_KINDS];
	uint64_t filled[FACT_KINDS]; /* a bit for each value that any row had so far */
};

/* put_rows.c: rows written a batch at once. add gives the room for the values. */
bool waiting_open(struct build *b, struct err *err);
struct value *waiting_add(struct build *b, const struct feed *feed, const struct fact *fact,
	struct slice source_id, struct err *err);
bool waiting_flush(struct build *b, struct err *err);
void waiting_release(struct build *b);

#endif
