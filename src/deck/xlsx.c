#include "huddle/path.h"
#include "writers.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/*
 * A workbook: a sheet a subject, its tables as Excel's tables, which have filters, with
 * numbers as numbers and days as days; charts are native ones and take their values from
 * a sheet of their own. A text is never a formula, whatever it begins with.
 */

enum { CHART_ROWS = 16, WIDE = 42 };

struct book {
	lxw_workbook *file;
	const struct deck *deck;
	lxw_format *title, *quiet, *bold, *wrap, *day, *share, *count, *number;
	lxw_format *money[4]; /* by minor digits */
	lxw_worksheet *values; /* of charts */
	lxw_row_t values_row;
};

/* A sheet while it grows down. */
struct sheet {
	lxw_worksheet *at;
	lxw_row_t row;
	bool frozen;
	double widths[64];
};

static lxw_format *format_of(struct book *b, const char *numbers)
{
	lxw_format *f = workbook_add_format(b->file);

	if (numbers)
		format_set_num_format(f, numbers);
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	return f;
}

static void make_formats(struct book *b)
{
	static const char *const money[] = {"#,##0", "#,##0.0", "#,##0.00", "#,##0.000"};

	b->title = format_of(b, NULL);
	format_set_bold(b->title);
	format_set_font_size(b->title, 16);
	b->bold = format_of(b, NULL);
	format_set_bold(b->bold);
	b->quiet = format_of(b, NULL);
	format_set_font_color(b->quiet, 0x5f6368);
	b->wrap = format_of(b, NULL);
	format_set_text_wrap(b->wrap);
	b->day = format_of(b, "yyyy-mm-dd");
	b->share = format_of(b, "0.0%");
	b->count = format_of(b, "#,##0");
	b->number = format_of(b, "#,##0.0");
	for (int i = 0; i < 4; i++)
		b->money[i] = format_of(b, money[i]);
}

static lxw_format *money_format_of(struct book *b, const char *code)
{
	struct currency currency = {""};
	int digits;

	snprintf(currency.code, sizeof currency.code, "%.3s", code ? code : "");
	digits = currency_digits(currency);
	return b->money[digits > 3 ? 3 : digits];
}

/* Excel takes 32,767 letters in a cell. */
static void put_text(struct book *b, lxw_worksheet *at, lxw_row_t row, lxw_col_t col,
    const char *text, lxw_format *format)
{
	enum { MOST = 32767 };

	if (strlen(text) > MOST)
		text = arena_printf(b->deck->arena, "%.8000s…", text);
	worksheet_write_string(at, row, col, text, format);
}

static void put_day(struct book *b, lxw_worksheet *at, lxw_row_t row, lxw_col_t col, day_t day)
{
	struct civil civil = civil_from_day(day);
	lxw_datetime date = {.year = civil.year, .month = civil.month, .day = civil.day};

	worksheet_write_datetime(at, row, col, &date, b->day);
}

static void put_cell(struct book *b, lxw_worksheet *at, lxw_row_t row, lxw_col_t col,
    const struct cell *cell)
{
	switch (cell->kind) {
	case CELL_EMPTY:
		break;
	case CELL_TEXT:
		put_text(b, at, row, col, cell->shown, b->wrap);
		break;
	case CELL_COUNT:
		worksheet_write_number(at, row, col, cell->value, b->count);
		break;
	case CELL_MONEY:
		worksheet_write_number(
		    at, row, col, cell->value, money_format_of(b, cell->currency));
		break;
	case CELL_SHARE:
		worksheet_write_number(at, row, col, cell->value, b->share);
		break;
	case CELL_NUMBER:
		worksheet_write_number(at, row, col, cell->value, b->number);
		break;
	case CELL_DAY:
		put_day(b, at, row, col, cell->day);
		break;
	}
}

static void widen(struct sheet *s, int col, const char *text)
{
	double wide = (double)strlen(text) + 2;

	if (col >= 64)
		return;
	if (wide > WIDE)
		wide = WIDE;
	if (wide > s->widths[col])
		s->widths[col] = wide;
}

/* An amount has its currency in a column beside it. */
static int columns_of(const struct deck_table *t, int *source, bool *currency)
{
	int n = 0;

	for (int c = 0; c < t->n_columns; c++) {
		source[n] = c;
		currency[n++] = false;
		if (t->columns[c].kind == CELL_MONEY) {
			source[n] = c;
			currency[n++] = true;
		}
	}
	return n;
}

/* Excel wants every head once, and none empty. */
static char *head_of(struct book *b, const struct deck_table *t, int source, bool currency)
{
	const char *title = t->columns[source].title;

	if (currency)
		return arena_printf(
		    b->deck->arena, "%s, currency", *title ? title : "Amount");
	if (!*title && source)
		return arena_printf(b->deck->arena, "Column %d", source + 1);
	return arena_strdup(b->deck->arena, *title ? title : "Name");
}

static void put_table(struct book *b, struct sheet *s, const struct block *block)
{
	enum { MOST = 32 };
	const struct deck_table *t = &block->table;
	int source[MOST];
	bool currency[MOST];
	int n = columns_of(t, source, currency);
	lxw_table_column heads[MOST], *columns[MOST + 1];
	lxw_table_options options = {.columns = columns};

	if (block->title)
		put_text(b, s->at, s->row++, 0, block->title, b->bold);
	memset(heads, 0, sizeof heads);
	for (int c = 0; c < n; c++) {
		heads[c].header = head_of(b, t, source[c], currency[c]);
		columns[c] = &heads[c];
		widen(s, c, heads[c].header);
	}
	columns[n] = NULL;
	worksheet_add_table(s->at, s->row, 0, s->row + (lxw_row_t)(t->rows ? t->rows : 1),
	    (lxw_col_t)(n - 1), &options);
	if (!s->frozen)
		worksheet_freeze_panes(s->at, s->row + 1, 0);
	s->frozen = true;
	for (size_t row = 0; row < t->rows; row++)
		for (int c = 0; c < n; c++) {
			const struct cell *cell = table_at(t, row, source[c]);

			if (currency[c] && cell->kind == CELL_MONEY)
				put_text(b, s->at, s->row + 1 + (lxw_row_t)row, (lxw_col_t)c,
				    cell->currency, b->wrap);
			else if (!currency[c])
				put_cell(b, s->at, s->row + 1 + (lxw_row_t)row, (lxw_col_t)c, cell);
			widen(s, c, currency[c] ? "USD" : cell->shown);
		}
	s->row += (lxw_row_t)(t->rows ? t->rows : 1) + 2;
}

static void put_facts(struct book *b, struct sheet *s, const struct block *block)
{
	static const char *const heads[] = {"Figure", "Value", "Currency", "Counted from"};

	for (int c = 0; c < 4; c++)
		put_text(b, s->at, s->row, (lxw_col_t)c, heads[c], b->bold);
	if (!s->frozen)
		worksheet_freeze_panes(s->at, s->row + 1, 0);
	s->frozen = true;
	s->row++;
	for (size_t i = 0; i < block->count; i++, s->row++) {
		const struct fact *f = &block->facts[i];

		put_text(b, s->at, s->row, 0, f->label, b->wrap);
		put_cell(b, s->at, s->row, 1, &f->value);
		if (f->value.kind == CELL_MONEY)
			put_text(b, s->at, s->row, 2, f->value.currency, b->wrap);
		put_text(b, s->at, s->row, 3, f->note, b->quiet);
		widen(s, 0, f->label);
		widen(s, 1, f->value.shown);
		widen(s, 3, f->note);
	}
	s->row++;
}

static void put_texts(struct book *b, struct sheet *s, const struct block *block)
{
	if (block->title)
		put_text(b, s->at, s->row++, 0, block->title, b->bold);
	for (size_t i = 0; i < block->count; i++)
		put_text(b, s->at, s->row++, 0, block->texts[i], NULL);
	s->row++;
}

/* ---- charts ---- */

/* A column of the sheet of values. */
static void put_value(struct book *b, lxw_row_t row, int col, double value)
{
	if (!isnan(value))
		worksheet_write_number(b->values, row, (lxw_col_t)col, value, NULL);
}

static lxw_chart_series *add_series(lxw_chart *chart, lxw_row_t head, size_t n,
    int col, int colour)
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

	return (int)lround(c.r * 255) << 16 | (int)lround(c.g * 255) << 8 | (int)lround(c.b * 255);
}

/* Stacked columns on an invisible one: what Excel has for a waterfall of old. */
static lxw_chart *make_waterfall(struct book *b, const struct chart *c)
{
	static const char *const names[] = {"", "Below", "Total", "More", "Less"};
	lxw_row_t head = b->values_row;
	double at = 0;

	for (int k = 0; k < 5; k++)
		put_text(b, b->values, head, (lxw_col_t)k, names[k], b->bold);
	for (size_t i = 0; i < c->n_items; i++) {
		const struct chart_item *item = &c->items[i];
		lxw_row_t row = head + 1 + (lxw_row_t)i;
		double from = item->total ? 0 : at, to = from + item->value;

		put_text(b, b->values, row, 0, item->label, NULL);
		put_value(b, row, 1, item->total ? 0 : fmin(from, to));
		put_value(b, row, item->total ? 2 : item->value >= 0 ? 3 : 4, fabs(to - from));
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

	put_text(b, b->values, head, 1, "Amount", b->bold);
	for (size_t i = 0; i < c->n_items; i++) {
		put_text(b, b->values, head + 1 + (lxw_row_t)i, 0, c->items[i].label, NULL);
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
		put_text(b, b->values, head + 1 + (lxw_row_t)i, 0, c->labels[i], NULL);
}

/* Lines, and the actual as one more. */
static lxw_chart *make_lines(struct book *b, const struct chart *c)
{
	lxw_row_t head = b->values_row;
	lxw_chart *chart = workbook_add_chart(b->file, LXW_CHART_LINE);
	int target = (int)c->n_series + 1;

	put_labels(b, head, c);
	for (size_t s = 0; s < c->n_series; s++) {
		put_text(b, b->values, head, (lxw_col_t)(s + 1), c->series[s].name, b->bold);
		for (size_t i = 0; i < c->n_labels; i++)
			put_value(b, head + 1 + (lxw_row_t)i, (int)s + 1, c->series[s].values[i]);
		add_series(chart, head, c->n_labels, (int)s + 1,
		    colour_of(b, c->series[s].ink));
	}
	if (!isnan(c->target)) {
		put_text(b, b->values, head, (lxw_col_t)target, c->target_name, b->bold);
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

	put_text(b, b->values, head, 1, "Marketing", b->bold);
	put_text(b, b->values, head, 2, "Sales", b->bold);
	for (size_t i = 0; i < c->n_events; i++) {
		const struct chart_event *e = &c->events[i];

		if (e->day >= c->first && e->day <= c->last)
			counts[(month_index(e->day) - first) * 2 + (e->side == SIDE_SALES)]++;
	}
	for (int m = 0; m < months; m++) {
		struct civil civil = civil_from_day(day_add_months(period_of_month(c->first).first, m));

		put_text(b, b->values, head + 1 + (lxw_row_t)m, 0,
		    arena_printf(b->deck->arena, "%d-%02d", civil.year, civil.month), NULL);
		put_value(b, head + 1 + (lxw_row_t)m, 1, counts[m * 2]);
		put_value(b, head + 1 + (lxw_row_t)m, 2, counts[m * 2 + 1]);
	}
	add_series(chart, head, (size_t)months, 1, colour_of(b, INK_MARKETING));
	add_series(chart, head, (size_t)months, 2, colour_of(b, INK_SALES));
	b->values_row += (lxw_row_t)months + 2;
	free(counts);
	return chart;
}

static void insert_chart(struct book *b, struct sheet *s, lxw_chart *chart,
    const char *title, const char *alt, lxw_col_t col, double scale)
{
	lxw_chart_options options = {.x_scale = scale,
	    .y_scale = scale,
	    .description = arena_strdup(b->deck->arena, alt),
	    .object_position = 1};

	if (title)
		chart_title_set_name(chart, title);
	else
		chart_title_off(chart);
	chart_axis_set_min(chart->type == LXW_CHART_BAR ? chart->x_axis : chart->y_axis, 0);
	worksheet_insert_chart_opt(s->at, s->row, col, chart, &options);
}

/* A small chart for each figure, three beside each other. */
static void put_trend(struct book *b, struct sheet *s, const struct chart *c)
{
	for (size_t k = 0; k < c->n_series; k++) {
		lxw_row_t head = b->values_row;
		lxw_chart *chart = workbook_add_chart(b->file, LXW_CHART_COLUMN);

		put_labels(b, head, c);
		put_text(b, b->values, head, 1, c->series[k].name, b->bold);
		for (size_t i = 0; i < c->n_labels; i++)
			put_value(b, head + 1 + (lxw_row_t)i, 1, c->series[k].values[i]);
		add_series(chart, head, c->n_labels, 1, colour_of(b, INK_ACCENT));
		chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
		insert_chart(b, s, chart, c->series[k].name, c->alt, (lxw_col_t)(k % 3 * 2), 0.6);
		b->values_row += (lxw_row_t)c->n_labels + 2;
		if (k % 3 == 2 || k + 1 == c->n_series)
			s->row += 10;
	}
}

static void put_chart(struct book *b, struct sheet *s, const struct block *block)
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

/* ---- sheets ---- */

/* Tables stand first, so that their heads can be frozen; then texts, then charts. */
static void put_page(struct book *b, struct sheet *s, const struct page *page)
{
	put_text(b, s->at, s->row++, 0, page->title, b->title);
	if (*page->lead)
		put_text(b, s->at, s->row++, 0, page->lead, NULL);
	put_text(b, s->at, s->row++, 0,
	    arena_printf(b->deck->arena, "%s, %s", page->source, b->deck->stamp), b->quiet);
	for (size_t i = 0; i < page->count; i++)
		if (page->blocks[i].kind == BLOCK_TABLE)
			put_table(b, s, &page->blocks[i]);
		else if (page->blocks[i].kind == BLOCK_FACTS)
			put_facts(b, s, &page->blocks[i]);
	for (size_t i = 0; i < page->count; i++)
		if (page->blocks[i].kind == BLOCK_TEXT || page->blocks[i].kind == BLOCK_LIST)
			put_texts(b, s, &page->blocks[i]);
	for (size_t i = 0; i < page->count; i++)
		if (page->blocks[i].kind == BLOCK_CHART)
			put_chart(b, s, &page->blocks[i]);
	s->row += 2;
}

static void finish_sheet(struct sheet *s)
{
	for (int c = 0; c < 64; c++)
		if (s->widths[c] > 0)
			worksheet_set_column(
			    s->at, (lxw_col_t)c, (lxw_col_t)c, fmax(s->widths[c], 10), NULL);
	worksheet_set_landscape(s->at);
	worksheet_fit_to_pages(s->at, 1, 0);
}

static const char *sheet_name(const struct deck *deck, const char *key)
{
	return arena_printf(deck->arena, "%c%s", *key - 'a' + 'A', key + 1);
}

static void put_pages(struct book *b)
{
	const struct deck *deck = b->deck;
	struct sheet s = {0};
	const char *key = NULL;

	for (size_t i = 0; i < deck->count; i++) {
		const struct page *page = &deck->pages[i];

		if (!key || strcmp(key, page->key) != 0) {
			if (key)
				finish_sheet(&s);
			key = page->key;
			s = (struct sheet){.at = workbook_add_worksheet(
			                       b->file, sheet_name(deck, key))};
		}
		if (s.at)
			put_page(b, &s, page);
	}
	if (key)
		finish_sheet(&s);
}

static bool make_book(const struct deck *deck, const char *path, struct err *err)
{
	struct book b = {.deck = deck};
	lxw_workbook_options options = {.constant_memory = LXW_FALSE};
	lxw_doc_properties properties = {.title = arena_strdup(deck->arena, deck->title),
	    .subject = arena_strdup(deck->arena, deck->stamp),
	    .author = arena_strdup(deck->arena, deck->author),
	    .comments = arena_strdup(deck->arena, "huddle " HUDDLE_VERSION),
	    .created = (time_t)deck->today * DAY_SECONDS};

	b.file = workbook_new_opt(path, &options);
	if (!b.file)
		return err_set(err, path, "the workbook can not be made");
	workbook_set_properties(b.file, &properties);
	make_formats(&b);
	b.values = workbook_add_worksheet(b.file, "Chart values");
	put_pages(&b);
	lxw_error failed = workbook_close(b.file);

	return failed == LXW_NO_ERROR ||
	       err_set(err, path, "the workbook can not be written: %s; make room or name another place",
	           lxw_strerror(failed));
}

enum { BOOK_MOST = 1 << 30 };

/* The library writes a file of its own, which is then put in its place whole. */
bool deck_xlsx(
    const struct deck *deck, const struct deck_order *order, struct str *out, struct err *err)
{
	const char *folder = getenv("TMPDIR");
	char *path = arena_printf(deck->arena, "%s/huddle-XXXXXX", folder && *folder ? folder : "/tmp");
	int fd = mkstemp(path);

	(void)order;
	if (fd < 0)
		return err_set(err, path, "can not be made: %s", strerror(errno));
	close(fd);
	bool fine = make_book(deck, path, err) && path_read(out, path, BOOK_MOST, err);

	unlink(path);
	return fine;
}
