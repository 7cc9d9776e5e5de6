#include <criterion/criterion.h>

#include "huddle/history.h"
#include <string.h>

#define DAY(n) ((instant_t)(n)*DAY_SECONDS)

static struct change change(
    int day, enum change_field field, const char *old, const char *new, bool from_crm)
{
	return (struct change){DAY(day), field, old, new, from_crm};
}

static int pushes_of(struct change *items, size_t count, int *days)
{
	const struct change_list list = {items, count, count};
	return history_pushes(&list, days);
}

static struct change moved(int day, const char *old, const char *new)
{
	return change(day, CHANGE_CLOSE_DATE, old, new, true);
}

Test(history, within_a_month_is_no_push)
{
	int days;
	struct change items[] = {moved(1, "2026-04-01", "2026-04-30")};
	cr_assert_eq(pushes_of(items, 1, &days), 0);
	cr_assert_eq(days, 0);
}

Test(history, into_the_next_month_is_a_push_even_by_a_day)
{
	int days;
	struct change items[] = {moved(1, "2026-04-30", "2026-05-01")};
	cr_assert_eq(pushes_of(items, 1, &days), 1);
	cr_assert_eq(days, 1);
}

Test(history, pulling_in_takes_no_push_back)
{
	int days;
	struct change items[] = {moved(1, "2026-03-31", "2026-05-31"),
	    moved(2, "2026-05-31", "2026-03-31"), moved(3, "2026-03-31", "2026-04-10")};
	cr_assert_eq(pushes_of(items, 3, &days), 2);
	cr_assert_eq(days, 61 + 10);
}

Test(history, a_date_that_was_not_there_is_no_push)
{
	int days;
	struct change items[] = {moved(1, "", "2026-05-31"), moved(2, "2026-05-31", "")};
	cr_assert_eq(pushes_of(items, 2, &days), 0);
}

Test(history, what_crm_and_sync_both_saw_counts_once)
{
	int days;
	struct change items[] = {moved(3, "2026-04-30", "2026-05-31"),
	    change(5, CHANGE_CLOSE_DATE, "2026-04-30", "2026-05-31", false),
	    change(12, CHANGE_CLOSE_DATE, "2026-05-31", "2026-06-30", false)};
	cr_assert_eq(pushes_of(items, 3, &days), 2);
	cr_assert_eq(days, 31 + 30);
}

Test(history, crm_tells_the_steps_of_what_a_sync_saw_as_one)
{
	int days;
	struct change items[] = {
	    change(3, CHANGE_CLOSE_DATE, "2026-04-30", "2026-06-30", false),
	    moved(1, "2026-04-30", "2026-05-31"), moved(3, "2026-05-31", "2026-06-30")};
	cr_assert_eq(pushes_of(items, 3, &days), 2);
}

static int order(void *arg, const char *stage)
{
	(void)arg;
	static const char *const stages[] = {"", "Qualify", "Develop", "Propose"};
	for (int i = 1; i < 4; i++)
		if (!strcmp(stage, stages[i]))
			return i;
	return 0;
}

Test(history, finds_the_last_time_a_stage_went_back)
{
	struct change items[] = {change(10, CHANGE_STAGE, "Develop", "Qualify", true),
	    change(20, CHANGE_STAGE, "Qualify", "Propose", true),
	    change(30, CHANGE_STAGE, "Propose", "Parked", true)};
	const struct change_list list = {items, 3, 3};
	cr_assert_eq(history_stage_back(&list, order, NULL), 10);
	const struct change_list none = {items + 1, 2, 2};
	cr_assert_eq(history_stage_back(&none, order, NULL), DAY_NONE,
	    "a stage of no known order is not behind");
}

Test(history, tells_since_when_the_stage_is_the_present_one)
{
	struct change items[] = {change(10, CHANGE_STAGE, "Develop", "Qualify", true),
	    change(20, CHANGE_STAGE, "Qualify", "Propose", true)};
	const struct change_list list = {items, 2, 2};
	cr_assert_eq(history_stage_since(&list, "propose"), DAY(20));
	cr_assert_eq(history_stage_since(&list, "Develop"), INSTANT_NONE);
	const struct change_list none = {NULL, 0, 0};
	cr_assert_eq(history_stage_since(&none, "Propose"), INSTANT_NONE);
}

Test(history, amount_falls_from_its_highest)
{
	struct change items[] = {change(10, CHANGE_AMOUNT, "100", "200", true),
	    change(20, CHANGE_AMOUNT, "200", "150.00", true)};
	const struct change_list list = {items, 2, 2};
	cr_assert_eq(history_amount_drop(&list, 0), 25);
	cr_assert_eq(history_amount_drop(&list, 15), 25, "it stood at 200 on that day");
	cr_assert_eq(history_amount_drop(&list, 21), 0);
}

Test(history, an_amount_that_rose_again_did_not_fall)
{
	struct change items[] = {change(10, CHANGE_AMOUNT, "100", "50", true),
	    change(20, CHANGE_AMOUNT, "50", "100", true)};
	const struct change_list list = {items, 2, 2};
	cr_assert_eq(history_amount_drop(&list, 0), 0);
}

Test(history, an_amount_taken_away_is_no_fall)
{
	struct change items[] = {change(10, CHANGE_AMOUNT, "100", "", true)};
	const struct change_list list = {items, 1, 1};
	cr_assert_eq(history_amount_drop(&list, 0), 0);
	items[0].new_value = "0";
	cr_assert_eq(history_amount_drop(&list, 0), 100);
}

Test(history, versions_differ_field_by_field)
{
	struct arena arena = ARENA_INIT;
	struct change_list list = {NULL, 0, 0};
	struct version versions[] = {
	    {DAY(9), "Propose", "90.00", NULL, NULL},
	    {DAY(1), "Qualify", "100", "2026-04-30", "Pipeline"},
	    {DAY(5), "Qualify", "90", NULL, "Pipeline"},
	};
	changes_of_versions(&list, &arena, versions, 3);
	cr_assert_eq(list.count, 2);
	cr_assert_eq(list.items[0].field, CHANGE_AMOUNT);
	cr_assert_str_eq(list.items[0].old_value, "100");
	cr_assert_str_eq(list.items[0].new_value, "90");
	cr_assert_eq(list.items[0].at, DAY(5));
	cr_assert(list.items[0].from_crm);
	cr_assert_eq(list.items[1].field, CHANGE_STAGE);
	cr_assert_str_eq(list.items[1].new_value, "Propose");
	arena_release(&arena);
}

Test(history, is_ordered_by_time_then_field)
{
	struct change items[] = {change(2, CHANGE_AMOUNT, "a", "b", true),
	    change(2, CHANGE_STAGE, "a", "b", true),
	    change(1, CHANGE_OWNER, "a", "b", true),
	    change(2, CHANGE_AMOUNT, "b", "c", true)};
	struct change_list list = {items, 4, 4};
	changes_order(&list);
	cr_assert_eq(items[0].field, CHANGE_OWNER);
	cr_assert_eq(items[1].field, CHANGE_STAGE);
	cr_assert_str_eq(items[2].new_value, "b");
	cr_assert_str_eq(items[3].new_value, "c");
}

Test(history, knows_the_field_names_of_crms)
{
	enum change_field field;
	cr_assert(change_field_find("CloseDate", &field));
	cr_assert_eq(field, CHANGE_CLOSE_DATE);
	cr_assert(change_field_find("Close Date", &field));
	cr_assert(change_field_find("StageName", &field));
	cr_assert_eq(field, CHANGE_STAGE);
	cr_assert(change_field_find("dealstage", &field));
	cr_assert_not(change_field_find("Description", &field));
	cr_assert_str_eq(change_field_name(CHANGE_CLOSE_DATE), "close_date");
}
