#include "record_fixture.h"

#include "huddle/change_log.h"

TestSuite(store_undo, .init = begin, .fini = end, .timeout = 60);

Test(store_undo, undo_walks_back)
{
	struct action a = new_action("D1", "Ana", "call");
	cr_assert_str_eq(undo(store), "");
	save(store, &a);
	a.due = day_from_civil(2026, 11, 28);
	save(store, &a);
	a.state = ACTION_DONE;
	save(store, &a);
	struct debrief d = new_debrief("D1", "unknown"), back;
	file_debrief(store, &d);
	cr_assert_str_eq(
	    undo(store), "undone: debrief of \"D1\" filed; its text is a draft");
	cr_assert_not(load_debrief("D1", &back));
	cr_assert_str_eq(undo(store), "undone: action \"call\" marked done");
	cr_assert_eq(load("D1").items[0].state, ACTION_OPEN);
	cr_assert_eq(load("D1").items[0].due, a.due);
	cr_assert_eq(load("D1").items[0].rev, 4);
	cr_assert_str_eq(undo(store), "undone: action \"call\" due 2026-11-28");
	cr_assert_eq(load("D1").items[0].due, DAY_NONE);
	cr_assert_str_eq(undo(store), "undone: action \"call\" added for Ana");
	cr_assert_eq(load("D1").count, 0);
	cr_assert_str_eq(undo(store), "");
	cr_assert_eq(read_int("SELECT count(*) FROM change_log"), 8);
	cr_assert_eq(read_int("SELECT count(*) FROM change_log WHERE undone = 1"), 4);
	cr_assert_eq(
	    read_int("SELECT count(*) FROM change_log WHERE undoes IS NOT NULL"), 4);
}

static const char *draft_of(struct store *as, const char *deal)
{
	const char *text;
	fine(store_load_draft(as, &arena, deal, "debrief", &text, &err));
	return text;
}

Test(store_undo, a_filing_taken_back_is_a_draft_again)
{
	struct debrief d = new_debrief("D1", "no-decision");
	d.value[B_NOTE] = "two\nlines";
	file_debrief(store, &d);
	cr_assert_null(draft_of(store, "D1"));
	undo(store);
	cr_assert_str_eq(draft_of(store, "D1"),
	    "outcome = no-decision\nprimary = other\nnote = two\\nlines\n");
}

Test(store_undo, a_change_taken_back_leaves_the_filed_text)
{
	struct debrief d = new_debrief("D1", "no-decision"), back;
	file_debrief(store, &d);
	d.value[B_NOTE] = "later";
	file_debrief(store, &d);
	undo(store);
	cr_assert(load_debrief("D1", &back));
	cr_assert_null(draft_of(store, "D1"), "what is filed is what the form shows");
}

Test(store_undo, a_newer_draft_is_not_replaced_by_the_filing_taken_back)
{
	struct debrief d = new_debrief("D1", "no-decision");
	file_debrief(store, &d);
	fine(store_save_draft(store, "D1", "debrief", "newer", &err));
	undo(store);
	cr_assert_str_eq(draft_of(store, "D1"), "newer");
}

Test(store_undo, after_an_undo_work_goes_on)
{
	struct debrief d = new_debrief("D1", "unknown"), back;
	file_debrief(store, &d);
	undo(store);
	struct debrief again = new_debrief("D1", "no-decision");
	file_debrief(store, &again);
	cr_assert_eq(again.rev, 3);
	cr_assert(load_debrief("D1", &back));
	cr_assert_str_eq(back.value[B_OUTCOME], "no-decision");
	cr_assert_str_eq(
	    undo(store), "undone: debrief of \"D1\" filed; its text is a draft");
	cr_assert_not(load_debrief("D1", &back));
	cr_assert_str_eq(undo(store), "");
	struct action a = new_action("D1", "Ana", "call"), b = a;
	save(store, &a);
	undo(store);
	save(store, &b);
	cr_assert_neq(a.id, b.id, "a number is never given twice");
}

Test(store_undo, undo_is_for_ones_own_writes)
{
	struct store *tom = open_as("Tom");
	struct action mine = new_action("D1", "Ana", "call"),
	              his = new_action("D1", "Tom", "mail");
	save(store, &mine);
	save(tom, &his);
	cr_assert_str_eq(undo(store), "undone: action \"call\" added for Ana");
	cr_assert_str_eq(undo(store), "");
	cr_assert_eq(load("D1").count, 1);
	cr_assert_str_eq(load("D1").items[0].text, "mail");
	store_close(tom);
}

Test(store_undo, undo_never_takes_back_what_others_did_since)
{
	const char *what;
	struct store *tom = open_as("Tom");
	struct action mine = new_action("D1", "Ana", "call"), his;
	save(store, &mine);
	his = mine;
	his.owner = "Tom";
	save(tom, &his);
	cr_assert_not(store_undo(store, &arena, &what, &err));
	cr_assert_null(what);
	cr_has(err.text,
	    "cannot take back: action \"call\" added for Ana; Tom has changed it");
	cr_assert_str_eq(load("D1").items[0].owner, "Tom");
	undo(tom);
	cr_assert_str_eq(undo(store), "undone: action \"call\" added for Ana");
	cr_assert_eq(load("D1").count, 0);
	store_close(tom);
}

Test(store_undo, a_line_of_an_unknown_table_is_not_undone)
{
	const char *what;
	stranger("INSERT INTO change_log(op_id, at, person, what, table_name, row_key) "
	         "VALUES('x', '2026-11-23T08:00:00Z', 'Ana', 'deck made', 'deck', '1')");
	cr_assert_not(store_undo(store, &arena, &what, &err));
	cr_has(err.text, "cannot take back: deck made");
}

static const char *words(enum word_kind kind, const char *deal)
{
	const char **list;
	size_t count;
	struct str all = STR_INIT;
	fine(store_load_words(store, &arena, kind, deal, &list, &count, &err));
	for (size_t i = 0; i < count; i++)
		str_addf(&all, "%s%s", i ? "," : "", list[i]);
	const char *text = arena_strdup(&arena, str_text(&all));
	str_release(&all);
	return text;
}

static void words_from_records(void)
{
	const char *owners[] = {"Tom", "Ana", "Tom"};
	for (int i = 0; i < 3; i++) {
		struct action a = new_action("D1", owners[i], "call");
		save(store, &a);
	}
	struct debrief d = new_debrief("D1", "competitor");
	d.value[B_COMPETITOR] = "Globex";
	file_debrief(store, &d);
}

Test(store_undo, words_come_from_records_alone)
{
	words_from_records();
	cr_assert_str_eq(words(WORDS_PEOPLE, NULL), "Tom,Ana");
	cr_assert_str_eq(words(WORDS_COMPETITORS, NULL), "Globex");
	cr_assert_str_eq(words(WORDS_OBJECTORS, "D1"), "");
}

Test(store_undo, words_come_from_facts_too)
{
	bool changed;
	words_from_records();
	generation_make(1,
	    "INSERT INTO person(id, name, active) VALUES(1, 'Eva', 1), (2, 'Ana', NULL),"
	    " (3, 'Gone', 0), (4, NULL, 1);"
	    "INSERT INTO deal(id, source_id, name, competitor) VALUES(1, 'D1', 'Acme "
	    "renewal',"
	    " 'Initech'), (2, 'D2', 'Other', 'Initech');"
	    "INSERT INTO contact(id, name) VALUES(1, 'B. Ruiz'), (2, 'A. Vogt'), (3, "
	    "'Not Here');"
	    "INSERT INTO committee(id, deal, contact, is_primary) VALUES(1, 1, 1, 0), "
	    "(2, 1, 2, 1),"
	    " (3, 2, 3, 1);");
	fine(store_refresh(store, &changed, &err));
	cr_assert_str_eq(words(WORDS_PEOPLE, NULL), "Tom,Ana,Eva");
	cr_assert_str_eq(words(WORDS_COMPETITORS, NULL), "Initech,Globex");
	cr_assert_str_eq(words(WORDS_OBJECTORS, "D1"), "A. Vogt,B. Ruiz");
	cr_assert_str_eq(words(WORDS_OBJECTORS, NULL), "");
	struct debrief back;
	cr_assert(load_debrief("D1", &back));
	back.value[B_NOTE] = "x";
	file_debrief(store, &back);
	cr_assert_str_eq(last_what(), "debrief of \"Acme renewal\" changed");
}

Test(store_undo, the_log_is_read_newest_first)
{
	struct log_list log;
	struct action a = new_action("D1", "Ana", "call"),
	              b = new_action("D2", "Ana", "mail");
	save(store, &a);
	save(store, &b);
	undo(store);
	fine(store_load_log(store, &arena, NULL, 0, &log, &err));
	cr_assert_eq(log.count, 3);
	cr_assert_str_eq(log.items[0].what, "undone: action \"mail\" added for Ana");
	cr_assert(log.items[0].undo && !log.items[0].undone);
	cr_assert(!log.items[1].undo && log.items[1].undone);
	cr_assert_str_eq(log.items[1].deal_id, "D2");
	cr_assert_str_eq(log.items[2].person, "Ana");
	cr_assert_gt(log.items[2].at, 0);
	fine(store_load_log(store, &arena, "D1", 0, &log, &err));
	cr_assert_eq(log.count, 1);
	fine(store_load_log(store, &arena, NULL, 2, &log, &err));
	cr_assert_eq(log.count, 2);
}

/* A hostile or hand-made row must not stop the list. */
Test(store_undo, rows_with_odd_words_are_read_all_the_same)
{
	stranger("INSERT INTO action VALUES(1, 1, 'D1', 'finance', 'X', 'y', 'soon', "
	         "'later', NULL,"
	         " 'once', 'X', 0, NULL, NULL)");
	struct action_list list = load(NULL);
	cr_assert_eq(list.count, 1);
	cr_assert_eq(list.items[0].state, ACTION_OPEN);
	cr_assert_eq(list.items[0].due, DAY_NONE);
}

/*
 * Any order of adding, changing and undoing, against a plain
 * model in memory: the rows always equal what the model says.
 */
enum { STEPS = 400 };

static uint32_t seed = 20261123;

static uint32_t any(uint32_t below)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % below;
}

static void check_model(const char (*texts)[32], int rows)
{
	struct action_list list = load(NULL);
	int alive = 0;
	for (int i = 0; i < rows; i++)
		alive += texts[i][0] != '\0';
	cr_assert_eq(list.count, alive);
	for (size_t i = 0; i < list.count; i++)
		cr_assert_str_eq(list.items[i].text, texts[list.items[i].id - 1]);
}

Test(store_undo, a_random_walk_equals_a_model)
{
	static char texts[STEPS][32], history[STEPS][32];
	int rows = 0, depth = 0, row_of[STEPS];
	for (int step = 0; step < STEPS; step++) {
		struct action_list list = load(NULL);
		if (any(3) == 0 && depth) {
			undo(store);
			depth--;
			memcpy(texts[row_of[depth]], history[depth], 32);
			check_model(texts, rows);
			continue;
		}
		bool add = !list.count || any(2);
		struct action a = add ? new_action("D1", "Ana", "")
		                      : list.items[any((uint32_t)list.count)];
		char text[32];
		snprintf(text, sizeof text, "text %d", step);
		a.text = text;
		save(store, &a);
		int row = (int)a.id - 1;
		rows = row >= rows ? row + 1 : rows;
		row_of[depth] = row;
		memcpy(history[depth++], texts[row], 32);
		memcpy(texts[row], text, 32);
		check_model(texts, rows);
	}
	cr_assert_str_eq(read_text("PRAGMA integrity_check"), "ok");
}
