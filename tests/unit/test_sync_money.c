#include "huddle/deal.h"
#include "huddle/store.h"
#include "huddle/totals.h"
#include "sync_fixture.h"

/* Rates from exports and from mappings, up to the sums that are shown. */

#define OPPORTUNITY                                                                 \
	"Id,Name,StageName,Amount,CurrencyIsoCode,CloseDate,CreatedDate,AccountId," \
	"OwnerId,IsClosed,IsWon\n"

static const char opportunities[] = OPPORTUNITY
    "006000000000001AAA,One,New,1000,USD,2026-12-01,2026-01-01,,,false,false\n"
    "006000000000002AAA,Two,New,920,EUR,2026-12-01,2026-01-01,,,false,false\n"
    "006000000000003AAA,Three,New,15025,JPY,2026-06-15,2026-01-01,,,false,false\n"
    "006000000000004AAA,Four,New,77,CHF,2026-06-15,2026-01-01,,,false,false\n";

static const char currency_types[] =
    "Id,IsoCode,ConversionRate,DecimalPlaces,IsActive,IsCorporate\n"
    "01L000000000001AAA,USD,1.0,2,true,true\n"
    "01L000000000002AAA,EUR,0.92,2,true,false\n"
    "01L000000000003AAA,JPY,100.0,0,true,false\n";

TestSuite(sync_money, .init = sync_setup, .fini = sync_teardown);

/* "USD 1234.50, CHF 77.00" */
static const char *sums(void)
{
	static char out[16384];
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct deal_list list;
	struct deal_total totals[DEAL_TOTALS];
	const struct deal *deals[64];
	bool overflow;
	struct store *store = store_here(true);
	cr_assert(store_load_deals(
	              store, &arena, -1, 0, day_from_civil(2026, 11, 20), &list, &err),
	    "%s", err.text);
	for (size_t i = 0; i < list.count; i++)
		deals[i] = &list.items[i];
	size_t n = deal_totals(deals, list.count, totals, &overflow);
	out[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		char buf[MONEY_TEXT];
		snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s %s",
		    i ? ", " : "", totals[i].currency.code,
		    money_plain(totals[i].amount, totals[i].currency, buf));
	}
	store_close(store);
	arena_release(&arena);
	return out;
}

Test(sync_money, currencies_stay_apart_without_rates)
{
	put("Opportunity.csv", opportunities);
	assert_status(EXIT_OK, sync_now());
	cr_assert_str_eq(sums(), "USD 1000.00, EUR 920.00, JPY 15025, CHF 77.00");
}

Test(sync_money, rates_of_salesforce)
{
	put("Opportunity.csv", opportunities);
	put("CurrencyType.csv", currency_types);
	assert_status(EXIT_OK, sync_now());
	assert_counts("CurrencyType.csv", 3, 3, 0, 0, 0, 0);
	cr_assert_str_eq(report_of("CurrencyType.csv")->kind, "currencies");
	cr_assert_str_eq(sums(), "USD 2150.25, CHF 77.00");
	/* By the close date, where there are rates of days. */
	put("DatedConversionRate.csv",
	    "Id,IsoCode,StartDate,NextStartDate,ConversionRate\n"
	    "04w000000000001AAA,JPY,1799-12-31,2026-06-01,150.25\n"
	    "04w000000000002AAA,JPY,2026-06-01,2026-07-01,50\n"
	    "04w000000000003AAA,JPY,2026-07-01,9999-12-30,1\n");
	assert_status(EXIT_OK, sync_now());
	assert_counts("DatedConversionRate.csv", 3, 3, 0, 0, 0, 0);
	cr_assert_str_eq(sums(), "USD 2300.50, CHF 77.00");
	/* A new rate is no new row, and moves no deal. */
	shell("sed -i 's/0.92/0.46/' in/CurrencyType.csv");
	assert_status(EXIT_OK, sync_now());
	assert_counts("CurrencyType.csv", 3, 0, 1, 2, 0, 0);
	cr_assert_str_eq(sums(), "USD 3300.50, CHF 77.00");
	assert_number("SELECT count(*) FROM snapshot", 0);
	assert_status(EXIT_OK, sync_now());
	cr_assert_not(said.report.changed);
}

static const char co[] = "[source]\nname = co\ncurrency = USD\n"
                         "[deals]\nfiles = Opp*.csv\nid = Id\nname = Name\n"
                         "stage = StageName\namount = Amount\ncurrency = "
                         "CurrencyIsoCode\nclose_date = CloseDate\n";

Test(sync_money, rates_of_a_mapping)
{
	put("../co.ini", co);
	put("Opportunity.csv", opportunities);
	assert_status(EXIT_OK, sync_co());
	shell("printf '[rates]\\nEUR = 1.5\\nJPY = 0.01 ; one yen\\n' >> co.ini");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(sums(), "USD 2530.25, CHF 77.00");
	assert_status(EXIT_OK, sync_co());
	cr_assert(!said.report.changed && !said.report.sync_id);
	/* A line taken out is gone; so is the section. */
	shell("sed -i '/^JPY/d' co.ini");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(sums(), "USD 2380.00, JPY 15025, CHF 77.00");
	shell("sed -i '/^.rates/,$d' co.ini");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(sums(), "USD 1000.00, EUR 920.00, JPY 15025, CHF 77.00");
	assert_status(EXIT_OK, sync_co());
	cr_assert_not(said.report.changed);
}

/* Beside a preset: a mapping of nothing but rates. */
Test(sync_money, rates_beside_a_preset)
{
	put("Opportunity.csv", opportunities);
	put("../co.ini", "[source]\nname = acme\ncurrency = USD\n");
	assert_status(EXIT_OK, sync_co());
	put("../co.ini", "[source]\nname = acme\ncurrency = USD\n[rates]\nEUR = 1.5\n");
	day_t later = day_from_civil(2026, 11, 27);
	assert_status(EXIT_OK, sync_co(.as_of = later));
	cr_assert(said.report.changed);
	cr_assert_str_eq(sums(), "USD 2380.00, JPY 15025, CHF 77.00");
	/* The deals are no newer for it. */
	assert_text("SELECT as_of FROM generation ORDER BY id DESC", "2026-11-20");
	assert_text(
	    "SELECT source || ' ' || kind || ' ' || rows FROM feed ORDER BY id DESC",
	    "acme currencies 2");
	assert_status(EXIT_OK, sync_co(.as_of = later));
	cr_assert_not(said.report.changed);
}

/* A table of the company's own, without ids: a new rate replaces the old. */
Test(sync_money, rates_of_a_file_of_ones_own)
{
	put("../co.ini", co);
	shell("printf '[currencies]\\nfiles = rates.csv\\ncurrency = Code\\nworth = "
	      "Dollars\\nfrom = Since\\ncorporate = Own\\n' >> co.ini");
	put("Opportunity.csv", opportunities);
	put("rates.csv", "Code,Dollars,Since,Own\nUSD,1,,yes\nEUR,1.5,,\nJPY,\"0.01\",,\n"
	                 "CHF,1.123456789012,2026-01-01,\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("rates.csv", 4, 4, 0, 0, 0, 0);
	assert_text("SELECT group_concat(worth) FROM rate",
	    "1000000000000,1500000000000,10000000000,1123456789012");
	cr_assert_str_eq(sums(), "USD 2616.76");
	put("rates.csv", "Code,Dollars,Since,Own\nUSD,1,,yes\nEUR,2,,\nJPY,0.01,,\n"
	                 "CHF,1.123456789012,2026-01-01,\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("rates.csv", 4, 0, 1, 3, 0, 0);
	assert_number("SELECT count(*) FROM rate", 4);
	/* What is no rate is rejected, and nothing is made of it. */
	put("rates.csv",
	    "Code,Dollars,Since,Own\nUSD,1,,yes\nEUR,0,,\nJPY,-1,,\nCHF,,,\n,1.5,,\n"
	    "XYZZY,1,,\nGBP,99999999999,,\nEUR,1.3,soon,\n");
	assert_status(
	    EXIT_REJECTS, sync_co(.accept_rejects = true, .accept_shrink = true));
	static const char *const why[] = {"is no rate: it must be more than nothing",
	    "is no rate: it must be more than nothing", "tells no rate",
	    "names no currency", "is no currency that is known",
	    "is no rate that can be read, or too large", "is no date"};
	cr_assert_eq(said.report.n_rejects, 7);
	for (int i = 0; i < 7; i++)
		cr_has(said.report.rejects[i].why, why[i]);
}

Test(sync_money, mappings_that_are_wrong)
{
	static const struct {
		const char *rates, *line, *why;
	} table[] = {
	    {"EUR = x", "co.ini:5", "is no rate"},
	    {"EUR = 0", "co.ini:5", "is no rate"},
	    {"EUR = -1", "co.ini:5", "is no rate"},
	    {"EUR = 1\nEUR = 2", "co.ini:6", "stands in line 5 already"},
	    {"euros = 1", "co.ini:5", "is no currency"},
	    {"USD = 2", "co.ini:5", "worth 1"},
	};
	put("Opportunity.csv", opportunities);
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char text[256];
		snprintf(text, sizeof text,
		    "[source]\nname = co\ncurrency = USD\n[rates]\n%s\n", table[i].rates);
		put("../co.ini", text);
		assert_refused(sync_co(), table[i].line, table[i].why);
	}
	put("../co.ini", "[source]\nname = co\n[rates]\nEUR = 1.1\n");
	assert_refused(sync_co(), "co.ini:4", "currency = USD");
}

/* Minor units are exact, and an amount that does not fit is a reject. */
Test(sync_money, minor_units)
{
	put("../co.ini", co);
	put("Opportunity.csv",
	    OPPORTUNITY "1,A,New,1234,JPY,,,,,,\n2,B,New,1.235,KWD,,,,,,\n"
	                "3,C,New,92233720368547758.07,USD,,,,,,\n"
	                "4,D,New,92233720368547758.08,USD,,,,,,\n"
	                "5,E,New,9223372036854775808,JPY,,,,,,\n"
	                "6,F,New,0.125,USD,,,,,,\n7,G,New,1e400,USD,,,,,,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(said.report.n_rejects, 3);
	for (int i = 0; i < 3; i++)
		cr_has(said.report.rejects[i].why, "too large");
	assert_text(
	    "SELECT group_concat(amount) FROM deal", "1234,1235,9223372036854775807,12");
}
