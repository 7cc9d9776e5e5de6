#include "run.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * A form while it is filled in: its keys, and the ways out of it. What it
 * writes is the business of debrief.c and actions.c.
 */

struct writing *writing_start(struct app *app, enum writing_kind kind, const char *title)
{
	struct writing *w = &app->writing;

	writing_close(app);
	w->kind = kind;
	const struct deal *d = app->view.deal;

	w->deal_id = d ? arena_strdup(&w->arena, d->id) : "";
	w->deal_name = d ? arena_strdup(&w->arena, deal_label(d, app->ascii)) : "";
	w->form = (struct form){.title = title, .fields = w->fields, .complete = -1};
	return w;
}

struct form_field *writing_field(struct writing *w, const char *name, const char *title,
    const char *hint, enum form_kind kind)
{
	struct form_field *field = &w->fields[w->form.count++];

	*field =
	    (struct form_field){.name = name, .title = title, .hint = hint, .kind = kind};
	return field;
}

void writing_words(struct app *app, struct form_field *field, enum word_kind kind)
{
	struct err err = ERR_INIT;
	const char **words;
	size_t count;
	struct writing *w = &app->writing;

	if (!store_load_words(
	        app->store, &w->arena, kind, w->deal_id, &words, &count, &err)) {
		say_error(app, &err);
		return;
	}
	const char **choices = arena_alloc(&w->arena, (count + 1) * sizeof *choices);

	if (count > 0)
		memcpy(choices, words, count * sizeof *choices);
	field->choices = choices;
}

void writing_ready(struct app *app)
{
	form_loaded(&app->writing.form);
	set_focus(app, PANE_FORM);
	if (draft_restore(app))
		say(app, "Your draft is back. ctrl-s saves it, ctrl-x throws it away.");
}

void writing_close(struct app *app)
{
	struct writing *w = &app->writing;

	form_release(&w->form);
	arena_release(&w->arena);
	free(w->drafted);
	*w = (struct writing){0};
	if (app->focus == PANE_FORM)
		app->focus = app->tab == PANE_ACTIONS ? PANE_ACTIONS : PANE_DEALS;
}

/* Back to where the form came from. */
void writing_done(struct app *app)
{
	bool debrief = app->writing.kind == WRITING_DEBRIEF;

	writing_close(app);
	set_focus(app, debrief ? PANE_DEALS : PANE_ACTIONS);
	if (debrief) {
		app->dirty |= DIRTY_NUMBERS;
		deals_load(app);
	} else {
		deals_count_actions(app);
	}
}

void writing_problem(struct app *app, int field, const struct err *err)
{
	struct writing *w = &app->writing;

	bool known = field >= 0 && field < w->form.count;

	say(app, "%s%s%s", known ? w->fields[field].title : "", known ? ": " : "",
	    err->text);
	app->message_role = ROLE_ERROR;
	if (!known)
		return;
	w->fields[field].problem = arena_strdup(&w->arena, err->text);
	w->form.focus = field;
}

void writing_conflict(
    struct app *app, const char *who, const char *did, const char *const *values)
{
	struct form *f = &app->writing.form;
	int both = 0, taken = 0;

	for (int i = f->count - 1; values && i >= 0; i--)
		switch (form_merge(f, i, values[i])) {
		case MERGE_BOTH:
			both++;
			f->focus = i;
			break;
		case MERGE_TAKEN:
			taken++;
			break;
		case MERGE_SAME:
			break;
		}
	if (both > 0)
		say(app,
		    "%s %s meanwhile: both texts are here, ctrl-t takes the other, "
		    "ctrl-s saves.",
		    who, did);
	else
		say(app, "%s %s meanwhile%s; ctrl-s saves yours.", who, did,
		    taken > 0 ? ", and what you had not touched is theirs now" : "");
	app->message_role = ROLE_ERROR;
}

static void clear_problems(struct writing *w)
{
	for (int i = 0; i < w->form.count; i++)
		w->fields[i].problem = NULL;
}

static bool (*const savers[WRITING_KINDS])(struct app *app) = {
    [WRITING_DEBRIEF] = debrief_save,
    [WRITING_ACTION] = actions_save,
    [WRITING_OWNER] = actions_save,
    [WRITING_DUE] = actions_save,
    [WRITING_DROP] = actions_save,
    [WRITING_SNOOZE] = snooze_save,
    [WRITING_DECISION] = decision_save,
    [WRITING_REVIEW] = review_begin_save,
    [WRITING_END] = review_end_save,
    [WRITING_NOTE] = note_save,
    [WRITING_ANSWER] = answer_save,
    [WRITING_SLICE] = slice_save,
};

void run_form_save(struct app *app, int arg)
{
	(void)arg;
	clear_problems(&app->writing);
	savers[app->writing.kind](app);
}

void run_form_leave(struct app *app, int arg)
{
	bool changed = app->writing.form.changed;

	(void)arg;
	if (changed && app->writing.draft && !draft_save(app))
		return; /* the reason is on the screen; the form stays open */
	bool kept = app->writing.drafted != NULL;

	writing_done(app);
	if (kept)
		say(app, "Kept as a draft; the same key goes on with it.");
}

static void discard(struct app *app)
{
	draft_drop(app);
	writing_done(app);
	say(app, "The draft is gone.");
}

void run_form_discard(struct app *app, int arg)
{
	(void)arg;
	ask(app, discard, "Throw away what is written here?");
}

void run_form_look(struct app *app, int arg)
{
	(void)arg;
	if (app->focus != PANE_FORM) {
		set_focus(app, PANE_FORM);
		return;
	}
	draft_save(app);
	set_focus(app, PANE_TIMELINE);
	say(app, "Look around; Esc or ctrl-o comes back to what you write.");
}

/* Tab past either end of the form leads out to the facts and on round. */
static bool tab_out(struct app *app, struct key key)
{
	const struct form *f = &app->writing.form;

	if (f->complete >= 0 || key.ctrl || key.alt)
		return false;
	if (key.code == KEYNAME_TAB && f->focus == f->count - 1 && f->count > 1)
		run_focus_next(app, 1);
	else if (key.code == KEYNAME_BACKTAB && f->focus == 0 && f->count > 1)
		run_focus_next(app, -1);
	else
		return false;
	draft_save(app);
	return true;
}

/* The timeline can be paged without leaving the form. */
static bool scroll_facts(struct app *app, struct key key)
{
	int page = app->layout.pane[PANE_TIMELINE].height - 3;

	if (key.code != KEYNAME_PGUP && key.code != KEYNAME_PGDN)
		return false;
	detail_load(app);
	list_move(&app->at[PANE_TIMELINE].list, key.code == KEYNAME_PGDN ? page : -page);
	return true;
}

static void other_key(struct app *app, struct key key)
{
	const struct command *command = keymap_find(app, key);

	if (!scroll_facts(app, key) && command)
		command_run(app, command);
}

/* What "fri" means is told while it is typed. */
static void tell_day(struct app *app)
{
	struct writing *w = &app->writing;
	struct form_field *field = &w->fields[w->form.focus];
	static const char *const shapes = "fri, +1w, 28 nov, 2026-11-28";
	char day[DAY_TEXT];
	day_t read;

	if (strcmp(field->name, "due") != 0 && strcmp(field->name, "winback") != 0)
		return;
	if (!day_typed(form_value(&w->form, w->form.focus), app->view.today, &read)) {
		field->hint = shapes;
		return;
	}
	snprintf(w->day_hint, sizeof w->day_hint, "That is %s", day_format(read, day));
	field->hint = w->day_hint;
}

void writing_key(struct app *app, struct key key)
{
	struct form *form = &app->writing.form;
	int field = form->focus;

	if (tab_out(app, key))
		return;
	switch (form_key(form, key)) {
	case FORM_SAVE:
		run_form_save(app, 0);
		break;
	case FORM_LEAVE:
		run_form_leave(app, 0);
		break;
	case FORM_EDITOR:
		editor_run(app);
		break;
	case FORM_IGNORED:
		other_key(app, key);
		break;
	case FORM_HANDLED:
		if (form->focus != field)
			draft_save(app);
		else
			tell_day(app);
		break;
	}
}
