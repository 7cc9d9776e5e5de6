#include "link.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/*
 * On a first sync the links are written on a thread of their own while the rows
 * are indexed. SQLite has one writer a file, so they go to a file of their own,
 * which has no name any more once both have it open; a table of the same shape
 * is copied from it page by page, without looking into its rows.
 */

/* For us alone, as the facts are. */
static bool create(struct build *b, const char *path, struct err *err)
{
	unlink(path); /* left by a sync that was killed just here */
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_set(err, b->path,
		    "a file for links beside it can not be made (%s); make the folder "
		    "writable or choose another --db",
		    strerror(errno));
	close(fd);
	return true;
}

/* The tables as the facts have them: copying needs the very same shape. */
static bool create_tables(struct build *b, sqlite3 *db, struct err *err)
{
	sqlite3_stmt *stmt;
	int code = SQLITE_ROW;
	bool fine = build_run_on(b, db,
	                "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA "
	                "synchronous = OFF",
	                err) &&
	            build_prepare(b,
	                "SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND "
	                "name IN ('touch_deal', 'activity_deal')",
	                &stmt, err);

	if (!fine)
		return false;
	while (fine && (code = sqlite3_step(stmt)) == SQLITE_ROW)
		fine =
		    build_run_on(b, db, (const char *)sqlite3_column_text(stmt, 0), err);
	sqlite3_finalize(stmt);
	return fine && (code == SQLITE_DONE || sql_error(b->store, b->db, code, err));
}

static bool open_file(struct build *b, const char *path, sqlite3 **out, struct err *err)
{
	int code = sqlite3_open_v2(
	    path, out, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, "unix-none");

	return code == SQLITE_OK || sql_error(b->store, *out, code, err);
}

/* Nothing is attached in the middle of a transaction; and what the thread reads
 * must be in the file. */
static bool attach(struct build *b, const char *path, struct err *err)
{
	char *text = sqlite3_mprintf("COMMIT; ATTACH %Q AS links; BEGIN", path);
	bool fine = build_run(b, text, err);

	sqlite3_free(text);
	return fine;
}

static int is_left(void *arg)
{
	const struct build *b = arg;

	return b->linking->left || build_is_stopped(arg);
}

static bool write_all(struct build *b, struct err *err)
{
	struct linking *l = b->linking;
	bool fine = build_run_on(b, l->db, "BEGIN", err);

	for (int i = 0; fine && i < LINK_SIDES; i++) {
		fine = linking_gather(b, i, b->beside, err) &&
		       gather_write(&l->gather[i], l->db, err);
		gather_release(&l->gather[i]);
	}
	return fine && build_run_on(b, l->db, "COMMIT", err);
}

static void *run(void *arg)
{
	struct build *b = arg;

	b->linking->fine = write_all(b, &b->linking->err);
	return NULL;
}

bool beside_start(struct build *b, struct err *err)
{
	struct linking *l = b->linking;
	const char *path = arena_printf(&b->arena, "%s-links", b->path);
	bool fine = create(b, path, err) && open_file(b, path, &l->db, err) &&
	            create_tables(b, l->db, err) && attach(b, path, err);

	unlink(path);
	if (!fine)
		return false;
	sqlite3_progress_handler(b->beside, STOP_EVERY, is_left, b);
	sqlite3_progress_handler(l->db, STOP_EVERY, is_left, b);
	l->running = !pthread_create(&l->thread, NULL, run, b);
	if (!l->running)
		run(b);
	return true;
}

static void join(struct linking *l)
{
	if (l->running)
		pthread_join(l->thread, NULL);
	l->running = false;
	sqlite3_close(l->db);
	l->db = NULL;
}

bool beside_take(struct build *b, struct err *err)
{
	struct linking *l = b->linking;

	join(l);
	if (!l->fine) {
		*err = l->err;
		return false;
	}
	return build_run(b,
	    "INSERT INTO main.touch_deal SELECT * FROM links.touch_deal;"
	    "INSERT INTO main.activity_deal SELECT * FROM links.activity_deal",
	    err);
}

void beside_release(struct build *b)
{
	b->linking->left = 1;
	join(b->linking);
}
