#include "outline.h"

#include "huddle/attribution.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the two teams owe each other: the handoff, attribution, themes and actions. */

/* "3 h 05" of seconds that were worked. */
static const char *hours_text(struct deck *deck, int64_t seconds)
{
	if (seconds < 0)
		return "unknown";
	return deck_textf(deck, "%lld h %02lld", (long long)(seconds / 3600),
	    (long long)(seconds % 3600 / 60));
}

static void add_handoff_facts(
    struct deck *deck, const struct handoff *h, struct page *page)
{
	int met = h->touch[SLA_MET], judged = met + h->touch[SLA_MISSED];
	int decided = h->accepted + h->rejected;
	struct block *block = page_add(deck, page, BLOCK_FACTS, 1, NULL);
	struct cell adherence = cell_of_share(deck, handoff_share(met, judged));

	if (judged && h->rules->target >= 0)
		adherence.ink =
		    met * 100 >= h->rules->target * judged ? INK_GOOD : INK_BAD;
	block_fact(deck, block, "Touched in time", adherence,
	    judged ? deck_textf(deck, "%d of %d judged; target %d%%", met, judged,
	                 h->rules->target)
	           : "no lead can be judged");
	block_fact(deck, block, "MQLs", cell_of_count(deck, (int64_t)h->count),
	    deck_textf(deck, "%d breaches still open", h->open_breaches));
	block_fact(deck, block, "To the first touch",
	    cell_of_text(deck, hours_text(deck, h->median)),
	    deck_textf(deck, "median; 90th percentile %s", hours_text(deck, h->p90)));
	block_fact(deck, block, "Accepted",
	    cell_of_share(deck, handoff_share(h->accepted, decided)),
	    deck_textf(deck, "%d of %d decided%s", h->accepted, decided,
	        handoff_rejects_many(h)
	            ? "; so many are rejected that the definition is in doubt"
	            : ""));
}

static void list_owners(struct deck *deck, const struct handoff *h, struct page *page)
{
	static const struct deck_column columns[] = {{"By owner", CELL_TEXT, 7},
	    {"MQLs", CELL_COUNT, 2}, {"Met", CELL_COUNT, 2}, {"Missed", CELL_COUNT, 2},
	    {"In time", CELL_SHARE, 2}};
	enum { LISTED = 15 };
	struct block *block = page_table(deck, page, 0.5, NULL, columns, 5);

	for (size_t i = 0; i < h->owners.count && i < LISTED; i++) {
		const struct handoff_group *g = &h->owners.items[i];

		table_put(
		    deck, block, cell_of_text(deck, *g->name ? g->name : "not told"));
		table_put(deck, block, cell_of_count(deck, g->mqls));
		table_put(deck, block, cell_of_count(deck, g->met));
		table_put(deck, block, cell_of_count(deck, g->missed));
		table_put(deck, block,
		    cell_of_share(deck, handoff_share(g->met, g->met + g->missed)));
	}
}

static void list_missed(struct deck *deck, const struct handoff *h, struct page *page)
{
	static const struct deck_column columns[] = {{"Missed by the most", CELL_TEXT, 7},
	    {"Owner", CELL_TEXT, 5}, {"Took", CELL_TEXT, 3}};
	enum { LISTED = 12 };
	struct block *block = page_table(deck, page, 0.5, NULL, columns, 3);

	for (size_t i = 0; i < h->count && block->table.rows < LISTED; i++) {
		const struct handoff_lead *l = &h->leads[i];

		if (l->touch.verdict != SLA_MISSED)
			continue;
		table_put(deck, block,
		    cell_of_text(
		        deck, deck_textf(deck, "%s%s%s", l->lead->name,
		                  *l->lead->company ? ", " : "", l->lead->company)));
		table_put(deck, block,
		    cell_of_text(deck, *l->lead->owner ? l->lead->owner : "nobody"));
		table_put(deck, block,
		    cell_of_text(deck, l->touch.open ? "not touched"
		                                     : hours_text(deck, l->hours.least)));
	}
	if (!block->table.rows)
		page->count--;
}

void page_handoff(struct deck *deck, const struct deck_input *in)
{
	struct page *page =
	    deck_add_page(deck, "handoff", "Handoff from marketing to sales");
	const struct handoff *h = in->handoff;
	char first[DAY_TEXT], last[DAY_TEXT];

	page->source = "huddle handoff";
	if (!h || !h->count) {
		page_gap(deck, page, "No lead was handed over in this time.",
		    "Leads come with an export that tells when each became an MQL and "
		    "was touched.");
		return;
	}
	page->lead = deck_textf(deck, "Leads handed over from %s to %s, by name",
	    day_format(h->period.first, first), day_format(h->period.last, last));
	add_handoff_facts(deck, h, page);
	list_owners(deck, h, page);
	list_missed(deck, h, page);
}

/* ---- attribution ---- */

static void add_sourced(struct deck *deck, const struct attribution *a, struct page *page)
{
	struct block *block = page_add(deck, page, BLOCK_FACTS, 1, NULL);
	struct currency currency = a->book->currency;

	for (int by = 0; by < SOURCED_BYS; by++) {
		bool locked = by == (int)a->rules.sourced;

		block_fact(deck, block,
		    deck_textf(deck, "Sourced, %s", sourced_by_name((enum sourced_by)by)),
		    cell_of_brief(deck, a->sourced[by].amount, currency),
		    deck_textf(deck, "%d deal%s%s", a->sourced[by].count,
		        a->sourced[by].count == 1 ? "" : "s",
		        locked ? "; the locked definition" : ""));
	}
	block_fact(deck, block, "Influenced",
	    cell_of_brief(deck, a->influenced.amount, currency),
	    deck_textf(deck, "%d deals; never added to sourced", a->influenced.count));
}

static void draw_campaigns(
    struct deck *deck, const struct attribution *a, struct page *page)
{
	enum { DRAWN = 10 };
	const struct attribution_lines *lines = &a->by[BY_CAMPAIGN];
	struct block *block = page_add(deck, page, BLOCK_CHART, 0.5, "Share by campaign");
	struct chart *c = &block->chart;
	char money[MONEY_TEXT];

	*c = (struct chart){.kind = CHART_BARS, .target = NAN};
	c->items = arena_alloc(deck->arena, (DRAWN + 1) * sizeof *c->items);
	for (size_t i = 0; i < lines->count && c->n_items < DRAWN; i++) {
		const struct attribution_line *l = &lines->items[i];

		if (l->share.amount > 0)
			c->items[c->n_items++] = (struct chart_item){
			    .label = deck_text(deck, l->name ? l->name : "no campaign"),
			    .shown = deck_text(deck,
			        money_brief(l->share.amount, a->book->currency, money)),
			    .value = money_major(l->share.amount, a->book->currency),
			    .total = true,
			    .ink = INK_MARKETING};
	}
	c->alt = deck_textf(deck,
	    "Bars of the %zu campaigns with the largest shares of open and won "
	    "amounts; the table has them all",
	    c->n_items);
	if (!c->n_items)
		page->count--;
}

static void list_campaigns(
    struct deck *deck, const struct attribution *a, struct page *page)
{
	enum { LISTED = 10 };
	static const struct deck_column columns[] = {{"Campaign", CELL_TEXT, 8},
	    {"Share", CELL_MONEY, 4}, {"Deals", CELL_COUNT, 2},
	    {"Cost of each qualified", CELL_MONEY, 4}};
	const struct attribution_lines *lines = &a->by[BY_CAMPAIGN];
	struct block *block = page_table(deck, page, 0.5, NULL, columns, 4);

	for (size_t i = 0; i < lines->count && i < LISTED; i++) {
		const struct attribution_line *l = &lines->items[i];
		money_t cost;

		table_put(
		    deck, block, cell_of_text(deck, l->name ? l->name : "no campaign"));
		table_put(
		    deck, block, cell_of_money(deck, l->share.amount, a->book->currency));
		table_put(deck, block, cell_of_count(deck, l->share.count));
		table_put(deck, block,
		    l->name && attribution_cost(l, a->book, &cost)
		        ? cell_of_money(deck, cost, a->book->currency)
		        : cell_of_text(deck, ""));
	}
}

void page_attribution(struct deck *deck, const struct deck_input *in)
{
	struct page *page =
	    deck_add_page(deck, "attribution", "What marketing sourced and influenced");
	const struct attribution *a = in->attribution;
	char total[MONEY_TEXT], none[MONEY_TEXT];

	page->source = "huddle attribution";
	if (!a || !a->total.count) {
		page_gap(deck, page, "There is no open or won deal with an amount.",
		    "Touches and campaigns come with the marketing tool's exports.");
		return;
	}
	page->lead = deck_textf(deck,
	    "By the model %s, of %s in %d open and won deals; %s without a touch",
	    attribution_model_names[a->rules.model],
	    money_format(a->total.amount, a->book->currency, total), a->total.count,
	    money_format(a->unattributed.amount, a->book->currency, none));
	add_sourced(deck, a, page);
	draw_campaigns(deck, a, page);
	list_campaigns(deck, a, page);
}

/* ---- themes ---- */

static void list_theme(struct deck *deck, const struct deck_input *in,
    enum theme_kind kind, struct page *page)
{
	enum { LISTED = 6 };
	static const struct deck_column plain[] = {
	    {"", CELL_TEXT, 8}, {"Lost", CELL_COUNT, 2}, {"Before", CELL_COUNT, 2}};
	static const struct deck_column rated[] = {{"", CELL_TEXT, 8},
	    {"Lost", CELL_COUNT, 2}, {"Won", CELL_COUNT, 2}, {"Win rate", CELL_SHARE, 3}};
	bool rates = kind == THEME_COMPETITORS || kind == THEME_CAMPAIGNS;
	const struct topic_list *list = &in->themes->of[kind];
	struct block *block = page_table(deck, page, 0.5, theme_kind_title(kind),
	    rates ? rated : plain, rates ? 4 : 3);

	for (size_t i = 0; i < list->count && i < LISTED; i++) {
		const struct topic *t = &list->items[i];
		const struct topic *old =
		    in->themes_before ? theme_find(&in->themes_before->of[kind], t->name)
		                      : NULL;
		double rate = theme_win_rate(t);

		table_put(deck, block, cell_of_text(deck, t->name));
		table_put(deck, block, cell_of_count(deck, t->lost));
		table_put(deck, block,
		    cell_of_count(deck, rates ? t->won
		                        : old ? old->lost
		                              : 0));
		if (rates)
			table_put(
			    deck, block, cell_of_share(deck, rate < 0 ? NAN : rate));
	}
	if (!list->count)
		page->count--;
}

void page_themes(struct deck *deck, const struct deck_input *in)
{
	struct page *page = deck_add_page(deck, "themes", "What losses have in common");
	const struct themes *t = in->themes;
	char first[DAY_TEXT], last[DAY_TEXT];

	page->source = "huddle themes";
	if (!t || !t->lost) {
		page_gap(deck, page, "No deal was lost in this quarter.", "");
		return;
	}
	page->lead = deck_textf(deck,
	    "%d lost and %d won from %s to %s; %d of the losses have a debrief", t->lost,
	    t->won, day_format(t->period.first, first), day_format(t->period.last, last),
	    t->debriefed);
	for (int kind = 0; kind < THEME_KINDS; kind++)
		list_theme(deck, in, (enum theme_kind)kind, page);
	if (!t->debriefed)
		block_say(deck, page_add(deck, page, BLOCK_TEXT, 1, NULL),
		    "No loss has a debrief yet: huddle debrief missing lists whose they "
		    "are.");
}

/* ---- actions ---- */

static const char *deal_called(const struct deck_input *in, const char *id)
{
	for (size_t i = 0; in->all && i < in->all->count; i++)
		if (!strcmp(in->all->items[i].id, id))
			return in->all->items[i].name;
	return id;
}

static int by_owner(const void *a, const void *b)
{
	const struct action *const *x = a, *const *y = b;
	int order = strcmp((*x)->owner, (*y)->owner);

	return order ? order : (*x > *y) - (*x < *y);
}

void page_actions(struct deck *deck, const struct deck_input *in)
{
	static const struct deck_column columns[] = {{"Owner", CELL_TEXT, 5},
	    {"Team", CELL_TEXT, 3}, {"What", CELL_TEXT, 11}, {"Deal", CELL_TEXT, 8},
	    {"Due", CELL_DAY, 3}, {"", CELL_TEXT, 3}};
	struct page *page = deck_add_page(deck, "actions", "Who does what by when");
	size_t n = in->actions ? in->actions->count : 0, overdue = 0;
	const struct action **actions =
	    arena_alloc(deck->arena, (n + 1) * sizeof *actions);

	page->source = "huddle action list";
	if (!n) {
		page_gap(deck, page, "There is no open action.", "");
		return;
	}
	for (size_t i = 0; i < n; i++)
		actions[i] = &in->actions->items[i];
	qsort(actions, n, sizeof *actions, by_owner);
	struct block *block = page_table(deck, page, 1, NULL, columns, 6);

	for (size_t i = 0; i < n; i++) {
		bool late = action_overdue(actions[i], in->today);

		overdue += late;
		table_put(deck, block, cell_of_text(deck, actions[i]->owner));
		table_put(deck, block, cell_of_text(deck, team_name(actions[i]->team)));
		table_put(deck, block, cell_of_text(deck, actions[i]->text));
		table_put(deck, block,
		    cell_of_text(deck, deal_called(in, actions[i]->deal_id)));
		table_put(deck, block, cell_of_day(deck, actions[i]->due));
		table_put(deck, block,
		    cell_inked(cell_of_text(deck, late ? "overdue" : ""), INK_BAD));
	}
	page->lead =
	    deck_textf(deck, "%zu open actions, %zu of them overdue", n, overdue);
}
