#include "record_fixture.h"

TestSuite(store_records, .init = begin, .fini = end, .timeout = 60);

Test(store_records, an_action_comes_back_as_saved)
{
	struct action a = {.deal_id = "006A",
	    .team = TEAM_MARKETING,
	    .owner = "Ana",
	    .text = "CFO case study",
	    .due = day_from_civil(2026, 11, 26),
	    .state = ACTION_DROPPED,
	    .reason = "not needed"};
	save(store, &a);
	cr_assert_eq(a.id, 1);
	cr_assert_eq(a.rev, 1);
	cr_assert_gt(a.created, 0);
	struct action_list list = load("006A");
	cr_assert_eq(list.count, 1);
	struct action *b = &list.items[0];
	cr_assert_eq(b->id, a.id);
	cr_assert_eq(b->rev, a.rev);
	cr_assert_str_eq(b->deal_id, "006A");
	cr_assert_eq(b->team, TEAM_MARKETING);
	cr_assert_str_eq(b->owner, "Ana");
	cr_assert_str_eq(b->text, "CFO case study");
	cr_assert_eq(b->due, a.due);
	cr_assert_eq(b->state, ACTION_DROPPED);
	cr_assert_str_eq(b->reason, "not needed");
	cr_assert_eq(b->created, a.created);
	cr_assert_eq(load("006").count, 0);
	cr_assert_eq(load(NULL).count, 1);
}

Test(store_records, actions_come_open_first_by_due_date)
{
	struct action a = new_action("D1", "Ana", "no date"), b = a, c = a, d = a;
	b.text = "late", b.due = day_from_civil(2026, 12, 2);
	c.text = "soon", c.due = day_from_civil(2026, 11, 25);
	d.text = "done", d.state = ACTION_DONE, d.due = day_from_civil(2026, 1, 1);
	struct action *all[] = {&a, &b, &c, &d};
	for (int i = 0; i < 4; i++)
		save(store, all[i]);
	struct action_list list = load("D1");
	const char *order[] = {"soon", "late", "no date", "done"};
	for (int i = 0; i < 4; i++)
		cr_assert_str_eq(list.items[i].text, order[i]);
}

Test(store_records, the_log_tells_people_what_happened)
{
	struct action a = new_action("D1", "Ana", "CFO case study");
	save(store, &a);
	cr_assert_str_eq(last_what(), "action \"CFO case study\" added for Ana");
	a.state = ACTION_DONE;
	save(store, &a);
	cr_assert_str_eq(last_what(), "action \"CFO case study\" marked done");
	a.state = ACTION_OPEN;
	save(store, &a);
	cr_assert_str_eq(last_what(), "action \"CFO case study\" opened again");
	a.owner = "Tom";
	save(store, &a);
	cr_assert_str_eq(last_what(), "action \"CFO case study\" given to Tom");
	a.due = day_from_civil(2026, 11, 28);
	save(store, &a);
	cr_assert_str_eq(last_what(), "action \"CFO case study\" due 2026-11-28");
	a.due = DAY_NONE;
	save(store, &a);
	cr_assert_str_eq(last_what(), "action \"CFO case study\" without a due date");
	a.text = "CFO\nstory";
	save(store, &a);
	cr_assert_str_eq(
	    last_what(), "action \"CFO case study\" reworded to \"CFO story\"");
	a.team = TEAM_REVOPS;
	save(store, &a);
	cr_assert_str_eq(last_what(), "action \"CFO story\" changed");
	cr_assert_eq(a.rev, 8);
	cr_assert_eq(read_int("SELECT count(DISTINCT op_id) FROM change_log"), 8);
	cr_assert_eq(read_int("SELECT min(length(op_id)) FROM change_log"), 32);
	cr_assert_str_eq(read_text("SELECT person FROM change_log LIMIT 1"), "Ana");
}

Test(store_records, saving_the_same_again_writes_nothing)
{
	struct action a = new_action("D1", "Ana", "call");
	save(store, &a);
	save(store, &a);
	cr_assert_eq(a.rev, 1);
	struct debrief d = new_debrief("D1", "unknown");
	file_debrief(store, &d);
	file_debrief(store, &d);
	cr_assert_eq(d.rev, 1);
	cr_assert_eq(read_int("SELECT count(*) FROM change_log"), 2);
}

Test(store_records, an_action_that_somebody_changed_is_not_overwritten)
{
	bool conflict;
	struct store *tom = open_as("Tom");
	struct action mine = new_action("D1", "Ana", "call"), his;
	save(store, &mine);
	his = mine;
	his.owner = "Tom";
	save(tom, &his);
	mine.text = "call twice";
	cr_assert_not(store_save_action(store, &mine, &conflict, &err));
	cr_assert(conflict);
	cr_has(err.text, "changed by Tom");
	cr_assert_str_eq(load("D1").items[0].owner, "Tom");
	cr_assert_str_eq(load("D1").items[0].text, "call");
	mine = load("D1").items[0];
	mine.text = "call twice";
	save(store, &mine);
	mine.id = 99;
	cr_assert_not(store_save_action(store, &mine, &conflict, &err));
	cr_assert_not(conflict);
	cr_has(err.text, "no action 99");
	store_close(tom);
}

Test(store_records, an_action_taken_back_is_a_conflict_for_others)
{
	bool conflict;
	struct action a = new_action("D1", "Ana", "call");
	save(store, &a);
	undo(store);
	a.text = "call twice";
	cr_assert_not(store_save_action(store, &a, &conflict, &err));
	cr_assert(conflict);
	cr_has(err.text, "taken back by Ana");
}

Test(store_records, an_incomplete_action_is_refused)
{
	bool conflict;
	struct action a = new_action("D1", "", "call");
	cr_assert_not(store_save_action(store, &a, &conflict, &err));
	a = new_action("D1", "Ana", " ");
	cr_assert_not(store_save_action(store, &a, &conflict, &err));
	a = new_action("D1", "Ana", "call");
	a.state = ACTION_DROPPED;
	cr_assert_not(store_save_action(store, &a, &conflict, &err));
	cr_assert_eq(a.id, 0);
	cr_assert_eq(read_int("SELECT count(*) FROM change_log"), 0);
}

static const char *const odd_texts[] = {
    "it's \"quoted\"; DROP TABLE action; --",
    "line one\nline two\r\nback\\slash \\n \\",
    " = \ndeleted = 1\nrev = 99\n",
    "\x01\x1b[31mred\x7f",
    "e\xcc\x81 \xe2\x80\xae rtl \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x92\xbb "
    "\xef\xbf\xbe",
    "$1 ?1 :a @b %s %n",
};

Test(store_records, any_text_survives_saving_changing_and_undoing)
{
	for (size_t i = 0; i < sizeof odd_texts / sizeof odd_texts[0]; i++) {
		struct action a = new_action("D1", odd_texts[i], odd_texts[i]);
		a.deal_id = odd_texts[i];
		save(store, &a);
		a.text = "other";
		save(store, &a);
		undo(store);
		struct action_list list = load(odd_texts[i]);
		cr_assert_eq(list.count, 1);
		cr_assert_str_eq(list.items[0].text, odd_texts[i]);
		cr_assert_str_eq(list.items[0].owner, odd_texts[i]);
		struct debrief d = new_debrief(odd_texts[i], "unknown"), back;
		for (int f = 0; f < DEBRIEF_FIELDS; f++)
			d.value[f] = odd_texts[i];
		file_debrief(store, &d);
		d.value[B_NOTE] = "";
		file_debrief(store, &d);
		undo(store);
		cr_assert(load_debrief(odd_texts[i], &back));
		for (int f = 0; f < DEBRIEF_FIELDS; f++)
			cr_assert_str_eq(back.value[f], odd_texts[i]);
	}
	cr_assert_str_eq(read_text("PRAGMA integrity_check"), "ok");
}

Test(store_records, text_that_is_not_utf8_never_reaches_the_file)
{
	bool conflict;
	const char *bad[] = {
	    "caf\xe9", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "a\xff"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct action a = new_action("D1", "Ana", bad[i]);
		cr_assert_not(store_save_action(store, &a, &conflict, &err));
		cr_has(err.text, "UTF-8");
		a = new_action("D1", bad[i], "call");
		cr_assert_not(store_save_action(store, &a, &conflict, &err));
		a = new_action(bad[i], "Ana", "call");
		cr_assert_not(store_save_action(store, &a, &conflict, &err));
		struct debrief d = new_debrief("D1", "unknown");
		d.value[B_NOTE] = bad[i];
		cr_assert_not(store_save_debrief(store, &d, &conflict, &err));
		cr_assert_str_eq(err.place, "note");
		cr_assert_not(store_save_draft(store, "D1", "debrief", bad[i], &err));
	}
	cr_assert_eq(read_int("SELECT count(*) FROM change_log"), 0);
	cr_assert_eq(read_int("SELECT count(*) FROM draft"), 0);
}

Test(store_records, a_text_beyond_a_mebibyte_is_refused)
{
	bool conflict;
	size_t len = (1 << 20) + 1;
	char *text = xmalloc(len + 1);
	memset(text, 'a', len);
	text[len] = '\0';
	struct action a = new_action("D1", "Ana", text);
	cr_assert_not(store_save_action(store, &a, &conflict, &err));
	cr_has(err.text, "shorten");
	text[len - 1] = '\0';
	save(store, &a);
	cr_assert_eq(strlen(load("D1").items[0].text), len - 1);
	cr_assert_lt(strlen(last_what()), 100);
	free(text);
}

Test(store_records, a_debrief_comes_back_as_filed)
{
	struct debrief d = new_debrief("006B", "competitor"), back;
	cr_assert_not(load_debrief("006B", &back));
	cr_assert_str_eq(back.value[B_NOTE], "");
	cr_assert_eq(back.rev, 0);
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		d.value[i] = debrief_infos[i].name;
	d.value[B_REASON_2] = "";
	file_debrief(store, &d);
	cr_assert_eq(d.rev, 1);
	cr_assert_str_eq(d.by, "Ana");
	cr_assert(load_debrief("006B", &back));
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		cr_assert_str_eq(back.value[i], d.value[i]);
	cr_assert_str_eq(back.by, "Ana");
	cr_assert_eq(back.at, d.at);
	cr_assert_eq(back.rev, 1);
	cr_assert_str_eq(last_what(), "debrief of \"006B\" filed");
}

Test(store_records, who_filed_first_stays_known)
{
	struct store *tom = open_as("Tom");
	struct debrief d = new_debrief("D1", "unknown"), back;
	d.at = 1700000000;
	file_debrief(store, &d);
	cr_assert(load_debrief("D1", &back));
	cr_assert_eq(back.at, 1700000000);
	back.value[B_NOTE] = "more";
	file_debrief(tom, &back);
	cr_assert(load_debrief("D1", &back));
	cr_assert_str_eq(back.by, "Ana");
	cr_assert_eq(back.at, 1700000000);
	cr_assert_str_eq(last_what(), "debrief of \"D1\" changed");
	cr_assert_str_eq(
	    read_text("SELECT person FROM change_log ORDER BY seq DESC LIMIT 1"), "Tom");
	store_close(tom);
}

Test(store_records, two_people_filing_one_debrief_do_not_overwrite)
{
	bool conflict;
	struct store *tom = open_as("Tom");
	struct debrief mine = new_debrief("D1", "unknown"),
	               his = new_debrief("D1", "no-decision");
	file_debrief(tom, &his);
	cr_assert_not(store_save_debrief(store, &mine, &conflict, &err));
	cr_assert(conflict);
	cr_has(err.text, "filed by Tom");
	struct debrief back;
	cr_assert(load_debrief("D1", &back));
	cr_assert_str_eq(back.value[B_OUTCOME], "no-decision");
	mine.rev = back.rev;
	file_debrief(store, &mine);
	his.value[B_NOTE] = "late";
	cr_assert_not(store_save_debrief(tom, &his, &conflict, &err));
	cr_assert(conflict);
	cr_has(err.text, "changed by Ana");
	struct debrief none = new_debrief("", "unknown");
	cr_assert_not(store_save_debrief(store, &none, &conflict, &err));
	cr_assert_not(conflict);
	store_close(tom);
}

Test(store_records, who_wrote_last_is_known)
{
	struct store *tom = open_as("Tom");
	struct debrief d = new_debrief("D1", "unknown");
	struct action a = new_action("D1", "Ana", "call");
	file_debrief(store, &d);
	save(store, &a);
	d.value[B_NOTE] = "more";
	file_debrief(tom, &d);
	a.text = "call twice";
	save(tom, &a);
	cr_assert_str_eq(store_debrief_editor(store, &arena, "D1"), "Tom");
	cr_assert_str_eq(store_action_editor(store, &arena, a.id), "Tom");
	store_close(tom);
}

static const char *draft(struct store *as, const char *deal)
{
	const char *text;
	fine(store_load_draft(as, &arena, deal, "debrief", &text, &err));
	return text;
}

Test(store_records, a_draft_is_ones_own_until_the_form_is_filed)
{
	struct store *tom = open_as("Tom");
	fine(store_save_draft(store, "D1", "debrief", "half", &err));
	fine(store_save_draft(store, "D1", "debrief", "half a thought", &err));
	fine(store_save_draft(store, "D1", "action", "other form", &err));
	fine(store_save_draft(tom, "D1", "debrief", "his", &err));
	cr_assert_str_eq(draft(store, "D1"), "half a thought");
	cr_assert_str_eq(draft(tom, "D1"), "his");
	cr_assert_null(draft(store, "D2"));
	struct debrief d = new_debrief("D1", "unknown");
	file_debrief(store, &d);
	cr_assert_null(draft(store, "D1"));
	cr_assert_str_eq(draft(tom, "D1"), "his");
	fine(store_save_draft(store, "D1", "debrief", "again", &err));
	file_debrief(store, &d);
	cr_assert_null(draft(store, "D1"), "filing unchanged text ends the draft too");
	fine(store_save_draft(tom, "D1", "debrief", NULL, &err));
	cr_assert_null(draft(tom, "D1"));
	fine(store_save_draft(tom, "D1", "debrief", "", &err));
	cr_assert_str_eq(draft(tom, "D1"), "");
	cr_assert_eq(read_int("SELECT count(*) FROM change_log"), 1);
	store_close(tom);
}

Test(store_records, a_refused_filing_keeps_the_draft)
{
	bool conflict;
	struct store *tom = open_as("Tom");
	struct debrief his = new_debrief("D1", "unknown"),
	               mine = new_debrief("D1", "unknown");
	fine(store_save_draft(store, "D1", "debrief", "mine", &err));
	file_debrief(tom, &his);
	cr_assert_not(store_save_debrief(store, &mine, &conflict, &err));
	cr_assert_str_eq(draft(store, "D1"), "mine");
	store_close(tom);
}
