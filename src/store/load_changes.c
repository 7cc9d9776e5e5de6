#include "load.h"
#include <stdlib.h>

/*
 * How a deal came to be what it is: the CRM's history where it is exported,
 * and what our own syncs saw change where it is not.
 */

struct versions {
	struct version *items;
	size_t count, cap;
};

static const char *amount_dup(
    struct sql *q, int column, struct currency currency, struct arena *arena)
{
	char buf[MONEY_TEXT];

	if (sql_is_null(q, column))
		return NULL;
	return arena_strdup(arena, money_plain(sql_get_int(q, column), currency, buf));
}

static const char *dup_or_null(struct sql *q, int column, struct arena *arena)
{
	return sql_is_null(q, column) ? NULL : sql_dup(q, column, arena);
}

/* One set of names: Salesforce's history says BestCase or Best Case. */
static const char *forecast_word(const char *text)
{
	enum forecast forecast = text ? forecast_read(slice_of(text)) : FORECAST_NONE;

	return forecast == FORECAST_NONE ? text : forecast_name(forecast);
}

static void add_change(
    struct change_list *list, struct arena *arena, struct change change)
{
	if (list->count == list->cap)
		list->items = arena_grow(arena, list->items, &list->cap,
		    list->cap ? list->cap * 2 : 16, sizeof *list->items);
	if (change.field == CHANGE_FORECAST) {
		change.old_value = forecast_word(change.old_value);
		change.new_value = forecast_word(change.new_value);
	}
	list->items[list->count++] = change;
}

static void add_history_row(struct sql *q, struct arena *arena, struct change_list *out,
    struct versions *versions)
{
	struct currency currency = {""};
	struct slice field = sql_get(q, 1);

	slice_copy(sql_get(q, 8), currency.code, sizeof currency.code);
	if (field.len) {
		struct change change = {.at = sql_get_instant(q, 0), .from_crm = true};
		const char *name = sql_dup(q, 1, arena);
		if (!change_field_find(name, &change.field))
			return;
		change.old_value = sql_dup(q, 2, arena);
		change.new_value = sql_dup(q, 3, arena);
		add_change(out, arena, change);
		return;
	}
	if (versions->count == versions->cap)
		versions->items = arena_grow(arena, versions->items, &versions->cap,
		    versions->cap ? versions->cap * 2 : 16, sizeof *versions->items);
	versions->items[versions->count++] = (struct version){.at = sql_get_instant(q, 0),
	    .stage = dup_or_null(q, 4, arena),
	    .amount = amount_dup(q, 5, currency, arena),
	    .close_date = dup_or_null(q, 6, arena),
	    .forecast = forecast_word(dup_or_null(q, 7, arena))};
}

static bool load_history(struct store *store, struct arena *arena, int64_t deal,
    struct change_list *out, bool *any, struct err *err)
{
	struct sql q;
	struct versions versions = {0};

	if (!sql_begin(&q, store,
	        "SELECT h.at, h.field, h.old, h.new, h.stage, h.amount, h.close_date, "
	        "h.forecast, "
	        "d.currency FROM history h JOIN deal d ON d.id = h.deal "
	        "WHERE h.deal = $1 ORDER BY h.at, h.id",
	        err))
		return false;
	sql_int(&q, 1, deal);
	while (sql_row(&q))
		add_history_row(&q, arena, out, &versions);
	*any = out->count || versions.count;
	changes_of_versions(out, arena, versions.items, versions.count);
	return sql_done(&q);
}

bool load_changes(struct store *store, struct arena *arena, int64_t deal,
    struct change_list *out, bool *crm_history, struct err *err)
{
	struct sql q;

	*out = (struct change_list){0};
	if (!load_history(store, arena, deal, out, crm_history, err))
		return false;
	if (!sql_begin(&q, store,
	        "SELECT at, field, old, new FROM snapshot WHERE deal = $1 AND "
	        "(field IN ('owner', 'status', 'presence') OR at > coalesce("
	        "(SELECT max(as_of) FROM feed WHERE kind = 'history' AND rows > 0), '')) "
	        "ORDER BY sync",
	        err))
		return false;
	sql_int(&q, 1, deal);
	while (sql_row(&q)) {
		struct change change = {.at = sql_get_instant(&q, 0)};
		if (!change_field_find(sql_dup(&q, 1, arena), &change.field))
			continue;
		change.old_value = sql_dup(&q, 2, arena);
		change.new_value = sql_dup(&q, 3, arena);
		add_change(out, arena, change);
	}
	changes_order(out);
	return sql_done(&q);
}

bool store_load_changes(struct store *store, struct arena *arena, const struct deal *deal,
    struct change_list *out, struct err *err)
{
	bool crm_history;

	*out = (struct change_list){0};
	if (!store->generation)
		return store_facts(store, err);
	return load_changes(store, arena, deal->key, out, &crm_history, err);
}
