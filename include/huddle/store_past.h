#ifndef HUDDLE_STORE_PAST_H
#define HUDDLE_STORE_PAST_H

#include "huddle/past.h"
#include "huddle/store.h"

/* All deals with what changed on them, to tell how they stood on past days; in
 * `arena`. Facts of `today` as store_load_deals() has them. */
bool store_load_past(struct store *store, struct arena *arena, day_t today, struct past *out,
	struct err *err);

/* Called for one deal after the other, with its touches and activities, which
 * are gone after the call. False stops it. */
typedef bool (*past_fn)(void *arg, const struct past_deal *deal);
bool store_each_past(struct store *store, const struct past *past, past_fn each, void *arg,
	struct err *err);

#endif
