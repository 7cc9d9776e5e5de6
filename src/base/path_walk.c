#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "huddle/path.h"

enum { MOST_LINKS = 16, DEEPEST = 200 };

/*
 * A walk that gives the same list each time: the names of a folder are sorted
 * before its subfolders are entered. A folder is entered once, so links that
 * run in circles end.
 */
struct walk {
	struct path_list *out;
	struct arena *arena;
	struct err *err;
	struct seen {
		dev_t device;
		ino_t inode;
	} * seen;
	size_t seen_count, seen_cap;
};

struct names {
	char **items;
	size_t count, cap;
};

static bool step(
    struct walk *w, const char *path, const char *name, int links, int depth);

static void add_file(struct walk *w, const char *path, const char *name, bool named)
{
	struct path_list *out = w->out;
	out->items = arena_grow(
	    w->arena, out->items, &out->cap, out->count + 1, sizeof *out->items);
	out->items[out->count++] =
	    (struct path_file){.path = path, .name = name, .named = named};
}

static bool seen_before(struct walk *w, const struct stat *st)
{
	for (size_t i = 0; i < w->seen_count; i++) {
		if (w->seen[i].device == st->st_dev && w->seen[i].inode == st->st_ino)
			return true;
	}
	w->seen = arena_grow(
	    w->arena, w->seen, &w->seen_cap, w->seen_count + 1, sizeof *w->seen);
	w->seen[w->seen_count++] = (struct seen){st->st_dev, st->st_ino};
	return false;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool list_folder(struct walk *w, const char *path, struct names *out)
{
	DIR *dir = opendir(path);
	if (!dir)
		return err_set(w->err, path,
		    "the folder can not be read: %s; check its rights", strerror(errno));
	struct dirent *entry;
	while (errno = 0, (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		out->items = arena_grow(
		    w->arena, out->items, &out->cap, out->count + 1, sizeof *out->items);
		out->items[out->count++] = arena_strdup(w->arena, entry->d_name);
	}
	int reason = errno;
	closedir(dir);
	if (reason)
		return err_set(w->err, path, "the folder can not be read: %s; try again",
		    strerror(reason));
	if (out->count)
		qsort(out->items, out->count, sizeof *out->items, by_bytes);
	return true;
}

static bool walk_folder(
    struct walk *w, const char *path, const char *name, int links, int depth)
{
	struct names names = {0};
	if (depth > DEEPEST)
		return err_set(w->err, path,
		    "folders are nested more than %d deep; name an "
		    "inner one",
		    DEEPEST);
	if (!list_folder(w, path, &names))
		return false;
	for (size_t i = 0; i < names.count; i++) {
		const char *inner = path_join(w->arena, path, names.items[i]);
		const char *shown = path_join(w->arena, name, names.items[i]);
		if (!step(w, inner, shown, links, depth + 1))
			return false;
	}
	return true;
}

/* One entry of a folder: pipes and devices are no exports and left out. */
static bool step(struct walk *w, const char *path, const char *name, int links, int depth)
{
	struct stat st, target;
	if (lstat(path, &st) || stat(path, &target))
		return err_set(w->err, path,
		    "can not be reached: %s; repair or remove it", strerror(errno));
	if (S_ISREG(target.st_mode))
		add_file(w, path, name, false);
	if (!S_ISDIR(target.st_mode))
		return true;
	links += S_ISLNK(st.st_mode);
	if (links > MOST_LINKS || seen_before(w, &target))
		return true;
	return walk_folder(w, path, name, links, depth);
}

static int by_name(const void *a, const void *b)
{
	const struct path_file *one = a, *other = b;
	return strcmp(one->name, other->name);
}

bool path_walk(
    struct path_list *out, struct arena *arena, const char *path, struct err *err)
{
	struct walk w = {.out = out, .arena = arena, .err = err};
	struct stat st;
	size_t before = out->count;
	if (stat(path, &st))
		return err_set(err, path, "%s; check the name", strerror(errno));
	const char *copy = arena_strdup(arena, path);
	if (S_ISREG(st.st_mode)) {
		add_file(&w, copy, path_base(copy), true);
		return true;
	}
	if (!S_ISDIR(st.st_mode))
		return err_set(
		    err, path, "neither a file nor a folder; name one of these");
	seen_before(&w, &st);
	if (!walk_folder(&w, copy, "", 0, 0))
		return false;
	if (out->count > before)
		qsort(out->items + before, out->count - before, sizeof *out->items,
		    by_name);
	return true;
}
