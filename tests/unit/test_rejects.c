#include "huddle/csv_cell.h"
#include "sync_fixture.h"

#include "../../src/sync/row_cells.h"

/* Rejects written for a spreadsheet, corrected, and synced again. */

static const char co[] =
    "[source]\nname = co\n[deals]\nfiles = d*.csv\nid = Id\nname = Name\n"
    "stage = Stage\namount = Amount\nclose_date = Close\n"
    "[activities]\nfiles = a*.csv\nkind = Kind\nwhen = When\ndeal_id = Deal\n";

#define HEADER "Id,Name,Stage,Amount,Close\n"

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
	put("d.csv",
	    HEADER "1,One,New,10,1/20/2026\n2,\"Two, \"\"x\"\"\",New,ten,1/2/2026\n"
	           "3,=cmd,New,5x,1/3/2026\n4,Four,New,5\n5,Five,New,5,1/4/2026\n");
}

TestSuite(rejects, .init = setup, .fini = sync_teardown);

/* All tables, one after the other; the first is put beside the folder. */
static size_t export(struct str *out)
{
	struct store *store = store_here(true);
	struct arena arena = ARENA_INIT;
	struct reject_list list;
	struct reject_table *tables;
	struct err err = ERR_INIT;
	cr_assert(store_load_rejects(store, &arena, &list, &err), "%s", err.text);
	size_t n = sync_reject_tables(&tables, &arena, &list);
	str_clear(out);
	for (size_t i = 0; i < n; i++)
		str_add(out, tables[i].text.p, tables[i].text.len);
	if (n)
		put_bytes("../r.csv", tables[0].text.p, tables[0].text.len);
	store_close(store);
	arena_release(&arena);
	return n;
}

/* Three days later. */
static int sync_back(bool partial)
{
	const char *paths[] = {in_folder("r.csv")};
	return sync_co(.paths = paths, .n_paths = 1, .partial = partial,
	    .as_of = day_from_civil(2026, 11, 23));
}

static const char *deals_now(void)
{
	return ask_text("SELECT group_concat(v, ' ') FROM (SELECT source_id || ':' || "
	                "coalesce(amount / 100, '-') || ':' || close_date || "
	                "coalesce(missing, '') AS v FROM deal ORDER BY source_id)");
}

Test(rejects, corrected_and_synced_again)
{
	struct str out = STR_INIT;
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(export(&out), 1);
	cr_assert_str_eq(out.p,
	    "\xef\xbb\xbf\"huddle_file\",\"huddle_line\",\"huddle_reason\",\"huddle_"
	    "row\","
	    "\"Id\",\"Name\",\"Stage\",\"Amount\",\"Close\"\r\n"
	    "\"d.csv\",\"3\",\"Amount \"\"ten\"\": is no amount that can be read, or too "
	    "large\",\"r9ffe36eb56f3ee0b\",\"2\",\"Two, "
	    "\"\"x\"\"\",\"New\",\"ten\",\"1/2/2026\"\r\n"
	    "\"d.csv\",\"4\",\"Amount \"\"5x\"\": is no amount that can be read, or too "
	    "large\",\"r44d706391b880fe4\",\"3\",\"'=cmd\",\"New\",\"5x\",\"1/3/"
	    "2026\"\r\n"
	    "\"d.csv\",\"5\",\"has 4 fields where the header has "
	    "5\",\"r275e1690d062d50d\""
	    ",\"4\",\"Four\",\"New\",\"5\"\r\n");
	/* Two corrected, one as it was; the dates alone would be ambiguous. */
	shell("sed -i 's/\"ten\",/\"12\",/; s/\"5x\",/\"55\",/' r.csv");
	assert_status(EXIT_REJECTS, sync_back(false));
	assert_counts("r.csv", 3, 2, 0, 0, 0, 1);
	cr_assert(said.report.changed);
	cr_assert_eq(said.report.rejects[0].line, 4);
	cr_assert_eq(said.report.as_of, day_from_civil(2026, 11, 20));
	cr_assert_str_eq(deals_now(), "1:10:2026-01-20 2:12:2026-01-02 3:55:2026-01-03 "
	                              "5:5:2026-01-04");
	assert_text("SELECT name FROM deal WHERE source_id = '2'", "Two, \"x\"");
	assert_text("SELECT name FROM deal WHERE source_id = '3'", "=cmd");
	cr_assert_eq(ask("SELECT count(*) FROM reject"), 1);
	cr_assert_eq(ask("SELECT rows FROM feed WHERE section = 'deals'"), 4);
	/* The exports are what they were: nothing to do, and nothing comes back. */
	assert_status(EXIT_REJECTS, sync_co());
	cr_assert_not(said.report.changed);
	cr_assert_eq(said.report.sync_id, 0);
	cr_assert_eq(report_of("d.csv")->rejected, 1);
	/* The last one, which a spreadsheet padded and widened. */
	cr_assert_eq(export(&out), 1);
	shell("sed -i 's/\"4\",\"Four\",\"New\",\"5\"/4,Four,New,5,1\\/5\\/2026/; "
	      "s/\\r$/,,/' r.csv");
	assert_status(EXIT_OK, sync_back(true));
	assert_counts("r.csv", 1, 1, 0, 0, 0, 0);
	cr_assert_eq(ask("SELECT count(*) FROM reject"), 0);
	cr_assert_eq(export(&out), 0);
	assert_status(EXIT_OK, sync_co());
	cr_assert_not(said.report.changed);
	str_release(&out);
}

/* A spreadsheet of another country saves it as Unicode text: a row that is no
 * better stays what it was, in the writing of its own file. */
Test(rejects, saved_in_another_writing)
{
	struct str out = STR_INIT, again = STR_INIT;
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	export(&out);
	shell(
	    "sed -i 's/\"5x\",/\"55\",/; s/\",\"/\"\\t\"/g; s/^\\xef\\xbb\\xbf//' r.csv; "
	    "iconv -f UTF-8 -t UTF-16 r.csv > r2.csv; mv r2.csv r.csv");
	assert_status(EXIT_REJECTS, sync_back(false));
	cr_assert_str_eq(report_of("r.csv")->encoding, "UTF-16LE");
	assert_counts("r.csv", 3, 1, 0, 0, 0, 2);
	assert_text("SELECT group_concat(text, '^') FROM reject ORDER BY line",
	    "2,\"Two, \"\"x\"\"\",New,ten,1/2/2026^4,Four,New,5");
	export(&again);
	cr_has(again.p, "\"Two, \"\"x\"\"\",\"New\",\"ten\"");
	str_release(&out);
	str_release(&again);
}

/* Again by name it counts as it stands; beside exports it is left alone. */
Test(rejects, given_back_twice)
{
	struct str out = STR_INIT;
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	export(&out);
	shell("sed -i 's/\"ten\",/\"12\",/; s/\"5x\",/\"55\",/; /Four/d' r.csv");
	assert_status(EXIT_OK, sync_back(false));
	shell("sed -i 's/\"12\",/\"13\",/' r.csv");
	assert_status(EXIT_OK, sync_back(false));
	assert_counts("r.csv", 2, 0, 1, 1, 0, 0);
	cr_has(said.report.warnings[0], "no rejects any more");
	cr_has(deals_now(), "2:13:");
	cr_assert_eq(ask("SELECT rows FROM feed WHERE section = 'deals'"), 4);
	/* The CRM moved on; the old correction lies in the folder still. */
	put("d.csv", HEADER "1,One,New,10,1/20/2026\n2,Two,New,99,1/2/2026\n"
	                    "3,=cmd,New,55,1/3/2026\n5,Five,New,5,1/4/2026\n");
	shell("cp r.csv in/z.csv");
	assert_status(EXIT_OK, sync_co());
	cr_has(deals_now(), "2:99:");
	cr_has(said.report.warnings[0], "name the file itself");
	str_release(&out);
}

/* An id that stood twice: the row loads when it has another id, not before. */
Test(rejects, an_id_that_stood_twice)
{
	struct str out = STR_INIT;
	put("d.csv", HEADER "1,One,New,10,1/20/2026\n1,Uno,New,11,1/21/2026\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	export(&out);
	assert_status(EXIT_REJECTS, sync_back(false));
	cr_has(said.report.rejects[0].why, "repeats an id");
	cr_assert_str_eq(deals_now(), "1:10:2026-01-20");
	shell("sed -i 's/\"1\",\"Uno\"/\"2\",\"Uno\"/' r.csv");
	assert_status(EXIT_OK, sync_back(false));
	cr_assert_str_eq(deals_now(), "1:10:2026-01-20 2:11:2026-01-21");
	str_release(&out);
}

/* Too long a row, which a spreadsheet makes as wide as the header by widening
 * that: it must not slip in with its cells shifted. */
Test(rejects, a_row_too_long)
{
	struct str out = STR_INIT;
	put("d.csv", HEADER "1,One,New,10,1/20/2026\n2,Two,and more,New,11,1/21/2026\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	export(&out);
	shell("sed -i '1s/\\r$/,/' r.csv");
	assert_status(EXIT_REJECTS, sync_back(false));
	cr_has(said.report.rejects[0].why, "6 fields where the header has 5");
	shell("sed -i 's/\"Two\",\"and more\"/\"Two, and more\"/; s/1\\/21\\/2026\"/&,/' "
	      "r.csv");
	assert_status(EXIT_OK, sync_back(false));
	cr_assert_str_eq(deals_now(), "1:10:2026-01-20 2:11:2026-01-21");
	str_release(&out);
}

/* Files of two kinds are two tables; each goes where its file belongs. */
Test(rejects, two_kinds)
{
	struct str out = STR_INIT;
	put("a.csv", "Kind;When;Deal\ncall;2026-01-02;1\ncall;soon;1\n");
	put("d2.csv", HEADER "7,Seven,New,x,1/20/2026\n8,Eight,New,8,1/20/2026\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(export(&out), 2);
	cr_has(out.p, "\"huddle_file\";\"huddle_line\"");
	cr_has(out.p, "\"d2.csv\",\"2\"");
	/* a.csv comes first. */
	shell("sed -i 's/;\"soon\";/;\"2026-01-03\";/' r.csv");
	assert_status(EXIT_OK, sync_back(false));
	cr_assert_eq(ask("SELECT count(*) FROM activity WHERE missing IS NULL"), 2);
	/* The CRM has it right next week: it is the same row. */
	put("a.csv", "Kind;When;Deal\ncall;2026-01-02;1\n\"call\";2026-01-03;1\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(ask("SELECT count(*) FROM activity"), 2);
	str_release(&out);
}

Test(rejects, of_another_source)
{
	struct str out = STR_INIT;
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	export(&out);
	const char *paths[] = {in_folder("r.csv")};
	assert_refused(sync_now(.paths = paths, .n_paths = 1), "r.csv", "source co read",
	    "--source");
	shell("sed 's/= co/= other/' co.ini > other.ini");
	assert_refused(
	    sync_now(.paths = paths, .n_paths = 1, .source = in_folder("other.ini")),
	    "r.csv", "source co read", "--source");
	str_release(&out);
}

Test(rejects, that_no_source_knows)
{
	struct str out = STR_INIT;
	put("d.csv", "Key,Called,Step\n1,One,New\n2,Two\n");
	put("../co.ini", "[source]\nname = co\n[deals]\nfiles = d*.csv\nid = Key\n"
	                 "name = Called\nstage = Step\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	export(&out);
	const char *paths[] = {in_folder("r.csv")};
	assert_refused(sync_now(.paths = paths, .n_paths = 1), "r.csv", "no source knows",
	    "--source");
	str_release(&out);
}

/* ---- cells ---- */

static void expect_harmless(const char *cell, const char *written)
{
	struct str out = STR_INIT;
	csv_harmless(&out, slice_of(cell));
	cr_expect_str_eq(out.p, written, "%s, not %s", out.p, written);
	str_release(&out);
}

Test(rejects, formulas)
{
	expect_harmless("=1+1", "\"'=1+1\"");
	expect_harmless("@SUM(A1)", "\"'@SUM(A1)\"");
	expect_harmless("+cmd|' /C calc'!A0", "\"'+cmd|' /C calc'!A0\"");
	expect_harmless("-2+3", "\"'-2+3\"");
	expect_harmless("\t=1", "\"'\t=1\"");
	expect_harmless("\r=1", "\"'\r=1\"");
	expect_harmless("\n=1", "\"'\n=1\"");
	expect_harmless("\xef\xbc\x9d"
	                "1",
	    "\"'\xef\xbc\x9d"
	    "1\"");
	expect_harmless(" =1", "\"' =1\"");
	expect_harmless("'=1", "\"''=1\"");
	expect_harmless("-5", "\"-5\"");
	expect_harmless("+1,234.50", "\"+1,234.50\"");
	expect_harmless("O'Neill", "\"O'Neill\"");
	expect_harmless("'quoted'", "\"'quoted'\"");
	expect_harmless("a \"b\"", "\"a \"\"b\"\"\"");
	expect_harmless("", "\"\"");
}

static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* Any cells, written and split, are the same cells, by either way of writing. */
Test(rejects, cells_round_trip)
{
	static const char *const bits[] = {"=", "+", "-", "@", "'", "\"", ",", ";", "\t",
	    "\n", "\r", " ", "a", "5", ".", "\xc3\xa9", "\xef\xbc\x9d", "\xef\xbb\xbf",
	    "x y"};
	uint64_t state = 0x9e3779b97f4a7c15u;
	struct cells split = {0};
	for (int round = 0; round < 20000; round++) {
		struct str text[6] = {0}, joined = STR_INIT, safe = STR_INIT;
		struct slice fields[6];
		char delimiter = ",;\t|"[next(&state) % 4];
		size_t n = 1 + next(&state) % 6;
		for (size_t i = 0; i < n; i++) {
			for (size_t k = next(&state) % 6; k > 0; k--)
				str_adds(&text[i],
				    bits[next(&state) % (sizeof bits / sizeof *bits)]);
			fields[i] = (struct slice){str_text(&text[i]), text[i].len};
			str_adds(&safe, i ? (char[]){delimiter, 0} : "");
			csv_harmless(&safe, fields[i]);
		}
		cells_join(&joined, fields, n, delimiter);
		for (int way = 0; way < 2; way++) {
			const struct str *written = way ? &safe : &joined;
			cr_assert(cells_split(&split,
			    (struct slice){str_text(written), written->len}, delimiter));
			cr_assert_eq(split.count, n, "%s", str_text(written));
			for (size_t i = 0; i < n; i++) {
				struct slice cell =
				    way ? csv_plain(split.fields[i]) : split.fields[i];
				cr_assert(slice_eq(cell, fields[i]), "[%.*s] not [%s]",
				    (int)cell.len, cell.p, str_text(&text[i]));
			}
		}
		for (size_t i = 0; i < n; i++)
			str_release(&text[i]);
		str_release(&joined);
		str_release(&safe);
	}
	cells_release(&split);
}

/* Rows of any cells, rejected, given back as they are: rejected the same, and
 * kept the same. */
Test(rejects, files_round_trip)
{
	static const char *const bits[] = {
	    "=", "-", "'", "\"\"", ",", "\n", " ", "a", "\xc3\xa9", "\t", "+"};
	uint64_t state = 77;
	struct str file = STR_INIT, first = STR_INIT, again = STR_INIT;
	str_adds(&file, HEADER "1,One,New,1,2026-01-01\n");
	for (int row = 0; row < 200; row++) {
		str_addf(&file, "%d,\"", row + 2);
		for (size_t k = next(&state) % 8; k > 0; k--)
			str_adds(
			    &file, bits[next(&state) % (sizeof bits / sizeof *bits)]);
		str_addf(&file, "\",New,%s,2026-01-01\n", row % 2 ? "bad" : "=1+1");
	}
	put("d.csv", file.p);
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	cr_assert_eq(ask("SELECT count(*) FROM reject"), 200);
	cr_assert_eq(export(&first), 1);
	assert_status(EXIT_REJECTS, sync_back(false));
	cr_assert_eq(ask("SELECT count(*) FROM reject"), 200);
	cr_assert_eq(export(&again), 1);
	cr_assert_str_eq(first.p, again.p);
	shell("sed -i 's/\"bad\",/\"2\",/; s/\"'\"'\"'=1+1\",/\"3\",/' r.csv");
	assert_status(EXIT_OK, sync_back(false));
	cr_assert_eq(ask("SELECT count(*) FROM deal"), 201);
	cr_assert_eq(ask("SELECT count(*) FROM reject"), 0);
	/* Corrected at the source as well, every name is the same. */
	str_clear(&again);
	shell("sed -i 's/New,bad,/New,2,/; s/New,=1+1,/New,3,/' in/d.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(report_of("d.csv")->unchanged, 201);
	str_release(&file);
	str_release(&first);
	str_release(&again);
}
