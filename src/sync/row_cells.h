#ifndef HUDDLE_SYNC_ROW_CELLS_H
#define HUDDLE_SYNC_ROW_CELLS_H

#include "huddle/str.h"
#include <stdint.h>

/* A single row apart from its file: split as the reader splits, and written. */
struct cells {
	struct str text;
	size_t *ends, cap;
	struct slice *fields;
	size_t count;
};

/* The row as the reader gave it; false when it is none. */
bool cells_split(struct cells *cells, struct slice raw, char delimiter);
void cells_release(struct cells *cells);

/* Append a row without its line end: quoted where it must be. */
void cells_join(struct str *out, const struct slice *fields, size_t count, char delimiter);

/* What tells a row from another: its cells, however they were quoted. */
uint64_t cells_hash(struct str *scratch, const struct slice *fields, size_t count);

#endif
