#ifndef HUDDLE_STORE_LOAD_H
#define HUDDLE_STORE_LOAD_H

#include "huddle/past.h"
#include "huddle/rates.h"
#include "sql.h"

/* Oldest first. *crm_history: whether the CRM's own history tells of the deal.
 * Works on an attached generation and on one being built. */
bool load_changes(struct store *store, struct arena *arena, int64_t deal,
	struct change_list *out, bool *crm_history, struct err *err);

/* Of all deals, which are in the order of their keys; a list and a bool each. */
bool load_all_changes(struct store *store, struct arena *arena, const struct deal_list *deals,
	struct change_list *out, bool *crm_history, struct err *err);

/* load_past.c: deals in the order of their keys with what changed on them. */
bool past_of_deals(struct store *store, struct arena *arena, const struct deal_list *deals,
	struct past_deal **out, struct err *err);

/* Settled, in `arena`. */
bool load_rates(struct store *store, struct arena *arena, struct rates *out, struct err *err);

#endif
