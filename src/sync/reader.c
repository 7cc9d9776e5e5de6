#include "reader.h"

#include "charset.h"
#include "dialect.h"
#include "rows.h"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xxhash.h>

#ifndef CHUNK /* fuzzing is done with small ones, as there is little to read */
#define CHUNK ((size_t)1 << 20)
#endif
#define HELD_MAX 16 /* a report's footer is shorter than that */

/* A row that is a footer line if nothing but such lines follows. */
struct held {
	struct str raw;
	int64_t line;
	bool matches; /* the words of a footer */
	bool opens;   /* a footer may begin here: below a blank line, say */
};

struct reader {
	struct rows *rows;
	struct str header_text, header_raw;
	struct slice *header;
	size_t width;
	int64_t footers;

	struct held held[HELD_MAX];
	size_t held_count;
	size_t given, to_give; /* of the held rows that turned out to be rows */
	reader_same_fn same;
	void *same_arg;
};

/* ---- footer ---- */

static bool only_first(const struct reader_row *row)
{
	for (size_t i = 1; i < row->count; i++) {
		if (row->fields[i].len)
			return false;
	}
	return true;
}

/*
 * Could the row belong to a footer? In a table of one column every row looks
 * like a footer line, so there only its words below a blank line do.
 */
static bool may_be_footer(const struct reader *r, const struct reader_row *row,
    bool below_blank, struct held *as)
{
	as->matches = as->opens = false;
	if ((row->count > 1 && row->fields[1].len) || !only_first(row))
		return false;
	bool empty = !row->fields[0].len;
	as->matches = dialect_footer(row->fields[0]);
	as->opens = as->matches || below_blank || (empty && row->count > 1);
	if (r->width < 2)
		return as->matches && (below_blank || r->held_count);
	return as->matches || empty || row->count == 1;
}

static void hold(struct reader *r, const struct reader_row *row, const struct held *as)
{
	struct held *h = &r->held[r->held_count++];
	str_clear(&h->raw);
	str_add(&h->raw, row->raw.p, row->raw.len);
	h->line = row->line;
	h->matches = as->matches;
	h->opens = as->opens;
}

/* At the end of the file: the index of the first held row that is footer. */
static size_t footer_start(const struct reader *r)
{
	bool matches = false;
	for (size_t i = 0; i < r->held_count; i++)
		matches |= r->held[i].matches;
	if (!matches)
		return r->held_count;
	size_t i = 0;
	while (!r->held[i].opens)
		i++;
	return i;
}

static enum reader_result give_held(struct reader *r, struct reader_row *row)
{
	const struct held *h = &r->held[r->given++];
	rows_parse(r->rows, (struct slice){str_text(&h->raw), h->raw.len}, h->line, row);
	if (r->given == r->to_give)
		r->held_count = r->given = r->to_give = 0;
	return READER_ROW;
}

enum reader_result reader_next(struct reader *r, struct reader_row *row, struct err *err)
{
	while (!r->to_give) {
		struct held as;
		bool below_blank;
		/* Below a row that may be footer a known one would come too soon. */
		rows_ask_same(r->rows, r->held_count ? NULL : r->same, r->same_arg);
		enum reader_result result = rows_next(r->rows, row, &below_blank, err);
		if (result == READER_ERROR || result == READER_SAME)
			return result;
		if (result == READER_END) {
			r->to_give = footer_start(r);
			r->footers += (int64_t)(r->held_count - r->to_give);
			r->held_count = 0;
			if (!r->to_give)
				return READER_END;
			break;
		}
		bool footer = may_be_footer(r, row, below_blank, &as);
		if (!footer && !r->held_count)
			return READER_ROW;
		hold(r, row, &as);
		if (!footer || r->held_count == HELD_MAX)
			r->to_give = r->held_count;
	}
	return give_held(r, row);
}

void reader_allow_long(struct reader *r)
{
	rows_allow_long(r->rows);
}

void reader_ask_same(struct reader *r, reader_same_fn same, void *arg)
{
	r->same = same;
	r->same_arg = arg;
}

/* ---- header ---- */

static bool read_header(struct reader *r, struct err *err)
{
	struct reader_row row;
	bool below_blank;
	enum reader_result result = rows_next(r->rows, &row, &below_blank, err);
	if (result != READER_ROW)
		return result == READER_END;
	str_add(&r->header_raw, row.raw.p, row.raw.len);
	size_t *ends = xcalloc(row.count, sizeof *ends);
	for (size_t i = 0; i < row.count; i++) {
		dialect_header(&r->header_text, row.fields[i]);
		ends[i] = r->header_text.len;
	}
	const char *p = str_text(&r->header_text);
	r->header = xcalloc(row.count, sizeof *r->header);
	r->width = row.count;
	for (size_t i = 0, start = 0; i < row.count; start = ends[i++])
		r->header[i] = (struct slice){p + start, ends[i] - start};
	free(ends);
	rows_columns(r->rows, r->header, r->width);
	return true;
}

static bool open_with(struct reader **out, const char *path, size_t chunk,
    struct file_look *look, struct err *err)
{
	struct reader *r = xcalloc(1, sizeof *r);
	*out = r;
	if (rows_open(&r->rows, path, chunk, look, err) && read_header(r, err))
		return true;
	reader_close(r);
	*out = NULL;
	return false;
}

bool reader_open_chunked(
    struct reader **out, const char *path, size_t chunk, struct err *err)
{
	return open_with(out, path, chunk, NULL, err);
}

bool reader_open_known(
    struct reader **out, const char *path, struct file_look *look, struct err *err)
{
	return open_with(out, path, CHUNK, look, err);
}

bool reader_open(struct reader **out, const char *path, struct err *err)
{
	return open_with(out, path, CHUNK, NULL, err);
}

void reader_close(struct reader *r)
{
	if (!r)
		return;
	rows_close(r->rows);
	str_release(&r->header_text);
	str_release(&r->header_raw);
	free(r->header);
	for (size_t i = 0; i < HELD_MAX; i++)
		str_release(&r->held[i].raw);
	free(r);
}

const struct slice *reader_header(const struct reader *r, size_t *count)
{
	*count = r->width;
	return r->header;
}

struct slice reader_header_raw(const struct reader *r)
{
	return (struct slice){str_text(&r->header_raw), r->header_raw.len};
}

const char *reader_encoding(const struct reader *r)
{
	return charset_name(rows_file(r->rows));
}

char reader_delimiter(const struct reader *r)
{
	return rows_delimiter(r->rows);
}

int64_t reader_skipped(const struct reader *r)
{
	return rows_skipped(r->rows) + r->footers;
}

void reader_progress(const struct reader *r, int64_t *done, int64_t *size)
{
	charset_progress(rows_file(r->rows), done, size);
}

int64_t reader_unassigned(const struct reader *r)
{
	return charset_unassigned(rows_file(r->rows));
}

/* ---- hash ---- */

static bool hash_bytes(int fd, XXH3_state_t *state, char *buf, int64_t *size)
{
	*size = 0;
	for (;;) {
		ssize_t n = read(fd, buf, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		XXH3_128bits_update(state, buf, (size_t)n);
		*size += n;
	}
}

bool reader_hash_file(const char *path, char out[33], int64_t *size, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	if (fd < 0)
		return err_set(err, path,
		    "can not be opened: %s; check the path and its permissions",
		    strerror(errno));
	XXH3_state_t *state = XXH3_createState();
	char *buf = xmalloc(CHUNK);
	if (!state || XXH3_128bits_reset(state) == XXH_ERROR)
		BUG("no state for a hash");
	bool ok = hash_bytes(fd, state, buf, size);
	if (ok) {
		XXH128_hash_t hash = XXH3_128bits_digest(state);
		snprintf(out, 33, "%016llx%016llx", (unsigned long long)hash.high64,
		    (unsigned long long)hash.low64);
	} else {
		err_set(err, path,
		    "can not be read: %s; copy it to a local folder and sync that",
		    strerror(errno));
	}
	XXH3_freeState(state);
	free(buf);
	close(fd);
	return ok;
}
