#include "reader_helper.h"

#include <cjson/cJSON.h>
#include <dirent.h>
#include <iconv.h>

/* Other people's corpora: read as they say, or the table here says why not. */

TestSuite(reader_corpora, .fini = reader_file_remove);

#define DATA TEST_SOURCE_DIR "/../shared/data/"

/* Where our policy differs. rows: what we read; NULL: refused. */
struct difference {
	const char *name, *rows, *why;
};

static const char blanks[] = "blanks around an unquoted field are cut off";
static const char trimmed[] = "a header is trimmed, quoted or not";
static const char bare[] =
    "a bare quote or text after a closing one is refused, never guessed";
static const char open_quote[] = "an unterminated quote is refused, never guessed";
static const char blank_lines[] = "blank lines are skipped and counted";
static const char comments[] = "there are no comments in exports: the line is a row";
static const char ragged[] =
    "raggedness is judged above the reader, which gives the row as it is";
static const char no_preview[] = "all rows are read";
static const char duplicates[] =
    "a repeated header keeps its name: columns go by position";

static const struct difference csv_test_data[] = {
    {"leading-space", "H[foo][bar][baz]\n[1][leading space][3]\n", blanks},
    {"trailing-space", "H[foo][bar][baz]\n[1][trailing space][3]\n", blanks},
    {"all-empty", "H\n", blank_lines},
    {"empty-one-column", "H[foo]\n", blank_lines},
    {"bad-header-less-fields", "H[foo][bar][baz]\n[1][2]\n", ragged},
    {"bad-header-more-fields", "H[foo][bar][baz]\n[1][2][3][4]\n", ragged},
    {"bad-header-no-header", "H\n", ragged},
    {"bad-header-wrong-header", "H[qux][quux][quuz]\n", ragged},
    {NULL, NULL, NULL},
};

static const struct difference papaparse[] = {
    {"Whitespace at edges of unquoted field", "H[a][b][c]\n", blanks},
    {"Quoted field with extra whitespace on edges", "H[A][B][C]\n", trimmed},
    {"Unquoted field with quotes at end of field", NULL, bare},
    {"Quoted field with whitespace around quotes", "H[A][B][C]\n", blanks},
    {"Misplaced quotes in data, not as opening quotes", NULL, bare},
    {"Quoted field has no closing quote", NULL, open_quote},
    {"Quoted field has invalid trailing quote after delimiter with a valid closer", NULL,
        bare},
    {"Quoted field has invalid trailing quote after delimiter", NULL, bare},
    {"Quoted field has invalid trailing quote before delimiter", NULL, bare},
    {"Quoted field has invalid trailing quote after new line", NULL, bare},
    {"Commented line at beginning", "H[# Comment!]\n[a][b][c]\n", comments},
    {"Commented line in middle", "H[a][b][c]\n[# Comment]\n[d][e][f]\n", comments},
    {"Commented line at end", "H[a][true][false]\n[# Comment]\n", comments},
    {"Two comment lines consecutively",
        "H[a][b][c]\n[#comment1]\n[#comment2]\n[d][e][f]\n", comments},
    {"Two comment lines consecutively at end of file",
        "H[a][b][c]\n[#comment1]\n[#comment2]\n", comments},
    {"Three comment lines consecutively at beginning of file",
        "H[#comment1]\n[#comment2]\n[#comment3]\n[a][b][c]\n", comments},
    {"Entire file is comment lines", "H[#comment1]\n[#comment2]\n[#comment3]\n",
        comments},
    {"Comment with non-default character",
        "H[a][b][c]\n[!Comment goes here]\n[d][e][f]\n", comments},
    {"Multi-character comment string", "H[a][b][c]\n[=N(Comment)]\n[d][e][f]\n",
        comments},
    {"Input with only a commented line", "H[#commented line]\n", comments},
    {"Input with only a commented line and blank line after", "H[#commented line]\n",
        comments},
    {"Input without comments with line starting with whitespace", "H[a]\n[b]\n[c]\n",
        blanks},
    {"One column input with empty fields", "H[a]\n[b]\n[c]\n[d]\n[e]\n", blank_lines},
    {"Fast mode with comments", "H[// Commented line]\n[a][b][c]\n", comments},
    {"Fast mode with preview", "H[a][b][c]\n[d][e][f]\n[h][j][i]\n", no_preview},
    {"Fast mode with blank line at end", "H[a][b][c]\n", blank_lines},
    {"Simple duplicated header names", "H[A][A][A][A]\n[1][2][3][4]\n", duplicates},
    {"Duplicated header names existing column", "H[c][c][c][c_1]\n[1][2][3][4]\n",
        duplicates},
    {"Duplicate header names with __proto__ field",
        "H[__proto__][__proto__][__proto__]\n[1][2][3]\n", duplicates},
    {NULL, NULL, NULL},
};

static const struct difference none[] = {{NULL, NULL, NULL}};

static const struct difference *find_difference(
    const struct difference *d, const char *name)
{
	while (d->name && strcmp(d->name, name) != 0)
		d++;
	return d->name ? d : NULL;
}

/* "H[a]\n2[1]\n" without its line numbers. */
static void drop_numbers(struct str *out, const char *rows)
{
	bool start = true;
	for (; *rows; rows++) {
		if (start && *rows >= '0' && *rows <= '9')
			continue;
		start = *rows == '\n' &&
		        (rows[1] == '!' || (rows[1] >= '0' && rows[1] <= '9'));
		str_addc(out, *rows);
	}
}

static void add_cells(struct str *out, const cJSON *row)
{
	const cJSON *cell;
	cJSON_ArrayForEach(cell, row) str_addf(out, "[%s]", cell->valuestring);
	str_addc(out, '\n');
}

static void add_names(struct str *out, const cJSON *object)
{
	const cJSON *member;
	cJSON_ArrayForEach(member, object) str_addf(out, "[%s]", member->string);
	str_addc(out, '\n');
}

/* Expected rows as arrays, or as objects whose names are the header. */
static void add_expected(struct str *out, const cJSON *rows)
{
	const cJSON *row;
	str_addc(out, 'H');
	if (!cJSON_GetArraySize(rows))
		str_addc(out, '\n');
	if (cJSON_IsObject(rows->child))
		add_names(out, rows->child);
	cJSON_ArrayForEach(row, rows) add_cells(out, row);
}

static void compare(const char *name, const void *bytes, size_t len,
    const cJSON *expected, const struct difference *differences)
{
	const struct difference *d = find_difference(differences, name);
	struct reading got = read_bytes(bytes, len);
	struct str rows = STR_INIT, want = STR_INIT;
	drop_numbers(&rows, str_text(&got.rows));
	if (d && d->rows)
		str_adds(&want, d->rows);
	else if (!d && expected)
		add_expected(&want, expected);
	if (want.len)
		cr_expect_str_eq(str_text(&rows), want.p, "%s (%s):\n%s\nnot\n%s", name,
		    d ? d->why : "as they say", str_text(&rows), want.p);
	else
		cr_expect(strchr(str_text(&rows), '!'), "%s must be refused:\n%s", name,
		    str_text(&rows));
	str_release(&rows);
	str_release(&want);
	reading_release(&got);
}

/* NULL when the file is not there. */
static char *slurp(const char *path, size_t *len)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return NULL;
	struct str s = STR_INIT;
	char buf[4096];
	size_t n;
	while ((n = fread(buf, 1, sizeof buf, f)) > 0)
		str_add(&s, buf, n);
	fclose(f);
	str_reserve(&s, 1);
	*len = s.len;
	return s.p;
}

static cJSON *parse_json(const char *path)
{
	size_t len;
	char *text = slurp(path, &len);
	cJSON *json = text ? cJSON_Parse(text) : NULL;
	free(text);
	return json;
}

static void compare_file(const char *dir, const char *json_dir, const char *name,
    const struct difference *differences)
{
	char path[4096], stem[256];
	snprintf(stem, sizeof stem, "%.*s", (int)strcspn(name, "."), name);
	snprintf(path, sizeof path, "%s%s", dir, name);
	size_t len;
	char *bytes = slurp(path, &len);
	snprintf(path, sizeof path, "%s%s.json", json_dir, stem);
	cJSON *expected = parse_json(path);
	cr_assert(bytes);
	cr_assert(expected || strncmp(stem, "bad-", 4) == 0, "%s has no JSON", name);
	if (strcmp(stem, "header-no-rows") == 0) /* [] can not name the header */
		compare(stem, bytes, len, NULL,
		    (struct difference[]){
		        {stem, "H[foo][bar][baz]\n", ""}, {NULL, NULL, NULL}});
	else
		compare(stem, bytes, len, expected, differences);
	cJSON_Delete(expected);
	free(bytes);
}

static void compare_folder(
    const char *dir, const char *json_dir, const struct difference *differences)
{
	DIR *folder = opendir(dir);
	if (!folder)
		cr_skip_test("skipped: %s is not here", dir);
	int files = 0;
	for (struct dirent *entry; (entry = readdir(folder));) {
		if (strstr(entry->d_name, ".csv")) {
			compare_file(dir, json_dir, entry->d_name, differences);
			files++;
		}
	}
	closedir(folder);
	cr_expect_gt(files, 5);
}

Test(reader_corpora, csv_spectrum)
{
	compare_folder(
	    DATA "torture_csv_spectrum/csvs/", DATA "torture_csv_spectrum/json/", none);
}

Test(reader_corpora, csv_test_data)
{
	compare_folder(DATA "torture_csv_test_data/csv/",
	    DATA "torture_csv_test_data/json/", csv_test_data);
}

Test(reader_corpora, papaparse)
{
	cJSON *json = parse_json(DATA "torture_papaparse/core.json");
	if (!json)
		cr_skip_test(
		    "skipped: %s is not here", DATA "torture_papaparse/core.json");
	const cJSON *cases = cJSON_GetObjectItem(json, "cases"), *test;
	cJSON_ArrayForEach(test, cases)
	{
		const char *name = cJSON_GetObjectItem(test, "description")->valuestring;
		const char *input = cJSON_GetObjectItem(test, "input")->valuestring;
		const cJSON *expected = cJSON_GetObjectItem(test, "expected");
		compare(name, input, strlen(input), cJSON_GetObjectItem(expected, "data"),
		    papaparse);
	}
	cr_expect_gt(cJSON_GetArraySize(cases), 50);
	cJSON_Delete(json);
}

/* Every line of a file of naughty strings, as a cell. */
Test(reader_corpora, naughty_strings)
{
	size_t len;
	char *text = slurp(DATA "torture_blns/blns.txt", &len);
	if (!text)
		cr_skip_test("skipped: %s is not here", DATA "torture_blns/blns.txt");
	struct str bytes = STR_INIT, want = STR_INIT;
	struct slice rest = {text, len}, line;
	int64_t n = 1;
	str_adds(&bytes, "a,b\n");
	str_adds(&want, "H[a][b]\n");
	while (slice_cut(&rest, '\n', &line)) {
		if (memchr(line.p, '\0', line.len))
			continue;
		str_adds(&bytes, "\"");
		for (size_t i = 0; i < line.len; i++)
			str_addf(&bytes, "%s%c", line.p[i] == '"' ? "\"" : "", line.p[i]);
		str_adds(&bytes, "\",x\n");
		str_addf(&want, "%" PRId64 "[%.*s][x]\n", ++n, (int)line.len, line.p);
		/* A lone CR in a cell is a line of the file. */
		n += memchr(line.p, '\r', line.len) != NULL;
	}
	struct reading got = read_bytes(bytes.p, bytes.len);
	cr_expect_str_eq(str_text(&got.rows), want.p);
	reading_release(&got);
	str_release(&bytes);
	str_release(&want);
	free(text);
}

/* What Windows-1252 makes of the bytes, by iconv; the five that it has no
 * character for are read as C1. */
static void add_cp1252(struct str *out, struct slice bytes)
{
	iconv_t cd = iconv_open("UTF-8", "CP1252");
	cr_assert_neq(cd, (iconv_t)-1);
	for (size_t i = 0; i < bytes.len; i++) {
		char in[1] = {bytes.p[i]}, text[8], *from = in, *to = text;
		size_t left = 1, room = sizeof text;
		if (iconv(cd, &from, &left, &to, &room) == (size_t)-1)
			utf8_add(out, (unsigned char)in[0]);
		else
			str_add(out, text, (size_t)(to - text));
	}
	iconv_close(cd);
}

/*
 * A file that is valid UTF-8 is read as it is, non-characters and all. One that
 * is not is Windows-1252 as a whole: nothing is skipped or replaced, as the
 * suite would have it. A NUL is refused in either.
 */
static void utf8_case(const char *number, bool valid, struct slice bytes)
{
	struct str file = STR_INIT, want = STR_INIT;
	str_adds(&file, "a,b\n\"");
	str_add(&file, bytes.p, bytes.len);
	str_adds(&file, "\",x\n");
	struct reading got = read_bytes(file.p, file.len);
	if (memchr(bytes.p, '\0', bytes.len)) {
		cr_expect(strstr(str_text(&got.rows), "NUL"), "%s: %s", number,
		    str_text(&got.rows));
	} else {
		str_adds(&want, "H[a][b]\n2[");
		if (valid)
			str_add(&want, bytes.p, bytes.len);
		else
			add_cp1252(&want, bytes);
		str_adds(&want, "][x]\n");
		cr_expect_str_eq(str_text(&got.rows), want.p, "%s: %s, not %s", number,
		    str_text(&got.rows), want.p);
		cr_expect_str_eq(
		    got.encoding, valid ? "UTF-8" : "Windows-1252", "%s", number);
	}
	reading_release(&got);
	str_release(&file);
	str_release(&want);
}

Test(reader_corpora, utf8_line_by_line)
{
	size_t len, cases = 0;
	char *text = slurp(DATA "torture_utf8/utf8tests.bin", &len);
	if (!text)
		cr_skip_test(
		    "skipped: %s is not here", DATA "torture_utf8/utf8tests.bin");
	struct slice rest = {text, len}, line, number, kind;
	while (slice_cut(&rest, '\n', &line)) {
		char name[32];
		if (!slice_cut(&line, ':', &number) || !slice_cut(&line, ':', &kind))
			continue;
		utf8_case(
		    slice_copy(number, name, sizeof name), slice_is(kind, "valid"), line);
		cases++;
	}
	cr_expect_gt(cases, 200);
	free(text);
}
