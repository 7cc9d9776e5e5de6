#include "sync_fixture.h"

/* The same exports a week later: what is known again, and as what. */

TestSuite(sync_again, .init = sync_setup, .fini = sync_teardown);

static const char co[] =
    "[source]\nname = co\n"
    "[deals]\nfiles = d*.csv\nid = Topic + Created\nname = Topic\nstage = Stage\n"
    "created = Created\namount = Amount\n"
    "[activities]\nfiles = v*.csv\ndeal = Deal\nwhen = When\nkind = Kind\n"
    "subject = Subject\ndone = Done\ncontact_id = Who\ncontact_id.split = ;\n"
    "[touches]\nfiles = t*.csv\ndeal_id = Deal\nwhen = When\nkind = Kind\n"
    "detail = Detail\n"
    "[history]\nfiles = h*.csv\ndeal_id = Deal\nwhen = When\nfield = Field\nold = Old\n"
    "new = New\n"
    "[quotas]\nfiles = q*.csv\nowner = Owner\nperiod = Period\namount = Amount\n";

static void setup_co(void)
{
	put("../co.ini", co);
	put("d.csv", "Topic,Created,Stage,Amount\nPayroll,2026-01-02,New,100\n"
	             "Payroll,2026-02-02,New,200\nClocks,2026-01-02,New,300\n");
	put("v.csv", "Deal,When,Kind,Subject,Done,Who\n"
	             "Clocks,2026-11-05,call,Pricing,no,\n"
	             "Clocks,2026-11-05,email,Terms,yes,\n"
	             "Clocks,2026-11-06,call,Next,no,a;b\n"
	             "Clocks,2026-11-07,call,One,no,\n"
	             "Clocks,2026-11-07,call,Two,no,\n");
	put("t.csv", "Deal,When,Kind,Detail\nx,2026-11-01,Webinar,registered\n"
	             "x,2026-11-02,Email,sent\n");
	put("h.csv", "Deal,When,Field,Old,New\nx,2026-11-01,Stage,A,B\n"
	             "x,2026-11-01,Amount,1,2\n");
	put("q.csv", "Owner,Period,Amount\nAna,2026-Q4,1000\nBob,2026-Q4,2000\n");
	assert_status(EXIT_OK, sync_co());
}

/* A natural key is the same key whatever else is edited. */
Test(sync_again, natural_keys, .init = sync_setup)
{
	setup_co();
	shell("sed -i 's/02-02,New,200/02-02,Old,250/' in/d.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("d.csv", 3, 0, 1, 2, 0, 0);
	assert_number("SELECT count(*) FROM deal WHERE missing IS NOT NULL", 0);
	assert_text("SELECT group_concat(field || old || '>' || new, ' ') FROM snapshot",
	    "amount200.00>250.00 stageNew>Old");
	assert_text(
	    "SELECT source_id FROM deal WHERE stage = 'Old'", "Payroll|2026-02-02");
}

/* Without any id: edited rows are the same ones where nothing else can be. */
Test(sync_again, edited_rows_without_ids)
{
	setup_co();
	shell("sed -i 's/Pricing,no/Pricing,yes/; s/Next,no,a;b/Next!,yes,a;b/' in/v.csv;"
	      "sed -i 's/registered/attended/' in/t.csv; sed -i 's/1,2/1,3/' in/h.csv;"
	      "sed -i 's/1000/1500/' in/q.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("v.csv", 5, 0, 2, 3, 0, 0);
	assert_counts("t.csv", 2, 0, 1, 1, 0, 0);
	assert_counts("h.csv", 2, 0, 1, 1, 0, 0);
	assert_counts("q.csv", 2, 0, 1, 1, 0, 0);
	cr_assert_eq(report_of("v.csv")->missing, 0);
	/* Five activities, and one contact more of one of them. */
	assert_number("SELECT count(*) FROM activity", 6);
	assert_number("SELECT count(*) FROM activity WHERE missing IS NOT NULL", 0);
	assert_number("SELECT count(*) FROM touch", 2);
	assert_text(
	    "SELECT group_concat(amount) FROM quota ORDER BY amount", "200000,150000");
	assert_text(
	    "SELECT added || ' ' || updated || ' ' || missing FROM sync WHERE id = 2",
	    "0 5 0");
	assert_number(
	    "SELECT activities FROM deal_summary s JOIN deal d ON d.id = s.deal "
	    "WHERE d.name = 'Clocks'",
	    5);
	/* Two of one time: both edited are both known, of one the other is kept. */
	shell("sed -i 's/One,no/One,yes/; s/Two,no/Two,yes/' in/v.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("v.csv", 5, 0, 2, 3, 0, 0);
	shell("sed -i 's/One,yes/Uno,yes/' in/v.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("v.csv", 5, 0, 1, 4, 0, 0);
}

/* A row at another time is another row, and the one that is gone is kept. */
Test(sync_again, other_rows_without_ids)
{
	setup_co();
	shell("sed -i 's/2026-11-05,call/2026-11-09,call/' in/v.csv;"
	      "sed -i '/Email/d' in/t.csv; echo 'x,2026-11-02,Email,clicked' >> in/t.csv;"
	      "echo 'x,2026-11-02,Email,opened' >> in/t.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("v.csv", 5, 1, 0, 4, 0, 0);
	cr_assert_eq(report_of("v.csv")->missing, 1);
	assert_counts("t.csv", 3, 2, 0, 1, 0, 0); /* one became two: which? */
	cr_assert_eq(report_of("t.csv")->missing, 1);
	assert_number("SELECT count(*) FROM activity WHERE missing = 2", 1);
	/* And back again: it is there, and the other is missing. */
	shell("sed -i 's/2026-11-09,call/2026-11-05,call/' in/v.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("v.csv", 5, 0, 1, 4, 0, 0);
	assert_number("SELECT count(*) FROM activity WHERE missing = 3", 1);
}

static const char one[] = "[source]\nname = one\n[deals]\nfiles = one*.csv\nid = Id\n"
                          "name = Id\nstage = Stage\n";
static const char two[] = "[source]\nname = two\n[deals]\nfiles = two*.csv\nid = Id\n"
                          "name = Id\nstage = Stage\n";

static int sync_source(const char *ini, const char *file, struct sync_options options)
{
	const char *paths[] = {in_folder(file)};
	options.source = in_folder(ini);
	options.paths = paths;
	options.n_paths = 1;
	return sync_with(options);
}

#define SYNC(ini, file, ...) sync_source(ini, file, (struct sync_options){__VA_ARGS__})

/* Each source's rows are its own: what one leaves out says nothing of the other. */
Test(sync_again, two_sources_of_one_kind)
{
	put("../one.ini", one);
	put("../two.ini", two);
	put("one.csv", "Id,Stage\na,New\nb,New\nc,New\nd,New\ne,New\n");
	put("two.csv", "Id,Stage\nv,New\nw,New\nx,New\ny,New\nz,New\n");
	assert_status(EXIT_OK, SYNC("one.ini", "in/one.csv"));
	assert_status(EXIT_OK, SYNC("two.ini", "in/two.csv"));
	assert_number("SELECT count(*) FROM deal WHERE missing IS NULL", 10);
	put("two.csv", "Id,Stage\nv,New\nw,New\n");
	assert_refused(SYNC("two.ini", "in/two.csv"), "the deals of two are 2 rows, 5");
	put("two.csv", "Id,Stage\nv,New\nw,New\nx,New\ny,New\n");
	assert_status(EXIT_OK, SYNC("two.ini", "in/two.csv", .full = true));
	assert_text("SELECT group_concat(source_id) FROM deal WHERE deleted = 1", "z");
	/* An id of the other source is not taken over. */
	put("two.csv", "Id,Stage\nv,New\nw,New\nx,New\ny,New\na,Won\n");
	assert_status(
	    EXIT_REJECTS, SYNC("two.ini", "in/two.csv", .accept_rejects = true));
	cr_has(said.report.rejects[0].why, "belongs to source one");
	assert_text("SELECT stage FROM deal WHERE source_id = 'a'", "New");
}

/* An export of changes says nothing about what is not in it, also of events. */
Test(sync_again, partial_exports)
{
	setup_co();
	put("d.csv", "Topic,Created,Stage,Amount\nClocks,2026-01-02,Old,300\n");
	put("t.csv", "Deal,When,Kind,Detail\nx,2026-11-09,Email,sent\n");
	shell("rm in/v.csv in/h.csv in/q.csv");
	assert_status(EXIT_OK, sync_co(.partial = true));
	assert_counts("d.csv", 1, 0, 1, 0, 0, 0);
	assert_counts("t.csv", 1, 1, 0, 0, 0, 0);
	assert_number("SELECT count(*) FROM deal WHERE missing IS NOT NULL", 0);
	assert_number("SELECT count(*) FROM touch WHERE missing IS NULL", 3);
	assert_text("SELECT group_concat(kind || rows) FROM feed",
	    "deals3,history2,quotas2,activities5,touches3");
	/* In a folder of days each is applied in turn. */
	shell("rm in/*");
	put("d-2026-11-21.csv",
	    "Topic,Created,Stage,Amount\nClocks,2026-01-02,Won,300\n");
	put("d-2026-11-22.csv",
	    "Topic,Created,Stage,Amount\nClocks,2026-01-02,New,300\n");
	day_t today = day_from_civil(2026, 11, 23);
	assert_status(EXIT_OK, sync_co(.partial = true, .as_of = today));
	assert_text(
	    "SELECT group_concat(at || old || new, ' ') FROM snapshot WHERE field = "
	    "'stage' AND sync > 2",
	    "2026-11-21OldWon 2026-11-22WonNew");
	assert_number("SELECT count(*) FROM deal WHERE missing IS NOT NULL", 0);
	assert_status(EXIT_OK, sync_co(.partial = true, .as_of = today));
	cr_assert_not(said.report.changed);
}

/* The older exports turn up when the facts are those of a later day: they are
 * left out in one line, and with the facts moved away all of them are read. */
Test(sync_again, exports_found_later)
{
	put("../one.ini", one);
	put("one-2026-08-17.csv", "Id,Stage\na,Won\n");
	assert_status(
	    EXIT_OK, sync_with((struct sync_options){.source = in_folder("one.ini")}));
	put("one-2026-08-03.csv", "Id,Stage\na,New\n");
	put("one-2026-08-10.csv", "Id,Stage\na,Old\n");
	assert_status(
	    EXIT_OK, sync_with((struct sync_options){.source = in_folder("one.ini")}));
	cr_assert_eq(said.report.n_warnings, 1);
	cr_has(said.report.warnings[0], "one-2026-08-03.csv and 1 other files: speak of "
	                                "2026-08-03 and later");
	cr_assert_not(said.report.changed);
	shell("mkdir away; mv huddle.db-facts-* away");
	assert_status(
	    EXIT_OK, sync_with((struct sync_options){.source = in_folder("one.ini")}));
	assert_text(
	    "SELECT group_concat(at || old || new, ' ') FROM snapshot WHERE field = "
	    "'stage'",
	    "2026-08-10NewOld 2026-08-17OldWon");
}

/* Another mapping reads the newest anew, and leaves those before it alone. */
Test(sync_again, a_mapping_that_changed)
{
	put("../one.ini", one);
	put("one-2026-08-10.csv", "Id,Stage,Name\na,Old,A\n");
	put("one-2026-08-17.csv", "Id,Stage,Name\na,Won,B\n");
	assert_status(
	    EXIT_OK, sync_with((struct sync_options){.source = in_folder("one.ini")}));
	shell("sed -i 's/^name = Id/name = Name/' one.ini");
	assert_status(
	    EXIT_OK, sync_with((struct sync_options){.source = in_folder("one.ini")}));
	cr_assert_eq(said.report.n_warnings, 0);
	cr_assert(report_of("one-2026-08-10.csv")->same_file);
	assert_counts("one-2026-08-17.csv", 1, 0, 1, 0, 0, 0);
	assert_text("SELECT name || stage FROM deal", "BWon");
}
