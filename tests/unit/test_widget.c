#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "huddle/text.h"
#include "huddle/widget.h"

/* --- lists --- */

Test(list, selection_stays_inside)
{
	struct list l = {0};
	list_move(&l, 5);
	cr_assert_eq(l.selected, 0);
	list_set_count(&l, 10);
	list_move(&l, 100);
	cr_assert_eq(l.selected, 9);
	list_set_count(&l, 3);
	cr_assert_eq(l.selected, 2);
	list_move(&l, -2147483647);
	cr_assert_eq(l.selected, 0);
	list_set_count(&l, -4);
	cr_assert_eq(l.count, 0);
}

Test(list, window_follows_with_a_margin)
{
	struct list l = {.count = 50};
	list_select(&l, 20);
	list_show(&l, 10);
	cr_assert_eq(l.top, 13);
	list_select(&l, 14);
	list_show(&l, 10);
	cr_assert_eq(l.top, 12);
	list_select(&l, 49);
	list_show(&l, 10);
	cr_assert_eq(l.top, 40);
}

Test(list, selection_is_visible_in_any_window)
{
	for (int count = 0; count < 12; count++)
		for (int row = 0; row < count; row++)
			for (int height = 1; height < 14; height++)
				for (int top = -3; top < 15; top++) {
					struct list l = {count, row, top};
					list_show(&l, height);
					cr_assert(l.top >= 0 && l.top <= row);
					cr_assert(row < l.top + height);
				}
}

Test(list, position)
{
	char buf[32];
	struct list l = {.count = 47, .selected = 11};
	cr_assert_str_eq(list_position(&l, buf), "12/47");
	l.count = 0;
	cr_assert_str_eq(list_position(&l, buf), "");
}

/* --- edits --- */

static void type(struct edit *e, const char *script)
{
	struct slice rest = slice_of(script);
	struct key key;
	while (key_script(&rest, &key))
		edit_key(e, key);
}

static void expect_edit(
    const char *start, const char *script, const char *text, size_t cursor)
{
	struct edit e = {0};
	edit_set(&e, start);
	type(&e, script);
	cr_assert_str_eq(str_text(&e.text), text, "%s: %s", script, str_text(&e.text));
	cr_assert_eq(e.cursor, cursor, "%s: %zu", script, e.cursor);
	edit_release(&e);
}

Test(edit, keys)
{
	expect_edit("", "abc", "abc", 3);
	expect_edit("abc", "<left>x", "abxc", 3);
	expect_edit("abc", "<home>x<end>y", "xabcy", 5);
	expect_edit("abc", "<ctrl-a><right><delete>", "ac", 1);
	expect_edit("東京", "<backspace>", "東", 3);
	expect_edit("e\u0301x", "<left><backspace>", "x", 0);
	expect_edit("one two", "<ctrl-w>", "one ", 4);
	expect_edit("one two  ", "<ctrl-w>x", "one x", 5);
	expect_edit("one two", "<alt-b><ctrl-k>", "one ", 4);
	expect_edit("one two", "<home><alt-f>,", "one, two", 4);
	expect_edit("one two", "<ctrl-u>z", "z", 1);
	expect_edit("", "<left><right><backspace><delete><ctrl-w><ctrl-k>", "", 0);
	expect_edit("a", " b", "a b", 3);
}

Test(edit, leaves_other_keys)
{
	struct edit e = {0};
	static const char *const names[] = {
	    "enter", "esc", "tab", "up", "down", "ctrl-e", "ctrl-s", "f1", "alt-x"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct key key;
		key_parse(names[i], &key);
		cr_assert(!edit_key(&e, key), "%s", names[i]);
	}
}

Test(edit, what_is_set_is_made_safe_but_for_line_feeds)
{
	expect_edit("a\033b\nc\r\nd", "", "a^[b\nc\nd", 8);
}

Test(edit, scrolls_to_the_cursor)
{
	struct surface s;
	struct edit e = {0};
	surface_init(&s, 6, 1, false);
	edit_set(&e, "0123456789");
	edit_draw(&e, &s, 0, 0, 6, ROLE_FIELD, true);
	cr_assert_eq(s.cursor_x, 5);
	cr_assert_eq(s.cells[0].bytes[0], '5');
	type(&e, "<home>");
	edit_draw(&e, &s, 0, 0, 6, ROLE_FIELD, true);
	cr_assert_eq(s.cursor_x, 0);
	cr_assert_eq(s.cells[0].bytes[0], '0');
	edit_release(&e);
	surface_release(&s);
}

/* --- forms --- */

static const char *const outcomes[] = {"Won", "Lost", "Late", NULL};
static const char *const owners[] = {"Ana Ruiz", "Anders Berg", "Tom", NULL};
static struct form_field fields[4];
static struct form form;

static void open_form(void)
{
	const struct form_field blank[4] = {
	    {.name = "outcome",
	        .title = "Outcome",
	        .kind = FORM_CHOICE,
	        .choices = outcomes,
	        .required = true,
	        .hint = "how it ended"},
	    {.name = "owner", .title = "Owner", .kind = FORM_TEXT, .choices = owners},
	    {.name = "why", .title = "Why", .kind = FORM_LONG},
	    {.name = "next", .title = "Next"},
	};
	memcpy(fields, blank, sizeof fields);
	form = (struct form){
	    .title = "Debrief", .fields = fields, .count = 4, .complete = -1};
}

static void close_form(void)
{
	form_release(&form);
}

TestSuite(form, .init = open_form, .fini = close_form);

static enum form_result form_type(const char *script)
{
	struct slice rest = slice_of(script);
	struct key key;
	enum form_result result = FORM_IGNORED;
	while (key_script(&rest, &key))
		result = form_key(&form, key);
	return result;
}

Test(form, moves_between_fields)
{
	form_type("<tab><down>");
	cr_assert_eq(form.focus, 2);
	form_type("<up><shift-tab>");
	cr_assert_eq(form.focus, 0);
	form_type("<shift-tab>");
	cr_assert_eq(form.focus, 3);
	cr_assert(!form.changed);
}

Test(form, results)
{
	cr_assert_eq(form_type("<ctrl-s>"), FORM_SAVE);
	cr_assert_eq(form_type("<esc>"), FORM_LEAVE);
	cr_assert_eq(form_type("<ctrl-e>"), FORM_IGNORED); /* on a choice */
	cr_assert_eq(form_type("<enter><enter><ctrl-e>"), FORM_EDITOR);
	cr_assert_eq(form_type("<enter>"), FORM_HANDLED);
	cr_assert_eq(form_type("<enter>"), FORM_SAVE);
	cr_assert_eq(form_type("<f5>"), FORM_IGNORED);
}

Test(form, choices)
{
	form_type("l");
	cr_assert_str_eq(form_value(&form, 0), "Lost");
	form_type("l");
	cr_assert_str_eq(form_value(&form, 0), "Late");
	form_type("<right>");
	cr_assert_str_eq(form_value(&form, 0), "Won");
	form_type("<left>");
	cr_assert_str_eq(form_value(&form, 0), "Late");
	form_type("2");
	cr_assert_str_eq(form_value(&form, 0), "Lost");
	form_type("9z");
	cr_assert_str_eq(form_value(&form, 0), "Lost");
	form_type("<backspace>");
	cr_assert_str_eq(form_value(&form, 0), "");
	cr_assert(form.changed);
}

Test(form, completion)
{
	form_type("<tab>an");
	cr_assert_eq(form.complete, 0);
	form_type("<right>");
	cr_assert_str_eq(form_value(&form, 1), "Ana Ruiz");
	cr_assert_eq(form.focus, 1);
	form_type("<tab>");
	cr_assert_eq(form.focus, 2);
	form_type("<up><ctrl-u>an<tab>");
	cr_assert_str_eq(form_value(&form, 1), "Ana Ruiz");
	cr_assert_eq(form.focus, 2, "tab takes it and goes on");
	form_type("<up><ctrl-u>an<down><enter>");
	cr_assert_str_eq(form_value(&form, 1), "Anders Berg");
	form_type("<ctrl-u>an");
	cr_assert_eq(form_type("<esc>"), FORM_HANDLED); /* hides the list first */
	cr_assert_eq(form_type("<esc>"), FORM_LEAVE);
	form_type("<ctrl-u>tom<enter>");
	cr_assert_eq(form.focus, 2); /* enter keeps what was typed */
	cr_assert_str_eq(form_value(&form, 1), "tom");
}

Test(form, longer_text)
{
	form.focus = 2;
	form_type("first<alt-enter>second<up>!");
	cr_assert_str_eq(form_value(&form, 2), "first!\nsecond");
	form_type("<up>");
	cr_assert_eq(form.focus, 1);
}

Test(form, drafts_come_back_to_the_last_blank)
{
	struct str draft = STR_INIT;
	form_set(&form, 0, "Won");
	form_set(&form, 1, " tail  ");
	form_set(&form, 2, "a = b\nback\\nslash \\");
	form_write(&form, &draft);
	close_form();
	open_form();
	str_adds(&draft, "unknown = x\nno equals sign\n= y\n");
	form_read(&form, draft.p);
	cr_assert_str_eq(form_value(&form, 0), "Won");
	cr_assert_str_eq(form_value(&form, 1), " tail  ");
	cr_assert_str_eq(form_value(&form, 2), "a = b\nback\\nslash \\");
	cr_assert(form.changed);
	form_loaded(&form);
	cr_assert(!form.changed);
	str_release(&draft);
}

/* Two people wrote: what was not touched is taken, and no words are lost. */
Test(form, merges_what_somebody_else_wrote)
{
	form_set(&form, 1, "as loaded");
	form_set(&form, 2, "as loaded");
	form_loaded(&form);
	form_set(&form, 2, "mine");
	cr_assert_eq(form_merge(&form, 1, "as loaded"), MERGE_SAME);
	cr_assert_eq(form_merge(&form, 1, "theirs"), MERGE_TAKEN);
	cr_assert_str_eq(form_value(&form, 1), "theirs");
	cr_assert_eq(form_merge(&form, 2, "theirs"), MERGE_BOTH);
	cr_assert_str_eq(form_value(&form, 2), "mine");
	form.focus = 2;
	form_type("<ctrl-t>");
	cr_assert_str_eq(form_value(&form, 2), "theirs");
	cr_assert_str_eq(fields[2].theirs, "mine");
	form_type("<ctrl-t>");
	cr_assert_str_eq(form_value(&form, 2), "mine");
	cr_assert_eq(form_merge(&form, 2, "mine"), MERGE_SAME);
	cr_assert_null(fields[2].theirs);
	cr_assert_eq(
	    form_key(&form, (struct key){.code = 't', .ctrl = true}), FORM_IGNORED);
}

Test(form, problem_goes_when_the_field_is_changed)
{
	fields[3].problem = "say it";
	form.focus = 3;
	form_type("x");
	cr_assert_null(fields[3].problem);
}

Test(form, says_what_is_chosen_without_colour)
{
	struct surface s;
	struct str out = STR_INIT;
	surface_init(&s, 50, 12, false);
	form_type("l");
	fields[1].problem = "nobody is called that";
	form_draw(&form, &s, true);
	surface_dump(&s, &out);
	cr_assert(strstr(out.p, "[Lost]") && !strstr(out.p, "[Won]"));
	cr_assert(strstr(out.p, "» Outcome *"));
	cr_assert(strstr(out.p, "how it ended"));
	cr_assert(strstr(out.p, "! nobody is called that"));
	cr_assert(strstr(out.p, "not saved  1/4"));
	str_release(&out);
	surface_release(&s);
}

/* Every size with every field focused, while somebody types anything. */
Test(form, any_size_and_any_keys)
{
	static const char *const keys[] = {"<tab>", "a", "東", "<up>", "<left>",
	    "<right>", "<down>", "<backspace>", " ", "<alt-enter>", "\u0301", "<ctrl-w>",
	    "<enter>", "<home>", "l", "n"};
	unsigned seed = 7;
	for (int i = 0; i < 6000; i++) {
		struct surface s;
		seed = seed * 1103515245u + 12345u;
		form_type(keys[(seed >> 16) % (sizeof keys / sizeof *keys)]);
		surface_init(
		    &s, (int)(seed >> 8) % 70, (int)(seed >> 20) % 16, i % 5 == 0);
		fields[i % 4].problem =
		    i % 7 ? NULL : "a problem in words, long enough to wrap";
		form_draw(&form, &s, i % 3 != 0);
		struct edit *e = &fields[form.focus].edit;
		cr_assert(e->cursor <= e->text.len);
		cr_assert(utf8_valid((struct slice){str_text(&e->text), e->text.len}));
		if (s.height > 2 && s.width > 3 && i % 3 &&
		    fields[form.focus].kind != FORM_CHOICE)
			cr_assert(s.cursor_y >= 0, "%dx%d field %d", s.width, s.height,
			    form.focus);
		surface_release(&s);
	}
}
