#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * What others wrote or synced is taken in before a key counts. The cursor stays
 * on the deal and on the action it was on; where that is gone or has changed,
 * the key was meant for what stood there before, and does nothing but show what
 * stands there now. The same holds for a key that comes sooner after such news
 * than a person can have read it.
 */
struct meant {
	char *deal;          /* NULL: none */
	int64_t action, rev; /* 0: the cursor was on no action */
};

static struct list *action_list(struct app *app)
{
	return &app->at[PANE_ACTIONS].list;
}

static struct meant meant_now(struct app *app)
{
	struct meant m = {.deal = app->view.deal ? xstrdup(app->view.deal->id) : NULL};
	int row = action_list(app)->selected;

	if (app->view.loaded && row >= 0 && row < (int)app->view.actions.count) {
		m.action = app->view.actions.items[row].id;
		m.rev = app->view.actions.items[row].rev;
	}
	return m;
}

static bool same_deal(const struct app *app, const struct meant *m)
{
	return app->view.deal && !strcmp(app->view.deal->id, m->deal);
}

/* Put the cursor on the action again; false when it is another one by now. */
static bool same_action(struct app *app, const struct meant *m)
{
	const struct action_list *all = &app->view.actions;

	detail_load(app);
	for (size_t i = 0; i < all->count; i++) {
		if (all->items[i].id != m->action)
			continue;
		list_select(action_list(app), (int)i);
		return all->items[i].rev == m->rev;
	}
	return false;
}

void news_tell(struct app *app)
{
	say(app, "A sync brought new facts; the list shows them.");
}

static bool still_meant(struct app *app, const struct meant *m, const char *end)
{
	if (m->deal && !same_deal(app, m) && app->focus == PANE_FORM) {
		say(app, "%s has left this list; what you write stays with it.",
		    app->writing.deal_name);
		return true; /* keys are its text */
	}
	if (m->deal && !same_deal(app, m)) {
		say(app, "The deal you were on has left this list%s.", end);
		return false;
	}
	if (m->action && !same_action(app, m) && app->focus == PANE_ACTIONS) {
		struct arena arena = ARENA_INIT;

		say(app, "%s changed that action%s.",
		    store_action_editor(app->store, &arena, m->action), end);
		arena_release(&arena);
		return false;
	}
	return true;
}

/* False when the cursor is no longer on what it was on. */
static bool take(struct app *app, bool *synced, const char *end)
{
	struct meant m = meant_now(app);
	bool changed = false;

	*synced = deals_refresh(app, &changed);
	bool fine = !changed || still_meant(app, &m, end);
	if (!fine)
		app->dirty |= DIRTY_SCREEN;
	free(m.deal);
	return fine;
}

bool news_taken(struct app *app, bool *synced)
{
	static const char end[] = "; your key did nothing";
	bool startled = app->startled;

	app->startled = false;
	if (!take(app, synced, end))
		return false;
	if (startled) {
		say(app, "The list changed just before your key, which did nothing.");
		app->dirty |= DIRTY_SCREEN;
	}
	return !startled;
}

void news_idle(struct app *app)
{
	bool synced;

	if (app->yes || !store_watched(app->store)) /* a question comes first */
		return;
	if (!take(app, &synced, ""))
		app->startled = true;
	else if (synced && app->message.len == 0)
		news_tell(app);
}
