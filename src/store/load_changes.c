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

#define HISTORY_COLUMNS                                                          \
	"h.deal, h.at, h.field, h.old, h.new, h.stage, h.amount, h.close_date, " \
	"h.forecast"

/* CRM history names owners by id; here they go by name, as everywhere. */
static const char *owner_name(
    struct store *store, struct arena *arena, const char *id, struct err *err)
{
	const char *name = id;
	struct sql q;

	if (!*id ||
	    !sql_begin(&q, store,
	        "SELECT coalesce(name, source_id) FROM person WHERE source_id = $1 "
	        "AND feed IS NOT NULL",
	        err))
		return id;
	sql_text(&q, 1, id);
	if (sql_row(&q))
		name = sql_dup(&q, 0, arena);
	return sql_done(&q) ? name : id;
}

static void add_history_row(struct sql *q, struct currency currency, struct arena *arena,
    struct change_list *out, struct versions *versions)
{
	struct slice field = sql_get(q, 2);

	if (field.len) {
		struct change change = {.at = sql_get_instant(q, 1), .from_crm = true};
		const char *name = sql_dup(q, 2, arena);
		if (!change_field_find(name, &change.field))
			return;
		change.old_value = sql_dup(q, 3, arena);
		change.new_value = sql_dup(q, 4, arena);
		if (change.field == CHANGE_OWNER) {
			change.old_value =
			    owner_name(q->store, arena, change.old_value, q->err);
			change.new_value =
			    owner_name(q->store, arena, change.new_value, q->err);
		}
		add_change(out, arena, change);
		return;
	}
	if (versions->count == versions->cap)
		versions->items = arena_grow(arena, versions->items, &versions->cap,
		    versions->cap ? versions->cap * 2 : 16, sizeof *versions->items);
	versions->items[versions->count++] = (struct version){.at = sql_get_instant(q, 1),
	    .stage = dup_or_null(q, 5, arena),
	    .amount = amount_dup(q, 6, currency, arena),
	    .close_date = dup_or_null(q, 7, arena),
	    .forecast = forecast_word(dup_or_null(q, 8, arena))};
}

/* The fields that the CRM's history tells of this deal. It tells nothing of who
 * owns a deal by our names, nor whether it is open or in the export. */
static void find_told(
    bool told[CHANGE_FIELDS], const struct change_list *list, const struct versions *v)
{
	for (size_t i = 0; i < list->count; i++)
		told[list->items[i].field] = true;
	for (size_t i = 0; i < v->count; i++) {
		told[CHANGE_STAGE] |= v->items[i].stage != NULL;
		told[CHANGE_AMOUNT] |= v->items[i].amount != NULL;
		told[CHANGE_CLOSE_DATE] |= v->items[i].close_date != NULL;
		told[CHANGE_FORECAST] |= v->items[i].forecast != NULL;
	}
	told[CHANGE_OWNER] = told[CHANGE_STATUS] = told[CHANGE_PRESENCE] = false;
}

static void add_snapshot_row(struct sql *q, struct arena *arena,
    const bool told[CHANGE_FIELDS], struct change_list *out)
{
	struct change change = {.at = sql_get_instant(q, 1)};

	if (!change_field_find(sql_dup(q, 2, arena), &change.field) ||
	    (told[change.field] && sql_get_int(q, 5)))
		return;
	change.old_value = sql_dup(q, 3, arena);
	change.new_value = sql_dup(q, 4, arena);
	add_change(out, arena, change);
}

/* Rows of history and of snapshots in the order of deals; $1: of this one, 0 of
 * all. What the newest history file tells of, our own syncs need not: a
 * column of snapshots says whether it is one of then. */
/* All of them are sorted as they are read (the + keeps the index out of it): looking
 * each up in the order of its index takes twice as long. */
static const char history_text[] =
    "SELECT " HISTORY_COLUMNS " FROM history h ORDER BY +h.deal, h.at, h.id";
static const char history_of_text[] =
    "SELECT " HISTORY_COLUMNS " FROM history h WHERE h.deal = $1 ORDER BY h.at, h.id";

#define SNAPSHOTS                                                             \
	"SELECT deal, at, field, old, new, at <= coalesce("                   \
	"(SELECT max(as_of) FROM feed WHERE kind = 'history' AND rows > 0), " \
	"'') FROM snapshot "
static const char snapshot_text[] = SNAPSHOTS "ORDER BY deal, sync";
static const char snapshot_of_text[] = SNAPSHOTS "WHERE deal = $1 ORDER BY sync";

/* Two readers that stand on the next row each. */
struct changes_reader {
	struct sql history, snapshot;
	bool more_history, more_snapshot;
};

static bool reader_open(
    struct changes_reader *r, struct store *store, int64_t only, struct err *err)
{
	if (!sql_begin(&r->history, store, only ? history_of_text : history_text, err))
		return false;
	if (!sql_begin(&r->snapshot, store, only ? snapshot_of_text : snapshot_text, err))
		return sql_done(&r->history) && false;
	if (only) {
		sql_int(&r->history, 1, only);
		sql_int(&r->snapshot, 1, only);
	}
	r->more_history = sql_row(&r->history);
	r->more_snapshot = sql_row(&r->snapshot);
	return true;
}

static bool reader_close(struct changes_reader *r)
{
	bool history = sql_done(&r->history), snapshot = sql_done(&r->snapshot);

	return history && snapshot;
}

/* Rows of deals that come before it are passed over. */
static void read_deal(struct changes_reader *r, int64_t deal, struct currency currency,
    struct arena *arena, struct change_list *out, bool *crm_history)
{
	struct versions versions = {0};
	bool told[CHANGE_FIELDS] = {false};

	*out = (struct change_list){0};
	*crm_history = false;
	while (r->more_history && sql_get_int(&r->history, 0) <= deal) {
		if (sql_get_int(&r->history, 0) == deal)
			add_history_row(&r->history, currency, arena, out, &versions);
		r->more_history = sql_row(&r->history);
	}
	*crm_history = out->count || versions.count;
	find_told(told, out, &versions);
	changes_of_versions(out, arena, versions.items, versions.count);
	while (r->more_snapshot && sql_get_int(&r->snapshot, 0) <= deal) {
		if (sql_get_int(&r->snapshot, 0) == deal)
			add_snapshot_row(&r->snapshot, arena, told, out);
		r->more_snapshot = sql_row(&r->snapshot);
	}
	changes_order(out);
}

bool load_changes(struct store *store, struct arena *arena, int64_t deal,
    struct currency currency, struct change_list *out, bool *crm_history, struct err *err)
{
	struct changes_reader r;

	*out = (struct change_list){0};
	if (!reader_open(&r, store, deal, err))
		return false;
	read_deal(&r, deal, currency, arena, out, crm_history);
	return reader_close(&r);
}

bool load_all_changes(struct store *store, struct arena *arena,
    const struct deal_list *deals, bool few, struct change_list *out, bool *crm_history,
    struct err *err)
{
	struct changes_reader r;

	if (few) {
		bool fine = true;
		for (size_t i = 0; fine && i < deals->count; i++)
			fine = load_changes(store, arena, deals->items[i].key,
			    deals->items[i].currency, &out[i], &crm_history[i], err);
		return fine;
	}
	if (!reader_open(&r, store, 0, err))
		return false;
	for (size_t i = 0; i < deals->count; i++)
		read_deal(&r, deals->items[i].key, deals->items[i].currency, arena,
		    &out[i], &crm_history[i]);
	return reader_close(&r);
}

bool store_load_changes(struct store *store, struct arena *arena, const struct deal *deal,
    struct change_list *out, struct err *err)
{
	bool crm_history;

	*out = (struct change_list){0};
	if (!store->generation)
		return store_facts(store, err);
	return load_changes(
	    store, arena, deal->key, deal->currency, out, &crm_history, err);
}
