#include "huddle/text.h"
#include "paint.h"
#include <stdio.h>

/* The month in figures: a line each with the months before, and below the one that is
 * open what it counts. */

enum { TITLE = 29, MONTH = 10, TARGET = 8, WORD = 7 };

/* How many months there is room for, the newest ones. */
static int months_in(int width)
{
	int n = (width - TITLE - TARGET - WORD) / MONTH;

	return n < 1 ? 1 : n > SCORE_MONTHS ? SCORE_MONTHS : n;
}

/* Lines: a figure each, and below the open one a sentence and its rows. */
static int scorecard_count(const struct view *v)
{
	if (!v->card)
		return 0;
	return METRICS + (v->open_metric >= 0 ? 1 + (int)v->score_rows->count : 0);
}

enum metric score_line(const struct view *v, int line, int *row)
{
	int below = v->open_metric >= 0 ? 1 + (int)v->score_rows->count : 0;

	*row = SCORE_FIGURE;
	if (v->open_metric < 0 || line <= v->open_metric)
		return (enum metric)line;
	line -= v->open_metric + 1;
	if (line >= below)
		return (enum metric)(v->open_metric + 1 + line - below);
	*row = line - 1; /* SCORE_WORDS for the sentence */
	return (enum metric)v->open_metric;
}

static void scorecard_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	char month[DAY_TEXT];

	(void)at;
	clear_heading(out);
	str_adds(&out->left, "Scorecard");
	if (!v->card)
		return;
	day_format(v->card->in->months[SCORE_MONTHS - 1].first, month);
	month[7] = '\0';
	str_addf(&out->left, " of %s", month);
	if (v->card->number != MONEY_NONE && v->card->number > 0)
		str_addf(&out->right, "%.0f%% of the one number",
		    100.0 * (double)v->card->won / (double)v->card->number);
}

static void draw_figure(struct surface *row, const struct view *v, enum metric m)
{
	const struct metric_value *values = v->card->values[m];
	const struct metric_value *last = &values[SCORE_MONTHS - 1];
	struct currency currency = v->card->in->currency;
	int n = months_in(row->width);
	char buf[MONEY_TEXT];

	surface_puts(row, 1, 0, TITLE - 2, ROLE_TEXT, metric_infos[m].title);
	for (int i = 0; i < n; i++) {
		const struct metric_value *value = &values[SCORE_MONTHS - n + i];

		surface_right(row, TITLE + i * MONTH, 0, MONTH - 1,
		    value->why   ? ROLE_UNKNOWN
		    : i == n - 1 ? ROLE_TITLE
		                 : ROLE_MUTED,
		    value->why ? "?" : metric_text(m, value->value, currency, buf));
	}
	int x = TITLE + n * MONTH;

	if (!last->has_target)
		return;
	surface_right(row, x, 0, TARGET - 1, ROLE_MUTED,
	    metric_text(m, last->target, currency, buf));
	if (!last->why)
		surface_puts(row, x + TARGET, 0, WORD,
		    last->met ? ROLE_WON : ROLE_OVERDUE, last->met ? "met" : "missed");
}

/* Why there is no value, else what it was counted from. */
static void draw_words(struct surface *row, const struct view *v, enum metric m)
{
	const struct metric_value *value = &v->card->values[m][SCORE_MONTHS - 1];
	const struct metric_info *info = &metric_infos[m];
	char n[MONEY_TEXT], d[MONEY_TEXT];

	if (value->why)
		surface_puts(row, 3, 0, -1, ROLE_UNKNOWN, value->why);
	else if (info->of_money)
		surface_printf(row, 3, 0, -1, ROLE_MUTED, "%s of %s: %s",
		    money_brief(value->numerator, v->card->in->currency, n),
		    money_brief(value->denominator, v->card->in->currency, d),
		    info->over);
	else if (info->unit == UNIT_PERCENT)
		surface_printf(row, 3, 0, -1, ROLE_MUTED, "%lld of %lld: %s",
		    (long long)value->numerator, (long long)value->denominator,
		    info->over);
	else
		surface_puts(row, 3, 0, -1, ROLE_MUTED, info->over);
}

static void draw_counted(struct surface *row, const struct view *v, int i)
{
	const struct score_row *r = &v->score_rows->items[i];
	char money[MONEY_TEXT];

	surface_puts(row, 3, 0, 1, r->hit ? ROLE_WON : ROLE_MUTED,
	    symbol_text(r->hit ? SYM_BOX_DONE : SYM_BOX, row->ascii));
	surface_puts(row, 5, 0, row->width - 32, ROLE_TEXT, r->name);
	surface_puts(row, row->width - 26, 0, 14, ROLE_MUTED, r->owner);
	if (r->amount != MONEY_NONE)
		surface_right(row, row->width - 11, 0, 11, ROLE_MONEY,
		    money_brief(r->amount, v->card->in->currency, money));
}

static void draw_line(struct surface *row, const struct view *v, int line)
{
	int i;
	enum metric m = score_line(v, line, &i);

	if (i == SCORE_FIGURE)
		draw_figure(row, v, m);
	else if (i == SCORE_WORDS)
		draw_words(row, v, m);
	else
		draw_counted(row, v, i);
}

/* The months above their columns. */
static int scorecard_legend(int width, int height)
{
	return width > 0 && height > 3;
}

static void draw_legend(struct surface *s, const struct view *v)
{
	int n = months_in(s->width);
	char month[DAY_TEXT];

	for (int i = 0; i < n; i++) {
		day_format(v->card->in->months[SCORE_MONTHS - n + i].first, month);
		month[7] = '\0';
		surface_right(s, TITLE + i * MONTH, 0, MONTH - 1, ROLE_MUTED, month);
	}
	surface_right(s, TITLE + n * MONTH, 0, TARGET - 1, ROLE_MUTED, "target");
}

static void scorecard_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	int legend = scorecard_legend(s->width, s->height), count = scorecard_count(v);

	if (!v->card) {
		surface_puts(s, 0, 0, -1, ROLE_MUTED, "The figures are being counted.");
		return;
	}
	if (legend)
		draw_legend(s, v);
	struct surface rows = surface_part(s, 0, legend, s->width, s->height - legend);

	list_set_count(&at->list, count);
	list_show(&at->list, rows.height);
	for (int y = 0; y < rows.height && at->list.top + y < count; y++) {
		bool selected = at->list.top + y == at->list.selected;
		struct surface row = row_begin(&rows, y, selected, focus);

		draw_line(&row, v, at->list.top + y);
		row_end(&rows, y, selected, focus);
	}
	if (rows.cursor_x >= 0)
		surface_cursor(s, rows.cursor_x, rows.cursor_y + legend);
}

static void scorecard_copy(
    const struct view *v, const struct pane_state *at, struct str *out)
{
	char buf[MONEY_TEXT];
	int row;

	if (!v->card || at->list.selected >= scorecard_count(v))
		return;
	enum metric m = score_line(v, at->list.selected, &row);
	const struct metric_value *value = &v->card->values[m][SCORE_MONTHS - 1];

	if (row >= 0)
		str_addf(out, "%s\t%s", v->score_rows->items[row].id,
		    v->score_rows->items[row].name);
	else
		str_addf(out, "%s\t%s", metric_infos[m].title,
		    value->why
		        ? value->why
		        : metric_text(m, value->value, v->card->in->currency, buf));
}

const struct pane_ops scorecard_pane = {
    .name = "scorecard",
    .tab = "score",
    .count = scorecard_count,
    .legend = scorecard_legend,
    .heading = scorecard_heading,
    .draw = scorecard_draw,
    .copy = scorecard_copy,
};
