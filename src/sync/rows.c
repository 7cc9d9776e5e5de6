#include "rows.h"

#include "charset.h"
#include "dialect.h"
#include "rows_inside.h"
#include <stdlib.h>
#include <string.h>

#define HEAD ((size_t)1 << 20) /* seen by the choice of delimiter */

/* ---- text ---- */

static size_t find(const struct str *text, char c, size_t from)
{
	if (from >= text->len)
		return text->len;
	const char *p = memchr(text->p + from, c, text->len - from);
	return p ? (size_t)(p - text->p) : text->len;
}

static void drop_done(struct rows *r)
{
	size_t done = r->row;
	memmove(r->text.p, r->text.p + done, r->text.len - done);
	r->text.len -= done;
	r->scan -= done;
	r->fed -= done;
	r->row = 0;
}

/* Append a chunk of the file to out, as far as it is text. */
static bool load(struct rows *r, struct str *out, enum stop *stop, struct err *err)
{
	enum charset_state state;
	size_t before = out->len;
	if (!charset_read(r->file, out, &state, err))
		return fault(r, err);
	if (state != CHARSET_MORE)
		*stop = state == CHARSET_END ? AT_END : AT_BROKEN;
	size_t nul = find(out, '\0', before);
	if (nul < out->len) {
		out->len = nul;
		*stop = AT_NUL;
	}
	return true;
}

/* What the choice of delimiter read comes in chunks as well, so that small
 * tests see the ends of chunks too. */
static void take_ahead(struct rows *r)
{
	size_t left = r->ahead.len - r->ahead_used;
	size_t len = left < r->chunk ? left : r->chunk;
	str_add(&r->text, str_text(&r->ahead) + r->ahead_used, len);
	r->ahead_used += len;
	if (len == left) {
		r->stop = r->ahead_stop;
		str_release(&r->ahead);
		r->ahead_used = 0;
	}
}

/* Read on; the row so far is kept and moves to the start of text. */
static bool fill(struct rows *r, struct err *err)
{
	if (r->row)
		drop_done(r);
	if (r->text.len > ROW_MAX)
		return fault_row_too_long(r, err);
	if (r->ahead.p)
		take_ahead(r);
	else if (!load(r, &r->text, &r->stop, err))
		return false;
	r->lf = find(&r->text, '\n', r->scan);
	r->cr = find(&r->text, '\r', r->scan);
	return true;
}

/* ---- the end of a row ---- */

/* Is the number of quotes in p odd? Eight bytes at a time: a byte of m has its
 * top bit set where w holds a quote, and only parity is kept. */
static bool odd_quotes(const char *p, size_t len)
{
	uint64_t seen = 0;
	const uint64_t low = 0x7f7f7f7f7f7f7f7fu;
	size_t i = 0;
	for (; i + 8 <= len; i += 8) {
		uint64_t w;
		memcpy(&w, p + i, sizeof w);
		w ^= 0x2222222222222222u;
		seen ^= ~(((w & low) + low) | w | low);
	}
	bool odd = __builtin_parityll(seen);
	for (; i < len; i++)
		odd ^= p[i] == '"';
	return odd;
}

/*
 * A line end outside quotes ends the row. False when the text at hand ends
 * before; a CR at its end waits for the LF that may follow.
 */
static bool find_end(struct rows *r, size_t *end, size_t *next)
{
	for (;;) {
		if (r->lf < r->scan)
			r->lf = find(&r->text, '\n', r->scan);
		if (r->cr < r->scan)
			r->cr = find(&r->text, '\r', r->scan);
		size_t at = r->lf < r->cr ? r->lf : r->cr;
		r->odd ^= odd_quotes(r->text.p + r->scan, at - r->scan);
		r->scan = at;
		if (at == r->text.len ||
		    (at == r->cr && at + 1 == r->text.len && !r->stop))
			return false;
		bool crlf = at == r->cr && r->lf == at + 1 && r->lf < r->text.len;
		*next = at + 1 + crlf;
		r->line_ends++;
		if (!r->odd) {
			*end = at;
			return true;
		}
		r->scan = *next;
	}
}

/* ---- libcsv ---- */

static void on_field(void *text, size_t len, void *arg)
{
	struct rows *r = arg;
	if (r->row_done)
		BUG("a row of libcsv's ended before ours");
	r->too_long |= len > r->longest;
	r->too_many |= r->count == COLUMNS_MAX;
	if (r->too_long || r->too_many)
		return;
	/* feed_bytes() made room for it. */
	memcpy(r->cells.p + r->cells.len, text, len);
	r->cells.len += len;
	r->ends[r->count++] = r->cells.len;
}

static void on_row(int c, void *arg)
{
	struct rows *r = arg;
	(void)c;
	r->row_done = true;
}

/* A field's buffer: the quote that ends it is in there too for a moment. */
static void *grow_field(void *old, size_t size)
{
	return size > FIELD_MAX + 2 ? NULL : realloc(old, size);
}

static void *grow_long_field(void *old, size_t size)
{
	return size > FIELD_LONG + 2 ? NULL : realloc(old, size);
}

void rows_allow_long(struct rows *r)
{
	r->longest = FIELD_LONG;
	csv_set_realloc_func(&r->csv, grow_long_field);
}

static void parser_init(struct rows *r)
{
	r->longest = FIELD_MAX;

	/* csv_fini() is never called: it emits what an error left over, and
	 * every row is fed with its line end. */
	csv_init(&r->csv, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&r->csv, (unsigned char)r->delimiter);
	csv_set_realloc_func(&r->csv, grow_field);
	csv_set_blk_size(&r->csv, (size_t)16 << 10);
}

static bool feed_bytes(
    struct rows *r, const char *p, size_t len, size_t at, struct err *err)
{
	/* Room for these bytes and for what the parser holds of a field. */
	str_reserve(&r->cells, r->csv.entry_pos + len);
	size_t used = csv_parse(&r->csv, p, len, on_field, on_row, r);
	if (used < len && csv_error(&r->csv) == CSV_EPARSE)
		return fault_syntax(r, at + used, err);
	if (used < len || r->too_long)
		return fault_field_too_long(r, r->csv.quoted && !r->too_long, err);
	return !r->too_many || fault_too_many(r, err);
}

/* Hand the row to the parser as far as `to`. */
static bool feed(struct rows *r, size_t to, struct err *err)
{
	size_t from = r->fed;
	r->fed = to;
	return from >= to || feed_bytes(r, r->text.p + from, to - from, from, err);
}

static bool feed_line_end(struct rows *r, struct err *err)
{
	return feed_bytes(r, "\n", 1, r->fed, err);
}

static void begin_row(struct rows *r)
{
	r->cells.len = r->count = 0;
	r->row_done = false;
}

static void hand_over(
    struct rows *r, struct slice raw, int64_t line, struct reader_row *row)
{
	const char *p = r->cells.p;
	size_t start = 0;
	for (size_t i = 0; i < r->count; i++) {
		r->fields[i] = (struct slice){p + start, r->ends[i] - start};
		start = r->ends[i];
	}
	*row = (struct reader_row){line, r->fields, r->count, raw, 0};
}

/* ---- rows ---- */

/* The text ends in the middle of a row, or between two. */
static enum reader_result at_stop(
    struct rows *r, size_t *end, size_t *next, struct err *err)
{
	if (!feed(r, r->text.len, err))
		return READER_ERROR;
	if (r->stop != AT_END) {
		fault_bytes(r, err);
		return READER_ERROR;
	}
	if (r->odd) {
		fault_unterminated(r, err);
		return READER_ERROR;
	}
	if (r->row == r->text.len)
		return READER_END;
	*end = *next = r->text.len;
	return feed_line_end(r, err) ? READER_ROW : READER_ERROR;
}

/* A row that was known when it was read whole needs no parser. */
static bool known(const struct rows *r, size_t end, int64_t *same)
{
	struct slice raw = {r->text.p + r->row, end - r->row};

	*same = r->same && raw.len && r->fed == r->row ? r->same(r->same_arg, raw) : 0;
	return *same != 0;
}

/* Find the next row, blank or not, and have it parsed. */
static enum reader_result read_row(
    struct rows *r, size_t *end, size_t *next, int64_t *same, struct err *err)
{
	begin_row(r);
	while (!find_end(r, end, next)) {
		if (r->stop)
			return at_stop(r, end, next, err);
		/* Fed as far as it goes, a mistake shows here and not only
		 * where the next quote happens to stand. */
		if (!feed(r, r->scan, err) || !fill(r, err))
			return READER_ERROR;
	}
	if (known(r, *end, same))
		return READER_SAME;
	return feed(r, *end + 1, err) ? READER_ROW : READER_ERROR;
}

enum reader_result rows_next(
    struct rows *r, struct reader_row *row, bool *below_blank, struct err *err)
{
	*below_blank = false;
	if (r->failed) {
		*err = r->error;
		return READER_ERROR;
	}
	for (;;) {
		size_t end, next;
		int64_t same = 0;
		enum reader_result result = read_row(r, &end, &next, &same, err);
		if (result != READER_ROW && result != READER_SAME)
			return result;
		struct slice raw = {r->text.p + r->row, end - r->row};
		int64_t line = r->line;
		r->line += r->line_ends;
		r->line_ends = 0;
		r->row = r->scan = r->fed = next;
		if (same) {
			*row =
			    (struct reader_row){.line = line, .raw = raw, .same = same};
			return READER_SAME;
		}
		if (r->row_done) {
			hand_over(r, raw, line, row);
			return READER_ROW;
		}
		r->skipped++;
		*below_blank = true;
	}
}

void rows_parse(struct rows *r, struct slice raw, int64_t line, struct reader_row *row)
{
	struct err err;
	begin_row(r);
	if (!feed_bytes(r, raw.p, raw.len, 0, &err) || !feed_line_end(r, &err))
		BUG("a row was well-formed once: %s", err.text);
	hand_over(r, raw, line, row);
}

/* ---- opening ---- */

static bool start(struct rows *r, struct err *err)
{
	while (!r->ahead_stop && r->ahead.len < HEAD) {
		if (!load(r, &r->ahead, &r->ahead_stop, err))
			return false;
	}
	size_t len = r->ahead.len < HEAD ? r->ahead.len : HEAD;
	struct slice head = {str_text(&r->ahead), len};
	struct dialect dialect =
	    dialect_decide(head, r->ahead_stop && len == r->ahead.len);
	r->delimiter = dialect.delimiter;
	r->line = 1 + dialect.lines;
	r->skipped = dialect.skipped;
	r->ahead_used = dialect.header;
	parser_init(r);
	return fill(r, err);
}

bool rows_open(struct rows **out, const char *path, size_t chunk, struct file_look *look,
    struct err *err)
{
	struct rows *r = xcalloc(1, sizeof *r);
	const char *slash = strrchr(path, '/');
	r->name = xstrdup(slash ? slash + 1 : path);
	r->chunk = chunk;
	csv_init(&r->csv, 0);
	*out = r;
	if (charset_open(&r->file, path, chunk, look, err) && start(r, err))
		return true;
	rows_close(r);
	*out = NULL;
	return false;
}

void rows_close(struct rows *r)
{
	if (!r)
		return;
	charset_close(r->file);
	csv_free(&r->csv);
	str_release(&r->ahead);
	str_release(&r->text);
	str_release(&r->cells);
	free(r->name);
	free(r);
}

void rows_ask_same(struct rows *r, reader_same_fn same, void *arg)
{
	r->same = same;
	r->same_arg = arg;
}

void rows_columns(struct rows *r, const struct slice *header, size_t width)
{
	r->header = header;
	r->width = width;
}

const struct charset *rows_file(const struct rows *r)
{
	return r->file;
}

char rows_delimiter(const struct rows *r)
{
	return r->delimiter;
}

int64_t rows_skipped(const struct rows *r)
{
	return r->skipped;
}
