#include "record_fixture.h"

/* A known stall leaves the ranking until a day, and the file of an older huddle
 * gets the table for it. */

TestSuite(snooze, .init = begin, .fini = end, .timeout = 60);

enum { TODAY = 20780 }; /* 2026-11-23 */

static struct snooze snoozed(const char *deal, day_t until, const char *reason)
{
	return (struct snooze){.deal_id = deal, .until = until, .reason = reason};
}

static void put(struct store *as, struct snooze *s, bool wake)
{
	bool conflict;
	fine(store_save_snooze(as, s, wake, &conflict, &err));
	cr_assert_not(conflict);
}

static struct snooze stored(const char *deal, bool *found)
{
	struct snooze s;
	fine(store_load_snooze(store, &arena, deal, &s, found, &err));
	return s;
}

Test(snooze, comes_back_as_saved_and_is_logged)
{
	struct snooze s = snoozed("D1", TODAY + 14, "legal review");
	bool found;
	put(store, &s, false);
	cr_assert_eq(s.rev, 1);
	cr_assert_str_eq(last_what(), "\"D1\" snoozed until 2026-12-07");
	struct snooze t = stored("D1", &found);
	cr_assert(found);
	cr_assert_eq(t.until, TODAY + 14);
	cr_assert_str_eq(t.reason, "legal review");
	cr_assert_str_eq(t.by, "Ana");
	cr_assert_gt(t.at, 0);
	t.until = TODAY + 20;
	put(store, &t, false);
	put(store, &t, true);
	cr_assert_str_eq(last_what(), "\"D1\" woken");
	stored("D1", &found);
	cr_assert_not(found);
	/* And again, though its row is there. */
	struct snooze again = snoozed("D1", TODAY + 3, "holidays");
	put(store, &again, false);
	cr_assert_str_eq(stored("D1", &found).reason, "holidays");
}

Test(snooze, is_taken_back)
{
	struct snooze s = snoozed("D1", TODAY + 14, "legal review");
	const char *what;
	bool found;
	put(store, &s, false);
	fine(store_undo(store, &arena, &what, &err));
	cr_assert_str_eq(what, "undone: \"D1\" snoozed until 2026-12-07");
	stored("D1", &found);
	cr_assert_not(found);
	struct snooze t = snoozed("D1", TODAY + 14, "legal review");
	put(store, &t, false);
	put(store, &t, true);
	fine(store_undo(store, &arena, &what, &err));
	cr_assert_str_eq(stored("D1", &found).reason, "legal review");
	cr_assert(found);
}

Test(snooze, somebody_elses_is_not_overwritten)
{
	struct snooze s = snoozed("D1", TODAY + 14, "legal review"), t = s;
	struct store *tom = open_as("Tom");
	bool conflict;
	put(store, &s, false);
	cr_assert_not(store_save_snooze(tom, &t, false, &conflict, &err));
	cr_assert(conflict);
	cr_has(err.text, "changed by Ana meanwhile");
	store_close(tom);
}

Test(snooze, needs_a_reason_and_a_day_within_a_year)
{
	static const struct {
		int days;
		const char *reason, *says;
	} cases[] = {{14, "", "needs a reason"}, {14, "  ", "needs a reason"},
	    {0, "x", "is not after today"}, {-3, "x", "is not after today"},
	    {367, "x", "more than a year"}};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct snooze s = snoozed("D1", TODAY + cases[i].days, cases[i].reason);
		cr_assert_not(snooze_check(&s, TODAY, &err));
		cr_has(err.text, cases[i].says);
	}
	struct snooze s = snoozed("D1", DAY_NONE, "x");
	cr_assert_not(snooze_check(&s, TODAY, &err));
	s.until = TODAY + 1;
	cr_assert(snooze_check(&s, TODAY, &err));
}

/* The records of version 1, as they were made then. */
static const char version_1[] =
    "CREATE TABLE generation(id INTEGER PRIMARY KEY, file TEXT NOT NULL, as_of TEXT NOT "
    "NULL, made_at TEXT NOT NULL, made_by TEXT NOT NULL, dropped INTEGER NOT NULL "
    "DEFAULT "
    "0) STRICT;"
    "CREATE TABLE action(id INTEGER PRIMARY KEY, rev INTEGER NOT NULL, deal_id TEXT NOT "
    "NULL, team TEXT NOT NULL, owner TEXT NOT NULL, text TEXT NOT NULL, due TEXT, state "
    "TEXT NOT NULL, reason TEXT, created_at TEXT NOT NULL, created_by TEXT NOT NULL, "
    "deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX action_deal ON action(deal_id);"
    "CREATE TABLE debrief(deal_id TEXT PRIMARY KEY, rev INTEGER NOT NULL, outcome TEXT, "
    "competitor TEXT, reason TEXT, reason_2 TEXT, message TEXT, objector TEXT, evidence "
    "TEXT, win_back TEXT, note TEXT, filed_by TEXT NOT NULL, filed_at TEXT NOT NULL, "
    "deleted INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE TABLE draft(deal_id TEXT NOT NULL, form TEXT NOT NULL, person TEXT NOT NULL, "
    "text TEXT NOT NULL, saved_at TEXT NOT NULL, PRIMARY KEY(deal_id, form, person)) "
    "STRICT;"
    "CREATE TABLE change_log(seq INTEGER PRIMARY KEY, op_id TEXT NOT NULL UNIQUE, at "
    "TEXT "
    "NOT NULL, person TEXT NOT NULL, what TEXT NOT NULL, deal_id TEXT, table_name TEXT "
    "NOT "
    "NULL, row_key TEXT NOT NULL, old_row TEXT, new_row TEXT, undoes INTEGER, undone "
    "INTEGER NOT NULL DEFAULT 0) STRICT;"
    "CREATE INDEX change_log_person ON change_log(person, seq);"
    "CREATE TABLE setting(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;"
    "INSERT INTO action VALUES(1, 1, 'D1', 'sales', 'Tom', 'Call', NULL, 'open', NULL, "
    "'2026-11-01T00:00:00Z', 'Tom', 0);"
    "PRAGMA application_id = 1214532690; PRAGMA user_version = 1";

static void older_file(void)
{
	sqlite3 *db;
	store_close(store);
	store = NULL;
	unlink(db_path);
	cr_assert_eq(sqlite3_open(db_path, &db), SQLITE_OK);
	cr_assert_eq(sqlite3_exec(db, version_1, NULL, NULL, NULL), SQLITE_OK, "%s",
	    sqlite3_errmsg(db));
	sqlite3_close(db);
	chmod(db_path, 0600);
}

Test(snooze, an_older_file_gets_its_table_and_loses_nothing)
{
	older_file();
	store = open_as("Ana");
	cr_assert_eq(read_int("PRAGMA user_version"), SCHEMA_VERSION);
	cr_assert_eq(load("D1").count, 1);
	struct snooze s = snoozed("D1", TODAY + 14, "legal review");
	put(store, &s, false);
}

Test(snooze, an_older_file_is_read_as_it_is)
{
	struct store_options options = {.path = db_path, .read_only = true};
	bool found;
	older_file();
	fine(store_open(&store, &options, &err));
	stored("D1", &found);
	cr_assert_not(found);
	cr_assert_eq(load("D1").count, 1);
	cr_assert_eq(read_int("PRAGMA user_version"), 1);
}

/* Two programs of the new version at once: one makes the table, the other finds it. */
Test(snooze, an_older_file_may_be_opened_by_several)
{
	older_file();
	store = open_as("Ana");
	struct store *tom = open_as("Tom");
	struct snooze s = snoozed("D1", TODAY + 14, "legal review");
	put(tom, &s, false);
	store_close(tom);
}
