#include "print.h"

#include "huddle/text.h"
#include <string.h>

void add_safe(struct str *out, const struct report *report, const char *text)
{
	if (!report->ascii) {
		display_safe(out, slice_of(text));
		return;
	}
	struct str safe = STR_INIT;
	display_safe(&safe, slice_of(text));
	text_to_ascii(out, (struct slice){str_text(&safe), safe.len});
	str_release(&safe);
}

void put_blank(struct str *out)
{
	str_addc(out, '\n');
}

static void add_blanks(struct str *out, int n)
{
	while (n-- > 0)
		str_addc(out, ' ');
}

/* A text formatted and made safe. */
static struct str safe_text(const struct report *report, const char *format, va_list args)
{
	struct str raw = STR_INIT, safe = STR_INIT;
	str_addv(&raw, format, args);
	add_safe(&safe, report, str_text(&raw));
	str_release(&raw);
	return safe;
}

struct wrapping {
	struct str *out;
	int indent, hang;
	bool later;
};

static void add_wrapped(void *arg, struct slice line)
{
	struct wrapping *w = arg;
	add_blanks(w->out, w->indent + (w->later ? w->hang : 0));
	str_add(w->out, line.p, line.len);
	str_addc(w->out, '\n');
	w->later = true;
}

void put_line(struct str *out, const struct report *report, int indent, int hang,
    const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str text = safe_text(report, format, args);
	va_end(args);
	/* All lines are broken for the narrowest, which are those that hang. */
	int columns = report->width - indent;
	struct slice whole = {str_text(&text), text.len};
	if (text_width(whole) > columns)
		columns -= hang;
	struct wrapping w = {out, indent, hang, false};
	text_wrap(whole, columns < 20 ? 20 : columns, add_wrapped, &w);
	str_release(&text);
}

void put_cut(
    struct str *out, const struct report *report, int indent, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	struct str text = safe_text(report, format, args);
	va_end(args);
	add_blanks(out, indent);
	text_clip(out, (struct slice){str_text(&text), text.len}, report->width - indent,
	    report->ascii);
	str_addc(out, '\n');
	str_release(&text);
}

struct table table_of(const struct report *report, const struct column *columns, int n)
{
	struct table table = {.report = report, .columns = columns, .n_columns = n};
	for (int i = 0; i < n; i++)
		if (columns[i].title)
			table.widths[i] = text_width(slice_of(columns[i].title));
	return table;
}

void table_cell(struct table *table, const char *text)
{
	size_t start = table->text.len;
	add_safe(&table->text, table->report, text);
	int width =
	    text_width((struct slice){table->text.p + start, table->text.len - start});
	int *widest = &table->widths[table->n_cells++ % (size_t)table->n_columns];
	if (width > *widest)
		*widest = width;
	str_addc(&table->text, '\0');
}

void table_cellf(struct table *table, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	table_cell(table, str_text(&text));
	str_release(&text);
}

enum { GAP = 2 };

/* How much narrower a column may become. */
static int slack(const struct table *table, int i)
{
	const struct column *column = &table->columns[i];
	if (!column->most)
		return 0;
	return table->widths[i] - (column->least ? column->least : NARROWEST);
}

/* Cut columns to their most, then the one with most to give until all fit. */
static void fit(struct table *table, int room)
{
	int total = GAP * (table->n_columns - 1);
	for (int i = 0; i < table->n_columns; i++) {
		int most = table->columns[i].most;
		if (most && table->widths[i] > most)
			table->widths[i] = most;
		total += table->widths[i];
	}
	for (; total > room; total--) {
		int widest = 0;
		for (int i = 1; i < table->n_columns; i++)
			if (slack(table, i) > slack(table, widest))
				widest = i;
		if (slack(table, widest) <= 0)
			return;
		table->widths[widest]--;
	}
}

static void trim_line(struct str *out)
{
	while (out->len && out->p[out->len - 1] == ' ')
		out->p[--out->len] = '\0';
	str_addc(out, '\n');
}

static void put_cell(
    struct str *out, const struct table *table, int column, struct slice text)
{
	int width = table->widths[column];
	if (column)
		add_blanks(out, GAP);
	if (table->columns[column].right)
		add_blanks(out, width - text_width(text));
	if (table->columns[column].right)
		text_clip(out, text, width, table->report->ascii);
	else
		text_pad(out, text, width, table->report->ascii);
}

static void put_titles(struct str *out, const struct table *table, int indent)
{
	bool any = false;
	for (int i = 0; i < table->n_columns; i++)
		any |= table->columns[i].title != NULL;
	if (!any)
		return;
	add_blanks(out, indent);
	for (int i = 0; i < table->n_columns; i++) {
		const char *title = table->columns[i].title;
		put_cell(out, table, i, slice_of(title ? title : ""));
	}
	trim_line(out);
}

void table_print(struct table *table, struct str *out, int indent)
{
	const char *cell = str_text(&table->text);
	fit(table, table->report->width - indent);
	put_titles(out, table, indent);
	for (size_t i = 0; i < table->n_cells; i++) {
		int column = (int)(i % (size_t)table->n_columns);
		struct slice text = slice_of(cell);
		if (!column)
			add_blanks(out, indent);
		put_cell(out, table, column, text);
		if (column == table->n_columns - 1)
			trim_line(out);
		cell += text.len + 1;
	}
	str_release(&table->text);
}

const char *markdown(struct str *buf, const struct report *report, const char *text)
{
	struct str safe = STR_INIT;
	add_safe(&safe, report, text);
	str_clear(buf);
	text_markdown(buf, (struct slice){str_text(&safe), safe.len});
	str_release(&safe);
	return str_text(buf);
}
