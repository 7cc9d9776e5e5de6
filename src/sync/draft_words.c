#include "draft.h"

#include <ctype.h>
#include <string.h>

/*
 * Plain words that headers use for the fields, the likeliest first. "id" alone
 * is the row's own; the kind's name before a word ("Deal - Title") is no part
 * of it.
 */
struct field_words {
	const char *field, *words;
	bool telling;
};

struct kind_words {
	const char *name; /* words of file names and prefixes of headers */
	const struct field_words *fields;
};

/* The tables keep the lines they are best read in. */
/* clang-format off */
static const struct field_words people[] = {
    {"id", "user id|owner id|employee id|rep id|agent id|id|username|record id", false},
    {"name", "full name|name|user name|sales agent|sales rep|rep|seller|owner|employee|agent|user", false},
    {"email", "email|email address|mail", false},
    {"team", "team|regional office|region|office|department|division|territory|business unit|user role", true},
    {"manager", "manager|manager name|reports to|supervisor|manager id", true},
    {"timezone", "timezone|time zone|time zone sid key", true},
    {"active", "active|is active|enabled", false}, {NULL, NULL, false}};

static const struct field_words accounts[] = {
    {"id", "account id|company id|organization id|customer id|client id|id|record id", false},
    {"name", "account name|company name|organization name|customer name|name|account|company|organization|customer|client", false},
    {"owner", "owner|account owner|company owner|account manager|owner name", false},
    {"owner_id", "owner id", false},
    {"industry", "industry|sector|business sector|vertical|line of business", true},
    {"employees", "employees|number of employees|no of employees|headcount|employee count|company size", true},
    {"revenue", "annual revenue|revenue|turnover", true},
    {"country", "country|billing country|country region|office location|location", false},
    {"domain", "domain|company domain name|website|website url|web site|url", true},
    {"deleted", "deleted|is deleted", false}, {NULL, NULL, false}};

static const struct field_words campaigns[] = {
    {"id", "campaign id|channel id|program id|id|record id", false},
    {"name", "campaign name|channel name|program name|name|campaign|channel|program", false},
    {"kind", "campaign type|channel type|type|kind|channel|medium", false},
    {"start", "start date|start|starts|begin date", true},
    {"end", "end date|end|ends|finish date", true},
    {"cost", "actual cost|cost|spend|net spending|spent", true},
    {"budget", "budget|budgeted cost|planned cost", true},
    {"active", "active|is active", false}, {NULL, NULL, false}};

static const struct field_words contacts[] = {
    {"id", "contact id|person id|id|record id", false},
    {"name", "full name|contact name|person name|name|contact", false},
    {"email", "email|email address|e mail|mail|work email", false},
    {"title", "job title|title|position|role", true},
    {"account", "account name|company name|company|account|organization|employer", false},
    {"account_id", "account id|company id|organization id|associated company id", false},
    {"deleted", "deleted|is deleted", false}, {NULL, NULL, false}};

static const struct field_words leads[] = {
    {"id", "lead id|prospect id|id|record id", false},
    {"name", "full name|lead name|name", false},
    {"email", "email|email address|e mail", false},
    {"company", "company|company name|account name|organization", false},
    {"account_id", "account id|converted account id", false},
    {"owner", "lead owner|owner|assigned to|owner name", false},
    {"owner_id", "owner id", false},
    {"status", "lead status|status|lifecycle stage", true},
    {"source", "lead source|source|original source|original traffic source", true},
    {"created", "created date|create date|created|created on|date created|created at", false},
    {"mql_at", "mql date|mql at|marketing qualified", true},
    {"assigned_at", "assigned date|assigned at", true},
    {"touched_at", "first touch date|first contacted", true},
    {"accepted_at", "accepted date|sal date|accepted at", true},
    {"rejected_at", "rejected date|disqualified date", true},
    {"reject_reason", "reject reason|rejection reason|disqualified reason", true},
    {"converted_at", "converted date|conversion date|converted at", true},
    {"contact_id", "converted contact id|contact id", false},
    {"deal_id", "converted opportunity id|opportunity id|deal id", false},
    {"score", "lead score|score|person score|hubspot score", true}, {NULL, NULL, false}};

static const struct field_words deals[] = {
    {"id", "opportunity id|deal id|opportunity number|deal number|record id|id|opp id|reference", false},
    {"name", "opportunity name|deal name|name|topic|title|opportunity|deal|subject|description", false},
    {"account", "account name|account|company|company name|customer|customer name|organization|client|potential customer|end customer", false},
    {"account_id", "account id|company id|organization id|customer id|client id", false},
    {"owner", "opportunity owner|deal owner|owner|sales agent|sales rep|rep|seller|salesperson|account executive|assigned to|owner name|responsible", false},
    {"owner_id", "owner id|user id|sales agent id", false},
    {"stage", "stage|deal stage|sales stage|stage name|opportunity stage|pipeline stage|phase|pipeline stage id|sales phase", true},
    {"status", "status|deal status|opportunity status|state|status reason", false},
    {"is_won", "is won|won|is closed won|opportunity won|sales opportunity won", true},
    {"is_closed", "is closed|closed|is deal closed", true},
    {"amount", "amount|value|deal value|close value|est revenue|estimated revenue|sales amount|total amount|acv|arr|tcv|deal size|contract value|revenue|amount eur|amount usd|total price", true},
    {"currency", "currency|currency iso code|currency code|amount currency", true},
    {"close_date", "close date|expected close date|closing date|est close date|estimated close date|expected closing date|forecast close date|closedate|target date", true},
    {"created", "created date|create date|created|created on|date created|createdate|engage date|open date|opened|created at|deal created|timestamp", false},
    {"closed", "closed on|closed date|actual close date|won time|date closed|closed at", true},
    {"stage_since", "last stage change date|last stage change|stage since|stage changed", true},
    {"pipeline", "pipeline|sales process|pipeline id", false},
    {"forecast", "forecast category|forecast|forecast category name", true},
    {"probability", "probability|deal probability|win probability|confidence|chance", true},
    {"next_step", "next step|next steps|next activity|opportunity next steps", true},
    {"next_step_date", "next step date|next activity date|next activity on", true},
    {"source", "lead source|source|original source|original traffic source", false},
    {"campaign", "campaign|campaign name|source campaign|primary campaign source", false},
    {"campaign_id", "campaign id", false},
    {"lost_reason", "lost reason|closed lost reason|loss reason|reason lost|reason", true},
    {"competitor", "competitor|main competitor|competitors", true},
    {"type", "deal type|opportunity type|type|product|product line|business type", false},
    {"deleted", "deleted|is deleted", false}, {NULL, NULL, false}};

static const struct field_words committee[] = {
    {"id", "contact role id", false},
    {"deal_id", "opportunity id|deal id|opportunity", false},
    {"contact_id", "contact id|person id", false},
    {"role", "role|buying role|contact role|association label", true},
    {"primary", "is primary|primary", true},
    {"created", "created date|created", false}, {NULL, NULL, false}};

static const struct field_words history[] = {
    {"id", "history id", false},
    {"deal_id", "opportunity id|deal id", false},
    {"when", "edit date|changed at|changed on|change date|modified date|last modified|timestamp|created date|date", false},
    {"field", "field event|field|field name|property|attribute", true},
    {"old", "old value|old|previous value|from value|from", true},
    {"new", "new value|new|to value|to", true},
    {"stage", "to stage|stage|stage name", false},
    {"amount", "amount", false}, {"close_date", "close date", false},
    {"forecast", "forecast category", false}, {NULL, NULL, false}};

static const struct field_words quotas[] = {
    {"id", "quota id", false},
    {"owner", "owner|sales rep|rep|sales agent|name|seller|user", false},
    {"owner_id", "owner id|quota owner id|user id", false},
    {"team", "team|region|territory", false},
    {"period", "period|quarter|month|fiscal period|start date", true},
    {"amount", "quota|quota amount|target|amount|goal", true},
    {"currency", "currency|currency iso code", false}, {NULL, NULL, false}};

static const struct field_words activities[] = {
    {"id", "activity id|task id|event id|call id|meeting id|record id|id", false},
    {"deal", "opportunity|opportunity name|deal|deal name|deal title|associated deals", false},
    {"deal_id", "opportunity id|deal id|associated deal ids|what id", false},
    {"account", "account|company|account name|company account|organization name|organization", false},
    {"account_id", "account id|company id|associated company ids", false},
    {"contact", "contact|contact name|person name|associated contacts", false},
    {"contact_id", "contact id|person id|associated contact ids|who id", false},
    {"contact_email", "contact email|person email|associated contact email|email", false},
    {"owner", "assigned to|activity assigned to|assigned|activity owner|owner|assigned to user|rep", false},
    {"owner_id", "owner id|user id", false},
    {"kind", "activity type|type|kind|task subtype|task type|category", true},
    {"subject", "subject|call meeting title subject|title|meeting name|task title|summary", true},
    {"when", "activity date|date|due date|when|start time|start|timestamp|activity date time|done at", true},
    {"created", "created date|create date|created|created at", false},
    {"done", "done|completed|is closed|task status|status", true},
    {"direction", "direction|call direction|call type", true},
    {"outcome", "outcome|call outcome|meeting outcome|result|call result", true}, {NULL, NULL, false}};

static const struct field_words touches[] = {
    {"id", "touchpoint id|touch id|visitor activity id|marketo guid|id|record id", true},
    {"deal_id", "opportunity id|deal id", false},
    {"contact_id", "contact id|person id|customer id|visitor id|prospect id", false},
    {"contact_email", "contact email|email|email address|person email", false},
    {"lead_id", "lead id", false},
    {"account", "account|company|account name", false},
    {"account_id", "account id|company id", false},
    {"campaign", "campaign|campaign name|ad campaign name|utm campaign|program", true},
    {"campaign_id", "campaign id", true},
    {"kind", "touchpoint type|touch type|channel|channel id|marketing channel|type|kind|activity type|medium|member type|type name", true},
    {"detail", "detail|details|status|member status|asset|page|subject", false},
    {"when", "touchpoint date|timestamp|date|when|activity date|occurred at|created at|created date|touch date|member date", true},
    {"responded", "responded|has responded", true},
    {"cost", "cost|spend", false}, {NULL, NULL, false}};

static const struct field_words currencies[] = {
    {"currency", "currency|iso code|currency code|currency iso code", false},
    {"rate", "conversion rate|exchange rate|rate|conversion to company currency", true},
    {"from", "start date|from|valid from|effective date", false},
    {"until", "next start date|until|valid until", false},
    {"corporate", "is corporate|corporate", true}, {NULL, NULL, false}};

static const struct kind_words kinds[FACT_KINDS] = {
    [FACT_PEOPLE] = {"people|users|user|sales teams|teams|reps|owners|employees|staff|sellers", people},
    [FACT_ACCOUNTS] = {"accounts|account|companies|company|organizations|organization|customers|customer|clients", accounts},
    [FACT_CAMPAIGNS] = {"campaigns|campaign|programs|channels|channel", campaigns},
    [FACT_CONTACTS] = {"contacts|contact|persons|person", contacts},
    [FACT_LEADS] = {"leads|lead|prospects", leads},
    [FACT_DEALS] = {"deals|deal|opportunities|opportunity|pipeline|sales pipeline|opps", deals},
    [FACT_COMMITTEE] = {"committee|contact roles|opportunity contact role|buying committee", committee},
    [FACT_HISTORY] = {"history|changes|field history", history},
    [FACT_QUOTAS] = {"quotas|quota|targets", quotas},
    [FACT_ACTIVITIES] = {"activities|activity|tasks|task|events|calls|meetings|engagements|emails", activities},
    [FACT_TOUCHES] = {"touches|touchpoints|touchpoint|campaign members|visits|interactions|journeys", touches},
    [FACT_CURRENCIES] = {"rates|rate|currency type|exchange rates|currencies", currencies},
};
/* clang-format on */

/* Words part at signs and where a small letter meets a capital. */
void draft_header(struct str *out, struct slice header)
{
	bool gap = true;

	str_addc(out, ' ');
	for (size_t i = 0; i < header.len; i++) {
		unsigned char c = (unsigned char)header.p[i];
		unsigned char before = i ? (unsigned char)header.p[i - 1] : ' ';
		bool capital = isupper(c) && islower(before);
		capital |= isupper(c) && isupper(before) && i + 1 < header.len &&
		           islower((unsigned char)header.p[i + 1]);
		bool word = isalnum(c) || c >= 0x80;
		if (!gap && (!word || capital)) {
			str_addc(out, ' ');
			gap = true;
		}
		if (word) {
			str_addc(out, (char)tolower(c));
			gap = false;
		}
	}
	if (!gap)
		str_addc(out, ' ');
}

enum { EXACT = 100, PREFIXED = 90, ENDS = 50, HOLDS = 30 };

static int match_word(struct slice word, const char *words, const char *prefixes)
{
	char phrase[80];
	size_t len = strlen(words), n = word.len + 2;

	snprintf(phrase, sizeof phrase, " %.*s ", (int)word.len, word.p);
	if (!strcmp(words, phrase))
		return EXACT;
	if (len < n || strcmp(words + len - n, phrase))
		return strstr(words, phrase) && word.len > 5 ? HOLDS : 0;
	struct slice rest = slice_of(prefixes), prefix;
	while (slice_cut(&rest, '|', &prefix))
		if (len == n + prefix.len + 1 &&
		    !strncmp(words + 1, prefix.p, prefix.len))
			return PREFIXED;
	return word.len > 4 ? ENDS : 0;
}

int draft_match(enum fact_kind kind, const char *field, const char *words)
{
	const struct field_words *f = kinds[kind].fields;
	struct slice rest, word;
	int best = 0, place = 0;

	while (f->field && strcmp(f->field, field))
		f++;
	rest = slice_of(f->words);
	while (f->field && slice_cut(&rest, '|', &word)) {
		int match = match_word(word, words, kinds[kind].name);
		if (match && match - place > best)
			best = match - place;
		place++;
	}
	return best;
}

int draft_name_match(enum fact_kind kind, const char *words)
{
	struct slice rest = slice_of(kinds[kind].name), word;
	int best = 0;

	while (slice_cut(&rest, '|', &word)) {
		char phrase[80];
		snprintf(phrase, sizeof phrase, " %.*s ", (int)word.len, word.p);
		if (strstr(words, phrase) && (int)word.len > best)
			best = (int)word.len;
	}
	return best;
}

bool draft_telling(enum fact_kind kind, const char *field)
{
	for (const struct field_words *f = kinds[kind].fields; f->field; f++)
		if (!strcmp(f->field, field))
			return f->telling;
	return false;
}
