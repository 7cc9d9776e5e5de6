#include "huddle/str.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void out_of_memory(size_t size)
{
	fprintf(stderr,
	    "huddle: no memory for %zu more bytes; close other programs "
	    "or sync less at once\n",
	    size);
	exit(EXIT_FAILURE);
}

void *xmalloc(size_t size)
{
	void *p = malloc(size ? size : 1);
	if (!p)
		out_of_memory(size);
	return p;
}

void *xcalloc(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);
	if (!p)
		out_of_memory(count);
	return p;
}

void *xrealloc(void *old, size_t size)
{
	void *p = realloc(old, size ? size : 1);
	if (!p)
		out_of_memory(size);
	return p;
}

char *xstrdup(const char *text)
{
	size_t size = strlen(text) + 1;
	return memcpy(xmalloc(size), text, size);
}

void str_release(struct str *s)
{
	free(s->p);
	*s = (struct str)STR_INIT;
}

void str_clear(struct str *s)
{
	s->len = 0;
	if (s->p)
		s->p[0] = '\0';
}

/* Room for `more` bytes and the NUL; doubles, so n appends cost O(n). */
void str_reserve(struct str *s, size_t more)
{
	if (s->cap > s->len && s->cap - s->len > more)
		return;
	size_t want;
	if (__builtin_add_overflow(s->len, more, &want) || want >= SIZE_MAX / 2)
		out_of_memory(more);
	want += 1;
	size_t cap = s->cap < 32 ? 32 : s->cap * 2;
	s->cap = cap < want ? want : cap;
	s->p = xrealloc(s->p, s->cap);
	s->p[s->len] = '\0';
}

void str_add(struct str *s, const char *bytes, size_t len)
{
	str_reserve(s, len);
	if (len)
		memcpy(s->p + s->len, bytes, len);
	s->len += len;
	s->p[s->len] = '\0';
}

void str_adds(struct str *s, const char *text)
{
	str_add(s, text, strlen(text));
}

void str_addc(struct str *s, char c)
{
	str_reserve(s, 1);
	s->p[s->len++] = c;
	s->p[s->len] = '\0';
}

void str_addf(struct str *s, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	str_addv(s, format, args);
	va_end(args);
}

void str_addv(struct str *s, const char *format, va_list args)
{
	va_list again;
	va_copy(again, args);
	int len = vsnprintf(NULL, 0, format, args);
	if (len > 0) {
		str_reserve(s, (size_t)len);
		vsnprintf(s->p + s->len, (size_t)len + 1, format, again);
		s->len += (size_t)len;
	}
	va_end(again);
}

const char *str_text(const struct str *s)
{
	return s->p ? s->p : "";
}

struct slice slice_of(const char *text)
{
	return (struct slice){.p = text, .len = text ? strlen(text) : 0};
}

static size_t blank_at_start(struct slice s)
{
	if (s.len && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
		return 1;
	return s.len >= 2 && !memcmp(s.p, "\xC2\xA0", 2) ? 2 : 0;
}

static size_t blank_at_end(struct slice s)
{
	if (!s.len)
		return 0;
	char last = s.p[s.len - 1];
	if (last == ' ' || (last >= '\t' && last <= '\r'))
		return 1;
	return s.len >= 2 && !memcmp(s.p + s.len - 2, "\xC2\xA0", 2) ? 2 : 0;
}

struct slice slice_trim(struct slice s)
{
	for (size_t n; (n = blank_at_start(s)) > 0;) {
		s.p += n;
		s.len -= n;
	}
	for (size_t n; (n = blank_at_end(s)) > 0;)
		s.len -= n;
	return s;
}

bool slice_eq(struct slice a, struct slice b)
{
	return a.len == b.len && (!a.len || !memcmp(a.p, b.p, a.len));
}

bool slice_is(struct slice s, const char *text)
{
	return slice_eq(s, slice_of(text));
}

/* tolower() would follow the locale. */
static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool slice_is_nocase(struct slice s, const char *text)
{
	size_t len = strlen(text);
	if (s.len != len)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (lower(s.p[i]) != lower(text[i]))
			return false;
	}
	return true;
}

bool slice_starts(struct slice s, const char *prefix)
{
	size_t len = strlen(prefix);
	return s.len >= len && (!len || !memcmp(s.p, prefix, len));
}

/*
 * "a,b," has the parts "a", "b" and "": rest->p becomes NULL only after the
 * last one, so an empty part at the end is not lost.
 */
bool slice_cut(struct slice *rest, char separator, struct slice *part)
{
	if (!rest->p)
		return false;
	const char *end = rest->len ? memchr(rest->p, separator, rest->len) : NULL;
	if (!end) {
		*part = *rest;
		*rest = (struct slice){0};
		return true;
	}
	*part = (struct slice){.p = rest->p, .len = (size_t)(end - rest->p)};
	rest->p = end + 1;
	rest->len -= part->len + 1;
	return true;
}

char *slice_copy(struct slice s, char *buf, size_t size)
{
	if (!size)
		return buf;
	size_t len = s.len < size ? s.len : size - 1;
	if (len)
		memcpy(buf, s.p, len);
	buf[len] = '\0';
	return buf;
}
