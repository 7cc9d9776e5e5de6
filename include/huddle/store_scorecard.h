#ifndef HUDDLE_STORE_SCORECARD_H
#define HUDDLE_STORE_SCORECARD_H

#include "huddle/scorecard.h"
#include "huddle/store.h"

/* Quotas in one currency; those in another without a rate, and of a period that can not be
 * read, are left out. One that tells no currency is of this one. */
bool store_load_quotas(struct store *store, struct arena *arena, int fiscal_start, day_t today,
	struct currency currency, const struct rates *rates, struct score_quota **out,
	size_t *count, struct err *err);
/* The scorecard of a month and the five before it. */
struct scorecard_ask {
	const struct definition *definition;
	struct period month;
	day_t today;
	instant_t now; /* up to when leads are looked at */
};
/* From what was kept for these facts, records and this definition, where there is any;
 * then *in has no rows. Else it is counted, and kept. */
bool store_scorecard(struct store *store, struct arena *arena, const struct scorecard_ask *ask,
	struct scorecard_input *in, struct scorecard *out, struct err *err);
/* What metric_count() needs to list the rows of a figure is in *in, which is of
 * store_scorecard(), from then on. */
bool store_load_score_rows(struct store *store, struct arena *arena,
	const struct scorecard_ask *ask, enum metric metric, struct scorecard_input *in,
	struct err *err);
/* All of it, whatever is kept. */
bool store_load_scorecard(struct store *store, struct arena *arena,
	const struct scorecard_ask *ask, struct scorecard_input *out, struct err *err);

#endif
