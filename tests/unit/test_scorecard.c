#include "huddle/scorecard.h"
#include <criterion/criterion.h>
#include <string.h>

/* Every figure by hand, for November 2026 on the 23rd, and why where there is none. */
enum { TODAY = 20780, NOV = TODAY - 22 };

static struct arena arena = ARENA_INIT;
static struct deal facts[6];
static struct score_deal deals[6];
static struct past_deal past_deals[6];
static struct past past;
static struct forecasts forecasts;
static struct forecast_week called;
static struct definition definition;
static struct scorecard_input in;

static void deal(int i, enum deal_status status, int64_t worth, day_t created,
    day_t closed, bool sourced, bool qualified)
{
	static const char *const ids[] = {"1", "2", "3", "4", "5", "6"};

	facts[i] = (struct deal){.id = ids[i],
	    .key = i + 1,
	    .name = ids[i],
	    .account = "",
	    .owner = "Ana",
	    .stage = "",
	    .status = status,
	    .amount = worth * 100,
	    .currency = {"USD"},
	    .created = created,
	    .close_date = closed,
	    .closed = status == DEAL_OPEN ? DAY_NONE : closed};
	deals[i] = (struct score_deal){&facts[i], worth * 100, sourced, qualified};
	past_deals[i] = (struct past_deal){.now = &facts[i], .first_seen = DAY_NONE};
}

static void begin(void)
{
	definition_default(&definition);
	deal(0, DEAL_OPEN, 300, NOV + 2, TODAY + 30, true, true);
	deal(1, DEAL_OPEN, 100, NOV + 3, TODAY + 30, false, false);
	deal(2, DEAL_WON, 500, NOV - 90, NOV + 10, true, false);
	deal(3, DEAL_WON, 300, NOV - 50, NOV + 10, false, false);
	deal(4, DEAL_LOST, 50, NOV - 200, NOV + 5, false, false);
	deal(5, DEAL_LOST, 70, NOV - 200, NOV + 6, false, false);
	facts[4].has_debrief = true;
	past = (struct past){.deals = past_deals, .n_deals = 6};
	past.firsts = (struct past_firsts){.sync = NOV - 400,
	    .last_sync = TODAY,
	    .history = DAY_NONE,
	    .activity = DAY_NONE,
	    .inbound = DAY_NONE,
	    .touch = DAY_NONE,
	    .seat = DAY_NONE,
	    .role = DAY_NONE};
	past_prepare(&past, &arena);
	called = (struct forecast_week){.commit = 108};
	forecasts = (struct forecasts){.n = 2, .currency = {"USD"}};
	forecasts.quarters[0] =
	    (struct forecast_quarter){.quarter = period_of_quarter(TODAY, 1)};
	forecasts.quarters[1] = (struct forecast_quarter){
	    .quarter = period_of_quarter(NOV - 40, 1), .called = &called, .actual = 100};
	in = (struct scorecard_input){.definition = &definition,
	    .deals = deals,
	    .n_deals = 6,
	    .past = &past,
	    .forecasts = &forecasts,
	    .currency = {"USD"},
	    .today = TODAY};
	for (int i = 0; i < SCORE_MONTHS; i++) {
		in.months[i] = period_of_month(day_add_months(TODAY, i - 5));
		in.handoffs[i].median = -1;
	}
}

static void release(void)
{
	arena_release(&arena);
}

TestSuite(scorecard, .init = begin, .fini = release);

static struct metric_value count(enum metric metric)
{
	return metric_count(&in, metric, SCORE_MONTHS - 1, &arena, NULL);
}

static void is(enum metric metric, int64_t numerator, int64_t denominator, double value)
{
	struct metric_value v = count(metric);

	cr_assert_null(v.why, "%s: %s", metric_infos[metric].key, v.why);
	cr_assert_eq(v.numerator, numerator, "%s: %lld", metric_infos[metric].key,
	    (long long)v.numerator);
	cr_assert_eq(v.denominator, denominator, "%s: %lld", metric_infos[metric].key,
	    (long long)v.denominator);
	cr_assert_float_eq(v.value, value, 1e-9, "%s", metric_infos[metric].key);
}

static void has_none(enum metric metric, const char *why)
{
	struct metric_value v = count(metric);

	cr_assert(v.why && strstr(v.why, why), "%s: %s", metric_infos[metric].key,
	    v.why ? v.why : "a value");
	cr_assert_not(v.met);
}

/* A quota of 9,200 for the 92 days of the quarter: 90 days up to the 23rd take 54 days of
 * it and 36 of the quarter before, which has 4,600 for its 92. */
Test(scorecard, coverage_over_the_quota_of_ninety_days)
{
	struct score_quota quotas[] = {{period_of_quarter(TODAY, 1), 920000, false},
	    {period_of_quarter(TODAY - 90, 1), 460000, false},
	    {period_of_quarter(TODAY, 1), 99900000, true}};

	has_none(METRIC_COVERAGE, "no export holds quotas");
	in.quotas = quotas;
	in.n_quotas = 3;
	is(METRIC_COVERAGE, 40000, 54 * 10000 + 36 * 5000, 40000.0 / 720000);
	definition.coverage = 3000;
	struct metric_value v = count(METRIC_COVERAGE);
	cr_assert(v.has_target && !v.met);
	cr_assert_float_eq(v.target, 3, 1e-9);
}

Test(scorecard, leads)
{
	struct score_lead leads[] = {
	    {"a", "a", NOV + 1, NOV + 1, &deals[0], true}, /* qualified */
	    {"b", "b", NOV + 1, NOV + 2, &deals[2], true}, /* won */
	    {"c", "c", NOV + 1, NOV + 3, &deals[1], true}, /* neither */
	    {"d", "d", NOV + 1, NOV + 4, NULL, false},
	    {"e", "e", NOV - 9, NOV - 9, &deals[0], true}}; /* of October */

	has_none(METRIC_MQL_TO_SQO, "no export holds leads");
	in.leads = leads;
	in.n_leads = 5;
	is(METRIC_MQL_TO_SQO, 2, 4, 0.5);
	is(METRIC_LEAD_TO_OPPORTUNITY, 3, 4, 0.75);
	in.n_leads = 0;
	has_none(METRIC_SLA, "no export holds leads");
	has_none(METRIC_SPEED, "no export holds leads");
	in.n_leads = 5;
	in.handoffs[SCORE_MONTHS - 1].touch[SLA_MET] = 9;
	in.handoffs[SCORE_MONTHS - 1].touch[SLA_MISSED] = 1;
	in.handoffs[SCORE_MONTHS - 1].median = 5400;
	in.handoffs[SCORE_MONTHS - 1].with_hours = 10;
	is(METRIC_SLA, 9, 10, 0.9);
	is(METRIC_SPEED, 5400, 10, 1.5);
	definition.handoff.target = 90;
	cr_assert(count(METRIC_SLA).met);
}

Test(scorecard, deals)
{
	is(METRIC_LOOP, 1, 2, 0.5);
	is(METRIC_MARKETING, 30000, 40000, 0.75);
	is(METRIC_SIZE, 80000, 2, 40000);
	is(METRIC_CYCLE, 60, 2, 60); /* 100 and 60 days: the lower of two */
	/* One open and qualified, two of four decided won, 400 each, 60 days. */
	struct metric_value v = count(METRIC_VELOCITY);
	cr_assert_null(v.why);
	cr_assert_float_eq(v.value, 1 * 0.5 * 40000 / 60, 1e-6);
	cr_assert(metric_count(&in, METRIC_VELOCITY, 0, &arena, NULL).why != NULL);
	in.n_deals = 0;
	has_none(METRIC_LOOP, "no deal was lost");
	has_none(METRIC_MARKETING, "no deal with an amount was made");
	has_none(METRIC_SIZE, "no deal with an amount was won");
	has_none(METRIC_CYCLE, "no deal was won in 12 months");
	has_none(METRIC_VELOCITY, "no deal was won in 12 months");
}

Test(scorecard, costs_and_forecast)
{
	struct score_campaign campaigns[] = {
	    {"w", NOV + 1, 6000}, {"x", NOV + 2, MONEY_NONE}, {"y", NOV - 40, 99999}};

	has_none(METRIC_COST, "no export holds campaigns");
	in.campaigns = campaigns;
	in.n_campaigns = 3;
	is(METRIC_COST, 6000, 1, 6000);
	in.n_campaigns = 0;
	is(METRIC_FORECAST, 108, 100, 1.08);
	definition.forecast_band = 10;
	cr_assert(count(METRIC_FORECAST).met, "8 %% too much is within 10");
	definition.forecast_band = 5;
	cr_assert_not(count(METRIC_FORECAST).met);
	forecasts.quarters[1].gap = FORECAST_NO_CATEGORY;
	has_none(METRIC_FORECAST, "no deal had a forecast category");
}

Test(scorecard, the_one_number_and_rows)
{
	struct scorecard *card = arena_alloc(&arena, sizeof *card);
	struct score_rows rows = {.arena = &arena};

	scorecard_make(card, &arena, &in);
	cr_assert_eq(card->number, MONEY_NONE);
	definition.number = 200000;
	definition.currency = (struct currency){"USD"};
	definition.number_period = "2026-Q4";
	scorecard_make(card, &arena, &in);
	cr_assert_eq(card->number, 200000);
	cr_assert_eq(card->won, 80000);
	cr_assert_eq(card->won_sourced, 50000);
	metric_count(&in, METRIC_LOOP, SCORE_MONTHS - 1, &arena, &rows);
	cr_assert_eq(rows.count, 2);
	cr_assert(rows.items[0].hit && !rows.items[1].hit);
}

/* Read again to the same bits, and refused when a line is cut off. */
Test(scorecard, kept_as_text)
{
	struct scorecard *card = arena_alloc(&arena, sizeof *card);
	struct scorecard *again = arena_alloc(&arena, sizeof *again);
	struct scorecard_input other = {.definition = &definition};
	struct str text = STR_INIT, second = STR_INIT;

	in.left_out = 3;
	in.n_campaigns = 0;
	scorecard_make(card, &arena, &in);
	scorecard_format(&text, card);
	cr_assert(scorecard_parse(
	    again, &other, &arena, (struct slice){str_text(&text), text.len}));
	scorecard_format(&second, again);
	cr_assert_str_eq(str_text(&second), str_text(&text));
	cr_assert_eq(other.left_out, 3);
	cr_assert(currency_eq(other.currency, in.currency));
	cr_assert_str_eq(
	    again->values[METRIC_COST][0].why, card->values[METRIC_COST][0].why);
	for (size_t cut = 1; cut < text.len; cut += 7)
		cr_assert_not(scorecard_parse(again, &other, &arena,
		    (struct slice){str_text(&text), text.len - cut}));
	str_release(&text);
	str_release(&second);
}
