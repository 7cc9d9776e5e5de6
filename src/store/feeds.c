#include "build_private.h"
#include "huddle/build_returned.h"
#include <stdio.h>
#include <string.h>

/* Files and feeds: what was read when, so that the next sync can tell what is
 * the same, what shrank and what is gone. */

static struct slice column_slice(sqlite3_stmt *stmt, int column)
{
	const char *p = (const char *)sqlite3_column_text(stmt, column);

	return (struct slice){p, (size_t)sqlite3_column_bytes(stmt, column)};
}

static char *dup_column(sqlite3_stmt *stmt, int column, struct arena *arena)
{
	struct slice s = column_slice(stmt, column);

	return s.p ? arena_dup(arena, s.p, s.len) : NULL;
}

bool build_same_file(struct build *b, struct arena *arena, const char *source,
    const char *section, const char *hash, const char *mapping_hash,
    struct file_report *report, bool *same_mapping, struct err *err)
{
	struct sql q;
	bool same = false;

	if (!b->store->generation)
		return false;
	if (!sql_begin(&q, b->store,
	        "SELECT mapping, file.rows, skipped, repeated, rejected, encoding, "
	        "delimiter FROM facts.file JOIN facts.feed ON feed.id = file.feed "
	        "WHERE source = $1 AND section = $2 AND hash = $3 AND "
	        "(name = $4 OR file.as_of = $5) ORDER BY name = $4 DESC LIMIT 1",
	        err))
		return false;
	sql_text(&q, 1, source);
	sql_text(&q, 2, section);
	sql_text(&q, 3, hash);
	sql_text(&q, 4, report->file);
	sql_day(&q, 5, report->as_of);
	if (sql_row(&q)) {
		same = true;
		*same_mapping = slice_is(sql_get(&q, 0), mapping_hash);
		report->rows = sql_get_int(&q, 1);
		report->skipped = sql_get_int(&q, 2);
		report->repeated = sql_get_int(&q, 3);
		report->rejected = sql_get_int(&q, 4);
		report->unchanged = report->rows - report->repeated - report->rejected;
		report->encoding = sql_dup(&q, 5, arena);
		struct slice delimiter = sql_get(&q, 6);
		report->delimiter = delimiter.len ? *delimiter.p : 0;
		report->same_file = true;
	}
	return sql_done(&q) && same;
}

static void add_reject(
    struct sync_report *report, struct arena *arena, struct reject reject)
{
	size_t cap = report->n_rejects;

	if (!(cap & (cap - 1))) { /* full at each power of two */
		size_t have = cap;
		report->rejects = arena_grow(
		    arena, report->rejects, &have, cap ? cap * 2 : 1, sizeof reject);
	}
	report->rejects[report->n_rejects++] = reject;
}

bool build_old_rejects(struct build *b, struct arena *arena, const char *name,
    const char *source, const char *section, struct sync_report *report, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, b->store,
	        "SELECT line, field, value, why, text FROM facts.reject WHERE file = "
	        "(SELECT file.id FROM facts.file JOIN facts.feed ON feed.id = file.feed "
	        "WHERE file.name = $1 AND source = $2 AND section = $3) ORDER BY line",
	        err))
		return false;
	sql_text(&q, 1, name);
	sql_text(&q, 2, source);
	sql_text(&q, 3, section);
	while (sql_row(&q)) {
		add_reject(report, arena,
		    (struct reject){.file = name,
		        .line = sql_get_int(&q, 0),
		        .column = sql_dup(&q, 1, arena),
		        .value = sql_dup(&q, 2, arena),
		        .why = sql_dup(&q, 3, arena),
		        .text = sql_dup(&q, 4, arena)});
	}
	return sql_done(&q);
}

bool build_feed_files(struct build *b, const char *source, const char *section,
    int64_t *count, day_t *as_of, struct err *err)
{
	struct sql q;

	*count = 0;
	*as_of = DAY_NONE;
	if (!b->store->generation)
		return true;
	if (!sql_begin(&q, b->store,
	        "SELECT as_of, (SELECT count(*) FROM facts.file WHERE file.feed = "
	        "feed.id AND file.sync = feed.sync) FROM facts.feed "
	        "WHERE source = $1 AND section = $2",
	        err))
		return false;
	sql_text(&q, 1, source);
	sql_text(&q, 2, section);
	if (sql_row(&q)) {
		*as_of = sql_get_day(&q, 0);
		*count = sql_get_int(&q, 1);
	}
	return sql_done(&q);
}

bool build_feed_missing(struct build *b, const char *source, const char *section,
    enum fact_kind kind, bool *any, struct err *err)
{
	struct sql q;
	struct str text = STR_INIT;

	*any = false;
	if (!b->store->generation)
		return true;
	bool has_deleted = fact_field(kind, "deleted") >= 0;
	if (fact_infos[kind].entity && !has_deleted)
		return true;
	str_addf(&text,
	    "SELECT 1 FROM facts.%s WHERE missing IS NOT NULL%s AND feed = "
	    "(SELECT id FROM facts.feed WHERE source = $1 AND section = $2) LIMIT 1",
	    fact_infos[kind].table, has_deleted ? " AND coalesce(deleted, 0) <> 1" : "");
	bool fine = sql_begin(&q, b->store, str_text(&text), err);
	str_release(&text);
	if (!fine)
		return false;
	sql_text(&q, 1, source);
	sql_text(&q, 2, section);
	*any = sql_row(&q);
	return sql_done(&q);
}

/* A feed that this sync does not read counts as it did before. */
bool build_kind_rows(struct build *b, const char *source, enum fact_kind kind,
    int64_t *out, struct err *err)
{
	struct sql q;

	*out = 0;
	if (!sql_begin(&q, &b->facts,
	        "SELECT coalesce(sum(rows), 0) FROM feed WHERE source = $1 AND kind = $2",
	        err))
		return false;
	sql_text(&q, 1, source);
	sql_text(&q, 2, fact_infos[kind].name);
	if (sql_row(&q))
		*out = sql_get_int(&q, 0);
	return sql_done(&q);
}

static struct feed *feed_add(struct build *b)
{
	if (b->n_feeds == b->cap_feeds) {
		b->cap_feeds = b->cap_feeds ? b->cap_feeds * 2 : 16;
		b->feeds = xrealloc(b->feeds, b->cap_feeds * sizeof *b->feeds);
	}
	return memset(&b->feeds[b->n_feeds++], 0, sizeof *b->feeds);
}

/* All feeds of the file, for telling whose an id is. */
static bool load_feeds(struct build *b, struct err *err)
{
	sqlite3_stmt *stmt;
	int code;

	if (!build_prepare(b,
	        "SELECT id, source, section, rows, decided FROM feed ORDER BY id", &stmt,
	        err))
		return false;
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct feed *f = feed_add(b);
		f->id = sqlite3_column_int(stmt, 0);
		f->source = dup_column(stmt, 1, &b->arena);
		f->section = dup_column(stmt, 2, &b->arena);
		f->before = sqlite3_column_int64(stmt, 3);
		f->decided = dup_column(stmt, 4, &b->arena);
	}
	sqlite3_finalize(stmt);
	return code == SQLITE_DONE || sql_error(b->store, b->db, code, err);
}

static struct feed *feed_find(struct build *b, const char *source, const char *section)
{
	for (size_t i = 0; i < b->n_feeds; i++)
		if (!strcmp(b->feeds[i].source, source) &&
		    !strcmp(b->feeds[i].section, section))
			return &b->feeds[i];
	return NULL;
}

static bool insert_feed(
    struct build *b, const struct feed *f, const char *captured, struct err *err)
{
	sqlite3_stmt *stmt;
	char day[DAY_TEXT];

	if (!build_prepare(b,
	        "INSERT INTO feed(id, source, section, kind, captured, rows, as_of, "
	        "sync) "
	        "VALUES(?1, ?2, ?3, ?4, ?5, 0, ?6, ?7) ON CONFLICT(id) DO UPDATE SET "
	        "captured = excluded.captured, as_of = excluded.as_of, sync = "
	        "excluded.sync",
	        &stmt, err))
		return false;
	sqlite3_bind_int(stmt, 1, f->id);
	sqlite3_bind_text(stmt, 2, f->source, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 3, f->section, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 4, fact_infos[f->kind].name, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 5, captured, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 6, day_format(b->as_of, day), -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 7, b->sync_id);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine;
}

bool build_feed(struct build *b, const char *source, const char *section,
    enum fact_kind kind, const char *captured, int *feed, struct feed_report *report,
    struct err *err)
{
	if (!b->n_feeds && !load_feeds(b, err))
		return false;
	struct feed *f = feed_find(b, source, section);
	report->first = !f;
	if (!f) {
		f = feed_add(b);
		f->id = (int)b->n_feeds;
		f->source = arena_strdup(&b->arena, source);
		f->section = arena_strdup(&b->arena, section);
		f->decided = "";
		f->first = true;
	}
	f->kind = kind;
	if (b->linking && kind < FACT_ACTIVITIES)
		link_anew(b); /* whom rows reach may be another's already */
	report->before = f->before;
	report->decided = f->decided;
	*feed = f->id;
	if (!fact_infos[kind].entity && !events_start(b, kind, err))
		return false;
	return insert_feed(b, f, captured, err);
}

bool build_feed_again(struct build *b, const char *source, const char *section,
    enum fact_kind kind, const char *captured, int *feed, struct feed_report *report,
    struct err *err)
{
	if (!b->n_feeds && !load_feeds(b, err))
		return false;
	struct feed *f = feed_find(b, source, section);
	if (!f)
		return build_feed(b, source, section, kind, captured, feed, report, err);
	*report = (struct feed_report){f->before, f->decided, false};
	f->kind = kind;
	*feed = f->id;
	return fact_infos[kind].entity || events_start(b, kind, err);
}

bool build_feed_decided(
    struct build *b, int feed_id, const char *decided, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!build_prepare(b, "UPDATE feed SET decided = ?2 WHERE id = ?1", &stmt, err))
		return false;
	sqlite3_bind_int(stmt, 1, feed_id);
	sqlite3_bind_text(stmt, 2, decided, -1, SQLITE_STATIC);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine;
}

static bool entities_missing(struct build *b, const struct feed *feed, bool full,
    int64_t *missing, struct err *err)
{
	struct entities *all = &b->entities[feed->kind];
	bool erase = full && fact_field(feed->kind, "deleted") >= 0;
	char text[160];

	*missing = 0;
	for (int64_t id = 1; id <= all->count; id++) {
		struct entity *e = &all->items[id];
		if (e->feed != feed->id || e->seen || (e->missing && !erase) ||
		    marked(&b->excused[feed->kind], id))
			continue;
		if (feed->kind == FACT_DEALS && !snapshot_remember(b, id, false, err))
			return false;
		snprintf(text, sizeof text,
		    "UPDATE %s SET missing = coalesce(missing, %lld)%s WHERE id = %lld%s",
		    fact_infos[feed->kind].table, (long long)b->sync_id,
		    erase ? ", deleted = 1" : "", (long long)id,
		    erase ? " AND deleted IS NOT 1" : "");
		if (!build_run(b, text, err))
			return false;
		if (!sqlite3_changes(b->db))
			continue;
		e->missing = true;
		if (feed->kind == FACT_DEALS)
			mark(&b->dirty, id);
		++*missing;
	}
	return true;
}

struct feed *build_feed_of(struct build *b, int id)
{
	for (size_t i = b->n_feeds; i-- > 0;)
		if (b->feeds[i].id == id)
			return &b->feeds[i];
	BUG("no feed %d", id);
}

/* A list stays with all its pieces. */
static void excuse_event(struct build *b, const struct feed *feed, struct slice id)
{
	struct str piece = STR_INIT;
	int64_t known = events_known(b, feed, id);

	for (int part = 1; known; part++) {
		mark(&b->excused[feed->kind], known);
		str_clear(&piece);
		str_addf(&piece, "%.*s/%d", (int)id.len, id.p, part);
		known = events_known(b, feed, (struct slice){piece.p, piece.len});
	}
	str_release(&piece);
}

void build_saw(struct build *b, int feed_id, struct slice id)
{
	const struct feed *feed = build_feed_of(b, feed_id);

	if (fact_infos[feed->kind].entity)
		mark(
		    &b->excused[feed->kind], entities_find(&b->entities[feed->kind], id));
	else
		excuse_event(b, feed, id);
}

/* What a whole export says takes the place of all before it: rows that those had
 * and that could not be read would be older than what is known now. */
static bool drop_old_rejects(struct build *b, int feed, struct err *err)
{
	char text[192];

	snprintf(text, sizeof text,
	    "DELETE FROM reject WHERE file IN (SELECT id FROM file WHERE feed = %d AND "
	    "sync < %lld); UPDATE feed SET whole = %lld WHERE id = %d",
	    feed, (long long)b->sync_id, (long long)b->sync_id, feed);
	return build_run(b, text, err);
}

bool build_feed_done(struct build *b, int feed_id, int64_t rows, bool partial, bool full,
    int64_t *missing, int64_t *edited, struct err *err)
{
	struct feed *feed = build_feed_of(b, feed_id);
	char text[128];

	*missing = *edited = 0;
	if (!fact_infos[feed->kind].entity && !events_end_list(b, feed, err))
		return false;
	feed->loaded = true;
	if (!partial) {
		bool fine =
		    fact_infos[feed->kind].entity
		        ? entities_missing(b, feed, full, missing, err)
		        : events_missing(b, feed, full, missing, err) &&
		              (full || edited_rows(b, feed, missing, edited, err));
		if (!fine)
			return false;
	}
	if (!absent_mark(b, feed, err))
		return false;
	/* A partial export says how many rows came, not how many there are. */
	if (partial)
		rows = feed->before + feed->came;
	feed->before = rows;
	snprintf(text, sizeof text, "UPDATE feed SET rows = %lld WHERE id = %d",
	    (long long)rows, feed_id);
	return build_run(b, text, err) && (partial || drop_old_rejects(b, feed_id, err));
}

static bool insert_rejects(struct build *b, int64_t file, const struct reject *rejects,
    size_t n_rejects, struct err *err)
{
	sqlite3_stmt *stmt;
	bool fine = true;

	if (!build_prepare(
	        b, "INSERT INTO reject VALUES(?, ?, ?, ?, ?, ?, ?)", &stmt, err))
		return false;
	for (size_t i = 0; fine && i < n_rejects; i++) {
		sqlite3_bind_int64(stmt, 1, file);
		sqlite3_bind_int64(stmt, 2, rejects[i].line);
		sqlite3_bind_text(stmt, 3, rejects[i].column, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 4, rejects[i].value, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 5, rejects[i].why, -1, SQLITE_STATIC);
		sqlite3_bind_text(stmt, 6, rejects[i].text, -1, SQLITE_STATIC);
		sqlite3_bind_int64(stmt, 7, (int64_t)rejects[i].hash);
		fine = build_step(b, stmt, err);
	}
	sqlite3_finalize(stmt);
	return fine;
}

static bool delete_file(struct build *b, const char *name, int feed, struct err *err)
{
	static const char *const texts[] = {"DELETE FROM reject WHERE file = (SELECT id "
	                                    "FROM file WHERE name = ?1 AND feed = ?2)",
	    "DELETE FROM file WHERE name = ?1 AND feed = ?2"};
	bool fine = true;

	for (int i = 0; fine && i < 2; i++) {
		sqlite3_stmt *stmt;
		if (!build_prepare(b, texts[i], &stmt, err))
			return false;
		sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
		sqlite3_bind_int(stmt, 2, feed);
		fine = build_step(b, stmt, err);
		sqlite3_finalize(stmt);
	}
	return fine;
}

bool build_file(struct build *b, int feed, const struct file_report *report,
    const char *hash, int64_t size, const char *mapping_hash,
    const struct reject *rejects, size_t n_rejects, struct err *err)
{
	sqlite3_stmt *stmt;
	char day[DAY_TEXT];

	if (!delete_file(b, report->file, feed, err))
		return false;
	if (!build_prepare(b,
	        "INSERT INTO file(name, feed, hash, size, mapping, encoding, delimiter, "
	        "rows, "
	        "skipped, repeated, rejected, as_of, sync, header, decided) "
	        "VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
	        &stmt, err))
		return false;
	sqlite3_bind_text(stmt, 1, report->file, -1, SQLITE_STATIC);
	sqlite3_bind_int(stmt, 2, feed);
	sqlite3_bind_text(stmt, 3, hash, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 4, size);
	sqlite3_bind_text(stmt, 5, mapping_hash, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 6, report->encoding, -1, SQLITE_STATIC);
	sqlite3_bind_text(
	    stmt, 7, &report->delimiter, report->delimiter != 0, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 8, report->rows);
	sqlite3_bind_int64(stmt, 9, report->skipped);
	sqlite3_bind_int64(stmt, 10, report->repeated);
	sqlite3_bind_int64(stmt, 11, report->rejected);
	sqlite3_bind_text(stmt, 12, day_format(b->as_of, day), -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 13, b->sync_id);
	sqlite3_bind_text(stmt, 14, report->header, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 15, report->decided, -1, SQLITE_STATIC);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine && insert_rejects(
	                   b, sqlite3_last_insert_rowid(b->db), rejects, n_rejects, err);
}
