#include "huddle/attribution_sums.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * One deal after the other: its amount shared out over its touches and added to their
 * campaigns, channels and quarters, and the deal counted for whose it is. A deal adds
 * its amount once to the total, and its shares add up to that, so that every list adds
 * up to the total less what no touch got.
 */

const char *const attribution_by_names[ATTRIBUTION_BYS + 1] = {
    [BY_CAMPAIGN] = "campaign", [BY_CHANNEL] = "channel", [BY_QUARTER] = "quarter"};

static void add(struct attribution *a, struct money_sum *sum, money_t amount)
{
	sum->count++;
	a->overflow |= !money_add(&sum->amount, amount);
}

/* ---- lines ---- */

static struct attribution_line *line_add(
    struct attribution *a, enum attribution_by by, const char *name, uint32_t number)
{
	struct attribution_lines *lines = &a->by[by];

	lines->items = arena_grow(
	    a->arena, lines->items, &lines->cap, lines->count + 1, sizeof *lines->items);
	lines->items[lines->count] =
	    (struct attribution_line){.name = name, .number = number};
	return &lines->items[lines->count++];
}

static struct attribution_line *line_of(
    struct attribution *a, enum attribution_by by, uint32_t number)
{
	struct attribution_lines *lines = &a->by[by];
	const struct attribution_book *book = a->book;

	/* Channels come to be known while deals are read. */
	if (number >= lines->n_of)
		lines->of = arena_grow(
		    a->arena, lines->of, &lines->n_of, number + 1, sizeof *lines->of);
	if (!lines->of[number]) {
		line_add(a, by,
		    by == BY_CAMPAIGN ? book->campaigns[number].name
		                      : book->channels[number],
		    number);
		lines->of[number] = (uint32_t)lines->count;
	}
	return &lines->items[lines->of[number] - 1];
}

/* "2026-Q4", as --quarter takes it: a fiscal year is named by the year it ends in. */
static const char *quarter_name(struct attribution *a, day_t first_day)
{
	int start = a->fiscal_start > 1 ? a->fiscal_start : 1;
	struct civil first = civil_from_day(first_day);

	return arena_printf(a->arena, "%d-Q%d",
	    first.year + (start > 1 && first.month >= start),
	    (first.month - start + 12) % 12 / 3 + 1);
}

/* Touches come in order of time, so it is mostly the quarter of the one before. */
static struct attribution_line *quarter_of(struct attribution *a, day_t day,
    struct attribution_line *last, struct period *period)
{
	struct attribution_lines *lines = &a->by[BY_QUARTER];

	if (last && period_has(*period, day))
		return last;
	*period = period_of_quarter(day, a->fiscal_start > 1 ? a->fiscal_start : 1);
	for (size_t i = 0; i < lines->count; i++)
		if ((day_t)lines->items[i].number == period->first)
			return &lines->items[i];
	return line_add(
	    a, BY_QUARTER, quarter_name(a, period->first), (uint32_t)period->first);
}

/* A deal counts once in a line, however many of its touches are there. */
static void line_take(struct attribution *a, struct attribution_line *line,
    const struct deal *deal, money_t amount, bool lost)
{
	struct money_sum *sum = lost ? &line->lost : &line->share;

	sum->count += line->last != deal->key;
	line->last = deal->key;
	a->overflow |= !money_add(&sum->amount, amount);
}

/* ---- shares ---- */

static bool list_has_room(struct attribution *a, size_t more)
{
	if (a->one || (!a->shares_left_out && a->n_shares + more <= SHARES_LISTED))
		return true;
	a->shares_left_out += a->n_shares + more;
	a->n_shares = 0;
	return false;
}

static void list_shares(
    struct attribution *a, const struct attribution_case *c, uint64_t total)
{
	const struct attribution_book *book = a->book;
	size_t some = 0;

	for (size_t i = 0; i < c->count; i++)
		some += c->touches[i].weight != 0 || a->one;
	if (!list_has_room(a, some))
		return;
	int64_t *shares = xmalloc(c->count * sizeof *shares);
	attribution_split(shares, c->touches, c->count, total, SHARE_ONE);
	if (a->n_shares + some > a->cap_shares)
		a->shares = arena_grow(a->arena, a->shares, &a->cap_shares,
		    a->n_shares + some, sizeof *a->shares);
	for (size_t i = 0; i < c->count; i++) {
		const struct attribution_touch *t = &c->touches[i];
		if (t->weight || a->one)
			a->shares[a->n_shares++] =
			    (struct attribution_share){.deal = c->deal,
			        .campaign = book->campaigns[t->campaign].name,
			        .channel = book->channels[t->channel],
			        .at = t->at,
			        .share = shares[i],
			        .amount = a->parts[i]};
	}
	free(shares);
}

static void share_out(struct attribution *a, const struct attribution_case *c,
    const struct attribution_times *times, money_t amount, bool lost)
{
	struct attribution_line *quarter = NULL;
	struct period period = {DAY_NONE, DAY_NONE};
	uint64_t total = attribution_weigh(c->touches, c->count, times, &a->rules);

	if (c->count > a->cap_parts)
		a->parts = arena_grow(
		    a->arena, a->parts, &a->cap_parts, c->count, sizeof *a->parts);
	attribution_split(a->parts, c->touches, c->count, total, amount);
	for (size_t i = 0; i < c->count; i++) {
		const struct attribution_touch *t = &c->touches[i];
		if (!t->weight)
			continue;
		line_take(
		    a, line_of(a, BY_CAMPAIGN, t->campaign), c->deal, a->parts[i], lost);
		line_take(
		    a, line_of(a, BY_CHANNEL, t->channel), c->deal, a->parts[i], lost);
		quarter = quarter_of(a, day_of_instant(t->at), quarter, &period);
		line_take(a, quarter, c->deal, a->parts[i], lost);
	}
	if (!lost)
		list_shares(a, c, total);
}

/* ---- whose it is ---- */

static void judge(struct attribution *a, const struct attribution_case *c,
    const struct attribution_times *times, money_t amount, bool lost)
{
	enum sourced_by locked = a->rules.sourced;
	struct sourced_marks marks = sourced_judge(c, times, a->book, locked);

	if (marks.by[locked]) {
		struct attribution_line *line = line_of(a, BY_CAMPAIGN, marks.campaign);
		bool qualified = !lost && c->deal->status != DEAL_LOST &&
		                 (c->deal->status == DEAL_WON || c->deal->qualified >= 0);

		add(a, &line->sourced[c->deal->status], amount);
		line->qualified += qualified;
		a->qualified += qualified;
	}
	if (lost)
		return;
	for (int i = 0; i < SOURCED_BYS; i++)
		if (marks.by[i])
			add(a, &a->sourced[i], amount);
	if (marks.influenced)
		add(a, &a->influenced, amount);
	if (!marks.by[locked])
		add(a, marks.influenced ? &a->influenced_only : &a->neither, amount);
	a->verdicts = arena_grow(a->arena, a->verdicts, &a->cap_verdicts,
	    a->n_verdicts + 1, sizeof *a->verdicts);
	a->verdicts[a->n_verdicts++] = (struct attribution_verdict){c->deal, marks};
}

static void compare_truths(struct attribution *a, const struct attribution_case *c)
{
	struct attribution_dispute d = {.deal = c->deal};
	enum truths truths = two_truths(c, a->book, &d.crm, &d.marketing);

	a->crm_silent += truths == TRUTHS_CRM_SILENT;
	if (truths != TRUTHS_DIFFER)
		return;
	a->disputes = arena_grow(a->arena, a->disputes, &a->cap_disputes,
	    a->n_disputes + 1, sizeof *a->disputes);
	a->disputes[a->n_disputes++] = d;
}

/* What can not be added to the sums is counted beside them, never as 0. */
static void set_apart(struct attribution *a, struct worth worth, bool lost)
{
	size_t i = 0;

	if (lost || worth.amount == MONEY_NONE) {
		*(lost ? &a->lost_apart : &a->no_amount) += 1;
		return;
	}
	while (i < a->n_apart && !currency_eq(a->apart[i].currency, worth.currency))
		i++;
	if (i == DEAL_TOTALS) {
		a->overflow = true;
		return;
	}
	if (i == a->n_apart)
		a->apart[a->n_apart++] = (struct deal_total){.currency = worth.currency};
	a->apart[i].count++;
	a->overflow |= !money_add(&a->apart[i].amount, worth.amount);
}

void attribution_take(struct attribution *a, const struct attribution_case *given)
{
	struct attribution_case c = *given;
	struct attribution_times times =
	    attribution_times_of(c.deal, c.lead, &a->rules, a->today);
	struct worth worth = deal_worth(c.deal);
	bool lost = c.deal->status == DEAL_LOST && !a->one;

	c.count = attribution_order(c.touches, c.count, &times);
	compare_truths(a, &c);
	if (worth.amount == MONEY_NONE ||
	    !currency_eq(worth.currency, a->book->currency)) {
		set_apart(a, worth, lost);
		return;
	}
	add(a, lost ? &a->lost : &a->total, worth.amount);
	judge(a, &c, &times, worth.amount, lost);
	size_t before = attribution_before(c.touches, c.count, &times);
	c.touches += before;
	c.count -= before;
	if (c.count)
		share_out(a, &c, &times, worth.amount, lost);
	else if (!lost)
		add(a, &a->unattributed, worth.amount);
}

/* ---- in the end ---- */

static int by_share(const void *x, const void *y)
{
	const struct attribution_line *a = x, *b = y;

	if (a->share.amount != b->share.amount)
		return a->share.amount > b->share.amount ? -1 : 1;
	if (a->lost.amount != b->lost.amount)
		return a->lost.amount > b->lost.amount ? -1 : 1;
	if (!a->name || !b->name)
		return (a->name == NULL) - (b->name == NULL);
	int names = strcmp(a->name, b->name);
	return names ? names : (a->number > b->number) - (a->number < b->number);
}

static int by_time(const void *x, const void *y)
{
	const struct attribution_line *a = x, *b = y;
	day_t p = (day_t)a->number, q = (day_t)b->number;

	return (p > q) - (p < q);
}

/* The largest first, a currency after the other. */
static int by_amount(const void *x, const void *y)
{
	const struct deal *a = ((const struct attribution_dispute *)x)->deal,
	                  *b = ((const struct attribution_dispute *)y)->deal;
	struct worth p = deal_worth(a), q = deal_worth(b);
	int order = strcmp(p.currency.code, q.currency.code);

	if (order)
		return order;
	if (p.amount != q.amount)
		return p.amount > q.amount ? -1 : 1;
	return (a->key > b->key) - (a->key < b->key);
}

void attribution_settle(struct attribution *a)
{
	if (a->n_disputes)
		qsort(a->disputes, a->n_disputes, sizeof *a->disputes, by_amount);
	for (int i = 0; i < ATTRIBUTION_BYS; i++)
		if (a->by[i].count)
			qsort(a->by[i].items, a->by[i].count, sizeof *a->by[i].items,
			    i == BY_QUARTER ? by_time : by_share);
}

/* Half to even; by is more than 0. */
static money_t divided(money_t amount, int by)
{
	money_t whole = amount / by, rest = amount % by;

	if (rest * 2 > by || (rest * 2 == by && whole % 2))
		whole++;
	return whole;
}

bool attribution_cost(const struct attribution_line *line,
    const struct attribution_book *book, money_t *out)
{
	int deals = line->qualified;
	const struct attribution_campaign *c = &book->campaigns[line->number];

	if (!line->number || c->cost_state != COST_KNOWN || !deals)
		return false;
	*out = divided(c->cost, deals);
	return true;
}

struct attribution_costs attribution_costs(const struct attribution *a)
{
	struct attribution_costs out = {.each = MONEY_NONE};
	int deals = a->qualified;
	bool fits = true;

	for (size_t i = 1; i < a->book->n_campaigns; i++) {
		const struct attribution_campaign *c = &a->book->campaigns[i];
		if (!c->name)
			continue;
		out.known += c->cost_state == COST_KNOWN;
		out.none += c->cost_state == COST_NONE;
		out.no_rate += c->cost_state == COST_NO_RATE;
		if (c->cost_state == COST_KNOWN)
			fits &= money_add(&out.cost, c->cost);
	}
	if (out.known && deals && fits)
		out.each = divided(out.cost, deals);
	return out;
}
