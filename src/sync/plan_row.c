#include "cells.h"
#include "huddle/text.h"
#include "plan_text.h"
#include "row_cells.h"
#include <stdlib.h>
#include <string.h>
#define XXH_INLINE_ALL /* keys are short: a call costs as much as hashing them */
#include <xxhash.h>

/* From one row of a file to facts, or to a reject that says why. */

struct row_work {
	struct plan *plan;
	const struct reader_row *row;
	struct batch *batch;
	struct value *values;
	const char *id;
	size_t id_len;
	const char *bad_column, *bad_value, *why;
	int part;        /* of a row of our own; 0: none */
	int64_t missing; /* see struct fact */
	struct cell_context context;
};

/* The first of the columns the text is from; -1: it is from none. */
static int text_column(const struct field_plan *f)
{
	if (f->from >= 0)
		return f->fallback[f->from].columns[0];
	return f->n_columns ? f->columns[0] : -1;
}

static bool bad(
    struct row_work *w, const struct field_plan *f, struct slice text, const char *why)
{
	struct arena *arena = &w->batch->arena;
	int column = f ? text_column(f) : -1;

	w->why = why;
	w->bad_column = f ? f->field->name : "";
	if (column >= 0)
		w->bad_column = arena_dup(
		    arena, w->plan->header[column].p, w->plan->header[column].len);
	w->bad_value = arena_dup(arena, text.p ? text.p : "", text.len);
	return false;
}

static bool convert_field(struct row_work *w, int index)
{
	struct field_plan *f = &w->plan->fields[index];
	struct slice text = first_piece(f, field_text(w->plan, f, w->row));

	if (!text.len)
		return true;
	w->context.field = f;
	const char *why = convert_cell(&w->context, text, &w->values[index]);
	return !why || bad(w, f, text, why);
}

static bool convert_id(struct row_work *w)
{
	struct field_plan *f = &w->plan->fields[0];
	struct slice text = first_piece(f, field_text(w->plan, f, w->row));
	struct value id = {0};

	w->context.field = f;
	const char *why = text.len ? convert_cell(&w->context, text, &id) : NULL;
	if (why)
		return bad(w, f, text, why);
	if (!id.len && (f->field->required || f->n_columns))
		return bad(w, f, text, "the row lacks its id");
	w->id = id.p;
	w->id_len = id.len;
	return true;
}

/* Spreadsheets leave rows of nothing but delimiters below a table. */
static bool nothing_in(const struct reader_row *row)
{
	for (size_t i = 0; i < row->count; i++)
		if (slice_trim(row->fields[i]).len)
			return false;
	return true;
}

bool plan_chooses(const struct plan *plan, const struct reader_row *row)
{
	for (int i = 0; i < plan->n_rules; i++) {
		const struct row_rule *rule = plan->rules[i].rule;
		struct slice text = row_text(plan, row, plan->rules[i].column);
		bool fits = false;
		for (int j = 0; j < rule->n_values; j++)
			fits |= text_same(text, slice_of(rule->values[j]));
		if (fits != rule->only)
			return false;
	}
	return true;
}

static bool take_currency(struct row_work *w)
{
	int index = w->plan->currency_field;

	w->context.currency = w->plan->mapping->currency;
	if (index < 0)
		return true;
	struct field_plan *f = &w->plan->fields[index];
	struct slice text = field_text(w->plan, f, w->row);
	w->context.currency_known = text.len != 0;
	return !text.len || currency_read(text, &w->context.currency) ||
	       bad(w, f, text,
	           "is no currency that is known; write its code, such as USD");
}

/* The currency an amount was read in is the row's, also where the cell itself
 * or the mapping told it. */
static void put_currency(struct row_work *w)
{
	int index = w->plan->currency_field;

	if (index < 0 || !*w->context.currency.code)
		return;
	w->values[index] = (struct value){.type = VALUE_TEXT,
	    .len = 3,
	    .p = arena_dup(&w->batch->arena, w->context.currency.code, 3)};
}

/* In the field itself or in another of its column: deal or deal_id. */
static bool has_value(const struct row_work *w, int field)
{
	const struct field_plan *fields = w->plan->fields;

	if (w->values[field].type != VALUE_NONE)
		return true;
	for (int i = 1; i < w->plan->n_fields; i++)
		if (w->values[i].type != VALUE_NONE &&
		    fact_same_column(fields[i].field, fields[field].field))
			return true;
	return false;
}

/* What a row can not do without beyond its columns: a place on the time axis,
 * and for a committee member the deal and the contact. A row of another kind's
 * file that names neither is not one of these. */
static enum row_kind check(struct row_work *w)
{
	const struct plan *plan = w->plan;

	for (int i = 0; i < plan->n_required; i++) {
		const struct field_plan *f = &plan->fields[plan->required[i]];
		if (has_value(w, plan->required[i]))
			continue;
		if (f->field->type == FIELD_REF)
			return ROW_SKIPPED;
		if (f->field->type == FIELD_INSTANT || f->field->type == FIELD_AMOUNT) {
			bad(w, f, (struct slice){"", 0},
			    "has no value here, and needs one");
			return ROW_REJECT;
		}
	}
	return ROW_FACT;
}

static uint64_t hash_values(
    struct row_work *w, const struct custom_value *custom, size_t n, bool lists)
{
	struct str *buf = &w->plan->scratch;

	str_clear(buf);
	for (int i = 1; i < w->plan->n_fields; i++) {
		const struct value *v = &w->values[i];
		char mark[2] = {(char)i, (char)v->type};
		if (v->type == VALUE_NONE)
			continue;
		str_add(buf, mark, 2);
		if (v->type == VALUE_INT)
			str_add(buf, (const char *)&v->n, sizeof v->n);
		else
			str_add(buf, v->p, v->len);
	}
	/* The row that stands for a list differs when any piece of it does. */
	for (int i = 1; lists && i < w->plan->n_fields; i++) {
		struct field_plan *f = &w->plan->fields[i];
		struct slice all = {"", 0};
		if (f->source->split)
			all = field_text(w->plan, f, w->row);
		str_add(buf, all.p, all.len);
	}
	for (size_t i = 0; i < n; i++) {
		str_add(buf, custom[i].name, strlen(custom[i].name) + 1);
		str_add(buf, custom[i].value.p, custom[i].value.len);
	}
	return XXH3_64bits(str_text(buf), buf->len);
}

static uint64_t row_hash(struct row_work *w)
{
	return cells_hash(&w->plan->scratch, w->row->fields, w->row->count);
}

uint64_t plan_read_by(const struct plan *plan, const char *mapping_hash, char delimiter)
{
	struct str text = STR_INIT;

	str_addf(&text, "%s %s %s %c", HUDDLE_VERSION, mapping_hash, plan->section->name,
	    delimiter);
	for (size_t i = 0; i < plan->n_header; i++) {
		str_addc(&text, '\0');
		str_add(&text, plan->header[i].p, plan->header[i].len);
	}
	uint64_t hash = XXH3_64bits(text.p, text.len);
	str_release(&text);
	return hash;
}

uint64_t plan_raw(const struct plan *plan, struct slice raw)
{
	return XXH3_64bits(raw.p, raw.len) ^ plan->read_by;
}

static void add_fact(struct row_work *w, int part)
{
	struct arena *arena = &w->batch->arena;
	const struct plan *plan = w->plan;
	struct row_out *out = batch_add(w->batch);
	struct custom_value *custom = NULL;

	out->kind = ROW_FACT;
	out->line = w->row->line;
	if (plan->n_custom) {
		custom = arena_alloc(arena, (size_t)plan->n_custom * sizeof *custom);
		for (int i = 0; i < plan->n_custom; i++) {
			struct slice s = row_text(plan, w->row, plan->custom[i].column);
			custom[i] = (struct custom_value){
			    plan->custom[i].name, {arena_dup(arena, s.p, s.len), s.len}};
		}
	}
	out->fact = (struct fact){.values = w->values,
	    .custom = custom,
	    .part = part,
	    .list = plan->lists || plan->part_of_column >= 0,
	    .missing = w->missing,
	    .n_custom = (size_t)plan->n_custom,
	    .id = {w->id, w->id_len},
	    .hash = hash_values(w, custom, (size_t)plan->n_custom, !part) ^
	            (uint64_t)w->missing};
	if (!w->id_len)
		out->fact.raw_hash = row_hash(w);
	out->fact.raw = plan_raw(plan, w->row->raw);
}

/* Every further piece of the field is a row of its own beside the first. */
static bool add_pieces_of(struct row_work *w, int index, int *part)
{
	struct field_plan *f = &w->plan->fields[index];
	const size_t size = (size_t)w->plan->n_fields * sizeof *w->values;
	struct slice text = field_text(w->plan, f, w->row), piece;
	struct slice rest = {arena_dup(&w->batch->arena, text.p, text.len), text.len};
	struct value *main_values = w->values;
	const char *why = NULL;
	bool first = true;

	while (!why && slice_cut(&rest, f->source->split, &piece)) {
		piece = slice_trim(piece);
		if (!piece.len)
			continue;
		if (first) {
			first = false;
			continue;
		}
		w->values = arena_alloc(&w->batch->arena, size);
		memcpy(w->values, main_values, size);
		w->values[index] = (struct value){.type = VALUE_NONE};
		w->context.field = f;
		why = convert_cell(&w->context, piece, &w->values[index]);
		if (!why && w->values[index].type != VALUE_NONE)
			add_fact(w, ++*part);
	}
	w->values = main_values;
	return !why || bad(w, f, piece, why);
}

/* A list of ids, such as those merged into one deal: each is a fact of its own with
 * the same values. */
static bool add_ids(struct row_work *w)
{
	struct field_plan *f = &w->plan->fields[0];
	struct slice text = field_text(w->plan, f, w->row), piece;
	struct slice rest = {arena_dup(&w->batch->arena, text.p, text.len), text.len};
	const char *first = w->id;

	while (slice_cut(&rest, f->source->split, &piece)) {
		struct value id = {0};
		piece = slice_trim(piece);
		if (!piece.len || slice_is(piece, first))
			continue;
		w->context.field = f;
		const char *why = convert_cell(&w->context, piece, &id);
		if (why)
			return bad(w, f, piece, why);
		w->id = id.p;
		w->id_len = id.len;
		if (id.len)
			add_fact(w, 0);
	}
	return true;
}

/* An entity is one row whatever it refers to: there the first piece stands. */
static bool add_pieces(struct row_work *w)
{
	int part = 0;

	if (w->plan->fields[0].source->split)
		return add_ids(w);
	if (!w->plan->lists)
		return true;
	for (int i = 1; i < w->plan->n_fields; i++)
		if (w->plan->fields[i].source->split && !add_pieces_of(w, i, &part))
			return false;
	return true;
}

static void add_reject(struct row_work *w)
{
	struct row_out *out = batch_add(w->batch);

	out->kind = ROW_REJECT;
	out->line = w->row->line;
	out->fact.id = (struct slice){w->id, w->id_len};
	out->fact.raw_hash = row_hash(w);
	out->column = w->bad_column;
	out->value = w->bad_value;
	out->why = w->why;
	out->text = arena_dup(&w->batch->arena, w->row->raw.p, w->row->raw.len);
}

/* "ID/2" below the row ID: a further contact or deal of it. */
static bool restored_part(struct row_work *w)
{
	struct plan *plan = w->plan;
	struct slice of = row_text(plan, w->row, plan->part_of_column);

	if (!of.len) {
		str_clear(&plan->main_id);
		str_add(&plan->main_id, w->id, w->id_len);
		return true;
	}
	const char *number = w->id + of.len + 1;
	if (w->id_len > of.len + 1 && !memcmp(w->id, of.p, of.len) && number[-1] == '/')
		w->part = (int)strtol(number, NULL, 10);
	w->id_len = of.len;
	return (w->part > 0 && slice_is(of, str_text(&plan->main_id))) ||
	       bad(w, NULL, (struct slice){"", 0},
	           "belongs to a row that does not stand above it; sort the file as it "
	           "was");
}

static bool restored_row(struct row_work *w)
{
	const struct plan *plan = w->plan;

	if (plan->missing_column >= 0) {
		struct slice since = row_text(plan, w->row, plan->missing_column);
		if (since.len && (!number_read(since, DECIMAL_POINT, 0, &w->missing) ||
		                     w->missing <= 0))
			return bad(
			    w, NULL, since, "is missing since no number of a sync");
	}
	return plan->part_of_column < 0 || restored_part(w);
}

/* The text of the first of these fields that has one. */
static const char *first_text(const struct row_work *w, int from, int to)
{
	for (int i = to; i >= from; i--)
		if (w->values[i].type == VALUE_TEXT)
			return w->values[i].p;
	return NULL;
}

/* A committee exported without ids: a member is known by deal and contact, a
 * list of members by the deal, so that a change is no new row. */
static void committee_id(struct row_work *w)
{
	const char *deal = first_text(w, M_DEAL, M_DEAL_ID),
	           *contact = first_text(w, M_CONTACT, M_CONTACT_EMAIL);

	if (w->id_len || !deal || !contact)
		return;
	w->id = w->plan->lists ? deal
	                       : arena_printf(&w->batch->arena, "%s|%s", deal, contact);
	w->id_len = strlen(w->id);
}

static bool rate_row(struct row_work *w)
{
	struct slice id = {w->id, w->id_len};
	const char *why = w->context.currency_known
	                      ? derive_rate(&w->batch->arena, w->values, &id)
	                      : "names no currency";

	w->id = id.p;
	w->id_len = id.len;
	return !why || bad(w, NULL, (struct slice){"", 0}, why);
}

static bool convert_all(struct row_work *w)
{
	if (!convert_id(w) || !take_currency(w))
		return false;
	for (int i = 0; i < w->plan->n_told; i++)
		if (!convert_field(w, w->plan->told[i]))
			return false;
	put_currency(w);
	if (w->plan->section->kind == FACT_DEALS)
		derive_deal(w->plan->mapping, &w->batch->arena, w->values);
	if (w->plan->section->kind == FACT_COMMITTEE)
		committee_id(w);
	if (w->plan->section->kind == FACT_HISTORY)
		derive_history(&w->context, w->values);
	if (w->plan->section->kind == FACT_CURRENCIES && !rate_row(w))
		return false;
	return !w->context.refused;
}

bool plan_row(
    struct plan *plan, const struct reader_row *row, struct batch *batch, struct err *err)
{
	struct row_work w = {.plan = plan,
	    .row = row,
	    .batch = batch,
	    .context = {.plan = plan, .arena = &batch->arena, .err = err}};
	enum row_kind kind = ROW_REJECT;

	if (nothing_in(row)) {
		kind = ROW_SKIPPED;
	} else if (row->count != plan->n_header) {
		w.bad_column = w.bad_value = "";
		w.why =
		    arena_printf(&batch->arena, "has %zu fields where the header has %zu",
		        row->count, plan->n_header);
	} else if (!plan_chooses(plan, row)) {
		kind = ROW_SKIPPED;
	} else {
		w.values =
		    arena_alloc(&batch->arena, (size_t)plan->n_fields * sizeof *w.values);
		if (convert_all(&w) && restored_row(&w))
			kind = check(&w);
	}
	if (w.context.refused)
		return false;
	size_t before = batch->count;
	if (kind == ROW_FACT) {
		add_fact(&w, w.part);
		if (!add_pieces(&w)) {
			batch->count =
			    before; /* with a piece, the whole row is no good */
			kind = ROW_REJECT;
		}
	}
	if (kind == ROW_REJECT)
		add_reject(&w);
	else if (kind == ROW_SKIPPED)
		batch_add(batch)->kind = ROW_SKIPPED;
	return true;
}
