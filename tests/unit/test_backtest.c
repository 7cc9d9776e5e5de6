#include <criterion/criterion.h>

#include "huddle/backtest.h"
#include "huddle/str.h"
#include <math.h>

/* Figures worked out by hand. */

enum { JAN = 19723, FEB = 19754 }; /* 2024-01-01, 2024-02-01 */

static struct backtest count(struct prediction *items, size_t n)
{
	struct backtest out;
	backtest_count(&out, items, n);
	return out;
}

#define EXPECT(value, wanted) cr_expect_float_eq((value), (wanted), 1e-9, "%.6f", (value))

Test(backtest, a_worked_example)
{
	/* Five of January, two of February. Pairs of a slip above a deal that closed:
	 * .9 over .6 .4 .2; .6 ties .6, over .4 .2; .3 over .2: 3 + .5 + 2 + 1 = 6.5
	 * of 3 times 3; and .75 over .6 .4 .2: 3. Four slips, three closed. */
	struct prediction items[] = {
	    {JAN, 1, .6, false, false},
	    {JAN, 2, .9, true, false},
	    {JAN, 3, .2, false, false},
	    {JAN, 4, .6, true, false},
	    {JAN, 5, .3, true, false},
	    {FEB, 6, .4, false, true},
	    {FEB, 7, .75, true, true},
	};
	struct backtest t = count(items, 7);
	cr_expect_eq(t.months, 2);
	cr_expect_eq(t.predictions, 7);
	cr_expect_eq(t.slipped, 4);
	cr_expect_eq(t.trained, 2);
	cr_expect_eq(t.first, JAN);
	cr_expect_eq(t.last, FEB);
	cr_expect_eq(t.trained_from, FEB);
	EXPECT(t.base_rate, 4 / 7.0);
	EXPECT(t.auc, 9.5 / 12);
	EXPECT(t.brier, (.36 + .01 + .04 + .16 + .49 + .16 + .0625) / 7);
	EXPECT(t.brier_base, 4 / 7.0 * 3 / 7.0);
	/* January names .9, .6, .6: the deals 2, 1 and 4; February both. */
	cr_expect_eq(t.named, 5);
	cr_expect_eq(t.named_slipped, 3);
	EXPECT(t.precision, .6);
}

Test(backtest, bins_are_a_tenth_wide_and_the_last_has_its_end)
{
	struct prediction items[] = {{JAN, 1, 0, false, false}, {JAN, 2, .1, true, false},
	    {JAN, 3, .19, false, false}, {JAN, 4, 1, true, false}};
	struct backtest t = count(items, 4);
	cr_expect_eq(t.bins[0].n, 1);
	cr_expect_eq(t.bins[1].n, 2);
	cr_expect_eq(t.bins[9].n, 1);
	EXPECT(t.bins[1].predicted, .145);
	EXPECT(t.bins[1].observed, .5);
	EXPECT(t.bins[1].from, .1);
	EXPECT(t.bins[9].to, 1.0);
	EXPECT(t.calibration, (.355 * 2) / 4);
}

Test(backtest, of_nothing_and_of_one_outcome_there_is_no_number_that_is_none)
{
	struct backtest t = count(NULL, 0);
	cr_expect_eq(t.predictions, 0);
	cr_expect(!t.ranked);
	cr_expect(isfinite(t.brier) && isfinite(t.precision) && isfinite(t.auc));
	struct prediction slipped[] = {
	    {JAN, 1, .5, true, false}, {JAN, 2, .7, true, false}};
	t = count(slipped, 2);
	cr_expect(!t.ranked);
	EXPECT(t.base_rate, 1.0);
	EXPECT(t.brier_base, 0.0);
	cr_expect(isfinite(t.auc) && isfinite(t.calibration));
}

Test(backtest, equal_chances_are_named_in_the_order_of_deals)
{
	struct prediction items[] = {{JAN, 4, .5, true, false},
	    {JAN, 3, .5, false, false}, {JAN, 1, .5, false, false},
	    {JAN, 2, .5, false, false}};
	struct backtest t = count(items, 4);
	cr_expect_eq(t.named, 3);
	cr_expect_eq(t.named_slipped, 0);
	EXPECT(t.auc, .5);
}
