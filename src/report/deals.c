#include "print.h"
#include "words.h"

#include <stdio.h>

/* The list of deals, and the choice when a name has several answers. */

static const struct column columns[] = {
    {.title = "Slip risk"},
    {.title = "Deal", .most = 44, .least = 12},
    {.title = "Amount", .right = true},
    {.title = "Closes", .right = true},
    {.title = "Stage", .most = 18, .least = 8},
    {.title = "Owner", .most = 18, .least = 8},
    {.title = "Touches", .right = true},
    {.title = "Act.", .right = true},
};

/* A narrow page leaves columns out from the right. */
static int columns_for(int width)
{
	return width >= 88 ? 8 : width >= 72 ? 6 : width >= 62 ? 5 : 4;
}

static void add_row(struct table *table, const struct deal *deal)
{
	const struct report *report = table->report;
	char words[WORDS_TEXT], money[MONEY_TEXT], day[DAY_TEXT];
	char touches[16], activities[16];
	const char *const cells[] = {
	    deal->status == DEAL_OPEN ? risk_words(report, &deal->risk, words)
	                              : deal_status_name(deal->status),
	    deal_label(deal, report->ascii),
	    money_whole(deal->amount, deal->currency, money),
	    day_short(deal->close_date, report->today, day),
	    deal->stage,
	    deal->owner,
	    touches,
	    activities,
	};
	snprintf(touches, sizeof touches, "%d", deal->touches);
	snprintf(activities, sizeof activities, "%d", deal->activities);
	for (int i = 0; i < table->n_columns; i++)
		table_cell(table, cells[i]);
}

static void put_title(
    struct str *out, const struct report *report, const struct deal_table *deals)
{
	struct str line = STR_INIT;
	str_addf(&line, "%s: %zu", deals->title, deals->count);
	if (deals->shown < deals->count)
		str_addf(&line, " (the first %zu)", deals->shown);
	if (deals->count) {
		str_adds(&line, ", ");
		totals_words(&line, deals->deals, deals->count);
	}
	str_adds(&line, "; ");
	age_words(&line, report);
	put_line(out, report, 0, 2, "%s", str_text(&line));
	str_release(&line);
}

void report_deals(
    struct str *out, const struct report *report, const struct deal_table *deals)
{
	put_title(out, report, deals);
	if (!deals->shown)
		return;
	put_blank(out);
	struct table table = table_of(report, columns, columns_for(report->width));
	for (size_t i = 0; i < deals->shown; i++)
		add_row(&table, deals->deals[i]);
	table_print(&table, out, 0);
}

void report_matches(
    struct str *out, const struct report *report, const struct deal_table *deals)
{
	static const struct column choices[] = {{.title = NULL}, {.most = 40},
	    {.most = 24}, {.right = true}, {.title = NULL}};
	struct table table = table_of(report, choices, 5);
	for (size_t i = 0; i < deals->shown; i++) {
		const struct deal *deal = deals->deals[i];
		char money[MONEY_TEXT];
		table_cell(&table, deal->id);
		table_cell(&table, deal->name);
		table_cell(&table, deal->account);
		table_cell(&table, money_whole(deal->amount, deal->currency, money));
		table_cell(&table, deal_status_name(deal->status));
	}
	table_print(&table, out, 2);
	if (deals->count > deals->shown)
		put_line(out, report, 2, 0, "and %zu more", deals->count - deals->shown);
}
