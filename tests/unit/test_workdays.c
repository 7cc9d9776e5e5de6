#include <criterion/criterion.h>

#include "huddle/workdays.h"

#define SAT_SUN (1u << 5 | 1u << 6)
#define FRI_SAT (1u << 4 | 1u << 5)

static day_t on(int year, int month, int day)
{
	return day_from_civil(year, month, day);
}

/* The slow way: day by day. */
static int counted(const struct workdays *w, day_t from, day_t to)
{
	int n = 0;
	for (day_t day = from + 1; day <= to; day++)
		n += workdays_has(w, day);
	return n;
}

Test(workdays, a_weekend_does_not_count)
{
	struct workdays w = {.weekend = SAT_SUN};
	cr_expect_eq(workdays_between(&w, on(2026, 11, 20), on(2026, 11, 23)), 1);
	cr_expect_eq(workdays_between(&w, on(2026, 11, 20), on(2026, 11, 22)), 0);
	cr_expect_eq(workdays_between(&w, on(2026, 11, 20), on(2026, 11, 20)), 0);
	cr_expect_eq(workdays_between(&w, on(2026, 11, 23), on(2026, 11, 20)), -1);
}

Test(workdays, friday_and_saturday)
{
	struct workdays w = {.weekend = FRI_SAT};
	cr_expect_eq(workdays_between(&w, on(2026, 11, 19), on(2026, 11, 22)), 1);
	cr_expect_not(workdays_has(&w, on(2026, 11, 20)));
	cr_expect(workdays_has(&w, on(2026, 11, 22)));
}

Test(workdays, holidays_over_the_end_of_a_year)
{
	struct workdays w = {.weekend = SAT_SUN};
	cr_expect(workdays_add_holiday(&w, on(2026, 12, 25))); /* a Friday */
	cr_expect(workdays_add_holiday(&w, on(2026, 12, 26))); /* a Saturday */
	cr_expect(workdays_add_holiday(&w, on(2027, 1, 1)));
	cr_expect(workdays_add_holiday(&w, on(2027, 1, 1)));
	cr_expect_eq(w.n_holidays, 3);
	cr_expect_eq(workdays_between(&w, on(2026, 12, 24), on(2027, 1, 4)), 5);
}

Test(workdays, no_room_for_more_holidays)
{
	struct workdays w = {0};
	for (int i = 0; i < HOLIDAYS_MOST; i++)
		cr_expect(workdays_add_holiday(&w, i));
	cr_expect_not(workdays_add_holiday(&w, HOLIDAYS_MOST));
}

Test(workdays, as_counted_day_by_day)
{
	unsigned seed = 7;
	for (int round = 0; round < 3000; round++) {
		struct workdays w = {.weekend = seed >> 8 & 0x3f};
		day_t from = on(2026, 12, 1) + (int)(seed >> 16) % 60 - 30;
		seed = seed * 1664525u + 1013904223u;
		day_t to = from + (int)(seed >> 16) % 120;
		for (int i = 0; i < 5; i++) {
			seed = seed * 1664525u + 1013904223u;
			workdays_add_holiday(&w, from + (int)(seed >> 16) % 90 - 10);
		}
		int n = counted(&w, from, to);
		cr_assert_eq(workdays_between(&w, from, to), n);
		cr_assert_eq(workdays_between(&w, to, from), -n);
	}
}
