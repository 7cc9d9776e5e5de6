#ifndef HUDDLE_FACT_H
#define HUDDLE_FACT_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/date.h"
#include "huddle/money.h"

/*
 * Facts come from exports and can be synced again. This table of kinds and
 * fields is the one place that says what a fact can hold: the keys of mapping
 * files, how a cell is read and which column it is stored in all come from it.
 * "Opportunity" of Salesforce is "deal" everywhere here.
 */
enum fact_kind {
	FACT_PEOPLE, /* in the order a sync loads them: what is referred to first */
	FACT_ACCOUNTS,
	FACT_CAMPAIGNS,
	FACT_CONTACTS,
	FACT_LEADS,
	FACT_DEALS,
	FACT_COMMITTEE,
	FACT_HISTORY,
	FACT_QUOTAS,
	FACT_ACTIVITIES,
	FACT_TOUCHES,
	FACT_CURRENCIES, /* what they are worth */
	FACT_KINDS
};

enum field_type {
	FIELD_TEXT,
	FIELD_AMOUNT, /* minor units of the row's currency */
	FIELD_NUMBER, /* whole number */
	FIELD_SHARE,  /* 0..1 in millionths: 60%, 60 of a column of percents, 0.6 of others */
	FIELD_DAY,
	FIELD_INSTANT,
	FIELD_BOOL,
	FIELD_REF, /* another fact, by id or by name */
	FIELD_RATE, /* of exchange, in 10^-12 (rates.h) */
};

/* How a reference names its fact. */
enum ref_by { REF_ID, REF_NAME, REF_EMAIL };

struct field {
	const char *name; /* key in a mapping file and name of the column */
	enum field_type type;
	bool required;
	enum fact_kind ref; /* FIELD_REF: what it refers to */
	enum ref_by by;
	const char *column; /* column it is stored in where that is not `name`:
	                     * account and account_id both feed account */
};

#define FACT_FIELDS_MAX 40

struct fact_info {
	const char *name;  /* section of a mapping file: "deals" */
	const char *table; /* "deal" */
	const char *one;   /* for messages: "deal" */
	bool entity;       /* has an id of its own that others refer to */
	const struct field *fields; /* ends with a NULL name; fields[0] is id */
};

extern const struct fact_info fact_infos[FACT_KINDS];

/* Do both feed the same column, as deal and deal_id do? Where one is required, the
 * other does as well. */
bool fact_same_column(const struct field *a, const struct field *b);
int fact_field(enum fact_kind kind, const char *name); /* index or -1 */
bool fact_kind_find(const char *section, enum fact_kind *out); /* "deals" */

/* Indexes of fields, in the order of the tables in model/fact.c. */
enum person_field { P_ID, P_NAME, P_EMAIL, P_TEAM, P_MANAGER, P_TIMEZONE, P_ACTIVE };
enum account_field { A_ID, A_NAME, A_OWNER, A_OWNER_ID, A_INDUSTRY, A_EMPLOYEES, A_REVENUE,
	A_COUNTRY, A_DOMAIN, A_DELETED };
enum campaign_field { K_ID, K_NAME, K_KIND, K_START, K_END, K_COST, K_BUDGET, K_ACTIVE };
enum contact_field { C_ID, C_NAME, C_EMAIL, C_TITLE, C_ACCOUNT, C_ACCOUNT_ID, C_DELETED };
enum lead_field { L_ID, L_NAME, L_EMAIL, L_COMPANY, L_ACCOUNT_ID, L_OWNER, L_OWNER_ID, L_STATUS,
	L_SOURCE, L_CREATED, L_MQL_AT, L_ASSIGNED_AT, L_TOUCHED_AT, L_REACHED_AT, L_ACCEPTED_AT,
	L_REJECTED_AT, L_REJECT_REASON, L_RECYCLED_AT, L_CONVERTED_AT, L_CONTACT_ID, L_DEAL_ID,
	L_SCORE };
enum deal_field { D_ID, D_NAME, D_ACCOUNT, D_ACCOUNT_ID, D_OWNER, D_OWNER_ID, D_STAGE, D_STATUS,
	D_IS_WON, D_IS_CLOSED, D_AMOUNT, D_CURRENCY, D_CLOSE_DATE, D_CREATED, D_CLOSED,
	D_STAGE_SINCE, D_PIPELINE, D_FORECAST, D_PROBABILITY, D_NEXT_STEP, D_NEXT_STEP_DATE,
	D_SOURCE, D_CAMPAIGN, D_CAMPAIGN_ID, D_LOST_REASON, D_COMPETITOR, D_TYPE, D_DEMAND_STATE,
	D_FIT_SCORE, D_TRIGGER_EVENT, D_BUDGET_CONFIRMED, D_ECONOMIC_BUYER, D_COMPELLING_EVENT,
	D_DELETED, D_STAGE_ORDER };
enum committee_field { M_ID, M_DEAL, M_DEAL_ID, M_CONTACT, M_CONTACT_ID, M_CONTACT_EMAIL, M_ROLE,
	M_PRIMARY, M_CREATED };
enum history_field { H_ID, H_DEAL, H_DEAL_ID, H_WHEN, H_FIELD, H_OLD, H_NEW, H_STAGE, H_AMOUNT,
	H_CLOSE_DATE, H_FORECAST };
enum quota_field { Q_ID, Q_OWNER, Q_OWNER_ID, Q_TEAM, Q_PERIOD, Q_AMOUNT, Q_CURRENCY };
enum activity_field { V_ID, V_DEAL, V_DEAL_ID, V_ACCOUNT, V_ACCOUNT_ID, V_CONTACT, V_CONTACT_ID,
	V_CONTACT_EMAIL, V_LEAD, V_LEAD_ID, V_OWNER, V_OWNER_ID, V_KIND, V_SUBJECT, V_WHEN, V_CREATED,
	V_DONE, V_DIRECTION, V_OUTCOME };
enum touch_field { T_ID, T_DEAL, T_DEAL_ID, T_CONTACT, T_CONTACT_ID, T_CONTACT_EMAIL, T_LEAD,
	T_LEAD_ID, T_LEAD_EMAIL, T_ACCOUNT, T_ACCOUNT_ID, T_CAMPAIGN, T_CAMPAIGN_ID, T_KIND,
	T_DETAIL, T_WHEN, T_RESPONDED, T_COST };
enum currency_field { R_ID, R_CURRENCY, R_RATE, R_WORTH, R_FROM, R_UNTIL, R_CORPORATE };

#endif
