#include "sync_fixture.h"

/*
 * From cells to values, through a whole sync each: what a file says and what
 * the facts hold, or the line that refuses it.
 */

TestSuite(convert, .init = sync_setup, .fini = sync_teardown);

/* Deals with one more column X, which feeds `field`; a row a value. */
static void deals(
    const char *source, const char *field, const char *const *cells, size_t n)
{
	struct str text = STR_INIT;
	str_addf(&text,
	    "[source]\nname = co\n%s\n[deals]\nfiles = d.csv\nid = I\nname = I\n"
	    "stage = I\n%s = X\n",
	    source, field);
	put("../co.ini", str_text(&text));
	str_clear(&text);
	str_adds(&text, "I,X\n");
	for (size_t i = 0; i < n; i++)
		str_addf(&text, "%zu,\"%s\"\n", i + 1, cells[i]);
	put("d.csv", str_text(&text));
	str_release(&text);
}

#define DEALS(source, field, ...)                                             \
	do {                                                                  \
		const char *const cells_[] = {__VA_ARGS__};                   \
		deals(source, field, cells_, sizeof cells_ / sizeof *cells_); \
	} while (0)

/* What the column holds for all rows, in order. */
static const char *values(const char *column)
{
	char sql[256];
	snprintf(sql, sizeof sql,
	    "SELECT group_concat(v, ' ') FROM (SELECT coalesce(%s, '-') AS v "
	    "FROM deal ORDER BY id)",
	    column);
	return ask_text(sql);
}

/* Reason of the only reject. */
static const char *why(void)
{
	assert_status(EXIT_REJECTS, said.status);
	cr_assert_eq(said.report.n_rejects, 1);
	return said.report.rejects[0].why;
}

/* Said once, by the mapping or by each cell, and never guessed. */
Test(convert, zones_by_name)
{
	DEALS("", "created", "2026-11-28 22:00 EST", "2026-11-28 22:00 (UTC-05:00)",
	    "28 novembre 2026 00:30 CET");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("created"), "2026-11-29 2026-11-29 2026-11-27");
}

Test(convert, a_zone_of_several_meanings_is_a_reject)
{
	DEALS("", "created", "2026-11-28 14:00 IST", "2026-11-28", "2026-11-28",
	    "2026-11-28", "2026-11-28", "2026-11-28", "2026-11-28", "2026-11-28",
	    "2026-11-28", "2026-11-28");
	sync_co();
	cr_assert_str_eq(why(),
	    "has a zone, IST, that is India's, Israel's or Ireland's; write timezone = "
	    "Asia/Kolkata, Asia/Jerusalem or Europe/Dublin under [source] of a mapping "
	    "file, or export with offsets such as +05:30");
}

Test(convert, the_mapping_tells_a_zone_of_several_meanings)
{
	DEALS("timezone = Asia/Kolkata", "created", "2026-11-28 00:30 IST",
	    "2026-11-28 00:30", "2026-11-28 22:00 EST");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("created"), "2026-11-28 2026-11-28 2026-11-29");
}

Test(convert, dates_of_every_writing)
{
	DEALS("", "close_date", "2026-11-28", "2026-11-28T23:30:00.000+0000",
	    "2026-11-28 00:00:00", "28 Nov 2026", "Nov 28, 2026", "2026/11/28",
	    "2026-11-28T14:06:20Z", "28-Nov-26");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("close_date"),
	    "2026-11-28 2026-11-28 2026-11-28 2026-11-28 "
	    "2026-11-28 2026-11-28 2026-11-28 2026-11-28");
}

/* One value decides for its column, also from the last row, and not for the
 * column beside it. */
Test(convert, the_column_decides)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = I\nname = I\nstage = I\n"
	    "close_date = A\ncreated = B\nclosed = C\n");
	put("d.csv",
	    "I,A,B,C\n1,03/04/2025,03.04.2025,5/5/2025\n2,,,\n"
	    "3,04/05/2025,05.04.2025,2025-06-07\n4,01/31/2025,31.01.25,6/6/2025\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("close_date"), "2025-03-04 - 2025-04-05 2025-01-31");
	cr_assert_str_eq(values("created"), "2025-04-03 - 2025-04-05 2025-01-31");
	cr_assert_str_eq(values("closed"), "2025-05-05 - 2025-06-07 2025-06-06");
}

Test(convert, an_ambiguous_column_is_refused)
{
	DEALS("", "close_date", "2025-01-01", "03/04/2025", "05/06/2025");
	assert_refused(
	    sync_co(), "d.csv:3", "\"X\"", "03/04/2025", "dates = mdy", "dates = dmy");
	cr_assert_str_eq(files_here(), "co.ini huddle.db huddle.db-sync.lock in ");
	DEALS("dates = dmy", "close_date", "2025-01-01", "03/04/2025");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("close_date"), "2025-01-01 2025-04-03");
	DEALS("dates = mdy", "close_date", "2025-01-01", "03/04/2025");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("close_date"), "2025-01-01 2025-03-04");
}

/* Said order and a cell against it: that row is at fault. */
Test(convert, a_cell_against_the_order)
{
	DEALS("dates = dmy", "close_date", "13/04/2025", "04/13/2025");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	cr_has(why(), "date");
	cr_assert_str_eq(said.report.rejects[0].value, "04/13/2025");
	cr_assert_str_eq(said.report.rejects[0].column, "X");
	cr_assert_eq(said.report.rejects[0].line, 3);
}

/* A column that contradicts itself is read by its first word, and the rows that
 * can not be are many enough to refuse the file. */
Test(convert, a_column_of_both_orders)
{
	DEALS("", "close_date", "13/04/2025", "04/13/2025", "05/04/2025");
	assert_refused(sync_co(), "d.csv:3", "04/13/2025", "--accept-rejects");
}

Test(convert, two_digit_years_and_clocks)
{
	put("../co.ini",
	    "[source]\nname = co\ntimezone = America/Chicago\n[deals]\nfiles = d.csv\n"
	    "id = I\nname = I\nstage = I\nclose_date = A\n[activities]\nfiles = d.csv\n"
	    "id = I\ndeal_id = I\nwhen = B\nkind.default = call\n");
	put("d.csv",
	    "I,A,B\n1,1/31/26,\"1/31/2026 2:05 PM\"\n2,12/1/69,2026-07-01 12:30:00 AM\n"
	    "3,12/1/70,2026-01-31T20:05:00+01:00\n4,1/2/26,2026-01-31 "
	    "23:59:59.1230000\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(
	    values("close_date"), "2026-01-31 2069-12-01 1970-12-01 2026-01-02");
	assert_text(
	    "SELECT group_concat(at, ' ') FROM (SELECT at FROM activity ORDER BY id)",
	    "2026-01-31T20:05:00Z 2026-07-01T05:30:00Z 2026-01-31T19:05:00Z "
	    "2026-02-01T05:59:59Z");
}

/* A day is the day where the deal is kept, an instant is the same everywhere. */
Test(convert, days_in_the_zone_of_the_source)
{
	DEALS("timezone = America/Chicago", "created", "2026-11-28T02:00:00Z",
	    "2026-11-28", "2026-11-28 23:00");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("created"), "2026-11-27 2026-11-28 2026-11-28");
}

Test(convert, unreadable_dates_are_rejected)
{
	static const char *const bad[] = {
	    "soon", "2026-02-30", "2026-13-01", "19999", "60001", "0000-00-00"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		DEALS("", "close_date", "2026-11-28", bad[i]);
		sync_co(.accept_rejects = true, .accept_shrink = true);
		cr_has(why(), "no date");
		cr_assert_str_eq(said.report.rejects[0].value, bad[i]);
	}
}

/* A spreadsheet's number of a day is not guessed at: it says what it would be. */
Test(convert, spreadsheet_days_are_rejected)
{
	static const struct {
		const char *cell, *day;
	} serials[] = {{"45631", "2024-12-05"}, {"20000", "1954-10-03"},
	    {"60000", "2064-04-08"}, {"45631.75", "2024-12-05"}};
	for (size_t i = 0; i < sizeof serials / sizeof *serials; i++) {
		DEALS("", "close_date", "2026-11-28", serials[i].cell);
		sync_co(.accept_rejects = true, .accept_shrink = true);
		cr_has(why(), "spreadsheet's day number");
		cr_has(why(), serials[i].day);
		cr_assert_str_eq(said.report.rejects[0].value, serials[i].cell);
	}
}

Test(convert, amounts_of_every_writing)
{
	DEALS("currency = USD", "amount", "$1,234.50", "(1,200)", "45k", "1.2M",
	    "$1,117.10K", "15000.0", "1.3E7", "-5", "9225.225", "USD 1,200", " 7 ", "0");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("amount"),
	    "123450 -120000 4500000 120000000 111710000 1500000 "
	    "1300000000 -500 922522 120000 700 0");
}

Test(convert, the_decimal_mark_of_the_column)
{
	DEALS("currency = EUR", "amount", "1.234", "1.234,50", "12");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("amount"), "123400 123450 1200");
	DEALS("currency = EUR", "amount", "1,234", "1,234.50", "12");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("amount"), "123400 123450 1200");
	DEALS("currency = EUR\ndecimal = comma", "amount", "1.234", "2,5", "12");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("amount"), "123400 250 1200");
}

Test(convert, currencies)
{
	put("../co.ini",
	    "[source]\nname = co\ncurrency = USD\n[deals]\nfiles = d.csv\nid = I\n"
	    "name = I\nstage = I\namount = A\ncurrency = C\n");
	put("d.csv",
	    "I,A,C\n1,1200,\n2,1200,EUR\n3,1200,JPY\n4,1200,KWD\n5,\"\xe2\x82\xac"
	    "1,200\",\n6,,EUR\n7,$1200,CAD\n8,$1200,\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("currency"), "USD EUR JPY KWD EUR EUR CAD USD");
	cr_assert_str_eq(
	    values("amount"), "120000 120000 1200 1200000 120000 - 120000 120000");
}

/* "$" is the sign of many currencies: the mapping knows which. */
Test(convert, dollars_of_canada)
{
	DEALS("currency = CAD", "amount", "$1,200", "CA$5", "EUR 7",
	    "\xe2\x82\xac"
	    "8");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("currency"), "CAD CAD EUR EUR");
	DEALS("", "amount", "$1,200", "9", "EUR 7",
	    "\xe2\x82\xac"
	    "8");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("currency"), "USD - EUR EUR");
}

Test(convert, a_currency_nobody_knows)
{
	put("../co.ini", "[source]\nname = co\n[deals]\nfiles = d.csv\nid = I\n"
	                 "name = I\nstage = I\namount = A\ncurrency = C\n");
	put("d.csv", "I,A,C\n1,1200,EUR\n2,1200,Taler\n");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	cr_has(why(), "currency");
	cr_assert_str_eq(said.report.rejects[0].value, "Taler");
}

Test(convert, unreadable_amounts_are_rejected)
{
	static const char *const bad[] = {
	    "n/a", "12 apples", "1,2,3,4.5.6", "99999999999999999999"};
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		DEALS("", "amount", "12", bad[i]);
		sync_co(.accept_rejects = true, .accept_shrink = true);
		cr_has(why(), "amount");
		cr_assert_str_eq(said.report.rejects[0].value, bad[i]);
	}
}

/* Whether 1 is all of it or a hundredth, the whole column says. */
Test(convert, shares)
{
	DEALS("", "probability", "1", "0.5", "60", "100", "0", "60 %", "12.5", "1%");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(
	    values("probability"), "10000 5000 600000 1000000 0 600000 125000 10000");
	DEALS("", "probability", "1", "0.6", "0", "60%", "0.125", "1.0", "100%", "1%");
	assert_status(EXIT_OK, sync_co(.accept_shrink = true));
	cr_assert_str_eq(values("probability"),
	    "1000000 600000 0 600000 125000 1000000 1000000 10000");
	DEALS("", "probability", "60", "101");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	cr_has(why(), "more than all");
	DEALS("", "probability", "60", "-1");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	cr_has(why(), "share");
}

Test(convert, booleans)
{
	DEALS(
	    "", "deleted", "1", "true", "YES", "y", "0", "False", "no", "", "1.0", "0.0");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("deleted"), "1 1 1 1 0 0 0 - 1 0");
	DEALS("", "deleted", "0", "maybe");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	cr_has(why(), "neither yes nor no");
}

/* The vector of the help pages, and one of each kind of group. */
Test(convert, salesforce_ids_get_their_18)
{
	put("../co.ini",
	    "[source]\nname = co\nids = salesforce\n[deals]\nfiles = d.csv\nid = I\n"
	    "name = I\nstage = I\naccount_id = A\n");
	put("d.csv",
	    "I,A\n0064600000J5S5T,001A0000006Vm9r\n0060000000abcde,000000000000000\n"
	    "006ABCDEFGHIJKL,000000000000000AAA\n006-short,\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("source_id"),
	    "0064600000J5S5TAAV 0060000000abcdeAAA 006ABCDEFGHIJKLY55 006-short");
	assert_text("SELECT source_id FROM account", "001A0000006Vm9rIAC");
	assert_number("SELECT count(*) FROM account", 1);
}

/* The same deal by its short and its long id is one; by another case another. */
Test(convert, short_and_long_ids_meet)
{
	put("../co.ini",
	    "[source]\nname = co\nids = salesforce\n[deals]\nfiles = d.csv\nid = I\n"
	    "name = N\nstage = N\n[committee]\nfiles = c.csv\ndeal_id = D\ncontact_id = "
	    "C\n");
	put("d.csv", "I,N\n0064600000J5S5TAAV,x\n0064600000J5S5t,y\n");
	put("c.csv", "D,C\n0064600000J5S5T,003000000000001\n");
	assert_status(EXIT_OK, sync_co());
	assert_number("SELECT count(*) FROM deal", 2);
	assert_text("SELECT name FROM deal JOIN committee c ON c.deal = deal.id", "x");
}

Test(convert, an_id_from_a_spreadsheet)
{
	DEALS("", "type", "a", "b");
	put("d.csv", "I,X\n1,a\n1.23E+11,b\n1E+10,c\n2.5e+07,d\n1E5x,e\n");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	assert_status(EXIT_REJECTS, said.status);
	cr_assert_eq(said.report.n_rejects, 3);
	cr_has(said.report.rejects[0].why, "spreadsheet");
	cr_assert_str_eq(said.report.rejects[0].value, "1.23E+11");
	assert_number("SELECT count(*) FROM deal", 2);
}

/* As a reference it would join everybody to one made-up account. */
Test(convert, a_reference_from_a_spreadsheet)
{
	DEALS("", "account_id", "8001234567", "1.23E+11");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	cr_has(why(), "spreadsheet");
	cr_assert_str_eq(said.report.rejects[0].column, "X");
}

Test(convert, natural_keys)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = T + C + O\nname = T + O\n"
	    "stage = S\n");
	put("d.csv", "T,C,O,S\na,b,c,x\na,,c,x\n,b,c,x\n,,,x\n");
	sync_co(.accept_rejects = true, .accept_shrink = true);
	cr_has(why(), "lacks its id");
	cr_assert_str_eq(values("source_id"), "a|b|c a||c |b|c");
	cr_assert_str_eq(values("name"), "a c a c c");
}

Test(convert, else_map_and_default)
{
	put("../co.ini",
	    "[source]\nname = co\n[deals]\nfiles = d.csv\nid = I\nname = I\nstage = I\n"
	    "type = A\ntype.else = B\ntype.map = n: New, e: Existing, "
	    "none:\ntype.default = Unknown\n"
	    "source = \"C | D\" | C\ncustom.Region = R\n");
	put("d.csv", "I,A,B,C,R\n1,N,e,web,EMEA\n2,,e,,\n3,none,,--,\n4,z,,x,AMER\n");
	assert_status(EXIT_OK, sync_co());
	cr_assert_str_eq(values("type"), "New Existing Unknown z");
	cr_assert_str_eq(values("source"), "web - - x");
	assert_text("SELECT group_concat(deal || name || value) FROM deal_custom",
	    "1RegionEMEA,4RegionAMER");
}

static const char split_mapping[] =
    "[source]\nname = co\n[activities]\nfiles = v.csv\nid = I\nwhen = W\nkind = K\n"
    "contact_id = C\ncontact_id.split = ;\ndeal_id = D\ndeal_id.split = ;\n";

static const char contacts_of_all[] =
    "SELECT group_concat(v, ' ') FROM (SELECT a.source_id || ':' || "
    "coalesce(c.source_id, '-') || "
    "':' || coalesce(d.source_id, '-') AS v FROM activity a LEFT JOIN contact c ON c.id "
    "= a.contact "
    "LEFT JOIN deal d ON d.id = a.deal ORDER BY a.id)";

Test(convert, split_makes_a_row_a_piece)
{
	put("../co.ini", split_mapping);
	put("v.csv",
	    "I,W,K,C,D\n1,2026-11-01,call,c1;c2; c3 ,d1\n2,2026-11-01,call,;c2;,d1;d2\n"
	    "3,2026-11-01,call,000000000000000AAA;c4;000000000000000AAA,\n");
	assert_status(EXIT_OK, sync_co());
	assert_text(contacts_of_all,
	    "1:c1:d1 1/1:c2:d1 1/2:c3:d1 2:c2:d1 2/1:c2:d2 3:-:- 3/1:c4:-");
	assert_counts("v.csv", 3, 3, 0, 0, 0, 0);
}

/* The pieces of a rejected row are no rows either. */
Test(convert, a_bad_piece_rejects_its_row)
{
	put("../co.ini", split_mapping);
	put("v.csv",
	    "I,W,K,C,D\n1,2026-11-01,call,c1;1.2E+10,d1\n2,2026-11-01,call,c2,d1\n"
	    "2,2026-11-02,call,c3;c4,d1\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	assert_counts("v.csv", 3, 1, 0, 0, 0, 2);
	assert_text(contacts_of_all, "2:c2:d1");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	put("v.csv", "I,W,K,C,D\n2,2026-11-01,call,c2,d1\n2,2026-11-02,call,c3;c4,d1\n");
	assert_status(EXIT_REJECTS, sync_co(.accept_rejects = true));
	assert_text(contacts_of_all, "2:c2:d1");
}

/* An activity whose contacts change is updated, and has those it has now. */
Test(convert, pieces_come_and_go)
{
	put("../co.ini", split_mapping);
	put("v.csv",
	    "I,W,K,C,D\n1,2026-11-01,call,c1;c2;c3,d1\n2,2026-11-01,call,c1,d1\n");
	assert_status(EXIT_OK, sync_co());
	put("v.csv",
	    "I,W,K,C,D\n1,2026-11-01,call,c1;c3,d1\n2,2026-11-01,call,c1;c2,d1\n");
	assert_status(EXIT_OK, sync_co());
	assert_counts("v.csv", 2, 0, 2, 0, 0, 0);
	cr_assert_eq(report_of("v.csv")->missing, 0);
	cr_assert(said.report.changed);
	assert_text("SELECT group_concat(v, ' ') FROM (SELECT a.source_id || ':' || "
	            "c.source_id AS v "
	            "FROM activity a JOIN contact c ON c.id = a.contact ORDER BY 1)",
	    "1/1:c3 1:c1 2/1:c2 2:c1");
	assert_number("SELECT count(*) FROM activity WHERE missing IS NOT NULL", 0);
	assert_status(EXIT_OK, sync_co(.partial = true));
	put("w.csv", "I,W,K,C,D\n1,2026-11-01,call,c1,d1\n");
	shell("sed -i 's/v.csv/w.csv/' co.ini; rm in/v.csv");
	assert_status(EXIT_OK, sync_co(.partial = true));
	assert_number("SELECT count(*) FROM activity", 3);
	assert_text("SELECT touches || ' ' || activities FROM deal_summary", "");
}
