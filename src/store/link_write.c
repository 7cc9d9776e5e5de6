#include "link.h"

#include <stdlib.h>
#include <string.h>

/* Links as they are stored: one a row for its strongest reason, compared with
 * those there are, and what they add up to. */

struct link *link_add(struct links *links)
{
	if (links->count == links->cap) {
		links->cap = links->cap ? links->cap * 2 : 1024;
		links->items = xrealloc(links->items, links->cap * sizeof *links->items);
	}
	return &links->items[links->count++];
}

/* Times are compared as instants here; a row of a first load costs one call. */
instant_t link_instant(const char *text)
{
	instant_t at;
	day_t day;

	if (text && instant_parse(text, &at))
		return at;
	if (text && day_parse(text, &day))
		return (instant_t)day * DAY_SECONDS;
	return INSTANT_NONE;
}

static const char *dup_column(struct linker *l, sqlite3_stmt *stmt, int column)
{
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	return text ? arena_dup(
	                  &l->texts, text, (size_t)sqlite3_column_bytes(stmt, column))
	            : NULL;
}

void link_take_touch(struct linker *l, struct link *link, sqlite3_stmt *stmt)
{
	link->at_text = dup_column(l, stmt, 1);
	link->contact = sqlite3_column_int64(stmt, 3);
	link->lead = sqlite3_column_int64(stmt, 4);
	link->campaign = sqlite3_column_int64(stmt, 5);
	link->responded = sqlite3_column_type(stmt, 6) == SQLITE_NULL
	                      ? -1
	                      : sqlite3_column_int(stmt, 6);
	link->kind = dup_column(l, stmt, 7);
	link->detail = dup_column(l, stmt, 8);
}

static int by_id(const void *a, const void *b)
{
	const struct link *x = a, *y = b;

	if (x->id != y->id)
		return x->id < y->id ? -1 : 1;
	return x->how - y->how;
}

/* One link a row, for its strongest reason. */
static void unique(struct links *links)
{
	size_t n = 0;

	if (links->count)
		qsort(links->items, links->count, sizeof *links->items, by_id);
	for (size_t i = 0; i < links->count; i++)
		if (!n || links->items[n - 1].id != links->items[i].id)
			links->items[n++] = links->items[i];
	links->count = n;
}

static void bind_key(sqlite3_stmt *stmt, int n, int64_t key)
{
	if (key)
		sqlite3_bind_int64(stmt, n, key);
	else
		sqlite3_bind_null(stmt, n);
}

static void bind_touch(sqlite3_stmt *stmt, const struct link *link)
{
	sqlite3_bind_text(stmt, 4, link->at_text, -1, SQLITE_STATIC);
	bind_key(stmt, 5, link->part_of);
	bind_key(stmt, 6, link->contact);
	bind_key(stmt, 7, link->lead);
	bind_key(stmt, 8, link->campaign);
	if (link->responded < 0)
		sqlite3_bind_null(stmt, 9);
	else
		sqlite3_bind_int(stmt, 9, link->responded);
	sqlite3_bind_text(stmt, 10, link->kind, -1, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 11, link->detail, -1, SQLITE_STATIC);
}

static bool change(struct build *b, sqlite3_stmt *stmt, int64_t deal,
    const struct link *link, struct err *err)
{
	sqlite3_bind_int64(stmt, 1, deal);
	sqlite3_bind_int64(stmt, 2, link->id);
	if (sqlite3_bind_parameter_count(stmt) >= 3)
		sqlite3_bind_int(stmt, 3, link->how);
	if (sqlite3_bind_parameter_count(stmt) > 3)
		bind_touch(stmt, link);
	return build_step(b, stmt, err);
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool same_link(const struct link *a, const struct link *b)
{
	return a->how == b->how && a->part_of == b->part_of && a->contact == b->contact &&
	       a->lead == b->lead && a->campaign == b->campaign &&
	       a->responded == b->responded && same_text(a->at_text, b->at_text) &&
	       same_text(a->kind, b->kind) && same_text(a->detail, b->detail);
}

/* Write what differs from the links there are; both are in the order of ids. */
static bool store_links(struct linker *l, struct side_sql *s, int64_t deal,
    const struct links *old, struct err *err)
{
	size_t i = 0, j = 0;
	const struct links *new = &s->found;

	while (i < old->count || j < new->count) {
		if (j == new->count ||
		    (i < old->count && old->items[i].id < new->items[j].id)) {
			if (!change(l->b, s->erase, deal, &old->items[i++], err))
				return false;
		} else if (i == old->count || new->items[j].id < old->items[i].id) {
			if (!change(l->b, s->insert, deal, &new->items[j++], err))
				return false;
		} else {
			if (!same_link(&old->items[i], &new->items[j]) &&
			    !change(l->b, s->insert, deal, &new->items[j], err))
				return false;
			i++;
			j++;
		}
	}
	return true;
}

static void take_old(struct linker *l, const struct side_sql *s, struct link *link)
{
	*link = (struct link){.id = sqlite3_column_int64(s->old, 0),
	    .how = sqlite3_column_int(s->old, s->touches ? 9 : 1)};
	if (!s->touches)
		return;
	link->part_of = sqlite3_column_int64(s->old, 2);
	link_take_touch(l, link, s->old);
}

bool link_write(struct linker *l, struct side_sql *s, int64_t deal, struct err *err)
{
	struct links old = {0};

	unique(&s->found);
	if (!l->b->fresh) {
		sqlite3_bind_int64(s->old, 1, deal);
		while (sqlite3_step(s->old) == SQLITE_ROW)
			take_old(l, s, link_add(&old));
		sqlite3_reset(s->old);
	}
	bool fine = store_links(l, s, deal, &old, err);
	free(old.items);
	return fine;
}

static bool has_link(const struct links *links, int64_t id)
{
	struct link key = {.id = id, .how = -1};
	size_t low = 0, high = links->count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (by_id(&links->items[middle], &key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < links->count && links->items[low].id == id;
}

/* A row for a further contact counts only where its main row is not there. */
struct side_stats link_stats(const struct linker *l, const struct links *links)
{
	struct side_stats stats = {0, INSTANT_NONE, INSTANT_NONE, INSTANT_NONE};

	for (size_t i = 0; i < links->count; i++) {
		const struct link *link = &links->items[i];
		if (link->part_of && has_link(links, link->part_of))
			continue;
		stats.count++;
		if (link->at >= l->as_of_end) {
			if (stats.next == INSTANT_NONE || link->at < stats.next)
				stats.next = link->at;
			continue;
		}
		if (!link->planned && link->at > stats.last)
			stats.last = link->at;
		if (link->inbound && link->at > stats.last_inbound)
			stats.last_inbound = link->at;
	}
	return stats;
}
