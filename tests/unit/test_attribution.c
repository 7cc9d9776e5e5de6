#include <criterion/criterion.h>

#include "huddle/sourced.h"
#include <stdlib.h>
#include <string.h>

/* The seven models by examples worked out by hand, with every rule for the edges, and
 * properties that hold for any deal. */

TestSuite(attribution);

enum { DAY0 = 20000, MOST = 64 };

static struct attribution_touch touches[MOST];
static int64_t parts[MOST];

/* Touches at noon of these days after DAY0; ended by -1. */
static size_t touch_days(const int *days)
{
	size_t n = 0;
	memset(touches, 0, sizeof touches);
	for (; days[n] >= 0; n++)
		touches[n] = (struct attribution_touch){.key = (int64_t)n + 1,
		    .at = (instant_t)(DAY0 + days[n]) * DAY_SECONDS + DAY_SECONDS / 2};
	return n;
}

static instant_t end_of(int day)
{
	return day < 0 ? INSTANT_NONE : (instant_t)(DAY0 + day + 1) * DAY_SECONDS - 1;
}

static struct attribution_times times(int lead, int made, int won)
{
	return (struct attribution_times){.from = INSTANT_NONE,
	    .end = INT64_MAX,
	    .lead = end_of(lead),
	    .made = end_of(made),
	    .won = end_of(won)};
}

static void share(
    enum attribution_model model, size_t n, struct attribution_times at, int64_t whole)
{
	struct attribution_rules rules = {.model = model, .half_life = 7};
	uint64_t total = attribution_weigh(touches, n, &at, &rules);
	uint64_t sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += touches[i].weight;
	cr_assert_eq(sum, total);
	attribution_split(parts, touches, n, total, whole);
}

#define cr_parts(...)                                                               \
	do {                                                                        \
		const int64_t wanted_[] = {__VA_ARGS__};                            \
		for (size_t i_ = 0; i_ < sizeof wanted_ / sizeof *wanted_; i_++)    \
			cr_expect_eq(parts[i_], wanted_[i_],                        \
			    "part %zu is %lld, not %lld", i_, (long long)parts[i_], \
			    (long long)wanted_[i_]);                                \
	} while (0)

/* Five touches; a lead after the second, a deal after the fourth, won after the last. */
#define FIVE       ((const int[]){0, 10, 20, 30, 40, -1})
#define FIVE_TIMES times(15, 35, 50)

Test(attribution, single_touches)
{
	size_t n = touch_days(FIVE);
	share(MODEL_FIRST, n, FIVE_TIMES, 100000);
	cr_parts(100000, 0, 0, 0, 0);
	share(MODEL_LAST, n, FIVE_TIMES, 100000);
	cr_parts(0, 0, 0, 0, 100000);
}

/* 100.00 over three: 33.33 each, and the cent that is left to the first. */
Test(attribution, linear)
{
	size_t n = touch_days(FIVE);
	share(MODEL_LINEAR, n, FIVE_TIMES, 100000);
	cr_parts(20000, 20000, 20000, 20000, 20000);
	n = touch_days((const int[]){1, 2, 3, -1});
	share(MODEL_LINEAR, n, FIVE_TIMES, 10000);
	cr_parts(3334, 3333, 3333);
	share(MODEL_LINEAR, n, FIVE_TIMES, 2);
	cr_parts(1, 1, 0);
	share(MODEL_LINEAR, n, FIVE_TIMES, -10000);
	cr_parts(-3334, -3333, -3333);
	share(MODEL_LINEAR, n, FIVE_TIMES, 0);
	cr_parts(0, 0, 0);
}

/* 40 first, 40 lead creation; 20 over three are 6.66 2/3 each. */
Test(attribution, u)
{
	size_t n = touch_days(FIVE);
	share(MODEL_U, n, FIVE_TIMES, 100000);
	cr_parts(40000, 40000, 6667, 6667, 6666);
}

Test(attribution, w)
{
	size_t n = touch_days(FIVE);
	share(MODEL_W, n, FIVE_TIMES, 100000);
	cr_parts(30000, 30000, 5000, 30000, 5000);
}

Test(attribution, full)
{
	size_t n = touch_days(FIVE);
	share(MODEL_FULL, n, FIVE_TIMES, 100000);
	cr_parts(22500, 22500, 10000, 22500, 22500);
}

/* A half-life apart each: 1, 2, 4, 8, 16 of 31. Rounded down 3 cents are left, for
 * the remainders .90, .81 and .61. */
Test(attribution, decay)
{
	size_t n = touch_days((const int[]){0, 7, 14, 21, 28, -1});
	share(MODEL_DECAY, n, FIVE_TIMES, 100000);
	cr_parts(3226, 6452, 12903, 25806, 51613);
	/* Ten years before the last nothing is left of a touch, and nothing is wrong. */
	n = touch_days((const int[]){0, 3650, -1});
	share(MODEL_DECAY, n, FIVE_TIMES, 100000);
	cr_parts(0, 100000);
}

/* A touch that is two milestones has the shares of both. */
Test(attribution, milestones_that_coincide_add_up)
{
	size_t n = touch_days((const int[]){0, 10, 20, -1});
	share(MODEL_U, n, times(5, 15, 30), 100000);
	cr_parts(80000, 10000, 10000);
	share(MODEL_W, n, times(5, 15, 30), 100000);
	cr_parts(60000, 30000, 10000);
	share(MODEL_FULL, n, times(5, 5, 30), 100000);
	cr_parts(67500, 10000, 22500);
	n = touch_days((const int[]){3, -1});
	for (int m = 0; m < ATTRIBUTION_MODELS; m++) {
		share((enum attribution_model)m, n, FIVE_TIMES, 99999);
		cr_parts(99999);
	}
}

/* The 20 or 10 of an empty middle go to the milestones, each as much. */
Test(attribution, an_empty_middle_goes_to_the_milestones)
{
	size_t n = touch_days((const int[]){0, 10, -1});
	share(MODEL_U, n, times(15, -1, -1), 100000);
	cr_parts(50000, 50000);
	n = touch_days((const int[]){0, 10, 20, -1});
	share(MODEL_W, n, times(15, 25, -1), 100000);
	cr_parts(33334, 33333, 33333);
	n = touch_days((const int[]){0, 10, 20, 30, -1});
	share(MODEL_FULL, n, times(15, 25, 35), 100000);
	cr_parts(25000, 25000, 25000, 25000);
}

Test(attribution, a_milestone_without_a_touch_gives_its_share_to_the_others)
{
	size_t n = touch_days(FIVE);
	/* Nobody became a lead. */
	share(MODEL_W, n, times(-1, 35, -1), 100000);
	cr_parts(45000, 3334, 3333, 45000, 3333);
	share(MODEL_U, n, times(-1, 35, -1), 100000);
	cr_parts(80000, 5000, 5000, 5000, 5000);
	/* The full path of an open deal is its W. */
	share(MODEL_FULL, n, times(15, 35, -1), 100000);
	cr_parts(30000, 30000, 5000, 30000, 5000);
	/* The lead was there before the first touch. */
	n = touch_days((const int[]){20, 30, 40, -1});
	share(MODEL_W, n, times(10, 35, -1), 100000);
	cr_parts(45000, 45000, 10000);
	/* Nothing is known but the touches. */
	share(MODEL_FULL, n, times(-1, -1, -1), 100000);
	cr_parts(90000, 5000, 5000);
}

/* At or before: the very second counts, and a deal created on a day is after all
 * touches of that day. */
Test(attribution, a_touch_at_the_milestone_is_its_own)
{
	size_t n = touch_days((const int[]){0, 10, 20, -1});
	struct attribution_times at = times(-1, -1, -1);
	at.lead = touches[1].at;
	share(MODEL_U, n, at, 100000);
	cr_parts(40000, 40000, 20000);
	at.lead--;
	share(MODEL_U, n, at, 100000);
	cr_parts(80000, 10000, 10000);
}

Test(attribution, no_touch_no_share)
{
	share(MODEL_W, 0, FIVE_TIMES, 100000);
	struct attribution_times at = FIVE_TIMES;
	struct attribution_rules rules = {.model = MODEL_LINEAR};
	cr_assert_eq(attribution_weigh(touches, 0, &at, &rules), 0);
}

Test(attribution, the_window_ends_with_the_deal)
{
	struct attribution_rules rules = {.lookback = 10};
	struct deal deal = {.status = DEAL_WON,
	    .created = DAY0 + 5,
	    .closed = DAY0 + 20,
	    .close_date = DAY0 + 21};
	struct attribution_times at =
	    attribution_times_of(&deal, INSTANT_NONE, &rules, DAY0 + 99);
	size_t n = touch_days((const int[]){21, 20, 10, 9, 5, -1});
	cr_assert_eq(at.won, end_of(20));
	cr_assert_eq(at.made, end_of(5));
	n = attribution_order(touches, n, &at);
	cr_assert_eq(n, 4); /* not the one of the day after */
	cr_assert_eq(touches[0].key, 5);
	cr_assert_eq(attribution_before(touches, n, &at), 2); /* days 5 and 9 */
	deal.status = DEAL_OPEN;
	at = attribution_times_of(&deal, INSTANT_NONE, &rules, DAY0 + 30);
	cr_assert_eq(at.end, end_of(30));
	cr_assert_eq(at.won, INSTANT_NONE);
	rules.lookback = 0;
	at = attribution_times_of(&deal, INSTANT_NONE, &rules, DAY0 + 30);
	cr_assert_eq(attribution_before(touches, n, &at), 0);
}

Test(attribution, opens_do_not_count)
{
	static const char *const never[] = {"Email open", "email_open", "EMAIL_OPENED",
	    "Open", "Opens", "Opened email", "Open Email", "E-mail open", "Email bounced",
	    "Bounce", "Unsubscribed", "Form error"};
	static const char *const sent[] = {"Email sent", "SENT", "Send Email",
	    "Email delivered", "Webinar invitation", "Invited"};
	static const char *const always[] = {"Email click", "Email", "Webinar", "Form",
	    "Open house", "Open Day 2026", "Opening party", "Web visit", "",
	    "Presentation"};
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		cr_expect_not(touch_counts(slice_of(never[i]), true), "%s", never[i]);
		cr_expect_not(touch_counts(slice_of(never[i]), false), "%s", never[i]);
	}
	for (size_t i = 0; i < sizeof sent / sizeof *sent; i++) {
		cr_expect(touch_counts(slice_of(sent[i]), true), "%s", sent[i]);
		cr_expect_not(touch_counts(slice_of(sent[i]), false), "%s", sent[i]);
	}
	for (size_t i = 0; i < sizeof always / sizeof *always; i++) {
		cr_expect(touch_counts(slice_of(always[i]), true), "%s", always[i]);
		cr_expect(touch_counts(slice_of(always[i]), false), "%s", always[i]);
	}
}

/* ---- any deal ---- */

static uint64_t seed;

static uint64_t draw(uint64_t below)
{
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (seed >> 33) % below;
}

static struct attribution_times draw_times(void)
{
	struct attribution_times at = times(-1, -1, -1);
	if (draw(4))
		at.lead = (instant_t)(DAY0 + draw(100)) * DAY_SECONDS;
	if (draw(4))
		at.made = (instant_t)(DAY0 + draw(100)) * DAY_SECONDS;
	if (draw(2))
		at.won = (instant_t)(DAY0 + draw(120)) * DAY_SECONDS;
	return at;
}

/* Few instants, so that many touches are at the same one. */
static size_t draw_touches(void)
{
	size_t n = 1 + (size_t)draw(MOST - 1);
	for (size_t i = 0; i < n; i++)
		touches[i] = (struct attribution_touch){.key = (int64_t)i + 1,
		    .at =
		        (instant_t)DAY0 * DAY_SECONDS + (instant_t)draw(60) * 86400 * 2};
	return n;
}

static void shuffle(size_t n)
{
	for (size_t i = n; i > 1; i--) {
		size_t j = (size_t)draw(i);
		struct attribution_touch t = touches[j];
		touches[j] = touches[i - 1];
		touches[i - 1] = t;
	}
}

static void check_parts(size_t n, int64_t whole)
{
	int64_t sum = 0;
	for (size_t i = 0; i < n; i++) {
		cr_assert_geq(parts[i], 0);
		cr_assert(touches[i].weight || !parts[i], "a share without a weight");
		sum += parts[i];
	}
	cr_assert_eq(sum, whole);
}

Test(attribution, shares_of_any_deal_add_up_to_the_cent)
{
	int64_t first[MOST];
	for (seed = 1; seed < 4000;) {
		uint64_t next = seed + 1;
		struct attribution_times at = draw_times();
		int64_t whole = (int64_t)draw(draw(2) ? 200 : UINT64_C(1) << 31);
		size_t n = draw_touches();
		for (int m = 0; m < ATTRIBUTION_MODELS; m++) {
			cr_assert_eq(attribution_order(touches, n, &at), n);
			share((enum attribution_model)m, n, at, whole);
			check_parts(n, whole);
			memcpy(first, parts, sizeof first);
			shuffle(n);
			cr_assert_eq(attribution_order(touches, n, &at), n);
			share((enum attribution_model)m, n, at, whole);
			cr_assert(!memcmp(first, parts, n * sizeof *first),
			    "the order of input matters");
			share((enum attribution_model)m, n, at, SHARE_ONE);
			check_parts(n, SHARE_ONE);
		}
		seed = next;
	}
}

/* The largest amount there is, over millions of touches. */
Test(attribution, nothing_overflows)
{
	enum { MANY = 2000000 };
	struct attribution_touch *many = calloc(MANY, sizeof *many);
	int64_t *all = calloc(MANY, sizeof *all);
	struct attribution_times at = times(1, 2, 3);
	for (int i = 0; i < MANY; i++)
		many[i] =
		    (struct attribution_touch){.key = i + 1, .at = end_of(0) + i / 50};
	for (int m = 0; m < ATTRIBUTION_MODELS; m++) {
		struct attribution_rules rules = {
		    .model = (enum attribution_model)m, .half_life = 7};
		__int128 sum = 0;
		attribution_split(all, many, MANY,
		    attribution_weigh(many, MANY, &at, &rules), INT64_MAX);
		for (int i = 0; i < MANY; i++)
			sum += all[i];
		cr_assert(sum == INT64_MAX, "%s", attribution_model_names[m]);
	}
	free(many);
	free(all);
}
