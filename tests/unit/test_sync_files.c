#include "sync_fixture.h"
#include <sys/file.h>

/* Which files a sync takes, refuses or leaves; what a refusal leaves behind. */

static const char co[] =
    "[source]\nname = co\n[deals]\nfiles = d*.csv\nid = Id\nname = Name\n"
    "stage = Stage\namount = Amount\n[touches]\nfiles = t*.csv\nid = Id\n"
    "deal_id = Deal\nwhen = When\nkind = Kind\n";

#define HEADER "Id,Name,Stage,Amount\n"

static void setup(void)
{
	sync_setup();
	put("../co.ini", co);
	put("d.csv",
	    HEADER "1,One,New,100\n2,Two,New,200\n3,Three,Old,300\n4,Four,Old,400\n");
}

TestSuite(sync_files, .init = setup, .fini = sync_teardown);

static const char *deals_now(void)
{
	return ask_text("SELECT group_concat(v, ' ') FROM (SELECT source_id || ':' || "
	                "coalesce(amount / 100, '-') AS v FROM deal "
	                "WHERE feed IS NOT NULL ORDER BY source_id)");
}

/* After a refusal: what was there before is all that is there. */
static void nothing_happened(int syncs)
{
	char want[256] = "co.ini huddle.db ";
	for (int i = 1; i <= syncs; i++)
		snprintf(want + strlen(want), sizeof want - strlen(want),
		    "huddle.db-facts-%d ", i);
	strcat(want, "huddle.db-sync.lock in ");
	cr_assert_str_eq(files_here(), want);
	cr_assert_eq(ask("SELECT count(*) FROM generation"), syncs);
	cr_assert_not(said.report.changed);
	cr_assert_eq(said.report.sync_id, 0);
}

Test(sync_files, dry_run)
{
	assert_status(EXIT_OK, sync_co(.dry_run = true));
	assert_counts("d.csv", 4, 4, 0, 0, 0, 0);
	cr_assert_str_eq(files_here(), "co.ini huddle.db in ");
	assert_status(EXIT_OK, sync_co());
	shell("sed -i 's/,400/,444/; s/^1/9/' in/d.csv");
	assert_status(EXIT_OK, sync_co(.dry_run = true));
	assert_counts("d.csv", 4, 1, 1, 2, 0, 0);
	cr_assert_eq(report_of("d.csv")->missing, 1);
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400");
	cr_assert_str_eq(
	    files_here(), "co.ini huddle.db huddle.db-facts-1 huddle.db-sync.lock in ");
}

/* As the program does it: the store is open for reading, or not there at all. */
static void dry_sync(const char **paths, size_t n)
{
	struct store *store = store_here(true);
	struct sync_options options = {.paths = paths,
	    .n_paths = n,
	    .source = in_folder("co.ini"),
	    .as_of = day_from_civil(2026, 11, 20),
	    .accept_rejects = true,
	    .dry_run = true};
	arena_release(&said.arena);
	memset(&said, 0, sizeof said);
	said.status = sync_run(store, &said.arena, &options, &said.report, &said.err);
	store_close(store);
}

static void add_report(struct str *out)
{
	str_addf(out, "%d %d\n", said.status, said.report.changed);
	for (size_t i = 0; i < said.report.n_files; i++) {
		const struct file_report *f = &said.report.files[i];
		str_addf(out, "%s %s %lld %lld %lld %lld %lld %lld %lld %lld\n", f->file,
		    f->kind ? f->kind : "-", (long long)f->rows, (long long)f->added,
		    (long long)f->updated, (long long)f->unchanged,
		    (long long)f->repeated, (long long)f->rejected, (long long)f->missing,
		    (long long)f->skipped);
	}
	for (size_t i = 0; i < said.report.n_rejects; i++)
		str_addf(out, "%s:%lld %s\n", said.report.rejects[i].file,
		    (long long)said.report.rejects[i].line, said.report.rejects[i].why);
	for (size_t i = 0; i < said.report.n_warnings; i++)
		str_addf(out, "%s\n", said.report.warnings[i]);
}

/* What a dry run says is what the sync then does, and nothing is left of it:
 * before the first sync, beside another one, and where nothing may be written. */
Test(sync_files, a_dry_run_is_true)
{
	static const char *const weeks[] = {
	    HEADER "1,One,New,100\n2,Two,New,ten\n3,Three,Old,300\n3,Three,Old,300\n",
	    HEADER "1,One,New,101\n3,Three,Old,300\n4,Four,Old,400\n\n",
	    HEADER "1,One,New,101\n3,Three,Old,300\n4,Four,Old,400\n\n",
	    HEADER "4,Four,Old,400\n5,Five,Old,400\n6,Six,Old,400,6\n7,7,Old,7\n",
	};
	const char *paths[] = {in_folder("in")};
	put("Salaries.csv", "Who,How much\nAna,1\n");
	for (size_t week = 0; week < sizeof weeks / sizeof *weeks; week++) {
		struct str dry = STR_INIT, wet = STR_INIT;
		char before[8192];
		put("d.csv", weeks[week]);
		FILE *lock = fopen(in_folder("huddle.db-sync.lock"), "w");
		cr_assert_eq(flock(fileno(lock), LOCK_EX), 0);
		chmod(in_folder("huddle.db-sync.lock"), 0600);
		snprintf(before, sizeof before, "%s", files_here());
		dry_sync(paths, 1);
		add_report(&dry);
		cr_assert_eq(said.report.sync_id, 0);
		cr_assert_str_eq(files_here(), before);
		fclose(lock);
		sync_co(.accept_rejects = true);
		add_report(&wet);
		cr_assert_str_eq(
		    dry.p, wet.p, "week %zu:\n%s\nnot\n%s", week, dry.p, wet.p);
		str_release(&dry);
		str_release(&wet);
	}
}

static int64_t undo(struct err *err)
{
	struct store *store = store_here(false);
	int64_t id = -1;
	memset(err, 0, sizeof *err);
	if (!store_undo_sync(store, &id, err))
		id = -1;
	store_close(store);
	return id;
}

Test(sync_files, undo)
{
	struct err err;
	for (int i = 1; i <= 5; i++) {
		shell("sed -i 's/^1,.*/1,One,New,%d/' in/d.csv", i);
		assert_status(EXIT_OK, sync_co());
		cr_assert_eq(said.report.sync_id, i);
	}
	cr_has(files_here(), "huddle.db-facts-3 huddle.db-facts-4 huddle.db-facts-5 "
	                     "huddle.db-sync.lock");
	cr_assert_eq(undo(&err), 4);
	cr_has(deals_now(), "1:4 ");
	cr_assert_eq(undo(&err), 3);
	cr_has(deals_now(), "1:3 ");
	cr_assert_eq(undo(&err), -1);
	cr_has(err.text, "last three");
	cr_has(deals_now(), "1:3 ");
	/* The exports are what they were: the sync that was undone can be done again. */
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.sync_id, 6);
	cr_has(deals_now(), "1:5 ");
	assert_number("SELECT count(*) FROM sync", 4);
	cr_assert_eq(undo(&err), 3);
}

Test(sync_files, undo_the_only_sync)
{
	struct err err;
	cr_assert_eq(undo(&err), -1);
	cr_has(err.text, "no sync to undo");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(undo(&err), 0);
	assert_number("SELECT count(*) FROM generation WHERE dropped = 0", 0);
	assert_status(EXIT_OK, sync_co());
	assert_counts("d.csv", 4, 4, 0, 0, 0, 0);
}

/* A row that stands in two parts of a split export is one row. */
Test(sync_files, parts_of_a_split_export)
{
	put("d2.csv", HEADER "3,Three,Old,300\n4,Four,Old,400\n5,Five,Old,500\n");
	put("d3.csv", HEADER "5,Five,Old,500\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("d.csv", 4, 4, 0, 0, 0, 0);
	assert_counts("d2.csv", 3, 1, 0, 0, 2, 0);
	assert_counts("d3.csv", 1, 0, 0, 0, 1, 0);
	cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400 5:500");
	assert_number("SELECT rows FROM feed", 5);
}

/* Files and paths in any order, and the folder or its files: the same facts. */
Test(sync_files, order_does_not_matter)
{
	static const char all[] =
	    "SELECT group_concat(v, ' ') FROM (SELECT d.source_id || '>' || "
	    "t.source_id AS v FROM touch_deal x JOIN deal d ON d.id = x.deal "
	    "JOIN touch t ON t.id = x.touch ORDER BY v)";
	char d[PATH_MAX + 300], t[PATH_MAX + 300], first[4096];
	put("t.csv", "Id,Deal,When,Kind\na,1,2026-11-01,Email\nb,2,2026-11-01,Email\n");
	snprintf(d, sizeof d, "%s", in_folder("in/d.csv"));
	snprintf(t, sizeof t, "%s", in_folder("in/t.csv"));
	const char *one[] = {d, t}, *other[] = {t, d};
	assert_status(EXIT_OK, sync_co(.paths = one, .n_paths = 2));
	snprintf(first, sizeof first, "%s", ask_text(all));
	cr_assert_str_eq(first, "1>a 2>b");
	assert_status(EXIT_OK, sync_co(.paths = other, .n_paths = 2));
	cr_assert_not(said.report.changed);
	assert_status(EXIT_OK, sync_co());
	cr_assert_not(said.report.changed);
	shell("rm huddle.db*");
	assert_status(EXIT_OK, sync_co(.paths = other, .n_paths = 2));
	cr_assert_str_eq(ask_text(all), first);
}

/* The same file named twice, or with its folder, is one file. */
Test(sync_files, a_file_named_twice)
{
	char in[PATH_MAX + 300], d[PATH_MAX + 300];
	snprintf(in, sizeof in, "%s", in_folder("in"));
	snprintf(d, sizeof d, "%s", in_folder("in/d.csv"));
	const char *paths[] = {in, d, d};
	assert_status(EXIT_OK, sync_co(.paths = paths, .n_paths = 3));
	cr_assert_eq(said.report.n_files, 1);
	assert_counts("d.csv", 4, 4, 0, 0, 0, 0);
}

/* Two folders with a file of the same name each: both count, and the second
 * sync knows both. */
Test(sync_files, the_same_name_in_two_folders)
{
	shell("mkdir in/a in/b; mv in/d.csv in/a; printf "
	      "'Id,Name,Stage,Amount\\n9,N,New,9\\n' > "
	      "in/b/d.csv");
	assert_status(EXIT_OK, sync_co());
	assert_counts("a/d.csv", 4, 4, 0, 0, 0, 0);
	assert_counts("b/d.csv", 1, 1, 0, 0, 0, 0);
	char a[PATH_MAX + 300], b[PATH_MAX + 300];
	snprintf(a, sizeof a, "%s", in_folder("in/a"));
	snprintf(b, sizeof b, "%s", in_folder("in/b"));
	const char *paths[] = {a, b};
	assert_status(EXIT_OK, sync_co(.paths = paths, .n_paths = 2));
	cr_assert_not(said.report.changed);
	cr_assert_eq(ask("SELECT rows FROM feed"), 5);
	long long generations = ask("SELECT count(*) FROM generation");
	assert_status(EXIT_OK, sync_co(.paths = paths, .n_paths = 2));
	cr_assert_not(said.report.changed);
	assert_number("SELECT count(*) FROM generation", generations);
}

Test(sync_files, files_that_nobody_claims)
{
	put("Salaries.csv", "Who,How much\nAna,1\n");
	put("notes.md", "# no export\n");
	put("empty.csv", "");
	put(".hidden.csv", "a\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_eq(said.report.n_files, 4);
	cr_assert_null(report_of("Salaries.csv")->kind);
	cr_assert_null(report_of("Salaries.csv")->source);
	cr_assert_null(report_of("notes.md")->kind);
	cr_assert_null(report_of("empty.csv")->kind);
	cr_assert_geq(said.report.n_warnings, 3);
	struct str all = STR_INIT;
	for (size_t i = 0; i < said.report.n_warnings; i++)
		str_addf(&all, "%s\n", said.report.warnings[i]);
	cr_has(all.p, "Salaries.csv");
	cr_has(all.p, "empty.csv");
	str_release(&all);
	/* Named, it is meant. */
	const char *paths[] = {in_folder("in/Salaries.csv")};
	assert_refused(
	    sync_co(.paths = paths, .n_paths = 1), "Salaries.csv", "no source knows");
	nothing_happened(1);
}

Test(sync_files, nothing_to_read)
{
	shell("rm in/*");
	assert_refused(sync_co(), "holds no file");
	put("x.csv", "a,b\n1,2\n");
	assert_refused(sync_co(), "no export that a source knows", "--source");
	const char *paths[] = {in_folder("in/none.csv")};
	assert_refused(sync_co(.paths = paths, .n_paths = 1), "none.csv", "No such file");
}

Test(sync_files, usage)
{
	assert_status(EXIT_USAGE, sync_now(.source = "siebel"));
	cr_has(said.err.text, "no such source");
	put("../bad.ini", "[source]\nname = x\n[deals]\nids = I\n");
	assert_refused(sync_now(.source = in_folder("bad.ini")), "bad.ini:4", "ids");
	assert_refused(sync_now(.source = in_folder("none.ini")), "none.ini");
}

/* What can not be trusted in a file refuses the sync and names the place. */
Test(sync_files, broken_files)
{
	static const struct {
		const char *bytes;
		size_t len;
		const char *place, *what;
	} bad[] = {
#define B(text, place, what) {text, sizeof text - 1, place, what}
	    B(HEADER "1,One,New,1\n2,\"Two,New,2\n3,Three,New,3\n", "d.csv:3", "quote"),
	    B(HEADER "1,One,New,1\n2,T\0wo,New,2\n", "d.csv:3", "NUL"),
	    B("Id,Name,Amount\n1,One,1\n", "d.csv", "stage"),
	    B("Name,Stage,Amount\n1,One,1\n", "d.csv", "\"Id\""),
	    B("Id,Name,Stage,Name\n1,One,New,Uno\n", "d.csv", "twice"),
#undef B
	};
	assert_status(EXIT_OK, sync_co());
	put("t.csv", "Id,Deal,When,Kind\na,1,2026-11-01,Email\n");
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		put_bytes("d.csv", bad[i].bytes, bad[i].len);
		assert_refused(sync_co(), bad[i].place, bad[i].what);
		nothing_happened(1);
		cr_assert_str_eq(deals_now(), "1:100 2:200 3:300 4:400");
	}
}

Test(sync_files, broken_utf_16)
{
	shell("sed s/One/Ōne/ in/d.csv | iconv -t UTF-16 > in/d2.csv; mv in/d2.csv "
	      "in/d.csv");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(report_of("d.csv")->encoding, "UTF-16LE");
	assert_text("SELECT name FROM deal", "\xc5\x8cne");
	shell("printf '5\\0,\\0\\0\\330,\\0,\\0\\n\\0' >> in/d.csv");
	assert_refused(sync_co(), "d.csv:6", "UTF-16");
	nothing_happened(1);
}

Test(sync_files, text_and_pictures)
{
	assert_status(EXIT_OK, sync_co());
	put_bytes("d2.csv", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
	assert_refused(sync_co(), "d2.csv");
	nothing_happened(1);
	shell("rm in/d2.csv; printf 'dear all,\\n\\nplease \"find\" attached\\n' > "
	      "in/letter.txt");
	put_bytes("picture.png", "\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
	assert_status(EXIT_OK, sync_co());
	cr_assert_null(report_of("letter.txt")->kind);
	cr_assert_null(report_of("picture.png")->kind);
}

Test(sync_files, unreadable)
{
	if (!geteuid()) {
		/* root reads everything: a folder that is gone while we look at it */
		shell("ln -s /nonexistent in/sub");
		assert_refused(sync_co(), "sub");
	} else {
		shell("mkdir in/sub; chmod 0 in/sub");
		assert_refused(sync_co(), "sub", "can not be read");
		shell("chmod 700 in/sub; chmod 0 in/d.csv");
		assert_refused(sync_co(), "d.csv");
	}
	cr_assert_str_eq(files_here(), "co.ini huddle.db in ");
}

Test(sync_files, another_sync_is_running)
{
	FILE *lock = fopen(in_folder("huddle.db-sync.lock"), "w");
	chmod(in_folder("huddle.db-sync.lock"), 0600);
	cr_assert_eq(flock(fileno(lock), LOCK_EX), 0);
	assert_refused(sync_co(), "another sync is running");
	fclose(lock);
	assert_status(EXIT_OK, sync_co());
}
