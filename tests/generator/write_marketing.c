/* Campaign.csv, CampaignMember.csv, Lead.csv */
#include "gen.h"
#include <string.h>

enum { DEMAND_GEN = 14, SYNC = 18 }; /* rows of the staff table in users.c */

static const char campaign_header[] =
    "Id,IsDeleted,Name,ParentId,Type,Status,StartDate,EndDate,CurrencyIsoCode,"
    "ExpectedRevenue,"
    "BudgetedCost,ActualCost,ExpectedResponse,NumberSent,IsActive,Description,"
    "NumberOfLeads,"
    "NumberOfConvertedLeads,NumberOfContacts,NumberOfResponses,NumberOfOpportunities,"
    "NumberOfWonOpportunities,AmountAllOpportunities,AmountWonOpportunities,OwnerId,"
    "CreatedDate,"
    "CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,"
    "CampaignMemberRecordTypeId";
static const char member_header[] =
    "Id,IsDeleted,CampaignId,LeadId,ContactId,Status,HasResponded,IsPrimary,CreatedDate,"
    "CreatedById,LastModifiedDate,LastModifiedById,SystemModstamp,FirstRespondedDate,"
    "CurrencyIsoCode";
static const char lead_header[] =
    "Id,IsDeleted,MasterRecordId,Salutation,FirstName,LastName,MiddleName,Suffix,Title,"
    "Company,"
    "Street,City,State,PostalCode,Country,StateCode,CountryCode,Phone,MobilePhone,Fax,"
    "Email,"
    "Website,Description,LeadSource,Status,Industry,Rating,CurrencyIsoCode,AnnualRevenue,"
    "NumberOfEmployees,OwnerId,HasOptedOutOfEmail,IsConverted,ConvertedDate,"
    "ConvertedAccountId,"
    "ConvertedContactId,ConvertedOpportunityId,IsUnreadByOwner,CreatedDate,CreatedById,"
    "LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,DoNotCall,"
    "HasOptedOutOfFax,LastTransferDate,Jigsaw,JigsawContactId,EmailBouncedReason,"
    "EmailBouncedDate,Lead_Score__c,MQL_Date__c,Assigned_Date__c,First_Touch_Date__c,"
    "Reached_Date__c,Accepted_Date__c,Rejected_Date__c,Rejection_Reason__c,Recycled_Date_"
    "_c";

static const char *const status_names[] = {
    "Sent", "Registered", "Attended", "Downloaded", "Responded"};

/* Budgets are by kind, actual costs a little off them; a planned campaign has cost nothing yet. */
static void write_costs(
    struct csv *c, const struct campaign *p, uint32_t row, bool planned)
{
	int64_t budget = word_campaigns[p->kind].cost * INT64_C(100000);

	csv_money(c, budget * 12);
	csv_money(c, budget);
	if (planned)
		csv_empty(c, 1);
	else
		csv_money(c, budget * (88 + row % 23) / 100 + row % 7 * 1315);
}

static void write_campaign(struct world *w, struct csv *c, uint32_t row)
{
	const struct campaign *p = &w->campaigns[row];
	const struct campaign_kind *k = &word_campaigns[p->kind];
	bool planned = row >= w->past_campaigns, over = p->start + k->span < w->cfg.as_of;
	int64_t made = (p->start - 30) * DAY + 10 * HOUR;

	if (made > w->now)
		made = w->now - 5 * DAY;
	csv_id(c, ID_CAMPAIGN, row);
	csv_bool(c, false);
	csv_text(c, p->name);
	csv_no_id(c);
	csv_text(c, k->type);
	csv_text(c, planned ? "Planned" : over ? "Completed" : "In Progress");
	csv_day(c, p->start);
	csv_day(c, p->start + k->span);
	csv_text(c, "USD");
	write_costs(c, p, row, planned);
	csv_int(c, 20);
	csv_int(c, p->sent);
	csv_bool(c, !over);
	csv_empty(c, 1);
	csv_int(c, p->leads);
	csv_int(c, 0);
	csv_int(c, p->contacts);
	csv_int(c, p->responses);
	for (int i = 0; i < 4; i++)
		csv_int(c, 0);
	csv_id(c, ID_USER, DEMAND_GEN + row % 3);
	csv_stamps(c, made, DEMAND_GEN + row % 3, made + HOUR);
	csv_empty(c, 2);
	csv_end(c);
}

void write_campaigns(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "Campaign", campaign_header);
	for (uint32_t i = 0; i < w->campaigns_count; i++)
		write_campaign(w, &c, i);
	csv_close(&c);
}

/* A person who was a lead then is named by both ids, as conversion leaves it. */
static void write_member(struct world *w, struct csv *c, uint32_t row)
{
	const struct touch *t = &w->touches[row];
	bool was_lead = t->contact == NONE || t->at < w->contacts[t->contact].created;
	bool changed = write_changed(w, row);
	uint8_t status = t->status;
	int32_t answered = time_day(t->at) + t->response;

	if (changed) {
		answered = status == TO_SENT ? w->cfg.as_of - 1 : answered;
		status = status == TO_SENT ? TO_RESPONDED : TO_SENT;
	}
	csv_id(c, ID_MEMBER, row);
	csv_bool(c, false);
	csv_id(c, ID_CAMPAIGN, t->campaign);
	csv_id(c, ID_LEAD, was_lead ? t->lead : NONE);
	csv_id(c, ID_CONTACT, t->contact);
	csv_text(c, status_names[status]);
	csv_bool(c, status != TO_SENT);
	csv_bool(c, false);
	csv_stamps(c, t->at, SYNC, changed ? w->now : t->at + t->response * DAY);
	csv_day(c, status == TO_SENT ? 0 : answered);
	csv_text(c, "USD");
	csv_end(c);
}

void write_members(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "CampaignMember", member_header);
	for (uint32_t i = 0; i < w->touches_count; i++)
		write_member(w, &c, i);
	csv_close(&c);
}

static const char *lead_status(const struct lead *l)
{
	if (l->contact != NONE)
		return "Closed - Converted";
	if (l->recycled)
		return "Recycled";
	if (l->rejected)
		return "Unqualified";
	if (l->accepted)
		return "Working - Contacted";
	if (l->touched)
		return "Working";
	return l->mql ? "MQL" : "Open - Not Contacted";
}

static const char *lead_source(const struct world *w, const struct lead *l)
{
	if (l->campaign == NONE)
		return "Web";
	return word_sources[word_campaigns[w->campaigns[l->campaign].kind].source];
}

/* The handoff: when marketing passed it on, and what sales did with it. */
static void write_handoff(struct csv *c, const struct lead *l)
{
	csv_int(c, l->score);
	csv_time(c, l->mql);
	csv_time(c, l->assigned);
	csv_time(c, l->touched);
	csv_time(c, l->reached);
	csv_time(c, l->accepted);
	csv_time(c, l->rejected);
	csv_text(c, l->rejected ? word_rejects[l->reason] : "");
	csv_time(c, l->recycled);
}

static void write_lead_state(struct csv *c, const struct lead *l, uint32_t row)
{
	int64_t last = l->converted  ? l->converted
	               : l->recycled ? l->recycled
	               : l->touched  ? l->touched
	                             : l->created;

	csv_id(c, ID_USER, l->owner);
	csv_bool(c, row % 41 == 0);
	csv_bool(c, l->contact != NONE);
	csv_day(c, l->converted ? time_day(l->converted) : 0);
	csv_id(c, ID_ACCOUNT, l->account);
	csv_id(c, ID_CONTACT, l->contact);
	csv_id(c, ID_DEAL, l->deal);
	csv_bool(c, l->mql == 0);
	csv_stamps(c, l->created, SYNC, last);
	csv_day(c, l->touched ? time_day(l->touched) : 0);
	csv_bool(c, false);
	csv_bool(c, false);
	csv_day(c, l->assigned ? time_day(l->assigned) : 0);
	csv_empty(c, 4);
}

static void write_lead(struct world *w, struct csv *c, uint32_t row)
{
	const struct lead *l = &w->leads[row];
	const struct culture *in = &name_cultures[l->person.culture];

	csv_id(c, ID_LEAD, row);
	csv_bool(c, false);
	csv_no_id(c);
	csv_empty(c, 1);
	csv_text(c, name_first(l->person)->text);
	csv_text(c, name_last(l->person)->text);
	csv_empty(c, 2);
	csv_text(c, word_titles[l->title / 4][l->title % 4]);
	csv_text(c, l->company);
	csv_empty(c, 1);
	csv_text(c, in->city);
	csv_empty(c, 2);
	csv_text(c, in->country);
	csv_empty(c, 1);
	csv_text(c, in->code);
	csv_empty(c, 3);
	csv_text(c, name_email(l->person, l->domain,
	                w->cfg.sample        ? 0
	                : l->contact == NONE ? row
	                                     : l->contact));
	csv_empty(c, 2);
	csv_text(c, lead_source(w, l));
	csv_text(c, lead_status(l));
	csv_empty(c, 1);
	csv_text(c, l->score > 70 ? "Hot" : l->score > 40 ? "Warm" : "Cold");
	csv_text(c, "USD");
	csv_empty(c, 2);
	write_lead_state(c, l, row);
	write_handoff(c, l);
	csv_end(c);
}

void write_leads(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "Lead", lead_header);
	for (uint32_t i = 0; i < w->leads_count; i++)
		write_lead(w, &c, i);
	csv_close(&c);
}
