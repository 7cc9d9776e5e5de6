#include "plan.h"
#include <stdio.h>

/*
 * What a whole column says about how to read it: 03/04/2025 alone is March or
 * April, but not beside 17/04/2025. Read on until a value decides; a column
 * that never does is refused for dates. Mostly the first rows decide.
 */

struct survey {
	struct reader *reader;
	struct reader_row row;
};

static struct slice survey_next(
    struct survey *s, const struct field_plan *f, struct err *err, bool *end)
{
	while (reader_next(s->reader, &s->row, err) == READER_ROW)
		for (int i = 0; i < f->n_columns; i++)
			if ((size_t)f->columns[i] < s->row.count) {
				struct slice text =
				    slice_trim(s->row.fields[f->columns[i]]);
				if (text.len)
					return text;
			}
	*end = true;
	return (struct slice){"", 0};
}

bool survey_dates(struct plan *plan, struct field_plan *f, struct err *err)
{
	struct survey s = {0};
	char first[64] = "";
	int64_t line = 0;
	bool end = false;

	if (!reader_open(&s.reader, plan->path, err))
		return false;
	while (f->order == DATES_UNKNOWN) {
		struct slice text = survey_next(&s, f, err, &end);
		if (end)
			break;
		enum date_hint hint = date_look(text);
		if (hint == DATE_ONLY_MDY)
			f->order = DATES_MDY;
		else if (hint == DATE_ONLY_DMY)
			f->order = DATES_DMY;
		else if (hint == DATE_EITHER && !*first) {
			slice_copy(text, first, sizeof first);
			line = s.row.line;
		}
	}
	reader_close(s.reader);
	if (f->order != DATES_UNKNOWN)
		return true;
	if (*err->text)
		return false;
	char place[400];
	snprintf(place, sizeof place, "%.300s:%lld", plan->name, (long long)line);
	return err_set(err, place,
	    "column \"%.*s\": %s may be read month first or day first, and no row "
	    "decides; write dates = mdy or dates = dmy under [source] of a mapping file",
	    (int)plan->header[f->columns[0]].len, plan->header[f->columns[0]].p, first);
}

/* A column that never decides: a comma groups thousands, a point is decimal. */
bool survey_numbers(struct plan *plan, struct field_plan *f, struct err *err)
{
	struct survey s = {0};
	bool end = false;

	if (!reader_open(&s.reader, plan->path, err))
		return false;
	while (f->mark == DECIMAL_AUTO && !end) {
		enum decimal_hint hint = number_look(survey_next(&s, f, err, &end));
		if (hint == NUMBER_POINT)
			f->mark = DECIMAL_POINT;
		else if (hint == NUMBER_COMMA)
			f->mark = DECIMAL_COMMA;
	}
	reader_close(s.reader);
	if (f->mark == DECIMAL_AUTO)
		f->mark = DECIMAL_POINT;
	return !*err->text;
}

/* 1 is a hundredth beside 60 and all of it beside 0.6: one number above 1 makes
 * the column one of percents. What says % itself decides nothing. */
bool survey_shares(struct plan *plan, struct field_plan *f, struct err *err)
{
	struct survey s = {0};
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
