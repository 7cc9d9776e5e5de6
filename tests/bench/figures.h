#ifndef BENCH_FIGURES_H
#define BENCH_FIGURES_H

#include <stddef.h>
#include <sys/types.h>

/* A growing row of measurements. */
struct figures {
	double *items;
	size_t count, cap;
};

void figures_add(struct figures *f, double value);
void figures_release(struct figures *f);
/* Sorts; share 0 is the least, 0.5 the median, 1 the most. */
double figures_at(struct figures *f, double share);

/* What the kernel knows of a process. */
struct usage {
	double rss, peak; /* MB resident: now, and the most so far */
	long ticks;       /* CPU time, in clock ticks */
	long wakeups;     /* times it waited and was woken */
};

struct usage usage_of(pid_t pid);

#endif
