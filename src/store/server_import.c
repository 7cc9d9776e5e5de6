#include "replica.h"

#include "huddle/path.h"
#include <stdio.h>
#include <string.h>

/*
 * All of a file to a server that has nothing yet, as the owner of its tables: history
 * keeps who wrote what and when, so the rules that make everybody write as themselves rest
 * for this one transaction. What was sent is read again and compared before it ends.
 */

static bool set_rules(struct server *s, bool rest, struct err *err)
{
	struct str text = STR_INIT;
	for (const struct row_table *const *t = row_tables; *t; t++)
		str_addf(&text,
		    "ALTER TABLE main.%s %s TRIGGER USER; ALTER TABLE main.%s %s ROW "
		    "LEVEL "
		    "SECURITY;",
		    (*t)->name, rest ? "DISABLE" : "ENABLE", (*t)->name,
		    rest ? "NO FORCE" : "FORCE");
	bool fine = server_run(s, str_text(&text), err);
	str_release(&text);
	return fine;
}

/* As COPY reads it. */
static void add_value(struct str *out, struct slice value, bool last)
{
	for (size_t i = 0; value.p && i < value.len; i++) {
		char c = value.p[i];
		if (c == '\\')
			str_adds(out, "\\\\");
		else if (c == '\n')
			str_adds(out, "\\n");
		else if (c == '\r')
			str_adds(out, "\\r");
		else if (c == '\t')
			str_adds(out, "\\t");
		else
			str_addc(out, c);
	}
	if (!value.p)
		str_adds(out, "\\N");
	str_addc(out, last ? '\n' : '\t');
}

/* The columns of a table in one order on both sides. */
static void add_columns(struct str *out, const struct row_table *table)
{
	str_adds(out, table->key);
	for (int i = 0; i < table->columns; i++)
		str_addf(out, ", %s", table->column[i]);
}

#define CLOCK_COLUMNS "review, deal_id, seconds, seen_at"

/* Rows are put together to some size: a call for each would be slow. */
static bool copy_rows(struct sql *q, struct server *s, int64_t *count, struct err *err)
{
	enum { SOME = 1 << 18 };
	struct str text = STR_INIT;
	bool fine = true;
	while (fine && sql_row(q)) {
		int n = sqlite3_column_count(q->stmt);
		for (int i = 0; i < n; i++)
			add_value(&text, sql_get(q, i), i == n - 1);
		++*count;
		if (text.len > SOME) {
			fine = server_copy_put(s, text.p, text.len, err);
			str_clear(&text);
		}
	}
	if (fine && text.len)
		fine = server_copy_put(s, text.p, text.len, err);
	str_release(&text);
	return fine;
}

static bool send_table(struct store *file, struct server *s, const char *name,
    const char *columns, int64_t *count, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct sql q;
	bool fine = false;
	const char *ask = arena_printf(&arena, "SELECT %s FROM main.%s", columns, name);
	const char *copy =
	    arena_printf(&arena, "COPY main.%s(%s) FROM STDIN", name, columns);
	if (sql_begin(&q, file, ask, err) && server_run(s, copy, err))
		fine = server_copy_end(s, copy_rows(&q, s, count, err), err);
	arena_release(&arena);
	return sql_done(&q) && fine;
}

static bool send_records(
    struct store *file, struct server *s, struct server_imported *out, struct err *err)
{
	int64_t clocks = 0;
	bool fine = send_table(file, s, "change_log", LOG_COLUMNS, &out->lines, err) &&
	            send_table(file, s, "clock", CLOCK_COLUMNS, &clocks, err);
	for (const struct row_table *const *t = row_tables; fine && *t; t++) {
		struct str columns = STR_INIT;
		add_columns(&columns, *t);
		fine =
		    send_table(file, s, (*t)->name, str_text(&columns), &out->rows, err);
		str_release(&columns);
	}
	return fine;
}

/* ---- read again ---- */

static bool same_cell(
    struct sql *q, const struct server *s, const PGresult *rows, int row, int column)
{
	struct slice here = sql_get(q, column);
	const char *there = server_text(s, rows, row, column);
	return here.p ? there && slice_is(here, there) : !there;
}

static bool compare_table(struct store *file, struct server *s, const char *name,
    const char *columns, const char *key, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct sql q;
	PGresult *rows;
	const char *ask = arena_printf(
	    &arena, "SELECT %s FROM main.%s ORDER BY %s", columns, name, key);
	const char *ask_there =
	    arena_printf(&arena, "SELECT %s FROM main.%s ORDER BY %s%s", columns, name,
	        key, strcmp(key, "id") && strcmp(key, "seq") ? " COLLATE \"C\"" : "");
	bool same = false;
	int n = 0;
	if (server_ask(s, ask_there, NULL, 0, &rows, err)) {
		same = sql_begin(&q, file, ask, err);
		for (; same && sql_row(&q); n++) {
			same = n < server_rows(s, rows);
			for (int c = 0; same && c < sqlite3_column_count(q.stmt); c++)
				same = same_cell(&q, s, rows, n, c);
		}
		same = sql_done(&q) && same && n == server_rows(s, rows);
		server_clear(s, rows);
	}
	arena_release(&arena);
	return same || *err->text ||
	       err_set(err, s->name,
	           "%s was not stored there as it was sent; nothing was imported", name);
}

static bool compare_records(struct store *file, struct server *s, struct err *err)
{
	bool fine = compare_table(file, s, "change_log", LOG_COLUMNS, "seq", err);
	for (const struct row_table *const *t = row_tables; fine && *t; t++) {
		struct str columns = STR_INIT;
		add_columns(&columns, *t);
		fine = compare_table(
		    file, s, (*t)->name, str_text(&columns), (*t)->key, err);
		str_release(&columns);
	}
	return fine && !*err->text;
}

/* ---- facts ---- */

static bool send_generation(
    struct store *file, struct server *s, struct server_imported *out, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct sql q;
	int64_t size;
	bool fine = true;
	if (!file->generation)
		return true;
	if (sql_begin(&q, file,
	        "SELECT id, 0, as_of, made_at, made_by, file FROM main.generation WHERE "
	        "id = $1",
	        err)) {
		sql_int(&q, 1, file->generation);
		if (sql_row(&q)) {
			const char *values[6];
			for (int i = 0; i < 5; i++)
				values[i] = sql_dup(&q, i, &arena);
			size_t folder = (size_t)(path_base(file->path) - file->path);
			const char *path = arena_printf(&arena, "%.*s%s", (int)folder,
			    file->path, sql_dup(&q, 5, &arena));
			fine = pieces_send(s, path, file->generation, &size, err);
			values[5] = arena_printf(&arena, "%lld", (long long)size);
			fine = fine && server_do(s, PUT_GENERATION, values, NULL, err);
			out->generations = fine;
		}
	}
	arena_release(&arena);
	return sql_done(&q) && fine;
}

/* ---- all of it ---- */

static bool is_empty(struct server *s, struct err *err)
{
	PGresult *rows;
	if (!server_do(s, ASK_EMPTY, NULL, &rows, err))
		return false;
	bool empty = server_int(s, rows, 0, 0) == 0;
	server_clear(s, rows);
	return empty ||
	       err_set(err, s->name,
	           "has records or facts already; a file is imported into a server "
	           "without any");
}

static bool may_import(const struct server *s, struct err *err)
{
	if (!s->schema)
		return err_set(
		    err, s->name, "has no tables of huddle yet; run huddle server init");
	return s->rights & SERVER_OWNER || err_set(err, s->name,
	                                       "%s is not the owner of its tables; who "
	                                       "ran huddle server init imports",
	                                       s->person);
}

bool store_server_import(
    struct store *file, const char *url, struct server_imported *out, struct err *err)
{
	struct server *s;
	*out = (struct server_imported){0};
	if (!server_open(&s, url, NULL, err))
		return false;
	bool fine =
	    may_import(s, err) &&
	    server_run(s, "BEGIN; SELECT pg_advisory_xact_lock(" SERVER_LOCK ")", err) &&
	    is_empty(s, err) && set_rules(s, true, err) &&
	    send_records(file, s, out, err) && compare_records(file, s, err) &&
	    send_generation(file, s, out, err) && set_rules(s, false, err) &&
	    server_run(s, "UPDATE main.huddle SET epoch = epoch + 1; COMMIT", err);
	server_close(s);
	return fine;
}
