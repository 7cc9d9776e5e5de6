#include "row.h"

#include "huddle/store_safety.h"
#include "huddle/text.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/*
 * A person asked to be forgotten: the name goes out of all records, out of the log
 * and out of half-written forms, and the log says that it did, not whom. This is the
 * one write that can not be undone. What exports say is the source's to erase.
 */
static const char gone[] = "[erased]";

/* A letter, a digit or any part of one beyond ASCII. */
static bool in_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80;
}

/* Is it a name of its own here, and not a part of another: Ana in Anand? */
static bool alone(const char *start, const char *at, size_t len)
{
	return (at == start || !in_word(at[-1])) && !in_word(at[len]);
}

/* erased(text, name): the text without the name, without case for ASCII. */
static void erased(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);
	const char *name = (const char *)sqlite3_value_text(values[1]);
	struct str out = STR_INIT;
	(void)count;
	if (!text || !name || !*name) {
		sqlite3_result_value(context, values[0]);
		return;
	}
	size_t len = strlen(name);
	for (const char *p = text; *p;) {
		if (!strncasecmp(p, name, len) && alone(text, p, len)) {
			str_adds(&out, gone);
			p += len;
		} else {
			str_addc(&out, *p++);
		}
	}
	sqlite3_result_text64(
	    context, str_text(&out), out.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	str_release(&out);
}

/* One column of one table; adds to *rows how many it was in. */
static bool erase_from(struct store *store, const char *table, const char *column,
    const char *name, int64_t *rows, struct err *err)
{
	struct sql q;
	struct str text = STR_INIT;
	str_addf(&text,
	    "UPDATE main.%s SET %s = erased(%s, $1) WHERE %s IS NOT NULL AND "
	    "erased(%s, $1) <> %s RETURNING 1",
	    table, column, column, column, column, column);
	if (sql_begin(&q, store, str_text(&text), err)) {
		sql_text(&q, 1, name);
		while (sql_row(&q))
			++*rows;
	}
	str_release(&text);
	return sql_done(&q);
}

/* Ids and keys are the source's and ours; the rest may name somebody. */
static bool names_nobody(const char *column)
{
	static const char *const none[] = {"rev", "deleted", "deal_id", "review", "place",
	    "minutes", "per_deal", "state", "team", "due", "made_in", "ended_in"};
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		if (!strcmp(none[i], column))
			return true;
	return false;
}

static bool erase_all(
    struct store *store, const char *name, int64_t *rows, struct err *err)
{
	static const char *const others[][2] = {{"draft", "text"}, {"draft", "person"},
	    {"change_log", "person"}, {"change_log", "what"}, {"change_log", "old_row"},
	    {"change_log", "new_row"}, {"generation", "made_by"}};
	for (const struct row_table *const *t = row_tables; *t; t++)
		for (int i = 0; i < (*t)->columns; i++)
			if (!names_nobody((*t)->column[i]) &&
			    !erase_from(
			        store, (*t)->name, (*t)->column[i], name, rows, err))
				return false;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (!erase_from(store, others[i][0], others[i][1], name, rows, err))
			return false;
	return true;
}

/* An undo of nothing: so undo passes over it and goes on with what was before. */
static bool log_it(
    struct store *store, int64_t rows, char op[33], struct arena *arena, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "INSERT INTO main.change_log(op_id, at, person, what, table_name, "
	        "row_key, "
	        "undoes) VALUES(lower(hex(randomblob(16))), $1, $2, $3, 'person', '', 0) "
	        "RETURNING op_id",
	        err)) {
		sql_instant(&q, 1, time(NULL));
		sql_text(&q, 2, store->person);
		sql_text(&q, 3,
		    arena_printf(arena,
		        "a person was erased from %lld places, log included",
		        (long long)rows));
		while (sql_row(&q))
			slice_copy(sql_get(&q, 0), op, 33);
	}
	return sql_done(&q);
}

/* People and contacts of this name in the newest exports. */
static bool count_facts(
    struct store *store, const char *name, int64_t *out, struct err *err)
{
	struct sql q;
	*out = 0;
	if (!store->generation)
		return true;
	if (sql_begin(&q, store,
	        "SELECT (SELECT count(*) FROM facts.person WHERE lower(name) = "
	        "lower($1)) "
	        "+ (SELECT count(*) FROM facts.contact WHERE lower(name) = lower($1))",
	        err)) {
		sql_text(&q, 1, name);
		if (sql_row(&q))
			*out = sql_get_int(&q, 0);
	}
	return sql_done(&q);
}

bool store_erase(struct store *store, struct arena *arena, const char *name,
    struct erased *out, struct err *err)
{
	*out = (struct erased){0};
	struct slice trimmed = slice_trim(slice_of(name));
	if (!trimmed.len)
		return err_set(err, "erase", "nobody is named; write the person's name");
	name = arena_dup(arena, trimmed.p, trimmed.len);
	if (store->replica)
		return err_set(err, "erase",
		    "the log of a server can not be rewritten; huddle backup FILE, erase "
		    "in that "
		    "file, and huddle server import FILE into a new database");
	if (!text_check("erase", name, err) ||
	    !count_facts(store, name, &out->facts, err))
		return false;
	sqlite3_create_function(store->db, "erased", 2,
	    SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, erased, NULL, NULL);
	/* Freed pages are overwritten, so that no byte of it stays in the file. */
	if (!sql_script(store, "PRAGMA main.secure_delete = ON", err) ||
	    !sql_begin_write(store, err))
		return false;
	struct edit edit = {0}; /* for its op */
	bool there,
	    fine = erase_all(store, name, &out->places, err) &&
	           (!out->places || log_it(store, out->places, edit.op, arena, err));
	if (fine)
		return edit_commit(&edit, store, &there, err);
	sql_rollback(store);
	return false;
}
