#include "file.h"
#include "replica.h"

#include "huddle/path.h"
#include "huddle/store_server.h"
#include "huddle/text.h"
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_MS = 5000, LENGTH_MAX = 64 << 20 };

/* SQLite's own advice for files that somebody may have tampered with
 * (sqlite.org/security.html), kept for all files. */
static void harden(sqlite3 *db)
{
	static const struct {
		int option, value;
	} options[] = {
	    {SQLITE_DBCONFIG_DEFENSIVE, 1},
	    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
	    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
	    {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
	    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
	    {SQLITE_DBCONFIG_DQS_DML, 0},
	    {SQLITE_DBCONFIG_DQS_DDL, 0},
	    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
	};
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		sqlite3_db_config(db, options[i].option, options[i].value, NULL);
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 2);
	sqlite3_limit(db, SQLITE_LIMIT_LENGTH, LENGTH_MAX);
	sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 1);
	sqlite3_busy_timeout(db, BUSY_MS);
}

/* Without these PRAGMAs the connection works as well, so their result is not
 * looked at; temp_store keeps sorted customer data out of /tmp. */
bool open_connection(sqlite3 **out, const char *path, int flags, struct err *err)
{
	int extra = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI |
	            SQLITE_OPEN_EXRESCODE;
	struct store place = {.path = (char *)path};
	/* Counting SQLite's memory would take a lock for every piece of it. Too late
	 * when somebody has used SQLite before, and then no matter. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	int code = sqlite3_open_v2(path, out, flags | extra, NULL);
	if (code != SQLITE_OK) {
		sql_error(&place, *out, code, err);
		sqlite3_close(*out);
		*out = NULL;
		return false;
	}
	harden(*out);
	sqlite3_exec(*out,
	    "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA temp_store = "
	    "MEMORY;",
	    NULL, NULL, NULL);
	return true;
}

bool store_is_server(const char *path)
{
	return path &&
	       (!strncmp(path, "postgresql://", 13) || !strncmp(path, "postgres://", 11));
}

static bool person_set(struct store *store, const char *person, struct err *err)
{
	char buf[32];
	const struct passwd *entry = person ? NULL : getpwuid(geteuid());
	if (!person)
		person = entry ? entry->pw_name : NULL;
	if (!person) {
		snprintf(buf, sizeof(buf), "uid %u", (unsigned)geteuid());
		person = buf;
	}
	struct slice name = slice_trim(slice_of(person));
	if (!name.len)
		return err_usage(err, "--as", "empty; say who you are");
	if (!utf8_valid(name))
		return err_usage(err, "--as", "not UTF-8 text; write the name in UTF-8");
	store->person = xmalloc(name.len + 1);
	slice_copy(name, store->person, name.len + 1);
	return true;
}

static bool mark_check(
    const char *path, const struct file_mark *mark, bool read_only, struct err *err)
{
	if (!mark->database)
		return err_set(
		    err, path, "not a database; name huddle's own file with --db");
	if (mark->application != SCHEMA_APPLICATION_ID)
		return err_set(err, path, "is not huddle's; name another file with --db");
	if (mark->version > SCHEMA_VERSION && !read_only)
		return err_set(err, path,
		    "written by a newer huddle (schema %u, this one knows %d); update "
		    "huddle, or "
		    "look at it with --read-only",
		    mark->version, SCHEMA_VERSION);
	return true;
}

/* The steps from one version to the newest. */
static bool add_tables(struct store *store, int64_t from, struct err *err)
{
	bool fine = true;
	for (int64_t v = from; fine && v < SCHEMA_VERSION; v++)
		fine = sql_script(store, schema_steps[v], err);
	return fine;
}

/* Somebody else may have made the tables while we waited for the lock. */
static bool upgrade(struct store *store, struct err *err)
{
	char text[128];
	int64_t known;
	if (!sql_begin_local(store, err))
		return false;
	snprintf(text, sizeof(text),
	    "PRAGMA application_id = %d; PRAGMA user_version = %d", SCHEMA_APPLICATION_ID,
	    SCHEMA_VERSION);
	bool fine = sql_one(store, "PRAGMA main.user_version", 0, &known, err);
	if (fine && known < SCHEMA_VERSION)
		fine = add_tables(store, known, err) && sql_script(store, text, err);
	if (fine && sql_commit(store, err))
		return true;
	sql_rollback(store);
	return false;
}

bool records_copy(sqlite3 *to, struct store *store, struct err *err)
{
	sqlite3_backup *backup = sqlite3_backup_init(to, "main", store->db, "main");
	int code = backup ? sqlite3_backup_step(backup, -1) : sqlite3_errcode(to);
	sqlite3_backup_finish(backup);
	return code == SQLITE_DONE || sql_error(store, to, code, err);
}

/* An older file that may only be read is shown as a newer huddle would have made
 * it, from a copy in memory: records are small. */
static bool upgrade_copy(struct store *store, int64_t version, struct err *err)
{
	sqlite3 *copy;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
	if (!open_connection(&copy, ":memory:", flags, err))
		return false;
	if (!records_copy(copy, store, err)) {
		sqlite3_close(copy);
		return false;
	}
	sql_forget(store);
	sqlite3_close(store->db);
	store->db = copy;
	return add_tables(store, version, err);
}

/* Also when the file is not empty: whoever created it may have been killed
 * before the tables were there. */
static bool tables_make(struct store *store, struct err *err)
{
	int64_t version;
	if (!sql_one(store, "PRAGMA main.user_version", 0, &version, err))
		return false;
	if (version >= SCHEMA_VERSION)
		return true;
	return store->read_only ? version == 0 || upgrade_copy(store, version, err)
	                        : upgrade(store, err);
}

/* A missing file opened for reading: nothing is in it, nothing is made. */
static bool open_nothing(struct store *store, struct err *err)
{
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
	store->read_only = true;
	return open_connection(&store->db, ":memory:", flags, err) &&
	       add_tables(store, 0, err);
}

/* huddle makes no triggers and no views: a file with some was tampered with. */
static bool tables_check(struct store *store, bool unclean, struct err *err)
{
	struct sql q;
	int64_t strange;
	if (!sql_one(store,
	        "SELECT count(*) FROM main.sqlite_schema WHERE type IN ('trigger', "
	        "'view')",
	        0, &strange, err))
		return false;
	if (strange)
		return err_set(err, store->path,
		    "holds triggers or views, which huddle never makes; restore a "
		    "backup");
	if (!unclean)
		return true;
	bool good = sql_begin(&q, store, "PRAGMA main.quick_check(1)", err) &&
	            sql_row(&q) && slice_is(sql_get(&q, 0), "ok");
	if (!sql_done(&q))
		return false;
	return good || sql_error(store, store->db, SQLITE_CORRUPT, err);
}

/* The rollback journal: WAL is not safe with several writers before SQLite
 * 3.51.3, and does not work on read-only folders. */
static bool journal_set(struct store *store, struct err *err)
{
	struct sql q;
	if (store->read_only)
		return true;
	bool good = sql_begin(&q, store, "PRAGMA main.journal_mode = DELETE", err) &&
	            sql_row(&q) && slice_is(sql_get(&q, 0), "delete");
	if (!sql_done(&q))
		return false;
	return (good || sql_error(store, store->db, SQLITE_BUSY, err)) &&
	       sql_script(store, "PRAGMA main.synchronous = EXTRA", err);
}

static bool open_file(struct store *store, const struct store_file *file, struct err *err)
{
	struct file_mark mark = {0};
	int flags = store->read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	if (file->size > 0 && (!file_mark(&mark, file->path, err) ||
	                          !mark_check(file->path, &mark, store->read_only, err)))
		return false;
	if (!open_connection(&store->db, file->path, flags, err))
		return false;
	store->read_only = sqlite3_db_readonly(store->db, "main") != 0;
	return journal_set(store, err) && tables_make(store, err) &&
	       tables_check(store, file->unclean, err);
}

static bool open_path(struct store *store, const char *asked, bool read_only,
    struct arena *arena, struct err *err)
{
	struct store_file file;
	if (!file_look(&file, asked, arena, err))
		return false;
	if (file.size < 0 && !read_only &&
	    (!file_create(asked, arena, err) || !file_look(&file, asked, arena, err)))
		return false;
	store->path = xstrdup(file.path);
	store->read_only = read_only || !file.writable;
	return file.size <= 0 && store->read_only ? open_nothing(store, err)
	                                          : open_file(store, &file, err);
}

/* On a server nobody is whom they say, but whom they log in as. */
static bool same_person(const struct replica *replica, const char *asked, struct err *err)
{
	return !asked || text_same(slice_of(asked), slice_of(replica->person)) ||
	       err_usage(err, "--as",
	           "on a server you are %s, as you log in; leave it out",
	           replica->person);
}

/* The copy of a server's data. That the server is not there matters to who writes, and
 * to who has no copy yet. */
static bool open_server(struct store *store, const struct store_options *options,
    struct arena *arena, struct err *err)
{
	struct replica *replica;
	char *path;
	bool changed;
	if (!replica_open(&replica, options->path, &path, err))
		return false;
	bool fine = open_path(store, path, false, arena, err);
	free(path);
	store->replica = replica;
	store->person = xstrdup("");
	if (!fine)
		return false;
	replica_watch(store);
	struct err none = ERR_INIT;
	if (!store_refresh(store, &changed, &none))
		none = (struct err)ERR_INIT; /* facts that are fetched again */
	bool later = options->later && replica_reads_on(replica);
	if (!later && !replica_catch_up(store, &none) && !replica_reads_on(replica)) {
		*err = none;
		return false;
	}
	free(store->person);
	store->person = xstrdup(replica->person);
	store->read_only |= options->read_only;
	return same_person(replica, options->person, err) &&
	       (store_refresh(store, &changed, err) || store->facts_error.text[0]);
}

static bool open_store(struct store *store, const struct store_options *options,
    struct arena *arena, struct err *err)
{
	const char *asked = options->path;
	const char *home = asked ? NULL : path_data_home(arena);
	if (!asked && !home)
		return err_set(err, "", "no home folder is known; name a file with --db");
	if (!asked)
		asked = path_join(arena, home, "huddle.db");
	if (store_is_server(asked))
		return open_server(store, options, arena, err);
	bool changed;
	return person_set(store, options->person, err) &&
	       open_path(store, asked, options->read_only, arena, err) &&
	       (store_refresh(store, &changed, err) || store->facts_error.text[0]);
}

bool store_open(struct store **out, const struct store_options *options, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct store *store = xcalloc(1, sizeof(*store));
	store->watch = -1;
	store->keep = options->keep;
	store->stop = options->stop;
	bool fine = open_store(store, options, &arena, err);
	arena_release(&arena);
	if (!fine) {
		store_close(store);
		store = NULL;
	}
	*out = store;
	return fine;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	watch_close(store);
	sql_forget(store);
	sqlite3_close_v2(store->db);
	replica_close(store->replica);
	free(store->path);
	free(store->person);
	free(store);
}

const char *store_path(const struct store *store)
{
	return store->path;
}

bool store_read_only(const struct store *store)
{
	return store->read_only;
}

const char *store_person(const struct store *store)
{
	return store->person;
}

const char *store_server_problem(const struct store *store)
{
	return store->replica ? store->replica->problem : "";
}

const char *store_server_name(const struct store *store)
{
	if (!store->replica)
		return NULL;
	return store->replica->name ? store->replica->name : store->replica->url;
}
