#ifndef HUDDLE_ATTRIBUTION_SUMS_H
#define HUDDLE_ATTRIBUTION_SUMS_H

#include "huddle/sourced.h"
#include "huddle/totals.h"

/* What the shares and marks of many deals add up to. */

struct money_sum {
	money_t amount;
	int count;
};

/* A campaign, a channel or a quarter. */
struct attribution_line {
	const char *name; /* NULL: none told */
	uint32_t number;  /* campaign or channel; the first day of a quarter */
	struct money_sum share, lost; /* of open and won deals; of lost ones, apart */
	/* Campaigns: deals sourced by the locked definition, each in one campaign. */
	struct money_sum sourced[DEAL_LOST + 1]; /* by status */
	int qualified; /* of them won, and open ones that lack nothing of the definition */
	int64_t last; /* the deal that was counted last */
};

struct attribution_lines {
	struct attribution_line *items; /* largest share first; quarters by time */
	size_t count, cap;
	uint32_t *of; /* by number: index + 1; not of quarters */
	size_t n_of;
};

/* One share of one deal. */
struct attribution_share {
	const struct deal *deal;
	const char *campaign, *channel; /* NULL: none told */
	instant_t at;
	int64_t share; /* in SHARE_ONE */
	money_t amount;
};

struct attribution_verdict {
	const struct deal *deal;
	struct sourced_marks marks;
};

struct attribution_dispute {
	const struct deal *deal;
	const char *crm, *marketing; /* NULL: nothing */
};

enum attribution_by { BY_CAMPAIGN, BY_CHANNEL, BY_QUARTER, ATTRIBUTION_BYS };
extern const char *const attribution_by_names[ATTRIBUTION_BYS + 1]; /* "campaign"; NULL */

enum { SHARES_LISTED = 50000 }; /* of more none is listed, but for one deal */

/* `one`: of a single deal, which counts whatever its status. All in `arena`. */
struct attribution {
	struct attribution_rules rules;
	const struct attribution_book *book;
	struct arena *arena;
	day_t today;
	int fiscal_start;
	bool one;
	struct money_sum total, unattributed; /* unattributed: without a touch that counts */
	struct money_sum sourced[SOURCED_BYS], influenced;
	struct money_sum influenced_only, neither; /* beside the locked definition */
	int qualified; /* sourced by the locked one, as of a line */
	struct money_sum lost; /* lost deals, apart from all of these */
	int no_amount;         /* deals that tell no amount, */
	struct deal_total apart[DEAL_TOTALS]; /* and those in currencies without a rate */
	size_t n_apart;
	int lost_apart; /* lost deals of either kind */
	bool overflow; /* a sum does not fit: nothing here is to be shown */
	struct attribution_lines by[ATTRIBUTION_BYS];
	struct attribution_share *shares;
	size_t n_shares, cap_shares, shares_left_out;
	struct attribution_verdict *verdicts;
	size_t n_verdicts, cap_verdicts;
	struct attribution_dispute *disputes;
	size_t n_disputes, cap_disputes;
	int crm_silent;
	int64_t *parts; /* of one deal's touches */
	size_t cap_parts;
};

/* rules, book, arena, today, fiscal_start and one are filled in before. */
void attribution_take(struct attribution *a, const struct attribution_case *c);
/* Add what was taken of other deals; its memory stays in use. */
void attribution_merge(struct attribution *into, const struct attribution *from);
void attribution_settle(struct attribution *a); /* order what is listed */

/* As text, to keep it: the sums and the campaigns, without shares, verdicts and disputes,
 * of which the count is kept. Parsed into one with its rules, book and arena; false: the
 * text is none, and what is in it is not to be used. */
void attribution_format(struct str *out, const struct attribution *a);
bool attribution_parse(struct attribution *a, struct slice text);

/* What the campaigns cost for each won or qualified deal that the locked definition puts
 * down to them; half to even. Deals that were not judged count as qualified. False: it can not be told. */
bool attribution_cost(const struct attribution_line *line, const struct attribution_book *book,
	money_t *out);
struct attribution_costs {
	money_t cost;            /* of the campaigns whose cost is known */
	int known, none, no_rate; /* campaigns */
	money_t each;            /* MONEY_NONE: no deal was sourced, or no cost is known */
};
struct attribution_costs attribution_costs(const struct attribution *a);

#endif
