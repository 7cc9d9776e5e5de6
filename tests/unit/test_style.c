#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "huddle/embedded.h"
#include "huddle/ini.h"
#include "huddle/path.h"
#include "huddle/style.h"

static char home[64];

static void open_home(void)
{
	snprintf(home, sizeof home, "/tmp/huddle-style-XXXXXX");
	cr_assert(mkdtemp(home));
	setenv("XDG_CONFIG_HOME", home, 1);
}

static void close_home(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", home);
	cr_assert_eq(system(command), 0);
}

TestSuite(style, .init = open_home, .fini = close_home);

static void write_theme(const char *name, const char *text)
{
	char path[256];
	struct err err = ERR_INIT;
	snprintf(path, sizeof path, "%s/huddle/themes", home);
	cr_assert(path_make_folder(path, &err), "%s", err.text);
	snprintf(path, sizeof path, "%s/huddle/themes/%s.theme", home, name);
	cr_assert(path_write(path, slice_of(text), true, &err), "%s", err.text);
}

Test(style, roles_are_found_by_name)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		enum role found;
		cr_assert(role_find(role_name((enum role)i), &found));
		cr_assert_eq(found, (enum role)i);
		cr_assert(role_text((enum role)i)[0]);
	}
	enum role none;
	cr_assert(!role_find("nothing", &none));
}

Test(style, built_in_themes_are_clean)
{
	struct str names = STR_INIT;
	theme_names(&names);
	static const char *const wanted[] = {
	    "default", "light", "dark256", "high-contrast", "mono"};
	for (size_t i = 0; i < 5; i++) {
		struct theme theme;
		struct str warnings = STR_INIT;
		struct err err = ERR_INIT;
		cr_assert(strstr(names.p, wanted[i]), "%s", wanted[i]);
		cr_assert(theme_load(&theme, wanted[i], &warnings, &err), "%s", err.text);
		cr_assert_str_eq(str_text(&warnings), "");
		cr_assert_str_eq(theme.name, wanted[i]);
		str_release(&warnings);
	}
	str_release(&names);
}

/* A sample with every key: what nobody can find out nobody can change. */
Test(style, default_theme_names_every_role_in_every_section)
{
	const struct embedded_file *file = embedded_themes;
	while (file->name && strcmp(file->name, "default") != 0)
		file++;
	struct arena arena = ARENA_INIT;
	struct ini ini;
	struct err err = ERR_INIT;
	cr_assert(ini_parse(&ini, &arena, "default", file->text, file->len, &err));
	static const char *const sections[] = {"16", "256", "mono"};
	for (size_t s = 0; s < 3; s++)
		for (int i = 0; i < ROLE_COUNT; i++)
			cr_assert(ini_get(&ini, sections[s], role_name((enum role)i)),
			    "[%s] %s", sections[s], role_name((enum role)i));
	arena_release(&arena);
}

Test(style, default_has_no_plain_blue_or_white_text_and_no_paper)
{
	struct theme theme;
	struct err err = ERR_INIT;
	cr_assert(theme_load(&theme, "default", NULL, &err));
	cr_assert_eq(theme.low[ROLE_TEXT].bg, -1);
	cr_assert_eq(theme.high[ROLE_TEXT].bg, -1);
	for (int i = 0; i < ROLE_COUNT; i++) {
		const struct look *look = &theme.low[i];
		cr_assert(
		    look->fg != 4 && look->fg != 7 && look->fg != 15 && look->fg < 16);
		cr_assert(look->fg != 2, "green beside red");
		cr_assert_eq(theme.mono[i].fg, -1);
		cr_assert_eq(theme.mono[i].bg, -1);
	}
}

Test(style, own_theme_changes_only_what_it_names)
{
	struct theme own, usual;
	struct str warnings = STR_INIT;
	struct err err = ERR_INIT;
	write_theme(
	    "mine", "[16]\nselected = black on yellow bold\n[mono]\nkey = underline\n");
	cr_assert(theme_load(&own, "mine", &warnings, &err));
	cr_assert_str_eq(str_text(&warnings), "");
	cr_assert(theme_load(&usual, "default", NULL, &err));
	cr_assert_eq(own.low[ROLE_SELECTED].fg, 0);
	cr_assert_eq(own.low[ROLE_SELECTED].bg, 3);
	cr_assert(own.low[ROLE_SELECTED].bold);
	cr_assert_eq(own.high[ROLE_SELECTED].bg, 3, "16 colours count for 256 as well");
	cr_assert(own.mono[ROLE_KEY].underline && !own.mono[ROLE_KEY].bold);
	cr_assert_eq(own.high[ROLE_RISK_HIGH].bg, usual.high[ROLE_RISK_HIGH].bg);
	struct str names = STR_INIT;
	theme_names(&names);
	cr_assert(strstr(names.p, ", mine"));
	str_release(&names);
}

Test(style, mistakes_are_warnings_with_their_lines)
{
	struct theme theme;
	struct str warnings = STR_INIT;
	struct err err = ERR_INIT;
	write_theme("bad",
	    "[16]\nselekted = red\nkey = reddish\ntext = 16\nerror = red on\n"
	    "title = \033[31m\n[32]\nkey = red\n[mono]\nkey = red\n[256]\nkey = 256\n");
	cr_assert(theme_load(&theme, "bad", &warnings, &err));
	static const char *const wanted[] = {":2: unknown role",
	    ":3: cannot read the look", ":4: cannot", ":5: cannot", ":7: unknown section",
	    ":10: cannot", ":12: cannot"};
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
		cr_assert(strstr(str_text(&warnings), wanted[i]), "%s in\n%s", wanted[i],
		    str_text(&warnings));
	cr_assert(!strchr(str_text(&warnings), '\033'));
	str_release(&warnings);
}

Test(style, unknown_name_lists_the_names)
{
	struct theme theme;
	static const char *const names[] = {"nope", "", "../default", "a/b"};
	for (size_t i = 0; i < 4; i++) {
		struct err err = ERR_INIT;
		cr_assert(!theme_load(&theme, names[i], NULL, &err));
		cr_assert(strstr(err.text, "high-contrast"), "%s", err.text);
	}
}

Test(style, a_huge_theme_is_a_warning)
{
	struct theme theme;
	struct str text = STR_INIT, warnings = STR_INIT;
	struct err err = ERR_INIT;
	for (int i = 0; i < 9000; i++)
		str_adds(&text, "; nothing\n");
	write_theme("huge", text.p);
	cr_assert(theme_load(&theme, "huge", &warnings, &err));
	cr_assert(warnings.len > 0);
	str_release(&text);
	str_release(&warnings);
}
