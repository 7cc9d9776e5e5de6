#include "sync_fixture.h"

/* Small exports in the shape of other CRMs, and what becomes of them. */

TestSuite(preset_crm, .init = sync_setup, .fini = sync_teardown);

#define DEALS                                                                       \
	"SELECT group_concat(d.source_id || ' ' || d.status || ' ' || d.stage || "  \
	"' ' || coalesce(d.amount || coalesce(d.currency, ''), '-') || ' ' || "     \
	"coalesce(d.close_date, '-') || ' ' || coalesce(p.name, '-') || ' ' || "    \
	"coalesce(a.name, a.source_id, '-'), '; ') FROM (SELECT * FROM deal WHERE " \
	"feed IS NOT NULL AND coalesce(deleted, 0) = 0 ORDER BY source_id) d "      \
	"LEFT JOIN person p ON p.id = d.owner LEFT JOIN account a ON a.id = d.account"

#define ACTIVITIES                                                                 \
	"SELECT group_concat(v.kind || ' ' || v.at || ' ' || coalesce(done, '-') " \
	"|| ' ' || coalesce(direction, '-') || ' ' || coalesce(d.name, "           \
	"d.source_id, '-') || ' ' || coalesce(c.name, c.source_id, '-'), '; ') "   \
	"FROM (SELECT * FROM activity ORDER BY at, id) v LEFT JOIN deal d ON "     \
	"d.id = v.deal LEFT JOIN contact c ON c.id = v.contact"

/* Stages are the company's own labels; won and lost stand in columns of their own. */
Test(preset_crm, hubspot_deals)
{
	put("hubspot-crm-exports-all-deals-2025-08-11-1.csv",
	    "\"Record ID\",\"Amount\",\"Close Date\",\"Closed Lost Reason\",\"Create "
	    "Date\",\"Date entered \"\"Demo (Sales Pipeline)\"\"\",\"Deal Name\",\"Deal "
	    "Owner\",\"Deal probability\",\"Deal Stage\",\"Is closed lost\",\"Is Closed "
	    "Won\",\"Is Deal Closed?\",\"Merged Deal IDs\",\"Next step\",\"Pipeline\","
	    "\"Associated Company\",\"Associated Company IDs\",\"Billing "
	    "Contact\",\"Associated Company IDs (Primary)\",\"Billing "
	    "Contact\",\"Associated Contact\",\"Associated Contact IDs\"\n"
	    "\"11\",\"15000.0\",\"2026-11-28 14:03\",\" --\",\"2026-08-11 "
	    "09:00\",\"\",\"One\",\"Ana Ruiz\",\"0.6\",\"Verbal "
	    "yes\",\"false\",\"false\",\"false\",\"901; 902\",\" "
	    "--\",\"New\",\"Acme;Globex\",\"71;72\",\"x\",\"72\",\"y\",\"Olt; Bea "
	    "(bea@acme.example);Cy Dent (cy@globex.example)\",\"51;52\"\n"
	    "\"12\",\"900.0\",\"2026-09-02 10:00\",\"Price\",\"2026-08-11 "
	    "09:00\",\"\",\"Two\",\"Ana Ruiz\",\"0.0\",\"Dead "
	    "ends\",\"true\",\"false\",\"true\",\"\",\"Call\r\nthem\",\"New\",\"\",\"\","
	    "\"\",\"\",\"\",\"\",\"\"\n"
	    "\"13\",\"800.0\",\"2026-09-03 10:00\",\"\",\"2026-08-11 "
	    "09:00\",\"\",\"Three\",\"\",\"1.0\",\"In the "
	    "bag\",\"false\",\"true\",\"true\",\"\",\"\",\"New\",\"\",\"\",\"\",\"\","
	    "\"\",\"\","
	    "\"\"\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(DEALS, "11 open Verbal yes 1500000 2026-11-28 Ana Ruiz 72; "
	                   "12 lost Dead ends 90000 2026-09-02 Ana Ruiz -; "
	                   "13 won In the bag 80000 2026-09-03 - -");
	assert_text("SELECT lost_reason || next_step FROM deal WHERE source_id = '12'",
	    "PriceCall\r\nthem");
	assert_text("SELECT group_concat(coalesce(next_step, '-') || "
	            "coalesce(lost_reason, '-')) FROM "
	            "deal WHERE source_id = '11'",
	    "--");
	/* Contacts by their ids: the names beside them are not split as well. */
	assert_text(
	    "SELECT group_concat(c.source_id) FROM committee m JOIN contact c ON c.id "
	    "= m.contact",
	    "51,52");
	assert_number("SELECT count(*) FROM contact", 2);
	assert_number("SELECT count(*) FROM deal WHERE deleted = 1", 2);
}

/* Two open deals become one: they no longer count. */
Test(preset_crm, hubspot_merged_deals)
{
	put("d.csv",
	    "Record ID,Deal Name,Deal Stage,Amount,Merged Deal IDs\n"
	    "901,A,New,10.0,\n902,B,New,20.0,\n903,C,New,30.0,\n904,D,New,30.0,\n"
	    "905,E,New,30.0,\n");
	assert_status(EXIT_OK, sync_now());
	put("d.csv", "Record ID,Deal Name,Deal Stage,Amount,Merged Deal IDs\n"
	             "903,C,New,30.0,\n904,D,New,30.0,\n905,E,New,30.0,\n"
	             "906,A,New,30.0,901; 902\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(DEALS,
	    "903 open New 3000 - - -; 904 open New 3000 - - -; 905 open New "
	    "3000 - - -; 906 open New 3000 - - -");
	assert_number("SELECT count(*) FROM deal_summary", 4);
	assert_status(EXIT_OK, sync_now());
	cr_assert_not(said.report.changed);
}

/* A contact's last form and click; what it did before stays from the syncs before. */
Test(preset_crm, hubspot_contacts_and_their_touches)
{
	static const char header[] =
	    "Record ID,First Name,Last Name,Email,Job Title,Lifecycle Stage,Recent "
	    "Conversion,Recent Conversion Date,Last marketing email click "
	    "date,Associated "
	    "Company IDs (Primary)\n";
	char text[2048];
	snprintf(text, sizeof text,
	    "%s51,Bea,Olt,bea@acme.example,CFO,customer,Webinar: form,2026-10-28 "
	    "14:03,2026-11-02 08:15,72\n52,Cy,Dent,cy@globex.example,,lead,,,,\n",
	    header);
	put("c.csv", text);
	put("d.csv", "Record ID,Deal Name,Deal Stage,Create Date,Associated Company "
	             "IDs\n11,One,New,2026-08-11 09:00,72\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(
	    "SELECT group_concat(c.name || ' ' || t.kind || ' ' || t.at || ' ' || "
	    "coalesce(t.detail, '-'), '; ') FROM (SELECT * FROM touch ORDER BY at) t "
	    "JOIN contact c ON c.id = t.contact",
	    "Bea Olt Form 2026-10-28T14:03:00Z Webinar: form; "
	    "Bea Olt Email click 2026-11-02T08:15:00Z -");
	assert_number("SELECT count(*) FROM touch_deal", 2);
	snprintf(text, sizeof text,
	    "%s51,Bea,Olt,bea@acme.example,CFO,customer,Demo: form,2026-11-18 "
	    "14:03,2026-11-02 08:15,72\n52,Cy,Dent,cy@globex.example,,lead,,,,\n",
	    header);
	put("c.csv", text);
	assert_status(EXIT_OK, sync_now());
	assert_number("SELECT count(*) FROM touch_deal", 3);
}

/* Members by the deals' export and their parts by the contacts': each is one. */
Test(preset_crm, hubspot_buying_roles)
{
	put("d.csv", "Record ID,Deal Name,Deal Stage,Associated Contact IDs\n"
	             "11,One,New,51;52\n12,Two,New,\n");
	put("c.csv",
	    "Record ID,First Name,Last Name,Email,Buying Role,Associated Deal IDs\n"
	    "51,Bea,Olt,bea@acme.example,Budget Holder,11;12\n"
	    "52,Cy,Dent,cy@acme.example,,11\n"
	    "53,Lea,Dyer,lea@acme.example,Champion,\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(
	    "SELECT group_concat(committee || economic_buyer, ' ') FROM deal_summary",
	    "21 11");
	shell("sed -i 's/Budget Holder/Champion/' in/c.csv");
	assert_status(EXIT_OK, sync_now());
	assert_text(
	    "SELECT group_concat(committee || economic_buyer, ' ') FROM deal_summary",
	    "20 10");
}

Test(preset_crm, hubspot_activities)
{
	put("d.csv", "Record ID,Deal Name,Deal Stage\n11,One,New\n12,Two,New\n");
	put("notes.csv",
	    "Record ID,Activity type,Title,Body,Activity date,Activity assigned "
	    "to,Associated Contact IDs,Associated Company IDs,Associated Deal IDs\n"
	    "1,Note,,The CFO is back,2026-11-01 09:00,Ana Ruiz,51,,11\n"
	    "2,Logged email,Offer,,2026-11-02 09:00,Ana Ruiz,51;52,,11;12\n");
	put("meetings.csv",
	    "Meeting name,Activity date,Activity assigned to,Call and meeting "
	    "type,Meeting "
	    "outcome,Meeting location,Associated Contacts,Associated Deals\n"
	    "Demo,2026-11-03 09:00,Ana Ruiz,Demo,Completed,,Bea Olt "
	    "(bea@acme.example),One\n"
	    "Close plan,2026-11-04 09:00,Ana Ruiz,,No show,,,Two\n"
	    "Kick off,2026-11-05 09:00,Ana Ruiz,,Scheduled,,,Two\n");
	put("calls.csv",
	    "Record ID,Call title,Activity date,Activity assigned to,Call outcome,Call "
	    "duration (HH:mm:ss),Call direction,Associated Contact IDs,Associated Deal "
	    "IDs\n"
	    "5,Pricing,2026-11-06 09:00,Ana Ruiz,Connected,00:12:00,Outbound,51,11\n");
	put("tasks.csv",
	    "Record ID,Task title,Due date,Task status,Task type,Priority,Assigned "
	    "to,Associated Deal IDs\n6,Send it,2026-11-24 09:00,Our own "
	    "word,To-do,High,Ana Ruiz,11\n");
	put("emails.csv",
	    "Record ID,Email subject,Email direction,Email send status,Activity "
	    "date,Activity "
	    "assigned to,Associated Contact IDs\n7,Re: offer,Incoming email,,2026-11-07 "
	    "09:00,Ana Ruiz,51\n");
	put("companies.csv", "Record ID,Company name,Company Domain Name,Company owner\n"
	                     "72,Acme,acme.example,Ana Ruiz\n");
	put("contacts.csv", "Record ID,First Name,Last Name,Email,Associated Company "
	                    "IDs\n51,Bea,Olt,bea@acme.example,72\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(ACTIVITIES, "note 2026-11-01T09:00:00Z - - One Bea Olt; "
	                        "email 2026-11-02T09:00:00Z - - One Bea Olt; "
	                        "email 2026-11-02T09:00:00Z - - Two Bea Olt; "
	                        "email 2026-11-02T09:00:00Z - - One 52; "
	                        "meeting 2026-11-03T09:00:00Z 1 - One Bea Olt; "
	                        "meeting 2026-11-04T09:00:00Z 0 - Two -; "
	                        "meeting 2026-11-05T09:00:00Z - - Two -; "
	                        "call 2026-11-06T09:00:00Z - out One Bea Olt; "
	                        "email 2026-11-07T09:00:00Z - in - Bea Olt; "
	                        "task 2026-11-24T09:00:00Z 0 - One -");
	assert_text(
	    "SELECT group_concat(subject) FROM (SELECT subject FROM activity WHERE "
	    "part_of IS NULL ORDER BY at)",
	    "The CFO is back,Offer,Demo,Close plan,Kick off,Pricing,Re: offer,Send it");
}

/* A closed deal whose export does not say how is told by its stage. */
Test(preset_crm, closed_does_not_say_how)
{
	put("d.csv", "Record ID,Deal Name,Deal Stage,Is Deal Closed?\n1,A,Closed "
	             "Won,true\n2,B,Closed Lost,true\n3,C,New,false\n");
	assert_status(EXIT_OK, sync_now());
	assert_text("SELECT group_concat(status) FROM deal", "won,lost,open");
}

Test(preset_crm, pipedrive)
{
	put("deals.csv",
	    "Deal - ID;Deal - Title;Deal - Value;Deal - Currency;Deal - Pipeline;Deal - "
	    "Stage;Deal - Status;Deal - Owner;Deal - Organization;Deal - Contact "
	    "person;Deal "
	    "- Expected close date;Deal - Deal created;Deal - Won time;Deal - Lost "
	    "reason\n"
	    "1;Payroll;1.234,50;EUR;Sales;Proposal;Open;Ana Ruiz;Acme;Bea "
	    "Olt;28.11.2026;13.07.2026 09:00;;\n"
	    "2;Clocks;900;EUR;Sales;Proposal;Lost;Ana Ruiz;Globex;;12.09.2026;13.07.2026 "
	    "09:00;;Price\n"
	    "3;Time;900;USD;Sales;Signed;Won;Tom Beck;Globex;;12.09.2026;13.07.2026 "
	    "09:00;15.09.2026 10:00;\n");
	put("activities.csv",
	    "Activity - Subject;Activity - Type;Activity - Due date;Activity - Due "
	    "time;Activity - Done;Activity - Assigned to user;Deal - Title;Person - "
	    "Name;Person - Email;Organization - Name\n"
	    "Pricing;Call;13.11.2026;14:30;Done;Ana Ruiz;Payroll;Bea "
	    "Olt;bea@acme.example;Acme\n"
	    "Lunch;Lunch;24.11.2026;;To do;Ana Ruiz;Payroll;Bea "
	    "Olt;bea@acme.example;Acme\n");
	put("people.csv",
	    "Person - ID;Person - Name;Person - Organization;Person - Email\n"
	    "51;Bea Olt;Acme;\"bea@acme.example,olt@home.example\"\n");
	put("organizations.csv", "Organization - ID;Organization - Name;Organization - "
	                         "Owner\n71;Acme;Ana Ruiz\n72;Globex;Tom Beck\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(DEALS, "1 open Proposal 123450EUR 2026-11-28 Ana Ruiz Acme; "
	                   "2 lost Proposal 90000EUR 2026-09-12 Ana Ruiz Globex; "
	                   "3 won Signed 90000USD 2026-09-12 Tom Beck Globex");
	assert_text("SELECT closed FROM deal WHERE source_id = '3'", "2026-09-15");
	assert_text(ACTIVITIES, "call 2026-11-13T14:30:00Z 1 - Payroll Bea Olt; "
	                        "meeting 2026-11-24 0 - Payroll Bea Olt");
	assert_text(
	    "SELECT d.name || c.email FROM committee m JOIN deal d ON d.id = m.deal "
	    "JOIN contact c ON c.id = m.contact",
	    "Payrollbea@acme.example");
	assert_number("SELECT count(*) FROM contact", 1);
	assert_number("SELECT count(*) FROM account", 2);
	/* Done is the same activity, not another. */
	shell("sed -i 's/To do/Done/' in/activities.csv");
	assert_status(EXIT_OK, sync_now());
	assert_number("SELECT count(*) FROM activity", 2);
}

Test(preset_crm, dynamics)
{
	put("opportunities.csv",
	    "(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) "
	    "Modified On,Topic,Potential Customer,Contact,Est. close date,Est. "
	    "revenue,Currency,Probability,Status,Status Reason,Actual Close "
	    "Date,Owner,Created On\n"
	    "0e1f0f1e-1111-4c1c-8d5c-000000000001,x,11/20/2026 9:00 AM,Payroll,Acme,Bea "
	    "Olt,11/28/2026,\"$240,000.00\",US Dollar,60,Open,In Progress,,Ana "
	    "Ruiz,7/20/2026 9:00 AM\n"
	    "0e1f0f1e-1111-4c1c-8d5c-000000000002,x,11/20/2026 9:00 "
	    "AM,Clocks,Globex,,9/28/2026,\"$90,000.50\",US "
	    "Dollar,0,Lost,Out-Sold,9/27/2026,"
	    "Ana Ruiz,7/20/2026 9:00 AM\n"
	    "0e1f0f1e-1111-4c1c-8d5c-000000000003,x,11/20/2026 9:00 "
	    "AM,Time,Globex,,9/28/2026,\"$100.00\",US Dollar,100,Won,Won,9/27/2026,Ana "
	    "Ruiz,7/20/2026 9:00 AM\n");
	put("activities.csv",
	    "(Do Not Modify) Activity,Activity Type,Subject,Regarding,Activity "
	    "Status,Priority,Start Date,Due Date,Owner,Created On\n"
	    "a1,Phone Call,Pricing,Payroll,Completed,Normal,,11/18/2026 2:30 PM,Ana "
	    "Ruiz,11/14/2026 9:00 AM\n"
	    "a2,Appointment,Demo,Payroll,Scheduled,Normal,,11/28/2026 2:30 PM,Ana "
	    "Ruiz,11/14/2026 9:00 AM\n");
	put("accounts.csv",
	    "(Do Not Modify) Account,(Do Not Modify) Row Checksum,Account "
	    "Name,Main Phone,Address 1: City\n"
	    "b1,x,Acme,1,Bonn\nb2,x,Globex,1,Ulm\n");
	put("contacts.csv", "(Do Not Modify) Contact,(Do Not Modify) Row Checksum,Full "
	                    "Name,Email,Company Name,Business Phone\n"
	                    "c1,x,Bea Olt,bea@acme.example,Acme,1\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(
	    "SELECT group_concat(substr(source_id, -1) || status || stage || amount "
	    "|| coalesce(currency, '-') || close_date || coalesce(closed, '-'), ' ') "
	    "FROM deal",
	    "1openIn Progress24000000USD2026-11-28- "
	    "2lostOut-Sold9000050USD2026-09-282026-09-27 "
	    "3wonWon10000USD2026-09-282026-09-27");
	assert_text(ACTIVITIES, "call 2026-11-18T14:30:00Z 1 - Payroll -; "
	                        "meeting 2026-11-28T14:30:00Z 0 - Payroll -");
	assert_text(
	    "SELECT c.source_id || a.source_id FROM committee m JOIN contact c ON "
	    "c.id = m.contact JOIN account a ON a.id = c.account",
	    "c1b1");
	assert_number("SELECT count(*) FROM account", 2);
}

/* A view of open deals shows neither status nor stage. */
Test(preset_crm, dynamics_view)
{
	put("v.csv", "Topic,Potential Customer,Est. Close Date,Est. Revenue,Created On\n"
	             "Payroll,Acme,2026-11-28,100,2026-07-20\n");
	assert_status(EXIT_OK, sync_now());
	assert_text("SELECT source_id || status || stage FROM deal",
	    "Payroll|Acme|2026-07-20openOpen");
}

Test(preset_crm, zoho)
{
	put("Deals.csv",
	    "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account "
	    "Name.id,Account Name,Stage,Type,Next Step,Probability (%),Lead "
	    "Source,Contact "
	    "Name.id,Contact Name,Created Time,Currency\n"
	    "zcrm_4150868000000225013,zcrm_1,Ana "
	    "Ruiz,1200.5,Payroll,2026-11-28,zcrm_71,Acme,Negotiation/Review,New,Legal,60,"
	    "Web,zcrm_51,Bea Olt,2026-07-20 09:00:00,EUR\n"
	    "zcrm_4150868000000225014,zcrm_1,Ana "
	    "Ruiz,900,Clocks,2026-09-28,zcrm_72,Globex,"
	    "Closed Lost to Competition,New,,0,Web,,,2026-07-20 09:00:00,EUR\n");
	put("Contacts.csv",
	    "Record Id,Contact Owner.id,Contact Owner,First Name,Last "
	    "Name,Account Name.id,Account Name,Email\n"
	    "zcrm_51,zcrm_1,Ana Ruiz,Bea,Olt,zcrm_71,Acme,bea@acme.example\n");
	put("Accounts.csv", "Record Id,Account Owner.id,Account Owner,Account "
	                    "Name,Website\nzcrm_71,zcrm_1,Ana Ruiz,Acme,acme.example\n");
	put("Calls.csv",
	    "Record Id,Call Owner.id,Call Owner,Subject,Call Type,Call Start "
	    "Time,Contact Name.id,Contact Name,Related To.id,Related To\n"
	    "zcrm_9,zcrm_1,Ana Ruiz,Pricing,Outbound,2026-11-03 "
	    "14:00:00,zcrm_51,Bea Olt,zcrm_4150868000000225013,Payroll\n");
	put("Tasks.csv", "Record Id,Task Owner.id,Task Owner,Subject,Due Date,Contact "
	                 "Name.id,Contact Name,Related To.id,Related To,Status\n"
	                 "zcrm_8,zcrm_1,Ana Ruiz,Papers,2026-11-24,,,"
	                 "zcrm_4150868000000225013,Payroll,Not Started\n");
	assert_status(EXIT_OK, sync_now());
	for (size_t i = 0; i < said.report.n_files; i++)
		cr_assert_str_eq(said.report.files[i].source, "zoho");
	assert_text(DEALS,
	    "zcrm_4150868000000225013 open Negotiation/Review 120050EUR 2026-11-28 Ana "
	    "Ruiz "
	    "Acme; zcrm_4150868000000225014 lost Closed Lost to Competition 90000EUR "
	    "2026-09-28 Ana Ruiz Globex");
	assert_text(ACTIVITIES, "call 2026-11-03T14:00:00Z - out Payroll Bea Olt; "
	                        "task 2026-11-24 0 - Payroll -");
	assert_number("SELECT count(*) FROM committee", 1);
	assert_number("SELECT count(*) FROM contact", 1);
}
