#include "sync_fixture.h"

/* What a sync takes, rejects and refuses, and what is there afterwards. */

static const char co[] =
    "[source]\nname = co\n[accounts]\nfiles = a*.csv\nid = Id\nname = Name\n"
    "[deals]\nfiles = d*.csv\nid = Id\nname = Name\naccount = Account\n"
    "stage = Stage\namount = Amount\nclose_date = Close\n"
    "[touches]\nfiles = t*.csv\nid = Id\naccount = Account\nwhen = When\n"
    "kind = Kind\n";

static const char deals_csv[] = "Id,Name,Account,Stage,Amount,Close\n"
                                "1,One,Acme,New,100,2026-12-01\n"
                                "2,Two,Acme,New,200,2026-12-02\n"
                                "3,Three,Bolt,Old,300,2026-12-03\n"
                                "4,Four,Bolt,Old,400,2026-12-04\n"
                                "5,Five,Bolt,Old,500,2026-12-05\n";
#define HEADER "Id,Name,Account,Stage,Amount,Close\n"

static const char touches_csv[] = "Id,Account,When,Kind\n"
                                  "t1,Acme,2026-11-01,Webinar\n"
                                  "t2,Bolt,2026-11-02,Email\n";

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
	put("d.csv", deals_csv);
}

TestSuite(sync_policy, .init = setup, .fini = sync_teardown);

/* All deals as "id:amount:missing". */
static const char *deals_now(void)
{
	return ask_text(
	    "SELECT group_concat(v, ' ') FROM (SELECT source_id || ':' || "
	    "coalesce(amount / 100, '-') || coalesce(':gone' || missing, '') || "
	    "CASE WHEN deleted = 1 THEN ':del' ELSE '' END AS v FROM deal "
	    "WHERE feed IS NOT NULL ORDER BY source_id)");
}

static long long generations(void)
{
	return ask("SELECT count(*) FROM generation");
}

/* n good deals, and `bad` after them. */
static void many(const char *name, int n, const char *bad)
{
	struct str text = STR_INIT;
	str_adds(&text, HEADER);
	for (int i = 1; i <= n; i++)
		str_addf(&text, "%d,Deal %d,Acme,New,%d,2026-12-01\n", i, i, i);
	str_adds(&text, bad);
	put(name, str_text(&text));
	str_release(&text);
}

Test(sync_policy, all_rows_in)
{
	assert_status(EXIT_OK, sync_co());
	assert_counts("d.csv", 5, 5, 0, 0, 0, 0);
	cr_assert(said.report.changed);
	cr_assert_eq(said.report.sync_id, 1);
	cr_assert_str_eq(report_of("d.csv")->kind, "deals");
	cr_assert_str_eq(report_of("d.csv")->source, "co");
	cr_assert_str_eq(report_of("d.csv")->encoding, "UTF-8");
	cr_assert_eq(report_of("d.csv")->delimiter, ',');
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400 5:500");
	assert_number("SELECT count(*) FROM account", 2);
	cr_assert_str_eq(
	    files_here(), "co.ini huddle.db huddle.db-facts-1 huddle.db-sync.lock in ");
}

/* One of each fault; every reject keeps its file, line, reason and text. */
Test(sync_policy, rows_are_rejected_and_kept)
{
	many("d.csv", 60,
	    "61,ragged,Acme\n,lacks,Acme,New,1,2026-12-01\n7,Deal 8,Acme,New,7,\n"
	    "64,x,Acme,New,soon,\n\"65\",\"two\nlines\",Acme,New,1,never\n66,,,New,1,"
	    "x\n");
	assert_status(EXIT_REJECTS, sync_co());
	static const struct {
		int line;
		const char *column, *value, *why, *text;
	} want[] = {{62, "", "", "has 3 fields", "61,ragged,Acme"},
	    {63, "Id", "", "lacks its id", ",lacks,Acme,New,1,2026-12-01"},
	    {64, "Id", "7", "repeats an id", "7,Deal 8,Acme,New,7,"},
	    {65, "Amount", "soon", "amount", "64,x,Acme,New,soon,"},
	    {66, "Close", "never", "date", "\"65\",\"two\nlines\",Acme,New,1,never"},
	    {68, "Close", "x", "date", "66,,,New,1,x"}};
	cr_assert_eq(said.report.n_rejects, 6);
	struct store *store = store_here(true);
	struct reject_list kept;
	struct err err = ERR_INIT;
	cr_assert(store_load_rejects(store, &said.arena, &kept, &err), "%s", err.text);
	cr_assert_eq(kept.count, 6);
	for (size_t i = 0; i < 6; i++) {
		const struct reject *all[] = {&said.report.rejects[i], &kept.items[i]};
		for (int j = 0; j < 2; j++) {
			const struct reject *r = all[j];
			cr_assert_str_eq(r->file, "d.csv");
			cr_assert_eq(
			    r->line, want[i].line, "line %lld", (long long)r->line);
			cr_assert_str_eq(r->text, want[i].text);
			cr_has(r->why, want[i].why);
			if (i) /* a ragged row has no column */
				cr_assert_str_eq(r->column, want[i].column);
			cr_assert_str_eq(r->value, want[i].value);
		}
	}
	store_close(store);
	assert_counts("d.csv", 66, 60, 0, 0, 0, 6);
	assert_number("SELECT count(*) FROM deal WHERE feed IS NOT NULL", 60);
}

Test(sync_policy, a_repeat_is_no_reject)
{
	many("d.csv", 12, "3,Deal 3,Acme,New,3,2026-12-01\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("d.csv", 13, 12, 0, 0, 1, 0);
	many("d.csv", 12,
	    "3,Deal 3,Acme,New,3,2026-12-01\n4,Deal 4,Acme,New,5,2026-12-01\n");
	assert_status(EXIT_REJECTS, sync_co());
	assert_counts("d.csv", 14, 0, 0, 12, 1, 1);
}

/* Rows with no id that say the same twice are one. */
Test(sync_policy, repeats_without_ids)
{
	shell("sed -i '/^\\[touches/,$ { /^id = / d }' co.ini");
	put("t.csv", "Id,Account,When,Kind\nt1,Acme,2026-11-01,Webinar\nt1,Acme,2026-11-"
	             "01,Webinar\n"
	             "t1,Acme,2026-11-01,Email\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("t.csv", 3, 2, 0, 0, 1, 0);
	put("t.csv",
	    "Id,Account,When,Kind\nt1,Acme,2026-11-01,Email\nt1,Acme,2026-11-01,Webinar\n"
	    "t1,Acme,2026-11-01,Webinar\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("t.csv", 3, 0, 0, 2, 1, 0);
	cr_assert_not(said.report.changed);
}

Test(sync_policy, too_many_rejects)
{
	many("d.csv", 9, "x,x,x,x,1,\nx,y,y,y,2,\n");
	assert_status(EXIT_REJECTS, sync_co()); /* 1 of 11 */
	many("e.csv", 0, "");
	shell("rm -f huddle.db* in/*");
	many("d.csv", 9, "7,a,b,c,1,\n8,a,b,c,1,\n");
	assert_refused(sync_co(), "d.csv:11", "2 of 11", "10 %", "\"Id\"", "\"7\"",
	    "--accept-rejects");
	cr_assert_eq(report_of("d.csv")->rejected, 2);
	cr_assert_eq(said.report.n_rejects, 2);
	assert_number("SELECT count(*) FROM generation", 0);
	cr_assert_str_eq(files_here(), "co.ini huddle.db huddle.db-sync.lock in ");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(generations(), 1);
}

/* Exactly a tenth is not more. */
Test(sync_policy, a_tenth_of_rejects)
{
	many("d.csv", 9, "7,a,b,c,1,\n");
	assert_status(EXIT_REJECTS, sync_co());
}

Test(sync_policy, shrink)
{
	assert_status(EXIT_OK, sync_co());
	put("d.csv",
	    HEADER "1,One,Acme,New,100,2026-12-01\n2,Two,Acme,New,200,2026-12-02\n"
	           "3,Three,Bolt,Old,333,2026-12-03\n");
	assert_refused(
	    sync_co(), "d.csv", "3 rows, 5", "20 %", "--accept-shrink", "--partial");
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400 5:500");
	cr_assert_eq(generations(), 1);
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:333 4:400:gone2 5:500:gone2");
	cr_assert_eq(report_of("d.csv")->missing, 2);
}

/* A fifth fewer is not more than a fifth. */
Test(sync_policy, a_fifth_fewer)
{
	assert_status(EXIT_OK, sync_co());
	shell("sed -i '/^5/ d' in/d.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400 5:500:gone2");
}

/* All files of a kind count together: moving rows from one to another is no
 * shrinking, and a file that is not there at all is. */
Test(sync_policy, shrink_counts_all_files_of_a_kind)
{
	assert_status(EXIT_OK, sync_co());
	shell("cd in; head -3 d.csv > d2.csv; sed -i '2,3 d' d.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("d2.csv", 2, 0, 0, 2, 0, 0);
	shell("rm in/d.csv");
	assert_refused(sync_co(), "2 rows, 5");
	assert_status(EXIT_OK, sync_co(.partial = true));
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400 5:500");
	put("d2.csv", HEADER "1,One,Acme,New,100,2026-12-01\n");
	assert_refused(sync_co(), "1 rows, 5");
}

/* An export of nothing at all is a filter gone wrong, too. */
Test(sync_policy, a_kind_that_is_empty_now)
{
	assert_status(EXIT_OK, sync_co());
	put("d.csv", HEADER);
	assert_refused(sync_co(), "0 rows, 5");
}

Test(sync_policy, missing_rows_come_back)
{
	assert_status(EXIT_OK, sync_co());
	shell("cp in/d.csv keep; sed -i '/^5/ d' in/d.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.files[0].missing, 1);
	shell("cp keep in/d.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("d.csv", 5, 0, 1, 4, 0, 0);
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400 5:500");
}

Test(sync_policy, full_deletes_what_is_absent)
{
	put("t.csv", touches_csv);
	assert_status(EXIT_OK, sync_co());
	shell("sed -i '/^5/ d' in/d.csv; sed -i '/^t2/ d' in/t.csv");
	assert_status(EXIT_OK, sync_co(.full = true));
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400 5:500:gone2:del");
	assert_text("SELECT group_concat(source_id) FROM touch", "t1");
	assert_number("SELECT count(*) FROM deal_summary", 4);
}

Test(sync_policy, partial_exports)
{
	assert_status(EXIT_OK, sync_co());
	put("d.csv",
	    HEADER "2,Two,Acme,New,222,2026-12-02\n6,Six,Acme,New,600,2026-12-02\n");
	assert_status(EXIT_OK, sync_co(.partial = true));
	assert_counts("d.csv", 2, 1, 1, 0, 0, 0);
	cr_assert_eq(report_of("d.csv")->missing, 0);
	cr_assert_str_eq(deals_now(), "1:100 2:222 3:300 4:400 5:500 6:600");
	shell("sed -i 's/^name = co/name = co\\npartial = yes/' co.ini");
	put("d.csv", HEADER "2,Two,Acme,New,2222,2026-12-02\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(deals_now(), "1:100 2:2222 3:300 4:400 5:500 6:600");
	/* The whole again: as many rows as all parts together made. */
	shell("sed -i '/^partial/ d' co.ini");
	assert_refused(sync_co(), "1 rows, 6");
}

/* A first sync of changes only knows how many rows it holds all the same. */
Test(sync_policy, partial_from_the_first)
{
	put("t.csv", touches_csv);
	assert_status(EXIT_OK, sync_co(.partial = true));
	assert_text("SELECT group_concat(kind || rows) FROM feed ORDER BY kind",
	    "deals5,touches2");
}

Test(sync_policy, the_same_files_twice)
{
	many("d.csv", 20, "3,a,b,c,5,\n");
	put("t.csv", touches_csv);
	assert_status(EXIT_REJECTS, sync_co());
	shell("touch in/*; stat -c %%Y.%%i huddle.db-facts-1 > before");
	assert_status(EXIT_REJECTS, sync_co());
	cr_assert_not(said.report.changed);
	cr_assert_eq(said.report.sync_id, 0);
	cr_assert_eq(generations(), 1);
	assert_counts("d.csv", 21, 0, 0, 20, 0, 1);
	assert_counts("t.csv", 2, 0, 0, 2, 0, 0);
	cr_assert_eq(said.report.n_rejects, 1);
	cr_assert_str_eq(said.report.rejects[0].text, "3,a,b,c,5,");
	shell("stat -c %%Y.%%i huddle.db-facts-1 | cmp - before");
	cr_assert_str_eq(files_here(),
	    "before co.ini huddle.db huddle.db-facts-1 huddle.db-sync.lock in ");
}

/* Only what differs is read; another mapping reads everything anew. */
Test(sync_policy, one_file_of_two_changed)
{
	put("t.csv", touches_csv);
	assert_status(EXIT_OK, sync_co());
	shell("sed -i 's/,500,/,555,/' in/d.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("d.csv", 5, 0, 1, 4, 0, 0);
	cr_assert(report_of("t.csv")->same_file);
	cr_assert_not(report_of("d.csv")->same_file);
	shell("echo >> co.ini");
	assert_status(EXIT_OK, sync_co());
	cr_assert_not(report_of("t.csv")->same_file);
	cr_assert_not(said.report.changed);
}

/* A rejected row is not an absent one: its deal stays, also under --full. */
Test(sync_policy, a_rejected_row_is_not_missing)
{
	assert_status(EXIT_OK, sync_co());
	shell("sed -i '/^5/ s/500/abc/; /^4/ d' in/d.csv");
	assert_status(EXIT_REJECTS, sync_co(.full = true, .accept_rejects = true));
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400:gone2:del 5:500");
}

/* A row without a readable id may stand for anything: nothing is deleted. */
Test(sync_policy, a_rejected_row_without_an_id_deletes_nothing)
{
	assert_status(EXIT_OK, sync_co());
	shell("sed -i '/^5/ s/$/,one too many/; /^4/ d' in/d.csv");
	assert_status(EXIT_REJECTS, sync_co(.full = true, .accept_rejects = true));
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400:gone2 5:500:gone2");
	cr_assert_geq(said.report.n_warnings, 1);
}

/* A copy of the records names the original's facts, and must not remove them. */
Test(sync_policy, a_copy_leaves_the_facts_of_the_original)
{
	assert_status(EXIT_OK, sync_co());
	shell("cp huddle.db copy.db");
	snprintf(db_path, sizeof db_path, "%s/copy.db", folder);
	for (int i = 1; i < 5; i++) {
		shell("sed -i '/^5/ s/Old,[0-9]*/Old,50%d/' in/d.csv", i);
		assert_status(EXIT_OK, sync_co());
	}
	shell("test -e huddle.db-facts-1");
	shell("test ! -e copy.db-facts-2");
}
