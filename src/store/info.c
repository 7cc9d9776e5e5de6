#include "huddle/store_define.h"
#include "load.h"

/* What is read of all deals at once and is less than the deals: their names,
 * and counts of the whole for the top line and the texts. */

bool store_count_debriefs(struct store *store, int *lost, int *debriefed, struct err *err)
{
	int64_t n_lost, n_debriefed;

	*lost = *debriefed = 0;
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_one(store, "SELECT count(*) FROM deal_summary WHERE status = 'lost'", 0,
	        &n_lost, err) ||
	    !sql_one(store,
	        "SELECT count(*) FROM main.debrief b JOIN deal d ON d.source_id = "
	        "b.deal_id "
	        "JOIN deal_summary s ON s.deal = d.id "
	        "WHERE b.deleted = 0 AND s.status = 'lost'",
	        0, &n_debriefed, err))
		return false;
	*lost = (int)n_lost;
	*debriefed = (int)n_debriefed;
	return true;
}

/* The fiscal year begins as the definition in force says. One that can not be read any
 * more is told by those who need it. */
static int fiscal_start(struct store *store)
{
	struct arena arena = ARENA_INIT;
	struct definition definition;
	struct definition_version version;
	struct err ignored = ERR_INIT;
	int month = 1;

	if (store_load_definition(store, &arena, &definition, &version, &ignored) &&
	    definition.fiscal_start > 0)
		month = definition.fiscal_start;
	arena_release(&arena);
	return month;
}

bool store_info(struct store *store, struct store_info *out, struct err *err)
{
	struct sql q;

	*out = (struct store_info){.as_of = DAY_NONE,
	    .synced_at = INSTANT_NONE,
	    .fiscal_start = fiscal_start(store)};
	if (!store->generation)
		return store_facts(store, err);
	out->has_facts = true;
	if (!sql_begin(&q, store,
	        "SELECT id, as_of, made_at FROM main.generation WHERE id = $1", err))
		return false;
	sql_int(&q, 1, store->generation);
	if (sql_row(&q)) {
		out->sync_id = sql_get_int(&q, 0);
		out->as_of = sql_get_day(&q, 1);
		out->synced_at = sql_get_instant(&q, 2);
	}
	if (!sql_done(&q) ||
	    !sql_one(store, "SELECT count(*) FROM deal_summary", 0, &out->deals, err) ||
	    !sql_one(store, "SELECT count(*) FROM deal_summary WHERE status = 'open'", 0,
	        &out->open, err) ||
	    !sql_one(store,
	        "SELECT coalesce(sum(rows), 0) FROM feed WHERE kind = 'touches'", 0,
	        &out->touches, err) ||
	    !sql_one(store,
	        "SELECT coalesce(sum(rows), 0) FROM feed WHERE kind = 'activities'", 0,
	        &out->activities, err))
		return false;
	return sql_one(store,
	    "SELECT coalesce(sum(rows), 0) FROM feed WHERE kind = 'contacts'", 0,
	    &out->contacts, err);
}

bool store_load_deal_names(
    struct store *store, struct arena *arena, struct deal_names *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct deal_names){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store,
	        "SELECT d.id, d.source_id, d.name FROM deal_summary s JOIN deal d "
	        "ON d.id = s.deal WHERE d.feed IS NOT NULL AND coalesce(d.deleted, 0) = "
	        "0 ORDER BY d.id",
	        err))
		return false;
	while (sql_row(&q)) {
		if (out->count == cap)
			out->items = arena_grow(arena, out->items, &cap,
			    cap ? cap * 2 : 1024, sizeof *out->items);
		out->items[out->count++] = (struct deal_name){
		    sql_get_int(&q, 0), sql_dup(&q, 1, arena), sql_dup(&q, 2, arena)};
	}
	return sql_done(&q);
}
