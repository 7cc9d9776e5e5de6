#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "huddle/deal.h"
#include "huddle/totals.h"

static struct currency money(const char *code)
{
	struct currency currency = {""};
	snprintf(currency.code, sizeof currency.code, "%s", code);
	return currency;
}

static day_t day(const char *text)
{
	day_t out = DAY_NONE;
	if (*text)
		cr_assert(day_parse(text, &out), "%s", text);
	return out;
}

static struct rate items[16];

static struct rates made(const struct rate *rows, size_t count)
{
	struct rates rates = {.items = items, .count = count};
	if (count)
		memcpy(items, rows, count * sizeof *rows);
	rates_settle(&rates);
	return rates;
}

#define RATES(...)                               \
	made((const struct rate[]){__VA_ARGS__}, \
	    sizeof((const struct rate[]){__VA_ARGS__}) / sizeof(struct rate))
#define UNDATED .from = DAY_NONE, .until = DAY_NONE
#define COMPANY(code)                                                    \
	{                                                                \
		money(code), .units = RATE_ONE, .company = true, UNDATED \
	}

Test(rates, exact_and_half_to_even)
{
	struct rates rates =
	    RATES(COMPANY("USD"), {money("EUR"), .units = 920000000000, UNDATED},
	        {money("JPY"), .units = 150250000000000, UNDATED},
	        {money("KWD"), .worth = 3250000000000, UNDATED},
	        {money("GBP"), .worth = RATE_ONE / 2, UNDATED});
	static const struct {
		const char *code;
		money_t amount, wanted;
	} table[] = {
	    {"USD", 12345, 12345},
	    {"EUR", 92, 100},
	    {"EUR", 100, 109}, /* 108.69 */
	    {"EUR", -100, -109},
	    {"JPY", 15025, 10000}, /* no minor unit */
	    {"KWD", 1000, 325},    /* three digits */
	    {"GBP", 1, 0},         /* half to even */
	    {"GBP", 3, 2},
	    {"GBP", 5, 2},
	    {"GBP", -5, -2},
	    {"GBP", INT64_MAX, 4611686018427387904},
	    {"EUR", 0, 0},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		money_t got;
		cr_assert(rates_convert(
		    &rates, table[i].amount, money(table[i].code), DAY_NONE, &got));
		cr_expect_eq(got, table[i].wanted, "%s %lld is %lld", table[i].code,
		    (long long)table[i].amount, (long long)got);
	}
	money_t got = 7;
	cr_expect_not(rates_convert(&rates, INT64_MAX, money("EUR"), DAY_NONE, &got));
	cr_expect_not(rates_convert(&rates, 100, money("CHF"), DAY_NONE, &got));
	cr_expect_not(rates_convert(&rates, 100, money(""), DAY_NONE, &got));
	cr_expect_not(rates_convert(&rates, MONEY_NONE, money("EUR"), DAY_NONE, &got));
	cr_expect_eq(got, 7);
}

/* The largest numbers of each kind neither wrap nor crash. */
Test(rates, extremes)
{
	struct rates rates =
	    RATES(COMPANY("KWD"), {money("JPY"), .worth = INT64_MAX, UNDATED},
	        {money("EUR"), .units = 1, UNDATED},
	        {money("GBP"), .units = INT64_MAX, UNDATED});
	static const char *const codes[] = {"JPY", "EUR", "GBP"};
	static const money_t amounts[] = {
	    INT64_MAX, INT64_MIN + 1, 1, -1, INT64_MAX / 1000};
	for (int c = 0; c < 3; c++)
		for (int a = 0; a < 5; a++) {
			money_t got;
			bool fine = rates_convert(
			    &rates, amounts[a], money(codes[c]), DAY_NONE, &got);
			cr_expect(fine == (c == 2 || amounts[a] == 1 || amounts[a] == -1),
			    "%s %lld", codes[c], (long long)amounts[a]);
		}
}

Test(rates, the_rate_of_the_day)
{
	struct rates rates = RATES(COMPANY("USD"),
	    {money("EUR"), .units = RATE_ONE / 2, .from = day("2026-01-01"),
	        .until = day("2026-02-01")},
	    {money("EUR"), .units = RATE_ONE / 4, .from = day("2026-02-01"),
	        .until = day("2026-03-01")},
	    {money("JPY"), .units = RATE_ONE, UNDATED},
	    {money("JPY"), .units = RATE_ONE / 2, .from = DAY_NONE,
	        .until = day("2026-02-01")},
	    {money("GBP"), .units = RATE_ONE / 8, UNDATED},
	    {money("GBP"), .units = RATE_ONE / 2, .from = day("2026-02-01"),
	        .until = DAY_NONE});
	static const struct {
		const char *code, *day;
		money_t wanted;
	} table[] = {
	    {"EUR", "2026-01-31", 200}, {"EUR", "2026-02-01", 400},
	    {"EUR", "2026-02-28", 400}, {"EUR", "2026-03-01", 400}, /* the one before */
	    {"EUR", "2025-12-31", 200},                             /* the first */
	    {"EUR", "", 400},                                       /* the newest */
	    {"JPY", "2026-01-31", 20000}, /* the one with an end first */
	    {"JPY", "2026-02-01", 10000}, {"JPY", "", 10000}, {"GBP", "2026-01-31", 800},
	    {"GBP", "2026-02-01", 200}, {"GBP", "", 800}, /* the one without a day */
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		money_t got;
		cr_assert(rates_convert(
		    &rates, 100, money(table[i].code), day(table[i].day), &got));
		cr_expect_eq(got, table[i].wanted, "%s on %s is %lld", table[i].code,
		    table[i].day, (long long)got);
	}
}

Test(rates, whose_currency_it_is)
{
	struct rate dollar = {money("USD"), .units = RATE_ONE, UNDATED};
	struct rate euro = {money("EUR"), .units = 900000000000, UNDATED};
	struct rate pound = {money("GBP"), .units = RATE_ONE, UNDATED};
	struct rate marked = euro;
	marked.company = true;
	cr_expect_str_eq(RATES(euro, dollar).company.code, "USD");
	cr_expect_str_eq(RATES(dollar, euro, pound).company.code, "");
	cr_expect_str_eq(RATES(dollar, marked).company.code, "EUR");
	cr_expect_str_eq(RATES(euro).company.code, "");
	cr_expect_eq(made(NULL, 0).count, 0);
	/* Dated rows that are not all 1 are no mark. */
	struct rate other = dollar;
	other.units = 2;
	other.from = day("2026-01-01");
	cr_expect_str_eq(RATES(dollar, euro, other).company.code, "");
	/* Another company's rates would be read as this one's. */
	struct rate theirs[] = {marked, {money("CHF"), .units = 2, UNDATED}};
	theirs[0].source = theirs[1].source = 2;
	dollar.source = 1;
	struct rates rates = RATES(dollar, theirs[0], theirs[1]);
	cr_expect_str_eq(rates.company.code, "USD");
	cr_expect_eq(rates.count, 1);
}

/* Sums and order are in the company's currency; what has no rate stays beside. */
Test(rates, deals)
{
	struct rates rates =
	    RATES(COMPANY("USD"), {money("EUR"), .worth = 2 * RATE_ONE, UNDATED},
	        {money("JPY"), .units = 100 * RATE_ONE, UNDATED});
	struct deal deals[] = {
	    {.id = "a", .name = "a", .amount = 10000, .currency = money("USD")},
	    {.id = "b", .name = "b", .amount = 7000, .currency = money("EUR")},
	    {.id = "c", .name = "c", .amount = 9000, .currency = money("JPY")},
	    {.id = "d", .name = "d", .amount = 500, .currency = money("CHF")},
	    {.id = "e", .name = "e", .amount = MONEY_NONE, .currency = money("EUR")},
	    {.id = "f", .name = "f", .amount = INT64_MAX, .currency = money("EUR")}};
	struct deal *order[6];
	for (int i = 0; i < 6; i++) {
		deals[i].close_date = DAY_NONE;
		deal_convert(&deals[i], &rates);
		order[i] = &deals[i];
	}
	struct deal_total totals[DEAL_TOTALS];
	bool overflow;
	size_t n = deal_totals((const struct deal *const *)order, 5, totals, &overflow);
	cr_assert_eq(n, 2);
	cr_expect_not(overflow);
	cr_expect_str_eq(totals[0].currency.code, "USD");
	cr_expect_eq(totals[0].amount, 10000 + 14000 + 9000);
	cr_expect_eq(totals[0].count, 3);
	cr_expect_str_eq(totals[1].currency.code, "CHF");
	/* Too much to convert: kept apart in its own currency. */
	n = deal_totals((const struct deal *const *)order, 6, totals, &overflow);
	cr_expect_eq(n, 3);
	cr_expect_str_eq(totals[0].currency.code, "EUR");
	deal_order(order, 5, SORT_AMOUNT, 0);
	for (int i = 0; i < 5; i++)
		cr_expect_eq(order[i]->id[0], "bacde"[i], "%s", order[i]->id);
	/* Without rates nothing is converted, and nothing is added up. */
	struct rates none = {.count = 0};
	for (int i = 0; i < 5; i++)
		deal_convert(order[i], &none);
	n = deal_totals((const struct deal *const *)order, 5, totals, &overflow);
	cr_expect_eq(n, 4);
}

Test(rates, a_sum_that_does_not_fit_is_said)
{
	struct deal a = {.amount = INT64_MAX, .currency = money("USD")}, b = a, c = a;
	c.currency = money("EUR");
	c.amount = 1;
	const struct deal *all[] = {&a, &b, &c};
	struct deal_total totals[DEAL_TOTALS];
	bool overflow;
	cr_assert_eq(deal_totals(all, 3, totals, &overflow), 2);
	cr_expect(overflow);
	cr_expect_str_eq(totals[0].currency.code, "EUR");
	cr_expect_eq(totals[1].amount, MONEY_NONE);
}
