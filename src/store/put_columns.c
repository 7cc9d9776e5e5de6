#include "build_private.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What is made before the first row is put and after the last: statements by
 * the tables of model/fact.c, the entities there are, rows for those only
 * referred to. */

static struct column *column_find(struct build *b, enum fact_kind kind, const char *name)
{
	for (int i = 0; i < b->n_columns[kind]; i++)
		if (!strcmp(b->columns[kind][i].name, name))
			return &b->columns[kind][i];
	return NULL;
}

static void add_field(
    struct build *b, enum fact_kind kind, const struct field *f, int index)
{
	const char *name = f->column ? f->column : f->name;
	struct column *c = column_find(b, kind, name);

	if (!c) {
		c = &b->columns[kind][b->n_columns[kind]++];
		*c = (struct column){.name = name, .type = f->type, .ref = f->ref};
	}
	/* Fields of one column stand name first, id after it: the id is stronger. */
	memmove(c->fields + 1, c->fields, sizeof c->fields - sizeof *c->fields);
	memmove(c->by + 1, c->by, sizeof c->by - sizeof *c->by);
	c->fields[0] = index;
	c->by[0] = f->by;
	c->n_fields++;
}

void put_prepare_columns(struct build *b)
{
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		const struct field *fields = fact_infos[kind].fields;
		for (int i = 1; fields[i].name; i++)
			add_field(b, (enum fact_kind)kind, &fields[i], i);
	}
}

/* Parameters of both statements: 1 id, 2 feed, 3 source_id, 4 hash, 5 raw, then the
 * columns, then part_of where there is one. */
static bool prepare_kind(struct build *b, enum fact_kind kind, struct err *err)
{
	struct str insert = STR_INIT, values = STR_INIT, update = STR_INIT,
	           refs = STR_INIT;
	const char *table = fact_infos[kind].table;
	bool parts = put_has_parts(kind);
	int n = b->n_columns[kind];

	str_addf(&insert, "INSERT INTO %s(id, feed, source_id, hash, raw", table);
	str_adds(&values, ") VALUES(?1, ?2, ?3, ?4, ?5");
	str_addf(&update,
	    "UPDATE %s SET feed = ?2, source_id = ?3, hash = ?4, raw = ?5, missing = "
	    "NULL",
	    table);
	str_adds(&refs, "SELECT ");
	for (int i = 0; i < n; i++) {
		const char *name = b->columns[kind][i].name;
		str_addf(&insert, ", %s", name);
		str_addf(&values, ", ?%d", i + FIRST_COLUMN);
		str_addf(&update, ", %s = ?%d", name, i + FIRST_COLUMN);
		str_addf(&refs, "%s%s", i ? ", " : "", name);
	}
	if (parts) {
		str_adds(&insert, ", part_of");
		str_addf(&values, ", ?%d", n + FIRST_COLUMN);
	}
	str_addf(&insert, "%s)", values.p);
	str_adds(&update, " WHERE id = ?1");
	str_addf(&refs, " FROM %s WHERE id = ?1", table);
	bool fine = build_prepare(b, insert.p, &b->insert[kind], err) &&
	            build_prepare(b, update.p, &b->update[kind], err) &&
	            build_prepare(b, refs.p, &b->refs[kind], err);
	str_release(&insert);
	str_release(&values);
	str_release(&update);
	str_release(&refs);
	return fine;
}

static struct slice column_slice(sqlite3_stmt *stmt, int column)
{
	const char *p = (const char *)sqlite3_column_text(stmt, column);

	return (struct slice){p, (size_t)sqlite3_column_bytes(stmt, column)};
}

static bool load_kind(struct build *b, enum fact_kind kind, struct err *err)
{
	struct str text = STR_INIT;
	sqlite3_stmt *stmt;
	bool email = fact_field(kind, "email") >= 0;

	str_addf(&text,
	    "SELECT id, source_id, name, %s, coalesce(feed, 0), hash, missing FROM %s",
	    email ? "email" : "NULL", fact_infos[kind].table);
	bool fine = build_prepare(b, text.p, &stmt, err);
	str_release(&text);
	if (!fine)
		return false;
	int code;
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW) {
		struct entity e = {.feed = sqlite3_column_int(stmt, 4),
		    .stored = true,
		    .hash = (uint64_t)sqlite3_column_int64(stmt, 5),
		    .missing = sqlite3_column_type(stmt, 6) != SQLITE_NULL};
		entities_load(&b->entities[kind], sqlite3_column_int64(stmt, 0),
		    column_slice(stmt, 1), column_slice(stmt, 2), column_slice(stmt, 3),
		    &e);
	}
	sqlite3_finalize(stmt);
	return code == SQLITE_DONE || sql_error(b->store, b->db, code, err);
}

static bool load_domains(struct build *b, struct err *err)
{
	sqlite3_stmt *stmt;
	int code;

	if (!build_prepare(
	        b, "SELECT id, domain FROM account WHERE domain IS NOT NULL", &stmt, err))
		return false;
	while ((code = sqlite3_step(stmt)) == SQLITE_ROW)
		entities_alias(&b->entities[FACT_ACCOUNTS], REF_NAME,
		    column_slice(stmt, 1), sqlite3_column_int64(stmt, 0));
	sqlite3_finalize(stmt);
	return code == SQLITE_DONE || sql_error(b->store, b->db, code, err);
}

bool put_load_entities(struct build *b, struct err *err)
{
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		if (!prepare_kind(b, (enum fact_kind)kind, err))
			return false;
		if (fact_infos[kind].entity && !b->fresh &&
		    !load_kind(b, (enum fact_kind)kind, err))
			return false;
	}
	return waiting_open(b, err) && link_prepare(b, err) &&
	       build_prepare(b, "INSERT OR REPLACE INTO deal_custom VALUES(?1, ?2, ?3)",
	           &b->custom_insert, err) &&
	       build_prepare(b, "DELETE FROM deal_custom WHERE deal = ?1",
	           &b->custom_delete, err) &&
	       (b->fresh || load_domains(b, err));
}

static bool put_unknown_kind(struct build *b, enum fact_kind kind, struct err *err)
{
	struct entities *all = &b->entities[kind];
	bool email = fact_field(kind, "email") >= 0;
	char text[128];
	sqlite3_stmt *stmt;

	/* Who is known by e-mail alone is called by it, and found by it again. */
	snprintf(text, sizeof text,
	    "INSERT INTO %s(id, source_id, name%s) VALUES(?1, ?2, ?3%s)",
	    fact_infos[kind].table, email ? ", email" : "", email ? ", ?4" : "");
	if (!build_prepare(b, text, &stmt, err))
		return false;
	bool fine = true;
	for (int64_t id = 1; fine && id <= all->count; id++) {
		struct entity *e = &all->items[id];
		if (e->stored || !e->text)
			continue;
		sqlite3_bind_int64(stmt, 1, id);
		sqlite3_bind_text(
		    stmt, 2, e->by == REF_ID ? e->text : NULL, -1, SQLITE_STATIC);
		sqlite3_bind_text(
		    stmt, 3, e->by == REF_ID ? e->name : e->text, -1, SQLITE_STATIC);
		if (email)
			sqlite3_bind_text(stmt, 4, e->by == REF_EMAIL ? e->text : NULL,
			    -1, SQLITE_STATIC);
		fine = build_step(b, stmt, err);
		e->stored = true;
	}
	sqlite3_finalize(stmt);
	return fine;
}

bool put_unknown(struct build *b, struct err *err)
{
	for (int kind = 0; kind < FACT_KINDS; kind++)
		if (fact_infos[kind].entity &&
		    !put_unknown_kind(b, (enum fact_kind)kind, err))
			return false;
	return true;
}

void put_forget_names(struct build *b)
{
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		entities_release(&b->entities[kind]);
		id_set_release(&b->events[kind].known);
	}
}

void put_release(struct build *b)
{
	for (int kind = 0; kind < FACT_KINDS; kind++) {
		sqlite3_finalize(b->insert[kind]);
		sqlite3_finalize(b->update[kind]);
		sqlite3_finalize(b->refs[kind]);
		sqlite3_finalize(b->events[kind].walk);
		sqlite3_finalize(b->events[kind].seek);
		b->insert[kind] = b->update[kind] = b->refs[kind] = NULL;
		b->events[kind].walk = b->events[kind].seek = NULL;
		entities_release(&b->entities[kind]);
		id_set_release(&b->events[kind].known);
		free(b->events[kind].seen);
		str_release(&b->events[kind].source_id);
		str_release(&b->events[kind].main_text);
		b->events[kind] = (struct events){0};
		free(b->excused[kind].bits);
		b->excused[kind] = (struct marks){0};
	}
	free(b->dirty.bits);
	b->dirty = (struct marks){0};
	link_release(b);
	waiting_release(b);
	sqlite3_finalize(b->custom_insert);
	sqlite3_finalize(b->custom_delete);
	b->custom_insert = b->custom_delete = NULL;
	free(b->absent);
	b->absent = NULL;
	b->n_absent = b->cap_absent = 0;
	free(b->before);
	b->before = NULL;
	b->n_before = b->cap_before = 0;
	arena_release(&b->before_texts);
	b->before_texts = (struct arena)ARENA_INIT;
	free(b->before_known.bits);
	b->before_known = (struct marks){0};
	free(b->feeds);
	b->feeds = NULL;
	b->n_feeds = 0;
}
