#ifndef HUDDLE_STORE_SCORECARD_H
#define HUDDLE_STORE_SCORECARD_H

#include "huddle/scorecard.h"
#include "huddle/store.h"

/* Quotas in one currency; those in another without a rate, and of a period that can not be
 * read, are left out. One that tells no currency is of this one. */
bool store_load_quotas(struct store *store, struct arena *arena, int fiscal_start, day_t today,
	struct currency currency, const struct rates *rates, struct score_quota **out,
	size_t *count, struct err *err);
/* All that the scorecard of a month and the five before it is made of; `now`: up to when
 * leads are looked at. */
bool store_load_scorecard(struct store *store, struct arena *arena,
	const struct definition *definition, struct period month, day_t today, instant_t now,
	struct scorecard_input *out, struct err *err);

#endif
