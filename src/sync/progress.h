#ifndef HUDDLE_SYNC_PROGRESS_H
#define HUDDLE_SYNC_PROGRESS_H

#include <stdint.h>
#include <stdio.h>
#include "huddle/str.h"

struct job;

/* How far a sync was at one moment. Bytes are those of all files that it reads. */
struct progress_mark {
	double time; /* seconds */
	int64_t rows, bytes;
};

enum { PROGRESS_MARKS = 16, PROGRESS_WIDTH = 78 };

/* The last moments, a quarter of a second apart: what is fast now may become slow. */
struct progress {
	double shown_at;
	struct progress_mark marks[PROGRESS_MARKS];
	int n_marks;              /* so far; marks[n % PROGRESS_MARKS] */
	const struct job *job;    /* the file at hand, */
	int64_t job_rows;
	int64_t rows, bytes;      /* and what was read before it */
};

/* Remember `now`; returns the oldest moment remembered. */
struct progress_mark progress_mark(struct progress *p, struct progress_mark now);

/* "deals.csv: 1,204,000 rows, 30 %, 390,000/s, 12 s left, then indexing": rows of
 * the file at hand, the rest of all files. At most PROGRESS_WIDTH columns. */
void progress_text(struct str *out, const char *file, int64_t rows,
	struct progress_mark then, struct progress_mark now, int64_t all_bytes);

/* "1,204,000" */
void progress_count(struct str *out, int64_t n);
/* For what is no sync: one line now and then, and gone at the end. NULL: nobody asked. */
void progress_line(FILE *to, double *shown_at, const char *text);
void progress_clear(FILE *to);

#endif
