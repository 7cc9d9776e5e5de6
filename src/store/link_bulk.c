#include "link.h"

#include <stdlib.h>
#include <string.h>

/*
 * All links of a side at once, in two steps: a pass through the rows that gives
 * each of its links, spread so that they come in the order of deal and row; and
 * a virtual table that offers them to be written in that order. Only the second
 * needs the connection that builds, so the first can be done beside it.
 */
enum { ROWS_OWN = 6 };                                /* of the rows' statement */
enum { LINKS_DEAL, LINKS_ROW, LINKS_HOW, LINKS_OWN }; /* columns of the table */
enum { OWN_MAX = 8 };

/* What a link is made of beside its deal; the columns of its own follow, each
 * with one of these before it. */
struct link_head {
	uint32_t row;
	uint8_t how;
};
enum { OWN_NULL, OWN_SMALL, OWN_NUMBER, OWN_TEXT };

/* ---- the first step ---- */

static void add_text(struct str *out, sqlite3_stmt *rows, int n)
{
	const char *text = (const char *)sqlite3_column_text(rows, n);
	uint32_t len = (uint32_t)sqlite3_column_bytes(rows, n);

	str_addc(out, OWN_TEXT);
	str_add(out, (const char *)&len, sizeof len);
	str_add(out, text, len);
}

static void add_number(struct str *out, int64_t n)
{
	int32_t small = (int32_t)n;

	str_addc(out, small == n ? OWN_SMALL : OWN_NUMBER);
	if (small == n)
		str_add(out, (const char *)&small, sizeof small);
	else
		str_add(out, (const char *)&n, sizeof n);
}

static void add_own(struct str *out, sqlite3_stmt *rows, int n)
{
	switch (sqlite3_column_type(rows, n)) {
	case SQLITE_TEXT:
		add_text(out, rows, n);
		break;
	case SQLITE_INTEGER:
		add_number(out, sqlite3_column_int64(rows, n));
		break;
	default:
		str_addc(out, OWN_NULL);
		break;
	}
}

/* The links of the row that the statement stands on. */
static bool gather_row(struct gather *g, struct err *err)
{
	bool activity = link_sides[g->side].kind == FACT_ACTIVITIES;
	struct event_refs refs = link_refs(g->rows, 1);
	struct link_head head = {.row = (uint32_t)sqlite3_column_int64(g->rows, 0)};

	reach_links(g->reach, &refs, &g->targets);
	if (!g->targets.count)
		return true;
	if (g->b->sums.made) {
		struct side_event event = side_event_of(g->rows, ROWS_OWN, activity);
		bulk_sums_add(g->b, g->side, g->reach, &event, &g->targets, g->refs);
	}
	str_clear(&g->record);
	str_add(&g->record, (const char *)&head, sizeof head);
	for (int i = 0, n = sqlite3_column_count(g->rows); i < n - ROWS_OWN; i++)
		add_own(&g->record, g->rows, i + ROWS_OWN);
	struct slice record = {g->record.p, g->record.len};
	for (size_t i = 0; i < g->targets.count; i++) {
		head.how = g->targets.items[i].how;
		memcpy(g->record.p, &head, sizeof head);
		if (!spread_add(g->links, g->targets.items[i].deal, record, err))
			return false;
	}
	return true;
}

static bool prepare(struct gather *g, struct err *err)
{
	const struct side_names *names = &link_sides[g->side];
	struct str text = STR_INIT;

	str_addf(&text,
	    "SELECT id, deal, contact, lead, account, at, %s FROM %s ORDER BY id",
	    names->columns, names->table);
	int code = sqlite3_prepare_v2(g->db, text.p, -1, &g->rows, NULL);
	str_clear(&text);
	str_addf(&text, LINK_REFS_OF, names->table);
	if (code == SQLITE_OK)
		code = sqlite3_prepare_v2(g->db, text.p, -1, &g->refs, NULL);
	str_release(&text);
	return code == SQLITE_OK || sql_error(g->b->store, g->db, code, err);
}

bool gather_links(struct gather *g, struct err *err)
{
	int code = SQLITE_DONE;
	bool fine = prepare(g, err);

	g->links = spread_open(g->b->path, (uint32_t)g->reach->n_deals);
	while (fine && (code = sqlite3_step(g->rows)) == SQLITE_ROW)
		fine = gather_row(g, err);
	if (fine && code != SQLITE_DONE)
		fine = sql_error(g->b->store, g->db, code, err);
	sqlite3_finalize(g->rows);
	sqlite3_finalize(g->refs);
	g->rows = g->refs = NULL;
	return fine;
}

void gather_release(struct gather *g)
{
	spread_close(g->links);
	str_release(&g->record);
	free(g->targets.items);
	*g = (struct gather){0};
}

/* ---- the second step ---- */

struct links_table {
	sqlite3_vtab base;
	struct gather *gather;
	struct err *err; /* of the spread, which SQLite can not tell */
};

struct own_value {
	uint8_t type;
	int64_t number;
	struct slice text;
};

struct links_cursor {
	sqlite3_vtab_cursor base;
	uint32_t deal;
	struct link_head head;
	struct own_value own[OWN_MAX];
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

static void take(struct slice *from, void *to, size_t size)
{
	memcpy(to, from->p, size);
	from->p += size;
	from->len -= size;
}

static struct own_value take_own(struct slice *from)
{
	struct own_value v = {0};
	int32_t small;
	uint32_t len;

	take(from, &v.type, 1);
	if (v.type == OWN_SMALL) {
		take(from, &small, sizeof small);
		v.number = small;
	} else if (v.type == OWN_NUMBER) {
		take(from, &v.number, sizeof v.number);
	} else if (v.type == OWN_TEXT) {
		take(from, &len, sizeof len);
		v.text = (struct slice){from->p, len};
		from->p += len;
		from->len -= len;
	}
	return v;
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
	take(&record, &cursor->head, sizeof cursor->head);
	for (int i = 0; record.len; i++)
		cursor->own[i] = take_own(&record);
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

static void give_own(sqlite3_context *out, const struct own_value *v)
{
	if (v->type == OWN_TEXT)
		sqlite3_result_text(out, v->text.p, (int)v->text.len, SQLITE_STATIC);
	else if (v->type != OWN_NULL)
		sqlite3_result_int64(out, v->number);
}

static int column(sqlite3_vtab_cursor *base, sqlite3_context *out, int n)
{
	const struct links_cursor *cursor = (const struct links_cursor *)base;

	if (n >= LINKS_OWN)
		give_own(out, &cursor->own[n - LINKS_OWN]);
	else if (n == LINKS_DEAL)
		sqlite3_result_int64(out, cursor->deal);
	else if (n == LINKS_ROW)
		sqlite3_result_int64(out, cursor->head.row);
	else
		sqlite3_result_int(out, cursor->head.how);
	return SQLITE_OK;
}

static int row_id(sqlite3_vtab_cursor *base, sqlite3_int64 *out)
{
	*out = ((struct links_cursor *)base)->head.row;
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

bool gather_write(struct gather *g, struct err *err)
{
	struct err of_spread = ERR_INIT;
	struct build *b = g->b;
	struct links_table table = {.gather = g, .err = &of_spread};
	const struct side_names *names = &link_sides[g->side];
	struct str text = STR_INIT;
	int code = sqlite3_create_module(b->db, "links", &links_module, &table);

	if (code != SQLITE_OK)
		return sql_error(b->store, b->db, code, err);
	str_addf(&text,
	    "DELETE FROM %s_deal; INSERT INTO %s_deal(deal, %s, linked_by, %s) "
	    "SELECT deal, row, linked_by, %s FROM links",
	    names->table, names->table, names->table, names->columns, names->columns);
	bool fine = build_run(b, text.p, err);
	str_release(&text);
	sqlite3_create_module(b->db, "links", NULL, NULL);
	if (*of_spread.text)
		*err = of_spread;
	return fine;
}
