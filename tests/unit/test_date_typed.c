#include <criterion/criterion.h>

#include "huddle/date.h"

static day_t day_of(const char *text)
{
	day_t day = DAY_NONE;
	cr_assert(day_parse(text, &day), "%s", text);
	return day;
}

/* today is Monday, 2026-11-23 */
static const struct {
	const char *text, *want;
} typed[] = {
    {"2026-11-28", "2026-11-28"},
    {"28 nov", "2026-11-28"},
    {"28 Nov", "2026-11-28"},
    {"28nov", "2026-11-28"},
    {"Nov 28", "2026-11-28"},
    {"november 28, 2027", "2027-11-28"},
    {"28.11.", "2026-11-28"},
    {"28.11", "2026-11-28"},
    {"28.11.2027", "2027-11-28"},
    {"28.11.27", "2027-11-28"},
    {"28-nov-2027", "2027-11-28"},
    {"23 nov", "2026-11-23"},
    {"22 nov", "2027-11-22"},
    {"29 feb", "2028-02-29"},
    {"1.1.", "2027-01-01"},
    {"today", "2026-11-23"},
    {"Tomorrow", "2026-11-24"},
    {"yesterday", "2026-11-22"},
    {"fri", "2026-11-27"},
    {"Friday", "2026-11-27"},
    {"mon", "2026-11-30"},
    {"tue", "2026-11-24"},
    {"+3d", "2026-11-26"},
    {"+3", "2026-11-26"},
    {"+1w", "2026-11-30"},
    {"+2m", "2027-01-23"},
    {"-7d", "2026-11-16"},
    {" +1W ", "2026-11-30"},
    {"", NULL},
    {"soon", NULL},
    {"31 nov", NULL},
    {"0 nov", NULL},
    {"28", NULL},
    {"28 xyz", NULL},
    {"28.13.", NULL},
    {"+", NULL},
    {"+d", NULL},
    {"+3x", NULL},
    {"+3dd", NULL},
    {"+99999m", NULL},
    {"28 nov 206", NULL},
    {"28 nov 2026 x", NULL},
    {"2026-11-31", NULL},
    {"03/04/2026", NULL},
    {"todayy", NULL},
    {"f", NULL},
};

Test(date, people_type_it_many_ways)
{
	day_t today = day_of("2026-11-23");
	for (size_t i = 0; i < sizeof typed / sizeof *typed; i++) {
		day_t day = 77;
		char buf[DAY_TEXT];
		bool good = day_typed(typed[i].text, today, &day);
		cr_assert_eq(good, typed[i].want != NULL, "%s", typed[i].text);
		if (good)
			cr_assert_str_eq(day_format(day, buf), typed[i].want,
			    "%s gave %s", typed[i].text, buf);
		else
			cr_assert_eq(day, 77);
	}
}

static const struct {
	const char *text;
	int fiscal;
	const char *first, *last;
} periods[] = {
    {"2026-11", 1, "2026-11-01", "2026-11-30"},
    {"2024-02", 1, "2024-02-01", "2024-02-29"},
    {"2026-Q4", 1, "2026-10-01", "2026-12-31"},
    {"2026-q1", 1, "2026-01-01", "2026-03-31"},
    {"2026-Q1", 2, "2025-02-01", "2025-04-30"},
    {"2026-Q4", 2, "2025-11-01", "2026-01-31"},
    {"2026-Q4", 10, "2026-07-01", "2026-09-30"},
    {"2027-Q1", 10, "2026-10-01", "2026-12-31"},
    {"this-month", 1, "2026-11-01", "2026-11-30"},
    {"next-month", 1, "2026-12-01", "2026-12-31"},
    {"last-month", 1, "2026-10-01", "2026-10-31"},
    {"this-quarter", 1, "2026-10-01", "2026-12-31"},
    {"next-quarter", 1, "2027-01-01", "2027-03-31"},
    {"this-quarter", 2, "2026-11-01", "2027-01-31"},
    {"this-quarter", 3, "2026-09-01", "2026-11-30"},
    {"next-quarter", 3, "2026-12-01", "2027-02-28"},
    {"2026-11-01..2026-11-30", 1, "2026-11-01", "2026-11-30"},
    {"2026-11-30..2026-11-01", 1, NULL, NULL},
    {"2026-11-01..", 1, NULL, NULL},
    {"2026-13", 1, NULL, NULL},
    {"2026-00", 1, NULL, NULL},
    {"2026-Q5", 1, NULL, NULL},
    {"2026-Q0", 1, NULL, NULL},
    {"2026-Q11", 1, NULL, NULL},
    {"2026-1", 1, NULL, NULL},
    {"26-Q1", 1, NULL, NULL},
    {"2026", 1, NULL, NULL},
    {"", 1, NULL, NULL},
    {"this-year-or-so", 1, NULL, NULL},
    {"2026-11", 13, NULL, NULL},
};

Test(date, periods_follow_the_fiscal_year)
{
	day_t today = day_of("2026-11-23");
	for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
		struct period p;
		char buf[DAY_TEXT];
		bool good = period_parse(periods[i].text, today, periods[i].fiscal, &p);
		cr_assert_eq(good, periods[i].first != NULL, "%s", periods[i].text);
		if (!good)
			continue;
		cr_assert_str_eq(day_format(p.first, buf), periods[i].first, "%s: %s",
		    periods[i].text, buf);
		cr_assert_str_eq(day_format(p.last, buf), periods[i].last, "%s: %s",
		    periods[i].text, buf);
	}
}

/* Whatever the fiscal year, each day is in one quarter, and quarters touch. */
Test(date, quarters_tile_the_years)
{
	for (int fiscal = 1; fiscal <= 12; fiscal++) {
		for (day_t day = day_of("2023-12-01"); day < day_of("2029-02-01");
		     day++) {
			struct period p = period_of_quarter(day, fiscal);
			cr_assert(period_has(p, day));
			cr_assert_not(period_has(p, p.last + 1));
			cr_assert_eq(
			    period_of_quarter(p.last + 1, fiscal).first, p.last + 1);
			cr_assert_eq((month_index(p.first) - (fiscal - 1) + 12) % 3, 0);
		}
	}
	cr_assert_not(period_has((struct period){INT32_MIN, 5}, DAY_NONE));
}
