#ifndef HUDDLE_STORE_SPREAD_H
#define HUDDLE_STORE_SPREAD_H

#include <stdint.h>
#include "huddle/err.h"
#include "huddle/str.h"

/*
 * Records put in the order of a number without comparing any: they are spread
 * over ranges of the number, each a chain of blocks in a file, and what does
 * not fit in memory of a range over narrower ones. Records of one number keep
 * the order they came in. For one thread at a time.
 */
struct spread;

/* Numbers are below `keys`. Once memory should not hold the records, a file
 * beside `path` does, which has no name and goes with the process. */
struct spread *spread_open(const char *path, uint32_t keys);
bool spread_add(struct spread *s, uint32_t key, struct slice record, struct err *err);

/* The next record, borrowed until the next call; *end after the last. Nothing is
 * added any more. */
bool spread_next(struct spread *s, uint32_t *key, struct slice *record, bool *end,
	struct err *err);
void spread_close(struct spread *s); /* NULL is fine */

/* Bytes that a range may have to be sorted in memory; tests lower it. */
extern size_t spread_memory_max;

#endif
