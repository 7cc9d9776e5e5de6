#include "huddle/text.h"
#include "run.h"

/* A known stall: the form that takes a deal out of the ranking until a day. An
 * empty day wakes it. */

static bool load(struct app *app, struct snooze *out)
{
	struct writing *w = &app->writing;
	struct err err = ERR_INIT;
	bool found;

	if (store_load_snooze(app->store, &w->arena, w->deal_id, out, &found, &err))
		return true;
	say_error(app, &err);
	return false;
}

void run_snooze(struct app *app, int arg)
{
	const struct deal *d = app->view.deal;
	struct snooze stored;
	char day[DAY_TEXT];

	(void)arg;
	if (d->status != DEAL_OPEN) {
		say(app, "The deal is %s; only an open deal can be snoozed.",
		    deal_status_name(d->status));
		return;
	}
	app->tab = PANE_ACTIONS;
	app->zoomed = false;
	bool asleep = d->asleep;
	struct writing *w =
	    writing_start(app, WRITING_SNOOZE, asleep ? "Snoozed" : "Snooze this deal");

	w->draft = "snooze";
	writing_field(w, "until", "Until",
	    asleep ? "When it counts again; empty wakes it now"
	           : "+2w, 5 jan, 2027-01-05",
	    FORM_TEXT);
	writing_field(w, "reason", "Reason", "What it waits for", FORM_TEXT);
	if (load(app, &stored)) {
		w->rev = stored.rev;
		form_set(
		    &w->form, SNOOZE_UNTIL, asleep ? day_format(stored.until, day) : "");
		form_set(&w->form, SNOOZE_REASON, asleep ? stored.reason : "");
	}
	writing_ready(app);
}

/* Somebody wrote it meanwhile: both are shown, a second save decides. */
static void conflict(struct app *app)
{
	struct writing *w = &app->writing;
	struct snooze stored;
	char day[DAY_TEXT];

	if (!load(app, &stored))
		return;
	const char *values[] = {stored.rev ? day_format(stored.until, day) : "",
	    stored.rev ? stored.reason : ""};

	w->rev = stored.rev;
	writing_conflict(app, store_snooze_editor(app->store, &w->arena, w->deal_id),
	    stored.rev ? "changed the snooze" : "took the snooze back", values);
}

static bool read_form(struct app *app, struct snooze *out, bool *wake)
{
	struct writing *w = &app->writing;
	const char *text = form_value(&w->form, SNOOZE_UNTIL);
	struct err err = ERR_INIT;

	*out = (struct snooze){.deal_id = w->deal_id,
	    .rev = w->rev,
	    .until = DAY_NONE,
	    .reason = form_value(&w->form, SNOOZE_REASON)};
	*wake = w->rev > 0 && slice_trim(slice_of(text)).len == 0;
	if (*wake)
		return true;
	if (slice_trim(slice_of(text)).len > 0 &&
	    !day_typed(text, app->view.today, &out->until))
		err_set(&err, "until",
		    "\"%.40s\" is no day; write +2w, 5 jan or 2027-01-05", text);
	else if (snooze_check(out, app->view.today, &err))
		return true;
	writing_problem(app,
	    out->until == DAY_NONE || *out->reason ? SNOOZE_UNTIL : SNOOZE_REASON, &err);
	return false;
}

bool snooze_save(struct app *app)
{
	struct snooze snooze;
	struct err err = ERR_INIT;
	bool wake, clash = false;
	char day[DAY_TEXT];

	if (!read_form(app, &snooze, &wake) ||
	    !store_save_snooze(app->store, &snooze, wake, &clash, &err)) {
		if (clash)
			conflict(app);
		else if (*err.text)
			say_error(app, &err);
		draft_save(app);
		return false;
	}
	draft_drop(app);
	day_short(snooze.until, app->view.today, day);
	writing_done(app);
	deals_load(app);
	if (wake)
		say(app, "The deal is awake. u takes it back.");
	else
		say(app, "Snoozed until %s. u takes it back.", day);
	return true;
}
