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
    [FACT_ACTIVITIES] = "coalesce(deal, 0), coalesce(account, 0), coalesce(contact, 0), "
                        "coalesce(lead, 0), coalesce(kind, ''), at",
    [FACT_TOUCHES] = "coalesce(deal, 0), coalesce(account, 0), coalesce(contact, 0), "
                     "coalesce(lead, 0), coalesce(campaign, 0), at",
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

static bool erase(struct build *b, enum fact_kind kind, const char *where, int64_t id,
    int64_t *count, struct err *err)
{
	char text[128];

	snprintf(text, sizeof text, "DELETE FROM %s WHERE %s = %lld",
	    fact_infos[kind].table, where, (long long)id);
	if (!build_run(b, text, err))
		return false;
	*count += sqlite3_changes(b->db);
	return true;
}

/* With its further contacts; what they were linked to was marked when they
 * turned out to be missing. */
static bool erase_row(
    struct build *b, enum fact_kind kind, int64_t id, int64_t *count, struct err *err)
{
	bool parts = kind == FACT_ACTIVITIES || kind == FACT_TOUCHES;

	return (!parts || erase(b, kind, "part_of", id, count, err)) &&
	       erase(b, kind, "id", id, count, err);
}

bool edited_rows(struct build *b, const struct feed *feed, int64_t *missing,
    int64_t *edited, struct err *err)
{
	sqlite3_stmt *stmt;
	int64_t *gone = NULL, erased = 0;
	size_t count = 0, cap = 0;
	bool any;
	int code;

	*edited = 0;
	if (!*missing || !lasting[feed->kind])
		return true;
	if (!any_came(b, feed, &any, err) || !any)
		return !*err->text;
	if (!prepare_gone(b, feed, &stmt, err))
		return false;
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		if (count == cap)
			gone = xrealloc(gone, (cap = cap ? cap * 2 : 64) * sizeof *gone);
		gone[count++] = sqlite3_column_int64(stmt, 0);
	}
	sqlite3_finalize(stmt);
	bool fine = code == SQLITE_DONE || sql_error(b->store, b->db, code, err);
	for (size_t i = 0; fine && i < count; i++)
		fine = erase_row(b, feed->kind, gone[i], &erased, err);
	free(gone);
	*missing -= erased;
	*edited = (int64_t)count;
	return fine;
}
