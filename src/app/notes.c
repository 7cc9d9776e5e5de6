#include "run.h"
#include <string.h>

/* What a message or campaign did with this buyer, for marketing to answer. */

enum note_field { NOTE_ABOUT, NOTE_TEXT };

static bool has(const char *const *words, size_t n, const char *word)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(words[i], word))
			return true;
	return false;
}

/* The campaigns that touched this deal, the newest first, then the messages that
 * are known; each once. */
static void complete_about(struct app *app, struct form_field *field)
{
	const struct entry_list *all = &app->view.entries;
	size_t n = 0, room = all->count + 1;

	writing_words(app, field, WORDS_MESSAGES);
	for (const char *const *m = field->choices; m && *m; m++)
		room++;
	const char **out = arena_alloc(&app->writing.arena, room * sizeof *out);

	for (size_t i = 0; i < all->count; i++) {
		const char *name = all->items[i].campaign;

		if (all->items[i].side == SIDE_MARKETING && name && *name &&
		    !has(out, n, name))
			out[n++] = arena_strdup(&app->writing.arena, name);
	}
	for (const char *const *m = field->choices; m && *m; m++)
		if (!has(out, n, *m))
			out[n++] = *m;
	field->choices = out;
}

void run_note(struct app *app, int arg)
{
	const struct entry *e =
	    app->focus == PANE_TIMELINE
	        ? timeline_selected(&app->view, &app->at[PANE_TIMELINE])
	        : NULL;

	(void)arg;
	app->tab = PANE_ACTIONS;
	app->zoomed = false;
	struct writing *w = writing_start(app, WRITING_NOTE, "Note for marketing");

	w->draft = "note";
	struct form_field *about = writing_field(
	    w, "about", "About", "The message or the campaign; Tab takes one", FORM_TEXT);
	complete_about(app, about);
	about->required = true;
	writing_field(
	    w, "text", "Note", "What it did: \"nobody knows what this means\"", FORM_LONG)
	    ->required = true;
	if (e && e->side == SIDE_MARKETING && e->campaign)
		form_set(&w->form, NOTE_ABOUT, e->campaign);
	writing_ready(app);
}

bool note_save(struct app *app)
{
	struct writing *w = &app->writing;
	struct note note = {.deal_id = w->deal_id,
	    .about = form_value(&w->form, NOTE_ABOUT),
	    .text = form_value(&w->form, NOTE_TEXT),
	    .answer = ""};
	struct err err = ERR_INIT;
	bool clash = false;

	if (!note_check(&note, &err)) {
		writing_problem(app, *note.about ? NOTE_TEXT : NOTE_ABOUT, &err);
		return false;
	}
	if (!store_save_note(app->store, &note, &clash, &err)) {
		draft_save(app);
		say_error(app, &err);
		return false;
	}
	draft_drop(app);
	writing_done(app);
	say(app, "Noted; huddle note list shows what marketing answers. u takes it "
	         "back.");
	return true;
}

/* What marketing changed: beside the deal that the note is of. */
void note_answer(struct app *app, const struct note *note)
{
	struct arena arena = ARENA_INIT;
	struct note kept = *note;

	kept.about = arena_strdup(&arena, note->about);
	kept.text = arena_strdup(&arena, note->text);
	kept.by = arena_strdup(&arena, note->by);
	kept.deal_id = arena_strdup(&arena, note->deal_id);
	if (app->view.read_only) {
		say(app, "Nothing is written here; the answer can not be kept.");
	} else if (deals_go_to(app, kept.deal_id)) {
		detail_load(app);
		app->tab = PANE_ACTIONS;
		struct writing *w = writing_start(app, WRITING_ANSWER, "Answer");

		w->note = kept;
		w->note.about = arena_strdup(&w->arena, kept.about);
		w->note.text = arena_strdup(&w->arena, kept.text);
		w->note.by = arena_strdup(&w->arena, kept.by);
		w->note.deal_id = w->deal_id;
		w->draft = arena_printf(&w->arena, "answer-%lld", (long long)kept.id);
		w->form.title = arena_printf(
		    &w->arena, "%s says of %s: %s", kept.by, kept.about, kept.text);
		writing_field(
		    w, "answer", "Changed", "What was changed, or why not", FORM_LONG)
		    ->required = true;
		writing_ready(app);
	}
	arena_release(&arena);
}

bool answer_save(struct app *app)
{
	struct writing *w = &app->writing;
	struct note note = w->note;
	struct err err = ERR_INIT;
	bool clash = false;

	note.answer = form_value(&w->form, 0);
	if (!*note.answer) {
		err_set(&err, "", "say what was changed");
		writing_problem(app, 0, &err);
		return false;
	}
	if (!store_save_note(app->store, &note, &clash, &err)) {
		draft_save(app);
		say_error(app, &err);
		return false;
	}
	draft_drop(app);
	writing_done(app);
	themes_forget(app);
	set_focus(app, PANE_THEMES);
	say(app, "Answered. u takes it back.");
	return true;
}
