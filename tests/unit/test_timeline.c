#include <criterion/criterion.h>

#include "huddle/timeline.h"

enum { TODAY = 100, QUIET = 14 };
static const enum side M = SIDE_MARKETING, S = SIDE_SALES;

/* An entry on a day; the newest of a day comes first in a list. */
#define ENTRY(on, who)                                                \
	{                                                             \
		.at = (instant_t)(on)*DAY_SECONDS + 3600, .side = who \
	}

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

TestSuite(timeline, .fini = release);

static struct axis lay(struct entry *items, size_t count)
{
	struct axis axis;
	const struct entry_list list = {items, count};
	axis_lay(&axis, &arena, &list, TODAY, QUIET);
	return axis;
}

Test(timeline, nothing_at_all_is_only_today)
{
	struct axis axis = lay(NULL, 0);
	cr_assert_eq(axis.count, 1);
	cr_assert_eq(axis.rows[0].kind, AXIS_TODAY);
	cr_assert_eq(axis.rows[0].day, TODAY);
}

Test(timeline, one_day_pairs_both_sides)
{
	struct entry items[] = {ENTRY(98, S), ENTRY(98, M), ENTRY(98, M)};
	struct axis axis = lay(items, 3);
	cr_assert_eq(axis.count, 3);
	cr_assert_eq(axis.rows[1].marketing, &items[1]);
	cr_assert_eq(axis.rows[1].sales, &items[0]);
	cr_assert(axis.rows[1].first_of_day);
	cr_assert_eq(axis.rows[2].marketing, &items[2]);
	cr_assert_null(axis.rows[2].sales);
	cr_assert_not(axis.rows[2].first_of_day);
}

Test(timeline, planned_entries_stand_above_today)
{
	struct entry items[] = {ENTRY(105, S), ENTRY(100, S), ENTRY(99, M)};
	struct axis axis = lay(items, 3);
	cr_assert_eq(axis.count, 4);
	cr_assert_eq(axis.rows[0].day, 105);
	cr_assert_eq(axis.rows[1].kind, AXIS_TODAY);
	cr_assert_eq(axis.rows[2].day, 100);
}

Test(timeline, only_the_future_ends_in_today)
{
	struct entry items[] = {ENTRY(130, S)};
	struct axis axis = lay(items, 1);
	cr_assert_eq(axis.count, 2);
	cr_assert_eq(axis.rows[1].kind, AXIS_TODAY);
}

Test(timeline, quiet_since_the_newest_entry)
{
	struct entry items[] = {ENTRY(82, S)};
	struct axis axis = lay(items, 1);
	cr_assert_eq(axis.count, 3);
	cr_assert_eq(axis.rows[1].kind, AXIS_QUIET);
	cr_assert_eq(axis.rows[1].quiet_days, 18);
	cr_assert(axis.rows[1].quiet_marketing && axis.rows[1].quiet_sales);
}

Test(timeline, a_stretch_shorter_than_quiet_is_none)
{
	struct entry items[] = {ENTRY(87, S), ENTRY(74, S)};
	struct axis axis = lay(items, 2);
	cr_assert_eq(axis.count, 3);
}

Test(timeline, one_quiet_side_is_marked_beside_the_other)
{
	/* Sales: nothing from day 75 to 95. Marketing went on in between. */
	struct entry items[] = {ENTRY(95, S), ENTRY(90, M), ENTRY(84, M), ENTRY(75, S)};
	struct axis axis = lay(items, 4);
	cr_assert_eq(axis.count, 5);
	const struct axis_row *row = &axis.rows[2];
	cr_assert_eq(row->marketing, &items[1]);
	cr_assert(row->quiet_sales && !row->quiet_marketing);
	cr_assert_eq(row->quiet_days, 20);
	cr_assert_not(axis.rows[3].quiet_sales, "said once");
}

Test(timeline, one_side_is_quiet_up_to_today)
{
	struct entry items[] = {ENTRY(99, M), ENTRY(95, M), ENTRY(80, S)};
	struct axis axis = lay(items, 3);
	cr_assert_eq(axis.rows[1].marketing, &items[0]);
	cr_assert(axis.rows[1].quiet_sales);
	cr_assert_eq(axis.rows[1].quiet_days, 20);
}

Test(timeline, a_side_never_seen_is_not_called_quiet)
{
	struct entry items[] = {ENTRY(99, M), ENTRY(95, M)};
	struct axis axis = lay(items, 2);
	for (size_t i = 0; i < axis.count; i++)
		cr_assert_not(axis.rows[i].quiet_sales);
}

Test(timeline, links_have_words)
{
	cr_assert_str_eq(linked_by_name(LINK_COMMITTEE), "committee");
	cr_assert_str_eq(linked_by_words(LINK_DEAL), "names the deal");
}

Test(timeline, entries_with_a_person_are_those_that_have_them)
{
	struct entry entries[] = {{.contact = "Ana Ruiz", .title = "a"},
	    {.contact = "Tom Berg",
	        .title = "b",
	        .more_contacts = 2,
	        .others = "Mia Kant\nAna Ruiz"},
	    {.contact = "Tom Berg", .title = "c", .others = "Anabel"},
	    {.contact = "", .title = "d"}};
	struct entry_list all = {entries, 4}, with;

	entries_with(&with, &arena, &all, "Ana Ruiz");
	cr_assert_eq(with.count, 2);
	cr_assert_str_eq(with.items[0].title, "a");
	cr_assert_str_eq(with.items[1].title, "b");
	entries_with(&with, &arena, &all, "Ana");
	cr_assert_eq(with.count, 0, "a part of a name is somebody else");
	release();
}

Test(timeline, a_member_is_told_by_something_that_can_be_read)
{
	struct member m = {
	    .contact_id = "003A", .name = "山田太郎", .email = "yamada@x.example"};

	cr_assert_str_eq(member_label(&m, false), m.name);
	cr_assert_str_eq(member_label(&m, true), "yamada@x.example");
	m.email = "";
	cr_assert_str_eq(member_label(&m, true), "003A");
}
