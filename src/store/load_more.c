#include "huddle/filter.h"
#include "huddle/store_define.h"
#include "load.h"

/*
 * What of deals is loaded only where it is asked for: the custom fields that the
 * mapping keeps, and who is above their owners.
 */

/* Of one deal, or of all where key is 0. */
static bool read_custom(struct store *store, struct arena *arena, int64_t only,
    struct deal_list *list, struct err *err)
{
	struct sql q;
	size_t i = 0, cap = 0;
	struct deal_custom *items = NULL;

	if (!sql_begin(&q, store,
	        only ? "SELECT deal, name, value FROM deal_custom WHERE deal = $1 "
	               "ORDER BY name"
	             : "SELECT deal, name, value FROM deal_custom ORDER BY deal, name",
	        err))
		return false;
	if (only)
		sql_int(&q, 1, only);
	while (sql_row(&q)) {
		int64_t key = sql_get_int(&q, 0);
		while (i < list->count && list->items[i].key < key) {
			i++;
			items = NULL;
			cap = 0;
		}
		if (i == list->count || list->items[i].key != key)
			continue;
		struct deal *d = &list->items[i];
		if (!items || (size_t)d->n_custom == cap)
			items = arena_grow(
			    arena, items, &cap, cap ? cap * 2 : 4, sizeof *items);
		items[d->n_custom++] =
		    (struct deal_custom){sql_dup(&q, 1, arena), sql_dup(&q, 2, arena)};
		d->custom = items;
	}
	return sql_done(&q);
}

/* Somebody, and whose report they are. */
struct boss {
	int64_t id, manager;
	const char *name;
};

/* By their ids, which ascend. */
static const struct boss *boss_find(const struct boss *all, size_t n, int64_t id)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (all[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n && all[low].id == id ? &all[low] : NULL;
}

/* Those above, a line each; a ring of managers ends where it began. */
static const char *managers_of(
    const struct boss *all, size_t n, const struct boss *person, struct arena *arena)
{
	enum { HIGHEST = 12 };
	const struct boss *above = person;
	const char *text = "";

	for (int level = 0; level < HIGHEST; level++) {
		above = above->manager ? boss_find(all, n, above->manager) : NULL;
		if (!above || above == person)
			break;
		text = *text ? arena_printf(arena, "%s\n%s", text, above->name)
		             : above->name;
	}
	return text;
}

static bool read_bosses(struct store *store, struct arena *arena, struct boss **out,
    size_t *count, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = NULL;
	*count = 0;
	if (!sql_begin(&q, store,
	        "SELECT id, coalesce(manager, 0), coalesce(name, source_id, '') FROM "
	        "person ORDER BY id",
	        err))
		return false;
	while (sql_row(&q)) {
		*out = arena_grow(arena, *out, &cap, *count + 1, sizeof **out);
		(*out)[(*count)++] = (struct boss){
		    sql_get_int(&q, 0), sql_get_int(&q, 1), sql_dup(&q, 2, arena)};
	}
	return sql_done(&q);
}

/* An owner's chain is made once. */
static bool read_managers(
    struct store *store, struct arena *arena, struct deal_list *list, struct err *err)
{
	struct boss *all;
	struct sql q;
	size_t n, i = 0;

	if (!read_bosses(store, arena, &all, &n, err))
		return false;
	const char **chains = arena_alloc(arena, (n + 1) * sizeof *chains);

	for (size_t p = 0; p < n; p++)
		chains[p] = managers_of(all, n, &all[p], arena);
	if (!sql_begin(&q, store,
	        "SELECT id, owner FROM deal WHERE owner IS NOT NULL ORDER BY id", err))
		return false;
	while (sql_row(&q)) {
		int64_t key = sql_get_int(&q, 0);

		while (i < list->count && list->items[i].key < key)
			i++;
		if (i == list->count || list->items[i].key != key)
			continue;
		const struct boss *owner = boss_find(all, n, sql_get_int(&q, 1));

		list->items[i].managers = owner ? chains[owner - all] : "";
	}
	return sql_done(&q);
}

bool load_more(struct store *store, struct arena *arena, unsigned with, int64_t only,
    struct deal_list *list, struct err *err)
{
	struct judgement judgement;

	return (!(with & WITH_CUSTOM) || read_custom(store, arena, only, list, err)) &&
	       (!(with & WITH_MANAGERS) || read_managers(store, arena, list, err)) &&
	       (!(with & WITH_QUALIFIED) ||
	           store_judge(store, arena, list, &judgement, err));
}

bool store_load_for_filter(struct store *store, struct arena *arena,
    struct filter *filter, struct deal_list *deals, struct err *err)
{
	unsigned wants = filter_wants(filter);

	/* Loaded by an earlier word of the same list of deals? */
	for (size_t i = 0; i < deals->count && wants; i++) {
		if (deals->items[i].n_custom)
			wants &= ~(unsigned)WITH_CUSTOM;
		if (deals->items[i].qualified)
			wants &= ~(unsigned)WITH_QUALIFIED;
		if (deals->items[i].managers)
			wants &= ~(unsigned)WITH_MANAGERS;
	}
	if (store->generation && !load_more(store, arena, wants, 0, deals, err))
		return false;
	if (filter_wants(filter) & WITH_CUSTOM)
		filter_check_fields(filter, deals);
	return true;
}
