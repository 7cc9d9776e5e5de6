#include "store_check.h"

#include <ctype.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "huddle/store_safety.h"
#include "store_kinds.h"

static sqlite3 *db;
static int bad;

/* What the lines told so far. */
static struct {
	long long acknowledged; /* writes that are in the log */
	struct line {
		const struct kind *kind;
		char name[64];
		bool refused;
	} pending; /* tried, and not told to be there */
	struct {
		char person[64], saved[64], trying[64];
	} desk; /* the draft that each person wrote over and over */
} told;

static struct store *open_as(const char *path, const char *person)
{
	struct store *store;
	struct err err = ERR_INIT;
	struct store_options options = {.path = path, .person = person};
	if (store_open(&store, &options, &err))
		return store;
	printf("%s: %s: %s\n", path, person, err.text);
	return NULL;
}

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

/* What `huddle check` says. */
static void check_file(struct store *store, FILE *out)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct check found;
	if (!store_check(store, &arena, &found, &err))
		bad += fprintf(out, "check: %s\n", err.text) > 0;
	for (size_t i = 0; !*err.text && i < found.n_problems; i++)
		bad += fprintf(out, "check: %s\n", found.problems[i]) > 0;
	arena_release(&arena);
}

static void check_saved(const struct kind *kind, const char *name)
{
	long long n = kind->sql ? number(kind->sql, name) : kind->all;
	if (n != kind->all)
		bad += printf("lost: %s %s (%lld of %d)\n", kind->name, name, n,
		           kind->all) > 0;
}

/* Killed or refused: nothing of it, or all of it. */
static void check_pending(void)
{
	const struct kind *kind = told.pending.kind;
	long long n = kind && kind->sql ? number(kind->sql, told.pending.name) : 0;
	if (n && n != kind->all)
		bad += printf("half: %s %s (%lld of %d)\n", kind->name, told.pending.name,
		           n, kind->all) > 0;
	if (kind && !told.pending.refused)
		printf("cut short: %s\n", kind->name);
	told.pending.kind = NULL;
}

/* The last one acknowledged, or the one after it, is offered to its writer. */
static void check_desk(const char *path)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const char *text = NULL;
	struct store *store = *told.desk.person ? open_as(path, told.desk.person) : NULL;
	if (store && !store_load_draft(store, &arena, DESK, DESK_FORM, &text, &err))
		bad += printf("%s: %s\n", told.desk.person, err.text) > 0;
	if (store && strcmp(text ? text : "", told.desk.saved) != 0 &&
	    strcmp(text ? text : "", told.desk.trying) != 0)
		bad += printf("draft of %s: %s was saved, \"%s\" is offered\n",
		           told.desk.person, told.desk.saved, text ? text : "") > 0;
	bad += *told.desk.person && !store;
	store_close(store);
	arena_release(&arena);
	memset(&told.desk, 0, sizeof told.desk);
}

static void tell_desk(const char *path, const char *name, bool saved)
{
	char person[64];
	snprintf(person, sizeof person, "%.*s", (int)(strrchr(name, '-') - name), name);
	if (strcmp(person, told.desk.person) != 0)
		check_desk(path);
	memcpy(told.desk.person, person, sizeof person);
	snprintf(saved ? told.desk.saved : told.desk.trying, sizeof told.desk.saved, "%s",
	    name);
}

static void take_line(const char *path, const char *line)
{
	char word[16], called[32], name[64];
	const struct kind *kind = NULL;
	if (sscanf(line, "%15s %31s %63s", word, called, name) == 3)
		kind = kind_find(called);
	if (!kind)
		return;
	bool saved = !strcmp(word, "saved") || !strcmp(word, "written");
	if (!strcmp(word, "trying")) {
		check_pending();
		told.pending.kind = kind;
		told.pending.refused = false;
		memcpy(told.pending.name, name, sizeof name);
	} else if (saved || !strcmp(word, "idle")) {
		told.pending.kind = NULL;
	} else {
		told.pending.refused = true;
	}
	if (kind->flags & KIND_LAST)
		tell_desk(path, name, saved);
	else if (saved)
		check_saved(kind, name);
	told.acknowledged += saved && !(kind->flags & KIND_UNLOGGED);
}

int store_check_lines(const char *path, long long extra)
{
	char line[2048];
	struct store *store = open_as(path, "checker"); /* repairs what was left */
	if (!store || sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return 1;
	check_file(store, stdout);
	store_close(store);
	while (fgets(line, sizeof line, stdin))
		take_line(path, line);
	check_pending();
	check_desk(path);
	long long steps =
	    number("SELECT count(DISTINCT coalesce(batch, op_id)) FROM change_log", NULL);
	if (steps < told.acknowledged || steps > told.acknowledged + extra)
		bad += printf("%lld writes, %lld acknowledged\n", steps,
		           told.acknowledged) > 0;
	sqlite3_close(db);
	return bad ? 1 : 0;
}

/* How many bytes of the text are like the shape: 0 a digit, x a hex digit. */
static bool has_shape(const char *text, const char *shape)
{
	for (; *shape; shape++, text++)
		if (*shape == '0'   ? !isdigit((unsigned char)*text)
		    : *shape == 'x' ? !isxdigit((unsigned char)*text)
		                    : *text != *shape)
			return false;
	return true;
}

static void print_masked(FILE *out, const char *text)
{
	static const char at[] = "0000-00-00T00:00:00Z",
	                  op[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
	while (*text) {
		if (has_shape(text, at)) {
			fputs("AT", out);
			text += sizeof at - 1;
		} else if (has_shape(text, op)) {
			fputs("OP", out);
			text += sizeof op - 1;
		} else {
			putc(*text == '\n' ? ';' : *text, out);
			text++;
		}
	}
}

static void dump_table(FILE *out, const char *table)
{
	char sql[128];
	sqlite3_stmt *stmt;
	snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1, 2", table);
	if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK) {
		bad += printf("%s: %s\n", table, sqlite3_errmsg(db)) > 0;
		return;
	}
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		fputs(table, out);
		for (int i = 0; i < sqlite3_column_count(stmt); i++) {
			const char *text = (const char *)sqlite3_column_text(stmt, i);
			putc('|', out);
			print_masked(out, text ? text : "(null)");
		}
		putc('\n', out);
	}
	sqlite3_finalize(stmt);
}

int store_dump(const char *path, FILE *out)
{
	static const char *const tables[] = {"action", "debrief", "snooze", "review",
	    "agenda", "decision", "pin", "slice", "word_list", "note", "draft",
	    "change_log"};
	struct store *store = open_as(path, "checker"); /* repairs what was left */
	if (!store || sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return 1;
	check_file(store, out);
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		dump_table(out, tables[i]);
	store_close(store);
	sqlite3_close(db);
	return bad ? 1 : 0;
}

int store_forget(const char *path)
{
	int code = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db, "DELETE FROM setting", NULL, NULL, NULL);
	sqlite3_close(db);
	return code == SQLITE_OK ? 0 : 1;
}
