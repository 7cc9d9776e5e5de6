#ifndef HUDDLE_STORE_PAST_H
#define HUDDLE_STORE_PAST_H

#include "huddle/bridge.h"
#include "huddle/learn.h"
#include "huddle/store.h"

/* All deals with what changed on them, to tell how they stood on past days; in
 * `arena`. Facts of `today` as store_load_deals() has them. */
bool store_load_past(struct store *store, struct arena *arena, day_t today, struct past *out,
	struct err *err);

/* The same without committees, which past_standing_at() does not ask for; `since` a day:
 * only deals that are open or that something happened to since. */
bool store_load_standing(struct store *store, struct arena *arena, day_t since, day_t today,
	struct past *out, struct err *err);

/* Called for one deal after the other, with its touches and activities, which
 * are gone after the call. False stops it. */
typedef bool (*past_fn)(void *arg, const struct past_deal *deal);
bool store_each_past(struct store *store, const struct past *past, past_fn each, void *arg,
	struct err *err);

/*
 * Every deal as it stood at the end of a day and as it stands, those included that
 * are deleted by now; in `arena`. *earliest is the first day that anything tells of.
 */
bool store_load_pairs(struct store *store, struct arena *arena, day_t day, day_t today,
	struct deal_pair **out, size_t *count, day_t *earliest, struct err *err);

/* The day that changes are told since: of the exports that the last review that is
 * over looked at (*held); as long as there was none, of the sync before the newest.
 * DAY_NONE: there is none. */
bool store_load_review_day(struct store *store, day_t *out, bool *held, struct err *err);

/* The syncs' days, oldest first; the id of each beside it. */
struct sync_day {
	int64_t id;
	day_t as_of;
};
bool store_load_sync_days(struct store *store, struct arena *arena, struct sync_day **out,
	size_t *count, struct err *err);

/*
 * What the past teaches about slipping, by rules (NULL: the defaults). Kept in the
 * records file for this generation of facts, so that it is worked out once; where
 * nothing may be written, each time. store_learning_kept() only looks: *found
 * says whether it is there.
 */
bool store_learning(struct store *store, struct arena *arena, const struct risk_rules *rules,
	day_t today, struct learning *out, struct err *err);
bool store_learning_kept(struct store *store, struct arena *arena,
	const struct risk_rules *rules, struct learning *out, bool *found, struct err *err);
/* Works it out whether it is kept or not, bins included; keeps it. */
bool store_backtest(struct store *store, struct arena *arena, const struct risk_rules *rules,
	day_t today, struct learning *out, struct err *err);

#endif
