#include <criterion/criterion.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "huddle/money.h"

static uint64_t seed = 42;

static uint64_t any(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

#define NBSP   "\xC2\xA0"
#define NARROW "\xE2\x80\xAF"
#define EURO   "\xE2\x82\xAC"
#define MINUS  "\xE2\x88\x92"
#define BAD    INT64_MIN

static const struct {
	const char *text;
	enum decimal_hint hint;
	int64_t neutral, point, comma; /* minor units under each mark, 2 digits */
	const char *said;
} amounts[] = {
    {"0", NUMBER_NEUTRAL, 0, 0, 0, ""},
    {"45631", NUMBER_NEUTRAL, 4563100, 4563100, 4563100, ""},
    {"007", NUMBER_NEUTRAL, 700, 700, 700, ""},
    {"-5", NUMBER_NEUTRAL, -500, -500, -500, ""},
    {"+5", NUMBER_NEUTRAL, 500, 500, 500, ""},
    {"5-", NUMBER_NEUTRAL, -500, -500, -500, ""},
    {MINUS "5", NUMBER_NEUTRAL, -500, -500, -500, ""},
    {"5" MINUS, NUMBER_NEUTRAL, -500, -500, -500, ""},
    {"(5)", NUMBER_NEUTRAL, -500, -500, -500, ""},
    {"$1,234.50", NUMBER_POINT, 123450, 123450, BAD, "USD"},
    {"1.234,50", NUMBER_COMMA, 123450, BAD, 123450, ""},
    {"1.234,50 " EURO, NUMBER_COMMA, 123450, BAD, 123450, "EUR"},
    {EURO NBSP "1.234,50", NUMBER_COMMA, 123450, BAD, 123450, "EUR"},
    {"\xC2\xA3"
     "12.5",
        NUMBER_POINT, 1250, 1250, BAD, "GBP"},
    {"\xC2\xA5"
     "1200",
        NUMBER_NEUTRAL, 120000, 120000, 120000, "JPY"},
    {"1,234", NUMBER_EITHER, 123400, 123400, 123, ""},
    {"1.234", NUMBER_EITHER, 123, 123, 123400, ""},
    {"(1,200)", NUMBER_EITHER, -120000, -120000, -120, ""},
    {"($1,200)", NUMBER_EITHER, -120000, -120000, -120, "USD"},
    {"$(1,200)", NUMBER_EITHER, -120000, -120000, -120, "USD"},
    {"(1,200) EUR", NUMBER_EITHER, -120000, -120000, -120, "EUR"},
    {"USD 1,200", NUMBER_EITHER, 120000, 120000, 120, "USD"},
    {"usd1200", NUMBER_NEUTRAL, 120000, 120000, 120000, "USD"},
    {"1200 CHF", NUMBER_NEUTRAL, 120000, 120000, 120000, "CHF"},
    {"1200EUR", NUMBER_NEUTRAL, 120000, 120000, 120000, "EUR"},
    {"$5 CAD", NUMBER_NEUTRAL, 500, 500, 500, "CAD"},
    {"$-5", NUMBER_NEUTRAL, -500, -500, -500, "USD"},
    {"-$5", NUMBER_NEUTRAL, -500, -500, -500, "USD"},
    {"- 5", NUMBER_NEUTRAL, -500, -500, -500, ""},
    {"5 USD-", NUMBER_NEUTRAL, -500, -500, -500, "USD"},
    {"45k", NUMBER_NEUTRAL, 4500000, 4500000, 4500000, ""},
    {"45 K", NUMBER_NEUTRAL, 4500000, 4500000, 4500000, ""},
    {"1.2M", NUMBER_POINT, 120000000, 120000000, BAD, ""},
    {"1,2m", NUMBER_COMMA, 120000000, BAD, 120000000, ""},
    {"2b", NUMBER_NEUTRAL, 200000000000, 200000000000, 200000000000, ""},
    {"$1,117.10K", NUMBER_POINT, 111710000, 111710000, BAD, "USD"},
    {"45k USD", NUMBER_NEUTRAL, 4500000, 4500000, 4500000, "USD"},
    {"45KUSD", NUMBER_NEUTRAL, 4500000, 4500000, 4500000, "USD"},
    {"1200 MXN", NUMBER_NEUTRAL, 120000, 120000, 120000, "MXN"},
    {"15000.0", NUMBER_POINT, 1500000, 1500000, BAD, ""},
    {"1.3E7", NUMBER_POINT, 1300000000, 1300000000, BAD, ""},
    {"1.234E3", NUMBER_POINT, 123400, 123400, BAD, ""},
    {"1E-2", NUMBER_NEUTRAL, 1, 1, 1, ""},
    {"5e+2", NUMBER_NEUTRAL, 50000, 50000, 50000, ""},
    {"1,234,567", NUMBER_POINT, 123456700, 123456700, BAD, ""},
    {"1.234.567", NUMBER_COMMA, 123456700, BAD, 123456700, ""},
    {"1,00,000", NUMBER_POINT, 10000000, 10000000, BAD, ""},
    {"12,34,567.89", NUMBER_POINT, 123456789, 123456789, BAD, ""},
    {"1 234,50", NUMBER_COMMA, 123450, BAD, 123450, ""},
    {"1" NBSP "234" NBSP "567,8", NUMBER_COMMA, 123456780, BAD, 123456780, ""},
    {"1" NARROW "234" NARROW "567", NUMBER_NEUTRAL, 123456700, 123456700, 123456700, ""},
    {"1'234.50", NUMBER_POINT, 123450, 123450, BAD, ""},
    {"1\xE2\x80\x99"
     "234",
        NUMBER_NEUTRAL, 123400, 123400, 123400, ""},
    {"0,500", NUMBER_COMMA, 50, BAD, 50, ""},
    {".5", NUMBER_POINT, 50, 50, BAD, ""},
    {"5.", NUMBER_POINT, 500, 500, BAD, ""},
    {"1,23", NUMBER_COMMA, 123, BAD, 123, ""},
    {"1234,567", NUMBER_COMMA, 123457, BAD, 123457, ""},
    {"92233720368547758.07", NUMBER_POINT, INT64_MAX, INT64_MAX, BAD, ""},
    {"-92233720368547758.07", NUMBER_POINT, -INT64_MAX, -INT64_MAX, BAD, ""},
    {"0.1000000000000000055511151231257827", NUMBER_POINT, 10, 10, BAD, ""},
    {" 12 ", NUMBER_NEUTRAL, 1200, 1200, 1200, ""},
};

Test(money, amounts_of_exports)
{
	for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++) {
		const int64_t want[] = {
		    amounts[i].neutral, amounts[i].point, amounts[i].comma};
		struct slice text = slice_of(amounts[i].text);
		cr_expect_eq(number_look(text), amounts[i].hint, "%s looks %d",
		    amounts[i].text, (int)number_look(text));
		for (int mark = DECIMAL_AUTO; mark <= DECIMAL_COMMA; mark++) {
			money_t got = BAD;
			struct currency said = {""};
			bool good =
			    money_read(text, (enum decimal_mark)mark, 2, &got, &said);
			cr_expect_eq(
			    good, want[mark] != BAD, "%s as %d", amounts[i].text, mark);
			cr_expect_eq(got, want[mark], "%s as %d gave %" PRId64,
			    amounts[i].text, mark, got);
			if (good)
				cr_expect_str_eq(
				    said.code, amounts[i].said, "%s", amounts[i].text);
		}
	}
}

Test(money, what_is_no_amount)
{
	static const char *const bad[] = {"", " ", "-", "$", "USD", ".", ",", "abc",
	    "1,23,4", "1,2345.50", "12,34", "1.2.3", "1,234.567,8", "1.234,567.8", "75%",
	    "%", "--5", "-5-", "-(5)", "(-5)", "(5", "5)", "((5))", EURO "100 USD",
	    "$5 " EURO, "5kk", "5 km", "5x", "0x1F", "NaN", "Infinity", "1e", "1e400",
	    "1E+", "1e5000", "1 23", "1  234", "12 34 56", "1234 567",
	    "9223372036854775807", "92233720368547758.08", "-92233720368547758.08",
	    "99999999999999999999999", "1,234 567", "2024-05-01", "5/6", "TBD 100",
	    "1\n2", "1'23", "'5", "US$A", "12,345,67", "0,123,456"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		money_t got = 77;
		struct currency said;
		bool good = money_read(slice_of(bad[i]), DECIMAL_POINT, 2, &got, &said);
		cr_expect_not(good, "%s was read as %" PRId64, bad[i], got);
		cr_expect_eq(got, 77, "%s", bad[i]);
	}
}

Test(money, rounds_half_to_even)
{
	static const struct {
		const char *text;
		int digits;
		int64_t want;
	} cases[] = {{"1.005", 2, 100}, {"1.015", 2, 102}, {"1.025", 2, 102},
	    {"1.0250001", 2, 103}, {"1.0251", 2, 103}, {"-1.015", 2, -102},
	    {"0.005", 2, 0}, {"0.0050000000000000000000001", 2, 1}, {"0.004", 2, 0},
	    {"0.999", 2, 100}, {"2.5", 0, 2}, {"3.5", 0, 4}, {"0.5", 0, 0}, {"1.5", 0, 2},
	    {"1.2345", 3, 1234}, {"1.2355", 3, 1236}, {"0.0000000001", 2, 0},
	    {"1E-5", 2, 0}, {"9.995", 2, 1000}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t got;
		cr_assert(number_read(
		    slice_of(cases[i].text), DECIMAL_POINT, cases[i].digits, &got));
		cr_expect_eq(got, cases[i].want, "%s gave %" PRId64, cases[i].text, got);
	}
}

Test(money, plain_numbers_have_no_currency)
{
	int64_t got = 0;
	cr_assert(number_read(slice_of("0.25"), DECIMAL_AUTO, 4, &got));
	cr_assert_eq(got, 2500);
	cr_assert_not(number_read(slice_of("$0.25"), DECIMAL_AUTO, 4, &got));
	cr_assert_not(number_read(slice_of("25%"), DECIMAL_AUTO, 4, &got));
}

/* What the program writes it reads back, to the last cent. */
Test(money, round_trips)
{
	static const char *const codes[] = {"USD", "EUR", "JPY", "KWD", ""};
	for (int i = 0; i < 200000; i++) {
		struct currency c = {""}, said;
		strcpy(c.code, codes[any(5)]);
		money_t amount = (money_t)(any(UINT64_MAX) >> any(64)), got;
		amount = amount == MONEY_NONE ? 0 : any(2) ? amount : -amount;
		if (amount == MONEY_NONE)
			continue;
		char buf[MONEY_TEXT];
		int digits = currency_digits(c);
		money_plain(amount, c, buf);
		cr_assert(money_read(slice_of(buf), DECIMAL_POINT, digits, &got, &said));
		cr_assert_eq(got, amount, "%s", buf);
		money_format(amount, c, buf);
		cr_assert(money_read(slice_of(buf), DECIMAL_AUTO, digits, &got, &said),
		    "%s", buf);
		cr_assert_eq(got, amount, "%s", buf);
		cr_assert(currency_eq(c, said));
		cr_assert_lt(strlen(money_short(amount, c, buf)), 6, "%s", buf);
	}
}

/* Damaged text is judged without reading beyond its end, and look and read agree. */
Test(money, damaged_text_is_safe)
{
	static const char letters[] =
	    "0123456789.,'()-+ $kKmMbBeEUSD%\xC2\xA0\xE2\x82\xAC";
	for (int i = 0; i < 300000; i++) {
		size_t len = any(14);
		char *text = malloc(len + 1);
		for (size_t k = 0; k < len; k++)
			text[k] = letters[any(sizeof letters - 1)];
		struct slice s = {.p = text, .len = len};
		money_t got;
		struct currency said;
		bool as_point = money_read(s, DECIMAL_POINT, 2, &got, &said);
		bool as_comma = money_read(s, DECIMAL_COMMA, 2, &got, &said);
		switch (number_look(s)) {
		case NUMBER_BAD:
			cr_assert(!as_point && !as_comma, "%.*s", (int)len, text);
			break;
		case NUMBER_POINT:
			cr_assert_not(as_comma, "%.*s", (int)len, text);
			break;
		case NUMBER_COMMA:
			cr_assert_not(as_point, "%.*s", (int)len, text);
			break;
		default:
			cr_assert_eq(as_point, as_comma, "%.*s", (int)len, text);
		}
		free(text);
	}
}

Test(money, currencies)
{
	static const struct {
		const char *text, *code;
	} said[] = {{"usd", "USD"}, {"USD", "USD"}, {"$", "USD"}, {"EUR - Euro", "EUR"},
	    {" gbp ", "GBP"}, {EURO, "EUR"}, {"US$", "USD"}, {"USD (US Dollar)", "USD"},
	    {"XYZ", NULL}, {"", NULL}, {"Euro", NULL}, {"$5", NULL}, {"dollars", NULL}};
	for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
		struct currency c = {""};
		cr_assert_eq(currency_read(slice_of(said[i].text), &c),
		    said[i].code != NULL, "%s", said[i].text);
		cr_assert_str_eq(c.code, said[i].code ? said[i].code : "");
	}
	cr_assert_eq(currency_digits((struct currency){"USD"}), 2);
	cr_assert_eq(currency_digits((struct currency){""}), 2);
	cr_assert_eq(currency_digits((struct currency){"JPY"}), 0);
	cr_assert_eq(currency_digits((struct currency){"KWD"}), 3);
	cr_assert_not(currency_eq((struct currency){"USD"}, (struct currency){"EUR"}));
}

Test(money, sums_do_not_overflow)
{
	money_t total = INT64_MAX - 1;
	cr_assert(money_add(&total, 1));
	cr_assert_not(money_add(&total, 1));
	cr_assert_eq(total, INT64_MAX);
	cr_assert_not(money_add(&total, MONEY_NONE));
	total = -INT64_MAX;
	cr_assert_not(money_add(&total, -1)); /* would be MONEY_NONE */
	cr_assert_eq(total, -INT64_MAX);
}

static const struct {
	money_t amount;
	const char *code, *full, *brief, *small, *plain;
} shown[] = {
    {24000000, "USD", "$240,000", "$240k", "240k", "240000.00"},
    {790000000, "USD", "$7,900,000", "$7.9M", "7.9M", "7900000.00"},
    {95000, "USD", "$950", "$950", "950", "950.00"},
    {120050, "EUR", "EUR 1,200.50", "EUR 1.2k", "1.2k", "1200.50"},
    {-120050, "EUR", "EUR -1,200.50", "EUR -1.2k", "-1.2k", "-1200.50"},
    {-24000000, "USD", "-$240,000", "-$240k", "-240k", "-240000.00"},
    {-20, "USD", "-$0.20", "$0", "0", "-0.20"},
    {5, "", "0.05", "0", "0", "0.05"},
    {240000, "JPY", "JPY 240,000", "JPY 240k", "240k", "240000"},
    {1500, "KWD", "KWD 1.500", "KWD 2", "2", "1.500"},
    {99960, "USD", "$999.60", "$1k", "1k", "999.60"},
    {99949900, "USD", "$999,499", "$999k", "999k", "999499.00"},
    {99999900, "USD", "$999,999", "$1M", "1M", "999999.00"},
    {500000000, "USD", "$5,000,000", "$5M", "5M", "5000000.00"},
    {0, "USD", "$0", "$0", "0", "0.00"},
    {INT64_MAX, "USD", "$92,233,720,368,547,758.07", "$92Q", "92Q",
        "92233720368547758.07"},
    {-INT64_MAX, "JPY", "JPY -9,223,372,036,854,775,807", "JPY -####", "-####",
        "-9223372036854775807"},
    {MONEY_NONE, "USD", "", "", "", ""},
};

Test(money, is_shown_for_people_and_files)
{
	for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
		struct currency c = {""};
		char buf[MONEY_TEXT];
		strcpy(c.code, shown[i].code);
		cr_expect_str_eq(
		    money_format(shown[i].amount, c, buf), shown[i].full, "%s", buf);
		cr_expect_str_eq(
		    money_brief(shown[i].amount, c, buf), shown[i].brief, "%s", buf);
		cr_expect_str_eq(
		    money_short(shown[i].amount, c, buf), shown[i].small, "%s", buf);
		cr_expect_str_eq(
		    money_plain(shown[i].amount, c, buf), shown[i].plain, "%s", buf);
	}
}

Test(money, is_hidden_for_people_only)
{
	char buf[MONEY_TEXT];
	struct currency usd = {"USD"};
	money_hide(true);
	cr_assert_str_eq(money_format(123456, usd, buf), "***");
	cr_assert_str_eq(money_brief(123456, usd, buf), "***");
	cr_assert_str_eq(money_short(123456, usd, buf), "***");
	cr_assert_str_eq(money_format(MONEY_NONE, usd, buf), "");
	cr_assert_str_eq(money_plain(123456, usd, buf), "1234.56");
	money_hide(false);
	cr_assert_str_eq(money_format(123456, usd, buf), "$1,234.56");
}
