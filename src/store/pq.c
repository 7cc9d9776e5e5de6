#include "pq.h"

#include <dlfcn.h>
#include <pthread.h>
#include <string.h>

static struct pq loaded;
static char problem[256];
static pthread_once_t once = PTHREAD_ONCE_INIT;

/* POSIX has it that a symbol's address may be stored like this; C has not. */
static void take(void *library, const char *name, void *where)
{
	void *symbol = dlsym(library, name);
	if (!symbol && !*problem)
		snprintf(problem, sizeof problem, "lacks %s", name);
	memcpy(where, &symbol, sizeof symbol);
}

static void load(void)
{
	void *library = dlopen("libpq.so.5", RTLD_NOW | RTLD_LOCAL);
	if (!library) {
		snprintf(problem, sizeof problem, "is not there");
		return;
	}
#define TAKE(name) take(library, #name, &loaded.name);
	PQ_FUNCTIONS(TAKE)
#undef TAKE
}

const struct pq *pq_load(struct err *err)
{
	pthread_once(&once, load);
	if (!*problem)
		return &loaded;
	err_set(err, "libpq",
	    "%s, and a server needs it; install PostgreSQL's client library (Debian: "
	    "apt-get "
	    "install libpq5)",
	    problem);
	return NULL;
}
