#include <criterion/criterion.h>
#include <string.h>

#include "huddle/text.h"

/* ---- widths, clipping, wrapping ---- */

static void join(void *arg, struct slice line)
{
	str_add(arg, line.p, line.len);
	str_addc(arg, '|');
}

static const char *wrapped(struct str *out, const char *text, int columns)
{
	str_clear(out);
	text_wrap(slice_of(text), columns, join, out);
	return str_text(out);
}

Test(text, wraps_at_blanks)
{
	struct str out = STR_INIT;
	cr_assert_str_eq(
	    wrapped(&out, "the quick brown fox", 10), "the quick|brown fox|");
	cr_assert_str_eq(wrapped(&out, "the quick brown fox", 9), "the quick|brown fox|");
	cr_assert_str_eq(wrapped(&out, "the  quick   brown", 5), "the|quick|brown|");
	cr_assert_str_eq(wrapped(&out, "  lead and trail  ", 80), "lead and trail|");
	cr_assert_str_eq(wrapped(&out, "abcdefghij kl", 4), "abcd|efgh|ij|kl|");
	cr_assert_str_eq(wrapped(&out, "one\n\ntwo\n", 9), "one||two|");
	cr_assert_str_eq(wrapped(&out, "", 9), "");
	cr_assert_str_eq(wrapped(&out, "text", 0), "");
	cr_assert_str_eq(wrapped(&out, "\xE6\xBC\xA2\xE6\xBC\xA2\xE6\xBC\xA2", 4),
	    "\xE6\xBC\xA2\xE6\xBC\xA2|\xE6\xBC\xA2|");
	cr_assert_str_eq(wrapped(&out,
	                     "a\xE6\xBC\xA2"
	                     "b",
	                     1),
	    "a|b|");
	str_release(&out);
}

Test(text, clips_on_a_cluster)
{
	struct str out = STR_INIT;
	cr_assert_eq(text_clip(&out, slice_of("platform"), 5, false), 5);
	cr_assert_str_eq(out.p, "plat\xE2\x80\xA6");
	str_clear(&out);
	cr_assert_eq(text_clip(&out, slice_of("platform"), 5, true), 5);
	cr_assert_str_eq(out.p, "plat~");
	str_clear(&out);
	text_pad(
	    &out, slice_of("\xE6\xBC\xA2\xE6\xBC\xA2"), 3, true); /* half does not show */
	cr_assert_str_eq(out.p, "\xE6\xBC\xA2~");
	str_clear(&out);
	text_pad(&out, slice_of("a\xE6\xBC\xA2\xE6\xBC\xA2"), 3, true);
	cr_assert_str_eq(out.p, "a~ ");
	str_release(&out);
}

/* ---- comparing ---- */

Test(text, to_ascii)
{
	struct str out = STR_INIT;
	text_to_ascii(&out, slice_of("Caf\xC3\xA9 \xE2\x80\x94 \xC5\x81\xC3\xB3"
	                             "d\xC5\xBA, Stra"
	                             "\xC3\x9F"
	                             "e \xE2\x80\x9Cx\xE2\x80\x9D \xEF\xAC\x81 "
	                             "\xE6\xBC\xA2 \xE2\x82\xAC"
	                             "5 e\xCC\x81"));
	cr_assert_str_eq(out.p, "Cafe - Lodz, Strasse \"x\" fi ? EUR5 e");
	str_release(&out);
}

Test(text, names_compare_without_case)
{
	cr_assert(text_same(slice_of(" ACME Corp"), slice_of("acme corp ")));
	cr_assert(text_same(slice_of("STRASSE"), slice_of("stra\xC3\x9F"
	                                                  "e")));
	cr_assert(text_same(slice_of("\xC3\x89"
	                             "cole"),
	    slice_of("e\xCC\x81"
	             "cole")));
	cr_assert_not(text_same(slice_of("acme"), slice_of("acme2")));
	cr_assert(text_contains(slice_of("Acme: Platform renewal"), slice_of("PLAT")));
	cr_assert(text_contains(slice_of("\xC3\x89"
	                                 "cole"),
	    slice_of("\xC3\xA9"
	             "C")));
	cr_assert(text_contains(slice_of("x"), slice_of("")));
	cr_assert(text_contains(slice_of(NULL), slice_of("")));
	cr_assert_not(text_contains(slice_of(""), slice_of("x")));
	cr_assert(text_same(slice_of("bad\xFF"), slice_of("BAD\xFF")));
}

Test(text, fuzzy_ranks_the_better_match_higher)
{
	struct slice deal = slice_of("Acme: platform renewal");
	cr_assert_eq(text_fuzzy(deal, slice_of("xyz")), 0);
	cr_assert_eq(text_fuzzy(deal, slice_of("lawenerx")), 0);
	cr_assert_gt(text_fuzzy(deal, slice_of("")), 0);
	int start = text_fuzzy(deal, slice_of("acme")),
	    word = text_fuzzy(deal, slice_of("plat"));
	int inside = text_fuzzy(deal, slice_of("form")),
	    words = text_fuzzy(deal, slice_of("apr"));
	int spread = text_fuzzy(deal, slice_of("cmfw"));
	cr_assert(start > word && word > inside && inside > words && words > spread &&
	          spread > 0);
	cr_assert_gt(text_fuzzy(slice_of("\xC3\x89"
	                                 "cole"),
	                 slice_of("\xC3\xA9l")),
	    0);
}
