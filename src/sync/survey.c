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
	int first_column;
};

static struct slice survey_next(
    struct survey *s, const struct field_plan *f, struct err *err, bool *end)
{
	while (reader_next(s->reader, &s->row, err) == READER_ROW)
		for (int i = 0; i < f->n_columns; i++) {
			size_t column = (size_t)(s->first_column + f->columns[i]);
			if (column < s->row.count) {
				struct slice text = slice_trim(s->row.fields[column]);
				if (text.len)
					return text;
			}
		}
	*end = true;
	return (struct slice){"", 0};
}

bool survey_dates(struct plan *plan, struct field_plan *f, struct err *err)
{
	struct survey s = {.first_column = plan->first_column};
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
	struct survey s = {.first_column = plan->first_column};
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

static const char *const order_names[] = {[DATES_MDY] = "mdy", [DATES_DMY] = "dmy"};
static const char *const mark_names[] = {
    [DECIMAL_POINT] = "point", [DECIMAL_COMMA] = "comma"};

const char *plan_formats(const struct plan *plan, struct arena *arena)
{
	struct str out = STR_INIT;

	for (int i = 0; i < plan->n_fields; i++) {
		const struct field_plan *f = &plan->fields[i];
		const char *order = f->order > DATES_ISO ? order_names[f->order] : NULL;
		const char *mark = f->mark > DECIMAL_AUTO ? mark_names[f->mark] : NULL;
		if (order && plan->mapping->dates == DATES_UNKNOWN)
			str_addf(
			    &out, "%s%s=%s", out.len ? " " : "", f->field->name, order);
		if (mark && plan->mapping->decimal == DECIMAL_AUTO)
			str_addf(
			    &out, "%s%s=%s", out.len ? " " : "", f->field->name, mark);
	}
	const char *text = arena_dup(arena, str_text(&out), out.len);
	str_release(&out);
	return text;
}

static void use_format(struct field_plan *f, struct slice word)
{
	for (int i = DATES_MDY; i <= DATES_DMY; i++)
		if (slice_is(word, order_names[i]) && f->order == DATES_UNKNOWN)
			f->order = (enum date_order)i;
	for (int i = DECIMAL_POINT; i <= DECIMAL_COMMA; i++)
		if (slice_is(word, mark_names[i]) && f->mark == DECIMAL_AUTO)
			f->mark = (enum decimal_mark)i;
}

void plan_use_formats(struct plan *plan, const char *formats)
{
	struct slice rest = slice_of(formats), part, name;

	while (rest.len && slice_cut(&rest, ' ', &part)) {
		slice_cut(&part, '=', &name);
		for (int i = 0; i < plan->n_fields; i++)
			if (slice_is(name, plan->fields[i].field->name))
				use_format(&plan->fields[i], part);
	}
}
