#include <string.h>

#include "money_inside.h"

/*
 * What stands around the digits of an amount, in any sensible order: a sign
 * before or behind, brackets for negative, a currency before or behind, k, M
 * or B, an exponent. The digits themselves are judged elsewhere.
 */

enum { LONGEST_TEXT = 120 };

static bool is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

static bool is_letter(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static void drop(struct slice *s, size_t bytes)
{
	s->p += bytes;
	s->len -= bytes;
}

/* Like slice_trim(), but the narrow NBSP goes too. */
static struct slice trim(struct slice s)
{
	for (;;) {
		s = slice_trim(s);
		if (s.len >= 3 && !memcmp(s.p, "\xE2\x80\xAF", 3))
			drop(&s, 3);
		else if (s.len >= 3 && !memcmp(s.p + s.len - 3, "\xE2\x80\xAF", 3))
			s.len -= 3;
		else
			return s;
	}
}

/* "$" is what many countries call their own dollar, so a code may refine it. */
static bool say(struct amount *out, struct currency currency, bool by_code)
{
	bool first = !out->said.code[0];
	bool refines = by_code && currency_eq(out->said, (struct currency){"USD"});
	if (!first && !refines && !currency_eq(out->said, currency))
		return false;
	if (first || refines)
		out->said = currency;
	return true;
}

/* A minus as a hyphen or as U+2212. */
static size_t minus_at(struct slice s)
{
	if (s.len && s.p[0] == '-')
		return 1;
	return slice_starts(s, "\xE2\x88\x92") ? 3 : 0;
}

static size_t minus_at_end(struct slice s)
{
	if (s.len && s.p[s.len - 1] == '-')
		return 1;
	return s.len >= 3 && !memcmp(s.p + s.len - 3, "\xE2\x88\x92", 3) ? 3 : 0;
}

static bool strip_sign(struct slice *s, bool *negative, bool *signed_already)
{
	size_t used = minus_at(*s);
	bool plus = s->len && s->p[0] == '+';
	if (!used && !plus)
		return true;
	if (*signed_already)
		return false;
	*signed_already = true;
	*negative = used > 0;
	drop(s, used ? used : 1);
	*s = trim(*s);
	return true;
}

static size_t letters_at_start(struct slice s)
{
	size_t n = 0;
	while (n < s.len && is_letter(s.p[n]))
		n++;
	return n;
}

/* One currency in front, if there is one. */
static bool strip_front(struct slice *s, struct amount *out)
{
	struct currency currency;
	size_t used = currency_sign(*s, &currency);
	bool by_code = false;
	if (!used && letters_at_start(*s) == 3) {
		by_code = currency_code((struct slice){.p = s->p, .len = 3}, &currency);
		used = by_code ? 3 : 0;
	}
	if (!used)
		return true;
	drop(s, used);
	*s = trim(*s);
	return say(out, currency, by_code);
}

/* A currency sign at the end: none is longer than three bytes. */
static bool strip_sign_behind(struct slice *s, struct amount *out)
{
	struct currency currency;
	for (size_t n = 1; n <= 3 && n <= s->len; n++) {
		struct slice tail = {.p = s->p + s->len - n, .len = n};
		if (currency_sign(tail, &currency) != n)
			continue;
		s->len -= n;
		*s = trim(*s);
		return say(out, currency, false);
	}
	return true;
}

static int power_of_suffix(char letter)
{
	switch (letter | 0x20) {
	case 'k':
		return 3;
	case 'm':
		return 6;
	case 'b':
		return 9;
	default:
		return 0;
	}
}

/* Letters at the end: "k", "USD", "k USD", "kUSD". */
static bool strip_letters(struct slice *s, struct amount *out)
{
	for (int round = 0; round < 2; round++) {
		size_t n = 0;
		while (n < s->len && is_letter(s->p[s->len - 1 - n]))
			n++;
		if (!n)
			return true;
		struct slice word = {.p = s->p + s->len - n, .len = n};
		struct currency currency;
		if (word.len == 3 || word.len == 4) {
			drop(&word, word.len - 3);
			if (!currency_code(word, &currency) || !say(out, currency, true))
				return false;
			s->len -= 3;
		} else if (word.len == 1 && !out->shift && power_of_suffix(word.p[0])) {
			out->shift = power_of_suffix(word.p[0]);
			s->len -= 1;
			*s = trim(*s);
			return true;
		} else {
			return false;
		}
		*s = trim(*s);
	}
	return true;
}

/* 1.3E7: cut at the E. Beyond 400 nothing but zero fits anyway. */
static bool strip_exponent(struct slice *s, struct amount *out)
{
	size_t at = 0;
	while (at < s->len && s->p[at] != 'e' && s->p[at] != 'E')
		at++;
	if (at == s->len)
		return true;
	struct slice rest = {.p = s->p + at + 1, .len = s->len - at - 1};
	bool negative = rest.len && rest.p[0] == '-';
	if (rest.len && (rest.p[0] == '-' || rest.p[0] == '+'))
		drop(&rest, 1);
	if (!rest.len || rest.len > 3)
		return false;
	int power = 0;
	for (size_t i = 0; i < rest.len; i++) {
		if (!is_digit(rest.p[i]))
			return false;
		power = power * 10 + (rest.p[i] - '0');
	}
	out->shift += negative ? -power : power;
	out->has_exponent = true;
	s->len = at;
	return true;
}

/* (1,200): takes the brackets off; the rest may hold no sign of its own. */
static bool strip_brackets(struct slice *s, bool *negative, bool *signed_already)
{
	if (!s->len || s->p[0] != '(')
		return true;
	if (*signed_already || s->p[s->len - 1] != ')')
		return false;
	*negative = *signed_already = true;
	drop(s, 1);
	s->len--;
	*s = trim(*s);
	return true;
}

static bool strip_behind(struct slice *s, struct amount *out, bool *signed_already)
{
	size_t used = minus_at_end(*s);
	if (used && *signed_already)
		return false;
	if (used) {
		*signed_already = out->negative = true;
		s->len -= used;
		*s = trim(*s);
	}
	return strip_sign_behind(s, out) && strip_letters(s, out);
}

/* Nothing but digits and marks is left at both ends. */
static bool is_bare(struct slice s)
{
	static const char marks[] = "0123456789.,";
	return s.len && memchr(marks, s.p[0], sizeof marks - 1) &&
	       memchr(marks, s.p[s.len - 1], sizeof marks - 1);
}

bool amount_strip(struct slice text, struct amount *out)
{
	*out = (struct amount){0};
	struct slice s = trim(text);
	bool has_sign = false;
	if (!s.len || s.len > LONGEST_TEXT)
		return false;
	/* Outside in, and three times, because they nest: "USD ($5k)". */
	for (int round = 0; round < 3 && !is_bare(s); round++) {
		if (!strip_sign(&s, &out->negative, &has_sign) || !strip_front(&s, out) ||
		    !strip_behind(&s, out, &has_sign) ||
		    !strip_brackets(&s, &out->negative, &has_sign))
			return false;
	}
	if (!strip_exponent(&s, out))
		return false;
	out->digits = s;
	return s.len > 0;
}
