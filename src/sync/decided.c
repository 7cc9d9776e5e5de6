#include "plan.h"

#include <string.h>

/*
 * What the whole of a column decided about each of its cells: 03/04/2026 in the
 * same row is another day when the column turns out to be day first. Kept with
 * the feed as "close_date=mdy amount=comma ".
 */

static const char *order_word(enum date_order order)
{
	return order == DATES_MDY ? "mdy" : order == DATES_DMY ? "dmy" : NULL;
}

static const char *mark_word(enum decimal_mark mark)
{
	return mark == DECIMAL_POINT ? "point" : mark == DECIMAL_COMMA ? "comma" : NULL;
}

const char *plan_decided(const struct plan *plan, struct arena *arena)
{
	struct str all = STR_INIT;

	for (int i = 0; i < plan->n_fields; i++) {
		const struct field_plan *f = &plan->fields[i];
		bool amount =
		    f->field->type != FIELD_DAY && f->field->type != FIELD_INSTANT;
		const char *word = amount ? mark_word(f->mark) : order_word(f->order);
		if (word && f->n_columns)
			str_addf(&all, "%s=%s ", f->field->name, word);
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
