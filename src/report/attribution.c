#include "huddle/report_attribution.h"
#include "print.h"

#include <stdlib.h>
#include <string.h>

/* Attribution for people: where the amount goes, whose deals are, what it costs, and
 * where the two teams' systems tell different stories. */

enum { LINES = 20 }; /* as many as one reads */

static const char *or_none(const char *name, const char *none)
{
	return name ? name : none;
}

static double percent(money_t part, money_t whole)
{
	return whole ? 100.0 * (double)part / (double)whole : 0;
}

static const char *plural(int count)
{
	return count == 1 ? "" : "s";
}

static void put_apart(
    struct str *out, const struct report *report, const struct attribution *a)
{
	char money[MONEY_TEXT];
	if (a->no_amount)
		put_line(out, report, 0, 2,
		    "%d deal%s without an amount: not in these sums", a->no_amount,
		    plural(a->no_amount));
	for (size_t i = 0; i < a->n_apart; i++)
		put_line(out, report, 0, 2,
		    "%d deal%s of %s in a currency without a rate: not in these sums",
		    a->apart[i].count, plural(a->apart[i].count),
		    money_format(a->apart[i].amount, a->apart[i].currency, money));
	if (a->lost_apart)
		put_line(out, report, 0, 2,
		    "%d lost deal%s without an amount or a rate: not among the lost ones",
		    a->lost_apart, plural(a->lost_apart));
}

static void put_head(
    struct str *out, const struct report *report, const struct attribution_report *r)
{
	const struct attribution *a = r->sums;
	struct currency currency = a->book->currency;
	char total[MONEY_TEXT], bare[MONEY_TEXT];
	money_format(a->total.amount, currency, total);
	if (r->deal)
		put_line(out, report, 0, 2, "%s, %s: %s by %s",
		    deal_label(r->deal, report->ascii), deal_status_name(r->deal->status),
		    a->total.count ? total : "no amount that can be told",
		    attribution_model_title(a->rules.model));
	else
		put_line(out, report, 0, 2, "%s by %s: %s of %d open and won deal%s",
		    or_none(r->quarter, "All deals"),
		    attribution_model_title(a->rules.model), total, a->total.count,
		    plural(a->total.count));
	if (a->unattributed.count)
		put_line(out, report, 0, 2,
		    "%s of it, of %d deal%s, has no touch that counts",
		    money_format(a->unattributed.amount, currency, bare),
		    a->unattributed.count, plural(a->unattributed.count));
	if (a->rules.lookback)
		put_line(out, report, 0, 2,
		    "Touches of the %d days before a deal was closed or, open, before "
		    "today",
		    a->rules.lookback);
	put_apart(out, report, a);
}

static void put_more(struct str *out, const struct report *report, size_t all)
{
	if (all > LINES)
		put_line(out, report, 2, 0, "and %zu more; --json has all", all - LINES);
}

static void cell_money(
    struct table *table, struct money_sum sum, struct currency currency)
{
	char money[MONEY_TEXT];
	table_cell(table, sum.count ? money_format(sum.amount, currency, money) : "");
}

static void cell_cost(
    struct table *table, const struct attribution *a, const struct attribution_line *line)
{
	char money[MONEY_TEXT];
	money_t each;
	const struct attribution_campaign *c = &a->book->campaigns[line->number];
	bool known = line->number && c->cost_state == COST_KNOWN;
	table_cell(table, known          ? money_format(c->cost, a->book->currency, money)
	                  : line->number ? cost_state_name(c->cost_state)
	                                 : "");
	table_cell(table, attribution_cost(line, a->book, &each)
	                      ? money_format(each, a->book->currency, money)
	                      : "");
}

static void put_lines(
    struct str *out, const struct report *report, const struct attribution_report *r)
{
	static const char *const titles[ATTRIBUTION_BYS] = {
	    "Campaign", "Channel", "Quarter of the touch"};
	const struct attribution *a = r->sums;
	const struct attribution_lines *lines = &a->by[r->by];
	/* What a campaign cost is of all its time. */
	bool costs = r->by == BY_CAMPAIGN && !r->quarter;
	const struct column columns[] = {
	    {.title = titles[r->by], .most = 44, .least = 16},
	    {.title = "amount", .right = true}, {.title = "share", .right = true},
	    {.title = "deals", .right = true}, {.title = "of lost deals", .right = true},
	    {.title = "cost", .right = true}, {.title = "a sourced deal", .right = true}};
	struct table table = table_of(report, columns, costs ? 7 : 5);
	put_blank(out);
	for (size_t i = 0; i < lines->count && i < LINES; i++) {
		const struct attribution_line *line = &lines->items[i];
		table_cell(&table, or_none(line->name, "none told"));
		cell_money(&table, line->share, a->book->currency);
		table_cellf(
		    &table, "%.1f%%", percent(line->share.amount, a->total.amount));
		table_cellf(&table, "%d", line->share.count);
		cell_money(&table, line->lost, a->book->currency);
		if (costs)
			cell_cost(&table, a, line);
	}
	table_print(&table, out, 2);
	put_more(out, report, lines->count);
}

static void put_sourced(
    struct str *out, const struct report *report, const struct attribution *a)
{
	static const struct column columns[] = {{.title = "Sourced by marketing"},
	    {.title = "deals", .right = true}, {.title = "amount", .right = true},
	    {.title = "share", .right = true}, {.title = ""}};
	struct table table = table_of(report, columns, 5);
	struct currency currency = a->book->currency;
	char money[4][MONEY_TEXT];
	put_blank(out);
	for (int i = 0; i < SOURCED_BYS; i++) {
		table_cell(&table, sourced_by_name((enum sourced_by)i));
		table_cellf(&table, "%d", a->sourced[i].count);
		table_cell(
		    &table, money_format(a->sourced[i].amount, currency, money[0]));
		table_cellf(
		    &table, "%.1f%%", percent(a->sourced[i].amount, a->total.amount));
		table_cell(&table, i == (int)a->rules.sourced ? "locked" : "");
	}
	table_print(&table, out, 2);
	put_line(out, report, 2, 2,
	    "Influenced, apart and never added: %s of %d deal%s touched while open",
	    money_format(a->influenced.amount, currency, money[0]), a->influenced.count,
	    plural(a->influenced.count));
	put_line(out, report, 2, 2, "%s sourced + %s only influenced + %s neither = %s",
	    money_format(a->sourced[a->rules.sourced].amount, currency, money[0]),
	    money_format(a->influenced_only.amount, currency, money[1]),
	    money_format(a->neither.amount, currency, money[2]),
	    money_format(a->total.amount, currency, money[3]));
}

static void put_costs(
    struct str *out, const struct report *report, const struct attribution *a)
{
	struct attribution_costs costs = attribution_costs(a);
	struct currency currency = a->book->currency;
	char cost[MONEY_TEXT], each[MONEY_TEXT];
	put_blank(out);
	if (costs.each == MONEY_NONE)
		put_line(out, report, 0, 2,
		    "Cost per qualified opportunity: can not be told; %s",
		    costs.known ? "no won or qualified deal is sourced by marketing"
		                : "no campaign tells what it cost");
	else
		put_line(out, report, 0, 2,
		    "Cost per qualified opportunity: %s, which is %s of %d campaigns for "
		    "%d "
		    "won and qualified deals sourced by %s",
		    money_format(costs.each, currency, each),
		    money_format(costs.cost, currency, cost), costs.known, a->qualified,
		    sourced_by_name(a->rules.sourced));
	if (costs.none)
		put_line(out, report, 2, 2, "%d campaign%s without a cost", costs.none,
		    costs.none == 1 ? " is" : "s are");
	if (costs.no_rate)
		put_line(out, report, 2, 2, "%d campaign%s in a currency without a rate",
		    costs.no_rate, costs.no_rate == 1 ? " is" : "s are");
	if (costs.known && !a->book->cost_currency_told)
		put_line(out, report, 2, 2,
		    "Campaigns do not say in which currency; their costs are taken as %s",
		    *currency.code ? currency.code : "that of the sums");
}

static int by_losses(const void *x, const void *y)
{
	const struct attribution_line *a = *(const struct attribution_line *const *)x,
	                              *b = *(const struct attribution_line *const *)y;
	const struct money_sum *p = &a->sourced[DEAL_LOST], *q = &b->sourced[DEAL_LOST];
	if (p->count != q->count)
		return q->count - p->count;
	if (p->amount != q->amount)
		return p->amount > q->amount ? -1 : 1;
	return a < b ? -1 : a > b;
}

/* The campaigns that a deal came from which sales then lost. */
static size_t losing(const struct attribution *a, const struct attribution_line **out)
{
	const struct attribution_lines *lines = &a->by[BY_CAMPAIGN];
	size_t count = 0;
	for (size_t i = 0; i < lines->count; i++)
		if (lines->items[i].sourced[DEAL_LOST].count)
			out[count++] = &lines->items[i];
	if (count)
		qsort(out, count, sizeof *out, by_losses);
	return count;
}

static void put_losing(
    struct str *out, const struct report *report, const struct attribution *a)
{
	static const struct column columns[] = {
	    {.title = "Campaigns that source deals which sales loses",
	        .most = 48,
	        .least = 16},
	    {.title = "lost", .right = true}, {.title = "won", .right = true},
	    {.title = "open", .right = true}, {.title = "lost amount", .right = true}};
	const struct attribution_line **lines =
	    xcalloc(a->by[BY_CAMPAIGN].count + 1, sizeof(struct attribution_line *));
	size_t count = losing(a, lines);
	struct table table = table_of(report, columns, 5);
	put_blank(out);
	for (size_t i = 0; i < count && i < LINES; i++) {
		const struct money_sum *sourced = lines[i]->sourced;
		table_cell(&table, or_none(lines[i]->name, "none told"));
		table_cellf(&table, "%d", sourced[DEAL_LOST].count);
		table_cellf(&table, "%d", sourced[DEAL_WON].count);
		table_cellf(&table, "%d", sourced[DEAL_OPEN].count);
		cell_money(&table, sourced[DEAL_LOST], a->book->currency);
	}
	table_print(&table, out, 2);
	put_more(out, report, count);
	free(lines);
}

static void put_disputes(
    struct str *out, const struct report *report, const struct attribution *a)
{
	static const struct column columns[] = {
	    {.title = "Deal", .most = 40, .least = 16},
	    {.title = "CRM says", .most = 36, .least = 12},
	    {.title = "first touch", .most = 36, .least = 12}};
	struct table table = table_of(report, columns, 3);
	put_blank(out);
	put_line(out, report, 0, 2,
	    "Two truths: of %zu deal%s the CRM and the first touch disagree; of %d the "
	    "CRM "
	    "says nothing",
	    a->n_disputes, a->n_disputes == 1 ? "" : "s", a->crm_silent);
	for (size_t i = 0; i < a->n_disputes && i < LINES; i++) {
		table_cell(&table, deal_label(a->disputes[i].deal, report->ascii));
		table_cell(&table, or_none(a->disputes[i].crm, "nothing"));
		table_cell(&table, or_none(a->disputes[i].marketing, "no touch"));
	}
	if (a->n_disputes)
		table_print(&table, out, 2);
	put_more(out, report, a->n_disputes);
}

/* ---- one deal ---- */

static void put_touches(
    struct str *out, const struct report *report, const struct attribution *a)
{
	static const struct column columns[] = {{.title = "when"},
	    {.title = "campaign", .most = 48, .least = 16},
	    {.title = "channel", .most = 24}, {.title = "share", .right = true},
	    {.title = "amount", .right = true}};
	struct table table = table_of(report, columns, 5);
	char day[DAY_TEXT], money[MONEY_TEXT];
	put_blank(out);
	for (size_t i = 0; i < a->n_shares; i++) {
		const struct attribution_share *s = &a->shares[i];
		table_cell(&table, day_short(day_of_instant(s->at), report->today, day));
		table_cell(&table, or_none(s->campaign, "none told"));
		table_cell(&table, or_none(s->channel, ""));
		table_cellf(&table, "%.2f%%", 100.0 * (double)s->share / SHARE_ONE);
		table_cell(&table, money_format(s->amount, a->book->currency, money));
	}
	if (a->n_shares)
		table_print(&table, out, 2);
}

static void put_verdict(
    struct str *out, const struct report *report, const struct attribution *a)
{
	put_blank(out);
	for (size_t i = 0; i < a->n_verdicts; i++) {
		const struct sourced_marks *marks = &a->verdicts[i].marks;
		for (int by = 0; by < SOURCED_BYS; by++)
			put_line(out, report, 2, 2, "Sourced by %s: %s%s",
			    sourced_by_name((enum sourced_by)by),
			    marks->by[by] ? "yes" : "no",
			    by == (int)a->rules.sourced ? " (locked)" : "");
		put_line(out, report, 2, 2, "Influenced while open: %s",
		    marks->influenced ? "yes" : "no");
	}
	for (size_t i = 0; i < a->n_disputes; i++)
		put_line(out, report, 2, 2,
		    "Two truths: the CRM says %s, the first touch %s",
		    or_none(a->disputes[i].crm, "nothing"),
		    or_none(a->disputes[i].marketing, "nothing, as there is none"));
}

void report_attribution(
    struct str *out, const struct report *report, const struct attribution_report *r)
{
	put_head(out, report, r);
	if (r->deal) {
		put_touches(out, report, r->sums);
		put_verdict(out, report, r->sums);
		return;
	}
	put_lines(out, report, r);
	put_sourced(out, report, r->sums);
	if (!r->quarter)
		put_costs(out, report, r->sums);
	put_losing(out, report, r->sums);
	put_disputes(out, report, r->sums);
}
