#ifndef HUDDLE_STR_H
#define HUDDLE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

/* Borrowed bytes, not NUL-terminated. p is NULL only for "absent". */
struct slice {
	const char *p;
	size_t len;
};

/* A growing byte string that owns its bytes and always ends in a NUL. */
struct str {
	char *p;
	size_t len, cap;
};

#define STR_INIT {0}

/* Memory that can not be had ends the program with a message. */
void *xmalloc(size_t size);
void *xcalloc(size_t count, size_t size);
void *xrealloc(void *old, size_t size);
char *xstrdup(const char *text);

void str_release(struct str *s);
void str_clear(struct str *s);
void str_reserve(struct str *s, size_t more);
void str_add(struct str *s, const char *bytes, size_t len);
void str_adds(struct str *s, const char *text);
void str_addc(struct str *s, char c);
void str_addf(struct str *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
void str_addv(struct str *s, const char *format, va_list args);
const char *str_text(const struct str *s); /* "" when nothing was added */

struct slice slice_of(const char *text); /* NULL gives the absent slice */
struct slice slice_trim(struct slice s); /* ASCII blanks and NBSP at both ends */
bool slice_eq(struct slice a, struct slice b);
bool slice_is(struct slice s, const char *text);      /* exact */
bool slice_is_nocase(struct slice s, const char *text); /* ASCII case folded */
bool slice_starts(struct slice s, const char *prefix);
/* Cut the next part up to `separator` off *rest; false when nothing is left. */
bool slice_cut(struct slice *rest, char separator, struct slice *part);
/* Copy into buf with a final NUL, cut at size - 1; returns buf. */
char *slice_copy(struct slice s, char *buf, size_t size);

#endif
