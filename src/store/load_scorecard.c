#include "huddle/store_attribution.h"
#include "huddle/store_define.h"
#include "huddle/store_leads.h"
#include "huddle/store_past.h"
#include "huddle/store_scorecard.h"
#include "huddle/totals.h"
#include "load.h"
#include "remembered.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>

/* What the scorecard is made of: deals with whose they are and whether they are
 * qualified, leads with the deals that came of them, quotas and campaigns. */

static int fiscal_start(const struct definition *definition)
{
	return definition->fiscal_start > 0 ? definition->fiscal_start : 1;
}

static struct score_deal *deal_by_key(struct scorecard_input *in, int64_t key)
{
	size_t low = 0, high = in->n_deals;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (in->deals[middle].deal->key < key)
			low = middle + 1;
		else
			high = middle;
	}
	return low < in->n_deals && in->deals[low].deal->key == key ? &in->deals[low]
	                                                            : NULL;
}

/* Deals are in the order of keys. */
static bool load_deals(struct store *store, struct arena *arena,
    const struct definition *definition, struct deal_list *list,
    struct scorecard_input *out, struct err *err)
{
	struct evidence *evidence = NULL;
	unsigned captured;

	out->n_deals = list->count;
	out->deals = arena_alloc(arena, (out->n_deals + 1) * sizeof *out->deals);
	if (out->with & SCORE_QUALIFIED &&
	    !store_load_evidence(store, arena, list, &evidence, &captured, err))
		return false;
	out->left_out = 0;
	for (size_t i = 0; i < out->n_deals; i++) {
		const struct deal *d = &list->items[i];
		struct worth worth = deal_worth(d);
		bool same = currency_eq(worth.currency, out->currency);

		out->left_out += !same && worth.amount != MONEY_NONE;
		out->deals[i] = (struct score_deal){.deal = d,
		    .worth = same ? worth.amount : MONEY_NONE,
		    .qualified =
		        evidence && qualified_passes(arena, definition, d, &evidence[i])};
	}
	return true;
}

static bool load_leads(struct store *store, struct arena *arena,
    struct scorecard_input *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	if (!sql_begin(&q, store,
	        "SELECT source_id, coalesce(name, email, company, ''), created, mql_at, "
	        "deal, converted_at FROM lead WHERE feed IS NOT NULL AND missing IS NULL",
	        err))
		return false;
	while (sql_row(&q)) {
		out->leads = arena_grow(
		    arena, out->leads, &cap, out->n_leads + 1, sizeof *out->leads);
		out->leads[out->n_leads++] =
		    (struct score_lead){.id = sql_dup(&q, 0, arena),
		        .name = sql_dup(&q, 1, arena),
		        .created = sql_get_day(&q, 2),
		        .mql = sql_get_day(&q, 3),
		        .deal = sql_is_null(&q, 4) ? NULL
		                                   : deal_by_key(out, sql_get_int(&q, 4)),
		        .converted = !sql_is_null(&q, 5)};
	}
	return sql_done(&q);
}

static bool load_campaigns(struct store *store, struct arena *arena,
    struct scorecard_input *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	if (!sql_begin(&q, store,
	        "SELECT coalesce(name, source_id), start_date, cost FROM campaign WHERE "
	        "feed IS NOT NULL AND missing IS NULL",
	        err))
		return false;
	while (sql_row(&q)) {
		out->campaigns = arena_grow(arena, out->campaigns, &cap,
		    out->n_campaigns + 1, sizeof *out->campaigns);
		out->campaigns[out->n_campaigns++] =
		    (struct score_campaign){.name = sql_dup(&q, 0, arena),
		        .start = sql_get_day(&q, 1),
		        .cost = sql_get_int_or(&q, 2, MONEY_NONE)};
	}
	return sql_done(&q);
}

/* One thread's part of finding whose deals are. */
struct finding {
	struct scorecard_input *in;
	const struct attribution_rules *rules;
	const struct attribution_book *book;
};

static void find_source(void *arg, const struct attribution_case *given)
{
	struct finding *f = arg;
	struct attribution_case c = *given;
	struct attribution_times times =
	    attribution_times_of(c.deal, c.lead, f->rules, f->in->today);
	struct score_deal *d = deal_by_key(f->in, c.deal->key);

	c.count = attribution_order(c.touches, c.count, &times);
	struct sourced_marks marks =
	    sourced_judge(&c, &times, f->book, f->rules->sourced);
	if (d)
		d->sourced = marks.by[f->rules->sourced];
}

/* Only of deals that a figure asks for: made in these months, or won in the period of
 * the number both leaders are paid on. */
static size_t asked_for(
    struct scorecard_input *in, const struct definition *d, const struct deal **out)
{
	struct period number = {DAY_NONE, DAY_NONE};
	struct period made = {in->months[0].first, in->months[SCORE_MONTHS - 1].last};
	size_t n = 0;

	if (d->number != MONEY_NONE)
		period_parse(d->number_period, in->today, fiscal_start(d), &number);
	for (size_t i = 0; i < in->n_deals; i++) {
		const struct deal *deal = in->deals[i].deal;

		if (period_has(made, deal->created) ||
		    (number.first != DAY_NONE && deal->status == DEAL_WON &&
		        period_has(number, deal->closed)))
			out[n++] = deal;
	}
	return n;
}

static bool find_sources(struct store *store, struct arena *arena,
    const struct definition *d, struct attribution_book *book,
    struct scorecard_input *out, struct err *err)
{
	const struct deal **deals =
	    arena_alloc(arena, (out->n_deals + 1) * sizeof *deals);
	size_t n = asked_for(out, d, deals);
	struct arena more = ARENA_INIT;
	struct attribution_book other = attribution_book_copy(book, &more);
	struct finding first = {out, &d->attribution, book};
	struct finding second = {out, &d->attribution, &other};
	const struct attribution_part parts[2] = {
	    {book, arena, &first}, {&other, &more, &second}};
	bool fine = store_each_attribution(store, deals, n, parts, find_source, err);

	arena_release(&more);
	return fine;
}

static bool load_handoffs(struct store *store, struct arena *arena,
    const struct definition *d, instant_t now, struct scorecard_input *out,
    struct err *err)
{
	struct period all = {out->months[0].first, out->months[SCORE_MONTHS - 1].last};
	struct lead_list *leads = arena_alloc(arena, sizeof *leads);

	if (!store_load_leads(store, arena, all, d->handoff.hours.zone, leads, err))
		return false;
	for (int i = 0; i < SCORE_MONTHS; i++)
		handoff_make(&out->handoffs[i], arena,
		    &(struct handoff_input){
		        leads, &d->handoff, out->months[i], now, NULL});
	return true;
}

/* Deals as they are; as they stood, too, where a figure asks for it, and then in which
 * currency sums are. */
static bool load_standing(struct store *store, struct arena *arena,
    const struct scorecard_ask *ask, struct deal_list *deals, struct scorecard_input *out,
    struct err *err)
{
	int fiscal = fiscal_start(ask->definition);
	struct past *past = arena_alloc(arena, sizeof *past);
	struct forecasts *forecasts = arena_alloc(arena, sizeof *forecasts);

	if (!(out->with & SCORE_PAST))
		return store_load_deals(store, arena, -1, 0, ask->today, deals, err);
	if (!store_load_standing(store, arena, DAY_NONE, ask->today, past, err))
		return false;
	forecasts_make(forecasts, arena, past,
	    period_of_quarter(out->months[SCORE_MONTHS - 1].first, fiscal), fiscal,
	    ask->today);
	out->past = past;
	out->forecasts = forecasts;
	out->currency = forecasts->currency;
	deals->count = past->n_deals;
	deals->items = arena_alloc(arena, (deals->count + 1) * sizeof *deals->items);
	for (size_t i = 0; i < deals->count; i++)
		deals->items[i] = *past->deals[i].now;
	return true;
}

static bool load_around(struct store *store, struct arena *arena,
    const struct scorecard_ask *ask, struct scorecard_input *out, struct err *err)
{
	struct attribution_book book = {0};
	struct rates rates = {0};
	unsigned with = out->with;

	return (!(with & SCORE_LEADS) || load_leads(store, arena, out, err)) &&
	       (!(with & SCORE_QUOTAS) ||
	           (load_rates(store, arena, &rates, err) &&
	               store_load_quotas(store, arena, fiscal_start(ask->definition),
	                   ask->today, out->currency, &rates, &out->quotas,
	                   &out->n_quotas, err))) &&
	       (!(with & SCORE_CAMPAIGNS) || load_campaigns(store, arena, out, err)) &&
	       (!(with & SCORE_SOURCES) ||
	           (store_load_attribution_book(store, arena, &book, err) &&
	               find_sources(store, arena, ask->definition, &book, out, err))) &&
	       (!(with & SCORE_HANDOFFS) ||
	           load_handoffs(store, arena, ask->definition, ask->now, out, err));
}

static void ask_months(struct scorecard_input *out, const struct scorecard_ask *ask)
{
	struct period month = ask->month;

	*out =
	    (struct scorecard_input){.definition = ask->definition, .today = ask->today};
	for (int i = SCORE_MONTHS - 1; i >= 0; i--) {
		out->months[i] = month;
		month = period_of_month(month.first - 1);
	}
}

static bool load(struct store *store, struct arena *arena,
    const struct scorecard_ask *ask, unsigned with, struct scorecard_input *out,
    struct err *err)
{
	struct deal_list *deals = arena_alloc(arena, sizeof *deals);

	out->with = with;
	out->n_leads = out->n_quotas = out->n_campaigns = 0; /* lists grow from nothing */
	return load_standing(store, arena, ask, deals, out, err) &&
	       load_deals(store, arena, ask->definition, deals, out, err) &&
	       load_around(store, arena, ask, out, err);
}

bool store_load_scorecard(struct store *store, struct arena *arena,
    const struct scorecard_ask *ask, struct scorecard_input *out, struct err *err)
{
	ask_months(out, ask);
	if (!store->generation)
		return store_facts(store, err);
	return load(store, arena, ask, SCORE_ALL, out, err);
}

bool store_load_score_rows(struct store *store, struct arena *arena,
    const struct scorecard_ask *ask, enum metric metric, struct scorecard_input *in,
    struct err *err)
{
	unsigned from = metric_infos[metric].from;

	if (in->deals && (in->with & from) == from)
		return true;
	return load(store, arena, ask, in->with | from, in, err);
}

/* What it was counted from takes much memory and is let go: the figures are read from
 * the text that is kept, now as later. */
static bool count_and_keep(struct store *store, struct arena *arena,
    const struct scorecard_ask *ask, const char *name, const char *key,
    struct scorecard_input *in, struct scorecard *out, struct err *err)
{
	struct arena own = ARENA_INIT;
	struct scorecard_input *loaded = arena_alloc(&own, sizeof *loaded);
	struct scorecard *counted = arena_alloc(&own, sizeof *counted);
	struct str text = STR_INIT;
	bool fine = store_load_scorecard(store, &own, ask, loaded, err);

	if (fine) {
		scorecard_make(counted, &own, loaded);
		scorecard_format(&text, counted);
		remember(store, name, key, str_text(&text));
		fine = scorecard_parse(
		    out, in, arena, (struct slice){str_text(&text), text.len});
	}
	str_release(&text);
	arena_release(&own);
	return fine;
}

bool store_scorecard(struct store *store, struct arena *arena,
    const struct scorecard_ask *ask, struct scorecard_input *in, struct scorecard *out,
    struct err *err)
{
	struct str key = STR_INIT;
	struct slice text;
	char month[DAY_TEXT];
	const char *name;

	ask_months(in, ask);
	if (!store->generation)
		return store_facts(store, err);
	name = arena_printf(arena, "scorecard %s", day_format(ask->month.first, month));
	bool fine = remembered_key(&key, store, ask->today, err) &&
	            remembered(store, name, str_text(&key), arena, &text, err);
	if (fine && !(text.p && scorecard_parse(out, in, arena, text)))
		fine =
		    count_and_keep(store, arena, ask, name, str_text(&key), in, out, err);
	str_release(&key);
	return fine;
}
