/* Which deals there are, how they stand today, and which account and rep they belong to. */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

enum { CLOSED_DAYS = 545, LARGE = 90, SOURCE_PARTNER = 2, SOURCE_OUTBOUND = 4 };

/*
 * Here and elsewhere: one draw to an expression. Compilers differ in the order in which they
 * evaluate operands and arguments, and the files must not.
 */

/* From 18 to 420 thousand, many small and few large, some with cents as real quotes have. */
static int64_t draw_amount(struct rng *r)
{
	uint32_t dice = rng_below(r, 100);
	int32_t halves = dice < 40   ? rng_between(r, 36, 120)
	                 : dice < 80 ? rng_between(r, 120, 300)
	                             : rng_between(r, 300, 840);

	return halves * INT64_C(50000) +
	       (rng_percent(r, 6) ? rng_between(r, 1, 49999) : 0);
}

static bool is_large(const struct deal *d)
{
	return d->amount >= LARGE * INT64_C(100000);
}

/* A rep of the team that sells this size; one who left only has deals of the past. */
static uint32_t draw_owner(const struct world *w, struct rng *r, const struct deal *d)
{
	for (;;) {
		uint32_t user = w->reps[rng_below(r, w->reps_count)];
		const struct user *u = &w->users[user];

		if ((u->division[0] == 'E') == is_large(d) &&
		    (u->active || d->stage >= ST_WON))
			return user;
	}
}

static void plan_story(
    struct world *w, struct rng *r, struct deal *d, const struct story *s)
{
	d->story = s;
	d->stage = s->stage;
	d->category = s->category;
	d->amount = s->thousands * INT64_C(100000);
	d->euro = s->currency != NULL;
	d->close_date = day_in_month(w->cfg.as_of, s->month, s->day);
	d->created = day_at_work(r, w->cfg.as_of - s->age);
	d->pushes = s->pushes;
	d->stage_age = s->stage_age;
	d->sales_silent = s->sales_silent;
	d->marketing_silent = s->marketing_silent;
	d->buyer_silent =
	    s->buyer_silent > s->sales_silent ? s->buyer_silent : s->sales_silent;
	d->touches = s->touches;
	d->activities = s->activities;
	d->flags = s->flags;
}

/* Months from now to an open deal's close date; the sample leaves this month to its stories. */
static int32_t months_ahead(const struct world *w, struct rng *r, uint32_t nth)
{
	uint32_t at = w->cfg.sample ? nth : rng_below(r, 43);

	if (at >= 36)
		return 0;
	return at == 35  ? -1
	       : at < 10 ? 1
	       : at < 32 ? rng_between(r, 2, 4)
	                 : rng_between(r, 5, 7);
}

static void plan_open(struct world *w, struct rng *r, struct deal *d, uint32_t nth)
{
	int32_t ahead = months_ahead(w, r, nth);
	uint32_t dice = rng_below(r, 100);

	d->stage = (uint8_t)(ahead <= 1   ? rng_between(r, ST_NEEDS, ST_NEGOTIATE)
	                     : ahead <= 4 ? rng_between(r, ST_QUALIFY, ST_PROPOSAL)
	                                  : rng_between(r, ST_PROSPECT, ST_NEEDS));
	d->category = word_stages[d->stage].category;
	if (d->category >= CAT_BEST && rng_percent(r, 40))
		d->category--;
	d->amount = draw_amount(r);
	d->euro = !w->cfg.sample && rng_percent(r, 6);
	d->close_date = day_in_month(w->cfg.as_of, ahead, rng_between(r, 8, 31));
	d->created =
	    day_at_work(r, w->cfg.as_of - 40 - d->stage * 34 - rng_between(r, 0, 120));
	d->pushes = rng_between(r, -2, 3);
	d->sales_silent = dice < 50   ? rng_between(r, 1, 9)
	                  : dice < 80 ? rng_between(r, 10, 20)
	                              : rng_between(r, 21, 45);
	d->marketing_silent = rng_between(r, 1, 30);
	d->buyer_silent = d->sales_silent + rng_between(r, 0, 9);
	d->touches = nth % 4 == 0 ? 108 : (uint32_t)rng_between(r, 12, 56);
	d->activities = nth % 4 == 0 ? 90 : (uint32_t)rng_between(r, 10, 46);
	d->flags = d->sales_silent < 8 ? F_MEETING : 0;
	d->flags |= rng_percent(r, 12) ? F_OVERDUE : 0;
	d->flags |= rng_percent(r, 35) ? F_NOT_CAPTURED : 0;
	d->flags |= rng_percent(r, 8) ? F_PULLED : 0;
	d->flags |= rng_percent(r, d->stage <= ST_NEEDS ? 55 : 20) ? F_NO_BUYER : 0;
	if (d->flags & F_PULLED)
		d->pushes = 0;
}

/* Two losses lie within the last two weeks, the next ones before: their debriefs are the queue. */
static int32_t days_since_close(
    const struct world *w, uint32_t nth, uint32_t of, bool won)
{
	if (!w->cfg.sample || won)
		return 2 + (int32_t)((uint64_t)nth * CLOSED_DAYS / of);
	return nth == 0   ? 3
	       : nth == 1 ? 9
	                  : 17 + (int32_t)((nth - 2) * (CLOSED_DAYS - 17) / of);
}

static void plan_closed(
    struct world *w, struct rng *r, struct deal *d, uint32_t nth, uint32_t of, bool won)
{
	int32_t cycle = rng_between(r, won ? 110 : 50, 230);

	d->stage = won ? ST_WON : ST_LOST;
	d->category = word_stages[d->stage].category;
	d->amount = draw_amount(r);
	d->euro = w->cfg.sample ? nth % 40 == 7 : rng_percent(r, 6);
	d->close_date = w->cfg.as_of - days_since_close(w, nth, of, won);
	d->closed = day_at_work(r, d->close_date);
	d->close_date = time_day(d->closed);
	cycle += rng_between(r, 0, 190);
	d->created = day_at_work(r, d->close_date - cycle);
	d->pushes = won ? rng_between(r, -2, 2) : rng_between(r, -1, 4);
	d->buyer_silent = won ? 0 : rng_between(r, 5, 40);
	d->touches = (uint32_t)rng_between(r, 3, 15);
	d->activities = (uint32_t)rng_between(r, 5, 18);
	d->flags = rng_percent(r, won ? 8 : 45) ? F_NO_BUYER : 0;
	d->flags |= rng_percent(r, won ? 4 : 20) ? F_BACK : 0;
	d->flags |= rng_percent(r, won ? 6 : 22) ? F_DROP : 0;
}

static void plan(struct world *w, uint32_t i, uint32_t open, uint32_t won)
{
	uint32_t stories = w->cfg.sample ? story_count : 0;
	struct deal *d = LIST_ADD(w, deals);
	struct rng r;

	rng_init(&r, w->cfg.seed, S_DEAL, i);
	memset(d, 0, sizeof(*d));
	d->serial = i;
	if (i < stories)
		plan_story(w, &r, d, &story_deals[i]);
	else if (i < open)
		plan_open(w, &r, d, i - stories);
	else if (i < open + won)
		plan_closed(w, &r, d, i - open, won, true);
	else
		plan_closed(w, &r, d, i - open - won, w->cfg.deals - open - won, false);
	d->owner = draw_owner(w, &r, d);
}

static int by_creation(const void *a, const void *b)
{
	const struct deal *x = a, *y = b;

	if (x->created != y->created)
		return x->created < y->created ? -1 : 1;
	return x->serial < y->serial ? -1 : x->serial > y->serial;
}

/* Accounts come with their first deal; the story's own, then ones by hand and composed in turn. */
static uint32_t add_account(struct world *w, struct rng *r, const struct deal *d)
{
	uint32_t n = w->accounts_count, hand = n / 2;
	int64_t before = n ? w->accounts[n - 1].created : 0;
	struct account *a = LIST_ADD(w, accounts);
	char *domain;

	memset(a, 0, sizeof(*a));
	if (d->story) {
		a->name = d->story->account;
		a->domain = d->story->domain;
		a->culture = d->story->culture;
		a->exclusive = true;
	} else if (n % 2 == 0 && hand < name_company_count) {
		char text[96];
		int len = snprintf(
		    text, sizeof(text), "%s.example", name_companies[hand].ascii);

		a->name = name_companies[hand].text;
		a->domain = memory_text(text, (size_t)len);
		a->culture = name_company_cultures[hand];
	} else {
		a->name = name_company(n, &domain);
		a->domain = domain;
		a->culture =
		    (uint8_t)(rng_percent(r, 60) ? rng_below(r, 2) * 17
		                                 : rng_below(r, name_culture_count));
	}
	a->created = d->created - rng_between(r, 0, 60) * DAY;
	if (a->created < before)
		a->created = before;
	a->owner = d->owner;
	a->employees = (uint32_t)rng_between(r, 4, 90) * (is_large(d) ? 110 : 25);
	a->industry = (uint8_t)rng_below(r, LENGTH(word_industries));
	return n;
}

static uint32_t old_account(struct world *w, struct rng *r)
{
	for (uint32_t tries = 0; tries < 64; tries++) {
		uint32_t i = rng_below(r, w->accounts_count);

		if (!w->accounts[i].exclusive)
			return i;
	}
	return NONE;
}

static void name_deal(const struct world *w, struct deal *d)
{
	const struct account *a = &w->accounts[d->account];
	char text[256];
	int n;

	d->product = (uint8_t)((d->account * 5 + a->deals) % LENGTH(word_products));
	n = snprintf(text, sizeof(text), "%s: %s%s", a->name, word_products[d->product],
	    a->deals >= LENGTH(word_products) ? ", again" : "");
	d->name = d->story ? d->story->deal : memory_text(text, (size_t)n);
}

/* The CRM credits a campaign from shortly before the deal; the first touch was earlier. */
static void credit(const struct world *w, struct rng *r, struct deal *d)
{
	uint32_t after = campaign_after(w, d->created);

	if (!after)
		return;
	d->campaign = after - 1 - rng_below(r, after < 9 ? after : 9);
	d->source = word_campaigns[w->campaigns[d->campaign].kind].source;
}

/* The sample has three deals an account; the big company fewer, to keep 200 touches a deal. */
static void place(struct world *w, uint32_t i)
{
	struct deal *d = &w->deals[i];
	uint32_t wanted = w->cfg.sample ? 90 : w->cfg.deals / 4 * 3;
	struct rng r;

	rng_init(&r, w->cfg.seed, S_ACCOUNT, i);
	d->account = NONE;
	if (!d->story &&
	    (uint64_t)w->accounts_count * w->cfg.deals >= (uint64_t)wanted * (i + 1))
		d->account = old_account(w, &r);
	if (d->account == NONE)
		d->account = add_account(w, &r, d);
	name_deal(w, d);
	w->accounts[d->account].deals++;
	d->campaign = NONE;
	d->source = rng_percent(&r, 75) ? SOURCE_OUTBOUND : SOURCE_PARTNER;
	if (rng_percent(&r, 55))
		credit(w, &r, d);
}

/* The totals asked for, spread over the deals; leads take the rest of the touches. */
static void share_totals(struct world *w)
{
	uint32_t touches = (uint32_t)((uint64_t)w->cfg.touches * 92 / 100 / w->cfg.deals);
	uint32_t activities = w->cfg.activities / w->cfg.deals;
	uint32_t extra = w->cfg.activities % w->cfg.deals;

	for (uint32_t i = 0; i < w->deals_count; i++) {
		struct deal *d = &w->deals[i];
		/* neighbours balance each other, so that the sum is exact */
		bool odd_one = i % 2 == 0 && i + 1 == w->deals_count;
		uint32_t swing = odd_one ? 0 : activities * (i / 2 % 8) / 16;

		d->touches = touches / 2 + touches * (i % 17) / 16;
		d->activities =
		    (i % 2 ? activities + swing : activities - swing) + (i < extra);
	}
}

void deals_build(struct world *w)
{
	uint32_t open = (uint32_t)((uint64_t)w->cfg.deals * 60 / 260);
	uint32_t won = (uint32_t)((uint64_t)w->cfg.deals * 90 / 260);

	for (uint32_t i = 0; i < w->cfg.deals; i++)
		plan(w, i, open, won);
	qsort(w->deals, w->deals_count, sizeof(*w->deals), by_creation);
	for (uint32_t i = 0; i < w->deals_count; i++)
		place(w, i);
	if (!w->cfg.sample)
		share_totals(w);
}
