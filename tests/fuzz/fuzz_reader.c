#include "../../src/sync/reader.h"
#include "huddle/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Any bytes: no crash, every text is UTF-8, no row holds a NUL, the caps hold, and
 * reading in chunks of the first byte's size says exactly what reading at once says.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void add(struct str *out, struct slice s)
{
	if (!utf8_valid(s) || (s.len && memchr(s.p, '\0', s.len)) || s.len > 1 << 20)
		abort();
	str_add(out, s.p, s.len);
	str_addc(out, '\1');
}

static void add_row(struct str *out, const struct reader_row *row)
{
	if (!row->count || row->count > 4096 || row->line < 1)
		abort();
	str_addf(out, "\n%lld ", (long long)row->line);
	for (size_t i = 0; i < row->count; i++)
		add(out, row->fields[i]);
	add(out, row->raw);
}

static void read_all(struct str *out, struct reader *r, struct err *err)
{
	struct reader_row row;
	enum reader_result result;
	size_t count;
	const struct slice *header = reader_header(r, &count);
	for (size_t i = 0; i < count; i++)
		add(out, header[i]);
	while ((result = reader_next(r, &row, err)) == READER_ROW)
		add_row(out, &row);
	if (reader_next(r, &row, err) != result)
		abort();
	str_addf(out, "\n%s %d %lld", reader_encoding(r), reader_delimiter(r),
	    (long long)reader_skipped(r));
	if (result == READER_END)
		str_addf(out, " %lld", (long long)reader_unassigned(r));
}

static struct str read_in_chunks(const char *path, size_t chunk)
{
	struct str out = STR_INIT;
	struct err err = ERR_INIT;
	struct reader *r;
	if (reader_open_chunked(&r, path, chunk, &err))
		read_all(&out, r, &err);
	reader_close(r);
	str_addf(&out, "\n%s: %s", err.place, err.text);
	if (err.text[0] && !strchr(err.text, ';'))
		abort();
	return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (!size)
		return 0;
	int fd = memfd_create("fuzz", MFD_CLOEXEC);
	char path[64];
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (fd < 0 || write(fd, data + 1, size - 1) != (ssize_t)(size - 1))
		abort();
	struct str whole = read_in_chunks(path, 1 << 16);
	struct str parts = read_in_chunks(path, 1 + data[0] % 32);
	if (strcmp(str_text(&whole), str_text(&parts)) != 0) {
		fprintf(stderr, "%s\n---\n%s\n", str_text(&whole), str_text(&parts));
		abort();
	}
	str_release(&whole);
	str_release(&parts);
	close(fd);
	return 0;
}
