#include "xlsx.h"

#include "huddle/path.h"
#include "writers.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * A workbook: a sheet a subject, its tables as Excel's tables, which have filters, with
 * numbers as numbers and days as days; charts are native ones and take their values from
 * a sheet of their own. A text is never a formula, whatever it begins with.
 */

enum { WIDE = 42 };

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
void xlsx_text(struct book *b, lxw_worksheet *at, lxw_row_t row, lxw_col_t col,
    const char *text, lxw_format *format)
{
	enum { MOST = 32767 };

	if (strlen(text) > MOST)
		text = arena_printf(b->deck->arena, "%.8000s…", text);
	worksheet_write_string(at, row, col, text, format);
}

static void put_day(
    struct book *b, lxw_worksheet *at, lxw_row_t row, lxw_col_t col, day_t day)
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
		xlsx_text(b, at, row, col, cell->shown, b->wrap);
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

	if (col >= SHEET_COLUMNS)
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
static char *head_of(
    struct book *b, const struct deck_table *t, int source, bool currency)
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
		xlsx_text(b, s->at, s->row++, 0, block->title, b->bold);
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
				xlsx_text(b, s->at, s->row + 1 + (lxw_row_t)row,
				    (lxw_col_t)c, cell->currency, b->wrap);
			else if (!currency[c])
				put_cell(b, s->at, s->row + 1 + (lxw_row_t)row,
				    (lxw_col_t)c, cell);
			widen(s, c, currency[c] ? "USD" : cell->shown);
		}
	s->row += (lxw_row_t)(t->rows ? t->rows : 1) + 2;
}

static void put_facts(struct book *b, struct sheet *s, const struct block *block)
{
	static const char *const heads[] = {
	    "Figure", "Value", "Currency", "Counted from"};

	for (int c = 0; c < 4; c++)
		xlsx_text(b, s->at, s->row, (lxw_col_t)c, heads[c], b->bold);
	if (!s->frozen)
		worksheet_freeze_panes(s->at, s->row + 1, 0);
	s->frozen = true;
	s->row++;
	for (size_t i = 0; i < block->count; i++, s->row++) {
		const struct fact *f = &block->facts[i];

		xlsx_text(b, s->at, s->row, 0, f->label, b->wrap);
		put_cell(b, s->at, s->row, 1, &f->value);
		if (f->value.kind == CELL_MONEY)
			xlsx_text(b, s->at, s->row, 2, f->value.currency, b->wrap);
		xlsx_text(b, s->at, s->row, 3, f->note, b->quiet);
		widen(s, 0, f->label);
		widen(s, 1, f->value.shown);
		widen(s, 3, f->note);
	}
	s->row++;
}

static void put_texts(struct book *b, struct sheet *s, const struct block *block)
{
	if (block->title)
		xlsx_text(b, s->at, s->row++, 0, block->title, b->bold);
	for (size_t i = 0; i < block->count; i++)
		xlsx_text(b, s->at, s->row++, 0, block->texts[i], NULL);
	s->row++;
}

/* ---- sheets ---- */

/* Tables stand first, so that their heads can be frozen; then texts, then charts. */
static void put_page(struct book *b, struct sheet *s, const struct page *page)
{
	xlsx_text(b, s->at, s->row++, 0, page->title, b->title);
	if (*page->lead)
		xlsx_text(b, s->at, s->row++, 0, page->lead, NULL);
	xlsx_text(b, s->at, s->row++, 0, page->source, b->quiet);
	for (size_t i = 0; i < page->count; i++)
		if (page->blocks[i].kind == BLOCK_TABLE)
			put_table(b, s, &page->blocks[i]);
		else if (page->blocks[i].kind == BLOCK_FACTS)
			put_facts(b, s, &page->blocks[i]);
	for (size_t i = 0; i < page->count; i++)
		if (page->blocks[i].kind == BLOCK_TEXT ||
		    page->blocks[i].kind == BLOCK_LIST)
			put_texts(b, s, &page->blocks[i]);
	for (size_t i = 0; i < page->count; i++)
		if (page->blocks[i].kind == BLOCK_CHART)
			xlsx_chart(b, s, &page->blocks[i]);
	s->row += 2;
}

static void finish_sheet(struct sheet *s)
{
	for (int c = 0; c < SHEET_COLUMNS; c++)
		if (s->widths[c] > 0)
			worksheet_set_column(s->at, (lxw_col_t)c, (lxw_col_t)c,
			    fmax(s->widths[c], 10), NULL);
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
			s = (struct sheet){
			    .at = workbook_add_worksheet(b->file, sheet_name(deck, key))};
		}
		if (!s.at)
			continue;
		if (!i) { /* opened first; the values of charts, made before, are hidden */
			worksheet_activate(s.at);
			worksheet_set_first_sheet(s.at);
			worksheet_hide(b->values);
		}
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
	       err_set(err, path,
	           "the workbook can not be written: %s; make room or name another place",
	           lxw_strerror(failed));
}

enum { BOOK_MOST = 1 << 30 };

/* The library writes a file of its own, which is then put in its place whole. */
bool deck_xlsx(const struct deck *deck, const struct deck_order *order, struct str *out,
    struct err *err)
{
	char *path = arena_printf(deck->arena, "%s.huddle-XXXXXX", order->path);
	int fd = mkstemp(path);

	if (fd < 0)
		return err_set(err, order->path,
		    "can not be written: %s; name another place", strerror(errno));
	close(fd);
	bool fine = make_book(deck, path, err) && path_read(out, path, BOOK_MOST, err);

	unlink(path);
	return fine;
}
