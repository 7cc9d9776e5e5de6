#ifndef HUDDLE_TEXT_INSIDE_H
#define HUDDLE_TEXT_INSIDE_H

#include "huddle/text.h"

/* Shared by the text files of this folder only. */

/*
 * Like utf8_decode(), but always goes on: bytes that are no UTF-8 give U+FFFD
 * and *good false. One such step is a maximal subpart (Unicode, 3.9: the
 * longest start of a valid sequence, else one byte), as browsers count them.
 * len must not be 0.
 */
size_t utf8_step(const char *p, size_t len, uint32_t *out, bool *good);

/* How many bytes at p are below 0x80. */
size_t ascii_run(const char *p, size_t len);

/* A combining mark that takes no column of its own. */
bool is_mark(uint32_t c);

#endif
