#include "reader_helper.h"

#include <sys/stat.h>

TestSuite(reader_faults, .fini = reader_file_remove);

#define BYTES(text) text, sizeof(text) - 1

/* Do the last lines of what was read begin with the error wanted? */
static void expect_error(
    const char *name, const void *bytes, size_t len, const char *error)
{
	struct reading got = read_bytes(bytes, len);
	const char *rows = str_text(&got.rows), *found = strchr(rows, '!');
	cr_assert(found, "%s: no error:\n%.200s", name, rows);
	cr_expect(strncmp(found + 1, error, strlen(error)) == 0, "%s:\n%s\nnot\n%s", name,
	    found + 1, error);
	cr_expect(strchr(found, ';'), "%s: says what to do: %s", name, found);
	reading_release(&got);
}

Test(reader_faults, structure)
{
	static const struct {
		const char *name, *bytes;
		size_t len;
		const char *error;
	} examples[] = {
	    {"unterminated names the row's first line",
	        BYTES("a,b\n1,2\n3,\"4\n5,6\n7,8\n"),
	        "t.csv:3: the row that begins here opens a quote in column 2 (b) that is "
	        "never closed"},
	    {"unterminated header", BYTES("a,\"b\n1,2\n"),
	        "t.csv:1: the row that begins here opens a quote in column 2 that"},
	    {"a quote alone", BYTES("a,b\n\""),
	        "t.csv:2: the row that begins here opens"},
	    {"bare quote", BYTES("a,b\né2 \"x\" y,2\n"),
	        "t.csv:2: a quote stands inside a field that does not begin with one at "
	        "character 4, "
	        "in column 1 (a)"},
	    {"bare quote, no partner", BYTES("a,b\n1,5\" disk\n2,x\n"),
	        "t.csv:2: a quote stands inside a field that does not begin with one at "
	        "character 4, "
	        "in column 2 (b)"},
	    {"junk after a quote", BYTES("a,b\n\"1\"x,2\n"),
	        "t.csv:2: text follows a closing quote at character 4, in column 1 (a)"},
	    {"junk below the row's first line", BYTES("a,b\n1,\"x\n\ny\"z\n"),
	        "t.csv:4: text follows a closing quote at character 3, in column 2 (b) "
	        "of the row "
	        "that begins in line 2"},
	    {"junk, CRLF", BYTES("a,b\r\n1,\"x\r\ny\"z\r\n"),
	        "t.csv:3: text follows a closing quote at character 3,"},
	    {"quotes with blanks between", BYTES("a,b\n\"1\" \"2\",3\n"),
	        "t.csv:2: text follows a closing quote at character 5"},
	    {"NUL", BYTES("a,b\n1,2\n3,\0\n"), "t.csv:3: a NUL byte at character 3;"},
	    {"NUL in quotes", BYTES("a,b\n1,\"x\ny\0\"\n"),
	        "t.csv:3: a NUL byte at character 2;"},
	    {"NUL in the header", BYTES("a,\0b\n1,2\n3,4\n5,6\n"),
	        "t.csv:1: a NUL byte at character 3;"},
	    {"NUL after a line end", BYTES("a,b\r\n1,2\r\n\0"),
	        "t.csv:3: a NUL byte at character 1;"},
	    {"NUL in UTF-16",
	        BYTES("\xff\xfe"
	              "a\0,\0b\0\n\0\0\0"),
	        "t.csv:2: a NUL byte at character 1;"},
	    {"NULs alone", BYTES("\0\0\0\0\0\0"), "t.csv:1: a NUL byte at character 1;"},
	    {"a first fault wins over a NUL", BYTES("a,b\n\"1\"x,\0,4\n5,6\n"),
	        "t.csv:2: text follows a closing quote"},
	    {"lone low surrogate",
	        BYTES("\xff\xfe"
	              "a\0\n\0b\0\x00\xdc"
	              "c\0\n\0"),
	        "t.csv:2: undecodable UTF-16 at character 2;"},
	    {"lone high surrogate", BYTES("\xfe\xff\0a\0\n\xd8\x00\0b"),
	        "t.csv:2: undecodable UTF-16 at character 1;"},
	    {"high surrogate at the end",
	        BYTES("\xff\xfe"
	              "a\0\n\0\x00\xd8"),
	        "t.csv:2: undecodable UTF-16 at character 1;"},
	    {"half a unit",
	        BYTES("\xff\xfe"
	              "a\0\n\0b"),
	        "t.csv:2: undecodable UTF-16 at character 1;"},
	};
	for (size_t i = 0; i < sizeof examples / sizeof *examples; i++)
		expect_error(examples[i].name, examples[i].bytes, examples[i].len,
		    examples[i].error);
}

static void add_times(struct str *out, const char *text, size_t times)
{
	while (times--)
		str_adds(out, text);
}

Test(reader_faults, fields_over_a_mebibyte)
{
	static const size_t mebi = (size_t)1 << 20;
	static const char *const quotes[] = {"", "\""};
	for (int q = 0; q < 2; q++) {
		struct str bytes = STR_INIT;
		str_addf(&bytes, "a,b\nx,%s", quotes[q]);
		add_times(&bytes, "0123456789abcdef", mebi / 16);
		size_t full = bytes.len;
		str_addf(&bytes, "%s\n1,2\n", quotes[q]);
		struct reading got = read_bytes(bytes.p, bytes.len);
		cr_expect_null(strchr(str_text(&got.rows), '!'), "1 MiB fits");
		reading_release(&got);
		bytes.len = full;
		str_addf(&bytes, "g%s\n1,2\n", quotes[q]);
		expect_error("a byte more", bytes.p, bytes.len,
		    "t.csv:2: column 2 (b) of the row that begins here is longer than 1 "
		    "MiB;");
		str_release(&bytes);
	}
}

Test(reader_faults, an_open_quote_fails_early)
{
	struct str bytes = STR_INIT;
	str_adds(&bytes, "a,b\n1,2\n\"3,4\n");
	add_times(&bytes, "5,6\n", (size_t)1 << 20);
	char *path = reader_file(bytes.p, bytes.len);
	struct reader *r;
	struct reader_row row;
	struct err err = ERR_INIT;
	int64_t done, size;
	cr_assert(reader_open(&r, path, &err));
	cr_expect_eq(reader_next(r, &row, &err), READER_ROW);
	cr_expect_eq(reader_next(r, &row, &err), READER_ERROR);
	cr_expect_str_eq(err.place, "t.csv:3");
	cr_expect(
	    strstr(err.text, "look for a quote that is never closed"), "%s", err.text);
	reader_progress(r, &done, &size);
	cr_expect_lt(done, size, "not all of the file was read");
	reader_close(r);
	str_release(&bytes);
}

Test(reader_faults, columns)
{
	struct str bytes = STR_INIT;
	add_times(&bytes, "a,", 4095);
	str_adds(&bytes, "a\n");
	struct reading got = read_bytes(bytes.p, bytes.len);
	cr_expect_null(strchr(str_text(&got.rows), '!'), "4,096 columns fit");
	reading_release(&got);
	add_times(&bytes, ",", 4096);
	expect_error("one more", bytes.p, bytes.len, "t.csv:2: more than 4096 columns;");
	str_release(&bytes);
}

Test(reader_faults, rows)
{
	/* 65 MiB in fields that are short enough each. */
	struct str bytes = STR_INIT, field = STR_INIT;
	str_adds(&bytes, "a,b\n1");
	str_addc(&field, ',');
	add_times(&field, "0123456789abcdef", ((size_t)1 << 20) / 16);
	add_times(&bytes, field.p, 65);
	expect_error("65 MiB", bytes.p, bytes.len,
	    "t.csv:2: the row that begins here is longer than 64 MiB;");
	str_release(&bytes);
	str_release(&field);
}

static void expect_refused(const char *path, const char *text)
{
	struct reader *r;
	struct err err = ERR_INIT;
	cr_assert_not(reader_open(&r, path, &err));
	cr_expect_str_eq(err.place, path);
	cr_expect(strstr(err.text, text), "%s", err.text);
	cr_expect(strchr(err.text, ';'), "%s", err.text);
	cr_expect_null(r);
}

Test(reader_faults, files)
{
	expect_refused("/nonexistent/t.csv", "can not be opened: No such file");
	expect_refused("/tmp", "is not a plain file");
	expect_refused("/dev/null", "is not a plain file");
	char *path = reader_file("\xff\xfe\0\0a\0\0\0", 8);
	expect_refused(path, "UTF-32");
	unlink(path);
	cr_assert_eq(mkfifo(path, 0600), 0);
	expect_refused(path, "is not a plain file");
	unlink(path);
}

Test(reader_faults, a_file_that_grows)
{
	struct str bytes = STR_INIT;
	add_times(&bytes, "a,b\n", 600000);
	char *path = reader_file(bytes.p, bytes.len);
	struct reader *r;
	struct reader_row row;
	struct err err = ERR_INIT;
	enum reader_result result;
	cr_assert(reader_open(&r, path, &err));
	FILE *f = fopen(path, "ab");
	cr_assert(f && fputs("c,d\n", f) >= 0 && fclose(f) == 0);
	while ((result = reader_next(r, &row, &err)) == READER_ROW)
		continue;
	cr_expect_eq(result, READER_ERROR);
	cr_expect(strstr(err.text, "changed while it was read"), "%s", err.text);
	reader_close(r);
	str_release(&bytes);
}
