#include "row.h"

#include "huddle/store_meeting.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
	A_REV,
	A_DEAL,
	A_TEAM,
	A_OWNER,
	A_TEXT,
	A_DUE,
	A_STATE,
	A_REASON,
	A_AT,
	A_BY,
	A_MADE_IN,
	A_ENDED_IN,
	A_DELETED
};

/* Open first, by due date, those without one after them. An action was carried over
 * by each review that began while it was open: those after the newest one when it
 * was made, up to the newest one when it ended. */
#define SELECT_ACTIONS                                                                \
	"SELECT id, rev, deal_id, team, owner, text, due, state, reason, created_at," \
	" (SELECT count(*) FROM main.review r WHERE r.deleted = 0"                    \
	" AND r.id > coalesce(action.made_in, 0)"                                     \
	" AND (action.ended_in IS NULL OR r.id <= action.ended_in))"                  \
	" FROM main.action WHERE deleted = 0"
#define ORDER_ACTIONS \
	" ORDER BY CASE WHEN state = 'open' THEN 0 ELSE 1 END, due NULLS LAST, id"

static enum action_state state_read(struct slice text)
{
	for (int state = ACTION_OPEN; state <= ACTION_DROPPED; state++)
		if (slice_is(text, action_state_name((enum action_state)state)))
			return (enum action_state)state;
	return ACTION_OPEN;
}

static void action_read(struct sql *q, struct arena *arena, struct action *out)
{
	char team[16];
	*out = (struct action){.id = sql_get_int(q, 0), .rev = sql_get_int(q, 1)};
	out->deal_id = sql_dup(q, 2, arena);
	if (!team_find(slice_copy(sql_get(q, 3), team, sizeof(team)), &out->team))
		out->team = TEAM_REVOPS;
	out->owner = sql_dup(q, 4, arena);
	out->text = sql_dup(q, 5, arena);
	out->due = sql_get_day(q, 6);
	out->state = state_read(sql_get(q, 7));
	out->reason = sql_dup(q, 8, arena);
	out->created = sql_get_instant(q, 9);
	out->carried = (int)sql_get_int(q, 10);
}

bool store_load_actions(struct store *store, struct arena *arena, const char *deal_id,
    struct action_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	const char *text = deal_id ? SELECT_ACTIONS " AND deal_id = $1" ORDER_ACTIONS
	                           : SELECT_ACTIONS ORDER_ACTIONS;
	*out = (struct action_list){0};
	if (sql_begin(&q, store, text, err)) {
		if (deal_id)
			sql_text(&q, 1, deal_id);
		while (sql_row(&q)) {
			out->items = arena_grow(
			    arena, out->items, &cap, out->count + 1, sizeof(*out->items));
			action_read(&q, arena, &out->items[out->count++]);
		}
	}
	return sql_done(&q);
}

static bool texts_check(const struct action *action, struct err *err)
{
	return text_check("deal", action->deal_id, err) &&
	       text_check("owner", action->owner, err) &&
	       text_check("text", action->text, err) &&
	       text_check("reason", action->reason, err) && action_check(action, err);
}

/* newest: the id of the newest review. */
static void fill(struct edit *edit, const struct action *action, const char *newest,
    const struct store *store, struct arena *arena)
{
	char day[DAY_TEXT], at[INSTANT_TEXT];
	const struct row *old = &edit->old;
	const char **value = edit->row.value;
	instant_t created = action->created > 0 ? action->created : time(NULL);
	value[A_DEAL] = or_empty(action->deal_id);
	value[A_TEAM] = team_name(action->team);
	value[A_OWNER] = action->owner;
	value[A_TEXT] = action->text;
	value[A_DUE] = action->due == DAY_NONE
	                   ? NULL
	                   : arena_strdup(arena, day_format(action->due, day));
	value[A_STATE] = action_state_name(action->state);
	value[A_REASON] = or_null(action->reason);
	value[A_AT] = old->found ? old->value[A_AT]
	                         : arena_strdup(arena, instant_format(created, at));
	value[A_BY] = old->found ? old->value[A_BY] : store->person;
	value[A_MADE_IN] = old->found ? old->value[A_MADE_IN] : newest;
	value[A_ENDED_IN] = action->state == ACTION_OPEN ? NULL
	                    : old->found && old->value[A_ENDED_IN]
	                        ? old->value[A_ENDED_IN]
	                        : newest;
	value[A_DELETED] = "0";
}

static bool differs(const struct edit *edit, int column)
{
	return strcmp(or_empty(edit->old.value[column]),
	           or_empty(edit->row.value[column])) != 0;
}

static const char *state_words(const char *state)
{
	if (!strcmp(state, action_state_name(ACTION_DONE)))
		return "marked done";
	if (!strcmp(state, action_state_name(ACTION_DROPPED)))
		return "dropped";
	return "opened again";
}

/* The most telling of what changed. */
static const char *sentence(const struct edit *edit, struct arena *arena)
{
	const char *const *value = edit->row.value;
	const char *name = text_short(or_empty(value[A_TEXT]), arena);
	if (!edit->old.found)
		return arena_printf(
		    arena, "action \"%s\" added for %s", name, value[A_OWNER]);
	if (differs(edit, A_STATE))
		return arena_printf(
		    arena, "action \"%s\" %s", name, state_words(value[A_STATE]));
	if (differs(edit, A_OWNER))
		return arena_printf(
		    arena, "action \"%s\" given to %s", name, value[A_OWNER]);
	if (differs(edit, A_DUE))
		return value[A_DUE] ? arena_printf(arena, "action \"%s\" due %s", name,
		                          value[A_DUE])
		                    : arena_printf(arena,
		                          "action \"%s\" without a due date", name);
	if (differs(edit, A_TEXT))
		return arena_printf(arena, "action \"%s\" reworded to \"%s\"",
		    text_short(or_empty(edit->old.value[A_TEXT]), arena), name);
	return arena_printf(arena, "action \"%s\" changed", name);
}

static const char *newest_review(
    struct store *store, struct arena *arena, struct err *err)
{
	int64_t id;
	return sql_one(store,
	           "SELECT coalesce(max(id), 0) FROM main.review WHERE deleted = 0", 0,
	           &id, err)
	           ? arena_printf(arena, "%lld", (long long)id)
	           : NULL;
}

static bool rev_check(const struct edit *edit, const struct action *action,
    struct store *store, struct arena *arena, bool *conflict, struct err *err)
{
	const struct row *old = &edit->old;
	if (action->id && !old->found)
		return err_set(err, store->path,
		    "there is no action %lld; list them again", (long long)action->id);
	if (!action->id || (row_rev(old) == action->rev && !row_deleted(old)))
		return true;
	*conflict = true;
	return err_set(err, "action",
	    "%s by %s meanwhile; nothing was saved: look at it again",
	    row_deleted(old) ? "taken back" : "changed",
	    last_editor(store, old->table, old->key, arena));
}

/* In the transaction; where nothing differs nothing is written. */
static bool put(struct batch *b, struct edit *edit, const struct action *action,
    bool *conflict, struct err *err)
{
	struct store *store = b->store;
	const char *key = action->id
	                      ? arena_printf(b->arena, "%lld", (long long)action->id)
	                      : row_next_key(store, &action_table, b->arena, err);
	const char *newest = key ? newest_review(store, b->arena, err) : NULL;
	*edit = (struct edit){0};
	if (!newest || !row_load(&edit->old, &action_table, key, store, b->arena, err) ||
	    !rev_check(edit, action, store, b->arena, conflict, err))
		return false;
	edit->row = (struct row){.table = &action_table, .key = key, .found = true};
	fill(edit, action, newest, store, b->arena);
	edit->row.value[0] = edit->old.value[0];
	edit->deal_id = edit->row.value[A_DEAL];
	edit->what = sentence(edit, b->arena);
	return row_same(&edit->old, &edit->row) || batch_put(b, edit, err);
}

static void accept(const struct edit *edit, struct action *action)
{
	instant_t at;
	if (!edit->row.key)
		return;
	action->id = strtoll(edit->row.key, NULL, 10);
	action->rev = row_rev(&edit->row);
	if (instant_parse(edit->row.value[A_AT], &at))
		action->created = at;
}

static bool save(struct batch *b, struct action *actions, size_t count, bool *conflict,
    struct err *err)
{
	struct edit *edits = arena_alloc(b->arena, (count + 1) * sizeof *edits);
	bool there = false, fine = true;
	for (size_t i = 0; fine && i < count; i++)
		fine = put(b, &edits[i], &actions[i], conflict, err);
	fine = batch_end(b, fine, &there, err);
	for (size_t i = 0; there && i < count; i++)
		accept(&edits[i], &actions[i]);
	return fine;
}

bool store_save_actions(struct store *store, struct action *actions, size_t count,
    bool *conflict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	bool fine = true;
	*conflict = false;
	for (size_t i = 0; fine && i < count; i++)
		fine = texts_check(&actions[i], err);
	fine = fine && batch_begin(&batch, store, &arena, err) &&
	       save(&batch, actions, count, conflict, err);
	arena_release(&arena);
	return fine;
}

bool store_save_action(
    struct store *store, struct action *action, bool *conflict, struct err *err)
{
	return store_save_actions(store, action, 1, conflict, err);
}

const char *store_action_editor(struct store *store, struct arena *arena, int64_t id)
{
	const char *key = arena_printf(arena, "%lld", (long long)id);
	return last_editor(store, &action_table, key, arena);
}
