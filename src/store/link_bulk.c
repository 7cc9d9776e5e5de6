#include "link.h"

#include <stdlib.h>
#include <string.h>

/*
 * The second step to all links of a side: what was gathered (gather.c) comes in
 * the order of deal and row from a virtual table, so that their table is written
 * from its beginning to its end.
 */
enum { LINKS_DEAL, LINKS_ROW, LINKS_HOW, LINKS_OWN };

struct links_table {
	sqlite3_vtab base;
	struct gather *gather;
	struct err *err; /* of the spread, which SQLite can not tell */
};

struct links_cursor {
	sqlite3_vtab_cursor base;
	uint32_t deal;
	struct gathered link;
	bool end;
};

/* What the module is given: the table to be. */
static int connect(sqlite3 *db, void *arg, int argc, const char *const *argv,
    sqlite3_vtab **out, char **message)
{
	const struct links_table *given = arg;
	struct links_table *table = sqlite3_malloc(sizeof *table);
	struct str text = STR_INIT;

	(void)argc, (void)argv, (void)message;
	if (!table)
		return SQLITE_NOMEM;
	*table = *given;
	memset(&table->base, 0, sizeof table->base);
	*out = &table->base;
	str_addf(&text, "CREATE TABLE x(deal, row, linked_by, %s)",
	    link_sides[table->gather->side].columns);
	int code = sqlite3_declare_vtab(db, text.p);
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
	info->estimatedCost = 1e6;
	return SQLITE_OK;
}

static int open_cursor(sqlite3_vtab *base, sqlite3_vtab_cursor **out)
{
	struct links_cursor *cursor = xcalloc(1, sizeof *cursor);

	(void)base;
	*out = &cursor->base;
	return SQLITE_OK;
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	free(base);
	return SQLITE_OK;
}

static int next(sqlite3_vtab_cursor *base)
{
	struct links_cursor *cursor = (struct links_cursor *)base;
	const struct links_table *table = (const struct links_table *)base->pVtab;
	struct slice record;

	if (!spread_next(
	        table->gather->links, &cursor->deal, &record, &cursor->end, table->err))
		return SQLITE_IOERR;
	if (cursor->end)
		return SQLITE_OK;
	gathered_read(record, &cursor->link);
	return SQLITE_OK;
}

/* The links can be gone through once. */
static int filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
    sqlite3_value **argv)
{
	(void)number, (void)text, (void)argc, (void)argv;
	return next(base);
}

static int eof(sqlite3_vtab_cursor *base)
{
	return ((struct links_cursor *)base)->end;
}

static void give_own(sqlite3_context *out, const struct value *v)
{
	if (v->type == VALUE_TEXT)
		sqlite3_result_text(out, v->p, (int)v->len, SQLITE_STATIC);
	else if (v->type == VALUE_INT)
		sqlite3_result_int64(out, v->n);
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *out, int n)
{
	const struct links_cursor *cursor = (const struct links_cursor *)base;

	if (n >= LINKS_OWN)
		give_own(out, &cursor->link.own[n - LINKS_OWN]);
	else if (n == LINKS_DEAL)
		sqlite3_result_int64(out, cursor->deal);
	else if (n == LINKS_ROW)
		sqlite3_result_int64(out, cursor->link.row);
	else
		sqlite3_result_int(out, cursor->link.how);
	return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = ((struct links_cursor *)base)->link.row;
	return SQLITE_OK;
}

static const sqlite3_module links_module = {.xConnect = connect,
    .xBestIndex = best_index,
    .xDisconnect = disconnect,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = filter,
    .xNext = next,
    .xEof = eof,
    .xColumn = column,
    .xRowid = row_id};

bool gather_write(struct gather *g, sqlite3 *db, struct err *err)
{
	struct err of_spread = ERR_INIT;
	struct build *b = g->b;
	struct links_table table = {.gather = g, .err = &of_spread};
	const struct side_names *names = &link_sides[g->side];
	struct str text = STR_INIT;
	int code = sqlite3_create_module(db, "links", &links_module, &table);

	if (code == SQLITE_OK && !g->links)
		return true;
	if (code != SQLITE_OK)
		return sql_error(b->store, db, code, err);
	str_addf(&text,
	    "DELETE FROM %s_deal; INSERT INTO %s_deal(deal, %s, linked_by, %s) "
	    "SELECT deal, row, linked_by, %s FROM links",
	    names->table, names->table, names->table, names->columns, names->columns);
	bool fine = build_run_on(b, db, text.p, err);
	str_release(&text);
	sqlite3_create_module(db, "links", NULL, NULL);
	if (*of_spread.text)
		*err = of_spread;
	return fine;
}
