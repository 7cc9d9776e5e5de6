#include "row.h"

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
	A_DELETED
};

/* Open first, by due date, those without one after them. */
#define SELECT_ACTIONS                                                               \
	"SELECT id, rev, deal_id, team, owner, text, due, state, reason, created_at" \
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

static const char *or_empty(const char *text)
{
	return text ? text : "";
}

static const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

static bool texts_check(const struct action *action, struct err *err)
{
	return text_check("deal", action->deal_id, err) &&
	       text_check("owner", action->owner, err) &&
	       text_check("text", action->text, err) &&
	       text_check("reason", action->reason, err) && action_check(action, err);
}

static void fill(struct edit *edit, const struct action *action,
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

static bool next_key(
    struct store *store, const char **key, struct arena *arena, struct err *err)
{
	int64_t id;
	if (!sql_one(
	        store, "SELECT coalesce(max(id), 0) + 1 FROM main.action", 1, &id, err))
		return false;
	*key = arena_printf(arena, "%lld", (long long)id);
	return true;
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

/* In the transaction. *same: nothing differs, so nothing is written. */
static bool put(struct edit *edit, const struct action *action, struct store *store,
    struct arena *arena, bool *conflict, bool *same, struct err *err)
{
	const char *key = arena_printf(arena, "%lld", (long long)action->id);
	if (!action->id && !next_key(store, &key, arena, err))
		return false;
	if (!row_load(&edit->old, &action_table, key, store, arena, err) ||
	    !rev_check(edit, action, store, arena, conflict, err))
		return false;
	edit->row = (struct row){.table = &action_table, .key = key, .found = true};
	fill(edit, action, store, arena);
	*same = row_same(&edit->old, &edit->row);
	edit->deal_id = edit->row.value[A_DEAL];
	edit->what = sentence(edit, arena);
	return *same || edit_write(edit, store, arena, err);
}

static void accept(const struct edit *edit, struct action *action)
{
	instant_t at;
	action->id = strtoll(edit->row.key, NULL, 10);
	action->rev = row_rev(&edit->row);
	if (instant_parse(edit->row.value[A_AT], &at))
		action->created = at;
}

static bool save(struct store *store, struct action *action, struct arena *arena,
    bool *conflict, struct err *err)
{
	struct edit edit = {0};
	bool same = false, there = false;
	if (!sql_begin_write(store, err))
		return false;
	if (!put(&edit, action, store, arena, conflict, &same, err) || same) {
		sql_rollback(store);
		return same;
	}
	bool fine = edit_commit(&edit, store, &there, err);
	if (there)
		accept(&edit, action);
	return fine;
}

bool store_save_action(
    struct store *store, struct action *action, bool *conflict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	*conflict = false;
	bool fine =
	    texts_check(action, err) && save(store, action, &arena, conflict, err);
	arena_release(&arena);
	return fine;
}

const char *store_action_editor(struct store *store, struct arena *arena, int64_t id)
{
	const char *key = arena_printf(arena, "%lld", (long long)id);
	return last_editor(store, &action_table, key, arena);
}
