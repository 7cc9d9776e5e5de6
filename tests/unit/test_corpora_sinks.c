#include "sync_fixture.h"

#include "huddle/text.h"
#include <cjson/cJSON.h>

/* Strings that break programs, through a real sync of the real program and out
 * of everything that it prints. */

#define DATA   TEST_SOURCE_DIR "/../shared/data/"
#define HUDDLE TEST_BINARY_DIR "/huddle"

enum { NAMES_MAX = 1200 };

static struct names {
	struct slice at[NAMES_MAX];
	size_t count;
	struct str text[2]; /* of the two corpora */
} names;

static void teardown(void)
{
	str_release(&names.text[0]);
	str_release(&names.text[1]);
	sync_teardown();
}

TestSuite(sinks, .init = sync_setup, .fini = teardown);

static void add_names(const char *path, bool tests)
{
	struct slice rest, line;
	struct str *text = &names.text[tests];
	char buf[4096];
	size_t n;
	FILE *f = fopen(path, "rb");
	if (!f)
		cr_skip_test("skipped: %s is not here", path);
	while ((n = fread(buf, 1, sizeof buf, f)) > 0)
		str_add(text, buf, n);
	fclose(f);
	rest = (struct slice){text->p, text->len};
	while (slice_cut(&rest, '\n', &line)) {
		/* number:valid:bytes */
		const char *valid =
		    tests ? memmem(line.p, line.len, ":valid:", 7) : line.p;
		if (!valid || memchr(line.p, '\0', line.len))
			continue;
		size_t skip = tests ? (size_t)(valid - line.p) + 7 : 0;
		cr_assert_lt(names.count, NAMES_MAX);
		names.at[names.count++] = (struct slice){line.p + skip, line.len - skip};
	}
}

static void add_quoted(struct str *out, struct slice cell)
{
	str_addc(out, '"');
	for (size_t i = 0; i < cell.len; i++)
		str_addf(out, "%s%c", cell.p[i] == '"' ? "\"" : "", cell.p[i]);
	str_addc(out, '"');
}

/* Each string is a deal's name, its account, owner, stage and next step. */
static void write_exports(void)
{
	struct str out = STR_INIT;
	str_adds(&out, "Record ID,Deal Name,Deal Stage,Deal Owner,Next step,Amount,Close "
	               "Date,Associated Contact IDs\n");
	for (size_t i = 0; i < names.count; i++) {
		str_addf(&out, "%zu,", i + 1);
		for (int column = 0; column < 4; column++) {
			add_quoted(&out, names.at[i]);
			str_addc(&out, ',');
		}
		str_addf(&out, "%s,2026-12-01,c%zu\n", i % 50 ? "100" : "much", i);
	}
	put_bytes("deals.csv", out.p, out.len);
	str_release(&out);
}

static void run(struct str *out, const char *arguments)
{
	char command[PATH_MAX * 2], buf[4096];
	size_t n;
	str_clear(out);
	snprintf(command, sizeof command,
	    "cd '%s' && '%s' --db h.db --today 2026-11-20 %s 2>&1", folder, HUDDLE,
	    arguments);
	FILE *pipe = popen(command, "r");
	cr_assert(pipe);
	while ((n = fread(buf, 1, sizeof buf, pipe)) > 0)
		str_add(out, buf, n);
	int status = WEXITSTATUS(pclose(pipe));
	cr_assert(status == 0 || status == EXIT_REJECTS, "%s: %d\n%.500s", arguments,
	    status, str_text(out));
	cr_assert_gt(out->len, 0, "%s", arguments);
}

/* A line of text that is safe stays what it is when it is made safe. */
static void expect_safe(const char *what, const struct str *out)
{
	struct slice rest = {str_text(out), out->len}, line;
	struct str safe = STR_INIT;
	while (slice_cut(&rest, '\n', &line)) {
		str_clear(&safe);
		display_safe(&safe, line);
		cr_assert(slice_is(line, str_text(&safe)), "%s prints\n%.*s\nnot\n%s",
		    what, (int)line.len, line.p, str_text(&safe));
	}
	str_release(&safe);
}

static cJSON *expect_json(const char *what, const struct str *out)
{
	cr_assert(
	    utf8_valid((struct slice){str_text(out), out->len}), "%s is no UTF-8", what);
	for (size_t i = 0; i + 1 < out->len; i++)
		cr_assert((unsigned char)out->p[i] >= 0x20 || out->p[i] == '\n' ||
		              out->p[i] == '\t',
		    "%s prints a control character", what);
	for (size_t i = 0; i + 1 < out->len; i++) /* U+0080 to U+009F, U+202A to U+202E */
		cr_assert_not(
		    (out->p[i] == '\xc2' && (unsigned char)out->p[i + 1] < 0xa0) ||
		        (i + 2 < out->len && !memcmp(out->p + i, "\xe2\x80", 2) &&
		            (unsigned char)out->p[i + 2] >= 0xaa &&
		            (unsigned char)out->p[i + 2] <= 0xae),
		    "%s prints what drives a terminal", what);
	cJSON *root = cJSON_Parse(str_text(out));
	cr_assert(root, "%s is no JSON", what);
	return root;
}

static void setup_all(void)
{
	if (access(HUDDLE, X_OK))
		cr_skip_test("skipped: %s is not built", HUDDLE);
	add_names(DATA "torture_blns/blns.txt", false);
	add_names(DATA "torture_utf8/utf8tests.bin", true);
	cr_assert_gt(names.count, 700);
	write_exports();
}

static const char *const printed[] = {"sync in", "sync in --dry-run", "rejects",
    "sources", "status", "deals", "show 11", "show 500", "risk --top 40", "", "--print",
    "sources explain in", "sources draft in", "action list", "debrief missing",
    "--screen 120x40", "--screen 80x24 --keys jjjjjjjjjjjj", "--screen 60x20 --ascii",
    "deals --ascii"};

Test(sinks, text)
{
	struct str out = STR_INIT;
	setup_all();
	for (size_t i = 0; i < sizeof printed / sizeof *printed; i++) {
		run(&out, printed[i]);
		expect_safe(printed[i], &out);
	}
	str_release(&out);
}

static const char *const documents[] = {"sync in --json", "rejects --json",
    "sources --json", "status --json", "show 11 --json", "show 500 --json",
    "risk --top 40 --json", "sources explain in --json", "sources draft in --json",
    "action list --json", "debrief missing --json"};

/* JSON keeps what the exports say. */
Test(sinks, json)
{
	struct str out = STR_INIT;
	setup_all();
	for (size_t i = 0; i < sizeof documents / sizeof *documents; i++) {
		run(&out, documents[i]);
		cJSON_Delete(expect_json(documents[i], &out));
	}
	run(&out, "deals --status all --json");
	cJSON *root = expect_json("deals --json", &out);
	const cJSON *deals = cJSON_GetObjectItem(root, "deals"), *deal;
	size_t found = 0;
	cJSON_ArrayForEach(deal, deals)
	{
		size_t id =
		    strtoul(cJSON_GetObjectItem(deal, "id")->valuestring, NULL, 10);
		const char *name = cJSON_GetObjectItem(deal, "name")->valuestring;
		struct slice want = slice_trim(names.at[id - 1]);
		if (slice_is(want, "--"))
			want.len = 0;
		cr_expect(slice_is(want, name ? name : ""), "%zu: %s, not %.*s", id, name,
		    (int)want.len, want.p);
		found++;
	}
	cr_assert_eq(found + (names.count + 49) / 50, names.count);
	cJSON_Delete(root);
	str_release(&out);
}
