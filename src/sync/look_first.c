#include "charset.h"
#include "jobs.h"

#include <pthread.h>
#include <stdatomic.h>

/*
 * All bytes of all files are read once to tell their encodings and whether they
 * are those of last time; two threads do it, a file each at a time. What can not
 * be opened is left to those who open it next, who say so.
 */
enum { THREADS = 2, AT_ONCE = 1 << 20 }; /* bytes */

struct queue {
	struct sync_run *run;
	atomic_size_t next;
};

static void *look_at_files(void *arg)
{
	struct queue *q = arg;
	size_t i;

	while ((i = atomic_fetch_add(&q->next, 1)) < q->run->files.count) {
		const struct path_file *file = &q->run->files.items[i];
		struct charset *opened;
		struct err ignored = ERR_INIT;
		if (find_is_export(file) && charset_open(&opened, file->path, AT_ONCE,
		                                &q->run->looks[i], &ignored))
			charset_close(opened);
	}
	return NULL;
}

/* A thread less is only slower. */
void look_first(struct sync_run *run)
{
	struct queue q = {.run = run};
	pthread_t threads[THREADS - 1];
	int n = 0;

	while (n < THREADS - 1 && run->files.count > 1 &&
	       !pthread_create(&threads[n], NULL, look_at_files, &q))
		n++;
	look_at_files(&q);
	while (n--)
		pthread_join(threads[n], NULL);
}
