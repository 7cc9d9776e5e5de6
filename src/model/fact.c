#include "huddle/fact.h"

#include <string.h>

/* A plain field, a required one, and a reference stored in `column`. */
#define F(name, type)                                 \
	{                                             \
		name, FIELD_##type, false, 0, 0, NULL \
	}
#define REQUIRED(name, type)                         \
	{                                            \
		name, FIELD_##type, true, 0, 0, NULL \
	}
/* A plain field whose name is a word of SQL. */
#define AS(name, type, column)                          \
	{                                               \
		name, FIELD_##type, false, 0, 0, column \
	}
#define REQUIRED_AS(name, type, column)                \
	{                                              \
		name, FIELD_##type, true, 0, 0, column \
	}
#define REF(name, kind, by, column)                                   \
	{                                                             \
		name, FIELD_REF, false, FACT_##kind, REF_##by, column \
	}
#define REF_REQUIRED(name, kind, by, column)                         \
	{                                                            \
		name, FIELD_REF, true, FACT_##kind, REF_##by, column \
	}
#define END                                \
	{                                  \
		NULL, 0, false, 0, 0, NULL \
	}

static const struct field people_fields[] = {REQUIRED("id", TEXT), REQUIRED("name", TEXT),
    F("email", TEXT), F("team", TEXT), REF("manager", PEOPLE, NAME, NULL),
    F("timezone", TEXT), F("active", BOOL), END};

static const struct field account_fields[] = {REQUIRED("id", TEXT),
    REQUIRED("name", TEXT), REF("owner", PEOPLE, NAME, NULL),
    REF("owner_id", PEOPLE, ID, "owner"), F("industry", TEXT), F("employees", NUMBER),
    F("revenue", AMOUNT), F("country", TEXT), F("domain", TEXT), F("deleted", BOOL), END};

static const struct field campaign_fields[] = {REQUIRED("id", TEXT),
    REQUIRED("name", TEXT), F("kind", TEXT), AS("start", DAY, "start_date"),
    AS("end", DAY, "end_date"), F("cost", AMOUNT), F("budget", AMOUNT), F("active", BOOL),
    END};

static const struct field contact_fields[] = {REQUIRED("id", TEXT),
    REQUIRED("name", TEXT), F("email", TEXT), F("title", TEXT),
    REF("account", ACCOUNTS, NAME, NULL), REF("account_id", ACCOUNTS, ID, "account"),
    F("deleted", BOOL), END};

static const struct field lead_fields[] = {REQUIRED("id", TEXT), F("name", TEXT),
    F("email", TEXT), F("company", TEXT), REF("account_id", ACCOUNTS, ID, "account"),
    REF("owner", PEOPLE, NAME, NULL), REF("owner_id", PEOPLE, ID, "owner"),
    F("status", TEXT), F("source", TEXT), F("created", INSTANT), F("mql_at", INSTANT),
    F("assigned_at", INSTANT), F("touched_at", INSTANT), F("reached_at", INSTANT),
    F("accepted_at", INSTANT), F("rejected_at", INSTANT), F("reject_reason", TEXT),
    F("recycled_at", INSTANT), F("converted_at", INSTANT),
    REF("contact_id", CONTACTS, ID, "contact"), REF("deal_id", DEALS, ID, "deal"),
    F("score", NUMBER), END};

static const struct field deal_fields[] = {REQUIRED("id", TEXT), REQUIRED("name", TEXT),
    REF("account", ACCOUNTS, NAME, NULL), REF("account_id", ACCOUNTS, ID, "account"),
    REF("owner", PEOPLE, NAME, NULL), REF("owner_id", PEOPLE, ID, "owner"),
    REQUIRED("stage", TEXT), F("status", TEXT), F("is_won", BOOL), F("is_closed", BOOL),
    F("amount", AMOUNT), F("currency", TEXT), F("close_date", DAY), F("created", DAY),
    F("closed", DAY), F("stage_since", DAY), F("pipeline", TEXT), F("forecast", TEXT),
    F("probability", SHARE), F("next_step", TEXT), F("next_step_date", DAY),
    F("source", TEXT), REF("campaign", CAMPAIGNS, NAME, NULL),
    REF("campaign_id", CAMPAIGNS, ID, "campaign"), F("lost_reason", TEXT),
    F("competitor", TEXT), F("type", TEXT), F("demand_state", TEXT), F("fit_score", TEXT),
    F("trigger_event", TEXT), F("budget_confirmed", TEXT), F("economic_buyer", TEXT),
    F("compelling_event", TEXT), F("deleted", BOOL), F("stage_order", NUMBER), END};

static const struct field committee_fields[] = {F("id", TEXT),
    REF("deal", DEALS, NAME, NULL), REF_REQUIRED("deal_id", DEALS, ID, "deal"),
    REF("contact", CONTACTS, NAME, NULL),
    REF_REQUIRED("contact_id", CONTACTS, ID, "contact"),
    REF("contact_email", CONTACTS, EMAIL, "contact"), F("role", TEXT),
    AS("primary", BOOL, "is_primary"), F("created", INSTANT), END};

static const struct field history_fields[] = {F("id", TEXT),
    REF("deal", DEALS, NAME, NULL), REF_REQUIRED("deal_id", DEALS, ID, "deal"),
    REQUIRED_AS("when", INSTANT, "at"), F("field", TEXT), F("old", TEXT), F("new", TEXT),
    F("stage", TEXT), F("amount", AMOUNT), F("close_date", DAY), F("forecast", TEXT),
    END};

static const struct field quota_fields[] = {F("id", TEXT),
    REF("owner", PEOPLE, NAME, NULL), REF("owner_id", PEOPLE, ID, "owner"),
    F("team", TEXT), REQUIRED("period", TEXT), REQUIRED("amount", AMOUNT),
    F("currency", TEXT), END};

static const struct field activity_fields[] = {F("id", TEXT),
    REF("deal", DEALS, NAME, NULL), REF("deal_id", DEALS, ID, "deal"),
    REF("account", ACCOUNTS, NAME, NULL), REF("account_id", ACCOUNTS, ID, "account"),
    REF("contact", CONTACTS, NAME, NULL), REF("contact_id", CONTACTS, ID, "contact"),
    REF("contact_email", CONTACTS, EMAIL, "contact"), REF("lead", LEADS, NAME, NULL),
    REF("lead_id", LEADS, ID, "lead"), REF("owner", PEOPLE, NAME, NULL),
    REF("owner_id", PEOPLE, ID, "owner"), REQUIRED("kind", TEXT), F("subject", TEXT),
    REQUIRED_AS("when", INSTANT, "at"), F("created", INSTANT), F("done", BOOL),
    F("direction", TEXT), F("outcome", TEXT), END};

static const struct field touch_fields[] = {F("id", TEXT), REF("deal", DEALS, NAME, NULL),
    REF("deal_id", DEALS, ID, "deal"), REF("contact", CONTACTS, NAME, NULL),
    REF("contact_id", CONTACTS, ID, "contact"),
    REF("contact_email", CONTACTS, EMAIL, "contact"), REF("lead", LEADS, NAME, NULL),
    REF("lead_id", LEADS, ID, "lead"), REF("lead_email", LEADS, EMAIL, "lead"),
    REF("account", ACCOUNTS, NAME, NULL), REF("account_id", ACCOUNTS, ID, "account"),
    REF("campaign", CAMPAIGNS, NAME, NULL), REF("campaign_id", CAMPAIGNS, ID, "campaign"),
    REQUIRED("kind", TEXT), F("detail", TEXT), REQUIRED_AS("when", INSTANT, "at"),
    F("responded", BOOL), F("cost", AMOUNT), END};

static const struct field currency_fields[] = {F("id", TEXT), REQUIRED("currency", TEXT),
    F("rate", RATE), F("worth", RATE), AS("from", DAY, "from_day"),
    AS("until", DAY, "until_day"), F("corporate", BOOL), END};

const struct fact_info fact_infos[FACT_KINDS] = {
    [FACT_PEOPLE] = {"people", "person", "person", true, people_fields},
    [FACT_ACCOUNTS] = {"accounts", "account", "account", true, account_fields},
    [FACT_CAMPAIGNS] = {"campaigns", "campaign", "campaign", true, campaign_fields},
    [FACT_CONTACTS] = {"contacts", "contact", "contact", true, contact_fields},
    [FACT_LEADS] = {"leads", "lead", "lead", true, lead_fields},
    [FACT_DEALS] = {"deals", "deal", "deal", true, deal_fields},
    [FACT_COMMITTEE] = {"committee", "committee", "committee member", false,
        committee_fields},
    [FACT_HISTORY] = {"history", "history", "history row", false, history_fields},
    [FACT_QUOTAS] = {"quotas", "quota", "quota", false, quota_fields},
    [FACT_ACTIVITIES] = {"activities", "activity", "activity", false, activity_fields},
    [FACT_TOUCHES] = {"touches", "touch", "touch", false, touch_fields},
    [FACT_CURRENCIES] = {"currencies", "rate", "currency", false, currency_fields},
};

bool fact_same_column(const struct field *a, const struct field *b)
{
	return !strcmp(a->column ? a->column : a->name, b->column ? b->column : b->name);
}

int fact_field(enum fact_kind kind, const char *name)
{
	const struct field *fields = fact_infos[kind].fields;

	for (int i = 0; fields[i].name; i++)
		if (!strcmp(fields[i].name, name))
			return i;
	return -1;
}

bool fact_kind_find(const char *section, enum fact_kind *out)
{
	for (int i = 0; i < FACT_KINDS; i++) {
		if (!strcmp(fact_infos[i].name, section)) {
			*out = (enum fact_kind)i;
			return true;
		}
	}
	return false;
}
