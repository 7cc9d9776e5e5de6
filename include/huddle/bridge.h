#ifndef HUDDLE_BRIDGE_H
#define HUDDLE_BRIDGE_H

#include "huddle/arena.h"
#include "huddle/deal.h"

/*
 * What made the pipeline of an earlier day the one of now: each deal in one
 * bucket, and for each currency start + buckets = end, to the minor unit. The
 * pipeline is the open deals, of one period's close dates or one owner's if so
 * asked. Where several things happened to a deal, the first of these counts: won
 * or lost, deleted, its close date came into the period or left it, its owner
 * changed, new, its amount. A deal whose currency changed goes out of the bridge
 * of the one as decreased by all it was, and into that of the other as increased.
 */
enum bridge_bucket { BRIDGE_NEW, BRIDGE_REOPENED, BRIDGE_TRANSFERRED_IN, BRIDGE_PULLED_IN,
	BRIDGE_PUSHED_IN, BRIDGE_INCREASED, BRIDGE_DECREASED, BRIDGE_WON, BRIDGE_LOST,
	BRIDGE_TRANSFERRED_OUT, BRIDGE_PULLED_OUT, BRIDGE_PUSHED_OUT, BRIDGE_DELETED,
	BRIDGE_CAME_AND_WENT, /* made and closed in between: in neither pipeline, amount 0 */
	BRIDGE_UNCHANGED, BRIDGE_BUCKETS };
const char *bridge_bucket_name(enum bridge_bucket bucket);  /* "pulled-in" */
const char *bridge_bucket_words(enum bridge_bucket bucket); /* "pulled into it" */

/* A deal then and now; borrowed. */
struct deal_pair {
	const struct deal *then; /* NULL: it was not there, or nothing tells of it */
	const struct deal *now;
	bool deleted_then, deleted; /* by now */
	day_t on[MOVE_FIELDS];      /* when each was last seen to change since; DAY_NONE */
};

/* How a field moved from then to now; 0 where it did not or was not there. */
const char *move_field_name(enum move_field field); /* "close_date" */
/* 1: more, later, forward, up, another; -1: the opposite. */
int deal_move(const struct deal_pair *pair, enum move_field field);
/* The sign of a move: an arrow, and the word that stands beside it, "pushed". */
const char *move_sign(enum move_field field, int direction, bool ascii);
/* The move of a deal that tells most: its date, amount, stage, category; -1 none. */
int deal_first_move(const struct deal *deal);
const char *move_word(enum move_field field, int direction); /* "increased", "pushed" */

/* What the pipeline is narrowed to; owner NULL and first DAY_NONE do not narrow. */
struct bridge_scope {
	const char *owner;
	struct period closing;
};

struct bridge_deal {
	const struct deal_pair *pair;
	enum bridge_bucket bucket;
	struct currency currency; /* of the bridge it is in */
	bool before, after;       /* in the earlier pipeline, in that of now */
	money_t amount; /* what it adds to the bridge, with its sign */
	money_t delta;  /* of it by a change of the amount, where it came for another reason */
};

/* Of one currency. */
struct bridge {
	struct currency currency;
	money_t start, end, residual; /* residual is 0 */
	size_t n_start, n_end;        /* deals in either pipeline */
	struct bridge_deal *deals;    /* by bucket, the largest first */
	size_t n_deals;
	struct bridge_sum {
		size_t first, count; /* in deals */
		money_t amount, delta;
	} buckets[BRIDGE_BUCKETS];
};

struct bridge_list {
	struct bridge *items; /* by the code of the currency */
	size_t count;
	int moves[MOVE_FIELDS][2]; /* deals that moved down, and up */
	bool overflow; /* amounts too large to add: sums are not to be trusted */
};

void bridge_make(struct bridge_list *out, struct arena *arena, const struct deal_pair *pairs,
	size_t count, const struct bridge_scope *scope);

#endif
