#include "sync_fixture.h"

/* Small exports in the shape of Salesforce reports, and what becomes of them. */

TestSuite(preset_reports, .init = sync_setup, .fini = sync_teardown);

#define FOOTER                                                       \
	"\n\"Confidential Information - Do Not Distribute\"\n"       \
	"\"Copyright (c) 2000-2026 salesforce.com, inc. All rights " \
	"reserved.\"\n\"Grand Totals (3 records)\"\n"

static const char pairs[] =
    "Territory Region,Opportunity Owner,Account Name,Opportunity Name,Stage,Forecast "
    "Category,Total Amount Currency,Total Amount,Billed iARR Currency,Billed iARR,Fiscal "
    "Period,Close Date,Opportunity Next Steps,Type\n"
    "West,Ana Ruiz,Acme,Renewal,Negotiation,Commit,EUR,\"1,200.50\",USD,7,Q4-2026,"
    "11/28/2026,Legal review,Renewal\n"
    "West,Tom Beck,Globex,Renewal,Closed Won,Closed,USD,900,USD,7,Q3-2026,"
    "9/12/2026,,Renewal\n"
    "East,Tom Beck,Globex,Time clocks,Closed Lost,Omitted,JPY,500000,USD,7,Q3-2026,"
    "9/2/2026,,New\n" FOOTER;

#define DEAL(name)                                                                     \
	"SELECT d.source_id || ' ' || d.status || ' ' || d.stage || ' ' || "           \
	"d.amount || d.currency || ' ' || d.close_date || ' ' || p.name || ' ' "       \
	"|| a.name || ' ' || coalesce(d.next_step, '-') FROM deal d JOIN person "      \
	"p ON p.id = d.owner JOIN account a ON a.id = d.account WHERE d.name = '" name \
	"'"

/* Each amount has the currency beside it; without an id name and account are one. */
Test(preset_reports, currency_pairs_and_no_id)
{
	put("report1700000000000.csv", pairs);
	assert_status(EXIT_OK, sync_now());
	assert_counts("report1700000000000.csv", 3, 3, 0, 0, 0, 0);
	assert_text(DEAL("Time clocks"), "Time clocks|Globex lost Closed Lost 500000JPY "
	                                 "2026-09-02 Tom Beck Globex -");
	assert_text("SELECT group_concat(source_id || amount || status) FROM deal WHERE "
	            "name = 'Renewal'",
	    "Renewal|Acme120050open,Renewal|Globex90000won");
	assert_text("SELECT forecast || next_step FROM deal WHERE status = 'open'",
	    "CommitLegal review");
	/* All else may change, and it is the same deal. */
	shell(
	    "sed -i 's/Negotiation,Commit,EUR,\"1,200.50\"/Proposal,Best Case,EUR,900/; "
	    "s/West,Ana Ruiz/East,Eva Sol/; s/Legal review/None/' in/*.csv");
	assert_status(EXIT_OK, sync_now());
	assert_counts("report1700000000000.csv", 3, 0, 1, 2, 0, 0);
	assert_number("SELECT count(*) FROM deal WHERE missing IS NOT NULL", 0);
}

/* Ids of 15 characters are those of the other exports. */
Test(preset_reports, ids_of_15_characters)
{
	put("r.csv",
	    "Opportunity ID,Opportunity Name,Stage,Amount,Close Date,Account "
	    "ID,Account Name,Probability (%),Closed,Won\n"
	    "0064600000J5S5T,One,Signed,10,11/28/2026,001A0000006Vm9r,Acme,60%,1,"
	    "1\n0064600000J5S5U,Two,Dropped,10,11/28/2026,001A0000006Vm9r,Acme,0%,1,"
	    "0\n");
	assert_status(EXIT_OK, sync_now());
	assert_text("SELECT group_concat(d.source_id || status || probability || "
	            "a.source_id) FROM deal d JOIN account a ON a.id = d.account",
	    "0064600000J5S5TAAVwon600000001A0000006Vm9rIAC,"
	    "0064600000J5S5UAAVlost0001A0000006Vm9rIAC");
}

static const char plain_deals[] =
    "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal Period,Amount,Expected "
    "Revenue,Probability (%),Age,Close Date,Created Date,Next Step,Lead Source,Type,"
    "Owner Role\n"
    "Ana Ruiz,Acme,Acme: renewal,Negotiation,Q4-2026,1000,600,60,90,11/28/2026,"
    "7/20/2026,,Web,New,AE\n"
    "Tom Beck,Globex,Globex: clocks,Discovery,Q4-2026,2000,200,10,9,12/18/2026,"
    "10/20/2026,,Web,New,AE\n";

/* Amount and close date are those of the row's time; a row that changes neither
 * says nothing more. */
Test(preset_reports, opportunity_history)
{
	put("deals.csv", plain_deals);
	put("history.csv",
	    "Opportunity Name,From Stage,To Stage,Stage Duration,Last "
	    "Modified,Amount,Close "
	    "Date,Stage,Created Date\n"
	    "Acme: renewal,,Discovery,10,7/20/2026,800,9/30/2026,Negotiation,7/20/2026\n"
	    "Acme: renewal,Discovery,Discovery,10,8/20/2026,800,10/30/2026,Negotiation,"
	    "7/20/2026\n"
	    "Acme: "
	    "renewal,Discovery,Negotiation,10,9/20/2026,1000,11/28/2026,Negotiation,"
	    "7/20/2026\n");
	assert_status(EXIT_OK, sync_now());
	assert_counts("history.csv", 3, 3, 0, 0, 0, 0);
	assert_number("SELECT count(*) FROM deal", 2);
	assert_text(
	    "SELECT pushes || ' ' || push_days FROM deal_summary s JOIN deal d ON "
	    "d.id = s.deal WHERE d.name = 'Acme: renewal'",
	    "2 59");
	assert_text(
	    "SELECT s.stage_since FROM deal_summary s JOIN deal d ON d.id = s.deal "
	    "WHERE d.name = 'Acme: renewal'",
	    "2026-09-20");
	/* What the deal is today stands in every row, and is no new version. */
	shell("sed -i 's/,Negotiation,7/,Closed Won,7/' in/history.csv");
	assert_status(EXIT_OK, sync_now());
	assert_counts("history.csv", 3, 0, 0, 3, 0, 0);
	assert_number("SELECT count(*) FROM history", 3);
}

/* Old and new values are in the words of who ran the report. */
Test(preset_reports, field_history)
{
	put("deals.csv", plain_deals);
	put("changes.csv",
	    "Opportunity Name,Stage,Amount,Created Date,Close Date,Field / Event,Old "
	    "Value,New Value,Edit Date,Edited By\n"
	    "Acme: renewal,Negotiation,1000,7/20/2026,11/28/2026,Created.,,,7/20/2026 "
	    "9:00 "
	    "AM,Ana Ruiz\n"
	    "Acme: renewal,Negotiation,1000,7/20/2026,11/28/2026,Close "
	    "Date,9/30/2026,10/30/2026,8/20/2026 9:00 AM,Ana Ruiz\n"
	    "Acme: renewal,Negotiation,1000,7/20/2026,11/28/2026,Close "
	    "Date,10/30/2026,11/28/2026,9/20/2026 4:30 PM,Ana Ruiz\n"
	    "Acme: renewal,Negotiation,1000,7/20/2026,11/28/2026,Stage,Discovery,"
	    "Negotiation,9/20/2026 4:30 PM,Ana Ruiz\n"
	    "Acme: renewal,Negotiation,1000,7/20/2026,11/28/2026,Amount,\"$4,000.50\","
	    "\"$1,000.00\",10/30/2026 4:30 PM,Ana Ruiz\n");
	assert_status(EXIT_OK, sync_now());
	assert_counts("changes.csv", 5, 5, 0, 0, 0, 0);
	cr_assert_str_eq(report_of("changes.csv")->kind, "history");
	assert_text(
	    "SELECT group_concat(old || ' ' || new, ', ') FROM (SELECT old, new FROM "
	    "history WHERE field IN ('Close Date', 'Amount') ORDER BY at)",
	    "2026-09-30 2026-10-30, 2026-10-30 2026-11-28, 4000.50 1000.00");
	assert_text("SELECT pushes || ' ' || push_days || ' ' || s.stage_since FROM "
	            "deal_summary s JOIN deal d ON d.id = s.deal WHERE d.name = 'Acme: "
	            "renewal'",
	    "2 59 2026-09-20");
}

/* With its contacts and their roles, an account's own people are linked. */
Test(preset_reports, tasks_members_and_roles)
{
	put("deals.csv", plain_deals);
	put("contacts.csv", "Salutation,First Name,Last Name,Title,Account "
	                    "Name,Phone,Email,Account Owner\n"
	                    "Ms,Bea,Olt,CFO,Acme,1,bea@acme.example,Ana Ruiz\n"
	                    "Mr,Cy,Dent,Buyer,Globex,2,cy@globex.example,Tom Beck\n");
	put("roles.csv", "Opportunity Name,Contact: Full Name,Role,Primary\n"
	                 "Acme: renewal,Bea Olt,Economic Buyer,1\n");
	put("leads.csv",
	    "Lead Owner,First Name,Last Name,Title,Company / Account,Email,Lead "
	    "Source,Lead Status,Create Date\n"
	    "Ana Ruiz,Lea,Dyer,CIO,Initech,lea@initech.example,Web,Open,"
	    "10/20/2026\n");
	put("tasks.csv",
	    "Assigned,Subject,Date,Company / "
	    "Account,Contact,Lead,Opportunity,Priority,Status,Task,Task Subtype,Created "
	    "Date\n"
	    "Ana Ruiz,Call: pricing,11/5/2026,Acme,Bea Olt,,Acme: "
	    "renewal,High,Completed,1,Call,10/30/2026\n"
	    "Ana Ruiz,Email: the offer,11/16/2026,Acme,Bea Olt,,,Normal,Completed,1,Task,"
	    "10/30/2026\n"
	    "Ana Ruiz,Quarterly review,11/30/2026,Acme,Bea Olt,,Acme: "
	    "renewal,Normal,,0,Event,10/30/2026\n"
	    "Tom Beck,Send papers,11/25/2026,,,Lea Dyer,,Normal,Our own "
	    "word,1,Task,10/30/2026\n");
	put("members.csv",
	    "Campaign Name,Member Type,Member Status,First Name,Last Name,Title,Company "
	    "/ "
	    "Account,Email,Responded,Member First Associated Date,Member First Responded "
	    "Date\n"
	    "Payroll "
	    "2026,Contact,Attended,Bea,Olt,CFO,Acme,bea@acme.example,1,10/21/2026,"
	    "10/28/2026\n"
	    "Payroll "
	    "2026,Lead,Invited,Lea,Dyer,CIO,Initech,lea@initech.example,0,10/21/2026,"
	    "\n");
	put("campaigns.csv",
	    "Campaign Name,Type,Status,Start Date,End Date,Budgeted Cost in "
	    "Campaign,Actual Cost in Campaign\n"
	    "Payroll 2026,Webinar,Completed,10/28/2026,10/28/2026,500,450\n");
	assert_status(EXIT_OK, sync_now());
	assert_text("SELECT group_concat(kind || ' ' || coalesce(done, '-'), ', ') FROM "
	            "(SELECT kind, done FROM activity ORDER BY at)",
	    "call 1, email 1, task 0, meeting -");
	assert_text(
	    "SELECT group_concat(v.kind || x.linked_by) FROM activity_deal x JOIN "
	    "activity v ON v.id = x.activity JOIN deal d ON d.id = x.deal WHERE "
	    "d.name = 'Acme: renewal'",
	    "call0,email1,meeting0");
	assert_text(
	    "SELECT c.name || ' ' || role || is_primary FROM committee m JOIN contact "
	    "c ON c.id = m.contact",
	    "Bea Olt Economic Buyer1");
	/* The member is the contact by e-mail; the lead is no contact. */
	assert_text(
	    "SELECT group_concat(c.source_id || t.at || responded) FROM touch t JOIN "
	    "contact c ON c.id = t.contact",
	    "bea@acme.example|Bea|Olt2026-10-281");
	assert_text(
	    "SELECT group_concat(l.company || t.at || responded) FROM touch t JOIN "
	    "lead l ON l.id = t.lead",
	    "Initech2026-10-210");
	assert_number("SELECT count(*) FROM contact", 2);
	assert_number("SELECT count(*) FROM lead", 1);
	assert_number("SELECT count(*) FROM campaign WHERE kind = 'Webinar'", 1);
	assert_number("SELECT count(*) FROM deal", 2);
	/* A status that changes makes no second task, no second member. */
	shell("sed -i 's/Our own word/Completed/' in/tasks.csv; sed -i "
	      "'s/Invited/Attended/; "
	      "s/,0,10.21.2026,/,1,10\\/21\\/2026,11\\/2\\/2026/' in/members.csv");
	assert_status(EXIT_OK, sync_now());
	assert_counts("tasks.csv", 4, 0, 1, 3, 0, 0);
	assert_number("SELECT count(*) FROM touch", 2);
	assert_text("SELECT detail || at || responded FROM touch WHERE lead IS NOT NULL",
	    "Attended2026-11-021");
}
