#ifndef SYNC_FIXTURE_H
#define SYNC_FIXTURE_H

#include <criterion/criterion.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../src/store/sql.h"
#include "huddle/provenance.h"
#include "huddle/sync.h"

/*
 * A folder of its own for each test: exports in "in", the mapping "co.ini", the
 * store "huddle.db". Each sync opens the store anew, as the program does; what
 * it said stays in `said` until the next one.
 */
static char folder[PATH_MAX], db_path[PATH_MAX + 16];

static struct sync_said {
	int status;
	struct err err;
	struct sync_report report;
	struct arena arena;
} said;

static inline const char *in_folder(const char *name)
{
	static char path[32][PATH_MAX + 256];
	static int turn;
	turn = (turn + 1) % 32;
	snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
	return path[turn];
}

static inline void shell(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* In the folder of the test. */
static inline void shell(const char *format, ...)
{
	char command[4 * PATH_MAX], text[2 * PATH_MAX];
	va_list args;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	snprintf(command, sizeof command, "cd '%s' && { %s\n}", folder, text);
	cr_assert_eq(system(command), 0, "%s", text);
}

/* Name of the file from the folder of exports; "../co.ini" is the mapping. */
static inline void put_bytes(const char *name, const void *bytes, size_t len)
{
	char path[2 * PATH_MAX];
	snprintf(path, sizeof path, "%s/in/%s", folder, name);
	FILE *f = fopen(path, "wb");
	cr_assert(f && fwrite(bytes, 1, len, f) == len && fclose(f) == 0, "%s", path);
}

static inline void put(const char *name, const char *text)
{
	put_bytes(name, text, strlen(text));
}

static inline void sync_setup(void)
{
	snprintf(folder, sizeof folder, "%s/huddle-sync-XXXXXX",
	    getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	cr_assert(mkdtemp(folder));
	snprintf(db_path, sizeof db_path, "%s/huddle.db", folder);
	cr_assert_eq(mkdir(in_folder("in"), 0700), 0);
	/* Nobody's own presets may have a say. */
	setenv("XDG_CONFIG_HOME", in_folder("config"), 1);
}

static inline void sync_teardown(void)
{
	arena_release(&said.arena);
	memset(&said, 0, sizeof said);
	char command[2 * PATH_MAX + 64];
	snprintf(
	    command, sizeof command, "chmod -R u+rwx '%s'; rm -rf '%s'", folder, folder);
	cr_assert_eq(system(command), 0);
}

static inline struct store *store_here(bool read_only)
{
	struct store *store;
	struct err err = ERR_INIT;
	struct store_options options = {
	    .path = db_path, .person = "Ana", .read_only = read_only};
	cr_assert(store_open(&store, &options, &err), "%s: %s", err.place, err.text);
	return store;
}

/* Defaults: the folder "in", as of 20 November 2026, found by header. */
static inline int sync_with(struct sync_options options)
{
	const char *paths[1] = {in_folder("in")};
	if (!options.n_paths) {
		options.paths = paths;
		options.n_paths = 1;
	}
	if (!options.as_of)
		options.as_of = day_from_civil(2026, 11, 20);
	arena_release(&said.arena);
	memset(&said, 0, sizeof said);
	struct store *store;
	struct store_options where = {.path = db_path, .person = "Ana"};
	said.status = EXIT_REFUSED;
	if (store_open(&store, &where, &said.err)) {
		said.status =
		    sync_run(store, &said.arena, &options, &said.report, &said.err);
		store_close(store);
	}
	return said.status;
}

#define sync_now(...) sync_with((struct sync_options){__VA_ARGS__})
/* With the mapping of the test. */
#define sync_co(...) \
	sync_with((struct sync_options){.source = in_folder("co.ini"), ##__VA_ARGS__})

#define cr_has(text, part) \
	cr_assert(strstr((text), (part)), "no \"%s\" in: %s", (part), (text))

#define assert_status(expected, actual)                                                 \
	do {                                                                            \
		int status_ = (actual);                                                 \
		cr_assert_eq(status_, (expected), "status %d, not %d: %s: %s", status_, \
		    (expected), said.err.place, said.err.text);                         \
	} while (0)

/* The last sync was refused, its line names all these parts, and nothing is
 * left of it. */
#define assert_refused(status_word, ...)                                                \
	do {                                                                            \
		int status_ = (status_word);                                            \
		cr_assert_eq(                                                           \
		    status_, EXIT_REFUSED, "status %d: %s", status_, said.err.text);    \
		char line_[2048];                                                       \
		snprintf(line_, sizeof line_, "%s: %s", said.err.place, said.err.text); \
		const char *const parts_[] = {__VA_ARGS__};                             \
		for (size_t i_ = 0; i_ < sizeof parts_ / sizeof *parts_; i_++)          \
			cr_has(line_, parts_[i_]);                                      \
		cr_assert(!said.report.sync_id);                                        \
	} while (0)

/* One number or text of the current facts or records; "" for nothing. */
static inline const char *ask_text(const char *sql)
{
	static char out[4][65536];
	static int turn;
	struct store *store = store_here(false);
	sqlite3_stmt *stmt;
	turn = (turn + 1) % 4;
	out[turn][0] = '\0';
	cr_assert_eq(sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL), SQLITE_OK,
	    "%s: %s", sql, sqlite3_errmsg(store->db));
	if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_text(stmt, 0))
		snprintf(out[turn], sizeof out[turn], "%s",
		    (const char *)sqlite3_column_text(stmt, 0));
	sqlite3_finalize(stmt);
	store_close(store);
	return out[turn];
}

static inline long long ask(const char *sql)
{
	return strtoll(ask_text(sql), NULL, 10);
}

#define assert_text(sql, expected) \
	cr_assert_str_eq(ask_text(sql), expected, "%s gives %s", sql, ask_text(sql))
#define assert_number(sql, expected) \
	cr_assert_eq(ask(sql), (expected), "%s gives %lld", sql, ask(sql))

/* What the last sync said of a file. */
static inline const struct file_report *report_of(const char *name)
{
	for (size_t i = 0; i < said.report.n_files; i++)
		if (!strcmp(said.report.files[i].file, name))
			return &said.report.files[i];
	cr_assert(false, "no word of %s", name);
	return NULL;
}

#define assert_counts(name, all, new, changed, same, twice, refused)                 \
	do {                                                                         \
		const struct file_report *r_ = report_of(name);                      \
		cr_assert(r_->rows == (all) && r_->added == (new) &&                 \
		              r_->updated == (changed) && r_->unchanged == (same) && \
		              r_->repeated == (twice) && r_->rejected == (refused),  \
		    "%s: rows %lld added %lld updated %lld unchanged %lld repeated " \
		    "%lld "                                                          \
		    "rejected %lld",                                                 \
		    name, (long long)r_->rows, (long long)r_->added,                 \
		    (long long)r_->updated, (long long)r_->unchanged,                \
		    (long long)r_->repeated, (long long)r_->rejected);               \
	} while (0)

/* Files of the test's folder beside "in", separated by blanks. */
static inline const char *files_here(void)
{
	static char out[4096];
	char command[PATH_MAX + 64];
	snprintf(command, sizeof command, "cd '%s' && ls -A | tr '\\n' ' '", folder);
	FILE *f = popen(command, "r");
	size_t n = fread(out, 1, sizeof out - 1, f);
	out[n] = '\0';
	pclose(f);
	return out;
}

#endif
