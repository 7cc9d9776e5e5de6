#include "huddle/past.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>

/*
 * What the names of stages mean, and how long won deals stayed in each. The
 * order comes from the mapping or the CRM. A stage closes deals when no open
 * deal is in it, all of it ended one way, and deals came into it on the day they
 * closed: where the CRM keeps the outcome apart, a lost deal stays in the stage
 * it was lost in.
 */

enum { DAYS_MAX = 4096, SHELF = 4096 };

struct past_norm {
	const struct past_stage *stage; /* NULL: free */
	day_t day;
	int days, count;
};

const struct past_stage *past_stage_find(const struct past *past, const char *name)
{
	for (size_t i = 0; i < past->n_stages; i++)
		if (!strcmp(past->stages[i].name, name))
			return &past->stages[i];
	return NULL;
}

/* Deals that ended in a stage: how many tell when they came to it, and of those
 * how many came by closing. */
struct closings {
	int told, closing;
};

static void count_deal(struct closings *c, const struct past_deal *deal)
{
	const struct deal *now = deal->now;
	instant_t since = history_stage_since(&deal->changes, now->stage);
	if (now->status == DEAL_OPEN || since == INSTANT_NONE || now->closed == DAY_NONE)
		return;
	c->told++;
	c->closing += abs(day_of_instant(since) - now->closed) <= 1;
}

static void find_statuses(struct past *past)
{
	struct closings *all = xcalloc(past->n_stages + 1, sizeof *all);
	for (size_t i = 0; i < past->n_deals; i++) {
		const struct past_stage *stage =
		    past_stage_find(past, past->deals[i].now->stage);
		if (stage)
			count_deal(&all[stage - past->stages], &past->deals[i]);
	}
	for (size_t i = 0; i < past->n_stages; i++)
		if (all[i].closing * 2 < all[i].told)
			past->stages[i].status = DEAL_OPEN;
	free(all);
}

/* The first day on which the deal was won, whatever came after. */
static day_t won_on(const struct past *past, const struct past_deal *deal)
{
	for (size_t i = 0; i < deal->changes.count; i++) {
		const struct change *c = &deal->changes.items[i];
		if (c->field != CHANGE_STAGE)
			continue;
		const struct past_stage *stage = past_stage_find(past, c->new_value);
		if (stage && stage->status == DEAL_WON)
			return day_of_instant(c->at);
	}
	return deal->now->status == DEAL_WON ? deal->now->closed : DAY_NONE;
}

/* Days in each stage up to that day, -1 where it never was: as the summary of
 * today's medians has them. */
static void count_stays(
    const struct past *past, const struct past_deal *deal, day_t won, int *days)
{
	day_t since = deal->now->created;
	for (size_t i = 0; i < past->n_stages; i++)
		days[i] = -1;
	for (size_t i = 0; i < deal->changes.count; i++) {
		const struct change *c = &deal->changes.items[i];
		day_t day = day_of_instant(c->at);
		if (c->field != CHANGE_STAGE || !*c->old_value || day > won)
			continue;
		const struct past_stage *stage = past_stage_find(past, c->old_value);
		if (stage && since != DAY_NONE && day >= since) {
			int *total = &days[stage - past->stages];
			*total = (*total < 0 ? 0 : *total) + (day - since);
		}
		since = day;
	}
}

static void add_stay(struct past_stage *stage, struct arena *arena, day_t won, int days)
{
	stage->stays = arena_grow(arena, stage->stays, &stage->cap_stays,
	    stage->n_stays + 1, sizeof *stage->stays);
	stage->stays[stage->n_stays++] = (struct past_stay){won, days};
}

static int compare_stays(const void *a, const void *b)
{
	const struct past_stay *x = a, *y = b;
	return x->won != y->won ? (x->won > y->won ? 1 : -1)
	                        : (x->days > y->days) - (x->days < y->days);
}

static void find_stays(struct past *past, struct arena *arena)
{
	int *days = xcalloc(past->n_stages + 1, sizeof *days);
	for (size_t i = 0; i < past->n_deals; i++) {
		day_t won = won_on(past, &past->deals[i]);
		if (won == DAY_NONE)
			continue;
		count_stays(past, &past->deals[i], won, days);
		for (size_t s = 0; s < past->n_stages; s++)
			if (days[s] >= 0)
				add_stay(&past->stages[s], arena, won, days[s]);
	}
	free(days);
	for (size_t s = 0; s < past->n_stages; s++)
		if (past->stages[s].n_stays)
			qsort(past->stages[s].stays, past->stages[s].n_stays,
			    sizeof *past->stages[s].stays, compare_stays);
}

/* Ranks: the open stages that have an order, as "1 of 5". */
static void find_ranks(struct past *past)
{
	for (size_t i = 0; i < past->n_stages; i++) {
		struct past_stage *stage = &past->stages[i];
		int lower = 0;
		bool first = true;
		if (!stage->ranked)
			continue;
		for (size_t j = 0; j < past->n_stages; j++) {
			const struct past_stage *other = &past->stages[j];
			bool again = false; /* a stage before it has the same order */
			for (size_t k = 0; k < j; k++)
				again |= past->stages[k].ranked &&
				         past->stages[k].order == other->order;
			lower += other->ranked && !again && other->order < stage->order;
			first &=
			    !(j < i && other->ranked && other->order == stage->order);
		}
		stage->rank = lower + 1;
		past->ranks += first;
	}
}

void past_prepare(struct past *past, struct arena *arena)
{
	past->norms = arena_alloc(arena, SHELF * sizeof *past->norms);
	past->counts = arena_alloc(arena, DAYS_MAX * sizeof *past->counts);
	find_statuses(past);
	find_stays(past, arena);
	find_ranks(past);
}

/* Of an even number the lower of the two in the middle: a day is whole. */
static int median(int *counts, int n)
{
	int seen = 0, days = 0;
	while (days < DAYS_MAX - 1 && seen + counts[days] <= (n - 1) / 2)
		seen += counts[days++];
	return days;
}

void past_norm_at(
    struct past *past, const struct past_stage *stage, day_t day, int *days, int *count)
{
	size_t slot = (size_t)(stage - past->stages) * 131 + (size_t)(unsigned)day;
	struct past_norm *norm = &past->norms[slot % SHELF];
	if (norm->stage != stage || norm->day != day) {
		*norm = (struct past_norm){.stage = stage, .day = day};
		memset(past->counts, 0, DAYS_MAX * sizeof *past->counts);
		for (size_t i = 0; i < stage->n_stays && stage->stays[i].won < day; i++) {
			int stay = stage->stays[i].days;
			past->counts[stay < DAYS_MAX ? stay : DAYS_MAX - 1]++;
			norm->count++;
		}
		norm->days = norm->count ? median(past->counts, norm->count) : 0;
	}
	*days = norm->days;
	*count = norm->count;
}
