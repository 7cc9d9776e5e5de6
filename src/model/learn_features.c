#include "learn_inside.h"

#include <math.h>

/*
 * Numbers of a deal. Days go in as their logarithm, since the second week of
 * silence says more than the tenth, and with the steps that people watch for.
 */

static double unknown(void)
{
	return NAN;
}

static double capped(int n, int most)
{
	return n > most ? most : n;
}

static double log_days(int days)
{
	return days < 0 ? unknown() : log1p(days);
}

/* 0, 1, or not known. */
static double whether(bool known, bool holds)
{
	return !known ? unknown() : holds ? 1 : 0;
}

static double step(const struct look *look, enum verdict least)
{
	return whether(
	    look->verdict != UNKNOWN, look->verdict != UNKNOWN && look->verdict >= least);
}

struct fill {
	double *x;
	const struct deal *deal;
	const struct look *looks;
	day_t day;
	int n;
};

static void add(struct fill *f, double value)
{
	if (f->n < LEARN_FEATURES)
		f->x[f->n++] = value;
}

static void add_steps(struct fill *f, enum risk_signal signal)
{
	add(f, step(&f->looks[signal], WARN));
	add(f, step(&f->looks[signal], CRITICAL));
}

/* Signals of the history; as far as it is known. */
static void add_history(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	bool known = facts->history_known;
	add(f, known || facts->pushes ? capped(facts->pushes, 6) : unknown());
	add(f, known || facts->pushes ? log_days(facts->push_days) : unknown());
	add(f, whether(known || facts->pushes, facts->pushes >= 1));
	add_steps(f, SIGNAL_PUSHES);
	add_steps(f, SIGNAL_STAGE_BACK);
	add(f, known || facts->amount_drop ? capped(facts->amount_drop, 100) / 25
	                                   : unknown());
	add_steps(f, SIGNAL_AMOUNT_DROP);
}

static void add_stage(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	int age = deal_stage_age(f->deal, f->day);
	bool ranked = facts->stage_rank > 0 && facts->stage_ranks > 0;
	add(f, ranked ? (double)facts->stage_rank / facts->stage_ranks : unknown());
	add(f, step(&f->looks[SIGNAL_STAGE_EARLY], WARN));
	add(f, log_days(age));
	add(f, age >= 0 && facts->stage_norm_count >= 10
	           ? log1p(age) - log1p(facts->stage_norm_days)
	           : unknown());
	add_steps(f, SIGNAL_STAGE_AGE);
}

static void add_days(struct fill *f, bool known, instant_t last, enum risk_signal signal)
{
	int days = known ? signal_days_since(f->deal, last, f->day) : -1;
	add(f, log_days(days));
	add(f, whether(days >= 0, days >= 21));
	add_steps(f, signal);
}

static void add_people(struct fill *f)
{
	const struct risk_facts *facts = &f->deal->facts;
	bool seats = facts->committee_known && facts->committee > 0;
	add_days(f, facts->activities_known, facts->last_activity, SIGNAL_IDLE_SALES);
	add_days(f, facts->activities_known && facts->direction_known,
	    facts->last_inbound, SIGNAL_BUYER_SILENT);
	add_days(f, facts->touches_known, facts->last_touch, SIGNAL_IDLE_MARKETING);
	add(f, facts->touches_known
	           ? log((facts->recent_touches + 1.0) / (facts->earlier_touches + 1.0))
	           : unknown());
	add(f, step(&f->looks[SIGNAL_TREND], WARN));
	add(f, whether(facts->activities_known, signal_planned(f->deal, f->day)));
	add(f, seats ? capped(facts->engaged, 6) : unknown());
	add(f, seats ? capped(facts->committee, 10) : unknown());
	add(f, whether(seats, facts->engaged <= 1));
	add(f, whether(seats && facts->roles_known, facts->has_economic_buyer));
}

static void add_forecast(struct fill *f)
{
	enum forecast forecast = f->deal->forecast;
	bool known = forecast != FORECAST_NONE;
	add(f, whether(known, forecast == FORECAST_COMMIT));
	add(f, whether(known,
	           forecast == FORECAST_BEST_CASE || forecast == FORECAST_MOST_LIKELY));
	add(f, step(&f->looks[SIGNAL_FORECAST], WARN));
}

const enum risk_signal learn_signals[LEARN_FEATURES] = {
    /* add_history */
    SIGNAL_PUSHES, SIGNAL_PUSHES, SIGNAL_PUSHES, SIGNAL_PUSHES, SIGNAL_PUSHES,
    SIGNAL_STAGE_BACK, SIGNAL_STAGE_BACK, SIGNAL_AMOUNT_DROP, SIGNAL_AMOUNT_DROP,
    SIGNAL_AMOUNT_DROP,
    /* add_stage */
    SIGNAL_STAGE_EARLY, SIGNAL_STAGE_EARLY, SIGNAL_STAGE_AGE, SIGNAL_STAGE_AGE,
    SIGNAL_STAGE_AGE, SIGNAL_STAGE_AGE,
    /* add_people */
    SIGNAL_IDLE_SALES, SIGNAL_IDLE_SALES, SIGNAL_IDLE_SALES, SIGNAL_IDLE_SALES,
    SIGNAL_BUYER_SILENT, SIGNAL_BUYER_SILENT, SIGNAL_BUYER_SILENT, SIGNAL_BUYER_SILENT,
    SIGNAL_IDLE_MARKETING, SIGNAL_IDLE_MARKETING, SIGNAL_IDLE_MARKETING,
    SIGNAL_IDLE_MARKETING, SIGNAL_TREND, SIGNAL_TREND, SIGNAL_NEXT_STEP,
    SIGNAL_SINGLE_THREAD, SIGNAL_SINGLE_THREAD, SIGNAL_SINGLE_THREAD,
    SIGNAL_ECONOMIC_BUYER,
    /* add_forecast */
    SIGNAL_FORECAST, SIGNAL_FORECAST, SIGNAL_FORECAST,
    /* learn_look, and the owner's, which is known only when all lessons are */
    SIGNAL_CLOSE_DATE, SIGNAL_OWNER};

void learn_look(double x[LEARN_FEATURES], const struct deal *deal,
    const struct look looks[RISK_SIGNALS], day_t day)
{
	struct fill f = {.x = x, .deal = deal, .looks = looks, .day = day};
	add_history(&f);
	add_stage(&f);
	add_people(&f);
	add_forecast(&f);
	/* Where the day lies in its month, so that it means the same for any month. */
	add(&f, civil_from_day(deal->close_date).day);
	add(&f, unknown());
}

/* Everybody's share counts as so many deals of the owner's own. */
static const double SHRINK = 10;

double learn_owner_feature(int count, int slipped, int all, int all_slipped)
{
	if (!count)
		return unknown();
	double base = (all_slipped + 1.0) / (all + 2.0);
	double own = (slipped + SHRINK * base) / (count + SHRINK);
	return log(own / (1 - own)) - log(base / (1 - base));
}
