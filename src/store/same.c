#include "build_private.h"

#include <stdlib.h>

/*
 * Rows that stand in an export as they stood in the one before. An export
 * mostly keeps its order, so the rows of before are walked beside it; where one
 * was added, changed or taken out, the row is looked for a little further on.
 */
enum { LOOK_AHEAD = 256 };

struct known_row {
	int64_t id;
	uint64_t raw;
};

struct same_rows {
	sqlite3 *db; /* its own, so that the reading thread can use it */
	sqlite3_stmt *walk;
	struct known_row ahead[LOOK_AHEAD];
	size_t first, count; /* a ring */
};

static bool open_before(struct build *b, struct same_rows *s, struct err *err)
{
	int code = sqlite3_open_v2(
	    b->previous, &s->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);

	return code == SQLITE_OK || sql_error(b->store, s->db, code, err);
}

/* Rows marked as missing are none: they must be unmarked. */
bool same_rows_open(struct same_rows **out, struct build *b, int feed_id, struct err *err)
{
	const struct feed *feed = build_feed_of(b, feed_id);
	struct events *e = &b->events[feed->kind];
	struct str text = STR_INIT;

	*out = NULL;
	if (b->fresh || fact_infos[feed->kind].entity || e->fresh || feed->loaded)
		return true;
	struct same_rows *s = *out = xcalloc(1, sizeof *s);
	str_addf(&text,
	    "SELECT id, raw FROM %s WHERE +feed = %d AND missing IS NULL ORDER BY id",
	    fact_infos[feed->kind].table, feed->id);
	bool fine = open_before(b, s, err);
	int code = fine ? sqlite3_prepare_v2(s->db, text.p, -1, &s->walk, NULL) : 0;
	str_release(&text);
	if (fine && code == SQLITE_OK)
		return true;
	if (fine)
		sql_error(b->store, s->db, code, err);
	same_rows_close(s);
	*out = NULL;
	return false;
}

void same_rows_close(struct same_rows *s)
{
	if (!s)
		return;
	sqlite3_finalize(s->walk);
	sqlite3_close(s->db);
	free(s);
}

/* An error here ends the walk: the rows that follow are read as any others. */
static void look_ahead(struct same_rows *s)
{
	while (s->walk && s->count < LOOK_AHEAD) {
		if (sqlite3_step(s->walk) != SQLITE_ROW) {
			sqlite3_finalize(s->walk);
			s->walk = NULL;
			return;
		}
		s->ahead[(s->first + s->count++) % LOOK_AHEAD] =
		    (struct known_row){sqlite3_column_int64(s->walk, 0),
		        (uint64_t)sqlite3_column_int64(s->walk, 1)};
	}
}

int64_t same_rows_find(struct same_rows *s, uint64_t raw)
{
	if (!s->count)
		look_ahead(s);
	else if (s->ahead[s->first].raw != raw)
		look_ahead(s);
	for (size_t i = 0; i < s->count; i++) {
		const struct known_row *row = &s->ahead[(s->first + i) % LOOK_AHEAD];
		if (row->raw != raw)
			continue;
		s->first = (s->first + i + 1) % LOOK_AHEAD;
		s->count -= i + 1;
		return row->id;
	}
	return 0;
}

void build_same(struct build *b, int feed_id, int64_t id, int64_t count)
{
	const struct feed *feed = build_feed_of(b, feed_id);

	for (int64_t i = 0; i < count; i++)
		events_saw(&b->events[feed->kind], id + i);
}
