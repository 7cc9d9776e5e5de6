#include "figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void figures_add(struct figures *f, double value)
{
	if (f->count == f->cap) {
		f->cap = f->cap ? f->cap * 2 : 64;
		f->items = realloc(f->items, f->cap * sizeof *f->items);
		if (!f->items)
			abort();
	}
	f->items[f->count++] = value;
}

void figures_release(struct figures *f)
{
	free(f->items);
	*f = (struct figures){0};
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

double figures_at(struct figures *f, double share)
{
	if (!f->count)
		return NAN;
	qsort(f->items, f->count, sizeof *f->items, ascending);
	double place = share * (double)(f->count - 1);
	size_t below = (size_t)place;
	size_t above = below + 1 < f->count ? below + 1 : below;
	double rest = place - (double)below;
	return f->items[below] * (1 - rest) + f->items[above] * rest;
}

/* utime and stime are the 12th and 13th word after the name in brackets, which
 * may itself hold blanks and brackets. */
static long ticks_of(pid_t pid)
{
	char path[64], line[1024] = "";
	unsigned long user = 0, sys = 0;
	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	FILE *file = fopen(path, "re");
	if (!file)
		return 0;
	char *text = fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
	if (text)
		sscanf(text, ") %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
		    &user, &sys);
	fclose(file);
	return (long)(user + sys);
}

struct usage usage_of(pid_t pid)
{
	struct usage usage = {.ticks = ticks_of(pid)};
	char path[64], line[256];
	long value;
	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	FILE *file = fopen(path, "re");
	while (file && fgets(line, sizeof line, file)) {
		if (sscanf(line, "VmRSS: %ld", &value) == 1)
			usage.rss = (double)value / 1024;
		else if (sscanf(line, "VmHWM: %ld", &value) == 1)
			usage.peak = (double)value / 1024;
		else if (sscanf(line, "voluntary_ctxt_switches: %ld", &value) == 1)
			usage.wakeups = value;
	}
	if (file)
		fclose(file);
	return usage;
}
