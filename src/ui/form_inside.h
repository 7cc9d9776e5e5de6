#ifndef UI_FORM_INSIDE_H
#define UI_FORM_INSIDE_H

#include "huddle/widget.h"

/* Shared by the files of the form: form.c (values, keys), form_draw.c,
 * form_lines.c (a longer text as lines). */

enum { FORM_MATCHES = 6 };

/* Scroll so far that the focused field is seen. */
void form_follow(struct form *f);
/* The completions of a text field for what is typed, best first. */
int form_matches(const struct form_field *field, const char *out[FORM_MATCHES]);
/* Which choice is the value, or -1. */
int form_chosen(const struct form_field *field);

/* Theirs in the place of ours, and ours kept as theirs was; false: there is none. */
bool form_take_theirs(struct form *f, struct form_field *field);

/* One line of a longer text: bytes [from, to) of it. */
struct form_line {
	size_t from, to;
};
/* Break text into lines of at most `columns`; at least one. free() *out. */
int form_lines(const struct str *text, int columns, struct form_line **out);
/* The line that the byte `at` is on. */
int form_line_at(const struct form_line *lines, int count, size_t at);

#endif
