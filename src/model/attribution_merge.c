#include "huddle/attribution_sums.h"

#include <string.h>

/* The sums of two lots of deals are those of all of them. */

static void add(struct attribution *into, struct money_sum *sum, struct money_sum more)
{
	sum->count += more.count;
	into->overflow |= !money_add(&sum->amount, more.amount);
}

static bool is_same(enum attribution_by by, const struct attribution_line *a,
    const struct attribution_line *b)
{
	if (by != BY_CHANNEL)
		return a->number == b->number;
	if (!a->name || !b->name)
		return a->name == b->name;
	return slice_is_nocase(slice_of(a->name), b->name);
}

/* Channels have names in common, not numbers; lines are some hundreds. */
static struct attribution_line *line_like(
    struct attribution *into, enum attribution_by by, const struct attribution_line *line)
{
	struct attribution_lines *lines = &into->by[by];

	for (size_t i = 0; i < lines->count; i++)
		if (is_same(by, &lines->items[i], line))
			return &lines->items[i];
	lines->items = arena_grow(into->arena, lines->items, &lines->cap,
	    lines->count + 1, sizeof *lines->items);
	lines->items[lines->count] =
	    (struct attribution_line){.name = line->name, .number = line->number};
	return &lines->items[lines->count++];
}

static void merge_lines(struct attribution *into, enum attribution_by by,
    const struct attribution_lines *from)
{
	for (size_t i = 0; i < from->count; i++) {
		const struct attribution_line *line = &from->items[i];
		struct attribution_line *own = line_like(into, by, line);
		add(into, &own->share, line->share);
		add(into, &own->lost, line->lost);
		for (int s = 0; s <= DEAL_LOST; s++)
			add(into, &own->sourced[s], line->sourced[s]);
		own->qualified += line->qualified;
	}
}

/* Appended, in the memory of `into`. */
static void *appended(struct attribution *into, void *items, size_t *count, size_t *cap,
    const void *more, size_t n, size_t size)
{
	items = arena_grow(into->arena, items, cap, *count + n, size);
	if (n)
		memcpy((char *)items + *count * size, more, n * size);
	*count += n;
	return items;
}

static void merge_shares(struct attribution *into, const struct attribution *from)
{
	size_t all = into->n_shares + from->n_shares;

	if (into->shares_left_out || from->shares_left_out || all > SHARES_LISTED) {
		into->shares_left_out += from->shares_left_out + all;
		into->n_shares = 0;
		return;
	}
	into->shares = appended(into, into->shares, &into->n_shares, &into->cap_shares,
	    from->shares, from->n_shares, sizeof *into->shares);
}

static void merge_apart(struct attribution *into, const struct attribution *from)
{
	for (size_t i = 0; i < from->n_apart; i++) {
		const struct deal_total *more = &from->apart[i];
		size_t at = 0;
		while (at < into->n_apart &&
		       !currency_eq(into->apart[at].currency, more->currency))
			at++;
		if (at == DEAL_TOTALS) {
			into->overflow = true;
			return;
		}
		if (at == into->n_apart)
			into->apart[into->n_apart++] =
			    (struct deal_total){.currency = more->currency};
		into->apart[at].count += more->count;
		into->overflow |= !money_add(&into->apart[at].amount, more->amount);
	}
}

void attribution_merge(struct attribution *into, const struct attribution *from)
{
	into->overflow |= from->overflow;
	add(into, &into->total, from->total);
	add(into, &into->unattributed, from->unattributed);
	for (int i = 0; i < SOURCED_BYS; i++)
		add(into, &into->sourced[i], from->sourced[i]);
	into->qualified += from->qualified;
	add(into, &into->influenced, from->influenced);
	add(into, &into->influenced_only, from->influenced_only);
	add(into, &into->neither, from->neither);
	add(into, &into->lost, from->lost);
	into->no_amount += from->no_amount;
	into->lost_apart += from->lost_apart;
	into->crm_silent += from->crm_silent;
	merge_apart(into, from);
	for (int by = 0; by < ATTRIBUTION_BYS; by++)
		merge_lines(into, (enum attribution_by)by, &from->by[by]);
	merge_shares(into, from);
	into->verdicts =
	    appended(into, into->verdicts, &into->n_verdicts, &into->cap_verdicts,
	        from->verdicts, from->n_verdicts, sizeof *into->verdicts);
	into->disputes =
	    appended(into, into->disputes, &into->n_disputes, &into->cap_disputes,
	        from->disputes, from->n_disputes, sizeof *into->disputes);
}
