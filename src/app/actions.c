#include "huddle/text.h"
#include "run.h"
#include <string.h>

/* Actions: one form for a new or changed one, small ones for an owner or a day
 * of one or of all that are marked. */

static const char *const teams[] = {"marketing", "sales", "revops", NULL};

/* The marked actions, else the selected one, copied so that they outlive a
 * reload of the pane. Returns how many. */
static int targets(struct app *app, struct arena *arena, struct action **out)
{
	const struct action_list *all = &app->view.actions;
	int n = 0;

	*out = arena_alloc(arena, (all->count + 1) * sizeof **out);
	for (size_t i = 0; i < all->count; i++) {
		bool wanted = app->view.n_marks == 0 &&
		              (int)i == app->at[PANE_ACTIONS].list.selected;

		for (int m = 0; m < app->view.n_marks && !wanted; m++)
			wanted = app->marks[m] == all->items[i].id;
		if (!wanted)
			continue;
		struct action *a = &(*out)[n++];

		*a = all->items[i];
		a->deal_id = arena_strdup(arena, a->deal_id);
		a->owner = arena_strdup(arena, a->owner);
		a->text = arena_strdup(arena, a->text);
		a->reason = arena_strdup(arena, a->reason);
	}
	return n;
}

static void action_fields(struct app *app, const struct action *a)
{
	struct writing *w = &app->writing;
	char day[DAY_TEXT];

	writing_field(w, "text", "What", "What will be done, in a few words", FORM_TEXT)
	    ->required = true;
	writing_field(w, "team", "Team", "Whose evidence it moves", FORM_CHOICE)
	    ->choices = teams;
	struct form_field *owner = writing_field(
	    w, "owner", "Owner", "One named person; Tab takes a name", FORM_TEXT);
	owner->required = true;
	writing_words(app, owner, WORDS_PEOPLE);
	writing_field(w, "due", "Due", "fri, +1w, 28 nov, 2026-11-28", FORM_TEXT);
	if (a->text)
		form_set(&w->form, ACT_TEXT, a->text);
	form_set(&w->form, ACT_TEAM, team_name(a->team));
	form_set(&w->form, ACT_OWNER, a->owner ? a->owner : "");
	form_set(&w->form, ACT_DUE, day_format(a->due, day));
}

void run_action_add(struct app *app, int arg)
{
	(void)arg;
	app->tab = PANE_ACTIONS;
	app->zoomed = false;
	struct writing *w = writing_start(app, WRITING_ACTION, "New action");

	w->actions = arena_alloc(&w->arena, sizeof *w->actions);
	*w->actions = (struct action){.deal_id = w->deal_id, .due = DAY_NONE};
	w->n_actions = 1;
	w->draft = "action";
	action_fields(app, w->actions);
	writing_ready(app);
}

void run_action_edit(struct app *app, int arg)
{
	(void)arg;
	app->tab = PANE_ACTIONS;
	app->zoomed = false;
	app->view.n_marks = 0;
	struct writing *w = writing_start(app, WRITING_ACTION, "Change the action");

	w->n_actions = targets(app, &w->arena, &w->actions);
	w->draft = arena_printf(&w->arena, "action-%lld", (long long)w->actions[0].id);
	action_fields(app, w->actions);
	writing_ready(app);
}

/* A form of one field for all targets. */
static struct writing *small_form(
    struct app *app, enum writing_kind kind, const char *verb)
{
	struct writing *w = writing_start(app, kind, verb);

	app->tab = PANE_ACTIONS;
	app->zoomed = false;
	w->n_actions = targets(app, &w->arena, &w->actions);
	w->form.title =
	    w->n_actions == 1
	        ? arena_printf(&w->arena, "%s: %s", verb, w->actions[0].text)
	        : arena_printf(&w->arena, "%s: %d actions", verb, w->n_actions);
	return w;
}

void run_action_owner(struct app *app, int arg)
{
	(void)arg;
	struct writing *w = small_form(app, WRITING_OWNER, "Assign");
	struct form_field *owner = writing_field(
	    w, "owner", "Owner", "One named person; Tab takes a name", FORM_TEXT);

	writing_words(app, owner, WORDS_PEOPLE);
	writing_ready(app);
}

void run_action_due(struct app *app, int arg)
{
	(void)arg;
	struct writing *w = small_form(app, WRITING_DUE, "Due");

	writing_field(w, "due", "Due", "fri, +1w, 28 nov, 2026-11-28", FORM_TEXT);
	writing_ready(app);
}

void run_action_drop(struct app *app, int arg)
{
	(void)arg;
	struct writing *w = small_form(app, WRITING_DROP, "Drop");

	writing_field(
	    w, "reason", "Reason", "Why nobody needs to do it any more", FORM_TEXT);
	writing_ready(app);
}

static bool read_due(struct app *app, int field, day_t *out)
{
	const char *text = form_value(&app->writing.form, field);
	struct err err = ERR_INIT;

	*out = DAY_NONE;
	if (slice_trim(slice_of(text)).len == 0 || day_typed(text, app->view.today, out))
		return true;
	err_set(&err, "due", "\"%.40s\" is no day; write fri, +1w, 28 nov or 2026-11-28",
	    text);
	writing_problem(app, field, &err);
	return false;
}

/* Who may be meant by a name that nobody known has; NULL none. */
static const char *like(const struct form_field *field, const char *name)
{
	const char *best = NULL;
	int most = 0;

	for (const char *const *c = field->choices; c && *c; c++) {
		int score = text_fuzzy(slice_of(*c), slice_trim(slice_of(name)));

		if (score > most) {
			most = score;
			best = *c;
		}
	}
	return best;
}

/* A new name is possible, but meant: asked about once, taken when saved again. */
static bool ask_new_name(struct app *app, int field, const char *name)
{
	struct writing *w = &app->writing;
	const char *meant = like(&w->fields[field], name);
	struct err err = ERR_INIT;

	if (w->new_name && strcmp(w->new_name, name) == 0)
		return true;
	w->new_name = arena_strdup(&w->arena, name);
	if (meant)
		err_set(&err, "owner",
		    "nobody known is \"%.40s\"; tab takes %.40s, ctrl-s again keeps it",
		    name, meant);
	else
		err_set(&err, "owner",
		    "nobody known is \"%.40s\"; ctrl-s again keeps the name", name);
	writing_problem(app, field, &err);
	w->form.complete = meant ? 0 : -1;
	return false;
}

/* The owner as written, or as somebody known writes it. */
static bool take_owner(struct app *app, int field, struct action *a)
{
	struct writing *w = &app->writing;
	const char *const *names = w->fields[field].choices;
	struct err err = ERR_INIT;
	size_t count = 0;

	a->owner = form_value(&w->form, field);
	if (!action_check(a, &err)) {
		writing_problem(app, *a->text ? field : ACT_TEXT, &err);
		return false;
	}
	while (names && names[count])
		count++;
	const char *known = owner_known(names, count, a->owner);

	if (known)
		a->owner = known;
	return known || count == 0 || ask_new_name(app, field, a->owner);
}

/* What the form says, into one of the actions it is about. */
static bool fill(struct app *app, struct action *a)
{
	struct writing *w = &app->writing;

	switch (w->kind) {
	case WRITING_ACTION:
		a->text = form_value(&w->form, ACT_TEXT);
		team_find(form_value(&w->form, ACT_TEAM), &a->team);
		return take_owner(app, ACT_OWNER, a) && read_due(app, ACT_DUE, &a->due);
	case WRITING_OWNER:
		return take_owner(app, 0, a);
	case WRITING_DUE:
		return read_due(app, 0, &a->due);
	case WRITING_DROP:
		a->state = ACTION_DROPPED;
		a->reason = form_value(&w->form, 0);
		return true;
	default:
		return false;
	}
}

/* The action as it is stored now; false: it was taken back. */
static bool newest(
    struct app *app, struct arena *arena, const struct action *a, struct action *out)
{
	struct action_list stored;
	struct err err = ERR_INIT;

	*out = (struct action){0};
	if (!store_load_actions(app->store, arena, a->deal_id, &stored, &err))
		return false;
	for (size_t i = 0; i < stored.count; i++)
		if (stored.items[i].id == a->id) {
			*out = stored.items[i];
			return true;
		}
	return false;
}

/* The form of one action shows both; small forms only say who was first. */
static void tell_conflict(struct app *app, const char *who, const struct action *mine,
    const struct action *stored)
{
	enum writing_kind kind = app->writing.kind;
	char day[DAY_TEXT];

	if (kind == WRITING_ACTION && stored) {
		const char *const values[] = {stored->text, team_name(stored->team),
		    stored->owner, day_format(stored->due, day)};

		writing_conflict(app, who, "changed this action", values);
		return;
	}
	say(app, "%s %s \"%s\" meanwhile; %s.", who, stored ? "changed" : "took back",
	    mine->text,
	    !stored                ? "a adds it anew"
	    : kind != WRITING_NONE ? "ctrl-s again puts yours in its place"
	                           : "the same key again does it all the same");
	app->message_role = ROLE_ERROR;
}

/* Somebody wrote one of them meanwhile: take its newest rev, so that a second
 * save is a decision and not an accident. */
static void conflict(struct app *app, struct action *list, int n)
{
	struct arena arena = ARENA_INIT;

	for (int i = n - 1; i >= 0; i--) {
		struct action stored;
		bool found = newest(app, &arena, &list[i], &stored);

		if (found && stored.rev == list[i].rev)
			continue;
		list[i].rev = stored.rev;
		tell_conflict(app, store_action_editor(app->store, &arena, list[i].id),
		    &list[i], found ? &stored : NULL);
	}
	arena_release(&arena);
}

/* All or none, and one step for undo. */
static bool save_all(struct app *app, struct action *list, int n)
{
	struct err err = ERR_INIT;
	bool clash = false;

	if (store_save_actions(app->store, list, (size_t)n, &clash, &err))
		return true;
	if (clash)
		conflict(app, list, n);
	else
		say_error(app, &err);
	return false;
}

static void tell_saved(
    struct app *app, enum writing_kind kind, bool fresh, int n, const struct action *a)
{
	char day[DAY_TEXT];
	const char *due = a->due == DAY_NONE ? "" : day_format(a->due, day);

	if (n > 1)
		say(app, "Changed %d actions; u takes them all back.", n);
	else if (kind == WRITING_DROP)
		say(app, "Dropped: %s. u takes it back.", a->text);
	else
		say(app, "%s: %s, %s%s%s. u takes it back.", fresh ? "Added" : "Changed",
		    a->text, a->owner, *due ? ", by " : "", due);
}

bool actions_save(struct app *app)
{
	struct writing *w = &app->writing;
	bool fresh = w->n_actions == 1 && w->actions[0].id == 0;

	bool fine = true;

	for (int i = 0; fine && i < w->n_actions; i++)
		fine = fill(app, &w->actions[i]);
	if (!fine || !save_all(app, w->actions, w->n_actions)) {
		draft_save(app);
		return false;
	}
	draft_drop(app);
	app->view.n_marks = 0;
	enum writing_kind kind = w->kind;
	struct action told = w->actions[0];
	int n = w->n_actions;
	struct arena kept = ARENA_INIT;

	told.text = arena_strdup(&kept, told.text);
	told.owner = arena_strdup(&kept, told.owner);
	writing_done(app);
	tell_saved(app, kind, fresh, n, &told);
	arena_release(&kept);
	return true;
}

void run_action_done(struct app *app, int arg)
{
	struct arena arena = ARENA_INIT;
	struct action *list;
	int n = targets(app, &arena, &list);

	(void)arg;
	for (int i = 0; i < n; i++)
		list[i].state = list[i].state == ACTION_OPEN ? ACTION_DONE : ACTION_OPEN;
	if (save_all(app, list, n)) {
		deals_count_actions(app);
		app->view.n_marks = 0;
		if (n == 1)
			say(app, "%s: %s. u takes it back.",
			    list[0].state == ACTION_DONE ? "Done" : "Open again",
			    list[0].text);
		else
			say(app, "Changed %d actions; u takes them all back.", n);
	}
	arena_release(&arena);
}

void run_action_mark(struct app *app, int arg)
{
	const struct action *a =
	    &app->view.actions.items[app->at[PANE_ACTIONS].list.selected];
	int n = app->view.n_marks, at = 0;
	int room = (int)(sizeof app->marks / sizeof *app->marks);

	(void)arg;
	while (at < n && app->marks[at] != a->id)
		at++;
	if (at < n)
		app->marks[at] = app->marks[--app->view.n_marks];
	else if (n < room)
		app->marks[app->view.n_marks++] = a->id;
	app->view.marks = app->marks;
	list_move(&app->at[PANE_ACTIONS].list, 1);
}

void run_undo(struct app *app, int arg)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const char *what = NULL;

	(void)arg;
	if (!store_undo(app->store, &arena, &what, &err)) {
		say_error(app, &err);
	} else if (!what) {
		say(app, "There is nothing of yours to undo.");
	} else {
		app->dirty |= DIRTY_NUMBERS;
		deals_load(app);
		say(app, "%s%s",
		    slice_starts(slice_of(what), "undone") ? "" : "undone: ", what);
		if (app->message.p[0] == 'u')
			app->message.p[0] = 'U';
	}
	arena_release(&arena);
}
