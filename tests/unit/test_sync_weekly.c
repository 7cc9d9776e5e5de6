#include "../../src/sync/jobs.h"
#include "sync_fixture.h"

/* A folder that gathers weekly exports: each file speaks of the day in its name. */

static const char co[] =
    "[source]\nname = co\n[deals]\nfiles = deals*.csv\nfiles = */deals.csv\nid = Id\n"
    "name = Id\nstage = Stage\namount = Amount\nclose_date = Close\nowner = Owner\n"
    "[touches]\nfiles = touches*.csv\nid = Id\nwhen = When\nkind.default = Email\n";
#define HEADER "Id,Stage,Amount,Close,Owner\n"

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
}

TestSuite(sync_weekly, .init = setup, .fini = sync_teardown);

static const char *snapshots(void)
{
	return ask_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT s.sync || '@' || at || ' ' || "
	    "d.source_id || '.' || field || ':' || old || '>' || new AS v FROM snapshot "
	    "s "
	    "JOIN deal d ON d.id = s.deal ORDER BY s.sync, d.source_id, field)");
}

static const char *syncs(void)
{
	return ask_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT id || '@' || as_of || ':' || added "
	    "|| '+' || updated || '-' || missing AS v FROM sync ORDER BY id)");
}

/* Warnings beside the one about [touches], of which most tests have none. */
static const char *warning(size_t n)
{
	for (size_t i = 0; i < said.report.n_warnings; i++)
		if (!strstr(said.report.warnings[i], "fits none") && !n--)
			return said.report.warnings[i];
	return "";
}

/* Three weeks; the last in two parts. */
static void three_weeks(void)
{
	put("deals-2026-08-03-1.csv", HEADER "1,New,100,2026-09-01,Ana\n"
	                                     "2,New,200,2026-09-02,Bob\n"
	                                     "3,New,300,2026-09-03,Bob\n");
	put("deals_20260810.csv", HEADER "1,Old,100,2026-10-01,Ana\n"
	                                 "2,New,200,2026-09-02,Bob\n"
	                                 "3,New,300,2026-09-03,Cy\n"
	                                 "4,New,400,2026-09-04,Ana\n");
	put("deals 2026_08_17-1.csv", HEADER "1,Closed Won,120,2026-10-01,Ana\n"
	                                     "2,New,200,2026-11-02,Bob\n");
	put("deals 2026_08_17-2.csv", HEADER "2,New,200,2026-11-02,Bob\n"
	                                     "4,New,400,2026-09-04,Ana\n");
}

Test(sync_weekly, a_folder_is_read_oldest_first)
{
	three_weeks();
	assert_status(EXIT_REFUSED, sync_co()); /* 3 of 4 deals */
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	cr_assert_eq(said.report.sync_id, 3);
	cr_assert_eq(said.report.first_sync, 1);
	cr_assert_eq(said.report.as_of, day_from_civil(2026, 8, 17));
	cr_assert_str_eq(syncs(), "1@2026-08-03:3+0-0 2@2026-08-10:1+2-0 "
	                          "3@2026-08-17:0+2-1");
	cr_assert_str_eq(snapshots(),
	    "2@2026-08-10 1.close_date:2026-09-01>2026-10-01 2@2026-08-10 "
	    "1.stage:New>Old "
	    "2@2026-08-10 3.owner:Bob>Cy 2@2026-08-10 4.presence:>present "
	    "3@2026-08-17 1.amount:100.00>120.00 3@2026-08-17 1.stage:Old>Closed Won "
	    "3@2026-08-17 1.status:open>won 3@2026-08-17 2.close_date:2026-09-02>2026-11-"
	    "02 "
	    "3@2026-08-17 3.presence:present>missing");
	/* A row that stands in two parts counts once. */
	assert_counts("deals 2026_08_17-2.csv", 2, 0, 0, 1, 1, 0);
	assert_number("SELECT rows FROM feed", 3);
	assert_text("SELECT group_concat(source_id || ':' || pushes) FROM deal_summary s "
	            "JOIN deal d ON d.id = s.deal WHERE pushes",
	    "1:1,2:1");
	/* One command, one generation. */
	assert_text(
	    "SELECT group_concat(id || ' ' || as_of) FROM generation", "3 2026-08-17");
}

Test(sync_weekly, the_next_week_is_one_file_more)
{
	three_weeks();
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	assert_status(EXIT_OK, sync_co());
	cr_assert(!said.report.changed && !said.report.sync_id);
	cr_assert_str_eq(warning(0), "");
	cr_assert_eq(said.report.as_of, day_from_civil(2026, 8, 17));
	put("deals-24-Aug-2026.csv", HEADER "1,Closed Won,120,2026-10-01,Ana\n"
	                                    "2,Old,200,2026-11-02,Bob\n"
	                                    "3,New,300,2026-09-03,Cy\n"
	                                    "4,New,400,2026-09-04,Ana\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.sync_id, 4);
	for (size_t i = 0; i < said.report.n_files; i++)
		cr_assert_eq(said.report.files[i].same_file,
		    strcmp(said.report.files[i].file, "deals-24-Aug-2026.csv") != 0);
	cr_assert_str_eq(strrchr(syncs(), ' '), " 4@2026-08-24:0+2-0");
	assert_text("SELECT group_concat(source_id) FROM deal WHERE missing IS NOT NULL",
	    ""); /* 3 is back */
	assert_number(
	    "SELECT count(*) FROM snapshot WHERE sync = 4 AND field = 'presence'", 1);
}

/* The same days one by one, and both in any mixture. */
static const char facts_text[] =
    "SELECT group_concat(v, char(10)) FROM (SELECT v FROM ("
    "SELECT 1 AS n, source_id || ' ' || stage || ' ' || amount || ' ' || "
    "coalesce(close_date, '') || ' ' || coalesce(missing, '') || ' ' || status AS v FROM "
    "deal "
    "UNION ALL SELECT 2, d.source_id || ' ' || s.sync || at || field || ':' || old || "
    "'>' || new FROM snapshot s JOIN deal d ON d.id = s.deal "
    "UNION ALL SELECT 3, d.source_id || ' ' || s.status || pushes || ' ' || push_days || "
    "' ' || coalesce(s.stage_since, '') || ' ' || coalesce(stage_back, '') || ' ' || "
    "amount_drop FROM deal_summary s JOIN deal d ON d.id = s.deal "
    "UNION ALL SELECT 4, id || as_of || ' ' || added || ' ' || updated || ' ' || missing "
    "FROM sync "
    "UNION ALL SELECT 5, name || won_deals || coalesce(median_days, '') FROM stage "
    ") ORDER BY n, v)";

Test(sync_weekly, one_command_is_as_one_by_one)
{
	three_weeks();
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	const char *at_once = ask_text(facts_text);
	shell("rm huddle.db*; mkdir kept; mv in/* kept");
	static const char *const weeks[] = {
	    "deals-2026-08-03*", "deals_20260810*", "deals?2026_08_17*"};
	for (int week = 0; week < 3; week++) {
		shell("cp kept/%s in", weeks[week]);
		assert_status(EXIT_OK, sync_co(.accept_shrink = true));
		cr_assert_eq(said.report.sync_id, week + 1);
	}
	cr_assert_str_eq(ask_text(facts_text), at_once);
}

Test(sync_weekly, undo_takes_the_command_back)
{
	three_weeks();
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	int64_t id;
	struct err err = ERR_INIT;
	struct store *store = store_here(false);
	cr_assert(store_undo_sync(store, &id, &err), "%s", err.text);
	store_close(store);
	cr_assert_eq(id, 0);
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	cr_assert_eq(said.report.first_sync, 4);
	cr_assert_eq(said.report.sync_id, 6);
}

Test(sync_weekly, folders_with_days)
{
	shell("mkdir -p in/2026-08-03 in/20260810/crm");
	put("2026-08-03/deals.csv", HEADER "1,New,100,2026-09-01,Ana\n");
	put("20260810/crm/deals.csv", HEADER "1,Old,100,2026-09-01,Ana\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(snapshots(), "2@2026-08-10 1.stage:New>Old");
	/* The folder of one day by itself is known by what it holds. */
	const char *paths[] = {in_folder("in/20260810")};
	assert_status(EXIT_OK, sync_co(.paths = paths, .n_paths = 1));
	cr_assert_eq(said.report.as_of, day_from_civil(2026, 8, 10));
	cr_assert_eq(said.report.sync_id, 0);
}

/* An export that comes late does not take the facts back. */
Test(sync_weekly, a_day_before_the_facts)
{
	put("deals-2026-08-10.csv", HEADER "1,Old,100,2026-09-01,Ana\n");
	assert_status(EXIT_OK, sync_co());
	put("deals-2026-08-03.csv", HEADER "1,New,100,2026-09-01,Ana\n");
	put("touches-2026-08-03.csv", "Id,When\nt1,2026-08-01\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(warning(1), "");
	cr_has(warning(0), "deals-2026-08-03.csv: speaks of 2026-08-03");
	cr_has(warning(0), "2026-08-10");
	cr_assert(report_of("deals-2026-08-03.csv")->left_out);
	assert_text("SELECT stage FROM deal", "Old");
	/* Touches were never synced: they come, and the facts stay of their day. */
	assert_number("SELECT count(*) FROM touch", 1);
	assert_text("SELECT as_of FROM generation ORDER BY id DESC", "2026-08-10");
	/* Who says so gets it. */
	const char *paths[] = {in_folder("in/deals-2026-08-03.csv")};
	day_t day = day_from_civil(2026, 8, 3);
	assert_status(EXIT_OK,
	    sync_co(.paths = paths, .n_paths = 1, .as_of = day, .as_of_given = true));
	assert_text("SELECT stage FROM deal", "New");
	cr_has(warning(0), "now they are the older ones");
}

Test(sync_weekly, as_of_given)
{
	day_t day = day_from_civil(2026, 8, 20);
	put("deals-2026-08-10.csv", HEADER "1,Old,100,2026-09-01,Ana\n");
	assert_status(EXIT_OK, sync_co(.as_of = day, .as_of_given = true));
	cr_assert_eq(said.report.as_of, day);
	assert_text("SELECT as_of FROM feed", "2026-08-20");
	shell("rm huddle.db*");
	/* Of several days each keeps its own, and one without gets the day given. */
	put("deals-2026-08-03.csv", HEADER "1,New,100,2026-09-01,Ana\n");
	put("touches.csv", "Id,When\nt1,2026-08-01\n");
	assert_status(EXIT_OK, sync_co(.as_of = day, .as_of_given = true));
	cr_has(warning(0), "--as-of 2026-08-20 is for files whose names");
	cr_assert_str_eq(
	    syncs(), "1@2026-08-03:1+0-0 2@2026-08-10:0+1-0 3@2026-08-20:1+0-0");
}

Test(sync_weekly, days_to_come)
{
	put("deals until 2026-12-31.csv", HEADER "1,New,100,2026-09-01,Ana\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.as_of, day_from_civil(2026, 11, 20));
	cr_has(warning(0), "2026-12-31 is still to come");
	shell("rm -r huddle.db* in/*");
	three_weeks();
	assert_status(EXIT_OK,
	    sync_co(.accept_shrink = true, .today = day_from_civil(2026, 8, 11)));
	cr_assert_eq(said.report.sync_id, 2);
	cr_assert(*warning(1) && !*warning(2));
	cr_has(warning(0), "after today, 2026-08-11; left out");
}

/* Missing for a week and back; deleted by --full. */
Test(sync_weekly, absence_is_judged_day_by_day)
{
	put("deals-2026-08-03.csv", HEADER "1,New,1,,A\n2,New,2,,A\n3,New,3,,A\n"
	                                   "4,New,4,,A\n5,New,5,,A\n");
	put("deals-2026-08-10.csv", HEADER "1,New,1,,A\n2,New,2,,A\n3,New,3,,A\n"
	                                   "4,New,4,,A\n");
	put("deals-2026-08-17.csv", HEADER "1,New,1,,A\n2,New,2,,A\n3,New,3,,A\n"
	                                   "5,New,5,,A\n");
	put("deals-2026-08-24.csv", HEADER "1,New,1,,A\n2,New,2,,A\n3,New,3,,A\n"
	                                   "5,New,5,,A\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(snapshots(), "2@2026-08-10 5.presence:present>missing "
	                              "3@2026-08-17 4.presence:present>missing "
	                              "3@2026-08-17 5.presence:missing>present");
	assert_text(
	    "SELECT group_concat(source_id || missing) FROM deal WHERE missing", "43");
	shell("rm huddle.db*");
	assert_status(EXIT_OK, sync_co(.full = true));
	cr_assert_str_eq(snapshots(), "2@2026-08-10 5.presence:present>deleted "
	                              "3@2026-08-17 4.presence:present>deleted "
	                              "3@2026-08-17 5.presence:deleted>present");
	assert_text("SELECT group_concat(source_id) FROM deal WHERE deleted = 1", "4");
}

/* Touches in groups: known rows stay, others come, go and come back. */
Test(sync_weekly, events)
{
	put("touches-2026-08-03.csv",
	    "Id,When\na,2026-08-01\nb,2026-08-02\nc,2026-08-02\n"
	    "d,2026-08-02\ne,2026-08-02\n");
	put("touches-2026-08-10.csv",
	    "Id,When\nb,2026-08-02\nc,2026-08-02\nd,2026-08-02\n"
	    "e,2026-08-05\nf,2026-08-09\n");
	put("touches-2026-08-17.csv",
	    "Id,When\na,2026-08-01\nb,2026-08-02\nd,2026-08-02\n"
	    "e,2026-08-05\nf,2026-08-09\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("touches-2026-08-10.csv", 5, 1, 1, 3, 0, 0);
	assert_counts("touches-2026-08-17.csv", 5, 0, 1, 4, 0, 0);
	cr_assert_str_eq(syncs(), "1@2026-08-03:5+0-0 2@2026-08-10:1+1-1 "
	                          "3@2026-08-17:0+1-1");
	assert_text(
	    "SELECT group_concat(source_id) FROM (SELECT source_id FROM touch WHERE "
	    "missing IS NULL ORDER BY 1)",
	    "a,b,d,e,f");
}

Test(sync_weekly, a_refusal_of_one_day_refuses_all)
{
	three_weeks();
	put("deals-2026-08-24.csv", HEADER "1,\"New\n");
	assert_refused(sync_co(.accept_shrink = true), "deals-2026-08-24.csv");
	assert_number("SELECT count(*) FROM generation", 0);
}

Test(sync_weekly, days_in_names, .init = NULL, .fini = NULL)
{
	static const struct {
		const char *name, *day;
	} table[] = {
	    {"hubspot-crm-exports-all-deals-2025-08-11-1.csv", "2025-08-11"},
	    {"deals_20250811.csv", "2025-08-11"},
	    {"20250811T063000.csv", "2025-08-11"},
	    {"deals-20250811_0630.csv", "2025-08-11"},
	    {"deals202508110630.csv", "2025-08-11"},
	    {"2025_08_11 deals.csv", "2025-08-11"},
	    {"2025.8.1.csv", "2025-08-01"},
	    {"WE_20250811063000_1.csv", "2025-08-11"},
	    {"deals 11-Aug-2025.csv", "2025-08-11"},
	    {"11aug2025.csv", "2025-08-11"},
	    {"Deals August 11, 2025.csv", "2025-08-11"},
	    {"deals 11.08.2025.csv", "2025-08-11"},
	    {"deals 25-08-2025.csv", "2025-08-25"},
	    {"deals 08-25-2025.csv", "2025-08-25"},
	    {"report1754900000000.csv", "2025-08-11"},
	    {"2025-01-01 to 2025-08-11.csv", "2025-08-11"},
	    {"2025-08-11 closing until 2030-01-01.csv", "2025-08-11"},
	    {"closing until 2030-12-31.csv", "2030-12-31"},
	    {"deals 08-11-2025.csv", ""},
	    {"deals 2025-08.csv", ""},
	    {"deals 2025-W33.csv", ""},
	    {"deals 2025-02-30.csv", ""},
	    {"Q3 2025.csv", ""},
	    {"0061700000abcde.csv", ""},
	    {"202508111.csv", ""},
	    {"1754900000000.csv", ""},
	    {"12345678.csv", ""},
	    {"Marchetti 12 2025.csv", ""},
	    {"may 2025.csv", ""},
	    {"", ""},
	    {"2025", ""},
	    {"2025-", ""},
	    {"2025-08-", ""},
	    {"11-Aug-", ""},
	};
	for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
		char day[DAY_TEXT];
		/* On the heap, so that reading beyond it is seen. */
		size_t len = strlen(table[i].name);
		char *name = malloc(len + !len);
		memcpy(name, table[i].name, len);
		day_t got =
		    day_of_name((struct slice){name, len}, day_from_civil(2026, 1, 1));
		free(name);
		cr_expect_str_eq(
		    day_format(got, day), table[i].day, "%s: %s", table[i].name, day);
	}
}
