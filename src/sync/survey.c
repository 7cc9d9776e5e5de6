#include "cells.h"
#include "stop.h"
#include <stdio.h>

/*
 * What a whole column says about how to read it: 03/04/2025 alone is March or
 * April, but not beside 17/04/2025. Read on until a value decides; a column
 * that never does is refused for dates. Mostly the first rows decide.
 */

struct survey {
	struct reader *reader;
	struct reader_row row;
	int first_column;
};

enum date_order *field_order(struct field_plan *f)
{
	return f->from < 0 ? &f->order : &f->fallback[f->from].order;
}

enum decimal_mark *field_mark(struct field_plan *f)
{
	return f->from < 0 ? &f->mark : &f->fallback[f->from].mark;
}

static const int *field_columns(const struct field_plan *f, int *n)
{
	*n = f->from < 0 ? f->n_columns : f->fallback[f->from].n;
	return f->from < 0 ? f->columns : f->fallback[f->from].columns;
}

static struct slice survey_next(
    struct survey *s, const struct field_plan *f, struct err *err, bool *end)
{
	int n;
	const int *columns = field_columns(f, &n);

	while (!sync_stopped(err) && reader_next(s->reader, &s->row, err) == READER_ROW)
		for (int i = 0; i < n; i++) {
			size_t column = (size_t)s->first_column + (size_t)columns[i];
			if (column < s->row.count) {
				struct slice text = slice_trim(s->row.fields[column]);
				if (text.len)
					return text;
			}
		}
	*end = true;
	return (struct slice){"", 0};
}

/* The first value that may be read both ways. */
struct doubt {
	char text[64];
	int64_t line;
};

/* False: the file can not be read. The order stays unknown where no row decides. */
static bool read_order(
    struct plan *plan, struct field_plan *f, struct doubt *doubt, struct err *err)
{
	struct survey s = {.first_column = plan->first_column};
	enum date_order *order = field_order(f);
	bool end = false;

	if (!reader_open(&s.reader, plan->path, err))
		return false;
	while (*order == DATES_UNKNOWN) {
		struct slice text = survey_next(&s, f, err, &end);
		if (end)
			break;
		enum date_hint hint = date_look(text);
		if (hint == DATE_ONLY_MDY)
			*order = DATES_MDY;
		else if (hint == DATE_ONLY_DMY)
			*order = DATES_DMY;
		else if (hint == DATE_EITHER && !*doubt->text) {
			slice_copy(text, doubt->text, sizeof doubt->text);
			doubt->line = s.row.line;
		}
	}
	reader_close(s.reader);
	return !*err->text;
}

/* A report writes all its dates in the way of the person who ran it. */
static bool ask_others(struct plan *plan, struct field_plan *f, struct err *err)
{
	enum date_order *order = field_order(f);

	for (int i = 0; i < plan->n_fields && *order == DATES_UNKNOWN; i++) {
		struct field_plan *other = &plan->fields[i];
		struct doubt doubt = {.line = 0};
		enum field_type type = other->field->type;
		if (other == f || !other->n_columns ||
		    (type != FIELD_DAY && type != FIELD_INSTANT))
			continue;
		other->from = -1;
		if (!read_order(plan, other, &doubt, err))
			return false;
		*order = other->order;
	}
	return true;
}

bool survey_dates(struct plan *plan, struct field_plan *f, struct err *err)
{
	struct doubt doubt = {.line = 0};
	char place[400];
	int n;

	if (!read_order(plan, f, &doubt, err) ||
	    (plan->mapping->dates_agree && !ask_others(plan, f, err)))
		return false;
	if (*field_order(f) != DATES_UNKNOWN)
		return true;
	const struct slice column = plan->header[field_columns(f, &n)[0]];
	snprintf(place, sizeof place, "%.300s:%lld", plan->name, (long long)doubt.line);
	return err_set(err, place,
	    "column \"%.*s\": %s may be read month first or day first, and no row "
	    "decides; write dates = mdy or dates = dmy under [source] of a mapping file",
	    (int)column.len, column.p, doubt.text);
}

/* A column that never decides: a comma groups thousands, a point is decimal. */
bool survey_numbers(struct plan *plan, struct field_plan *f, struct err *err)
{
	struct survey s = {.first_column = plan->first_column};
	bool end = false;

	if (!reader_open(&s.reader, plan->path, err))
		return false;
	while (*field_mark(f) == DECIMAL_AUTO && !end) {
		enum decimal_hint hint = number_look(survey_next(&s, f, err, &end));
		if (hint == NUMBER_POINT)
			*field_mark(f) = DECIMAL_POINT;
		else if (hint == NUMBER_COMMA)
			*field_mark(f) = DECIMAL_COMMA;
	}
	reader_close(s.reader);
	if (*field_mark(f) == DECIMAL_AUTO)
		*field_mark(f) = DECIMAL_POINT;
	return !*err->text;
}

/* 1 is a hundredth beside 60 and all of it beside 0.6: one number above 1 makes
 * the column one of percents. What says % itself decides nothing. */
bool survey_shares(struct plan *plan, struct field_plan *f, struct err *err)
{
	struct survey s = {.first_column = plan->first_column};
	bool end = false;
	int64_t share;

	if (!reader_open(&s.reader, plan->path, err))
		return false;
	f->shares = SHARES_OF_ONE;
	while (f->shares == SHARES_OF_ONE && !end)
		if (number_read(survey_next(&s, f, err, &end), f->mark, 6, &share) &&
		    share > 1000000)
			f->shares = SHARES_PERCENT;
	reader_close(s.reader);
	return !*err->text;
}
