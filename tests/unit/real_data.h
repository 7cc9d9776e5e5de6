#ifndef REAL_DATA_H
#define REAL_DATA_H

#include "csv_table.h"
#include "sync_fixture.h"

/* Data sets beside the source tree, which nobody here made. */

#define DATA TEST_SOURCE_DIR "/../shared/data/"

static struct arena real_arena;

static inline void real_teardown(void)
{
	arena_release(&real_arena);
	sync_teardown();
}

/* Without the data there is nothing to test. */
static inline bool have(const char *set)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, DATA "%s", set);
	if (!access(path, R_OK))
		return true;
	cr_log_warn("skipped: %s is not there", path);
	return false;
}

static inline struct table read_real(const char *name)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, DATA "%s", name);
	return table_read(&real_arena, path);
}

static inline int sync_set(const char *set, struct sync_options options)
{
	char path[PATH_MAX];
	const char *paths[] = {path};
	snprintf(path, sizeof path, DATA "%s", set);
	options.paths = paths;
	options.n_paths = 1;
	return sync_with(options);
}

#endif
