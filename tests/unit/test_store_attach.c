#include "store_fixture.h"

#include <time.h>

TestSuite(store_attach, .init = folder_make, .fini = folder_remove, .timeout = 60);

#define PERSON(id, name) "INSERT INTO person(id, name) VALUES(" #id ", '" name "');"

static size_t people(struct store *store, struct arena *arena, const char **first)
{
	const char **words;
	size_t count;
	struct err err = ERR_INIT;
	cr_assert(
	    store_load_words(store, arena, WORDS_PEOPLE, NULL, &words, &count, &err),
	    "%s", err.text);
	*first = count ? words[0] : "";
	return count;
}

Test(store_attach, a_refresh_follows_the_generations)
{
	struct err err = ERR_INIT;
	struct arena arena = ARENA_INIT;
	const char *first;
	bool changed;
	struct store *store = open_as("Ana");
	cr_assert_eq(people(store, &arena, &first), 0);
	generation_make(1, PERSON(1, "Ruiz"));
	cr_assert(store_refresh(store, &changed, &err), "%s", err.text);
	cr_assert(changed);
	cr_assert_eq(people(store, &arena, &first), 1);
	cr_assert(store_refresh(store, &changed, &err) && !changed);
	generation_make(2, PERSON(1, "Ruiz") PERSON(2, "Adams"));
	cr_assert(store_refresh(store, &changed, &err) && changed);
	cr_assert_eq(people(store, &arena, &first), 2);
	cr_assert_str_eq(first, "Adams");
	stranger("UPDATE generation SET dropped = 1 WHERE id = 2");
	cr_assert(store_refresh(store, &changed, &err) && changed);
	cr_assert_eq(people(store, &arena, &first), 1);
	stranger("UPDATE generation SET dropped = 1");
	cr_assert(store_refresh(store, &changed, &err) && changed);
	cr_assert_eq(people(store, &arena, &first), 0);
	store_close(store);
	arena_release(&arena);
}

Test(store_attach, a_refresh_sees_what_anybody_wrote_but_not_drafts)
{
	struct err err = ERR_INIT;
	bool changed;
	struct store *ana = open_as("Ana"), *tom = open_as("Tom");
	cr_assert(store_refresh(ana, &changed, &err) && !changed);
	cr_assert(try_action(tom, &err));
	cr_assert(store_refresh(ana, &changed, &err) && changed);
	cr_assert(store_refresh(ana, &changed, &err) && !changed);
	cr_assert(try_action(ana, &err));
	cr_assert(store_refresh(ana, &changed, &err) && changed);
	cr_assert(store_save_draft(tom, "D1", "debrief", "half a", &err));
	cr_assert(store_refresh(ana, &changed, &err) && !changed);
	store_close(ana);
	store_close(tom);
}

Test(store_attach, a_refresh_costs_microseconds)
{
	struct err err = ERR_INIT;
	struct timespec from, to;
	bool changed;
	struct store *store = open_as("Ana");
	clock_gettime(CLOCK_MONOTONIC, &from);
	for (int i = 0; i < 10000; i++)
		cr_assert(store_refresh(store, &changed, &err) && !changed);
	clock_gettime(CLOCK_MONOTONIC, &to);
	double us = (double)(to.tv_sec - from.tv_sec) * 1e6 +
	            (double)(to.tv_nsec - from.tv_nsec) / 1e3;
	cr_log_info("one refresh: %.2f us", us / 10000);
	cr_assert_lt(us / 10000, 500);
	store_close(store);
}

/* Records must stay reachable when the facts are gone. */
Test(store_attach, missing_facts_are_named_and_records_still_work)
{
	struct err err = ERR_INIT;
	struct arena arena = ARENA_INIT;
	bool changed;
	int64_t n;
	store_close(open_as("Ana"));
	generation_make(3, PERSON(1, "Ruiz"));
	cr_assert_eq(unlink(in_folder("huddle.db-facts-3")), 0);
	struct store *store = open_as("Ana");
	cr_assert_not(store_facts(store, &err));
	cr_has(err.text, "huddle sync");
	cr_has(err.place, "huddle.db-facts-3");
	memset(&err, 0, sizeof err);
	cr_assert_not(sql_one(store, "SELECT count(*) FROM facts.deal", 0, &n, &err));
	cr_has(err.text, "are missing");
	cr_assert(try_action(store, &err));
	cr_assert_not(store_refresh(store, &changed, &err));
	generation_make(4, PERSON(1, "Ruiz"));
	cr_assert(store_refresh(store, &changed, &err) && changed, "%s", err.text);
	cr_assert(store_facts(store, &err));
	store_close(store);
	arena_release(&arena);
}

static const char *facts_refused(void)
{
	static struct err err;
	memset(&err, 0, sizeof err);
	struct store *store = open_as("Ana");
	cr_assert_not(store_facts(store, &err));
	store_close(store);
	return err.text;
}

Test(store_attach, strange_facts_are_not_attached)
{
	store_close(open_as("Ana"));
	generation_make(1, "PRAGMA application_id = 5");
	cr_has(facts_refused(), "not the facts of a sync");
	generation_make(2, "PRAGMA user_version = 9");
	cr_has(facts_refused(), "schema 9");
	generation_make(3, "SELECT 1");
	cr_assert_eq(chmod(in_folder("huddle.db-facts-3"), 0666), 0);
	cr_has(facts_refused(), "chmod 600");
	stranger("UPDATE generation SET file = '../huddle.db' WHERE id = 3");
	cr_has(facts_refused(), "outside its folder");
	stranger("UPDATE generation SET file = 'huddle.db' WHERE id = 3");
	cr_has(facts_refused(), "not the facts of a sync");
	unlink(in_folder("huddle.db-facts-1"));
	stranger("UPDATE generation SET file = 'huddle.db-facts-1' WHERE id = 3");
	cr_assert_eq(symlink("huddle.db-facts-2", in_folder("huddle.db-facts-1")), 0);
	cr_has(facts_refused(), "symbolic link");
}

Test(store_attach, facts_can_not_be_written)
{
	struct err err = ERR_INIT;
	store_close(open_as("Ana"));
	generation_make(1, PERSON(1, "Ruiz"));
	struct store *store = open_as("Ana");
	cr_assert_not(sql_run(store, "DELETE FROM facts.person", &err));
	cr_assert_not(sql_run(store, "ATTACH '/tmp/x' AS third", &err) &&
	              sql_run(store, "ATTACH '/tmp/y' AS fourth", &err));
	store_close(store);
}

/* A name that means something in a URI must not open another file. */
Test(store_attach, odd_folder_names_are_fine)
{
	const char *names[] = {"a b?c#d%41", "q'u\"o`te", "caf\xc3\xa9;--"};
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		struct err err = ERR_INIT;
		char part[64];
		snprintf(part, sizeof part, "%s/huddle.db", names[i]);
		snprintf(db_path, sizeof db_path, "%s", in_folder(part));
		store_close(open_as("Ana"));
		char base[PATH_MAX];
		snprintf(base, sizeof base, "%s", folder);
		snprintf(folder, sizeof folder, "%s", in_folder(names[i]));
		generation_make(1, PERSON(1, "Ruiz"));
		snprintf(folder, sizeof folder, "%s", base);
		struct store *store = open_as("Ana");
		cr_assert(store_facts(store, &err), "%s", err.text);
		cr_assert_eq(store->generation, 1);
		store_close(store);
	}
}

Test(store_attach, statements_are_kept_and_may_be_used_twice_at_once)
{
	struct err err = ERR_INIT;
	struct sql a, b;
	const char *text = "SELECT $2, $1 UNION ALL SELECT 3, 4";
	struct store *store = open_as("Ana");
	for (int i = 0; i < 3; i++) {
		cr_assert(sql_begin(&a, store, text, &err));
		sqlite3_stmt *stmt = a.stmt;
		sql_int(&a, 1, 10);
		sql_text(&a, 2, "two");
		cr_assert(sql_row(&a));
		cr_assert(slice_is(sql_get(&a, 0), "two"));
		cr_assert_eq(sql_get_int(&a, 1), 10);
		cr_assert(sql_begin(&b, store, text, &err));
		cr_assert_neq(b.stmt, stmt);
		cr_assert(sql_row(&b));
		cr_assert(
		    sql_is_null(&b, 0), "values do not leak from one use to the next");
		cr_assert(sql_done(&b));
		cr_assert(sql_done(&a));
	}
	char buf[64];
	for (int i = 0; i < 200; i++) {
		int64_t n;
		snprintf(buf, sizeof buf, "SELECT %d", i);
		cr_assert(sql_one(store, buf, 0, &n, &err));
		cr_assert_eq(n, i);
	}
	cr_assert_not(sql_begin(&a, store, "SELECT nonsense FROM nowhere", &err));
	cr_assert_not(sql_row(&a));
	cr_assert_not(sql_done(&a));
	cr_has(err.text, "nowhere");
	store_close(store);
}
