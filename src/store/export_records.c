#include "huddle/store_export.h"
#include "remembered.h"
#include "row.h"

#include <stdlib.h>
#include <string.h>

/* Records as they stand. The file itself tells what columns a table has, so that a
 * later version's are not forgotten here. */

/* Beside the tables of row.c. What is remembered (slip risk, figures) is worked out again, and is
 * neither written nor a record. */
static const char *const others[] = {"change_log", "draft", "setting", "clock"};
#define NOT_REMEMBERED "NOT " REMEMBERED

static bool read_columns(
    struct store *store, struct arena *arena, struct record_table *out, struct err *err)
{
	struct record_column *columns = NULL;
	struct sql q;
	size_t cap = 0;

	/* A primary key is never NULL, though SQLite says it of INTEGER ones alone. */
	if (!sql_begin(&q, store,
	        "SELECT name, type = 'INTEGER', \"notnull\" = 0 AND pk = 0, pk > 0 FROM "
	        "pragma_table_info($1, 'main') ORDER BY cid",
	        err))
		return false;
	sql_text(&q, 1, out->name);
	while (sql_row(&q)) {
		columns =
		    arena_grow(arena, columns, &cap, out->count + 1, sizeof *columns);
		columns[out->count++] =
		    (struct record_column){.name = sql_dup(&q, 0, arena),
		        .integer = sql_get_int(&q, 1) != 0,
		        .optional = sql_get_int(&q, 2) != 0,
		        .key = sql_get_int(&q, 3) != 0};
	}
	out->columns = columns;
	return sql_done(&q);
}

static bool add_table(struct store *store, struct arena *arena, struct record_tables *out,
    const char *name, bool logged, struct err *err)
{
	struct record_table *table = &out->items[out->count++];

	*table = (struct record_table){.name = name, .logged = logged};
	return read_columns(store, arena, table, err);
}

bool store_record_tables(
    struct store *store, struct arena *arena, struct record_tables *out, struct err *err)
{
	size_t n = sizeof others / sizeof *others, room = n;

	for (const struct row_table *const *t = row_tables; *t; t++)
		room++;
	*out = (struct record_tables){.version = SCHEMA_VERSION};
	out->items = arena_alloc(arena, room * sizeof *out->items);
	for (const struct row_table *const *t = row_tables; *t; t++)
		if (!add_table(store, arena, out, (*t)->name, true, err))
			return false;
	for (size_t i = 0; i < n; i++)
		if (!add_table(store, arena, out, others[i], false, err))
			return false;
	return true;
}

#define WORD(name)                        \
	{                                 \
		name, false, false, false \
	}
#define NUMBER(name)                     \
	{                                \
		name, true, false, false \
	}
static const struct record_column sync_columns[] = {NUMBER("id"), WORD("as_of"),
    WORD("at"), NUMBER("added"), NUMBER("updated"), NUMBER("missing"),
    NUMBER("rejected")};
static const struct record_column change_columns[] = {
    WORD("deal_id"), NUMBER("sync"), WORD("at"), WORD("field"), WORD("old"), WORD("new")};
static const struct record_column feed_columns[] = {
    WORD("source"), WORD("section"), WORD("kind"), WORD("as_of"), WORD("captured")};
const struct record_table past_feed_table = {"feed", feed_columns, 5, false};
const struct record_table *const past_tables[] = {
    &past_sync_table, &past_change_table, &past_feed_table, NULL};
const struct record_table past_sync_table = {"sync", sync_columns, 7, false};
const struct record_table past_change_table = {"snapshot", change_columns, 6, false};

/* A snapshot's deal goes by the source's own id. */
static const char snapshot_text[] =
    "SELECT d.source_id, s.sync, s.at, s.field, s.old, s.new FROM facts.snapshot s "
    "JOIN facts.deal d ON d.id = s.deal WHERE d.source_id IS NOT NULL "
    "ORDER BY s.sync, d.source_id, s.field";

static void add_select(struct str *out, const struct record_table *table)
{
	if (table == &past_change_table) {
		str_adds(out, snapshot_text);
		return;
	}
	bool past = table == &past_sync_table || table == &past_feed_table;
	for (size_t i = 0; i < table->count; i++)
		str_addf(out, "%s%s", i ? ", " : "SELECT ", table->columns[i].name);
	str_addf(out, " FROM %s%s%s ORDER BY 1, 2", past ? "facts." : "main.",
	    table->name, strcmp(table->name, "setting") ? "" : " WHERE " NOT_REMEMBERED);
}

bool store_record_rows(struct store *store, const struct record_table *table,
    export_record_fn take, void *arg, struct err *err)
{
	struct slice *values = xcalloc(table->count, sizeof *values);
	struct str text = STR_INIT;
	struct sql q;
	bool fine;

	add_select(&text, table);
	fine = sql_begin(&q, store, str_text(&text), err);
	str_release(&text);
	while (fine && sql_row(&q)) {
		for (size_t i = 0; i < table->count; i++)
			values[i] = sql_is_null(&q, (int)i) ? (struct slice){0}
			                                    : sql_get(&q, (int)i);
		fine = take(arg, values, err);
	}
	free(values);
	return sql_done(&q) && fine;
}

bool store_export_begin(struct store *store, struct err *err)
{
	return sql_run(store, "BEGIN", err);
}

void store_export_end(struct store *store)
{
	sql_rollback(store);
}
