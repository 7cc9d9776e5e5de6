#include "row.h"

#include <string.h>
#include <time.h>

/* Snoozes: one row a deal. Waking a deal early deletes it, as undo does. */
enum { S_REV, S_UNTIL, S_REASON, S_BY, S_AT, S_DELETED };

bool store_load_snooze(struct store *store, struct arena *arena, const char *deal_id,
    struct snooze *out, bool *found, struct err *err)
{
	struct row row;
	const char *key = arena_strdup(arena, deal_id);
	*out = (struct snooze){.deal_id = key,
	    .reason = "",
	    .by = "",
	    .until = DAY_NONE,
	    .at = INSTANT_NONE};
	*found = false;
	if (!row_load(&row, &snooze_table, key, store, arena, err))
		return false;
	if (row_deleted(&row))
		return true;
	out->rev = row_rev(&row);
	out->reason = or_empty(row.value[S_REASON]);
	out->by = or_empty(row.value[S_BY]);
	if (!day_parse(or_empty(row.value[S_UNTIL]), &out->until))
		out->until = DAY_NONE;
	if (!instant_parse(or_empty(row.value[S_AT]), &out->at))
		out->at = INSTANT_NONE;
	*found = true;
	return true;
}

static bool rev_check(const struct edit *edit, const struct snooze *snooze,
    struct store *store, struct arena *arena, bool *conflict, struct err *err)
{
	int64_t rev = row_deleted(&edit->old) ? 0 : row_rev(&edit->old);
	if (rev == snooze->rev)
		return true;
	*conflict = true;
	return err_set(err, "snooze",
	    "changed by %s meanwhile; nothing was saved: look at it again",
	    last_editor(store, edit->old.table, edit->old.key, arena));
}

static void fill(struct edit *edit, const struct snooze *snooze, bool wake,
    const struct store *store, struct arena *arena)
{
	char day[DAY_TEXT], at[INSTANT_TEXT];
	const char **value = edit->row.value;
	if (wake) {
		edit->row = edit->old;
		row_set_deleted(&edit->row, true);
		return;
	}
	value[S_UNTIL] = arena_strdup(arena, day_format(snooze->until, day));
	value[S_REASON] = arena_strdup(arena, snooze->reason);
	value[S_BY] = store->person;
	value[S_AT] = arena_strdup(arena, instant_format(time(NULL), at));
	value[S_DELETED] = "0";
}

/* In the transaction. */
static bool put(struct edit *edit, const struct snooze *snooze, bool wake,
    struct store *store, struct arena *arena, bool *conflict, struct err *err)
{
	const char *key = snooze->deal_id;
	char day[DAY_TEXT];
	if (!row_load(&edit->old, &snooze_table, key, store, arena, err) ||
	    !rev_check(edit, snooze, store, arena, conflict, err))
		return false;
	edit->row = (struct row){.table = &snooze_table, .key = key, .found = true};
	fill(edit, snooze, wake, store, arena);
	edit->deal_id = key;
	edit->what =
	    wake ? arena_printf(arena, "\"%s\" woken", deal_title(store, key, arena))
	         : arena_printf(arena, "\"%s\" snoozed until %s",
	               deal_title(store, key, arena), day_format(snooze->until, day));
	return edit_write(edit, store, arena, err);
}

static bool save(struct store *store, struct snooze *snooze, bool wake,
    struct arena *arena, bool *conflict, struct err *err)
{
	struct edit edit = {0};
	bool there = false;
	if (!sql_begin_write(store, err))
		return false;
	if (!put(&edit, snooze, wake, store, arena, conflict, err)) {
		sql_rollback(store);
		return false;
	}
	bool fine = edit_commit(&edit, store, &there, err);
	if (there)
		snooze->rev = wake ? 0 : row_rev(&edit.row);
	return fine;
}

bool store_save_snooze(struct store *store, struct snooze *snooze, bool wake,
    bool *conflict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	*conflict = false;
	bool fine = text_check("deal", snooze->deal_id, err) &&
	            text_check("reason", snooze->reason, err) &&
	            save(store, snooze, wake, &arena, conflict, err);
	arena_release(&arena);
	return fine;
}

const char *store_snooze_editor(
    struct store *store, struct arena *arena, const char *deal_id)
{
	return last_editor(store, &snooze_table, deal_id, arena);
}
