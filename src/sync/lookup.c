#include "lookup.h"

#include "cells.h"
#include "plan_text.h"
#include "stop.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/*
 * A hash table with open addressing: a slot leads to the first value of a key,
 * each value to the next one. Keys and values stand end to end in one text.
 */
enum { VALUES_MAX = 1000, FIRST_SLOTS = 1024 };

struct link {
	size_t key, value; /* where they begin in the text; each ends in a NUL */
	uint32_t hash;     /* of the key */
	uint32_t next;     /* value of this key, from 1; 0: none */
};

struct lookup_table {
	struct str text;
	struct link *links;
	size_t count, cap;
	uint32_t *slots; /* of links, from 1; 0: free */
	size_t n_slots;  /* a power of two */
};

struct lookup_table *lookup_table_new(void)
{
	struct lookup_table *table = xcalloc(1, sizeof *table);

	table->n_slots = FIRST_SLOTS;
	table->slots = xcalloc(table->n_slots, sizeof *table->slots);
	return table;
}

void lookup_table_free(struct lookup_table *table)
{
	if (!table)
		return;
	str_release(&table->text);
	free(table->links);
	free(table->slots);
	free(table);
}

bool lookup_table_empty(const struct lookup_table *table)
{
	return !table->count;
}

static bool text_is(const struct lookup_table *table, size_t at, struct slice text)
{
	return table->text.len - at > text.len &&
	       !memcmp(table->text.p + at, text.p, text.len) &&
	       !table->text.p[at + text.len];
}

/* The slot of the key, or the free one where it belongs. */
static size_t find_slot(const struct lookup_table *table, struct slice key, uint32_t hash)
{
	size_t at = hash & (table->n_slots - 1);

	for (; table->slots[at]; at = (at + 1) & (table->n_slots - 1)) {
		const struct link *link = &table->links[table->slots[at] - 1];
		if (link->hash == hash && text_is(table, link->key, key))
			break;
	}
	return at;
}

/* Only the first value of a key has a slot, and none of them is equal. */
static void grow(struct lookup_table *table)
{
	size_t n = table->n_slots * 2;
	uint32_t *slots = xcalloc(n, sizeof *slots);

	for (size_t i = 0; i < table->n_slots; i++) {
		if (!table->slots[i])
			continue;
		size_t at = table->links[table->slots[i] - 1].hash & (n - 1);
		while (slots[at])
			at = (at + 1) & (n - 1);
		slots[at] = table->slots[i];
	}
	free(table->slots);
	table->slots = slots;
	table->n_slots = n;
}

static size_t keep(struct lookup_table *table, struct slice text)
{
	size_t at = table->text.len;

	str_add(&table->text, text.p, text.len);
	str_addc(&table->text, '\0');
	return at;
}

static uint32_t add_link(
    struct lookup_table *table, size_t key, struct slice value, uint32_t hash)
{
	if (table->count == table->cap) {
		table->cap = table->cap ? table->cap * 2 : FIRST_SLOTS;
		table->links = xrealloc(table->links, table->cap * sizeof *table->links);
	}
	table->links[table->count] =
	    (struct link){.key = key, .value = keep(table, value), .hash = hash};
	return (uint32_t)++table->count;
}

/* False: the key has too many values. One that stood already is fine. */
static bool add(struct lookup_table *table, struct slice key, struct slice value)
{
	uint32_t hash = (uint32_t)XXH3_64bits(key.p, key.len), last = 0;

	if (table->count * 2 > table->n_slots)
		grow(table);
	size_t slot = find_slot(table, key, hash);
	int values = 0;
	for (uint32_t i = table->slots[slot]; i; i = table->links[i - 1].next) {
		if (text_is(table, table->links[i - 1].value, value))
			return true;
		last = i;
		values++;
	}
	if (values == VALUES_MAX)
		return false;
	size_t at = last ? table->links[last - 1].key : keep(table, key);
	uint32_t added = add_link(table, at, value, hash);
	if (last)
		table->links[last - 1].next = added;
	else
		table->slots[slot] = added;
	return true;
}

static struct slice same_length(
    const struct mapping *mapping, struct slice id, char buf[SALESFORCE_ID])
{
	return mapping->salesforce_ids ? salesforce_id(id, buf) : id;
}

void lookup_find(const struct lookup_table *table, const struct mapping *mapping,
    struct slice key, struct str *out)
{
	char buf[SALESFORCE_ID];

	key = same_length(mapping, key, buf);
	uint32_t hash = (uint32_t)XXH3_64bits(key.p, key.len);
	uint32_t i = table->slots[find_slot(table, key, hash)];
	while (i) {
		const struct link *link = &table->links[i - 1];
		str_adds(out, table->text.p + link->value);
		i = link->next;
		if (i)
			str_addc(out, LOOKUP_SPLIT);
	}
}

/* ---- reading ---- */

struct reading {
	struct lookup_table *table;
	struct plan plan; /* of no facts: its header, and the rows that count */
	int key, value;   /* columns */
	struct lookup_read *out;
	struct err *err;
};

static bool find_column(
    const struct reading *r, const char *header, int line, int *column)
{
	*column = header_find(r->plan.header, r->plan.n_header, header);
	return *column >= 0 ||
	       err_set(r->err, r->plan.name,
	           "has no column \"%s\", which %s:%d reads; export that column or "
	           "correct the line",
	           header, r->plan.mapping->file, line);
}

static bool too_many(const struct reading *r, struct slice key, int64_t line)
{
	char place[400];

	snprintf(place, sizeof place, "%.300s:%lld", r->plan.name, (long long)line);
	return err_set(r->err, place,
	    "\"%.*s\" has more than %d values, more than a row can refer to; are key and "
	    "value of [%s] of %s turned round? Correct them, or the export",
	    (int)key.len, key.p, VALUES_MAX, r->plan.section->name,
	    r->plan.mapping->file);
}

static bool note(int64_t *count, int64_t *first, int64_t line)
{
	if (!(*count)++)
		*first = line;
	return true;
}

static bool read_row(struct reading *r, const struct reader_row *row)
{
	struct lookup_read *out = r->out;
	char buf[SALESFORCE_ID];

	out->skipped++;
	if (row->count != r->plan.n_header) {
		if (!out->ragged)
			out->ragged_fields = row->count;
		return note(&out->ragged, &out->ragged_line, row->line);
	}
	struct slice key = row_text(&r->plan, row, r->key),
	             value = row_text(&r->plan, row, r->value);
	if (!key.len || !value.len || !plan_chooses(&r->plan, row))
		return true;
	if (id_was_cut(key))
		return note(&out->cut, &out->cut_line, row->line);
	out->skipped--;
	out->rows++;
	return add(r->table, same_length(r->plan.mapping, key, buf), value) ||
	       too_many(r, key, row->line);
}

static bool read_rows(struct reading *r, struct reader *reader)
{
	struct reader_row row;
	enum reader_result result;

	while ((result = reader_next(reader, &row, r->err)) == READER_ROW)
		if (!read_row(r, &row) || sync_stopped(r->err))
			return false;
	return result == READER_END;
}

bool lookup_table_read(struct lookup_table *table, const struct mapping *mapping,
    const struct lookup *lookup, const char *path, const char *name,
    struct file_look *look, struct lookup_read *out, struct err *err)
{
	struct reading r = {.table = table, .out = out, .err = err};
	struct arena arena = ARENA_INIT;
	struct reader *reader;

	*out = (struct lookup_read){0};
	if (!reader_open_known(&reader, path, look, err))
		return false;
	r.plan = (struct plan){
	    .mapping = mapping, .section = &lookup->files, .path = path, .name = name};
	r.plan.header = reader_header(reader, &r.plan.n_header);
	out->header_fields = r.plan.n_header;
	bool fine = find_column(&r, lookup->key, lookup->key_line, &r.key) &&
	            find_column(&r, lookup->value, lookup->value_line, &r.value) &&
	            plan_rules(&r.plan, &arena, err) && read_rows(&r, reader);
	out->skipped += reader_skipped(reader);
	reader_close(reader);
	plan_release(&r.plan);
	arena_release(&arena);
	return fine;
}
