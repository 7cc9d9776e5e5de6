#include "xlsx.h"

#include <math.h>
#include <stdlib.h>

/* Native charts: Excel draws them from the sheet of values, so that they can be changed
 * there. */

enum { CHART_ROWS = 16, APART = 300 /* pixels */ };

/* A column of the sheet of values. */
static void put_value(struct book *b, lxw_row_t row, int col, double value)
{
	if (!isnan(value))
		worksheet_write_number(b->values, row, (lxw_col_t)col, value, NULL);
}

static lxw_chart_series *add_series(
    lxw_chart *chart, lxw_row_t head, size_t n, int col, int colour)
{
	lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
	lxw_chart_fill fill = {.color = (lxw_color_t)colour};
	lxw_chart_line line = {.color = (lxw_color_t)colour, .width = 2};

	chart_series_set_categories(
	    series, "Chart values", head + 1, 0, head + (lxw_row_t)n, 0);
	chart_series_set_values(series, "Chart values", head + 1, (lxw_col_t)col,
	    head + (lxw_row_t)n, (lxw_col_t)col);
	chart_series_set_name_range(series, "Chart values", head, (lxw_col_t)col);
	if (colour < 0) {
		fill.none = LXW_TRUE;
		line.none = LXW_TRUE;
	}
	chart_series_set_fill(series, &fill);
	chart_series_set_line(series, &line);
	return series;
}

static int colour_of(const struct book *b, enum ink ink)
{
	struct rgb c = b->deck->palette.of[ink];

	return (int)lround(c.r * 255) << 16 | (int)lround(c.g * 255) << 8 |
	       (int)lround(c.b * 255);
}

/* Stacked columns on an invisible one: what Excel has for a waterfall of old. */
static lxw_chart *make_waterfall(struct book *b, const struct chart *c)
{
	static const char *const names[] = {"", "Below", "Total", "More", "Less"};
	lxw_row_t head = b->values_row;
	double at = 0;

	for (int k = 0; k < 5; k++)
		xlsx_text(b, b->values, head, (lxw_col_t)k, names[k], b->bold);
	for (size_t i = 0; i < c->n_items; i++) {
		const struct chart_item *item = &c->items[i];
		lxw_row_t row = head + 1 + (lxw_row_t)i;
		double from = item->total ? 0 : at, to = from + item->value;

		xlsx_text(b, b->values, row, 0, item->label, NULL);
		put_value(b, row, 1, item->total ? 0 : fmin(from, to));
		put_value(b, row,
		    item->total        ? 2
		    : item->value >= 0 ? 3
		                       : 4,
		    fabs(to - from));
		at = to;
	}
	lxw_chart *chart = workbook_add_chart(b->file, LXW_CHART_COLUMN_STACKED);

	add_series(chart, head, c->n_items, 1, -1);
	add_series(chart, head, c->n_items, 2, colour_of(b, INK_ACCENT));
	add_series(chart, head, c->n_items, 3, colour_of(b, INK_GOOD));
	add_series(chart, head, c->n_items, 4, colour_of(b, INK_BAD));
	b->values_row += (lxw_row_t)c->n_items + 2;
	return chart;
}

static lxw_chart *make_bars(struct book *b, const struct chart *c)
{
	lxw_row_t head = b->values_row;
	lxw_chart *chart = workbook_add_chart(b->file, LXW_CHART_BAR);

	xlsx_text(b, b->values, head, 1, "Amount", b->bold);
	for (size_t i = 0; i < c->n_items; i++) {
		xlsx_text(
		    b, b->values, head + 1 + (lxw_row_t)i, 0, c->items[i].label, NULL);
		put_value(b, head + 1 + (lxw_row_t)i, 1, c->items[i].value);
	}
	add_series(chart, head, c->n_items, 1, colour_of(b, INK_MARKETING));
	chart_axis_set_reverse(chart->y_axis);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	b->values_row += (lxw_row_t)c->n_items + 2;
	return chart;
}

static void put_labels(struct book *b, lxw_row_t head, const struct chart *c)
{
	for (size_t i = 0; i < c->n_labels; i++)
		xlsx_text(b, b->values, head + 1 + (lxw_row_t)i, 0, c->labels[i], NULL);
}

/* Lines, and the actual as one more. */
static lxw_chart *make_lines(struct book *b, const struct chart *c)
{
	lxw_row_t head = b->values_row;
	lxw_chart *chart = workbook_add_chart(b->file, LXW_CHART_LINE);
	int target = (int)c->n_series + 1;

	put_labels(b, head, c);
	for (size_t s = 0; s < c->n_series; s++) {
		xlsx_text(
		    b, b->values, head, (lxw_col_t)(s + 1), c->series[s].name, b->bold);
		for (size_t i = 0; i < c->n_labels; i++)
			put_value(b, head + 1 + (lxw_row_t)i, (int)s + 1,
			    c->series[s].values[i]);
		add_series(
		    chart, head, c->n_labels, (int)s + 1, colour_of(b, c->series[s].ink));
	}
	if (!isnan(c->target)) {
		xlsx_text(b, b->values, head, (lxw_col_t)target, c->target_name, b->bold);
		for (size_t i = 0; i < c->n_labels; i++)
			put_value(b, head + 1 + (lxw_row_t)i, target, c->target);
		add_series(chart, head, c->n_labels, target, colour_of(b, INK_TEXT));
	}
	b->values_row += (lxw_row_t)c->n_labels + 2;
	return chart;
}

/* Touches and activities by month. */
static lxw_chart *make_timeline(struct book *b, const struct chart *c)
{
	int first = month_index(c->first), months = month_index(c->last) - first + 1;
	double *counts = xcalloc((size_t)months * 2, sizeof *counts);
	lxw_row_t head = b->values_row;
	lxw_chart *chart = workbook_add_chart(b->file, LXW_CHART_COLUMN);

	xlsx_text(b, b->values, head, 1, "Marketing", b->bold);
	xlsx_text(b, b->values, head, 2, "Sales", b->bold);
	for (size_t i = 0; i < c->n_events; i++) {
		const struct chart_event *e = &c->events[i];

		if (e->day >= c->first && e->day <= c->last)
			counts[(month_index(e->day) - first) * 2 +
			       (e->side == SIDE_SALES)]++;
	}
	for (int m = 0; m < months; m++) {
		struct civil civil =
		    civil_from_day(day_add_months(period_of_month(c->first).first, m));
		const double *of = &counts[(size_t)m * 2];

		xlsx_text(b, b->values, head + 1 + (lxw_row_t)m, 0,
		    arena_printf(b->deck->arena, "%d-%02d", civil.year, civil.month),
		    NULL);
		put_value(b, head + 1 + (lxw_row_t)m, 1, of[0]);
		put_value(b, head + 1 + (lxw_row_t)m, 2, of[1]);
	}
	add_series(chart, head, (size_t)months, 1, colour_of(b, INK_MARKETING));
	add_series(chart, head, (size_t)months, 2, colour_of(b, INK_SALES));
	b->values_row += (lxw_row_t)months + 2;
	free(counts);
	return chart;
}

static void insert_chart(struct book *b, struct sheet *s, lxw_chart *chart,
    const char *title, const char *alt, int right, double scale)
{
	lxw_chart_options options = {.x_offset = right, /* pixels */
	    .x_scale = scale,
	    .y_scale = scale,
	    .description = arena_strdup(b->deck->arena, alt),
	    .object_position = 1};

	if (title)
		chart_title_set_name(chart, title);
	else
		chart_title_off(chart);
	chart_axis_set_min(
	    chart->type == LXW_CHART_BAR ? chart->x_axis : chart->y_axis, 0);
	worksheet_insert_chart_opt(s->at, s->row, 0, chart, &options);
}

/* A small chart for each figure, three beside each other. */
static void put_trend(struct book *b, struct sheet *s, const struct chart *c)
{
	for (size_t k = 0; k < c->n_series; k++) {
		lxw_row_t head = b->values_row;
		lxw_chart *chart = workbook_add_chart(b->file, LXW_CHART_COLUMN);

		put_labels(b, head, c);
		xlsx_text(b, b->values, head, 1, c->series[k].name, b->bold);
		for (size_t i = 0; i < c->n_labels; i++)
			put_value(b, head + 1 + (lxw_row_t)i, 1, c->series[k].values[i]);
		add_series(chart, head, c->n_labels, 1, colour_of(b, INK_ACCENT));
		chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
		insert_chart(
		    b, s, chart, c->series[k].name, c->alt, (int)(k % 3) * APART, 0.6);
		b->values_row += (lxw_row_t)c->n_labels + 2;
		if (k % 3 == 2 || k + 1 == c->n_series)
			s->row += 10;
	}
}

void xlsx_chart(struct book *b, struct sheet *s, const struct block *block)
{
	const struct chart *c = &block->chart;

	if (c->kind == CHART_TREND) {
		put_trend(b, s, c);
		return;
	}
	if (!c->n_items && !c->n_labels && c->kind != CHART_TIMELINE)
		return;
	lxw_chart *chart = c->kind == CHART_WATERFALL ? make_waterfall(b, c)
	                   : c->kind == CHART_BARS    ? make_bars(b, c)
	                   : c->kind == CHART_WEEKS   ? make_lines(b, c)
	                                              : make_timeline(b, c);

	insert_chart(b, s, chart, block->title, c->alt, 0, 1);
	s->row += CHART_ROWS;
}
