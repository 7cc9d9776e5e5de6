#include "huddle/text.h"
#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * What everybody has promised: the open actions of all deals by owner, as a list
 * that narrows while typing. Enter goes to the action on its deal.
 */

static int compare_owners(const void *a, const void *b)
{
	const struct action *x = a, *y = b;
	int owners = strcmp(x->owner, y->owner);

	if (owners)
		return owners;
	if (x->due != y->due)
		return x->due == DAY_NONE   ? 1
		       : y->due == DAY_NONE ? -1
		       : x->due < y->due    ? -1
		                            : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

/* Open actions of all deals into the menu's arena, by owner and day. */
static bool load(struct app *app, struct action_list *out)
{
	struct err err = ERR_INIT;
	size_t kept = 0;

	if (!store_load_actions(app->store, &app->menu_arena, NULL, out, &err)) {
		say_error(app, &err);
		return false;
	}
	for (size_t i = 0; i < out->count; i++)
		if (out->items[i].state == ACTION_OPEN)
			out->items[kept++] = out->items[i];
	out->count = kept;
	if (kept)
		qsort(out->items, kept, sizeof *out->items, compare_owners);
	return true;
}

bool promises_any(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct action_list all;
	struct err err = ERR_INIT;
	bool any = false;

	if (store_load_actions(app->store, &arena, NULL, &all, &err))
		for (size_t i = 0; i < all.count && !any; i++)
			any = all.items[i].state == ACTION_OPEN;
	arena_release(&arena);
	return any;
}

/* The line above an owner's actions, which tells how many and how late. */
static struct menu_row owner_row(
    struct app *app, const struct action_list *all, const char *owner)
{
	int open = 0, late = 0;

	for (size_t i = 0; i < all->count; i++)
		if (!strcmp(all->items[i].owner, owner)) {
			open++;
			late += action_overdue(&all->items[i], app->view.today);
		}
	return (struct menu_row){
	    .text = arena_printf(&app->menu_arena,
	        late ? "%s has %d open, %d overdue" : "%s has %d open", owner, open,
	        late),
	    .key = "",
	    .id = -1};
}

static const char *due_text(struct app *app, const struct action *a)
{
	char day[DAY_TEXT];

	if (a->due == DAY_NONE)
		return "";
	return arena_printf(&app->menu_arena, "%s%s",
	    action_overdue(a, app->view.today) ? "overdue " : "",
	    day_short(a->due, app->view.today, day));
}

static const char *deal_of(
    const struct app *app, const struct deal_list *deals, const char *id)
{
	for (size_t i = 0; i < deals->count; i++)
		if (!strcmp(deals->items[i].id, id))
			return deal_label(&deals->items[i], app->ascii);
	return id;
}

static struct menu_row action_row(
    struct app *app, const struct action *a, const char *deal, int id)
{
	const char *carried = a->carried > 0 ? arena_printf(&app->menu_arena,
	                                           ", carried over %dx", a->carried)
	                                     : "";

	return (struct menu_row){.name = a->owner,
	    .text = arena_printf(&app->menu_arena, "%s %s   (%s%s)", team_short(a->team),
	        a->text, deal, carried),
	    .key = due_text(app, a),
	    .id = id};
}

/* The menu's rows say which action; the action is looked for by its own number. */
static void go_to(struct app *app, int id)
{
	if (id < 0) /* an owner's line */
		return;
	const struct action *a = &app->room.promised.items[id];

	if (!deals_go_to(app, a->deal_id))
		return;
	detail_load(app);
	set_focus(app, PANE_ACTIONS);
	for (size_t i = 0; i < app->view.actions.count; i++)
		if (app->view.actions.items[i].id == a->id)
			list_select(&app->at[PANE_ACTIONS].list, (int)i);
}

void run_promises(struct app *app, int arg)
{
	struct deal_list deals = {0};
	struct err err = ERR_INIT;

	(void)arg;
	menu_start(app);
	if (!load(app, &app->room.promised))
		return;
	if (app->room.promised.count == 0) {
		say(app, "Nobody has promised anything; a adds an action to a deal.");
		return;
	}
	if (!store_load_deals(
	        app->store, &app->menu_arena, -1, 0, app->view.today, &deals, &err))
		say_error(app, &err);
	const struct action_list *all = &app->room.promised;
	struct menu_row *rows =
	    arena_alloc(&app->menu_arena, 2 * all->count * sizeof *rows);
	int n = 0;

	for (size_t i = 0; i < all->count; i++) {
		const struct action *a = &all->items[i];

		if (i == 0 || strcmp(all->items[i - 1].owner, a->owner) != 0)
			rows[n++] = owner_row(app, all, a->owner);
		rows[n++] = action_row(app, a, deal_of(app, &deals, a->deal_id), (int)i);
	}
	menu_open(
	    &app->menu, MENU_CHOICE, "Promised, by owner (Enter goes there)", rows, n, 0);
	app->menu_chosen = go_to;
}
