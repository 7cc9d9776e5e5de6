#ifndef HUDDLE_STORE_SCORECARD_H
#define HUDDLE_STORE_SCORECARD_H

#include "huddle/scorecard.h"
#include "huddle/store.h"

/* All that the scorecard of a month and the five before it is made of; `now`: up to when
 * leads are looked at. */
bool store_load_scorecard(struct store *store, struct arena *arena,
	const struct definition *definition, struct period month, day_t today, instant_t now,
	struct scorecard_input *out, struct err *err);

#endif
