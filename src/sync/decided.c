#include "plan.h"

#include <string.h>

/*
 * What the whole of a column decided about each of its cells: 03/04/2026 in the
 * same row is another day when the column turns out to be day first. Kept with
 * the feed and the file as "close_date.0=mdy amount.0=comma ". That a field was
 * looked up, "deal_id.by=lookup", stands there too: see lookups_kept().
 */

static const char *order_word(enum date_order order)
{
	return order == DATES_MDY ? "mdy" : order == DATES_DMY ? "dmy" : NULL;
}

static const char *mark_word(enum decimal_mark mark)
{
	return mark == DECIMAL_POINT ? "point" : mark == DECIMAL_COMMA ? "comma" : NULL;
}

/* `nth`: the fallback they are of; 0: the field's own columns. */
static void add(struct str *all, const struct field_plan *f, int nth,
    enum date_order order, enum decimal_mark mark, enum decimal_mark seen)
{
	bool day = f->field->type == FIELD_DAY || f->field->type == FIELD_INSTANT;
	const char *word = day ? order_word(order) : mark_word(mark ? mark : seen);

	if (word)
		str_addf(all, "%s.%d=%s ", f->field->name, nth, word);
}

const char *plan_decided(const struct plan *plan, struct arena *arena)
{
	struct str all = STR_INIT;

	for (int i = 0; i < plan->n_fields; i++) {
		const struct field_plan *f = &plan->fields[i];
		if (f->n_columns)
			add(&all, f, 0, f->order, f->mark, f->seen);
		for (int j = 0; j < f->n_fallback; j++)
			add(&all, f, j + 1, f->fallback[j].order, f->fallback[j].mark,
			    f->fallback[j].seen);
		if (f->source->n_lookups && f->n_columns)
			str_addf(&all, "%s.by=lookup ", f->field->name);
		if (f->shares != SHARES_UNKNOWN)
			str_addf(&all, "%s.of=%s ", f->field->name,
			    f->shares == SHARES_PERCENT ? "100" : "1");
	}
	const char *text = arena_strdup(arena, str_text(&all));
	str_release(&all);
	return text;
}

/* Of the same field, another word. */
static bool differs(struct slice word, const char *from)
{
	struct slice rest = slice_of(from), other;
	const char *equals = memchr(word.p, '=', word.len);
	size_t name = equals ? (size_t)(equals - word.p) + 1 : word.len;

	while (slice_cut(&rest, ' ', &other))
		if (other.len >= name && !memcmp(other.p, word.p, name) &&
		    !slice_eq(other, word))
			return true;
	return false;
}

bool plan_contradicts(const char *before, const char *now)
{
	struct slice rest = slice_of(now), word;

	while (slice_cut(&rest, ' ', &word))
		if (word.len && differs(word, before))
			return true;
	return false;
}

static bool says(const struct str *all, struct slice word)
{
	struct slice rest = {str_text(all), all->len}, part;

	while (slice_cut(&rest, ' ', &part))
		if (slice_eq(part, word))
			return true;
	return false;
}

void plan_add_decided(struct str *all, const char *more)
{
	struct slice rest = slice_of(more), word;

	while (slice_cut(&rest, ' ', &word))
		if (word.len && !says(all, word))
			str_addf(all, "%.*s ", (int)word.len, word.p);
}

static void use_word(struct field_plan *f, struct slice nth, struct slice word)
{
	int i = nth.len == 1 ? *nth.p - '0' : -1;
	struct joined *from = i > 0 && i <= f->n_fallback ? &f->fallback[i - 1] : NULL;
	enum date_order *order = from ? &from->order : &f->order;
	enum decimal_mark *mark = from ? &from->mark : &f->mark;

	if (slice_is(nth, "of") && f->shares == SHARES_UNKNOWN)
		f->shares = slice_is(word, "100") ? SHARES_PERCENT : SHARES_OF_ONE;
	if (i && !from)
		return;
	for (int o = DATES_MDY; o <= DATES_DMY; o++)
		if (slice_is(word, order_word((enum date_order)o)) &&
		    *order == DATES_UNKNOWN)
			*order = (enum date_order)o;
	for (int m = DECIMAL_POINT; m <= DECIMAL_COMMA; m++)
		if (slice_is(word, mark_word((enum decimal_mark)m)) &&
		    *mark == DECIMAL_AUTO)
			*mark = (enum decimal_mark)m;
}

void plan_use_decided(struct plan *plan, const char *decided)
{
	struct slice rest = slice_of(decided), word, name, nth;

	while (slice_cut(&rest, ' ', &word)) {
		if (!slice_cut(&word, '.', &name) || !slice_cut(&word, '=', &nth))
			continue;
		for (int i = 0; i < plan->n_fields; i++)
			if (slice_is(name, plan->fields[i].field->name))
				use_word(&plan->fields[i], nth, word);
	}
}
