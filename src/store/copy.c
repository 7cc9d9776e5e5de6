#include "build_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a build starts from, and whether it is to go on. */

void build_stop_when(struct build *b, const volatile int *stop)
{
	b->stop = stop;
}

int build_is_stopped(void *arg)
{
	const struct build *b = arg;

	return b->stop && *b->stop;
}

bool build_go_on(struct build *b, struct err *err)
{
	return !build_is_stopped(b) || sql_error(b->store, NULL, SQLITE_INTERRUPT, err);
}

/* Bytes; a moment. */
enum { COPY_AT_ONCE = 1 << 26 };

static bool copy_bytes(struct build *b, int from, int to)
{
	struct stat st;

	if (fstat(from, &st))
		return false;
	for (off_t left = st.st_size; left > 0;) {
		size_t some = left < COPY_AT_ONCE ? (size_t)left : COPY_AT_ONCE;
		ssize_t n = build_is_stopped(b)
		                ? 0
		                : copy_file_range(from, NULL, to, NULL, some, 0);
		if (n <= 0)
			break;
		left -= n;
		if (!left)
			return true;
	}
	/* A file system that can not: plain reading and writing from where we are. */
	char *buf = xmalloc(1 << 20);
	ssize_t n = 0;
	while (!build_is_stopped(b) && (n = read(from, buf, 1 << 20)) > 0)
		if (write(to, buf, (size_t)n) != n) {
			n = -1;
			break;
		}
	free(buf);
	return n == 0;
}

bool build_copy(struct build *b, struct err *err)
{
	int from = open(b->previous, O_RDONLY | O_CLOEXEC);
	int to =
	    open(b->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool fine = from >= 0 && to >= 0 && copy_bytes(b, from, to);
	if (!fine)
		err_set(err, b->path,
		    "could not copy the facts (%s); nothing was changed: make room "
		    "and sync again",
		    strerror(errno));
	if (to >= 0)
		close(to);
	if (from >= 0)
		close(from);
	return fine && build_go_on(b, err);
}
