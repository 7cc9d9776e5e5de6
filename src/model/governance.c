#include "huddle/governance.h"

#include <stdlib.h>
#include <string.h>

/* The calendar of what both leaders agreed to do, and moves without evidence. */

static const char *named(const struct definition *d, enum role_of role)
{
	return *d->people[role] ? d->people[role] : role_of_title(role);
}

/* The first Monday of the month; of the next one where it is over. */
static day_t monthly(day_t today)
{
	for (day_t month = period_of_month(today).first;;
	     month = period_of_month(month).last + 1) {
		day_t monday = month + (7 - day_weekday(month)) % 7;

		if (monday >= today)
			return monday;
	}
}

/* Two weeks after a quarter has ended: by then its last debriefs are there. */
static day_t after_quarter(day_t today, int fiscal_start)
{
	enum { DAYS = 14 };
	day_t due = period_of_quarter(today, fiscal_start).first + DAYS;

	return due >= today ? due
	                    : period_of_quarter(today, fiscal_start).last + 1 + DAYS;
}

void duties_make(struct duty out[DUTIES], const struct duty_input *in)
{
	enum { WEEK = 7 };
	const struct definition *d = in->definition;
	day_t last = in->last_review;

	out[0] = (struct duty){"weekly deal review", "CMO and VP Sales", last,
	    last == DAY_NONE ? in->today : last + WEEK, ""};
	out[1] = (struct duty){"monthly look at the handoff", named(d, ROLE_OPERATOR),
	    DAY_NONE, monthly(in->today), ""};
	out[2] = (struct duty){"monthly scorecard", named(d, ROLE_OPERATOR), DAY_NONE,
	    monthly(in->today), ""};
	out[3] = (struct duty){"quarterly definitions", named(d, ROLE_OPERATOR),
	    in->version->id ? day_of_instant(in->version->at) : DAY_NONE,
	    in->version->id ? definition_due(in->version) : in->today,
	    in->doubt ? in->doubt : ""};
	out[4] = (struct duty){"quarterly win and loss", named(d, ROLE_CMO), DAY_NONE,
	    after_quarter(in->today, in->fiscal_start), ""};
}

static struct owner_moves *owner_of(struct owner_moves **all, size_t *count, size_t *cap,
    struct arena *arena, const char *owner)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp((*all)[i].owner, owner))
			return &(*all)[i];
	*all = arena_grow(arena, *all, cap, *count + 1, sizeof **all);
	(*all)[*count] = (struct owner_moves){.owner = owner};
	return &(*all)[(*count)++];
}

static int compare_owners(const void *a, const void *b)
{
	const struct owner_moves *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->owner, y->owner);
}

void moves_make(struct owner_moves **out, size_t *count, struct arena *arena,
    const struct past *past, const struct qualified *qualified, struct period period)
{
	size_t cap = 0;

	*out = NULL;
	*count = 0;
	for (size_t i = 0; i < past->n_deals; i++) {
		const struct past_deal *p = &past->deals[i];
		const struct qualified_deal *q = qualified_find(qualified, p->now->key);

		for (size_t c = 0; q && q->n_missing && c < p->changes.count; c++) {
			const struct change *change = &p->changes.items[c];

			if (change->field != CHANGE_STAGE || !*change->old_value ||
			    !period_has(period, day_of_instant(change->at)))
				continue;
			struct owner_moves *o =
			    owner_of(out, count, &cap, arena, p->now->owner);

			o->moves = arena_grow(
			    arena, o->moves, &o->cap, o->count + 1, sizeof *o->moves);
			o->moves[o->count++] = (struct moved_on){q, change->old_value,
			    change->new_value, day_of_instant(change->at)};
		}
	}
	if (*count)
		qsort(*out, *count, sizeof **out, compare_owners);
}
