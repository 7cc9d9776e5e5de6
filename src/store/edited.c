#include "build_private.h"
#include <stdio.h>
#include <stdlib.h>

/*
 * Rows without an id are known by all they hold, so that one that was edited
 * looks like one that is gone beside one that is new. Where as many are gone as
 * came of the same deal, people, kind and time, they were edited: the old ones
 * make room for the new ones, and count no more. A row that any part of these
 * was changed of stays marked as missing: nobody can tell it from another.
 */

/* What an edit leaves alone; NULL: the rows of the kind have no such thing. */
static const char *const lasting[FACT_KINDS] = {
    [FACT_HISTORY] = "deal, at, coalesce(field, '')",
    [FACT_QUOTAS] = "coalesce(owner, 0), coalesce(team, ''), period",
    [FACT_ACTIVITIES] = ("coalesce(deal, 0), coalesce(account, 0), coalesce(contact, 0), "
                         "coalesce(lead, 0), coalesce(kind, ''), at"),
    [FACT_TOUCHES] = ("coalesce(deal, 0), coalesce(account, 0), coalesce(contact, 0), "
                      "coalesce(lead, 0), coalesce(campaign, 0), at"),
};

/* Rows are named by an id, or by # and the hash of all they hold; a further
 * contact of a row is named by the row and a number. */
#define NAMELESS "source_id GLOB '#*' AND source_id NOT GLOB '*/*'"

static bool prepare(struct build *b, const struct feed *feed, const char *text,
    sqlite3_stmt **out, struct err *err)
{
	if (!build_prepare(b, text, out, err))
		return false;
	sqlite3_bind_int(*out, 1, feed->id);
	sqlite3_bind_int64(*out, 2, b->events[feed->kind].last);
	sqlite3_bind_int64(*out, 3, b->sync_id);
	return true;
}

/* Did rows come that have no id? Most feeds have ids, and need no more. */
static bool any_came(struct build *b, const struct feed *feed, bool *out, struct err *err)
{
	sqlite3_stmt *stmt;
	char text[256];

	snprintf(text, sizeof text,
	    "SELECT 1 FROM %s WHERE feed = ?1 AND id > ?2 AND ?3 AND " NAMELESS
	    " LIMIT 1",
	    fact_infos[feed->kind].table);
	if (!prepare(b, feed, text, &stmt, err))
		return false;
	int code = sqlite3_step(stmt);
	*out = code == SQLITE_ROW;
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       sql_error(b->store, b->db, code, err);
}

static bool prepare_gone(
    struct build *b, const struct feed *feed, sqlite3_stmt **out, struct err *err)
{
	const char *table = fact_infos[feed->kind].table, *same = lasting[feed->kind];
	struct str text = STR_INIT;

	str_addf(&text,
	    "SELECT id FROM %s WHERE feed = ?1 AND missing = ?3 AND " NAMELESS
	    " AND (%s) IN (SELECT %s FROM %s WHERE feed = ?1 AND " NAMELESS
	    " AND (id > ?2 OR missing = ?3) GROUP BY %s "
	    "HAVING sum(id > ?2) * 2 = count(*))",
	    table, same, same, table, same);
	bool fine = prepare(b, feed, text.p, out, err);
	str_release(&text);
	return fine;
}

/* Numbers of rows; the statement ends with them. */
struct numbers {
	int64_t *items;
	size_t count, cap;
};

static bool read_numbers(
    struct build *b, sqlite3_stmt *stmt, struct numbers *out, struct err *err)
{
	int code;

	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (out->count == out->cap) {
			out->cap = out->cap ? out->cap * 2 : 64;
			out->items = xrealloc(out->items, out->cap * sizeof *out->items);
		}
		out->items[out->count++] = sqlite3_column_int64(stmt, 0);
	}
	sqlite3_finalize(stmt);
	return code == SQLITE_DONE || sql_error(b->store, b->db, code, err);
}

static bool erase(struct build *b, enum fact_kind kind, int64_t id, struct err *err)
{
	char text[96];

	snprintf(text, sizeof text, "DELETE FROM %s WHERE id = %lld",
	    fact_infos[kind].table, (long long)id);
	return put_row_changes(b, kind, id, err) && build_run(b, text, err);
}

/* With its further contacts. */
static bool erase_row(
    struct build *b, enum fact_kind kind, int64_t id, int64_t *count, struct err *err)
{
	struct numbers parts = {0};
	sqlite3_stmt *stmt;
	char text[96];
	bool fine = true;

	if (kind == FACT_ACTIVITIES || kind == FACT_TOUCHES) {
		snprintf(text, sizeof text, "SELECT id FROM %s WHERE part_of = %lld",
		    fact_infos[kind].table, (long long)id);
		fine = build_prepare(b, text, &stmt, err) &&
		       read_numbers(b, stmt, &parts, err);
	}
	for (size_t i = 0; fine && i < parts.count; i++)
		fine = erase(b, kind, parts.items[i], err);
	*count += 1 + (int64_t)parts.count;
	free(parts.items);
	return fine && erase(b, kind, id, err);
}

bool edited_rows(struct build *b, const struct feed *feed, int64_t *missing,
    int64_t *edited, struct err *err)
{
	struct numbers gone = {0};
	sqlite3_stmt *stmt;
	int64_t erased = 0;
	bool any;

	*edited = 0;
	if (!*missing || !lasting[feed->kind])
		return true;
	if (!any_came(b, feed, &any, err) || !any)
		return !*err->text;
	bool fine =
	    prepare_gone(b, feed, &stmt, err) && read_numbers(b, stmt, &gone, err);
	for (size_t i = 0; fine && i < gone.count; i++)
		fine = erase_row(b, feed->kind, gone.items[i], &erased, err);
	free(gone.items);
	*missing -= erased;
	*edited = (int64_t)gone.count;
	return fine;
}
