#include "link.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * All links of a side at once: a virtual table that goes through the rows and
 * gives each of their links, which SQLite sorts by deal and writes in that
 * order. Its columns are the place (deal and row in one number, which sorts
 * fastest), the reason, and the side's own.
 */
enum { FIRST_OWN = 2, ROWS_OWN = 6 }; /* of the links; of the rows' statement */

struct links_table {
	sqlite3_vtab base;
	struct build *b;
	int side;
	const struct reach *reach;
};

struct links_cursor {
	sqlite3_vtab_cursor base;
	sqlite3_stmt *rows;
	struct targets targets;
	size_t at; /* in targets */
	int64_t row;
	bool end;
};

/* What the module is given: the table to be. */
static int connect(sqlite3 *db, void *arg, int argc, const char *const *argv,
    sqlite3_vtab **out, char **message)
{
	const struct links_table *given = arg;
	struct links_table *table = sqlite3_malloc(sizeof *table);
	char text[256];

	(void)argc, (void)argv, (void)message;
	if (!table)
		return SQLITE_NOMEM;
	*table = *given;
	memset(&table->base, 0, sizeof table->base);
	*out = &table->base;
	snprintf(text, sizeof text, "CREATE TABLE x(place, linked_by, %s)",
	    link_sides[table->side].columns);
	return sqlite3_declare_vtab(db, text);
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
	struct links_table *table = (struct links_table *)base;
	struct links_cursor *cursor = xcalloc(1, sizeof *cursor);
	char text[256];

	*out = &cursor->base;
	snprintf(text, sizeof text,
	    "SELECT id, deal, contact, lead, account, at, %s FROM %s ORDER BY id",
	    link_sides[table->side].columns, link_sides[table->side].table);
	return sqlite3_prepare_v2(table->b->db, text, -1, &cursor->rows, NULL);
}

static int close_cursor(sqlite3_vtab_cursor *base)
{
	struct links_cursor *cursor = (struct links_cursor *)base;

	sqlite3_finalize(cursor->rows);
	free(cursor->targets.items);
	free(cursor);
	return SQLITE_OK;
}

static void add_up(const struct links_table *table, const struct links_cursor *cursor)
{
	if (!table->b->sums.made || !cursor->targets.count)
		return;
	struct side_event event = side_event_of(
	    cursor->rows, ROWS_OWN, link_sides[table->side].kind == FACT_ACTIVITIES);
	bulk_sums_add(table->b, table->side, table->reach, &event, &cursor->targets);
}

/* On to the next link: of this row, or of the next row that has any. */
static int next(sqlite3_vtab_cursor *base)
{
	struct links_cursor *cursor = (struct links_cursor *)base;
	const struct links_table *table = (const struct links_table *)base->pVtab;

	cursor->at++;
	while (cursor->at >= cursor->targets.count) {
		int code = sqlite3_step(cursor->rows);
		cursor->end = code != SQLITE_ROW;
		if (cursor->end)
			return code == SQLITE_DONE ? SQLITE_OK : code;
		struct event_refs refs = link_refs(cursor->rows, 1);
		reach_links(table->reach, &refs, &cursor->targets);
		cursor->row = sqlite3_column_int64(cursor->rows, 0);
		add_up(table, cursor);
		cursor->at = 0;
	}
	return SQLITE_OK;
}

static int filter(sqlite3_vtab_cursor *base, int number, const char *text, int argc,
    sqlite3_value **argv)
{
	struct links_cursor *cursor = (struct links_cursor *)base;

	(void)number, (void)text, (void)argc, (void)argv;
	sqlite3_reset(cursor->rows);
	cursor->targets.count = cursor->at = 0;
	return next(base);
}

static int eof(sqlite3_vtab_cursor *base)
{
	return ((struct links_cursor *)base)->end;
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *out, int n)
{
	struct links_cursor *cursor = (struct links_cursor *)base;
	struct target target = cursor->targets.items[cursor->at];

	if (n >= FIRST_OWN)
		sqlite3_result_value(
		    out, sqlite3_column_value(cursor->rows, n - FIRST_OWN + ROWS_OWN));
	else if (n == 0)
		sqlite3_result_int64(out, (int64_t)target.deal << 32 | cursor->row);
	else
		sqlite3_result_int(out, target.how);
	return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = ((struct links_cursor *)base)->row;
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

bool link_all(struct build *b, int side, const struct reach *reach, struct err *err)
{
	struct links_table table = {.b = b, .side = side, .reach = reach};
	const struct side_names *names = &link_sides[side];
	struct str text = STR_INIT;
	int code = sqlite3_create_module(b->db, "links", &links_module, &table);

	if (code != SQLITE_OK)
		return sql_error(b->store, b->db, code, err);
	str_addf(&text,
	    "DELETE FROM %s_deal; INSERT INTO %s_deal(deal, %s, linked_by, %s) "
	    "SELECT place >> 32, place & 4294967295, linked_by, %s FROM links "
	    "ORDER BY place",
	    names->table, names->table, names->table, names->columns, names->columns);
	bool fine = build_run(b, text.p, err);
	str_release(&text);
	sqlite3_create_module(b->db, "links", NULL, NULL);
	return fine;
}
