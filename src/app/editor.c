#include "huddle/path.h"
#include "huddle/text.h"
#include "run.h"
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * Long text in the person's own editor: a file in a folder only they can
 * enter, no shell, read back only if it is text of a sane size.
 */

enum { ARGS = 16, TEXT_CAP = 64 << 10 };

/* $VISUAL or $EDITOR cut at blanks, then the file. */
static void editor_argv(struct arena *arena, char *argv[ARGS + 2], const char *file)
{
	const char *editor = getenv("VISUAL");
	struct slice rest, word;
	int n = 0;

	if (!editor || !*editor)
		editor = getenv("EDITOR");
	if (!editor || !*editor)
		editor = "vi";
	rest = slice_of(editor);
	while (n < ARGS && slice_cut(&rest, ' ', &word))
		if (word.len > 0)
			argv[n++] = arena_dup(arena, word.p, word.len);
	argv[n++] = arena_strdup(arena, file);
	argv[n] = NULL;
}

static char *private_folder(struct arena *arena, struct err *err)
{
	const char *home = getenv("TMPDIR");
	char *folder =
	    arena_printf(arena, "%s/huddle-XXXXXX", home && *home ? home : "/tmp");

	if (!mkdtemp(folder)) {
		err_set(err, folder,
		    "can not make a folder for the editor; set TMPDIR to one that "
		    "can be written");
		return NULL;
	}
	return folder;
}

static bool read_back(struct app *app, const char *file, struct err *err)
{
	struct form *form = &app->writing.form;
	struct str text = STR_INIT;
	bool ok = path_read(&text, file, TEXT_CAP, err);

	if (ok && !utf8_valid((struct slice){str_text(&text), text.len}))
		ok = err_set(err, "editor",
		    "what came back is not UTF-8 text; nothing was changed");
	if (ok) {
		while (text.len > 0 &&
		       (text.p[text.len - 1] == '\n' || text.p[text.len - 1] == '\r'))
			text.p[--text.len] = '\0';
		form_set(form, form->focus, str_text(&text));
	}
	str_release(&text);
	return ok;
}

static bool edit_file(
    struct app *app, struct arena *arena, const char *file, struct err *err)
{
	const char *value = form_value(&app->writing.form, app->writing.form.focus);
	struct str text = STR_INIT;
	char *argv[ARGS + 2];
	bool ok;

	str_addf(&text, "%s\n", value);
	ok = path_write(file, (struct slice){str_text(&text), text.len}, false, err);
	str_release(&text);
	editor_argv(arena, argv, file);
	return ok && term_run(argv, err) && read_back(app, file, err);
}

void editor_run(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	char *folder;

	draft_save(app);
	if (!term_is_open()) {
		say(app, "There is no terminal for an editor.");
		return;
	}
	folder = private_folder(&arena, &err);
	const char *file = folder ? path_join(&arena, folder, "huddle-note.txt") : NULL;

	if (!folder || !edit_file(app, &arena, file, &err))
		say_error(app, &err);
	if (file) {
		unlink(file);
		rmdir(folder);
	}
	draft_save(app);
	arena_release(&arena);
}
