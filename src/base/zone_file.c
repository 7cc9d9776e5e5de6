#include "zone_file.h"

#include <string.h>

/*
 * The system's zone files, by RFC 8536. libical reads them too, but turns
 * runs of years into recurrences and gets some of them wrong (3.0.16: Sao
 * Paulo in 2014, Jerusalem 2013 to 2016), which would shift calls by an hour
 * without a word.
 */

enum { HEADER = 44, TYPE_SIZE = 6, LONGEST_OFFSET = 26 * 3600 };

struct counts {
	uint32_t is_utc, is_std, leaps, times, types, chars;
};

static int64_t big_endian(const char *p, int bytes)
{
	uint64_t value = (unsigned char)p[0] & 0x80 ? UINT64_MAX : 0;
	for (int i = 0; i < bytes; i++)
		value = value << 8 | (unsigned char)p[i];
	return (int64_t)value;
}

static bool read_header(struct slice *file, struct counts *out)
{
	if (file->len < HEADER || !slice_starts(*file, "TZif") || file->p[4] < '2')
		return false;
	uint32_t n[6];
	for (size_t i = 0; i < 6; i++) {
		n[i] = (uint32_t)big_endian(file->p + 20 + 4 * i, 4);
		if (n[i] > file->len)
			return false; /* and so the sums below can not overflow */
	}
	*out = (struct counts){n[0], n[1], n[2], n[3], n[4], n[5]};
	file->p += HEADER;
	file->len -= HEADER;
	return true;
}

/* Bytes of a block whose times have `size` bytes. */
static size_t block_size(const struct counts *n, size_t size)
{
	return n->times * (size + 1) + (size_t)n->types * TYPE_SIZE + n->chars +
	       n->leaps * (size + 4) + n->is_std + n->is_utc;
}

static bool offset_of_type(struct slice types, unsigned index, int *out)
{
	if (index >= types.len / TYPE_SIZE)
		return false;
	*out = (int)big_endian(types.p + (size_t)index * TYPE_SIZE, 4);
	return *out > -LONGEST_OFFSET && *out < LONGEST_OFFSET;
}

/* A name that is no letters is an offset, which exports do not write that way. */
static void add_call(struct zone_changes *out, struct slice name, int offset)
{
	struct zone_call *call = &out->calls[out->n_calls];
	if (out->n_calls == ZONE_CALLS_MAX || name.len < 3 ||
	    name.len >= sizeof call->name || date_word(name).len != name.len)
		return;
	slice_copy(name, call->name, sizeof call->name);
	call->offset = offset;
	out->n_calls++;
}

/* Each type of clock names itself by the place of its name among the names. */
static void read_calls(
    struct zone_changes *out, struct slice types, const struct counts *n)
{
	struct slice names = {.p = types.p + types.len, .len = n->chars};
	int offset;
	for (unsigned i = 0; i < n->types; i++) {
		size_t at = (unsigned char)types.p[i * TYPE_SIZE + 5];
		if (at >= names.len || !offset_of_type(types, i, &offset))
			continue;
		const char *start = names.p + at;
		size_t len = strnlen(start, names.len - at);
		add_call(out, (struct slice){.p = start, .len = len}, offset);
	}
}

static bool read_changes(
    struct zone_changes *out, struct slice block, const struct counts *n)
{
	const char *indexes = block.p + (size_t)n->times * 8;
	struct slice types = {
	    .p = indexes + n->times, .len = (size_t)n->types * TYPE_SIZE};
	instant_t last = INT64_MIN;
	read_calls(out, types, n);
	if (!offset_of_type(types, 0, &out->before))
		return false;
	for (uint32_t i = 0; i < n->times; i++) {
		instant_t at = big_endian(block.p + (size_t)i * 8, 8);
		int offset;
		if (!offset_of_type(types, (unsigned char)indexes[i], &offset) ||
		    (i && at <= last))
			return false;
		zone_add_change(out, at, offset);
		last = at;
	}
	return true;
}

void zone_add_change(struct zone_changes *out, instant_t at, int offset)
{
	if (out->count == out->cap) {
		out->cap = out->cap ? out->cap * 2 : 256;
		out->items = xrealloc(out->items, out->cap * sizeof *out->items);
	}
	out->items[out->count++] = (struct zone_change){.at = at, .offset = offset};
}

bool zone_decode(struct zone_changes *out, struct slice file)
{
	struct counts n;
	if (!read_header(&file, &n) || block_size(&n, 4) > file.len)
		return false;
	file.p += block_size(&n, 4); /* the block for old readers */
	file.len -= block_size(&n, 4);
	if (!read_header(&file, &n) || block_size(&n, 8) > file.len || n.leaps)
		return false;
	if (!read_changes(out, file, &n))
		return false;
	struct slice rule = {
	    .p = file.p + block_size(&n, 8), .len = file.len - block_size(&n, 8)};
	if (rule.len < 2 || rule.p[0] != '\n' || rule.p[rule.len - 1] != '\n')
		return false;
	rule.p++;
	rule.len -= 2;
	return zone_add_rule(
	    out, rule, out->count ? out->items[out->count - 1].at : INT64_MIN);
}
