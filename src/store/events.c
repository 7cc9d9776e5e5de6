#include "build_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL /* keys are short: a call costs as much as hashing them */
#include <xxhash.h>

/* The ids of one kind share a space per feed. */
static uint64_t id_hash(const struct feed *feed, struct slice source_id)
{
	uint64_t hash =
	    XXH3_64bits_withSeed(source_id.p, source_id.len, (uint64_t)feed->id);

	return hash ? hash : 1;
}

int64_t events_known_max = 5000000;

static enum put_result find_fresh(struct events *e, const struct feed *feed,
    const struct fact *fact, struct slice source_id)
{
	uint64_t id = id_hash(feed, source_id);
	uint32_t row = (uint32_t)(fact->hash >> 32);
	const uint32_t *known = id_set_find(&e->known, id);

	if (known)
		return *known == row ? PUT_REPEATED : PUT_CONFLICT;
	if ((int64_t)e->known.count >= events_known_max)
		e->unchecked = true;
	else
		id_set_add(&e->known, id, row);
	return PUT_ADDED;
}

void events_soon(struct build *b, const struct feed *feed, struct slice source_id)
{
	const struct events *e = &b->events[feed->kind];

	if (e->fresh && source_id.len)
		id_set_soon(&e->known, id_hash(feed, source_id));
}

/* The first rows of a kind may be as many as those of a first sync. */
static bool drop_indexes(struct build *b, const char *table, struct err *err)
{
	struct str drop = STR_INIT;
	sqlite3_stmt *stmt;

	if (!build_prepare(b,
	        "SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?1 "
	        "AND sql IS NOT NULL",
	        &stmt, err))
		return false;
	sqlite3_bind_text(stmt, 1, table, -1, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		str_addf(
		    &drop, "DROP INDEX %s;", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	b->bare = true;
	bool fine = build_run(b, str_text(&drop), err);
	str_release(&drop);
	return fine;
}

static bool start(struct build *b, enum fact_kind kind, struct err *err)
{
	struct events *e = &b->events[kind];
	const char *table = fact_infos[kind].table;
	char text[256];
	sqlite3_stmt *stmt;

	snprintf(text, sizeof text, "SELECT coalesce(max(id), 0) FROM %s", table);
	if (!build_prepare(b, text, &stmt, err))
		return false;
	if (sqlite3_step(stmt) == SQLITE_ROW)
		e->last = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	e->newest = e->last;
	e->fresh = !e->last;
	if (e->fresh)
		return (b->fresh && b->groups == 1) || drop_indexes(b, table, err);
	e->seen = xcalloc((size_t)e->last / 8 + 1, 1);
	snprintf(text, sizeof text,
	    "SELECT id, hash, source_id, missing FROM %s WHERE +feed = ?1 AND id > ?2 "
	    "AND id <= ?3 ORDER BY id",
	    table);
	if (!build_prepare(b, text, &e->walk, err))
		return false;
	snprintf(text, sizeof text,
	    "SELECT id, hash, source_id, missing FROM %s WHERE feed = ?1 AND source_id = "
	    "?2",
	    table);
	return build_prepare(b, text, &e->seek, err);
}

static void take_row(struct events *e, sqlite3_stmt *stmt)
{
	e->at_id = sqlite3_column_int64(stmt, 0);
	e->at_hash = (uint64_t)sqlite3_column_int64(stmt, 1);
	e->at_source_id.p = (const char *)sqlite3_column_text(stmt, 2);
	e->at_source_id.len = (size_t)sqlite3_column_bytes(stmt, 2);
	e->at_missing = sqlite3_column_type(stmt, 3) != SQLITE_NULL;
}

/* Stand on the first row of the feed after `id`. */
static void walk_from(struct events *e, const struct feed *feed, int64_t id)
{
	sqlite3_reset(e->walk);
	sqlite3_bind_int(e->walk, 1, feed->id);
	sqlite3_bind_int64(e->walk, 2, id);
	sqlite3_bind_int64(e->walk, 3, e->last);
	e->walk_feed = feed->id;
	e->at_id = 0;
	if (sqlite3_step(e->walk) == SQLITE_ROW)
		take_row(e, e->walk);
}

static void walk_on(struct events *e)
{
	e->at_id = 0;
	if (sqlite3_step(e->walk) == SQLITE_ROW)
		take_row(e, e->walk);
}

static bool seen(const struct events *e, int64_t id)
{
	return id > e->last || (e->seen[id / 8] >> (id % 8) & 1);
}

void events_saw(struct events *e, int64_t id)
{
	e->seen[id / 8] |= (uint8_t)(1u << (id % 8));
}

/* The row found is `id` with that hash: what does the file's row do to it? */
static enum put_result compare(
    struct events *e, int64_t id, uint64_t hash, bool missing, const struct fact *fact)
{
	if (seen(e, id))
		return hash == fact->hash ? PUT_REPEATED : PUT_CONFLICT;
	events_saw(e, id);
	return hash == fact->hash && !missing ? PUT_UNCHANGED : PUT_UPDATED;
}

int64_t events_known(struct build *b, const struct feed *feed, struct slice source_id)
{
	struct events *e = &b->events[feed->kind];
	int64_t id = 0;

	if (e->fresh)
		return 0;
	sqlite3_bind_int(e->seek, 1, feed->id);
	sqlite3_bind_text(e->seek, 2, source_id.p, (int)source_id.len, SQLITE_STATIC);
	if (sqlite3_step(e->seek) == SQLITE_ROW)
		id = sqlite3_column_int64(e->seek, 0);
	sqlite3_reset(e->seek);
	return id;
}

/* Where ids are too many to be known in memory and some repeat, rows are looked
 * for in the table from here on. All that are in it stood in this export. */
static bool leave_memory(struct build *b, enum fact_kind kind, struct err *err)
{
	struct events *e = &b->events[kind];
	size_t seen_size;

	link_anew(b);
	if (!waiting_flush(b, err) || !build_indexes(b, err))
		return false;
	id_set_release(&e->known);
	e->fresh = false;
	if (!start(b, kind, err))
		return false;
	seen_size = (size_t)e->last / 8 + 1;
	memset(e->seen, 0xff, seen_size);
	return true;
}

bool events_find(struct build *b, const struct feed *feed, const struct fact *fact,
    struct slice source_id, int64_t *id, enum put_result *result, bool *was_missing,
    struct err *err)
{
	struct events *e = &b->events[feed->kind];

	if (e->fresh && b->careful && (int64_t)e->known.count >= events_known_max &&
	    !leave_memory(b, feed->kind, err))
		return false;
	if (e->fresh) {
		*result = find_fresh(e, feed, fact, source_id);
		return true;
	}
	if (e->walk_feed != feed->id)
		walk_from(e, feed, 0);
	if (e->at_id && slice_eq(e->at_source_id, source_id)) {
		*id = e->at_id;
		*was_missing = e->at_missing;
		*result = compare(e, e->at_id, e->at_hash, e->at_missing, fact);
		walk_on(e);
		return true;
	}
	sqlite3_bind_int(e->seek, 1, feed->id);
	sqlite3_bind_text(e->seek, 2, source_id.p, (int)source_id.len, SQLITE_STATIC);
	int code = sqlite3_step(e->seek);
	*result = PUT_ADDED;
	if (code == SQLITE_ROW) {
		*id = sqlite3_column_int64(e->seek, 0);
		*was_missing = sqlite3_column_type(e->seek, 3) != SQLITE_NULL;
		*result = compare(e, *id, (uint64_t)sqlite3_column_int64(e->seek, 1),
		    *was_missing, fact);
	}
	sqlite3_reset(e->seek);
	if (code == SQLITE_ROW && *id <= e->last)
		walk_from(e, feed, *id);
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       sql_error(b->store, b->db, code, err);
}

bool events_start(struct build *b, enum fact_kind kind, struct err *err)
{
	struct events *e = &b->events[kind];

	/* Kinds come one after the other: nobody asks for the ids of those before. */
	for (int before = 0; before < (int)kind; before++)
		id_set_release(&b->events[before].known);
	return e->seen || e->fresh || start(b, kind, err);
}

static bool erase_part(
    struct build *b, const struct feed *feed, int64_t id, struct err *err)
{
	struct events *e = &b->events[feed->kind];
	char text[96];

	snprintf(text, sizeof text, "DELETE FROM %s WHERE id = %lld",
	    fact_infos[feed->kind].table, (long long)id);
	if (!put_row_changes(b, feed->kind, id, err) || !build_run(b, text, err))
		return false;
	if (e->at_id == id)
		walk_from(e, feed, id);
	return true;
}

bool events_end_list(struct build *b, const struct feed *feed, struct err *err)
{
	struct events *e = &b->events[feed->kind];
	bool found = e->main_text.len > 0, fine = true;

	for (int part = e->parts + 1; fine && found; part++) {
		str_clear(&e->source_id);
		str_addf(&e->source_id, "%s/%d", e->main_text.p, part);
		sqlite3_bind_int(e->seek, 1, feed->id);
		sqlite3_bind_text(
		    e->seek, 2, e->source_id.p, (int)e->source_id.len, SQLITE_STATIC);
		found = sqlite3_step(e->seek) == SQLITE_ROW;
		int64_t id = found ? sqlite3_column_int64(e->seek, 0) : 0;
		sqlite3_reset(e->seek);
		fine = !found || erase_part(b, feed, id, err);
	}
	str_clear(&e->main_text);
	e->parts = 0;
	return fine;
}

/* The next rows in a row that stood in no file, from..*until; 0: no more. Among
 * them may be rows of other feeds. */
static int64_t unseen_run(const struct events *e, int64_t from, int64_t *until)
{
	while (from <= e->last && seen(e, from))
		from = e->seen[from / 8] == 0xff ? (from / 8 + 1) * 8 : from + 1;
	if (from > e->last)
		return 0;
	for (*until = from; *until < e->last && !seen(e, *until + 1);)
		++*until;
	return from;
}

static bool change_rows(struct build *b, const struct feed *feed, sqlite3_stmt *rows,
    sqlite3_stmt *change, bool full, int64_t *count, struct err *err)
{
	int code;

	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		int64_t id = sqlite3_column_int64(rows, 0);
		if (marked(&b->excused[feed->kind], id))
			continue;
		/* A row that is missing keeps its links. */
		if (full && !put_row_changes(b, feed->kind, id, err))
			return false;
		sqlite3_bind_int64(change, 1, id);
		sqlite3_bind_int64(change, 2, b->sync_id);
		if (!build_step(b, change, err))
			return false;
		++*count;
	}
	sqlite3_reset(rows);
	return code == SQLITE_DONE || sql_error(b->store, b->db, code, err);
}

/* Run `text` with ?1 the row and ?2 the sync. */
static bool each_unseen(struct build *b, const struct feed *feed, const char *text,
    bool full, int64_t *count, struct err *err)
{
	struct events *e = &b->events[feed->kind];
	char select[160];
	sqlite3_stmt *rows, *change;
	bool fine = true;

	snprintf(select, sizeof select,
	    "SELECT id FROM %s WHERE +feed = %d AND id BETWEEN ?1 AND ?2%s",
	    fact_infos[feed->kind].table, feed->id, full ? "" : " AND missing IS NULL");
	if (!build_prepare(b, select, &rows, err))
		return false;
	if (!build_prepare(b, text, &change, err)) {
		sqlite3_finalize(rows);
		return false;
	}
	int64_t until = 0;
	for (int64_t from; fine && (from = unseen_run(e, until + 1, &until));) {
		sqlite3_bind_int64(rows, 1, from);
		sqlite3_bind_int64(rows, 2, until);
		fine = change_rows(b, feed, rows, change, full, count, err);
	}
	sqlite3_finalize(rows);
	sqlite3_finalize(change);
	return fine;
}

bool events_missing(struct build *b, const struct feed *feed, bool full, int64_t *missing,
    struct err *err)
{
	const char *table = fact_infos[feed->kind].table;
	char text[160];

	*missing = 0;
	if (b->events[feed->kind].fresh || !b->events[feed->kind].last)
		return true;
	if (full)
		snprintf(text, sizeof text, "DELETE FROM %s WHERE id = ?1 AND ?2", table);
	else
		snprintf(
		    text, sizeof text, "UPDATE %s SET missing = ?2 WHERE id = ?1", table);
	return each_unseen(b, feed, text, full, missing, err);
}
