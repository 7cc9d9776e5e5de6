#include "huddle/style.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "huddle/embedded.h"
#include "huddle/ini.h"
#include "huddle/path.h"
#include "huddle/text.h"

enum { THEME_MOST = 64 * 1024 };

static const char *const role_names[ROLE_COUNT] = {
#define ROLE_NAME(id, name, text) [ROLE_##id] = name,
    ROLES(ROLE_NAME)
#undef ROLE_NAME
};

static const char *const role_texts[ROLE_COUNT] = {
#define ROLE_TEXT(id, name, text) [ROLE_##id] = text,
    ROLES(ROLE_TEXT)
#undef ROLE_TEXT
};

const char *role_name(enum role role)
{
	return (unsigned)role < ROLE_COUNT ? role_names[role] : "";
}

const char *role_text(enum role role)
{
	return (unsigned)role < ROLE_COUNT ? role_texts[role] : "";
}

bool role_find(const char *name, enum role *out)
{
	for (int role = 0; role < ROLE_COUNT; role++) {
		if (!strcmp(role_names[role], name)) {
			*out = (enum role)role;
			return true;
		}
	}
	return false;
}

static const char *const color_names[] = {"black", "red", "green", "yellow", "blue",
    "magenta", "cyan", "white", "bright-black", "bright-red", "bright-green",
    "bright-yellow", "bright-blue", "bright-magenta", "bright-cyan", "bright-white"};

/* "default", a name, or a number up to `most`. */
static bool parse_color(struct slice word, int most, short *out)
{
	if (slice_is_nocase(word, "default")) {
		*out = -1;
		return true;
	}
	for (short i = 0; i < 16 && i <= most; i++) {
		if (slice_is_nocase(word, color_names[i])) {
			*out = i;
			return true;
		}
	}
	int value = 0;
	for (size_t i = 0; i < word.len; i++) {
		if (i >= 3 || word.p[i] < '0' || word.p[i] > '9')
			return false;
		value = value * 10 + (word.p[i] - '0');
	}
	*out = (short)value;
	return word.len && value <= most;
}

static bool parse_attribute(struct slice word, struct look *out)
{
	if (slice_is_nocase(word, "bold"))
		out->bold = true;
	else if (slice_is_nocase(word, "underline"))
		out->underline = true;
	else if (slice_is_nocase(word, "reverse"))
		out->reverse = true;
	else if (slice_is_nocase(word, "dim"))
		out->dim = true;
	else
		return slice_is_nocase(word, "plain");
	return true;
}

/* "FG on BG bold underline": each part may be left out. most < 0: no colours. */
static bool parse_look(const char *value, int most, struct look *out)
{
	struct look look = {.fg = -1, .bg = -1};
	struct slice rest = slice_of(value), word;
	bool on = false, fg = false, bg = false, any = false;
	while (slice_cut(&rest, ' ', &word)) {
		word = slice_trim(word);
		if (!word.len)
			continue;
		any = true;
		if (on) {
			if (bg || !parse_color(word, most, &look.bg))
				return false;
			on = false;
			bg = true;
		} else if (slice_is_nocase(word, "on")) {
			on = true;
		} else if (!parse_attribute(word, &look)) {
			if (fg || !parse_color(word, most, &look.fg))
				return false;
			fg = true;
		}
	}
	if (any && !on)
		*out = look;
	return any && !on;
}

/* The three sections of a theme file. */
static const struct section {
	const char *name;
	int most; /* the highest colour */
	size_t offset;
} sections[] = {
    {"16", 15, offsetof(struct theme, low)},
    {"256", 255, offsetof(struct theme, high)},
    {"mono", -1, offsetof(struct theme, mono)},
};
enum { SECTIONS = sizeof sections / sizeof *sections };

static struct look *looks_of(struct theme *theme, const struct section *section)
{
	return (struct look *)(void *)((char *)theme + section->offset);
}

static const struct section *section_find(const char *name)
{
	for (size_t i = 0; i < SECTIONS; i++) {
		if (!strcmp(sections[i].name, name))
			return &sections[i];
	}
	return NULL;
}

static void warn(struct str *out, const struct ini *ini, const struct ini_item *item,
    const char *what, const char *word, const char *advice)
{
	if (!out)
		return;
	str_addf(out, "%s:%d: %s \"", ini->name, item->line, what);
	display_safe(out, slice_of(word));
	str_addf(out, "\"; %s\n", advice);
}

static void apply_item(struct theme *theme, bool given[SECTIONS][ROLE_COUNT],
    const struct ini *ini, const struct ini_item *item, struct str *warnings)
{
	const struct section *section = section_find(item->section);
	enum role role;
	if (!section) {
		warn(warnings, ini, item, "unknown section", item->section,
		    "the sections are [16], [256] and [mono]");
		return;
	}
	if (!item->key)
		return;
	if (!role_find(item->key, &role)) {
		warn(warnings, ini, item, "unknown role", item->key,
		    "the default theme lists them all");
	} else if (!parse_look(
	               item->value, section->most, &looks_of(theme, section)[role])) {
		warn(warnings, ini, item, "cannot read the look", item->value,
		    section->most < 0 ? "write bold, underline, reverse, dim or plain"
		                      : "write COLOUR on COLOUR and bold, underline, "
		                        "reverse or dim");
	} else {
		given[section - sections][role] = true;
	}
}

/* A role that a file gives for 16 colours only looks the same with 256. */
static void spread(struct theme *theme, bool given[SECTIONS][ROLE_COUNT])
{
	for (int role = 0; role < ROLE_COUNT; role++) {
		if (given[0][role] && !given[1][role])
			theme->high[role] = theme->low[role];
	}
}

static void apply(
    struct theme *theme, const char *name, struct slice text, struct str *warnings)
{
	struct arena arena = ARENA_INIT;
	struct ini ini;
	struct err err = ERR_INIT;
	bool given[SECTIONS][ROLE_COUNT] = {{false}};
	if (ini_parse(&ini, &arena, name, text.p, text.len, &err)) {
		for (size_t i = 0; i < ini.count; i++)
			apply_item(theme, given, &ini, &ini.items[i], warnings);
		spread(theme, given);
	} else if (warnings) {
		str_addf(warnings, "%s: %s\n", err.place[0] ? err.place : name, err.text);
	}
	arena_release(&arena);
}

static const struct embedded_file *built_in(const char *name)
{
	for (const struct embedded_file *file = embedded_themes; file->name; file++) {
		if (!strcmp(file->name, name))
			return file;
	}
	return NULL;
}

/* What every theme starts from: a role it does not name looks as in default. */
static void theme_init(struct theme *theme)
{
	const struct look plain = {.fg = -1, .bg = -1};
	for (int role = 0; role < ROLE_COUNT; role++)
		theme->low[role] = theme->high[role] = theme->mono[role] = plain;
	const struct embedded_file *file = built_in("default");
	if (file)
		apply(
		    theme, "default.theme", (struct slice){file->text, file->len}, NULL);
}

/* A name is not a path. */
static bool good_name(const char *name)
{
	static const char letters[] =
	    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "0123456789-_";
	size_t len = strlen(name);
	return len && len < sizeof((struct theme *)0)->name &&
	       strspn(name, letters) == len;
}

static const char *themes_folder(struct arena *arena)
{
	const char *home = path_config_home(arena);
	return home ? path_join(arena, home, "themes") : NULL;
}

/* Read the user's own theme. False when there is none. */
static bool apply_own(struct theme *theme, struct str *warnings)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	struct err err = ERR_INIT;
	const char *folder = themes_folder(&arena);
	const char *path = folder ? path_join(&arena, folder,
	                                arena_printf(&arena, "%s.theme", theme->name))
	                          : NULL;
	bool found = path && access(path, F_OK) == 0;
	if (found && path_read(&text, path, THEME_MOST, &err))
		apply(theme, path, (struct slice){str_text(&text), text.len}, warnings);
	else if (found && warnings)
		str_addf(warnings, "%s: %s\n", err.place, err.text);
	str_release(&text);
	arena_release(&arena);
	return found;
}

bool theme_load(
    struct theme *out, const char *name, struct str *warnings, struct err *err)
{
	theme_init(out);
	slice_copy(
	    slice_of(good_name(name) ? name : "default"), out->name, sizeof out->name);
	if (good_name(name)) {
		const struct embedded_file *file = built_in(name);
		if (apply_own(out, warnings))
			return true;
		if (file) {
			struct slice text = {file->text, file->len};
			apply(out, out->name, text, warnings);
			return true;
		}
	}
	struct str names = STR_INIT;
	theme_names(&names);
	err_set(err, "theme", "there is no theme \"%.64s\"; choose one of %s", name,
	    str_text(&names));
	str_release(&names);
	return false;
}

static void add_name(struct str *out, size_t start, const char *name, size_t len)
{
	str_addf(out, "%s%.*s", out->len > start ? ", " : "", (int)len, name);
}

static void add_own_names(struct str *out, size_t start)
{
	static const char ending[] = ".theme";
	struct arena arena = ARENA_INIT;
	struct path_list files = {0};
	struct err err = ERR_INIT;
	const char *folder = themes_folder(&arena);
	if (folder && access(folder, F_OK) == 0 &&
	    path_walk(&files, &arena, folder, &err)) {
		for (size_t i = 0; i < files.count; i++) {
			const char *name = files.items[i].name;
			size_t len = strlen(name), cut = sizeof ending - 1;
			if (len <= cut || strcmp(name + len - cut, ending) != 0)
				continue;
			const char *bare = arena_dup(&arena, name, len - cut);
			if (good_name(bare) && !built_in(bare))
				add_name(out, start, bare, len - cut);
		}
	}
	arena_release(&arena);
}

void theme_names(struct str *out)
{
	size_t start = out->len;
	for (const struct embedded_file *file = embedded_themes; file->name; file++)
		add_name(out, start, file->name, strlen(file->name));
	add_own_names(out, start);
}
