#ifndef HUDDLE_STORE_LOAD_H
#define HUDDLE_STORE_LOAD_H

#include "huddle/past.h"
#include "huddle/rates.h"
#include "sql.h"

/* Oldest first. *crm_history: whether the CRM's own history tells of the deal.
 * Works on an attached generation and on one being built. */
bool load_changes(struct store *store, struct arena *arena, int64_t deal,
	struct currency currency, struct change_list *out, bool *crm_history, struct err *err);

/* Of deals in the order of their keys; a list and a bool each. few: the others are
 * many more, so each is looked up. */
bool load_all_changes(struct store *store, struct arena *arena, const struct deal_list *deals,
	bool few, struct change_list *out, bool *crm_history, struct err *err);

/* load_deals.c: those that are open, or that something happened to since that day. */
bool load_deals_since(struct store *store, struct arena *arena, day_t day, day_t today,
	struct deal_list *out, struct err *err);

/* load_past.c: deals in the order of their keys with what changed on them. */
bool past_of_deals(struct store *store, struct arena *arena, const struct deal_list *deals,
	bool few, struct past_deal **out, struct err *err);
/* since DAY_NONE: all deals, else as load_deals_since(). Without committees. */
bool load_past_since(struct store *store, struct arena *arena, day_t since, day_t today,
	struct past *out, struct err *err);

/* Settled, in `arena`. */
/* enum deal_more, into deals in the order of their keys; only: of one deal, 0 all. */
bool load_more(struct store *store, struct arena *arena, unsigned with, int64_t only,
	struct deal_list *list, struct err *err);
bool load_rates(struct store *store, struct arena *arena, struct rates *out, struct err *err);

#endif
