#include "sync_fixture.h"

#include "../../src/sync/mapping.h"
#include "huddle/report_sync.h"
#include <cjson/cJSON.h>

/* What files are taken for and why; a mapping drafted from them. */

#define DATA TEST_SOURCE_DIR "/../shared/data/"

static struct explanation it;
static struct arena arena;
static struct err err;

static void teardown(void)
{
	arena_release(&arena);
	sync_teardown();
}

TestSuite(explain, .init = sync_setup, .fini = teardown);

static void explain_path(const char *path, const char *source)
{
	const char *paths[] = {path};
	struct sync_options options = {.paths = paths, .n_paths = 1, .source = source};
	memset(&err, 0, sizeof err);
	cr_assert(
	    sync_explain(&it, &arena, &options, &err), "%s: %s", err.place, err.text);
}

static const struct explained_file *file_of(const char *name)
{
	for (size_t i = 0; i < it.n_files; i++)
		if (!strcmp(it.files[i].file, name))
			return &it.files[i];
	cr_assert_fail("no file %s", name);
	return NULL;
}

static const struct explained_column *column_of(const char *file, const char *header)
{
	const struct explained_file *f = file_of(file);
	for (size_t i = 0; i < f->n_columns; i++)
		if (!strcmp(f->columns[i].header, header))
			return &f->columns[i];
	cr_assert_fail("no column %s", header);
	return NULL;
}

static const char *as_text(void)
{
	static struct str out;
	struct report report = {.width = 100};
	str_clear(&out);
	report_explain(&out, &report, &it);
	return str_text(&out);
}

#define HUBSPOT "Record ID,Deal Name,Deal Stage,Close Date,Amount,Mood\n"

Test(explain, a_file_that_a_preset_knows)
{
	put("d.csv", HUBSPOT "1,One,New,2026-01-02,10.5,fine\n2,Two,New,,20,\n");
	explain_path(in_folder("in"), NULL);
	const struct explained_file *f = file_of("d.csv");
	cr_assert_eq(f->n_uses, 1);
	cr_assert_str_eq(f->uses[0].source, "hubspot");
	cr_assert_str_eq(f->uses[0].kind, "deals");
	cr_assert_str_eq(
	    f->uses[0].why, "its header has Record ID, Deal Name, Deal Stage");
	cr_has(f->uses[0].missing, "currency");
	cr_assert_null(strstr(f->uses[0].missing, "amount"));
	cr_assert_eq(f->rows, 2);
	cr_assert_str_eq(f->encoding, "UTF-8");
	cr_has(column_of("d.csv", "Amount")->feeds, "deals.amount");
	cr_assert_str_eq(column_of("d.csv", "Amount")->format, "amount, decimal point");
	cr_assert_eq(column_of("d.csv", "Close Date")->filled, 1);
	cr_assert_null(column_of("d.csv", "Mood")->feeds);
	cr_assert_str_eq(column_of("d.csv", "Mood")->samples[0], "fine");
	cr_has(as_text(), "not used");
	cr_has(as_text(), "50 %");
	cr_assert_str_eq(files_here(), "in ");
}

Test(explain, a_file_that_nobody_knows)
{
	put("x.csv", "Record ID,Deal Name,Phase\n1,One,New\n");
	put("y.csv", "Who,How much\nAna,1\n");
	put("notes.md", "# none\n");
	explain_path(in_folder("in"), NULL);
	cr_has(file_of("x.csv")->left_out, "no source knows");
	cr_has(file_of("x.csv")->nearest, "[deals] of hubspot is nearest: it has Record "
	                                  "ID, Deal Name, but lacks Deal Stage");
	cr_assert_null(file_of("y.csv")->nearest);
	cr_has(file_of("notes.md")->left_out, "no CSV");
	cr_has(as_text(), "lacks Deal Stage");
}

Test(explain, ambiguous_dates)
{
	put("d.csv", HUBSPOT "1,One,New,03/04/2025,10,\n2,Two,New,5/5/2025,20,\n");
	explain_path(in_folder("in/d.csv"), NULL);
	cr_has(column_of("d.csv", "Close Date")->format, "not known");
	cr_has(column_of("d.csv", "Close Date")->note, "03/04/2025 in line 2");
	cr_has(column_of("d.csv", "Close Date")->note, "dates = mdy");
	cr_has(file_of("d.csv")->uses[0].problem, "\"Close Date\"");
	cr_has(as_text(), "A sync refuses this file as [deals]");
	/* A mapping that says the order is heard. */
	put("../co.ini", "[source]\nname = co\ndates = dmy\n[deals]\nfiles = d*.csv\n"
	                 "id = Record ID\nname = Deal Name\nstage = Deal Stage\n"
	                 "close_date = Close Date\nskip = Mood: bad\n");
	explain_path(in_folder("in/d.csv"), in_folder("co.ini"));
	cr_assert_null(column_of("d.csv", "Close Date")->note);
	cr_assert_null(file_of("d.csv")->uses[0].problem);
	cr_assert_str_eq(file_of("d.csv")->uses[0].why,
	    "its name fits d*.csv; [deals] of hubspot fits as well, but your own mapping "
	    "comes first");
	cr_assert_str_eq(column_of("d.csv", "Mood")->feeds, "deals.skip");
}

/* The forms that a field's columns can have, and dates that agree. */
Test(explain, every_column_that_feeds_a_field)
{
	put("d.csv", "Id,Name,Stage,Close,Plan,Made,Extra,Sum\n"
	             "1,One,New,,03/04/2025,17/04/2025,\"{\"\"n\"\": 5}\",N/A\n"
	             "2,Two,New,03/05/2025,,18/04/2025,,7\n");
	put("../co.ini",
	    "[source]\nname = co\ndates_agree = yes\nblank = N/A\n"
	    "[deals]\nsignature = Id + Stage | Id + Name + Stage\nid = Id\nname = Name\n"
	    "stage = Stage\nclose_date = Close\nclose_date.else = Plan | Made\n"
	    "created = Made\nnext_step = Extra\nnext_step.key = n\namount = Sum\n"
	    "[deals.twice]\nsignature = Id + Name + Stage\nid = Id\nname = Name\n"
	    "stage = Stage\nstage.map = *: Old\nskip = Stage: New\n"
	    "[deals.few]\nsignature = Id + Stage\nid = Id\nname = Name\nstage = Stage\n");
	explain_path(in_folder("in/d.csv"), in_folder("co.ini"));
	const struct explained_file *f = file_of("d.csv");
	cr_assert_eq(f->n_uses, 2); /* the longest signatures share it */
	cr_has(f->uses[0].why, "its header has Id, Name, Stage");
	cr_assert_str_eq(f->uses[1].section, "deals.twice");
	cr_assert_null(f->uses[0].problem);
	cr_assert_str_eq(column_of("d.csv", "Plan")->feeds, "deals.close_date");
	cr_assert_str_eq(
	    column_of("d.csv", "Made")->feeds, "deals.close_date, deals.created");
	cr_assert_str_eq(column_of("d.csv", "Extra")->feeds, "deals.next_step");
	cr_assert_null(column_of("d.csv", "Plan")->note);
	cr_assert_str_eq(column_of("d.csv", "Close")->format, "date, D/M/YYYY");
	cr_assert_eq(column_of("d.csv", "Sum")->filled, 1);
	cr_assert_eq(column_of("d.csv", "Sum")->unreadable, 0);
	/* What is said is so. */
	assert_status(EXIT_OK, sync_co());
	assert_text(
	    "SELECT group_concat(close_date, ' ') FROM deal", "2025-04-03 2025-05-03");
}

Test(explain, who_takes_it_of_several)
{
	put("d.csv", HUBSPOT "1,One,New,2026-01-02,10,\n");
	put("e.csv", "Id,A,B\n1,2,3\n");
	put("../plain.ini", "[source]\nname = mine\n[deals]\nsignature = Id + A\n"
	                    "without = B | C\nid = Id\nname = A\nstage = A\n");
	explain_path(in_folder("in"), in_folder("plain.ini"));
	cr_has(file_of("e.csv")->nearest,
	    "[deals] of mine is nearest: it has Id, A, but has B as well");
	cr_assert_str_eq(file_of("d.csv")->uses[0].source, "hubspot");
	/* Only what no other source takes. */
	put("f.csv", "deal_id,name,stage,amount\n1,One,New,1\n");
	explain_path(in_folder("in"), NULL);
	cr_has(file_of("f.csv")->uses[0].why, "its header has deal_id, ");
	cr_has(file_of("f.csv")->uses[0].why, "no other source knows it");
}

/* What is broken is said, and what stands before it is told all the same. */
Test(explain, broken_files)
{
	put("d.csv", HUBSPOT "1,One,New,2026-01-02,10,fine\n2,\"Two,New,,20,\n");
	put("e.csv", "Record ID,Deal Name,Deal Stage,Deal Name\n1,One,New,Uno\n");
	put_bytes("f.csv", "Record ID,\0", 11);
	explain_path(in_folder("in"), NULL);
	cr_has(file_of("d.csv")->problem, "d.csv:3");
	cr_has(file_of("d.csv")->problem, "quote");
	cr_assert_str_eq(column_of("d.csv", "Mood")->samples[0], "fine");
	cr_has(file_of("e.csv")->uses[0].problem, "twice");
	cr_has(file_of("f.csv")->problem, "NUL");
	cr_has(as_text(), "A sync refuses this file: d.csv:3");
}

Test(explain, cells_that_will_be_rejected)
{
	put("d.csv", HUBSPOT "1.23E+11,One,New,45631,10,\n2,Two,New,2026-01-02,ten,\n"
	                     "3,Three,New,soon,20,\n4,x\n");
	explain_path(in_folder("in"), NULL);
	cr_has(column_of("d.csv", "Record ID")->note, "went through a spreadsheet");
	cr_has(column_of("d.csv", "Close Date")->note, "day numbers");
	cr_assert_eq(column_of("d.csv", "Close Date")->unreadable, 2);
	cr_has(column_of("d.csv", "Amount")->note, "line 3: ten");
	cr_assert_eq(file_of("d.csv")->ragged, 1);
}

/* A zone that only the company can tell, before its mapping says it and after. */
Test(explain, zones_of_several_meanings)
{
	put("d.csv", HUBSPOT "1,One,New,2026-01-02 10:00 IST,10,\n"
	                     "2,Two,New,2026-01-02 10:00 EST,20,\n");
	explain_path(in_folder("in"), NULL);
	cr_assert_eq(column_of("d.csv", "Close Date")->unreadable, 1);
	cr_has(column_of("d.csv", "Close Date")->note,
	    "in line 2: 2026-01-02 10:00 IST has a zone, IST, that is India's");
	put("../co.ini", "[source]\nname = co\ntimezone = Asia/Kolkata\n");
	explain_path(in_folder("in"), in_folder("co.ini"));
	cr_assert_eq(column_of("d.csv", "Close Date")->unreadable, 0);
	cr_assert_null(column_of("d.csv", "Close Date")->note);
}

/* Cells of one column, separated by |, and what the column is said to be. */
static const struct {
	const char *header, *cells, *format;
} formats[] = {
    {"When", "2025-08-11|2025-08-12", "date, YYYY-MM-DD"},
    {"When", "2025-08-11 14:03|2025-08-12 00:00", "time, YYYY-MM-DD HH:mm"},
    {"When", "2024-01-23T02:46:47.000+0000", "time, YYYY-MM-DDTHH:mm:ss.f+hhmm"},
    {"When", "2024-01-23T02:46:47Z", "time, YYYY-MM-DDTHH:mm:ssZ"},
    {"When", "8/11/2025|8/25/2025", "date, M/D/YYYY"},
    {"When", "11.8.25|25.12.24", "date, D.M.YY"},
    {"When", "8/25/2025 2:03 PM|8/11/2025 11:00 AM", "time, M/D/YYYY HH:mm AM"},
    {"When", "Aug 11, 2025|Sep 1, 2025", "date, Mon D, YYYY"},
    {"When", "11-Aug-2025", "date, D-Mon-YYYY"},
    {"When", "5. März 2024|11. Dezember 2025", "date, D. Mon YYYY"},
    {"When", "5 de março de 2024", "date, D de Mon de YYYY"},
    {"When", "2025-08-11 14:03 EST", "time, YYYY-MM-DD HH:mm EST"},
    {"When", "2025-08-11 14:03 IST", "time, YYYY-MM-DD HH:mm IST"},
    {"When", "03/04/2025", "date, month or day first: not known"},
    {"When", "2025-08-11|2025-08-12 14:03", "date, YYYY-MM-DD and other forms"},
    {"Due date", "45631|45632.5", "date, a spreadsheet's day numbers"},
    {"Size", "45631|45632", "number, whole"},
    {"Price", "$1,234.50|$10", "amount, decimal point, written with USD"},
    {"Price", "1.234,50|3,5", "number, decimal comma"},
    {"Price", "15000.0|9225.225", "number, decimal point"},
    {"Chance", "60%|5 %", "percent"},
    {"Open", "TRUE|false", "boolean"},
    {"Open", "1|0|1", "boolean, 0 or 1"},
    {"Mail", "a@x.com|b@y.org", "e-mail"},
    {"Deal ID", "1|2", "id"},
    {"Number", "1.23E+11|1.24E+11", "id"},
    {"Where", "Ulm|Bern|Ulm", "text, 2 different"},
    {"Where", "", "empty"},
    {"Where", "--|", "empty"},
};

Test(explain, formats)
{
	for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
		struct str text = STR_INIT;
		struct slice rest = slice_of(formats[i].cells), cell;
		str_addf(&text, "Row,%s\n", formats[i].header);
		while (slice_cut(&rest, '|', &cell))
			str_addf(&text, "x,\"%.*s\"\n", (int)cell.len, cell.p);
		put("t.csv", str_text(&text));
		explain_path(in_folder("in/t.csv"), NULL);
		cr_expect_str_eq(it.files[0].columns[1].format, formats[i].format,
		    "%s: %s, not %s", formats[i].cells, it.files[0].columns[1].format,
		    formats[i].format);
		str_release(&text);
	}
}

/* Nothing that a cell, a header or a name holds may drive the terminal. */
Test(explain, hostile_text)
{
	put("d\x1b[2J.csv", "Record ID,Deal Name,Deal Stage,\x1b]0;x\x07,\xe2\x80\xae\n"
	                    "1,\x1b[31mred,New,\xc2\x9b"
	                    "1m,x\n");
	explain_path(in_folder("in"), NULL);
	for (const char *p = as_text(); *p; p++)
		cr_assert((unsigned char)*p >= 0x20 || *p == '\n');
	cr_assert_null(strstr(as_text(), "\xe2\x80\xae"));
	cr_assert_null(strstr(as_text(), "\xc2\x9b"));
	struct str json = STR_INIT;
	report_explain_json(&json, &it);
	cJSON *root = cJSON_Parse(str_text(&json));
	const cJSON *file = cJSON_GetArrayItem(cJSON_GetObjectItem(root, "files"), 0);
	const cJSON *column = cJSON_GetArrayItem(cJSON_GetObjectItem(file, "columns"), 1);
	cr_assert_str_eq(
	    cJSON_GetArrayItem(cJSON_GetObjectItem(column, "samples"), 0)->valuestring,
	    "\x1b[31mred");
	cr_assert_str_eq(
	    cJSON_GetArrayItem(cJSON_GetObjectItem(column, "fields"), 0)->valuestring,
	    "deals.name");
	cr_assert_null(strchr(str_text(&json), 0x1b));
	cJSON_Delete(root);
	str_release(&json);
}

/* Rejects on their way back are no exports of their own. */
Test(explain, rejects)
{
	put("r.csv", "huddle_file,huddle_line,huddle_reason,huddle_row,Record ID,Deal "
	             "Name,Deal Stage\nd.csv,2,x,r0123456789abcdef,1,One,New\n");
	explain_path(in_folder("in"), NULL);
	cr_has(file_of("r.csv")->left_out, "rejected");
	cr_assert_null(file_of("r.csv")->nearest);
}

/* ---- drafts ---- */

/* Write the draft beside the folder; it must parse. */
static const char *draft(const char *path)
{
	const char *paths[] = {path};
	struct sync_options options = {.paths = paths, .n_paths = 1};
	static struct str out;
	struct mapping mapping;
	memset(&err, 0, sizeof err);
	str_clear(&out);
	cr_assert(
	    sync_draft(&out, &arena, &options, &err), "%s: %s", err.place, err.text);
	cr_assert(
	    mapping_parse(&mapping, &arena, "draft.ini", str_text(&out), out.len, &err),
	    "%s: %s\n%s", err.place, err.text, str_text(&out));
	put("../co.ini", str_text(&out));
	return str_text(&out);
}

Test(explain, draft_of_plain_exports)
{
	put("opps.csv",
	    "Topic,Potential Customer,Owner,Sales Stage,Est. revenue,Est. close "
	    "date,Created On,Region + area\n"
	    "Fleet,Acme,Ana,Proposal,\"$1,200.50\",8/25/2026,7/1/2026,North\n"
	    "Fleet 2,Init,Bo,Closed Won,$10,8/1/2026,7/2/2026,South\n"
	    "Fleet 3,Init,Bo,Qualify,$10,8/1/2026,7/2/2026,South\n");
	const char *text = draft(in_folder("in"));
	cr_has(text, "dates     = mdy ; Est. close date of opps.csv can only be month");
	cr_has(text, "decimal   = point ; as in Est. revenue");
	cr_has(text, "currency  = USD");
	cr_has(text, "id           = Topic ; no column of ids");
	cr_has(text, "close_date   = Est. close date");
	cr_has(text, "Region + area: text");
	cr_has(text, "Qualify = open 1\nProposal = open 2\nClosed Won = won");
	assert_status(EXIT_OK, sync_co());
	assert_counts("opps.csv", 3, 3, 0, 0, 0, 0);
	assert_text("SELECT group_concat(amount || status, ' ') FROM deal",
	    "120050open 1000won 1000open");
}

/* What is lacking is said, and the draft can be parsed all the same. */
Test(explain, draft_of_odd_files)
{
	put("deals.csv", "Stage,Amount,Close Date\nNew,1,03/04/2026\n");
	put("odd.csv",
	    "\x1b[1m,\"a=b\",\";x\",\"[y]\",,\"Deal \"\"Name\"\"\"\n1,2,3,4,5,6\n");
	put("broken.csv", "a,b\n1,\"2\n");
	put_bytes("none.csv", "", 0);
	const char *text = draft(in_folder("in"));
	cr_has(text, "; id = ... REQUIRED");
	cr_has(text, "; [deals]");
	cr_has(text, "broken.csv:2");
	cr_assert_null(strchr(text, 0x1b));
	put("deals.csv", "Deal ID,Deal,Stage,Amount,Close Date\n1,A,New,1,03/04/2026\n"
	                 "2,B,\"a = b\",1,05/06/2026\n");
	text = draft(in_folder("in/deals.csv"));
	cr_has(text, "; DECIDE: 03/04/2026 in Close Date of deals.csv");
	assert_refused(sync_co(), "dates = mdy");
	shell("sed -i 's/^; dates   = mdy/dates = mdy/' co.ini; rm in/o* in/b* in/n*");
	assert_status(EXIT_OK, sync_co());
	assert_text("SELECT close_date FROM deal WHERE source_id = '1'", "2026-03-04");
}

Test(explain, draft_asks_for_a_zone)
{
	put("t.csv", "Row,Subject,Type,Activity Date\n1,A,Call,2026-01-02 10:00 IST\n");
	cr_has(draft(in_folder("in/t.csv")), "DECIDE: the zone of 2026-01-02 10:00 IST");
}

/* A table of links is no kind of fact, and may be what rows refer by. */
Test(explain, draft_of_links)
{
	put("engagement_deal.csv",
	    "deal_id,engagement_id,type_id,_fivetran_synced\n1,2,3,4\n");
	cr_has(draft(in_folder("in/engagement_deal.csv")),
	    ";   [lookup.links]\n;   files = engagement_deal.csv\n"
	    ";   key   = engagement_id\n;   value = deal_id\n");
	put("x.csv", "Visit Id,Trip Id\nv1,t1\n");
	const char *text = draft(in_folder("in/x.csv"));
	cr_has(text, ";   key   = Visit Id\n;   value = Trip Id\n");
	cr_has(text, ";   FIELD        = Visit Id\n;   FIELD.lookup = links\n");
}

/* Real exports that no preset knows, as drafted: nothing is edited. */
static const struct {
	const char *set, *counts;
} sets[] = {
    {"maven_crm", "85 accounts 0 contacts 8800 deals 35 people 0 touches 0 activities"},
    {"b2b_touchpoints",
        "1000 accounts 0 contacts 628 deals 0 people 5577 touches 0 activities"},
    {"hubspot_dummy",
        "200 accounts 950 contacts 500 deals 0 people 0 touches 2000 activities"},
};

Test(explain, draft_of_real_exports)
{
	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		char path[PATH_MAX];
		snprintf(path, sizeof path, DATA "%s", sets[i].set);
		if (access(path, R_OK))
			cr_skip_test("skipped: %s is not here", path);
		draft(path);
		const char *paths[] = {path};
		shell("rm -f huddle.db*");
		assert_status(EXIT_OK, sync_co(.paths = paths, .n_paths = 1));
		assert_text(
		    "SELECT (SELECT count(*) FROM account WHERE feed IS NOT NULL) "
		    "|| ' accounts ' || (SELECT count(*) FROM contact WHERE feed "
		    "IS NOT NULL) || ' contacts ' || (SELECT count(*) FROM deal) || "
		    "' deals ' || (SELECT count(*) FROM person WHERE feed IS NOT "
		    "NULL) || ' people ' || (SELECT count(*) FROM touch) || ' "
		    "touches ' || (SELECT count(*) FROM activity) || ' activities'",
		    sets[i].counts);
	}
}

/* The files of a set with all its headers renamed stay what they are. */
Test(explain, draft_of_renamed_headers)
{
	char path[PATH_MAX];
	snprintf(path, sizeof path, DATA "hubspot_dummy");
	if (access(path, R_OK))
		cr_skip_test("skipped: %s is not here", path);
	shell("cp '%s'/hubspot_deals.csv in/abc.csv; chmod u+w in/abc.csv; sed -i "
	      "'1s/.*/Opp "
	      "No,Opportunity,Phase,Funnel,Value,Expected Closing Date,Opened,Sales "
	      "Rep,Business Type,Reason lost,Web,E-mail\\r/; 1s/Opp No/Opportunity "
	      "Number/' in/abc.csv",
	    path);
	const char *text = draft(in_folder("in"));
	cr_has(text, "stage        = Phase");
	cr_has(text, "close_date   = Expected Closing Date");
	cr_has(text, "owner        = Sales Rep");
	assert_status(EXIT_OK, sync_co());
	assert_counts("abc.csv", 500, 500, 0, 0, 0, 0);
	cr_assert_eq(
	    ask("SELECT count(*) FROM deal WHERE close_date IS NOT NULL AND owner "
	        "IS NOT NULL AND amount IS NOT NULL"),
	    500);
}
