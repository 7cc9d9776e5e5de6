#include "reader_helper.h"

#include <stdint.h>

/* Random tables written as CSV in every dialect and encoding are read back the same. */

TestSuite(reader_property, .fini = reader_file_remove);

#define TABLES 3000

static uint64_t seed = 20261123;

static size_t below(size_t n)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (size_t)(seed >> 11) % n;
}

static const char *const line_ends[] = {"\n", "\r\n", "\r"};

enum encoding { UTF8, BOM, LITTLE, BIG, LATIN, ENCODINGS };

struct table {
	size_t width, rows;
	char delimiter;
	const char *line_end; /* NULL: any, row by row */
	enum encoding encoding;
	struct str csv, want;
	int64_t line;
};

static void random_field(struct str *out, enum encoding encoding)
{
	static const char *const parts[] = {"a", "B", "0", " ", "\t", ",", ";", "|", "\"",
	    "\n", "\r", "\r\n", "é", "€", "Ÿ", "日", "😀", "\xc2\xa0"};
	size_t count = encoding == LATIN ? 15 : sizeof parts / sizeof *parts;
	for (size_t n = below(4) ? below(6) : below(40); n > 0; n--)
		str_adds(out, parts[below(count)]);
}

static bool needs_quotes(const struct table *t, struct slice field)
{
	if (!field.len)
		return t->width == 1; /* or the line would be blank */
	const char ends[] = {field.p[0], field.p[field.len - 1]};
	return memchr(" \t", ends[0], 2) || memchr(" \t", ends[1], 2) ||
	       memchr(field.p, t->delimiter, field.len) ||
	       memchr(field.p, '"', field.len) || memchr(field.p, '\n', field.len) ||
	       memchr(field.p, '\r', field.len) ||
	       (t->width == 1 && strpbrk(field.p, ",;|\t"));
}

static void write_field(struct table *t, struct slice field)
{
	if (!needs_quotes(t, field) && below(3)) {
		str_add(&t->csv, field.p, field.len);
		return;
	}
	str_addc(&t->csv, '"');
	for (size_t i = 0; i < field.len; i++)
		str_addf(&t->csv, "%s%c", field.p[i] == '"' ? "\"" : "", field.p[i]);
	str_addc(&t->csv, '"');
}

static void end_line(struct table *t)
{
	str_adds(&t->csv, t->line_end ? t->line_end : line_ends[below(2)]);
}

static int64_t count_lines(struct slice s)
{
	int64_t n = 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.p[i] == '\n' ||
		     (s.p[i] == '\r' && (i + 1 == s.len || s.p[i + 1] != '\n'));
	return n;
}

static void write_row(struct table *t)
{
	int64_t line = t->line++;
	str_addf(&t->want, "%" PRId64, line);
	for (size_t i = 0; i < t->width; i++) {
		struct str field = STR_INIT;
		str_reserve(&field, 1);
		random_field(&field, t->encoding);
		struct slice s = {field.p, field.len};
		if (i)
			str_addc(&t->csv, t->delimiter);
		write_field(t, s);
		str_addf(&t->want, "[%s]", field.p);
		t->line += count_lines(s);
		str_release(&field);
	}
	str_addc(&t->want, '\n');
	end_line(t);
}

static void write_table(struct table *t)
{
	t->line = 2;
	str_addc(&t->want, 'H');
	for (size_t i = 0; i < t->width; i++) {
		if (i)
			str_addc(&t->csv, t->delimiter);
		str_addf(&t->csv, "h%zu", i);
		str_addf(&t->want, "[h%zu]", i);
	}
	str_addc(&t->want, '\n');
	end_line(t);
	for (size_t i = 0; i < t->rows; i++)
		write_row(t);
}

static void add_unit(struct str *out, uint32_t unit, bool big)
{
	str_addc(out, (char)(big ? unit >> 8 : unit));
	str_addc(out, (char)(big ? unit : unit >> 8));
}

static void add_utf16(struct str *out, uint32_t c, bool big)
{
	if (c < 0x10000) {
		add_unit(out, c, big);
		return;
	}
	add_unit(out, 0xd800 + ((c - 0x10000) >> 10), big);
	add_unit(out, 0xdc00 + ((c - 0x10000) & 0x3ff), big);
}

static void encode(const struct table *t, struct str *out)
{
	if (t->encoding == BOM)
		str_adds(out, "\xef\xbb\xbf");
	if (t->encoding == LITTLE || t->encoding == BIG)
		add_utf16(out, 0xfeff, t->encoding == BIG);
	for (size_t i = 0, step; i < t->csv.len; i += step) {
		uint32_t c;
		step = utf8_decode(t->csv.p + i, t->csv.len - i, &c);
		cr_assert(step);
		if (t->encoding == LITTLE || t->encoding == BIG)
			add_utf16(out, c, t->encoding == BIG);
		else if (t->encoding == LATIN)
			str_addc(out, (char)(c == 0x20ac ? 0x80 : c == 0x178 ? 0x9f : c));
		else
			str_add(out, t->csv.p + i, step);
	}
	if (t->encoding == LATIN) /* so that it can not pass for UTF-8 */
		str_adds(out, "\xe9\n");
}

static void check_table(void)
{
	static const char delimiters[] = ",;\t|";
	struct table t = {
	    .width = 1 + below(8), .rows = below(12), .encoding = below(ENCODINGS)};
	size_t end = below(4);
	t.line_end = end < 3 ? line_ends[end] : NULL;
	t.delimiter = t.width == 1 ? ',' : delimiters[below(4)];
	write_table(&t);
	struct str bytes = STR_INIT;
	encode(&t, &bytes);
	if (t.encoding == LATIN)
		str_addf(&t.want, "%" PRId64 "[é]\n", t.line);
	struct reading got = read_path(reader_file(bytes.p, bytes.len), 1 + below(300));
	cr_assert_str_eq(str_text(&got.rows), t.want.p,
	    "%zu columns, %c, encoding %d:\n%s\nnot\n%s", t.width, t.delimiter,
	    (int)t.encoding, str_text(&got.rows), t.want.p);
	cr_assert_eq(got.skipped, 0);
	cr_assert_eq(got.delimiter, t.delimiter);
	reading_release(&got);
	str_release(&bytes);
	str_release(&t.csv);
	str_release(&t.want);
}

Test(reader_property, what_is_written_is_read)
{
	for (int i = 0; i < TABLES; i++)
		check_table();
}

/* All code points above Latin, 256 to a row. */
static void write_code_points(struct table *t)
{
	str_adds(&t->csv, "a,b");
	for (uint32_t c = 0x100; c < 0x110000; c++) {
		if (c % 256 == 0)
			str_adds(&t->csv, "\nx,");
		if (c < 0xd800 || c > 0xdfff)
			utf8_add(&t->csv, c);
	}
	str_adds(&t->csv, "\n");
}

Test(reader_property, every_code_point)
{
	struct table t = {.encoding = UTF8};
	write_code_points(&t);
	struct reading first = read_path(reader_file(t.csv.p, t.csv.len), 1 << 20);
	cr_assert_str_eq(first.encoding, "UTF-8");
	cr_assert_str_eq(str_text(&first.raw), t.csv.p + strlen("a,b\n"));
	for (enum encoding e = BOM; e < LATIN; e++) {
		struct str bytes = STR_INIT;
		t.encoding = e;
		encode(&t, &bytes);
		struct reading again = read_path(reader_file(bytes.p, bytes.len), 4093);
		cr_expect(slice_eq((struct slice){first.raw.p, first.raw.len},
		              (struct slice){again.raw.p, again.raw.len}),
		    "encoding %d", (int)e);
		reading_release(&again);
		str_release(&bytes);
	}
	reading_release(&first);
	str_release(&t.csv);
}
