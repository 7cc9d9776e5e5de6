#ifndef HUDDLE_MODEL_LEARN_INSIDE_H
#define HUDDLE_MODEL_LEARN_INSIDE_H

#include "huddle/learn.h"
#include "signals.h"

/* What the model sees of a deal: a few numbers for each signal, as they are and
 * with the steps that the points score takes. Not a number: not captured. */
enum { LEARN_FEATURES = 40 };

/* learn_features.c */
extern const enum risk_signal learn_signals[LEARN_FEATURES]; /* of which signal */
void learn_look(double x[LEARN_FEATURES], const struct deal *deal,
	const struct look looks[RISK_SIGNALS], day_t day);
/* The owner's: what is known of their past deals against everybody's. */
double learn_owner_feature(int count, int slipped, int all, int all_slipped);

#endif
