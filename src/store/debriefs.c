#include "row.h"

#include <string.h>
#include <time.h>

/* The columns between rev and filed_by are the fields of enum debrief_field. */
enum { D_REV, D_FIRST, D_BY = D_FIRST + DEBRIEF_FIELDS, D_AT, D_DELETED };
_Static_assert(
    (int)D_DELETED < (int)ROW_COLUMNS, "a debrief has more columns than a row");

bool store_load_debrief(struct store *store, struct arena *arena, const char *deal_id,
    struct debrief *out, bool *found, struct err *err)
{
	struct row row;
	const char *key = arena_strdup(arena, or_empty(deal_id));
	*out = (struct debrief){.deal_id = key, .by = "", .at = INSTANT_NONE};
	*found = false;
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		out->value[i] = "";
	if (!row_load(&row, &debrief_table, key, store, arena, err))
		return false;
	if (row_deleted(&row))
		return true;
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		out->value[i] = or_empty(row.value[D_FIRST + i]);
	out->rev = row_rev(&row);
	out->by = or_empty(row.value[D_BY]);
	if (!instant_parse(or_empty(row.value[D_AT]), &out->at))
		out->at = INSTANT_NONE;
	*found = true;
	return true;
}

const char *deal_title(struct store *store, const char *deal_id, struct arena *arena)
{
	struct sql q;
	struct err ignored = ERR_INIT;
	const char *name = "";
	if (!store->generation)
		return deal_id;
	if (sql_begin(&q, store, "SELECT name FROM facts.deal WHERE source_id = $1",
	        &ignored)) {
		sql_text(&q, 1, deal_id);
		if (sql_row(&q))
			name = text_short(sql_dup(&q, 0, arena), arena);
	}
	sql_done(&q);
	return *name ? name : deal_id;
}

static bool texts_check(const struct debrief *debrief, struct err *err)
{
	if (!*or_empty(debrief->deal_id))
		return err_set(err, "debrief", "of no deal; name the deal it is about");
	if (!text_check("deal", debrief->deal_id, err))
		return false;
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		if (!text_check(debrief_infos[i].name, debrief->value[i], err))
			return false;
	return true;
}

/* Who filed it and when stay those of the first filing: how soon a debrief
 * came is counted; who changed it later is in the log. */
static void fill(struct edit *edit, const struct debrief *debrief,
    const struct store *store, struct arena *arena)
{
	char at[INSTANT_TEXT];
	const struct row *old = &edit->old;
	const char **value = edit->row.value;
	bool again = !row_deleted(old);
	instant_t filed = debrief->at > 0 ? debrief->at : time(NULL);
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		value[D_FIRST + i] = or_null(debrief->value[i]);
	value[D_BY] = again ? old->value[D_BY] : store->person;
	value[D_AT] =
	    again ? old->value[D_AT] : arena_strdup(arena, instant_format(filed, at));
	value[D_DELETED] = "0";
}

static bool rev_check(const struct edit *edit, const struct debrief *debrief,
    struct store *store, struct arena *arena, bool *conflict, struct err *err)
{
	const struct row *old = &edit->old;
	int64_t rev = row_deleted(old) ? 0 : row_rev(old);
	if (rev == debrief->rev)
		return true;
	*conflict = true;
	return err_set(err, "debrief",
	    "%s by %s meanwhile; nothing was saved: look at it again",
	    row_deleted(old) ? "taken back" : (debrief->rev ? "changed" : "filed"),
	    last_editor(store, old->table, old->key, arena));
}

static bool drop_draft(struct store *store, const char *deal_id, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "DELETE FROM main.draft WHERE deal_id = $1 AND form = 'debrief' AND "
	        "person = $2",
	        err)) {
		sql_text(&q, 1, deal_id);
		sql_text(&q, 2, store->person);
		sql_step(&q);
	}
	return sql_done(&q);
}

/* In the transaction. *same: nothing differs, so only the draft goes. */
static bool put(struct edit *edit, const struct debrief *debrief, struct store *store,
    struct arena *arena, bool *conflict, bool *same, struct err *err)
{
	const char *key = debrief->deal_id;
	if (!row_load(&edit->old, &debrief_table, key, store, arena, err) ||
	    !rev_check(edit, debrief, store, arena, conflict, err))
		return false;
	edit->row = (struct row){.table = &debrief_table, .key = key, .found = true};
	fill(edit, debrief, store, arena);
	*same = row_same(&edit->old, &edit->row);
	edit->deal_id = key;
	edit->what = arena_printf(arena, "debrief of \"%s\" %s",
	    deal_title(store, key, arena), row_deleted(&edit->old) ? "filed" : "changed");
	return (*same || edit_write(edit, store, arena, err)) &&
	       drop_draft(store, key, err);
}

static void accept(const struct edit *edit, struct debrief *debrief, struct store *store)
{
	bool new = row_deleted(&edit->old);
	debrief->rev = row_rev(&edit->row);
	if (new)
		debrief->by = store->person;
	if (!instant_parse(edit->row.value[D_AT], &debrief->at))
		debrief->at = INSTANT_NONE;
}

static bool save(struct store *store, struct debrief *debrief, struct arena *arena,
    bool *conflict, struct err *err)
{
	struct edit edit = {0};
	bool same = false, there = false;
	if (!sql_begin_write(store, err))
		return false;
	if (!put(&edit, debrief, store, arena, conflict, &same, err)) {
		sql_rollback(store);
		return false;
	}
	if (same) {
		if (sql_commit(store, err))
			return true;
		sql_rollback(store);
		return false;
	}
	bool fine = edit_commit(&edit, store, &there, err);
	if (there)
		accept(&edit, debrief, store);
	return fine;
}

bool store_save_debrief(
    struct store *store, struct debrief *debrief, bool *conflict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	*conflict = false;
	bool fine =
	    texts_check(debrief, err) && save(store, debrief, &arena, conflict, err);
	arena_release(&arena);
	return fine;
}

const char *store_debrief_editor(
    struct store *store, struct arena *arena, const char *deal_id)
{
	return last_editor(store, &debrief_table, deal_id, arena);
}

/* Kept whatever else happens: a newer draft stays as it is. */
bool debrief_redraft(struct store *store, const struct row *filed, struct err *err)
{
	struct str draft = STR_INIT;
	struct sql q;
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		row_format_value(
		    &draft, debrief_infos[i].name, filed->value[D_FIRST + i]);
	if (sql_begin(&q, store,
	        "INSERT INTO main.draft(deal_id, form, person, text, saved_at)"
	        " VALUES($1, 'debrief', $2, $3, $4)"
	        " ON CONFLICT(deal_id, form, person) DO NOTHING",
	        err)) {
		sql_text(&q, 1, filed->key);
		sql_text(&q, 2, store->person);
		sql_text(&q, 3, str_text(&draft));
		sql_instant(&q, 4, time(NULL));
		sql_step(&q);
	}
	str_release(&draft);
	return sql_done(&q);
}
