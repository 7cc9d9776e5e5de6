#include <criterion/criterion.h>
#include <string.h>

#include "huddle/keys.h"

static struct key parsed(const char *name)
{
	struct key key;
	cr_assert(key_parse(name, &key), "%s", name);
	return key;
}

Test(keys, names_come_back)
{
	static const char *const names[] = {"j", "G", "enter", "esc", "tab", "shift-tab",
	    "f1", "f12", "space", "?", "<", "ctrl-e", "alt-x", "ctrl-alt-x", "pgdn", "é",
	    "東", "-", "alt--", "ctrl-space", "ctrl-up"};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char buf[24];
		cr_assert_str_eq(key_text(parsed(names[i]), buf), names[i]);
	}
}

Test(keys, other_names_mean_the_same)
{
	cr_assert(key_eq(parsed("escape"), parsed("Esc")));
	cr_assert(key_eq(parsed("return"), parsed("enter")));
	cr_assert(key_eq(parsed("pageup"), parsed("pgup")));
	cr_assert(key_eq(parsed("Ctrl-E"), parsed("ctrl-e")));
	cr_assert(key_eq(parsed(" "), parsed("space")));
	cr_assert(key_eq((struct key){.code = ' '}, (struct key){.code = KEYNAME_SPACE}));
	cr_assert(!key_eq(parsed("g"), parsed("G")));
	cr_assert(!key_eq(parsed("e"), parsed("ctrl-e")));
}

Test(keys, nonsense_is_refused)
{
	static const char *const names[] = {"", "nokey", "ctrl-", "f0", "f13", "f1x",
	    "ctrl-ctrl-x", "jj", "\033", "\x7F", "\xFF"};
	struct key key;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		cr_assert(!key_parse(names[i], &key), "%s", names[i]);
	cr_assert(!key_parse(NULL, &key));
}

static void expect_script(const char *script, const char *names)
{
	struct slice rest = slice_of(script);
	struct str seen = STR_INIT;
	struct key key;
	char buf[24];
	while (key_script(&rest, &key))
		str_addf(&seen, "%s%s", seen.len ? " " : "", key_text(key, buf));
	cr_assert_str_eq(str_text(&seen), names);
	str_release(&seen);
}

Test(keys, scripts)
{
	expect_script("jj<enter>/acme<esc>q", "j j enter / a c m e esc q");
	expect_script("a b", "a space b");
	expect_script("<<x>", "< x >");
	expect_script("<ctrl-x><nokey>", "ctrl-x < n o k e y >");
	expect_script("a<", "a <");
	expect_script("<>", "< >");
	expect_script("é\n", "é enter");
	expect_script("\xFFz", "\uFFFD z");
	expect_script("", "");
}
