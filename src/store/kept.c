#include "row.h"

#include "huddle/store_meeting.h"
#include <string.h>

/* Small records: pinned deals, filters under a name, lists that RevOps edits. */
enum { P_REV, P_BY, P_AT, P_DELETED };
enum { S_REV, S_TEXT, S_BY, S_AT, S_DELETED }; /* of slices and of word lists */

/* One row, whoever wrote it last: these are said, not edited. */
static bool put(struct store *store, struct row *row, const char *deal_id,
    const char *what, struct arena *arena, struct err *err)
{
	struct batch batch;
	struct row old;
	bool conflict, there, fine = batch_begin(&batch, store, arena, err);
	if (!fine)
		return false;
	fine = row_load(&old, row->table, row->key, store, arena, err);
	if (fine && !(row_deleted(&old) && row_deleted(row)))
		fine = row_put(&batch, row, row_deleted(&old) ? 0 : row_rev(&old),
		    "record", deal_id, what, &conflict, err);
	return batch_end(&batch, fine, &there, err);
}

bool store_save_pin(
    struct store *store, const char *deal_id, bool pinned, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct row row = {.table = &pin_table, .key = deal_id, .found = true};
	row.value[P_BY] = store->person;
	row.value[P_AT] = row_now(&arena);
	row_set_deleted(&row, !pinned);
	bool fine =
	    text_check("deal", deal_id, err) &&
	    put(store, &row, deal_id,
	        arena_printf(&arena, "\"%s\" %s", deal_title(store, deal_id, &arena),
	            pinned ? "pinned" : "unpinned"),
	        &arena, err);
	arena_release(&arena);
	return fine;
}

bool store_load_pins(struct store *store, struct arena *arena, const char ***out,
    size_t *count, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = NULL;
	*count = 0;
	if (sql_begin(&q, store,
	        "SELECT deal_id FROM main.pin WHERE deleted = 0 ORDER BY created_at, "
	        "deal_id",
	        err))
		while (sql_row(&q)) {
			*out = arena_grow(arena, *out, &cap, *count + 1, sizeof **out);
			(*out)[(*count)++] = sql_dup(&q, 0, arena);
		}
	return sql_done(&q);
}

/* Text under a name; NULL: dropped. */
static bool save_named(struct store *store, const struct row_table *table,
    const char *name, const char *text, const char *called, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct row row = {.table = table, .key = name, .found = true};
	row.value[S_TEXT] = or_empty(text);
	row.value[S_BY] = store->person;
	row.value[S_AT] = row_now(&arena);
	row_set_deleted(&row, !text);
	bool fine = text_check(called, name, err) && text_check(called, text, err) &&
	            put(store, &row, NULL,
	                arena_printf(&arena, "%s \"%s\" %s", called,
	                    text_short(name, &arena), text ? "saved" : "dropped"),
	                &arena, err);
	arena_release(&arena);
	return fine;
}

bool store_save_slice(
    struct store *store, const char *name, const char *filter, struct err *err)
{
	return save_named(store, &slice_table, name, filter, "slice", err);
}

bool store_load_slices(struct store *store, struct arena *arena, struct slice_item **out,
    size_t *count, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = NULL;
	*count = 0;
	if (sql_begin(&q, store,
	        "SELECT name, filter, created_by FROM main.slice WHERE deleted = 0 "
	        "ORDER BY name",
	        err))
		while (sql_row(&q)) {
			*out = arena_grow(arena, *out, &cap, *count + 1, sizeof **out);
			(*out)[(*count)++] = (struct slice_item){sql_dup(&q, 0, arena),
			    sql_dup(&q, 1, arena), sql_dup(&q, 2, arena)};
		}
	return sql_done(&q);
}

bool store_save_words(
    struct store *store, const char *name, const char *words, struct err *err)
{
	return save_named(store, &word_list_table, name, words, "list", err);
}

bool store_load_word_list(struct store *store, struct arena *arena, const char *name,
    const char *const **out, struct err *err)
{
	struct row row;
	const char **words;
	size_t count;
	*out = NULL;
	if (!row_load(&row, &word_list_table, name, store, arena, err))
		return false;
	if (row_deleted(&row))
		return true;
	if (!word_list_read(
	        or_empty(row.value[S_TEXT]), arena, &words, &count, name, err))
		return false;
	if (count)
		*out = words;
	return true;
}

bool store_debrief_rules(
    struct store *store, struct arena *arena, struct debrief_rules *out, struct err *err)
{
	*out = (struct debrief_rules){0};
	return store_load_word_list(store, arena, "reasons", &out->reasons, err);
}
