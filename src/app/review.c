#include "huddle/store_past.h"
#include "huddle/text.h"
#include "run.h"
#include <stdlib.h>
#include <string.h>

/* Beginning and ending a review, as two small forms. */

enum start_field { START_MINUTES, START_PER_DEAL, START_SLICE };

/* The names of the saved slices as completions. */
static bool slice_names(
    struct app *app, struct slice_item **slices, size_t *count, const char ***names)
{
	struct arena *arena = &app->writing.arena;
	struct err err = ERR_INIT;

	if (!store_load_slices(app->store, arena, slices, count, &err)) {
		say_error(app, &err);
		*count = 0;
	}
	*names = arena_alloc(arena, (*count + 1) * sizeof **names);
	for (size_t i = 0; i < *count; i++)
		(*names)[i] = (*slices)[i].name;
	return *count > 0;
}

void run_review_begin(struct app *app, int arg)
{
	struct slice_item *slices = NULL;
	const char **names;
	size_t count;
	char number[16];

	(void)arg;
	if (app->view.review) {
		say(app, "Review %lld is open: v walks its agenda, E ends it.",
		    (long long)app->view.review);
		return;
	}
	app->tab = PANE_ACTIONS;
	app->zoomed = app->room.presenting = false;
	struct writing *w = writing_start(app, WRITING_REVIEW, "Begin a review");

	writing_field(w, "minutes", "Minutes", "How long the meeting is", FORM_TEXT);
	writing_field(
	    w, "per-deal", "A deal", "Minutes for each; so many deals fit", FORM_TEXT);
	struct form_field *slice = writing_field(w, "slice", "Of",
	    "A saved slice or a filter: owner:ana team:west; empty is all", FORM_TEXT);
	if (slice_names(app, &slices, &count, &names))
		slice->choices = names;
	snprintf(number, sizeof number, "%d", REVIEW_MINUTES);
	form_set(&w->form, START_MINUTES, number);
	snprintf(number, sizeof number, "%d", REVIEW_PER_DEAL);
	form_set(&w->form, START_PER_DEAL, number);
	form_set(&w->form, START_SLICE, app->filter.text);
	writing_ready(app);
}

/* The filter itself where a saved one is named. */
static const char *slice_filter(struct app *app, const char *typed)
{
	struct slice_item *slices = NULL;
	const char **names;
	size_t count;

	slice_names(app, &slices, &count, &names);
	for (size_t i = 0; i < count; i++)
		if (text_same(slice_of(slices[i].name), slice_trim(slice_of(typed))))
			return slices[i].filter;
	return typed;
}

static bool read_number(struct app *app, int field, int *out)
{
	struct err err = ERR_INIT;
	char *end;
	const char *text = form_value(&app->writing.form, field);
	long number = strtol(text, &end, 10);

	*out = (int)number;
	if (!slice_trim(slice_of(end)).len && number >= 1 && number <= 1440)
		return true;
	err_set(&err, "", "\"%.20s\" are no minutes; write a number from 1", text);
	writing_problem(app, field, &err);
	return false;
}

/* Deals of all states, rated and narrowed to the slice. */
static bool candidates(struct app *app, const char *slice, struct arena *arena,
    struct agenda_input *in, struct err *err)
{
	struct deal_list all;
	struct filter filter = {0};
	day_t today = app->view.today;

	if (!store_load_deals(app->store, arena, -1, 0, today, &all, err))
		return false;
	filter_set(&filter, slice, false, today, app->info.fiscal_start);
	bool fine = store_load_for_filter(app->store, arena, &filter, &all, err) &&
	            (!filter.problem || err_set(err, "", "%s", filter.problem));
	struct deal **kept = arena_alloc(arena, (all.count + 1) * sizeof *kept);

	for (size_t i = 0; i < all.count; i++) {
		risk_rate(&all.items[i], &app->rater, today);
		kept[i] = &all.items[i];
	}
	in->deals = kept;
	in->count = filter_deals(&filter, kept, all.count, arena);
	for (size_t i = 0; i < in->count; i++)
		risk_say(kept[i], &app->rater, today, arena);
	filter_release(&filter);
	return fine;
}

/* Changes are told from the review before. */
static bool make(struct app *app, struct meeting *m, struct agenda *out,
    struct arena *arena, struct err *err)
{
	struct agenda_input in = {
	    .today = app->view.today, .minutes = m->minutes, .per_deal = m->per_deal};
	struct deal_pair *pairs = NULL;
	const char **pins;
	day_t earliest;
	bool held;

	if (!candidates(app, m->slice, arena, &in, err) ||
	    !store_load_pins(app->store, arena, &pins, &in.n_pinned, err) ||
	    !store_load_review_day(app->store, &m->since, &held, err) ||
	    (m->since != DAY_NONE && !store_load_pairs(app->store, arena, m->since,
	                                 in.today, &pairs, &in.n_pairs, &earliest, err)))
		return false;
	in.pairs = pairs;
	in.pinned = pins;
	agenda_make(out, arena, &in);
	return true;
}

static void began(struct app *app, size_t deals, bool promised)
{
	writing_done(app);
	deals_load(app);
	run_agenda(app, 0);
	say(app, "Review %lld has %zu deals on its agenda; n and p walk it, E ends it.",
	    (long long)app->view.review, deals);
	if (promised)
		run_promises(app, 0);
}

bool review_begin_save(struct app *app)
{
	struct writing *w = &app->writing;
	struct meeting m = {.day = app->view.today,
	    .as_of = app->info.has_facts ? app->info.as_of : DAY_NONE,
	    .people = ""};
	struct agenda agenda = {0};
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;

	if (!read_number(app, START_MINUTES, &m.minutes) ||
	    !read_number(app, START_PER_DEAL, &m.per_deal))
		return false;
	m.slice = slice_filter(app, form_value(&w->form, START_SLICE));
	bool fine = make(app, &m, &agenda, &arena, &err);

	if (fine && agenda.count == 0)
		fine = err_set(&err, "", "no deal has a reason to be on the agenda%s",
		    *m.slice ? "; narrow to others" : "");
	fine = fine && store_start_review(app->store, &m, &agenda, &err);
	arena_release(&arena);
	if (fine)
		began(app, agenda.count, promises_any(app));
	else
		writing_problem(app, START_SLICE, &err);
	return fine;
}

void run_review_end(struct app *app, int arg)
{
	(void)arg;
	app->tab = PANE_ACTIONS;
	app->zoomed = app->room.presenting = false;
	struct writing *w = writing_start(app, WRITING_END, "End the review");

	w->form.title =
	    arena_printf(&w->arena, "End review %lld", (long long)app->view.review);
	writing_field(
	    w, "people", "There", "Who was in the room, for the minutes", FORM_TEXT);
	form_set(&w->form, 0, app->room.meeting.people);
	writing_ready(app);
}

bool review_end_save(struct app *app)
{
	struct meeting m = app->room.meeting;
	struct err err = ERR_INIT;
	size_t decided = app->view.decisions.count, deals = app->view.agenda.count;
	bool clash = false;

	clock_end(app);
	if (!store_end_review(
	        app->store, &m, form_value(&app->writing.form, 0), &clash, &err)) {
		if (clash)
			deals_load(app);
		say_error(app, &err);
		return false;
	}
	writing_done(app);
	deals_show(app, SHOW_OPEN);
	say(app,
	    "Review %lld has ended, %zu of %zu decided; huddle review minutes -o FILE.md",
	    (long long)m.id, decided, deals);
	return true;
}
