#include "profile.h"

#include "cells.h"
#include "huddle/text.h"
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* One column's cells, counted. */

enum { SEEN_MAX = 4000, SEEN_SLOTS = 8192 };

struct profile_seen {
	uint64_t slots[SEEN_SLOTS];
	int count;
};

struct profile_seen *profile_seen_new(size_t columns)
{
	return xcalloc(columns + 1, sizeof(struct profile_seen));
}

/* Was it there before? Only the first values are kept. */
static bool seen_before(struct profile_seen *seen, struct slice text)
{
	uint64_t hash = XXH3_64bits(text.p, text.len) | 1;
	size_t at = hash % SEEN_SLOTS;

	while (seen->slots[at] && seen->slots[at] != hash)
		at = (at + 1) % SEEN_SLOTS;
	if (seen->slots[at])
		return true;
	if (seen->count < SEEN_MAX) {
		seen->slots[at] = hash;
		seen->count++;
	}
	return false;
}

/* ---- cells ---- */

/* A time whose zone is told by name, and not for sure. */
static void count_zone(struct profile *p, struct arena *arena, struct slice s,
    int64_t line, const struct zone *zone)
{
	char last = s.p[s.len - 1];
	const char *why =
	    last == ')' || (last | 0x20) >= 'a' ? date_zone_doubt(arena, s, zone) : NULL;

	p->zones += why != NULL;
	if (why && !p->bad_date.line)
		p->bad_date =
		    (struct profile_bad){line, arena_dup(arena, s.p, s.len), why};
}

static void count_date(struct profile *p, struct arena *arena, struct slice s,
    int64_t line, const struct zone *zone)
{
	enum date_hint hint = date_look(s);
	struct str shape = STR_INIT;

	if (hint == DATE_BAD) {
		if (!p->bad_date.line)
			p->bad_date = (struct profile_bad){
			    line, arena_dup(arena, s.p, s.len), NULL};
		p->serials += date_serial(s);
		return;
	}
	count_zone(p, arena, s, line, zone);
	p->dates++;
	p->mdy += hint == DATE_ONLY_MDY;
	p->dmy += hint == DATE_ONLY_DMY;
	p->either += hint == DATE_EITHER;
	p->clocks += memchr(s.p, ':', s.len) != NULL;
	if (hint == DATE_EITHER && !p->either_value) {
		p->either_value = arena_dup(arena, s.p, s.len);
		p->either_line = line;
	}
	if (p->dates > 1000)
		return;
	profile_shape(&shape, s, profile_order(p, DATES_UNKNOWN));
	if (!*p->shape ||
	    (p->mdy + p->dmy == 1 && hint >= DATE_ONLY_MDY && !p->other_shapes))
		slice_copy((struct slice){str_text(&shape), shape.len}, p->shape,
		    sizeof p->shape);
	else if (strcmp(p->shape, str_text(&shape)))
		p->other_shapes++;
	str_release(&shape);
}

static void count_number(
    struct profile *p, struct arena *arena, struct slice s, int64_t line)
{
	bool percent = s.p[s.len - 1] == '%';
	money_t amount;
	struct currency said = {""};
	int64_t whole;

	if (percent)
		s = slice_trim((struct slice){s.p, s.len - 1});
	enum decimal_hint hint = number_look(s);
	if (hint == NUMBER_BAD) {
		if (!p->bad_number.line)
			p->bad_number = (struct profile_bad){
			    line, arena_dup(arena, s.p, s.len), NULL};
		return;
	}
	p->numbers++;
	p->percents += percent;
	p->points += hint == NUMBER_POINT;
	p->commas += hint == NUMBER_COMMA;
	p->whole += digits_at(s, 0) == s.len && number_read(s, DECIMAL_POINT, 0, &whole);
	if (money_read(s, DECIMAL_AUTO, 2, &amount, &said) && *said.code) {
		p->signs++;
		p->sign = said;
	}
}

static void count_bool(
    struct profile *p, struct arena *arena, struct slice s, int64_t line)
{
	int64_t yes;

	if (bool_read(s, &yes)) {
		p->bools++;
		p->bits += s.len == 1 && (*s.p == '0' || *s.p == '1');
	} else if (!p->bad_bool.line) {
		p->bad_bool =
		    (struct profile_bad){line, arena_dup(arena, s.p, s.len), NULL};
	}
}

static bool is_mail(struct slice s)
{
	const char *at = memchr(s.p, '@', s.len);

	return at && at > s.p && !memchr(s.p, ' ', s.len) &&
	       memchr(at, '.', s.len - (size_t)(at - s.p));
}

static void count_distinct(struct profile *p, struct arena *arena, struct slice s)
{
	if (s.len > VALUE_SHOWN)
		s.len = VALUE_SHOWN;
	for (int i = 0; i < p->n_distinct && i < DISTINCT_MAX; i++)
		if (slice_is(s, p->distinct[i]))
			return;
	if (p->n_distinct < DISTINCT_MAX)
		p->distinct[p->n_distinct] = arena_dup(arena, s.p, s.len);
	p->n_distinct++;
}

void profile_add(struct profile *p, struct arena *arena, struct profile_seen *seen,
    size_t column, struct slice text, int64_t line, const struct zone *zone)
{
	p->filled++;
	if (p->n_distinct <= DISTINCT_MAX)
		count_distinct(p, arena, text);
	p->repeats += seen_before(&seen[column], text);
	if (text.len > 64) /* nothing else is as long */
		return;
	count_date(p, arena, text, line, zone);
	count_number(p, arena, text, line);
	count_bool(p, arena, text, line);
	p->mails += is_mail(text);
	p->cut_ids += id_was_cut(text);
}

/* ---- what it comes to ---- */

enum date_order profile_order(const struct profile *p, enum date_order given)
{
	if (given != DATES_UNKNOWN)
		return given;
	return p->mdy && p->mdy >= p->dmy ? DATES_MDY
	       : p->dmy                   ? DATES_DMY
	                                  : DATES_UNKNOWN;
}

bool profile_ambiguous(const struct profile *p, enum date_order given)
{
	return p->either && profile_order(p, given) == DATES_UNKNOWN;
}

static int64_t unreadable_dates(
    const struct profile *p, enum date_order given, struct profile_bad *first)
{
	enum date_order order = profile_order(p, given);
	int64_t other = order == DATES_MDY   ? p->dmy
	                : order == DATES_DMY ? p->mdy
	                : order == DATES_ISO ? p->mdy + p->dmy + p->either
	                                     : 0;

	*first = p->bad_date;
	return p->filled - p->dates + p->zones + other;
}

int64_t profile_unreadable(const struct profile *p, enum field_type type,
    enum date_order given, struct profile_bad *first)
{
	switch (type) {
	case FIELD_DAY:
	case FIELD_INSTANT:
		return unreadable_dates(p, given, first);
	case FIELD_AMOUNT:
	case FIELD_NUMBER:
	case FIELD_SHARE:
	case FIELD_RATE:
		*first = p->bad_number;
		return p->filled - p->numbers;
	case FIELD_BOOL:
		*first = p->bad_bool;
		return p->filled - p->bools;
	case FIELD_TEXT:
	case FIELD_REF:
		break;
	}
	return 0;
}

static bool mostly(const struct profile *p, int64_t count)
{
	return count && count * 10 >= p->filled * 9;
}

static bool ends_in_id(const char *header)
{
	size_t len = strlen(header);
	const char *end = header + len - 2;

	if (len < 2 || strcasecmp(end, "id"))
		return len > 3 && !strcasecmp(header + len - 3, "ids");
	return len == 2 || !strcmp(end, "ID") || !strcmp(end, "Id") || end[-1] == ' ' ||
	       end[-1] == '_';
}

static const char *number_type(const struct profile *p)
{
	return p->percents ? "percent" : p->signs ? "amount" : "number";
}

static const char *date_type(const struct profile *p)
{
	return p->clocks * 2 > p->dates ? "time" : "date";
}

const char *profile_type(const struct profile *p, const char *header)
{
	if (!p->filled)
		return "empty";
	if (ends_in_id(header) || mostly(p, p->cut_ids))
		return "id";
	if (p->bools == p->filled && (p->n_distinct == 2 || p->bools > p->bits))
		return "boolean";
	if (mostly(p, p->dates))
		return date_type(p);
	if (p->serials == p->filled && strcasestr(header, "date"))
		return "date";
	if (mostly(p, p->numbers))
		return number_type(p);
	return mostly(p, p->mails) ? "e-mail" : "text";
}

const char *profile_field_type(const struct profile *p, const struct field *field)
{
	switch (field->type) {
	case FIELD_DAY:
	case FIELD_INSTANT:
		return date_type(p);
	case FIELD_AMOUNT:
		return "amount";
	case FIELD_NUMBER:
	case FIELD_RATE:
		return "number";
	case FIELD_SHARE:
		return "percent";
	case FIELD_BOOL:
		return "boolean";
	case FIELD_REF:
		return field->by == REF_ID      ? "id"
		       : field->by == REF_EMAIL ? "e-mail"
		                                : "text";
	case FIELD_TEXT:
		break;
	}
	return !strcmp(field->name, "id") ? "id"
	       : mostly(p, p->mails)      ? "e-mail"
	                                  : "text";
}

/* The shape was taken month first where no cell says which it is. */
static void add_shape(struct str *out, const struct profile *p, enum date_order given)
{
	bool turn = given == DATES_DMY && p->shape[0] == 'M' && p->shape[1] != 'o' &&
	            profile_order(p, DATES_UNKNOWN) == DATES_UNKNOWN;

	str_adds(out, ", ");
	for (const char *c = p->shape; *c; c++)
		str_addc(out, !turn || c > p->shape + 3 ? *c
		              : *c == 'M'               ? 'D'
		              : *c == 'D'               ? 'M'
		                                        : *c);
}

static void date_format(struct str *out, const struct profile *p, enum date_order given)
{
	if (!p->dates && p->serials) {
		str_adds(out, ", a spreadsheet's day numbers");
		return;
	}
	if (*p->shape && !profile_ambiguous(p, given))
		add_shape(out, p, given);
	if (profile_ambiguous(p, given))
		str_adds(out, ", month or day first: not known");
	if (p->other_shapes)
		str_adds(out, " and other forms");
}

static void number_format(struct str *out, const struct profile *p)
{
	if (p->commas && !p->points)
		str_adds(out, ", decimal comma");
	else if (p->points)
		str_adds(out, ", decimal point");
	else if (p->whole == p->filled && !p->percents)
		str_adds(out, ", whole");
	if (p->points && p->commas)
		str_adds(out, " and comma mixed");
	if (p->signs)
		str_addf(out, ", written with %s", p->sign.code);
	if (p->percents && p->percents < p->filled)
		str_adds(out, ", some with %");
}

void profile_format(
    struct str *out, const struct profile *p, const char *type, enum date_order given)
{
	str_adds(out, type);
	if (!p->filled)
		return;
	if (!strcmp(type, "date") || !strcmp(type, "time"))
		date_format(out, p, given);
	else if (!strcmp(type, "amount") || !strcmp(type, "number") ||
	         !strcmp(type, "percent"))
		number_format(out, p);
	else if (!strcmp(type, "boolean") && p->bits == p->filled)
		str_adds(out, ", 0 or 1");
	else if (!strcmp(type, "text") && p->n_distinct <= DISTINCT_MAX)
		str_addf(out, ", %d different", p->n_distinct);
}
