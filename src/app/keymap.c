#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * Keys to commands. A key is looked for among the commands that are only the
 * focused pane's, then among all that hold there: a pane may give a key a
 * meaning of its own.
 */

static const char *keys_of(const struct app *app, const struct command *command)
{
	for (size_t i = app->settings.n_keys; i > 0; i--)
		if (strcmp(app->settings.keys[i - 1].command, command->name) == 0)
			return app->settings.keys[i - 1].keys;
	return command->keys;
}

static void bind(struct app *app, const struct command *command, struct slice name)
{
	char text[32];
	struct key key;

	if (name.len == 0)
		return;
	if (!key_parse(slice_copy(name, text, sizeof text), &key)) {
		str_addf(&app->settings.warnings,
		    "[keys] %s: \"%s\" is no key; left out\n", command->name, text);
		return;
	}
	app->bindings[app->n_bindings++] =
	    (struct binding){.key = key, .panes = command->panes, .command = command};
}

static void warn_unknown(struct app *app)
{
	for (size_t i = 0; i < app->settings.n_keys; i++) {
		bool known = false;

		for (size_t c = 0; c < n_commands && !known; c++)
			known =
			    strcmp(app->settings.keys[i].command, commands[c].name) == 0;
		if (!known)
			str_addf(&app->settings.warnings,
			    "[keys] %s is no command; see : for them\n",
			    app->settings.keys[i].command);
	}
}

static size_t count_words(const char *text)
{
	size_t n = 1;

	for (; *text; text++)
		n += *text == ' ';
	return n;
}

void keymap_init(struct app *app)
{
	size_t room = 0;

	for (size_t i = 0; i < n_commands; i++)
		room += count_words(keys_of(app, &commands[i]));
	app->bindings = xcalloc(room + 1, sizeof *app->bindings);
	for (size_t i = 0; i < n_commands; i++) {
		struct slice rest = slice_of(keys_of(app, &commands[i])), word;

		while (slice_cut(&rest, ' ', &word))
			bind(app, &commands[i], slice_trim(word));
	}
	warn_unknown(app);
}

const struct command *keymap_find(const struct app *app, struct key key)
{
	const struct command *general = NULL;

	for (size_t i = 0; i < app->n_bindings; i++) {
		const struct binding *b = &app->bindings[i];

		if (!(b->panes & IN(app->focus)) || !key_eq(b->key, key))
			continue;
		if (b->panes == IN(app->focus))
			return b->command;
		if (!general)
			general = b->command;
	}
	return general;
}

const char *keymap_keys(const struct app *app, const struct command *command, bool first,
    char *buf, size_t size)
{
	struct str keys = STR_INIT;
	char text[24];

	for (size_t i = 0; i < app->n_bindings; i++) {
		if (app->bindings[i].command != command)
			continue;
		if (keys.len > 0 && first)
			break;
		str_addf(&keys, "%s%s", keys.len > 0 ? " " : "",
		    key_text(app->bindings[i].key, text));
	}
	slice_copy((struct slice){str_text(&keys), keys.len}, buf, size);
	str_release(&keys);
	return buf;
}
