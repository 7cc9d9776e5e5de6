#ifndef HUDDLE_DEAL_H
#define HUDDLE_DEAL_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/money.h"
#include "huddle/risk.h"

enum deal_status { DEAL_OPEN, DEAL_WON, DEAL_LOST };
const char *deal_status_name(enum deal_status status); /* "open", "won", "lost" */

/* Forecast categories of Salesforce and HubSpot under one set of names. */
enum forecast { FORECAST_NONE, FORECAST_OMITTED, FORECAST_PIPELINE, FORECAST_BEST_CASE,
	FORECAST_MOST_LIKELY, FORECAST_COMMIT, FORECAST_CLOSED };
const char *forecast_name(enum forecast forecast);        /* "Commit"; "" for none */
enum forecast forecast_read(struct slice text);           /* "Forecast" is Commit */

/* What is told to have moved since the last review. */
enum move_field { MOVE_AMOUNT, MOVE_CLOSE_DATE, MOVE_STAGE, MOVE_FORECAST, MOVE_OWNER, MOVE_FIELDS };

/*
 * One deal (Salesforce: opportunity) as the review shows it. Texts are never
 * NULL ("" when absent), as imported: display_safe() them when drawing. `key`
 * is the row in this generation of facts and must not be kept beyond it; `id`
 * is the source's own id, which records refer to.
 */
struct deal {
	int64_t key;
	const char *id, *name, *account, *owner, *team, *manager;
	const char *managers; /* and theirs above, a line each; NULL: not loaded */
	const char *stage, *pipeline, *next_step, *source, *campaign, *lost_reason, *competitor,
	    *type;
	enum deal_status status;
	enum forecast forecast;
	money_t amount; /* MONEY_NONE when not said */
	struct currency currency;
	money_t company_amount; /* the same in the company's currency, */
	struct currency company; /* "" when there is no rate */
	day_t close_date, created, closed, stage_since, next_step_date; /* DAY_NONE */
	int stage_order; /* 0 when the order of stages is not known */
	int touches, activities;
	int open_actions, overdue_actions;
	bool has_debrief, has_draft;
	bool asleep; /* snoozed: it has left the ranking until */
	day_t snoozed_until;
	const char *snooze_reason, *snoozed_by; /* NULL where it is awake */
	signed char moved[MOVE_FIELDS]; /* 1 up or later, -1 down or sooner; 0 not, or not known */
	bool missing; /* no longer in the export it came from */
	signed char qualified; /* by the definition: 1 is, -1 lacks something; 0 not judged */
	struct risk_facts facts;
	struct risk risk;
	int n_custom;
	const struct deal_custom *custom;
};

/* What of a deal is loaded only where it is asked for. */
enum deal_more { WITH_CUSTOM = 1, WITH_MANAGERS = 2, WITH_QUALIFIED = 4 };

struct deal_custom {
	const char *name, *value;
};

struct deal_list {
	struct deal *items;
	size_t count;
};

/* What `huddle deals` and the review can narrow by; NULL, DAY_NONE and -1 do
 * not narrow. Names match whole, without case. */
struct deal_filter {
	int status; /* enum deal_status or -1 for all */
	const char *owner, *team, *manager, *stage, *account;
	const char *custom_name, *custom_value;
	struct period closing; /* first is DAY_NONE when not used */
};
#define DEAL_FILTER_ANY {.status = -1, .closing = {DAY_NONE, DAY_NONE}}

enum deal_sort { SORT_RISK, SORT_AMOUNT, SORT_CLOSE, SORT_STAGE_AGE, SORT_NAME, DEAL_SORTS };
const char *deal_sort_name(enum deal_sort sort);            /* "stage-age" */
bool deal_sort_find(const char *name, enum deal_sort *out);

bool deal_passes(const struct deal *deal, const struct deal_filter *filter);
/* A deal that is asleep comes after all others by risk. In place; ties by name then id. `today` is for stage age. */
void deal_order(struct deal **deals, size_t count, enum deal_sort sort, day_t today);

/* What the deal is called on a screen: its name, but its id where there is no
 * name or ASCII has no letter of it. */
const char *deal_label(const struct deal *deal, bool ascii);

/* A role that holds the money, by its name in Salesforce or HubSpot. */
bool role_is_economic_buyer(struct slice role);

/* Days in the stage; -1 when not known. */
int deal_stage_age(const struct deal *deal, day_t today);

/* What a deal is found by; `key` as in struct deal. */
struct deal_name {
	int64_t key;
	const char *id, *name;
};

struct deal_names {
	struct deal_name *items;
	size_t count;
};

/*
 * Deals whose id equals `text`, else those whose name or id holds it (without
 * case), at most `max` into out; returns how many there are. An exact name
 * wins over parts of names.
 */
size_t deal_find(const struct deal_names *names, const char *text,
	const struct deal_name **out, size_t max);

#endif
