#ifndef HUDDLE_SYNC_DIALECT_H
#define HUDDLE_SYNC_DIALECT_H

#include "huddle/str.h"
#include <stdint.h>

/* What the first rows of a file say about the rest of it. */
struct dialect {
	char delimiter;
	size_t header;   /* offset of the header's row */
	int64_t lines;   /* line ends before it */
	int64_t skipped; /* rows and blank lines before it */
};

/* `head` is the start of the text; `whole` when it is all of it. */
struct dialect dialect_decide(struct slice head, bool whole);

/* Is this the text of a line that report exports put below their table? */
bool dialect_footer(struct slice cell);

/* A header's field, appended: trimmed, without BOM, curly quotes straight. */
void dialect_header(struct str *out, struct slice cell);

#endif
