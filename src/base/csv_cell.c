#include "huddle/csv_cell.h"

#include "huddle/money.h"
#include <string.h>

static bool begins_formula(struct slice s)
{
	static const char *const wide[] = {
	    "\xef\xbc\x9d", "\xef\xbc\x8b", "\xef\xbc\x8d", "\xef\xbc\xa0"};

	while (s.len && (*s.p == ' ' || *s.p == '\''))
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

void csv_add_text(struct str *out, struct slice cell)
{
	str_addc(out, '"');
	if (begins_formula(cell) && !is_number(cell))
		str_addc(out, '\'');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.p[i] == '"')
			str_addc(out, '"');
		str_addc(out, cell.p[i]);
	}
	str_addc(out, '"');
}
