#include "huddle/build_past.h"
#include "build_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What an export of ours tells of the time before: rows that were missing already,
 * and what the syncs there were saw. */

void absent_add(struct build *b, int64_t id, int64_t since)
{
	if (!since)
		return;
	if (b->n_absent == b->cap_absent) {
		b->cap_absent = b->cap_absent ? b->cap_absent * 2 : 256;
		b->absent = xrealloc(b->absent, b->cap_absent * sizeof *b->absent);
	}
	/* Where its syncs are not known, it is missing since this one. */
	b->absent[b->n_absent++] = (struct absent){id, b->past ? since : b->sync_id};
}

static void forget_entity(struct build *b, enum fact_kind kind, int64_t id)
{
	if (fact_infos[kind].entity)
		b->entities[kind].items[id].missing = true;
}

bool absent_mark(struct build *b, const struct feed *feed, struct err *err)
{
	sqlite3_stmt *stmt;
	char text[96];
	bool fine = true;

	if (!b->n_absent)
		return true;
	snprintf(text, sizeof text, "UPDATE %s SET missing = ?2 WHERE id = ?1",
	    fact_infos[feed->kind].table);
	if (!build_prepare(b, text, &stmt, err))
		return false;
	for (size_t i = 0; fine && i < b->n_absent; i++) {
		sqlite3_bind_int64(stmt, 1, b->absent[i].id);
		sqlite3_bind_int64(stmt, 2, b->absent[i].since);
		fine = build_step(b, stmt, err);
		forget_entity(b, feed->kind, b->absent[i].id);
	}
	sqlite3_finalize(stmt);
	b->n_absent = 0;
	return fine;
}

bool build_past_wanted(const struct build *b)
{
	return b->fresh && b->groups == 1;
}

bool build_past_sync(struct build *b, const struct past_sync *sync, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!build_prepare(b, "INSERT INTO sync VALUES(?, ?, ?, ?, ?, ?, ?)", &stmt, err))
		return false;
	sqlite3_bind_int64(stmt, 1, sync->id);
	sqlite3_bind_text(stmt, 2, sync->as_of, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, sync->at, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 4, sync->added);
	sqlite3_bind_int64(stmt, 5, sync->updated);
	sqlite3_bind_int64(stmt, 6, sync->missing);
	sqlite3_bind_int64(stmt, 7, sync->rejected);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	b->past = true;
	if (fine && sync->id > b->sync_id)
		b->sync_id = sync->id;
	return fine;
}

bool build_past_change(
    struct build *b, const struct past_change *change, bool *known, struct err *err)
{
	sqlite3_stmt *stmt;
	int64_t deal = entities_find(&b->entities[FACT_DEALS], change->deal_id);

	*known = deal && b->entities[FACT_DEALS].items[deal].feed;
	if (!*known)
		return true;
	if (!build_prepare(b, "INSERT OR REPLACE INTO snapshot VALUES(?, ?, ?, ?, ?, ?)",
	        &stmt, err))
		return false;
	sqlite3_bind_int64(stmt, 1, deal);
	sqlite3_bind_int64(stmt, 2, change->sync);
	sqlite3_bind_text(stmt, 3, change->at, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 4, change->field, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 5, change->old, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 6, change->new, -1, SQLITE_STATIC);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine;
}

/* A section whose files had no row is known all the same. */
static bool make_feed(struct build *b, const struct past_feed *feed, struct err *err)
{
	struct feed_report report;
	int id;

	for (size_t i = 0; i < b->n_feeds; i++)
		if (!strcmp(b->feeds[i].source, feed->source) &&
		    !strcmp(b->feeds[i].section, feed->section))
			return true;
	return build_feed(b, feed->source, feed->section, feed->kind, feed->captured, &id,
	    &report, err);
}

bool build_past_feed(struct build *b, const struct past_feed *feed, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!make_feed(b, feed, err))
		return false;
	if (!build_prepare(b,
	        "UPDATE feed SET as_of = ?3, captured = ?4 WHERE source = ?1 AND "
	        "section = ?2",
	        &stmt, err))
		return false;
	sqlite3_bind_text(stmt, 1, feed->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, feed->section, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, feed->as_of, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 4, feed->captured, -1, SQLITE_STATIC);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine;
}
