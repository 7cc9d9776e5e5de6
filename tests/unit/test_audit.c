#include "record_fixture.h"

#include "huddle/governance.h"
#include "huddle/store_audit.h"

/* The six questions by hand, answers that the data contradicts, and the calendar. */

static struct arena memory = ARENA_INIT;

static void release(void)
{
	arena_release(&memory);
}

TestSuite(audit, .fini = release);

enum { MONDAY = 20780 /* 2026-11-23 */ };

static struct audit made(
    const struct audit_answer *answers, size_t count, const struct audit_facts *facts)
{
	struct audit_answer_list list = {(struct audit_answer *)answers, count};
	struct audit audit;

	audit_make(&audit, &memory, &list, facts);
	return audit;
}

Test(audit, nothing_known_is_no_yes)
{
	struct audit_facts facts = {.operator_name = "", .last_review = DAY_NONE};
	struct audit a = made(NULL, 0, &facts);

	cr_assert_eq(a.yes, 0);
	cr_assert_eq(a.lines[AUDIT_PAY].said, AUDIT_UNKNOWN, "no export tells");
	cr_assert_eq(a.lines[AUDIT_LOOP].said, AUDIT_UNKNOWN, "nothing was lost");
	cr_assert_eq(a.lines[AUDIT_DEFINITION].said, AUDIT_NO);
	cr_assert(strstr(a.verdict, "0 of six are yes: a revenue-operations problem"));
	cr_assert(strstr(a.verdict, "Start with question 1."));
}

Test(audit, the_data_answers_where_nobody_did)
{
	struct audit_facts facts = {.version = 3,
	    .number = true,
	    .handoff = true,
	    .attribution = true,
	    .operator_name = "Rev",
	    .judged = 10,
	    .met = 9,
	    .target = 90,
	    .reviews = 4,
	    .last_review = MONDAY,
	    .lost = 2,
	    .debriefed = 2};
	struct audit a = made(NULL, 0, &facts);

	cr_assert_eq(a.yes, 6);
	cr_assert(strstr(a.verdict, "All six are yes"));
	facts.met = 8; /* 80 % of a target of 90 */
	facts.debriefed = 1;
	a = made(NULL, 0, &facts);
	cr_assert_eq(a.yes, 4);
	cr_assert_str_eq(a.verdict, "4 of six are yes. Next is question 3.");
	cr_assert(strstr(a.lines[AUDIT_SLA].evidence, "8 of 10 leads"));
	facts.reviews = 0;
	a = made(NULL, 0, &facts);
	cr_assert(strstr(a.verdict, "3 of six are yes: a revenue-operations problem"));
}

Test(audit, an_answer_counts_and_a_contradiction_is_told)
{
	static const struct audit_answer answers[] = {{.id = 1,
	                                                  .question = AUDIT_DEFINITION,
	                                                  .yes = false,
	                                                  .text = "",
	                                                  .by = "Ana"},
	    {.id = 2, .question = AUDIT_DEFINITION, .yes = true, .text = "", .by = "Bo"},
	    {.id = 3, .question = AUDIT_PAY, .yes = true, .text = "", .by = "Bo"}};
	struct audit_facts facts = {.operator_name = "", .last_review = DAY_NONE};
	struct audit a = made(answers, 3, &facts);

	cr_assert_eq(a.yes, 2);
	cr_assert_str_eq(a.lines[AUDIT_DEFINITION].answer->by, "Bo");
	cr_assert(a.lines[AUDIT_DEFINITION].against, "no definition is loaded");
	cr_assert_not(a.lines[AUDIT_PAY].against, "no export tells");
}

Test(audit, answers_are_kept_and_taken_back)
{
	struct audit_answer_list list;
	const char *what = NULL;
	int count;
	day_t last;

	begin();
	fine(store_save_audit_answer(store, AUDIT_PAY, true, "since May", &err));
	fine(store_save_audit_answer(store, AUDIT_PAY, false, "", &err));
	fine(store_load_audit_answers(store, &arena, &list, &err));
	cr_assert_eq(list.count, 2);
	cr_assert_str_eq(list.items[0].text, "since May");
	cr_assert(list.items[0].yes && !list.items[1].yes);
	fine(store_undo(store, &arena, &what, &err));
	fine(store_load_audit_answers(store, &arena, &list, &err));
	cr_assert_eq(list.count, 1);
	fine(store_count_reviews(store, 0, &count, &last, &err));
	cr_assert(count == 0 && last == DAY_NONE);
	end();
}

Test(audit, what_is_due_when)
{
	struct definition d;
	struct definition_version v = {.id = 1, .at = INT64_C(20700) * DAY_SECONDS};
	struct duty duties[DUTIES];

	definition_default(&d);
	d.people[ROLE_OPERATOR] = "Rev";
	duties_make(duties, &(struct duty_input){&d, &v, NULL, MONDAY - 10, 1, MONDAY});
	cr_assert_eq(duties[0].due, MONDAY - 3, "a week after the last review");
	cr_assert_eq(duties[1].due, day_from_civil(2026, 12, 7), "the first Monday");
	cr_assert_str_eq(duties[1].who, "Rev");
	cr_assert_eq(duties[3].due, day_add_months(20700, 3));
	cr_assert_eq(duties[4].due, day_from_civil(2027, 1, 15));
	cr_assert_str_eq(duties[4].who, "CMO");
	duties_make(duties,
	    &(struct duty_input){&d, &v, NULL, DAY_NONE, 1, day_from_civil(2026, 12, 7)});
	cr_assert_eq(duties[1].due, day_from_civil(2026, 12, 7), "today");
	cr_assert_eq(duties[0].due, day_from_civil(2026, 12, 7), "none was held yet");
}

Test(audit, moves_without_the_fields_by_owner)
{
	struct deal deals[] = {{.id = "1", .key = 1, .owner = "Bo"},
	    {.id = "2", .key = 2, .owner = "Ana"}, {.id = "3", .key = 3, .owner = "Bo"}};
	const char *missing[] = {"economic_buyer"};
	struct qualified_deal judged[] = {
	    {&deals[0], missing, 1}, {&deals[1], NULL, 0}, {&deals[2], missing, 1}};
	struct qualified q = {judged, 3, 1, 0};
	struct change moves[] = {
	    {(instant_t)MONDAY * DAY_SECONDS, CHANGE_STAGE, "New", "Demo", true},
	    {(instant_t)(MONDAY + 1) * DAY_SECONDS, CHANGE_AMOUNT, "1", "2", true},
	    {(instant_t)(MONDAY + 40) * DAY_SECONDS, CHANGE_STAGE, "Demo", "Won", true}};
	struct past_deal past_deals[3];
	struct past past = {.deals = past_deals, .n_deals = 3};
	struct owner_moves *owners;
	size_t n;

	for (int i = 0; i < 3; i++)
		past_deals[i] =
		    (struct past_deal){.now = &deals[i], .changes = {moves, 3, 3}};
	moves_make(
	    &owners, &n, &memory, &past, &q, (struct period){MONDAY - 5, MONDAY + 5});
	cr_assert_eq(n, 1, "Ana's deal lacks nothing");
	cr_assert_str_eq(owners[0].owner, "Bo");
	cr_assert_eq(owners[0].count, 2);
	cr_assert_str_eq(owners[0].moves[0].to, "Demo");
}
