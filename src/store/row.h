#ifndef HUDDLE_STORE_ROW_H
#define HUDDLE_STORE_ROW_H

#include "sql.h"

/*
 * A row of a table of records as texts. All such tables have a key, then `rev`
 * (counts writes), and last `deleted`; so one set of functions reads, writes,
 * logs and takes back rows of any of them.
 */
enum { ROW_COLUMNS = 16 };

struct row_table {
	const char *name, *key; /* key: the column */
	int columns; /* without the key */
	const char *column[ROW_COLUMNS]; /* [0] is rev, the last is deleted */
};
extern const struct row_table action_table, debrief_table, snooze_table, review_table,
	agenda_table, decision_table, pin_table, slice_table, word_list_table, note_table,
	definition_table, signature_table, audit_answer_table;
extern const struct row_table *const row_tables[]; /* all of them, ended by NULL */
const struct row_table *row_table_find(const char *name); /* NULL: none */
int row_column(const struct row_table *table, const char *name); /* -1: none */
void row_read_text(struct str *out, const struct row_table *table); /* key $1 */
/* SQL that writes a row: key $1, columns $2...; a row back means written. Guarded: only
 * one whose rev is the next. */
void row_write_text(struct str *out, const struct row_table *table, bool guarded);

struct row {
	const struct row_table *table;
	const char *key;
	bool found; /* false: there is no such row */
	const char *value[ROW_COLUMNS]; /* NULL is NULL */
};

bool row_load(struct row *out, const struct row_table *table, const char *key,
	struct store *store, struct arena *arena, struct err *err);
bool row_write(const struct row *row, bool guarded, struct store *store, bool *written,
	struct err *err);
int64_t row_rev(const struct row *row); /* 0: not found */
bool row_deleted(const struct row *row); /* or not found */
void row_set_deleted(struct row *row, bool deleted);
bool row_same(const struct row *a, const struct row *b); /* whatever rev says */

/* "column = value" lines, and back; a NULL has no line. \ and line ends in a
 * value are written \\ and \n. */
void row_format(struct str *out, const struct row *row);
void row_format_value(struct str *out, const char *name, const char *value);
void row_parse(struct row *out, const struct row_table *table, const char *key,
	struct slice text, struct arena *arena);

/*
 * One change: the row as it should be, beside what it was. Writes it with the
 * next rev, reads it back and compares, and adds the line to the change log;
 * all in the transaction that the caller has begun.
 */
struct edit {
	struct row old, row; /* row.value[0] is filled in */
	const char *what;    /* "action \"Case study\" marked done" */
	const char *deal_id;
	const char *batch;   /* op of the first of the writes it belongs to; NULL: alone */
	int64_t undoes;      /* seq in the log; 0: not an undo */
	char op[33];         /* filled in */
};
bool edit_write(struct edit *edit, struct store *store, struct arena *arena,
	struct err *err);
/*
 * Commit. *there tells whether the change is in the file: a disk can fail
 * after the point of no return, then it is there though the answer is false.
 */
bool edit_commit(const struct edit *edit, struct store *store, bool *there,
	struct err *err);
/* The words for that. */
void commit_unsure(struct store *store, struct err *err);

/*
 * Several writes that are one step, for the log and for undo: begin, put as often
 * as needed, end. A put that failed, and an end with `fine` false, take all back.
 */
struct batch {
	struct store *store;
	struct arena *arena;
	char op[33];         /* of the first write */
	size_t count;
};
bool batch_begin(struct batch *batch, struct store *store, struct arena *arena, struct err *err);
bool batch_put(struct batch *batch, struct edit *edit, struct err *err);
/* True: all is in the file, or nothing had to be written. */
bool batch_end(struct batch *batch, bool fine, bool *there, struct err *err);
/* The usual write of one row: its values but rev are there. `rev` is the one that the
 * caller has seen, 0 none or deleted. `called` names it in the words about a conflict:
 * "decision". Nothing is written where nothing differs. */
bool row_put(struct batch *batch, const struct row *row, int64_t rev, const char *called,
	const char *deal_id, const char *what, bool *conflict, struct err *err);
/* The key of a row to be. */
const char *row_next_key(struct store *store, const struct row_table *table,
	struct arena *arena, struct err *err); /* NULL: it failed */

/* check.c: the first record that is not as the log has it; NULL: none. */
bool rows_as_logged(struct store *store, struct arena *arena, const char **problem, struct err *err);
/* The instant of a write, as rows have it. */
const char *row_now(struct arena *arena);

const char *or_empty(const char *text); /* "" for NULL, */
const char *or_null(const char *text);  /* and NULL for "" */

/* debriefs.c: what was filed and is taken back becomes the person's draft. */
bool debrief_redraft(struct store *store, const struct row *filed, struct err *err);

/* Who changed this row last, for the line about a conflict. */
const char *last_editor(struct store *store, const struct row_table *table, const char *key,
	struct arena *arena);
/* Refused: text that is not UTF-8, or longer than a field may be. */
bool text_check(const char *place, const char *text, struct err *err);
/* On one line and not long, for a sentence. */
const char *text_short(const char *text, struct arena *arena);
/* The deal's name where the facts know it, else its id. */
const char *deal_title(struct store *store, const char *deal_id, struct arena *arena);

#endif
