#include "huddle/store_past.h"
#include "load.h"

/*
 * The past of all deals: what changed on them, who came onto their committees,
 * what their stages mean, and since when the exports tell of anything. Touches
 * and activities are read deal by deal (load_past_events.c).
 */

static bool load_firsts(struct store *store, struct past_firsts *out, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store,
	        "SELECT min(first_touch), min(first_activity), min(first_inbound), "
	        "(SELECT min(as_of) FROM sync), (SELECT max(as_of) FROM sync), "
	        "(SELECT min(created) FROM committee), "
	        "(SELECT min(created) FROM committee WHERE role IS NOT NULL), "
	        "(SELECT min(at) FROM history WHERE close_date IS NOT NULL OR "
	        "replace(replace(lower(field), '_', ''), ' ', '') IN ('closedate', "
	        "'closingdate', 'expectedclosedate', 'estclosedate', "
	        "'estimatedclosedate')), "
	        "EXISTS(SELECT 1 FROM feed WHERE kind = 'activities' AND "
	        "' ' || captured || ' ' LIKE '% created %') FROM deal_summary",
	        err))
		return false;
	if (sql_row(&q))
		*out = (struct past_firsts){.touch = sql_get_day(&q, 0),
		    .activity = sql_get_day(&q, 1),
		    .inbound = sql_get_day(&q, 2),
		    .sync = sql_get_day(&q, 3),
		    .last_sync = sql_get_day(&q, 4),
		    .seat = sql_get_day(&q, 5),
		    .role = sql_get_day(&q, 6),
		    .history = sql_get_day(&q, 7),
		    .written = sql_get_int(&q, 8) != 0};
	return sql_done(&q);
}

static bool load_stages(
    struct store *store, struct arena *arena, struct past *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	if (!sql_begin(&q, store,
	        "SELECT g.name, g.stage_order, g.status = 'open' AND g.stage_order > 0, "
	        "min(coalesce(d.status, 'open')), max(coalesce(d.status, 'open')) "
	        "FROM stage g JOIN deal d ON d.stage = g.name GROUP BY g.name",
	        err))
		return false;
	while (sql_row(&q)) {
		out->stages = arena_grow(
		    arena, out->stages, &cap, out->n_stages + 1, sizeof *out->stages);
		struct past_stage *stage = &out->stages[out->n_stages++];
		*stage = (struct past_stage){.name = sql_dup(&q, 0, arena),
		    .order = (int)sql_get_int(&q, 1),
		    .ranked = sql_get_int(&q, 2) != 0};
		/* Of one word for all its deals, if it is not "open". */
		if (slice_is(sql_get(&q, 3), "won"))
			stage->status = DEAL_WON;
		else if (slice_is(sql_get(&q, 4), "lost"))
			stage->status = DEAL_LOST;
	}
	return sql_done(&q);
}

static bool load_seats(
    struct store *store, struct arena *arena, struct past *out, struct err *err)
{
	struct sql q;
	size_t i = 0, cap = 0;

	if (!sql_begin(&q, store,
	        "SELECT deal, contact, created, role FROM committee ORDER BY deal, id",
	        err))
		return false;
	while (sql_row(&q)) {
		int64_t key = sql_get_int(&q, 0);
		struct slice role = sql_get(&q, 3);
		for (; i < out->n_deals && out->deals[i].now->key < key; cap = 0)
			i++;
		if (i == out->n_deals || out->deals[i].now->key != key)
			continue;
		struct past_deal *d = &out->deals[i];
		d->seats =
		    arena_grow(arena, d->seats, &cap, d->n_seats + 1, sizeof *d->seats);
		d->seats[d->n_seats++] =
		    (struct past_seat){.contact = (uint32_t)sql_get_int(&q, 1),
		        .since = sql_get_day(&q, 2),
		        .has_role = role.len > 0,
		        .economic_buyer = role_is_economic_buyer(role)};
	}
	return sql_done(&q);
}

/* By our syncs: the first row of presence tells when a deal came that was not
 * there from the beginning. */
static day_t first_seen(const struct change_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].field == CHANGE_PRESENCE)
			return *list->items[i].old_value
			           ? DAY_NONE
			           : day_of_instant(list->items[i].at);
	return DAY_NONE;
}

bool past_of_deals(struct store *store, struct arena *arena,
    const struct deal_list *deals, bool few, struct past_deal **out, struct err *err)
{
	struct change_list *changes =
	    arena_alloc(arena, (deals->count + 1) * sizeof *changes);
	bool *crm = arena_alloc(arena, deals->count + 1);

	if (!load_all_changes(store, arena, deals, few, changes, crm, err))
		return false;
	*out = arena_alloc(arena, (deals->count + 1) * sizeof **out);
	for (size_t i = 0; i < deals->count; i++)
		(*out)[i] = (struct past_deal){.now = &deals->items[i],
		    .changes = changes[i],
		    .crm_history = crm[i],
		    .first_seen = first_seen(&changes[i])};
	return true;
}

static bool load_deals(struct store *store, struct arena *arena, day_t since, day_t today,
    struct past *out, struct err *err)
{
	struct deal_list deals;
	bool few = since != DAY_NONE;

	if (few ? !load_deals_since(store, arena, since, today, &deals, err)
	        : !store_load_deals(store, arena, -1, 0, today, &deals, err))
		return false;
	out->n_deals = deals.count;
	return past_of_deals(store, arena, &deals, few, &out->deals, err);
}

bool load_past_since(struct store *store, struct arena *arena, day_t since, day_t today,
    struct past *out, struct err *err)
{
	*out = (struct past){.end = DAY_NONE};
	if (!store->generation)
		return store_facts(store, err);
	if (!load_firsts(store, &out->firsts, err) ||
	    !load_rates(store, arena, &out->rates, err) ||
	    !load_stages(store, arena, out, err) ||
	    !load_deals(store, arena, since, today, out, err))
		return false;
	out->end =
	    out->firsts.last_sync == DAY_NONE ? DAY_NONE : out->firsts.last_sync + 1;
	past_prepare(out, arena);
	return true;
}

bool store_load_past(struct store *store, struct arena *arena, day_t today,
    struct past *out, struct err *err)
{
	return load_past_since(store, arena, DAY_NONE, today, out, err) &&
	       load_seats(store, arena, out, err);
}

bool store_load_standing(struct store *store, struct arena *arena, day_t since,
    day_t today, struct past *out, struct err *err)
{
	return load_past_since(store, arena, since, today, out, err);
}
