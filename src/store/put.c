#include "build_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Beside an id its name may stand, which is all that is ever known of one without an
 * export of its own. */
static void call_by_name(struct build *b, const struct column *c, int from,
    const struct value *values, int64_t number)
{
	for (int i = from; i < c->n_fields; i++) {
		const struct value *v = &values[c->fields[i]];
		if (c->by[i] == REF_NAME && v->type == VALUE_TEXT && v->len)
			entities_call(
			    &b->entities[c->ref], number, (struct slice){v->p, v->len});
	}
}

/* The number a reference stands for; 0 for none. */
static int64_t column_ref(
    struct build *b, const struct column *c, const struct value *values)
{
	for (int i = 0; i < c->n_fields; i++) {
		const struct value *v = &values[c->fields[i]];
		if (v->type != VALUE_TEXT || !v->len)
			continue;
		struct slice text = {v->p, v->len};
		int64_t number = entities_refer(&b->entities[c->ref], c->by[i], text);
		if (!number)
			continue;
		if (c->by[i] == REF_ID)
			call_by_name(b, c, i + 1, values, number);
		return number;
	}
	return 0;
}

static void bind_value(sqlite3_stmt *stmt, int n, const struct value *v)
{
	if (v->type == VALUE_INT)
		sqlite3_bind_int64(stmt, n, v->n);
	else if (v->type == VALUE_TEXT && v->len)
		sqlite3_bind_text(stmt, n, v->p, (int)v->len, SQLITE_STATIC);
	else
		sqlite3_bind_null(stmt, n);
}

/* What the summary of a deal is made of besides its sides: its committee and
 * its history. */
static void mark_ref(
    struct build *b, enum fact_kind kind, const struct column *c, int64_t number)
{
	if (c->ref == FACT_DEALS && (kind == FACT_COMMITTEE || kind == FACT_HISTORY))
		mark(&b->dirty, number);
}

static void bind_columns(
    struct build *b, enum fact_kind kind, sqlite3_stmt *stmt, const struct value *values)
{
	for (int i = 0; i < b->n_columns[kind]; i++) {
		const struct column *c = &b->columns[kind][i];
		if (c->type != FIELD_REF) {
			bind_value(stmt, i + FIRST_COLUMN, &values[c->fields[0]]);
			continue;
		}
		int64_t number = column_ref(b, c, values);
		mark_ref(b, kind, c, number);
		if (number)
			sqlite3_bind_int64(stmt, i + FIRST_COLUMN, number);
		else
			sqlite3_bind_null(stmt, i + FIRST_COLUMN);
	}
}

static bool mark_old_refs(
    struct build *b, enum fact_kind kind, int64_t id, struct err *err)
{
	sqlite3_stmt *stmt = b->refs[kind];

	sqlite3_bind_int64(stmt, 1, id);
	int code = sqlite3_step(stmt);
	for (int i = 0; code == SQLITE_ROW && i < b->n_columns[kind]; i++)
		mark_ref(b, kind, &b->columns[kind][i], sqlite3_column_int64(stmt, i));
	sqlite3_reset(stmt);
	return code == SQLITE_ROW || code == SQLITE_DONE ||
	       sql_error(b->store, b->db, code, err);
}

bool put_row_changes(struct build *b, enum fact_kind kind, int64_t id, struct err *err)
{
	if (kind == FACT_COMMITTEE || kind == FACT_HISTORY)
		return mark_old_refs(b, kind, id, err);
	return link_row_changes(b, kind, id, true, err);
}

bool put_has_parts(enum fact_kind kind)
{
	return kind == FACT_ACTIVITIES || kind == FACT_TOUCHES;
}

/* What bind_columns() binds, kept until the batch is written (put_rows.c). */
static bool wait_row(struct build *b, const struct feed *feed, const struct fact *fact,
    struct slice source_id, int64_t id, int64_t part_of, struct err *err)
{
	enum fact_kind kind = feed->kind;
	struct value *values;

	if (!link_row_changes(b, kind, id, false, err) ||
	    !(values = waiting_add(b, feed, fact, source_id, err)))
		return false;
	for (int i = 0; i < b->n_columns[kind]; i++) {
		const struct column *c = &b->columns[kind][i];
		values[i] = fact->values[c->fields[0]];
		if (c->type != FIELD_REF)
			continue;
		int64_t number = column_ref(b, c, fact->values);
		mark_ref(b, kind, c, number);
		values[i] =
		    (struct value){.type = number ? VALUE_INT : VALUE_NONE, .n = number};
	}
	if (put_has_parts(kind))
		values[b->n_columns[kind]] = (struct value){
		    .type = part_of ? VALUE_INT : VALUE_NONE, .n = part_of};
	return true;
}

static bool write_row(struct build *b, const struct feed *feed, const struct fact *fact,
    struct slice source_id, int64_t id, bool insert, int64_t part_of, struct err *err)
{
	enum fact_kind kind = feed->kind;
	sqlite3_stmt *stmt = insert ? b->insert[kind] : b->update[kind];

	if (insert ? !link_row_changes(b, kind, id, false, err)
	           : !put_row_changes(b, kind, id, err))
		return false;
	sqlite3_bind_int64(stmt, 1, id);
	sqlite3_bind_int(stmt, 2, feed->id);
	sqlite3_bind_text(stmt, 3, source_id.p, (int)source_id.len, SQLITE_STATIC);
	sqlite3_bind_int64(stmt, 4, (int64_t)fact->hash);
	sqlite3_bind_int64(stmt, 5, (int64_t)fact->raw);
	bind_columns(b, kind, stmt, fact->values);
	if (insert && put_has_parts(kind)) {
		if (part_of)
			sqlite3_bind_int64(
			    stmt, b->n_columns[kind] + FIRST_COLUMN, part_of);
		else
			sqlite3_bind_null(stmt, b->n_columns[kind] + FIRST_COLUMN);
	}
	return build_step(b, stmt, err);
}

static bool write_custom(
    struct build *b, int64_t deal, const struct fact *fact, struct err *err)
{
	sqlite3_bind_int64(b->custom_delete, 1, deal);
	if (!build_step(b, b->custom_delete, err))
		return false;
	for (size_t i = 0; i < fact->n_custom; i++) {
		const struct custom_value *v = &fact->custom[i];
		if (!v->value.len)
			continue;
		sqlite3_bind_int64(b->custom_insert, 1, deal);
		sqlite3_bind_text(b->custom_insert, 2, v->name, -1, SQLITE_STATIC);
		sqlite3_bind_text(
		    b->custom_insert, 3, v->value.p, (int)v->value.len, SQLITE_STATIC);
		if (!build_step(b, b->custom_insert, err))
			return false;
	}
	return true;
}

/* Two numbers turned out to be one: what refers to `from` refers to `to`. */
static bool merge(
    struct build *b, enum fact_kind kind, int64_t from, int64_t to, struct err *err)
{
	char text[256];

	for (int k = 0; k < FACT_KINDS; k++) {
		for (int i = 0; i < b->n_columns[k]; i++) {
			const struct column *c = &b->columns[k][i];
			if (c->type != FIELD_REF || c->ref != kind)
				continue;
			if (!link_rows_with(b, (enum fact_kind)k, c->name, from, err))
				return false;
			snprintf(text, sizeof text,
			    "UPDATE %s SET %s = %lld WHERE %s = %lld",
			    fact_infos[k].table, c->name, (long long)to, c->name,
			    (long long)from);
			if (!build_run(b, text, err))
				return false;
		}
	}
	snprintf(text, sizeof text, "DELETE FROM %s WHERE id = %lld",
	    fact_infos[kind].table, (long long)from);
	if (kind == FACT_DEALS)
		mark(&b->dirty, to);
	return build_run(b, text, err);
}

static struct slice value_slice(const struct fact *fact, int field)
{
	if (field < 0 || fact->values[field].type != VALUE_TEXT)
		return (struct slice){0};
	return (struct slice){fact->values[field].p, fact->values[field].len};
}

static const char *feed_source(const struct build *b, int feed)
{
	for (size_t i = 0; i < b->n_feeds; i++)
		if (b->feeds[i].id == feed)
			return b->feeds[i].source;
	return "another source";
}

static bool same_source(const struct build *b, int feed, const struct feed *mine)
{
	return feed == mine->id || !strcmp(feed_source(b, feed), mine->source);
}

static enum put_result entity_result(const struct build *b, const struct entity *e,
    const struct feed *feed, const struct fact *fact, const char **other)
{
	if (!e->feed)
		return PUT_ADDED;
	if (!same_source(b, e->feed, feed)) {
		*other = feed_source(b, e->feed);
		return PUT_FOREIGN;
	}
	if (e->seen)
		return e->hash == fact->hash ? PUT_REPEATED : PUT_CONFLICT;
	return e->hash == fact->hash && !e->missing ? PUT_UNCHANGED : PUT_UPDATED;
}

/* The row's number, with all that was called by one of its names made the same. */
static int64_t own_number(
    struct build *b, enum fact_kind kind, const struct fact *fact, struct err *err)
{
	struct entities *all = &b->entities[kind];
	struct merges merges;
	struct names names = {.id = fact->id,
	    .name = value_slice(fact, fact_field(kind, "name")),
	    .email = value_slice(fact, fact_field(kind, "email"))};

	if (kind == FACT_ACCOUNTS)
		names.alias = value_slice(fact, A_DOMAIN);
	int64_t id = entities_own(all, &names, &merges);
	for (int i = 0; i < merges.count; i++)
		if (!merge(b, kind, merges.numbers[i], id, err))
			return 0;
	entities_alias(all, REF_NAME, names.alias, id);
	return id;
}

static bool put_entity(struct build *b, const struct feed *feed, const struct fact *fact,
    enum put_result *result, const char **other, bool *was_missing, struct err *err)
{
	enum fact_kind kind = feed->kind;
	struct entities *all = &b->entities[kind];
	int64_t id = entities_find(all, fact->id);
	struct entity *e = &all->items[id];

	*result = id ? entity_result(b, e, feed, fact, other) : PUT_ADDED;
	*was_missing = *result == PUT_UPDATED && e->missing;
	if (id && *result != PUT_FOREIGN)
		e->seen = true;
	if (*result != PUT_ADDED && *result != PUT_UPDATED)
		return true;
	id = own_number(b, kind, fact, err);
	if (!id ||
	    (kind == FACT_DEALS && !snapshot_remember(b, id, *result == PUT_ADDED, err)))
		return false;
	bool insert = !all->items[id].stored;
	all->items[id] = (struct entity){
	    .hash = fact->hash, .feed = feed->id, .stored = true, .seen = true};
	if (kind == FACT_DEALS)
		mark(&b->dirty, id);
	absent_add(b, id, fact->missing);
	return write_row(b, feed, fact, fact->id, id, insert, 0, err) &&
	       (kind != FACT_DEALS || write_custom(b, id, fact, err));
}

/* Rows without an id are known by what they hold, parts by the row before. */
static struct slice event_source_id(struct events *e, const struct fact *fact)
{
	struct str *buf = &e->source_id;

	if (!fact->part && fact->id.len)
		return fact->id;
	str_clear(buf);
	if (fact->id.len)
		str_add(buf, fact->id.p, fact->id.len);
	else
		str_addf(buf, "#%016llx", (unsigned long long)fact->raw_hash);
	if (fact->part)
		str_addf(buf, "/%d", fact->part);
	return (struct slice){buf->p, buf->len};
}

/* What the parts that follow must know of their row. */
static void start_list(struct events *e, const struct fact *fact, struct slice source_id,
    int64_t id, enum put_result result)
{
	e->main_id = id;
	e->main_refused = result == PUT_CONFLICT;
	if (fact->list && result == PUT_UPDATED)
		str_add(&e->main_text, source_id.p, source_id.len);
}

static bool put_event(struct build *b, const struct feed *feed, const struct fact *fact,
    enum put_result *result, bool *was_missing, struct err *err)
{
	struct events *e = &b->events[feed->kind];
	int64_t id = 0;

	*result = PUT_CONFLICT;
	if (fact->part && e->main_refused)
		return true;
	if (!fact->part && !events_end_list(b, feed, err))
		return false;
	struct slice source_id = event_source_id(e, fact);
	if (!events_find(b, feed, fact, source_id, &id, result, was_missing, err))
		return false;
	e->parts = fact->part;
	if (!fact->part)
		start_list(e, fact, source_id, id, *result);
	if (*result != PUT_ADDED && *result != PUT_UPDATED)
		return true;
	if (*result == PUT_ADDED)
		id = ++e->newest;
	if (!fact->part && *result == PUT_ADDED)
		e->main_id = id;
	absent_add(b, id, fact->missing);
	int64_t part_of = fact->part ? e->main_id : 0;
	if (e->fresh)
		return wait_row(b, feed, fact, source_id, id, part_of, err);
	return write_row(
	    b, feed, fact, source_id, id, *result == PUT_ADDED, part_of, err);
}

bool build_put_end(struct build *b, struct err *err)
{
	return waiting_flush(b, err);
}

void build_soon(struct build *b, int feed_id, const struct fact *fact)
{
	const struct feed *feed = build_feed_of(b, feed_id);

	for (int i = 0; i < b->n_columns[feed->kind]; i++) {
		const struct column *c = &b->columns[feed->kind][i];
		const struct value *v = &fact->values[c->fields[0]];
		if (c->type == FIELD_REF && c->by[0] == REF_ID && v->type == VALUE_TEXT)
			map_soon(
			    &b->entities[c->ref].by_id, (struct slice){v->p, v->len});
	}
	if (!fact_infos[feed->kind].entity)
		events_soon(b, feed, fact->id);
}

bool build_put(struct build *b, int feed_id, const struct fact *fact,
    enum put_result *result, const char **other, struct err *err)
{
	struct feed *feed = build_feed_of(b, feed_id);
	bool was_missing = false;

	bool fine = fact_infos[feed->kind].entity
	                ? put_entity(b, feed, fact, result, other, &was_missing, err)
	                : put_event(b, feed, fact, result, &was_missing, err);
	feed->came += !fact->part && (*result == PUT_ADDED || was_missing);
	return fine;
}
