/*
 * Leads: half of the contacts were one once, and as many again never became one. Each that reached
 * the handoff carries its instants (qualified, assigned, touched, reached, accepted or sent back),
 * because those are what a service level between marketing and sales is measured by.
 */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

static struct lead *new_lead(struct world *w, int64_t created)
{
	struct lead *l = LIST_ADD(w, leads);

	memset(l, 0, sizeof(*l));
	l->created = created;
	l->contact = l->deal = l->account = l->campaign = NONE;
	return l;
}

static int64_t if_past(const struct world *w, int64_t instant)
{
	return instant <= w->now ? instant : 0;
}

/* One rep in five answers slowly, so that the adherence by name has somebody to talk about. */
static void hand_over(
    const struct world *w, struct rng *r, struct lead *l, int64_t mql, bool accept)
{
	uint32_t late = l->owner % 5 == 3 ? 45 : 10;
	int32_t minutes =
	    rng_percent(r, late) ? rng_between(r, 300, 4300) : rng_between(r, 4, 200);
	int64_t assigned = mql + rng_between(r, 1, 70) * 60,
	        touched = assigned + minutes * 60;
	int64_t decided =
	    touched + rng_between(r, 20, rng_percent(r, late) ? 4000 : 1500) * 60;

	l->mql = if_past(w, mql);
	l->assigned = if_past(w, assigned);
	if (!rng_percent(r, accept ? 1 : 6))
		l->touched = if_past(w, touched);
	if (l->touched && rng_percent(r, accept ? 97 : 60))
		l->reached = if_past(w, touched + rng_between(r, 0, 5 * 24 * 60) * 60);
	if (accept)
		l->accepted = if_past(w, decided);
	else if (rng_percent(r, 62))
		l->rejected = if_past(w, decided);
	if (l->rejected && rng_percent(r, 60))
		l->recycled = if_past(w, decided + rng_between(r, 1, 30) * 60);
	l->reason = (uint8_t)rng_below(r, LENGTH(word_rejects));
}

static void convert(
    struct world *w, struct rng *r, uint32_t deal, uint32_t contact, bool first)
{
	const struct contact *c = &w->contacts[contact];
	const struct account *a = &w->accounts[c->account];
	int32_t age = rng_between(r, 30, first ? 260 : 200);
	int64_t created = day_at_work(r, time_day(c->created) - age);
	struct lead *l = new_lead(w, created);
	int32_t before = rng_between(r, 6, 25);

	l->contact = contact;
	l->deal = first ? deal : NONE;
	l->account = c->account;
	l->owner = w->deals[deal].owner;
	l->person = c->person;
	l->company = a->name;
	l->domain = a->domain;
	l->title = (uint8_t)((c->role & 7) * 4 + contact % 4);
	l->converted = c->created;
	l->score = (uint32_t)rng_between(r, 55, 98);
	hand_over(w, r, l, day_at_work(r, time_day(c->created) - before), true);
}

/* Invented companies that never got to an account, or more people of those that did. */
static void place_lead(struct world *w, struct rng *r, struct lead *l, uint32_t nth)
{
	char *domain;

	if (rng_percent(r, 30)) {
		const struct account *a = &w->accounts[rng_below(r, w->accounts_count)];

		if (!a->exclusive) {
			l->company = a->name;
			l->domain = a->domain;
			return;
		}
	}
	l->company = name_company(nth * 7 + 23000, &domain);
	l->domain = domain;
}

static void add_unconverted(struct world *w, uint32_t nth)
{
	struct rng r;
	struct lead *l;
	int32_t day;

	rng_init(&r, w->cfg.seed, S_LEAD, nth);
	day = w->cfg.as_of;
	day -= rng_percent(&r, 40) ? rng_between(&r, 1, 60) : rng_between(&r, 61, 540);
	l = new_lead(w, day_at_work(&r, day));
	l->owner = w->reps[rng_below(&r, w->reps_count)];
	l->person.culture =
	    (uint8_t)(rng_percent(&r, 50) ? 0 : rng_below(&r, name_culture_count));
	l->person.first = (uint8_t)rng_below(&r, 10);
	l->person.last = (uint8_t)rng_below(&r, 10);
	l->title = (uint8_t)rng_below(&r, 32);
	l->score = (uint32_t)rng_between(&r, 2, 60);
	place_lead(w, &r, l, nth);
	if (rng_percent(&r, 60)) {
		bool accept = rng_percent(&r, 38);

		l->score += 30;
		hand_over(w, &r, l, day_at_work(&r, day + rng_between(&r, 0, 9)) + HOUR,
		    accept);
	}
}

static int by_creation(const void *a, const void *b)
{
	const struct lead *x = a, *y = b;
	int order = strcmp(x->company, y->company);

	if (x->created != y->created)
		return x->created < y->created ? -1 : 1;
	if (x->contact != y->contact)
		return x->contact < y->contact ? -1 : 1;
	return order ? order : memcmp(&x->person, &y->person, sizeof(x->person));
}

/* Every contact once, at the first deal it sits on; a story's champion always came in as a lead. */
static void convert_contacts(struct world *w)
{
	bool *seen = memory_zero(w->contacts_count, sizeof(*seen));

	for (uint32_t i = 0; i < w->roles_count; i++) {
		const struct role *s = &w->roles[i];
		const struct deal *d = &w->deals[s->deal];
		bool first = d->first_role == i;
		struct rng r;

		if (seen[s->contact])
			continue;
		seen[s->contact] = true;
		rng_init(&r, w->cfg.seed, S_CONTACT, s->contact);
		if ((first && d->story) || rng_percent(&r, first ? 80 : 42))
			convert(w, &r, s->deal, s->contact, first);
	}
}

void leads_build(struct world *w)
{
	uint32_t unconverted = w->cfg.sample ? 260 : w->cfg.deals * 2;

	convert_contacts(w);
	for (uint32_t i = 0; i < unconverted; i++)
		add_unconverted(w, i);
	qsort(w->leads, w->leads_count, sizeof(*w->leads), by_creation);
	for (uint32_t i = 0; i < w->leads_count; i++) {
		struct lead *l = &w->leads[i];
		uint32_t after = campaign_after(w, l->created);

		l->campaign = after ? after - 1 : NONE;
		if (l->contact != NONE) {
			w->contacts[l->contact].lead = i;
			w->contacts[l->contact].from = l->created;
		}
	}
}
