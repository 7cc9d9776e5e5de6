#include "to_disk.h"

#include "build_private.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A thread that has what is written of the facts go to the disk while the build
 * goes on. It asks for a little at a time and waits for that, so that who saves
 * an action meanwhile finds a few milliseconds of writing before his own, and
 * not a gigabyte. Where this can not be had, to_disk_all() takes longer.
 */
enum { AT_ONCE = 8 << 20 };

struct to_disk {
	pthread_t thread;
	int fd;
	atomic_int end;
};

static void write_paced(int fd, const atomic_int *end)
{
	off_t size = lseek(fd, 0, SEEK_END);

	for (off_t at = 0; at < size && !*end; at += AT_ONCE)
		sync_file_range(fd, at, AT_ONCE,
		    SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
		        SYNC_FILE_RANGE_WAIT_AFTER);
}

static void *run(void *arg)
{
	struct to_disk *t = arg;

	write_paced(t->fd, &t->end);
	return NULL;
}

void to_disk_begin(struct build *b)
{
	to_disk_end(b);
	if (b->dry)
		return;
	struct to_disk *t = b->to_disk = xcalloc(1, sizeof *t);
	t->fd = open(b->path, O_RDONLY | O_CLOEXEC);
	if (t->fd >= 0 && !pthread_create(&t->thread, NULL, run, t))
		return;
	if (t->fd >= 0)
		close(t->fd);
	free(t);
	b->to_disk = NULL;
}

void to_disk_end(struct build *b)
{
	struct to_disk *t = b->to_disk;

	if (!t)
		return;
	t->end = 1;
	pthread_join(t->thread, NULL);
	close(t->fd);
	free(t);
	b->to_disk = NULL;
}

bool to_disk_all(struct build *b, struct err *err)
{
	int fd = open(b->path, O_RDONLY | O_CLOEXEC);
	atomic_int end = 0;

	if (fd >= 0)
		write_paced(fd, &end);
	bool fine = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	const char *slash = strrchr(b->path, '/');
	char *folder = slash
	                   ? arena_dup(&b->arena, b->path, (size_t)(slash - b->path) + 1)
	                   : arena_strdup(&b->arena, ".");
	int dir = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir >= 0) {
		fine = fine && fsync(dir) == 0;
		close(dir);
	}
	return fine || err_set(err, b->path,
	                   "could not be made safe on disk (%s); nothing was "
	                   "changed: check the disk and sync again",
	                   strerror(errno));
}
