#include "outline.h"

#include "huddle/text.h"
#include <math.h>
#include <string.h>

/* The deals most likely to slip, and one page for each deal of the agenda. */

static struct cell chance(struct deck *deck, const struct risk *risk)
{
	if (!risk->rated)
		return cell_of_text(deck, "not rated");
	return cell_inked(cell_of_share(deck, risk->probability / 100.0),
	    risk->level == RISK_HIGH    ? INK_BAD
	    : risk->level == RISK_WATCH ? INK_WARN
	                                : INK_TEXT);
}

/* "pushed 3 times; no activity in 24 days". */
static const char *reasons(struct deck *deck, const struct risk *risk, int most)
{
	struct str text = STR_INIT;
	int n = 0;

	for (int i = 0; i < risk->n_reasons && n < most; i++)
		if (*risk->reasons[i].text && risk->reasons[i].points > 0) {
			str_addf(&text, "%s%s", n ? "; " : "", risk->reasons[i].text);
			n++;
		}
	const char *copy =
	    deck_text(deck, n ? str_text(&text) : "nothing speaks against it");

	str_release(&text);
	return copy;
}

static const char *doing_text(
    struct deck *deck, const struct deck_deal *d, enum side side, day_t today)
{
	struct str text = STR_INIT;

	doing_words(&text, &d->doing[side], side, today);
	const char *copy = deck_text(deck, str_text(&text));

	str_release(&text);
	return copy;
}

static void list_top(struct deck *deck, const struct deck_input *in, struct page *page)
{
	static const struct deck_column columns[] = {{"Deal", CELL_TEXT, 6},
	    {"Amount", CELL_MONEY, 4}, {"Closes", CELL_DAY, 3}, {"Slips", CELL_SHARE, 2},
	    {"Why", CELL_TEXT, 8}, {"Marketing does", CELL_TEXT, 6},
	    {"Sales does", CELL_TEXT, 6}};
	struct block *block = page_table(deck, page, 1, NULL, columns, 7);

	for (size_t i = 0; i < in->n_top; i++) {
		const struct deck_deal *d = &in->top[i];
		const struct deal *deal = d->dossier.deal;

		table_put(deck, block,
		    cell_of_text(
		        deck, deck_textf(deck, "%s (%s)", deal->name, deal->owner)));
		table_put(deck, block, cell_of_money(deck, deal->amount, deal->currency));
		table_put(deck, block, cell_of_day(deck, deal->close_date));
		table_put(deck, block, chance(deck, &deal->risk));
		table_put(deck, block, cell_of_text(deck, reasons(deck, &deal->risk, 4)));
		table_put(deck, block,
		    cell_inked(cell_of_text(
		                   deck, doing_text(deck, d, SIDE_MARKETING, in->today)),
		        INK_MARKETING));
		table_put(deck, block,
		    cell_inked(
		        cell_of_text(deck, doing_text(deck, d, SIDE_SALES, in->today)),
		        INK_SALES));
	}
}

static void list_next(struct deck *deck, const struct deck_input *in, struct page *page)
{
	enum { LISTED = 8 };
	static const struct deck_column columns[] = {{"Others at risk", CELL_TEXT, 9},
	    {"Owner", CELL_TEXT, 5}, {"Stage", CELL_TEXT, 5}, {"Amount", CELL_MONEY, 4},
	    {"Closes", CELL_DAY, 3}, {"Slips", CELL_SHARE, 2}};
	struct block *block = page_table(deck, page, 1, NULL, columns, 6);
	size_t n = 0;

	for (size_t i = 0; i < in->n_awake && n < LISTED; i++) {
		const struct deal *deal = in->open[i];
		bool above = false;

		for (size_t k = 0; k < in->n_top; k++)
			above |= in->top[k].dossier.deal->key == deal->key;
		if (above || !deal->risk.rated || deal->risk.level == RISK_LOW)
			continue;
		n++;
		table_put(deck, block, cell_of_text(deck, deal->name));
		table_put(deck, block, cell_of_text(deck, deal->owner));
		table_put(deck, block, cell_of_text(deck, deal->stage));
		table_put(deck, block, cell_of_money(deck, deal->amount, deal->currency));
		table_put(deck, block, cell_of_day(deck, deal->close_date));
		table_put(deck, block, chance(deck, &deal->risk));
	}
	if (!n)
		page->count--;
}

void page_risk(struct deck *deck, const struct deck_input *in)
{
	struct page *page = deck_add_page(deck, "risk", "Most likely to slip");
	bool trained = in->learning && in->learning->learned;

	page->source = deck_textf(deck, "huddle risk; rated %s",
	    trained ? "by the company's own past" : "by points");
	if (!in->n_top) {
		page_gap(deck, page, "There is no open deal that could slip.", "");
		return;
	}
	page->lead = in->this_month
	                 ? "Of the deals that close this month, and what each team does"
	                 : "No deal closes this month; these are the next, and what each "
	                   "team does";
	list_top(deck, in, page);
	list_next(deck, in, page);
}

/* ---- one deal ---- */

static day_t oldest_of(const struct entry_list *list, day_t today)
{
	day_t first = today;

	for (size_t i = 0; i < list->count; i++) {
		day_t day = day_of_instant(list->items[i].at);

		if (day < first)
			first = day;
	}
	return first;
}

/* From when the deal was made, or 18 months back at the most, to its close date. */
static void set_span(struct chart *c, const struct deal *deal, day_t today, day_t oldest)
{
	enum { BACK = 548, AHEAD = 183, LEAST = 56 };

	c->first =
	    deal->created != DAY_NONE && deal->created < oldest ? deal->created : oldest;
	if (c->first < today - BACK)
		c->first = today - BACK;
	c->last = deal->close_date != DAY_NONE && deal->close_date > today
	              ? deal->close_date
	              : today;
	if (c->last > today + AHEAD)
		c->last = today + AHEAD;
	c->last += 7;
	if (c->last - c->first < LEAST)
		c->first = c->last - LEAST;
}

static void draw_deal(struct deck *deck, const struct deck_input *in,
    const struct dossier *d, struct block *block)
{
	const struct entry_list *list = &d->timeline;
	struct chart *c = &block->chart;
	size_t counts[2] = {0, 0};

	*c = (struct chart){.kind = CHART_TIMELINE,
	    .target = NAN,
	    .today = in->today,
	    .closes = d->deal->close_date,
	    .created = d->deal->created};
	set_span(c, d->deal, in->today, oldest_of(list, in->today));
	c->events = arena_alloc(deck->arena, (list->count + 1) * sizeof *c->events);
	for (size_t i = 0; i < list->count; i++) {
		const struct entry *e = &list->items[i];

		c->events[c->n_events++] = (struct chart_event){day_of_instant(e->at),
		    e->side, e->planned, e->responded || e->inbound};
		counts[e->side == SIDE_SALES]++;
	}
	c->alt = deck_textf(deck,
	    "%zu touches by marketing above and %zu activities by sales below one axis "
	    "of "
	    "time, a mark each in its week",
	    counts[0], counts[1]);
}

static void add_facts(struct deck *deck, const struct dossier *d, struct page *page)
{
	const struct deal *deal = d->deal;
	struct block *block = page_add(deck, page, BLOCK_FACTS, 1, NULL);

	block_fact(deck, block, "Amount",
	    cell_of_money(deck, deal->amount, deal->currency),
	    forecast_name(deal->forecast));
	block_fact(
	    deck, block, "Closes", cell_of_day(deck, deal->close_date), deal->stage);
	block_fact(deck, block, "Slips", chance(deck, &deal->risk),
	    deal->risk.rated
	        ? deck_textf(deck, "%s, %s", risk_level_name(deal->risk.level),
	              deal->risk.trained ? "trained" : "by points")
	        : "closed deals are not rated");
	block_fact(deck, block, "Qualified",
	    cell_of_text(deck, deal->qualified > 0   ? "yes"
	                       : deal->qualified < 0 ? "no"
	                                             : "not judged"),
	    "by the definition");
}

static void list_why(struct deck *deck, const struct deck_deal *d, struct page *page)
{
	const struct risk *risk = &d->dossier.deal->risk;
	struct block *block = page_add(deck, page, BLOCK_LIST, 0.5, "Why it may slip");
	struct str unknown = STR_INIT;

	for (int i = 0; i < risk->n_reasons && block->count < 6; i++)
		if (*risk->reasons[i].text && risk->reasons[i].points > 0)
			block_say(deck, block, "%s", risk->reasons[i].text);
	if (!block->count)
		block_say(deck, block, "nothing speaks against it");
	for (int i = 0; i < RISK_SIGNALS; i++)
		if (risk->unknown & (1u << i))
			str_addf(&unknown, "%s%s", unknown.len ? ", " : "",
			    risk_signal_title((enum risk_signal)i));
	if (unknown.len)
		block_say(deck, block, "not captured: %s", str_text(&unknown));
	str_release(&unknown);
}

static void list_doing(struct deck *deck, const struct deck_input *in,
    const struct deck_deal *d, struct page *page)
{
	const struct action_list *actions = &d->dossier.actions;
	struct block *block =
	    page_add(deck, page, BLOCK_LIST, 0.5, "What each team does");

	block_say(
	    deck, block, "Marketing: %s", doing_text(deck, d, SIDE_MARKETING, in->today));
	block_say(deck, block, "Sales: %s", doing_text(deck, d, SIDE_SALES, in->today));
	for (size_t i = 0; i < actions->count && block->count < 7; i++) {
		const struct action *a = &actions->items[i];
		char day[DAY_TEXT];

		if (a->state != ACTION_OPEN)
			continue;
		block_say(deck, block, "%s%s: %s%s%s",
		    action_overdue(a, in->today) ? "Overdue, " : "", a->owner, a->text,
		    a->due == DAY_NONE ? "" : ", due ",
		    a->due == DAY_NONE ? "" : day_short(a->due, in->today, day));
	}
	if (*d->dossier.deal->next_step)
		block_say(deck, block, "Next step: %s", d->dossier.deal->next_step);
}

/* "Call: left a voicemail"; many titles begin with the kind themselves. */
static const char *entry_text(struct deck *deck, const struct entry *e)
{
	if (!*e->kind || text_contains(slice_of(e->title), slice_of(e->kind)))
		return *e->title ? e->title : e->kind;
	return deck_textf(deck, "%s%s%s", e->kind, *e->title ? ": " : "", e->title);
}

static void list_latest(
    struct deck *deck, const struct entry_list *list, enum side side, struct page *page)
{
	enum { LISTED = 4 };
	static const struct deck_column columns[] = {
	    {"Day", CELL_DAY, 3}, {"What", CELL_TEXT, 9}, {"With", CELL_TEXT, 5}};
	struct block *block = page_table(deck, page, 0.5,
	    side == SIDE_MARKETING ? "Latest touches of marketing"
	                           : "Latest activities of sales",
	    columns, 3);

	for (size_t i = 0; i < list->count && block->table.rows < LISTED; i++) {
		const struct entry *e = &list->items[i];

		if (e->side != side)
			continue;
		table_put(deck, block, cell_of_day(deck, day_of_instant(e->at)));
		table_put(deck, block,
		    cell_of_text(
		        deck, deck_textf(deck, "%s%s", e->planned ? "planned: " : "",
		                  entry_text(deck, e))));
		table_put(deck, block, cell_of_text(deck, e->contact));
	}
}

static void make_deal(struct deck *deck, const struct deck_input *in,
    const struct deck_deal *d, size_t number)
{
	const struct deal *deal = d->dossier.deal;
	struct page *page = deck_add_page(deck, "deals", deal->name);

	page->name = deck_textf(deck, "deal-%zu", number);
	page->lead = deck_textf(deck, "%s%s%s, on the agenda because: %s", deal->account,
	    *deal->account ? ", owner " : "owner ",
	    *deal->owner ? deal->owner : "not told", d->why);
	page->source = "huddle show";
	add_facts(deck, &d->dossier, page);
	draw_deal(deck, in, &d->dossier, page_add(deck, page, BLOCK_CHART, 1, NULL));
	list_why(deck, d, page);
	list_doing(deck, in, d, page);
	list_latest(deck, &d->dossier.timeline, SIDE_MARKETING, page);
	list_latest(deck, &d->dossier.timeline, SIDE_SALES, page);
}

void page_deals(struct deck *deck, const struct deck_input *in)
{
	if (!in->n_agenda) {
		struct page *page = deck_add_page(deck, "deals", "Deals of the agenda");

		page->source = "huddle review show";
		page_gap(deck, page, "There is no deal to talk about.",
		    "huddle review start makes an agenda; open deals come with a sync.");
	}
	for (size_t i = 0; i < in->n_agenda; i++)
		make_deal(deck, in, &in->agenda[i], i + 1);
}
