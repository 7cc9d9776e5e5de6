#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store_check.h"
#include "store_kinds.h"

/*
 * store_faults: every kind of write, and each single call to the disk that it makes
 * fails in turn: that one alone, and that one with all after it. All of the write is
 * there or nothing, and what was told is true: "nothing was saved", or "written, but
 * ...". The file is named, what to do is said, the file is well, and the same write
 * succeeds when the disk does: in the same program where one call failed, in the next
 * one where all did.
 *
 * The calls are caught here, in front of the C library's: SQLite finds these first.
 * disk.sh and disk_kinds.sh do the same from outside, at fewer calls, by strace.
 */
enum call { CALL_WRITE, CALL_SYNC, CALL_UNLINK, CALL_CREATE };

static const struct fault {
	const char *name;
	enum call call;
	int number;
	bool halves; /* the call before the one that fails writes half */
} faults[] = {
    {"full", CALL_WRITE, ENOSPC, false},
    {"full after a half", CALL_WRITE, ENOSPC, true},
    {"write error", CALL_WRITE, EIO, false},
    {"sync error", CALL_SYNC, EIO, false},
    {"unlink error", CALL_UNLINK, EIO, false},
    {"no more files", CALL_CREATE, ENOSPC, false},
};
enum { FAULTS = sizeof faults / sizeof *faults };

static struct {
	const struct fault *fault; /* NULL: the disk is well */
	int at, count, hits;
	bool on; /* all after it as well */
} disk;

static void disk_fails(const struct fault *fault, int at, bool on)
{
	disk.fault = fault;
	disk.at = at;
	disk.on = on;
	disk.count = disk.hits = 0;
}

/* Returns how many calls failed. */
static int disk_is_well(void)
{
	disk.fault = NULL;
	return disk.hits;
}

static bool fails(enum call call)
{
	if (!disk.fault || disk.fault->call != call)
		return false;
	disk.count++;
	if (disk.on ? disk.count < disk.at : disk.count != disk.at)
		return false;
	disk.hits++;
	errno = disk.fault->number;
	return true;
}

static ssize_t put(int fd, const void *bytes, size_t len, off_t at)
{
	if (fails(CALL_WRITE))
		return -1;
	if (disk.fault && disk.fault->halves && disk.count + 1 == disk.at && len > 1)
		len /= 2;
	return syscall(SYS_pwrite64, fd, bytes, len, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t len, off_t at)
{
	return put(fd, bytes, len, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t len, off64_t at)
{
	return put(fd, bytes, len, at);
}

int fsync(int fd)
{
	return fails(CALL_SYNC) ? -1 : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return fails(CALL_SYNC) ? -1 : (int)syscall(SYS_fdatasync, fd);
}

int unlink(const char *path)
{
	return fails(CALL_UNLINK) ? -1 : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

static int create(const char *path, int flags, mode_t mode)
{
	return (flags & O_CREAT) && fails(CALL_CREATE)
	           ? -1
	           : (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	mode_t mode = 0;
	if (flags & O_CREAT) {
		va_list rest;
		va_start(rest, flags);
		mode = va_arg(rest, mode_t);
		va_end(rest);
	}
	return create(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	mode_t mode = 0;
	if (flags & O_CREAT) {
		va_list rest;
		va_start(rest, flags);
		mode = va_arg(rest, mode_t);
		va_end(rest);
	}
	return create(path, flags, mode);
}

static char base[64], run[64], next[64];
static const char name[] = "ana-0";
static int problems;

/* One write under a fault. */
static struct trial {
	const struct kind *kind;
	const struct fault *fault;
	int at;
	bool on;
	char *before, *after; /* dumps */
} trial;

static void wrong(const char *what, const struct err *err)
{
	problems++;
	printf("FAILED: %s, %s at call %d%s: %s (%s: %s)\n", trial.kind->name,
	    trial.fault ? trial.fault->name : "no fault", trial.at, trial.on ? "+" : "",
	    what, err->place, err->text);
}

static void copy(const char *from, const char *to)
{
	char command[256];
	snprintf(command, sizeof command, "%s-journal", to);
	unlink(command);
	FILE *in = fopen(from, "r"), *out = fopen(to, "w");
	char bytes[65536];
	for (size_t n; in && out && (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
		fwrite(bytes, 1, n, out);
	if (!in || !out || fclose(in) | fclose(out) || chmod(to, 0600))
		exit(3);
}

static char *dump(const char *path)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	if (store_dump(path, out))
		fputs("it is not well\n", out);
	fclose(out);
	return text;
}

static struct store *open_run(void)
{
	struct store *store;
	struct err err = ERR_INIT;
	struct store_options options = {.path = run, .person = "ana-0"};
	if (store_open(&store, &options, &err))
		return store;
	wrong("it can not be opened", &err);
	exit(1);
}

/* Is what was told what is there? */
static void judge(bool fine, bool saved, const struct err *err)
{
	char *now = dump(run);
	bool all = !strcmp(now, trial.after), none = !strcmp(now, trial.before);
	if (!all && !none)
		wrong("neither all of it is there nor nothing", err);
	if (saved != all)
		wrong(all ? "told not to be saved and is" : "told to be saved and is not",
		    err);
	if (!fine && strcmp(err->place, run) != 0)
		wrong("the file is not named", err);
	if (!fine && !strstr(err->text, "try again") && !strstr(err->text, "check the"))
		wrong("it is not said what to do", err);
	free(now);
}

static void again(struct store *store)
{
	struct err err = ERR_INIT;
	bool nothing;
	if (!kind_write(trial.kind, store, name, &nothing, &err))
		wrong("does not work when the disk does", &err);
}

/* False: the write needed fewer calls. */
static bool try_fault(const struct fault *fault, int at, bool on)
{
	struct err err = ERR_INIT;
	bool nothing;
	trial.fault = fault;
	trial.at = at;
	trial.on = on;
	copy(base, run);
	kinds_back(0);
	struct store *store = open_run();
	disk_fails(fault, at, on);
	bool fine = kind_write(trial.kind, store, name, &nothing, &err);
	bool saved = fine || strstr(err.text, "written, but");
	if (on) { /* nothing but a later program will see the disk well */
		store_close(store);
		store = NULL;
	}
	int hits = disk_is_well();
	if (hits) {
		judge(fine, saved, &err);
		if (!store)
			store = open_run();
		if (!saved)
			again(store);
	}
	store_close(store);
	if (saved && hits) /* it was looked at */
		return true;
	char *now = dump(run);
	if (strcmp(now, trial.after) != 0)
		wrong("not as it should be in the end", &err);
	free(now);
	return hits > 0;
}

static void try_kind(const struct kind *kind, int total[FAULTS])
{
	struct err err = ERR_INIT;
	bool nothing;
	trial = (struct trial){.kind = kind};
	kinds_mark(0);
	copy(base, run);
	trial.before = dump(base);
	struct store *store = open_run();
	if (!kind_write(kind, store, name, &nothing, &err))
		wrong("without a fault", &err);
	store_close(store);
	kinds_mark(1);
	copy(run, next);
	trial.after = dump(next);
	printf("%s:", kind->name);
	for (int i = 0; i < FAULTS && !nothing; i++) {
		int count = 0;
		for (int on = 0; on < (faults[i].halves ? 1 : 2); on++)
			for (int at = 1; try_fault(&faults[i], at, on); at++)
				count++;
		printf(" %s %d%s", faults[i].name, count, i + 1 < FAULTS ? "," : "");
		total[i] += count;
		if (!count)
			wrong("nothing was made to fail", &err);
	}
	printf("%s\n", nothing ? " nothing to write" : "");
	free(trial.before);
	free(trial.after);
	kinds_back(1);
	copy(next, base);
}

int main(void)
{
	char folder[] = "/tmp/store-faults-XXXXXX";
	int total[FAULTS] = {0}, all = 0;
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (!mkdtemp(folder))
		return 3;
	snprintf(base, sizeof base, "%s/base.db", folder);
	snprintf(run, sizeof run, "%s/run.db", folder);
	snprintf(next, sizeof next, "%s/next.db", folder);
	store_close(open_run());
	copy(run, base);
	kinds_begin();
	for (const struct kind *k = kinds; k->name; k++)
		try_kind(k, total);
	for (int i = 0; i < FAULTS; i++) {
		printf("%s: %d\n", faults[i].name, total[i]);
		all += total[i];
	}
	printf("%d faults, %d problems\n", all, problems);
	const char *const files[] = {base, run, next};
	for (int i = 0; i < 3; i++)
		unlink(files[i]);
	rmdir(folder);
	return problems ? 1 : 0;
}
