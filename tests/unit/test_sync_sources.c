#include "sync_fixture.h"

/* Several sources in one store, presets beside a company's own mapping, and
 * what deals are told from. */

TestSuite(sync_sources, .init = sync_setup, .fini = sync_teardown);

static const char sf_deals[] =
    "Id,Name,StageName,CloseDate,IsDeleted,AccountId\n"
    "0064600000J5S5TAAV,One,New,2026-12-01,0,001A0000006Vm9rIAC\n";

Test(sync_sources, a_preset_finds_its_files_by_their_headers)
{
	put("anything.csv", sf_deals);
	assert_status(EXIT_OK, sync_now());
	cr_assert_str_eq(report_of("anything.csv")->source, "salesforce");
	assert_text("SELECT source_id FROM deal", "0064600000J5S5TAAV");
	assert_number("SELECT count(*) FROM deal_summary WHERE status = 'open'", 1);
}

/* Upper case headers, a BOM, semicolons and Windows-1252. */
Test(sync_sources, a_preset_knows_its_files_in_other_clothes)
{
	put("a.csv",
	    "\xef\xbb\xbf\"ID\";\"NAME\";\"STAGENAME\";\"CLOSEDATE\"\r\n"
	    "\"0064600000J5S5TAAV\";\"Z\xc3\xbcrich; AG\";\"New\";\"2026-12-01\"\r\n");
	put("b.csv",
	    "Id,Name,StageName,CloseDate\n0064600000J5S5UAAV,Z\xfcrich,New,2026-12-01\n");
	assert_status(EXIT_OK, sync_now());
	cr_assert_str_eq(report_of("a.csv")->encoding, "UTF-8 BOM");
	cr_assert_eq(report_of("a.csv")->delimiter, ';');
	cr_assert_str_eq(report_of("b.csv")->encoding, "Windows-1252");
	assert_text("SELECT group_concat(name, '|') FROM deal",
	    "Z\xc3\xbcrich; AG|Z\xc3\xbcrich");
}

/* The company's mapping takes what it names, the presets what is left. */
Test(sync_sources, a_company_mapping_comes_before_presets)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = ours.csv\nid = Id\nname = Name\n"
	    "stage = StageName\n");
	put("ours.csv", "Id,Name,StageName,CloseDate\nx,Ours,New,2026-12-01\n");
	put("theirs.csv", sf_deals);
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(report_of("ours.csv")->source, "co");
	cr_assert_str_eq(report_of("theirs.csv")->source, "salesforce");
	assert_text("SELECT source_id FROM deal WHERE name = 'Ours'", "x");
	assert_text(
	    "SELECT coalesce(close_date, '-') FROM deal WHERE name = 'Ours'", "-");
	/* A preset by name stands alone. */
	assert_refused(sync_now(.source = "hubspot"), "no export that a source knows");
}

/* A preset in the user's folder takes the place of the one built in. */
Test(sync_sources, ones_own_preset)
{
	put("a.csv", sf_deals);
	shell("mkdir -p config/huddle/sources");
	put("../config/huddle/sources/salesforce.ini",
	    "[source]\nname = salesforce\nids = salesforce\n[deals]\nsignature = Id + "
	    "StageName\n"
	    "id = Id\nname = StageName\nstage = Name\n");
	assert_status(EXIT_OK, sync_now());
	assert_text("SELECT name || stage FROM deal", "NewOne");
	put("../config/huddle/sources/salesforce.ini", "[source]\nnaem = x\n");
	assert_refused(sync_now(), "salesforce.ini:2", "naem");
}

/* An id that belongs to another source already is a reject that names it. */
Test(sync_sources, ids_of_another_source)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Name\n"
	    "stage = S\n");
	put("../other.ini",
	    "[source]\nname = other\n[deals]\nfiles = d.csv\nid = Id\nname = Name\n"
	    "stage = S\n");
	put("d.csv", "Id,Name,S\n1,One,New\n2,Two,New\n");
	assert_status(EXIT_OK, sync_co());
	put("d.csv", "Id,Name,S\n2,Zwei,New\n3,Drei,New\n");
	assert_status(EXIT_REJECTS,
	    sync_now(.source = in_folder("other.ini"), .accept_rejects = true));
	assert_counts("d.csv", 2, 1, 0, 0, 0, 1);
	cr_has(said.report.rejects[0].why, "source co");
	cr_assert_str_eq(said.report.rejects[0].text, "2,Zwei,New");
	assert_text("SELECT group_concat(name) FROM deal", "One,Two,Drei");
	/* What one source holds is no shrinking of the other. */
	assert_text("SELECT group_concat(source || rows) FROM feed", "co2,other1");
	assert_number("SELECT count(*) FROM deal WHERE missing IS NOT NULL", 0);
}

Test(sync_sources, one_file_feeds_two_sections)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Name\n"
	    "stage = S\n[contacts]\nfiles = d.csv\nid = Mail\nname = Who\nemail = Mail\n"
	    "[committee]\nfiles = d.csv\ndeal_id = Id\ncontact_id = Mail\nrole = Role\n");
	put("d.csv", "Id,Name,S,Who,Mail,Role\n1,One,New,Ana,a@x.example,Champion\n"
	             "2,Two,New,Bo,b@x.example,\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.n_files, 3);
	assert_text("SELECT group_concat(d.name || c.name || coalesce(m.role, '-')) FROM "
	            "committee m "
	            "JOIN deal d ON d.id = m.deal JOIN contact c ON c.id = m.contact",
	    "OneAnaChampion,TwoBo-");
	/* A role that changes is no second member. */
	shell("sed -i 's/Champion/Economic Buyer/' in/d.csv");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT group_concat(role) FROM committee", "Economic Buyer");
	assert_number("SELECT count(*) FROM committee", 2);
	assert_number("SELECT economic_buyer FROM deal_summary", 1);
	assert_status(EXIT_OK, sync_co());
	cr_assert_not(said.report.changed);
}

Test(sync_sources, skip_and_only)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Id\nstage = S\n"
	    "skip = S: Deleted, Test\nonly = Region: EMEA, AMER\n");
	put("d.csv", "Id,S,Region\n1,New,EMEA\n2,deleted,EMEA\n3,Test,AMER\n4,New,"
	             "APAC\n5,New,amer\n"
	             ",Test,AMER\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(report_of("d.csv")->skipped, 4);
	assert_counts("d.csv", 2, 2, 0, 0, 0, 0);
	put("d.csv", "Id,S\n1,New\n");
	assert_refused(sync_co(), "d.csv", "\"Region\"", "co.ini:9");
}

Test(sync_sources, what_the_status_is_told_from)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Id\nstage = S\n"
	    "status = T\nis_won = W\nis_closed = C\n[stages]\nDone = won 5\nGone = lost\n"
	    "New = open 1\n[status]\nGewonnen = won\n");
	put("d.csv",
	    "Id,S,T,W,C\n1,New,Gewonnen,0,0\n2,New,lost,1,1\n3,New,?,1,1\n4,Done,?,0,1\n"
	    "5,Done,,,\n6,Gone,,0,0\n7,Closed Won,,,\n8,Closed - Lost,,,\n9,Other,,,\n"
	    "10,gone,,,\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(
	    "SELECT group_concat(status, ' ') FROM (SELECT status FROM deal ORDER BY id)",
	    "won lost won lost won open won lost open lost");
	assert_text("SELECT group_concat(coalesce(stage_order, 0), ' ') FROM "
	            "(SELECT stage_order FROM deal ORDER BY id)",
	    "1 1 1 5 5 0 0 0 0 0");
}

/* Names join what is called so, whatever comes first; ambiguous ones nothing. */
Test(sync_sources, joins_by_name_and_email)
{
	put("../co.ini",
	    "[source]\nname = co\n[people]\nfiles = p.csv\nid = Id\nname = Name\n"
	    "email = Mail\n[deals]\nfiles = d.csv\nid = Id\nname = Id\nstage = Id\n"
	    "owner = Owner\n");
	put("p.csv", "Id,Name,Mail\np1,Ana Ruiz,ana@x.example\np2,Sam Lee,s1@x.example\n"
	             "p3,Sam Lee,s2@x.example\n");
	put("d.csv",
	    "Id,Owner\n1,ANA RUIZ\n2,ana@x.example\n3,p1\n4,Sam Lee\n5,s2@x.example\n"
	    "6,Nobody\n7,nobody \n");
	assert_status(EXIT_OK, sync_co());
	static const char all[] =
	    "SELECT group_concat(coalesce(p.source_id, p.name), ' ') FROM deal d "
	    "JOIN person p ON p.id = d.owner ORDER BY d.id";
	assert_text(all, "p1 p1 p1 Sam Lee p3 Nobody Nobody");
	/* Who was only a name is a person once their row comes, in a later sync. */
	shell("echo 'p4,Nobody,n@x.example' >> in/p.csv");
	assert_status(EXIT_OK, sync_co());
	assert_text(all, "p1 p1 p1 Sam Lee p3 p4 p4");
	assert_number("SELECT count(*) FROM person WHERE feed IS NOT NULL", 4);
}

/* --full on an export that was synced already deletes what was missing. */
Test(sync_sources, full_after_missing)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Id\nstage = "
	    "Id\n"
	    "deleted = X\n[accounts]\nfiles = a.csv\nid = Id\nname = Id\n[quotas]\n"
	    "files = q.csv\nid = Id\nperiod = P\namount = A\n");
	put("d.csv", "Id\n1\n2\n3\n4\n5\n");
	put("a.csv", "Id\n1\n2\n3\n4\n5\n");
	put("q.csv", "Id,P,A\n1,2026,5\n2,2026,5\n3,2026,5\n4,2026,5\n5,2026,5\n");
	assert_status(EXIT_OK, sync_co());
	shell("sed -i '/^5/ d' in/*.csv");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(*) FROM deal WHERE missing IS NOT NULL", 1);
	assert_status(EXIT_OK, sync_co(.full = true));
	assert_number("SELECT count(*) FROM deal WHERE deleted = 1", 1);
	assert_number("SELECT count(*) FROM account WHERE deleted = 1", 1);
	assert_number("SELECT count(*) FROM quota", 4);
	assert_number("SELECT count(*) FROM deal_summary", 4);
	cr_assert(said.report.changed);
	/* And no more. */
	assert_status(EXIT_OK, sync_co(.full = true));
	cr_assert_not(said.report.changed);
	assert_number("SELECT max(id) FROM generation", 3);
	/* Who comes back is no longer deleted. */
	shell("echo 5 >> in/d.csv");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(*) FROM deal WHERE deleted = 1", 0);
	assert_number("SELECT count(*) FROM deal_summary", 5);
}

/* The number of a piece that goes is not given to a row that comes: that would
 * pass for one that is not in its export any more. */
Test(sync_sources, a_piece_goes_and_a_row_comes)
{
	put("../co.ini",
	    "[source]\nname = co\n[activities]\nfiles = v.csv\nid = I\nwhen = W\n"
	    "kind.default = call\ncontact_id = C\ncontact_id.split = ;\n");
	put("v.csv", "I,W,C\n1,2026-11-01,c1;c2\n");
	assert_status(EXIT_OK, sync_co());
	put("v.csv", "I,W,C\n1,2026-11-01,c1\n2,2026-11-01,c3\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(report_of("v.csv")->missing, 0);
	assert_text(
	    "SELECT group_concat(source_id || coalesce(missing, '')) FROM activity",
	    "1,2");
}

/* Somebody known by e-mail, by name and by id turns out to be one person. */
Test(sync_sources, one_contact_by_many_names)
{
	put("../co.ini",
	    "[source]\nname = co\n[contacts]\nfiles = c.csv\nid = Id\nname = Name\n"
	    "email = Mail\n[activities]\nfiles = v.csv\nid = I\nwhen = W\n"
	    "kind.default = call\ncontact_id = C\ncontact = N\ncontact_email = M\n");
	put("v.csv", "I,W,C,N,M\n1,2026-11-01,c1,,\n2,2026-11-01,,Ana Ruiz,\n"
	             "3,2026-11-01,,,ana@x.example\n");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(DISTINCT contact) FROM activity", 3);
	put("c.csv", "Id,Name,Mail\nc1,Ana,\n");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(DISTINCT contact) FROM activity", 3);
	put("c.csv", "Id,Name,Mail\nc1,Ana Ruiz,Ana@X.example\n");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(DISTINCT contact) FROM activity", 1);
	assert_number("SELECT count(*) FROM contact", 1);
	/* A row that is refused gives nobody a name. */
	put("c.csv", "Id,Name,Mail\nc1,Ana "
	             "Ruiz,Ana@X.example\nc1,Bea,b@x.example\nc2,Cy,c@x.example\n"
	             "c3,Bea,d@x.example\n");
	put("v.csv",
	    "I,W,C,N,M\n1,2026-11-01,,Bea,\n2,2026-11-01,c1,,\n3,2026-11-01,c2,,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	assert_text(
	    "SELECT c.source_id FROM activity v JOIN contact c ON c.id = v.contact "
	    "WHERE v.source_id = '1'",
	    "c3");
}

/* A row that can not be read this time keeps what it was, with its pieces. */
Test(sync_sources, a_rejected_list_keeps_its_pieces)
{
	put("../co.ini",
	    "[source]\nname = co\n[activities]\nfiles = v.csv\nid = I\nwhen = W\n"
	    "kind.default = call\ncontact_id = C\ncontact_id.split = ;\n");
	put("v.csv", "I,W,C\n1,2026-11-01,c1;c2;c3\n2,2026-11-01,c1\n");
	assert_status(EXIT_OK, sync_co());
	put("v.csv", "I,W,C\n1,soon,c1;c2;c3\n2,2026-11-01,c1\n");
	assert_status(
	    EXIT_REJECTS, sync_co(.accept_rejects = true, .accept_shrink = true));
	assert_number("SELECT count(*) FROM activity WHERE missing IS NOT NULL", 0);
	put("v.csv", "I,W,C\n1,later,c1;c2;c3\n2,2026-11-01,c1\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true, .full = true));
	assert_text("SELECT group_concat(source_id) FROM activity", "1,1/1,1/2,2");
}
