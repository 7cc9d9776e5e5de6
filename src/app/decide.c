#include "run.h"
#include <stdlib.h>
#include <string.h>

/* What the room decides about a deal. */

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

/* Somebody decided meanwhile: both are shown, a second save decides. */
static void conflict(struct app *app)
{
	struct writing *w = &app->writing;

	deals_load(app);
	const struct decision *d = stored(app, w->deal_id);
	const char *values[] = {d ? verdict_name(d->verdict) : "", d ? d->text : "",
	    d ? push_reason_name(d->push) : ""};

	w->rev = d ? d->rev : 0;
	writing_conflict(app, d ? d->by : "Somebody", d ? "decided" : "took it back",
	    d ? values : NULL);
}

/* The review was ended while this was written: a decision of none would be shown
 * nowhere. */
static bool review_gone(struct app *app)
{
	if (app->view.review)
		return false;
	if (draft_save(app)) {
		say(app, "No review is open any more and nothing was saved; esc keeps it "
		         "as a draft for the next one.");
		app->message_role = ROLE_ERROR;
	}
	return true;
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
	if (review_gone(app))
		return false;
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
