#include "row.h"

#include "huddle/store_safety.h"
#include <string.h>

/*
 * Is all there that was ever acknowledged? SQLite looks at its pages, and each
 * record is held against the last line of the change log about it.
 */

static void problem(struct check *out, struct arena *arena, const char *text)
{
	out->problems = arena_grow(arena, out->problems, &out->cap_problems,
	    out->n_problems + 1, sizeof *out->problems);
	out->problems[out->n_problems++] = text;
}

static bool pages(struct check *out, struct store *store, struct arena *arena,
    const char *text, const char *of, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store, text, err))
		while (sql_row(&q))
			if (!slice_is(sql_get(&q, 0), "ok"))
				problem(out, arena,
				    arena_printf(
				        arena, "%s: %s", of, sql_dup(&q, 0, arena)));
	return sql_done(&q);
}

/* Words of debriefs that a later version renamed in the rows, not in the log. */
static bool renamed(const struct row_table *table, int column, const char *logged)
{
	static const char *const old[] = {
	    "no decision", "disqualified by us", "rep says", "buyer said"};
	for (size_t i = 0; table == &debrief_table && logged && i < 4; i++)
		if (!strcmp(logged, old[i]))
			return column == row_column(table, "outcome") ||
			       column == row_column(table, "evidence");
	return false;
}

static bool as_logged(const struct row *row, const struct row *logged)
{
	for (int i = 0; i < row->table->columns; i++)
		if (strcmp(or_empty(row->value[i]), or_empty(logged->value[i])) != 0 &&
		    !renamed(row->table, i, logged->value[i]))
			return false;
	return true;
}

static bool check_row(struct check *out, struct store *store, struct arena *arena,
    const struct row_table *table, const char *key, struct slice text, struct err *err)
{
	struct row row, logged;
	row_parse(&logged, table, key, text, arena);
	if (!row_load(&row, table, key, store, arena, err))
		return false;
	out->records++;
	if (!row.found)
		problem(out, arena,
		    arena_printf(
		        arena, "%s %s is in the log and not there", table->name, key));
	else if (!as_logged(&row, &logged))
		problem(out, arena,
		    arena_printf(
		        arena, "%s %s is not as the log has it", table->name, key));
	return true;
}

/* The last line about each row; and rows that no line is about. */
static bool records(
    struct check *out, struct store *store, struct arena *arena, struct err *err)
{
	struct sql q;
	bool fine = true;
	if (sql_begin(&q, store,
	        "SELECT table_name, row_key, new_row FROM main.change_log WHERE seq IN "
	        "(SELECT max(seq) FROM main.change_log GROUP BY table_name, row_key)",
	        err))
		while (fine && sql_row(&q)) {
			const struct row_table *table =
			    row_table_find(sql_dup(&q, 0, arena));
			struct slice text = sql_get(&q, 2);
			if (table)
				fine = check_row(out, store, arena, table,
				    sql_dup(&q, 1, arena), text, err);
		}
	fine = sql_done(&q) && fine;
	for (const struct row_table *const *t = row_tables; fine && *t; t++) {
		int64_t n;
		const char *count = arena_printf(arena,
		    "SELECT count(*) FROM main.%s r WHERE NOT EXISTS(SELECT 1 FROM "
		    "main.change_log l WHERE l.table_name = '%s' AND l.row_key = r.%s)",
		    (*t)->name, (*t)->name, (*t)->key);
		fine = sql_one(store, count, 0, &n, err);
		if (fine && n)
			problem(out, arena,
			    arena_printf(arena, "%lld rows of %s are in no log",
			        (long long)n, (*t)->name));
	}
	return fine;
}

bool rows_as_logged(
    struct store *store, struct arena *arena, const char **first, struct err *err)
{
	struct check all = {0};

	bool fine = records(&all, store, arena, err);
	*first = all.n_problems ? all.problems[0] : NULL;
	return fine;
}

/* Deals that records speak of and no export holds. */
static bool gone(
    struct check *out, struct store *store, struct arena *arena, struct err *err)
{
	struct sql q;
	struct str text = STR_INIT;
	size_t cap = 0;
	if (!store->generation)
		return true;
	for (const struct row_table *const *t = row_tables; *t; t++) {
		bool keyed = !strcmp((*t)->key, "deal_id");
		if (keyed || row_column(*t, "deal_id") >= 0)
			str_addf(&text, "%sSELECT deal_id FROM main.%s WHERE deleted = 0",
			    text.len ? " UNION ALL " : "", (*t)->name);
	}
	const char *all = arena_printf(arena,
	    "SELECT deal_id, count(*) FROM (%s) AS r WHERE NOT EXISTS(SELECT 1 FROM "
	    "facts.deal d WHERE d.source_id = r.deal_id) GROUP BY deal_id ORDER BY 1",
	    str_text(&text));
	str_release(&text);
	if (sql_begin(&q, store, all, err))
		while (sql_row(&q)) {
			out->gone = arena_grow(
			    arena, out->gone, &cap, out->n_gone + 1, sizeof *out->gone);
			out->gone[out->n_gone++] =
			    (struct gone_deal){sql_dup(&q, 0, arena), sql_get_int(&q, 1)};
		}
	return sql_done(&q);
}

bool store_check(
    struct store *store, struct arena *arena, struct check *out, struct err *err)
{
	*out = (struct check){0};
	if (!pages(
	        out, store, arena, "PRAGMA main.integrity_check(20)", "records", err) ||
	    (store->generation && !pages(out, store, arena,
	                              "PRAGMA facts.quick_check(20)", "facts", err)) ||
	    !records(out, store, arena, err))
		return false;
	if (store->facts_error.text[0])
		problem(out, arena,
		    arena_printf(arena, "%s: %s", store->facts_error.place,
		        store->facts_error.text));
	return gone(out, store, arena, err);
}
