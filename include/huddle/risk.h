#ifndef HUDDLE_RISK_H
#define HUDDLE_RISK_H

#include <stdbool.h>
#include "huddle/date.h"
#include "huddle/money.h"

/*
 * Slip risk: the chance that an open deal is not closed by the end of the
 * period its close date names. First method: points for each signal, turned
 * into a probability by a fixed curve. The signals, their thresholds and the
 * curve are documented in model/risk.c and in the manual.
 */

/* Days of our own syncs that stand for a history: the longest that a signal
 * looks back over. */
#define HISTORY_WATCHED 90

/* What is known of a deal for its risk. -1 and *_NONE say "not captured". */
struct risk_facts {
	bool history_known;     /* CRM history, or our syncs saw it since it was made or
	                         * for HISTORY_WATCHED days; else only what was seen */
	int pushes;             /* close date moved to a later calendar month */
	int push_days;          /* days it moved in all by those */
	day_t stage_back;       /* last time the stage went back; DAY_NONE never */
	int amount_drop;        /* largest fall against the highest of the last 90 days, percent */
	bool activities_known;  /* any activity file was synced */
	instant_t last_activity; /* by sales, done, up to the as-of day */
	instant_t last_inbound; /* from the buyer; INSTANT_NONE: none seen */
	bool direction_known;   /* the export tells who wrote to whom */
	instant_t next_activity; /* planned after the as-of day */
	bool plans_known;       /* what was planned is told; of a past day rarely */
	bool next_unclear;      /* its day has passed, and no export since says if it
	                         * was done */
	bool touches_known;
	instant_t last_touch;
	int recent_touches, earlier_touches; /* in the last 30 days, and the 30 before */
	bool next_step_known;   /* the export has the column */
	bool committee_known;   /* any committee file was synced */
	int committee;          /* people on it */
	int engaged;            /* of them, with a touch or activity in 90 days before as-of */
	bool roles_known;       /* any committee row of the company names a role */
	bool has_economic_buyer;
	int stage_norm_days;    /* median days of won deals in this stage */
	int stage_norm_count;   /* won deals behind it; 0 none */
	int stage_rank;         /* 1 is the first open stage; 0 not known */
	int stage_ranks;        /* how many open stages there are */
	int owner_deals, owner_slipped; /* predictions for the owner's deals so far; 0 none */
};

enum risk_level { RISK_LOW, RISK_WATCH, RISK_HIGH };
const char *risk_level_name(enum risk_level level); /* "low", "watch", "high" */

enum risk_signal {
	SIGNAL_OVERDUE,       /* close date in the past */
	SIGNAL_PUSHES,
	SIGNAL_STAGE_EARLY,   /* close date near, stage too early */
	SIGNAL_STAGE_AGE,
	SIGNAL_STAGE_BACK,
	SIGNAL_IDLE_SALES,
	SIGNAL_BUYER_SILENT,
	SIGNAL_IDLE_MARKETING,
	SIGNAL_NEXT_STEP,
	SIGNAL_SINGLE_THREAD,
	SIGNAL_ECONOMIC_BUYER,
	SIGNAL_AMOUNT_DROP,
	SIGNAL_FORECAST,      /* category says more than the evidence */
	SIGNAL_CLOSE_DATE,    /* none given; when trained, where it lies in its month */
	SIGNAL_TREND,         /* marketing touches against those of the month before */
	SIGNAL_OWNER,         /* what became of the owner's deals: when trained only */
	RISK_SIGNALS,
	/* Reasons of a trained model only: */
	SIGNAL_SMALL = RISK_SIGNALS, /* signals of little weight, together */
	SIGNAL_BASE,          /* what an average deal starts from */
	RISK_REASONS
};
const char *risk_signal_name(enum risk_signal signal); /* "pushes": the JSON key */
const char *risk_signal_title(enum risk_signal signal); /* "times pushed": for "not captured" */

struct risk_reason {
	enum risk_signal signal;
	int points;
	const char *text; /* "pushed 3 times, 71 days in all"; "" before risk_say() */
};

struct risk {
	bool rated;         /* false for closed deals */
	int probability;    /* of slipping, percent 1..99 */
	enum risk_level level;
	int points;         /* sum of the reasons' points; the curve makes probability of it */
	bool trained;       /* by the company's own past, else by the fixed points */
	int n_small;        /* signals that SIGNAL_SMALL tells together */
	int n_reasons;      /* heaviest first */
	struct risk_reason reasons[RISK_REASONS];
	unsigned unknown;   /* bit per enum risk_signal: not captured */
};

struct learned;
const char *risk_method_name(const struct learned *learned); /* "points" or "trained" */

struct deal;

/* How deals are rated: by whose thresholds, and by which method. Borrowed. */
struct rater {
	const struct risk_rules *rules; /* NULL: the defaults */
	const struct learned *learned;  /* NULL: points */
};

struct arena;
/* The words of the reasons of a deal that was rated so, in `arena`. A list needs
 * none, and they cost more than the numbers. */
void risk_say(struct deal *deal, const struct rater *rater, day_t today, struct arena *arena);

/* Pure: the same deal, rater and day give the same risk. Fills deal->risk. A
 * NULL rater is one of defaults. */
void risk_rate(struct deal *deal, const struct rater *rater, day_t today);
/* The curve: points to percent. */
int risk_curve(int points);

#endif
