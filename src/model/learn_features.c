#include "learn_inside.h"

#include <math.h>

/*
 * Numbers of a deal. Days go in as their logarithm, since the second week of
 * silence says more than the tenth, and with the steps that people watch for: a
 * sum of straight lines alone can not follow a threshold. Two tell of a signal
 * together with another: idle days count otherwise where something is planned,
 * and pushes where nobody on the committee holds the money.
 */

enum { DROP_STEP = 20, LONG_STAGE = 60, DAYS_MOST = 365, LATE_IN_MONTH = 20 };

/* What is planned is known of a past day by when it was written down, whatever the
 * CRM's own field of next steps said then. */
bool learn_unknown(
    const struct deal *deal, const struct look *looks, enum risk_signal signal)
{
	if (looks[signal].off)
		return true;
	if (signal == SIGNAL_NEXT_STEP)
		return !deal->facts.plans_known;
	return looks[signal].verdict == UNKNOWN;
}

struct fill {
	struct learn_row *row;
	const struct deal *deal;
	const struct look *looks;
	day_t day;
	int n;
};

/* Of a signal that was not captured nothing counts. */
static void add(struct fill *f, enum risk_signal signal, double value)
{
	if (f->n == LEARN_FEATURES)
		return;
	if (learn_unknown(f->deal, f->looks, signal))
		value = NAN;
	f->row->signal[f->n] = signal;
	f->row->ease[f->n] = 1;
	f->row->x[f->n++] = value;
}

/* Steps are held tighter than what is counted: out of sample they are more often
 * chance. */
static const double STEP_EASE = 0.5;

/* 0, 1, or not known. */
static void add_if(struct fill *f, enum risk_signal signal, bool known, bool holds)
{
	add(f, signal, !known ? NAN : holds ? 1 : 0);
}

static void add_step(struct fill *f, enum risk_signal signal, bool known, bool holds)
{
	add_if(f, signal, known, holds);
	f->row->ease[f->n - 1] = STEP_EASE;
}

static double capped(int n, int most)
{
	return n > most ? most : n;
}

static double log_days(int days)
{
	return days < 0 ? NAN : log1p(days);
}

/* The steps that the points score takes. */
static void add_steps(struct fill *f, enum risk_signal signal)
{
	enum verdict verdict = f->looks[signal].verdict;
	bool known = verdict != UNKNOWN;
	add_step(f, signal, known, verdict >= WARN);
	add_step(f, signal, known, verdict >= CRITICAL);
}

static void add_pushes(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	bool known = facts->history_known || facts->pushes, roles = facts->roles_known;
	double pushes = known ? capped(facts->pushes, 6) : NAN;
	add(f, SIGNAL_PUSHES, pushes);
	add(f, SIGNAL_PUSHES, known ? log_days(facts->push_days) : NAN);
	add_step(f, SIGNAL_PUSHES, known, facts->pushes >= 1);
	add(f, SIGNAL_PUSHES, !roles ? NAN : facts->has_economic_buyer ? 0 : pushes);
	add_steps(f, SIGNAL_PUSHES);
}

static void add_history(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	int drop = facts->amount_drop;
	bool known = facts->history_known || drop;
	add_steps(f, SIGNAL_STAGE_BACK);
	add(f, SIGNAL_AMOUNT_DROP, known ? capped(drop, 100) / 25 : NAN);
	add_step(f, SIGNAL_AMOUNT_DROP, known, drop >= DROP_STEP);
	add_steps(f, SIGNAL_AMOUNT_DROP);
}

static void add_stage(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	int rank = facts->stage_rank, ranks = facts->stage_ranks;
	bool ranked = rank > 0 && ranks > 0;
	add(f, SIGNAL_STAGE_EARLY, ranked ? (double)rank / ranks : NAN);
	add_step(f, SIGNAL_STAGE_EARLY, ranked, rank * 2 <= ranks);
	add_steps(f, SIGNAL_STAGE_EARLY);
}

/* Against won deals where there are enough of them, and by itself. */
static void add_stage_age(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	int age = deal_stage_age(f->deal, f->day);
	bool norm = age >= 0 && facts->stage_norm_count >= 10;
	add(f, SIGNAL_STAGE_AGE, log_days(age));
	add(f, SIGNAL_STAGE_AGE, age < 0 ? NAN : capped(age, DAYS_MOST) / 30);
	add_step(f, SIGNAL_STAGE_AGE, age >= 0, age >= LONG_STAGE);
	add(f, SIGNAL_STAGE_AGE, norm ? log1p(age) - log1p(facts->stage_norm_days) : NAN);
	add_steps(f, SIGNAL_STAGE_AGE);
}

static int add_days(struct fill *f, enum risk_signal signal, bool known, instant_t last)
{
	int days = known ? signal_days_since(f->deal, last, f->day) : -1;
	add(f, signal, log_days(days));
	add_step(f, signal, days >= 0, days >= 7);
	add_step(f, signal, days >= 0, days >= 21);
	add_step(f, signal, days >= 0, days >= 45);
	add_steps(f, signal);
	return days;
}

static bool planned_activity(const struct deal *deal, day_t day)
{
	instant_t next = deal->facts.next_activity;
	return next != INSTANT_NONE && day_of_instant(next) >= day;
}

static void add_sides(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	bool planned = planned_activity(f->deal, f->day), sales = facts->activities_known,
	     marketing = facts->touches_known;
	int recent = facts->recent_touches, earlier = facts->earlier_touches;
	int idle = add_days(f, SIGNAL_IDLE_SALES, sales, facts->last_activity);
	add(f, SIGNAL_IDLE_SALES,
	    !facts->plans_known    ? NAN
	    : planned && idle >= 0 ? 0
	                           : log_days(idle));
	add_days(
	    f, SIGNAL_BUYER_SILENT, sales && facts->direction_known, facts->last_inbound);
	add_days(f, SIGNAL_IDLE_MARKETING, marketing, facts->last_touch);
	add(f, SIGNAL_TREND, marketing ? log((recent + 1.0) / (earlier + 1.0)) : NAN);
	add_step(f, SIGNAL_TREND, marketing, recent * 2 < earlier);
	add_steps(f, SIGNAL_TREND);
	add_if(f, SIGNAL_NEXT_STEP, true, planned);
}

static void add_committee(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	bool seats = facts->committee_known && facts->committee > 0;
	add(f, SIGNAL_SINGLE_THREAD, seats ? capped(facts->engaged, 6) : NAN);
	add(f, SIGNAL_SINGLE_THREAD, seats ? capped(facts->committee, 10) : NAN);
	add_step(f, SIGNAL_SINGLE_THREAD, seats, facts->engaged <= 1);
	add_if(f, SIGNAL_ECONOMIC_BUYER, seats && facts->roles_known,
	    facts->has_economic_buyer);
}

static void add_forecast(struct fill *f)
{
	enum forecast forecast = f->deal->forecast;
	bool known = forecast != FORECAST_NONE;
	bool best = forecast == FORECAST_BEST_CASE || forecast == FORECAST_MOST_LIKELY;
	add_if(f, SIGNAL_FORECAST, known, forecast == FORECAST_COMMIT);
	add_if(f, SIGNAL_FORECAST, known, best);
	add_steps(f, SIGNAL_FORECAST);
}

void learn_look(
    struct learn_row *out, const struct deal *deal, const struct look *looks, day_t day)
{
	struct fill f = {.row = out, .deal = deal, .looks = looks, .day = day};
	/* Where the day lies in its month, so that it means the same for any month. */
	int of_month = civil_from_day(deal->close_date).day;
	add_pushes(&f);
	add_history(&f);
	add_stage(&f);
	add_stage_age(&f);
	add_sides(&f);
	add_committee(&f);
	add_forecast(&f);
	add(&f, SIGNAL_CLOSE_DATE, of_month);
	add_step(&f, SIGNAL_CLOSE_DATE, true, of_month > LATE_IN_MONTH);
	/* LEARN_OWNER: known only when all lessons are. */
	add(&f, SIGNAL_OWNER, NAN);
}

/* Everybody's share counts as so many deals of the owner's own. */
static const double SHRINK = 10;

double learn_owner_feature(int count, int slipped, int all, int all_slipped)
{
	if (!count)
		return NAN;
	double base = (all_slipped + 1.0) / (all + 2.0);
	double own = (slipped + SHRINK * base) / (count + SHRINK);
	return log(own / (1 - own)) - log(base / (1 - base));
}
