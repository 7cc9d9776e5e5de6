#include "huddle/store_server.h"
#include "replica.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

/*
 * A thread with a connection of its own that keeps the copy up to date while a screen is
 * open: it sleeps until the server notifies, and looks every now and then all the same,
 * as some servers can not notify and a notice can be lost with a connection. What it
 * reads it writes into the copy, which the screen watches as it watches any file.
 */
struct store_follow {
	pthread_t thread;
	pthread_mutex_t mutex;
	int stop_fd, news_fd;
	atomic_bool stop;
	char *url;
	char problem[1600]; /* under the mutex; "" while the server is there */
};

enum { LOOK_MS = 10000, RETRY_MS = 2000 };

static void wake(int fd)
{
	uint64_t one = 1;
	ssize_t ignored = write(fd, &one, sizeof one);
	(void)ignored;
}

static void tell(struct store_follow *f, const char *problem)
{
	pthread_mutex_lock(&f->mutex);
	bool news = !*problem != !*f->problem;
	snprintf(f->problem, sizeof f->problem, "%s", problem);
	pthread_mutex_unlock(&f->mutex);
	if (news)
		wake(f->news_fd);
}

/* Until the server says something, or the time is over. */
static void sleep_on(struct store_follow *f, struct server *server)
{
	struct pollfd fds[] = {{.fd = f->stop_fd, .events = POLLIN},
	    {.fd = server ? server->pq->PQsocket(server->conn) : -1, .events = POLLIN}};
	while (poll(fds, 2, server ? LOOK_MS : RETRY_MS) < 0 && errno == EINTR)
		;
	if (server)
		server_heard(server);
}

/* What came between the last look and LISTEN is looked for after it. */
static bool listen_to(struct store *store, bool *listening, struct err *err)
{
	struct err ignored = ERR_INIT;
	if (*listening)
		return true;
	*listening = server_run(store->replica->server, "LISTEN huddle", &ignored) ||
	             !server_lost(store->replica->server); /* it can not notify */
	return replica_catch_up(store, err);
}

static void step(struct store_follow *f, struct store **store, bool *listening)
{
	struct err err = ERR_INIT;
	struct store_options options = {.path = f->url, .stop = &f->stop};
	if (!*store && !store_open(store, &options, &err)) {
		tell(f, err.text);
		sleep_on(f, NULL);
		return;
	}
	struct replica *r = (*store)->replica;
	*listening = *listening && r->server && !server_lost(r->server);
	bool fine = replica_catch_up(*store, &err) && listen_to(*store, listening, &err);
	tell(f, fine ? "" : err.text);
	sleep_on(f, fine && !server_lost(r->server) ? r->server : NULL);
}

static void *run(void *arg)
{
	struct store_follow *f = arg;
	struct store *store = NULL;
	bool listening = false;
	while (!f->stop)
		step(f, &store, &listening);
	store_close(store);
	return NULL;
}

bool store_follow_begin(struct store_follow **out, struct store *store)
{
	struct store_follow *f = xcalloc(1, sizeof *f);
	*out = NULL;
	f->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	f->news_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	f->url = xstrdup(store->replica->url);
	pthread_mutex_init(&f->mutex, NULL);
	if (f->stop_fd >= 0 && f->news_fd >= 0 &&
	    !pthread_create(&f->thread, NULL, run, f)) {
		store->replica->follow = f;
		*out = f;
		return true;
	}
	close(f->stop_fd);
	close(f->news_fd);
	free(f->url);
	free(f);
	return false;
}

int store_follow_fd(const struct store_follow *follow)
{
	return follow->news_fd;
}

void store_follow_state(struct store_follow *follow, char *problem, size_t size)
{
	uint64_t told;
	if (read(follow->news_fd, &told, sizeof told) < 0)
		told = 0; /* it is looked at all the same */
	pthread_mutex_lock(&follow->mutex);
	snprintf(problem, size, "%s", follow->problem);
	pthread_mutex_unlock(&follow->mutex);
}

/* It may be waiting for a server that does not answer, and whoever leaves a screen does
 * not wait with it: then it ends with the program. */
static bool joined(struct store_follow *f)
{
	enum { PATIENCE_MS = 300, MS_NS = 1000000 };
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += (long)PATIENCE_MS * MS_NS;
	if (until.tv_nsec >= 1000L * MS_NS) {
		until.tv_nsec -= 1000L * MS_NS;
		until.tv_sec++;
	}
	return !pthread_timedjoin_np(f->thread, NULL, &until);
}

void store_follow_end(struct store_follow *follow, struct store *store)
{
	if (!follow)
		return;
	if (store && store->replica)
		store->replica->follow = NULL;
	follow->stop = true;
	wake(follow->stop_fd);
	if (!joined(follow))
		return;
	pthread_mutex_destroy(&follow->mutex);
	close(follow->stop_fd);
	close(follow->news_fd);
	free(follow->url);
	free(follow);
}
