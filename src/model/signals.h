#ifndef HUDDLE_MODEL_SIGNALS_H
#define HUDDLE_MODEL_SIGNALS_H

#include "huddle/deal.h"

/*
 * The checks behind the table of signals in risk.c. Each looks at one deal on
 * one day, says how bad it is, and writes the reason in words with figures.
 * UNKNOWN is "not captured": no points and no praise.
 */
enum verdict { FINE, WARN, CRITICAL, CERTAIN, UNKNOWN };

#define REASON_TEXT sizeof((struct risk_reason *)NULL)->text

typedef enum verdict (*signal_fn)(const struct deal *deal, day_t today, char *text);

enum verdict signal_overdue(const struct deal *deal, day_t today, char *text);
enum verdict signal_pushes(const struct deal *deal, day_t today, char *text);
enum verdict signal_stage_early(const struct deal *deal, day_t today, char *text);
enum verdict signal_stage_age(const struct deal *deal, day_t today, char *text);
enum verdict signal_stage_back(const struct deal *deal, day_t today, char *text);
enum verdict signal_idle_sales(const struct deal *deal, day_t today, char *text);
enum verdict signal_buyer_silent(const struct deal *deal, day_t today, char *text);
enum verdict signal_idle_marketing(const struct deal *deal, day_t today, char *text);
enum verdict signal_next_step(const struct deal *deal, day_t today, char *text);
enum verdict signal_single_thread(const struct deal *deal, day_t today, char *text);
enum verdict signal_economic_buyer(const struct deal *deal, day_t today, char *text);
enum verdict signal_amount_drop(const struct deal *deal, day_t today, char *text);
enum verdict signal_forecast(const struct deal *deal, day_t today, char *text);
enum verdict signal_close_date(const struct deal *deal, day_t today, char *text);

#endif
