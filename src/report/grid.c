#include "grid.h"

#include "huddle/csv_cell.h"
#include "huddle/text.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static bool is_there(const struct grid *g, int column)
{
	return g->form == TABLE_CSV || g->columns[column].title;
}

static void put_head(struct grid *g)
{
	for (int c = 0; c < g->n; c++) {
		if (g->form == TABLE_CSV) {
			str_addf(g->out, "%s%s", c ? "," : "", g->columns[c].name);
			continue;
		}
		if (!is_there(g, c))
			continue;
		str_adds(g->out, "| ");
		text_markdown(g->out, slice_of(g->columns[c].title));
		str_addc(g->out, ' ');
	}
	str_adds(g->out, g->form == TABLE_CSV ? "\r\n" : "|\n");
	if (g->form == TABLE_CSV)
		return;
	for (int c = 0; c < g->n; c++)
		if (is_there(g, c))
			str_adds(g->out, g->columns[c].right ? "|---:" : "|:---");
	str_adds(g->out, "|\n");
}

void grid_begin(struct grid *g, struct str *out, const struct report *report,
    enum table_form form, const char *title, const struct grid_column *columns, int n)
{
	char day[DAY_TEXT], as_of[DAY_TEXT];

	*g = (struct grid){
	    .out = out, .report = report, .form = form, .columns = columns, .n = n};
	if (form == TABLE_CSV) {
		put_head(g);
		return;
	}
	str_adds(out, "# ");
	text_markdown(out, slice_of(title));
	str_addf(out, "\n\nOf %s, from the exports of %s.\n",
	    day_format(report->today, day),
	    report->as_of == DAY_NONE ? "no day" : day_format(report->as_of, as_of));
}

void grid_section(struct grid *g, const char *title)
{
	if (g->form == TABLE_CSV)
		return;
	str_adds(g->out, "\n");
	if (title) {
		str_adds(g->out, "## ");
		text_markdown(g->out, slice_of(title));
		str_adds(g->out, "\n\n");
	}
	put_head(g);
}

/* `csv` as it is, `shown` for people. */
static void put(struct grid *g, const char *csv, const char *shown)
{
	if (g->form == TABLE_CSV) {
		str_addf(g->out, "%s%s", g->at ? "," : "", csv);
	} else if (is_there(g, g->at)) {
		str_adds(g->out, "| ");
		text_markdown(g->out, slice_of(shown));
		str_addc(g->out, ' ');
	}
	if (++g->at == g->n) {
		str_adds(g->out, g->form == TABLE_CSV ? "\r\n" : "|\n");
		g->at = 0;
	}
}

void grid_text(struct grid *g, const char *text)
{
	struct str safe = STR_INIT, cell = STR_INIT;

	display_safe(&safe, slice_of(text));
	if (safe.len)
		csv_harmless(&cell, (struct slice){str_text(&safe), safe.len});
	put(g, str_text(&cell), str_text(&safe));
	str_release(&safe);
	str_release(&cell);
}

void grid_count(struct grid *g, int64_t count)
{
	char text[32];

	snprintf(text, sizeof text, "%lld", (long long)count);
	put(g, text, text);
}

/* The fewest digits that read back as the same number, as in JSON. */
void grid_real(struct grid *g, double value, const char *shown)
{
	char text[40];

	if (!isfinite(value)) {
		put(g, "", "");
		return;
	}
	snprintf(text, sizeof text, "%.15g", value);
	if (strtod(text, NULL) < value || strtod(text, NULL) > value)
		snprintf(text, sizeof text, "%.17g", value);
	put(g, text, shown);
}

void grid_share(struct grid *g, double fraction)
{
	char shown[32];

	snprintf(shown, sizeof shown, "%.0f%%", fraction * 100);
	grid_real(g, fraction, shown);
}

void grid_money(struct grid *g, money_t amount, struct currency currency)
{
	char plain[MONEY_TEXT], shown[MONEY_TEXT];

	if (amount == MONEY_NONE)
		put(g, "", "");
	else
		put(g, money_plain(amount, currency, plain),
		    money_format(amount, currency, shown));
}

void grid_day(struct grid *g, day_t day)
{
	char text[DAY_TEXT];

	day_format(day, text);
	put(g, text, text);
}
