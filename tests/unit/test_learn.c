#include "truth_company.h"
#include <criterion/parameterized.h>
#include <math.h>

/*
 * A model that is trained on companies whose slips follow a known function: how
 * near it comes to what could be known at best.
 */

static struct store *store;
static struct arena arena;
static struct learning learning;

static void teardown(void)
{
	store_close(store);
	store = NULL;
	arena_release(&arena);
	sync_teardown();
}

TestSuite(learn, .init = sync_setup, .fini = teardown);

static void learn(day_t today)
{
	struct err err = ERR_INIT;
	store_close(store);
	store = store_here(false);
	cr_assert(
	    store_backtest(store, &arena, NULL, today, &learning, &err), "%s", err.text);
}

/* Of the truth's own chances from a month on: no method can rank better. */
static struct backtest best(day_t from)
{
	struct backtest out;
	size_t count, n = 0;
	struct truth *truth = truth_read(&count);
	struct prediction *items = xcalloc(count + 1, sizeof *items);
	for (size_t i = 0; i < count; i++) {
		char day[DAY_TEXT];
		snprintf(day, sizeof day, "%.7s-01", truth[i].month);
		items[n] = (struct prediction){.deal = i,
		    .chance = truth[i].chance,
		    .slipped = truth[i].slipped != 0};
		cr_assert(day_parse(day, &items[n].month));
		n += items[n].month >= from;
	}
	backtest_count(&out, items, n);
	free(items);
	free(truth);
	return out;
}

struct truth_case {
	int truth, seed;
};

ParameterizedTestParameters(learn, comes_near_the_best_that_can_be_known)
{
	static struct truth_case cases[] = {{1, 1}, {2, 2}, {3, 3}};
	return cr_make_param_array(struct truth_case, cases, 3);
}

/* Of the months that a trained model predicted, the first of them by a few hundred
 * lessons: with thousands it is nearer (tests/bench/learn). */
ParameterizedTest(struct truth_case *c, learn, comes_near_the_best_that_can_be_known,
    .init = sync_setup, .fini = teardown)
{
	day_t as_of = day_from_civil(2026, 6, 30);
	truth_sync(c->truth, 3000, c->seed, as_of);
	learn(as_of);
	cr_assert_not_null(learning.learned);
	struct backtest limit = best(learning.test.trained_from);
	const struct backtest *t = &learning.trained, *p = &learning.points;
	cr_assert_eq(t->predictions, limit.predictions);
	cr_expect_geq(t->auc, limit.auc - 0.025, "%.3f of %.3f", t->auc, limit.auc);
	cr_expect_gt(t->auc, p->auc, "%.3f by points %.3f", t->auc, p->auc);
	cr_expect_lt(t->brier, t->brier_base);
	cr_expect_lt(t->calibration, 0.05, "%.3f", t->calibration);
	cr_expect_gt(t->predictions * 10, learning.test.predictions * 8);
}

Test(learn, is_the_same_to_the_bit_each_time_and_when_it_is_read_again)
{
	day_t as_of = day_from_civil(2025, 6, 30);
	struct str first = STR_INIT, again = STR_INIT, kept = STR_INIT;
	struct learning read;
	struct err err = ERR_INIT;
	bool found;
	truth_sync(3, 900, 4, as_of);
	learn(as_of);
	cr_assert_not_null(learning.learned);
	learning_format(&first, &learning);
	learn(as_of);
	learning_format(&again, &learning);
	cr_assert_str_eq(str_text(&first), str_text(&again));
	cr_assert(store_learning_kept(store, &arena, NULL, &read, &found, &err) && found);
	learning_format(&kept, &read);
	cr_assert_str_eq(str_text(&first), str_text(&kept));
	str_release(&first);
	str_release(&again);
	str_release(&kept);
}

Test(learn, what_was_kept_does_not_outlive_its_facts)
{
	struct err err = ERR_INIT;
	struct learning read;
	bool found;
	truth_sync(1, 300, 1, day_from_civil(2025, 6, 30));
	learn(day_from_civil(2025, 6, 30));
	cr_assert(store_learning_kept(store, &arena, NULL, &read, &found, &err) && found);
	truth_sync(1, 300, 1, day_from_civil(2025, 7, 7));
	store_close(store);
	store = store_here(true);
	cr_assert(store_learning_kept(store, &arena, NULL, &read, &found, &err));
	cr_assert(!found);
}

/* Whole points that add up, and the chance that the curve makes of them. */
Test(learn, reasons_add_up_to_the_score)
{
	day_t as_of = day_from_civil(2026, 3, 12);
	struct deal_list deals;
	struct err err = ERR_INIT;
	int trained = 0, against = 0;
	truth_sync(2, 1200, 7, as_of);
	learn(as_of);
	struct rater rater = {.learned = learning.learned};
	cr_assert(store_load_deals(store, &arena, DEAL_OPEN, 0, as_of, &deals, &err));
	for (size_t i = 0; i < deals.count; i++) {
		struct risk *risk = &deals.items[i].risk;
		int sum = 0;
		risk_rate(&deals.items[i], &rater, as_of);
		risk_say(&deals.items[i], &rater, as_of, &arena);
		for (int r = 0; r < risk->n_reasons; r++) {
			sum += risk->reasons[r].points;
			cr_expect(*risk->reasons[r].text, "a reason without words");
			against += risk->reasons[r].points < 0;
		}
		trained += risk->trained;
		cr_assert_eq(sum, risk->points);
		cr_assert_eq(risk->probability, risk_curve(risk->points));
		cr_assert_eq(risk->reasons[risk->n_reasons - 1].signal, SIGNAL_BASE);
	}
	cr_assert_eq((size_t)trained, deals.count);
	cr_assert_gt(against, 50);
}

Test(learn, too_short_a_past_is_rated_by_points)
{
	truth_sync(1, 40, 1, day_from_civil(2024, 3, 31));
	learn(day_from_civil(2024, 3, 31));
	cr_assert_null(learning.learned);
	cr_assert_eq(learning.test.trained, 0);
	cr_assert_lt(learning.test.predictions, LEARN_LEAST);
}

Test(learn, text_that_is_not_a_model_is_none)
{
	static const char *const texts[] = {"", "learned 2", "learned 2 1\ntest 1 2 3",
	    "learned 1 0\n", "learned 2 1\nmodel", "x"};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		cr_expect(!learning_parse(&learning, &arena, slice_of(texts[i])), "%s",
		    texts[i]);
}

Test(learn, phases_of_a_month)
{
	day_t nov = day_from_civil(2026, 11, 1);
	cr_expect_eq(learn_phase_of(nov, nov + 29), PHASE_FIRST);
	cr_expect_eq(learn_phase_of(nov + 6, nov + 29), PHASE_FIRST);
	cr_expect_eq(learn_phase_of(nov + 7, nov + 29), PHASE_SECOND);
	cr_expect_eq(learn_phase_of(nov + 14, nov + 29), PHASE_THIRD);
	cr_expect_eq(learn_phase_of(nov + 29, nov + 29), PHASE_LAST);
	cr_expect_eq(learn_phase_of(nov + 29, nov + 30), PHASE_NEXT);
	cr_expect_eq(learn_phase_of(nov, nov + 75), PHASE_AFTER_NEXT);
	cr_expect_eq(learn_phase_of(nov, nov + 400), PHASE_LATER);
}
