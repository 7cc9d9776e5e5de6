#include "huddle/scorecard.h"

#include "huddle/themes.h"
#include "huddle/totals.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/*
 * The figures. What is of a month counts by the day it happened; the running month up
 * to today. A closed deal counts by its closing day.
 */
enum { TRAILING = 90, YEAR_MONTHS = 12 };

/* What a figure is counted with. */
struct counting {
	const struct scorecard_input *in;
	struct period month; /* up to today */
	int i;
	struct arena *arena;
	struct score_rows *rows; /* NULL: not asked for */
};

static void add_row(struct counting *c, struct score_row row)
{
	struct score_rows *r = c->rows;

	if (!r)
		return;
	r->items =
	    arena_grow(r->arena, r->items, &r->cap, r->count + 1, sizeof *r->items);
	r->items[r->count++] = row;
}

static void add_deal(struct counting *c, const struct score_deal *d, bool hit)
{
	add_row(c, (struct score_row){
	               d->deal->id, d->deal->name, d->deal->owner, d->worth, hit});
}

static void add_lead(struct counting *c, const struct score_lead *l, bool hit)
{
	add_row(c, (struct score_row){l->id, l->name, l->deal ? l->deal->deal->owner : "",
	               MONEY_NONE, hit});
}

static struct metric_value nothing(const char *why)
{
	return (struct metric_value){.why = why};
}

static struct metric_value ratio(int64_t numerator, int64_t denominator, const char *why)
{
	if (denominator <= 0)
		return nothing(why);
	return (struct metric_value){.numerator = numerator,
	    .denominator = denominator,
	    .value = (double)numerator / (double)denominator};
}

/* A quota by the days of it that lie in the time; half a unit rounds up. */
static money_t quota_in(const struct score_quota *q, struct period time)
{
	day_t first = q->period.first > time.first ? q->period.first : time.first;
	day_t last = q->period.last < time.last ? q->period.last : time.last;
	int64_t all = q->period.last - q->period.first + 1;

	if (last < first)
		return 0;
	return (money_t)(((__int128)q->amount * (last - first + 1) + all / 2) / all);
}

money_t quota_of(const struct score_quota *quotas, size_t count, struct period time)
{
	money_t people = 0, teams = 0;

	for (size_t i = 0; i < count; i++)
		money_add(
		    quotas[i].of_team ? &teams : &people, quota_in(&quotas[i], time));
	return people ? people : teams;
}

static struct metric_value coverage(struct counting *c)
{
	const struct scorecard_input *in = c->in;
	struct period before = {c->month.last - TRAILING + 1, c->month.last};
	money_t quota = quota_of(in->quotas, in->n_quotas, before), open = 0;

	if (quota <= 0)
		return nothing(in->n_quotas ? "no quota of these 90 days"
		                            : "no export holds quotas");
	for (size_t i = 0; i < in->n_deals; i++) {
		const struct score_deal *d = &in->deals[i];
		struct deal then;
		struct score_deal as = *d;

		if (!past_standing_at(
		        &then, in->past, &in->past->deals[i], c->month.last + 1) ||
		    then.status != DEAL_OPEN || then.missing)
			continue;
		deal_convert(&then, &in->past->rates);
		struct worth worth = deal_worth(&then);

		if (!currency_eq(worth.currency, in->currency) ||
		    worth.amount == MONEY_NONE)
			continue;
		money_add(&open, worth.amount);
		as.worth = worth.amount;
		add_deal(c, &as, true);
	}
	return ratio(open, quota, "");
}

static struct metric_value mql_to_sqo(struct counting *c)
{
	int64_t mqls = 0, sqos = 0;

	for (size_t i = 0; i < c->in->n_leads; i++) {
		const struct score_lead *l = &c->in->leads[i];
		bool sqo =
		    l->deal && (l->deal->qualified || l->deal->deal->status == DEAL_WON);

		if (!period_has(c->month, l->mql))
			continue;
		mqls++;
		sqos += sqo;
		add_lead(c, l, sqo);
	}
	return ratio(sqos, mqls,
	    c->in->n_leads ? "no lead became MQL in the month" : "no export holds leads");
}

static struct metric_value sla(struct counting *c)
{
	const struct handoff *h = &c->in->handoffs[c->i];
	int met = h->touch[SLA_MET], judged = met + h->touch[SLA_MISSED];

	for (size_t i = 0; i < h->count; i++) {
		enum sla_verdict v = h->leads[i].touch.verdict;

		if (v == SLA_MET || v == SLA_MISSED)
			add_row(c, (struct score_row){h->leads[i].lead->id,
			               h->leads[i].lead->name, h->leads[i].lead->owner,
			               MONEY_NONE, v == SLA_MET});
	}
	return ratio(met, judged,
	    c->in->n_leads ? "no lead of the month can be judged"
	                   : "no export holds leads");
}

/* The newest quarter that was over by the month's end. */
static struct metric_value forecast(struct counting *c)
{
	for (int i = 0; i < c->in->forecasts->n; i++) {
		const struct forecast_quarter *q = &c->in->forecasts->quarters[i];

		if (q->quarter.last > c->month.last)
			continue;
		if (q->gap != FORECAST_KNOWN)
			return nothing(forecast_gap_words(q->gap));
		return ratio(q->called->commit, q->actual, "nothing was won");
	}
	return nothing("no quarter is over yet");
}

static struct metric_value loop(struct counting *c)
{
	int64_t lost = 0, debriefed = 0;

	for (size_t i = 0; i < c->in->n_deals; i++) {
		const struct score_deal *d = &c->in->deals[i];

		if (d->deal->status != DEAL_LOST ||
		    !period_has(c->month, deal_closed_on(d->deal)))
			continue;
		lost++;
		debriefed += d->deal->has_debrief;
		add_deal(c, d, d->deal->has_debrief);
	}
	return ratio(debriefed, lost, "no deal was lost in the month");
}

static struct metric_value lead_to_opportunity(struct counting *c)
{
	int64_t made = 0, with_deal = 0;

	for (size_t i = 0; i < c->in->n_leads; i++) {
		const struct score_lead *l = &c->in->leads[i];

		if (!period_has(c->month, l->created))
			continue;
		made++;
		with_deal += l->deal != NULL;
		add_lead(c, l, l->deal != NULL);
	}
	return ratio(with_deal, made,
	    c->in->n_leads ? "no lead was made in the month" : "no export holds leads");
}

static struct metric_value marketing(struct counting *c)
{
	money_t all = 0, sourced = 0;

	for (size_t i = 0; i < c->in->n_deals; i++) {
		const struct score_deal *d = &c->in->deals[i];

		if (!period_has(c->month, d->deal->created) || d->worth == MONEY_NONE)
			continue;
		money_add(&all, d->worth);
		if (d->sourced)
			money_add(&sourced, d->worth);
		add_deal(c, d, d->sourced);
	}
	return ratio(sourced, all, "no deal with an amount was made in the month");
}

static struct metric_value speed(struct counting *c)
{
	const struct handoff *h = &c->in->handoffs[c->i];

	if (h->median < 0)
		return nothing(c->in->n_leads ? "no lead of the month was touched yet"
		                              : "no export holds leads");
	for (size_t i = 0; i < h->count; i++)
		if (h->leads[i].hours.least >= 0)
			add_row(c, (struct score_row){h->leads[i].lead->id,
			               h->leads[i].lead->name, h->leads[i].lead->owner,
			               MONEY_NONE, h->leads[i].hours.most <= h->median});
	return (struct metric_value){.value = (double)h->median / 3600,
	    .numerator = h->median,
	    .denominator = (int64_t)h->with_hours};
}

static struct metric_value cost(struct counting *c)
{
	const struct scorecard_input *in = c->in;
	money_t spent = 0;
	int64_t sqos = 0;
	bool told = false;

	for (size_t i = 0; i < in->n_campaigns; i++)
		if (period_has(c->month, in->campaigns[i].start) &&
		    in->campaigns[i].cost != MONEY_NONE) {
			told = true;
			money_add(&spent, in->campaigns[i].cost);
		}
	for (size_t i = 0; i < in->n_deals; i++) {
		const struct score_deal *d = &in->deals[i];

		if (!period_has(c->month, d->deal->created) || !d->sourced ||
		    !(d->qualified || d->deal->status == DEAL_WON))
			continue;
		sqos++;
		add_deal(c, d, true);
	}
	if (!told)
		return nothing(in->n_campaigns
		                   ? "no campaign of the month tells what it cost"
		                   : "no export holds campaigns");
	return ratio(
	    spent, sqos, "no qualified deal of the month was sourced by marketing");
}

/* Deals won in the time, and what they were worth. */
static int64_t won_in(struct counting *c, struct period time, money_t *amount, bool list)
{
	int64_t n = 0;

	*amount = 0;
	for (size_t i = 0; i < c->in->n_deals; i++) {
		const struct score_deal *d = &c->in->deals[i];

		if (d->deal->status != DEAL_WON || d->worth == MONEY_NONE ||
		    !period_has(time, deal_closed_on(d->deal)))
			continue;
		n++;
		money_add(amount, d->worth);
		if (list)
			add_deal(c, d, true);
	}
	return n;
}

static struct metric_value size(struct counting *c)
{
	money_t amount;
	int64_t n = won_in(c, c->month, &amount, true);

	return ratio(amount, n, "no deal with an amount was won in the month");
}

static struct period year_to(struct period month)
{
	return (struct period){day_add_months(month.first, 1 - YEAR_MONTHS), month.last};
}

static int compare_days(const void *a, const void *b)
{
	return *(const day_t *)a - *(const day_t *)b;
}

/* Nearest rank; the deals without a day of making do not count. */
static struct metric_value cycle_of(struct counting *c, bool list)
{
	struct period year = year_to(c->month);
	day_t *days = arena_alloc(c->arena, (c->in->n_deals + 1) * sizeof *days);
	size_t n = 0;

	for (size_t i = 0; i < c->in->n_deals; i++) {
		const struct deal *d = c->in->deals[i].deal;
		day_t won = deal_closed_on(d);

		if (d->status != DEAL_WON || !period_has(year, won) ||
		    d->created == DAY_NONE || won < d->created)
			continue;
		days[n++] = won - d->created;
		if (list)
			add_deal(c, &c->in->deals[i], true);
	}
	if (!n)
		return nothing("no deal was won in 12 months");
	qsort(days, n, sizeof *days, compare_days);
	size_t middle = (n - 1) / 2;

	return (struct metric_value){.value = (double)days[middle],
	    .numerator = days[middle],
	    .denominator = (int64_t)n};
}

static struct metric_value cycle(struct counting *c)
{
	return cycle_of(c, true);
}

/* Of today's pipeline, so that a past month has none: what was qualified then no
 * export tells. */
static struct metric_value velocity(struct counting *c)
{
	struct period year = year_to(c->month);
	int64_t open = 0, decided = 0;
	money_t amount;

	if (!period_has(c->month, c->in->today))
		return nothing("what was qualified at its end no export tells");
	for (size_t i = 0; i < c->in->n_deals; i++) {
		const struct score_deal *d = &c->in->deals[i];
		bool counts = d->deal->status == DEAL_OPEN && d->qualified;

		open += counts;
		decided += d->deal->status != DEAL_OPEN &&
		           period_has(year, deal_closed_on(d->deal));
		if (counts)
			add_deal(c, d, true);
	}
	int64_t won = won_in(c, year, &amount, false);
	struct metric_value days = cycle_of(c, false);

	if (!decided || !won || days.why || days.value <= 0)
		return nothing("no deal was won in 12 months");
	return (struct metric_value){.numerator = open,
	    .denominator = (int64_t)days.value,
	    .value = (double)open * ((double)won / (double)decided) *
	             ((double)amount / (double)won) / days.value};
}

static struct metric_value (*const counters[METRICS])(struct counting *c) = {
    [METRIC_COVERAGE] = coverage,
    [METRIC_MQL_TO_SQO] = mql_to_sqo,
    [METRIC_SLA] = sla,
    [METRIC_FORECAST] = forecast,
    [METRIC_LOOP] = loop,
    [METRIC_LEAD_TO_OPPORTUNITY] = lead_to_opportunity,
    [METRIC_MARKETING] = marketing,
    [METRIC_SPEED] = speed,
    [METRIC_COST] = cost,
    [METRIC_SIZE] = size,
    [METRIC_VELOCITY] = velocity,
    [METRIC_CYCLE] = cycle};

/* Targets are the definition's; a forecast is met within its band on either side. */
static void set_target(
    struct metric_value *v, enum metric metric, const struct definition *d)
{
	double band = d->forecast_band / 100.0;

	if (metric == METRIC_COVERAGE && d->coverage > 0)
		v->target = d->coverage / 1000.0;
	else if (metric == METRIC_SLA && d->handoff.target > 0)
		v->target = d->handoff.target / 100.0;
	else if (metric == METRIC_FORECAST && d->forecast_band > 0)
		v->target = 1;
	else if (metric == METRIC_LOOP)
		v->target = 1;
	else
		return;
	v->has_target = true;
	v->met = !v->why && (metric == METRIC_FORECAST ? fabs(v->value - 1) <= band + 1e-9
	                                               : v->value >= v->target);
}

struct metric_value metric_count(const struct scorecard_input *in, enum metric metric,
    int i, struct arena *arena, struct score_rows *rows)
{
	struct counting c = {in, in->months[i], i, arena, rows};

	if (c.month.last > in->today)
		c.month.last = in->today;
	struct metric_value v = c.month.first > in->today
	                            ? nothing("the month has not begun")
	                            : counters[metric](&c);

	set_target(&v, metric, in->definition);
	return v;
}

static void count_number(struct scorecard *out)
{
	const struct scorecard_input *in = out->in;
	const struct definition *d = in->definition;
	struct period period;

	out->number = MONEY_NONE;
	if (d->number == MONEY_NONE || !currency_eq(d->currency, in->currency) ||
	    !period_parse(d->number_period, in->today,
	        d->fiscal_start > 0 ? d->fiscal_start : 1, &period))
		return;
	out->number = d->number;
	for (size_t i = 0; i < in->n_deals; i++) {
		const struct score_deal *s = &in->deals[i];

		if (s->deal->status != DEAL_WON || s->worth == MONEY_NONE ||
		    !period_has(period, deal_closed_on(s->deal)))
			continue;
		money_add(&out->won, s->worth);
		if (s->sourced)
			money_add(&out->won_sourced, s->worth);
	}
}

void scorecard_make(
    struct scorecard *out, struct arena *arena, const struct scorecard_input *in)
{
	*out = (struct scorecard){.in = in};
	for (int m = 0; m < METRICS; m++)
		for (int i = 0; i < SCORE_MONTHS; i++)
			out->values[m][i] =
			    metric_count(in, (enum metric)m, i, arena, NULL);
	count_number(out);
}
