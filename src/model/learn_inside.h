#ifndef HUDDLE_MODEL_LEARN_INSIDE_H
#define HUDDLE_MODEL_LEARN_INSIDE_H

#include "huddle/learn.h"
#include "signals.h"

/* What the model sees of a deal: a few numbers for each signal, as they are and
 * with the steps that the points score takes. Not a number: not captured. */
enum { LEARN_FEATURES = 57, LEARN_OWNER = LEARN_FEATURES - 1 };

struct learn_row {
	double x[LEARN_FEATURES];
	/* The same for all deals: */
	enum risk_signal signal[LEARN_FEATURES];
	double ease[LEARN_FEATURES]; /* for logit_train() */
};

/* Was the signal not captured, as far as the model uses it? */
bool learn_unknown(const struct deal *deal, const struct look *looks, enum risk_signal signal);

/* learn_features.c: all but that of LEARN_OWNER. */
void learn_look(struct learn_row *out, const struct deal *deal, const struct look *looks, day_t day);
/* The owner's: what is known of their past deals against everybody's. */
double learn_owner_feature(int count, int slipped, int all, int all_slipped);

#endif
