#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "huddle/store.h"

/*
 * store_writer add DB PERSON COUNT TRIES: for each i below COUNT save an
 * action, a draft and a debrief, each up to TRIES times, and say on standard
 * output what became of it, at once: "saved action PERSON-3", or "failed ..."
 * with the reason.
 *
 * store_writer check DB EXTRA < lines of all writers: the file is whole, what
 * was acknowledged is there once, with its line in the log, and at most EXTRA
 * writes are there that nobody acknowledged.
 */

static void say(
    const char *word, const char *kind, const char *name, const struct err *err)
{
	char line[2048];
	int len = snprintf(line, sizeof line, "%s %s %s%s%s\n", word, kind, name,
	    err ? " " : "", err ? err->text : "");
	size_t size = (size_t)len < sizeof line ? (size_t)len : sizeof line - 1;
	if (write(STDOUT_FILENO, line, size) != (ssize_t)size)
		_exit(9);
}

typedef bool step_fn(struct store *store, const char *name, struct err *err);

/* What a form keeps between two tries. */
static struct action action;

static bool add_action(struct store *store, const char *name, struct err *err)
{
	bool conflict;
	action.deal_id = name;
	action.owner = action.text = name;
	action.due = DAY_NONE;
	return store_save_action(store, &action, &conflict, err);
}

static bool add_draft(struct store *store, const char *name, struct err *err)
{
	return store_save_draft(store, name, "debrief", name, err);
}

static struct debrief debrief;

static bool add_debrief(struct store *store, const char *name, struct err *err)
{
	bool conflict;
	debrief.deal_id = name;
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		debrief.value[i] = name;
	return store_save_debrief(store, &debrief, &conflict, err);
}

static bool try_step(
    step_fn *step, struct store *store, const char *kind, const char *name, int tries)
{
	for (int i = 0; i < tries; i++) {
		struct err err = ERR_INIT;
		if (step(store, name, &err)) {
			say("saved", kind, name, NULL);
			return true;
		}
		say("failed", kind, name, &err);
	}
	return false;
}

static struct store *open_tries(const char *path, const char *person, int tries)
{
	struct store *store = NULL;
	struct store_options options = {.path = path, .person = person};
	for (int i = 0; i < tries && !store; i++) {
		struct err err = ERR_INIT;
		if (!store_open(&store, &options, &err))
			say("failed", "open", person, &err);
	}
	return store;
}

static int add(const char *path, const char *person, int count, int tries)
{
	struct store *store = open_tries(path, person, tries);
	if (!store)
		return 1;
	int failed = 0;
	for (int i = 0; i < count; i++) {
		char name[64];
		snprintf(name, sizeof name, "%s-%d", person, i);
		memset(&action, 0, sizeof action);
		memset(&debrief, 0, sizeof debrief);
		failed += !try_step(add_action, store, "action", name, tries);
		failed += !try_step(add_draft, store, "draft", name, tries);
		failed += !try_step(add_debrief, store, "debrief", name, tries);
	}
	store_close(store);
	return failed ? 1 : 0;
}

static sqlite3 *db;

static long long number(const char *sql, const char *name)
{
	sqlite3_stmt *stmt;
	long long n = -1;
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
		printf("%s: %s\n", sql, sqlite3_errmsg(db));
		return -1;
	}
	if (name)
		sqlite3_bind_text(stmt, 1, name, -1, SQLITE_STATIC);
	if (sqlite3_step(stmt) == SQLITE_ROW)
		n = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	return n;
}

static bool whole(void)
{
	sqlite3_stmt *stmt;
	bool ok = sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &stmt, NULL) ==
	              SQLITE_OK &&
	          sqlite3_step(stmt) == SQLITE_ROW &&
	          !strcmp((const char *)sqlite3_column_text(stmt, 0), "ok");
	sqlite3_finalize(stmt);
	return ok;
}

/* Of one acknowledged write; a debrief ends its draft. */
static bool is_there(const char *kind, const char *name)
{
	if (!strcmp(kind, "action"))
		return number("SELECT count(*) FROM action WHERE text = ?", name) == 1;
	if (!strcmp(kind, "debrief"))
		return number("SELECT count(*) FROM debrief WHERE deal_id = ? AND note = "
		              "deal_id",
		           name) == 1;
	return number("SELECT (SELECT count(*) FROM draft WHERE deal_id = ?1 AND text = "
	              "?1) +"
	              " (SELECT count(*) FROM debrief WHERE deal_id = ?1)",
	           name) == 1;
}

static int check_lines(long long *acknowledged)
{
	char line[2048], kind[32], name[64];
	int bad = 0;
	*acknowledged = 0;
	while (fgets(line, sizeof line, stdin)) {
		if (sscanf(line, "saved %31s %63s", kind, name) != 2)
			continue;
		*acknowledged += strcmp(kind, "draft") != 0;
		if (is_there(kind, name))
			continue;
		printf("lost: %s %s\n", kind, name);
		bad++;
	}
	return bad;
}

static int check(const char *path, long long extra)
{
	long long acknowledged;
	struct store *store = open_tries(path, "checker", 1); /* repairs what was left */
	store_close(store);
	if (!store || sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return 1;
	int bad = check_lines(&acknowledged);
	long long logged = number("SELECT count(*) FROM change_log", NULL);
	long long rows = number("SELECT (SELECT count(*) FROM action WHERE rev = 1) +"
	                        " (SELECT count(*) FROM debrief WHERE rev = 1)",
	    NULL);
	if (!whole())
		bad += printf("%s: integrity_check failed\n", path);
	if (logged != rows)
		bad += printf("%lld rows but %lld lines in the log\n", rows, logged);
	if (rows < acknowledged || rows > acknowledged + extra)
		bad += printf("%lld rows, %lld acknowledged\n", rows, acknowledged);
	sqlite3_close(db);
	return bad ? 1 : 0;
}

int main(int argc, char **argv)
{
	if (argc == 6 && !strcmp(argv[1], "add"))
		return add(argv[2], argv[3], atoi(argv[4]), atoi(argv[5]));
	if (argc == 4 && !strcmp(argv[1], "check"))
		return check(argv[2], atoll(argv[3]));
	fputs("usage: store_writer add DB PERSON COUNT TRIES | check DB EXTRA\n", stderr);
	return 2;
}
