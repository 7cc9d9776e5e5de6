#include "huddle/forecasts.h"

#include "huddle/totals.h"
#include <stdlib.h>
#include <string.h>

/* How quarters were forecast, from what was known of each deal week by week. */

struct making {
	const struct past *past;
	struct forecasts *out;
	day_t today;
};

static struct currency most_deals(const struct past *past)
{
	struct deal_total found[DEAL_TOTALS] = {0};
	size_t n = 0, best = 0;

	for (size_t i = 0; i < past->n_deals; i++) {
		struct currency currency = past->deals[i].now->currency;
		size_t at = 0;

		while (at < n && !currency_eq(found[at].currency, currency))
			at++;
		if (!*currency.code || at == DEAL_TOTALS)
			continue;
		n += at == n;
		found[at].currency = currency;
		if (++found[at].count > found[best].count)
			best = at;
	}
	return found[best].currency;
}

/* In the forecast's currency; MONEY_NONE: it has no amount, or none that can be
 * told in it. */
static money_t worth_in(const struct making *m, const struct deal *deal)
{
	struct deal d = *deal;

	deal_convert(&d, &m->past->rates);
	struct worth worth = deal_worth(&d);
	return currency_eq(worth.currency, m->out->currency) ? worth.amount : MONEY_NONE;
}

static bool ever_in(const struct past_deal *deal, struct period quarter)
{
	day_t day;

	if (period_has(quarter, deal->now->close_date) ||
	    period_has(quarter, deal->now->closed))
		return true;
	for (size_t i = 0; i < deal->changes.count; i++) {
		const struct change *c = &deal->changes.items[i];

		if (c->field == CHANGE_CLOSE_DATE &&
		    ((day_parse(c->old_value, &day) && period_has(quarter, day)) ||
		        (day_parse(c->new_value, &day) && period_has(quarter, day))))
			return true;
	}
	return false;
}

/* A sum that does not fit any more stays as it is: no forecast is so large. */
static void add(money_t *sum, money_t more)
{
	if (more != MONEY_NONE)
		money_add(sum, more);
}

static void add_open(struct forecast_week *week, const struct deal *d, money_t amount)
{
	switch (d->forecast) {
	case FORECAST_OMITTED:
		return;
	case FORECAST_COMMIT:
	case FORECAST_CLOSED:
		add(&week->commit, amount);
		break;
	case FORECAST_MOST_LIKELY:
	case FORECAST_BEST_CASE:
		add(&week->best, amount);
		break;
	case FORECAST_PIPELINE:
	case FORECAST_NONE:
		add(&week->pipeline, amount);
		break;
	}
	week->open++;
}

static void add_deal(const struct making *m, struct forecast_week *week,
    const struct past_deal *deal, struct period quarter, bool *category)
{
	const struct deal *now = deal->now;
	struct deal then;

	if (now->status == DEAL_WON && period_has(quarter, now->closed) &&
	    now->closed <= week->day) {
		add(&week->won, worth_in(m, now));
		return;
	}
	if (!past_standing_at(&then, m->past, deal, week->day + 1) || then.missing ||
	    then.status != DEAL_OPEN || !period_has(quarter, then.close_date))
		return;
	*category |= then.forecast != FORECAST_NONE;
	add_open(week, &then, worth_in(m, &then));
}

/* The sums hold each other. */
static void stack(struct forecast_week *week)
{
	add(&week->commit, week->won);
	add(&week->best, week->commit);
	add(&week->pipeline, week->best);
}

static day_t first_told(const struct past *past)
{
	day_t sync = past->firsts.sync, crm = past->firsts.history;

	return crm == DAY_NONE || (sync != DAY_NONE && sync < crm) ? sync : crm;
}

/* The ends of its weeks, the last one its last day; none of the future. */
static void make_weeks(struct making *m, struct forecast_quarter *q, struct arena *arena,
    const struct past_deal *const *deals, size_t n, bool *category)
{
	day_t told = first_told(m->past);
	day_t until = q->quarter.last < m->today ? q->quarter.last : m->today;
	bool last = false;
	int number = 0;

	q->weeks = arena_alloc(
	    arena, (size_t)((until - q->quarter.first) / 7 + 2) * sizeof *q->weeks);
	for (day_t day = q->quarter.first + 6; !last; day += 7) {
		last = day >= until;
		if (last)
			day = until;
		number++;
		if (told == DAY_NONE || day < told)
			continue;
		struct forecast_week *week = &q->weeks[q->n_weeks++];
		bool any = false;

		*week = (struct forecast_week){.day = day};
		for (size_t i = 0; i < n; i++)
			add_deal(m, week, deals[i], q->quarter, &any);
		stack(week);
		if (number == FORECAST_WEEK) {
			q->called = week;
			*category = any;
		}
	}
}

/* An error of more than a hundred times is said as that. */
static int error_of(money_t called, money_t actual)
{
	enum { MOST = 1000000 };
	long double error =
	    ((long double)called - (long double)actual) * 10000 / (long double)actual;

	if (error > MOST || error < -MOST)
		return error > 0 ? MOST : -MOST;
	return (int)(error < 0 ? error - 0.5L : error + 0.5L);
}

static void settle(struct making *m, struct forecast_quarter *q, bool category)
{
	q->gap = q->quarter.last >= m->today ? FORECAST_NOT_OVER
	         : !q->called                ? FORECAST_NOT_TOLD
	         : !category                 ? FORECAST_NO_CATEGORY
	         : q->actual <= 0            ? FORECAST_NOTHING_WON
	                                     : FORECAST_KNOWN;
	if (q->gap == FORECAST_KNOWN)
		q->error = error_of(q->called->commit, q->actual);
}

static void make_quarter(struct making *m, struct forecast_quarter *q,
    struct arena *arena, struct period quarter)
{
	const struct past *past = m->past;
	const struct past_deal **deals =
	    arena_alloc(arena, (past->n_deals + 1) * sizeof *deals);
	size_t n = 0;
	bool category = false;

	*q = (struct forecast_quarter){.quarter = quarter};
	for (size_t i = 0; i < past->n_deals; i++) {
		const struct deal *now = past->deals[i].now;
		bool won = now->status == DEAL_WON && period_has(quarter, now->closed);

		if (won)
			add(&q->actual, worth_in(m, now));
		if (ever_in(&past->deals[i], quarter))
			deals[n++] = &past->deals[i];
	}
	make_weeks(m, q, arena, deals, n, &category);
	settle(m, q, category);
}

static void mean_errors(struct forecasts *f)
{
	int64_t sum = 0, size = 0;

	for (int i = 0; i < f->n; i++)
		if (f->quarters[i].gap == FORECAST_KNOWN) {
			f->with_error++;
			sum += f->quarters[i].error;
			size += abs(f->quarters[i].error);
		}
	if (f->with_error > 0) {
		f->bias = (int)(sum / f->with_error);
		f->mean = (int)(size / f->with_error);
	}
}

void forecasts_make(struct forecasts *out, struct arena *arena, const struct past *past,
    struct period newest, int fiscal_start, day_t today)
{
	struct making m = {past, out, today};
	day_t told = first_told(past);
	struct period quarter = newest;

	*out = (struct forecasts){.currency = past->rates.company};
	if (!*out->currency.code)
		out->currency = most_deals(past);
	for (size_t i = 0; i < past->n_deals; i++)
		out->left_out += past->deals[i].now->amount != MONEY_NONE &&
		                 worth_in(&m, past->deals[i].now) == MONEY_NONE;
	do {
		make_quarter(&m, &out->quarters[out->n++], arena, quarter);
		quarter = period_of_quarter(quarter.first - 1, fiscal_start);
	} while (out->n < FORECAST_QUARTERS && told != DAY_NONE && quarter.last >= told);
	mean_errors(out);
}

bool forecast_within(const struct forecast_quarter *q, int percent)
{
	return q->gap == FORECAST_KNOWN && abs(q->error) <= percent * 100;
}

const char *forecast_gap_words(enum forecast_gap gap)
{
	static const char *const words[] = {[FORECAST_KNOWN] = "",
	    [FORECAST_NOT_OVER] = "not over yet",
	    [FORECAST_NOT_TOLD] = "nothing tells of its third week",
	    [FORECAST_NO_CATEGORY] = "no deal had a forecast category",
	    [FORECAST_NOTHING_WON] = "nothing was won"};

	return words[gap];
}
