#ifndef STORE_FIXTURE_H
#define STORE_FIXTURE_H

#include <criterion/criterion.h>
#include <fcntl.h>
#include <limits.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/store/sql.h"

/*
 * A folder of its own for each test, the store in it, and the plain SQLite
 * handle a stranger would use on the same file.
 */
static char folder[PATH_MAX], db_path[PATH_MAX + 16];

static inline void folder_make(void)
{
	snprintf(folder, sizeof folder, "%s/huddle-test-XXXXXX",
	    getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	cr_assert(mkdtemp(folder));
	snprintf(db_path, sizeof db_path, "%s/huddle.db", folder);
}

static inline void folder_remove(void)
{
	char command[PATH_MAX + 16];
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	cr_assert_eq(system(command), 0);
}

static inline const char *in_folder(const char *name)
{
	static char path[4][PATH_MAX + 64];
	static int turn;
	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
	return path[turn];
}

static inline struct store *open_as(const char *person)
{
	struct store *store;
	struct err err = ERR_INIT;
	struct store_options options = {.path = db_path, .person = person};
	cr_assert(store_open(&store, &options, &err), "%s: %s", err.place, err.text);
	return store;
}

/* The reason why a store is not opened. */
static inline const char *open_refused(const char *path, bool read_only)
{
	static struct err err;
	struct store *store;
	struct store_options options = {
	    .path = path, .read_only = read_only, .person = "Ana"};
	memset(&err, 0, sizeof err);
	cr_assert_not(store_open(&store, &options, &err), "%s was opened", path);
	cr_assert_null(store);
	cr_assert_neq(err.status, EXIT_OK);
	return err.text;
}

#define cr_has(text, part) \
	cr_assert(strstr((text), (part)), "no \"%s\" in: %s", (part), (text))

static inline void stranger_at(const char *path, const char *sql)
{
	sqlite3 *db;
	char *message = NULL;
	cr_assert_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_busy_timeout(db, 2000);
	cr_assert_eq(
	    sqlite3_exec(db, sql, NULL, NULL, &message), SQLITE_OK, "%s", message);
	sqlite3_close(db);
}

static inline void stranger(const char *sql)
{
	stranger_at(db_path, sql);
}

/* One number or text read past the store; static until the next call. */
static inline const char *read_text(const char *sql)
{
	static char out[4096];
	sqlite3 *db;
	sqlite3_stmt *stmt;
	cr_assert_eq(
	    sqlite3_open_v2(db_path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
	cr_assert_eq(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK, "%s",
	    sqlite3_errmsg(db));
	out[0] = '\0';
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_text(stmt, 0))
		snprintf(
		    out, sizeof out, "%s", (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return out;
}

static inline int64_t read_int(const char *sql)
{
	return strtoll(read_text(sql), NULL, 10);
}

/* A generation as a sync leaves it, with the rows of `sql`. */
static inline void generation_make(int64_t id, const char *sql)
{
	char name[64], text[512];
	snprintf(name, sizeof name, "huddle.db-facts-%lld", (long long)id);
	stranger_at(in_folder(name), schema_facts);
	snprintf(text, sizeof text,
	    "PRAGMA application_id = %d; PRAGMA user_version = %d", SCHEMA_FACTS_ID,
	    SCHEMA_FACTS_VERSION);
	stranger_at(in_folder(name), text);
	stranger_at(in_folder(name), sql);
	cr_assert_eq(chmod(in_folder(name), 0600), 0);
	snprintf(text, sizeof text,
	    "INSERT INTO generation VALUES(%lld, '%s', '2026-11-23', "
	    "'2026-11-23T08:00:00Z', "
	    "'Ana', 0)",
	    (long long)id, name);
	stranger(text);
}

static inline bool try_action(struct store *store, struct err *err)
{
	bool conflict;
	struct action action = {
	    .deal_id = "D1", .owner = "Ana", .text = "call", .due = DAY_NONE};
	return store_save_action(store, &action, &conflict, err);
}

#endif
