/*
 * Campaign members. A person is on a campaign once, so touches are drawn person by person from the
 * campaigns that ran while marketing could reach them, then put in order of time.
 */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

static const uint32_t opened[] = {
    18, 62, 100, 9, 74, 22, 70}; /* percent that respond, by kind */

static enum touch_status draw_status(struct rng *r, uint8_t kind, bool planned)
{
	bool responds = rng_percent(r, planned && kind != 4 ? 50 : opened[kind]);

	if (kind == 2)
		return TO_DOWNLOADED;
	if (!responds)
		return TO_SENT;
	if (kind != 1 && kind != 4)
		return TO_RESPONDED;
	return planned || rng_percent(r, 40) ? TO_REGISTERED : TO_ATTENDED;
}

static void add(struct world *w, struct rng *r, uint32_t contact, uint32_t lead,
    uint32_t campaign, int64_t at)
{
	struct campaign *c = &w->campaigns[campaign];
	struct touch *t = LIST_ADD(w, touches);

	t->at = at;
	t->contact = contact;
	t->lead = lead;
	t->campaign = (uint16_t)campaign;
	t->status = (uint8_t)draw_status(r, c->kind, campaign >= w->past_campaigns);
	t->response = (uint8_t)(at + DAY < w->now && rng_percent(r, 30));
	c->sent++;
	c->responses += t->status != TO_SENT;
	if (contact != NONE)
		c->contacts++;
	else
		c->leads++;
}

/* A moment within the campaign's days, not after `until`. */
static int64_t draw_moment(
    const struct world *w, struct rng *r, uint32_t campaign, int64_t until)
{
	const struct campaign *c = &w->campaigns[campaign];
	int64_t start = c->start * DAY + 7 * HOUR,
	        span = word_campaigns[c->kind].span * DAY;

	if (start + span > until)
		span = until - start;
	return span > 0 ? start + rng_below(r, (uint32_t)span) : until;
}

/* `wanted` different campaigns of [low, high), each subset as likely (Knuth 3.4.2, algorithm S). */
static void draw_campaigns(struct world *w, struct rng *r, uint32_t contact,
    uint32_t lead, uint32_t low, uint32_t high, uint32_t wanted, int64_t until)
{
	for (uint32_t i = low; i < high && wanted; i++) {
		if (rng_below(r, high - i) >= wanted)
			continue;
		add(w, r, contact, lead, i, draw_moment(w, r, i, until));
		wanted--;
	}
}

/* Half of the people are on the last campaign before the limit, so that silence begins there. */
static void touch_contact(struct world *w, uint32_t contact)
{
	const struct contact *c = &w->contacts[contact];
	uint32_t low = campaign_after(w, c->from), high = campaign_after(w, c->until);
	uint32_t wanted = c->quota;
	struct rng r;

	rng_init(&r, w->cfg.seed, S_TOUCH, contact);
	if (wanted && high > low && rng_percent(&r, 45)) {
		high--;
		wanted--;
		add(w, &r, contact, c->lead, high, c->until - rng_below(&r, 20) * HOUR);
	}
	if (wanted && c->lead != NONE && low) {
		wanted--;
		add(w, &r, contact, c->lead, low - 1, c->from);
	}
	draw_campaigns(w, &r, contact, c->lead, low, high, wanted, c->until);
	for (uint32_t i = w->past_campaigns; i < w->campaigns_count; i++) {
		if (c->quota && c->until > w->now - 10 * DAY && rng_percent(&r, 25))
			add(w, &r, contact, c->lead, i,
			    c->until - rng_below(&r, 60) * HOUR);
	}
}

static void touch_lead(struct world *w, uint32_t lead, uint32_t wanted)
{
	const struct lead *l = &w->leads[lead];
	uint32_t low = campaign_after(w, l->created);
	struct rng r;

	rng_init(&r, w->cfg.seed, S_TOUCH, lead | UINT32_C(0x80000000));
	if (wanted && low) {
		wanted--;
		add(w, &r, NONE, lead, low - 1, l->created);
	}
	draw_campaigns(w, &r, NONE, lead, low, w->past_campaigns, wanted, w->now - HOUR);
}

/* From the newest on: the oldest have campaigns enough to take what is left of the total. */
static void touch_leads(struct world *w)
{
	uint32_t people = 0;

	for (uint32_t i = 0; i < w->leads_count; i++)
		people += w->leads[i].contact == NONE;
	for (uint32_t i = w->leads_count; i-- > 0;) {
		uint32_t made = w->touches_count;
		uint32_t left = w->cfg.touches > made ? w->cfg.touches - made : 0;

		if (w->leads[i].contact != NONE)
			continue;
		touch_lead(
		    w, i, w->cfg.sample ? 1 + i % 3 : (left + people - 1) / people);
		people--;
	}
}

static int by_time(const void *a, const void *b)
{
	const struct touch *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	if (x->contact != y->contact)
		return x->contact < y->contact ? -1 : 1;
	if (x->lead != y->lead)
		return x->lead < y->lead ? -1 : 1;
	return x->campaign < y->campaign ? -1 : x->campaign > y->campaign;
}

void touches_build(struct world *w)
{
	for (uint32_t i = 0; i < w->contacts_count; i++)
		touch_contact(w, i);
	touch_leads(w);
	if (w->touches_count)
		qsort(w->touches, w->touches_count, sizeof(*w->touches), by_time);
}
