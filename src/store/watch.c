#include "sql.h"

#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

/*
 * Every write of records or switch of facts ends when SQLite deletes the
 * rollback journal beside the file, and the system tells of that. So a review
 * that waits for a key learns of others' writes without ever looking, and
 * sleeps while nobody writes.
 */
int store_watch(struct store *store)
{
	struct str folder = STR_INIT;
	const char *slash = store->path ? strrchr(store->path, '/') : NULL;
	if (store->watch >= 0 || !slash)
		return store->watch;
	str_add(&folder, store->path, (size_t)(slash - store->path) + 1);
	store->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (store->watch >= 0 &&
	    inotify_add_watch(store->watch, str_text(&folder), IN_DELETE) < 0)
		watch_close(store);
	str_release(&folder);
	return store->watch;
}

void watch_close(struct store *store)
{
	if (store->watch >= 0)
		close(store->watch);
	store->watch = -1;
}

/* Is this name our journal's? */
static bool is_journal(const struct store *store, const char *name)
{
	const char *file = strrchr(store->path, '/') + 1;
	size_t len = strlen(file);
	return strncmp(name, file, len) == 0 && strcmp(name + len, "-journal") == 0;
}

bool store_watched(struct store *store)
{
	union {
		char bytes[4096];
		struct inotify_event aligned;
	} buf;
	bool ours = store->watch < 0; /* nothing is told: it may be */
	ssize_t got;
	while (store->watch >= 0 &&
	       (got = read(store->watch, buf.bytes, sizeof buf.bytes)) > 0)
		for (const char *p = buf.bytes; p < buf.bytes + got;) {
			struct inotify_event event;
			memcpy(&event, p, sizeof event);
			p += sizeof event;
			ours |= (event.mask & IN_Q_OVERFLOW) ||
			        (event.len && is_journal(store, p));
			p += event.len;
		}
	return ours;
}
