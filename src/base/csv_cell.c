#include "huddle/csv_cell.h"

#include "huddle/money.h"
#include <string.h>

/* Up to each quote at once: most cells have none. */
static void add_inside(struct str *out, struct slice cell)
{
	const char *quote;

	while (cell.len && (quote = memchr(cell.p, '"', cell.len))) {
		size_t len = (size_t)(quote - cell.p) + 1;
		str_add(out, cell.p, len);
		str_addc(out, '"');
		cell = (struct slice){cell.p + len, cell.len - len};
	}
	str_add(out, cell.p, cell.len);
}

void csv_quote(struct str *out, struct slice cell)
{
	str_addc(out, '"');
	add_inside(out, cell);
	str_addc(out, '"');
}

static size_t apostrophes(struct slice cell)
{
	size_t n = 0;

	while (n < cell.len && cell.p[n] == '\'')
		n++;
	return n;
}

static bool begins_formula(struct slice s)
{
	static const char *const wide[] = {
	    "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

	while (s.len && *s.p == ' ')
		s = (struct slice){s.p + 1, s.len - 1};
	if (!s.len)
		return false;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (slice_starts(s, wide[i]))
			return true;
	return *s.p && strchr("=+-@\t\r\n", *s.p);
}

static bool is_number(struct slice s)
{
	int64_t n;

	for (size_t i = 0; i < s.len; i++)
		if (!s.p[i] || !strchr("+-.,0123456789", s.p[i]))
			return false;
	return s.len && number_read(s, DECIMAL_POINT, 2, &n);
}

void csv_harmless(struct str *out, struct slice cell)
{
	size_t n = apostrophes(cell);

	str_addc(out, '"');
	if (n == cell.len ? n > 0
	                  : begins_formula((struct slice){cell.p + n, cell.len - n}) &&
	                        (n || !is_number(cell)))
		str_addc(out, '\'');
	add_inside(out, cell);
	str_addc(out, '"');
}

struct slice csv_plain(struct slice cell)
{
	size_t n = apostrophes(cell);

	if (n &&
	    (n == cell.len || begins_formula((struct slice){cell.p + n, cell.len - n})))
		return (struct slice){cell.p + 1, cell.len - 1};
	return cell;
}
