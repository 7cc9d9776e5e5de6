#ifndef HUDDLE_STORE_REACH_H
#define HUDDLE_STORE_REACH_H

#include "sql.h"

/*
 * Who reaches which deal, in memory: the committees, whose account is whose,
 * and the time in which a deal's account counts. With it the links of a touch
 * or an activity follow from its own row alone, so that a changed row costs a
 * changed row, and all rows one pass.
 */

/* Numbers grouped by another number. */
struct lists {
	uint32_t *start; /* of key k: items[start[k]] to items[start[k + 1]] */
	uint32_t *items;
	size_t keys;
};

struct reach_deal {
	bool linked; /* in an export, and not deleted there */
	uint32_t account;
	day_t from, until; /* when what only reaches its account counts */
};

struct reach {
	bool loaded;
	struct reach_deal *deals; /* these by number, up to their count */
	uint32_t *contact_account, *lead_contact, *lead_account;
	size_t n_deals, n_contacts, n_leads;
	struct lists seats;      /* contact: deals on whose committee it is */
	struct lists members;    /* deal: contacts on its committee, in their order */
	struct lists of_account; /* account: deals that are linked */
};

/* A set of numbers. */
struct marks {
	uint8_t *bits;
	int64_t cap;
};

void mark(struct marks *m, int64_t number);
bool marked(const struct marks *m, int64_t number);
int64_t marked_next(const struct marks *m, int64_t after); /* 0: no more */

/* What a touch or an activity says of itself. */
struct event_refs {
	int64_t deal, contact, lead, account;
	day_t day;
};

struct target {
	uint32_t deal;
	uint8_t how; /* enum linked_by */
};

struct targets {
	struct target *items;
	size_t count, cap;
};

/* From the facts that queries of `store` see. */
bool reach_load(struct reach *out, struct store *store, struct err *err);
void reach_release(struct reach *r);

/* The deals it belongs to in the order of their numbers, each for the strongest
 * reason; what was in `out` goes. */
void reach_links(const struct reach *r, const struct event_refs *event, struct targets *out);

/* The same is asked soon: what it reads first is fetched into the cache. */
void reach_soon(const struct reach *r, int64_t contact, int64_t lead);

/* The contacts on a deal's committee, in the order of their numbers. */
size_t reach_members(const struct reach *r, int64_t deal, const uint32_t **out);

/* Mark the deals to which rows that did not change may be linked otherwise. */
void reach_differences(const struct reach *old, const struct reach *now, struct marks *out);

#endif
