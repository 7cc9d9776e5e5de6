#include "../../src/app/layout.h"
#include "../../src/app/settings.h"
#include "huddle/app.h"
#include "huddle/command.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define TODAY 20780 /* 2026-11-23 */

/* The command table. */

Test(commands, every_row_is_told)
{
	for (size_t i = 0; i < n_commands; i++) {
		cr_assert(*commands[i].name && *commands[i].title, "row %zu", i);
		cr_assert(commands[i].run && commands[i].panes, "%s", commands[i].name);
		cr_assert_leq(strlen(commands[i].name), 18, "%s is cut in the palette",
		    commands[i].name);
		for (size_t j = 0; j < i; j++)
			cr_assert_str_neq(commands[i].name, commands[j].name);
	}
}

static bool same_key(const char *a, const char *b)
{
	struct key x, y;

	return key_parse(a, &x) && key_parse(b, &y) && key_eq(x, y);
}

static void no_clash(const struct command *a, const struct command *b)
{
	struct slice keys_a = slice_of(a->keys), word_a;
	char buf_a[32], buf_b[32];

	while (slice_cut(&keys_a, ' ', &word_a)) {
		struct slice keys_b = slice_of(b->keys), word_b;

		while (slice_cut(&keys_b, ' ', &word_b))
			cr_assert_not(same_key(slice_copy(word_a, buf_a, sizeof buf_a),
			                  slice_copy(word_b, buf_b, sizeof buf_b)),
			    "%s of %s and %s", buf_a, a->name, b->name);
	}
}

Test(commands, no_key_means_two_things_in_a_pane)
{
	for (size_t i = 0; i < n_commands; i++)
		for (size_t j = 0; j < i; j++)
			if (commands[i].panes == commands[j].panes ||
			    ((commands[i].panes & commands[j].panes) &&
			        (commands[i].panes & (commands[i].panes - 1)) &&
			        (commands[j].panes & (commands[j].panes - 1))))
				no_clash(&commands[i], &commands[j]);
}

Test(commands, keys_can_be_read)
{
	for (size_t i = 0; i < n_commands; i++) {
		struct slice keys = slice_of(commands[i].keys), word;
		struct key key;
		char name[32];

		while (slice_cut(&keys, ' ', &word))
			if (word.len > 0)
				cr_assert(
				    key_parse(slice_copy(word, name, sizeof name), &key),
				    "%s", name);
	}
}

/* The layout. */

static bool inside(struct rect r, int width, int height)
{
	return r.width <= 0 || r.height <= 0 ||
	       (r.x >= 0 && r.y >= 0 && r.x + r.width <= width &&
	           r.y + r.height <= height);
}

static bool overlap(struct rect a, struct rect b)
{
	return a.width > 0 && b.width > 0 && a.height > 0 && b.height > 0 &&
	       a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height &&
	       b.y < a.y + a.height;
}

static void check_layout(int width, int height, const struct layout_wish *wish)
{
	struct layout l;
	struct rect all[PANES + 4];
	int n = 0;

	layout_set(&l, width, height, wish);
	for (int pane = 0; pane < PANES; pane++)
		all[n++] = l.pane[pane];
	all[n++] = l.top;
	all[n++] = l.bottom;
	all[n++] = l.deal;
	all[n++] = l.detail;
	for (int i = 0; i < n; i++) {
		cr_assert(inside(all[i], width, height), "%d at %dx%d", i, width, height);
		for (int j = 0; j < i; j++)
			cr_assert_not(overlap(all[i], all[j]), "%d and %d at %dx%d", i, j,
			    width, height);
	}
	if (l.kind == LAYOUT_TINY)
		return;
	cr_assert(l.pane[wish->focus].width > 0 && l.pane[wish->focus].height > 0,
	    "pane %d has no place at %dx%d", (int)wish->focus, width, height);
	bool alone = wish->focus >= PANE_CHANGES && wish->focus <= PANE_SCORE;
	if (wish->focus != PANE_DEALS && !alone)
		cr_assert_gt(
		    l.deal.height, 0, "the deal's name is gone at %dx%d", width, height);
}

Test(layout, parts_are_inside_and_apart_at_any_size)
{
	for (int width = 0; width < 230; width += 1 + width / 40)
		for (int height = 0; height < 70; height += 1 + height / 30)
			for (int focus = 0; focus < PANES_KEYED; focus++)
				for (int bits = 0; bits < 4; bits++) {
					struct layout_wish wish = {
					    .focus = (enum pane_id)focus,
					    .tab = PANE_RISK,
					    .zoomed = bits & 1,
					    .detail = bits & 2,
					    .actions = 3};

					check_layout(width, height, &wish);
				}
}

Test(layout, a_form_always_has_a_place)
{
	for (int width = 40; width < 230; width += 3)
		for (int height = 10; height < 60; height++)
			for (int debrief = 0; debrief < 2; debrief++) {
				struct layout_wish wish = {.focus = PANE_FORM,
				    .tab = PANE_ACTIONS,
				    .writing = true,
				    .debrief = debrief};

				check_layout(width, height, &wish);
			}
}

/* Settings. */

static char folder[64];

static void folder_make(void)
{
	strcpy(folder, "/tmp/huddle-app-XXXXXX");
	cr_assert(mkdtemp(folder));
}

static void folder_remove(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	cr_assert_eq(system(command), 0);
}

static const char *file_in(const char *name, const char *text)
{
	static char path[128];
	FILE *f;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (text) {
		cr_assert(f = fopen(path, "w"));
		fputs(text, f);
		fclose(f);
	}
	return path;
}

Test(settings, are_read_and_wrong_lines_told, .init = folder_make, .fini = folder_remove)
{
	struct settings s;
	struct err err = ERR_INIT;
	const char *path = file_in("huddle.ini",
	    "theme = light\nmouse = on\nsort = amount\nquiet-days = 21\n"
	    "list-columns = wide\ncolour = blue\n[keys]\nnext-deal = ctrl-n\n");

	cr_assert(settings_load(&s, path, &err), "%s", err.text);
	cr_assert_str_eq(s.theme, "light");
	cr_assert(s.mouse);
	cr_assert_eq(s.sort, SORT_AMOUNT);
	cr_assert_eq(s.quiet_days, 21);
	cr_assert_eq(s.n_keys, 1);
	cr_assert(
	    strstr(str_text(&s.warnings), ":5: list-columns is 20 to 999, not \"wide\""),
	    "%s", str_text(&s.warnings));
	cr_assert(strstr(str_text(&s.warnings), ":6: colour is no setting"));
	settings_release(&s);
}

Test(settings, a_named_file_must_be_there, .init = folder_make, .fini = folder_remove)
{
	struct settings s;
	struct err err = ERR_INIT;

	cr_assert_not(settings_load(&s, file_in("none.ini", NULL), &err));
	cr_assert(*err.text);
	settings_release(&s);
}

Test(settings, the_help_has_every_option)
{
	cr_assert(strstr(app_settings_help(), "theme = "));
	cr_assert(strstr(app_settings_help(), "[keys]"));
}

/* The whole, without a terminal. */

static const char *run(const char *keys, int width, int height)
{
	static char text[65536];
	char db[128];
	FILE *out = tmpfile();
	struct app_options options = {.today = TODAY,
	    .keys = keys,
	    .screen = out,
	    .width = width,
	    .height = height,
	    .config = file_in("huddle.ini", "theme = default\n")};

	snprintf(db, sizeof db, "%s/huddle.db", folder);
	options.store.path = db;
	options.store.person = "Ana";
	cr_assert(out);
	cr_assert_eq(app_run(&options), EXIT_OK);
	rewind(out);
	text[fread(text, 1, sizeof text - 1, out)] = '\0';
	fclose(out);
	return text;
}

Test(app, first_run_says_what_to_do, .init = folder_make, .fini = folder_remove)
{
	const char *text = run("", 100, 30);

	cr_assert(strstr(text, "huddle sync FOLDER"), "%s", text);
	cr_assert(strstr(text, "scripts/demo"));
	cr_assert(strstr(text, ": commands  ? help"));
}

Test(app, a_refusal_says_why, .init = folder_make, .fini = folder_remove)
{
	cr_assert(strstr(run("a", 100, 30), "add-action: nothing is synced yet."));
	cr_assert(strstr(run(":debr", 100, 30), "(nothing is synced yet)"));
	cr_assert(strstr(run("<esc><esc>", 100, 30), "q leaves"));
	cr_assert(strstr(run("&", 100, 30), "? lists the keys"));
}

Test(app, every_key_at_every_size, .init = folder_make, .fini = folder_remove)
{
	static const char *const scripts[] = {"jkgGnp<tab><tab>zz12345/ab<esc>",
	    ":theme<enter>?zoo<esc>",
	    "sSj<enter>oOj<enter><ctrl-u>yYmTr<ctrl-l>udaAxtXDe<f1><esc>q"};
	static const int sizes[][2] = {{0, 0}, {1, 1}, {10, 3}, {40, 10}, {59, 20},
	    {80, 24}, {100, 12}, {120, 40}, {200, 50}};

	for (size_t s = 0; s < sizeof scripts / sizeof *scripts; s++)
		for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
			run(scripts[s], sizes[i][0], sizes[i][1]);
}

Test(app, a_key_can_be_moved, .init = folder_make, .fini = folder_remove)
{
	struct app_options options = {.today = TODAY,
	    .keys = "<ctrl-n>",
	    .screen = tmpfile(),
	    .width = 100,
	    .height = 30,
	    .config =
	        file_in("huddle.ini", "[keys]\nnext-deal = ctrl-n\nnonsense = k\n")};
	char db[128], text[8192];

	snprintf(db, sizeof db, "%s/huddle.db", folder);
	options.store.path = db;
	cr_assert_eq(app_run(&options), EXIT_OK);
	rewind(options.screen);
	text[fread(text, 1, sizeof text - 1, options.screen)] = '\0';
	fclose(options.screen);
	cr_assert(strstr(text, "next-deal: nothing is synced yet."), "%s", text);
}
