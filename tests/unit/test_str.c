#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

#include "huddle/arena.h"
#include "huddle/err.h"
#include "huddle/str.h"

Test(err, holds_place_text_and_status)
{
	struct err err = ERR_INIT;
	cr_assert_not(err_set(&err, "a.csv:3", "%d rows; %s", 7, "stop"));
	cr_assert_eq(err.status, EXIT_REFUSED);
	cr_assert_str_eq(err.place, "a.csv:3");
	cr_assert_str_eq(err.text, "7 rows; stop");
	cr_assert_not(err_usage(&err, NULL, "no"));
	cr_assert_eq(err.status, EXIT_USAGE);
	cr_assert_str_eq(err.place, "");
}

Test(err, may_be_wrapped_in_itself_and_is_cut_when_long)
{
	struct err err = ERR_INIT;
	err_set(&err, "inner", "cause");
	err_set(&err, err.place, "outer: %s", err.text);
	cr_assert_str_eq(err.place, "inner");
	cr_assert_str_eq(err.text, "outer: cause");
	char longer[5000];
	memset(longer, 'x', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	err_set(&err, longer, "%s", longer);
	cr_assert_eq(strlen(err.place), sizeof err.place - 1);
	cr_assert_eq(strlen(err.text), sizeof err.text - 1);
	cr_assert_not(err_set(NULL, "x", "nobody listens"));
}

Test(str, grows_and_always_ends_in_nul)
{
	struct str s = STR_INIT;
	cr_assert_str_eq(str_text(&s), "");
	str_add(&s, NULL, 0);
	cr_assert_str_eq(s.p, "");
	for (int i = 0; i < 1000; i++)
		str_addf(&s, "%d,", i);
	cr_assert_eq(s.len, strlen(s.p));
	cr_assert_str_eq(s.p + s.len - 8, "998,999,");
	str_clear(&s);
	str_addc(&s, 'a');
	str_adds(&s, "bc");
	cr_assert_str_eq(str_text(&s), "abc");
	str_release(&s);
	cr_assert_null(s.p);
}

Test(str, every_length_fits_exactly)
{
	for (size_t len = 0; len < 200; len++) {
		struct str s = STR_INIT;
		char bytes[200];
		memset(bytes, 'y', sizeof bytes);
		str_add(&s, bytes, len);
		str_addf(&s, "%.*s", (int)len, bytes);
		cr_assert_eq(s.len, 2 * len);
		cr_assert_lt(s.len, s.cap);
		cr_assert_eq(s.p[s.len], '\0');
		str_release(&s);
	}
}

Test(slice, trims_ascii_blanks_and_nbsp)
{
	struct slice s = slice_trim(slice_of(" \t\xC2\xA0 a b\xC2\xA0\r\n"));
	cr_assert(slice_is(s, "a b"));
	cr_assert_eq(slice_trim(slice_of(" \xC2\xA0\xC2\xA0")).len, 0);
	/* A0 that ends another character is not a blank. */
	cr_assert(slice_is(slice_trim(slice_of("x\xC3\xA0")), "x\xC3\xA0"));
	cr_assert_null(slice_trim(slice_of(NULL)).p);
}

Test(slice, compares)
{
	cr_assert(slice_is_nocase(slice_of("EuR"), "eUr"));
	cr_assert_not(slice_is_nocase(slice_of("EU"), "EUR"));
	cr_assert_not(slice_is(slice_of("eur"), "EUR"));
	cr_assert(slice_starts(slice_of("abc"), "ab"));
	cr_assert(slice_starts(slice_of("abc"), ""));
	cr_assert_not(slice_starts(slice_of("a"), "ab"));
	cr_assert(slice_eq(slice_of(NULL), slice_of("")));
}

Test(slice, cut_keeps_empty_parts)
{
	struct slice rest = slice_of("a,,b,"), part;
	const char *const want[] = {"a", "", "b", ""};
	for (int i = 0; i < 4; i++) {
		cr_assert(slice_cut(&rest, ',', &part));
		cr_assert(slice_is(part, want[i]));
	}
	cr_assert_not(slice_cut(&rest, ',', &part));
	rest = slice_of("");
	cr_assert(slice_cut(&rest, ',', &part));
	cr_assert_not(slice_cut(&rest, ',', &part));
}

Test(slice, copy_is_cut_to_the_buffer)
{
	char buf[4];
	cr_assert_str_eq(slice_copy(slice_of("abcdef"), buf, sizeof buf), "abc");
	cr_assert_str_eq(slice_copy(slice_of(NULL), buf, sizeof buf), "");
}

Test(arena, gives_zeroed_aligned_lasting_memory)
{
	struct arena a = ARENA_INIT;
	unsigned char *all[3000];
	size_t sizes[3000], seed = 1;
	for (int i = 0; i < 3000; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u;
		sizes[i] = (seed >> 33) % (i % 500 == 0 ? 300000 : 700);
		all[i] = arena_alloc(&a, sizes[i]);
		cr_assert_eq((uintptr_t)all[i] % 16, 0);
		for (size_t at = 0; at < sizes[i]; at++)
			cr_assert_eq(all[i][at], 0);
		memset(all[i], i & 0xFF, sizes[i]);
	}
	for (int i = 0; i < 3000; i++) {
		for (size_t at = 0; at < sizes[i]; at++)
			cr_assert_eq(all[i][at], i & 0xFF);
	}
	cr_assert_gt(a.used, 0);
	arena_release(&a);
	cr_assert_null(a.block);
}

Test(arena, copies_and_prints)
{
	struct arena a = ARENA_INIT;
	cr_assert_str_eq(arena_strdup(&a, "text"), "text");
	cr_assert_null(arena_strdup(&a, NULL));
	cr_assert_str_eq(arena_dup(&a, "abcdef", 3), "abc");
	cr_assert_str_eq(arena_printf(&a, "%s-%d", "x", 42), "x-42");
	arena_release(&a);
}

Test(arena, arrays_grow_and_keep_their_items)
{
	struct arena a = ARENA_INIT;
	int *items = NULL;
	size_t cap = 0;
	for (int i = 0; i < 10000; i++) {
		items = arena_grow(&a, items, &cap, (size_t)i + 1, sizeof *items);
		items[i] = i;
	}
	for (int i = 0; i < 10000; i++)
		cr_assert_eq(items[i], i);
	arena_release(&a);
}
