#ifndef HUDDLE_ARENA_H
#define HUDDLE_ARENA_H

#include <stddef.h>
#include "huddle/str.h"

/*
 * Memory that lives and dies together: one loaded review is one arena. Blocks
 * are chained; nothing is ever moved, so pointers stay good until release.
 */
struct arena {
	struct arena_block *block; /* newest first */
	size_t used;               /* bytes handed out, for the memory figures */
};

#define ARENA_INIT {0}

void *arena_alloc(struct arena *a, size_t size);  /* zeroed, aligned for any type */
char *arena_dup(struct arena *a, const char *bytes, size_t len); /* adds a NUL */
char *arena_strdup(struct arena *a, const char *text);           /* NULL gives NULL */
char *arena_printf(struct arena *a, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void arena_release(struct arena *a);
/* All of it is free, and its newest block is used again: for what is filled over
 * and over. */
void arena_clear(struct arena *a);

/* A growing array in an arena: new memory for `want` items, old ones copied. */
void *arena_grow(struct arena *a, void *old, size_t *cap, size_t want, size_t size);

#endif
