#ifndef HUDDLE_TEXT_H
#define HUDDLE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "huddle/str.h"

/*
 * All text inside the program is UTF-8, whatever the locale. What comes from
 * outside goes through display_safe() on its way to any screen, pipe or file
 * that people read.
 */

/* Decode one code point strictly (no overlongs, no surrogates). Returns the
 * bytes used, 0 when the bytes at p are not UTF-8. */
size_t utf8_decode(const char *p, size_t len, uint32_t *out);
bool utf8_valid(struct slice s);
void utf8_add(struct str *out, uint32_t code_point);

/*
 * Make text harmless and of known width: control characters become ^X, C1,
 * bidirectional controls, zero-width, tag, private-use and unassigned code
 * points become U+FFFD, bad bytes become U+FFFD, LF/CR/TAB runs become one
 * blank, at most three combining marks are kept. Idempotent. Appends to out.
 */
void display_safe(struct str *out, struct slice s);

/* Columns a terminal uses for text that display_safe() made (wcwidth rules,
 * ambiguous is 1). */
int text_width(struct slice s);
/* Bytes of the next grapheme cluster at p (>= 1 unless len is 0) and its columns. */
size_t text_cluster(const char *p, size_t len, int *columns);
/* Append at most `columns` columns of s; what does not fit ends in … (or "~"
 * when ascii). Returns the columns used. */
int text_clip(struct str *out, struct slice s, int columns, bool ascii);
/* The same, then blanks up to exactly `columns`. */
void text_pad(struct str *out, struct slice s, int columns, bool ascii);
/* Break s into lines of at most `columns` at blanks. Calls line() for each. */
void text_wrap(struct slice s, int columns, void (*line)(void *, struct slice), void *arg);
/* The same for Markdown, where nothing of it means more than itself; of one line. */
void text_markdown(struct str *out, struct slice s);
/* Letters that ASCII lacks as their closest ASCII ("é" "e", "—" "-", else "?"). */
void text_to_ascii(struct str *out, struct slice s);
/* Is a letter or digit left of it then? "東京" is only question marks. */
bool text_ascii_legible(struct slice s);

/* Case-folded copy for comparing names; appends. */
void text_fold(struct str *out, struct slice s);
bool text_same(struct slice a, struct slice b); /* equal when folded and trimmed */
/* Is `part` in `whole`, ignoring case? */
bool text_contains(struct slice whole, struct slice part);
/* Letters of `pattern` in order in `whole`, ignoring case: 0 is no match, more
 * is better (a run, a word start and a substring score higher). */
int text_fuzzy(struct slice whole, struct slice pattern);

#endif
