#ifndef HUDDLE_STORE_EXPORT_H
#define HUDDLE_STORE_EXPORT_H

#include "huddle/fact.h"
#include "huddle/put.h"
#include "huddle/store.h"

/*
 * All that the store holds, a row at a time, as it can be put back: facts by the
 * feed that they came by, with the source's own ids for references; records as
 * they stand, with their change log.
 */

/* Rows of one section of one source. */
struct export_feed {
	int64_t id;
	const char *source, *section, *captured;
	enum fact_kind kind;
	day_t as_of;  /* of its newest export */
	int64_t rows; /* those that are missing from that as well */
};

struct export_feeds {
	struct export_feed *items; /* by kind; only those with rows */
	size_t count;
};
bool store_export_feeds(struct store *store, struct arena *arena, struct export_feeds *out,
	struct err *err);

/* What a column of a feed's file is. */
enum export_what {
	EXPORT_FIELD,   /* of model/fact.c */
	EXPORT_PART_OF, /* id of the row that it is a further contact or deal of */
	EXPORT_MISSING, /* the sync since which it is not in its export */
	EXPORT_CUSTOM,  /* a field of a deal that the company kept under a name */
};

struct export_column {
	enum export_what what;
	const struct field *field; /* EXPORT_FIELD */
	const char *name;          /* of the field */
};

struct export_table {
	struct export_column *columns; /* [0] is the id */
	size_t count;
};

/* Fields that its exports hold, and others that a row has something for. */
bool store_export_table(struct store *store, struct arena *arena, const struct export_feed *feed,
	struct export_table *out, struct err *err);
/* Values by column: INT and TEXT as in put.h, borrowed for the call. False ends it. */
typedef bool (*export_fact_fn)(void *arg, const struct value *values, struct err *err);
bool store_export_rows(struct store *store, struct arena *arena, const struct export_feed *feed,
	const struct export_table *table, export_fact_fn take, void *arg, struct err *err);

/* A table of the records file; its columns are told by the file itself. */
struct record_column {
	const char *name;
	bool integer, optional; /* may be NULL */
	bool key;               /* of the primary key, which stands first */
};

struct record_table {
	const char *name;
	const struct record_column *columns;
	size_t count;
	bool logged; /* its rows have lines in the change log */
};

struct record_tables {
	struct record_table *items;
	size_t count;
	int version; /* of their schema */
};
bool store_record_tables(struct store *store, struct arena *arena, struct record_tables *out,
	struct err *err);
/* What no source's export fills: the syncs there were, what each saw change on a deal,
 * and of which day each section's newest export is. Ended by NULL. */
extern const struct record_table past_sync_table, past_change_table, past_feed_table;
extern const struct record_table *const past_tables[];
/* Absent slices are NULL. */
typedef bool (*export_record_fn)(void *arg, const struct slice *values, struct err *err);
bool store_record_rows(struct store *store, const struct record_table *table,
	export_record_fn take, void *arg, struct err *err);
/* Between them the records are one state of the file; others wait to write. */
bool store_export_begin(struct store *store, struct err *err);
void store_export_end(struct store *store);

/*
 * Records that were exported, in one transaction. Into a file without any, all
 * rows as they were, their change log with them. Into one that has some, a row
 * that is there already is left, one that is not is written by the person with
 * a line in the log, and of one that differs it must be said which to keep.
 */
enum import_keep { KEEP_ASK, KEEP_HERE, KEEP_IMPORT };
struct import;

struct imported {
	bool whole;            /* into a file without records */
	int64_t rows;          /* written */
	int64_t same, kept;    /* there already; differed, and those here were kept */
};
bool store_import_begin(struct import **out, struct store *store, struct arena *arena,
	enum import_keep keep, struct err *err);
bool store_import_row(struct import *import, const struct record_table *table,
	const struct slice *values, const char *place, struct err *err);
/* `fine` false takes all back. Frees it. */
bool store_import_end(
	struct import *import, bool fine, struct imported *out, struct err *err);

#endif
