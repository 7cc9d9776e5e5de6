#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * The list: loaded once, rated once, sorted and narrowed as pointers. The
 * cursor is a deal's id; after anything that moves rows it is looked for again.
 */

enum { POINTER = sizeof(void *) }; /* what is sorted and narrowed */

static void keep_id(struct app *app)
{
	free(app->selected_id);
	app->selected_id = app->view.deal ? xstrdup(app->view.deal->id) : NULL;
}

/* The list needs no words of why, the deal under the cursor does. */
static void say_risk(struct app *app)
{
	const struct deal *d = app->view.deal;

	if (d && d->risk.n_reasons > 0 && !*d->risk.reasons[0].text)
		risk_say(&app->deals.items[d - app->deals.items], &app->rater,
		    app->view.today, &app->deals_arena);
}

/* The deal under the cursor changed: what was loaded of the other goes stale. */
static void point_at(struct app *app, int row)
{
	struct list *list = &app->at[PANE_DEALS].list;
	const struct deal *before = app->view.deal;

	list_set_count(list, app->view.n_rows);
	list_select(list, row);
	app->view.deal = app->view.n_rows > 0 ? app->rows[list->selected] : NULL;
	say_risk(app);
	app->dirty |= DIRTY_SCREEN;
	if (app->view.deal == before && app->view.loaded)
		return;
	app->view.loaded = false;
	app->dirty |= DIRTY_DETAIL;
}

void deals_select(struct app *app, int row)
{
	point_at(app, row);
	keep_id(app);
}

/* Put the cursor back on the deal it was on, else keep its row. */
static void find_again(struct app *app)
{
	int row = app->at[PANE_DEALS].list.selected;

	for (int i = 0; app->selected_id && i < app->view.n_rows; i++)
		if (strcmp(app->rows[i]->id, app->selected_id) == 0) {
			point_at(app, i);
			return;
		}
	point_at(app, app->view.typing ? 0 : row);
	/* While typing a filter the deal may come back: do not forget it. */
	if (!app->view.typing)
		keep_id(app);
}

static int narrow(struct app *app, bool loose)
{
	int n = 0;

	for (int i = 0; i < app->view.n_scope; i++) {
		const struct deal *d = app->order[i];

		if (filter_passes(
		        &app->filter, d, &app->texts[d - app->deals.items], loose))
			app->rows[n++] = d;
	}
	return n;
}

static void fold_texts(struct app *app)
{
	if (app->texts)
		return;
	app->texts =
	    arena_alloc(&app->deals_arena, (app->deals.count + 1) * sizeof *app->texts);
	for (size_t i = 0; i < app->deals.count; i++)
		filter_fold(&app->texts[i], &app->deals_arena, &app->deals.items[i]);
}

static void mark_words(struct app *app)
{
	struct view *v = &app->view;

	v->n_words = 0;
	for (int i = 0; i < app->filter.count; i++)
		if (app->filter.terms[i].key < BY_CLOSING && *app->filter.terms[i].word)
			v->words[v->n_words++] = app->filter.terms[i].word;
	v->filter = app->filter.text;
	v->filter_problem = app->filter.problem;
}

static bool filtered(const struct app *app)
{
	return app->filter.count > 0 || app->filter.problem;
}

/* Rows from order: all, or what the filter lets through. */
static void set_rows(struct app *app)
{
	struct view *v = &app->view;

	v->loose = false;
	if (!filtered(app)) {
		memcpy(app->rows, app->order, (size_t)v->n_scope * POINTER);
		v->n_rows = v->n_scope;
	} else {
		fold_texts(app);
		v->n_rows = narrow(app, false);
		if (v->n_rows == 0) {
			v->n_rows = narrow(app, true);
			v->loose = v->n_rows > 0;
		}
	}
	if (filtered(app))
		totals_text(app->rows, v->n_rows, &app->shown_totals);
	v->totals = str_text(&app->shown_totals);
	mark_words(app);
	v->rows = app->rows;
	find_again(app);
}

/* What the filter asks for beyond what every list shows. */
static void ready_filter(struct app *app)
{
	struct err err = ERR_INIT;

	if (filter_wants(&app->filter) &&
	    !store_load_for_filter(
	        app->store, &app->deals_arena, &app->filter, &app->deals, &err))
		say_error(app, &err);
}

void deals_filter(struct app *app, const char *text)
{
	bool typing = app->view.typing != NULL;

	filter_set(&app->filter, text, typing, app->view.today, app->info.fiscal_start);
	ready_filter(app);
	set_rows(app);
}

/* Closed deals have no risk: the one closed last comes first, because its
 * debrief is still fresh. */
static void newest_first(struct deal **deals, int count, day_t today)
{
	deal_order(deals, (size_t)count, SORT_CLOSE, today);
	for (int i = 0, j = count - 1; i < j; i++, j--) {
		struct deal *swapped = deals[i];

		deals[i] = deals[j];
		deals[j] = swapped;
	}
}

void deals_sort(struct app *app, enum deal_sort sort)
{
	const struct view *v = &app->view;
	bool closed =
	    v->show == SHOW_UNDEBRIEFED || v->show == SHOW_LOST || v->show == SHOW_WON;

	app->view.sort = sort;
	if (v->show == SHOW_AGENDA && sort == SORT_RISK)
		app->view.n_scope = meeting_order(app);
	else if (closed && sort == SORT_RISK)
		newest_first(app->order, v->n_scope, v->today);
	else
		deal_order(app->order, (size_t)v->n_scope, sort, v->today);
	set_rows(app);
}

static int status_of(enum deals_shown show)
{
	static const int statuses[DEALS_SHOWN] = {
	    [SHOW_OPEN] = DEAL_OPEN,
	    [SHOW_UNDEBRIEFED] = DEAL_LOST,
	    [SHOW_LOST] = DEAL_LOST,
	    [SHOW_WON] = DEAL_WON,
	    [SHOW_ALL] = -1,
	    [SHOW_AGENDA] = -1,
	};

	return statuses[show];
}

static int amount_columns(const struct deal *d)
{
	char buf[MONEY_TEXT];

	return d->amount == MONEY_NONE
	           ? 1
	           : (int)strlen(money_brief(d->amount, d->currency, buf));
}

/* The pointers to sort: every loaded deal that is wanted, its risk rated. */
static void set_order(struct app *app)
{
	size_t room = (app->deals.count + 1) * POINTER;
	int n = 0, widest = 5;

	app->order = arena_alloc(&app->deals_arena, room);
	app->rows = arena_alloc(&app->deals_arena, room);
	app->texts = NULL;
	for (size_t i = 0; i < app->deals.count; i++) {
		struct deal *d = &app->deals.items[i];

		if (app->view.show == SHOW_UNDEBRIEFED && d->has_debrief)
			continue;
		risk_rate(d, &app->rater, app->view.today);
		if (app->view.show != SHOW_AGENDA)
			app->order[n++] = d;
		if (amount_columns(d) > widest)
			widest = amount_columns(d);
	}
	app->view.n_scope = app->view.show == SHOW_AGENDA ? meeting_order(app) : n;
	app->view.amount_columns = widest > 10 ? 10 : widest;
}

/* Facts that could not be read again: what is listed may belong to facts that
 * are gone, so nothing is. */
static void deals_forget(struct app *app)
{
	app->view.n_scope = 0;
	app->view.deal = NULL;
	set_rows(app);
}

bool deals_load(struct app *app)
{
	struct err err = ERR_INIT;
	struct arena fresh = ARENA_INIT;
	struct deal_list loaded = {0};
	bool changed;

	/* Looked for first, so that the next key does not load it all again. */
	if (!store_refresh(app->store, &changed, &err) ||
	    !store_info(app->store, &app->info, &err) ||
	    !store_load_deals(app->store, &fresh, status_of(app->view.show), 0,
	        app->view.today, &loaded, &err)) {
		arena_release(&fresh);
		deals_forget(app);
		say_error(app, &err);
		return false;
	}
	arena_release(&app->deals_arena);
	app->deals_arena = fresh;
	app->deals = loaded;
	app->view.deal = NULL;
	app->view.qualified = NULL;
	app->dirty |= DIRTY_NUMBERS;
	app->view.has_facts = app->info.has_facts;
	app->view.read_only = store_read_only(app->store);
	themes_forget(app);
	scoring_forget(app);
	learning_load(app);
	meeting_load(app);
	set_order(app);
	ready_filter(app);
	deals_sort(app, app->view.sort);
	numbers_open(app);
	app->dirty |= DIRTY_DETAIL | DIRTY_SCREEN;
	return true;
}

void deals_rate(struct app *app)
{
	for (size_t i = 0; i < app->deals.count; i++)
		risk_rate(&app->deals.items[i], &app->rater, app->view.today);
	deals_sort(app, app->view.sort);
	app->dirty |= DIRTY_SCREEN;
}

/* Only the actions of the selected deal changed: count them again where they
 * are, for loading thousands of deals takes a moment. */
void deals_count_actions(struct app *app)
{
	const struct deal *d = app->view.deal;
	struct err err = ERR_INIT;
	bool changed;

	/* The store would tell of our own write at the next key and all would be
	 * loaded after all; others' were looked for at the start of this key. */
	if (!store_refresh(app->store, &changed, &err))
		say_error(app, &err);
	app->dirty |= DIRTY_DETAIL;
	detail_load(app);
	if (!d || !app->view.loaded)
		return;
	struct deal *own = &app->deals.items[d - app->deals.items];

	own->open_actions = own->overdue_actions = 0;
	for (size_t i = 0; i < app->view.actions.count; i++) {
		const struct action *a = &app->view.actions.items[i];

		own->open_actions += a->state == ACTION_OPEN;
		own->overdue_actions += action_overdue(a, app->view.today);
	}
}

void deals_show(struct app *app, enum deals_shown show)
{
	enum deals_shown before = app->view.show;

	app->view.show = show;
	if (!deals_load(app))
		app->view.show = before;
}

/* In this list, else among all. */
bool deals_go_to(struct app *app, const char *deal_id)
{
	char *id = xstrdup(deal_id);
	bool found = false;

	if (*app->filter.text)
		run_filter_clear(app, 0);
	for (int turn = 0; turn < 2 && !found; turn++) {
		for (int i = 0; i < app->view.n_rows && !found; i++)
			if (strcmp(app->rows[i]->id, id) == 0) {
				deals_select(app, i);
				found = true;
			}
		if (turn == 0 && !found)
			deals_show(app, SHOW_ALL);
	}
	if (!found)
		say(app, "The deal is not in the exports any more.");
	free(id);
	return found;
}

bool deals_refresh(struct app *app, bool *changed)
{
	struct err err = ERR_INIT;
	int64_t sync = app->info.sync_id;

	if (!store_refresh(app->store, changed, &err)) {
		say_error(app, &err);
		return false;
	}
	if (!*changed)
		return false;
	app->dirty |= DIRTY_NUMBERS;
	return deals_load(app) && app->info.sync_id != sync;
}
