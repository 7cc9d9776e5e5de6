#include <dirent.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../src/store/sql.h"
#include "huddle/sync.h"

/*
 * sync_runner make FOLDER DEALS EACH N: exports of a company in which every deal
 * has the amount N and EACH touches that say "N": a mixture of two syncs shows.
 * sync_runner sync DB FOLDER: one sync; exits as `huddle sync` does.
 * sync_runner stop DB FOLDER STAGE: the same, and SIGINT comes when it says that
 * this stage begins.
 * sync_runner read DB SECONDS: load deals and timelines and save actions all the
 * while; nothing may be of two syncs. Tells how long calls took, and judges nothing.
 * sync_runner visit DB: what a review does once, and no waiting: exits with 75 when
 * somebody holds what it needs.
 * sync_runner check DB N...: the files are whole, of one sync, one of the N, and
 * no other file of a sync is left.
 */

static struct err err;

static int fail(const char *what)
{
	printf("FAILED: %s: %s: %s\n", what, err.place, err.text);
	return 1;
}

static FILE *create(const char *folder, const char *name)
{
	char path[4096];
	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *f = fopen(path, "w");
	if (!f)
		exit(fail(path));
	return f;
}

static int make(const char *folder, int deals, int each, int n)
{
	FILE *d = create(folder, "d.csv"), *t = create(folder, "t.csv"),
	     *m = create(folder, "co.ini.txt");
	fputs("[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Id\nstage = "
	      "Stage\n"
	      "amount = Amount\n[touches]\nfiles = t.csv\nid = Id\ndeal_id = Deal\nwhen "
	      "= When\n"
	      "kind.default = Email\ndetail = Detail\n",
	    m);
	fputs("Id,Stage,Amount\n", d);
	fputs("Id,Deal,When,Detail\n", t);
	for (int i = 0; i < deals; i++) {
		fprintf(d, "D%d,New,%d\n", i, n);
		for (int j = 0; j < each; j++)
			fprintf(
			    t, "T%d-%d,D%d,2026-11-%02d,%d\n", i, j, i, j % 28 + 1, n);
	}
	return fclose(d) | fclose(t) | fclose(m) ? fail(folder) : 0;
}

static struct store *open_store(const char *path, const char *person)
{
	struct store *store;
	struct store_options options = {.path = path, .person = person};
	return store_open(&store, &options, &err) ? store : NULL;
}

static void stop(int number)
{
	(void)number;
	sync_interrupt();
}

static bool stopped;

static ssize_t on_progress(void *stage, const char *text, size_t len)
{
	if (stopped)
		printf("went on to: %.*s", (int)len, text);
	else if (memmem(text, len, stage, strlen(stage)))
		stopped = raise(SIGINT) == 0;
	return (ssize_t)len;
}

static int run_sync(const char *path, const char *folder, FILE *progress)
{
	char mapping[4096];
	const char *paths[] = {folder};
	struct arena arena = ARENA_INIT;
	struct sync_report report;
	snprintf(mapping, sizeof mapping, "%s/co.ini.txt", folder);
	struct sync_options options = {.paths = paths,
	    .n_paths = 1,
	    .source = mapping,
	    .as_of = day_from_civil(2026, 11, 20),
	    .progress = progress,
	    .full = true}; /* what the other export had more is deleted */
	signal(SIGINT, stop);
	struct store *store = open_store(path, "Ana");
	int status =
	    store ? sync_run(store, &arena, &options, &report, &err) : EXIT_REFUSED;
	if (status)
		printf("huddle: %s: %s\n", err.place, err.text);
	else
		printf("synced %lld\n", (long long)report.sync_id);
	store_close(store);
	arena_release(&arena);
	return status;
}

static int run_stopped(const char *path, const char *folder, char *stage)
{
	FILE *progress =
	    fopencookie(stage, "w", (cookie_io_functions_t){.write = on_progress});
	int status = run_sync(path, folder, progress);
	fclose(progress);
	return status;
}

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static double worst, total;
static long calls;
static const char *worst_call = "";

/* Of one call of the review: how long it took. */
static void took(const char *call, double start)
{
	double ms = now_ms() - start;
	calls++;
	total += ms;
	if (ms > worst) {
		worst = ms;
		worst_call = call;
	}
}

#define TIMED(call)                         \
	do {                                \
		double start_ = now_ms();   \
		if (!(call))                \
			return fail(#call); \
		took(#call, start_);        \
	} while (0)

/* All deals, and the timelines of a few, are of one sync: *n says which. */
static int look(struct store *store, int every, money_t *n)
{
	struct arena arena = ARENA_INIT;
	struct deal_list list;
	char detail[32];
	int bad = 0;
	day_t today = day_from_civil(2026, 11, 20);
	TIMED(store_load_deals(store, &arena, -1, 0, today, &list, &err));
	*n = list.count ? list.items[0].amount / 100 : 0;
	snprintf(detail, sizeof detail, "%lld", (long long)*n);
	for (size_t i = 0; i < list.count; i++) {
		const struct deal *d = &list.items[i];
		struct entry_list entries = {0};
		bad += d->amount / 100 != *n;
		if (i % (size_t)every)
			continue;
		TIMED(store_load_timeline(store, &arena, d, today, &entries, &err));
		bad += entries.count != (size_t)d->touches;
		for (size_t j = 0; j < entries.count; j++)
			bad += strcmp(entries.items[j].title, detail) != 0;
	}
	arena_release(&arena);
	if (bad)
		printf("FAILED: %d things of two syncs at once\n", bad);
	return bad;
}

static int save(struct store *store)
{
	bool conflict;
	struct action action = {
	    .deal_id = "D1", .owner = "Ana", .text = "call", .due = DAY_NONE};
	TIMED(store_save_action(store, &action, &conflict, &err));
	return 0;
}

static int read_on(const char *path, double seconds)
{
	double end = now_ms() + seconds * 1e3;
	int rounds = 0, switches = 0;
	money_t n, before = -1;
	struct store *store = open_store(path, "Tom");
	if (!store)
		return fail(path);
	for (; now_ms() < end; rounds++) {
		bool changed;
		TIMED(store_refresh(store, &changed, &err));
		if (look(store, 7, &n))
			return 1;
		switches += n != before;
		before = n;
		if (rounds % 4 == 0 && save(store))
			return 1;
	}
	store_close(store);
	printf("%d rounds, %d switches seen, %ld calls, %.2f ms on average, %.1f ms at "
	       "worst (%.*s)\n",
	    rounds, switches, calls, total / (double)calls, worst,
	    (int)strcspn(worst_call, "("), worst_call);
	return switches < 3 ? printf("FAILED: nothing happened meanwhile\n") : 0;
}

enum { WOULD_WAIT = 75 };

static bool would_wait(void)
{
	return strstr(err.text, "somebody else has been writing");
}

static int visit(const char *path)
{
	money_t n;
	struct store *store = open_store(path, "Tom");
	if (!store)
		return would_wait() ? WOULD_WAIT : fail(path);
	sqlite3_busy_timeout(store->db, 0);
	int bad = look(store, 7, &n) || save(store);
	store_close(store);
	return bad && would_wait() ? WOULD_WAIT : bad;
}

static bool whole(struct store *store, const char *schema)
{
	char text[64];
	struct sql q;
	snprintf(text, sizeof text, "PRAGMA %s.integrity_check", schema);
	bool ok = sql_begin(&q, store, text, &err) && sql_row(&q) &&
	          slice_is(sql_get(&q, 0), "ok");
	return sql_done(&q) && ok;
}

/* Files beside the database that no generation kept names. */
static int leftovers(struct store *store)
{
	char folder[4096], sql[512];
	int left = 0;
	int64_t known;
	const char *base = strrchr(store_path(store), '/') + 1;
	snprintf(folder, sizeof folder, "%.*s", (int)(base - store_path(store)),
	    store_path(store));
	DIR *dir = opendir(folder);
	for (struct dirent *e; dir && (e = readdir(dir));) {
		if (strncmp(e->d_name, base, strlen(base)) ||
		    !strstr(e->d_name, "-facts-"))
			continue;
		snprintf(sql, sizeof sql,
		    "SELECT count(*) FROM (SELECT file FROM main.generation WHERE "
		    "dropped = 0 "
		    "ORDER BY id DESC LIMIT 3) WHERE file = '%.200s'",
		    e->d_name);
		if (!sql_one(store, sql, 0, &known, &err))
			return fail(sql);
		if (!known)
			left += printf("left over: %s\n", e->d_name) > 0;
	}
	closedir(dir);
	return left;
}

static int check(const char *path, char **wanted, int count, bool strict)
{
	money_t n;
	bool found = false;
	struct store *store = open_store(path, "checker");
	if (!store)
		return fail(path);
	int bad = look(store, 1, &n);
	for (int i = 0; i < count; i++)
		found |= atoll(wanted[i]) == n;
	if (!found)
		bad += printf("FAILED: the facts are those of %lld\n", (long long)n);
	if (!whole(store, "main") || (store->generation && !whole(store, "facts")))
		bad += fail("integrity_check");
	bad += strict ? leftovers(store) : 0;
	store_close(store);
	return bad ? 1 : 0;
}

int main(int argc, char **argv)
{
	const char *word = argc > 1 ? argv[1] : "";
	if (argc == 6 && !strcmp(word, "make"))
		return make(argv[2], atoi(argv[3]), atoi(argv[4]), atoi(argv[5]));
	if (argc == 4 && !strcmp(word, "sync"))
		return run_sync(argv[2], argv[3], NULL);
	if (argc == 5 && !strcmp(word, "stop"))
		return run_stopped(argv[2], argv[3], argv[4]);
	if (argc == 4 && !strcmp(word, "read"))
		return read_on(argv[2], atof(argv[3])) ? 1 : 0;
	if (argc == 3 && !strcmp(word, "visit"))
		return visit(argv[2]);
	if (argc > 3 && !strcmp(word, "check"))
		return check(argv[2], argv + 3, argc - 3, true);
	if (argc > 3 && !strcmp(word, "peek"))
		return check(argv[2], argv + 3, argc - 3, false);
	fputs("usage: sync_runner make|sync|stop|read|visit|check|peek ...\n", stderr);
	return 2;
}
