#ifndef HUDDLE_LEAD_SCORE_H
#define HUDDLE_LEAD_SCORE_H

#include <stdint.h>
#include "huddle/definition.h"

/*
 * Points of leads by what they did before they became MQL, and how each key and the
 * threshold of the definition did against what converted. A key counts once a lead.
 */
enum { SCORE_KEYS = 64, SCORE_LEAD_MONTHS = 6, SCORE_FEW = 10, SCORE_THRESHOLDS = 5 };

struct scored_lead {
	const char *id, *name;
	day_t created;
	instant_t until; /* what happened later earns nothing; INSTANT_NONE: no end */
	bool converted;  /* or has a deal */
	uint64_t keys;   /* bit per key of the definition */
	int points;
};
struct scored_leads {
	struct scored_lead *items; /* in the order of keys of rows */
	size_t count;
};
/* A touch of the lead, by its kind, the campaign's kind and its name. */
void lead_score_add(struct scored_lead *lead, const struct definition *definition,
	instant_t at, struct slice kind, struct slice campaign);
void lead_score_settle(struct scored_leads *leads, const struct definition *definition);

/* Leads and those of them that converted. */
struct conversion {
	int leads, converted;
};
double conversion_rate(struct conversion c); /* -1: no leads */

struct lead_score {
	struct {
		struct period month;
		struct conversion above, below; /* the threshold; all below where none is set */
	} months[SCORE_LEAD_MONTHS];            /* oldest first */
	struct {
		struct conversion with, without;
	} keys[SCORE_KEYS]; /* of all these months */
	struct {
		int points;
		struct conversion above, below;
	} thresholds[SCORE_THRESHOLDS]; /* of all these months, ascending */
	int n_thresholds;
	int best; /* the threshold that splits best; -1: too few leads to say */
	struct conversion all;
};
void lead_score_make(struct lead_score *out, const struct definition *definition,
	const struct scored_leads *leads, day_t last_month);

#endif
