#include "../../src/sync/claim.h"
#include "../../src/sync/plan.h"
#include "../../src/sync/reader.h"
#include "huddle/sync.h"
#include "sync_fixture.h"

/*
 * Which preset takes a file, told by nothing but its header. The headers are
 * those that vendors document or that exports were seen with, cut where what
 * follows says nothing more.
 */

enum { PRESETS_MAX = 32 };

static struct arena arena;
static struct mapping presets[PRESETS_MAX];
static int n_presets;

static void setup(void)
{
	struct err err = ERR_INIT;

	sync_setup();
	for (const char *const *name = sync_presets(); *name; name++)
		cr_assert(mapping_preset(&presets[n_presets++], &arena, *name, &err),
		    "%s: %s", err.place, err.text);
}

static void teardown(void)
{
	arena_release(&arena);
	sync_teardown();
}

TestSuite(presets, .init = setup, .fini = teardown);

static const struct claim {
	const char *what, *takes, *header;
} claims[] = {
    {"Salesforce: deals", "salesforce: deals",
        "\"Id\",\"IsDeleted\",\"AccountId\",\"IsPrivate\",\"Name\",\"Description\","
        "\"StageName\",\"StageSortOrder\",\"Amount\",\"Probability\",\"ExpectedRevenue\","
        "\"TotalOpportunityQuantity\",\"CloseDate\",\"Type\",\"NextStep\",\"LeadSource\","
        "\"IsClosed\",\"IsWon\",\"ForecastCategory\",\"ForecastCategoryName\","
        "\"CurrencyIsoCode\",\"CampaignId\",\"OwnerId\",\"CreatedDate\","
        "\"LastStageChangeDate\",\"ContactId\""},
    {"Salesforce: deals in upper case", "salesforce: deals",
        "ID,NAME,STAGENAME,CLOSEDATE,AMOUNT,CREATEDDATE"},
    {"Salesforce: versions", "salesforce: history",
        "\"Id\",\"OpportunityId\",\"CreatedById\",\"CreatedDate\",\"StageName\","
        "\"Amount\",\"ExpectedRevenue\",\"CloseDate\",\"Probability\","
        "\"FromForecastCategory\",\"ForecastCategory\",\"FromOpportunityStageName\","
        "\"CurrencyIsoCode\",\"ValidThroughDate\",\"IsDeleted\",\"PrevAmount\","
        "\"PrevCloseDate\""},
    {"Salesforce: changes", "salesforce: history.fields",
        "Id,IsDeleted,OpportunityId,CreatedById,CreatedDate,Field,DataType,OldValue,"
        "NewValue"},
    {"Salesforce: fields that are tracked", "",
        "\"Id\",\"TableEnumOrId\",\"FieldEnumOrId\",\"CreatedById\",\"CreatedDate\""},
    {"Salesforce: roles", "salesforce: committee",
        "\"Id\",\"OpportunityId\",\"ContactId\",\"Role\",\"CreatedDate\",\"CreatedById\","
        "\"IsDeleted\",\"CurrencyIsoCode\""},
    {"Salesforce: competitors", "",
        "\"Id\",\"OpportunityId\",\"CompetitorName\",\"Strengths\",\"Weaknesses\","
        "\"CreatedById\",\"CreatedDate\",\"IsDeleted\""},
    {"Salesforce: tasks", "salesforce: activities.tasks",
        "\"Id\",\"WhoId\",\"WhatId\",\"WhoCount\",\"WhatCount\",\"Subject\","
        "\"ActivityDate\",\"Status\",\"Priority\",\"OwnerId\",\"Description\",\"Type\","
        "\"IsDeleted\",\"AccountId\",\"IsClosed\",\"CreatedDate\",\"CallType\","
        "\"CompletedDateTime\""},
    {"Salesforce: events", "salesforce: activities.events",
        "\"Id\",\"WhoId\",\"WhatId\",\"Subject\",\"Location\",\"IsAllDayEvent\","
        "\"ActivityDateTime\",\"ActivityDate\",\"DurationInMinutes\",\"AccountId\","
        "\"OwnerId\",\"Type\",\"IsDeleted\",\"CreatedDate\""},
    {"Salesforce: relations of tasks", "",
        "\"Id\",\"RelationId\",\"TaskId\",\"IsWhat\",\"AccountId\""},
    {"Salesforce: campaigns", "salesforce: campaigns",
        "\"Id\",\"IsDeleted\",\"Name\",\"ParentId\",\"Type\",\"Status\",\"StartDate\","
        "\"EndDate\",\"CurrencyIsoCode\",\"ExpectedRevenue\",\"BudgetedCost\","
        "\"ActualCost\",\"IsActive\""},
    {"Salesforce: members", "salesforce: touches",
        "\"Id\",\"IsDeleted\",\"CampaignId\",\"LeadId\",\"ContactId\",\"Status\","
        "\"HasResponded\",\"IsPrimary\",\"CreatedDate\",\"FirstRespondedDate\","
        "\"CurrencyIsoCode\""},
    {"Salesforce: influence", "",
        "\"Id\",\"IsDeleted\",\"Name\",\"CurrencyIsoCode\",\"CreatedDate\","
        "\"OpportunityId\",\"CampaignId\",\"ContactId\",\"Weight\",\"Influence\","
        "\"IsAdjusted\",\"ModelId\""},
    {"Salesforce: leads", "salesforce: leads",
        "\"Id\",\"IsDeleted\",\"MasterRecordId\",\"FirstName\",\"LastName\",\"Title\","
        "\"Company\",\"Email\",\"LeadSource\",\"Status\",\"OwnerId\",\"IsConverted\","
        "\"ConvertedDate\",\"ConvertedAccountId\",\"ConvertedContactId\","
        "\"ConvertedOpportunityId\",\"CreatedDate\""},
    {"Salesforce: contacts", "salesforce: contacts",
        "\"Id\",\"IsDeleted\",\"MasterRecordId\",\"AccountId\",\"FirstName\","
        "\"LastName\",\"ReportsToId\",\"Email\",\"Title\",\"OwnerId\",\"CreatedDate\""},
    {"Salesforce: accounts", "salesforce: accounts",
        "\"Id\",\"IsDeleted\",\"Name\",\"Type\",\"BillingCity\",\"BillingCountry\","
        "\"Website\",\"Industry\",\"AnnualRevenue\",\"NumberOfEmployees\",\"OwnerId\""},
    {"Salesforce: users", "salesforce: people",
        "\"Id\",\"Username\",\"FirstName\",\"LastName\",\"Division\",\"Department\","
        "\"Email\",\"IsActive\",\"TimeZoneSidKey\",\"ManagerId\""},
    {"Salesforce: list e-mails", "",
        "\"Id\",\"OwnerId\",\"IsDeleted\",\"Name\",\"Subject\",\"TotalSent\",\"SentVia\","
        "\"TotalOpens\",\"UniqueOpens\",\"CampaignId\""},

    {"a report with currency pairs", "salesforce-report: deals",
        "Territory Region,Opportunity Owner,Account Name,Opportunity Name,Stage,Forecast "
        "Category,Total Amount Currency,Total Amount,Billed iARR Currency,Billed "
        "iARR,ARR to Renew Currency,ARR to Renew,Fiscal Period,Close Date,Opportunity "
        "Next Steps,Type"},
    /* One row a product: no list of deals. */
    {"a report of products", "",
        "Opportunity Owner,Created Date,Close Date,Stage,Opportunity Number,Indirect "
        "Account,End Customer,Estimated Quantity,Sales Price,Estimated Total Price,Sales "
        "Model Name,Part Number,Account Name,Product Line,Deal Type"},
    {"the Opportunity History report", "salesforce-report: history",
        "Opportunity ID,Opportunity Name,From Stage,To Stage,Stage Duration,Last "
        "Modified,Amount,Close Date,Stage,Created Date"},
    {"the Opportunity Field History report", "salesforce-report: history.fields",
        "Opportunity ID,Opportunity Name,Stage,Amount,Created Date,Close Date,Field / "
        "Event,Old Value,New Value,Edit Date"},
    {"the same with who edited", "salesforce-report: history.fields",
        "Opportunity Name,Stage,Field / Event,Old Value,New Value,Edit Date,Edited By"},
    {"Lightning's Opportunities", "salesforce-report: deals",
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Fiscal "
        "Period,Amount,Expected Revenue,Probability (%),Age,Close Date,Created "
        "Date,Next Step,Lead Source,Type,Owner Role"},
    {"Tasks and Events", "salesforce-report: activities",
        "Assigned,Subject,Date,Company / "
        "Account,Contact,Lead,Opportunity,Priority,Status,Task,Task Subtype,Created "
        "Date"},
    {"Campaigns with Campaign Members",
        "salesforce-report: touches.contacts touches.leads",
        "Campaign Name,Member Type,Member Status,First Name,Last Name,Title,Company / "
        "Account,Email,Responded,Member First Associated Date,Member First Responded "
        "Date"},
    {"members without their type", "salesforce-report: touches",
        "Campaign Name,Member Status,First Name,Last Name,Title,Company,Email,"
        "Responded,Member First Responded Date"},
    {"Opportunities with Contact Roles", "salesforce-report: committee",
        "Opportunity Name,Contact: Full Name,Role,Primary"},
    {"the same with two names and the stage", "salesforce-report: committee",
        "Opportunity Name,Stage,First Name,Last Name,Role,Primary"},
    {"Contacts & Accounts", "salesforce-report: contacts",
        "Salutation,First Name,Last Name,Title,Account Name,Mailing "
        "City,Phone,Email,Account Owner"},
    {"Accounts", "salesforce-report: accounts",
        "Account Owner,Account Name,Billing State/Province,Type,Rating,Last "
        "Activity,Last Modified Date"},
    {"Leads", "salesforce-report: leads",
        "Lead Owner,First Name,Last Name,Title,Company / Account,Email,Lead "
        "Source,Lead Status,Create Date"},
    {"Campaigns", "salesforce-report: campaigns",
        "Campaign Name,Type,Status,Start Date,End Date,Budgeted Cost in "
        "Campaign,Actual Cost in Campaign"},

    {"HubSpot: deals", "hubspot: deals deals.merged committee",
        "\"Record ID\",\"Actual duration (HH:mm:ss)\",\"Amount\",\"Amount in company "
        "currency\",\"Close Date\",\"Closed Lost Reason\",\"Closed won count\",\"Create "
        "Date\",\"Days to close\",\"Deal Name\",\"Deal owner\",\"Deal "
        "probability\",\"Deal Stage\",\"Deal Type\",\"Forecast category\",\"Is Closed "
        "(numeric)\",\"Is closed lost\",\"Is Closed Won\",\"Is Deal Closed?\",\"Is Open "
        "(numeric)\",\"Last Activity Date\",\"Merged Deal IDs\",\"Next Activity "
        "Date\",\"Next step\",\"Original Traffic Source\",\"Pipeline\",\"Associated "
        "Call\",\"Associated Company\",\"Associated Contact\",\"Associated Company "
        "(Primary)\",\"Billing Contact\",\"Billing Contact\",\"Associated Company "
        "IDs\",\"Associated Contact IDs\",\"Associated Company IDs (Primary)\""},
    {"HubSpot: a view of deals", "hubspot: deals",
        "\"Record ID\",\"Deal Name\",\"Last Activity Date\",\"State\",\"Deal "
        "Stage\",\"Close Date\",\"Deal owner\",\"Amount\",\"Date of last meeting booked "
        "in meetings tool\",\"Pipeline\",\"Associated "
        "Product\",\"Products\",\"LMS\",\"Associated Product IDs\""},
    {"HubSpot: contacts",
        "hubspot: contacts committee.contacts touches.clicks touches.forms",
        "\"Record ID\",\"First Name\",\"Last Name\",\"Buying Role\",\"Company "
        "Name\",\"Contact owner\",\"Create Date\",\"Date entered \"\"Marketing "
        "Qualified Lead (Lifecycle Stage Pipeline)\"\"\",\"Email\",\"Employment "
        "Seniority\",\"First Conversion\",\"First Conversion Date\",\"First marketing "
        "email click date\",\"Job Title\",\"Last Activity Date\",\"Last marketing email "
        "click date\",\"Last marketing email name\",\"Lead Status\",\"Lifecycle "
        "Stage\",\"Recent Conversion\",\"Recent Conversion Date\",\"Associated "
        "Company\",\"Associated Company IDs\",\"Associated Company "
        "(Primary)\",\"Associated Company IDs (Primary)\",\"Associated "
        "Deal\",\"Associated Deal IDs\""},
    {"HubSpot: a view of contacts", "hubspot: contacts",
        "Record ID,First Name,Last Name,Email,Phone Number,Contact owner,Lead Status"},
    {"HubSpot: companies", "hubspot: accounts",
        "Record ID,Company name,Company Domain Name,Company "
        "owner,Industry,Country/Region,Create Date,Last Activity Date"},
    {"HubSpot: meetings", "hubspot: activities.meetings",
        "Meeting name,Activity date,Activity assigned to,Call and meeting type,Meeting "
        "outcome,Meeting location,Associated Contacts,Associated Deals"},
    {"HubSpot: notes", "hubspot: activities",
        "Record ID,Activity type,Title,Body,Activity date,Activity assigned "
        "to,Associated Contact IDs,Associated Company IDs,Associated Deal IDs"},
    {"HubSpot: calls", "hubspot: activities.calls",
        "Record ID,Call title,Activity date,Activity assigned to,Call outcome,Call "
        "duration (HH:mm:ss),Call direction,Associated Contact IDs"},
    {"HubSpot: tasks", "hubspot: activities.tasks",
        "Record ID,Task title,Due date,Task status,Task type,Priority,Assigned "
        "to,Associated Deal IDs"},
    {"HubSpot: e-mails", "hubspot: activities.emails",
        "Record ID,Email subject,Email direction,Email send status,Activity "
        "date,Activity assigned to,Associated Contact IDs"},

    {"Pipedrive: deals", "pipedrive: deals committee",
        "Deal - ID,Deal - Title,Deal - Value,Deal - Currency,Deal - Pipeline,Deal - "
        "Stage,Deal - Status,Deal - Owner,Deal - Organization,Deal - Contact "
        "person,Deal - Probability,Deal - Expected close date,Deal - Deal created,Deal "
        "- Last stage change,Deal - Last activity date,Deal - Next activity date,Deal "
        "- Won time"},
    {"Pipedrive: deals of another company", "pipedrive: deals committee",
        "Deal - Territory,Deal - Pipeline,Deal - Stage,Organization - Customer "
        "segment,Deal - Title,Deal - Next activity date,Deal - Owner,Deal - "
        "Value,Organization - Name,Deal - Organization,Deal - Expected close date,Deal "
        "- Contact person,Deal - Status,Deal - Won time,Deal - Last stage change,Deal - "
        "Currency of Expected REVENUE,Deal - Currency"},
    {"Pipedrive: activities", "pipedrive: activities",
        "Activity - Subject,Activity - Type,Activity - Due date,Activity - Due "
        "time,Activity - Done,Activity - Note,Activity - Assigned to user,Deal - "
        "Title,Person - Name,Person - Email,Organization - Name"},
    {"Pipedrive: its sample", "pipedrive: activities",
        "Person - Name*,Person - First name,Person - Last name,Person - Phone,Person - "
        "Email (Work),Person - Email (Home),Organization - Name*,Organization - "
        "Address,Deal - Title,Deal - Value,Activity - Subject*,Activity - Due date,Note "
        "- Content*"},
    {"Pipedrive: people", "pipedrive: contacts",
        "Person - ID,Person - Name,Person - Organization,Person - Email,Person - Owner"},
    {"Pipedrive: organisations", "pipedrive: accounts",
        "Organization - ID,Organization - Name,Organization - Owner,Organization - "
        "Address"},

    {"Dynamics: deals", "dynamics: deals committee",
        "(Do Not Modify) Opportunity,(Do Not Modify) Row Checksum,(Do Not Modify) "
        "Modified On,Topic,Potential Customer,Contact,Est. Close Date,Est. "
        "Revenue,Currency,Probability,Rating,Status,Status Reason,Actual Close "
        "Date,Owner,Created On"},
    {"Dynamics: a view without ids", "dynamics: deals",
        "Topic,Potential Customer,Est. close date,Est. revenue,Status,Owner,Created On"},
    {"Dynamics: contacts", "dynamics: contacts",
        "(Do Not Modify) Contact,(Do Not Modify) Row Checksum,(Do Not Modify) Modified "
        "On,Full Name,Email,Company Name,Business Phone,Status"},
    {"Dynamics: accounts", "dynamics: accounts",
        "(Do Not Modify) Account,(Do Not Modify) Row Checksum,Account Name,Main "
        "Phone,Address 1: City,Primary Contact,Status"},
    {"Dynamics: leads", "dynamics: leads",
        "(Do Not Modify) Lead,(Do Not Modify) Modified On,Name,Topic,Status "
        "Reason,Created On,Company Name"},
    {"Dynamics: activities", "dynamics: activities",
        "(Do Not Modify) Activity,(Do Not Modify) Modified On,Activity "
        "Type,Subject,Regarding,Activity Status,Priority,Start Date,Due Date,Created "
        "By,Owner"},

    {"Zoho: deals", "zoho: deals committee",
        "Record Id,Deal Owner.id,Deal Owner,Amount,Deal Name,Closing Date,Account "
        "Name.id,Account Name,Stage,Type,Next Step,Probability (%),Expected "
        "Revenue,Lead Source,Campaign Source.id,Campaign Source,Contact "
        "Name.id,Contact Name,Created Time,Modified Time"},
    {"Zoho: contacts", "zoho: contacts",
        "Record Id,Contact Owner.id,Contact Owner,Lead Source,First Name,Last "
        "Name,Account Name.id,Account Name,Title,Email"},
    {"Zoho: accounts", "zoho: accounts",
        "Record Id,Account Owner.id,Account Owner,Account "
        "Name,Phone,Website,Industry,Annual Revenue,Employees,Billing Country"},
    {"Zoho: leads", "zoho: leads",
        "Record Id,Lead Owner.id,Lead Owner,Company,First Name,Last "
        "Name,Title,Email,Lead Source,Lead Status,Created Time"},
    {"Zoho: tasks", "zoho: activities.tasks",
        "Record Id,Task Owner.id,Task Owner,Subject,Due Date,Contact Name.id,Contact "
        "Name,Related To.id,Related To,Status,Priority,Created Time"},
    {"Zoho: calls", "zoho: activities.calls",
        "Record Id,Call Owner.id,Call Owner,Subject,Call Type,Call Start Time,Call "
        "Duration,Contact Name.id,Contact Name,Related To.id,Related To"},

    {"Marketo: activities", "marketo: touches touches.programs",
        "marketoGUID,leadId,activityDate,activityTypeId,campaignId,"
        "primaryAttributeValueId,primaryAttributeValue,attributes"},
    {"Marketo: leads", "marketo: leads",
        "id,email,firstName,lastName,company,leadScore,leadStatus,sfdcContactId,"
        "createdAt,updatedAt"},
    {"Marketo: a list", "marketo: leads",
        "Id,Full Name,Email Address,Person Status,Person Score,Acquisition Program"},
    {"Marketo: members of a program", "marketo: touches.members",
        "Id,Full Name,Email Address,Member Date,Progression Status,Reached "
        "Success,Reached Success Date"},
    {"Marketo: the extract of members", "marketo: touches.members",
        "firstName,lastName,email,leadId,program,programId,statusName,membershipDate,"
        "reachedSuccess,reachedSuccessDate"},

    {"Pardot: activities, version 4", "pardot: touches",
        "id,prospect_id,visitor_id,type,type_name,details,email_id,email_template_id,"
        "list_email_id,form_id,form_handler_id,site_search_query_id,landing_page_id,"
        "paid_search_ad_id,multivariate_test_variation_id,visitor_page_view_id,file_id,"
        "custom_redirect_id,campaign_id,created_at,updated_at"},
    {"Pardot: activities, version 5", "pardot: touches",
        "id,prospectId,visitorId,type,typeName,details,emailId,emailTemplateId,"
        "listEmailId,formId,formHandlerId,landingPageId,fileId,customRedirectId,"
        "campaignId,createdAt,updatedAt"},
    {"Pardot: prospects, version 4", "pardot: leads",
        "id,campaign_id,salutation,first_name,last_name,email,company,"
        "prospect_account_id,score,grade,crm_lead_fid,crm_contact_fid,created_at"},
    {"Pardot: prospects, version 5", "pardot: leads",
        "id,firstName,lastName,email,company,prospectAccountId,score,grade,salesforceId,"
        "campaignId,createdAt"},

    {"Salesforce by Fivetran: deals", "fivetran-salesforce: deals",
        "_fivetran_synced,account_id,amount,close_date,created_date,forecast_category,id,"
        "is_closed,is_deleted,is_won,name,owner_id,stage_name,type,_fivetran_active"},
    {"Salesforce by Fivetran: versions", "fivetran-salesforce: history.versions",
        "_fivetran_active,_fivetran_start,_fivetran_end,_fivetran_synced,account_id,"
        "amount,close_date,id,is_deleted,name,stage_name"},
    {"Salesforce by Fivetran: contacts", "fivetran-salesforce: contacts",
        "id,_fivetran_synced,account_id,email,first_name,last_name,name,owner_id,"
        "reports_to_id,title,is_deleted,_fivetran_active"},
    {"HubSpot by Fivetran: deals", "fivetran-hubspot: deals",
        "deal_id,is_deleted,deal_pipeline_id,deal_pipeline_stage_id,owner_id,portal_id,"
        "property_dealname,property_amount,property_closedate,property_createdate"},
    {"HubSpot by Fivetran: contacts", "fivetran-hubspot: contacts",
        "_fivetran_deleted,_fivetran_synced,property_email,id,property_company,"
        "property_firstname,property_lastname"},
    {"HubSpot by Fivetran: owners", "fivetran-hubspot: people",
        "owner_id,_fivetran_synced,created_at,portal_id,type,email,first_name,last_name"},
    {"HubSpot by Fivetran: contacts of deals", "fivetran-hubspot: committee",
        "contact_id,deal_id,_fivetran_synced,type_id,category"},
    {"HubSpot by Fivetran: companies of deals",
        "fivetran-hubspot: lookup.primary_company lookup.deal_company",
        "company_id,deal_id,type_id,category"},
    {"HubSpot by Fivetran: deals of engagements",
        "fivetran-hubspot: lookup.engagement_deal",
        "deal_id,engagement_id,engagement_type,type_id,_fivetran_synced,category"},
    {"HubSpot by Fivetran: contacts of engagements",
        "fivetran-hubspot: lookup.engagement_contact",
        "contact_id,engagement_id,engagement_type,type_id,_fivetran_synced,category"},
    {"HubSpot by Fivetran: companies of engagements",
        "fivetran-hubspot: lookup.engagement_company",
        "company_id,engagement_id,engagement_type,type_id,_fivetran_synced,category"},
    {"HubSpot by Fivetran: merged contacts", "",
        "canonical_vid,contact_id,vid_to_merge,_fivetran_synced,entity_id,first_name,"
        "last_name,num_properties_moved,timestamp,user_id"},

    /* Attribution is worked out here from the touches themselves. */
    {"Bizible's report of touchpoints", "",
        "Buyer Touchpoint: Touchpoint Date,Touchpoint Type,Marketing Channel,Ad Campaign "
        "Name,Touchpoint Position,Attribution % - First Touch"},

    {"plain words: deals", "generic: deals",
        "deal_id,deal_name,account,owner,stage,amount,close_date"},
    {"plain words: deals of a spreadsheet", "generic: deals",
        "Deal,Account,Owner,Stage,Amount,Close Date,Next Step"},
    {"plain words: accounts", "generic: accounts", "account_id,account_name,industry"},
    {"plain words: contacts", "generic: contacts",
        "contact_id,first_name,last_name,email,account_id,title"},
    {"plain words: leads", "generic: leads",
        "lead_id,lead_status,owner,mql_at,assigned_at,touched_at,rejected_at,"
        "reject_reason"},
    {"plain words: activities", "generic: activities",
        "activity_id,activity_type,activity_date,deal_id,contact_email,owner"},
    {"plain words: touches", "generic: touches",
        "touch_id,touch_type,touch_date,email,campaign_name"},
    {"plain words: committee", "generic: committee", "deal_id,contact_id,role"},
    {"plain words: committee with its days", "generic: committee",
        "deal_id,contact_id,role,created_at"},
    {"plain words: activities with their days", "generic: activities",
        "activity_id,deal_id,kind,when,created_at,done"},
    {"plain words: campaigns", "generic: campaigns",
        "campaign_id,campaign_name,channel,start_date,budget"},
    {"plain words: changes", "generic: history.fields",
        "deal_id,field,old_value,new_value,changed_at"},
    {"our own: people", "huddle: people", "huddle_people,id,name,email,team,manager"},
    {"our own: accounts", "huddle: accounts",
        "huddle_accounts,id,name,owner_id,industry"},
    {"our own: campaigns", "huddle: campaigns",
        "huddle_campaigns,id,name,kind,start,end"},
    {"our own: contacts", "huddle: contacts",
        "huddle_contacts,id,name,email,title,account_id"},
    {"our own: leads", "huddle: leads", "huddle_leads,id,name,email,company,status"},
    {"our own: deals", "huddle: deals",
        "huddle_deals,id,name,account_id,owner_id,stage,status,amount,currency,"
        "close_date,custom.Region"},
    {"our own: committee", "huddle: committee",
        "huddle_committee,id,deal_id,contact_id,role,primary"},
    {"our own: history", "huddle: history",
        "huddle_history,id,deal_id,when,stage,amount,close_date,forecast"},
    {"our own: quotas", "huddle: quotas",
        "huddle_quotas,id,owner_id,period,amount,currency"},
    {"our own: activities", "huddle: activities",
        "huddle_activities,id,deal_id,contact_id,kind,subject,when,huddle_part_of"},
    {"our own: touches", "huddle: touches",
        "huddle_touches,id,contact_id,campaign_id,kind,detail,when,huddle_missing"},
    {"our own: currencies", "huddle: currencies",
        "huddle_currencies,id,currency,rate,worth,from"},
    {"nothing that is known", "", "Name,Value,Date"},
    {"a list of addresses", "", "Name,Email,Phone"},
    {"invoices", "", "Invoice,Customer,Amount,Date,Status"},
};

static struct reader *open_header(const char *header, struct file_header *h)
{
	struct reader *reader;
	struct err err = ERR_INIT;
	size_t n;

	put("header.csv", header);
	cr_assert(reader_open(&reader, in_folder("in/header.csv"), &err), "%s", err.text);
	const struct slice *fields = reader_header(reader, &n);
	*h = file_header(&arena, "header.csv", fields, n);
	return reader;
}

static void sections_of(
    struct str *out, const struct mapping *m, const struct file_header *h)
{
	if (m)
		str_addf(out, "%s:", m->name);
	for (int kind = 0; m && kind < FACT_KINDS; kind++)
		for (int s = 0; s < m->n_sections; s++)
			if ((int)m->sections[s].kind == kind &&
			    section_takes(m, &m->sections[s], h))
				str_addf(out, " %s", m->sections[s].name);
	for (int i = 0; m && i < m->n_lookups; i++)
		if (section_claims(&m->lookups[i].files, h))
			str_addf(out, " %s", m->lookups[i].files.name);
}

/* Sections of one kind stand in the order of the file; the table names them by
 * name. */
static bool same_sections(const char *a, const char *b)
{
	char copy[256];

	if (strlen(a) != strlen(b))
		return false;
	snprintf(copy, sizeof copy, "%s", a);
	for (char *word = strtok(copy, " "); word; word = strtok(NULL, " ")) {
		const char *at = strstr(b, word);
		if (!at)
			return false;
	}
	return true;
}

static void check_claim(const struct claim *c)
{
	struct file_header h;
	struct str takes = STR_INIT, others = STR_INIT;
	struct reader *reader = open_header(c->header, &h);
	const struct mapping *m = mapping_for(presets, n_presets, false, &h);

	sections_of(&takes, m, &h);
	cr_expect(same_sections(str_text(&takes), c->takes), "%s: \"%s\", not \"%s\"",
	    c->what, str_text(&takes), c->takes);
	/* And it is nobody else's, were this preset not there. */
	for (int i = 0; i < n_presets; i++)
		if (&presets[i] != m && !presets[i].fallback)
			sections_of(&others, mapping_for(&presets[i], 1, false, &h), &h);
	cr_expect_str_eq(
	    str_text(&others), "", "%s: also %s", c->what, str_text(&others));
	str_release(&takes);
	str_release(&others);
	reader_close(reader);
}

Test(presets, claims)
{
	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
		check_claim(&claims[i]);
}

/* And each table that something is looked up in has its two columns. */
Test(presets, signatures_of_lookups_hold_key_and_value)
{
	int count = 0;

	for (int i = 0; i < n_presets; i++)
		for (int l = 0; l < presets[i].n_lookups; l++) {
			const struct lookup *lookup = &presets[i].lookups[l];
			const struct alternatives *sets = &lookup->files.signature;
			for (int a = 0; a < sets->count; a++) {
				int has = 0;
				for (int n = 0; n < sets->items[a].n_headers; n++) {
					const char *header = sets->items[a].headers[n];
					has += !strcmp(header, lookup->key) ||
					       !strcmp(header, lookup->value);
				}
				cr_expect_eq(has, 2, "%s, signature %d",
				    lookup->files.name, a + 1);
				count++;
			}
		}
	cr_assert_gt(count, 4);
}

/* Whatever a preset takes it can read: no signature lacks a required column, but
 * for the day of an event, which such a file must be told to hold. */
Test(presets, signatures_hold_what_is_required)
{
	int count = 0;

	for (int i = 0; i < n_presets; i++) {
		for (int s = 0; s < presets[i].n_sections; s++) {
			const struct section *section = &presets[i].sections[s];
			for (int a = 0; a < section->signature.count; a++) {
				const struct alternative *set =
				    &section->signature.items[a];
				struct slice header[16];
				struct plan plan;
				struct err err = ERR_INIT;
				for (int n = 0; n < set->n_headers; n++)
					header[n] = slice_of(set->headers[n]);
				bool fine = plan_make(&plan, &arena, &presets[i], section,
				    "x", section->name, header, (size_t)set->n_headers,
				    &err);
				cr_expect(fine || strstr(err.text, "no column for when"),
				    "%s %s, signature %d: %s", presets[i].name,
				    section->name, a + 1, err.text);
				plan_release(&plan);
				count++;
			}
		}
	}
	cr_assert_gt(count, 100);
}
