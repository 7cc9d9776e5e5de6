#include "../../src/store/events.h"
#include "../../src/sync/plan.h"
#include "sync_fixture.h"

/* Rows that stand as they stood before are not read again; what comes of it is
 * what reading them gives. */

static const char co[] = "[source]\nname = co\n[deals]\nfiles = d*.csv\nid = Id\n"
                         "name = Id\nstage = Stage\n"
                         "[touches]\nfiles = t*.csv\nid = Id\ndeal_id = Deal\n"
                         "when = When\nkind = Kind\n";

#define HEADER "Id,Deal,When,Kind\n"

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
	put("d.csv", "Id,Stage\n1,New\n2,New\n");
}

TestSuite(sync_same, .init = setup, .fini = sync_teardown);

static const char *touches_now(void)
{
	return ask_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT source_id || ':' || at || "
	    "':' || kind || coalesce(':gone' || missing, '') AS v FROM touch "
	    "ORDER BY source_id)");
}

static void counts(int added, int updated, int unchanged, int missing)
{
	const struct file_report *r = report_of("t.csv");
	cr_assert(r->added == added && r->updated == updated &&
	              r->unchanged == unchanged && r->missing == missing,
	    "%lld added, %lld updated, %lld unchanged, %lld missing", (long long)r->added,
	    (long long)r->updated, (long long)r->unchanged, (long long)r->missing);
}

Test(sync_same, rows_around_a_change)
{
	put("t.csv", HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\nc,1,2026-01-03,Web\n"
	                    "d,1,2026-01-04,Web\n");
	assert_status(EXIT_OK, sync_co());
	put("t.csv", HEADER "x,1,2026-01-09,Web\na,1,2026-01-01,Web\nb,1,2026-01-02,Ad\n"
	                    "d,2,2026-01-04,Web\nc,1,2026-01-03,Web\n");
	assert_status(EXIT_OK, sync_co());
	counts(1, 2, 2, 0);
	cr_assert_str_eq(touches_now(),
	    "a:2026-01-01:Web b:2026-01-02:Ad c:2026-01-03:Web "
	    "d:2026-01-04:Web x:2026-01-09:Web");
	assert_text(
	    "SELECT group_concat(v) FROM (SELECT d.source_id || t.source_id AS v "
	    "FROM touch_deal x JOIN deal d ON d.id = x.deal JOIN touch t ON t.id = "
	    "x.touch ORDER BY v)",
	    "1a,1b,1c,1x,2d");
}

/* One that was taken out is missing, one that was doubled is a repeat. */
Test(sync_same, rows_that_went_and_came_twice)
{
	put("t.csv", HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\nc,1,2026-01-03,Web\n"
	                    "d,1,2026-01-04,Web\ne,1,2026-01-05,Web\n");
	assert_status(EXIT_OK, sync_co());
	put("t.csv", HEADER "a,1,2026-01-01,Web\na,1,2026-01-01,Web\nc,1,2026-01-03,Web\n"
	                    "d,1,2026-01-04,Web\ne,1,2026-01-05,Web\n");
	assert_status(EXIT_OK, sync_co());
	counts(0, 0, 4, 1);
	cr_assert_eq(report_of("t.csv")->repeated, 1);
	put("t.csv", HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\nc,1,2026-01-03,Web\n"
	                    "d,1,2026-01-04,Web\ne,1,2026-01-05,Web\n");
	assert_status(EXIT_OK, sync_co());
	counts(0, 1, 4, 0);
	cr_assert_str_eq(touches_now(),
	    "a:2026-01-01:Web b:2026-01-02:Web c:2026-01-03:Web "
	    "d:2026-01-04:Web e:2026-01-05:Web");
}

/* The same row means another day once its column turns out to be day first. */
Test(sync_same, a_column_that_is_read_otherwise)
{
	put("t.csv", HEADER "a,1,03/04/2026,Web\nb,1,04/25/2026,Web\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(touches_now(), "a:2026-03-04:Web b:2026-04-25:Web");
	put("t.csv", HEADER "a,1,03/04/2026,Web\nb,1,25/04/2026,Web\n");
	assert_status(EXIT_OK, sync_co());
	counts(0, 1, 1, 0);
	cr_assert_str_eq(touches_now(), "a:2026-04-03:Web b:2026-04-25:Web");
}

/* The mapping reads the same row otherwise. */
Test(sync_same, another_mapping)
{
	put("t.csv", HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\n");
	assert_status(EXIT_OK, sync_co());
	struct str other = STR_INIT;
	str_adds(&other, co);
	str_adds(&other, "kind.map = Web: webinar\n");
	put("../co.ini", str_text(&other));
	str_release(&other);
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(touches_now(), "a:2026-01-01:webinar b:2026-01-02:webinar");
}

/* Below what may be a footer a known row is data as any other. */
Test(sync_same, rows_below_a_total)
{
	put("t.csv", HEADER "a,1,2026-01-01,Web\nTotal,,,\nb,1,2026-01-02,Web\n");
	int first = sync_co(.accept_rejects = true);
	const char *before = touches_now();
	put("t.csv", HEADER "a,1,2026-01-01,Web\nTotal,,,\nb,1,2026-01-02,Web\n"
	                    "c,1,2026-01-03,Web\n");
	assert_status(first, sync_co(.accept_rejects = true));
	cr_assert_str_eq(before, "a:2026-01-01:Web b:2026-01-02:Web");
	cr_assert_str_eq(
	    touches_now(), "a:2026-01-01:Web b:2026-01-02:Web c:2026-01-03:Web");
}

Test(sync_same, decisions_contradict)
{
	cr_assert(plan_contradicts("when=mdy cost=point ", "when=dmy "));
	cr_assert(!plan_contradicts("when=mdy cost=point ", "when=mdy "));
	cr_assert(!plan_contradicts("when=mdy ", "whence=dmy "));
	cr_assert(!plan_contradicts("", "when=dmy "));
	cr_assert(!plan_contradicts("when=dmy ", ""));
	cr_assert(plan_contradicts("when=mdy when=dmy ", "when=mdy when=dmy "));
	struct str all = STR_INIT;
	plan_add_decided(&all, "when=mdy cost=point ");
	plan_add_decided(&all, "cost=point when=mdy at=dmy ");
	cr_assert_str_eq(str_text(&all), "when=mdy cost=point at=dmy ");
	str_release(&all);
}

/* More ids than are known in memory: what repeats among them is found in the
 * end, and told as if it had been found at once. */
Test(sync_same, more_rows_than_memory_holds)
{
	events_known_max = 3;
	put("t.csv", HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\nc,1,2026-01-03,Web\n"
	                    "d,1,2026-01-04,Web\ne,2,2026-01-05,Web\n");
	assert_status(EXIT_OK, sync_co());
	counts(5, 0, 0, 0);
	shell("rm -f huddle.db*");
	put("t.csv", HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\nc,1,2026-01-03,Web\n"
	                    "d,1,2026-01-04,Web\nb,1,2026-01-02,Web\nd,1,2026-01-04,Web\n"
	                    "e,2,2026-01-05,Web\nd,2,2026-01-09,Ad\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	counts(5, 0, 0, 0);
	cr_assert_eq(report_of("t.csv")->repeated, 2);
	cr_assert_eq(said.report.n_rejects, 1);
	cr_assert_eq(said.report.rejects[0].line, 9);
	cr_assert_str_eq(said.report.rejects[0].text, "d,2,2026-01-09,Ad");
	cr_assert_str_eq(touches_now(),
	    "a:2026-01-01:Web b:2026-01-02:Web c:2026-01-03:Web "
	    "d:2026-01-04:Web e:2026-01-05:Web");
	assert_text(
	    "SELECT group_concat(v) FROM (SELECT d.source_id || t.source_id AS v "
	    "FROM touch_deal x JOIN deal d ON d.id = x.deal JOIN touch t ON t.id = "
	    "x.touch ORDER BY v)",
	    "1a,1b,1c,1d,2e");
}

/* The same where another day follows in the same command. */
Test(sync_same, more_rows_than_memory_holds_in_a_week)
{
	events_known_max = 3;
	put("t-2026-11-01.csv",
	    HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\nc,1,2026-01-03,Web\n"
	           "d,1,2026-01-04,Web\nd,1,2026-01-04,Web\n");
	put("t-2026-11-08.csv",
	    HEADER "a,1,2026-01-01,Web\nb,1,2026-01-02,Web\nc,1,2026-01-03,Web\n"
	           "d,1,2026-01-04,Ad\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(report_of("t-2026-11-01.csv")->repeated, 1);
	cr_assert_str_eq(touches_now(),
	    "a:2026-01-01:Web b:2026-01-02:Web c:2026-01-03:Web "
	    "d:2026-01-04:Ad");
}
