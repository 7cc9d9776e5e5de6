/* What sales did on each deal, and what it has planned: calls, e-mails, meetings, things to do. */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

enum { WEEKS = 12 };

/* Cumulative percent, by enum activity_kind. */
static const uint8_t kind_shares[] = {18, 25, 55, 73, 83, 88, 100};

static enum activity_kind draw_kind(struct rng *r)
{
	uint32_t dice = rng_below(r, 100), kind = 0;

	while (dice >= kind_shares[kind])
		kind++;
	return (enum activity_kind)kind;
}

/* What is left to do when the buyer doesn't answer. */
static enum activity_kind unanswered(enum activity_kind kind)
{
	switch (kind) {
	case AC_CALL_OUT:
	case AC_CALL_IN:
		return AC_VOICEMAIL;
	case AC_EMAIL_IN:
		return AC_EMAIL_OUT;
	case AC_MEETING:
		return AC_TODO;
	default:
		return kind;
	}
}

/* Somebody who already sat on the committee then, if the draw finds one soon. */
static uint32_t draw_contact(
    const struct world *w, struct rng *r, const struct deal *d, int64_t at)
{
	uint32_t contact = w->roles[d->first_role].contact;

	if (rng_percent(r, 5))
		return NONE;
	for (uint32_t tries = 0; tries < 3; tries++) {
		const struct role *s =
		    &w->roles[d->first_role + rng_below(r, d->role_count)];

		if (s->created <= at)
			return s->contact;
	}
	return contact;
}

static struct activity *add(
    struct world *w, struct rng *r, uint32_t deal, enum activity_kind kind, int64_t at)
{
	const struct deal *d = &w->deals[deal];
	uint32_t serial = w->activities_count;
	struct activity *a = LIST_ADD(w, activities);

	memset(a, 0, sizeof(*a));
	a->deal = deal;
	a->serial = serial;
	a->kind = (uint8_t)kind;
	a->topic = (uint8_t)rng_below(r, 16);
	a->contact = draw_contact(w, r, d, at);
	a->made = a->done = at;
	a->due = time_day(at);
	a->by_manager = rng_percent(r, 8);
	a->unlinked = a->contact != NONE && kind != AC_TODO && rng_percent(r, 6);
	if (kind == AC_CALL_OUT || kind == AC_CALL_IN)
		a->seconds = (uint16_t)rng_between(r, 90, 2700);
	if (kind == AC_VOICEMAIL)
		a->seconds = (uint16_t)rng_between(r, 15, 60);
	return a;
}

static void add_done(
    struct world *w, struct rng *r, uint32_t deal, enum activity_kind kind, int64_t at)
{
	struct deal *d = &w->deals[deal];
	struct activity *a;
	int64_t until = d->closed ? d->closed : w->now;

	if (at > until - d->buyer_silent * DAY)
		kind = unanswered(kind);
	a = add(w, r, deal, kind, at);
	if (kind == AC_MEETING || kind == AC_TODO) {
		a->made = at - rng_between(r, 1, kind == AC_MEETING ? 12 : 4) * DAY;
		if (a->made < d->created)
			a->made = d->created;
	}
	if (kind == AC_MEETING)
		a->done = at / (HOUR / 2) * (HOUR / 2);
	if (at > d->activity)
		d->activity = at;
}

/* Entered on the day of the last activity: a silent deal must not look touched. */
static void add_open(struct world *w, struct rng *r, uint32_t deal,
    enum activity_kind kind, int32_t due, int64_t made)
{
	int32_t close = w->deals[deal].close_date;
	struct activity *a = add(w, r, deal, kind, made);
	int64_t begin;

	if (close > w->cfg.as_of + 1 && due > close)
		due = close; /* nobody plans the signing for after the closing */
	begin = day_at_work(r, due) / (HOUR / 2) * (HOUR / 2);

	a->done = kind == AC_MEETING ? begin : 0;
	a->due = kind == AC_MEETING ? time_day(begin) : due;
	a->unlinked = false;
	if (a->contact == NONE)
		a->contact = w->roles[w->deals[deal].first_role].contact;
}

/* Planned and overdue items; returns how many. */
static uint32_t plan_ahead(struct world *w, struct rng *r, uint32_t deal, int64_t last)
{
	const struct deal *d = &w->deals[deal];
	int32_t today = w->cfg.as_of;
	uint32_t before = w->activities_count;

	if (d->closed)
		return 0;
	if (d->flags & F_MEETING) {
		add_open(w, r, deal, AC_MEETING, today + rng_between(r, 3, 12), last);
		add_open(w, r, deal, AC_TODO, today + rng_between(r, 1, 6), last);
	}
	if ((d->flags & F_OVERDUE) && last - d->created > 12 * DAY) {
		add_open(w, r, deal, AC_TODO, time_day(last) + 2, last - 5 * DAY);
		add_open(w, r, deal, AC_CALL_OUT, time_day(last) + 4, last - 3 * DAY);
	}
	return w->activities_count - before;
}

/* A healthy deal: the buyer answers every week. Returns what is left of the activities to make. */
static int32_t add_weekly(
    struct world *w, struct rng *r, uint32_t deal, int32_t day, int32_t left)
{
	int32_t first = time_day(w->deals[deal].created);

	for (int32_t i = 0; i < WEEKS && day - 7 * i > first + 4 && left > 0;
	     i++, left--) {
		enum activity_kind kind = i % 3 == 2 ? AC_MEETING : AC_EMAIL_IN;

		add_done(
		    w, r, deal, kind, day_at_work(r, day - 7 * i - rng_between(r, 0, 3)));
	}
	return left;
}

/* The last activity, weekly ones where the deal is healthy, the rest drawn, most of it late. */
static void fill(struct world *w, uint32_t deal)
{
	const struct deal *d = &w->deals[deal];
	int32_t first = time_day(d->created), day, left;
	int64_t last;
	struct rng r;

	rng_init(&r, w->cfg.seed, S_ACTIVITY, deal);
	day = d->closed ? d->close_date - rng_between(&r, 1, 5)
	                : w->cfg.as_of - d->sales_silent;
	if (day < first + 1)
		day = first + 1;
	last = day_at_work(&r, day);
	left = (int32_t)d->activities;
	if (left >= 8)
		left -= (int32_t)plan_ahead(w, &r, deal, last);
	if (left-- > 0)
		add_done(w, &r, deal, draw_kind(&r), last);
	if (d->flags & F_WEEKLY)
		left = add_weekly(w, &r, deal, day, left);
	for (; left > 0; left--) {
		int32_t a = rng_between(&r, first, day), b = rng_between(&r, first, day);
		int64_t at = day_at_work(&r, a > b ? a : b);

		add_done(w, &r, deal, draw_kind(&r),
		    at > last         ? last
		    : at < d->created ? d->created + 900
		                      : at);
	}
}

static int by_making(const void *a, const void *b)
{
	const struct activity *x = a, *y = b;

	if (x->made != y->made)
		return x->made < y->made ? -1 : 1;
	return x->serial < y->serial ? -1 : x->serial > y->serial;
}

void activities_build(struct world *w)
{
	for (uint32_t i = 0; i < w->deals_count; i++)
		fill(w, i);
	if (w->activities_count)
		qsort(w->activities, w->activities_count, sizeof(*w->activities),
		    by_making);
}
