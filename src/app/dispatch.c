#include "run.h"
#include <string.h>

/*
 * From an event to a command. What takes text (a question, a menu, the filter,
 * a form) sees keys first; everything else is a row of the command table, and
 * what a row needs is checked here once.
 */

static const struct action *selected_action(const struct app *app)
{
	int row = app->at[PANE_ACTIONS].list.selected;

	return app->view.loaded && row < (int)app->view.actions.count
	           ? &app->view.actions.items[row]
	           : NULL;
}

static const char *facts_refusal(const struct app *app, unsigned needs)
{
	const struct deal *d = app->view.deal;

	if ((needs & (NEEDS_DEAL | NEEDS_FACTS)) && !app->view.has_facts)
		return "nothing is synced yet";
	if ((needs & NEEDS_DEAL) && !d)
		return "no deal is selected";
	if ((needs & NEEDS_LOST) && d->status == DEAL_OPEN)
		return "a debrief is for a deal that is lost or won, this one is open";
	if ((needs & NEEDS_ENTRY) &&
	    !timeline_selected(&app->view, &app->at[PANE_TIMELINE]))
		return "no touch or activity is on this row";
	if ((needs & NEEDS_ACTION) && !selected_action(app))
		return "this deal has no action; a adds one";
	if ((needs & NEEDS_MEMBER) && (!app->view.loaded || app->view.members.count == 0))
		return "nobody is named on the committee";
	return NULL;
}

const char *refusal(const struct app *app, const struct command *command)
{
	unsigned needs = command->needs;
	const char *why = facts_refusal(app, needs);

	if (why)
		return why;
	if ((needs & NEEDS_WRITE) && app->view.read_only)
		return app->options->store.read_only
		           ? "opened with --read-only, nothing is written"
		           : "the file can only be read, nothing is written";
	if ((needs & NEEDS_NO_FORM) && app->writing.kind != WRITING_NONE)
		return "a form is open; ctrl-s saves it, esc in it keeps it as a draft";
	if ((needs & NEEDS_FORM) && app->writing.kind == WRITING_NONE)
		return "no form is open";
	if ((needs & NEEDS_REVIEW) && !app->view.review)
		return "no review is open; B begins one";
	if ((needs & NEEDS_FILTER) && !*app->filter.text)
		return "the list is not filtered";
	if ((needs & NEEDS_TERMINAL) && !term_is_open())
		return "there is no terminal";
	return NULL;
}

void command_run(struct app *app, const struct command *command)
{
	/* What the command is about must be loaded, even while keys are waiting. */
	if (command->needs & (NEEDS_ENTRY | NEEDS_ACTION | NEEDS_MEMBER | NEEDS_WRITE))
		detail_load(app);
	const char *why = refusal(app, command);

	if (why) {
		say(app, "%s: %s.", command->name, why);
		return;
	}
	command->run(app, command->arg);
}

static void answer(struct app *app, struct key key)
{
	void (*yes)(struct app *) = app->yes;

	app->yes = NULL;
	str_clear(&app->message);
	if (key.code == 'y' || key.code == 'Y')
		yes(app);
}

static void key_unknown(struct app *app, struct key key)
{
	char name[24], help[24];

	for (size_t i = 0; i < n_commands; i++)
		if (commands[i].run == run_help_menu)
			say(app, "%s does nothing here; %s lists the keys.",
			    key_text(key, name),
			    keymap_keys(app, &commands[i], true, help, sizeof help));
}

void handle_key(struct app *app, struct key key)
{
	app->dirty |= DIRTY_SCREEN;
	if (app->yes) {
		answer(app, key);
		return;
	}
	str_clear(&app->message);
	if (app->menu.kind != MENU_NONE) {
		menu_keys(app, key);
		return;
	}
	if (app->view.typing) {
		typing_key(app, key);
		return;
	}
	if (app->focus == PANE_FORM) {
		writing_key(app, key);
		return;
	}
	const struct command *command = keymap_find(app, key);

	if (command)
		command_run(app, command);
	else
		key_unknown(app, key);
}

/* A line end pasted into one line is a blank. */
void handle_pasted(struct app *app, struct key key)
{
	const struct form *form = &app->writing.form;

	app->dirty |= DIRTY_SCREEN;
	if (app->view.typing && !app->yes && app->menu.kind == MENU_NONE) {
		if (key.code == KEYNAME_ENTER || key.code == KEYNAME_TAB)
			key = (struct key){.code = ' '};
		typing_key(app, key);
	} else if (app->focus == PANE_FORM && !app->yes && app->menu.kind == MENU_NONE &&
	           form->fields[form->focus].kind != FORM_CHOICE) {
		writing_key(app, key);
	} else {
		say(app, "Pasted text is no command; it was left out.");
	}
}

/* A click on a row selects it; on the selected one, or twice, it is Enter. */
static void click_row(struct app *app, enum pane_id pane, int y, bool twice)
{
	struct list *list = &app->at[pane].list;
	struct rect rows = layout_rows(&app->layout, pane);
	int legend = pane < PANES_KEYED && pane_table[pane]->legend
	                 ? pane_table[pane]->legend(rows.width, rows.height)
	                 : 0;
	int row = list->top + y - rows.y - legend;

	if (pane == PANE_DEALS && app->writing.kind != WRITING_NONE) {
		say(app,
		    "A form is open; ctrl-s saves it, esc in it keeps it as a draft.");
		return;
	}
	set_focus(app, pane);
	if (pane == PANE_FORM || y < rows.y + legend || row >= list->count)
		return;
	if (pane == PANE_DEALS)
		deals_select(app, row);
	else
		list_select(list, row);
	if (twice)
		handle_key(app, (struct key){.code = KEYNAME_ENTER});
}

static void click_menu(struct app *app, const struct event *event)
{
	int row = menu_row_at(&app->menu, event->y - app->layout.body.y);

	if (row < 0)
		return;
	list_select(&app->menu.list, row);
	menu_pick(app);
}

static void wheel(struct app *app, enum pane_id pane, int by)
{
	if (pane == PANE_DEALS && app->writing.kind == WRITING_NONE)
		deals_select(app, app->at[pane].list.selected + by);
	else if (pane != PANE_DEALS && pane < PANES_KEYED)
		list_move(&app->at[pane].list, by);
}

void handle_mouse(struct app *app, const struct event *event)
{
	bool click = event->button == MOUSE_CLICK || event->button == MOUSE_DOUBLE;

	app->dirty |= DIRTY_SCREEN;
	str_clear(&app->message);
	if (app->menu.kind != MENU_NONE) {
		if (click)
			click_menu(app, event);
		else
			list_move(&app->menu.list, event->button == MOUSE_UP ? -3 : 3);
		return;
	}
	for (int i = 0; click && i < app->n_spots; i++)
		if (event->y == app->spots[i].y && event->x >= app->spots[i].x &&
		    event->x < app->spots[i].x + app->spots[i].width) {
			command_run(app, app->spots[i].command);
			return;
		}
	for (int pane = 0; pane < PANES; pane++) {
		if (!rect_has(app->layout.pane[pane], event->x, event->y))
			continue;
		if (click)
			click_row(app, (enum pane_id)pane, event->y,
			    event->button == MOUSE_DOUBLE);
		else
			wheel(
			    app, (enum pane_id)pane, event->button == MOUSE_UP ? -3 : 3);
		return;
	}
}
