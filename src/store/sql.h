#ifndef HUDDLE_STORE_SQL_H
#define HUDDLE_STORE_SQL_H

#include <sqlite3.h>
#include "huddle/store.h"

/*
 * What the files of this room share: the connection and short names for
 * prepared statements. Parameters are $1, $2 ... so that the same text can go
 * to PostgreSQL; SQLite numbers them by first appearance, so they are bound by
 * name.
 */
struct store {
	sqlite3 *db;           /* records are "main", the generation is "facts" */
	char *path;
	char *person;
	bool read_only;
	bool keep;             /* see store_options */
	const atomic_bool *stop;
	int64_t generation;    /* id of the attached one; 0: none */
	struct err facts_error; /* why the current one could not be attached */
	int64_t data_version;  /* PRAGMA data_version at the last refresh, */
	int64_t own_changes;   /* rows this connection had changed by then, */
	int64_t log_seq;       /* and the newest line of change_log */
	int watch;             /* watch.c: inotify; -1: none */
	struct sql_cache *cache; /* sql.c: statements kept for the next time */
	struct replica *replica; /* replica.c: of a server; NULL: the file is all */
};

/* A statement; sql_done() returns it, whatever happened. */
struct sql {
	sqlite3_stmt *stmt;
	struct store *store;
	struct err *err;
	bool failed;
	struct sql_slot *slot; /* where the statement lives */
};

/* Texts are kept prepared; the same text costs little the second time, also
 * when it is still in use. */
bool sql_begin(struct sql *q, struct store *store, const char *text, struct err *err);
void sql_int(struct sql *q, int n, int64_t value); /* $n */
void sql_text(struct sql *q, int n, const char *value); /* NULL is NULL; copied */
void sql_slice(struct sql *q, int n, struct slice value); /* absent is NULL; copied */
void sql_day(struct sql *q, int n, day_t value);        /* DAY_NONE is NULL */
void sql_instant(struct sql *q, int n, instant_t value); /* INSTANT_NONE is NULL */
void sql_null(struct sql *q, int n);
/* For a loop of inserts: step, then make ready for the next values. Unset
 * values keep what they were. False if anything failed. */
bool sql_step(struct sql *q);
/* True while there is a row. */
bool sql_row(struct sql *q);
int64_t sql_get_int(struct sql *q, int column);       /* NULL: 0 */
int64_t sql_get_int_or(struct sql *q, int column, int64_t none);
bool sql_is_null(struct sql *q, int column);
struct slice sql_get(struct sql *q, int column);      /* until the next row */
const char *sql_dup(struct sql *q, int column, struct arena *arena); /* NULL: "" */
day_t sql_get_day(struct sql *q, int column);
instant_t sql_get_instant(struct sql *q, int column); /* a day or an instant */
instant_t sql_parse_instant(struct slice text); /* of a cell, with its NUL after it */
/* False if anything failed since sql_begin; then err is filled in. */
bool sql_done(struct sql *q);

/* One statement without rows. */
bool sql_run(struct store *store, const char *text, struct err *err);
bool sql_script(struct store *store, const char *text, struct err *err); /* several, with ; */
/* One number; `none` when there is no row. */
bool sql_one(struct store *store, const char *text, int64_t none, int64_t *out, struct err *err);

/* Let go of all kept statements: before ATTACH, DETACH and closing. None may be
 * in use. */
void sql_forget(struct store *store);

/* BEGIN IMMEDIATE ... COMMIT, with the server where there is one. A failed body must be
 * rolled back. */
bool sql_begin_write(struct store *store, struct err *err);
/* For what is this machine's alone: drafts, and its own tables. */
bool sql_begin_local(struct store *store, struct err *err);
bool sql_commit(struct store *store, struct err *err);
void sql_rollback(struct store *store);

/* Fill err from the connection: place is the file, words say what to do about
 * a full disk, a read-only or busy file, a damaged one. */
bool sql_error(struct store *store, sqlite3 *db, int code, struct err *err);

void random_id(char out[33]); /* 128 bits in hex: two machines never make the same one */

/* log.c, undo.c: lines of change_log. */
#define LOG_COLUMNS \
	"seq, op_id, at, person, what, deal_id, table_name, row_key, old_row, new_row, " \
	"undoes, undone, batch"
bool log_newest(struct store *store, int64_t *out, struct err *err); /* 0: none */
bool log_mark_undone(struct store *store, int64_t seq, struct err *err);

void watch_close(struct store *store); /* watch.c */

/* schema.c */
extern const char schema_facts[], schema_facts_indexes[],
	schema_facts_slim_indexes[];
#define SCHEMA_APPLICATION_ID 0x48644c52 /* "HdLR": records */
#define SCHEMA_FACTS_ID       0x48644c46 /* "HdLF": facts */
#define SCHEMA_VERSION        5 /* of records */
#define SCHEMA_FACTS_VERSION  5
extern const char *const schema_steps[SCHEMA_VERSION]; /* of records, by version */

/* open.c: with all the settings for files that may be hostile. Flags as for
 * sqlite3_open_v2. */
bool open_connection(sqlite3 **out, const char *path, int flags, struct err *err);

/* open.c: the records of `store` into an empty database, as one state of them. */
bool records_copy(sqlite3 *to, struct store *store, struct err *err);

/* attach.c: the current generation, in place of the one attached before. No
 * statement may be in use. A facts file that is missing or bad is also kept in
 * facts_error: then the store works for records, and every query of facts
 * fails with that line. */
bool store_attach(struct store *store, struct err *err);
bool store_facts(struct store *store, struct err *err); /* false: facts_error */

#endif
