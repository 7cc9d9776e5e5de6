#include <utf8proc.h>

#include "huddle/text.h"
#include "text_inside.h"

/*
 * display_safe(): the one gate between text of others and anything that a
 * person reads. It keeps two promises: nothing in the result drives a terminal
 * or hides, and the result has one width in every terminal. The second is why
 * emoji sequences are taken apart: terminals disagree on joined families,
 * flags, skin tones and variation selectors, by up to ten columns.
 */

enum {
	REPLACEMENT = 0xFFFD,
	JOINER = 0x200D,
	MOST_MARKS = 3,
	FIRST_FLAG = 0x1F1E6,
	LAST_FLAG = 0x1F1FF,
	HANGUL = 0xAC00,
	LEADS = 19,
	VOWELS = 21,
	TAILS = 28,
};

/* What has been put out so far, as far as the next code point needs it. */
struct gate {
	struct str *out;
	uint32_t base;  /* last code point that is no mark; 0 at the start */
	size_t base_at; /* where it begins in out */
	int marks;      /* combining marks since */
	bool in_break;  /* inside a run of line ends and tabs */
};

static bool is_emoji(uint32_t c)
{
	if (c < 0x80)
		return false;
	const utf8proc_property_t *p = utf8proc_get_property((utf8proc_int32_t)c);
	return p->boundclass == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin_tone(uint32_t c)
{
	return c >= 0x1F3FB && c <= 0x1F3FF;
}

/* Choose how a letter or an emoji looks; without them the plain form is shown. */
static bool is_variation_selector(uint32_t c)
{
	return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Letters and marks by category that nevertheless show nothing. */
static bool is_blank_letter(uint32_t c)
{
	return c == 0x034F || (c >= 0x115F && c <= 0x1160) ||
	       (c >= 0x17B4 && c <= 0x17B5) || (c >= 0x180B && c <= 0x180F) ||
	       c == 0x3164 || c == 0xFFA0;
}

/* Vowels and tails of Hangul that did not find a syllable have no width. */
static bool is_loose_jamo(uint32_t c)
{
	return (c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FB);
}

/* Wide for the C library, narrow for Unicode: no terminal can be trusted. */
static bool is_of_two_widths(uint32_t c)
{
	return (c >= 0x3248 && c <= 0x324F) || (c >= 0x4DC0 && c <= 0x4DFF);
}

static bool is_hidden(uint32_t c)
{
	if (c < 0xA0)
		return true; /* C1: C0 and DEL never come here */
	switch (utf8proc_category((utf8proc_int32_t)c)) {
	case UTF8PROC_CATEGORY_CC:
	case UTF8PROC_CATEGORY_CF:
	case UTF8PROC_CATEGORY_CS:
	case UTF8PROC_CATEGORY_CO:
	case UTF8PROC_CATEGORY_CN:
		return true;
	default:
		return is_blank_letter(c) || is_loose_jamo(c) || is_of_two_widths(c);
	}
}

static void put_base(struct gate *g, uint32_t c)
{
	g->base = c;
	g->base_at = g->out->len;
	g->marks = 0;
	utf8_add(g->out, c);
}

static void put_ascii(struct gate *g, uint32_t c)
{
	bool breaks = c == '\n' || c == '\r' || c == '\t';
	if (breaks && g->in_break)
		return;
	if (breaks) {
		put_base(g, ' ');
	} else if (c < 0x20 || c == 0x7F) {
		put_base(g, '^');
		put_base(g, c ^ 0x40);
	} else {
		put_base(g, c);
	}
	g->in_break = breaks;
}

/* A mark with nothing before it would settle on what the screen shows there. */
static void put_mark(struct gate *g, uint32_t c)
{
	if (!g->base)
		put_base(g, REPLACEMENT);
	else if (g->marks++ < MOST_MARKS)
		utf8_add(g->out, c);
}

/*
 * Macintosh file names hold Hangul in pieces, whose widths depend on their
 * neighbours; arithmetic composition as in Unicode, 3.12.
 */
static bool join_hangul(struct gate *g, uint32_t c)
{
	uint32_t whole;
	if (g->marks)
		return false;
	if (g->base >= 0x1100 && g->base < 0x1100 + LEADS && c >= 0x1161 &&
	    c < 0x1161 + VOWELS)
		whole = HANGUL + ((g->base - 0x1100) * VOWELS + (c - 0x1161)) * TAILS;
	else if (g->base >= HANGUL && g->base <= 0xD7A3 &&
	         (g->base - HANGUL) % TAILS == 0 && c > 0x11A7 && c < 0x11A7 + TAILS)
		whole = g->base + (c - 0x11A7);
	else
		return false;
	g->out->len = g->base_at;
	put_base(g, whole);
	return true;
}

/* Parts of an emoji sequence that only change how the emoji before looks. */
static bool is_trimming(const struct gate *g, uint32_t c)
{
	return is_variation_selector(c) ||
	       (is_emoji(g->base) && (c == JOINER || is_skin_tone(c)));
}

static void put_other(struct gate *g, uint32_t c)
{
	if (is_trimming(g, c) || join_hangul(g, c))
		return;
	if (c == 0x2028 || c == 0x2029) {
		put_ascii(g, '\n');
		return;
	}
	g->in_break = false;
	if (c >= FIRST_FLAG && c <= LAST_FLAG)
		put_base(g, 'A' + (c - FIRST_FLAG)); /* a flag is its country's letters */
	else if (is_hidden(c))
		put_base(g, REPLACEMENT);
	else if (is_mark(c))
		put_mark(g, c);
	else
		put_base(g, c);
}

/* Bytes at p that pass as they are. */
static size_t plain_run(const char *p, size_t len)
{
	size_t n = 0;
	while (n < len && p[n] >= 0x20 && p[n] < 0x7F)
		n++;
	return n;
}

void display_safe(struct str *out, struct slice s)
{
	struct gate g = {.out = out};
	str_reserve(out, s.len);
	for (size_t i = 0; i < s.len;) {
		size_t run = plain_run(s.p + i, s.len - i);
		if (run) {
			str_add(out, s.p + i, run);
			i += run;
			g = (struct gate){.out = out,
			    .base = (unsigned char)s.p[i - 1],
			    .base_at = out->len - 1};
			continue;
		}
		uint32_t c;
		bool good;
		i += utf8_step(s.p + i, s.len - i, &c, &good);
		if (c < 0x80)
			put_ascii(&g, c);
		else
			put_other(&g, c);
	}
}
