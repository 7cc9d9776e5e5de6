#include "huddle/bridge.h"
#include "huddle/store_past.h"
#include "sync_fixture.h"

/* The bridge over small companies of a few syncs: it starts with what that week's
 * rows held, whatever happened to a deal since. */

static struct arena arena;
static struct bridge_list list;

static const char co[] =
    "[source]\nname = co\n[deals]\nfiles = deals.csv\nid = Id\nname = Id\n"
    "stage = Stage\namount = Amount\ncurrency = Cur\nclose_date = Close\n"
    "owner = Owner\ncreated = Made\nstatus = Status\n"
    "[history]\nfiles = history.csv\ndeal_id = Deal\nwhen = When\nfield = Field\n"
    "old = Old\nnew = New\n";
#define DEALS   "Id,Stage,Amount,Cur,Close,Owner,Made,Status\n"
#define HISTORY "Deal,When,Field,Old,New\n"

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
}

static void teardown(void)
{
	arena_release(&arena);
	sync_teardown();
}

TestSuite(bridge_syncs, .init = setup, .fini = teardown);

static day_t november(int day)
{
	return day_from_civil(2026, 11, day);
}

static void week(int day, const char *deals, const char *history, bool full)
{
	put("deals.csv", deals);
	if (history)
		put("history.csv", history);
	cr_assert_eq(sync_with((struct sync_options){.source = in_folder("co.ini"),
	                 .as_of = november(day),
	                 .full = full,
	                 .accept_shrink = true}),
	    EXIT_OK, "%s: %s", said.err.place, said.err.text);
}

/* The bridge from the end of that day of November to the newest sync. */
static void bridge_from(int day, day_t first, day_t last)
{
	struct bridge_scope scope = {NULL, {first, last}};
	struct deal_pair *pairs;
	struct err err = ERR_INIT;
	size_t count;
	day_t earliest;
	struct store *store = store_here(true);
	cr_assert(store_load_pairs(store, &arena, november(day), november(30), &pairs,
	              &count, &earliest, &err),
	    "%s", err.text);
	store_close(store);
	bridge_make(&list, &arena, pairs, count, &scope);
	for (size_t i = 0; i < list.count; i++)
		cr_expect_eq(list.items[i].residual, 0);
}

static const struct bridge *of(const char *currency)
{
	static const struct bridge none;
	for (size_t i = 0; i < list.count; i++)
		if (!strcmp(list.items[i].currency.code, currency))
			return &list.items[i];
	return &none;
}

static void ends(const char *currency, money_t start, money_t end)
{
	cr_expect_eq(of(currency)->start, start, "%s starts with %lld, not %lld",
	    currency, (long long)of(currency)->start, (long long)start);
	cr_expect_eq(of(currency)->end, end, "%s ends with %lld, not %lld", currency,
	    (long long)of(currency)->end, (long long)end);
}

static void bucket(
    const char *currency, enum bridge_bucket which, size_t count, money_t amount)
{
	const struct bridge_sum *sum = &of(currency)->buckets[which];
	cr_expect_eq(sum->count, count, "%zu %s, not %zu", sum->count,
	    bridge_bucket_name(which), count);
	cr_expect_eq(sum->amount, amount, "%s %lld, not %lld", bridge_bucket_name(which),
	    (long long)sum->amount, (long long)amount);
}

/* A CRM tracks the fields somebody chose; of the others our syncs alone tell. */
Test(bridge_syncs, a_history_of_stages_says_nothing_of_amounts)
{
	week(2,
	    DEALS "1,New,100,USD,2026-11-30,Ana,2026-09-01,open\n"
	          "2,New,500,USD,2026-11-30,Ana,2026-09-01,open\n",
	    HISTORY "2,2026-10-08,Stage,Lead,New\n", false);
	week(9,
	    DEALS "1,Old,900,USD,2026-12-20,Ana,2026-09-01,open\n"
	          "2,New,500,USD,2026-11-30,Ana,2026-09-01,open\n",
	    HISTORY "2,2026-10-08,Stage,Lead,New\n1,2026-11-08,Stage,New,Old\n", false);
	bridge_from(2, DAY_NONE, DAY_NONE);
	ends("USD", 60000, 140000);
	bucket("USD", BRIDGE_INCREASED, 1, 80000);
	cr_expect_eq(list.moves[MOVE_CLOSE_DATE][1], 1);
	bridge_from(2, november(1), november(30));
	ends("USD", 60000, 50000);
	bucket("USD", BRIDGE_PUSHED_OUT, 1, -10000);
	/* A push that only we saw counts for slip risk, too; the stage is told once. */
	assert_text("SELECT group_concat(pushes || ':' || push_days) FROM deal_summary",
	    "1:20,0:0");
}

#define ONE   "1,New,100,USD,2026-11-30,Ana,2026-09-01,open\n"
#define TWO   "2,New,200,USD,2026-11-30,Ana,2026-09-01,open\n"
#define THREE "3,New,400,USD,2026-11-30,Ana,2026-09-01,open\n"

/* Absent from a whole export it is deleted, and it may come back. */
Test(bridge_syncs, a_deal_deleted_and_back_again)
{
	week(2, DEALS ONE TWO THREE, NULL, true);
	week(9, DEALS ONE THREE, NULL, true);
	bridge_from(2, DAY_NONE, DAY_NONE);
	ends("USD", 70000, 50000);
	bucket("USD", BRIDGE_DELETED, 1, -20000);
	week(16, DEALS ONE TWO THREE, NULL, true);
	bridge_from(9, DAY_NONE, DAY_NONE);
	ends("USD", 50000, 70000);
	bucket("USD", BRIDGE_REOPENED, 1, 20000);
	bridge_from(2, DAY_NONE, DAY_NONE);
	ends("USD", 70000, 70000);
	bucket("USD", BRIDGE_UNCHANGED, 3, 0);
}

/* Absent from one that need not be whole it stays, until one that is. */
Test(bridge_syncs, a_deal_missing_and_then_deleted)
{
	week(2, DEALS ONE TWO THREE, NULL, false);
	week(9, DEALS ONE THREE, NULL, false);
	bridge_from(2, DAY_NONE, DAY_NONE);
	ends("USD", 70000, 70000);
	week(16, DEALS ONE THREE, NULL, true);
	bridge_from(9, DAY_NONE, DAY_NONE);
	ends("USD", 70000, 50000);
	bucket("USD", BRIDGE_DELETED, 1, -20000);
	bridge_from(16, DAY_NONE, DAY_NONE);
	ends("USD", 50000, 50000);
	bucket("USD", BRIDGE_DELETED, 0, 0);
}

/* Deals closed long ago that a later export is the first to hold did not come and
 * go meanwhile. */
Test(bridge_syncs, the_archive_did_not_come_and_go)
{
	week(2, DEALS ONE, NULL, false);
	week(9,
	    DEALS ONE "7,Won,70,USD,2023-11-30,Ana,2023-09-01,won\n"
	              "8,Won,80,USD,2026-11-05,Ana,2026-11-03,won\n",
	    NULL, false);
	bridge_from(2, DAY_NONE, DAY_NONE);
	ends("USD", 10000, 10000);
	bucket("USD", BRIDGE_CAME_AND_WENT, 1, 0);
}

/* Neither amount is read in the other's currency: 30,000 yen are no 30,000 dollars. */
Test(bridge_syncs, a_deal_whose_currency_changed)
{
	week(2, DEALS "1,New,100.50,USD,2026-11-30,Ana,2026-09-01,open\n" TWO, NULL,
	    false);
	week(
	    9, DEALS "1,New,30000,JPY,2026-11-30,Ana,2026-09-01,open\n" TWO, NULL, false);
	bridge_from(2, DAY_NONE, DAY_NONE);
	cr_expect_eq(list.count, 2);
	ends("USD", 30050, 20000);
	ends("JPY", 0, 30000);
	bucket("USD", BRIDGE_DECREASED, 1, -10050);
	bucket("USD", BRIDGE_UNCHANGED, 1, 0);
	bucket("JPY", BRIDGE_INCREASED, 1, 30000);
	cr_expect_eq(list.moves[MOVE_AMOUNT][0] + list.moves[MOVE_AMOUNT][1], 0);
	/* And the one of 300 yen did not fall by 99 percent. */
	week(16, DEALS "1,New,300,USD,2026-11-30,Ana,2026-09-01,open\n" TWO, NULL, false);
	assert_text("SELECT group_concat(amount_drop) FROM deal_summary", "0,0");
	bridge_from(9, DAY_NONE, DAY_NONE);
	ends("USD", 20000, 50000);
	ends("JPY", 30000, 0);
}

/* An export that begins to tell the currency changes no deal's. */
Test(bridge_syncs, a_currency_that_is_told_later)
{
	week(2, DEALS "1,New,100,,2026-11-30,Ana,2026-09-01,open\n", NULL, false);
	week(9, DEALS "1,New,120,USD,2026-11-30,Ana,2026-09-01,open\n", NULL, false);
	bridge_from(2, DAY_NONE, DAY_NONE);
	ends("USD", 10000, 12000);
	bucket("USD", BRIDGE_INCREASED, 1, 2000);
}
