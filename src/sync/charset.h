#ifndef HUDDLE_SYNC_CHARSET_H
#define HUDDLE_SYNC_CHARSET_H

#include "huddle/err.h"
#include "huddle/str.h"
#include <stdint.h>

/*
 * A file's bytes as UTF-8 text without its BOM, a chunk at a time. What the
 * bytes are is decided when it is opened, from all of them.
 */
struct charset;

enum charset_state {
	CHARSET_MORE,
	CHARSET_END,
	CHARSET_BROKEN, /* what follows the text given so far is no UTF-16 */
};

/* What was decided from all of a file, for the next one who opens it: it holds
 * while the file has that size and was not changed since. Zeroed, it is not known;
 * hash is "" where deciding did not need all bytes. */
struct file_look {
	bool known;
	int encoding;
	int64_t start, size, changed; /* bytes; nanoseconds */
	char hash[33];                /* XXH3-128 of its bytes */
};

/* look: NULL, or filled in at the first time and used from then on. */
bool charset_open(struct charset **out, const char *path, size_t chunk,
	struct file_look *look, struct err *err);
void charset_close(struct charset *c);

/* Append the next chunk's text to out; false when the file can not be read. */
bool charset_read(
    struct charset *c, struct str *out, enum charset_state *state, struct err *err);

const char *charset_name(const struct charset *c);
int64_t charset_unassigned(const struct charset *c);
void charset_progress(const struct charset *c, int64_t *done, int64_t *size);

#endif
