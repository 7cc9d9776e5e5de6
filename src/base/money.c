#include "huddle/money.h"

#include <string.h>

#include "money_inside.h"

/*
 * The digits of an amount. One pass sorts out the marks: blanks and
 * apostrophes always group; of points and commas the last kind may be decimal.
 * Where only one mark of one kind stands before exactly three digits, both
 * readings are right, and the column or the caller decides.
 */
struct marks {
	int points, commas, others; /* others: blanks and apostrophes */
	size_t last;                /* byte of the last point or comma */
	char last_mark;
	bool well_grouped;        /* with the last mark taken as a grouping one */
	bool well_grouped_before; /* the same up to the last mark */
};

static bool is_digit(char c)
{
	return (unsigned char)(c - '0') <= 9;
}

/* Bytes of a mark that only ever groups: blank, apostrophe, NBSP, U+202F, U+2019, U+2009. */
static size_t grouping_at(struct slice s)
{
	if (s.p[0] == ' ' || s.p[0] == '\'')
		return 1;
	if (slice_starts(s, "\xC2\xA0"))
		return 2;
	if (slice_starts(s, "\xE2\x80\xAF") || slice_starts(s, "\xE2\x80\x99") ||
	    slice_starts(s, "\xE2\x80\x89"))
		return 3;
	return 0;
}

/*
 * Groups from the left: the first has 1 to 3 digits and no leading zero, the
 * last has 3, those between have 3, or all 2 as in India.
 */
struct groups {
	int count, first, current, pairs, triples;
	bool zero_first, bad;
};

static void end_group(struct groups *g)
{
	if (g->count == 0)
		g->first = g->current;
	else if (g->current == 3)
		g->triples++;
	else if (g->current == 2)
		g->pairs++;
	else
		g->bad = true;
	g->count++;
	g->current = 0;
}

/* `last` is the size of the group that no mark ends. */
static bool groups_are_good(const struct groups *g, int last)
{
	if (g->count == 0)
		return true;
	bool indian = g->pairs == g->count - 1 && g->first <= 2;
	return !g->bad && last == 3 && g->first >= 1 && g->first <= 3 && !g->zero_first &&
	       (g->pairs == 0 || indian);
}

/* Count the marks; false when something else stands between the digits. */
static bool survey(struct slice s, struct marks *out)
{
	struct groups g = {.zero_first = s.len && s.p[0] == '0'};
	*out = (struct marks){.well_grouped_before = true};
	bool digits = false;
	for (size_t i = 0, used; i < s.len; i += used) {
		char c = s.p[i];
		used = 1;
		if (is_digit(c)) {
			g.current++;
			digits = true;
			continue;
		}
		struct slice rest = {.p = s.p + i, .len = s.len - i};
		if (c == '.' || c == ',') {
			*(c == '.' ? &out->points : &out->commas) += 1;
			out->last = i;
			out->last_mark = c;
			out->well_grouped_before = groups_are_good(&g, g.current);
		} else if ((used = grouping_at(rest)) > 0) {
			out->others++;
		} else {
			return false;
		}
		end_group(&g);
	}
	out->well_grouped = groups_are_good(&g, g.current);
	return digits;
}

static enum decimal_hint hint_for(char mark)
{
	return mark == '.' ? NUMBER_POINT : NUMBER_COMMA;
}

/* Can the last mark be the decimal one? Nothing may group behind it. */
static bool may_be_decimal(struct slice s, const struct marks *m)
{
	if ((m->last_mark == '.' ? m->points : m->commas) != 1 || !m->well_grouped_before)
		return false;
	for (size_t i = m->last + 1; i < s.len; i++) {
		if (!is_digit(s.p[i]))
			return false;
	}
	return true;
}

static enum decimal_hint judge(const struct amount *amount, const struct marks *m)
{
	if (!m->points && !m->commas)
		return m->well_grouped ? NUMBER_NEUTRAL : NUMBER_BAD;
	bool both = m->points && m->commas;
	/* A number with an exponent is a machine's, and machines do not group. */
	bool may_group = m->well_grouped && !both && !m->others && !amount->has_exponent;
	bool decimal = may_be_decimal(amount->digits, m);
	if (decimal && may_group)
		return NUMBER_EITHER;
	if (decimal)
		return hint_for(m->last_mark);
	return may_group ? hint_for(m->last_mark == '.' ? ',' : '.') : NUMBER_BAD;
}

enum decimal_hint number_look(struct slice text)
{
	struct amount amount;
	struct marks marks;
	if (!amount_strip(text, &amount) || !survey(amount.digits, &marks))
		return NUMBER_BAD;
	return judge(&amount, &marks);
}

/* Which character is decimal in this text; 0 is none, false is a contradiction. */
static bool settle_mark(const struct amount *amount, const struct marks *m,
    enum decimal_mark mark, char *decimal)
{
	enum decimal_hint hint = judge(amount, m);
	*decimal = 0;
	if (hint == NUMBER_BAD)
		return false;
	if (hint == NUMBER_NEUTRAL)
		return true;
	if ((hint == NUMBER_POINT && mark == DECIMAL_COMMA) ||
	    (hint == NUMBER_COMMA && mark == DECIMAL_POINT))
		return false;
	bool comma = hint == NUMBER_COMMA || mark == DECIMAL_COMMA;
	if ((comma ? ',' : '.') == m->last_mark)
		*decimal = m->last_mark;
	return true;
}

/* Significant digits without marks, and how many of them are after the mark. */
struct digits {
	char d[128];
	int count, after;
};

static void collect(struct slice s, char decimal, struct digits *out)
{
	bool behind = false;
	out->count = out->after = 0;
	for (size_t i = 0; i < s.len; i++) {
		if (s.p[i] == decimal && decimal)
			behind = true;
		if (!is_digit(s.p[i]))
			continue;
		out->after += behind;
		if (out->count || s.p[i] != '0')
			out->d[out->count++] = s.p[i];
	}
}

/* Half to even, on what is cut off behind the first `keep` digits. */
static bool rounds_up(const struct digits *n, int keep, bool odd)
{
	if (keep < 0 || keep >= n->count || n->d[keep] < '5')
		return false;
	if (n->d[keep] > '5')
		return true;
	for (int i = keep + 1; i < n->count; i++) {
		if (n->d[i] != '0')
			return true;
	}
	return odd;
}

/* digits times 10^power, as an integer; false when it does not fit. */
static bool scale(const struct digits *n, int power, int64_t *out)
{
	int keep = n->count + power;
	int64_t value = 0;
	for (int i = 0; i < keep && n->count; i++) {
		int digit = i < n->count ? n->d[i] - '0' : 0;
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(value, digit, &value))
			return false;
	}
	if (rounds_up(n, keep, value & 1) && __builtin_add_overflow(value, 1, &value))
		return false;
	*out = value;
	return true;
}

/* -1234.5 and the like, at most 15 digits: nearly every cell of every export. */
static bool read_plain(struct slice s, int digits, int64_t *out)
{
	size_t i = s.len && s.p[0] == '-';
	int64_t value = 0;
	int after = -1;
	if (s.len - i > 15 || i == s.len || !is_digit(s.p[i]))
		return false;
	for (size_t at = i; at < s.len; at++) {
		if (is_digit(s.p[at])) {
			value = value * 10 + (s.p[at] - '0');
			after += after >= 0;
		} else if (s.p[at] == '.' && after < 0) {
			after = 0;
		} else {
			return false;
		}
	}
	int more = digits - (after > 0 ? after : 0);
	if (more < 0 || more > 3)
		return false;
	for (; more > 0; more--)
		value *= 10;
	*out = i ? -value : value;
	return true;
}

static bool read_amount(struct slice text, enum decimal_mark mark, int digits,
    int64_t *out, struct currency *said)
{
	struct amount amount;
	struct marks marks;
	struct digits number;
	char decimal;
	int64_t value;
	if (!amount_strip(text, &amount) || !survey(amount.digits, &marks) ||
	    !settle_mark(&amount, &marks, mark, &decimal))
		return false;
	collect(amount.digits, decimal, &number);
	if (!scale(&number, amount.shift + digits - number.after, &value))
		return false;
	*out = amount.negative ? -value : value;
	*said = amount.said;
	return true;
}

bool money_read(struct slice text, enum decimal_mark mark, int digits, money_t *out,
    struct currency *said)
{
	if (mark != DECIMAL_COMMA && read_plain(text, digits, out)) {
		*said = (struct currency){""};
		return true;
	}
	return read_amount(text, mark, digits, out, said);
}

bool number_read(struct slice text, enum decimal_mark mark, int digits, int64_t *out)
{
	struct currency said;
	int64_t value;
	if (mark != DECIMAL_COMMA && read_plain(text, digits, out))
		return true;
	if (!read_amount(text, mark, digits, &value, &said) || said.code[0])
		return false;
	*out = value;
	return true;
}

bool money_add(money_t *total, money_t more)
{
	money_t sum;
	if (*total == MONEY_NONE || more == MONEY_NONE ||
	    __builtin_add_overflow(*total, more, &sum) || sum == MONEY_NONE)
		return false;
	*total = sum;
	return true;
}
