#include <criterion/criterion.h>

#include "huddle/deal.h"
#include <string.h>

static struct arena words;

enum { TODAY = 20780 }; /* 2026-11-23 */
#define AGO(n) ((instant_t)(TODAY - (n)) * DAY_SECONDS)

/* An open deal with all known and nothing wrong. */
static struct deal clean(void)
{
	return (struct deal){
	    .id = "1",
	    .name = "Acme",
	    .stage = "Negotiation",
	    .next_step = "Contract review",
	    .forecast = FORECAST_PIPELINE,
	    .amount = 24000000,
	    .currency = {"USD"},
	    .created = TODAY - 200,
	    .close_date = TODAY + 60,
	    .stage_since = TODAY - 5,
	    .next_step_date = DAY_NONE,
	    .facts = {.history_known = true,
	        .stage_back = DAY_NONE,
	        .activities_known = true,
	        .last_activity = AGO(3),
	        .last_inbound = AGO(4),
	        .direction_known = true,
	        .next_activity = INSTANT_NONE,
	        .touches_known = true,
	        .last_touch = AGO(8),
	        .next_step_known = true,
	        .committee_known = true,
	        .committee = 6,
	        .engaged = 4,
	        .roles_known = true,
	        .has_economic_buyer = true,
	        .stage_norm_days = 9,
	        .stage_norm_count = 40,
	        .stage_rank = 4,
	        .stage_ranks = 5},
	};
}

static const struct risk_reason *reason(const struct deal *deal, enum risk_signal signal)
{
	for (int i = 0; i < deal->risk.n_reasons; i++)
		if (deal->risk.reasons[i].signal == signal)
			return &deal->risk.reasons[i];
	return NULL;
}

/* Rate the deal and expect one reason with this text. */
static void expect(struct deal *deal, enum risk_signal signal, const char *text)
{
	risk_rate(deal, NULL, TODAY);
	risk_say(deal, NULL, TODAY, &words);
	const struct risk_reason *found = reason(deal, signal);
	if (!text) {
		cr_expect_null(found, "%s", found ? found->text : "");
		return;
	}
	cr_assert_not_null(found, "expected: %s", text);
	cr_expect_str_eq(found->text, text);
}

Test(risk, curve_is_where_it_is_documented)
{
	static const int points[][2] = {{0, 12}, {16, 23}, {24, 31}, {40, 50}, {48, 60},
	    {64, 77}, {80, 88}, {140, 99}};
	for (size_t i = 0; i < sizeof points / sizeof *points; i++)
		cr_expect_eq(
		    risk_curve(points[i][0]), points[i][1], "%d points", points[i][0]);
	cr_expect_eq(risk_curve(1000), 99);
	cr_expect_eq(risk_curve(-1000), 1);
}

Test(risk, a_clean_deal_is_low_and_has_no_reason)
{
	struct deal deal = clean();
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert(deal.risk.rated);
	cr_assert_eq(deal.risk.n_reasons, 0);
	cr_assert_eq(deal.risk.unknown, 0);
	cr_assert_eq(deal.risk.probability, 12);
	cr_assert_eq(deal.risk.level, RISK_LOW);
}

Test(risk, closed_deals_are_not_rated)
{
	struct deal deal = clean();
	deal.status = DEAL_LOST;
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert_not(deal.risk.rated);
	cr_assert_eq(deal.risk.probability, 0);
}

Test(risk, points_of_the_reasons_add_up_heaviest_first)
{
	struct deal deal = clean();
	deal.facts.pushes = 3;
	deal.facts.push_days = 71;
	deal.stage_since = TODAY - 18;
	deal.facts.last_touch = AGO(40);
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	int sum = 0;
	for (int i = 0; i < deal.risk.n_reasons; i++) {
		sum += deal.risk.reasons[i].points;
		cr_expect(i == 0 ||
		          deal.risk.reasons[i - 1].points >= deal.risk.reasons[i].points);
	}
	cr_assert_eq(deal.risk.n_reasons, 3);
	cr_assert_eq(sum, deal.risk.points);
	cr_assert_eq(deal.risk.points, 24 + 22 + 6);
	cr_assert_eq(deal.risk.probability, risk_curve(sum));
	cr_assert_eq(deal.risk.level, RISK_HIGH);
}

Test(risk, pushes)
{
	struct deal deal = clean();
	deal.facts.pushes = 1;
	expect(&deal, SIGNAL_PUSHES, NULL);
	deal.facts.pushes = 3;
	deal.facts.push_days = 71;
	expect(&deal, SIGNAL_PUSHES, "pushed 3 times, 71 days in all");
}

Test(risk, overdue)
{
	struct deal deal = clean();
	deal.close_date = TODAY;
	expect(&deal, SIGNAL_OVERDUE, NULL);
	deal.close_date = TODAY - 1;
	expect(&deal, SIGNAL_OVERDUE, "close date passed 1 day ago");
	cr_assert_eq(deal.risk.points, 16);
	deal.forecast = FORECAST_COMMIT;
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert_eq(deal.risk.points, 24);
}

Test(risk, a_month_that_is_over_has_slipped)
{
	struct deal deal = clean();
	deal.close_date = TODAY - 24; /* 30 October */
	expect(&deal, SIGNAL_OVERDUE, "close date passed 24 days ago, its month is over");
	cr_assert_eq(deal.risk.probability, 99);
}

Test(risk, close_date_near_in_an_early_stage)
{
	struct deal deal = clean();
	deal.stage = "Qualification";
	deal.facts.stage_rank = 1;
	expect(&deal, SIGNAL_STAGE_EARLY, NULL);
	deal.close_date = TODAY + 20;
	expect(&deal, SIGNAL_STAGE_EARLY, "closes in 20 days, still in Qualification");
	deal.close_date = TODAY + 9;
	expect(&deal, SIGNAL_STAGE_EARLY, "closes in 9 days, still in Qualification");
	cr_assert_eq(reason(&deal, SIGNAL_STAGE_EARLY)->points, 24);
	deal.facts.stage_rank = 4;
	expect(&deal, SIGNAL_STAGE_EARLY, NULL);
}

Test(risk, a_long_stage_name_is_cut_between_characters)
{
	struct deal deal = clean();
	deal.stage = "Überprüfungsbesprechungsvorbereitung und mehr";
	deal.facts.stage_rank = 1;
	deal.close_date = TODAY + 9;
	expect(&deal, SIGNAL_STAGE_EARLY,
	    "closes in 9 days, still in Überprüfungsbesprechungsvo…");
}

Test(risk, time_in_stage_against_won_deals)
{
	struct deal deal = clean();
	deal.stage_since = TODAY - 13;
	expect(&deal, SIGNAL_STAGE_AGE, NULL);
	deal.stage_since = TODAY - 18;
	expect(&deal, SIGNAL_STAGE_AGE, "18 days in stage, won deals take 9");
	deal.facts.stage_norm_count = 9;
	expect(&deal, SIGNAL_STAGE_AGE, NULL);
	deal.stage_since = TODAY - 34;
	expect(&deal, SIGNAL_STAGE_AGE, "34 days in stage, 30 is long");
}

Test(risk, stage_back_is_critical_for_two_reviews)
{
	struct deal deal = clean();
	deal.facts.stage_back = TODAY - 14;
	expect(&deal, SIGNAL_STAGE_BACK, "stage went back 14 days ago");
	cr_assert_eq(deal.risk.points, 24);
	deal.facts.stage_back = TODAY - 15;
	expect(&deal, SIGNAL_STAGE_BACK, "stage went back 15 days ago");
	cr_assert_eq(deal.risk.points, 14);
	deal.facts.stage_back = TODAY - 91;
	expect(&deal, SIGNAL_STAGE_BACK, NULL);
}

Test(risk, idle)
{
	struct deal deal = clean();
	deal.facts.last_activity = AGO(13);
	expect(&deal, SIGNAL_IDLE_SALES, NULL);
	deal.facts.last_activity = AGO(18);
	expect(&deal, SIGNAL_IDLE_SALES, "no sales activity for 18 days");
	deal.facts.last_activity = INSTANT_NONE;
	expect(
	    &deal, SIGNAL_IDLE_SALES, "no sales activity since it was made 200 days ago");
}

Test(risk, idle_is_stricter_in_commit)
{
	struct deal deal = clean();
	deal.facts.last_activity = AGO(8);
	expect(&deal, SIGNAL_IDLE_SALES, NULL);
	deal.forecast = FORECAST_COMMIT;
	expect(&deal, SIGNAL_IDLE_SALES, "no sales activity for 8 days");
	cr_assert_eq(reason(&deal, SIGNAL_IDLE_SALES)->points, 16);
}

Test(risk, idle_is_suppressed_by_what_is_planned)
{
	struct deal deal = clean();
	deal.facts.last_activity = AGO(40);
	deal.next_step_date = TODAY + 2;
	expect(&deal, SIGNAL_IDLE_SALES, NULL);
	deal.next_step_date = TODAY - 1;
	expect(&deal, SIGNAL_IDLE_SALES, "no sales activity for 40 days");
	deal.facts.next_activity = AGO(-1);
	expect(&deal, SIGNAL_IDLE_SALES, NULL);
}

/* Planned for a day since the exports: neither done nor missed as far as known. */
Test(risk, a_planned_day_that_passed_without_an_export_is_not_captured)
{
	struct deal deal = clean();
	deal.facts.last_activity = AGO(40);
	deal.facts.next_activity = AGO(1);
	deal.facts.next_unclear = true;
	deal.next_step = "";
	expect(&deal, SIGNAL_IDLE_SALES, NULL);
	cr_assert(deal.risk.unknown & 1u << SIGNAL_IDLE_SALES);
	cr_assert(deal.risk.unknown & 1u << SIGNAL_NEXT_STEP);
	deal.facts.last_activity = AGO(3);
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert_not(deal.risk.unknown & 1u << SIGNAL_IDLE_SALES, "3 days are fine");
}

/* Where our syncs saw only the end of a deal's life. */
Test(risk, what_was_seen_counts_and_the_rest_is_not_captured)
{
	struct deal deal = clean();
	deal.facts.history_known = false;
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert_eq(deal.risk.unknown,
	    1u << SIGNAL_PUSHES | 1u << SIGNAL_STAGE_BACK | 1u << SIGNAL_AMOUNT_DROP);
	deal.facts.pushes = 2;
	deal.facts.push_days = 61;
	expect(&deal, SIGNAL_PUSHES, "pushed 2 times, 61 days in all");
	deal.facts.stage_back = TODAY - 3;
	expect(&deal, SIGNAL_STAGE_BACK, "stage went back 3 days ago");
	deal.facts.amount_drop = 30;
	expect(&deal, SIGNAL_AMOUNT_DROP, "amount fell by 30% within 90 days");
	cr_assert_eq(deal.risk.unknown, 0);
}

Test(risk, buyer_silent_while_sales_is_at_work)
{
	struct deal deal = clean();
	deal.facts.last_inbound = AGO(23);
	expect(&deal, SIGNAL_BUYER_SILENT, "no word from the buyer for 23 days");
	deal.facts.last_activity = AGO(20);
	expect(&deal, SIGNAL_BUYER_SILENT, NULL);
	cr_assert_not_null(reason(&deal, SIGNAL_IDLE_SALES));
}

Test(risk, next_step)
{
	struct deal deal = clean();
	deal.next_step = "";
	expect(&deal, SIGNAL_NEXT_STEP, "no next step");
	cr_assert_eq(deal.risk.points, 12);
	deal.forecast = FORECAST_BEST_CASE;
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert_eq(deal.risk.points, 18);
	deal.next_step = "Call";
	deal.next_step_date = TODAY - 3;
	expect(&deal, SIGNAL_NEXT_STEP, "next step was due 3 days ago");
	deal.next_step_date = TODAY;
	expect(&deal, SIGNAL_NEXT_STEP, NULL);
}

Test(risk, committee)
{
	struct deal deal = clean();
	deal.facts.engaged = 1;
	deal.facts.has_economic_buyer = false;
	expect(&deal, SIGNAL_SINGLE_THREAD,
	    "only 1 of the committee of 6 engaged in 90 days");
	expect(&deal, SIGNAL_ECONOMIC_BUYER, "no economic buyer on the committee of 6");
	deal.facts.stage_rank = 2;
	expect(&deal, SIGNAL_ECONOMIC_BUYER, NULL);
}

Test(risk, commit_against_the_evidence)
{
	struct deal deal = clean();
	deal.forecast = FORECAST_COMMIT;
	deal.facts.last_activity = AGO(21);
	expect(&deal, SIGNAL_FORECAST, "Commit, but no activity for 21 days");
	deal.facts.has_economic_buyer = false;
	expect(&deal, SIGNAL_FORECAST,
	    "Commit, but no activity for 21 days and no economic buyer");
	deal.forecast = FORECAST_PIPELINE;
	expect(&deal, SIGNAL_FORECAST, NULL);
}

Test(risk, amount_and_close_date)
{
	struct deal deal = clean();
	deal.facts.amount_drop = 25;
	expect(&deal, SIGNAL_AMOUNT_DROP, "amount fell by 25% within 90 days");
	deal.close_date = DAY_NONE;
	expect(&deal, SIGNAL_CLOSE_DATE, "no close date");
}

/* Not captured is neither a risk nor fine: no points, and it is said. */
Test(risk, not_captured_adds_no_points)
{
	struct deal deal = {.id = "1",
	    .name = "",
	    .stage = "",
	    .next_step = "",
	    .close_date = TODAY + 30,
	    .created = DAY_NONE,
	    .stage_since = DAY_NONE,
	    .next_step_date = DAY_NONE,
	    .facts = {.stage_back = DAY_NONE,
	        .last_activity = INSTANT_NONE,
	        .last_inbound = INSTANT_NONE,
	        .next_activity = INSTANT_NONE,
	        .last_touch = INSTANT_NONE}};
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert_eq(deal.risk.n_reasons, 0);
	cr_assert_eq(deal.risk.points, 0);
	static const enum risk_signal unknown[] = {SIGNAL_PUSHES, SIGNAL_STAGE_EARLY,
	    SIGNAL_STAGE_AGE, SIGNAL_STAGE_BACK, SIGNAL_IDLE_SALES, SIGNAL_BUYER_SILENT,
	    SIGNAL_IDLE_MARKETING, SIGNAL_NEXT_STEP, SIGNAL_SINGLE_THREAD,
	    SIGNAL_ECONOMIC_BUYER, SIGNAL_AMOUNT_DROP, SIGNAL_FORECAST, SIGNAL_TREND};
	unsigned bits = 0;
	for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
		bits |= 1u << unknown[i];
	cr_assert_eq(deal.risk.unknown, bits);
}

Test(risk, two_criticals_and_a_warning_are_high)
{
	struct deal deal = clean();
	deal.facts.pushes = 3;
	deal.facts.last_activity = AGO(31);
	deal.close_date = TODAY - 2;
	risk_rate(&deal, NULL, TODAY);
	risk_say(&deal, NULL, TODAY, &words);
	cr_assert_eq(deal.risk.points, 64);
	cr_assert_eq(deal.risk.probability, 77);
	cr_assert_eq(deal.risk.level, RISK_HIGH);
}

Test(risk, every_signal_has_a_key_and_a_title)
{
	for (int i = 0; i < RISK_SIGNALS; i++) {
		cr_assert(*risk_signal_name((enum risk_signal)i));
		cr_assert(*risk_signal_title((enum risk_signal)i));
	}
	cr_assert_str_eq(risk_signal_name(SIGNAL_PUSHES), "pushes");
	cr_assert_str_eq(risk_level_name(RISK_WATCH), "watch");
}
