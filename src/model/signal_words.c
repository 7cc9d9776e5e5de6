#include "signals.h"

#include <stdio.h>

/*
 * Every signal in words where it is no reason to worry: when a model was
 * trained, what speaks for a deal has its weight as what speaks against it.
 */

static const char *plural(int n)
{
	return n == 1 ? "" : "s";
}

static void say_pushes(char *text, const struct deal *deal, day_t today)
{
	const struct risk_facts *f = &deal->facts;
	(void)today;
	if (f->pushes)
		snprintf(text, REASON_TEXT, "pushed %s, %d days in all",
		    f->pushes == 1 ? "once" : "before", f->push_days);
	else
		snprintf(text, REASON_TEXT, "never pushed");
}

static void say_stage(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	snprintf(text, REASON_TEXT, "in %.28s, stage %d of %d", deal->stage,
	    deal->facts.stage_rank, deal->facts.stage_ranks);
}

static void say_stage_age(char *text, const struct deal *deal, day_t today)
{
	int age = deal_stage_age(deal, today);
	if (deal->facts.stage_norm_count)
		snprintf(text, REASON_TEXT, "%d day%s in stage, won deals take %d", age,
		    plural(age), deal->facts.stage_norm_days);
	else
		snprintf(text, REASON_TEXT, "%d day%s in stage", age, plural(age));
}

static void say_ago(
    char *text, const char *what, const struct deal *deal, instant_t at, day_t today)
{
	int days = signal_days_since(deal, at, today);
	if (at == INSTANT_NONE)
		snprintf(text, REASON_TEXT, "no %s yet, made %d day%s ago", what, days,
		    plural(days));
	else if (days == 0)
		snprintf(text, REASON_TEXT, "%s today", what);
	else
		snprintf(text, REASON_TEXT, "%s %d day%s ago", what, days, plural(days));
}

static void say_idle_sales(char *text, const struct deal *deal, day_t today)
{
	say_ago(text, "sales activity", deal, deal->facts.last_activity, today);
}

static void say_buyer(char *text, const struct deal *deal, day_t today)
{
	say_ago(text, "word from the buyer", deal, deal->facts.last_inbound, today);
}

static void say_idle_marketing(char *text, const struct deal *deal, day_t today)
{
	say_ago(text, "marketing touch", deal, deal->facts.last_touch, today);
}

static void say_next(char *text, const struct deal *deal, day_t today)
{
	snprintf(text, REASON_TEXT,
	    signal_planned(deal, today) ? "something is planned" : "nothing is planned");
}

static void say_engaged(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	snprintf(text, REASON_TEXT, "%d of the committee of %d engaged in 90 days",
	    deal->facts.engaged, deal->facts.committee);
}

static void say_buyer_role(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	snprintf(text, REASON_TEXT,
	    deal->facts.has_economic_buyer ? "an economic buyer is on the committee"
	                                   : "no economic buyer on the committee yet");
}

static void say_drop(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	if (deal->facts.amount_drop)
		snprintf(text, REASON_TEXT, "amount fell by %d%% within 90 days",
		    deal->facts.amount_drop);
	else
		snprintf(text, REASON_TEXT, "amount did not fall");
}

static void say_back(char *text, const struct deal *deal, day_t today)
{
	(void)deal, (void)today;
	snprintf(text, REASON_TEXT, "stage did not go back");
}

static void say_forecast(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	snprintf(text, REASON_TEXT, "forecast %s", forecast_name(deal->forecast));
}

static void say_close(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	snprintf(text, REASON_TEXT, "close date is day %d of its month",
	    civil_from_day(deal->close_date).day);
}

static void say_trend(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	snprintf(text, REASON_TEXT, "%d touches in 30 days, %d in the 30 before",
	    deal->facts.recent_touches, deal->facts.earlier_touches);
}

static void say_owner(char *text, const struct deal *deal, day_t today)
{
	(void)today;
	snprintf(text, REASON_TEXT, "%d of %d earlier deals of %.24s slipped",
	    deal->facts.owner_slipped, deal->facts.owner_deals, deal->owner);
}

static void (*const says[RISK_SIGNALS])(
    char *text, const struct deal *deal, day_t today) = {
    [SIGNAL_PUSHES] = say_pushes,
    [SIGNAL_STAGE_EARLY] = say_stage,
    [SIGNAL_STAGE_AGE] = say_stage_age,
    [SIGNAL_STAGE_BACK] = say_back,
    [SIGNAL_IDLE_SALES] = say_idle_sales,
    [SIGNAL_BUYER_SILENT] = say_buyer,
    [SIGNAL_IDLE_MARKETING] = say_idle_marketing,
    [SIGNAL_NEXT_STEP] = say_next,
    [SIGNAL_SINGLE_THREAD] = say_engaged,
    [SIGNAL_ECONOMIC_BUYER] = say_buyer_role,
    [SIGNAL_AMOUNT_DROP] = say_drop,
    [SIGNAL_FORECAST] = say_forecast,
    [SIGNAL_CLOSE_DATE] = say_close,
    [SIGNAL_TREND] = say_trend,
    [SIGNAL_OWNER] = say_owner,
};

void signal_words(
    char *text, enum risk_signal signal, const struct deal *deal, day_t today)
{
	*text = '\0';
	if (says[signal])
		says[signal](text, deal, today);
}
