#include "huddle/store_meeting.h"
#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * The meeting in the room: the agenda of the review that is open as a list that
 * n and p walk, and what was decided about each of its deals.
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

static bool review_open(struct app *app)
{
	if (app->view.review)
		return true;
	say(app, "No review is open: huddle review start makes its agenda.");
	return false;
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
	if (!review_open(app))
		return;
	if (*app->filter.text)
		run_filter_clear(app, 0);
	deals_show(app, SHOW_AGENDA);
	deals_sort(app, SORT_RISK); /* its own order */
	deals_select(app, row_of_room(app));
	set_focus(app, PANE_DEALS);
}

void meeting_resume(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct clock_list spent = {0};
	struct err err = ERR_INIT;
	bool today = app->view.review && app->room.meeting.day == app->view.today;

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

static const struct decision *stored(const struct app *app, const char *deal_id)
{
	for (size_t i = 0; i < app->view.decisions.count; i++)
		if (!strcmp(app->view.decisions.items[i].deal_id, deal_id))
			return &app->view.decisions.items[i];
	return NULL;
}

void run_decide(struct app *app, int arg)
{
	(void)arg;
	if (!review_open(app))
		return;
	const struct decision *d = stored(app, app->view.deal->id);

	app->tab = PANE_ACTIONS;
	app->zoomed = false;
	struct writing *w = writing_start(app, WRITING_DECISION, "Decide");

	w->draft = "decision";
	w->rev = d ? d->rev : 0;
	writing_field(
	    w, "decision", "Decision", "What happens with this deal", FORM_CHOICE)
	    ->choices = verdict_names;
	writing_field(
	    w, "text", "Why", "In a sentence: what was decided, and why", FORM_LONG);
	writing_field(w, "push_reason", "Pushed as",
	    "Only where its close date was pushed", FORM_CHOICE)
	    ->choices = push_reason_names;
	w->fields[0].required = true;
	if (d) {
		form_set(&w->form, 0, verdict_name(d->verdict));
		form_set(&w->form, 1, d->text);
		form_set(&w->form, 2, push_reason_name(d->push));
	}
	writing_ready(app);
}

/* Somebody decided meanwhile: theirs is told, and a second save is a decision. */
static void conflict(struct app *app)
{
	const struct decision *d;
	struct writing *w = &app->writing;

	deals_load(app);
	d = stored(app, w->deal_id);
	w->rev = d ? d->rev : 0;
	say(app, "%s decided meanwhile: %s, %s. ctrl-s puts yours in its place.",
	    d ? d->by : "Somebody", d ? verdict_name(d->verdict) : "nothing",
	    d ? d->text : "");
	app->message_role = ROLE_ERROR;
}

bool decision_save(struct app *app)
{
	struct writing *w = &app->writing;
	struct decision d = {.review = app->view.review,
	    .rev = w->rev,
	    .deal_id = w->deal_id,
	    .text = form_value(&w->form, 1),
	    .push = PUSH_NOT_SAID};
	struct err err = ERR_INIT;
	bool clash = false;

	if (!verdict_find(form_value(&w->form, 0), &d.verdict)) {
		err_set(&err, "decision", "nothing is chosen; choose one");
		writing_problem(app, 0, &err);
		return false;
	}
	push_reason_find(form_value(&w->form, 2), &d.push);
	if (!decision_check(&d, &err)) {
		writing_problem(app, 1, &err);
		return false;
	}
	if (!store_save_decision(app->store, &d, &clash, &err)) {
		draft_save(app);
		if (clash)
			conflict(app);
		else
			say_error(app, &err);
		return false;
	}
	draft_drop(app);
	writing_done(app);
	deals_load(app);
	set_focus(app, PANE_DEALS);
	say(app, "Decided: %s. n goes on, u takes it back.", verdict_name(d.verdict));
	return true;
}
