#include "huddle/store_attribution.h"
#include "huddle/store_meeting.h"
#include "load.h"
#include "load_attribution.h"

/* What the touches of many deals have in common: campaigns and what they cost, channels,
 * and the currency that all is added in. */

uint32_t attribution_channel(
    struct attribution_book *book, struct arena *arena, struct slice name)
{
	name = slice_trim(name);
	if (!name.len)
		return 0;
	for (size_t i = 1; i < book->n_channels; i++)
		if (slice_is_nocase(name, book->channels[i]))
			return (uint32_t)i;
	book->channels = arena_grow(arena, book->channels, &book->cap_channels,
	    book->n_channels + 1, sizeof *book->channels);
	book->channels[book->n_channels] = arena_dup(arena, name.p, name.len);
	return (uint32_t)book->n_channels++;
}

/* The company's, else that of most deals with an amount. *other is what campaigns cost in:
 * the only one that deals have, else the same, which is a guess and said to be one. */
static bool choose_currency(struct store *store, const struct rates *rates,
    struct attribution_book *book, struct currency *other, struct err *err)
{
	struct sql q;
	size_t currencies = 0;

	if (!sql_begin(&q, store,
	        "SELECT coalesce(currency, ''), count(*) FROM deal WHERE feed IS NOT "
	        "NULL "
	        "AND amount IS NOT NULL AND coalesce(deleted, 0) = 0 GROUP BY 1 "
	        "ORDER BY 2 DESC, 1",
	        err))
		return false;
	*other = (struct currency){""};
	while (sql_row(&q))
		if (!currencies++)
			slice_copy(sql_get(&q, 0), other->code, sizeof other->code);
	book->currency = *rates->company.code ? rates->company : *other;
	book->cost_currency_told = currencies < 2;
	if (currencies > 1)
		*other = book->currency;
	return sql_done(&q);
}

static void read_cost(struct sql *q, const struct rates *rates, struct currency currency,
    const struct attribution_book *book, struct attribution_campaign *c)
{
	c->cost_state = COST_NONE;
	if (sql_is_null(q, 3))
		return;
	c->cost = sql_get_int(q, 3);
	c->cost_state =
	    currency_eq(currency, book->currency) ||
	            rates_convert(rates, c->cost, currency, sql_get_day(q, 4), &c->cost)
	        ? COST_KNOWN
	        : COST_NO_RATE;
}

static bool load_campaigns(struct store *store, struct arena *arena,
    const struct rates *rates, struct currency currency, struct attribution_book *book,
    struct err *err)
{
	struct sql q;
	int64_t most;

	if (!sql_one(store, "SELECT max(id) FROM campaign", 0, &most, err) ||
	    !sql_begin(&q, store,
	        "SELECT id, coalesce(name, source_id, ''), kind, cost, "
	        "coalesce(start_date, end_date) FROM campaign ORDER BY id",
	        err))
		return false;
	book->n_campaigns = (size_t)most + 1;
	book->campaigns = arena_alloc(arena, book->n_campaigns * sizeof *book->campaigns);
	while (sql_row(&q)) {
		struct attribution_campaign *c = &book->campaigns[sql_get_int(&q, 0)];
		c->name = sql_dup(&q, 1, arena);
		c->channel = attribution_channel(book, arena, sql_get(&q, 2));
		c->counts = touch_counts(sql_get(&q, 2), true);
		read_cost(&q, rates, currency, book, c);
	}
	return sql_done(&q);
}

bool store_load_attribution_book(struct store *store, struct arena *arena,
    struct attribution_book *out, struct err *err)
{
	struct rates rates;
	struct currency cost;

	*out = (struct attribution_book){.cost_currency_told = true};
	if (!store->generation)
		return store_facts(store, err);
	out->channels = arena_grow(
	    arena, out->channels, &out->cap_channels, 1, sizeof *out->channels);
	out->channels[out->n_channels++] = NULL;
	return load_rates(store, arena, &rates, err) &&
	       choose_currency(store, &rates, out, &cost, err) &&
	       load_campaigns(store, arena, &rates, cost, out, err) &&
	       store_load_word_list(store, arena, "sources", &out->sources, err);
}
