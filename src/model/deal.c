#include "huddle/deal.h"
#include "huddle/totals.h"

#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const status_names[] = {
    [DEAL_OPEN] = "open", [DEAL_WON] = "won", [DEAL_LOST] = "lost"};

static const char *const sort_names[DEAL_SORTS] = {
    [SORT_RISK] = "risk",
    [SORT_AMOUNT] = "amount",
    [SORT_CLOSE] = "close",
    [SORT_STAGE_AGE] = "stage-age",
    [SORT_NAME] = "name",
};

const char *deal_status_name(enum deal_status status)
{
	return status_names[status];
}

const char *deal_sort_name(enum deal_sort sort)
{
	return sort_names[sort];
}

bool deal_sort_find(const char *name, enum deal_sort *out)
{
	for (int i = 0; i < DEAL_SORTS; i++) {
		if (strcasecmp(name, sort_names[i]))
			continue;
		*out = (enum deal_sort)i;
		return true;
	}
	return false;
}

const char *deal_label(const struct deal *deal, bool ascii)
{
	bool shown = ascii ? text_ascii_legible(slice_of(deal->name)) : *deal->name;
	return shown ? deal->name : deal->id;
}

bool role_is_economic_buyer(struct slice role)
{
	return text_contains(role, slice_of("economic")) ||
	       text_contains(role, slice_of("budget"));
}

int deal_stage_age(const struct deal *deal, day_t today)
{
	if (deal->stage_since == DAY_NONE || deal->stage_since > today)
		return -1;
	return today - deal->stage_since;
}

/* Does a text of the deal match what the filter asks for (NULL: anything)? */
static bool matches(const char *value, const char *wanted)
{
	return !wanted || text_same(slice_of(value), slice_of(wanted));
}

static bool passes_custom(const struct deal *deal, const struct deal_filter *filter)
{
	if (!filter->custom_name)
		return true;
	for (int i = 0; i < deal->n_custom; i++)
		if (matches(deal->custom[i].name, filter->custom_name))
			return matches(deal->custom[i].value, filter->custom_value);
	return false;
}

bool deal_passes(const struct deal *deal, const struct deal_filter *filter)
{
	if (filter->status >= 0 && filter->status != (int)deal->status)
		return false;
	if (filter->closing.first != DAY_NONE &&
	    !period_has(filter->closing, deal->close_date))
		return false;
	return matches(deal->owner, filter->owner) && matches(deal->team, filter->team) &&
	       matches(deal->manager, filter->manager) &&
	       matches(deal->stage, filter->stage) &&
	       matches(deal->account, filter->account) && passes_custom(deal, filter);
}

struct worth deal_worth(const struct deal *deal)
{
	if (*deal->company.code)
		return (struct worth){deal->company_amount, deal->company};
	return (struct worth){deal->amount, deal->currency};
}

void deal_convert(struct deal *deal, const struct rates *rates)
{
	deal->company = (struct currency){""};
	if (rates_convert(rates, deal->amount, deal->currency, deal->close_date,
	        &deal->company_amount))
		deal->company = rates->company;
}

/*
 * Amounts are compared in thousandths of major units, so that yen and dollars
 * do not differ by a factor of hundred; deals of two currencies without a rate
 * are in one list but never in one sum.
 */
static int64_t amount_key(const struct deal *deal)
{
	struct worth worth = deal_worth(deal);

	if (worth.amount == MONEY_NONE)
		return INT64_MAX;
	for (int i = currency_digits(worth.currency); i < 3; i++)
		if (__builtin_mul_overflow(worth.amount, 10, &worth.amount))
			return worth.amount < 0 ? INT64_MAX - 1 : -INT64_MAX;
	return -worth.amount;
}

/* One number per deal by which the smallest comes first. */
static int64_t sort_key(const struct deal *deal, enum deal_sort sort, day_t today)
{
	switch (sort) {
	case SORT_RISK:
		if (!deal->risk.rated)
			return 200;
		return (deal->asleep ? 101 : 0) - deal->risk.probability;
	case SORT_AMOUNT:
		return amount_key(deal);
	case SORT_CLOSE:
		return deal->close_date == DAY_NONE ? INT64_MAX : deal->close_date;
	case SORT_STAGE_AGE:
		return -deal_stage_age(deal, today);
	default:
		return 0;
	}
}

struct sort_item {
	int64_t key;
	struct deal *deal;
};

static int compare(const void *a, const void *b)
{
	const struct sort_item *x = a, *y = b;
	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	int by_name = strcasecmp(x->deal->name, y->deal->name);
	return by_name ? by_name : strcmp(x->deal->id, y->deal->id);
}

void deal_order(struct deal **deals, size_t count, enum deal_sort sort, day_t today)
{
	struct sort_item *items = xcalloc(count ? count : 1, sizeof *items);
	for (size_t i = 0; i < count; i++)
		items[i] = (struct sort_item){sort_key(deals[i], sort, today), deals[i]};
	qsort(items, count, sizeof *items, compare);
	for (size_t i = 0; i < count; i++)
		deals[i] = items[i].deal;
	free(items);
}

static int compare_totals(const void *a, const void *b)
{
	const struct deal_total *x = a, *y = b;
	if (x->amount != y->amount)
		return x->amount > y->amount ? -1 : 1;
	return strcmp(x->currency.code, y->currency.code);
}

/* The total of a currency, made when it is new; NULL when there are too many. */
static struct deal_total *total_of(
    struct currency currency, struct deal_total *totals, size_t *n)
{
	for (size_t i = 0; i < *n; i++)
		if (currency_eq(totals[i].currency, currency))
			return &totals[i];
	if (*n == DEAL_TOTALS)
		return NULL;
	totals[*n] = (struct deal_total){.currency = currency};
	return &totals[(*n)++];
}

size_t deal_totals(const struct deal *const *deals, size_t count,
    struct deal_total out[DEAL_TOTALS], bool *overflow)
{
	size_t n = 0;
	*overflow = false;
	for (size_t i = 0; i < count; i++) {
		struct worth worth = deal_worth(deals[i]);
		if (worth.amount == MONEY_NONE)
			continue;
		struct deal_total *total = total_of(worth.currency, out, &n);
		if (!total || total->amount == MONEY_NONE) {
			*overflow = true;
			continue;
		}
		total->count++;
		if (!money_add(&total->amount, worth.amount)) {
			total->amount = MONEY_NONE;
			*overflow = true;
		}
	}
	qsort(out, n, sizeof *out, compare_totals);
	return n;
}

/* How a deal answers to a text; a better answer leaves lesser ones out. */
enum answer { ANSWER_NONE, ANSWER_PART, ANSWER_NAME, ANSWER_ID };

/* Salesforce shows 15 characters of its ids, told apart by case, and exports 18. */
static bool is_short_id(struct slice wanted, const char *id)
{
	return wanted.len == 15 && strlen(id) == 18 && !strncmp(wanted.p, id, 15);
}

static enum answer answer_of(const struct deal_name *deal, const char *text)
{
	struct slice wanted = slice_trim(slice_of(text));
	if (slice_is(wanted, deal->id) || is_short_id(wanted, deal->id))
		return ANSWER_ID;
	if (text_same(slice_of(deal->name), wanted))
		return ANSWER_NAME;
	if (text_contains(slice_of(deal->name), wanted) ||
	    text_contains(slice_of(deal->id), wanted))
		return ANSWER_PART;
	return ANSWER_NONE;
}

size_t deal_find(const struct deal_names *list, const char *text,
    const struct deal_name **out, size_t max)
{
	enum answer best = ANSWER_PART;
	size_t found = 0;
	if (!slice_trim(slice_of(text)).len)
		return 0;
	for (size_t i = 0; i < list->count; i++) {
		enum answer answer = answer_of(&list->items[i], text);
		if (answer < best)
			continue;
		if (answer > best)
			found = 0;
		best = answer;
		if (found < max)
			out[found] = &list->items[i];
		found++;
	}
	return found;
}
