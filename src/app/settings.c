#include "settings.h"
#include "huddle/app.h"
#include "huddle/ini.h"
#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

/* Each option with its reader and the sentence of the manual: one table. */

static bool read_text(struct settings *s, const char *value, size_t offset)
{
	const char **to = (const char **)(void *)((char *)s + offset);

	*to = arena_strdup(&s->arena, value);
	return true;
}

static bool read_bool(struct settings *s, const char *value, size_t offset)
{
	bool *to = (bool *)(void *)((char *)s + offset);
	struct slice text = slice_of(value);

	*to = slice_is_nocase(text, "on") || slice_is_nocase(text, "yes") ||
	      slice_is_nocase(text, "true");
	return *to || slice_is_nocase(text, "off") || slice_is_nocase(text, "no") ||
	       slice_is_nocase(text, "false");
}

static bool read_number(struct settings *s, const char *value, size_t offset)
{
	int *to = (int *)(void *)((char *)s + offset);
	char *end;
	long number = strtol(value, &end, 10);

	if (end == value || *end || number < 1 || number > 999)
		return false;
	*to = (int)number;
	return true;
}

static bool read_sort(struct settings *s, const char *value, size_t offset)
{
	(void)offset;
	return deal_sort_find(value, &s->sort);
}

static bool read_show(struct settings *s, const char *value, size_t offset)
{
	static const char *const names[DEALS_SHOWN] = {
	    [SHOW_OPEN] = "open",
	    [SHOW_UNDEBRIEFED] = "undebriefed",
	    [SHOW_LOST] = "lost",
	    [SHOW_WON] = "won",
	    [SHOW_ALL] = "all",
	    [SHOW_AGENDA] = "agenda",
	};

	(void)offset;
	for (int i = 0; i < DEALS_SHOWN; i++)
		if (slice_is_nocase(slice_of(value), names[i])) {
			s->show = (enum deals_shown)i;
			return true;
		}
	return false;
}

static const struct {
	const char *name, *wants, *text;
	bool (*read)(struct settings *s, const char *value, size_t offset);
	size_t offset;
	const char *usual; /* NULL: none, or what fits */
} options[] = {
    {"theme", "a name", "the colours; T on the screen goes through them", read_text,
        offsetof(struct settings, theme), "default"},
    {"ascii", "on or off", "signs and lines of plain ASCII", read_bool,
        offsetof(struct settings, ascii), "off"},
    {"mouse", "on or off",
        "clicks and the wheel; the terminal's own selection then needs shift", read_bool,
        offsetof(struct settings, mouse), "off"},
    {"person", "a name", "who writes records, as --as does", read_text,
        offsetof(struct settings, person), NULL},
    {"sort", "risk, amount, close, stage-age or name", "the order of the list", read_sort,
        0, "risk"},
    {"show", "open, undebriefed, lost, won or all", "the deals of the list", read_show, 0,
        "open"},
    {"filter", "what / takes", "what the list is narrowed to at first", read_text,
        offsetof(struct settings, filter), NULL},
    {"quiet-days", "1 to 999", "days without an entry that the timeline shows as quiet",
        read_number, offsetof(struct settings, quiet_days), "14"},
    {"list-columns", "20 to 999", "width of the list on wide screens", read_number,
        offsetof(struct settings, list_columns), NULL},
};

enum { OPTIONS = sizeof options / sizeof *options, QUIET_DAYS = 14 };

const char *app_settings_help(void)
{
	static struct str text; /* built once, kept as long as the program */

	if (text.len == 0) {
		for (int i = 0; i < OPTIONS; i++)
			str_addf(&text, "%s = %s: %s\n", options[i].name,
			    options[i].wants, options[i].text);
		str_adds(&text, "[keys] COMMAND = KEY ...: other keys for a command of "
		                "the palette\n");
	}
	return str_text(&text);
}

bool app_setting_at(int i, const struct ini *ini, const char **name, const char **value)
{
	if (i < 0 || i >= OPTIONS)
		return false;
	struct settings trial = {0};
	*name = options[i].name;
	*value = options[i].usual;
	for (size_t at = 0; at < ini->count; at++) {
		const struct ini_item *item = &ini->items[at];
		bool ours = !*item->section || strcmp(item->section, "review") == 0;
		if (ours && item->key && strcmp(item->key, *name) == 0 &&
		    options[i].read(&trial, item->value, options[i].offset))
			*value = item->value;
	}
	settings_release(&trial);
	return true;
}

void app_settings_print(struct str *out, const struct ini *ini)
{
	const char *name, *value;
	str_adds(out, "; The review on the screen.\n[review]\n");
	for (int i = 0; app_setting_at(i, ini, &name, &value); i++)
		str_addf(out, "; %s: %s\n%s%s = %s\n", options[i].wants, options[i].text,
		    value == options[i].usual ? ";" : "", name, value ? value : "");
	str_adds(out, "\n; Other keys: COMMAND of the palette = KEY ...\n[keys]\n");
	for (size_t i = 0; i < ini->count; i++)
		if (ini->items[i].key && strcmp(ini->items[i].section, "keys") == 0)
			str_addf(
			    out, "%s = %s\n", ini->items[i].key, ini->items[i].value);
}

static void warn(struct settings *s, const struct ini *ini, const struct ini_item *item,
    const char *why)
{
	str_addf(&s->warnings, "%s:%d: %s %s\n", ini->name, item->line, item->key, why);
}

static void read_key(struct settings *s, const struct ini_item *item, size_t *cap)
{
	s->keys = arena_grow(&s->arena, s->keys, cap, s->n_keys + 1, sizeof *s->keys);
	s->keys[s->n_keys++] = (struct setting_key){item->key, item->value};
}

static void read_option(
    struct settings *s, const struct ini *ini, const struct ini_item *item)
{
	for (int i = 0; i < OPTIONS; i++) {
		if (strcmp(options[i].name, item->key) != 0)
			continue;
		if (!options[i].read(s, item->value, options[i].offset)) {
			str_addf(&s->warnings, "%s:%d: %s is %s, not \"%s\"\n", ini->name,
			    item->line, item->key, options[i].wants, item->value);
		}
		return;
	}
	warn(s, ini, item, "is no setting of the review; left out");
}

bool settings_load(struct settings *out, const char *path, struct err *err)
{
	struct ini ini = {0};
	size_t cap = 0;

	*out = (struct settings){.quiet_days = QUIET_DAYS};
	if (!ini_read_settings(&ini, &out->arena, path, err))
		return false;
	for (size_t i = 0; i < ini.count; i++) {
		const struct ini_item *item = &ini.items[i];

		if (!item->key)
			continue;
		if (strcmp(item->section, "keys") == 0)
			read_key(out, item, &cap);
		else if (!*item->section || strcmp(item->section, "review") == 0)
			read_option(out, &ini, item);
	}
	struct err told = ERR_INIT; /* all are in the warnings */
	risk_rules_read(&out->rules, &out->arena, &ini, &out->warnings, &told);
	return true;
}

void settings_release(struct settings *s)
{
	arena_release(&s->arena);
	str_release(&s->warnings);
	*s = (struct settings){0};
}
