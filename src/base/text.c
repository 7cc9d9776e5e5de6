#include "huddle/text.h"

#include <string.h>
#include <utf8proc.h>

#include "text_inside.h"

/* Table 3-7 of the Unicode standard: the range of the second byte is what
 * excludes overlong forms, surrogates and what lies above U+10FFFF. */
static size_t sequence_of(unsigned char lead, unsigned char *low, unsigned char *high)
{
	*low = 0x80;
	*high = 0xBF;
	if (lead >= 0xC2 && lead <= 0xDF)
		return 2;
	if (lead >= 0xE0 && lead <= 0xEF) {
		*low = lead == 0xE0 ? 0xA0 : 0x80;
		*high = lead == 0xED ? 0x9F : 0xBF;
		return 3;
	}
	if (lead >= 0xF0 && lead <= 0xF4) {
		*low = lead == 0xF0 ? 0x90 : 0x80;
		*high = lead == 0xF4 ? 0x8F : 0xBF;
		return 4;
	}
	return 0;
}

size_t utf8_step(const char *p, size_t len, uint32_t *out, bool *good)
{
	const unsigned char *b = (const unsigned char *)p;
	*good = true;
	*out = b[0];
	if (b[0] < 0x80)
		return 1;
	unsigned char low, high;
	size_t need = sequence_of(b[0], &low, &high);
	uint32_t c = b[0] & (0xFFu >> (need + 1));
	*good = false;
	*out = 0xFFFD;
	for (size_t i = 1; i < need; i++) {
		if (i >= len || b[i] < low || b[i] > high)
			return i;
		c = c << 6 | (b[i] & 0x3Fu);
		low = 0x80;
		high = 0xBF;
	}
	if (!need)
		return 1;
	*good = true;
	*out = c;
	return need;
}

size_t utf8_decode(const char *p, size_t len, uint32_t *out)
{
	bool good;
	if (!len)
		return 0;
	size_t used = utf8_step(p, len, out, &good);
	return good ? used : 0;
}

size_t ascii_run(const char *p, size_t len)
{
	size_t n = 0;
	for (; len - n >= 8; n += 8) {
		uint64_t eight;
		memcpy(&eight, p + n, 8);
		if (eight & UINT64_C(0x8080808080808080))
			break;
	}
	while (n < len && (unsigned char)p[n] < 0x80)
		n++;
	return n;
}

bool utf8_valid(struct slice s)
{
	for (size_t i = ascii_run(s.p, s.len); i < s.len;) {
		uint32_t c;
		size_t used = utf8_decode(s.p + i, s.len - i, &c);
		if (!used)
			return false;
		i += used;
		i += ascii_run(s.p + i, s.len - i);
	}
	return true;
}

void utf8_add(struct str *out, uint32_t c)
{
	char b[4];
	size_t n = 0;
	if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
		c = 0xFFFD;
	if (c < 0x80) {
		b[n++] = (char)c;
	} else if (c < 0x800) {
		b[n++] = (char)(0xC0 | c >> 6);
		b[n++] = (char)(0x80 | (c & 0x3F));
	} else if (c < 0x10000) {
		b[n++] = (char)(0xE0 | c >> 12);
		b[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		b[n++] = (char)(0x80 | (c & 0x3F));
	} else {
		b[n++] = (char)(0xF0 | c >> 18);
		b[n++] = (char)(0x80 | (c >> 12 & 0x3F));
		b[n++] = (char)(0x80 | (c >> 6 & 0x3F));
		b[n++] = (char)(0x80 | (c & 0x3F));
	}
	str_add(out, b, n);
}

bool is_mark(uint32_t c)
{
	if (c < 0x300)
		return false;
	utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
	return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* As wcwidth() of a UTF-8 locale, but the same under every locale. */
static int point_width(uint32_t c)
{
	if (c < 0x300)
		return 1;
	if (is_mark(c))
		return 0;
	return utf8proc_charwidth((utf8proc_int32_t)c) == 2 ? 2 : 1;
}

int text_width(struct slice s)
{
	int width = 0;
	for (size_t i = 0; i < s.len;) {
		size_t run = ascii_run(s.p + i, s.len - i);
		width += (int)run;
		i += run;
		if (i == s.len)
			break;
		uint32_t c;
		bool good;
		i += utf8_step(s.p + i, s.len - i, &c, &good);
		width += point_width(c);
	}
	return width;
}

size_t text_cluster(const char *p, size_t len, int *columns)
{
	*columns = 0;
	if (!len)
		return 0;
	*columns = 1;
	if ((unsigned char)p[0] < 0x80 && (len == 1 || (unsigned char)p[1] < 0x80))
		return 1;
	utf8proc_int32_t state = 0;
	uint32_t before, c;
	bool good;
	size_t used = utf8_step(p, len, &before, &good);
	*columns = point_width(before);
	while (used < len) {
		size_t more = utf8_step(p + used, len - used, &c, &good);
		if (utf8proc_grapheme_break_stateful(
		        (utf8proc_int32_t)before, (utf8proc_int32_t)c, &state))
			break;
		used += more;
		*columns += point_width(c);
		before = c;
	}
	return used;
}

/* Bytes of s that fit `columns`, on a cluster's edge; *used gets their width. */
static size_t fitting(struct slice s, int columns, int *used)
{
	size_t at = 0;
	*used = 0;
	while (at < s.len) {
		int width;
		size_t bytes = text_cluster(s.p + at, s.len - at, &width);
		if (width > columns - *used)
			break;
		*used += width;
		at += bytes;
	}
	return at;
}

int text_clip(struct str *out, struct slice s, int columns, bool ascii)
{
	int used;
	if (columns <= 0)
		return 0;
	size_t bytes = fitting(s, columns, &used);
	if (bytes == s.len) {
		str_add(out, s.p, s.len);
		return used;
	}
	bytes = fitting(s, columns - 1, &used);
	str_add(out, s.p, bytes);
	str_adds(out, ascii ? "~" : "\xE2\x80\xA6");
	return used + 1;
}

void text_pad(struct str *out, struct slice s, int columns, bool ascii)
{
	int used = text_clip(out, s, columns, ascii);
	if (used >= columns)
		return;
	size_t blanks = (size_t)(columns - used);
	str_reserve(out, blanks);
	memset(out->p + out->len, ' ', blanks);
	out->len += blanks;
	out->p[out->len] = '\0';
}

/* The first line of s; *next is where the one after it begins. */
static struct slice first_line(struct slice s, int columns, size_t *next)
{
	size_t at = 0, blank = 0, after_blank = 0;
	int used = 0;
	while (at < s.len) {
		int width;
		size_t bytes = text_cluster(s.p + at, s.len - at, &width);
		if (s.p[at] == ' ' && bytes == 1) {
			if (!after_blank || at > after_blank)
				blank = at;
			after_blank = at + 1;
		} else if (width > columns - used) {
			break;
		}
		used += width;
		at += bytes;
	}
	*next = at;
	if (at == s.len)
		return slice_trim(s);
	if (after_blank) {
		*next = after_blank;
		at = blank;
	}
	return (struct slice){.p = s.p, .len = at};
}

static struct slice without_front_blanks(struct slice s)
{
	while (s.len && s.p[0] == ' ') {
		s.p++;
		s.len--;
	}
	return s;
}

static void wrap_paragraph(
    struct slice s, int columns, void (*line)(void *, struct slice), void *arg)
{
	s = without_front_blanks(s);
	if (!s.len)
		line(arg, s);
	while (s.len) {
		size_t next;
		struct slice part = first_line(s, columns, &next);
		if (next == 0) { /* wider than a line on its own: left out */
			int width;
			next = text_cluster(s.p, s.len, &width);
		} else if (part.len) {
			line(arg, part);
		}
		s.p += next;
		s.len -= next;
		s = without_front_blanks(s);
	}
}

void text_wrap(struct slice s, int columns, void (*line)(void *, struct slice), void *arg)
{
	struct slice paragraph;
	if (!s.len || columns <= 0)
		return;
	if (s.p[s.len - 1] == '\n')
		s.len--;
	while (slice_cut(&s, '\n', &paragraph))
		wrap_paragraph(paragraph, columns, line, arg);
}
