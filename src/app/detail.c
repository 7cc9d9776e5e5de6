#include "huddle/store_define.h"
#include "huddle/totals.h"
#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * What is known of the selected deal. Read when the selection rests on it,
 * into an arena of its own that the next one replaces.
 */

void detail_drop(struct app *app)
{
	struct view *v = &app->view;

	v->loaded = false;
	v->entries = (struct entry_list){0};
	v->axis = (struct axis){0};
	v->members = (struct member_list){0};
	v->actions = (struct action_list){0};
	v->changes = (struct change_list){0};
	v->has_debrief = false;
	arena_release(&app->detail_arena);
	app->detail_arena = (struct arena)ARENA_INIT;
}

/* The entries on one axis of time: all, or those with one person. */
void timeline_lay(struct app *app)
{
	struct view *v = &app->view;
	struct entry_list with = v->entries;

	if (v->person)
		entries_with(&with, &app->detail_arena, &v->entries, v->person);
	axis_lay(&v->axis, &app->detail_arena, &with, v->today, app->settings.quiet_days);
	list_set_count(&app->at[PANE_TIMELINE].list, (int)v->axis.count);
}

static bool load_all(struct app *app, const struct deal *d, struct err *err)
{
	struct view *v = &app->view;
	struct arena *arena = &app->detail_arena;

	if (!store_load_timeline(app->store, arena, d, v->today, &v->entries, err) ||
	    !store_load_committee(app->store, arena, d, &v->members, err) ||
	    !store_load_actions(app->store, arena, d->id, &v->actions, err) ||
	    !store_load_changes(app->store, arena, d, &v->changes, err))
		return false;
	if (d->status == DEAL_LOST && !store_load_debrief(app->store, arena, d->id,
	                                  &v->debrief, &v->has_debrief, err))
		return false;
	timeline_lay(app);
	return true;
}

/* The newest past row: what happened last is what is asked first. */
int row_of_today(const struct axis *axis)
{
	for (size_t i = 0; i < axis->count; i++)
		if (axis->rows[i].kind == AXIS_TODAY)
			return i + 1 < axis->count ? (int)i + 1 : (int)i;
	return 0;
}

/* Another deal starts at its top, the same one keeps its rows. */
static void place_cursors(struct app *app, bool same)
{
	for (int pane = PANE_TIMELINE; pane < PANES_KEYED; pane++) {
		struct list *list = &app->at[pane].list;

		if (!same)
			*list = (struct list){0};
		list_set_count(list, pane_table[pane]->count(&app->view));
		if (!same && pane == PANE_TIMELINE)
			list_select(list, row_of_today(&app->view.axis));
	}
}

static void forget_other(struct app *app)
{
	free(app->person);
	app->person = NULL;
	app->view.person = NULL;
	app->view.n_marks = 0;
	app->view.detail = false;
}

void detail_load(struct app *app)
{
	const struct deal *d = app->view.deal;
	struct err err = ERR_INIT;
	bool same = d && app->detail_id && strcmp(app->detail_id, d->id) == 0;

	if (!(app->dirty & DIRTY_DETAIL))
		return;
	app->dirty &= ~(unsigned)DIRTY_DETAIL;
	app->dirty |= DIRTY_SCREEN;
	detail_drop(app);
	if (!same)
		forget_other(app);
	free(app->detail_id);
	app->detail_id = d ? xstrdup(d->id) : NULL;
	if (!d)
		return;
	app->view.loaded = load_all(app, d, &err);
	if (!app->view.loaded) {
		detail_drop(app);
		say_error(app, &err);
	}
	place_cursors(app, same);
}

/* "$6.2M + EUR 400k": each currency on its own. */
void totals_text(const struct deal *const *deals, int count, struct str *out)
{
	enum { SHOWN = 4 };
	struct deal_total totals[DEAL_TOTALS];
	char buf[MONEY_TEXT];
	bool overflow = false;
	size_t n = deal_totals(deals, (size_t)count, totals, &overflow);

	str_clear(out);
	for (size_t i = 0; i < n && i < SHOWN && totals[i].amount != MONEY_NONE; i++)
		str_addf(out, "%s%s", i > 0 ? " + " : "",
		    money_brief(totals[i].amount, totals[i].currency, buf));
	if (n > SHOWN)
		str_adds(out, " + more");
	if (overflow)
		str_adds(out, " (too much to add)");
}

/* The totals of the open deals, from the list when it holds them all. */
void numbers_open(struct app *app)
{
	struct numbers *n = &app->numbers;

	if (app->view.show != SHOW_OPEN)
		return;
	n->open_known = true;
	n->open = app->view.n_scope;
	totals_text((const struct deal *const *)app->order, n->open, &n->totals);
}

/* Of the deals of a qualified pipeline, "$0.7M (8)". */
static void tell_qualified(struct app *app, const struct qualified *q)
{
	const struct deal **passing = xcalloc(q->count + 1, sizeof *passing);
	struct numbers *n = &app->numbers;
	int count = 0;

	for (size_t i = 0; i < q->count; i++)
		if (q->deals[i].n_missing == 0)
			passing[count++] = q->deals[i].deal;
	totals_text(passing, count, &n->qualified);
	if (n->qualified.len == 0)
		str_adds(&n->qualified, "none");
	free(passing);
}

/* The one number: what is won of it in its period. */
static bool tell_number(struct app *app, const struct definition *d, struct err *err)
{
	struct period period;
	money_t sum;
	char got[MONEY_TEXT], all[MONEY_TEXT];

	if (!period_parse(
	        d->number_period, app->view.today, app->info.fiscal_start, &period))
		return true;
	if (!store_sum_won(app->store, period, d->currency, &sum, err))
		return false;
	str_addf(&app->numbers.number, "%s of %s %s", money_brief(sum, d->currency, got),
	    money_brief(d->number, d->currency, all), d->number_period);
	return true;
}

/* What the definition makes of the open deals, and what is wrong with it. */
static bool judge(struct app *app, struct err *err)
{
	struct numbers *n = &app->numbers;
	struct judgement *j = arena_alloc(&app->deals_arena, sizeof *j);

	str_clear(&n->qualified);
	str_clear(&n->number);
	str_clear(&n->doubt);
	app->view.qualified = NULL;
	if (!store_judge(app->store, &app->deals_arena, &app->deals, j, err))
		return false;
	if (j->version.id) {
		const char *doubt = definition_doubt(
		    &app->deals_arena, &j->definition, &j->version, app->view.today);

		str_adds(&n->doubt, doubt ? doubt : "");
	}
	if (j->demands)
		app->view.qualified = &j->qualified;
	if (j->demands && app->view.show == SHOW_OPEN)
		tell_qualified(app, &j->qualified);
	return j->definition.number == MONEY_NONE ||
	       tell_number(app, &j->definition, err);
}

/* How many losses have their debrief, and what the definition says: read after the
 * first picture is there. */
void numbers_load(struct app *app)
{
	struct err err = ERR_INIT;
	struct numbers *n = &app->numbers;

	app->dirty &= ~(unsigned)DIRTY_NUMBERS;
	if (!app->info.has_facts)
		return;
	n->debriefs_known =
	    store_count_debriefs(app->store, &n->lost, &n->debriefed, &err);
	if (!n->debriefs_known || !judge(app, &err))
		say_error(app, &err);
	app->dirty |= DIRTY_SCREEN;
}

void settle(struct app *app)
{
	detail_load(app);
	if (app->dirty & DIRTY_NUMBERS)
		numbers_load(app);
}
