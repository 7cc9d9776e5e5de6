#include "sync_fixture.h"

/* Rejects, dry runs and what columns decided, in a folder that gathers the
 * exports of weeks. */

static const char co[] =
    "[source]\nname = co\n[deals]\nfiles = deals*.csv\nid = Id\nname = Id\n"
    "stage = Stage\namount = Amount\namount.else = Other\nclose_date = Close\n"
    "close_date.else = Plan\nprobability = Chance\n"
    "[activities]\nfiles = calls*.csv\nkind = Kind\nwhen = When\ndeal_id = Deal\n";

#define HEADER "Id,Stage,Amount,Other,Close,Plan,Chance\n"
#define CALLS  "Kind,When,Deal\n"

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
}

TestSuite(rejects_weekly, .init = setup, .fini = sync_teardown);

static size_t export(void)
{
	struct store *store = store_here(true);
	struct arena arena = ARENA_INIT;
	struct reject_list list;
	struct reject_table *tables;
	struct err err = ERR_INIT;
	cr_assert(store_load_rejects(store, &arena, &list, &err), "%s", err.text);
	size_t n = sync_reject_tables(&tables, &arena, &list), rows = list.count;
	if (n)
		put_bytes("../r.csv", tables[0].text.p, tables[0].text.len);
	store_close(store);
	arena_release(&arena);
	return rows;
}

static int sync_back(void)
{
	const char *paths[] = {in_folder("r.csv")};
	return sync_co(.paths = paths, .n_paths = 1);
}

static const char *deals_now(void)
{
	return ask_text("SELECT group_concat(v, ' ') FROM (SELECT source_id || ':' || "
	                "coalesce(amount, '-') || ':' || coalesce(close_date, '-') || "
	                "coalesce(':' || probability, '') AS v FROM deal ORDER BY "
	                "source_id)");
}

/* The newer export has the row as it is now; what stood before must not come
 * back over it. */
Test(rejects_weekly, of_an_older_week_are_none)
{
	put("deals-2026-08-03.csv", HEADER "1,New,1,,2026-09-01,,\n2,New,ten,,,,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(export(), 1);
	shell("sed -i 's/\"ten\",/\"10\",/' r.csv");
	put("deals-2026-08-10.csv",
	    HEADER "1,New,1,,2026-09-01,,\n2,New,20,,,,\n3,New,x,,,,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(ask("SELECT count(*) FROM reject"), 1);
	assert_refused(sync_back(), "r.csv", "deals-2026-08-03.csv", "newer export");
	cr_assert_str_eq(deals_now(), "1:100:2026-09-01 2:2000:-");
	cr_assert_eq(export(), 1);
	shell("sed -i 's/\"x\",/\"30\",/' r.csv");
	assert_status(EXIT_OK, sync_back());
	cr_assert_str_eq(deals_now(), "1:100:2026-09-01 2:2000:- 3:3000:-");
	cr_assert_eq(said.report.as_of, day_from_civil(2026, 8, 10));
	assert_text("SELECT group_concat(as_of, ' ') FROM sync",
	    "2026-08-03 2026-08-10 2026-08-10");
	/* Two weeks in one command leave those of the newer one. */
	cr_assert_eq(export(), 0);
}

Test(rejects_weekly, of_both_weeks_read_at_once)
{
	put("deals-2026-08-03.csv", HEADER "1,New,1,,2026-09-01,,\n2,New,ten,,,,\n");
	put("deals-2026-08-10.csv", HEADER "1,New,1,,2026-09-01,,\n2,New,y,,,,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	assert_text("SELECT name || ' ' || value FROM reject JOIN file ON file.id = file",
	    "deals-2026-08-10.csv y");
}

/* What only changes are exported of is not superseded by the next changes. */
Test(rejects_weekly, of_partial_exports_stay)
{
	put("deals-2026-08-03.csv", HEADER "1,New,1,,2026-09-01,,\n2,New,ten,,,,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true, .partial = true));
	shell("rm in/deals-2026-08-03.csv");
	put("deals-2026-08-10.csv", HEADER "1,New,2,,2026-09-01,,\n");
	assert_status(EXIT_OK, sync_co(.partial = true));
	cr_assert_eq(export(), 1);
	shell("sed -i 's/\"ten\",/\"10\",/' r.csv");
	assert_status(EXIT_OK, sync_back());
	cr_assert_str_eq(deals_now(), "1:200:2026-09-01 2:1000:-");
}

/* Given with the exports of a newer week, they come after those. */
Test(rejects_weekly, beside_a_new_week)
{
	const char *both[] = {in_folder("in"), in_folder("r.csv")};
	put("deals-2026-08-03.csv", HEADER "1,New,1,,2026-09-01,,\n2,New,ten,,,,\n");
	put("calls-2026-08-03.csv", CALLS "call,2026-01-20,1\ncall\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	shell("rm in/calls*");
	export();
	shell("sed -i 's/\"call\"/\"call\",\"2026-01-02\",\"1\"/' r.csv");
	put("deals-2026-08-10.csv", HEADER "1,New,1,,2026-09-01,,\n2,New,20,,,,\n");
	assert_status(EXIT_OK, sync_co(.paths = both, .n_paths = 2));
	cr_assert_str_eq(deals_now(), "1:100:2026-09-01 2:2000:-");
	cr_assert_eq(ask("SELECT count(*) FROM activity"), 2);
	assert_text("SELECT group_concat(id || '@' || as_of, ' ') FROM sync",
	    "1@2026-08-03 2@2026-08-10");
}

/* Each column of a field is read as it was in the file, and so are shares. */
Test(rejects_weekly, columns_are_read_as_in_their_file)
{
	put("deals-2026-08-03.csv",
	    HEADER "1,New,\"1.234,50\",,20/1/2026,,60\n2,New,,\"1,234.50\",,1/20/2026,1\n"
	           "3,New,\"1,500\",,3/4/2026,,1,\n4,New,,\"1,500\",,3/4/2026,1,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(export(), 2);
	assert_text("SELECT decided FROM file",
	    "amount.0=comma amount.1=point close_date.0=dmy close_date.1=mdy "
	    "probability.of=100 ");
	shell("sed -i 's/,\"\"\\r$/\\r/' r.csv");
	assert_status(EXIT_OK, sync_back());
	cr_assert_str_eq(deals_now(),
	    "1:123450:2026-01-20:600000 2:123450:2026-01-20:10000 "
	    "3:150:2026-04-03:10000 4:150000:2026-03-04:10000");
}

/* Rows that stand as they stood are not read again, and decide nothing. */
Test(rejects_weekly, known_rows_decided_before)
{
	put("calls-2026-08-03.csv", CALLS "call,1/20/2026,1\n");
	assert_status(EXIT_OK, sync_co());
	put("calls-2026-08-10.csv", CALLS "call,1/20/2026,1\ncall,2/3/2026\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	assert_text("SELECT decided FROM file ORDER BY id DESC LIMIT 1", "");
	cr_assert_eq(export(), 1);
	shell("sed -i 's/\"2.3.2026\"/&,\"1\"/' r.csv");
	assert_status(EXIT_OK, sync_back());
	assert_text("SELECT group_concat(at, ' ') FROM (SELECT at FROM activity ORDER BY "
	            "at)",
	    "2026-01-20 2026-02-03");
	/* The CRM writes it in full the week after: the same row. */
	put("calls-2026-08-17.csv", CALLS "call,1/20/2026,1\n\"call\",2/3/2026,1\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("calls-2026-08-17.csv", 2, 0, 0, 2, 0, 0);
}

/* ---- dry runs ---- */

Test(rejects_weekly, a_dry_run_of_weeks)
{
	put("deals-2026-08-03.csv", HEADER "1,New,1,,2026-09-01,,\n2,New,2,,,,\n");
	put("deals-2026-08-10.csv", HEADER "1,Old,1,,2026-09-01,,\n3,New,3,,,,\n");
	put("calls-2026-08-10.csv", CALLS "call,2026-01-20,1\n");
	assert_status(EXIT_OK, sync_co(.dry_run = true));
	cr_assert(said.report.dry_run && said.report.changed);
	cr_assert_eq(said.report.sync_id, 0);
	assert_counts("deals-2026-08-10.csv", 2, 1, 1, 0, 0, 0);
	cr_assert_eq(report_of("deals-2026-08-10.csv")->missing, 1);
	cr_assert_str_eq(files_here(), "co.ini huddle.db in ");
	assert_status(EXIT_OK, sync_co());
	assert_counts("deals-2026-08-10.csv", 2, 1, 1, 0, 0, 0);
	cr_assert_eq(said.report.sync_id, 2);
	/* One week more, beside facts that stay what they are. */
	put("deals-2026-08-17.csv", HEADER "1,Old,1,,2026-09-01,,\n3,New,4,,,,\n");
	assert_status(EXIT_OK, sync_co(.dry_run = true));
	assert_counts("deals-2026-08-17.csv", 2, 0, 1, 1, 0, 0);
	cr_assert_eq(ask("SELECT max(id) FROM sync"), 2);
	assert_status(EXIT_OK, sync_co());
	assert_status(EXIT_OK, sync_co(.dry_run = true));
	cr_assert_not(said.report.changed);
}
