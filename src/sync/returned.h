#ifndef HUDDLE_SYNC_RETURNED_H
#define HUDDLE_SYNC_RETURNED_H

#include "row_cells.h"
#include "jobs.h"
#include "reader.h"

/*
 * Files that `huddle rejects --export` wrote, corrected and given back: four
 * columns of ours (file, line, reason, and what tells the row) stand before
 * those of the original. What a spreadsheet does to a table is undone: blank
 * columns to the right, apostrophes that we put there.
 */
enum { RETURNED_COLUMNS = 4 };

struct returned_row {
	const char *file;  /* the original; in the arena */
	uint64_t hash;     /* of the row as it was rejected; 0: not known */
	bool touched;      /* it is another now */
	struct reader_row row; /* as it would stand in the original */
};

struct returned {
	struct arena *arena;
	char delimiter;       /* that the original had */
	struct slice *header; /* of the original, in the arena */
	size_t n_header;
	struct slice fields[4096];
	struct str raw, scratch;
};

/* Is this the header of such a file? */
bool returned_header(const struct slice *header, size_t n_header);
struct returned *returned_new(
	struct arena *arena, const struct slice *header, size_t n_header, char delimiter);
void returned_release(struct returned *r); /* NULL is fine */
void returned_take(struct returned *r, const struct reader_row *row, struct returned_row *out);

/* Load the returned files of one feed, jobs [first, end). */
bool load_returned(struct sync_run *run, size_t first, size_t end, const char *captured);

#endif
