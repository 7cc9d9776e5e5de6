#include "outline.h"

#include "huddle/qualified.h"
#include "huddle/totals.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The headline, the bridge, the forecast and the scorecard. */

/* "$4,210,000 + EUR 90,000": one amount per currency. */
static const char *sums_text(
    struct deck *deck, const struct deal *const *deals, size_t count, bool brief)
{
	struct deal_total *totals =
	    arena_alloc(deck->arena, DEAL_TOTALS * sizeof *totals);
	struct str text = STR_INIT;
	char money[MONEY_TEXT];
	bool overflow;
	size_t n = deal_totals(deals, count, totals, &overflow);

	for (size_t i = 0; i < n; i++)
		if (totals[i].amount != MONEY_NONE)
			str_addf(&text, "%s%s", text.len ? " + " : "",
			    brief
			        ? money_brief(totals[i].amount, totals[i].currency, money)
			        : money_format(
			              totals[i].amount, totals[i].currency, money));
	const char *copy = deck_text(deck, text.len ? str_text(&text) : "no amount");

	str_release(&text);
	return copy;
}

static const char *plural(size_t n)
{
	return n == 1 ? "" : "s";
}

/* What a fact of a deck of one owner tells of the whole company says so. */
static const char *of_all(
    struct deck *deck, const struct deck_input *in, const char *label)
{
	return in->owner ? deck_textf(deck, "%s, all owners", label) : label;
}

static struct cell sums_cell(
    struct deck *deck, const struct deal *const *deals, size_t count)
{
	return cell_of_text(deck, sums_text(deck, deals, count, true));
}

static const struct deal *const *pick(struct deck *deck, const struct deck_input *in,
    bool (*wanted)(const struct deal *), size_t *count)
{
	const struct deal **out =
	    arena_alloc(deck->arena, (in->n_open + 1) * sizeof *out);

	*count = 0;
	for (size_t i = 0; i < in->n_open; i++)
		if (wanted(in->open[i]))
			out[(*count)++] = in->open[i];
	return out;
}

static bool any(const struct deal *deal)
{
	return deal->status == DEAL_OPEN;
}

static bool is_qualified(const struct deal *deal)
{
	return deal->qualified > 0;
}

static bool is_high(const struct deal *deal)
{
	return deal->risk.rated && deal->risk.level == RISK_HIGH && !deal->asleep;
}

static void add_number(
    struct deck *deck, const struct deck_input *in, struct block *block)
{
	const struct scorecard *card = in->card;
	char won[MONEY_TEXT], number[MONEY_TEXT];

	if (!card || card->number == MONEY_NONE) {
		block_fact(deck, block, of_all(deck, in, "The one number"),
		    cell_of_text(deck, "not set"),
		    "targets.number of the definition sets what both leaders are paid "
		    "on");
		return;
	}
	struct currency currency = card->in->currency;

	block_fact(deck, block,
	    of_all(deck, in,
	        deck_textf(
	            deck, "The one number, %s", card->in->definition->number_period)),
	    cell_of_share(
	        deck, card->number > 0 ? (double)card->won / (double)card->number : NAN),
	    deck_textf(deck, "%s won of %s", money_format(card->won, currency, won),
	        money_format(card->number, currency, number)));
}

static void add_pipeline(
    struct deck *deck, const struct deck_input *in, struct block *block)
{
	size_t n, nq, nh;
	const struct deal *const *open = pick(deck, in, any, &n);
	const struct deal *const *qualified = pick(deck, in, is_qualified, &nq);
	const struct deal *const *high = pick(deck, in, is_high, &nh);

	block_fact(deck, block, "Open pipeline, as claimed", sums_cell(deck, open, n),
	    deck_textf(
	        deck, "%zu deal%s, %s", n, plural(n), sums_text(deck, open, n, false)));
	if (in->judgement && in->judgement->demands)
		block_fact(deck, block, "Qualified by the definition",
		    sums_cell(deck, qualified, nq),
		    deck_textf(deck, "%zu of %zu deal%s, %s", nq, n, plural(n),
		        sums_text(deck, qualified, nq, false)));
	else
		block_fact(deck, block, "Qualified by the definition",
		    cell_of_text(deck, "not judged"),
		    "the definition asks nothing of a deal yet");
	struct fact *fact =
	    block_fact(deck, block, "At high risk of slipping", sums_cell(deck, high, nh),
	        deck_textf(deck, "%zu deal%s, %s", nh, plural(nh),
	            sums_text(deck, high, nh, false)));

	fact->value.ink = nh ? INK_BAD : INK_TEXT;
}

static void add_coverage(
    struct deck *deck, const struct deck_input *in, struct block *block)
{
	if (!in->card)
		return;
	const struct metric_value *v =
	    &in->card->values[METRIC_COVERAGE][SCORE_MONTHS - 1];
	char buf[MONEY_TEXT], target[MONEY_TEXT];
	struct currency currency = in->card->in->currency;

	if (v->why) {
		block_fact(deck, block, "Pipeline coverage",
		    cell_of_text(deck, "unknown"), v->why);
		return;
	}
	struct cell cell =
	    cell_of_text(deck, metric_text(METRIC_COVERAGE, v->value, currency, buf));

	cell.kind = CELL_NUMBER;
	cell.value = v->value;
	cell.ink = !v->has_target ? INK_TEXT : v->met ? INK_GOOD : INK_BAD;
	block_fact(deck, block, of_all(deck, in, "Pipeline coverage"), cell,
	    v->has_target ? deck_textf(deck, "target %s: %s",
	                        metric_text(METRIC_COVERAGE, v->target, currency, target),
	                        v->met ? "met" : "missed")
	                  : metric_infos[METRIC_COVERAGE].over);
}

static void add_forecast(
    struct deck *deck, const struct deck_input *in, struct block *block)
{
	char name[QUARTER_TEXT], won[MONEY_TEXT];
	const struct forecast_quarter *q =
	    in->forecasts && in->forecasts->n ? &in->forecasts->quarters[0] : NULL;

	if (!q || !q->n_weeks) {
		block_fact(deck, block, of_all(deck, in, "Forecast, commit"),
		    cell_of_text(deck, "unknown"), "no export tells of this quarter yet");
		return;
	}
	const struct forecast_week *week = &q->weeks[q->n_weeks - 1];

	block_fact(deck, block,
	    of_all(deck, in,
	        deck_textf(deck, "Commit for %s",
	            quarter_format(q->quarter.first, in->fiscal_start, name))),
	    cell_of_brief(deck, week->commit, in->forecasts->currency),
	    deck_textf(deck, "%s of it won",
	        money_format(week->won, in->forecasts->currency, won)));
}

static void say_lead(struct deck *deck, const struct deck_input *in, struct page *page)
{
	size_t n, nh;
	const struct deal *const *open = pick(deck, in, any, &n);

	pick(deck, in, is_high, &nh);
	page->lead = n ? deck_textf(deck,
	                     "%s open in %zu deal%s; %zu of them at high risk of not "
	                     "closing in the month they name",
	                     sums_text(deck, open, n, true), n, plural(n), nh)
	               : "There is no open deal.";
}

static void list_slipping(
    struct deck *deck, const struct deck_input *in, struct page *page)
{
	struct block *block =
	    page_add(deck, page, BLOCK_LIST, 0.5, "Most likely to slip");
	char money[MONEY_TEXT];

	for (size_t i = 0; i < in->n_top; i++) {
		const struct deal *d = in->top[i].dossier.deal;

		block_say(deck, block, "%s%s%s, %d%%: %s", d->name,
		    d->amount == MONEY_NONE ? "" : ", ",
		    d->amount == MONEY_NONE ? ""
		                            : money_format(d->amount, d->currency, money),
		    d->risk.probability,
		    d->risk.n_reasons && *d->risk.reasons[0].text
		        ? d->risk.reasons[0].text
		        : "by points");
	}
	if (!in->n_top)
		block_say(deck, block, "There is no open deal.");
}

static void list_changed(
    struct deck *deck, const struct deck_input *in, struct page *page)
{
	enum { LISTED = 6 };
	char day[DAY_TEXT], money[MONEY_TEXT];
	struct block *block = page_add(deck, page, BLOCK_LIST, 0.5,
	    in->since == DAY_NONE
	        ? "What changed"
	        : deck_textf(deck, "What changed since %s", day_format(in->since, day)));

	for (size_t i = 0; in->since != DAY_NONE && i < in->bridges->count; i++) {
		const struct bridge *b = &in->bridges->items[i];

		for (int k = 0; k < BRIDGE_BUCKETS && block->count < LISTED; k++)
			if (k != BRIDGE_UNCHANGED && b->buckets[k].amount)
				block_say(deck, block, "%s: %zu deal%s, %s",
				    bridge_bucket_words((enum bridge_bucket)k),
				    b->buckets[k].count,
				    b->buckets[k].count == 1 ? "" : "s",
				    money_format(
				        b->buckets[k].amount, b->currency, money));
	}
	if (!block->count)
		block_say(deck, block,
		    in->since == DAY_NONE
		        ? "There is one sync only, so nothing to compare with."
		        : "Nothing changed an amount of the pipeline.");
}

void page_headline(struct deck *deck, const struct deck_input *in)
{
	char day[DAY_TEXT];
	struct page *page = deck_add_page(deck, "headline",
	    deck_textf(deck, "Where we stand on %s", day_format(in->today, day)));

	page->source = "exports and records; huddle define check, scorecard, forecast";
	say_lead(deck, in, page);
	struct block *block = page_add(deck, page, BLOCK_FACTS, 1, NULL);

	add_number(deck, in, block);
	add_pipeline(deck, in, block);
	add_coverage(deck, in, block);
	add_forecast(deck, in, block);
	if (in->actions) {
		int64_t overdue = 0;

		for (size_t i = 0; i < in->actions->count; i++)
			overdue += action_overdue(&in->actions->items[i], in->today);
		block_fact(deck, block, "Open actions",
		    cell_of_count(deck, (int64_t)in->actions->count),
		    deck_textf(deck, "%lld overdue", (long long)overdue))
		    ->value.ink = overdue ? INK_WARN : INK_TEXT;
	}
	if (!in->info->has_facts)
		return;
	list_slipping(deck, in, page);
	list_changed(deck, in, page);
}

/* ---- the bridge ---- */

static void add_step(struct deck *deck, struct chart *chart, const char *label,
    money_t amount, struct currency currency, bool total, size_t count)
{
	char money[MONEY_TEXT];
	struct chart_item *item = &chart->items[chart->n_items++];

	*item = (struct chart_item){
	    .label = count ? deck_textf(deck, "%s (%zu)", label, count)
	                   : deck_text(deck, label),
	    .shown = deck_textf(deck, "%s%s", !total && amount > 0 ? "+" : "",
	        money_brief(amount, currency, money)),
	    .value = money_major(amount, currency),
	    .total = total,
	    .ink = total        ? INK_ACCENT
	           : amount < 0 ? INK_BAD
	                        : INK_GOOD};
}

static void draw_bridge(struct deck *deck, const struct deck_input *in,
    const struct bridge *b, struct block *block)
{
	struct chart *chart = &block->chart;
	char then[DAY_TEXT], now[DAY_TEXT], start[MONEY_TEXT], end[MONEY_TEXT];

	*chart = (struct chart){.kind = CHART_WATERFALL, .target = NAN};
	chart->items =
	    arena_alloc(deck->arena, (BRIDGE_BUCKETS + 2) * sizeof *chart->items);
	add_step(deck, chart, day_short(in->since, in->today, then), b->start,
	    b->currency, true, b->n_start);
	for (int k = 0; k < BRIDGE_BUCKETS; k++)
		if (k != BRIDGE_UNCHANGED && b->buckets[k].amount)
			add_step(deck, chart, bridge_bucket_words((enum bridge_bucket)k),
			    b->buckets[k].amount, b->currency, false,
			    b->buckets[k].count);
	add_step(deck, chart, day_short(in->until, in->today, now), b->end, b->currency,
	    true, b->n_end);
	chart->alt = deck_textf(deck,
	    "Waterfall from %s on %s to %s on %s; each bar is in the table beside it",
	    money_format(b->start, b->currency, start), then,
	    money_format(b->end, b->currency, end), now);
}

static int compare_size(const void *a, const void *b)
{
	const struct bridge_deal *const *x = a, *const *y = b;
	money_t m = llabs((*x)->amount), n = llabs((*y)->amount);

	return m < n ? 1 : m > n ? -1 : strcmp((*x)->pair->now->id, (*y)->pair->now->id);
}

static void list_movers(struct deck *deck, const struct bridge *b, struct page *page)
{
	enum { LISTED = 10 };
	static const struct deck_column columns[] = {{"Deal", CELL_TEXT, 9},
	    {"What happened", CELL_TEXT, 5}, {"Amount", CELL_MONEY, 4}};
	const struct bridge_deal **deals =
	    arena_alloc(deck->arena, (b->n_deals + 1) * sizeof *deals);
	struct block *block =
	    page_table(deck, page, 0.46, "What moved the most", columns, 3);
	size_t n = 0;

	for (size_t i = 0; i < b->n_deals; i++)
		if (b->deals[i].amount && b->deals[i].bucket != BRIDGE_UNCHANGED)
			deals[n++] = &b->deals[i];
	qsort(deals, n, sizeof *deals, compare_size);
	for (size_t i = 0; i < n && i < LISTED; i++) {
		table_put(deck, block, cell_of_text(deck, deals[i]->pair->now->name));
		table_put(deck, block,
		    cell_of_text(deck, bridge_bucket_words(deals[i]->bucket)));
		table_put(
		    deck, block, cell_of_money(deck, deals[i]->amount, b->currency));
	}
}

/* All buckets with their exact sums, for the workbook and who can not see the chart. */
static void list_buckets(struct deck *deck, const struct deck_input *in,
    const struct bridge *b, struct page *page)
{
	static const struct deck_column columns[] = {
	    {"Step", CELL_TEXT, 7}, {"Deals", CELL_COUNT, 2}, {"Amount", CELL_MONEY, 4}};
	char day[DAY_TEXT];
	struct block *block = page_table(deck, page, 0.5, "To the cent", columns, 3);

	table_put(deck, block, cell_of_text(deck, day_format(in->since, day)));
	table_put(deck, block, cell_of_count(deck, (int64_t)b->n_start));
	table_put(deck, block, cell_of_money(deck, b->start, b->currency));
	for (int k = 0; k < BRIDGE_BUCKETS; k++) {
		if (k == BRIDGE_UNCHANGED || !b->buckets[k].count)
			continue;
		table_put(deck, block,
		    cell_of_text(deck, bridge_bucket_words((enum bridge_bucket)k)));
		table_put(deck, block, cell_of_count(deck, (int64_t)b->buckets[k].count));
		table_put(
		    deck, block, cell_of_money(deck, b->buckets[k].amount, b->currency));
	}
	table_put(deck, block, cell_of_text(deck, day_format(in->until, day)));
	table_put(deck, block, cell_of_count(deck, (int64_t)b->n_end));
	table_put(deck, block, cell_of_money(deck, b->end, b->currency));
}

void page_bridge(struct deck *deck, const struct deck_input *in)
{
	char since[DAY_TEXT];

	if (!in->bridges || in->since == DAY_NONE || !in->bridges->count) {
		struct page *page =
		    deck_add_page(deck, "bridge", "What changed since the last review");

		page->source = "huddle changes";
		page_gap(deck, page,
		    in->since == DAY_NONE
		        ? "There is one sync only, so there is nothing to compare with."
		        : "There is no deal to compare.",
		    "Changes are told from the second sync on, or by the CRM's history.");
		return;
	}
	for (size_t i = 0; i < in->bridges->count; i++) {
		const struct bridge *b = &in->bridges->items[i];
		struct page *page = deck_add_page(deck, "bridge",
		    deck_textf(deck, "What changed since %s%s%s",
		        day_format(in->since, since), in->bridges->count > 1 ? ", " : "",
		        in->bridges->count > 1 ? b->currency.code : ""));

		if (i)
			page->name = deck_textf(deck, "bridge-%s", b->currency.code);
		page->lead = deck_textf(deck, "Told since %s: %s", since,
		    *in->since_why ? in->since_why : "the day that was asked for");
		page->source = "huddle changes";
		struct block *block = page_add(deck, page, BLOCK_CHART, 0.54, NULL);

		draw_bridge(deck, in, b, block);
		list_movers(deck, b, page);
		list_buckets(deck, in, b, page);
	}
}
