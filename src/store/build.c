#include "replica.h"
#include "sums.h"
#include "to_disk.h"

#include "huddle/path.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

bool build_prepare(struct build *b, const char *text, sqlite3_stmt **out, struct err *err)
{
	int code =
	    sqlite3_prepare_v3(b->db, text, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);

	return code == SQLITE_OK || sql_error(b->store, b->db, code, err);
}

bool build_run_on(struct build *b, sqlite3 *db, const char *text, struct err *err)
{
	int code = sqlite3_exec(db, text, NULL, NULL, NULL);

	return code == SQLITE_OK || sql_error(b->store, db, code, err);
}

bool build_run(struct build *b, const char *text, struct err *err)
{
	return build_run_on(b, b->db, text, err);
}

bool build_step(struct build *b, sqlite3_stmt *stmt, struct err *err)
{
	int code = sqlite3_step(stmt);

	sqlite3_reset(stmt);
	return code == SQLITE_DONE || code == SQLITE_ROW ||
	       sql_error(b->store, b->db, code, err);
}

/* The lock is on a file of its own: SQLite's own locks are lost when anybody
 * closes a second descriptor of a database. */
static bool take_lock(struct build *b, struct err *err)
{
	char *path = arena_printf(&b->arena, "%s-sync.lock", b->store->path);

	b->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (b->lock_fd < 0)
		return err_set(err, path,
		    "%s; make the folder writable or choose another --db",
		    strerror(errno));
	if (flock(b->lock_fd, LOCK_EX | LOCK_NB))
		return err_set(err, b->store->path,
		    "another sync is running; wait for it to end and try again");
	return true;
}

static const char *generation_path(struct build *b, const char *file)
{
	const char *slash = strrchr(b->store->path, '/');
	size_t folder = slash ? (size_t)(slash - b->store->path) + 1 : 0;

	return arena_printf(&b->arena, "%.*s%s", (int)folder, b->store->path, file);
}

static bool find_generation(struct build *b, struct err *err)
{
	struct sql q;
	int64_t newest;

	if (!sql_one(
	        b->store, "SELECT coalesce(max(id), 0) FROM generation", 0, &newest, err))
		return false;
	b->sync_id = newest + 1;
	if (!sql_begin(&q, b->store,
	        "SELECT file FROM generation WHERE dropped = 0 ORDER BY id DESC LIMIT 1",
	        err))
		return false;
	if (sql_row(&q))
		b->previous = generation_path(b, sql_dup(&q, 0, &b->arena));
	if (!sql_done(&q))
		return false;
	b->path = arena_printf(
	    &b->arena, "%s-facts-%lld", b->store->path, (long long)b->sync_id);
	return true;
}

/* Somebody else may have synced since the store was opened: what is compared
 * must be what is copied. Facts that can not be read are no reason to stop, as
 * this sync makes new ones. */
static bool look_again(struct build *b, struct err *err)
{
	bool changed;

	if (store_refresh(b->store, &changed, err))
		return true;
	if (!*b->store->facts_error.text)
		return false;
	*err = (struct err)ERR_INIT;
	return true;
}

/* For facts that nobody will read. */
static void use_temporary_path(struct build *b)
{
	const char *slash = strrchr(b->store->path, '/');
	const char *tmp = getenv("TMPDIR");
	const char *folder =
	    slash ? arena_dup(&b->arena, b->store->path, (size_t)(slash - b->store->path))
	          : ".";

	if (access(*folder ? folder : "/", W_OK))
		folder = tmp && *tmp ? tmp : P_tmpdir;
	b->path = arena_printf(&b->arena, "%s/%s-dry-run-%ld", folder,
	    path_base(b->store->path), (long)getpid());
}

/* The last three generations stay, for undoing; a reader that still has an
 * older one open keeps it until it looks again. */
static void remove_old(struct build *b)
{
	/* A copy of the records still names the generations of the original, which
	 * are not its own to remove. */
	const char *own = arena_printf(&b->arena, "%s-facts-", path_base(b->store->path));
	struct sql q;
	struct err ignored = ERR_INIT;

	if (!sql_begin(&q, b->store,
	        "SELECT file FROM generation WHERE id NOT IN (SELECT id FROM generation "
	        "WHERE dropped = 0 ORDER BY id DESC LIMIT 3)",
	        &ignored))
		return;
	while (sql_row(&q))
		if (slice_starts(sql_get(&q, 0), own))
			unlink(generation_path(b, sql_dup(&q, 0, &b->arena)));
	sql_done(&q);
}

static bool begin(struct build **out, struct store *store, bool dry, struct err *err)
{
	struct build *b = xcalloc(1, sizeof *b);

	*out = b;
	b->store = store;
	b->lock_fd = -1;
	b->dry = dry;
	if (store->read_only && !dry) {
		err_set(err, store->path,
		    "is open for reading only; sync without --read-only, into a folder "
		    "that can be written");
		goto failed;
	}
	if ((!dry && store->replica && !replica_may_sync(store, err)) ||
	    (!dry && !take_lock(b, err)) || !look_again(b, err) ||
	    !find_generation(b, err))
		goto failed;
	if (dry)
		use_temporary_path(b);
	else
		remove_old(b); /* left by a sync that was killed as it was done */
	put_prepare_columns(b);
	return true;
failed:
	build_abandon(b);
	*out = NULL;
	return false;
}

bool build_begin(struct build **out, struct store *store, struct err *err)
{
	return begin(out, store, false, err);
}

bool build_begin_dry(struct build **out, struct store *store, struct err *err)
{
	return begin(out, store, true, err);
}

int64_t build_sync_id(const struct build *b)
{
	return b->sync_id;
}

static bool create_empty(struct build *b, struct err *err)
{
	int fd =
	    open(b->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);

	if (fd < 0)
		return err_set(err, b->path,
		    "%s; make the folder writable or choose another --db",
		    strerror(errno));
	close(fd);
	return true;
}

static bool create_schema(struct build *b, struct err *err)
{
	char text[128];

	if (!build_run(b, schema_facts, err) ||
	    !build_run(b, schema_facts_slim_indexes, err))
		return false;
	for (int link = LINK_DEAL; link <= LINK_ACCOUNT; link++) {
		snprintf(text, sizeof text, "INSERT INTO link_kind VALUES(%d, '%s')",
		    link, linked_by_name((enum linked_by)link));
		if (!build_run(b, text, err))
			return false;
	}
	snprintf(text, sizeof text,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d", SCHEMA_FACTS_ID,
	    SCHEMA_FACTS_VERSION);
	return build_run(b, text, err);
}

#define CACHE_SIZE "PRAGMA cache_size = -16000"

/* Nobody else sees this file before it is whole, so it needs no journal; it is
 * synced to disk once, before the switch. */
bool build_open(struct build *b, bool *lost, struct err *err)
{
	*lost = b->previous && !b->store->generation;
	if (b->opened)
		return true;
	unlink(b->path);  /* left behind by a sync that was killed */
	b->opened = true; /* or half of it: it goes if the sync fails */
	b->fresh = !b->previous || *lost;
	if (b->fresh ? !create_empty(b, err) : !build_copy(b, err))
		return false;
	/* One thread uses it, so SQLite's mutexes would only cost. */
	int code = sqlite3_open_v2(
	    b->path, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, NULL);
	/* It takes no locks: what it reads does not change meanwhile. */
	if (code == SQLITE_OK)
		code = sqlite3_open_v2(b->path, &b->beside,
		    SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, "unix-none");
	if (b->dry)
		unlink(b->path); /* gone when it is closed, or when we are killed */
	if (code != SQLITE_OK)
		return sql_error(b->store, b->db, code, err);
	sqlite3_progress_handler(b->db, STOP_EVERY, build_is_stopped, b);
	if (!build_run(b,
	        "PRAGMA page_size = 8192; PRAGMA journal_mode = OFF; PRAGMA synchronous "
	        "= OFF; PRAGMA main.locking_mode = EXCLUSIVE;" CACHE_SIZE,
	        err))
		return false;
	b->bare = b->fresh;
	if (b->fresh && !create_schema(b, err))
		return false;
	b->facts = (struct store){.db = b->db, .path = b->path};
	if (!b->fresh)
		to_disk_begin(b);
	return build_run(b, "BEGIN", err) && put_load_entities(b, err) &&
	       facts_day(b, &b->before_as_of, err);
}

/* Sorting is quickest with what the processor's caches hold, and on one thread:
 * SQLite's own further ones take more time than they give where the other core
 * writes links. */
bool build_indexes(struct build *b, struct err *err)
{
	int code = sqlite3_exec(b->db, "PRAGMA cache_size = -2000", NULL, NULL, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_exec(b->db, schema_facts_indexes, NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(b->db, schema_facts_slim_indexes, NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(b->db, CACHE_SIZE, NULL, NULL, NULL);
	b->bare = false;
	if (code == SQLITE_OK)
		return true;
	for (int kind = 0; (code & 0xff) == SQLITE_CONSTRAINT && kind < FACT_KINDS;
	     kind++)
		b->repeats |= b->events[kind].unchecked;
	return sql_error(b->store, b->db, code, err);
}

bool build_repeats(const struct build *b)
{
	return b->repeats;
}

void build_be_careful(struct build *b)
{
	b->careful = true;
}

bool build_finish(struct build *b, build_stage_fn stage, void *arg, struct err *err)
{
	if (!build_go_on(b, err))
		return false;
	if (stage)
		stage(arg, "indexing");
	if (!b->back && b->before_as_of > b->as_of)
		b->as_of = b->before_as_of;
	/* What was looked up while loading is not needed any more, and its memory is. */
	put_forget_names(b);
	if (!link_begin(b, err))
		return false;
	to_disk_begin(b);
	if (!build_indexes(b, err) || !build_go_on(b, err))
		return false;
	to_disk_begin(b);
	if (stage)
		stage(arg, "linking touches to deals");
	if (!summary_begin(b, err) || !link_finish(b, err) || !summary_stages(b, err) ||
	    !build_go_on(b, err))
		return false;
	if (stage)
		stage(arg, "making it safe on disk");
	return true;
}

/*
 * A disk can fail after the point of no return: then the row is there though
 * the answer is an error, and the facts it names must stay. When not even that
 * can be told, they stay as well.
 */
static bool commit_switch(struct build *b, struct err *err)
{
	char text[80];
	int64_t there;
	struct err ignored = ERR_INIT;

	if (sql_commit(b->store, err))
		return true;
	sql_rollback(b->store);
	snprintf(text, sizeof text,
	    "SELECT count(*) FROM main.generation WHERE id = %lld",
	    (long long)b->sync_id);
	if (!sql_one(b->store, text, 0, &there, &ignored))
		b->published = true;
	else if (there)
		*err = (struct err)ERR_INIT;
	return !*err->text;
}

/* One row in the records file is the switch: before it nobody knows of the new
 * facts, after it everybody who looks does. */
static bool switch_over(struct build *b, struct err *err)
{
	struct sql q;
	char day[DAY_TEXT], at[INSTANT_TEXT];

	if (!sql_begin_write(b->store, err))
		return false;
	if (sql_begin(&q, b->store,
	        "INSERT INTO generation(id, file, as_of, made_at, made_by) "
	        "VALUES($1, $2, $3, $4, $5)",
	        err)) {
		sql_int(&q, 1, b->sync_id);
		sql_text(&q, 2, path_base(b->path));
		sql_text(&q, 3, day_format(b->as_of, day));
		sql_text(&q, 4, instant_format(time(NULL), at));
		sql_text(&q, 5, b->store->person);
		sql_row(&q);
		if (sql_done(&q))
			return commit_switch(b, err);
	}
	sql_rollback(b->store);
	return false;
}

/* A server has the facts before anybody learns of them. */
static bool send_pieces(struct build *b, struct err *err)
{
	struct replica *r = b->store->replica;

	return !r || (replica_connect(b->store, err) &&
	                 pieces_send(r->server, b->path, b->sync_id, &r->sent_size, err));
}

static void close_file(struct build *b)
{
	to_disk_end(b);
	put_release(b);
	sqlite3_close(b->beside);
	b->beside = NULL;
	if (b->db) {
		sql_forget(&b->facts);
		sqlite3_close(b->db);
	}
	b->db = NULL;
}

bool build_publish(struct build *b, struct err *err)
{
	if (!build_run(b, "COMMIT", err))
		return false;
	close_file(b);
	if (!to_disk_all(b, err) || !build_go_on(b, err) || !send_pieces(b, err) ||
	    !switch_over(b, err))
		return false;
	b->published = true;
	remove_old(b);
	if (b->store->replica)
		pieces_forget(b->store->replica->server);
	return true;
}

void build_abandon(struct build *b)
{
	if (!b)
		return;
	close_file(b);
	if (b->opened && !b->published)
		unlink(b->path);
	if (b->lock_fd >= 0)
		close(b->lock_fd);
	arena_release(&b->arena);
	free(b);
}
