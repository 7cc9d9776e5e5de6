#include "huddle/store_export.h"
#include "row.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/*
 * Records that were exported, in one transaction: as they were into a file that
 * has none, as writes of this person into one that has some.
 */
enum { NAMED = 4 }; /* of the rows that differ, in the message */

struct import {
	struct batch batch; /* store, arena and the step they are written as */
	struct arena row;   /* the texts of the row at hand */
	enum import_keep keep;
	struct imported done;
	struct str differ;
	int64_t n_differ;
};

static bool any_record(
    struct store *store, struct arena *arena, bool *any, struct err *err)
{
	struct record_tables tables;

	*any = false;
	if (!store_record_tables(store, arena, &tables, err))
		return false;
	for (size_t i = 0; i < tables.count && !*any; i++) {
		const char *name = tables.items[i].name;
		int64_t n;
		/* Settings that the program keeps by itself are nobody's writes. */
		if (!strcmp(name, "setting"))
			continue;
		if (!sql_one(store,
		        arena_printf(arena, "SELECT count(*) FROM main.%s", name), 0, &n,
		        err))
			return false;
		*any = n > 0;
	}
	return true;
}

bool store_import_begin(struct import **out, struct store *store, struct arena *arena,
    enum import_keep keep, struct err *err)
{
	bool any;
	struct import *import = xcalloc(1, sizeof *import);

	*out = import;
	import->keep = keep;
	if (store->replica) {
		err_set(err, "import",
		    "records go to a server with huddle server import, from a file that "
		    "they "
		    "were imported into");
		free(import);
		*out = NULL;
		return false;
	}
	if (batch_begin(&import->batch, store, arena, err)) {
		if (any_record(store, arena, &any, err)) {
			import->done.whole = !any;
			return true;
		}
		sql_rollback(store);
	}
	free(import);
	*out = NULL;
	return false;
}

/* ---- what a row may hold ---- */

static bool is_integer(struct slice s)
{
	char buf[24], *end;

	if (!s.len || s.len >= sizeof buf)
		return false;
	slice_copy(s, buf, sizeof buf);
	errno = 0;
	strtoll(buf, &end, 10);
	return !*end && !errno && (*buf == '-' || (*buf >= '0' && *buf <= '9'));
}

static bool check_values(const struct record_table *table, const struct slice *values,
    struct arena *arena, const char *place, struct err *err)
{
	for (size_t i = 0; i < table->count; i++) {
		const struct record_column *c = &table->columns[i];
		const char *text = arena_dup(arena, values[i].p, values[i].len);
		if (!values[i].p && !c->optional)
			return err_set(err, place,
			    "column %s is blank, and every %s needs it; nothing was "
			    "imported: put the value back",
			    c->name, table->name);
		if (values[i].p && c->integer && !is_integer(values[i]))
			return err_set(err, place,
			    "column %s, \"%.60s\" is no whole number; nothing was "
			    "imported: "
			    "put the value back",
			    c->name, text);
		/* A line of the log holds all texts of a row, before and after. */
		if (values[i].p && strcmp(table->name, "change_log") != 0 &&
		    !text_check(place, text, err))
			return false;
	}
	return true;
}

/* ---- as they were ---- */

static void insert_text(
    struct str *out, const struct record_table *table, const char *verb)
{
	str_addf(out, "%s INTO main.%s(", verb, table->name);
	for (size_t i = 0; i < table->count; i++)
		str_addf(out, "%s%s", i ? ", " : "", table->columns[i].name);
	for (size_t i = 0; i < table->count; i++)
		str_addf(out, "%s$%zu", i ? ", " : ") VALUES(", i + 1);
	str_addc(out, ')');
}

static bool insert(struct import *import, const struct record_table *table,
    const struct slice *values, const char *verb, const char *place, struct err *err)
{
	struct store *store = import->batch.store;
	struct str text = STR_INIT;
	struct sql q;

	insert_text(&text, table, verb);
	if (sql_begin(&q, store, str_text(&text), err)) {
		for (size_t i = 0; i < table->count; i++)
			sql_slice(&q, (int)i + 1, values[i]);
		sql_step(&q);
	}
	str_release(&text);
	if (sql_done(&q)) {
		import->done.rows++;
		return true;
	}
	if ((sqlite3_errcode(store->db) & 0xff) == SQLITE_CONSTRAINT)
		return err_set(err, place,
		    "can not be a row of %s (%s); nothing was imported: does it stand "
		    "twice?",
		    table->name, sqlite3_errmsg(store->db));
	return false;
}

/* ---- beside those that are there ---- */

/* A row that differs and nothing says which to keep; all are named at the end. */
static void add_conflict(struct import *import, const struct record_table *table,
    const char *key, const char *column)
{
	if (import->n_differ++ < NAMED)
		str_addf(&import->differ, "%s%s %.60s (%s)",
		    import->differ.len ? ", " : "", table->name, key, column);
}

static const char *differs_in(const struct row *a, const struct row *b)
{
	for (int i = 1; i < a->table->columns; i++) {
		const char *x = a->value[i], *y = b->value[i];
		if (x != y && (!x || !y || strcmp(x, y) != 0))
			return a->table->column[i];
	}
	return a->table->column[0];
}

/* Of rows that the log tells of. One that was taken back there and never was here
 * is nothing to add. */
static bool merge_logged(struct import *import, const struct record_table *table,
    const struct slice *values, const char *place, struct err *err)
{
	struct arena *arena = import->batch.arena;
	const struct row_table *of = row_table_find(table->name);
	struct edit edit = {.row = {.table = of, .found = true}};

	for (size_t i = 0; i < table->count; i++) {
		int column = row_column(of, table->columns[i].name);
		const char *text =
		    values[i].p ? arena_dup(arena, values[i].p, values[i].len) : NULL;
		if (column >= 0)
			edit.row.value[column] = text;
		else
			edit.row.key = text;
		if (!strcmp(table->columns[i].name, "deal_id"))
			edit.deal_id = text;
	}
	if (!edit.row.key || !*edit.row.key)
		return err_set(err, place, "has no %s; put it back", of->key);
	if (!row_load(&edit.old, of, edit.row.key, import->batch.store, arena, err))
		return false;
	if (row_same(&edit.old, &edit.row) ||
	    (!edit.old.found && row_deleted(&edit.row))) {
		import->done.same++;
		return true;
	}
	if (edit.old.found && import->keep != KEEP_IMPORT) {
		import->done.kept++;
		if (import->keep == KEEP_ASK)
			add_conflict(import, table, edit.row.key,
			    differs_in(&edit.old, &edit.row));
		return true;
	}
	edit.what = arena_printf(arena, "imported %s %s", of->name, edit.row.key);
	import->done.rows++;
	return batch_put(&import->batch, &edit, err);
}

/* Drafts and times spent have no log, and nobody else's is overwritten; a setting that
 * differs is as any row that does. */
static bool merge_plain(struct import *import, const struct record_table *table,
    const struct slice *values, const char *place, struct err *err)
{
	struct store *store = import->batch.store;
	struct str text = STR_INIT;
	struct sql q;
	bool there = false, same = true;

	if (!strcmp(table->name, "change_log"))
		return true; /* the writes of this import have lines of their own */
	for (size_t i = 0; i < table->count; i++)
		str_addf(&text, "%s%s", i ? ", " : "SELECT ", table->columns[i].name);
	str_addf(
	    &text, " FROM main.%s WHERE %s = $1", table->name, table->columns[0].name);
	for (size_t i = 1; i < table->count && table->columns[i].key; i++)
		str_addf(&text, " AND %s = $%zu", table->columns[i].name, i + 1);
	if (sql_begin(&q, store, str_text(&text), err)) {
		for (size_t i = 0; i < table->count && table->columns[i].key; i++)
			sql_slice(&q, (int)i + 1, values[i]);
		there = sql_row(&q);
		for (size_t i = 0; there && i < table->count; i++)
			same &= slice_eq(sql_get(&q, (int)i), values[i]);
	}
	str_release(&text);
	if (!sql_done(&q))
		return false;
	if (there && (same || import->keep != KEEP_IMPORT)) {
		import->done.same += same;
		import->done.kept += !same;
		if (!same && import->keep == KEEP_ASK)
			add_conflict(import, table,
			    arena_dup(&import->row, values[0].p, values[0].len),
			    table->columns[table->count - 1].name);
		return true;
	}
	return insert(import, table, values, "INSERT OR REPLACE", place, err);
}

bool store_import_row(struct import *import, const struct record_table *table,
    const struct slice *values, const char *place, struct err *err)
{
	arena_clear(&import->row);
	if (!check_values(table, values, &import->row, place, err))
		return false;
	if (import->done.whole)
		return insert(import, table, values, "INSERT", place, err);
	return table->logged ? merge_logged(import, table, values, place, err)
	                     : merge_plain(import, table, values, place, err);
}

/* ---- the end ---- */

/* Rows that somebody changed in a spreadsheet are no longer what the log tells. */
static bool as_logged(struct import *import, struct err *err)
{
	const char *problem;

	if (!rows_as_logged(import->batch.store, import->batch.arena, &problem, err))
		return false;
	return !problem ||
	       err_set(err, "import",
	           "%s; nothing was imported: was a file changed by hand? "
	           "Import the folder as it was exported, then the changed one "
	           "with --keep import",
	           problem);
}

static bool all_agree(struct import *import, struct err *err)
{
	if (!import->n_differ)
		return true;
	return err_set(err, "import",
	    "%lld row%s not as here: %s%s; nothing was imported: --keep here leaves "
	    "those, --keep import takes the others",
	    (long long)import->n_differ, import->n_differ == 1 ? " is" : "s are",
	    str_text(&import->differ), import->n_differ > NAMED ? " ..." : "");
}

/* Rows as they were, or without lines in the log, are no batch. */
static bool commit(struct store *store, struct err *err)
{
	if (sql_commit(store, err))
		return true;
	sql_rollback(store);
	return false;
}

bool store_import_end(
    struct import *import, bool fine, struct imported *out, struct err *err)
{
	bool there;

	fine = fine && all_agree(import, err) &&
	       (!import->done.whole || as_logged(import, err));
	*out = import->done;
	if (fine && !import->batch.count)
		fine = commit(import->batch.store, err);
	else
		fine = batch_end(&import->batch, fine, &there, err);
	str_release(&import->differ);
	arena_release(&import->row);
	free(import);
	return fine;
}
