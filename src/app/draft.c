#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * Half-written text is a row of the store, one per deal and kind of form:
 * saved when a field is left, after two quiet seconds, on Esc, on leaving and
 * on a lost terminal; offered again; dropped when the form is saved.
 */

static bool form_blank(const struct form *f)
{
	for (int i = 0; i < f->count; i++)
		if (f->fields[i].kind != FORM_CHOICE && *form_value(f, i))
			return false;
	for (int i = 0; i < f->count; i++)
		if (f->fields[i].required && *form_value(f, i))
			return false;
	return true;
}

static bool same_draft(const struct writing *w, const char *text)
{
	return text && w->drafted ? strcmp(text, w->drafted) == 0 : !text && !w->drafted;
}

/* What the draft should be now; NULL none. */
static const char *wanted_draft(const struct writing *w, struct str *text)
{
	if (form_blank(&w->form))
		return NULL;
	form_write(&w->form, text);
	return str_text(text);
}

bool draft_waiting(const struct app *app)
{
	const struct writing *w = &app->writing;
	struct str text = STR_INIT;

	if (!w->form.changed || !w->draft)
		return false;
	bool waiting = !same_draft(w, wanted_draft(w, &text));
	str_release(&text);
	return waiting;
}

bool draft_save(struct app *app)
{
	struct writing *w = &app->writing;
	struct str text = STR_INIT;
	struct err err = ERR_INIT;
	const char *name = w->draft;
	bool ok = true;

	if (!w->form.changed)
		return true;
	if (!name)
		return false;
	const char *wanted = wanted_draft(w, &text);

	if (!same_draft(w, wanted)) {
		ok = store_save_draft(app->store, w->deal_id, name, wanted, &err);
		if (ok) {
			free(w->drafted);
			w->drafted = wanted ? xstrdup(wanted) : NULL;
		} else {
			say_error(app, &err);
		}
	}
	str_release(&text);
	return ok;
}

bool draft_restore(struct app *app)
{
	struct writing *w = &app->writing;
	struct err err = ERR_INIT;
	const char *text = NULL, *name = w->draft;

	if (!name)
		return false;
	if (!store_load_draft(app->store, &w->arena, w->deal_id, name, &text, &err)) {
		say_error(app, &err);
		return false;
	}
	if (!text)
		return false;
	form_read(&w->form, text);
	/* The draft may be older than what is filed: then both texts are here. */
	for (int i = 0; w->rev > 0 && i < w->form.count; i++)
		if (w->form.fields[i].loaded && *w->form.fields[i].loaded)
			form_merge(&w->form, i, w->form.fields[i].loaded);
	w->form.changed = true;
	w->drafted = xstrdup(text);
	return true;
}

void draft_drop(struct app *app)
{
	struct writing *w = &app->writing;
	struct err err = ERR_INIT;
	const char *name = w->draft;

	if (!name || !w->drafted)
		return;
	if (!store_save_draft(app->store, w->deal_id, name, NULL, &err))
		say_error(app, &err);
	free(w->drafted);
	w->drafted = NULL;
}
