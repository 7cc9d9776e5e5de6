/*
 * How each deal came to stand where it stands. Changes are planned backwards from today's values
 * (a close date pushed three times was three months earlier at first), put in order of time, and
 * played forwards into the rows of OpportunityHistory; the last row is the deal of today.
 */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

enum { EDITS_MAX = 32 };
enum edit_what { E_STAGE, E_DATE, E_AMOUNT };
struct edit {
	int64_t at, value;
	enum edit_what what;
	uint32_t serial;
};
struct plan {
	struct edit edits[EDITS_MAX];
	uint32_t count;
	int64_t start, end; /* of the time in which things may change */
	struct version now; /* the state while playing */
};

/* Share of a deal's life that each open stage takes, in percent. */
static const int32_t stage_share[] = {12, 16, 22, 18, 19, 13};

/* False when the instant is outside the deal's life; the value then never was another one. */
static bool add(struct plan *p, int64_t at, enum edit_what what, int64_t value)
{
	if (at <= p->start || at > p->end || p->count == EDITS_MAX)
		return false;
	p->edits[p->count] = (struct edit){at, value, what, p->count};
	p->count++;
	return true;
}

/* Spreads the stages from `first` to `last` over the days from the deal's creation to `until`. */
static void add_stages(
    struct plan *p, struct rng *r, int32_t first, int32_t last, int32_t until)
{
	int32_t weights[LENGTH(stage_share)] = {0}, total = 0, gone = 0;
	int32_t start = time_day(p->start), days = until - start;

	for (int32_t s = first; s <= last; s++)
		total += weights[s] = stage_share[s] * rng_between(r, 6, 15);
	for (int32_t s = first; s < last; s++) {
		gone += weights[s];
		if (last - first > 2 && s + 1 < last && rng_percent(r, 8))
			continue; /* people skip a stage now and then */
		add(p, day_at_work(r, start + 1 + days * gone / total), E_STAGE, s + 1);
	}
}

static void plan_open_stages(struct plan *p, struct rng *r, const struct deal *d)
{
	int32_t today = time_day(p->end);
	int32_t back = d->stage_age ? d->stage_age : rng_between(r, 8, 30);
	int32_t first = d->stage && rng_percent(r, 25) ? ST_QUALIFY : ST_PROSPECT;

	p->now.stage = (uint8_t)first;
	if ((d->flags & F_BACK) && d->stage < ST_NEGOTIATE) {
		int32_t peak = d->stage + 2 > ST_NEGOTIATE ? ST_NEGOTIATE : d->stage + 2;

		add_stages(p, r, first, peak, today - back - 12);
		add(p, day_at_work(r, today - back), E_STAGE, d->stage);
	} else if (d->stage_age && d->stage > first) {
		add_stages(p, r, first, d->stage - 1, today - d->stage_age - 5);
		add(p, day_at_work(r, today - d->stage_age), E_STAGE, d->stage);
	} else {
		add_stages(p, r, first, d->stage, today);
	}
}

/* Won deals go through all stages, so that medians per stage exist; lost ones end anywhere. */
static void plan_closed_stages(struct plan *p, struct rng *r, const struct deal *d)
{
	int32_t day = time_day(d->closed),
	        first = rng_percent(r, 20) ? ST_QUALIFY : ST_PROSPECT;
	int32_t last =
	    d->stage == ST_WON ? ST_NEGOTIATE : rng_between(r, ST_QUALIFY, ST_NEGOTIATE);

	p->now.stage = (uint8_t)first;
	add_stages(p, r, first, last, day - 2);
	if ((d->flags & F_BACK) && last > ST_NEEDS && day - time_day(d->created) > 90) {
		add(p, day_at_work(r, day - 30), E_STAGE, last - 1);
		if (d->stage == ST_WON)
			add(p, day_at_work(r, day - 12), E_STAGE, last);
	}
	add(p, d->closed, E_STAGE, d->stage);
	add(p, d->closed, E_DATE, d->close_date);
}

/*
 * Pushes go month by month, each made when the old date comes near, and never in the future.
 * Fills in the first close date.
 */
static void plan_dates(struct plan *p, struct rng *r, const struct deal *d)
{
	int32_t last = time_day(p->end), date = d->close_date;

	if (d->closed) /* the day of closing is rarely the day that was promised */
		date += rng_between(r, -4, 14);
	if (d->flags & F_PULLED) {
		add(p, day_at_work(r, last - rng_between(r, 6, 25)), E_DATE, date);
		date = day_in_month(date, 2, 15);
	}
	for (int32_t i = 0; i < d->pushes; i++) {
		int32_t old = day_in_month(date, -1, day_to_civil(date).day);
		int32_t latest =
		    last - (d->closed ? 12 : 2) - i * 30 - rng_between(r, 0, 8);
		int32_t at = old - rng_between(r, 0, 6);

		if (at > latest)
			at = latest;
		if (at < time_day(p->start) + 14)
			break;
		add(p, day_at_work(r, at), E_DATE, date);
		date = old;
	}
	p->now.close_date = date;
}

/* A drop of thirty percent where the story says so, or a small change now and then. */
static void plan_amounts(struct plan *p, struct rng *r, const struct deal *d)
{
	int32_t last = time_day(p->end), life = last - time_day(p->start);
	int32_t ago = 0;
	int64_t before = d->amount;

	if (d->flags & F_DROP) {
		before = d->amount / 7 * 10;
		ago = life > 40 ? 12 : 3;
	} else if (life > 30 && rng_percent(r, d->story ? 30 : 45)) {
		before = d->amount * rng_between(r, 82, 118) / 100;
		ago = rng_between(r, 3, life - 10);
	}
	before = before / 50000 * 50000; /* first quotes are round */
	p->now.amount = d->amount;
	if (ago && before != d->amount &&
	    add(p, day_at_work(r, last - ago), E_AMOUNT, d->amount))
		p->now.amount = before;
}

static int by_time(const void *a, const void *b)
{
	const struct edit *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->serial < y->serial ? -1 : x->serial > y->serial;
}

static void emit(struct world *w, struct deal *d, struct version *v)
{
	struct version *row = LIST_ADD(w, versions);

	*row = *v;
	if (!v->first && w->versions_count > 1)
		row[-1].until = v->at;
	if (v->first || v->stage != v->prev_stage)
		v->stage_at = v->at;
	if (v->first || v->category != v->prev_category)
		v->category_at = v->at;
	v->first = false;
	v->prev_amount = v->amount;
	v->prev_close_date = v->close_date;
	v->prev_stage = v->stage;
	v->prev_category = v->category;
	d->modified = v->at;
}

static void play_edit(struct version *v, struct deal *d, const struct edit *e)
{
	v->at = e->at;
	if (e->what == E_DATE)
		v->close_date = (int32_t)e->value;
	else if (e->what == E_AMOUNT)
		v->amount = e->value;
	else {
		v->stage = (uint8_t)e->value;
		v->category =
		    v->stage == d->stage ? d->category : word_stages[v->stage].category;
		d->stage_since = e->at;
	}
}

/* Edits of one instant (closing: stage and date) are one row, as one Save is. */
static void play(struct world *w, struct deal *d, struct plan *p)
{
	struct version *v = &p->now;

	qsort(p->edits, p->count, sizeof(p->edits[0]), by_time);
	v->first = true;
	v->at = d->created;
	v->category = v->stage == d->stage ? d->category : word_stages[v->stage].category;
	emit(w, d, v);
	for (uint32_t i = 0; i < p->count; i++) {
		play_edit(v, d, &p->edits[i]);
		if (i + 1 == p->count || p->edits[i + 1].at != v->at)
			emit(w, d, v);
	}
	d->stage = v->stage;
	d->category = v->category;
	d->amount = v->amount;
	d->close_date = v->close_date;
}

static int rows_by_time(const void *a, const void *b)
{
	const struct version *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->deal < y->deal ? -1 : x->deal > y->deal;
}

void histories_build(struct world *w)
{
	for (uint32_t i = 0; i < w->deals_count; i++) {
		struct deal *d = &w->deals[i];
		struct plan p = {
		    .start = d->created, .end = d->closed ? d->closed : w->now};
		struct rng r;

		rng_init(&r, w->cfg.seed, S_HISTORY, i);
		p.now.deal = i;
		p.now.euro = d->euro;
		if (d->closed)
			plan_closed_stages(&p, &r, d);
		else
			plan_open_stages(&p, &r, d);
		plan_dates(&p, &r, d);
		plan_amounts(&p, &r, d);
		play(w, d, &p);
	}
	qsort(w->versions, w->versions_count, sizeof(*w->versions), rows_by_time);
}
