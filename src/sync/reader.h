#ifndef HUDDLE_SYNC_READER_H
#define HUDDLE_SYNC_READER_H

#include "huddle/err.h"
#include "huddle/str.h"
#include <stdint.h>

/*
 * One CSV file as rows of UTF-8 fields, whatever its bytes were: encoding by
 * BOM, else valid UTF-8, else Windows-1252; UTF-16 converted; delimiter by the
 * header; LF, CRLF and lone CR. Structure that can not be trusted (an
 * unterminated quote, junk after a quote, a NUL, a field over 1 MiB, more than
 * 4,096 columns) is an error with file, line and column, never a guess.
 */
struct reader;

struct reader_row {
	int64_t line;               /* of the row's first byte, from 1 */
	const struct slice *fields; /* borrowed until the next call; so is raw */
	size_t count;
	struct slice raw; /* the row as it stood, in UTF-8, without its line end */
	int64_t same;     /* READER_SAME: what was said of it; it has no fields */
};

enum reader_result { READER_ROW, READER_END, READER_ERROR, READER_SAME };

/* Is the row known by its text? Not 0: it is not split into fields. */
typedef int64_t (*reader_same_fn)(void *arg, struct slice raw);

bool reader_open(struct reader **out, const char *path, struct err *err);
/* The same, with what is known of the file (charset.h) or is found out now. */
struct file_look;
bool reader_open_known(
    struct reader **out, const char *path, struct file_look *look, struct err *err);
/* The same, reading `chunk` bytes at a time: for tests of chunk ends. */
bool reader_open_chunked(
    struct reader **out, const char *path, size_t chunk, struct err *err);
void reader_close(struct reader *r); /* NULL is fine */

/* The header's fields, trimmed, curly quotes made straight. Never empty. A
 * file with nothing in it has a header of no fields and no rows. */
const struct slice *reader_header(const struct reader *r, size_t *count);
struct slice reader_header_raw(const struct reader *r); /* as it stood, in UTF-8 */
enum reader_result reader_next(struct reader *r, struct reader_row *row, struct err *err);

/* A line of the change log holds a record before and after, each text of which may be
 * as long as a field: fields may have 32 MiB from now on. */
void reader_allow_long(struct reader *r);

/* From now on rows are asked for before they are read. */
void reader_ask_same(struct reader *r, reader_same_fn same, void *arg);

/* "UTF-8", "UTF-8 BOM", "UTF-16LE", "UTF-16BE", "Windows-1252" */
const char *reader_encoding(const struct reader *r);
char reader_delimiter(const struct reader *r);
/* Blank lines, a sep= line, the title lines above and the footer lines below a
 * report's table: not rows, so far. */
int64_t reader_skipped(const struct reader *r);
/* Bytes read so far and in all, for progress. */
void reader_progress(const struct reader *r, int64_t *done, int64_t *size);
/* Of use in a warning; 0 when the encoding has no such bytes: Windows-1252 bytes
 * with no character; bytes that are no UTF-8 below a BOM that says UTF-8, which
 * are read as Windows-1252. Complete when the rows are at their end. */
int64_t reader_unassigned(const struct reader *r);

/* XXH3-128 of the file's bytes as 32 hex digits. */
bool reader_hash_file(const char *path, char out[33], int64_t *size, struct err *err);

#endif
