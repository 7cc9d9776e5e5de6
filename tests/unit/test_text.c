#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "huddle/path.h"
#include "huddle/text.h"

#define CORPUS TEST_SOURCE_DIR "/../shared/data/"
#define BAD    "\xEF\xBF\xBD" /* U+FFFD */

static uint64_t seed = 7;

static uint64_t any(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

static struct slice slice_from(const struct str *s)
{
	return (struct slice){.p = str_text(s), .len = s->len};
}

/* ---- decoding ---- */

Test(text, every_code_point_round_trips)
{
	for (uint32_t c = 0; c < 0x110000; c++) {
		struct str s = STR_INIT;
		uint32_t back;
		utf8_add(&s, c);
		cr_assert_eq(utf8_decode(s.p, s.len, &back), s.len);
		cr_assert_eq(back, c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
		cr_assert_eq(utf8_decode(s.p, s.len - 1, &back), 0);
		str_release(&s);
	}
}

Test(text, what_is_not_utf8)
{
	static const char *const bad[] = {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xC2",
	    "\xE0\x80\xAF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xED\xBF\xBF",
	    "\xF0\x80\x80\xAF", "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xFE",
	    "\xFF", "ab\xE2\x82"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		cr_assert_not(utf8_valid(slice_of(bad[i])), "%zu", i);
	cr_assert(utf8_valid(slice_of("plain \xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80")));
	cr_assert(utf8_valid(slice_of("")));
	cr_assert(utf8_valid(slice_of(NULL)));
}

/* ---- display_safe ---- */

#define FAMILY "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x92\xBB" /* woman, joiner, laptop */

static const struct {
	const char *raw, *safe;
	int width;
} harmless[] = {
    {"plain", "plain", 5},
    {"", "", 0},
    {"\x1B[2J", "^[[2J", 5},
    {"a\x07"
     "b\x7F",
        "a^Gb^?", 6},
    {"A\rB", "A B", 3},
    {"AB\b\bX", "AB^H^HX", 7},
    {"a\r\n\tb", "a b", 3},
    {"a\n b", "a  b", 4},
    {"\xC2\x9B"
     "31m",
        BAD "31m", 4},
    {"\xC2\x85x", BAD "x", 2},
    {"a\xE2\x80\xA8"
     "b",
        "a b", 3},
    {"pay\xE2\x80\xAEtxt.exe", "pay" BAD "txt.exe", 11},
    {"\xE2\x81\xA6x\xE2\x81\xA9", BAD "x" BAD, 3},
    {"zero\xE2\x80\x8Bwidth", "zero" BAD "width", 10},
    {"soft\xC2\xADhyphen", "soft" BAD "hyphen", 11},
    {"\xEF\xBB\xBFx", BAD "x", 2},
    {"\xD8\x9Cx", BAD "x", 2},
    {"\xE1\xA0\x8Ex", BAD "x", 2},
    {"x\xF3\xA0\x81\x81", "x" BAD, 2}, /* tag letter */
    {"\xEE\x80\x80", BAD, 1},          /* private use */
    {"\xEF\xBF\xBF", BAD, 1},          /* no character */
    {"\xCD\xB8", BAD, 1},              /* unassigned */
    {"\xE3\x85\xA4x", BAD "x", 2},     /* Hangul filler: a letter that shows nothing */
    {"caf\xC3\xA9", "caf\xC3\xA9", 4},
    {"cafe\xCC\x81", "cafe\xCC\x81", 4},
    {"\xCC\x81"
     "e",
        BAD "e", 2},
    {"e\xCC\x81\xCC\x82\xCC\x83\xCC\x84\xCC\x85x", "e\xCC\x81\xCC\x82\xCC\x83x", 2},
    {"\xE6\xBC\xA2\xE5\xAD\x97", "\xE6\xBC\xA2\xE5\xAD\x97", 4},
    {"\xF0\x9F\x98\x80", "\xF0\x9F\x98\x80", 2},
    {FAMILY, "\xF0\x9F\x91\xA9\xF0\x9F\x92\xBB", 4},
    {"\xF0\x9F\x91\xA9\xF0\x9F\x8F\xBD", "\xF0\x9F\x91\xA9", 2}, /* skin tone */
    {"\xE2\x98\x8E\xEF\xB8\x8F", "\xE2\x98\x8E", 1},             /* VS16 */
    {"\xF0\x9F\x87\xA9\xF0\x9F\x87\xAA", "DE", 2},               /* flag */
    {"x\xE2\x80\x8Dy", "x" BAD "y", 3},
    {"\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C", 2}, /* NFD Hangul */
    {"\xE1\x85\xA1x", BAD "x", 2},
    {"a\xFF"
     "b",
        "a" BAD "b", 3},
    {"\xE2\x80\xA6 \xE2\x96\xB2 \xE2\x97\x8B", "\xE2\x80\xA6 \xE2\x96\xB2 \xE2\x97\x8B",
        5},
};

Test(text, is_made_harmless)
{
	for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
		struct str safe = STR_INIT;
		display_safe(&safe, slice_of(harmless[i].raw));
		cr_expect_str_eq(
		    str_text(&safe), harmless[i].safe, "case %zu: %s", i, safe.p);
		cr_expect_eq(
		    text_width(slice_from(&safe)), harmless[i].width, "case %zu", i);
		str_release(&safe);
	}
	struct str safe = STR_INIT;
	display_safe(&safe, (struct slice){.p = "a\0b", .len = 3});
	cr_assert_str_eq(safe.p, "a^@b");
	str_release(&safe);
}

Test(text, appends_without_touching_what_is_there)
{
	struct str out = STR_INIT;
	str_adds(&out, "\xE1\x84\x92"); /* half a syllable of somebody else */
	display_safe(&out, slice_of("\xE1\x85\xA1"));
	cr_assert_str_eq(out.p, "\xE1\x84\x92" BAD);
	str_release(&out);
}

static void check_no_control(struct slice s)
{
	for (size_t i = 0; i < s.len;) {
		uint32_t c;
		size_t used = utf8_decode(s.p + i, s.len - i, &c);
		cr_assert_gt(used, 0);
		cr_assert(
		    c >= 0x20 && c != 0x7F && !(c >= 0x80 && c <= 0x9F), "U+%04X", c);
		cr_assert(!(c >= 0x200B && c <= 0x200F) &&
		              !(c >= 0x2028 && c <= 0x202E) &&
		              !(c >= 0x2060 && c <= 0x206F) && c != 0xFEFF && c < 0xE0000,
		    "U+%04X", c);
		i += used;
	}
}

static int width_by_clusters(struct slice s)
{
	int sum = 0;
	for (size_t i = 0; i < s.len;) {
		int columns;
		size_t bytes = text_cluster(s.p + i, s.len - i, &columns);
		cr_assert_gt(bytes, 0);
		cr_assert_geq(columns, 1, "a cluster of no width");
		sum += columns;
		i += bytes;
	}
	return sum;
}

struct lines {
	int columns;
	size_t bytes;
};

static void check_line(void *arg, struct slice line)
{
	struct lines *lines = arg;
	cr_assert_leq(text_width(line), lines->columns);
	lines->bytes += line.len;
}

static void check_fits(struct slice safe)
{
	int width = text_width(safe);
	for (int columns = -1; columns < 24; columns++) {
		for (int ascii = 0; ascii < 2; ascii++) {
			struct str cut = STR_INIT;
			int used = text_clip(&cut, safe, columns, ascii);
			cr_assert_leq(used, columns < 0 ? 0 : columns);
			cr_assert_eq(text_width(slice_from(&cut)), used);
			if (width <= columns)
				cr_assert(slice_eq(slice_from(&cut), safe));
			str_clear(&cut);
			text_pad(&cut, safe, columns, ascii);
			cr_assert_eq(
			    text_width(slice_from(&cut)), columns < 0 ? 0 : columns);
			str_release(&cut);
		}
		struct lines lines = {.columns = columns};
		text_wrap(safe, columns, check_line, &lines);
		cr_assert_leq(lines.bytes, safe.len);
	}
}

/* All that is promised of any text whatever. */
static void check_promises(struct slice raw)
{
	struct str safe = STR_INIT, again = STR_INIT, other = STR_INIT;
	display_safe(&safe, raw);
	check_no_control(slice_from(&safe));
	display_safe(&again, slice_from(&safe));
	cr_assert(slice_eq(slice_from(&safe), slice_from(&again)),
	    "not idempotent: %s, %s", safe.p, again.p);
	cr_assert_eq(width_by_clusters(slice_from(&safe)), text_width(slice_from(&safe)));
	check_fits(slice_from(&safe));
	text_to_ascii(&other, raw);
	for (size_t i = 0; i < other.len; i++)
		cr_assert_lt((unsigned char)other.p[i], 0x80);
	str_clear(&other);
	text_fold(&other, raw);
	cr_assert(utf8_valid(slice_from(&other)));
	cr_assert(text_same(raw, raw));
	cr_assert(text_contains(raw, raw));
	str_release(&safe);
	str_release(&again);
	str_release(&other);
}

Test(text, promises_hold_for_every_code_point)
{
	for (uint32_t c = 0; c < 0x110000; c++) {
		struct str raw = STR_INIT, safe = STR_INIT, again = STR_INIT;
		str_addc(&raw, 'x');
		utf8_add(&raw, c);
		utf8_add(&raw, c);
		display_safe(&safe, slice_from(&raw));
		check_no_control(slice_from(&safe));
		display_safe(&again, slice_from(&safe));
		cr_assert(slice_eq(slice_from(&safe), slice_from(&again)), "U+%04X", c);
		cr_assert_eq(
		    width_by_clusters(slice_from(&safe)), text_width(slice_from(&safe)));
		str_release(&raw);
		str_release(&safe);
		str_release(&again);
	}
}

/* Pieces that change their neighbours, thrown together. */
static const char *const pieces[] = {"a", " ", "\n", "\t", "\x1B", "\x7F", "\xC2\x9B",
    "\xFF", "\xE2\x82", "\xCC\x81", "\xE2\x83\xA3", "\xE2\x80\x8D", "\xE2\x80\xAE",
    "\xEF\xB8\x8F", "\xF0\x9F\x91\xA9", "\xF0\x9F\x8F\xBD", "\xF0\x9F\x87\xA9",
    "\xF0\x9F\x87\xAA", "\xE2\x9D\xA4", "\xE1\x84\x92", "\xE1\x85\xA1", "\xE1\x86\xAB",
    "\xED\x95\x98", "\xE6\xBC\xA2", "\xE0\xA4\x95", "\xE0\xA5\x8D", "\xE0\xA4\xBE",
    "\xD8\x80", "\xC2\xA9", "\xE2\x80\xA8", "\xE3\x80\x80", "\xEF\xBF\xBD",
    "\xF3\xA0\x84\x80", "word", "1"};

Test(text, promises_hold_for_random_text)
{
	for (int round = 0; round < 4000; round++) {
		struct str raw = STR_INIT;
		for (uint64_t n = any(12); n > 0; n--)
			str_adds(&raw, pieces[any(sizeof pieces / sizeof *pieces)]);
		for (uint64_t n = any(4); n > 0; n--)
			str_addc(&raw, (char)any(256));
		check_promises(slice_from(&raw));
		str_release(&raw);
	}
}

/* ---- other people's corpora ---- */

static bool corpus(struct str *out, const char *path)
{
	struct err err = ERR_INIT;
	if (path_read(out, path, 1 << 22, &err))
		return true;
	str_release(out);
	cr_log_info("skipped: %s is not here", path);
	return false;
}

Test(text, big_list_of_naughty_strings)
{
	struct str text = STR_INIT;
	if (!corpus(&text, CORPUS "torture_blns/blns.txt"))
		cr_skip_test("torture_blns is not here");
	struct slice rest = slice_from(&text), line;
	int lines = 0;
	for (; slice_cut(&rest, '\n', &line); lines++)
		check_promises(line);
	cr_assert_gt(lines, 500);
	str_release(&text);
}

static size_t unhex(char *out, struct slice hex)
{
	size_t n = 0;
	int high = -1;
	for (size_t i = 0; i < hex.len; i++) {
		char c = (char)(hex.p[i] | 0x20);
		int digit = c >= '0' && c <= '9'   ? c - '0'
		            : c >= 'a' && c <= 'f' ? c - 'a' + 10
		                                   : -1;
		if (digit < 0)
			continue;
		if (high < 0) {
			high = digit;
		} else {
			out[n++] = (char)(high * 16 + digit);
			high = -1;
		}
	}
	return n;
}

/* num:valid hex:bytes, num:invalid hex:bytes:skipped:replaced */
static bool check_utf8_line(struct slice line)
{
	char bytes[256], want[256];
	struct slice number, kind, hex, skipped, replaced;
	if (!line.len || line.p[0] == '#' || !slice_cut(&line, ':', &number) ||
	    !slice_cut(&line, ':', &kind) || !slice_cut(&line, ':', &hex))
		return false;
	kind = slice_trim(kind);
	struct slice raw = {.p = bytes};
	if (slice_is(kind, "valid")) {
		cr_assert(utf8_valid(hex), "%.*s", (int)number.len, number.p);
		check_promises(hex);
		return true;
	}
	raw.len = unhex(bytes, hex);
	bool valid = slice_is(kind, "valid hex");
	cr_assert_eq(utf8_valid(raw), valid, "%.*s", (int)number.len, number.p);
	check_promises(raw);
	if (!valid && slice_cut(&line, ':', &skipped) &&
	    slice_cut(&line, ':', &replaced)) {
		struct str safe = STR_INIT, expected = STR_INIT;
		size_t len = unhex(want, replaced);
		display_safe(&safe, raw);
		display_safe(&expected, (struct slice){want, len}); /* for its controls */
		cr_expect_str_eq(
		    safe.p, expected.p, "%.*s: %s", (int)number.len, number.p, safe.p);
		str_release(&safe);
		str_release(&expected);
	}
	return true;
}

Test(text, utf8_test_cases)
{
	struct str text = STR_INIT;
	if (!corpus(&text, CORPUS "torture_utf8/utf8tests.txt"))
		cr_skip_test("torture_utf8 is not here");
	struct slice rest = slice_from(&text), line;
	int cases = 0;
	while (slice_cut(&rest, '\n', &line))
		cases += check_utf8_line(line);
	cr_assert_gt(cases, 100);
	cr_log_info("%d cases", cases);
	str_release(&text);
	if (corpus(&text, CORPUS "torture_utf8/utf8tests.bin"))
		check_promises(slice_from(&text));
	str_release(&text);
}
