#include <string.h>
#include <utf8proc.h>

#include "huddle/text.h"
#include "text_inside.h"

/* Signs that no decomposition brings to ASCII; sorted by code point. */
static const struct {
	uint32_t from;
	const char *to;
} plain[] = {
    {0x00A0, " "},
    {0x00A1, "!"},
    {0x00A2, "c"},
    {0x00A3, "GBP"},
    {0x00A5, "JPY"},
    {0x00A7, "S"},
    {0x00A9, "(c)"},
    {0x00AB, "<<"},
    {0x00AE, "(R)"},
    {0x00B0, "o"},
    {0x00B1, "+-"},
    {0x00B4, "'"},
    {0x00B7, "."},
    {0x00BB, ">>"},
    {0x00C6, "AE"},
    {0x00D0, "D"},
    {0x00D7, "x"},
    {0x00D8, "O"},
    {0x00DE, "Th"},
    {0x00DF, "ss"},
    {0x00E6, "ae"},
    {0x00F0, "d"},
    {0x00F7, "/"},
    {0x00F8, "o"},
    {0x00FE, "th"},
    {0x0110, "D"},
    {0x0111, "d"},
    {0x0131, "i"},
    {0x0141, "L"},
    {0x0142, "l"},
    {0x0152, "OE"},
    {0x0153, "oe"},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2012, "-"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2015, "-"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201A, "'"},
    {0x201C, "\""},
    {0x201D, "\""},
    {0x201E, "\""},
    {0x2020, "+"},
    {0x2022, "*"},
    {0x2026, "..."},
    {0x2032, "'"},
    {0x2033, "\""},
    {0x2039, "<"},
    {0x203A, ">"},
    {0x2044, "/"},
    {0x20AC, "EUR"},
    {0x2190, "<-"},
    {0x2191, "^"},
    {0x2192, "->"},
    {0x2193, "v"},
    {0x2212, "-"},
    {0x2260, "!="},
    {0x2264, "<="},
    {0x2265, ">="},
    {0x2500, "-"},
    {0x2501, "-"},
    {0x2502, "|"},
    {0x2503, "|"},
    {0x25A0, "#"},
    {0x25A1, "[]"},
    {0x25B2, "^"},
    {0x25BC, "v"},
    {0x25CB, "o"},
    {0x25CF, "*"},
    {0x2713, "x"},
    {0x2714, "x"},
};

static const char *look_up(uint32_t c)
{
	size_t low = 0, high = sizeof plain / sizeof *plain;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (plain[middle].from < c)
			low = middle + 1;
		else
			high = middle;
	}
	bool found = low < sizeof plain / sizeof *plain && plain[low].from == c;
	return found ? plain[low].to : NULL;
}

/* The ASCII letters of the compatibility decomposition: é is e, ﬁ is fi. */
static bool add_decomposed(struct str *out, uint32_t c)
{
	utf8proc_int32_t parts[32];
	int state = 0;
	utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)c, parts, 32,
	    UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_STABLE, &state);
	bool any = false;
	for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
		uint32_t part = (uint32_t)parts[i];
		const char *sign = part >= 0x80 ? look_up(part) : NULL;
		if (part < 0x80)
			str_addc(out, (char)part);
		else if (sign)
			str_adds(out, sign);
		any = any || part < 0x80 || sign;
	}
	return any;
}

void text_to_ascii(struct str *out, struct slice s)
{
	for (size_t i = 0; i < s.len;) {
		size_t run = ascii_run(s.p + i, s.len - i);
		str_add(out, s.p + i, run);
		i += run;
		if (i == s.len)
			return;
		uint32_t c;
		bool good;
		i += utf8_step(s.p + i, s.len - i, &c, &good);
		const char *sign = look_up(c);
		if (sign)
			str_adds(out, sign);
		else if (!is_mark(c) && !add_decomposed(out, c))
			str_addc(out, '?');
	}
}

bool text_ascii_legible(struct slice s)
{
	struct str ascii = STR_INIT;
	bool legible = false;
	text_to_ascii(&ascii, s);
	for (size_t i = 0; i < ascii.len && !legible; i++) {
		char c = (char)(ascii.p[i] | 0x20);
		legible = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
	}
	str_release(&ascii);
	return legible;
}
