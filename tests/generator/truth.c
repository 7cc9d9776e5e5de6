/* The life of one deal of the company of known truth. */
#include "truth.h"
#include <string.h>

struct life {
	struct t_deal *d;
	const struct config *cfg;
	struct rng rng;
	struct t_version now;
	int32_t push_on, push_to; /* a push that was put off */
	uint8_t sales, buyer,
	    marketing; /* how busy each is this month: 0 quiet .. 2 busy */
	uint8_t reopened;
};

static int32_t horizon(void)
{
	return day_from_civil(2027, 1, 1);
}

static void change(struct life *l, int32_t day)
{
	struct t_deal *d = l->d;

	l->now.day = day;
	if (d->n_versions < T_VERSIONS)
		d->versions[d->n_versions++] = l->now;
}

static void happen(struct life *l, struct t_event e)
{
	if (l->d->n_events < T_EVENTS)
		l->d->events[l->d->n_events++] = e;
}

static uint8_t contact(struct life *l, bool seated)
{
	return (uint8_t)rng_below(&l->rng, seated ? l->d->n_seats : l->d->contacts);
}

static void seat(struct life *l, int32_t day)
{
	struct t_deal *d = l->d;

	if (d->n_seats < d->contacts && d->n_seats < T_SEATS)
		d->seats[d->n_seats++] = (struct t_seat){day, rng_percent(&l->rng, 22)};
}

/* What may happen on any day. */
static void day_passes(struct life *l, int32_t day)
{
	static const uint32_t acts[] = {2, 12, 30}, answers[] = {4, 30, 50},
	                      touches[] = {1, 7, 18};
	struct rng *r = &l->rng;

	if (rng_percent(r, acts[l->sales])) {
		bool in = rng_percent(r, answers[l->buyer]);
		happen(l, (struct t_event){day, day, contact(l, true), in, false, true});
	}
	if (rng_percent(r, touches[l->marketing]))
		happen(
		    l, (struct t_event){day, day, contact(l, false), false, true, true});
	if (rng_percent(r, l->sales ? 3 : 1)) {
		int32_t on = day + rng_between(r, 3, 20);
		happen(l, (struct t_event){on, day, contact(l, true), false, false,
		              rng_percent(r, 85)});
	}
	if (rng_below(r, 1000) < 15)
		seat(l, day);
}

static uint8_t category(struct life *l, uint8_t stage)
{
	if (stage >= 3)
		return rng_percent(&l->rng, 60) ? CAT_COMMIT : CAT_BEST;
	return stage == 2 ? CAT_BEST : CAT_PIPELINE;
}

static void move_stage(struct life *l, int32_t day)
{
	uint32_t roll = rng_below(&l->rng, 100);

	if (roll < 42 && l->now.stage + 1 < T_OPEN_STAGES)
		l->now.stage++;
	else if (roll >= 93 && l->now.stage > 0)
		l->now.stage--;
	else
		return;
	l->now.category = category(l, l->now.stage);
	change(l, day);
}

static void move_amount(struct life *l, int32_t day)
{
	uint32_t roll = rng_below(&l->rng, 100);

	if (roll >= 14)
		return;
	l->now.amount =
	    l->now.amount / 100 *
	    (roll < 9 ? rng_between(&l->rng, 55, 92) : rng_between(&l->rng, 105, 140));
	change(l, day);
}

/* To a month after both the one it was to close in and the one it is pushed in: pushed late into
 * the running month, it would be overdue with no prediction made, then and ever after. */
static void push(struct life *l, int32_t day, int32_t months)
{
	int32_t later = l->now.close < day ? day : l->now.close;

	l->now.close = day_in_month(later, months, rng_between(&l->rng, 3, 28));
	change(l, day);
}

static int32_t month_end(int32_t first)
{
	return day_in_month(first, 1, 1) - 1;
}

static bool in_month(int32_t day, int32_t first)
{
	return day >= first && day <= month_end(first);
}

static void close_deal(struct life *l, int32_t day)
{
	l->now.stage = rng_percent(&l->rng, 55) ? T_WON : T_LOST;
	l->now.category = l->now.stage == T_WON ? CAT_CLOSED : CAT_OMITTED;
	l->now.close = day;
	change(l, day);
}

/* A prediction is made at the start of the first day; its outcome is drawn. The day on which
 * the deal closes, or 0; a push is noted. */
static int32_t decide(struct life *l, int32_t first)
{
	struct t_deal *d = l->d;
	struct t_signals s;
	int32_t last = month_end(first), months;

	t_signals_at(&s, d, first);
	double chance = t_chance(&s, l->cfg->truth);
	bool slips = rng_below(&l->rng, 1u << 30) < (uint32_t)(chance * (1u << 30));
	if (d->n_predictions < T_PREDICTIONS)
		d->predictions[d->n_predictions++] =
		    (struct t_prediction){first, chance, slips};
	if (!slips)
		return rng_between(&l->rng, first + 1, last);
	months = rng_percent(&l->rng, 75) ? 1 : rng_between(&l->rng, 2, 3);
	l->push_on = rng_percent(&l->rng, 82) ? rng_between(&l->rng, first + 3, last)
	                                      : last + rng_between(&l->rng, 1, 5);
	l->push_to = months;
	return 0;
}

/* Of a month that is not the one it is to close in. */
static void move_date(struct life *l, int32_t first)
{
	uint32_t roll = rng_below(&l->rng, 100);

	if (roll < 7 && !l->push_on) {
		l->push_on = rng_between(&l->rng, first + 2, month_end(first));
		l->push_to = 1;
	} else if (roll >= 95 && l->now.close >= day_in_month(first, 2, 1)) {
		l->push_on = rng_between(&l->rng, first + 2, month_end(first));
		l->push_to = -1; /* pulled in, to a month that is still to come */
	}
}

static uint8_t mood(struct life *l, uint8_t before)
{
	return rng_percent(&l->rng, 55) ? before : (uint8_t)rng_below(&l->rng, 3);
}

/* One month from `from` on; the day on which it closed, or 0. */
static int32_t month_passes(struct life *l, int32_t first, int32_t from)
{
	struct rng *r = &l->rng;
	int32_t last = month_end(first), closes = 0;
	int32_t stage_on = rng_between(r, first, last),
	        amount_on = rng_between(r, first, last);

	if (from == first && in_month(l->now.close, first) && !l->push_on)
		closes = decide(l, first);
	else if (from == first)
		move_date(l, first);
	l->sales = mood(l, l->sales);
	l->buyer = mood(l, l->buyer);
	l->marketing = mood(l, l->marketing);
	for (int32_t day = from; day <= last; day++) {
		if (day == closes) {
			close_deal(l, day);
			return day;
		}
		day_passes(l, day);
		if (day == stage_on)
			move_stage(l, day);
		if (day == amount_on)
			move_amount(l, day);
		if (day == l->push_on) {
			push(l, day, l->push_to);
			l->push_on = 0;
		}
	}
	return 0;
}

/* A few closed deals come back in a later month, some more than once. The day, or 0. */
static int32_t comes_back(struct life *l, int32_t closed)
{
	int32_t first = day_in_month(closed, 0, 1);
	int32_t day = month_end(first) + rng_between(&l->rng, 5, 50);

	if (l->reopened >= 3 || !rng_percent(&l->rng, l->reopened ? 25 : 4))
		return 0;
	l->reopened++;
	l->now.stage = 2;
	l->now.category = CAT_BEST;
	l->now.close = day_in_month(day, 2, rng_between(&l->rng, 3, 28));
	change(l, day);
	return day + 1;
}

static void begin(struct life *l, int32_t start)
{
	struct t_deal *d = l->d;
	struct rng *r = &l->rng;

	d->owner = rng_below(r, T_OWNERS);
	d->contacts = (uint32_t)rng_between(r, 3, T_SEATS);
	d->created = start + (int32_t)rng_below(r, (uint32_t)(horizon() - start));
	l->now = (struct t_version){.amount = rng_between(r, 10, 300) * INT64_C(100000),
	    .category = CAT_PIPELINE,
	    .close = d->created + rng_between(r, 50, 160)};
	l->sales = l->buyer = l->marketing = 1;
	change(l, d->created);
	for (int32_t n = rng_between(r, 1, 3); n > 0; n--)
		seat(l, d->created);
}

void t_deal_live(struct t_deal *out, const struct config *cfg, uint32_t index)
{
	struct life l = {.d = out, .cfg = cfg};

	memset(out, 0, sizeof *out);
	out->index = index;
	rng_init(&l.rng, cfg->seed, S_DEAL, index);
	begin(&l, day_from_civil(2023, 1, 1));
	for (int32_t from = out->created; from && from < horizon();) {
		int32_t first = day_in_month(from, 0, 1);
		int32_t closed = month_passes(&l, first, from);
		from = closed ? comes_back(&l, closed) : month_end(first) + 1;
	}
}
