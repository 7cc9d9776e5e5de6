#ifndef HUDDLE_BUILD_PAST_H
#define HUDDLE_BUILD_PAST_H

#include "huddle/build.h"

/*
 * The past of facts that were exported: the syncs there were, and what each saw
 * change on a deal. It is put back only where nothing is known yet; the sync that
 * does so then is the last of those.
 */
bool build_past_wanted(const struct build *b); /* after build_group() */

struct past_sync {
	int64_t id, added, updated, missing, rejected;
	const char *as_of, *at;
};
/* Before the first feed, oldest first. */
bool build_past_sync(struct build *b, const struct past_sync *sync, struct err *err);

struct past_change {
	struct slice deal_id;
	int64_t sync;
	const char *at, *field, *old, *new;
};
/* When all feeds are done; of a deal that is not known nothing is kept: *known. */
bool build_past_change(
	struct build *b, const struct past_change *change, bool *known, struct err *err);

/* Of which day the newest export of a section is, and which fields its files hold;
 * when all feeds are done. One without rows is made. */
struct past_feed {
	const char *source, *section, *as_of, *captured;
	enum fact_kind kind;
};
bool build_past_feed(struct build *b, const struct past_feed *feed, struct err *err);

#endif
