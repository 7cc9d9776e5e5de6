#include "huddle/lead_score.h"
#include "huddle/store_define.h"
#include "sql.h"

#include <string.h>

/* Leads with the keys of the definition that their touches earn. */

/* keys: of the rows, in their order; NULL where there are none. */
static struct scored_lead *lead_by_key(
    struct scored_leads *leads, const int64_t *keys, int64_t key)
{
	size_t low = 0, high = leads->count;

	if (!keys)
		return NULL;
	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (keys[middle] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < leads->count && keys[low] == key ? &leads->items[low] : NULL;
}

static bool load_leads(struct store *store, struct arena *arena, struct period made,
    struct scored_leads *out, int64_t **keys, struct err *err)
{
	struct sql q;
	size_t cap = 0, key_cap = 0;
	char first[DAY_TEXT], after[DAY_TEXT];

	*out = (struct scored_leads){0};
	*keys = NULL;
	if (!sql_begin(&q, store,
	        "SELECT id, source_id, coalesce(name, email, company, ''), created, "
	        "mql_at, "
	        "converted_at IS NOT NULL OR deal IS NOT NULL FROM lead WHERE feed IS "
	        "NOT "
	        "NULL AND missing IS NULL AND created >= $1 AND created < $2 ORDER BY id",
	        err))
		return sql_done(&q);
	sql_text(&q, 1, day_format(made.first, first));
	sql_text(&q, 2, day_format(made.last + 1, after));
	while (sql_row(&q)) {
		*keys = arena_grow(arena, *keys, &key_cap, out->count + 1, sizeof **keys);
		out->items = arena_grow(
		    arena, out->items, &cap, out->count + 1, sizeof *out->items);
		(*keys)[out->count] = sql_get_int(&q, 0);
		out->items[out->count++] =
		    (struct scored_lead){.id = sql_dup(&q, 1, arena),
		        .name = sql_dup(&q, 2, arena),
		        .created = sql_get_day(&q, 3),
		        .until = sql_get_instant(&q, 4),
		        .converted = sql_get_int(&q, 5) != 0};
	}
	return sql_done(&q);
}

bool store_load_scored_leads(struct store *store, struct arena *arena,
    const struct definition *d, struct period made, struct scored_leads *out,
    struct err *err)
{
	struct sql q;
	int64_t *keys;
	char first[DAY_TEXT], after[DAY_TEXT];

	*out = (struct scored_leads){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!load_leads(store, arena, made, out, &keys, err) ||
	    !sql_begin(&q, store,
	        "SELECT l.id, t.at, coalesce(t.kind, k.kind, ''), coalesce(k.kind, '') "
	        "|| ' ' "
	        "|| coalesce(k.name, '') FROM lead l JOIN touch t ON t.lead = l.id "
	        "LEFT JOIN campaign k ON k.id = t.campaign WHERE l.created >= $1 AND "
	        "l.created < $2 UNION ALL "
	        "SELECT l.id, t.at, coalesce(t.kind, k.kind, ''), coalesce(k.kind, '') "
	        "|| ' ' "
	        "|| coalesce(k.name, '') FROM lead l JOIN touch t ON t.contact = "
	        "l.contact "
	        "LEFT JOIN campaign k ON k.id = t.campaign WHERE l.created >= $1 AND "
	        "l.created < $2 AND l.contact IS NOT NULL",
	        err))
		return false;
	sql_text(&q, 1, day_format(made.first, first));
	sql_text(&q, 2, day_format(made.last + 1, after));
	while (sql_row(&q)) {
		struct scored_lead *l = lead_by_key(out, keys, sql_get_int(&q, 0));

		if (l)
			lead_score_add(
			    l, d, sql_get_instant(&q, 1), sql_get(&q, 2), sql_get(&q, 3));
	}
	if (!sql_done(&q))
		return false;
	lead_score_settle(out, d);
	return true;
}
