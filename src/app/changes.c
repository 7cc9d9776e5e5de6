#include "huddle/store_past.h"
#include "huddle/text.h"
#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * What moved since the last review. The list's marks are a few bytes a deal and
 * read beside the review (learning.c). The bridge needs deals then and now: they
 * are read when its screen is opened, after it was painted once.
 */

/* All deals then and now; with nothing to compare with, now and now. */
static bool read_pairs(struct store *store, struct arena *arena, day_t today,
    struct deal_pair **out, size_t *count, day_t *since, struct err *err)
{
	struct store_info info;
	day_t earliest;
	bool held;

	if (!store_info(store, &info, err) ||
	    !store_load_review_day(store, since, &held, err))
		return false;
	day_t day = *since == DAY_NONE ? info.as_of : *since;
	return store_load_pairs(store, arena, day, today, out, count, &earliest, err);
}

bool changes_moves(
    struct store *store, day_t today, struct moved_deal **out, size_t *n, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct deal_pair *pairs;
	size_t count;
	day_t since;

	*n = 0;
	bool fine = read_pairs(store, &arena, today, &pairs, &count, &since, err);
	*out = xcalloc(fine ? count + 1 : 1, sizeof **out);
	/* Deals that are deleted stand behind the others, whose keys ascend. */
	for (size_t i = 0; fine && i < count && !pairs[i].deleted; i++) {
		struct moved_deal *m = &(*out)[(*n)++];

		m->key = pairs[i].now->key;
		for (int f = 0; f < MOVE_FIELDS; f++)
			m->moved[f] =
			    (signed char)deal_move(&pairs[i], (enum move_field)f);
	}
	arena_release(&arena);
	return fine;
}

static const struct moved_deal *moves_of(const struct app *app, int64_t key)
{
	size_t low = 0, high = app->n_moves;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (app->moves[middle].key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < app->n_moves && app->moves[low].key == key ? &app->moves[low] : NULL;
}

void changes_mark(struct app *app)
{
	app->view.any_moved = false;
	for (size_t i = 0; i < app->deals.count; i++) {
		struct deal *d = &app->deals.items[i];
		const struct moved_deal *m = moves_of(app, d->key);

		memset(d->moved, 0, sizeof d->moved);
		if (m)
			memcpy(d->moved, m->moved, sizeof d->moved);
		app->view.any_moved |= deal_first_move(d) >= 0;
	}
	app->dirty |= DIRTY_SCREEN;
}

void changes_forget(struct app *app)
{
	arena_release(&app->pairs_arena);
	app->pairs_arena = (struct arena)ARENA_INIT;
	app->pairs = NULL;
	app->n_pairs = 0;
	changes_make(app);
}

void changes_release(struct app *app)
{
	arena_release(&app->pairs_arena);
	arena_release(&app->bridge_arena);
	str_release(&app->changes_scope);
}

/* After the screen was painted with the word that it is being read. */
void changes_go_on(struct app *app)
{
	struct err err = ERR_INIT;

	if (app->focus != PANE_CHANGES || app->pairs || !app->info.has_facts)
		return;
	if (!read_pairs(app->store, &app->pairs_arena, app->view.today, &app->pairs,
	        &app->n_pairs, &app->changes_since, &err)) {
		set_focus(app, PANE_DEALS);
		say_error(app, &err);
		return;
	}
	changes_make(app);
}

/* The owner and the period of the filter: the bridge knows no other words. */
static struct bridge_scope scope_of(struct app *app)
{
	struct bridge_scope scope = {NULL, {DAY_NONE, DAY_NONE}};

	for (int i = 0; i < app->filter.count; i++) {
		const struct filter_term *t = &app->filter.terms[i];

		if (t->key == BY_CLOSING)
			scope.closing = t->closing;
		if (t->key != BY_OWNER)
			continue;
		for (size_t d = 0; d < app->n_pairs && !scope.owner; d++)
			if (text_contains(
			        slice_of(app->pairs[d].now->owner), slice_of(t->word)))
				scope.owner = app->pairs[d].now->owner;
		if (!scope.owner)
			scope.owner = t->word;
	}
	return scope;
}

static void scope_text(struct app *app, const struct bridge_scope *scope)
{
	char first[DAY_TEXT], last[DAY_TEXT];

	str_clear(&app->changes_scope);
	if (scope->owner)
		str_addf(&app->changes_scope, "of %s", scope->owner);
	if (scope->closing.first != DAY_NONE)
		str_addf(&app->changes_scope, "%sclosing %s to %s",
		    scope->owner ? ", " : "",
		    day_short(scope->closing.first, app->view.today, first),
		    day_short(scope->closing.last, app->view.today, last));
	app->view.changes_scope = str_text(&app->changes_scope);
}

void changes_make(struct app *app)
{
	struct view *v = &app->view;

	arena_release(&app->bridge_arena);
	app->bridge_arena = (struct arena)ARENA_INIT;
	v->bridges = NULL;
	v->open_bridge = v->open_bucket = -1;
	if (!app->pairs)
		return;
	struct bridge_scope scope = scope_of(app);

	bridge_make(&app->bridges, &app->bridge_arena, app->pairs, app->n_pairs, &scope);
	scope_text(app, &scope);
	v->bridges = &app->bridges;
	v->changes_since = app->changes_since;
	v->changes_until = app->info.as_of;
	list_set_count(&app->at[PANE_CHANGES].list, pane_table[PANE_CHANGES]->count(v));
	app->dirty |= DIRTY_SCREEN;
}

void run_changes(struct app *app, int arg)
{
	(void)arg;
	changes_make(app);
	set_focus(app, PANE_CHANGES);
}

void run_open_change(struct app *app, int arg)
{
	struct view *v = &app->view;
	int bridge, bucket;

	changes_go_on(app);
	const struct bridge_deal *d =
	    changes_selected(v, &app->at[PANE_CHANGES], &bridge, &bucket);

	(void)arg;
	if (d) {
		if (deals_go_to(app, d->pair->now->id))
			set_focus(app, PANE_TIMELINE);
		return;
	}
	bool open = v->open_bridge == bridge && v->open_bucket == bucket;

	v->open_bridge = open ? -1 : bridge;
	v->open_bucket = open ? -1 : bucket;
	list_set_count(&app->at[PANE_CHANGES].list, pane_table[PANE_CHANGES]->count(v));
	app->dirty |= DIRTY_SCREEN;
}
