#include "sync_fixture.h"
#include <iconv.h>

/* One table in every writing of text that exports come in: the facts are the
 * same, and the report says what the writing was. */

static void setup(void)
{
	sync_setup();
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = Id\nname = Näme\n"
	    "stage = Stage\namount = Amount\nnext_step = Note\n");
}

TestSuite(sync_text, .init = setup, .fini = sync_teardown);

/* ; stands for the delimiter, | for a line's end. */
static const char table[] = "Id;\"Näme\";Stage;Amount;Note|"
                            "1;Søren & Böll;New;100;plain|"
                            "2;\"Zoë \"\"Z\"\" Ruiz\";New;200;\"two|lines\"|"
                            "3;Café;\"Won, or \"\"so\"\"\";300;|";

static const struct {
	const char *name, *iconv, *bom, *said;
	size_t bom_len;
} encodings[] = {
    {"UTF-8", "UTF-8", "", "UTF-8", 0},
    {"UTF-8 with BOM", "UTF-8", "\xef\xbb\xbf", "UTF-8 BOM", 3},
    {"UTF-16LE with BOM", "UTF-16LE", "\xff\xfe", "UTF-16LE", 2},
    {"UTF-16BE with BOM", "UTF-16BE", "\xfe\xff", "UTF-16BE", 2},
    {"UTF-16LE", "UTF-16LE", "", "UTF-16LE", 0},
    {"UTF-16BE", "UTF-16BE", "", "UTF-16BE", 0},
    {"Windows-1252", "CP1252", "", "Windows-1252", 0},
    {"Latin-1", "ISO-8859-1", "", "Windows-1252", 0},
};

/* Ends of lines, taken in turn. */
static const char *const line_ends[][3] = {{"\n", "\n", "\n"}, {"\r\n", "\r\n", "\r\n"},
    {"\r", "\r", "\r"}, {"\r\n", "\n", "\r"}};

/* The table with lines around it. */
static const struct {
	const char *name, *above, *below;
	int64_t skipped;
} frames[] = {
    {"bare", "", "", 0},
    {"a report's title and footer", "Weekly deals|Filtered by: mine||",
        "||Grand Totals (3 records)|Confidential Information - Do Not "
        "Distribute|Copyright (c) 2000-2026|",
        0},
    {"blank lines", "||", "||", 0},
};

static void write_table(const char *text, const char *const ends[3], char delimiter)
{
	struct str out = STR_INIT;
	int turn = 0;
	for (; *text; text++) {
		if (*text == '|')
			str_adds(&out, ends[turn++ % 3]);
		else
			str_addc(&out, *text == ';' ? delimiter : *text);
	}
	put("plain", out.p);
	str_release(&out);
}

static void encode(const char *to, const char *bom, size_t bom_len)
{
	char in[4096], out[16384], *from = in, *end = out + bom_len;
	FILE *f = fopen(in_folder("in/plain"), "rb");
	size_t left = fread(in, 1, sizeof in, f), room = sizeof out - bom_len;
	fclose(f);
	memcpy(out, bom, bom_len);
	iconv_t cd = iconv_open(to, "UTF-8");
	cr_assert_neq(cd, (iconv_t)-1);
	cr_assert_eq(iconv(cd, &from, &left, &end, &room), 0);
	iconv_close(cd);
	put_bytes("d.csv", out, (size_t)(end - out));
	shell("rm -f in/plain huddle.db*");
}

static const char *deals_now(void)
{
	return ask_text("SELECT group_concat(v, ' / ') FROM (SELECT source_id || ' ' || "
	                "name || ' ' || stage || ' ' || amount || ' ' || "
	                "replace(replace(replace(coalesce(next_step, '-'), char(13) || "
	                "char(10), '^'), char(10), '^'), char(13), '^') AS v FROM deal "
	                "ORDER BY source_id)");
}

static void check(const char *what, const char *encoding, char delimiter)
{
	assert_status(EXIT_OK, sync_co());
	const struct file_report *r = report_of("d.csv");
	cr_expect_str_eq(r->encoding, encoding, "%s: %s", what, r->encoding);
	cr_expect_eq(r->delimiter, delimiter, "%s: %c", what, r->delimiter);
	cr_expect_eq(r->rows, 3, "%s: %lld rows", what, (long long)r->rows);
	cr_expect_str_eq(deals_now(),
	    "1 Søren & Böll New 10000 plain / 2 Zoë \"Z\" Ruiz New 20000 two^lines / 3 "
	    "Café Won, or \"so\" 30000 -",
	    "%s: %s", what, deals_now());
}

Test(sync_text, every_encoding_and_line_end)
{
	for (size_t e = 0; e < sizeof encodings / sizeof *encodings; e++)
		for (size_t l = 0; l < sizeof line_ends / sizeof *line_ends; l++) {
			char what[64], delimiter = ",;\t|"[(e + l) % 4];
			snprintf(
			    what, sizeof what, "%s, line ends %zu", encodings[e].name, l);
			write_table(table, line_ends[l], delimiter);
			encode(
			    encodings[e].iconv, encodings[e].bom, encodings[e].bom_len);
			check(what, encodings[e].said, delimiter);
		}
}

Test(sync_text, every_delimiter_and_frame)
{
	for (size_t f = 0; f < sizeof frames / sizeof *frames; f++)
		for (const char *d = ",;\t|"; *d; d++) {
			char text[1024], what[64];
			snprintf(text, sizeof text, "%s%s%s", frames[f].above, table,
			    frames[f].below);
			snprintf(
			    what, sizeof what, "%s, delimiter %c", frames[f].name, *d);
			write_table(text, line_ends[0], *d);
			encode("UTF-8", "", 0);
			check(what, "UTF-8", *d);
		}
	/* Excel's own line, whatever the rows look like. */
	char text[1024];
	snprintf(text, sizeof text, "sep=;|%s", table);
	write_table(text, line_ends[1], ';');
	encode("UTF-8", "\xef\xbb\xbf", 3);
	check("sep=", "UTF-8 BOM", ';');
	/* The last line without an end. */
	snprintf(text, sizeof text, "%.*s", (int)strlen(table) - 1, table);
	write_table(text, line_ends[0], ',');
	encode("UTF-8", "", 0);
	check("no last line end", "UTF-8", ',');
}

/* Rows without a Latin letter: the header tells what the bytes are. */
Test(sync_text, utf_16_without_a_mark)
{
	static const char *const to[] = {"UTF-16LE", "UTF-16BE"};
	for (size_t i = 0; i < 2; i++) {
		struct str text = STR_INIT;
		str_adds(&text, "Id,Näme,Stage,Amount,Note\n");
		for (int row = 1; row <= 20; row++)
			str_addf(&text,
			    "%d,株式会社日本電気硝子製造所東京支店,新規商談,,"
			    "来週電話で確認する予定です来週電話で確認する\n",
			    row);
		put("plain", text.p);
		encode(to[i], "", 0);
		assert_status(EXIT_OK, sync_co());
		cr_assert_str_eq(report_of("d.csv")->encoding, to[i]);
		assert_text("SELECT stage FROM deal WHERE source_id = '20'", "新規商談");
		str_release(&text);
	}
}

/* Headers that say nothing or say it twice are columns by their place. */
Test(sync_text, blank_and_duplicate_headers)
{
	put("d.csv", ",Id,Näme,Stage,,Amount,Extra,Extra,\n"
	             "x,1,One,New,y,100,p,q,z\n,2,Two,New,,200,,,\n");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT group_concat(source_id || name || amount) FROM deal",
	    "1One10000,2Two20000");
	put("d.csv", "Id,Näme,Stage,Amount,Amount\n1,One,New,100,200\n");
	assert_refused(sync_co(), "\"Amount\" stands twice", "columns 4 and 5");
	/* Curly quotes, blanks, case and a final star are no other header. */
	put("d.csv", "\xef\xbb\xbf ID ,NÄME*,\xc2\xa0stage,AMOUNT\n1,Uno,New,100\n");
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	assert_text("SELECT name FROM deal WHERE source_id = '1'", "Uno");
}
