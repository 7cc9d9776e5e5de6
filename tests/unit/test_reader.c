#include "../../src/sync/charset.h"
#include "reader_helper.h"

TestSuite(reader, .fini = reader_file_remove);

struct example {
	const char *name;
	const char *bytes;
	size_t len;
	const char *rows;
	const char *encoding; /* NULL: UTF-8 */
	char delimiter;       /* 0: comma */
	int64_t skipped;
};

#define BYTES(text) text, sizeof(text) - 1

static void check(const struct example *e)
{
	struct reading got = read_bytes(e->bytes, e->len);
	const char *encoding = e->encoding ? e->encoding : "UTF-8";
	char delimiter = e->delimiter ? e->delimiter : ',';
	cr_expect_str_eq(str_text(&got.rows), e->rows, "%s:\n%s\nnot\n%s", e->name,
	    str_text(&got.rows), e->rows);
	cr_expect_str_eq(got.encoding, encoding, "%s: %s", e->name, got.encoding);
	cr_expect_eq(got.delimiter, delimiter, "%s: %c", e->name, got.delimiter);
	cr_expect_eq(
	    got.skipped, e->skipped, "%s: skipped %" PRId64, e->name, got.skipped);
	reading_release(&got);
}

#define CHECK_ALL(examples)                                                \
	for (size_t i = 0; i < sizeof(examples) / sizeof *(examples); i++) \
	check(&(examples)[i])

Test(reader, encodings)
{
	static const struct example examples[] = {
	    {"ASCII", BYTES("a,b\n1,2\n"), "H[a][b]\n2[1][2]\n", NULL, 0, 0},
	    {"UTF-8", BYTES("a,b\né,日\n"), "H[a][b]\n2[é][日]\n", NULL, 0, 0},
	    {"BOM and a quoted header", BYTES("\xef\xbb\xbf\"a\",b\n1,2\n"),
	        "H[a][b]\n2[1][2]\n", "UTF-8 BOM", 0, 0},
	    {"two BOMs", BYTES("\xef\xbb\xbf\xef\xbb\xbf\"a\",b\n1,2\n"),
	        "H[a][b]\n2[1][2]\n", "UTF-8 BOM", 0, 0},
	    {"BOM alone", BYTES("\xef\xbb\xbf"), "H\n", "UTF-8 BOM", 0, 0},
	    {"UTF-16LE",
	        BYTES("\xff\xfe"
	              "a\0\t\0b\0\r\0\n\0"
	              "\xe9\0\t\0=\xd8\x00\xde"
	              "\n\0"),
	        "H[a][b]\n2[é][😀]\n", "UTF-16LE", '\t', 0},
	    {"UTF-16BE", BYTES("\xfe\xff\0a\0,\0b\0\n\0\xe9\0,\xd8=\xde\x00\0\n"),
	        "H[a][b]\n2[é][😀]\n", "UTF-16BE", 0, 0},
	    {"UTF-16LE by its NULs", BYTES("a\0,\0b\0\n\0x\0,\0y\0"),
	        "H[a][b]\n2[x][y]\n", "UTF-16LE", 0, 0},
	    {"UTF-16BE by its NULs", BYTES("\0a\0,\0b\0\n\0x\0,\0y"),
	        "H[a][b]\n2[x][y]\n", "UTF-16BE", 0, 0},
	    {"Windows-1252", BYTES("a,b\n\x80\xe9\xff,\x93x\x94\n"),
	        "H[a][b]\n2[€éÿ][“x”]\n", "Windows-1252", 0, 0},
	    {"UTF-8 but for one byte far down", BYTES("a,b\n\xc3\xa9,2\n3,\xe9\n"),
	        "H[a][b]\n2[Ã©][2]\n3[3][é]\n", "Windows-1252", 0, 0},
	    {"overlong is no UTF-8", BYTES("a,b\n\xc0\xaf,2\n"), "H[a][b]\n2[À¯][2]\n",
	        "Windows-1252", 0, 0},
	    {"overlong, three bytes", BYTES("a,b\n\xe0\x80\x80,2\n"),
	        "H[a][b]\n2[à€€][2]\n", "Windows-1252", 0, 0},
	    {"overlong, four bytes", BYTES("a,b\n\xf0\x80\x80\x80,2\n"),
	        "H[a][b]\n2[ð€€€][2]\n", "Windows-1252", 0, 0},
	    {"above Unicode", BYTES("a,b\n\xf4\x91\x80\x80,2\n"), "H[a][b]\n2[ô‘€€][2]\n",
	        "Windows-1252", 0, 0},
	    {"a surrogate is no UTF-8", BYTES("a,b\n\xed\xa0\x80,2\n"),
	        "H[a][b]\n2[í\xc2\xa0€][2]\n", "Windows-1252", 0, 0},
	    {"cut off at the end", BYTES("a,b\n1,\xe2\x82"), "H[a][b]\n2[1][â‚]\n",
	        "Windows-1252", 0, 0},
	};
	CHECK_ALL(examples);
}

Test(reader, unassigned_bytes_are_counted)
{
	struct reading got = read_bytes(BYTES("a,b\n\x81\x8d,\x8f\x90\x9d\x80\n"));
	cr_expect_str_eq(str_text(&got.rows),
	    "H[a][b]\n2[\xc2\x81\xc2\x8d][\xc2\x8f\xc2\x90\xc2\x9d€]\n");
	cr_expect_eq(got.unassigned, 5);
	reading_release(&got);
	got = read_bytes(BYTES("\xef\xbb\xbf"
	                       "a,b\né,\xe9\n"));
	cr_expect_str_eq(str_text(&got.rows), "H[a][b]\n2[é][é]\n", "the BOM decides");
	cr_expect_str_eq(got.encoding, "UTF-8 BOM");
	cr_expect_eq(got.unassigned, 1);
	reading_release(&got);
}

Test(reader, line_ends)
{
	static const struct example examples[] = {
	    {"LF", BYTES("a,b\n1,2\n3,4\n"), "H[a][b]\n2[1][2]\n3[3][4]\n", NULL, 0, 0},
	    {"CRLF", BYTES("a,b\r\n1,2\r\n3,4\r\n"), "H[a][b]\n2[1][2]\n3[3][4]\n", NULL,
	        0, 0},
	    {"CR", BYTES("a,b\r1,2\r3,4\r"), "H[a][b]\n2[1][2]\n3[3][4]\n", NULL, 0, 0},
	    {"mixed", BYTES("a,b\r\n1,2\n3,4\r5,6\r\n"),
	        "H[a][b]\n2[1][2]\n3[3][4]\n4[5][6]\n", NULL, 0, 0},
	    {"LF CR is two", BYTES("a,b\n\r1,2\n"), "H[a][b]\n3[1][2]\n", NULL, 0, 1},
	    {"no last line end", BYTES("a,b\n1,2"), "H[a][b]\n2[1][2]\n", NULL, 0, 0},
	    {"no last line end, quoted", BYTES("a,b\n1,\"2\""), "H[a][b]\n2[1][2]\n",
	        NULL, 0, 0},
	    {"no last line end, empty field", BYTES("a,b\n1,"), "H[a][b]\n2[1][]\n", NULL,
	        0, 0},
	    {"embedded ends count as lines",
	        BYTES("a,b\n\"1\n\n\",2\n\"3\r\n\r4\",\"\r\"\r\n5,6\n"),
	        "H[a][b]\n2[1\n\n][2]\n5[3\r\n\r4][\r]\n9[5][6]\n", NULL, 0, 0},
	    {"header over two lines", BYTES("\"a\nx\",b\n1,2\n"), "H[a\nx][b]\n3[1][2]\n",
	        NULL, 0, 0},
	    {"empty file", BYTES(""), "H\n", NULL, 0, 0},
	    {"blank lines alone", BYTES("\n \t\r\n\r"), "H\n", NULL, 0, 3},
	    {"header alone", BYTES("a,b"), "H[a][b]\n", NULL, 0, 0},
	    {"blank lines", BYTES("\n\na,b\n\n1,2\n  \n\n3,4\n\n"),
	        "H[a][b]\n5[1][2]\n8[3][4]\n", NULL, 0, 6},
	    {"empty and quoted empty", BYTES("a,b\n,\n\"\",\"\"\n"),
	        "H[a][b]\n2[][]\n3[][]\n", NULL, 0, 0},
	    {"a quoted empty field is a row", BYTES("a\n\"\"\n\nx\n"),
	        "H[a]\n2[]\n4[x]\n", NULL, 0, 1},
	};
	CHECK_ALL(examples);
}

Test(reader, raw_text_of_a_row)
{
	struct reading got =
	    read_bytes(BYTES("a,b\r\n \"x\r\ny\" , 2 \r\n\"\"\"\",\r\n"));
	cr_expect_str_eq(str_text(&got.raw), " \"x\r\ny\" , 2 \n\"\"\"\",\n");
	cr_expect_str_eq(str_text(&got.rows), "H[a][b]\n2[x\r\ny][2]\n4[\"][]\n");
	reading_release(&got);
}

Test(reader, delimiters)
{
	static const struct example examples[] = {
	    {"semicolon", BYTES("A;B\n1;2,5\n"), "H[A][B]\n2[1][2,5]\n", NULL, ';', 0},
	    {"semicolon, every row with two commas", BYTES("A;B\n1,5;2,5\n2,5;3,5\n"),
	        "H[A][B]\n2[1,5][2,5]\n3[2,5][3,5]\n", NULL, ';', 0},
	    {"tab", BYTES("A\tB, b\n1\t\n"), "H[A][B, b]\n2[1][]\n", NULL, '\t', 0},
	    {"bar", BYTES("A|B|C\n1|2|3\n"), "H[A][B][C]\n2[1][2][3]\n", NULL, '|', 0},
	    {"in quotes it does not count", BYTES("\"A,x,y\";B\n1;2\n"),
	        "H[A,x,y][B]\n2[1][2]\n", NULL, ';', 0},
	    {"one column", BYTES("A\n1\n2\n"), "H[A]\n2[1]\n3[2]\n", NULL, 0, 0},
	    {"one column of sentences", BYTES("Notes\none, two\nthree, four\n"),
	        "H[Notes]\n2[one][two]\n3[three][four]\n", NULL, 0, 0},
	    {"sep", BYTES("sep=;\nA,x;B\n1;2\n"), "H[A,x][B]\n3[1][2]\n", NULL, ';', 1},
	    {"sep in quotes, BOM", BYTES("\xef\xbb\xbf\"SEP=|\"\r\nA,x|B\r\n1|2\r\n"),
	        "H[A,x][B]\n3[1][2]\n", "UTF-8 BOM", '|', 1},
	    {"sep tab", BYTES("sep=\t\nA,x\tB\n1\t2\n"), "H[A,x][B]\n3[1][2]\n", NULL,
	        '\t', 1},
	    {"sep alone", BYTES("sep=;\n"), "H\n", NULL, ';', 1},
	    {"no sep line: more text", BYTES("sep=,x;y\n1;2\n"),
	        "H[sep=,x][y]\n2[1][2]\n", NULL, ';', 0},
	    {"no sep line", BYTES("sep=a\n1\n"), "H[sep=a]\n2[1]\n", NULL, 0, 0},
	};
	CHECK_ALL(examples);
}

Test(reader, header_is_cleaned)
{
	struct example e = {"header",
	    BYTES("\" a \",“Deal’s” name,\xc2\xa0x\xc2\xa0\n1,2,3\n"),
	    "H[a][\"Deal's\" name][x]\n2[1][2][3]\n", NULL, 0, 0};
	check(&e);
}

Test(reader, titles_above_the_table)
{
	static const struct example examples[] = {
	    {"title and blank line", BYTES("Pipeline\n\nA,B\n1,2\n3,4\n"),
	        "H[A][B]\n4[1][2]\n5[3][4]\n", NULL, 0, 2},
	    {"titles, semicolons",
	        BYTES("Pipeline, open\nAs of 1.2.2026\n\nA;B;C\n1;2;3\n"),
	        "H[A][B][C]\n5[1][2][3]\n", NULL, ';', 3},
	    {"padded by a spreadsheet", BYTES("Pipeline,,\n,,\nA,B,C\n1,2,3\n"),
	        "H[A][B][C]\n4[1][2][3]\n", NULL, 0, 2},
	    {"a quoted title over two lines", BYTES("\"Pipe\nline\"\n\nA,B\n1,2\n"),
	        "H[A][B]\n5[1][2]\n", NULL, 0, 2},
	    {"no blank line, wide table", BYTES("Pipeline\nA,B,C\n1,2,3\n4,5,6\n"),
	        "H[A][B][C]\n3[1][2][3]\n4[4][5][6]\n", NULL, 0, 1},
	    {"title, header, nothing", BYTES("Pipeline\n\nA,B\n"), "H[A][B]\n", NULL, 0,
	        2},
	    {"not sure: one column and a ragged row", BYTES("A\n1,2\n3,4\n"),
	        "H[A]\n2[1][2]\n3[3][4]\n", NULL, 0, 0},
	    {"not sure: rows differ", BYTES("A\n\n1,2,3\n4,5\n"),
	        "H[A]\n3[1][2][3]\n4[4][5]\n", NULL, 0, 1},
	    {"not sure: a blank line below one name", BYTES("A,\n\n1,2\n3,4\n"),
	        "H[A][]\n3[1][2]\n4[3][4]\n", NULL, 0, 1},
	    {"not sure: a header with one name", BYTES("A,,\n1,,\n2,,\n"),
	        "H[A][][]\n2[1][][]\n3[2][][]\n", NULL, 0, 0},
	};
	CHECK_ALL(examples);
}

#define CONFIDENTIAL "\"Confidential Information - Do Not Distribute\"\n"
#define COPYRIGHT \
	"\"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\"\n"

Test(reader, footers_below_the_table)
{
	static const struct example examples[] = {
	    {"report",
	        BYTES("A,B\n1,2\n\n\n\"Grand Totals (5700 records)\"\n" CONFIDENTIAL
	                COPYRIGHT),
	        "H[A][B]\n2[1][2]\n", NULL, 0, 5},
	    {"no blank line, other case", BYTES("A,B\n1,2\nGRAND TOTALS (1 records)\n"),
	        "H[A][B]\n2[1][2]\n", NULL, 0, 1},
	    {"classic, with the report's name",
	        BYTES("A,B\n1,2\n\nMy Pipeline\nCopyright © 2000-2026 salesforce.com\n"
	              "Generated By: Ann 1/2/2026\n\nAcme Ltd\n"),
	        "H[A][B]\n2[1][2]\n", NULL, 0, 6},
	    {"Windows-1252", BYTES("A,B\n1,\xe9\n\n\"Copyright \xa9 2000-2026\"\n"),
	        "H[A][B]\n2[1][é]\n", "Windows-1252", 0, 2},
	    {"padded by a spreadsheet",
	        BYTES("A,B,C\n1,2,3\n,,\nGrand Total,,\nAs of 1/2/2026,,\n"),
	        "H[A][B][C]\n2[1][2][3]\n", NULL, 0, 3},
	    {"only at the end", BYTES("A,B\n\nAs of today\n\n1,2\n"),
	        "H[A][B]\n3[As of today]\n5[1][2]\n", NULL, 0, 2},
	    {"other cells filled: a row", BYTES("A,B\n1,2\nGrand Total (2),2\n"),
	        "H[A][B]\n2[1][2]\n3[Grand Total (2)][2]\n", NULL, 0, 0},
	    {"a ragged row above stays", BYTES("A,B\n1,2\n3\n\n" CONFIDENTIAL),
	        "H[A][B]\n2[1][2]\n3[3]\n", NULL, 0, 2},
	    {"ragged rows are no footer", BYTES("A,B\n1,2\n\nx\n"),
	        "H[A][B]\n2[1][2]\n4[x]\n", NULL, 0, 1},
	    {"one column: words below a blank line",
	        BYTES("A\nx\n\n" CONFIDENTIAL COPYRIGHT), "H[A]\n2[x]\n", NULL, 0, 3},
	    {"one column: a row of such words", BYTES("A\nx\nAs of today\n"),
	        "H[A]\n2[x]\n3[As of today]\n", NULL, 0, 0},
	    {"one column: plain rows at the end", BYTES("A\nx\n\nAcme Ltd\n"),
	        "H[A]\n2[x]\n4[Acme Ltd]\n", NULL, 0, 1},
	};
	CHECK_ALL(examples);
}

Test(reader, more_footer_lines_than_a_footer_has)
{
	struct str bytes = STR_INIT, want = STR_INIT;
	str_adds(&bytes, "A,B\n");
	str_adds(&want, "H[A][B]\n");
	for (int i = 0; i < 100; i++) {
		str_addf(&bytes, "As of %d,\n", i);
		if (i < 96)
			str_addf(&want, "%d[As of %d][]\n", i + 2, i);
	}
	struct reading got = read_bytes(bytes.p, bytes.len);
	cr_expect_str_eq(str_text(&got.rows), want.p);
	cr_expect_eq(got.skipped, 4);
	reading_release(&got);
	str_release(&bytes);
	str_release(&want);
}

Test(reader, hash)
{
	char hash[33], again[33];
	int64_t size;
	struct err err = ERR_INIT;
	cr_assert(reader_hash_file(reader_file("", 0), hash, &size, &err));
	cr_expect_str_eq(hash, "99aa06d3014798d86001c324468d497f", "XXH3-128 of nothing");
	cr_expect_eq(size, 0);
	cr_assert(reader_hash_file(reader_file("a,b\n", 4), again, &size, &err));
	cr_expect_eq(size, 4);
	cr_expect_str_neq(hash, again);
	cr_expect_not(reader_hash_file("/nonexistent/x.csv", hash, &size, &err));
	cr_expect_str_eq(err.place, "/nonexistent/x.csv");
}

Test(reader, progress)
{
	struct reader *r;
	struct reader_row row;
	struct err err = ERR_INIT;
	int64_t done, size;
	cr_assert(reader_open(&r, reader_file("a,b\n1,2\n", 8), &err));
	while (reader_next(r, &row, &err) == READER_ROW)
		continue;
	reader_progress(r, &done, &size);
	cr_expect_eq(done, 8);
	cr_expect_eq(size, 8);
	reader_close(r);
	reader_close(NULL);
}

/* What the first look found holds for the next one, until the file changes. */
Test(reader, a_file_that_is_known)
{
	static const char utf8[] = "a,b\n\xc3\xa4,2\n", cp1252[] = "a,b\n\xe4,2,\n";
	struct file_look look = {0};
	struct reader *r;
	struct err err = ERR_INIT;
	char hash[33], *path = reader_file(utf8, sizeof utf8 - 1);
	int64_t size;
	cr_assert(reader_hash_file(path, hash, &size, &err));
	for (int i = 0; i < 2; i++) {
		cr_assert(reader_open_known(&r, path, &look, &err));
		cr_expect_str_eq(reader_encoding(r), "UTF-8");
		cr_expect(look.known);
		cr_expect_str_eq(look.hash, hash);
		reader_close(r);
	}
	reader_file(cp1252, sizeof cp1252 - 1);
	cr_assert(reader_open_known(&r, path, &look, &err));
	cr_expect_str_eq(reader_encoding(r), "Windows-1252");
	cr_expect_str_eq(look.hash, "", "the rest was not looked at");
	reader_close(r);
}
