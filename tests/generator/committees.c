/* Who sits on each deal's buying committee, since when, and how long marketing reaches them. */
#include "gen.h"
#include <string.h>

enum { ROLE_BUYER, ROLE_CHAMPION, ROLE_INFLUENCER = 4 };
static const uint8_t seats[DEAL_CONTACTS_MAX] = {1, 0, 3, 2, 4, 5, 6, 7, 4, 3};

static uint32_t add_contact(
    struct world *w, struct rng *r, const struct deal *d, uint8_t role)
{
	uint32_t n = w->contacts_count;
	int64_t before = n ? w->contacts[n - 1].created : 0;
	struct contact *c = LIST_ADD(w, contacts);
	struct account *a = &w->accounts[d->account];
	uint32_t nth =
	    (a->named++ * 37 + d->account * 11) % 100; /* coprime steps: no name twice */

	memset(c, 0, sizeof(*c));
	c->account = d->account;
	c->role = role;
	c->person.culture =
	    (uint8_t)(rng_percent(r, 82) ? a->culture : rng_below(r, name_culture_count));
	c->person.first = (uint8_t)(nth % 10);
	c->person.last = (uint8_t)(nth / 10);
	c->created = d->created - rng_between(r, 0, 80) * DAY;
	if (c->created < before)
		c->created = before;
	c->lead = NONE;
	c->from = c->created;
	if (a->known_count < LENGTH(a->known))
		a->known[a->known_count++] = n;
	return n;
}

static uint32_t size_of(const struct world *w, struct rng *r, const struct deal *d)
{
	if (d->story)
		return d->story->contacts;
	if (!w->cfg.sample)
		return (uint32_t)rng_between(r, 6, 10);
	if (d->touches > 100)
		return (uint32_t)rng_between(r, 6, 9);
	return (
	    uint32_t)(d->stage < ST_WON ? rng_between(r, 2, 6) : rng_between(r, 1, 6));
}

static bool seated(const struct world *w, const struct deal *d, uint32_t contact)
{
	for (uint32_t i = 0; i < d->role_count; i++) {
		if (w->roles[d->first_role + i].contact == contact)
			return true;
	}
	return false;
}

/* Marketing is silent on a deal when it is silent on all of its committee. */
static void invite(
    struct world *w, const struct deal *d, struct contact *c, uint32_t share)
{
	int64_t until = d->closed ? d->closed : w->now - d->marketing_silent * DAY;

	c->quota += share;
	if (until > c->until)
		c->until = until;
}

static void seat(
    struct world *w, struct rng *r, uint32_t deal, uint32_t contact, uint8_t role)
{
	struct deal *d = &w->deals[deal];
	int64_t end = d->closed ? d->closed : w->now;
	int32_t later = (int32_t)((end - d->created) / DAY * 6 / 10);
	struct role *s = LIST_ADD(w, roles);

	s->deal = deal;
	s->contact = contact;
	s->role = role;
	s->created = d->created + 60;
	if (d->role_count++ && later > 3)
		s->created =
		    day_at_work(r, time_day(d->created) + rng_between(r, 3, later));
}

static uint8_t role_for(const struct deal *d, uint32_t nth)
{
	uint8_t role = seats[nth];

	return role == ROLE_BUYER && (d->flags & F_NO_BUYER) ? ROLE_INFLUENCER : role;
}

static void fill(struct world *w, uint32_t deal)
{
	struct deal *d = &w->deals[deal];
	struct account *a = &w->accounts[d->account];
	uint32_t known = a->known_count, size, returning;
	struct rng r;

	rng_init(&r, w->cfg.seed, S_COMMITTEE, deal);
	size = size_of(w, &r, d);
	returning = known < size / 2 ? known : size / 2;
	d->first_role = w->roles_count;
	for (uint32_t i = 0; i < size; i++) {
		uint32_t contact = i < returning ? a->known[i] : NONE;
		uint8_t role = role_for(d, i);

		if (contact == NONE || seated(w, d, contact))
			contact = add_contact(w, &r, d, role);
		else if (w->contacts[contact].role != ROLE_BUYER || role == ROLE_BUYER)
			role = w->contacts[contact].role;
		seat(w, &r, deal, contact, role);
		invite(w, d, &w->contacts[contact],
		    d->touches / size + (i < d->touches % size));
	}
}

void committees_build(struct world *w)
{
	for (uint32_t i = 0; i < w->deals_count; i++)
		fill(w, i);
}
