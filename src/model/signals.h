#ifndef HUDDLE_MODEL_SIGNALS_H
#define HUDDLE_MODEL_SIGNALS_H

#include "huddle/deal.h"
#include "huddle/rules.h"

/*
 * The checks behind the table of signals in risk.c. Each looks at one deal on
 * one day, says how bad it is, and writes the reason in words with figures.
 * UNKNOWN is "not captured": no points and no praise.
 */
/* Room for a reason in words. */
enum { REASON_TEXT = 72 };

enum verdict { FINE, WARN, CRITICAL, CERTAIN, UNKNOWN };

/* The curve from points to a chance, by which both methods weigh: see risk.c. */
#define RISK_CURVE_A (-2.0)
#define RISK_CURVE_B 0.05

/* Points that alone reach the top of the curve. */
enum { RISK_CERTAIN = 140 };

struct learned;

/* Writes into a text of REASON_TEXT; NULL: nobody wants the words. */
void reason_say(char *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* All checks of one deal. */
struct look {
	enum verdict verdict;
	bool off; /* by the rules */
};
void signals_look(struct look looks[RISK_SIGNALS], const struct deal *deal,
	const struct risk_rules *rules, day_t today); /* NULL: the defaults */

/* signal_words.c: how a signal stands where it is no reason to worry; "" when
 * there is nothing to say. */
void signal_words(char *text, enum risk_signal signal, const struct deal *deal, day_t today);

/* learn_rate.c: reasons and unknown by a trained model; the words of one of them. */
void learned_say(char *text, const struct risk *risk, const struct risk_reason *reason);
void learned_weigh(struct risk *risk, const struct rater *rater, struct deal *deal,
	day_t today);

/* Days since something, or since the deal was made; -1 not known. */
int signal_days_since(const struct deal *deal, instant_t at, day_t today);
bool signal_planned(const struct deal *deal, day_t today);

/* Days that count from one to another, and what they are called. */
int limits_days(const struct risk_limits *l, day_t from, day_t to);
const char *limits_day_word(const struct risk_limits *l); /* "day", "business day" */

typedef enum verdict (*signal_fn)(
	const struct deal *deal, const struct risk_limits *l, day_t today, char *text);

enum verdict signal_overdue(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_pushes(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_stage_early(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_stage_age(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_stage_back(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_idle_sales(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_buyer_silent(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_idle_marketing(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_next_step(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_single_thread(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_economic_buyer(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_amount_drop(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_forecast(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_close_date(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_trend(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);
enum verdict signal_owner(const struct deal *deal, const struct risk_limits *l, day_t today,
	char *text);

#endif
