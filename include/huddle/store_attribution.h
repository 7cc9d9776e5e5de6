#ifndef HUDDLE_STORE_ATTRIBUTION_H
#define HUDDLE_STORE_ATTRIBUTION_H

#include "huddle/sourced.h"
#include "huddle/store.h"

/* Campaigns with what they cost, channels, and the currency to add in; in `arena`. */
bool store_load_attribution_book(struct store *store, struct arena *arena,
	struct attribution_book *out, struct err *err);

/*
 * Called for one deal after the other with the touches of it that count, which are gone
 * after the call. Deals are in the order of their keys. Channels that are new are added to
 * the book; it is that of the call above, and `arena` the same.
 */
typedef void (*attribution_fn)(void *arg, const struct attribution_case *c);
bool store_each_attribution(struct store *store, struct arena *arena,
	const struct deal *const *deals, size_t count, struct attribution_book *book,
	attribution_fn each, void *arg, struct err *err);

#endif
