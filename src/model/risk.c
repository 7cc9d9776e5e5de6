#include "huddle/risk.h"

#include "signals.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

/*
 * Slip risk, method "points". Each signal adds points, and a fixed logistic
 * curve makes a percentage of their sum:
 *
 *     p = 1 / (1 + exp(-(RISK_CURVE_A + RISK_CURVE_B * points)))     clamped to 1..99 %
 *
 *     points    0    16    24    40    48    64    80   140
 *     p        12    23    31    50    60    77    88    99
 *
 * So a clean deal is at 12 %, one warning of 16 points makes it 23 %, two
 * critical signals and a warning 77 %. The curve and the points are a judgement,
 * not a fit: they are the same for every company, so that a number means the
 * same each week. Signals and thresholds follow what review tools publish;
 * each check in signals.c and signals_people.c names its rule.
 *
 * A deal whose close date lies in a month that is over has slipped for certain:
 * its CERTAIN points alone reach the top of the curve.
 */

static const struct signal {
	const char *key;   /* in JSON */
	const char *title; /* for "not captured: ..." */
	int points[CERTAIN + 1];
	signal_fn look;
} signals[RISK_REASONS] = {
    /*                        key              title                warn critical certain */
    [SIGNAL_OVERDUE] = {"overdue", "close date passed", {0, 16, 24, RISK_CERTAIN},
        signal_overdue},
    [SIGNAL_PUSHES] = {"pushes", "times pushed", {0, 16, 24}, signal_pushes},
    [SIGNAL_STAGE_EARLY] = {"stage_early", "stage for the close date", {0, 14, 24},
        signal_stage_early},
    [SIGNAL_STAGE_AGE] = {"stage_age", "time in stage", {0, 14, 22}, signal_stage_age},
    [SIGNAL_STAGE_BACK] = {"stage_back", "stage went back", {0, 14, 24},
        signal_stage_back},
    [SIGNAL_IDLE_SALES] = {"idle_sales", "sales activity", {0, 16, 24},
        signal_idle_sales},
    [SIGNAL_BUYER_SILENT] = {"buyer_silent", "answers of the buyer", {0, 12, 20},
        signal_buyer_silent},
    [SIGNAL_IDLE_MARKETING] = {"idle_marketing", "marketing touches", {0, 6, 10},
        signal_idle_marketing},
    [SIGNAL_NEXT_STEP] = {"next_step", "next step", {0, 12, 18}, signal_next_step},
    [SIGNAL_SINGLE_THREAD] = {"single_thread", "people engaged", {0, 12, 18},
        signal_single_thread},
    [SIGNAL_ECONOMIC_BUYER] = {"economic_buyer", "economic buyer", {0, 12, 18},
        signal_economic_buyer},
    [SIGNAL_AMOUNT_DROP] = {"amount_drop", "fall of the amount", {0, 10, 20},
        signal_amount_drop},
    [SIGNAL_FORECAST] = {"forecast", "forecast category", {0, 8, 14}, signal_forecast},
    [SIGNAL_CLOSE_DATE] = {"close_date", "close date", {0, 16, 24}, signal_close_date},
    [SIGNAL_TREND] = {"trend", "marketing engagement", {0, 8, 14}, signal_trend},
    [SIGNAL_OWNER] = {"owner", "owner's history", {0}, signal_owner},
    [SIGNAL_SMALL] = {"small", "small ones", {0}, NULL},
    [SIGNAL_BASE] = {"base", "base", {0}, NULL},
};

static const char *const level_names[] = {
    [RISK_LOW] = "low", [RISK_WATCH] = "watch", [RISK_HIGH] = "high"};

const char *risk_level_name(enum risk_level level)
{
	return level_names[level];
}

const char *risk_method_name(const struct learned *learned)
{
	return learned ? "trained" : "points";
}

const char *risk_signal_name(enum risk_signal signal)
{
	return signals[signal].key;
}

const char *risk_signal_title(enum risk_signal signal)
{
	return signals[signal].title;
}

int risk_curve(int points)
{
	double p = 100.0 / (1.0 + exp(-(RISK_CURVE_A + RISK_CURVE_B * points)));
	int percent = (int)(p + 0.5);
	return percent < 1 ? 1 : percent > 99 ? 99 : percent;
}

/* Heaviest first, equal ones in the order of the table; small ones and what all start
 * from last. */
static int compare_reasons(const void *a, const void *b)
{
	const struct risk_reason *x = a, *y = b;
	if (x->signal >= RISK_SIGNALS || y->signal >= RISK_SIGNALS)
		return (int)x->signal - (int)y->signal;
	if (x->points != y->points)
		return x->points > y->points ? -1 : 1;
	return x->signal < y->signal ? -1 : x->signal > y->signal;
}

static void weigh(struct risk *risk, enum risk_signal signal, const struct deal *deal,
    const struct risk_limits *limits, day_t today)
{
	struct risk_reason *reason = &risk->reasons[risk->n_reasons];
	enum verdict verdict = signals[signal].look(deal, limits, today, NULL);
	if (verdict == UNKNOWN)
		risk->unknown |= 1u << signal;
	if (verdict == UNKNOWN || verdict == FINE)
		return;
	reason->signal = signal;
	reason->text = "";
	reason->points = signals[signal].points[verdict];
	risk->points += reason->points;
	risk->n_reasons++;
}

void signals_look(struct look looks[RISK_SIGNALS], const struct deal *deal,
    const struct risk_rules *rules, day_t today)
{
	const struct risk_limits *limits = risk_limits_of(rules, deal->stage);
	for (int i = 0; i < RISK_SIGNALS; i++) {
		looks[i].off = risk_signal_off(rules, (enum risk_signal)i);
		looks[i].verdict = signals[i].look(deal, limits, today, NULL);
	}
}

void reason_say(char *text, const char *format, ...)
{
	va_list args;
	if (!text)
		return;
	va_start(args, format);
	vsnprintf(text, REASON_TEXT, format, args);
	va_end(args);
}

/* What is no reason to worry has words of its own. */
static void say_signal(char *text, enum risk_signal signal, const struct deal *deal,
    const struct risk_limits *limits, day_t today)
{
	enum verdict verdict = signals[signal].look(deal, limits, today, text);
	if (verdict == FINE || verdict == UNKNOWN)
		signal_words(text, signal, deal, today);
}

void risk_say(
    struct deal *deal, const struct rater *rater, day_t today, struct arena *arena)
{
	const struct risk_limits *limits =
	    risk_limits_of(rater ? rater->rules : NULL, deal->stage);
	for (int i = 0; i < deal->risk.n_reasons; i++) {
		struct risk_reason *reason = &deal->risk.reasons[i];
		char text[REASON_TEXT] = "";
		if (reason->signal >= RISK_SIGNALS)
			learned_say(text, &deal->risk, reason);
		else
			say_signal(text, reason->signal, deal, limits, today);
		reason->text = arena_strdup(arena, text);
	}
}

/* A deal without a close date names no month, of which nothing was learned. */
static bool can_use(const struct rater *rater, const struct deal *deal)
{
	return rater && rater->learned && deal->close_date != DAY_NONE;
}

static void weigh_all(struct risk *risk, const struct deal *deal,
    const struct risk_rules *rules, day_t today)
{
	const struct risk_limits *limits = risk_limits_of(rules, deal->stage);
	for (int signal = 0; signal < RISK_SIGNALS; signal++)
		if (!risk_signal_off(rules, (enum risk_signal)signal))
			weigh(risk, (enum risk_signal)signal, deal, limits, today);
}

void risk_rate(struct deal *deal, const struct rater *rater, day_t today)
{
	const struct risk_rules *rules =
	    rater && rater->rules ? rater->rules : risk_rules_default();
	struct risk *risk = &deal->risk;
	*risk = (struct risk){.rated = deal->status == DEAL_OPEN};
	if (!risk->rated)
		return;
	if (can_use(rater, deal))
		learned_weigh(risk, rater, deal, today);
	else
		weigh_all(risk, deal, rules, today);
	qsort(risk->reasons, (size_t)risk->n_reasons, sizeof *risk->reasons,
	    compare_reasons);
	risk->probability = risk_curve(risk->points);
	risk->level = risk->probability >= rules->level_high    ? RISK_HIGH
	              : risk->probability >= rules->level_watch ? RISK_WATCH
	                                                        : RISK_LOW;
}
