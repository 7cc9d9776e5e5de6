#ifndef HUDDLE_STORE_LEADS_H
#define HUDDLE_STORE_LEADS_H

#include "huddle/lead.h"
#include "huddle/store.h"

/*
 * The leads whose clock may start in the period, by the clock of `zone`, and those that
 * converted in it without having been MQL; in `arena`. Where a lead does not say when
 * it was touched, the first call, mail, meeting or message of sales with it, or with the
 * contact it became, since its clock started is its touch.
 */
bool store_load_leads(struct store *store, struct arena *arena, struct period period,
	const struct zone *zone, struct lead_list *out, struct err *err);

#endif
