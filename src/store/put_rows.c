#include "build_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Rows of a kind that nothing was there of wait until the batch they came in is
 * done, and then go into their table by one statement, which takes them from a
 * virtual table: a statement a row costs twice as much.
 */
enum { WAITING_FEED, WAITING_ID, WAITING_HASH, WAITING_RAW, WAITING_VALUES };

struct waiting_table {
	sqlite3_vtab base;
	const struct build *b;
};

struct waiting_cursor {
	sqlite3_vtab_cursor base;
	size_t at;
};

static const struct waiting *rows_of(const sqlite3_vtab_cursor *base)
{
	return &((const struct waiting_table *)base->pVtab)->b->waiting;
}

/* One shape for all kinds: as many columns as any has. */
static int connect(sqlite3 *db, void *arg, int argc, const char *const *argv,
    sqlite3_vtab **out, char **message)
{
	struct waiting_table *table = sqlite3_malloc(sizeof *table);
	struct str text = STR_INIT;

	(void)argc, (void)argv, (void)message;
	if (!table)
		return SQLITE_NOMEM;
	*table = (struct waiting_table){.b = arg};
	*out = &table->base;
	str_adds(&text, "CREATE TABLE x(c0");
	for (int i = 1; i <= WAITING_VALUES + COLUMNS_MAX; i++)
		str_addf(&text, ", c%d", i);
	str_addc(&text, ')');
	int code = sqlite3_declare_vtab(db, str_text(&text));
	str_release(&text);
	return code;
}

static int disconnect(sqlite3_vtab *table)
{
	sqlite3_free(table);
	return SQLITE_OK;
}

static int best_index(sqlite3_vtab *table, sqlite3_index_info *info)
{
	(void)table;
	info->estimatedCost = 1000;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *table, sqlite3_vtab_cursor **out)
{
	struct waiting_cursor *cursor = sqlite3_malloc(sizeof *cursor);

	(void)table;
	if (!cursor)
		return SQLITE_NOMEM;
	*cursor = (struct waiting_cursor){.at = 0};
	*out = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	sqlite3_free(base);
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
    sqlite3_value **argv)
{
	(void)number, (void)text, (void)argc, (void)argv;
	((struct waiting_cursor *)base)->at = 0;
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
	((struct waiting_cursor *)base)->at++;
	return SQLITE_OK;
}

static int eof(sqlite3_vtab_cursor *base)
{
	return ((const struct waiting_cursor *)base)->at == rows_of(base)->count;
}

static void give_value(sqlite3_context *out, const struct value *v)
{
	if (v->type == VALUE_INT)
		sqlite3_result_int64(out, v->n);
	else if (v->type == VALUE_TEXT && v->len)
		sqlite3_result_text(out, v->p, (int)v->len, SQLITE_STATIC);
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *out, int n)
{
	const struct waiting *w = rows_of(base);
	size_t at = ((const struct waiting_cursor *)base)->at;
	const struct waiting_row *row = &w->rows[at];

	if (n >= WAITING_VALUES)
		give_value(out, &w->values[at * w->width + (size_t)n - WAITING_VALUES]);
	else if (n == WAITING_FEED)
		sqlite3_result_int(out, row->feed);
	else if (n == WAITING_ID)
		sqlite3_result_text(
		    out, row->source_id.p, (int)row->source_id.len, SQLITE_STATIC);
	else
		sqlite3_result_int64(
		    out, (int64_t)(n == WAITING_HASH ? row->hash : row->raw));
	return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = (sqlite3_int64)((const struct waiting_cursor *)base)->at;
	return SQLITE_OK;
}

static const sqlite3_module waiting_module = {.xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = eof,
    .xColumn = column,
    .xRowid = row_id};

bool waiting_open(struct build *b, struct err *err)
{
	int code = sqlite3_create_module(b->db, "waiting", &waiting_module, b);

	return code == SQLITE_OK || sql_error(b->store, b->db, code, err);
}

void waiting_release(struct build *b)
{
	struct waiting *w = &b->waiting;

	for (int kind = 0; kind < FACT_KINDS; kind++)
		sqlite3_finalize(w->insert[kind]);
	free(w->rows);
	free(w->values);
	arena_release(&w->texts);
	*w = (struct waiting){0};
}

static bool any_in(const struct waiting *w, int column)
{
	const struct value *v = w->values + column;

	for (size_t i = 0; i < w->count; i++, v += w->width)
		if (v->type == VALUE_INT || (v->type == VALUE_TEXT && v->len))
			return true;
	return false;
}

/* An index that is filled is made at the end (schema.c). */
static bool drop_slim(struct build *b, enum fact_kind kind, int column, struct err *err)
{
	char text[96];

	if (!b->fresh || column >= b->n_columns[kind] ||
	    b->columns[kind][column].type != FIELD_REF)
		return true;
	snprintf(text, sizeof text, "DROP INDEX IF EXISTS %s_by_%s",
	    fact_infos[kind].table, b->columns[kind][column].name);
	return build_run(b, text, err);
}

/* Columns that no row so far has are left out: asking for each of them costs as
 * much as one that is there. Rows get the numbers that SQLite gives them; put.c
 * counts along. */
static bool prepare(struct build *b, enum fact_kind kind, struct err *err)
{
	struct str insert = STR_INIT, select = STR_INIT;
	int n = b->n_columns[kind];

	str_addf(
	    &insert, "INSERT INTO %s(feed, source_id, hash, raw", fact_infos[kind].table);
	str_adds(&select, ") SELECT c0, c1, c2, c3");
	for (int i = 0; i < n + put_has_parts(kind); i++) {
		if (!(b->waiting.filled[kind] >> i & 1))
			continue;
		str_addf(&insert, ", %s", i < n ? b->columns[kind][i].name : "part_of");
		str_addf(&select, ", c%d", i + WAITING_VALUES);
	}
	str_addf(&insert, "%s FROM waiting", str_text(&select));
	sqlite3_finalize(b->waiting.insert[kind]);
	b->waiting.insert[kind] = NULL;
	bool fine = build_prepare(b, insert.p, &b->waiting.insert[kind], err);
	str_release(&insert);
	str_release(&select);
	return fine;
}

static bool ready(struct build *b, struct err *err)
{
	struct waiting *w = &b->waiting;
	bool fine = true, as_before = w->insert[w->kind] != NULL;

	for (int i = 0; fine && i < (int)w->width; i++) {
		if (w->filled[w->kind] >> i & 1 || !any_in(w, i))
			continue;
		w->filled[w->kind] |= (uint64_t)1 << i;
		as_before = false;
		fine = drop_slim(b, w->kind, i, err);
	}
	return fine && (as_before || prepare(b, w->kind, err));
}

bool waiting_flush(struct build *b, struct err *err)
{
	struct waiting *w = &b->waiting;

	if (!w->count)
		return true;
	if (!ready(b, err) || !build_step(b, w->insert[w->kind], err))
		return false;
	if (sqlite3_last_insert_rowid(b->db) != b->events[w->kind].newest)
		BUG("row %lld of %s was to be %lld",
		    (long long)sqlite3_last_insert_rowid(b->db),
		    fact_infos[w->kind].table, (long long)b->events[w->kind].newest);
	if (!link_waiting(b, b->events[w->kind].newest - (int64_t)w->count + 1, err))
		return false;
	w->count = 0;
	arena_clear(&w->texts);
	return true;
}

static void make_room(struct waiting *w, size_t width)
{
	if (w->count < w->cap && w->width == width)
		return;
	w->cap = w->count < w->cap ? w->cap : w->cap ? w->cap * 2 : 1024;
	w->rows = xrealloc(w->rows, w->cap * sizeof *w->rows);
	w->values = xrealloc(w->values, w->cap * width * sizeof *w->values);
	w->width = width;
}

struct value *waiting_add(struct build *b, const struct feed *feed,
    const struct fact *fact, struct slice source_id, struct err *err)
{
	struct waiting *w = &b->waiting;

	if (w->count && w->kind != feed->kind && !waiting_flush(b, err))
		return NULL;
	w->kind = feed->kind;
	make_room(w, (size_t)b->n_columns[feed->kind] + put_has_parts(feed->kind));
	if (source_id.p != fact->id.p)
		source_id.p = arena_dup(&w->texts, source_id.p, source_id.len);
	w->rows[w->count] =
	    (struct waiting_row){feed->id, source_id, fact->hash, fact->raw};
	return &w->values[w->count++ * w->width];
}
