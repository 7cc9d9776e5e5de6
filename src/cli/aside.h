#ifndef HUDDLE_CLI_ASIDE_H
#define HUDDLE_CLI_ASIDE_H

#include "run.h"

#include <pthread.h>

/*
 * What a command counts on a second thread while it goes on itself. It has a connection
 * of its own to the same facts, memory of its own and an output of its own, so that the
 * two share nothing but what they only read.
 */
struct aside {
	struct cli cli; /* the command as it was given */
	bool (*count)(struct cli *cli, void *arg, struct err *err);
	void *arg;
	pthread_t thread;
	bool running, fine;
	struct err err;
};

void aside_begin(struct aside *b, const struct cli *cli,
	bool (*count)(struct cli *cli, void *arg, struct err *err), void *arg);
/* Waits for it; where there could be no second thread it is counted now, in the same
 * memory. What was counted lasts until the release. */
bool aside_end(struct aside *b, struct cli *cli, struct err *err);
void aside_release(struct aside *b); /* also one that never began, if it is all zero */

#endif
