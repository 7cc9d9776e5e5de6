/* Memory that lives as long as the program: all is needed until the last file is out. */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

struct block {
	struct block *next;
};
static struct block *blocks; /* the only global state: what memory_release() gives back */

void die(const char *place, const char *what, const char *advice)
{
	fprintf(stderr, "huddle-generate: %s: %s; %s\n", place, what, advice);
	exit(1);
}

static void *keep(size_t size)
{
	/* 16 bytes keep what follows aligned */
	struct block *b = calloc(1, size + 16);

	if (!b)
		die("memory", "there is none left",
		    "ask for fewer deals, touches or activities");
	b->next = blocks;
	blocks = b;
	return (char *)b + 16;
}

void *memory_zero(uint32_t count, size_t size)
{
	return keep((count ? count : 1) * size);
}

char *memory_text(const char *text, size_t length)
{
	char *copy = keep(length + 1);

	memcpy(copy, text, length);
	return copy;
}

/* Room for one more item after `count`. */
void *memory_grow(void *items, uint32_t *capacity, uint32_t count, size_t size)
{
	if (count < *capacity)
		return items;
	*capacity = *capacity ? *capacity * 2 : 256;
	items = realloc(items, *capacity * size);
	if (!items)
		die("memory", "there is none left",
		    "ask for fewer deals, touches or activities");
	return items;
}

void memory_release(void)
{
	while (blocks) {
		struct block *next = blocks->next;

		free(blocks);
		blocks = next;
	}
}
