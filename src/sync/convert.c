#include "cells.h"
#include "huddle/rates.h"
#include "huddle/text.h"
#include <string.h>

/* One cell to one value, by the type of its field. */

static struct value text_value(struct cell_context *c, struct slice s)
{
	return (struct value){.type = VALUE_TEXT,
	    .len = (uint32_t)s.len,
	    .p = arena_dup(c->arena, s.p, s.len)};
}

static bool is_alnum(char ch)
{
	return (ch >= '0' && ch <= '9') || (ch >= 'A' && ch <= 'Z') ||
	       (ch >= 'a' && ch <= 'z');
}

/*
 * Salesforce shows ids as 15 characters that differ by case, and exports 18:
 * the last three encode the case of each group of five, so that ids can be
 * compared without it.
 */
struct slice salesforce_id(struct slice s, char buf[SALESFORCE_ID])
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

	if (s.len != 15)
		return s;
	for (size_t i = 0; i < 15; i++)
		if (!is_alnum(s.p[i]))
			return s;
	memcpy(buf, s.p, 15);
	for (int group = 0; group < 3; group++) {
		unsigned bits = 0;
		for (int i = 0; i < 5; i++) {
			char ch = s.p[group * 5 + i];
			bits |= (unsigned)(ch >= 'A' && ch <= 'Z') << i;
		}
		buf[15 + group] = digits[bits];
	}
	return (struct slice){buf, SALESFORCE_ID};
}

/* 000000000000000AAA is how an export writes an empty lookup. */
static bool null_id(struct slice s)
{
	return (s.len == 15 || s.len == 18) && !strncmp(s.p, "000000000000000", 15);
}

/* "1.23E+11" is what a spreadsheet makes of a long id: its digits are gone. */
bool id_was_cut(struct slice s)
{
	size_t i = 0;

	while (i < s.len && ((s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '.'))
		i++;
	if (!i || i + 2 >= s.len || (s.p[i] != 'E' && s.p[i] != 'e') || s.p[i + 1] != '+')
		return false;
	for (i += 2; i < s.len; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
	return true;
}

static const char *convert_id(struct cell_context *c, struct slice s, struct value *out)
{
	const char *prefix = c->field->source->prefix;
	char buf[SALESFORCE_ID];

	if (null_id(s) || (prefix && !slice_starts(s, prefix)))
		return NULL;
	if (c->plan->mapping->salesforce_ids)
		s = salesforce_id(s, buf);
	if (id_was_cut(s))
		return "the id went through a spreadsheet, which cut its digits; export "
		       "again and do "
		       "not save the file from there";
	*out = text_value(c, s);
	return NULL;
}

static bool decide_order(struct cell_context *c, struct slice s)
{
	if (*field_order(c->field) != DATES_UNKNOWN)
		return true;
	enum date_hint hint = date_look(s);
	if (hint == DATE_BAD || hint == DATE_NEUTRAL)
		return true;
	if (survey_dates(c->plan, c->field, c->err))
		return true;
	c->refused = true;
	return false;
}

/* 45631 is what a spreadsheet writes for 2024-12-05 in a column that is not
 * formatted as dates: days since 1899-12-30, of the years 1954 to 2064. */
bool date_serial(struct slice s)
{
	int64_t days;
	struct slice whole = s;

	while (whole.len && whole.p[whole.len - 1] != '.')
		whole.len--;
	whole.len = whole.len ? whole.len - 1 : s.len;
	return whole.len == 5 && number_read(s, DECIMAL_POINT, 0, &days) &&
	       number_read(whole, DECIMAL_POINT, 0, &days) && days >= 20000 &&
	       days <= 60000;
}

/* What it would be as a date is said, so that it can be checked. */
static const char *day_number(struct arena *arena, struct slice s)
{
	char buf[DAY_TEXT];
	int64_t days;

	number_read((struct slice){s.p, 5}, DECIMAL_POINT, 0, &days);
	return arena_printf(arena,
	    "is a spreadsheet's day number (%s, if it was not changed there); format the "
	    "column as dates before it is saved as CSV, or export again",
	    day_format((day_t)days + day_from_civil(1899, 12, 30), buf));
}

static const char *no_date(struct cell_context *c, struct slice s, const char *why)
{
	if (date_serial(s))
		return day_number(c->arena, s);
	const char *doubt = date_zone_doubt(c->arena, s, c->plan->mapping->zone);
	return doubt ? doubt : why;
}

static bool read_instant(
    struct cell_context *c, struct slice s, instant_t *at, bool *has_time)
{
	return decide_order(c, s) && instant_read(s, *field_order(c->field),
	                                 c->plan->mapping->zone, at, has_time);
}

/* Rates begin in 1799 and end in 9999 where they always hold. */
static bool is_always(const struct cell_context *c, struct slice s)
{
	int year = 0;

	if (c->plan->section->kind != FACT_CURRENCIES || s.len < 10 || s.p[4] != '-')
		return false;
	for (int i = 0; i < 4; i++) {
		if (s.p[i] < '0' || s.p[i] > '9')
			return false;
		year = year * 10 + (s.p[i] - '0');
	}
	return year < 1900 || year > 2199;
}

static const char *convert_day(struct cell_context *c, struct slice s, struct value *out)
{
	instant_t at;
	bool has_time;
	char buf[DAY_TEXT];

	if (is_always(c, s))
		return NULL;
	if (!read_instant(c, s, &at, &has_time))
		return no_date(c, s, "is no date that can be read");
	if (has_time && c->plan->mapping->zone)
		at = zone_from_utc(c->plan->mapping->zone, at);
	*out = text_value(c, slice_of(day_format(day_of_instant(at), buf)));
	return NULL;
}

static const char *convert_instant(
    struct cell_context *c, struct slice s, struct value *out)
{
	instant_t at;
	bool has_time;
	char buf[INSTANT_TEXT];

	if (!read_instant(c, s, &at, &has_time))
		return no_date(c, s, "is no date or time that can be read");
	*out = text_value(c, slice_of(has_time ? instant_format(at, buf)
	                                       : day_format(day_of_instant(at), buf)));
	return NULL;
}

/* A cell that says how it is read says it of its column to rejects of the file. */
static void note_mark(struct field_plan *f, enum decimal_hint hint)
{
	enum decimal_mark *seen = f->from < 0 ? &f->seen : &f->fallback[f->from].seen;

	if (*seen == DECIMAL_AUTO)
		*seen = hint == NUMBER_POINT   ? DECIMAL_POINT
		        : hint == NUMBER_COMMA ? DECIMAL_COMMA
		                               : DECIMAL_AUTO;
}

static bool decide_mark(struct cell_context *c, struct slice s)
{
	if (*field_mark(c->field) != DECIMAL_AUTO)
		return true;
	enum decimal_hint hint = number_look(s);
	if (hint != NUMBER_EITHER) {
		note_mark(c->field, hint);
		return true;
	}
	if (survey_numbers(c->plan, c->field, c->err))
		return true;
	c->refused = true;
	return false;
}

/* "$" and "¥" are the signs of several currencies. */
static bool shared_sign(struct slice s)
{
	return memchr(s.p, '$', s.len) || memmem(s.p, s.len, "\xc2\xa5", 2);
}

static const char *convert_amount(
    struct cell_context *c, struct slice s, struct value *out)
{
	struct currency said = {""};

	if (!decide_mark(c, s))
		return "is no amount that can be read";
	if (!money_read(
	        s, *field_mark(c->field), currency_digits(c->currency), &out->n, &said))
		return "is no amount that can be read, or too large";
	/* "€1.200" where no column says the currency; of a shared sign the mapping
	 * knows better. */
	if (*said.code && !c->currency_known && !(*c->currency.code && shared_sign(s))) {
		c->currency = said;
		money_read(
		    s, *field_mark(c->field), currency_digits(said), &out->n, &said);
	}
	out->type = VALUE_INT;
	return NULL;
}

static const char *convert_number(
    struct cell_context *c, struct slice s, struct value *out)
{
	if (!decide_mark(c, s) || !number_read(s, *field_mark(c->field), 0, &out->n))
		return "is no number that can be read";
	out->type = VALUE_INT;
	return NULL;
}

static bool decide_shares(struct cell_context *c)
{
	if (c->field->shares != SHARES_UNKNOWN ||
	    survey_shares(c->plan, c->field, c->err))
		return true;
	c->refused = true;
	return false;
}

/* 60% says it itself; 60 and 0.6 are read as the whole column is. */
static const char *convert_share(
    struct cell_context *c, struct slice s, struct value *out)
{
	bool percent = s.len && s.p[s.len - 1] == '%';

	if (percent)
		s = slice_trim((struct slice){s.p, s.len - 1});
	if (!number_read(s, *field_mark(c->field), 6, &out->n) || out->n < 0 ||
	    (!percent && !decide_shares(c)))
		return "is no share that can be read";
	if (percent || c->field->shares == SHARES_PERCENT)
		out->n /= 100;
	out->type = VALUE_INT;
	return out->n > 1000000 ? "is more than all of it" : NULL;
}

static const char *convert_rate(struct cell_context *c, struct slice s, struct value *out)
{
	if (!decide_mark(c, s) || !number_read(s, c->field->mark, RATE_DIGITS, &out->n))
		return "is no rate that can be read, or too large";
	out->type = VALUE_INT;
	return out->n > 0 ? NULL : "is no rate: it must be more than nothing";
}

static bool is_one_of(struct slice s, const char *const *words)
{
	for (; *words; words++)
		if (slice_is_nocase(s, *words))
			return true;
	return false;
}

bool bool_read(struct slice s, int64_t *out)
{
	static const char *const yes[] = {
	    "1", "true", "yes", "y", "t", "1.0", "done", "x", NULL};
	static const char *const no[] = {"0", "false", "no", "n", "f", "0.0", NULL};

	*out = is_one_of(s, yes);
	return *out || is_one_of(s, no);
}

static const char *convert_bool(struct cell_context *c, struct slice s, struct value *out)
{
	(void)c;
	if (!bool_read(s, &out->n))
		return "is neither yes nor no; add a .map line to the mapping";
	out->type = VALUE_INT;
	return NULL;
}

/* "Ana Ruiz (ana@x.example)": the address tells who it is. */
static struct slice email_in(struct slice s)
{
	const char *open =
	    s.len && s.p[s.len - 1] == ')' ? memrchr(s.p, '(', s.len) : NULL;

	if (!open || !memchr(open, '@', s.len - (size_t)(open - s.p)))
		return s;
	return slice_trim((struct slice){open + 1, s.len - (size_t)(open - s.p) - 2});
}

const char *convert_cell(struct cell_context *c, struct slice text, struct value *out)
{
	const struct field *field = c->field->field;

	switch (field->type) {
	case FIELD_AMOUNT:
		return convert_amount(c, text, out);
	case FIELD_NUMBER:
		return convert_number(c, text, out);
	case FIELD_SHARE:
		return convert_share(c, text, out);
	case FIELD_RATE:
		return convert_rate(c, text, out);
	case FIELD_DAY:
		return convert_day(c, text, out);
	case FIELD_INSTANT:
		return convert_instant(c, text, out);
	case FIELD_BOOL:
		return convert_bool(c, text, out);
	case FIELD_REF:
		if (field->by == REF_ID || null_id(text))
			return convert_id(c, text, out);
		if (field->ref == FACT_CONTACTS)
			text = email_in(text);
		break;
	case FIELD_TEXT:
		if (!strcmp(field->name, "id"))
			return convert_id(c, text, out);
		break;
	}
	*out = text_value(c, text);
	return NULL;
}
