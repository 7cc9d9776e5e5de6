#include "signals.h"

#include <stdio.h>

/*
 * Signals of the people: what sales, marketing and the buyer did, who is on
 * the committee, and whether the forecast fits that.
 */

static bool committed(const struct deal *deal)
{
	return deal->forecast == FORECAST_COMMIT;
}

/* Days from an instant, or from the deal's creation where there is none; -1
 * when neither is known. */
int signal_days_since(const struct deal *deal, instant_t at, day_t today)
{
	day_t day = at != INSTANT_NONE ? day_of_instant(at) : deal->created;
	if (day == DAY_NONE)
		return -1;
	return day > today ? 0 : today - day;
}

/* The same in days that count. */
static int days_since(
    const struct deal *deal, const struct risk_limits *l, instant_t at, day_t today)
{
	int days = signal_days_since(deal, at, today);
	return days < 0 ? days : limits_days(l, today - days, today);
}

static enum verdict verdict_of(int value, int warn, int critical)
{
	return value >= critical ? CRITICAL : value >= warn ? WARN : FINE;
}

/* PortalPilot, Gong. Commit is held to half of it. */
static enum verdict verdict_of_idle(
    const struct deal *deal, const struct risk_limits *l, int days)
{
	if (committed(deal))
		return verdict_of(days, l->commit_idle_warn, l->commit_idle_critical);
	return verdict_of(days, l->idle_warn, l->idle_critical);
}

/* "no WHAT for 18 days", or since it was made when there never was any. */
static void say_quiet(
    char *text, const struct risk_limits *l, const char *what, instant_t last, int days)
{
	if (last == INSTANT_NONE)
		reason_say(text, "no %s since it was made %d %s%s ago", what, days,
		    limits_day_word(l), days == 1 ? "" : "s");
	else
		reason_say(text, "no %s for %d %s%s", what, days, limits_day_word(l),
		    days == 1 ? "" : "s");
}

/* Something is planned and dated: today or later. */
bool signal_planned(const struct deal *deal, day_t today)
{
	instant_t next = deal->facts.next_activity;
	return (next != INSTANT_NONE && day_of_instant(next) >= today) ||
	       (deal->next_step_date != DAY_NONE && deal->next_step_date >= today);
}

/* Something was planned for a day since the exports: nobody can tell from here
 * whether it was done. */
static bool unclear(const struct deal *deal)
{
	return deal->facts.next_unclear;
}

static int sales_idle(const struct deal *deal, const struct risk_limits *l, day_t today)
{
	if (!deal->facts.activities_known)
		return -1;
	return days_since(deal, l, deal->facts.last_activity, today);
}

/* Pipedrive rotting, with Teamwork's rule that a planned activity suppresses it. */
enum verdict signal_idle_sales(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	int days = sales_idle(deal, l, today);
	if (days < 0)
		return UNKNOWN;
	if (signal_planned(deal, today))
		return FINE;
	if (unclear(deal) && verdict_of_idle(deal, l, days) != FINE)
		return UNKNOWN;
	say_quiet(text, l, "sales activity", deal->facts.last_activity, days);
	return verdict_of_idle(deal, l, days);
}

/* Gong "ghosted", Dynamics "Unresponsive champion": sales is at work and the
 * buyer does not answer. When sales is idle too, that is the idle signal's. */
enum verdict signal_buyer_silent(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	int idle = sales_idle(deal, l, today);
	if (idle < 0 || !deal->facts.direction_known)
		return UNKNOWN;
	int days = days_since(deal, l, deal->facts.last_inbound, today);
	if (days < 0)
		return UNKNOWN;
	if (deal->facts.last_activity == INSTANT_NONE ||
	    verdict_of_idle(deal, l, idle) != FINE)
		return FINE;
	say_quiet(text, l, "word from the buyer", deal->facts.last_inbound, days);
	return verdict_of_idle(deal, l, days);
}

enum verdict signal_idle_marketing(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	if (!deal->facts.touches_known)
		return UNKNOWN;
	int days = days_since(deal, l, deal->facts.last_touch, today);
	if (days < 0)
		return UNKNOWN;
	say_quiet(text, l, "marketing touch", deal->facts.last_touch, days);
	return verdict_of(days, l->touch_warn, l->touch_critical);
}

/* sheety-crm: engagement fell by half. Of a few touches a half says nothing. */
enum verdict signal_trend(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)today;
	const struct risk_facts *facts = &deal->facts;
	if (!facts->touches_known)
		return UNKNOWN;
	if (facts->earlier_touches < l->trend_least ||
	    facts->recent_touches * INT64_C(100) >
	        facts->earlier_touches * (int64_t)l->trend_left)
		return FINE;
	reason_say(text, "%d touches in 30 days, %d in the 30 before",
	    facts->recent_touches, facts->earlier_touches);
	return facts->recent_touches ? WARN : CRITICAL;
}

/* What became of other deals of the owner tells only when a model was trained:
 * by itself it is a judgement of a person, not of a deal. */
enum verdict signal_owner(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)deal, (void)l, (void)today, (void)text;
	return FINE;
}

/* Einstein "no open activity"; PortalPilot: none is critical, here only where
 * the forecast counts on the deal. A step whose day has passed is none. */
enum verdict signal_next_step(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	bool counted_on = committed(deal) || deal->forecast == FORECAST_BEST_CASE;
	bool past = deal->next_step_date != DAY_NONE && deal->next_step_date < today;
	if (signal_planned(deal, today))
		return FINE;
	if (unclear(deal) && !past && !*deal->next_step)
		return UNKNOWN;
	if (past) {
		int days = limits_days(l, deal->next_step_date, today);
		reason_say(text, "next step was due %d %s%s ago", days,
		    limits_day_word(l), days == 1 ? "" : "s");
	} else if (*deal->next_step) {
		return FINE;
	} else if (!deal->facts.next_step_known) {
		return UNKNOWN;
	} else {
		reason_say(text, "no next step");
	}
	return counted_on ? CRITICAL : WARN;
}

/* Gong, Dynamics, PILLAR: one person engaged is one resignation from none; Commit
 * needs two. */
enum verdict signal_single_thread(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)today;
	const struct risk_facts *facts = &deal->facts;
	if (!facts->committee_known || facts->committee <= 0)
		return UNKNOWN;
	bool seen = facts->activities_known || facts->touches_known;
	int people = seen ? facts->engaged : facts->committee;
	if (people > l->engaged_warn)
		return FINE;
	if (facts->committee == 1)
		reason_say(text, "only one person on the committee");
	else if (people == 0)
		reason_say(text, "none of the committee of %d engaged in 90 days",
		    facts->committee);
	else
		reason_say(text, "only %d of the committee of %d engaged in 90 days",
		    people, facts->committee);
	return committed(deal) ? CRITICAL : WARN;
}

static bool no_economic_buyer(const struct deal *deal)
{
	const struct risk_facts *facts = &deal->facts;
	return facts->roles_known && facts->committee > 0 && !facts->has_economic_buyer;
}

/* Gong "No power", Dynamics "Missing stakeholder roles": from the middle stage. */
enum verdict signal_economic_buyer(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	(void)l, (void)today;
	const struct risk_facts *facts = &deal->facts;
	if (!facts->roles_known || facts->committee <= 0)
		return UNKNOWN;
	bool early = facts->stage_rank > 0 && facts->stage_rank * 2 <= facts->stage_ranks;
	if (facts->has_economic_buyer || (early && !committed(deal)))
		return FINE;
	reason_say(text, "no economic buyer on the committee of %d", facts->committee);
	return committed(deal) ? CRITICAL : WARN;
}

/* PILLAR forecast_no_activity and commit_no_buyer: Commit against the evidence. */
enum verdict signal_forecast(
    const struct deal *deal, const struct risk_limits *l, day_t today, char *text)
{
	if (deal->forecast == FORECAST_NONE)
		return UNKNOWN;
	if (!committed(deal))
		return FINE;
	int days = sales_idle(deal, l, today);
	bool idle = days >= l->commit_idle_critical && !signal_planned(deal, today) &&
	            !unclear(deal);
	bool powerless = no_economic_buyer(deal);
	if (idle)
		reason_say(text, "Commit, but no activity for %d %s%s%s", days,
		    limits_day_word(l), days == 1 ? "" : "s",
		    powerless ? " and no economic buyer" : "");
	else if (powerless)
		reason_say(text, "Commit, but no economic buyer");
	return idle && powerless ? CRITICAL : idle || powerless ? WARN : FINE;
}
