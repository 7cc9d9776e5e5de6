#include "build_private.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

/*
 * The groups of one build: what speaks of one day is a sync of its own, as if
 * the days had been synced one by one. What was seen, what came and what deals
 * were before starts anew with each; links and summaries are made once, at the
 * end of the build.
 */

static void forget_events(struct events *e)
{
	sqlite3_finalize(e->walk);
	sqlite3_finalize(e->seek);
	id_set_release(&e->known);
	free(e->seen);
	str_release(&e->source_id);
	str_release(&e->main_text);
	*e = (struct events){0};
}

static void forget_group(struct build *b)
{
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		struct entities *all = &b->entities[kind];
		for (int64_t id = 1; id <= all->count; id++)
			all->items[id].seen = false;
		forget_events(&b->events[kind]);
		free(b->excused[kind].bits);
		b->excused[kind] = (struct marks){0};
	}
	for (size_t i = 0; i < b->n_feeds; i++) {
		b->feeds[i].came = 0;
		b->feeds[i].first = false;
	}
}

bool build_group(struct build *b, day_t as_of, bool back, struct err *err)
{
	b->as_of = as_of;
	b->back = back;
	if (!b->groups++)
		return true;
	link_anew(b);
	/* Rows are looked for by their ids from here on; an id that repeats shows now,
	 * while it is known which kinds were not looked at. */
	if (b->bare && !build_indexes(b, err))
		return false;
	b->sync_id++;
	forget_group(b);
	return true;
}

static bool write_sync_row(struct build *b, int64_t added, int64_t updated,
    int64_t missing, int64_t rejected, struct err *err)
{
	sqlite3_stmt *stmt;
	char day[DAY_TEXT], at[INSTANT_TEXT];

	if (!build_prepare(b,
	        "INSERT INTO sync VALUES(?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO NOTHING",
	        &stmt, err))
		return false;
	sqlite3_bind_int64(stmt, 1, b->sync_id);
	sqlite3_bind_text(stmt, 2, day_format(b->as_of, day), -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, instant_format(time(NULL), at), -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 4, added);
	sqlite3_bind_int64(stmt, 5, updated);
	sqlite3_bind_int64(stmt, 6, missing);
	sqlite3_bind_int64(stmt, 7, rejected);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine;
}

bool build_group_done(struct build *b, int64_t added, int64_t updated, int64_t missing,
    int64_t rejected, struct err *err)
{
	/* Owners are named in what a deal was, also those without a row yet. */
	return put_unknown(b, err) && snapshot_write(b, err) &&
	       write_sync_row(b, added, updated, missing, rejected, err);
}

bool facts_day(struct build *b, day_t *out, struct err *err)
{
	struct sql q;

	*out = DAY_NONE;
	if (!sql_begin(&q, b->store, "SELECT as_of FROM generation WHERE id = $1", err))
		return false;
	sql_int(&q, 1, b->store->generation);
	if (sql_row(&q))
		*out = sql_get_day(&q, 0);
	return sql_done(&q);
}
