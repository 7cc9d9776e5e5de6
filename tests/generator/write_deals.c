/* Opportunity.csv, OpportunityContactRole.csv, OpportunityHistory.csv, OpportunityCompetitor.csv */
#include "gen.h"
#include <stdlib.h>
#include <string.h>

enum { HUNDRED_PERCENT = 10000 };

static const char deal_header[] =
    "Id,IsDeleted,AccountId,IsPrivate,Name,Description,StageName,StageSortOrder,Amount,"
    "Probability,"
    "ExpectedRevenue,TotalOpportunityQuantity,CloseDate,Type,NextStep,LeadSource,"
    "IsClosed,"
    "IsWon,"
    "ForecastCategory,ForecastCategoryName,CurrencyIsoCode,CampaignId,"
    "HasOpportunityLineItem,"
    "Pricebook2Id,OwnerId,Territory2Id,IsExcludedFromTerritory2Filter,CreatedDate,"
    "CreatedById,"
    "LastModifiedDate,LastModifiedById,SystemModstamp,LastActivityDate,"
    "LastStageChangeDate,"
    "FiscalYear,FiscalQuarter,ContactId,PrimaryPartnerAccountId,SyncedQuoteId,ContractId,"
    "LastAmountChangedHistoryId,LastCloseDateChangedHistoryId,Region__c,Segment__c,"
    "Loss_Reason__c,"
    "Competitor__c,Demand_State__c,Budget_Confirmed__c,Economic_Buyer__c,Compelling_"
    "Event__c,"
    "Trigger_Event__c,Fit_Score__c";
static const char role_header[] = "Id,OpportunityId,ContactId,Role,CreatedDate,"
                                  "CreatedById,LastModifiedDate,LastModifiedById,"
                                  "SystemModstamp,IsDeleted,CurrencyIsoCode";
static const char version_header[] =
    "Id,OpportunityId,CreatedById,CreatedDate,CreatedDateForInsert,StageName,Amount,"
    "ExpectedRevenue,CloseDate,Probability,FromForecastCategory,ForecastCategory,"
    "PrevForecastUpdate,FromOpportunityStageName,PrevOpportunityStageUpdate,"
    "CurrencyIsoCode,"
    "ValidThroughDate,SystemModstamp,IsDeleted,PrevAmount,PrevCloseDate";
static const char competitor_header[] =
    "Id,OpportunityId,CompetitorName,Strengths,Weaknesses,CreatedById,CreatedDate,"
    "LastModifiedById,LastModifiedDate,SystemModstamp,IsDeleted";

/* Evenly spread, so that of n rows exactly n times the percentage change, rounded down. */
bool write_changed(const struct world *w, uint32_t row)
{
	uint64_t share = w->cfg.change;

	return (row + UINT64_C(1)) * share / HUNDRED_PERCENT >
	       row * share / HUNDRED_PERCENT;
}

static const char *currency(bool euro)
{
	return euro ? "EUR" : "USD";
}

/* What a week could have done to the row: each changed one moves in one field. */
static void change(struct world *w, struct deal *d, uint32_t row, const char **next_step)
{
	uint32_t field = row / 3 % 4;

	d->modified = w->now;
	if (field == 0 || (d->closed && field != 3))
		d->amount += 125000;
	else if (field == 1)
		d->close_date += 21;
	else if (field == 2 && d->stage < ST_NEGOTIATE) {
		d->stage++;
		d->stage_since = w->now;
		d->category = word_stages[d->stage].category;
	} else
		*next_step = "Call with the whole committee";
}

/* A dated next step: six days after the last activity, so that silence leaves it in the past. */
static const char *next_step(
    const struct world *w, const struct deal *d, uint32_t row, char *text, size_t size)
{
	static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	const char *what = d->story ? d->story->next_step : word_next_steps[row % 8];
	int32_t due = w->cfg.as_of - d->sales_silent + 6;
	bool signing = d->close_date > w->cfg.as_of && due > d->close_date;
	struct civil c = day_to_civil(signing ? d->close_date : due);

	if (d->closed || !what || (!d->story && row % 5 == 0))
		return "";
	snprintf(text, size, "%s, %d %s", what, c.day, months[c.month - 1]);
	return text;
}

static const char *description(const struct deal *d)
{
	if (d->flags & F_NEWLINE)
		return "Seasonal staff: 40 in winter, 310 in summer.\n"
		       "Wants \"one payslip\", whatever the site.";
	return d->story && d->story->category == CAT_COMMIT ? "Committed by the rep."
	                                                    : "";
}

static const char *segment(const struct deal *d)
{
	return d->amount >= INT64_C(9000000)   ? "Enterprise"
	       : d->amount >= INT64_C(3500000) ? "Mid-Market"
	                                       : "Small";
}

/* Losses of the last two weeks say nothing yet; later six in ten have a reason. */
static void write_loss(
    struct world *w, struct csv *c, const struct deal *d, struct rng *r)
{
	uint32_t reason = rng_below(r, LENGTH(word_losses));
	bool lost = d->stage == ST_LOST, recent = w->cfg.as_of - d->close_date <= 14;
	bool beaten = lost && !recent && reason < 4 && reason != 1;

	csv_text(c, lost && !recent && rng_percent(r, 60) ? word_losses[reason] : "");
	csv_text(
	    c, beaten || rng_percent(r, 15) ? word_competitors[rng_below(r, 4)] : "");
}

static const char *buyer_name(
    const struct world *w, const struct deal *d, char *text, size_t size)
{
	for (uint32_t i = 0; i < d->role_count; i++) {
		const struct role *s = &w->roles[d->first_role + i];
		const struct contact *p = &w->contacts[s->contact];

		if (s->role != 0)
			continue;
		snprintf(text, size, "%s %s", name_first(p->person)->text,
		    name_last(p->person)->text);
		return text;
	}
	return "";
}

/* The columns of the company's own definition of a qualified deal; many are not captured. */
static void write_custom(
    struct world *w, struct csv *c, const struct deal *d, uint32_t row)
{
	static const uint8_t demand[] = {0, 1, 2, 3, 3, 4, 5};
	bool captured = !(d->flags & F_NOT_CAPTURED);
	uint32_t reached; /* of the buyer's states; lost deals ended anywhere */
	char text[256];
	struct rng r;

	rng_init(&r, w->cfg.seed, S_WRITE, row);
	csv_text(c, name_cultures[w->accounts[d->account].culture].region);
	csv_text(c, segment(d));
	write_loss(w, c, d, &r);
	reached = demand[d->stage == ST_LOST ? row % ST_WON : d->stage];
	csv_text(c, captured && rng_percent(&r, 90) ? word_demand[reached] : "");
	if (captured && rng_percent(&r, 80))
		csv_bool(c, d->stage >= ST_VALUE && d->stage != ST_LOST &&
		                !(d->flags & F_NO_BUYER));
	else
		csv_empty(c, 1);
	csv_text(c,
	    captured && rng_percent(&r, 75) ? buyer_name(w, d, text, sizeof(text)) : "");
	csv_text(c, captured && rng_percent(&r, 60) ? word_events[rng_below(&r, 6)] : "");
	csv_text(
	    c, captured && rng_percent(&r, 70) ? word_triggers[rng_below(&r, 6)] : "");
	if (captured && rng_percent(&r, 85))
		csv_int(c, rng_between(&r, d->stage == ST_LOST ? 20 : 45,
		               d->stage == ST_WON ? 98 : 92));
	else
		csv_empty(c, 1);
}

static void write_state(
    struct world *w, struct csv *c, const struct deal *d, uint32_t row, const char *step)
{
	const struct stage *s = &word_stages[d->stage];

	csv_text(c, s->name);
	csv_int(c, s->sort);
	csv_money(c, d->amount);
	csv_int(c, s->probability);
	csv_money(c, d->amount * s->probability / 100);
	csv_empty(c, 1);
	csv_day(c, d->close_date);
	csv_text(c, w->accounts[d->account].deals > 1 && row % 3 ? "Existing Business"
	                                                         : "New Business");
	csv_text(c, step);
	csv_text(c, word_sources[d->source]);
	csv_bool(c, d->stage >= ST_WON);
	csv_bool(c, d->stage == ST_WON);
	csv_text(c, word_category_api[d->category]);
	csv_text(c, word_category_names[d->category]);
}

static void write_deal(struct world *w, struct csv *c, uint32_t row)
{
	struct deal d = w->deals[row];
	char text[160];
	const char *step = next_step(w, &d, row, text, sizeof(text));
	struct civil close;

	if (write_changed(w, row))
		change(w, &d, row, &step);
	close = day_to_civil(d.close_date);
	csv_id(c, ID_DEAL, row);
	csv_bool(c, false);
	csv_id(c, ID_ACCOUNT, d.account);
	csv_bool(c, false);
	csv_text(c, d.name);
	csv_text(c, description(&d));
	write_state(w, c, &d, row, step);
	csv_text(c, currency(d.euro));
	csv_id(c, ID_CAMPAIGN, d.campaign);
	csv_bool(c, false);
	csv_empty(c, 1);
	csv_id(c, ID_USER, d.owner);
	csv_no_id(c);
	csv_bool(c, false);
	csv_stamps(c, d.created, d.owner, d.modified);
	csv_day(c, d.activity && row % 12 != 5 ? time_day(d.activity) : 0);
	csv_time(c, d.stage_since);
	csv_int(c, close.year);
	csv_int(c, (close.month + 2) / 3);
	csv_no_id(c);
	csv_no_id(c);
	csv_empty(c, 4);
	write_custom(w, c, &d, row);
	csv_end(c);
}

void write_deals(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "Opportunity", deal_header);
	for (uint32_t i = 0; i < w->deals_count; i++)
		write_deal(w, &c, i);
	csv_close(&c);
}

static int by_seating(const void *a, const void *b)
{
	const struct role *x = a, *y = b;

	if (x->created != y->created)
		return x->created < y->created ? -1 : 1;
	if (x->deal != y->deal)
		return x->deal < y->deal ? -1 : 1;
	return x->contact < y->contact ? -1 : x->contact > y->contact;
}

/* A sorted copy, because the deals point into the original. */
void write_roles(struct world *w)
{
	struct role *sorted = memory_zero(w->roles_count, sizeof(*sorted));
	struct csv c;

	memcpy(sorted, w->roles, w->roles_count * sizeof(*sorted));
	qsort(sorted, w->roles_count, sizeof(*sorted), by_seating);
	csv_open(&c, w->cfg.out, "OpportunityContactRole", role_header);
	for (uint32_t i = 0; i < w->roles_count; i++) {
		const struct role *s = &sorted[i];
		const struct deal *d = &w->deals[s->deal];

		csv_id(&c, ID_ROLE, i);
		csv_id(&c, ID_DEAL, s->deal);
		csv_id(&c, ID_CONTACT, s->contact);
		csv_text(&c, word_roles[s->role]);
		csv_stamps(&c, s->created, d->owner, s->created);
		csv_bool(&c, false);
		csv_text(&c, currency(d->euro));
		csv_end(&c);
	}
	csv_close(&c);
}

static void write_version(struct world *w, struct csv *c, uint32_t row)
{
	const struct version *v = &w->versions[row];
	const struct stage *s = &word_stages[v->stage];

	csv_id(c, ID_HISTORY, row);
	csv_id(c, ID_DEAL, v->deal);
	csv_id(c, ID_USER, w->deals[v->deal].owner);
	csv_time(c, v->at);
	csv_time(c, v->at);
	csv_text(c, s->name);
	csv_money(c, v->amount);
	csv_money(c, v->amount * s->probability / 100);
	csv_day(c, v->close_date);
	csv_int(c, s->probability);
	csv_text(c, v->first ? "" : word_category_api[v->prev_category]);
	csv_text(c, word_category_api[v->category]);
	csv_time(c, v->first ? 0 : v->category_at);
	csv_text(c, v->first ? "" : word_stages[v->prev_stage].name);
	csv_time(c, v->first ? 0 : v->stage_at);
	csv_text(c, currency(v->euro));
	csv_time(c, v->until);
	csv_time(c, v->at);
	csv_bool(c, false);
	if (v->first)
		csv_empty(c, 1);
	else
		csv_money(c, v->prev_amount);
	csv_day(c, v->prev_close_date);
	csv_end(c);
}

void write_versions(struct world *w)
{
	struct csv c;

	csv_open(&c, w->cfg.out, "OpportunityHistory", version_header);
	for (uint32_t i = 0; i < w->versions_count; i++)
		write_version(w, &c, i);
	csv_close(&c);
}

/* Half of the deals in a late stage have met somebody. */
void write_competitors(struct world *w)
{
	uint32_t id = 0;
	struct csv c;

	csv_open(&c, w->cfg.out, "OpportunityCompetitor", competitor_header);
	for (uint32_t i = 0; i < w->deals_count; i++) {
		const struct deal *d = &w->deals[i];
		int64_t at = d->created + 9 * DAY;

		if (d->stage < ST_VALUE || i % 2)
			continue;
		csv_id(&c, ID_COMPETITOR, id++);
		csv_id(&c, ID_DEAL, i);
		csv_text(&c, word_competitors[i / 2 % 4]);
		csv_text(&c, i % 4 ? "Cheaper in the first year"
		                   : "Already in another subsidiary");
		csv_text(&c, i % 8 ? "" : "No shift rules");
		csv_id(&c, ID_USER, d->owner);
		csv_time(&c, at);
		csv_id(&c, ID_USER, d->owner);
		csv_time(&c, at);
		csv_time(&c, at);
		csv_bool(&c, false);
		csv_end(&c);
	}
	csv_close(&c);
}
