#include <criterion/criterion.h>

#include "huddle/deal.h"
#include "huddle/totals.h"

static const struct currency usd = {"USD"}, jpy = {"JPY"};

static struct deal deals[] = {
    {.id = "006A",
        .name = "Acme: platform",
        .owner = "Ana Ruiz",
        .stage = "Negotiation",
        .account = "Acme",
        .team = "",
        .manager = "",
        .amount = 24000000,
        .currency = {"USD"},
        .close_date = 100,
        .stage_since = 50,
        .created = 10},
    {.id = "006B",
        .name = "Initech: HCM",
        .owner = "Tom Berg",
        .stage = "Qualify",
        .account = "Initech",
        .team = "",
        .manager = "",
        .amount = MONEY_NONE,
        .currency = {"USD"},
        .close_date = DAY_NONE,
        .stage_since = DAY_NONE},
    {.id = "006C",
        .name = "acme: time",
        .owner = "Ana Ruiz",
        .stage = "Qualify",
        .account = "Acme",
        .team = "",
        .manager = "",
        .amount = 5000000,
        .currency = {"JPY"},
        .close_date = 90,
        .stage_since = 80,
        .status = DEAL_WON},
};

static const struct deal_list list = {deals, 3};

static const char *order_of(enum deal_sort sort)
{
	static char ids[16];
	struct deal *pointers[] = {&deals[0], &deals[1], &deals[2]};
	deal_order(pointers, 3, sort, 120);
	for (int i = 0; i < 3; i++)
		ids[i] = pointers[i]->id[3];
	return ids;
}

Test(deal, orders_and_puts_what_is_not_known_last)
{
	cr_assert_str_eq(order_of(SORT_NAME), "ACB");
	cr_assert_str_eq(order_of(SORT_CLOSE), "CAB");
	cr_assert_str_eq(order_of(SORT_STAGE_AGE), "ACB");
}

Test(deal, amounts_are_ordered_in_major_units)
{
	/* 5,000,000 yen come before 240,000 dollars; none comes last. */
	cr_assert_str_eq(order_of(SORT_AMOUNT), "CAB");
}

Test(deal, risk_orders_highest_first_and_closed_last)
{
	deals[0].risk = (struct risk){.rated = true, .probability = 12};
	deals[1].risk = (struct risk){.rated = true, .probability = 80};
	cr_assert_str_eq(order_of(SORT_RISK), "BAC");
}

Test(deal, sorts_have_names)
{
	enum deal_sort sort;
	cr_assert(deal_sort_find("stage-age", &sort));
	cr_assert_eq(sort, SORT_STAGE_AGE);
	cr_assert_not(deal_sort_find("size", &sort));
}

Test(deal, filter_narrows_by_whole_names_without_case)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	cr_assert(deal_passes(&deals[0], &filter));
	filter.owner = "ana ruiz";
	cr_assert(deal_passes(&deals[0], &filter));
	cr_assert_not(deal_passes(&deals[1], &filter));
	filter.owner = "ana";
	cr_assert_not(deal_passes(&deals[0], &filter));
}

Test(deal, filter_by_status_and_period)
{
	struct deal_filter filter = DEAL_FILTER_ANY;
	filter.status = DEAL_WON;
	cr_assert_not(deal_passes(&deals[0], &filter));
	cr_assert(deal_passes(&deals[2], &filter));
	filter.status = -1;
	filter.closing = (struct period){95, 100};
	cr_assert(deal_passes(&deals[0], &filter));
	cr_assert_not(deal_passes(&deals[1], &filter), "no close date is in no period");
	cr_assert_not(deal_passes(&deals[2], &filter));
}

Test(deal, filter_by_a_custom_column)
{
	const struct deal_custom region = {"Region", "EMEA"};
	struct deal deal = deals[0];
	struct deal_filter filter = DEAL_FILTER_ANY;
	filter.custom_name = "region";
	filter.custom_value = "emea";
	cr_assert_not(deal_passes(&deal, &filter));
	deal.n_custom = 1;
	deal.custom = &region;
	cr_assert(deal_passes(&deal, &filter));
	filter.custom_value = "APAC";
	cr_assert_not(deal_passes(&deal, &filter));
}

Test(deal, currencies_are_never_added)
{
	const struct deal *all[] = {&deals[0], &deals[1], &deals[2], &deals[0]};
	struct deal_total totals[DEAL_TOTALS];
	bool overflow;
	cr_assert_eq(deal_totals(all, 4, totals, &overflow), 2);
	cr_assert_not(overflow);
	cr_assert(currency_eq(totals[0].currency, usd));
	cr_assert_eq(totals[0].amount, 48000000);
	cr_assert_eq(totals[0].count, 2);
	cr_assert(currency_eq(totals[1].currency, jpy));
}

Test(deal, a_sum_too_large_is_left_out_and_said)
{
	struct deal huge = deals[0];
	huge.amount = INT64_MAX - 1;
	const struct deal *all[] = {&huge, &deals[0], &deals[2]};
	struct deal_total totals[DEAL_TOTALS];
	bool overflow;
	cr_assert_eq(deal_totals(all, 3, totals, &overflow), 2);
	cr_assert(overflow);
	cr_assert_eq(totals[1].amount, MONEY_NONE);
	cr_assert(currency_eq(totals[0].currency, jpy));
}

Test(deal, is_found_by_id_name_or_part)
{
	const struct deal_name *found[3];
	struct deal_name names[8];
	struct deal_names all = {names, list.count};
	cr_assert_leq(list.count, 8);
	for (size_t i = 0; i < list.count; i++)
		names[i] =
		    (struct deal_name){(int64_t)i, list.items[i].id, list.items[i].name};
	cr_assert_eq(deal_find(&all, "006B", found, 3), 1);
	cr_assert_eq(found[0], &names[1]);
	cr_assert_eq(deal_find(&all, "ACME", found, 3), 2);
	cr_assert_eq(deal_find(&all, "ACME", found, 1), 2, "counts what did not fit");
	cr_assert_eq(deal_find(&all, "Acme: Platform", found, 3), 1);
	cr_assert_eq(deal_find(&all, "globex", found, 3), 0);
	cr_assert_eq(deal_find(&all, "  ", found, 3), 0);
}

Test(deal, an_exact_name_wins_over_parts)
{
	struct deal_name two[] = {{1, "1", "Acme renewal"}, {2, "2", "Acme"}};
	const struct deal_names names = {two, 2};
	const struct deal_name *found[2];
	cr_assert_eq(deal_find(&names, "acme", found, 2), 1);
	cr_assert_eq(found[0], &two[1]);
}

Test(deal, stage_age_is_unknown_without_a_date)
{
	cr_assert_eq(deal_stage_age(&deals[0], 68), 18);
	cr_assert_eq(deal_stage_age(&deals[1], 68), -1);
	cr_assert_eq(deal_stage_age(&deals[0], 49), -1, "entered after that day");
}

Test(deal, forecast_words_of_several_crms)
{
	static const struct {
		const char *text;
		enum forecast forecast;
	} words[] = {{"Best Case", FORECAST_BEST_CASE}, {"BestCase", FORECAST_BEST_CASE},
	    {"BEST_CASE", FORECAST_BEST_CASE}, {"Forecast", FORECAST_COMMIT},
	    {"Commit", FORECAST_COMMIT}, {"Not forecasted", FORECAST_OMITTED},
	    {"Most Likely", FORECAST_MOST_LIKELY}, {"Closed won", FORECAST_CLOSED},
	    {"Pipeline", FORECAST_PIPELINE}, {"", FORECAST_NONE},
	    {"certain", FORECAST_NONE},
	    {"a very long text that is no category at all", FORECAST_NONE}};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		cr_expect_eq(forecast_read(slice_of(words[i].text)), words[i].forecast,
		    "%s", words[i].text);
	cr_assert_str_eq(forecast_name(FORECAST_BEST_CASE), "Best Case");
}

Test(deal, the_short_id_of_salesforce_tells_case)
{
	struct deal_name two[] = {
	    {1, "006Qm000000102CIAQ", "one"}, {2, "006Qm000000102cIAA", "two"}};
	struct deal_names both = {two, 2};
	const struct deal_name *found[2];
	cr_assert_eq(deal_find(&both, "006Qm000000102C", found, 2), 1);
	cr_assert_eq(found[0], &two[0]);
	cr_assert_eq(deal_find(&both, "006Qm000000102c", found, 2), 1);
	cr_assert_eq(found[0], &two[1]);
}

Test(deal, is_called_by_its_id_where_its_name_can_not_be_read)
{
	struct deal deal = {.id = "006B", .name = "東京物流: 勤怠管理"};
	cr_assert_str_eq(deal_label(&deal, false), deal.name);
	cr_assert_str_eq(deal_label(&deal, true), "006B");
	deal.name = "Žižkov: mzdy";
	cr_assert_str_eq(deal_label(&deal, true), deal.name);
	deal.name = "東京 HR 2026";
	cr_assert_str_eq(deal_label(&deal, true), deal.name);
	deal.name = "";
	cr_assert_str_eq(deal_label(&deal, false), "006B");
}
