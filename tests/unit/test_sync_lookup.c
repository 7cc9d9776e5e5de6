#include "sync_fixture.h"

/* Values that stand in a file of their own, which a mapping looks up by a key. */

TestSuite(lookup, .init = sync_setup, .fini = sync_teardown);

#define MAPPING                                                                      \
	"[source]\nname = co\n"                                                      \
	"[deals]\nfiles = deals*.csv\nid = Deal\nname = Name\n"                      \
	"stage = Stage\naccount_id = Deal\n"                                         \
	"account_id.lookup = main_account | account\n"                               \
	"[accounts]\nfiles = accounts*.csv\nid = Id\nname = Name\n"                  \
	"[activities]\nfiles = calls*.csv\nid = Call\nkind.default = call\n"         \
	"when = When\ndeal_id = Call\ndeal_id.lookup = deals_of\n"                   \
	"[lookup.deals_of]\nfiles = call_deal*.csv\nkey = Call\nvalue = Deal\n"      \
	"skip = Gone: yes\n"                                                         \
	"[lookup.account]\nfiles = deal_account*.csv\nkey = Deal\nvalue = Account\n" \
	"[lookup.main_account]\nfiles = deal_account*.csv\nkey = Deal\n"             \
	"value = Account\nonly = Type: 5\n"

#define DEALS    "Deal,Name,Stage\nd1,One,New\nd2,Two,New\nd3,Three,New\n"
#define ACCOUNTS "Id,Name\na1,Ax\na2,Bo\n"
#define CALLS    "Call,When\nc1,2026-11-01\nc2,2026-11-02\nc3,2026-11-03\n"

static void put_all(const char *links)
{
	put("../co.ini", MAPPING);
	put("deals.csv", DEALS);
	put("accounts.csv", ACCOUNTS);
	put("calls.csv", CALLS);
	put("deal_account.csv", "Deal,Account,Type\nd1,a1,341\nd1,a2,5\nd2,a1,341\n");
	put("call_deal.csv", links);
}

/* "c1 d1, c1 d2": what the facts hold. */
static const char *linked(void)
{
	return ask_text(
	    "SELECT group_concat(v, ', ') FROM (SELECT coalesce(w.source_id, "
	    "v.source_id) "
	    "|| ' ' || coalesce(d.source_id, '-') AS v FROM activity v LEFT JOIN "
	    "activity w "
	    "ON w.id = v.part_of LEFT JOIN deal d ON d.id = v.deal ORDER BY 1)");
}

Test(lookup, rows_refer_to_what_another_file_says)
{
	put_all("Call,Deal,Gone\nc1,d1,\nc1,d2,no\nc1,d1,\nc2,d3,yes\nc2, d2 ,\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(linked(), "c1 d1, c1 d2, c2 d2, c3 -");
	assert_text("SELECT group_concat(v, ', ') FROM (SELECT d.source_id || ' ' || "
	            "coalesce(a.source_id, '-') AS v FROM deal d LEFT JOIN account a ON "
	            "a.id = d.account ORDER BY 1)",
	    "d1 a2, d2 a1, d3 -");
	cr_assert_str_eq(report_of("call_deal.csv")->kind, "lookup");
	cr_assert_str_eq(report_of("call_deal.csv")->source, "co");
	cr_assert_eq(report_of("call_deal.csv")->rows, 4);
	cr_assert_eq(report_of("call_deal.csv")->skipped, 1);
	cr_assert_eq(said.report.n_warnings, 0, "%s", said.report.warnings[0]);
	assert_text("SELECT captured FROM feed WHERE section = 'activities'",
	    "id deal_id kind when");
}

Test(lookup, the_same_again_changes_nothing)
{
	put_all("Call,Deal,Gone\nc1,d1,\nc1,d2,\n");
	assert_status(EXIT_OK, sync_co());
	assert_status(EXIT_OK, sync_co());
	cr_assert_not(said.report.changed);
	cr_assert(report_of("call_deal.csv")->same_file);
	cr_assert_eq(said.report.n_warnings, 0);
}

Test(lookup, a_table_that_nothing_is_looked_up_in)
{
	put_all("Call,Deal,Gone\nc1,d1,\n");
	shell("rm in/calls.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.n_warnings, 2);
	cr_has(said.report.warnings[1],
	    "call_deal.csv: is [lookup.deals_of] of co.ini, and "
	    "none of the files looks anything up there");
}

/* The file of the rows is as it was; what it refers to is not. */
Test(lookup, a_change_of_the_links_alone_is_one)
{
	put_all("Call,Deal,Gone\nc1,d1,\nc1,d2,\n");
	assert_status(EXIT_OK, sync_co());
	put("call_deal.csv", "Call,Deal,Gone\nc1,d1,\nc2,d3,\n");
	put("deal_account.csv", "Deal,Account,Type\nd1,a1,5\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert(said.report.changed);
	cr_assert_str_eq(linked(), "c1 d1, c2 d3, c3 -");
	assert_text("SELECT a.source_id FROM deal d JOIN account a ON a.id = d.account "
	            "WHERE d.source_id = 'd1'",
	    "a1");
	assert_number("SELECT count(*) FROM deal WHERE account IS NOT NULL", 1);
}

Test(lookup, without_its_file_nothing_is_taken_for_known)
{
	put_all("");
	shell("rm in/call_deal.csv in/deal_account.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(linked(), "c1 -, c2 -, c3 -");
	assert_text(
	    "SELECT captured FROM feed WHERE section = 'activities'", "id kind when");
	cr_assert_eq(said.report.n_warnings, 3);
	cr_has(said.report.warnings[0], "[lookup.deals_of] of co.ini fits none");
}

/* A part of the folder would take from the facts what it says nothing of. */
Test(lookup, what_was_known_is_not_lost)
{
	put_all("Call,Deal,Gone\nc1,d1,\n");
	assert_status(EXIT_OK, sync_co());
	shell("mv in/call_deal.csv .; echo c4,2026-11-04 "
	      ">>in/calls.csv");
	assert_refused(sync_co(), "calls.csv", "deal_id", "[lookup.deals_of]",
	    "sync its file as well");
	shell("mv call_deal.csv in");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(linked(), "c1 d1, c2 -, c3 -, c4 -");
}

/* Exports of several weeks: each day has its own. */
Test(lookup, each_day_has_its_own)
{
	put_all("");
	shell("rm in/call_deal.csv in/calls.csv; cd in; mkdir 2026-11-01 2026-11-08 "
	      "2026-11-15; printf '" CALLS
	      "' | tee 2026-11-01/calls.csv 2026-11-08/calls.csv "
	      ">2026-11-15/calls.csv; printf 'Call,Deal,Gone\\nc1,d1,\\n' "
	      ">2026-11-01/call_deal.csv; printf 'Call,Deal,Gone\\nc1,d2,\\n' "
	      ">2026-11-15/call_deal.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(linked(), "c1 d2, c2 -, c3 -");
	shell("rm -r in/2026-11-15 huddle.db*");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(linked(), "c1 d1, c2 -, c3 -");
}

/* One table in two files. */
Test(lookup, parts_are_one)
{
	put_all("Call,Deal,Gone\nc1,d1,\n");
	put("call_deal_2.csv", "Call,Deal,Gone\nc1,d2,\nc3,d3,\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(linked(), "c1 d1, c1 d2, c2 -, c3 d3");
}

Test(lookup, tables_that_can_not_be_one)
{
	put_all("Call,Offer,Gone\nc1,d1,\n");
	assert_refused(
	    sync_co(), "call_deal.csv", "no column \"Deal\"", "co.ini:24", "correct");
	put("call_deal.csv", "Call,Deal,Gone\nc1,\"d1\n");
	assert_refused(sync_co(), "call_deal.csv");
	struct str text = STR_INIT;
	str_adds(&text, "Call,Deal,Gone\n");
	for (int i = 0; i < 1001; i++)
		str_addf(&text, "c1,d%d,\n", i);
	put("call_deal.csv", str_text(&text));
	str_release(&text);
	assert_refused(sync_co(), "call_deal.csv:1002", "\"c1\" has more than 1000",
	    "key and value");
}

Test(lookup, rows_that_say_nothing)
{
	put_all("Call,Deal,Gone\nc1,d1\n1.23E+11,d1,\n,d1,\nc1,,\nc2,d2,\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(linked(), "c1 -, c2 d2, c3 -");
	cr_assert_eq(said.report.n_warnings, 2);
	cr_has(said.report.warnings[0],
	    "call_deal.csv:2: has 2 fields where the header has 3");
	cr_has(said.report.warnings[1],
	    "call_deal.csv:3: the id went through a spreadsheet");
	cr_assert_eq(report_of("call_deal.csv")->rows, 1);
	cr_assert_eq(report_of("call_deal.csv")->skipped, 4);
}

/* A table that fits nothing is most likely turned round, or another one. */
Test(lookup, keys_that_are_never_found)
{
	struct str calls = STR_INIT;
	str_adds(&calls, "Call,When\n");
	for (int i = 0; i < 12; i++)
		str_addf(&calls, "c%d,2026-11-01\n", i);
	put_all("Call,Deal,Gone\nd1,c1,\nd2,c1,\n");
	put("calls.csv", str_text(&calls));
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.n_warnings, 1);
	cr_has(said.report.warnings[0],
	    "[lookup.deals_of] of co.ini: has none of the keys that "
	    "rows look up there; is key = Call the right column?");
	put("call_deal.csv", "Call,Deal,Gone\nc11,d1,\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.n_warnings, 0);
	str_release(&calls);
}

/* A value of the table is a cell like any other. */
Test(lookup, a_value_that_can_not_be_read_rejects_the_row)
{
	put_all("Call,Deal,Gone\nc1,1.23E+11,\nc2,d2,\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(said.report.n_rejects, 1);
	cr_assert_str_eq(said.report.rejects[0].value, "1.23E+11");
	cr_assert_str_eq(linked(), "c2 d2, c3 -");
}

/* Ids of Salesforce have 15 letters here and 18 there. */
Test(lookup, long_ids)
{
	put("../co.ini",
	    "[source]\nname = co\nids = salesforce\n[activities]\n"
	    "files = calls.csv\nid = Call\nkind.default = call\nwhen = When\n"
	    "deal_id = Call\ndeal_id.lookup = deals_of\n"
	    "[deals]\nfiles = deals.csv\nid = Deal\nname = Name\nstage = Stage\n"
	    "[lookup.deals_of]\nfiles = links.csv\nkey = C\nvalue = D\n");
	put("deals.csv", "Deal,Name,Stage\n006A0000001abcd,One,New\n");
	put("calls.csv", "Call,When\n00TA0000001abcd,2026-11-01\n");
	put("links.csv", "C,D\n00TA0000001abcdMAA,006A0000001abcdIAA\n");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(*) FROM activity WHERE deal IS NOT NULL", 1);
}

/* Not only references: a word may stand in another file as well. */
Test(lookup, words)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = deals.csv\nid = Deal\n"
	    "name = Name\nstage = Stage\nstage.lookup = stages\n"
	    "stage.else = Stage\nstage.map = Old: New\n"
	    "[lookup.stages]\nfiles = stages.csv\nkey = Id\nvalue = Label\n");
	put("deals.csv", "Deal,Name,Stage\n1,A,s1\n2,B,s2\n3,C,Demo\n");
	put("stages.csv", "Id,Label\ns1,Won it\ns2,Old\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(
	    "SELECT group_concat(v, ', ') FROM (SELECT source_id || ' ' || stage AS v "
	    "FROM deal ORDER BY source_id)",
	    "1 Won it, 2 New, 3 Demo");
	shell("rm -f huddle.db* in/stages.csv; sed -i /stage.else/d co.ini");
	assert_refused(
	    sync_co(), "deals.csv", "looks stage up in [lookup.stages]", "sync");
}

/* Rejects that come back are looked up as the rest was. */
Test(lookup, corrected_rejects)
{
	put_all("Call,Deal,Gone\nc1,d1,\nc3,d3,\n");
	put("calls.csv", "Call,When\nc1,2026-11-01\nc2,2026-11-02\nc3,never\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	char text[512];
	snprintf(text, sizeof text,
	    "huddle_file,huddle_line,huddle_reason,huddle_row,Call,When\n"
	    "calls.csv,4,x,r%llx,c3,2026-11-03\n",
	    (unsigned long long)said.report.rejects[0].hash);
	put("../back.csv", text);
	const char *alone[] = {in_folder("back.csv")};
	const char *both[] = {in_folder("back.csv"), in_folder("in/call_deal.csv")};
	assert_refused(sync_co(.paths = alone, .n_paths = 1), "back.csv", "deal_id");
	assert_status(EXIT_OK, sync_co(.paths = both, .n_paths = 2));
	cr_assert_str_eq(linked(), "c1 d1, c2 -, c3 d3");
}

static struct explanation it;

Test(lookup, is_explained)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	const char *paths[] = {in_folder("in")};
	struct sync_options options = {
	    .paths = paths, .n_paths = 1, .source = in_folder("co.ini")};
	put_all("Call,Deal,Gone\nc1,d1,\n");
	cr_assert(sync_explain(&it, &arena, &options, &err), "%s", err.text);
	for (size_t i = 0; i < it.n_files; i++) {
		const struct explained_file *f = &it.files[i];
		if (!strcmp(f->file, "call_deal.csv")) {
			cr_assert_eq(f->n_uses, 1);
			cr_assert_str_eq(f->uses[0].section, "lookup.deals_of");
			cr_assert_str_eq(f->uses[0].kind, "lookup");
			cr_assert_str_eq(f->uses[0].why, "its name fits call_deal*.csv");
			cr_assert_str_eq(f->columns[0].feeds, "lookup.deals_of.key");
			cr_assert_str_eq(f->columns[1].feeds, "lookup.deals_of.value");
			cr_assert_str_eq(f->columns[2].feeds, "lookup.deals_of.skip");
		} else if (!strcmp(f->file, "calls.csv")) {
			cr_assert_str_eq(
			    f->columns[0].feeds, "activities.id, activities.deal_id");
			cr_assert_null(strstr(f->uses[0].missing, "deal_id"));
		}
	}
	arena_release(&arena);
}

/* What a warehouse copies of HubSpot: engagements, and tables of what they are of. */
Test(lookup, hubspot_in_a_warehouse)
{
	put("deal.csv",
	    "deal_id,property_dealname,deal_pipeline_stage_id,_fivetran_synced\n"
	    "1,One,s1,x\n2,Two,s1,x\n");
	put("company.csv", "id,property_name,property_createdate,_fivetran_synced\n"
	                   "7,Ax,2026-01-01,x\n8,Bo,2026-01-01,x\n");
	put("contact.csv", "id,property_email,property_lastname,_fivetran_synced\n"
	                   "5,e@x.example,Eve,x\n");
	put("engagement_call.csv",
	    "engagement_id,_fivetran_deleted,_fivetran_synced,property_hs_timestamp,"
	    "type\n"
	    "90,false,x,2026-11-01 10:00:00,CALL\n91,false,x,2026-11-02 10:00:00,CALL\n");
	put("engagement_task.csv",
	    "engagement_id,_fivetran_deleted,_fivetran_synced,property_hs_timestamp,type,"
	    "property_hs_task_type\n92,false,x,2026-11-03 10:00:00,TASK,TODO\n");
	put("engagement_deal.csv", "deal_id,engagement_id,engagement_type,type_id,"
	                           "_fivetran_synced,category\n1,90,CALL,1,x,y\n"
	                           "2,90,CALL,1,x,y\n2,92,TASK,1,x,y\n");
	put("engagement_contact.csv", "contact_id,engagement_id,engagement_type,type_id,"
	                              "_fivetran_synced,category\n5,91,CALL,194,x,y\n");
	put("engagement_company.csv", "company_id,engagement_id,engagement_type,type_id,"
	                              "_fivetran_synced,category\n7,91,CALL,192,x,y\n");
	put("deal_contact.csv", "contact_id,deal_id,_fivetran_synced,type_id,category\n"
	                        "5,1,x,3,y\n");
	put("deal_company.csv",
	    "company_id,deal_id,type_id,category\n8,1,341,y\n7,1,5,y\n");
	assert_status(EXIT_OK, sync_now());
	cr_assert_eq(said.report.n_warnings, 0, "%s", said.report.warnings[0]);
	cr_assert_str_eq(linked(), "90 1, 90 2, 91 -, 92 2");
	assert_text(
	    "SELECT c.source_id || ' ' || a.source_id FROM activity v JOIN contact c "
	    "ON c.id = v.contact JOIN account a ON a.id = v.account",
	    "5 7");
	assert_text(
	    "SELECT a.source_id FROM deal d JOIN account a ON a.id = d.account", "7");
	assert_number("SELECT count(*) FROM committee", 1);
}
