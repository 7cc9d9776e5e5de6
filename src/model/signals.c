#include "signals.h"

#include "huddle/text.h"
#include <stdio.h>

/*
 * Signals of the dates, the stage and the amount: what the CRM's own fields
 * and their history say. Of a history that is known in part what was seen
 * counts, and what was not seen is not captured.
 */

static const char *plural(int n)
{
	return n == 1 ? "" : "s";
}

/* The stage's name, short enough for a reason, cut between characters. */
static const char *stage_text(const struct deal *deal, char buf[32])
{
	struct slice stage = slice_trim(slice_of(deal->stage));
	size_t len = 0;
	while (len < stage.len) {
		int columns;
		size_t next = text_cluster(stage.p + len, stage.len - len, &columns);
		if (len + next > 28)
			break;
		len += next;
	}
	snprintf(buf, 32, "%.*s%s", (int)len, stage.p ? stage.p : "",
	    len < stage.len ? "…" : "");
	return buf;
}

/* Gong "Overdue", Einstein "Opportunity is overdue": from the first day on. In
 * Commit it is critical; once the month it names is over it has slipped. */
enum verdict signal_overdue(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)l;
	if (deal->close_date == DAY_NONE || deal->close_date >= today)
		return FINE;
	bool over = period_of_month(deal->close_date).last < today;
	int days = today - deal->close_date;
	reason_say(text, "close date passed %d day%s ago%s", days, plural(days),
	    over ? ", its month is over" : "");
	return over ? CERTAIN : deal->forecast == FORECAST_COMMIT ? CRITICAL : WARN;
}

/* Salesforce PushCount: moves into a later calendar month. PILLAR, HubHorizon:
 * "3+ pushes = close date is fiction". */
enum verdict signal_pushes(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)today;
	const struct risk_facts *facts = &deal->facts;
	if (facts->pushes < l->pushes_warn)
		return facts->history_known ? FINE : UNKNOWN;
	reason_say(
	    text, "pushed %d times, %d days in all", facts->pushes, facts->push_days);
	return facts->pushes >= l->pushes_critical ? CRITICAL : WARN;
}

/* Dynamics "Close date deviation". Late is the last third of the open stages,
 * early the first half. */
enum verdict signal_stage_early(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	int rank = deal->facts.stage_rank, ranks = deal->facts.stage_ranks;
	char stage[32];
	if (rank <= 0 || ranks <= 0)
		return UNKNOWN;
	if (deal->close_date == DAY_NONE || deal->close_date < today)
		return FINE;
	int days = deal->close_date - today;
	bool late = rank * 3 > ranks * 2, early = rank * 2 <= ranks;
	if (late || days > l->close_nearing || (!early && days > l->close_near))
		return FINE;
	reason_say(text, "closes in %d day%s, still in %s", days, plural(days),
	    stage_text(deal, stage));
	return days <= l->close_near ? CRITICAL : WARN;
}

/* PILLAR, Costello: flat 30 days where there are too few won deals. */
static enum verdict stage_age_flat(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	int age = limits_days(l, deal->stage_since, today);
	if (age < l->stage_warn)
		return FINE;
	reason_say(text, "%d %s%s in stage, %d is long", age, limits_day_word(l),
	    plural(age), l->stage_warn);
	return age >= l->stage_critical ? CRITICAL : WARN;
}

/* ORM-tech: 1.5 times the median days of won deals in the stage; twice is
 * critical. The median is of calendar days, and so is what is held against it. */
enum verdict signal_stage_age(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	int age = deal_stage_age(deal, today), norm = deal->facts.stage_norm_days;
	if (age < 0)
		return UNKNOWN;
	if (deal->facts.stage_norm_count < l->norm_sample)
		return stage_age_flat(deal, l, today, text);
	int64_t least = norm < l->norm_least ? l->norm_least : norm;
	if (age * INT64_C(100) < least * l->norm_warn)
		return FINE;
	reason_say(text, "%d days in stage, won deals take %d", age, norm);
	return age * INT64_C(100) >= least * l->norm_critical ? CRITICAL : WARN;
}

/* Any regression (Ebsta, Truly): critical for two reviews, then a warning. */
enum verdict signal_stage_back(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	if (deal->facts.stage_back == DAY_NONE ||
	    today - deal->facts.stage_back > l->back_warn)
		return deal->facts.history_known ? FINE : UNKNOWN;
	int days = today - deal->facts.stage_back;
	if (days <= 0)
		reason_say(text, "stage went back today");
	else
		reason_say(text, "stage went back %d day%s ago", days, plural(days));
	return days <= l->back_critical ? CRITICAL : WARN;
}

/* Gong "Amount decreased", against the highest of the last 90 days. */
enum verdict signal_amount_drop(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)today;
	int drop = deal->facts.amount_drop;
	if (drop < l->drop_warn)
		return deal->facts.history_known ? FINE : UNKNOWN;
	reason_say(text, "amount fell by %d%% within 90 days", drop);
	return drop >= l->drop_critical ? CRITICAL : WARN;
}

/* A deal without a close date names no period that it could close in. */
enum verdict signal_close_date(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)l, (void)today;
	if (deal->close_date != DAY_NONE)
		return FINE;
	reason_say(text, "no close date");
	return deal->forecast == FORECAST_COMMIT ? CRITICAL : WARN;
}
