#include "truth_company.h"

/* The bridge: each bucket by example, that it sums for any company, and that its
 * start is what was the end a week before. */

enum { S = 20000, D = 86400 };

static struct arena arena;

static void teardown(void)
{
	arena_release(&arena);
}

TestSuite(bridge, .fini = teardown);

/* Of this month unless said otherwise. */
static struct deal deal(
    const char *id, money_t amount, enum deal_status status, day_t close)
{
	return (struct deal){.id = id,
	    .name = id,
	    .account = "",
	    .owner = "Ana",
	    .stage = "Propose",
	    .stage_order = 2,
	    .forecast = FORECAST_PIPELINE,
	    .amount = amount,
	    .currency = {"USD"},
	    .close_date = close,
	    .status = status};
}

static const struct bridge_scope everything = {NULL, {DAY_NONE, DAY_NONE}};
static const struct bridge_scope month = {NULL, {S, S + 29}};
static const struct bridge_scope of_ana = {"ana", {DAY_NONE, DAY_NONE}};

/* The one deal's bucket and amount. */
static void expect(const struct deal *then, const struct deal *now, bool deleted,
    const struct bridge_scope *scope, int bucket, money_t amount)
{
	struct deal_pair pair = {.then = then, .now = now, .deleted = deleted};
	struct bridge_list list;
	bridge_make(&list, &arena, &pair, 1, scope);
	if (bucket < 0) {
		cr_assert_eq(list.count, 0);
		return;
	}
	cr_assert_eq(list.count, 1);
	const struct bridge *b = &list.items[0];
	cr_assert_eq(b->n_deals, 1);
	cr_assert_str_eq(bridge_bucket_name(b->deals[0].bucket),
	    bridge_bucket_name((enum bridge_bucket)bucket));
	cr_assert_eq(b->deals[0].amount, amount, "%lld", (long long)b->deals[0].amount);
	cr_assert_eq(b->residual, 0);
	cr_assert_eq(b->start + b->buckets[bucket].amount, b->end);
}

Test(bridge, of_all_open_deals)
{
	struct deal a = deal("a", 100, DEAL_OPEN, S), more = deal("a", 130, DEAL_OPEN, S),
	            later = deal("a", 100, DEAL_OPEN, S + 60),
	            won = deal("a", 120, DEAL_WON, S), lost = deal("a", 90, DEAL_LOST, S),
	            none = deal("a", MONEY_NONE, DEAL_OPEN, S);
	expect(&a, &a, false, &everything, BRIDGE_UNCHANGED, 0);
	expect(&a, &more, false, &everything, BRIDGE_INCREASED, 30);
	expect(&more, &a, false, &everything, BRIDGE_DECREASED, -30);
	expect(&a, &later, false, &everything, BRIDGE_UNCHANGED, 0);
	expect(&a, &won, false, &everything, BRIDGE_WON, -100);
	expect(&a, &lost, false, &everything, BRIDGE_LOST, -100);
	expect(&lost, &a, false, &everything, BRIDGE_REOPENED, 100);
	expect(NULL, &a, false, &everything, BRIDGE_NEW, 100);
	expect(&a, &a, true, &everything, BRIDGE_DELETED, -100);
	expect(NULL, &won, false, &everything, BRIDGE_CAME_AND_WENT, 0);
	expect(NULL, &a, true, &everything, -1, 0);
	expect(&won, &won, false, &everything, -1, 0);
	expect(&none, &a, false, &everything, BRIDGE_INCREASED, 100);
	expect(&a, &none, false, &everything, BRIDGE_DECREASED, -100);
}

Test(bridge, of_one_period)
{
	struct deal in = deal("a", 100, DEAL_OPEN, S + 3),
	            in2 = deal("a", 150, DEAL_OPEN, S),
	            later = deal("a", 100, DEAL_OPEN, S + 40),
	            before = deal("a", 100, DEAL_OPEN, S - 5),
	            none = deal("a", 100, DEAL_OPEN, DAY_NONE),
	            won_later = deal("a", 100, DEAL_WON, S + 40);
	expect(&in, &later, false, &month, BRIDGE_PUSHED_OUT, -100);
	expect(&in, &before, false, &month, BRIDGE_PULLED_OUT, -100);
	expect(&in, &none, false, &month, BRIDGE_PUSHED_OUT, -100);
	expect(&later, &in, false, &month, BRIDGE_PULLED_IN, 100);
	expect(&before, &in, false, &month, BRIDGE_PUSHED_IN, 100);
	expect(&none, &in, false, &month, BRIDGE_PULLED_IN, 100);
	expect(&later, &before, false, &month, -1, 0);
	/* Won counts before the move, and the amount as it was. */
	expect(&in2, &won_later, false, &month, BRIDGE_WON, -150);
	expect(&in, &in2, false, &month, BRIDGE_INCREASED, 50);
}

Test(bridge, of_one_owner)
{
	struct deal ana = deal("a", 100, DEAL_OPEN, S), bob = ana, won = ana;
	bob.owner = "Bob";
	won.status = DEAL_WON;
	won.owner = "Bob";
	expect(&ana, &bob, false, &of_ana, BRIDGE_TRANSFERRED_OUT, -100);
	expect(&bob, &ana, false, &of_ana, BRIDGE_TRANSFERRED_IN, 100);
	expect(&ana, &won, false, &of_ana, BRIDGE_WON, -100);
	expect(&bob, &bob, false, &of_ana, -1, 0);
	expect(&ana, &ana, false, &of_ana, BRIDGE_UNCHANGED, 0);
}

Test(bridge, an_amount_that_changed_on_the_way_in_is_told)
{
	struct deal later = deal("a", 100, DEAL_OPEN, S + 40),
	            in = deal("a", 130, DEAL_OPEN, S);
	struct deal_pair pair = {.then = &later, .now = &in};
	struct bridge_list list;
	bridge_make(&list, &arena, &pair, 1, &month);
	cr_assert_eq(list.items[0].deals[0].bucket, BRIDGE_PULLED_IN);
	cr_assert_eq(list.items[0].deals[0].amount, 130);
	cr_assert_eq(list.items[0].deals[0].delta, 30);
}

Test(bridge, moves_are_counted_whatever_the_bucket)
{
	struct deal a = deal("a", 100, DEAL_OPEN, S), b = deal("a", 90, DEAL_OPEN, S + 9);
	struct deal_pair pair = {.then = &a, .now = &b};
	struct bridge_list list;
	b.stage_order = 1;
	b.forecast = FORECAST_COMMIT;
	b.owner = "Bob";
	bridge_make(&list, &arena, &pair, 1, &everything);
	cr_assert_eq(list.moves[MOVE_AMOUNT][0], 1);
	cr_assert_eq(list.moves[MOVE_CLOSE_DATE][1], 1);
	cr_assert_eq(list.moves[MOVE_STAGE][0], 1);
	cr_assert_eq(list.moves[MOVE_FORECAST][1], 1);
	cr_assert_eq(list.moves[MOVE_OWNER][1], 1);
	cr_assert_str_eq(move_word(MOVE_CLOSE_DATE, 1), "pushed");
	cr_assert_str_eq(move_word(MOVE_STAGE, -1), "back");
}

/* Any companies: every deal has one place, and each currency sums. */
Test(bridge, sums_for_any_pairs_and_scopes)
{
	static const char *const codes[] = {"USD", "EUR", ""}, *const owners[] = {
	                                                           "Ana", "Bob"};
	unsigned seed = 7;
	for (int round = 0; round < 400; round++) {
		struct deal deals[60][2];
		struct deal_pair pairs[60];
		for (int i = 0; i < 60; i++) {
			for (int k = 0; k < 2; k++) {
				seed = seed * 1103515245 + 12345;
				unsigned r = seed >> 8;
				deals[i][k] = deal("d",
				    r % 7 ? (money_t)(r % 5000) - 400 : MONEY_NONE,
				    (enum deal_status)(r / 7 % 3),
				    r % 11 ? S - 30 + (int)(r / 3 % 90) : DAY_NONE);
				deals[i][k].owner = owners[r / 5 % 2];
				memcpy(deals[i][k].currency.code, codes[i % 3],
				    strlen(codes[i % 3]) + 1);
			}
			pairs[i] = (struct deal_pair){
			    .then = seed >> 20 & 3 ? &deals[i][0] : NULL,
			    .now = &deals[i][1],
			    .deleted_then = (seed >> 22 & 7) == 0,
			    .deleted = (seed >> 25 & 7) == 0};
		}
		const struct bridge_scope both = {"bob", {S, S + 29}};
		const struct bridge_scope *scopes[] = {
		    &everything, &month, &of_ana, &both};
		for (int s = 0; s < 4; s++) {
			struct bridge_list list;
			bridge_make(&list, &arena, pairs, 60, scopes[s]);
			for (size_t i = 0; i < list.count; i++) {
				const struct bridge *b = &list.items[i];
				size_t counted = 0;
				money_t sum = b->start;
				for (int k = 0; k < BRIDGE_BUCKETS; k++) {
					counted += b->buckets[k].count;
					sum += b->buckets[k].amount;
					for (size_t d = 0; d < b->buckets[k].count; d++)
						cr_assert_eq(
						    (int)b->deals[b->buckets[k].first + d]
						        .bucket,
						    k);
				}
				cr_assert_eq(counted, b->n_deals);
				cr_assert_eq(sum, b->end);
				cr_assert_eq(b->residual, 0);
			}
		}
		arena_clear(&arena);
	}
}

struct ends {
	money_t start, end;
	size_t won, lost, changed;
};

static struct ends bridge_since(day_t since, day_t today)
{
	struct deal_pair *pairs;
	struct bridge_list list;
	struct err err = ERR_INIT;
	size_t count;
	day_t earliest;
	struct store *store = store_here(true);
	cr_assert(store_load_pairs(
	              store, &arena, since, today, &pairs, &count, &earliest, &err),
	    "%s", err.text);
	bridge_make(&list, &arena, pairs, count, &everything);
	store_close(store);
	cr_assert_eq(list.count, 1);
	const struct bridge *b = &list.items[0];
	cr_assert_eq(b->residual, 0);
	return (struct ends){b->start, b->end, b->buckets[BRIDGE_WON].count,
	    b->buckets[BRIDGE_LOST].count,
	    b->n_deals - b->buckets[BRIDGE_UNCHANGED].count};
}

static money_t open_total(day_t today)
{
	struct deal_list deals;
	struct err err = ERR_INIT;
	money_t sum = 0;
	struct store *store = store_here(true);
	cr_assert(store_load_deals(store, &arena, DEAL_OPEN, 0, today, &deals, &err));
	store_close(store);
	for (size_t i = 0; i < deals.count; i++)
		sum += deals.items[i].amount == MONEY_NONE ? 0 : deals.items[i].amount;
	return sum;
}

static void weekly_teardown(void)
{
	teardown();
	sync_teardown();
}

/* By the CRM's own history, and again by our syncs alone. */
static void walk_weeks(bool history)
{
	day_t first = day_from_civil(2026, 3, 2), today = first;
	money_t totals[6];
	for (int week = 0; week < 6; week++, today += 7) {
		char day[DAY_TEXT];
		shell("rm -rf in && '%s/huddle-generate' --truth 1 --deals 500 --seed 8 "
		      "--as-of %s "
		      "--out in%s",
		    TEST_BINARY_DIR, day_format(today, day),
		    history ? ""
		            : " && rm in/history.csv && sed -i '/^.history/,/^$/d' "
		              "in/truth.ini");
		cr_assert_eq(sync_with((struct sync_options){
		                 .source = in_folder("in/truth.ini"), .as_of = today}),
		    EXIT_OK, "%s: %s", said.err.place, said.err.text);
		totals[week] = open_total(today);
	}
	today -= 7;
	for (int week = 0; week < 6; week++) {
		struct ends ends = bridge_since(first + 7 * week, today);
		cr_expect_eq(ends.start, totals[week], "week %d: %lld, not %lld", week,
		    (long long)ends.start, (long long)totals[week]);
		cr_expect_eq(ends.end, totals[5]);
	}
	cr_expect_gt(bridge_since(first, today).changed, 20);
	cr_expect_eq(bridge_since(today, today).changed, 0);
}

Test(bridge_weeks, starts_where_a_week_ended_by_the_crm_history, .init = sync_setup,
    .fini = weekly_teardown)
{
	walk_weeks(true);
}

Test(bridge_weeks, starts_where_a_week_ended_by_our_syncs, .init = sync_setup,
    .fini = weekly_teardown)
{
	walk_weeks(false);
}
