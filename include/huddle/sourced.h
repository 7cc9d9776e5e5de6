#ifndef HUDDLE_SOURCED_H
#define HUDDLE_SOURCED_H

#include "huddle/attribution.h"

/*
 * One pipeline number, the amount of all open and won deals, told in two ways that are
 * never added: shared out over touches, and by whose deals they are.
 */

/* What campaigns cost, in the currency of the sums. */
enum cost_state { COST_KNOWN, COST_NONE, COST_NO_RATE };
const char *cost_state_name(enum cost_state state); /* "known", "not-told", "no-rate" */

struct attribution_campaign {
	const char *name;   /* NULL: there is none of this number */
	uint32_t channel;   /* its kind; 0: not told */
	bool counts;        /* touches that tell no kind of their own do */
	enum cost_state cost_state;
	money_t cost;
};

/* Names by number; 0 stands for none. Of what many deals have in common. */
struct attribution_book {
	struct attribution_campaign *campaigns;
	const char **channels;
	size_t n_campaigns, n_channels, cap_channels;
	struct currency currency; /* of all sums: the company's, else that of most deals */
	bool cost_currency_told;  /* false: campaigns tell none, and deals have several */
	const char *const *sources; /* lead sources that are marketing's; NULL: by their words */
};

/* One to which other channels may be added; campaigns are the same. */
struct attribution_book attribution_book_copy(
	const struct attribution_book *book, struct arena *arena);

/* One deal with all touches of it that count, in no order; they may be changed. */
struct attribution_case {
	const struct deal *deal;
	struct attribution_touch *touches;
	size_t count;
	uint32_t crm_campaign;    /* what the CRM credits it to; 0: none */
	instant_t lead;           /* when the first of its people became a lead */
	instant_t first_activity; /* of sales */
};

/* Whose it is by each definition. */
struct sourced_marks {
	bool by[SOURCED_BYS], influenced;
	uint32_t campaign; /* that sourced it by the locked one; 0: none, or not sourced */
};
/* Touches are those up to the end in order, also from before the window. */
struct sourced_marks sourced_judge(const struct attribution_case *c,
	const struct attribution_times *times, const struct attribution_book *book,
	enum sourced_by locked);

/* Is this lead source of a CRM one of marketing's? By the company's list, else by words
 * such as webinar, and none such as outbound. */
bool source_is_marketing(const char *source, const char *const *list);

/* What the CRM says of where a deal came from, and what the first touch says. */
enum truths { TRUTHS_AGREE, TRUTHS_DIFFER, TRUTHS_CRM_SILENT };
enum truths two_truths(const struct attribution_case *c, const struct attribution_book *book,
	const char **crm, const char **marketing); /* NULL: nothing */

#endif
