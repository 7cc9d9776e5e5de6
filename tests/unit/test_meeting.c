#include "record_fixture.h"

#include "huddle/change_log.h"
#include "huddle/store_meeting.h"
#include "huddle/store_safety.h"

/* The meeting's records: an agenda that fits, decisions, what is carried over, and
 * that a step is undone whole. */

TestSuite(meeting, .init = begin, .fini = end, .timeout = 60);

enum { TODAY = 20000 };

static struct deal deal(const char *id, int64_t key, enum deal_status status, int risk)
{
	struct deal d = {.id = id,
	    .key = key,
	    .name = id,
	    .account = "",
	    .owner = "Ana",
	    .amount = 10000 * key,
	    .currency = {"USD"},
	    .close_date = TODAY,
	    .closed = status == DEAL_OPEN ? DAY_NONE : TODAY - (day_t)key,
	    .status = status,
	    .competitor = "",
	    .lost_reason = ""};
	d.risk = (struct risk){.rated = status == DEAL_OPEN,
	    .probability = risk,
	    .level = risk > 60   ? RISK_HIGH
	             : risk > 30 ? RISK_WATCH
	                         : RISK_LOW};
	return d;
}

static const char *ids_of(const struct agenda *agenda)
{
	struct str all = STR_INIT;
	for (size_t i = 0; i < agenda->count; i++)
		str_addf(&all, "%s%s:%s", i ? " " : "", agenda->items[i].deal_id,
		    agenda_kind_name(agenda->items[i].kind));
	const char *text = arena_strdup(&arena, str_text(&all));
	str_release(&all);
	return text;
}

Test(meeting, an_agenda_fits_the_time_and_names_each_deal_once)
{
	struct deal deals[] = {deal("A", 1, DEAL_OPEN, 90), deal("B", 2, DEAL_OPEN, 80),
	    deal("C", 3, DEAL_OPEN, 10), deal("D", 4, DEAL_LOST, 0),
	    deal("E", 5, DEAL_LOST, 0), deal("F", 6, DEAL_WON, 0),
	    deal("G", 7, DEAL_OPEN, 70)};
	struct deal before = deals[2];
	struct deal_pair pairs[7];
	struct deal *all[7];
	const char *pins[] = {"B"};
	deals[4].has_debrief = true;
	deals[6].asleep = true;
	before.close_date = TODAY - 40;
	for (int i = 0; i < 7; i++) {
		all[i] = &deals[i];
		pairs[i] = (struct deal_pair){.then = &deals[i], .now = &deals[i]};
	}
	pairs[2].then = &before;
	struct agenda_input in = {all, 7, pairs, 7, pins, 1, TODAY, 60, 8};
	struct agenda agenda;
	cr_assert_eq(agenda_room(60, 8), 7);
	cr_assert_eq(agenda_room(5, 8), 1);
	agenda_make(&agenda, &arena, &in);
	cr_assert_str_eq(ids_of(&agenda), "B:pinned A:risk C:change D:debrief");
	cr_assert_not_null(strstr(agenda.items[0].why, "slip risk 80%"));
	cr_assert_not_null(strstr(agenda.items[2].why, "close date pushed"));
	in.minutes = 16;
	agenda_make(&agenda, &arena, &in);
	cr_assert_str_eq(ids_of(&agenda), "B:pinned A:risk");
}

static int64_t start(const char *first, const char *second)
{
	struct agenda_item items[] = {{first, "why", "", AGENDA_RISK, 100, 0},
	    {second, "why", "", AGENDA_DEBRIEF, 200, 0}};
	struct agenda agenda = {items, 2};
	struct meeting m = {.day = TODAY,
	    .as_of = TODAY,
	    .since = DAY_NONE,
	    .slice = "",
	    .people = "",
	    .minutes = 60,
	    .per_deal = 8};
	fine(store_start_review(store, &m, &agenda, &err));
	return m.id;
}

static void finish(int64_t id)
{
	struct meeting m;
	bool found, conflict;
	fine(store_load_review(store, &arena, id, &m, &found, &err));
	fine(store_end_review(store, &m, "Ana, Tom", &conflict, &err));
}

static struct agenda agenda_of(int64_t review)
{
	struct agenda agenda;
	fine(store_load_agenda(store, &arena, review, &agenda, &err));
	return agenda;
}

Test(meeting, one_review_is_open_and_undone_whole)
{
	struct meeting m = {.slice = "", .people = "", .minutes = 60, .per_deal = 8};
	struct agenda none = {0};
	int64_t id = start("D1", "D2");
	cr_assert_str_eq(
	    ids_of(&(struct agenda){agenda_of(id).items, 2}), "D1:risk D2:debrief");
	cr_assert_not(store_start_review(store, &m, &none, &err));
	cr_has(err.text, "is still open");
	cr_assert_str_eq(
	    undo(store), "undone: review 1 started with 2 deals, and 2 more");
	cr_assert_eq(agenda_of(id).count, 0);
	cr_assert_eq(start("D1", "D2"), 2);
}

Test(meeting, an_agenda_is_changed_one_deal_at_a_time)
{
	int64_t id = start("D1", "D2");
	fine(store_put_agenda(store, id, "D3", 0, false, &err));
	fine(store_put_agenda(store, id, "D2", 1, false, &err));
	cr_assert_str_eq(
	    ids_of(&(struct agenda){agenda_of(id).items, agenda_of(id).count}),
	    "D2:debrief D1:risk D3:added");
	/* Until there is no number left between two. */
	for (int i = 0; i < 20; i++)
		fine(store_put_agenda(store, id, i % 2 ? "D1" : "D3", 2, false, &err));
	struct agenda moved = agenda_of(id);
	cr_assert_str_eq(ids_of(&moved), "D2:debrief D1:risk D3:added");
	fine(store_put_agenda(store, id, "D1", 0, true, &err));
	cr_assert_eq(agenda_of(id).count, 2);
	cr_assert_not(store_put_agenda(store, id, "D1", 0, true, &err));
	undo(store);
	cr_assert_eq(agenda_of(id).count, 3);
}

Test(meeting, an_open_action_is_carried_over_by_each_review)
{
	struct action a = new_action("D1", "Ana", "call"), b = a;
	save(store, &a);
	finish(start("D1", "D2"));
	cr_assert_eq(load("D1").items[0].carried, 1);
	save(store, &b);
	finish(start("D1", "D2"));
	cr_assert_eq(load("D1").items[0].carried, 2);
	cr_assert_eq(load("D1").items[1].carried, 1);
	a.state = ACTION_DONE;
	save(store, &a);
	finish(start("D1", "D2"));
	cr_assert_eq(load("D1").items[0].carried, 2); /* b, which is still open */
	cr_assert_eq(load("D1").items[1].carried, 2); /* a, as it was when done */
}

Test(meeting, a_decision_needs_a_sentence_and_is_not_overwritten)
{
	int64_t id = start("D1", "D2");
	bool conflict;
	struct decision d = {
	    .review = id, .deal_id = "D1", .verdict = DECIDE_HOLD, .text = ""};
	struct decision_list list;
	cr_assert_not(store_save_decision(store, &d, &conflict, &err));
	cr_has(err.text, "without a sentence");
	d.text = "wait for the CFO";
	d.push = PUSH_NEW_OBSTACLE;
	fine(store_save_decision(store, &d, &conflict, &err));
	struct decision other = d;
	other.rev = 0;
	other.text = "go on";
	cr_assert_not(store_save_decision(store, &other, &conflict, &err));
	cr_assert(conflict);
	fine(store_load_decisions(store, &arena, id, NULL, &list, &err));
	cr_assert_eq(list.count, 1);
	cr_assert_str_eq(list.items[0].text, "wait for the CFO");
	cr_assert_eq(list.items[0].push, PUSH_NEW_OBSTACLE);
	cr_assert_str_eq(list.items[0].by, "Ana");
	enum verdict verdict;
	cr_assert(verdict_find("Move back", &verdict) && verdict == DECIDE_MOVE_BACK);
	cr_assert_not(verdict_find("mov", &verdict));
}

Test(meeting, several_actions_are_one_step)
{
	struct action all[3];
	bool conflict;
	for (int i = 0; i < 3; i++) {
		all[i] = new_action("D1", "Ana", "call");
		save(store, &all[i]);
		all[i].owner = "Tom";
	}
	all[2].rev = 7; /* somebody else changed it: then none is */
	cr_assert_not(store_save_actions(store, all, 3, &conflict, &err));
	cr_assert(conflict);
	cr_assert_str_eq(load("D1").items[0].owner, "Ana");
	all[2].rev = 1;
	fine(store_save_actions(store, all, 3, &conflict, &err));
	cr_assert_str_eq(load("D1").items[2].owner, "Tom");
	cr_assert_str_eq(undo(store), "undone: action \"call\" given to Tom, and 2 more");
	for (int i = 0; i < 3; i++)
		cr_assert_str_eq(load("D1").items[i].owner, "Ana");
}

Test(meeting, the_log_tells_each_field)
{
	struct log_changes log;
	struct action a = new_action("D1", "Ana", "call\nback");
	save(store, &a);
	a.owner = "Tom";
	a.due = TODAY;
	save(store, &a);
	fine(store_load_log_changes(store, &arena, "D1", 1, &log, &err));
	cr_assert_eq(log.count, 2);
	cr_assert_str_eq(log.items[0].field, "owner");
	cr_assert_str_eq(log.items[0].old_value, "Ana");
	cr_assert_str_eq(log.items[0].new_value, "Tom");
	cr_assert_str_eq(log.items[1].field, "due");
	cr_assert_str_eq(log.items[1].old_value, "");
	cr_assert_str_eq(log.items[1].op, log.items[0].op);
	fine(store_load_log_changes(store, &arena, "D2", 0, &log, &err));
	cr_assert_eq(log.count, 0);
}

Test(meeting, a_list_of_reasons_is_the_companys_own)
{
	struct debrief_rules rules;
	fine(store_save_words(
	    store, "reasons", "# ours\nprice: tax\nprice: fees\n\nPrice: Tax\n", &err));
	fine(store_debrief_rules(store, &arena, &rules, &err));
	cr_assert_str_eq(rules.reasons[1], "price: fees");
	cr_assert_null(rules.reasons[2]);
	struct debrief d = new_debrief("D1", "unknown");
	d.value[B_REASON] = "other";
	cr_assert_eq(debrief_check(&d, &rules, &arena, TODAY, &err), B_REASON);
	d.value[B_REASON] = "PRICE";
	cr_assert_eq(debrief_check(&d, &rules, &arena, TODAY, &err), -1);
	cr_assert_str_eq(d.value[B_REASON], "price");
	d.value[B_OUTCOME] = "";
	rules.won = true;
	cr_assert_eq(debrief_check(&d, &rules, &arena, TODAY, &err), -1);
	fine(store_save_words(store, "reasons", NULL, &err));
	fine(store_debrief_rules(store, &arena, &rules, &err));
	cr_assert_null(rules.reasons);
}

Test(meeting, themes_count_by_debrief_and_by_crm)
{
	struct deal deals[] = {deal("A", 1, DEAL_LOST, 0), deal("B", 2, DEAL_LOST, 0),
	    deal("C", 3, DEAL_LOST, 0), deal("D", 4, DEAL_WON, 0),
	    deal("E", 500, DEAL_LOST, 0)};
	struct debrief_item items[2];
	struct debrief_list debriefs = {items, 2};
	struct campaign_touch touches[] = {{"A", "Webinar"}, {"D", "Webinar"}};
	struct themes themes;
	deals[2].competitor = "globex";
	deals[3].competitor = "Globex";
	for (int i = 0; i < 2; i++) {
		items[i].debrief =
		    new_debrief(i ? "B" : "A", i ? "unknown" : "competitor");
		items[i].objector_role = "";
		items[i].debrief.value[B_REASON] = "price: too expensive";
	}
	items[0].debrief.value[B_COMPETITOR] = "Globex";
	items[1].debrief.value[B_COMPETITOR] = "Globex"; /* it did not lose to it */
	items[1].objector_role = "CFO";
	themes_make(&themes, &arena,
	    &(struct themes_input){deals, 5, &debriefs, touches, 2, {TODAY - 90, TODAY}});
	cr_assert_eq(themes.lost, 3);
	cr_assert_eq(themes.won, 1);
	cr_assert_eq(themes.debriefed, 2);
	cr_assert_eq(themes.of[THEME_REASONS].items[0].lost, 2);
	const struct topic *globex = theme_find(&themes.of[THEME_COMPETITORS], "GLOBEX");
	cr_assert_eq(globex->lost, 2);
	cr_assert_eq(globex->won, 1);
	cr_assert_float_eq(theme_win_rate(globex), 1.0 / 3, 1e-9);
	cr_assert_str_eq(themes.of[THEME_OBJECTORS].items[0].name, "CFO");
	cr_assert_eq(themes.of[THEME_CAMPAIGNS].items[0].won, 1);
}

Test(meeting, a_message_is_stale_after_six_months_in_spite_of_notes)
{
	struct note n = {
	    .deal_id = "D1", .about = "Payroll in a day", .text = "what?", .answer = ""};
	struct note_list notes;
	struct message *messages;
	size_t count;
	bool conflict;
	fine(store_save_note(store, &n, &conflict, &err));
	fine(store_load_notes(store, &arena, NULL, &notes, &err));
	day_t today = day_of_instant(notes.items[0].at);
	messages_of(&messages, &count, &arena, &notes, today + 182);
	cr_assert_eq(count, 1);
	cr_assert_not(messages[0].stale);
	messages_of(&messages, &count, &arena, &notes, today + 183);
	cr_assert(messages[0].stale);
	n.answer = "a new one-pager";
	fine(store_save_note(store, &n, &conflict, &err));
	fine(store_load_notes(store, &arena, "D1", &notes, &err));
	cr_assert_str_eq(notes.items[0].answered_by, "Ana");
	messages_of(&messages, &count, &arena, &notes, today + 400);
	cr_assert_not(messages[0].stale); /* no note since it changed */
}

Test(meeting, a_backup_opens_and_is_checked)
{
	struct check check;
	struct action a = new_action("D1", "Ana", "call");
	save(store, &a);
	start("D1", "D2");
	fine(store_backup(store, &arena, in_folder("copy.db"), &err));
	cr_assert_not(store_backup(store, &arena, in_folder("copy.db"), &err));
	cr_has(err.text, "is there already");
	struct store *copy;
	struct store_options reading = {.path = in_folder("copy.db"), .read_only = true};
	fine(store_open(&copy, &reading, &err));
	fine(store_check(copy, &arena, &check, &err));
	cr_assert_eq(
	    check.n_problems, 0, "%s", check.n_problems ? check.problems[0] : "");
	cr_assert_eq(check.records, 4);
	store_close(copy);
	/* What somebody changed behind huddle's back, or lost. */
	stranger("UPDATE action SET owner = 'Eve'");
	stranger("DELETE FROM agenda WHERE deal_id = 'D2'");
	stranger("INSERT INTO pin VALUES('D9', 1, 'Eve', '2026-11-23T08:00:00Z', 0)");
	fine(store_check(store, &arena, &check, &err));
	cr_assert_eq(check.n_problems, 3);
	cr_has(check.problems[0], "action 1 is not as the log has it");
	cr_has(check.problems[1], "agenda 1/D2 is in the log and not there");
	cr_has(check.problems[2], "1 rows of pin are in no log");
}

Test(meeting, records_go_with_a_deal_that_was_merged)
{
	struct relinked done;
	struct action a = new_action("OLD", "Ana", "call");
	struct debrief mine = new_debrief("OLD", "unknown"),
	               his = new_debrief("NEW", "no-decision"), back;
	struct check check;
	bool conflict;
	save(store, &a);
	int64_t id = start("OLD", "D2");
	struct decision d = {
	    .review = id, .deal_id = "OLD", .verdict = DECIDE_HOLD, .text = "wait"};
	fine(store_save_decision(store, &d, &conflict, &err));
	fine(store_save_pin(store, "OLD", true, &err));
	fine(store_save_pin(store, "NEW", true, &err));
	mine.value[B_NOTE] = "two\nlines";
	file_debrief(store, &mine);
	file_debrief(store, &his);
	fine(store_save_draft(store, "OLD", "snooze", "until = fri\n", &err));
	fine(store_relink(store, "OLD", "NEW", &done, &err));
	cr_assert_eq(done.moved, 4);
	cr_assert_eq(done.stayed, 1); /* the pin */
	cr_assert_eq(load("NEW").count, 1);
	cr_assert_str_eq(agenda_of(id).items[0].deal_id, "NEW");
	cr_assert(load_debrief("NEW", &back));
	cr_assert_str_eq(back.value[B_OUTCOME], "no-decision");
	cr_has(back.value[B_NOTE], "note: two\nlines");
	cr_assert_not(load_debrief("OLD", &back));
	fine(store_check(store, &arena, &check, &err));
	cr_assert_eq(
	    check.n_problems, 0, "%s", check.n_problems ? check.problems[0] : "");
	undo(store);
	cr_assert_eq(load("OLD").count, 1);
	cr_assert(load_debrief("OLD", &back));
	cr_assert_str_eq(back.value[B_NOTE], "two\nlines");
	cr_assert(load_debrief("NEW", &back));
	cr_assert_str_eq(back.value[B_NOTE], "");
	cr_assert_str_eq(agenda_of(id).items[0].deal_id, "OLD");
}

Test(meeting, a_person_is_erased_from_records_log_and_drafts)
{
	struct erased done;
	struct check check;
	struct action a = new_action("D1", "Tom Ruiz", "ask tom ruiz, not Tom Ruizer"), b;
	save(store, &a);
	b = new_action("D1", "Ana", "call");
	save(store, &b);
	fine(store_save_draft(store, "D1", "debrief", "objector = Tom Ruiz\n", &err));
	fine(store_erase(store, &arena, "Tom Ruiz", &done, &err));
	cr_assert_gt(done.places, 4);
	cr_assert_str_eq(load("D1").items[0].owner, "[erased]");
	cr_assert_str_eq(load("D1").items[0].text, "ask [erased], not Tom Ruizer");
	cr_assert_eq(
	    read_int("SELECT count(*) FROM change_log WHERE "
	             "replace(what || coalesce(old_row, '') || coalesce(new_row, "
	             "''), 'Ruizer', '') LIKE '%ruiz%'"),
	    0);
	cr_assert_eq(read_int("SELECT count(*) FROM draft WHERE text LIKE '%ruiz%'"), 0);
	cr_has(last_what(), "a person was erased from");
	fine(store_check(store, &arena, &check, &err));
	cr_assert_eq(
	    check.n_problems, 0, "%s", check.n_problems ? check.problems[0] : "");
	/* Undo goes on with what was before it. */
	cr_assert_str_eq(undo(store), "undone: action \"call\" added for Ana");
}
