#ifndef HUDDLE_TEST_READER_HELPER_H
#define HUDDLE_TEST_READER_HELPER_H

#include "../../src/sync/reader.h"
#include "huddle/text.h"
#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* All that a reader says of a file, as text: "H[a][b]" for the header, then
 * "2[1][x]" a row with its line; an error as "!PLACE: TEXT". */
struct reading {
	struct str rows, raw;
	char encoding[32], delimiter;
	int64_t skipped, unassigned;
};

static inline char *reader_file(const void *bytes, size_t len)
{
	static char dir[] = "/tmp/huddle-reader-XXXXXX", path[64];
	if (!path[0]) {
		cr_assert(mkdtemp(dir));
		snprintf(path, sizeof path, "%s/t.csv", dir);
	}
	FILE *f = fopen(path, "wb");
	cr_assert(f && fwrite(bytes, 1, len, f) == len && fclose(f) == 0);
	return path;
}

static inline void reader_file_remove(void)
{
	char *path = reader_file("", 0);
	unlink(path);
	*strrchr(path, '/') = '\0';
	rmdir(path);
}

static inline void add_fields(struct str *out, const struct slice *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cr_expect(utf8_valid(fields[i]), "a field is not UTF-8");
		str_addc(out, '[');
		str_add(out, fields[i].p, fields[i].len);
		str_addc(out, ']');
	}
	str_addc(out, '\n');
}

static inline void add_error(struct str *out, const struct err *err)
{
	str_addf(out, "!%s: %s\n", err->place, err->text);
}

static inline void read_rows(struct reader *r, struct reading *out)
{
	struct err err = ERR_INIT;
	struct reader_row row;
	enum reader_result result;
	while ((result = reader_next(r, &row, &err)) == READER_ROW) {
		str_addf(&out->rows, "%" PRId64, row.line);
		add_fields(&out->rows, row.fields, row.count);
		str_add(&out->raw, row.raw.p, row.raw.len);
		str_addc(&out->raw, '\n');
	}
	if (result == READER_ERROR)
		add_error(&out->rows, &err);
	cr_expect_eq(
	    reader_next(r, &row, &err), result, "the end or an error is for good");
}

static inline struct reading read_path(const char *path, size_t chunk)
{
	struct reading out = {.delimiter = 0};
	struct err err = ERR_INIT;
	struct reader *r;
	if (!reader_open_chunked(&r, path, chunk, &err)) {
		add_error(&out.rows, &err);
		return out;
	}
	size_t count;
	const struct slice *header = reader_header(r, &count);
	str_addc(&out.rows, 'H');
	add_fields(&out.rows, header, count);
	read_rows(r, &out);
	snprintf(out.encoding, sizeof out.encoding, "%s", reader_encoding(r));
	out.delimiter = reader_delimiter(r);
	out.skipped = reader_skipped(r);
	out.unassigned = reader_unassigned(r);
	reader_close(r);
	return out;
}

static inline void reading_release(struct reading *reading)
{
	str_release(&reading->rows);
	str_release(&reading->raw);
}

static inline void expect_same(
    const struct reading *a, const struct reading *b, size_t chunk)
{
	cr_expect_str_eq(str_text(&a->rows), str_text(&b->rows),
	    "chunks of %zu:\n%s\nnot\n%s", chunk, str_text(&b->rows), str_text(&a->rows));
	cr_expect_str_eq(
	    str_text(&a->raw), str_text(&b->raw), "raw, chunks of %zu", chunk);
	cr_expect_eq(a->skipped, b->skipped, "skipped, chunks of %zu", chunk);
	cr_expect_eq(a->unassigned, b->unassigned, "unassigned, chunks of %zu", chunk);
}

/* Read the bytes; that any other chunks give the same is checked on the way. */
static inline struct reading read_bytes(const void *bytes, size_t len)
{
	static const size_t chunks[] = {1, 2, 3, 5, 64};
	const char *path = reader_file(bytes, len);
	struct reading whole = read_path(path, (size_t)1 << 20);
	for (size_t i = 0; len < 4096 && i < sizeof chunks / sizeof *chunks; i++) {
		struct reading other = read_path(path, chunks[i]);
		expect_same(&whole, &other, chunks[i]);
		reading_release(&other);
	}
	return whole;
}

#endif
