#ifndef HUDDLE_SCORECARD_H
#define HUDDLE_SCORECARD_H

#include "huddle/definition.h"
#include "huddle/forecasts.h"
#include "huddle/lead.h"

/*
 * The month in twelve figures that both teams answer for, each with what it was counted
 * from and, where there is nothing to count from, why. The formulas are in scorecard.c.
 */
enum metric { METRIC_COVERAGE, METRIC_MQL_TO_SQO, METRIC_SLA, METRIC_FORECAST, METRIC_LOOP,
	METRIC_LEAD_TO_OPPORTUNITY, METRIC_MARKETING, METRIC_SPEED, METRIC_COST, METRIC_SIZE,
	METRIC_VELOCITY, METRIC_CYCLE, METRICS };
enum metric_unit { UNIT_TIMES, UNIT_PERCENT, UNIT_MONEY, UNIT_MONEY_A_DAY, UNIT_HOURS, UNIT_DAYS };

/* What a figure is counted from, beside the deals as they are. */
enum { SCORE_PAST = 1, SCORE_SOURCES = 2, SCORE_QUALIFIED = 4, SCORE_LEADS = 8, SCORE_HANDOFFS = 16,
	SCORE_QUOTAS = 32, SCORE_CAMPAIGNS = 64, SCORE_ALL = 127 };
struct metric_info {
	const char *key, *title; /* "coverage", "Pipeline coverage" */
	const char *over;        /* "open pipeline over quota of the last 90 days" */
	enum metric_unit unit;
	bool less_is_better, of_money; /* of_money: numerator and denominator are amounts */
	unsigned from;
};
extern const struct metric_info metric_infos[METRICS];
/* "86%", "3.2x", "$12k", "4.5 h": a figure as it is told. */
const char *metric_text(
	enum metric metric, double value, struct currency currency, char buf[MONEY_TEXT]);
bool metric_find(const char *key, enum metric *out);

struct metric_value {
	const char *why; /* nothing to count from: why; NULL: there is a value */
	double value;    /* a fraction, hours, days, or minor units of money */
	int64_t numerator, denominator;
	double target;
	bool has_target, met;
};

/* What it is made of; all in the currency of the sums, loaded by the store. */
struct score_deal {
	const struct deal *deal;
	money_t worth;   /* MONEY_NONE: no amount, or none in the currency */
	bool sourced, qualified; /* by the definition; sourced: by marketing, as locked */
};
struct score_lead {
	const char *id, *name;
	day_t created, mql;             /* DAY_NONE */
	const struct score_deal *deal;  /* that came of it; NULL */
	bool converted;
};
struct score_quota {
	struct period period;
	money_t amount;
	bool of_team;
};
struct score_campaign {
	const char *name;
	day_t start;
	money_t cost; /* MONEY_NONE: not told */
};

/* The quota of a time, each by the days of it that lie there; of people, and of teams
 * only where no person has one, as a team's is that of its people. */
money_t quota_of(const struct score_quota *quotas, size_t count, struct period time);

enum { SCORE_MONTHS = 6 };
struct scorecard_input {
	const struct definition *definition;
	struct score_deal *deals;  /* in the order of keys */
	struct score_lead *leads;
	struct score_quota *quotas;
	struct score_campaign *campaigns;
	size_t n_deals, n_leads, n_quotas, n_campaigns;
	const struct past *past;          /* deals as they stood */
	const struct forecasts *forecasts; /* the newest is the quarter of the last month */
	struct handoff handoffs[SCORE_MONTHS];
	struct period months[SCORE_MONTHS]; /* oldest first; the last is asked for */
	struct currency currency;
	int left_out; /* deals with an amount in a currency without a rate */
	day_t today;
	unsigned with; /* what is loaded of it, SCORE_ALL: all; the deals with any of it */
};

/* A row that was counted. */
struct score_row {
	const char *id, *name, *owner;
	money_t amount; /* MONEY_NONE: of leads */
	bool hit;       /* in the numerator */
};
struct score_rows {
	struct arena *arena;
	struct score_row *items;
	size_t count, cap;
};

struct scorecard {
	const struct scorecard_input *in;
	struct metric_value values[METRICS][SCORE_MONTHS];
	/* The one number: what is won of it, and of that by marketing; MONEY_NONE: none set. */
	money_t number, won, won_sourced;
};
void scorecard_make(struct scorecard *out, struct arena *arena, const struct scorecard_input *in);
/* As text, to keep it. A parsed one has of its input what the caller sets: months, definition
 * and today; currency and left_out are of the text. False: it is not one. */
void scorecard_format(struct str *out, const struct scorecard *card);
bool scorecard_parse(struct scorecard *out, struct scorecard_input *in, struct arena *arena,
	struct slice text);
/* One figure of month i, and the rows it counts where rows are asked for. */
struct metric_value metric_count(const struct scorecard_input *in, enum metric metric, int i,
	struct arena *arena, struct score_rows *rows);

#endif
