#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * The agenda of the review that is open: a list that n and p walk, where it was
 * left, and what is put on it or taken off.
 */

/* The open review with its agenda, as the deals it names are loaded. */
void meeting_load(struct app *app)
{
	struct view *v = &app->view;
	struct arena *arena = &app->deals_arena;
	struct meeting *m = &app->room.meeting;
	struct err err = ERR_INIT;
	bool found = false;

	v->review = 0;
	v->agenda = (struct agenda){0};
	v->decisions = (struct decision_list){0};
	if (!store_load_review(app->store, arena, 0, m, &found, &err) ||
	    (found && !m->ended &&
	        (!store_load_agenda(app->store, arena, m->id, &v->agenda, &err) ||
	            !store_load_decisions(
	                app->store, arena, m->id, NULL, &v->decisions, &err)))) {
		say_error(app, &err);
		return;
	}
	v->review = found && !m->ended ? m->id : 0;
}

/* The deals of the agenda in its order; those no export holds are left out. */
int meeting_order(struct app *app)
{
	const struct agenda *agenda = &app->view.agenda;
	int n = 0;

	for (size_t i = 0; i < agenda->count; i++)
		for (size_t d = 0; d < app->deals.count; d++)
			if (!strcmp(app->deals.items[d].id, agenda->items[i].deal_id)) {
				app->order[n++] = &app->deals.items[d];
				break;
			}
	return n;
}

/* The row of the list at which the room was last; the first where it was nowhere. */
static int row_of_room(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct clock_list spent = {0};
	struct err err = ERR_INIT;
	int row = 0;

	if (!store_load_clock(app->store, &arena, app->view.review, &spent, &err))
		say_error(app, &err);
	for (int i = 0; spent.count && i < app->view.n_rows; i++)
		if (!strcmp(app->rows[i]->id, spent.items[0].deal_id))
			row = i;
	arena_release(&arena);
	return row;
}

void run_agenda(struct app *app, int arg)
{
	(void)arg;
	if (*app->filter.text)
		run_filter_clear(app, 0);
	deals_show(app, SHOW_AGENDA);
	deals_sort(app, SORT_RISK); /* its own order */
	deals_select(app, row_of_room(app));
	set_focus(app, PANE_DEALS);
}

/* Who began the review or decided in it is in the room; a rep who starts the program
 * meanwhile is not. */
static bool took_part(const struct app *app)
{
	const char *person = store_person(app->store);

	if (!strcmp(app->room.meeting.by, person))
		return true;
	for (size_t i = 0; i < app->view.decisions.count; i++)
		if (!strcmp(app->view.decisions.items[i].by, person))
			return true;
	return false;
}

void meeting_resume(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct clock_list spent = {0};
	struct err err = ERR_INIT;
	bool today = app->view.review && app->room.meeting.day == app->view.today &&
	             took_part(app);

	if (today &&
	    store_load_clock(app->store, &arena, app->view.review, &spent, &err) &&
	    spent.count > 0) {
		run_agenda(app, 0);
		if (app->view.deal)
			say(app, "Review %lld goes on at %s; O chooses other deals.",
			    (long long)app->view.review,
			    deal_label(app->view.deal, app->ascii));
	}
	arena_release(&arena);
}

/* Read again what a write of ours changed, and stay on the deal. */
static void wrote(struct app *app)
{
	bool changed;
	struct err err = ERR_INIT;

	if (!store_refresh(app->store, &changed, &err))
		say_error(app, &err);
	deals_load(app);
}

/* Its place from 1; 0: it is not on the agenda. */
static int place_of(const struct app *app, const char *deal_id)
{
	for (size_t i = 0; i < app->view.agenda.count; i++)
		if (!strcmp(app->view.agenda.items[i].deal_id, deal_id))
			return (int)i + 1;
	return 0;
}

static bool put(struct app *app, int place, bool drop)
{
	struct err err = ERR_INIT;

	if (store_put_agenda(
	        app->store, app->view.review, app->view.deal->id, place, drop, &err)) {
		wrote(app);
		return true;
	}
	say_error(app, &err);
	return false;
}

void run_agenda_add(struct app *app, int arg)
{
	int place = place_of(app, app->view.deal->id);

	(void)arg;
	if (place)
		say(app, "It is on the agenda already, number %d.", place);
	else if (put(app, 0, false))
		say(app, "On the agenda, last of %zu. u takes it back.",
		    app->view.agenda.count);
}

void run_agenda_drop(struct app *app, int arg)
{
	(void)arg;
	if (!place_of(app, app->view.deal->id))
		say(app, "It is not on the agenda; + puts it there.");
	else if (put(app, 0, true))
		say(app, "Off the agenda, %zu left. u takes it back.",
		    app->view.agenda.count);
}

void run_agenda_move(struct app *app, int by)
{
	int place = place_of(app, app->view.deal->id);
	int to = place + by;

	if (!place)
		say(app, "It is not on the agenda; + puts it there.");
	else if (to < 1 || to > (int)app->view.agenda.count)
		say(app, by > 0 ? "It is the last on the agenda."
		                : "It is the first on the agenda.");
	else if (put(app, to, false))
		say(app, "Number %d on the agenda. u takes it back.", to);
}

static bool is_pinned(struct app *app, const char *deal_id, bool *out)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const char **pins;
	size_t count;
	bool fine = store_load_pins(app->store, &arena, &pins, &count, &err);

	*out = false;
	for (size_t i = 0; fine && i < count; i++)
		*out |= !strcmp(pins[i], deal_id);
	if (!fine)
		say_error(app, &err);
	arena_release(&arena);
	return fine;
}

void run_pin(struct app *app, int arg)
{
	struct err err = ERR_INIT;
	bool pinned;

	(void)arg;
	if (!is_pinned(app, app->view.deal->id, &pinned))
		return;
	if (!store_save_pin(app->store, app->view.deal->id, !pinned, &err)) {
		say_error(app, &err);
		return;
	}
	wrote(app);
	say(app, pinned ? "Not pinned any more. u takes it back."
	                : "Pinned: it comes first on every agenda. u takes it back.");
}

void run_present(struct app *app, int arg)
{
	(void)arg;
	app->room.presenting = !app->room.presenting;
	app->zoomed = false;
	set_focus(app, app->room.presenting ? PANE_TIMELINE : PANE_DEALS);
	if (app->room.presenting)
		say(app, "One deal for all to see; n and p walk the list, P is back.");
}
