#include "huddle/provenance.h"
#include "sql.h"

/* Every sync there was, and what one saw move. */

/* A generation holds the syncs after the generation before it, up to its own
 * number; those that were undone are known by their generation alone. */
static const char undone_text[] =
    "SELECT id, as_of, made_at, made_by, 0, 0, 0, 0, 1 FROM main.generation "
    "WHERE dropped = 1 ORDER BY id DESC";
static const char all_text[] =
    "SELECT s.id, s.as_of, s.at, (SELECT made_by FROM main.generation g "
    "WHERE g.id >= s.id ORDER BY g.id LIMIT 1), added, updated, missing, rejected, 0 "
    "FROM facts.sync s UNION ALL "
    "SELECT id, as_of, made_at, made_by, 0, 0, 0, 0, 1 FROM main.generation "
    "WHERE dropped = 1 ORDER BY 1 DESC";

bool store_load_syncs(
    struct store *store, struct arena *arena, struct sync_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct sync_list){0};
	if (!store_facts(store, err) ||
	    !sql_begin(&q, store, store->generation ? all_text : undone_text, err))
		return false;
	while (sql_row(&q)) {
		if (out->count == cap)
			out->items = arena_grow(arena, out->items, &cap,
			    cap ? cap * 2 : 16, sizeof *out->items);
		out->items[out->count++] = (struct sync_info){.id = sql_get_int(&q, 0),
		    .as_of = sql_get_day(&q, 1),
		    .at = sql_get_instant(&q, 2),
		    .by = sql_dup(&q, 3, arena),
		    .added = sql_get_int(&q, 4),
		    .updated = sql_get_int(&q, 5),
		    .missing = sql_get_int(&q, 6),
		    .rejected = sql_get_int(&q, 7),
		    .undone = sql_get_int(&q, 8) != 0,
		    .current = sql_get_int(&q, 0) == store->generation};
	}
	return sql_done(&q);
}

static bool read_move(struct sql *q, struct arena *arena, struct move *out)
{
	*out = (struct move){.deal_id = sql_dup(q, 0, arena),
	    .deal = sql_dup(q, 1, arena),
	    .account = sql_dup(q, 2, arena),
	    .old_value = sql_dup(q, 5, arena),
	    .new_value = sql_dup(q, 6, arena)};
	slice_copy(sql_get(q, 3), out->currency.code, sizeof out->currency.code);
	return change_field_find(sql_dup(q, 4, arena), &out->field);
}

bool store_load_moves(struct store *store, struct arena *arena, int64_t sync,
    struct move_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct move_list){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store,
	        "SELECT d.source_id, coalesce(d.name, d.source_id), a.name, d.currency, "
	        "s.field, s.old, s.new FROM facts.snapshot s JOIN deal d ON d.id = "
	        "s.deal "
	        "LEFT JOIN account a ON a.id = d.account WHERE s.sync = $1 "
	        "ORDER BY 2, d.id, s.field",
	        err))
		return false;
	sql_int(&q, 1, sync);
	while (sql_row(&q)) {
		if (out->count == cap)
			out->items = arena_grow(arena, out->items, &cap,
			    cap ? cap * 2 : 64, sizeof *out->items);
		out->count += read_move(&q, arena, &out->items[out->count]);
	}
	return sql_done(&q);
}
