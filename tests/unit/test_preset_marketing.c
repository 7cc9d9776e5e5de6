#include "sync_fixture.h"

/* Small exports in the shape of marketing automation and of plain headers. */

TestSuite(preset_marketing, .init = sync_setup, .fini = sync_teardown);

#define TOUCHES                                                                   \
	"SELECT group_concat(coalesce(t.kind, '-') || ' ' || t.at || ' ' || "     \
	"coalesce(t.detail, '-') || ' ' || coalesce(t.responded, '-') || ' ' || " \
	"coalesce(l.name, l.source_id, '-') || ' ' || coalesce(k.name, "          \
	"k.source_id, '-'), '; ') FROM (SELECT * FROM touch ORDER BY at, id) t "  \
	"LEFT JOIN lead l ON l.id = t.lead LEFT JOIN campaign k ON k.id = t.campaign"

static const char marketo[] =
    "marketoGUID,leadId,activityDate,activityTypeId,campaignId,primaryAttributeValueId,"
    "primaryAttributeValue,attributes\n"
    "101,7,2026-10-01T14:06:20Z,6,12,5,Payroll mail,\"{\"\"Choice Number\"\":0}\"\n"
    "102,7,2026-10-02T14:06:20Z,11,12,5,Payroll "
    "mail,\"{\"\"Link\"\":\"\"https://x.example/a,b\"\"}\"\n"
    "103,7,2026-10-03T14:06:20Z,2,null,9,Demo request,\"{\"\"Form "
    "Fields\"\":\"\"{}\"\"}\"\n"
    "104,7,2026-10-04T14:06:20Z,104,null,31,Webinar 2026,\"{\"\"New "
    "Status\"\":\"\"Attended\"\",\"\"Old "
    "Status\"\":\"\"Registered\"\",\"\"Success\"\":true}\"\n"
    "105,8,2026-10-04T14:06:20Z,104,null,31,Webinar 2026,\"{\"\"New "
    "Status\"\":\"\"Invited\"\",\"\"Success\"\":false}\"\n"
    "106,7,2026-10-05T14:06:20Z,22,null,1,Score,\"{\"\"Change Value\"\":\"\"+5\"\"}\"\n"
    "107,8,2026-10-06T14:06:20Z,104,null,31,Webinar 2026,not json\n";

/* What a type is stands as a number, what it was about in JSON. */
Test(preset_marketing, marketo)
{
	put("activities.csv", marketo);
	put("leads.csv", "id,email,firstName,lastName,company,leadScore,leadStatus,"
	                 "sfdcContactId,createdAt\n"
	                 "7,bea@acme.example,Bea,Olt,Acme,55,MQL,003000000000001AAA,"
	                 "2026-09-01T08:00:00Z\n"
	                 "8,lea@initech.example,Lea,Dyer,null,null,Open,null,"
	                 "2026-09-01T08:00:00Z\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(TOUCHES, "Email sent 2026-10-01T14:06:20Z Payroll mail 0 Bea Olt -; "
	                     "Email click 2026-10-02T14:06:20Z Payroll mail 1 Bea Olt -; "
	                     "Form 2026-10-03T14:06:20Z Demo request 1 Bea Olt -; "
	                     "- 2026-10-04T14:06:20Z Attended 1 Bea Olt Webinar 2026; "
	                     "- 2026-10-04T14:06:20Z Invited 0 Lea Dyer Webinar 2026; "
	                     "- 2026-10-06T14:06:20Z - - Lea Dyer Webinar 2026");
	assert_text(
	    "SELECT group_concat(coalesce(company, '-') || coalesce(score, '-') || "
	    "coalesce(c.source_id, '-')) FROM lead l LEFT JOIN contact c ON c.id = "
	    "l.contact",
	    "Acme55003000000000001AAA,---");
	/* The two sections share the rows of the file. */
	cr_assert_eq(report_of("activities.csv")->skipped, 4);
	assert_status(EXIT_OK, sync_now());
	cr_assert_not(said.report.changed);
}

/* A lead that is a contact of the CRM: its touches are the deal's. */
Test(preset_marketing, marketo_beside_salesforce)
{
	put("activities.csv", marketo);
	put("leads.csv", "id,email,firstName,lastName,leadScore,sfdcContactId\n"
	                 "7,bea@acme.example,Bea,Olt,55,0034600000J5S5TAAV\n");
	put("Opportunity.csv", "Id,Name,StageName,CloseDate,CreatedDate,AccountId\n"
	                       "0064600000J5S5TAAV,One,New,2026-12-01,2026-07-20,"
	                       "0014600000J5S5TAAV\n");
	put("Contact.csv", "Id,AccountId,FirstName,LastName,ReportsToId,Email\n"
	                   "0034600000J5S5TAAV,0014600000J5S5TAAV,Bea,Olt,,"
	                   "bea@acme.example\n");
	assert_status(EXIT_OK, sync_now());
	assert_number("SELECT count(*) FROM touch_deal", 4);
}

Test(preset_marketing, marketo_members)
{
	put("members.csv",
	    "firstName,lastName,email,leadId,program,programId,statusName,membershipDate,"
	    "reachedSuccess,reachedSuccessDate\n"
	    "Bea,Olt,bea@acme.example,7,Webinar "
	    "2026,31,Attended,2026-10-01T08:00:00Z,true,"
	    "2026-10-04T08:00:00Z\n"
	    "Lea,Dyer,lea@x.example,8,Webinar 2026,31,Invited,2026-10-01T08:00:00Z,false,"
	    "null\n");
	assert_status(EXIT_OK, sync_now());
	assert_text("SELECT group_concat(at || detail || responded, ' ') FROM (SELECT * "
	            "FROM touch "
	            "ORDER BY at)",
	    "2026-10-01T08:00:00ZInvited0 2026-10-04T08:00:00ZAttended1");
	shell("sed -i 's/Invited,/Registered,/' in/members.csv");
	assert_status(EXIT_OK, sync_now());
	assert_number("SELECT count(*) FROM touch", 2);
}

#define PARDOT_TOUCHES                                                \
	"Email sent 2026-10-01T14:06:20Z Payroll mail 0 Bea Olt 12; " \
	"Click 2026-10-02T14:06:20Z Email 1 Bea Olt 12; "             \
	"Form 2026-10-03T14:06:20Z Demo request 1 Bea Olt 12; "       \
	"Webinar attended 2026-10-04T14:06:20Z Payroll 2026 1 Bea Olt 12"

Test(preset_marketing, pardot_versions_4_and_5)
{
	put("activities.csv",
	    "id,prospect_id,visitor_id,type,type_name,details,email_id,campaign_id,"
	    "created_at,updated_at\n"
	    "1,7,3,6,Email,Payroll mail,5,12,2026-10-01 14:06:20,2026-10-01 14:06:20\n"
	    "2,7,3,1,Email,,5,12,2026-10-02 14:06:20,2026-10-01 14:06:20\n"
	    "3,7,3,4,Form,Demo request,,12,2026-10-03 14:06:20,2026-10-01 14:06:20\n"
	    "4,7,3,24,Webinar,Payroll 2026,,12,2026-10-04 14:06:20,2026-10-01 14:06:20\n"
	    "5,7,3,13,Email,Bounced,5,12,2026-10-05 14:06:20,2026-10-01 14:06:20\n");
	put("prospects.csv",
	    "id,campaign_id,first_name,last_name,email,company,prospect_account_id,score,"
	    "grade,crm_contact_fid,created_at\n"
	    "7,12,Bea,Olt,bea@acme.example,Acme,1,55,A,,2026-09-01 08:00:00\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(TOUCHES, PARDOT_TOUCHES);
	cr_assert_eq(report_of("activities.csv")->skipped, 1);
	shell("rm -r in huddle.db* && mkdir in");
	put("activities.csv",
	    "\xef\xbb\xbfid,prospectId,visitorId,type,typeName,details,emailId,"
	    "campaignId,"
	    "createdAt,updatedAt\n"
	    "4,7,3,24,Webinar,Payroll "
	    "2026,,12,2026-10-04T14:06:20Z,2026-10-01T14:06:20Z\n"
	    "2,7,3,1,Email,,5,12,2026-10-02T14:06:20Z,2026-10-01T14:06:20Z\n"
	    "3,7,3,4,Form,Demo request,,12,2026-10-03T14:06:20Z,2026-10-01T14:06:20Z\n"
	    "1,7,3,6,Email,Payroll "
	    "mail,5,12,2026-10-01T14:06:20Z,2026-10-01T14:06:20Z\n");
	put("prospects.csv",
	    "id,firstName,lastName,email,company,prospectAccountId,score,"
	    "grade,salesforceId,campaignId,createdAt\n"
	    "7,Bea,Olt,bea@acme.example,Acme,1,55,A,,12,"
	    "2026-09-01T08:00:00Z\n");
	assert_status(EXIT_OK, sync_now());
	assert_text(TOUCHES, PARDOT_TOUCHES);
}

Test(preset_marketing, plain_headers)
{
	put("deals.csv",
	    "deal_id,deal_name,account_name,owner,stage,status,amount,currency,close_"
	    "date,"
	    "created_at\n"
	    "1,One,Acme,Ana Ruiz,Proposal,Open,1200.50,EUR,2026-11-28,2026-07-20\n"
	    "2,Two,Acme,Ana Ruiz,Proposal,On hold,900,EUR,2026-11-28,2026-07-20\n"
	    "3,Three,Acme,Ana Ruiz,Signed,Won,900,EUR,2026-09-28,2026-07-20\n");
	put("contacts.csv", "contact_id,first_name,last_name,email,account_name,title\n"
	                    "51,Bea,Olt,bea@acme.example,Acme,CFO\n");
	put("accounts.csv", "account_id,account_name,industry\n71,Acme,Steel\n");
	put("people.csv", "deal_id,contact_id,role\n1,51,Champion\n");
	put("activities.csv",
	    "activity_id,activity_type,activity_date,deal_id,contact_email,"
	    "owner,status\n9,Phone "
	    "call,2026-11-03,1,bea@acme.example,Ana Ruiz,Completed\n");
	put("touches.csv", "touch_id,touch_type,touch_date,email,campaign_name\n"
	                   "8,Webinar,2026-10-04,bea@acme.example,Payroll 2026\n");
	put("history.csv", "deal_id,field,old_value,new_value,changed_at\n"
	                   "1,close_date,2026-09-30,2026-11-28,2026-09-20\n");
	put("other.csv", "Name,Email,Phone\nBea,bea@acme.example,1\n");
	assert_status(EXIT_OK, sync_now());
	cr_assert_null(report_of("other.csv")->kind);
	assert_text("SELECT group_concat(source_id || status || amount || currency, ' ') "
	            "FROM deal",
	    "1open120050EUR 2open90000EUR 3won90000EUR");
	assert_text(
	    "SELECT role || c.name || a.industry FROM committee m JOIN contact c ON "
	    "c.id = m.contact JOIN account a ON a.id = c.account",
	    "ChampionBea OltSteel");
	assert_text(
	    "SELECT v.kind || v.done || linked_by FROM activity_deal x JOIN activity v "
	    "ON v.id = x.activity",
	    "call10");
	assert_text(
	    "SELECT t.kind || k.name || linked_by FROM touch_deal x JOIN touch t "
	    "ON t.id = x.touch JOIN campaign k ON k.id = t.campaign WHERE x.deal = 1",
	    "WebinarPayroll 20261");
	assert_number("SELECT pushes FROM deal_summary WHERE deal = 1", 1);
	assert_number("SELECT count(*) FROM contact", 1);
}
