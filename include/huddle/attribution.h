#ifndef HUDDLE_ATTRIBUTION_H
#define HUDDLE_ATTRIBUTION_H

#include "huddle/deal.h"

/*
 * Which touches a deal's amount is put down to. Shares are of one deal and add up
 * to its amount to the cent; nothing is added over models.
 */
enum attribution_model { MODEL_FIRST, MODEL_LAST, MODEL_LINEAR, MODEL_U, MODEL_W, MODEL_FULL,
	MODEL_DECAY, ATTRIBUTION_MODELS };
extern const char *const attribution_model_names[ATTRIBUTION_MODELS + 1]; /* "first"; NULL */
const char *attribution_model_title(enum attribution_model model);        /* "W-shaped" */

/* Whose a deal is: three definitions that are shown side by side; one is locked. */
enum sourced_by { SOURCED_FIRST_TOUCH, SOURCED_LEAD_SOURCE, SOURCED_BEFORE_SALES, SOURCED_BYS };
const char *sourced_by_name(enum sourced_by by); /* "first-touch" */

struct attribution_rules {
	enum attribution_model model;
	int lookback;  /* days before the deal was won, lost or, open, today; 0: no end */
	int half_life; /* days, of MODEL_DECAY */
	enum sourced_by sourced; /* the one that is locked */
};

/*
 * Does a touch of this kind count? An opened e-mail never does: mail programs open
 * them by themselves. Neither does what came back, went wrong or was a farewell. What
 * was only sent to somebody counts where the source says that he responded. All else
 * counts, members of a campaign whatever their status.
 */
bool touch_counts(struct slice kind, bool responded);

/* A touch of one deal. Campaign and channel are numbers of struct attribution_book. */
struct attribution_touch {
	int64_t key; /* orders touches of one instant */
	instant_t at;
	uint32_t campaign, channel; /* 0: none told */
	uint64_t weight; /* its part of what attribution_weigh() returns */
};

/* What is known of a deal's way. INSTANT_NONE: not reached, or nothing tells of it. */
struct attribution_times {
	instant_t from, end;       /* of the window, both in it */
	instant_t lead, made, won; /* the milestones; a day is its last second */
};
/* lead: when the first of the deal's people became a lead. */
struct attribution_times attribution_times_of(const struct deal *deal, instant_t lead,
	const struct attribution_rules *rules, day_t today);

/* Keep the touches up to the end and put them in order of time; returns their number.
 * Whose a deal is follows from these. */
size_t attribution_order(struct attribution_touch *touches, size_t count,
	const struct attribution_times *times);
/* How many of them lie before the window: what is shared out are those after. */
size_t attribution_before(const struct attribution_touch *touches, size_t count,
	const struct attribution_times *times);

/*
 * The weight of each touch, whole numbers; returns their sum, which is 0 only where
 * there is no touch. Touches are those of the window in order.
 */
uint64_t attribution_weigh(struct attribution_touch *touches, size_t count,
	const struct attribution_times *times, const struct attribution_rules *rules);

/*
 * `whole` by the weights: each gets its part rounded down (towards 0), and what is left
 * goes, one a touch, to those that lost most by it; of equal ones to the earlier. So the
 * parts add up to the whole exactly. Used for an amount, and with SHARE_ONE for shares.
 */
enum { SHARE_ONE = 1000000 };
void attribution_split(int64_t *parts, const struct attribution_touch *touches, size_t count,
	uint64_t total, int64_t whole);

#endif
