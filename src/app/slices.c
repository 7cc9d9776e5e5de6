#include "huddle/text.h"
#include "run.h"
#include <string.h>

/* Filters under a name: chosen from a list, and saved from the one in force. */

static void pick(struct app *app, int id)
{
	deals_filter(app, app->menu.rows[id].text);
	set_focus(app, PANE_DEALS);
	say(app, "%s: %d of %d deals; ctrl-u shows all again.", app->menu.rows[id].name,
	    app->view.n_rows, app->view.n_scope);
}

void run_slices(struct app *app, int arg)
{
	struct slice_item *items = NULL;
	struct err err = ERR_INIT;
	size_t count = 0;

	(void)arg;
	menu_start(app);
	if (!store_load_slices(app->store, &app->menu_arena, &items, &count, &err)) {
		say_error(app, &err);
		return;
	}
	if (count == 0) {
		say(app, "No filter has a name yet; / narrows, then : save-slice.");
		return;
	}
	struct menu_row *rows = arena_alloc(&app->menu_arena, count * sizeof *rows);

	for (size_t i = 0; i < count; i++)
		rows[i] = (struct menu_row){.name = items[i].name,
		    .text = items[i].filter,
		    .key = "",
		    .group = "",
		    .id = (int)i};
	menu_open(&app->menu, MENU_CHOICE, "Slices", rows, (int)count, 0);
	app->menu_chosen = pick;
}

void run_slice_keep(struct app *app, int arg)
{
	(void)arg;
	app->tab = PANE_ACTIONS;
	app->zoomed = false;
	struct writing *w = writing_start(app, WRITING_SLICE, "Save the filter");

	w->form.title = arena_printf(&w->arena, "Save /%s", app->filter.text);
	writing_field(
	    w, "name", "Name", "V lists it, and reviews can be made of it", FORM_TEXT);
	writing_ready(app);
}

bool slice_save(struct app *app)
{
	struct err err = ERR_INIT;
	struct slice name = slice_trim(slice_of(form_value(&app->writing.form, 0)));
	const char *kept = arena_dup(&app->writing.arena, name.p, name.len);

	if (!name.len) {
		err_set(&err, "", "it needs a name");
		writing_problem(app, 0, &err);
		return false;
	}
	if (!store_save_slice(app->store, kept, app->filter.text, &err)) {
		say_error(app, &err);
		return false;
	}
	say(app, "Saved as %s. u takes it back.", kept);
	writing_done(app);
	set_focus(app, PANE_DEALS);
	return true;
}
