#include "sync_fixture.h"

/* What a mapping file can say, and what becomes of the rows. */

TestSuite(sync_mapping, .init = sync_setup, .fini = sync_teardown);

/* Of two sections of a kind the one that knows more of the header reads the file;
 * sections that know as much share it, each with its rows. */
Test(sync_mapping, the_longest_signature_takes_the_file)
{
	put("../co.ini",
	    "[source]\nname = co\n"
	    "[deals]\nsignature = Id + S\nid = Id\nname = S\nstage = S\n"
	    "[deals.open]\nsignature = Id + S + T | Id + S + U + V\nwithout = X | Y\n"
	    "only = T: open\nid = Id\nname = T\nstage = S\n"
	    "[deals.rest]\nsignature = Id + S + T\nskip = T: open\nid = Id\nname = Id\n"
	    "stage = S\n");
	put("a.csv", "Id,S,T\n1,New,open\n2,New,other\n");
	put("b.csv", "Id,S\n3,New\n");
	put("c.csv", "Id,S,T,Y\n4,New,open\n");
	shell("sed -i 's/4,New,open/4,New,open,y/' in/c.csv");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT group_concat(name, ' ') FROM (SELECT name FROM deal ORDER BY "
	            "source_id)",
	    "open 2 New");
	assert_text(
	    "SELECT group_concat(section || rows, ' ') FROM (SELECT * FROM feed ORDER "
	    "BY section)",
	    "deals1 deals.open1 deals.rest1");
}

Test(sync_mapping, values_of_a_json_cell)
{
	put("../co.ini",
	    "[source]\nname = co\n[touches]\nfiles = t.csv\nid = I\nwhen = W\n"
	    "kind.default = Form\ndetail = J\ndetail.key = Page | Title\ndetail.else = "
	    "D\n"
	    "responded = J\nresponded.key = Ok\n");
	put("t.csv",
	    "I,W,J,D\n"
	    "1,2026-11-01,\"{\"\"Title\"\":\"\"T\"\",\"\"Ok\"\":true}\",d\n"
	    "2,2026-11-01,\"{\"\"Page\"\":\"\" "
	    "\"\",\"\"Title\"\":\"\"T\"\",\"\"Ok\"\":0}\",d\n"
	    "3,2026-11-01,\"{\"\"Other\"\":1}\",d\n"
	    "4,2026-11-01,\"{ not JSON\",d\n5,2026-11-01,,d\n"
	    "6,2026-11-01,\"{\"\"Page\"\":{\"\"a\"\":[1,2]},\"\"Ok\"\":null}\",d\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(
	    "SELECT group_concat(detail || coalesce(responded, '-'), ' ') FROM touch",
	    "T1 T0 d- d- d- {\"a\":[1,2]}-");
}

Test(sync_mapping, blank_words_and_chains)
{
	put("../co.ini",
	    "[source]\nname = co\nblank = null, n/a\n[deals]\nfiles = d.csv\nid = Id\n"
	    "name = N\nname.else = M | Id\nstage = S\nstage.map = New: New, *: Other\n"
	    "amount = A\nskip = S:\n");
	put("d.csv", "Id,N,M,S,A\n1,NULL,m,New,N/A\n2,,null,old,5\n3,n,m,,7\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(
	    "SELECT group_concat(name || stage || coalesce(amount, '-'), ' ') FROM "
	    "deal",
	    "mNew- 2Other500");
	cr_assert_eq(report_of("d.csv")->skipped, 1);
}

/* Each id of the list is a row; one that stands there twice is one. */
Test(sync_mapping, a_list_of_ids)
{
	put("../co.ini", "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Ids\n"
	                 "id.split = ;\nname = N\nstage = S\n");
	put("d.csv", "Ids,N,S\n1; 2;;3,A,New\n4,B,New\n;,C,New\n5; 1.2E+11,D,New\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	assert_text(
	    "SELECT group_concat(source_id || name, ' ') FROM deal", "1A 2A 3A 4B");
	cr_assert_eq(said.report.n_rejects, 2);
}

/* Where a field has several columns, each has its own order of day and month. */
Test(sync_mapping, each_column_is_read_in_its_own_way)
{
	put("../co.ini", "[source]\nname = co\n[activities]\nfiles = v.csv\nid = "
	                 "I\nkind.default = call\n"
	                 "when = A\nwhen.else = B | C\n");
	put("v.csv", "I,A,B,C\n1,,11/3/2026,\n2,,11/18/2026,\n3,3/11/2026,,\n"
	             "4,18/11/2026,,\n5,,,2026-11-05\n");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT group_concat(at, ' ') FROM activity",
	    "2026-11-03 2026-11-18 2026-11-03 2026-11-18 2026-11-05");
	put("v.csv", "I,A,B,C\n1,18/11/2026,,\n2,,11/3/2026,\n");
	assert_refused(sync_co(.accept_shrink = true), "v.csv:3", "\"B\"", "11/3/2026");
}

/* A value that can not be read is named with the column it is from. */
Test(sync_mapping, a_reject_of_another_column)
{
	put("../co.ini", "[source]\nname = co\n[deals]\nfiles = d.csv\nid = I\nname = I\n"
	                 "stage = I\namount = A\namount.else = B\n");
	put("d.csv", "I,A,B\n1,,much\n2,little,\n3,1,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_str_eq(said.report.rejects[0].column, "B");
	cr_assert_str_eq(said.report.rejects[0].value, "much");
	cr_assert_str_eq(said.report.rejects[1].column, "A");
}

/* One column decides for all, where the mapping says that they agree. */
Test(sync_mapping, dates_that_agree)
{
	static const char sections[] =
	    "[deals]\nfiles = d.csv\nid = I\nname = I\nstage = I\ncreated = A\n"
	    "close_date = B\n";
	char text[512];
	put("d.csv", "I,A,B\n1,3/11/2026,4/11/2026\n2,5/11/2026,18/11/2026\n");
	snprintf(text, sizeof text, "[source]\nname = co\n%s", sections);
	put("../co.ini", text);
	assert_refused(sync_co(), "d.csv:2", "\"A\"", "3/11/2026");
	snprintf(
	    text, sizeof text, "[source]\nname = co\ndates_agree = yes\n%s", sections);
	put("../co.ini", text);
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT group_concat(created || close_date, ' ') FROM deal",
	    "2026-11-032026-11-04 2026-11-052026-11-18");
	put("d.csv", "I,A,B\n1,3/11/2026,4/11/2026\n2,5/11/2026,6/11/2026\n");
	assert_refused(sync_co(), "d.csv:2", "\"B\"", "4/11/2026");
}

/* What a company says of its files holds for those a preset reads as well. */
Test(sync_mapping, a_source_section_alone)
{
	put("d.csv",
	    "Id,Name,StageName,CloseDate,Amount\n1,One,New,3/11/2026,\"1.200,5\"\n");
	assert_refused(sync_now(), "d.csv:2", "CloseDate");
	put("../co.ini", "[source]\nname = co\ndates = dmy\ncurrency = EUR\n"
	                 "decimal = comma\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(report_of("d.csv")->source, "salesforce");
	assert_text(
	    "SELECT close_date || amount || currency FROM deal", "2026-11-03120050EUR");
	assert_status(EXIT_OK, sync_co());
	cr_assert_not(said.report.changed);
	/* Another word about the files, and they are read anew. */
	put("../co.ini", "[source]\nname = co\ndates = mdy\ncurrency = EUR\n"
	                 "decimal = comma\n");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT close_date FROM deal", "2026-03-11");
}

/* One known by id alone shows the name that stood beside the id, and nobody finds it
 * by that name: another may have it. */
Test(sync_mapping, a_name_beside_an_id)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Id\nstage = "
	    "Id\n"
	    "owner_id = OI\nowner = O\n[people]\nfiles = p.csv\nid = Id\nname = N\n");
	put("d.csv", "Id,OI,O\n1,p1,Ana Ruiz\n2,p2,Ana Ruiz\n3,,Ana Ruiz\n");
	assert_status(EXIT_OK, sync_co());
	static const char all[] =
	    "SELECT group_concat(coalesce(p.source_id, '-') || p.name, ' ') FROM "
	    "deal d JOIN person p ON p.id = d.owner ORDER BY d.id";
	assert_text(all, "p1Ana Ruiz p2Ana Ruiz -Ana Ruiz");
	/* The row of p3 is the one called by name only, in a later sync as well. */
	put("p.csv", "Id,N\np3,Ana Ruiz\np2,Ana R.\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(all, "p1Ana Ruiz p2Ana R. p3Ana Ruiz");
}

/* A deal's changes and committee by the deal's name; one of the columns is enough. */
Test(sync_mapping, deals_by_name)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = N\nstage = S\n"
	    "[history]\nfiles = h.csv\ndeal = N\nwhen = W\nclose_date = C\n"
	    "[committee]\nfiles = m.csv\ndeal = N\ncontact_email = E\nrole = R\n");
	put("d.csv", "Id,N,S\n1,One,New\n");
	put("h.csv", "N,W,C\nOne,2026-09-01,2026-09-30\nOne,2026-10-01,2026-11-30\n");
	put("m.csv", "N,E,R\nOne,bea@x.example,CFO\n,cy@x.example,CFO\n");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(*) FROM deal", 1);
	assert_text("SELECT pushes || committee FROM deal_summary", "11");
	shell("sed -i 's/,CFO/,Champion/' in/m.csv");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT group_concat(role) FROM committee", "Champion");
	put("../co.ini", "[source]\nname = co\n[committee]\nfiles = m.csv\ndeal = N\n");
	assert_refused(sync_co(), "co.ini:3", "contact");
}
