#include "run.h"
#include <stdlib.h>
#include <string.h>

/* Moving: rows, panes, and one step back. */

void set_focus(struct app *app, enum pane_id pane)
{
	/* The debrief stands in the place of the list. */
	if (pane == PANE_DEALS && app->writing.kind == WRITING_DEBRIEF)
		pane = PANE_FORM;
	if (pane == PANE_FORM && app->writing.kind == WRITING_NONE)
		pane = PANE_DEALS;
	app->focus = pane;
	if (pane >= PANE_RISK && pane <= PANE_COMMITTEE)
		app->tab = pane;
	app->dirty |= DIRTY_SCREEN;
}

/* What the rows of the focused pane are made of is read before a key counts them,
 * however fast it came. */
static void read_rows(struct app *app)
{
	detail_load(app);
	changes_go_on(app);
	themes_go_on(app);
	scoring_go_on(app);
}

static void move(struct app *app, int by)
{
	struct list *list = &app->at[app->focus].list;

	if (app->focus == PANE_DEALS) {
		deals_select(app, list->selected + by);
		return;
	}
	read_rows(app);
	list_move(list, by);
}

void run_move_by(struct app *app, int by)
{
	move(app, by);
}

void run_move_page(struct app *app, int by)
{
	int page = layout_rows(&app->layout, app->focus).height - 2;

	move(app, by * (page > 1 ? page : 1));
}

void run_move_end(struct app *app, int by)
{
	if (app->focus != PANE_DEALS)
		read_rows(app);
	move(app, by * (app->at[app->focus].list.count + app->view.n_scope));
}

void run_move_side(struct app *app, int side)
{
	app->at[PANE_TIMELINE].side = (enum side)side;
}

void run_next_deal(struct app *app, int by)
{
	int row = app->at[PANE_DEALS].list.selected + by;

	if (row < 0 || row >= app->view.n_rows)
		say(app, by > 0 ? "This is the last deal of the list."
		                : "This is the first deal of the list.");
	else
		deals_select(app, row);
}

/* A pane that gave its place to a form can not have the keys. */
static bool has_place(const struct app *app, int pane)
{
	enum writing_kind writing = app->writing.kind;

	if (pane == PANE_FORM)
		return writing != WRITING_NONE;
	if (pane == PANE_DEALS)
		return writing != WRITING_DEBRIEF && !app->room.presenting;
	if (pane >= PANE_CHANGES && pane <= PANE_SCORE)
		return false; /* it takes the whole screen: by its own key only */
	if (app->layout.kind == LAYOUT_NARROW || app->zoomed ||
	    (writing == WRITING_NONE && !app->room.presenting))
		return true;
	return app->layout.pane[pane].width > 0;
}

void run_focus_next(struct app *app, int by)
{
	int pane = app->focus;

	do
		pane = (pane + by + PANES) % PANES;
	while (!has_place(app, pane) && pane != (int)app->focus);
	set_focus(app, (enum pane_id)pane);
}

void run_focus_pane(struct app *app, int pane)
{
	set_focus(app, (enum pane_id)pane);
}

void run_toggle_zoom(struct app *app, int arg)
{
	(void)arg;
	app->zoomed = !app->zoomed;
}

void run_toggle_detail(struct app *app, int arg)
{
	(void)arg;
	app->view.detail = !app->view.detail;
}

/* The row of the axis with this entry, whichever copy of it; -1 none. */
static int row_of(const struct axis *axis, const struct entry *e)
{
	for (size_t i = 0; i < axis->count; i++) {
		const struct entry *at = e->side == SIDE_MARKETING
		                             ? axis->rows[i].marketing
		                             : axis->rows[i].sales;

		if (at && at->at == e->at && strcmp(at->title, e->title) == 0 &&
		    strcmp(at->contact, e->contact) == 0)
			return (int)i;
	}
	return -1;
}

/* Lay the timeline for this person or all (NULL); the cursor stays on its entry
 * where that is still there, and else goes to the line of today. */
static void show_person(struct app *app, const char *name)
{
	struct pane_state *at = &app->at[PANE_TIMELINE];
	const struct entry *e = timeline_selected(&app->view, at);
	char *person = name ? xstrdup(name) : NULL;

	free(app->person);
	app->view.person = app->person = person;
	timeline_lay(app);
	int row = e ? row_of(&app->view.axis, e) : -1;

	if (row >= 0)
		at->side = e->side;
	list_select(&at->list, row >= 0 ? row : row_of_today(&app->view.axis));
}

void run_only_person(struct app *app, int arg)
{
	const struct member *m =
	    &app->view.members.items[app->at[PANE_COMMITTEE].list.selected];
	bool same = app->person && strcmp(app->person, m->name) == 0;

	(void)arg;
	show_person(app, same ? NULL : m->name);
	if (same)
		return;
	if (m->touches + m->activities == 0)
		say(app, "Nobody has reached %s yet; Esc shows everything again.",
		    m->name);
	else
		say(app, "The timeline shows only %s; Esc shows everything again.",
		    m->name);
}

/* Undo the innermost thing that stands in front; false when nothing does. */
static bool step_back(struct app *app)
{
	if (app->view.detail)
		app->view.detail = false;
	else if (app->view.n_marks > 0)
		app->view.n_marks = 0;
	else if (app->view.person)
		show_person(app, NULL);
	else if (app->zoomed)
		app->zoomed = false;
	else if (app->writing.kind != WRITING_NONE)
		set_focus(app, PANE_FORM);
	else if (app->focus != PANE_DEALS)
		set_focus(app, PANE_DEALS);
	else
		return false;
	return true;
}

void run_back(struct app *app, int leaves)
{
	if (step_back(app))
		return;
	if (leaves)
		run_quit(app, 0);
	else if (*app->filter.text)
		run_filter_clear(app, 0);
	else
		say(app, "This is the list; q leaves.");
}

static void quit_now(struct app *app)
{
	app->quit = true;
}

void run_quit(struct app *app, int arg)
{
	(void)arg;
	if (app->writing.kind == WRITING_NONE || !app->writing.form.changed) {
		quit_now(app);
		return;
	}
	if (draft_save(app))
		ask(app, quit_now,
		    "What you wrote is kept as a draft and not filed yet. Leave?");
	else
		ask(app, quit_now,
		    "What you wrote could not be kept and would be lost. Leave?");
}
