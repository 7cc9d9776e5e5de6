#include "row.h"

#include "huddle/path.h"
#include "huddle/store_safety.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * A copy of the records, with the facts of the newest sync beside it, that opens by
 * itself. The records are copied while others may write: SQLite's backup gives one
 * state of them. They are written last, whole or not at all, so that a backup that
 * is there has its facts.
 */

static bool copy_failed(const char *path, struct err *err)
{
	return err_set(err, path, "could not be written (%s); nothing was backed up",
	    strerror(errno));
}

static bool copy_bytes(int from, int to)
{
	enum { SOME = 1 << 20 };
	char *buf = xmalloc(SOME);
	ssize_t n;
	while ((n = read(from, buf, SOME)) > 0)
		if (write(to, buf, (size_t)n) != n) {
			n = -1;
			break;
		}
	free(buf);
	return n == 0 && fsync(to) == 0;
}

static bool copy_file(const char *from_path, const char *to_path, struct err *err)
{
	int from = open(from_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int to =
	    open(to_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool fine =
	    (from >= 0 && to >= 0 && copy_bytes(from, to)) || copy_failed(to_path, err);
	if (to >= 0) {
		fine = close(to) == 0 && fine;
		if (!fine)
			unlink(to_path);
	}
	if (from >= 0)
		close(from);
	return fine;
}

/* The name of the current generation's file; "" where nothing is synced. */
static bool facts_name(
    struct store *store, const char **out, struct arena *arena, struct err *err)
{
	struct sql q;
	*out = "";
	if (!store->generation)
		return true;
	if (sql_begin(&q, store, "SELECT file FROM main.generation WHERE id = $1", err)) {
		sql_int(&q, 1, store->generation);
		if (sql_row(&q))
			*out = sql_dup(&q, 0, arena);
	}
	return sql_done(&q);
}

static const char *folder_of(const char *path, struct arena *arena)
{
	const char *slash = strrchr(path, '/');
	return slash ? arena_dup(arena, path, (size_t)(slash - path) + 1) : "";
}

/* In the copy only the generation that lies beside it is known, under its name. */
static bool point_to(
    struct store *copy, int64_t generation, const char *name, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, copy,
	        "UPDATE generation SET dropped = CASE WHEN id = $1 THEN 0 ELSE 1 END, "
	        "file = CASE WHEN id = $1 THEN $2 ELSE file END",
	        err)) {
		sql_int(&q, 1, generation);
		sql_text(&q, 2, name);
		sql_step(&q);
	}
	return sql_done(&q);
}

static bool copy_records(
    struct store *store, const char *path, const char *facts, struct err *err)
{
	struct store copy = {.path = store->path, .watch = -1};
	sqlite3_int64 size = 0;
	unsigned char *bytes = NULL;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
	if (!open_connection(&copy.db, ":memory:", flags, err))
		return false;
	bool fine = records_copy(copy.db, store, err) &&
	            point_to(&copy, store->generation, facts, err);
	sql_forget(&copy);
	if (fine) {
		bytes = sqlite3_serialize(copy.db, "main", &size, 0);
		fine = bytes ? path_write(path,
		                   (struct slice){(const char *)bytes, (size_t)size},
		                   false, err)
		             : sql_error(store, copy.db, SQLITE_NOMEM, err);
	}
	sqlite3_free(bytes);
	sqlite3_close(copy.db);
	return fine;
}

/* The same bytes, read again from where they were written. */
static bool same_bytes(const char *a_path, const char *b_path, bool *same)
{
	enum { SOME = 1 << 20 };
	int a = open(a_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	int b = open(b_path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	char *buf = xmalloc((size_t)2 * SOME);
	ssize_t n = a >= 0 && b >= 0 ? 1 : -1;
	*same = true;
	while (n > 0 && *same) {
		n = read(a, buf, SOME);
		*same = n >= 0 && read(b, buf + SOME, SOME) == n &&
		        !memcmp(buf, buf + SOME, (size_t)n);
	}
	free(buf);
	if (a >= 0)
		close(a);
	if (b >= 0)
		close(b);
	return n == 0;
}

/* It opens, has all lines, and every record in it is as its log has it. Somebody may have
 * written since it was made, so it may lack the newest lines. */
static bool verify_records(
    struct store *store, struct arena *arena, const char *path, struct err *err)
{
	struct store_options options = {.path = path, .read_only = true};
	struct store *copy;
	const char *problem = NULL;
	int64_t here, there;
	if (!store_open(&copy, &options, err))
		return false;
	bool fine = log_newest(copy, &there, err) && log_newest(store, &here, err) &&
	            rows_as_logged(copy, arena, &problem, err);
	if (fine && (problem || there > here || copy->generation != store->generation))
		fine =
		    err_set(err, path, "is not what it should be (%s); look at the disk",
		        problem ? problem : "another state");
	store_close(copy);
	return fine;
}

static bool verify(struct store *store, struct arena *arena, const char *path,
    const char *from, const char *to, struct err *err)
{
	bool same = true;
	if (from && (!same_bytes(from, to, &same) || !same))
		return err_set(err, to, "is not what was written; look at the disk");
	return verify_records(store, arena, path, err);
}

bool store_backup(
    struct store *store, struct arena *arena, const char *path, struct err *err)
{
	const char *name, *slash = strrchr(path, '/'), *own = slash ? slash + 1 : path;
	if (!access(path, F_OK))
		return err_set(err, path, "is there already; name another file");
	if (!facts_name(store, &name, arena, err))
		return false;
	if (!*name)
		return copy_records(store, path, "", err) &&
		       verify(store, arena, path, NULL, NULL, err);
	const char *beside =
	    arena_printf(arena, "%s-facts-%lld", own, (long long)store->generation);
	const char *to = arena_printf(arena, "%s%s", folder_of(path, arena), beside);
	const char *from =
	    arena_printf(arena, "%s%s", folder_of(store->path, arena), name);
	if (!copy_file(from, to, err))
		return false;
	if (copy_records(store, path, beside, err))
		return verify(store, arena, path, from, to, err);
	unlink(to);
	return false;
}
