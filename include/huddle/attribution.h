#ifndef HUDDLE_ATTRIBUTION_H
#define HUDDLE_ATTRIBUTION_H

#include "huddle/date.h"
#include "huddle/money.h"

/*
 * Which touches a deal's amount is put down to. Shares are of one deal and add up
 * to its amount to the cent; nothing is added over models.
 */
enum attribution_model { MODEL_FIRST, MODEL_LAST, MODEL_LINEAR, MODEL_U, MODEL_W, MODEL_FULL,
	MODEL_DECAY, ATTRIBUTION_MODELS };

/* Whose a deal is: three definitions that are shown side by side; one is locked. */
enum sourced_by { SOURCED_FIRST_TOUCH, SOURCED_LEAD_SOURCE, SOURCED_BEFORE_SALES, SOURCED_BYS };

struct attribution_rules {
	enum attribution_model model;
	int lookback;  /* days before the deal was won, lost or, open, today; 0: no end */
	int half_life; /* days, of MODEL_DECAY */
	enum sourced_by sourced; /* the one that is locked */
};

#endif
