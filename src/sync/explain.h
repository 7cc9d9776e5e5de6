#ifndef HUDDLE_SYNC_EXPLAIN_H
#define HUDDLE_SYNC_EXPLAIN_H

#include "huddle/explain.h"
#include "jobs.h"
#include "profile.h"

/* A file read to its end, or to where it can not be read on, and counted. */
struct looked {
	const struct path_file *file;
	const char *left_out, *problem, *encoding;
	char delimiter;
	int64_t rows, skipped, ragged;
	const struct slice *header; /* in the arena */
	size_t n_header;
	struct profile *columns;
	const struct mapping *mapping; /* that takes it; NULL: none */
	const struct job *jobs;     /* the sections that take it; into run->jobs */
	size_t first_job, n_jobs;
};

/* Look at every file of the run. False when there is nothing to look at. */
bool look_at_files(struct sync_run *run, struct looked **out, size_t *count);

/* explain_why.c: why a section takes the file, and which is nearest to a file that
 * none takes (NULL: none is near). */
const char *explain_taken(struct sync_run *run, const struct job *job, const struct looked *f);
const char *explain_nearest(struct sync_run *run, const struct looked *f);
/* The text in the arena; `text` is released. */
const char *explain_text(struct arena *arena, struct str *text);

#endif
