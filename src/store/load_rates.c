#include "load.h"

/* The rates that exports and mappings gave: those of mappings first, as people
 * wrote them; of the exports each source by itself. */
bool load_rates(
    struct store *store, struct arena *arena, struct rates *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct rates){0};
	if (!sql_begin(&q, store,
	        "SELECT currency, rate, worth, from_day, until_day, "
	        "coalesce(corporate, 0) = 1, CASE section WHEN 'rates' THEN feed.id ELSE "
	        "1000000 + (SELECT min(f.id) FROM feed f WHERE f.source = feed.source "
	        "AND "
	        "f.kind = 'currencies' AND f.section <> 'rates') END AS source "
	        "FROM rate JOIN feed ON feed.id = rate.feed ORDER BY source, rate.id",
	        err))
		return false;
	while (sql_row(&q)) {
		if (out->count == cap)
			out->items = arena_grow(arena, out->items, &cap,
			    cap ? cap * 2 : 32, sizeof *out->items);
		struct rate *r = &out->items[out->count++];
		*r = (struct rate){.units = sql_get_int(&q, 1),
		    .worth = sql_get_int(&q, 2),
		    .from = sql_get_day(&q, 3),
		    .until = sql_get_day(&q, 4),
		    .company = sql_get_int(&q, 5) != 0,
		    .source = (int)sql_get_int(&q, 6)};
		slice_copy(sql_get(&q, 0), r->currency.code, sizeof r->currency.code);
	}
	rates_settle(out);
	return sql_done(&q);
}
