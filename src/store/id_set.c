#include "id_set.h"

#include "huddle/str.h"
#include <stdlib.h>

static struct id_part *part_of(const struct id_set *set, uint64_t id)
{
	return (struct id_part *)&set->parts[id >> 58]; /* the top 6 bits */
}

/* Where the id is, or would be. */
static size_t place(const struct id_part *p, uint64_t id)
{
	size_t at = id & (p->cap - 1);

	while (p->ids[at] && p->ids[at] != id)
		at = (at + 1) & (p->cap - 1);
	return at;
}

static void grow(struct id_part *p)
{
	struct id_part more = {.cap = p->cap ? p->cap * 2 : 256, .count = p->count};

	more.ids = xcalloc(more.cap, sizeof *more.ids);
	more.rows = xcalloc(more.cap, sizeof *more.rows);
	for (size_t i = 0; i < p->cap; i++) {
		if (!p->ids[i])
			continue;
		size_t at = place(&more, p->ids[i]);
		more.ids[at] = p->ids[i];
		more.rows[at] = p->rows[i];
	}
	free(p->ids);
	free(p->rows);
	*p = more;
}

const uint32_t *id_set_find(const struct id_set *set, uint64_t id)
{
	const struct id_part *p = part_of(set, id);

	if (!p->cap)
		return NULL;
	size_t at = place(p, id);
	return p->ids[at] ? &p->rows[at] : NULL;
}

void id_set_soon(const struct id_set *set, uint64_t id)
{
	const struct id_part *p = part_of(set, id);

	if (!p->cap)
		return;
	__builtin_prefetch(&p->ids[id & (p->cap - 1)]);
	__builtin_prefetch(&p->rows[id & (p->cap - 1)]);
}

void id_set_add(struct id_set *set, uint64_t id, uint32_t row)
{
	struct id_part *p = part_of(set, id);

	if (p->count * 4 >= p->cap * 3)
		grow(p);
	size_t at = place(p, id);
	p->ids[at] = id;
	p->rows[at] = row;
	p->count++;
	set->count++;
}

void id_set_release(struct id_set *set)
{
	for (int i = 0; i < ID_PARTS; i++) {
		free(set->parts[i].ids);
		free(set->parts[i].rows);
	}
	*set = (struct id_set){0};
}
