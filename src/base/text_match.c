#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "huddle/text.h"
#include "text_inside.h"

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static void fold_ascii(struct str *out, struct slice s)
{
	str_reserve(out, s.len);
	for (size_t i = 0; i < s.len; i++)
		out->p[out->len + i] = lower(s.p[i]);
	out->len += s.len;
	out->p[out->len] = '\0';
}

/* utf8proc refuses a whole text for one bad byte; a name is worth more. */
static void repair(struct str *out, struct slice s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t c;
		bool good;
		i += utf8_step(s.p + i, s.len - i, &c, &good);
		utf8_add(out, c);
	}
}

/* NFKC_Casefold: also full-width letters and soft hyphens compare equal. */
void text_fold(struct str *out, struct slice s)
{
	if (ascii_run(s.p, s.len) == s.len) {
		fold_ascii(out, s);
		return;
	}
	struct str valid = STR_INIT;
	repair(&valid, s);
	utf8proc_uint8_t *folded = NULL;
	utf8proc_ssize_t len = utf8proc_map((const utf8proc_uint8_t *)valid.p,
	    (utf8proc_ssize_t)valid.len, &folded,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
	        UTF8PROC_IGNORE);
	if (len >= 0)
		str_add(out, (const char *)folded, (size_t)len);
	else
		str_add(out, valid.p, valid.len);
	free(folded);
	str_release(&valid);
}

/* A folded view: of short ASCII text without asking for memory. */
struct folded {
	struct slice s;
	struct str own;
	char small[256];
};

static struct slice fold_into(struct folded *f, struct slice s)
{
	f->own = (struct str)STR_INIT;
	if (s.len <= sizeof f->small && ascii_run(s.p, s.len) == s.len) {
		for (size_t i = 0; i < s.len; i++)
			f->small[i] = lower(s.p[i]);
		f->s = (struct slice){.p = f->small, .len = s.len};
	} else {
		text_fold(&f->own, s);
		f->s = (struct slice){.p = f->own.p, .len = f->own.len};
	}
	return f->s;
}

static bool same_ascii(struct slice a, struct slice b)
{
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.p[i]) != lower(b.p[i]))
			return false;
	return true;
}

bool text_same(struct slice a, struct slice b)
{
	struct folded fa, fb;
	a = slice_trim(a);
	b = slice_trim(b);
	/* Most are ASCII, and most differ in length: every row asks this. */
	if (ascii_run(a.p, a.len) == a.len && ascii_run(b.p, b.len) == b.len)
		return a.len == b.len && same_ascii(a, b);
	bool same = slice_eq(fold_into(&fa, a), fold_into(&fb, b));
	str_release(&fa.own);
	str_release(&fb.own);
	return same;
}

static const char *find(struct slice whole, struct slice part)
{
	if (!part.len)
		return whole.p ? whole.p : "";
	return whole.len < part.len ? NULL : memmem(whole.p, whole.len, part.p, part.len);
}

bool text_contains(struct slice whole, struct slice part)
{
	struct folded fw, fp;
	bool found = find(fold_into(&fw, whole), fold_into(&fp, part)) != NULL;
	str_release(&fw.own);
	str_release(&fp.own);
	return found;
}

static bool starts_word(struct slice s, size_t at)
{
	if (!at)
		return true;
	unsigned char before = (unsigned char)s.p[at - 1];
	return before < 0x80 && !(before >= 'a' && before <= 'z') &&
	       !(before >= '0' && before <= '9');
}

static size_t point_length(const char *p, size_t len)
{
	uint32_t c;
	bool good;
	return utf8_step(p, len, &c, &good);
}

/*
 * Match the letters of `pattern` from the left, beginning at `from`. A letter
 * scores 1, at a word's start 8, right behind the one before 5: typing the
 * first letters of the words beats any scattered match.
 */
static int score_from(struct slice s, size_t from, struct slice pattern)
{
	int score = 0;
	size_t at = from, done = 0;
	bool running = false;
	while (done < pattern.len) {
		if (at >= s.len)
			return 0;
		size_t size = point_length(pattern.p + done, pattern.len - done);
		size_t step = point_length(s.p + at, s.len - at);
		bool hit = step == size && !memcmp(s.p + at, pattern.p + done, size);
		if (hit) {
			score += starts_word(s, at) ? 8 : running ? 5 : 1;
			done += size;
		}
		running = hit;
		at += step;
	}
	return score;
}

/* Above every scattered match: a substring, best at a word's start, best early. */
static int score_substring(struct slice s, size_t at)
{
	int early = at < 400 ? (int)(400 - at) : 0;
	return 100000 + (starts_word(s, at) ? 1000 : 0) + (at == 0 ? 1000 : 0) + early;
}

static int fuzzy(struct slice s, struct slice pattern)
{
	if (!pattern.len)
		return 1;
	int best = 0;
	int tries = 64; /* of places to begin at: a long text must not cost its square */
	size_t first = point_length(pattern.p, pattern.len);
	for (size_t i = 0; i + first <= s.len && tries; i++) {
		if (memcmp(s.p + i, pattern.p, first) != 0)
			continue;
		tries--;
		bool substring =
		    s.len - i >= pattern.len && !memcmp(s.p + i, pattern.p, pattern.len);
		int score = substring ? score_substring(s, i) : score_from(s, i, pattern);
		if (score > best)
			best = score;
		if (!score)
			break; /* then none further right matches either */
	}
	return best;
}

int text_fuzzy(struct slice whole, struct slice pattern)
{
	struct folded fw, fp;
	int score = fuzzy(fold_into(&fw, whole), fold_into(&fp, pattern));
	str_release(&fw.own);
	str_release(&fp.own);
	return score;
}
