#ifndef BENCH_PTY_H
#define BENCH_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * A program on a terminal whose bytes are only counted. The terminal kit of
 * tests/screens keeps the screen as well, and that takes time while the clock
 * runs. The environment is the caller's.
 */
struct pty {
	int master;
	pid_t pid;
	double started; /* ms */
	bool ended;     /* the program is gone */
};

/* What a start or a key caused, in ms since then. */
struct answer {
	double first, last; /* first and last byte; last < 0: nothing came */
	size_t bytes;
};

double pty_now(void); /* ms */

bool pty_start(struct pty *p, int width, int height, char **command);
void pty_stop(struct pty *p);

void pty_send(struct pty *p, const char *bytes, size_t len);
/* Take in what comes until `quiet` ms pass without a byte. Those are not part
 * of the answer. Wait for its first byte `patience` ms at the most. */
struct answer pty_answer(struct pty *p, double since, int quiet, int patience);

#endif
