#include "plan_text.h"

#include "cells.h"
#include "huddle/csv_cell.h"
#include "huddle/text.h"
#include "lookup.h"
#include "row_cells.h"
#include <string.h>

/* What a row says for a field: the text of its columns, put together, looked up,
 * or told from elsewhere. */

static bool is_blank(const struct mapping *mapping, struct slice s)
{
	if (!s.len || (s.len == 2 && s.p[0] == '-' && s.p[1] == '-'))
		return true;
	for (int i = 0; mapping && i < mapping->n_blank; i++)
		if (slice_is_nocase(s, mapping->blank[i]))
			return true;
	return false;
}

struct slice cell_text(const struct mapping *mapping, struct slice cell)
{
	struct slice s = slice_trim(cell);

	return is_blank(mapping, s) ? (struct slice){"", 0} : s;
}

struct slice row_text(const struct plan *plan, const struct reader_row *row, int column)
{
	struct slice text = cell_text(plan->mapping, row->fields[column]);

	return plan->section->restores ? csv_plain(text) : text;
}

/* Several headers of one field: a key joins them by |, all else by a blank. */
static struct slice join(
    struct plan *plan, const struct reader_row *row, const int *columns, int n, char with)
{
	if (n == 1)
		return row_text(plan, row, columns[0]);
	str_clear(&plan->joined);
	for (int i = 0; i < n; i++) {
		struct slice s = row_text(plan, row, columns[i]);
		if (i && (with == '|' || (s.len && plan->joined.len)))
			str_addc(&plan->joined, with);
		str_add(&plan->joined, s.p, s.len);
	}
	struct slice all = {str_text(&plan->joined), plan->joined.len};
	for (size_t i = 0; i < all.len; i++)
		if (all.p[i] != '|')
			return all;
	return (struct slice){"", 0}; /* nothing but separators */
}

static struct slice map_word(const struct field_source *source, struct slice text)
{
	for (int i = 0; i < source->n_map; i++)
		if (text_same(text, slice_of(source->map[i].from)) ||
		    (text.len && !strcmp(source->map[i].from, "*")))
			return slice_of(source->map[i].to);
	return text;
}

static struct slice guess(
    const struct plan *plan, const struct field_plan *f, const struct reader_row *row)
{
	struct slice text = row_text(plan, row, f->guess);
	const char *word = !strcmp(f->field->name, "direction") ? guess_direction(text)
	                                                        : guess_kind(text);

	return word ? slice_of(word) : (struct slice){"", 0};
}

/* In the first of the tables that has the key. */
static struct slice look_up(
    struct plan *plan, const struct field_source *source, struct slice key)
{
	str_clear(&plan->found);
	for (int i = 0; key.len && i < source->n_lookups && !plan->found.len; i++) {
		struct lookup *lookup = source->lookups[i];
		if (!lookup->table)
			continue;
		lookup_find(lookup->table, plan->mapping, key, &plan->found);
		lookup->asked++;
		lookup->found += plan->found.len > 0;
	}
	return (struct slice){str_text(&plan->found), plan->found.len};
}

struct slice field_text(
    struct plan *plan, struct field_plan *f, const struct reader_row *row)
{
	char with = f->field == &fact_infos[plan->section->kind].fields[0] ? '|' : ' ';
	struct slice text = {"", 0};

	if (f->n_columns)
		text = join(plan, row, f->columns, f->n_columns, with);
	if (text.len && f->source->n_keys)
		text = json_value(text, f->source->keys, f->source->n_keys, &plan->inner);
	if (f->source->n_lookups)
		text = look_up(plan, f->source, text);
	text = map_word(f->source, text);
	f->from = -1;
	for (int i = 0; !text.len && i < f->n_fallback; i++) {
		const struct joined *from = &f->fallback[i];
		f->from = i;
		text = map_word(f->source, join(plan, row, from->columns, from->n, with));
	}
	if (!text.len && f->guess >= 0)
		text = guess(plan, f, row);
	if (!text.len && f->source->default_value)
		text = slice_of(f->source->default_value);
	return text;
}

struct slice first_piece(const struct field_plan *f, struct slice text)
{
	struct slice piece = text;

	if (!f->source->split)
		return text;
	while (slice_cut(&text, f->source->split, &piece) && !slice_trim(piece).len)
		;
	return slice_trim(piece);
}
