#ifndef HUDDLE_TOTALS_H
#define HUDDLE_TOTALS_H

#include "huddle/deal.h"
#include "huddle/rates.h"

/* What is added and compared: in the company's currency where there is a rate,
 * else the deal's own. */
struct worth {
	money_t amount; /* MONEY_NONE when not said */
	struct currency currency;
};
struct worth deal_worth(const struct deal *deal);
/* Fill in company_amount and company, by the rate of the close date. */
void deal_convert(struct deal *deal, const struct rates *rates);

/* Sum of worths per currency, largest first. A sum that does not fit is
 * MONEY_NONE, stands last, and sets *overflow. */
struct deal_total {
	struct currency currency;
	money_t amount;
	int count;
};
enum { DEAL_TOTALS = 200 }; /* more than there are currencies */
size_t deal_totals(const struct deal *const *deals, size_t count,
	struct deal_total out[DEAL_TOTALS], bool *overflow);

#endif
