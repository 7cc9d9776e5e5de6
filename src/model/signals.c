#include "signals.h"

#include "huddle/text.h"
#include <stdio.h>

/*
 * Signals of the dates, the stage and the amount: what the CRM's own fields
 * and their history say. Of a history that is known in part what was seen
 * counts, and what was not seen is not captured.
 */

enum {
	PUSHES_WARN = 2, /* PILLAR, HubHorizon: "3+ pushes = close date is fiction" */
	PUSHES_CRITICAL = 3,
	CLOSE_NEAR = 14,    /* days to the close date within which a stage must be late */
	CLOSE_NEARING = 30, /* and within which it must not be one of the first */
	STAGE_SAMPLE = 10,  /* won deals needed before their median is the norm */
	STAGE_NORM_LEAST = 7, /* days; a shorter median says how deals are logged */
	STAGE_FLAT_WARN = 30, /* days, where there is no norm */
	STAGE_FLAT_CRITICAL = 60,
	BACK_CRITICAL = 14, /* days: two weekly reviews */
	BACK_WARN = 90,
	DROP_WARN = 10, /* percent */
	DROP_CRITICAL = 25,
};

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
enum verdict signal_overdue(const struct deal *deal, day_t today, char *text)
{
	if (deal->close_date == DAY_NONE || deal->close_date >= today)
		return FINE;
	bool over = period_of_month(deal->close_date).last < today;
	int days = today - deal->close_date;
	snprintf(text, REASON_TEXT, "close date passed %d day%s ago%s", days,
	    plural(days), over ? ", its month is over" : "");
	return over ? CERTAIN : deal->forecast == FORECAST_COMMIT ? CRITICAL : WARN;
}

/* Salesforce PushCount: moves into a later calendar month. */
enum verdict signal_pushes(const struct deal *deal, day_t today, char *text)
{
	(void)today;
	const struct risk_facts *facts = &deal->facts;
	if (facts->pushes < PUSHES_WARN)
		return facts->history_known ? FINE : UNKNOWN;
	snprintf(text, REASON_TEXT, "pushed %d times, %d days in all", facts->pushes,
	    facts->push_days);
	return facts->pushes >= PUSHES_CRITICAL ? CRITICAL : WARN;
}

/* Dynamics "Close date deviation". Late is the last third of the open stages,
 * early the first half. */
enum verdict signal_stage_early(const struct deal *deal, day_t today, char *text)
{
	int rank = deal->facts.stage_rank, ranks = deal->facts.stage_ranks;
	char stage[32];
	if (rank <= 0 || ranks <= 0)
		return UNKNOWN;
	if (deal->close_date == DAY_NONE || deal->close_date < today)
		return FINE;
	int days = deal->close_date - today;
	bool late = rank * 3 > ranks * 2, early = rank * 2 <= ranks;
	if (late || days > CLOSE_NEARING || (!early && days > CLOSE_NEAR))
		return FINE;
	snprintf(text, REASON_TEXT, "closes in %d day%s, still in %s", days, plural(days),
	    stage_text(deal, stage));
	return days <= CLOSE_NEAR ? CRITICAL : WARN;
}

/* ORM-tech: 1.5 times the median days of won deals in the stage; twice is
 * critical. PILLAR, Costello: flat 30 days where there are too few won deals. */
enum verdict signal_stage_age(const struct deal *deal, day_t today, char *text)
{
	int age = deal_stage_age(deal, today), norm = deal->facts.stage_norm_days;
	if (age < 0)
		return UNKNOWN;
	if (deal->facts.stage_norm_count < STAGE_SAMPLE) {
		if (age < STAGE_FLAT_WARN)
			return FINE;
		snprintf(text, REASON_TEXT, "%d days in stage, %d is long", age,
		    STAGE_FLAT_WARN);
		return age >= STAGE_FLAT_CRITICAL ? CRITICAL : WARN;
	}
	int least = norm < STAGE_NORM_LEAST ? STAGE_NORM_LEAST : norm;
	if (age * 2 < least * 3)
		return FINE;
	snprintf(text, REASON_TEXT, "%d days in stage, won deals take %d", age, norm);
	return age >= least * 2 ? CRITICAL : WARN;
}

/* Any regression (Ebsta, Truly): critical for two reviews, then a warning. */
enum verdict signal_stage_back(const struct deal *deal, day_t today, char *text)
{
	if (deal->facts.stage_back == DAY_NONE ||
	    today - deal->facts.stage_back > BACK_WARN)
		return deal->facts.history_known ? FINE : UNKNOWN;
	int days = today - deal->facts.stage_back;
	if (days <= 0)
		snprintf(text, REASON_TEXT, "stage went back today");
	else
		snprintf(text, REASON_TEXT, "stage went back %d day%s ago", days,
		    plural(days));
	return days <= BACK_CRITICAL ? CRITICAL : WARN;
}

/* Gong "Amount decreased", against the highest of the last 90 days. */
enum verdict signal_amount_drop(const struct deal *deal, day_t today, char *text)
{
	(void)today;
	int drop = deal->facts.amount_drop;
	if (drop < DROP_WARN)
		return deal->facts.history_known ? FINE : UNKNOWN;
	snprintf(text, REASON_TEXT, "amount fell by %d%% within 90 days", drop);
	return drop >= DROP_CRITICAL ? CRITICAL : WARN;
}

/* A deal without a close date names no period that it could close in. */
enum verdict signal_close_date(const struct deal *deal, day_t today, char *text)
{
	(void)today;
	if (deal->close_date != DAY_NONE)
		return FINE;
	snprintf(text, REASON_TEXT, "no close date");
	return deal->forecast == FORECAST_COMMIT ? CRITICAL : WARN;
}
