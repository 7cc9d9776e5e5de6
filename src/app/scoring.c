#include "huddle/store_define.h"
#include "run.h"

/* The scorecard: counted when it is looked at, after the screen was painted once, and
 * again when facts or records changed. */

void scoring_forget(struct app *app)
{
	app->scoring.fresh = false;
}

void scoring_release(struct app *app)
{
	arena_release(&app->scoring.arena);
	arena_release(&app->scoring.rows_arena);
}

static bool count_all(struct app *app, struct err *err)
{
	struct scoring *s = &app->scoring;
	struct definition_version version;
	day_t today = app->view.today;

	if (!store_load_definition(app->store, &s->arena, &s->definition, &version, err))
		return false;
	s->ask = (struct scorecard_ask){&s->definition, s->month, today,
	    hours_day_end(&s->definition.handoff.hours, today)};
	return store_scorecard(app->store, &s->arena, &s->ask, &s->in, &s->card, err);
}

/* The rows of the figure that is open. */
static void list_rows(struct app *app)
{
	struct scoring *s = &app->scoring;
	struct err err = ERR_INIT;

	arena_release(&s->rows_arena);
	s->rows_arena = (struct arena)ARENA_INIT;
	s->rows = (struct score_rows){.arena = &s->rows_arena};
	if (s->open >= 0 && !store_load_score_rows(app->store, &s->arena, &s->ask,
	                        (enum metric)s->open, &s->in, &err)) {
		s->open = -1;
		say_error(app, &err);
	}
	if (s->open >= 0)
		metric_count(&s->in, (enum metric)s->open, SCORE_MONTHS - 1,
		    &s->rows_arena, &s->rows);
	app->view.score_rows = &s->rows;
	app->view.open_metric = s->open;
	list_set_count(
	    &app->at[PANE_SCORE].list, pane_table[PANE_SCORE]->count(&app->view));
	app->dirty |= DIRTY_SCREEN;
}

void scoring_go_on(struct app *app)
{
	struct scoring *s = &app->scoring;
	struct err err = ERR_INIT;

	if (app->focus != PANE_SCORE || s->fresh || !app->info.has_facts)
		return;
	app->view.card = NULL;
	app->view.open_metric = -1;
	arena_release(&s->arena);
	s->arena = (struct arena)ARENA_INIT;
	s->fresh = true;
	if (!count_all(app, &err)) {
		set_focus(app, PANE_DEALS);
		s->fresh = false;
		say_error(app, &err);
		return;
	}
	app->view.card = &s->card;
	list_rows(app);
}

void run_scorecard(struct app *app, int arg)
{
	struct scoring *s = &app->scoring;

	(void)arg;
	if (!s->started) {
		s->started = true;
		s->open = -1;
		s->month = period_of_month(app->view.today);
	}
	set_focus(app, PANE_SCORE);
}

void run_month(struct app *app, int by)
{
	struct scoring *s = &app->scoring;

	s->month = period_of_month(by > 0 ? s->month.last + 1 : s->month.first - 1);
	s->open = -1;
	s->fresh = false;
	scoring_go_on(app);
}

void run_open_figure(struct app *app, int arg)
{
	struct scoring *s = &app->scoring;
	int row;

	(void)arg;
	scoring_go_on(app);
	if (!app->view.card)
		return;
	enum metric m = score_line(&app->view, app->at[PANE_SCORE].list.selected, &row);

	if (row == SCORE_FIGURE) {
		s->open = s->open == (int)m ? -1 : (int)m;
		list_rows(app);
		list_select(&app->at[PANE_SCORE].list, (int)m);
	} else if (row >= 0 && s->rows.items[row].amount == MONEY_NONE &&
	           m != METRIC_LOOP && m != METRIC_CYCLE) {
		say(app, "%s is a lead; its deal, if it has one, is in the list.",
		    s->rows.items[row].name);
	} else if (row >= 0 && deals_go_to(app, s->rows.items[row].id)) {
		set_focus(app, PANE_TIMELINE);
	}
}
