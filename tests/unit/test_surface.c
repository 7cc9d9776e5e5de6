#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "huddle/surface.h"
#include "huddle/text.h"

static struct surface s;

static void open_wide(void)
{
	surface_init(&s, 20, 4, false);
}

static void close_it(void)
{
	surface_release(&s);
}

TestSuite(surface, .init = open_wide, .fini = close_it);

static void expect(const struct surface *of, const char *text)
{
	struct str out = STR_INIT;
	surface_dump(of, &out);
	cr_assert_str_eq(str_text(&out), text);
	str_release(&out);
}

/* What must hold whatever was drawn: a wide cell has its right half, and no
 * right half stands alone. */
static void expect_whole(const struct surface *of)
{
	for (int y = 0; y < of->height; y++) {
		const struct cell *row = of->cells + (size_t)y * (size_t)of->stride;
		for (int x = 0; x < of->width; x++) {
			if (row[x].width == 2)
				cr_assert(x + 1 < of->width && row[x + 1].width == 0);
			if (row[x].width == 0)
				cr_assert(x > 0 && row[x - 1].width == 2);
			cr_assert(row[x].width == 0 || row[x].bytes[0]);
			cr_assert(utf8_valid(slice_of(row[x].bytes)));
		}
	}
}

Test(surface, text_returns_the_column_after_it)
{
	cr_assert_eq(surface_puts(&s, 2, 0, -1, ROLE_TEXT, "abc"), 5);
	cr_assert_eq(surface_puts(&s, 0, 1, -1, ROLE_TEXT, "東京"), 4);
	cr_assert_eq(surface_puts(&s, 3, 9, -1, ROLE_TEXT, "below"), 3);
	expect(&s, "  abc\n東京\n\n\n");
}

Test(surface, cuts_with_an_ellipsis)
{
	cr_assert_eq(surface_puts(&s, 0, 0, 5, ROLE_TEXT, "abcdefgh"), 5);
	surface_puts(&s, 0, 1, 5, ROLE_TEXT, "東京の会議");
	surface_puts(&s, 15, 2, -1, ROLE_TEXT, "abcdefgh");
	expect(&s, "abcd…\n東京…\n               abcd…\n\n");
}

Test(surface, left_of_the_edge)
{
	surface_puts(&s, -2, 0, -1, ROLE_TEXT, "abcdef");
	surface_puts(&s, -1, 1, -1, ROLE_TEXT, "東京");
	surface_puts(&s, -50, 2, -1, ROLE_TEXT, "gone");
	expect(&s, "cdef\n 京\n\n\n");
}

Test(surface, half_of_a_wide_one_becomes_a_blank)
{
	surface_puts(&s, 0, 0, -1, ROLE_TEXT, "東京都");
	surface_puts(&s, 1, 0, -1, ROLE_TEXT, "x");
	surface_puts(&s, 4, 0, -1, ROLE_TEXT, "y");
	expect(&s, " x京y\n\n\n\n");
	expect_whole(&s);
}

Test(surface, a_part_shares_cells_and_clips)
{
	struct surface part = surface_part(&s, 18, 2, 10, 10);
	cr_assert_eq(part.width, 2);
	cr_assert_eq(part.height, 2);
	surface_puts(&part, 0, 0, -1, ROLE_TEXT, "abc");
	expect(&s, "\n\n                  a…\n\n");
	struct surface none = surface_part(&s, 30, 30, 5, 5);
	cr_assert_eq(none.width, 0);
	surface_puts(&none, 0, 0, -1, ROLE_TEXT, "abc");
	surface_fill(&none, ROLE_TEXT);
}

Test(surface, filling_a_part_mends_its_edges)
{
	surface_puts(&s, 0, 0, -1, ROLE_TEXT, "東京都市");
	struct surface part = surface_part(&s, 1, 0, 4, 1);
	surface_fill(&part, ROLE_TEXT);
	expect(&s, "      市\n\n\n\n");
	expect_whole(&s);
}

Test(surface, hostile_text_is_harmless)
{
	surface_puts(&s, 0, 0, -1, ROLE_TEXT, "a\033[2Jb\r\bc");
	surface_puts(&s, 0, 1, -1, ROLE_TEXT, "x\xE2\x80\xAEy\xFFz");
	for (int i = 0; i < 80; i++)
		for (const char *p = s.cells[i].bytes; *p; p++)
			cr_assert((unsigned char)*p >= 0x20 && *p != 0x7F);
	expect_whole(&s);
}

Test(surface, right_and_printf)
{
	surface_right(&s, 0, 0, 10, ROLE_MONEY, "$1,234");
	surface_right(&s, 0, 1, 4, ROLE_MONEY, "123456");
	surface_printf(&s, 0, 2, -1, ROLE_TEXT, "%d of %s", 3, "vier");
	expect(&s, "    $1,234\n123…\n3 of vier\n\n");
}

Test(surface, wrapped_keeps_paragraphs)
{
	cr_assert_eq(surface_wrapped(&s, 0, 0, 8, ROLE_TEXT, "one two three\n\nfour"), 4);
	expect(&s, "one two\nthree\n\nfour\n");
}

Test(surface, ascii_has_only_ascii)
{
	struct surface a;
	surface_init(&a, 20, 3, true);
	surface_puts(&a, 0, 0, 6, ROLE_TEXT, "Zürich and Łódź");
	surface_line_h(&a, 0, 1, 4, ROLE_BORDER);
	surface_line_v(&a, 6, 0, 9, ROLE_BORDER);
	surface_right(&a, 0, 2, 5, ROLE_TEXT, "é");
	expect(&a, "Zuric~|\n----  |\n    e |\n");
	surface_release(&a);
}

Test(surface, cursor_outside_is_none)
{
	surface_cursor(&s, 3, 2);
	cr_assert(s.cursor_x == 3 && s.cursor_y == 2);
	surface_cursor(&s, 20, 2);
	cr_assert(s.cursor_x == -1 && s.cursor_y == -1);
}

Test(surface, symbols_are_one_column)
{
	for (int i = 0; i < SYMBOLS; i++) {
		cr_assert_eq(text_width(slice_of(symbol_text((enum symbol)i, false))), 1);
		cr_assert_eq(strlen(symbol_text((enum symbol)i, true)), 1);
		struct str safe = STR_INIT;
		display_safe(&safe, slice_of(symbol_text((enum symbol)i, false)));
		cr_assert_str_eq(safe.p, symbol_text((enum symbol)i, false));
		str_release(&safe);
	}
}

/* A small generator of our own, so that a failure comes again. */
static unsigned seed = 1;

static int any(int most)
{
	seed = seed * 1103515245u + 12345u;
	return (int)((seed >> 16) % (unsigned)most);
}

static void draw_anything(struct surface *on)
{
	static const char *const texts[] = {"", "a", "東", "東京の会議", "e\u0301\u0302",
	    "\033[m", "\xFF\xC3", "👩‍👩‍👧 family", "🇩🇪 flag",
	    "ᄀᄀ가ᅡᅡᆨᆨᆨᆨᆨᆨᆨ", "مرحبا", "long plain text to cut"};
	int x = any(40) - 10, y = any(12) - 3, w = any(30) - 2, h = any(8) - 1;
	const char *text = texts[any(sizeof texts / sizeof *texts)];
	enum role role = (enum role)any(ROLE_COUNT);
	struct surface part = surface_part(on, x, y, w, h);
	switch (any(7)) {
	case 0:
		surface_puts(on, x, y, w, role, text);
		break;
	case 1:
		surface_puts(&part, any(5) - 2, any(3), -1, role, text);
		break;
	case 2:
		surface_fill(&part, role);
		break;
	case 3:
		surface_wrapped(on, x, y, w, role, text);
		break;
	case 4:
		surface_line_h(on, x, y, w, role);
		break;
	case 5:
		surface_line_v(on, x, y, h, role);
		break;
	default:
		surface_right(on, x, y, w, role, text);
		surface_flag(on, x, y, w, CELL_SELECTED);
		break;
	}
}

Test(surface, anything_drawn_anywhere_keeps_cells_whole)
{
	for (int round = 0; round < 600; round++) {
		struct surface on;
		surface_init(&on, any(30), any(8), any(4) == 0);
		for (int i = 0; i < 40; i++)
			draw_anything(&on);
		expect_whole(&on);
		surface_release(&on);
	}
}
