#include "huddle/store_past.h"
#include "sync_fixture.h"

/*
 * Companies that a model can not be trained on, or only badly: what is printed
 * are words and numbers all the same.
 */

TestSuite(learn_edges, .init = sync_setup, .fini = sync_teardown, .timeout = 120);

static const char mapping[] =
    "[source]\nname = co\ncurrency = USD\n"
    "[deals]\nfiles = deals.csv\nid = id\nname = id\nowner = owner\nstage = stage\n"
    "status = status\namount = amount\nclose_date = close\ncreated = created\n"
    "closed = closed\n"
    "[stages]\nOpen = open 1\nLate = open 2\nWon = won\nLost = lost\n"
    "[history]\nfiles = history.csv\ndeal_id = id\nwhen = at\nstage = stage\n"
    "amount = amount\nclose_date = close\n"
    "[activities]\nfiles = activities.csv\nid = activity\ndeal_id = id\nkind = kind\n"
    "when = at\ncreated = created\ndone = done\n";

static struct str deals, history, activities;

static void begin(void)
{
	str_clear(&deals);
	str_clear(&history);
	str_clear(&activities);
	str_adds(&deals, "id,owner,stage,status,amount,close,created,closed\n");
	str_adds(&history, "id,at,stage,amount,close\n");
	str_adds(&activities, "activity,id,kind,at,created,done\n");
}

static void deal(int id, const char *stage, const char *status, const char *close,
    const char *created, const char *closed)
{
	str_addf(&deals, "D%d,Owner %d,%s,%s,100,%s,%s,%s\n", id, id % 5, stage, status,
	    close, created, closed);
}

static void version(int id, const char *at, const char *stage, const char *close)
{
	str_addf(&history, "D%d,%s,%s,100,%s\n", id, at, stage, close);
}

/* Syncs, then looks at all that is printed. */
static void finish(bool with_history)
{
	put("../co.ini", mapping);
	put("deals.csv", str_text(&deals));
	if (with_history)
		put("history.csv", str_text(&history));
	if (activities.len > 50)
		put("activities.csv", str_text(&activities));
	cr_assert_eq(sync_with((struct sync_options){.source = in_folder("co.ini")}),
	    EXIT_OK, "%s: %s", said.err.place, said.err.text);
	shell("export HUDDLE_DB=huddle.db; h='%s/huddle --today 2026-11-20'; "
	      "for c in 'risk --json' 'risk backtest --json' 'changes --json' 'deals "
	      "--json' "
	      "risk 'risk backtest' changes 'changes --since 2026-06-01 --closing "
	      "2026-11 --json' "
	      "'--print'; do $h $c >>out || [ $? = 2 ] || exit 1; done; "
	      "! grep -qiE '[^a-z](nan|inf)[^a-z]' out && test -s out",
	    TEST_BINARY_DIR);
	str_release(&deals);
	str_release(&history);
	str_release(&activities);
}

static struct learning learned(struct arena *arena)
{
	struct learning out;
	struct err err = ERR_INIT;
	struct store *store = store_here(true);
	cr_assert(
	    store_backtest(store, arena, NULL, day_from_civil(2026, 11, 20), &out, &err));
	store_close(store);
	return out;
}

Test(learn_edges, no_history_and_one_deal)
{
	begin();
	deal(1, "Open", "open", "2026-11-28", "2026-09-01", "");
	finish(false);
	struct arena arena = ARENA_INIT;
	struct learning l = learned(&arena);
	cr_assert_null(l.learned);
	cr_assert_eq(l.test.predictions, 0);
	arena_release(&arena);
}

/* 60 deals pushed every month for a year: everything slipped. */
Test(learn_edges, all_slipped)
{
	begin();
	for (int id = 1; id <= 60; id++) {
		deal(id, "Open", "open", "2026-12-15", "2025-12-03", "");
		for (int month = 1; month <= 12; month++) {
			char at[24], close[24];
			snprintf(at, sizeof at, "2026-%02d-%02d",
			    month > 1 ? month - 1 : 1, month > 1 ? 20 : 1 + id % 2);
			snprintf(close, sizeof close, "2026-%02d-15", month);
			if (month < 12)
				version(id, at, "Open", close);
		}
		version(id, "2026-11-18", "Open", "2026-12-15");
	}
	finish(true);
	struct arena arena = ARENA_INIT;
	struct learning l = learned(&arena);
	cr_assert_gt(l.test.predictions, 300);
	cr_assert_eq(l.test.slipped, l.test.predictions);
	cr_assert(!l.test.ranked);
	cr_assert_null(l.learned, "there is nothing to tell apart");
	arena_release(&arena);
}

/* Made in one month, won in the next as promised. */
Test(learn_edges, none_slipped)
{
	begin();
	for (int id = 1; id <= 330; id++) {
		int month = id % 10 + 1;
		char made[16], close[16];
		snprintf(made, sizeof made, "2026-%02d-05", month);
		snprintf(
		    close, sizeof close, "2026-%02d-15", month + 1 > 10 ? 10 : month + 1);
		if (month == 10)
			continue;
		deal(id, "Won", "won", close, made, close);
		version(id, made, "Open", close);
		version(id, close, "Won", close);
	}
	finish(true);
	struct arena arena = ARENA_INIT;
	struct learning l = learned(&arena);
	cr_assert_gt(l.test.predictions, 200);
	cr_assert_eq(l.test.slipped, 0);
	cr_assert_null(l.learned);
	arena_release(&arena);
}

Test(learn_edges, without_close_dates)
{
	begin();
	for (int id = 1; id <= 40; id++) {
		deal(id, "Open", "open", "", "2026-03-01", "");
		version(id, "2026-03-01", "Open", "");
	}
	finish(true);
	struct arena arena = ARENA_INIT;
	cr_assert_eq(learned(&arena).test.predictions, 0);
	arena_release(&arena);
}

/* History before the deal was made, a close date before it, activities written down
 * after they were, and planned for another century. */
Test(learn_edges, clocks_that_run_backwards)
{
	begin();
	for (int id = 1; id <= 40; id++) {
		deal(id, id % 2 ? "Open" : "Lost", id % 2 ? "open" : "lost", "2026-01-10",
		    "2026-05-01", id % 2 ? "" : "2025-12-01");
		version(id, "2024-02-01", "Late", "2026-03-31");
		version(id, "2026-06-01", "Open", "2026-02-01");
		str_addf(&activities, "A%d,D%d,call,2026-04-01,2026-09-09,1\n", id, id);
		str_addf(&activities, "B%d,D%d,call,2126-04-01,2026-09-09,0\n", id, id);
		str_addf(&activities, "C%d,D%d,call,1970-01-02,1969-12-31,1\n", id, id);
	}
	finish(true);
}

Test(learn_edges, a_deal_reopened_three_times)
{
	static const char *const days[] = {"2026-02-10", "2026-03-05", "2026-04-10",
	    "2026-05-05", "2026-06-10", "2026-07-05"};
	begin();
	deal(1, "Open", "open", "2026-11-28", "2026-01-01", "");
	version(1, "2026-01-01", "Open", "2026-02-20");
	for (int i = 0; i < 6; i++)
		version(
		    1, days[i], i % 2 ? "Open" : "Lost", i % 2 ? "2026-11-28" : days[i]);
	/* Others that tell what "Lost" means. */
	for (int id = 2; id < 6; id++) {
		deal(id, "Lost", "lost", "2026-03-03", "2026-01-01", "2026-03-03");
		version(id, "2026-01-01", "Open", "2026-03-20");
		version(id, "2026-03-03", "Lost", "2026-03-03");
	}
	finish(true);
	struct arena arena = ARENA_INIT;
	struct past past;
	struct err err = ERR_INIT;
	struct store *store = store_here(true);
	cr_assert(
	    store_load_past(store, &arena, day_from_civil(2026, 11, 20), &past, &err));
	store_close(store);
	const struct past_deal *d = &past.deals[0];
	static const struct {
		int month, day;
		enum deal_status status;
	} then[] = {{2, 1, DEAL_OPEN}, {3, 1, DEAL_LOST}, {4, 1, DEAL_OPEN},
	    {5, 1, DEAL_LOST}, {6, 1, DEAL_OPEN}, {7, 1, DEAL_LOST}, {8, 1, DEAL_OPEN}};
	for (size_t i = 0; i < sizeof then / sizeof *then; i++)
		cr_expect_eq(past_status_at(&past, d,
		                 day_from_civil(2026, then[i].month, then[i].day)),
		    then[i].status, "on the first of month %d", then[i].month);
	arena_release(&arena);
}
