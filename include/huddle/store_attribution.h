#ifndef HUDDLE_STORE_ATTRIBUTION_H
#define HUDDLE_STORE_ATTRIBUTION_H

#include "huddle/sourced.h"
#include "huddle/store.h"

/* What was kept of the same facts, records and rules: *sums, which has its rules, book,
 * arena and day. Not *found: it is as it was. */
struct attribution;
bool store_load_kept_attribution(struct store *store, struct attribution *sums, bool *found,
	struct err *err);
void store_keep_attribution(struct store *store, const struct attribution *sums);

/* Campaigns with what they cost, channels, and the currency to add in; in `arena`. */
bool store_load_attribution_book(struct store *store, struct arena *arena,
	struct attribution_book *out, struct err *err);

/*
 * Called for one deal after the other with the touches of it that count, which are gone
 * after the call. Deals are in the order of their keys. Of many the second half is read by
 * a thread of its own into the second part; the two share nothing that is written to.
 * Channels that are new are added to the part's book.
 */
typedef void (*attribution_fn)(void *arg, const struct attribution_case *c);
struct attribution_part {
	struct attribution_book *book;
	struct arena *arena;
	void *arg;
};
bool store_each_attribution(struct store *store, const struct deal *const *deals, size_t count,
	const struct attribution_part parts[2], attribution_fn each, struct err *err);

#endif
