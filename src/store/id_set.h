#ifndef HUDDLE_STORE_ID_SET_H
#define HUDDLE_STORE_ID_SET_H

#include <stddef.h>
#include <stdint.h>

/* Hashes of ids, each with a part of its row's hash: 12 bytes and some air each.
 * In parts, so that growing copies a part and not all of it. */
enum { ID_PARTS = 64 };

struct id_part {
	uint64_t *ids; /* 0: free */
	uint32_t *rows;
	size_t cap, count;
};

struct id_set {
	struct id_part parts[ID_PARTS];
	size_t count;
};

const uint32_t *id_set_find(const struct id_set *set, uint64_t id); /* NULL: new */
void id_set_add(struct id_set *set, uint64_t id, uint32_t row);     /* which is new */
void id_set_soon(const struct id_set *set, uint64_t id); /* fetch it into the cache */
void id_set_release(struct id_set *set);

#endif
