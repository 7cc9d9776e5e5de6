#include "link.h"

#include <stdio.h>
#include <stdlib.h>

/*
 * Links of the rows and the deals of which something changed: what they were
 * against what they are, in the order of the table.
 */

void places_add(struct places *p, struct target target, int64_t row)
{
	if (p->count == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 1024;
		p->items = xrealloc(p->items, p->cap * sizeof *p->items);
	}
	p->items[p->count++] =
	    (struct place){(uint64_t)target.deal << 32 | (uint64_t)row, target.how};
}

static int by_key(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->key < y->key ? -1 : x->key > y->key;
}

/* A row that changed and is reached through a deal that changed stands twice. */
static void sort_unique(struct places *p)
{
	size_t n = 0;

	if (p->count)
		qsort(p->items, p->count, sizeof *p->items, by_key);
	for (size_t i = 0; i < p->count; i++)
		if (!n || p->items[n - 1].key != p->items[i].key)
			p->items[n++] = p->items[i];
	p->count = n;
}

static int64_t deal_of(const struct place *p)
{
	return (int64_t)(p->key >> 32);
}

static int64_t row_of(const struct place *p)
{
	return (int64_t)(p->key & UINT32_MAX);
}

struct changes {
	struct build *b;
	struct link_side *side;
	const struct reach *reach;
	struct places now;
	sqlite3_stmt *by[4], *of_deal, *put, *erase;
};

static const char *const ref_columns[4] = {"deal", "contact", "lead", "account"};

static bool changes_prepare(
    struct changes *c, const struct side_names *names, struct err *err)
{
	struct str text = STR_INIT;
	bool fine = true;

	for (int i = 0; fine && i < 4; i++) {
		str_clear(&text);
		str_addf(&text,
		    "SELECT id, deal, contact, lead, account, at FROM %s WHERE %s = ?1",
		    names->table, ref_columns[i]);
		fine = build_prepare(c->b, text.p, &c->by[i], err);
	}
	str_clear(&text);
	str_addf(&text, "SELECT %s, linked_by FROM %s_deal WHERE deal = ?1", names->table,
	    names->table);
	fine = fine && build_prepare(c->b, text.p, &c->of_deal, err);
	str_clear(&text);
	str_addf(&text,
	    "INSERT OR REPLACE INTO %s_deal(deal, %s, linked_by, %s) "
	    "SELECT ?1, id, ?3, %s FROM %s WHERE id = ?2",
	    names->table, names->table, names->columns, names->columns, names->table);
	fine = fine && build_prepare(c->b, text.p, &c->put, err);
	str_clear(&text);
	str_addf(&text, "DELETE FROM %s_deal WHERE deal = ?1 AND %s = ?2", names->table,
	    names->table);
	fine = fine && build_prepare(c->b, text.p, &c->erase, err);
	str_release(&text);
	return fine;
}

static void changes_release(struct changes *c)
{
	for (int i = 0; i < 4; i++)
		sqlite3_finalize(c->by[i]);
	sqlite3_finalize(c->of_deal);
	sqlite3_finalize(c->put);
	sqlite3_finalize(c->erase);
	free(c->now.items);
}

/* Where the row that changed belongs now. */
static bool add_rows(struct changes *c, struct err *err)
{
	struct build *b = c->b;
	int code = SQLITE_ROW;

	for (int64_t id = marked_next(&c->side->changed, 0); id;
	     id = marked_next(&c->side->changed, id)) {
		sqlite3_bind_int64(c->side->refs, 1, id);
		if ((code = sqlite3_step(c->side->refs)) == SQLITE_ROW) {
			struct event_refs refs = link_refs(c->side->refs, 0);
			reach_links(c->reach, &refs, &b->targets);
			for (size_t i = 0; i < b->targets.count; i++)
				places_add(&c->now, b->targets.items[i], id);
		}
		sqlite3_reset(c->side->refs);
		if (code != SQLITE_ROW && code != SQLITE_DONE)
			return sql_error(b->store, b->db, code, err);
	}
	return true;
}

/* All rows that name `number` in a column, as far as they belong to the deal. */
static bool pull(
    struct changes *c, int64_t deal, int column, int64_t number, struct err *err)
{
	struct build *b = c->b;
	sqlite3_stmt *stmt = c->by[column];
	int code;

	sqlite3_bind_int64(stmt, 1, number);
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct event_refs refs = link_refs(stmt, 1);
		reach_links(c->reach, &refs, &b->targets);
		for (size_t i = 0; i < b->targets.count; i++)
			if (b->targets.items[i].deal == deal)
				places_add(&c->now, b->targets.items[i],
				    sqlite3_column_int64(stmt, 0));
	}
	sqlite3_reset(stmt);
	return code == SQLITE_DONE || sql_error(b->store, b->db, code, err);
}

/* Contacts of the committee and of the account, and the leads that became them
 * or were converted into the account. */
static bool pull_people(struct changes *c, int64_t deal, struct err *err)
{
	static const char text[] =
	    "SELECT 1, contact FROM committee WHERE deal = ?1 "
	    "UNION SELECT 1, id FROM contact WHERE account = ?2 "
	    "UNION SELECT 2, l.id FROM committee m JOIN lead l ON l.contact = m.contact "
	    "WHERE m.deal = ?1 "
	    "UNION SELECT 2, l.id FROM contact c JOIN lead l ON l.contact = c.id "
	    "WHERE c.account = ?2 "
	    "UNION SELECT 2, id FROM lead WHERE account = ?2";
	sqlite3_stmt *stmt;
	int code = SQLITE_DONE;
	bool fine = true;

	if (!build_prepare(c->b, text, &stmt, err))
		return false;
	sqlite3_bind_int64(stmt, 1, deal);
	if (c->reach->deals[deal].account)
		sqlite3_bind_int64(stmt, 2, c->reach->deals[deal].account);
	while (fine && (code = sqlite3_step(stmt)) == SQLITE_ROW)
		fine = pull(c, deal, sqlite3_column_int(stmt, 0),
		    sqlite3_column_int64(stmt, 1), err);
	sqlite3_finalize(stmt);
	return fine &&
	       (code == SQLITE_DONE || sql_error(c->b->store, c->b->db, code, err));
}

static bool add_deal(struct changes *c, int64_t deal, struct err *err)
{
	int code;

	sqlite3_bind_int64(c->of_deal, 1, deal);
	while ((code = sqlite3_step(c->of_deal)) == SQLITE_ROW)
		places_add(&c->side->old,
		    (struct target){
		        (uint32_t)deal, (uint8_t)sqlite3_column_int(c->of_deal, 1)},
		    sqlite3_column_int64(c->of_deal, 0));
	sqlite3_reset(c->of_deal);
	if (code != SQLITE_DONE)
		return sql_error(c->b->store, c->b->db, code, err);
	if ((size_t)deal >= c->reach->n_deals || !c->reach->deals[deal].linked)
		return true;
	return pull(c, deal, 0, deal, err) && pull_people(c, deal, err) &&
	       (!c->reach->deals[deal].account ||
	           pull(c, deal, 3, c->reach->deals[deal].account, err));
}

static bool change(
    struct changes *c, sqlite3_stmt *stmt, const struct place *place, struct err *err)
{
	sqlite3_bind_int64(stmt, 1, deal_of(place));
	sqlite3_bind_int64(stmt, 2, row_of(place));
	if (stmt == c->put)
		sqlite3_bind_int(stmt, 3, place->how);
	mark(&c->b->dirty, deal_of(place));
	return build_step(c->b, stmt, err);
}

/* A row that did not change has its link as it was, when it has it for the same
 * reason. */
static bool write_differences(struct changes *c, struct err *err)
{
	const struct places *old = &c->side->old, *now = &c->now;
	size_t i = 0, j = 0;
	bool fine = true;

	while (fine && (i < old->count || j < now->count)) {
		if (j == now->count ||
		    (i < old->count && old->items[i].key < now->items[j].key)) {
			fine = change(c, c->erase, &old->items[i++], err);
			continue;
		}
		bool had = i < old->count && old->items[i].key == now->items[j].key;
		if (!had || old->items[i].how != now->items[j].how ||
		    marked(&c->side->changed, row_of(&now->items[j])))
			fine = change(c, c->put, &now->items[j], err);
		i += had;
		j++;
	}
	return fine;
}

bool link_changes(struct build *b, int side, const struct reach *reach,
    const struct marks *relink, struct err *err)
{
	struct changes c = {.b = b, .side = &b->sides[side], .reach = reach};
	bool fine = changes_prepare(&c, &link_sides[side], err) && add_rows(&c, err);

	for (int64_t d = marked_next(relink, 0); fine && d; d = marked_next(relink, d))
		fine = add_deal(&c, d, err);
	sort_unique(&c.side->old);
	sort_unique(&c.now);
	fine = fine && write_differences(&c, err);
	changes_release(&c);
	return fine;
}
