#include "build_private.h"
#include "huddle/build_returned.h"
#include <stdio.h>
#include <string.h>

/* Rejects whose rows come back corrected, or not. */

#define THE_FILE "(SELECT id FROM file WHERE feed = ?1 AND name = ?2)"

static bool prepare(struct build *b, const char *text, int feed, const char *file,
    uint64_t hash, sqlite3_stmt **out, struct err *err)
{
	if (!build_prepare(b, text, out, err))
		return false;
	sqlite3_bind_int(*out, 1, feed);
	sqlite3_bind_text(*out, 2, file, -1, SQLITE_STATIC);
	if (sqlite3_bind_parameter_count(*out) > 2)
		sqlite3_bind_int64(*out, 3, (int64_t)hash);
	return true;
}

static bool ask_text(struct build *b, struct arena *arena, sqlite3_stmt *stmt,
    const char **out, struct err *err)
{
	int code = sqlite3_step(stmt);
	const char *text =
	    code == SQLITE_ROW ? (const char *)sqlite3_column_text(stmt, 0) : NULL;

	*out = text ? arena_strdup(arena, text) : NULL;
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       sql_error(b->store, b->db, code, err);
}

bool build_other_source(struct build *b, struct arena *arena, const char *file,
    const char *source, const char **out, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!build_prepare(b,
	        "SELECT source FROM feed JOIN file ON file.feed = feed.id WHERE "
	        "file.name "
	        "= ?1 ORDER BY source = ?2 DESC LIMIT 1",
	        &stmt, err))
		return false;
	sqlite3_bind_text(stmt, 1, file, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, source, -1, SQLITE_STATIC);
	if (!ask_text(b, arena, stmt, out, err))
		return false;
	if (*out && !strcmp(*out, source))
		*out = NULL;
	return true;
}

bool build_superseded(
    struct build *b, int feed, const char *file, bool *out, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!prepare(b,
	        "SELECT 1 FROM file JOIN feed ON feed.id = file.feed WHERE feed = ?1 "
	        "AND name = ?2 AND file.sync < feed.whole",
	        feed, file, 0, &stmt, err))
		return false;
	int code = sqlite3_step(stmt);
	*out = code == SQLITE_ROW;
	sqlite3_finalize(stmt);
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       sql_error(b->store, b->db, code, err);
}

bool build_file_decided(struct build *b, struct arena *arena, int feed, const char *file,
    const char **out, char *delimiter, struct err *err)
{
	sqlite3_stmt *stmt;
	const char *sign;

	if (!prepare(b, "SELECT delimiter FROM file WHERE feed = ?1 AND name = ?2", feed,
	        file, 0, &stmt, err) ||
	    !ask_text(b, arena, stmt, &sign, err))
		return false;
	if (sign && *sign)
		*delimiter = *sign;
	return prepare(b, "SELECT decided FROM file WHERE feed = ?1 AND name = ?2", feed,
	           file, 0, &stmt, err) &&
	       ask_text(b, arena, stmt, out, err);
}

bool build_reject_why(struct build *b, struct arena *arena, int feed, const char *file,
    uint64_t hash, const char **why, struct err *err)
{
	sqlite3_stmt *stmt;

	return prepare(b,
	           "SELECT why FROM reject WHERE file = " THE_FILE " AND hash = ?3", feed,
	           file, hash, &stmt, err) &&
	       ask_text(b, arena, stmt, why, err);
}

bool build_reject_gone(
    struct build *b, int feed, const char *file, uint64_t hash, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!prepare(b, "DELETE FROM reject WHERE file = " THE_FILE " AND hash = ?3",
	        feed, file, hash, &stmt, err))
		return false;
	bool fine = build_step(b, stmt, err);
	int gone = sqlite3_changes(b->db);
	sqlite3_finalize(stmt);
	if (!fine || !prepare(b,
	                 "UPDATE file SET rejected = rejected - ?3 WHERE feed = ?1 AND "
	                 "name = ?2",
	                 feed, file, (uint64_t)gone, &stmt, err))
		return false;
	fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine;
}

bool build_reject_again(struct build *b, int feed, const char *file, uint64_t hash,
    const struct reject *now, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!prepare(b,
	        "UPDATE reject SET field = ?4, value = ?5, why = ?6, text = ?7, hash = "
	        "?8 "
	        "WHERE file = " THE_FILE " AND hash = ?3",
	        feed, file, hash, &stmt, err))
		return false;
	sqlite3_bind_text(stmt, 4, now->column, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 5, now->value, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 6, now->why, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 7, now->text, -1, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 8, (int64_t)now->hash);
	bool fine = build_step(b, stmt, err);
	sqlite3_finalize(stmt);
	return fine;
}

/* The rows count beside those of the export that they were missing from. */
bool build_returned_done(struct build *b, int feed, int64_t settled, struct err *err)
{
	struct feed *f = build_feed_of(b, feed);
	int64_t missing, edited, rows = f->before + settled;
	char text[96];

	if (!build_feed_done(b, feed, 0, true, false, &missing, &edited, err))
		return false;
	f->before = rows;
	snprintf(text, sizeof text, "UPDATE feed SET rows = %lld WHERE id = %d",
	    (long long)rows, feed);
	return build_run(b, text, err);
}
