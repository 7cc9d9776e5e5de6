#ifndef HUDDLE_PAST_H
#define HUDDLE_PAST_H

#include "huddle/arena.h"
#include "huddle/deal.h"
#include "huddle/history.h"
#include "huddle/rates.h"

/*
 * A deal as it was known at the start of a past day: from its history, our own
 * syncs, its committee, activities and touches of the days before, and nothing
 * later. Rating the past by the same rules as today is what proves them.
 */

/* One touch or activity. Of a further contact on the same one (`part`) only
 * the contact counts. */
struct past_event {
	day_t day;        /* on which it happened or is to happen */
	day_t written;    /* since when it is in the source; DAY_NONE: not told */
	uint32_t contact; /* 0: none */
	bool inbound, part;
	bool never;       /* it did not happen: planned, not done */
	bool by_seat;     /* belongs to the deal only once its contact is on the committee */
};

struct past_seat {
	uint32_t contact;
	day_t since; /* DAY_NONE: not told */
	bool has_role, economic_buyer;
};

struct past_deal {
	const struct deal *now;     /* as the newest exports have it */
	struct change_list changes; /* oldest first */
	bool crm_history;           /* the CRM's own history tells of it */
	day_t first_seen;           /* by our syncs; DAY_NONE: by the first of them */
	struct past_seat *seats;
	size_t n_seats;
	struct past_event *touches, *activities; /* in no order */
	size_t n_touches, n_activities;
};

/* What a stage's name means; the order of stages is the pipeline's, not the day's. */
struct past_stage {
	const char *name;
	int order, rank;         /* 0: not known */
	bool ranked;             /* an open stage with an order */
	enum deal_status status; /* of all deals in it; open, too, where they did not come to
	                          * it by closing */
	struct past_stay *stays; /* of won deals, by the day they were won */
	size_t n_stays, cap_stays;
};

struct past_stay {
	day_t won;
	int days;
};

/* When the company's exports began to tell of something; DAY_NONE: never. */
struct past_firsts {
	day_t sync, last_sync, history, activity, inbound, touch, seat, role;
	bool written; /* activities tell when they were written down */
};

struct past {
	struct past_deal *deals; /* in the order of their keys, without their events */
	size_t n_deals;
	struct past_stage *stages;
	size_t n_stages;
	int ranks;
	struct past_firsts firsts;
	day_t end; /* the first day of which nothing is known */
	struct rates rates;
	struct past_norm *norms; /* past_stages.c: those last asked for */
	int *counts;
};

/* Names, orders, deals and firsts are there: work out the rest. */
void past_prepare(struct past *past, struct arena *arena);

/* The deal at the start of `day`, with facts for risk_rate(); texts are borrowed
 * from `deal`. False: there was no such deal yet, or nothing tells of it. */
bool past_deal_at(struct deal *out, struct past *past, const struct past_deal *deal, day_t day);

/* The same without facts for risk_rate(), which cost the most: where it stood, whose it
 * was and what it was worth. */
bool past_standing_at(struct deal *out, const struct past *past, const struct past_deal *deal,
	day_t day);

/* Open, won or lost at the start of that day, whatever became of it later. */
enum deal_status past_status_at(const struct past *past, const struct past_deal *deal, day_t day);

/* The same as our syncs saw it by then: a deal that was closed but not yet synced so
 * was open for everybody. Where no sync of ours saw it, as above. */
enum deal_status past_status_seen_at(const struct past *past, const struct past_deal *deal,
	day_t day);

/* Is the deal in no export any more at the start of that day? */
bool past_missing_at(const struct past_deal *deal, day_t day);

/* Was the deal deleted in its source by the start of that day? */
bool past_deleted_at(const struct past_deal *deal, day_t day);

/* past_people.c: the facts of sales, marketing and the committee. */
void past_people_at(struct risk_facts *out, const struct past *past,
	const struct past_deal *deal, day_t day);

/* past_stages.c */
const struct past_stage *past_stage_find(const struct past *past, const char *name); /* NULL */
/* The median days that deals won before that day had stayed in the stage. */
void past_norm_at(struct past *past, const struct past_stage *stage, day_t day, int *days, int *count);

#endif
