#include "spread.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Ranges of a level; bytes of a block and of what a block begins with. */
enum { RANGES = 256, BLOCK = 1 << 15, FIRST_PART = 1 << 12 };

size_t spread_memory_max = (size_t)8 << 20;

/* What stands before a record. */
struct head {
	uint32_t key, size;
};

/* The bytes of a range: blocks in the file (numbered from 1, 0 is none), then
 * those that are still in memory. */
struct chain {
	uint32_t first, last;
	uint64_t size;
	char *tail;
	uint32_t filled, cap;
};

/* Keys from `from` on, `width` for each range. */
struct level {
	uint64_t from, width;
	struct chain ranges[RANGES];
	int at; /* the range that is given out */
	struct level *above;
};

/* A chain that is read from its beginning; its blocks are free once read. */
struct chain_reader {
	struct chain *chain;
	char *block;
	uint32_t at, filled;
	uint64_t left; /* bytes not read yet */
};

struct spread {
	const char *path;
	int fd;
	uint32_t *next; /* of each block, the one after it in its chain */
	uint32_t n_blocks, cap_blocks, free;
	struct level *level;
	char *bytes; /* of the range that is in memory, */
	size_t cap_bytes;
	uint32_t *order; /* where its records begin, in the order of keys */
	size_t at, count, cap_order;
	struct chain_reader reader; /* of a range that is one number */
	struct str record;
};

static void level_push(struct spread *s, uint64_t from, uint64_t keys)
{
	struct level *level = xcalloc(1, sizeof *level);

	level->from = from;
	level->width = (keys + RANGES - 1) / RANGES;
	level->above = s->level;
	s->level = level;
}

static void level_pop(struct spread *s)
{
	struct level *level = s->level;

	for (int i = 0; i < RANGES; i++)
		free(level->ranges[i].tail);
	s->level = level->above;
	free(level);
}

struct spread *spread_open(const char *path, uint32_t keys)
{
	struct spread *s = xcalloc(1, sizeof *s);

	s->path = path;
	s->fd = -1;
	level_push(s, 0, (uint64_t)keys + 1);
	s->level->at = -1;
	return s;
}

void spread_close(struct spread *s)
{
	if (!s)
		return;
	while (s->level)
		level_pop(s);
	if (s->fd >= 0)
		close(s->fd);
	free(s->next);
	free(s->bytes);
	free(s->order);
	free(s->reader.block);
	str_release(&s->record);
	free(s);
}

static bool failed(const struct spread *s, struct err *err)
{
	return err_set(err, s->path,
	    "a file for sorting beside it could not be used (%s); nothing was changed: "
	    "make room on the disk and sync again",
	    strerror(errno));
}

/* ---- the file ---- */

static bool open_file(struct spread *s, struct err *err)
{
	struct str name = STR_INIT;

	str_addf(&name, "%s-sort-%ld", s->path, (long)getpid());
	unlink(str_text(&name)); /* left by a process that was killed just here */
	s->fd = open(
	    str_text(&name), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool fine = s->fd >= 0 || failed(s, err);
	if (fine)
		unlink(str_text(&name));
	str_release(&name);
	return fine;
}

static uint32_t new_block(struct spread *s)
{
	uint32_t block = s->free;

	if (block) {
		s->free = s->next[block];
		return block;
	}
	if (s->n_blocks + 1 >= s->cap_blocks) {
		s->cap_blocks = s->cap_blocks ? s->cap_blocks * 2 : 1024;
		s->next = xrealloc(s->next, s->cap_blocks * sizeof *s->next);
	}
	return ++s->n_blocks;
}

static bool block_io(
    struct spread *s, uint32_t block, char *to, const char *from, struct err *err)
{
	off_t place = (off_t)(block - 1) * BLOCK;

	for (size_t done = 0; done < BLOCK;) {
		off_t at = place + (off_t)done;
		ssize_t n = to ? pread(s->fd, to + done, BLOCK - done, at)
		               : pwrite(s->fd, from + done, BLOCK - done, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (!n)
			errno = EIO;
		if (n <= 0)
			return failed(s, err);
		done += (size_t)n;
	}
	return true;
}

static bool write_tail(struct spread *s, struct chain *c, struct err *err)
{
	if (s->fd < 0 && !open_file(s, err))
		return false;
	uint32_t block = new_block(s);
	s->next[block] = 0;
	if (c->last)
		s->next[c->last] = block;
	else
		c->first = block;
	c->last = block;
	c->filled = 0;
	return block_io(s, block, NULL, c->tail, err);
}

/* ---- adding ---- */

/* Room for one byte at least. */
static bool make_room(struct spread *s, struct chain *c, struct err *err)
{
	if (c->filled < c->cap)
		return true;
	if (c->cap == BLOCK)
		return write_tail(s, c, err);
	c->cap = c->cap ? c->cap * 2 : FIRST_PART;
	c->tail = xrealloc(c->tail, c->cap);
	return true;
}

static bool chain_add(
    struct spread *s, struct chain *c, const void *bytes, size_t size, struct err *err)
{
	const char *p = bytes;

	c->size += size;
	while (size) {
		if (!make_room(s, c, err))
			return false;
		size_t some = c->cap - c->filled;
		if (some > size)
			some = size;
		memcpy(c->tail + c->filled, p, some);
		c->filled += (uint32_t)some;
		p += some;
		size -= some;
	}
	return true;
}

bool spread_add(struct spread *s, uint32_t key, struct slice record, struct err *err)
{
	struct level *level = s->level;
	struct chain *c = &level->ranges[(key - level->from) / level->width];
	struct head head = {key, (uint32_t)record.len};

	return chain_add(s, c, &head, sizeof head, err) &&
	       chain_add(s, c, record.p, record.len, err);
}

/* ---- reading a chain ---- */

static void reader_start(struct spread *s, struct chain *c)
{
	if (!s->reader.block)
		s->reader.block = xmalloc(BLOCK);
	s->reader =
	    (struct chain_reader){.chain = c, .block = s->reader.block, .left = c->size};
}

static bool next_block(struct spread *s, struct err *err)
{
	struct chain_reader *r = &s->reader;
	uint32_t block = r->chain->first;

	r->at = 0;
	if (!block) {
		memcpy(r->block, r->chain->tail, r->chain->filled);
		r->filled = r->chain->filled;
		return true;
	}
	r->filled = BLOCK;
	r->chain->first = s->next[block];
	s->next[block] = s->free;
	s->free = block;
	return block_io(s, block, r->block, NULL, err);
}

static bool reader_take(struct spread *s, void *to, size_t size, struct err *err)
{
	struct chain_reader *r = &s->reader;
	char *p = to;

	r->left -= size;
	while (size) {
		if (r->at == r->filled && !next_block(s, err))
			return false;
		size_t some = r->filled - r->at;
		if (some > size)
			some = size;
		memcpy(p, r->block + r->at, some);
		r->at += (uint32_t)some;
		p += some;
		size -= some;
	}
	return true;
}

static bool reader_record(
    struct spread *s, uint32_t *key, struct slice *record, struct err *err)
{
	struct head head;

	if (!reader_take(s, &head, sizeof head, err))
		return false;
	str_clear(&s->record);
	str_reserve(&s->record, head.size);
	*key = head.key;
	*record = (struct slice){s->record.p, head.size};
	return reader_take(s, s->record.p, head.size, err);
}

/* ---- giving out ---- */

/* One pass counts the records of each key, one puts them in their place. */
static void order_range(struct spread *s, size_t size)
{
	const struct level *level = s->level;
	uint64_t from = level->from + (uint64_t)level->at * level->width;
	uint32_t *start = xcalloc(level->width + 1, sizeof *start);
	struct head head;

	s->count = s->at = 0;
	for (size_t p = 0; p < size; p += sizeof head + head.size) {
		memcpy(&head, s->bytes + p, sizeof head);
		start[head.key - from + 1]++;
		s->count++;
	}
	for (uint64_t k = 0; k < level->width; k++)
		start[k + 1] += start[k];
	if (s->count > s->cap_order) {
		s->cap_order = s->count;
		s->order = xrealloc(s->order, s->cap_order * sizeof *s->order);
	}
	for (size_t p = 0; p < size; p += sizeof head + head.size) {
		memcpy(&head, s->bytes + p, sizeof head);
		s->order[start[head.key - from]++] = (uint32_t)p;
	}
	free(start);
}

static bool load_range(struct spread *s, struct chain *c, struct err *err)
{
	size_t size = (size_t)c->size;

	if (size > s->cap_bytes) {
		s->cap_bytes = size;
		s->bytes = xrealloc(s->bytes, size);
	}
	reader_start(s, c);
	if (!reader_take(s, s->bytes, size, err))
		return false;
	order_range(s, size);
	return true;
}

static bool narrow_range(struct spread *s, struct chain *c, struct err *err)
{
	const struct level *level = s->level;
	uint32_t key;
	struct slice record;

	reader_start(s, c);
	level_push(s, level->from + (uint64_t)level->at * level->width, level->width);
	s->level->at = -1;
	while (s->reader.left)
		if (!reader_record(s, &key, &record, err) ||
		    !spread_add(s, key, record, err))
			return false;
	return true;
}

/* Of the range before, nothing is needed any more. */
static bool next_range(struct spread *s, struct err *err)
{
	struct level *level = s->level;

	if (level->at >= 0) {
		free(level->ranges[level->at].tail);
		level->ranges[level->at].tail = NULL;
	}
	if (++level->at == RANGES) {
		level_pop(s);
		return true;
	}
	struct chain *c = &level->ranges[level->at];
	if (!c->size)
		return true;
	if (c->size <= spread_memory_max)
		return load_range(s, c, err);
	if (level->width > 1)
		return narrow_range(s, c, err);
	reader_start(s, c);
	return true;
}

bool spread_next(
    struct spread *s, uint32_t *key, struct slice *record, bool *end, struct err *err)
{
	struct head head;

	*end = false;
	while (s->at == s->count && !s->reader.left) {
		*end = !s->level;
		if (*end)
			return true;
		if (!next_range(s, err))
			return false;
	}
	if (s->at == s->count)
		return reader_record(s, key, record, err);
	size_t p = s->order[s->at++];
	memcpy(&head, s->bytes + p, sizeof head);
	*key = head.key;
	*record = (struct slice){s->bytes + p + sizeof head, head.size};
	return true;
}
