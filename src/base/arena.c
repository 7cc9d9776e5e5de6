#include "huddle/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A block is one calloc(), so what is handed out is zero already. Blocks grow
 * from 16 KiB to 1 MiB: a small arena stays small, a large one needs few calls.
 * What does not fit a quarter of a block gets a block of its own, put behind
 * the newest so that the rest of that one is still used.
 */
struct arena_block {
	struct arena_block *next;
	size_t used, size;
	alignas(max_align_t) char bytes[];
};

enum { FIRST_BLOCK = 16 << 10, LAST_BLOCK = 1 << 20 };

static struct arena_block *new_block(size_t size)
{
	struct arena_block *block = xcalloc(1, sizeof *block + size);
	block->size = size;
	return block;
}

static size_t next_size(const struct arena *a)
{
	if (!a->block)
		return FIRST_BLOCK;
	size_t size = a->block->size * 2;
	return size > LAST_BLOCK ? LAST_BLOCK : size < FIRST_BLOCK ? FIRST_BLOCK : size;
}

static void *take(struct arena_block *block, size_t size)
{
	void *p = block->bytes + block->used;
	block->used += size;
	return p;
}

void *arena_alloc(struct arena *a, size_t size)
{
	const size_t align = alignof(max_align_t);
	if (size > SIZE_MAX / 2)
		xmalloc(size); /* ends the program with its message */
	size = (size + align - 1) & ~(align - 1);
	if (!size)
		size = align;
	a->used += size;
	struct arena_block *block = a->block;
	if (block && block->size - block->used >= size)
		return take(block, size);
	size_t usual = next_size(a);
	if (size > usual / 4 && block) {
		struct arena_block *own = new_block(size);
		own->next = block->next;
		block->next = own;
		return take(own, size);
	}
	struct arena_block *fresh = new_block(size > usual ? size : usual);
	fresh->next = block;
	a->block = fresh;
	return take(fresh, size);
}

char *arena_dup(struct arena *a, const char *bytes, size_t len)
{
	char *copy = arena_alloc(a, len + 1);
	if (len)
		memcpy(copy, bytes, len);
	return copy;
}

char *arena_strdup(struct arena *a, const char *text)
{
	return text ? arena_dup(a, text, strlen(text)) : NULL;
}

char *arena_printf(struct arena *a, const char *format, ...)
{
	va_list args, again;
	va_start(args, format);
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	size_t size = len < 0 ? 1 : (size_t)len + 1;
	char *text = arena_alloc(a, size);
	vsnprintf(text, size, format, again);
	va_end(again);
	va_end(args);
	return text;
}

void arena_release(struct arena *a)
{
	for (struct arena_block *block = a->block; block;) {
		struct arena_block *next = block->next;
		free(block);
		block = next;
	}
	*a = (struct arena)ARENA_INIT;
}

void arena_clear(struct arena *a)
{
	struct arena_block *keep = a->block;

	if (!keep)
		return;
	a->block = keep->next;
	arena_release(a);
	memset(keep->bytes, 0, keep->used);
	keep->next = NULL;
	keep->used = 0;
	a->block = keep;
}

void *arena_grow(struct arena *a, void *old, size_t *cap, size_t want, size_t size)
{
	if (want <= *cap)
		return old;
	size_t next = *cap < 8 ? 8 : *cap * 2;
	if (next < want)
		next = want;
	size_t bytes;
	if (__builtin_mul_overflow(next, size, &bytes))
		bytes = SIZE_MAX;
	void *grown = arena_alloc(a, bytes);
	if (*cap)
		memcpy(grown, old, *cap * size);
	*cap = next;
	return grown;
}
