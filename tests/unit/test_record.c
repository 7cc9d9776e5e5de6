#include <criterion/criterion.h>

#include "huddle/record.h"
#include <string.h>

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

TestSuite(record, .fini = release);

Test(record, teams_are_found_by_name_short_form_or_letter)
{
	enum team team;
	cr_assert(team_find("Marketing", &team));
	cr_assert_eq(team, TEAM_MARKETING);
	cr_assert(team_find("SAL", &team));
	cr_assert_eq(team, TEAM_SALES);
	cr_assert(team_find("r", &team));
	cr_assert_eq(team, TEAM_REVOPS);
	cr_assert_not(team_find("finance", &team));
	cr_assert_not(team_find("", &team));
}

Test(record, an_action_is_overdue_the_day_after)
{
	struct action action = {.due = 100};
	cr_assert_not(action_overdue(&action, 100));
	cr_assert(action_overdue(&action, 101));
	action.state = ACTION_DONE;
	cr_assert_not(action_overdue(&action, 101));
	action = (struct action){.due = DAY_NONE};
	cr_assert_not(action_overdue(&action, 101));
}

Test(record, an_action_needs_a_text_and_an_owner)
{
	struct err err = ERR_INIT;
	struct action action = {.text = " ", .owner = "Ana"};
	cr_assert_not(action_check(&action, &err));
	cr_assert(strstr(err.text, "no text"));
	action.text = "CFO case study";
	action.owner = "";
	cr_assert_not(action_check(&action, &err));
	cr_assert(strstr(err.text, "owner"));
	action.owner = "Ana";
	cr_assert(action_check(&action, &err));
	action.state = ACTION_DROPPED;
	action.reason = "";
	cr_assert_not(action_check(&action, &err));
}

static struct debrief debrief(void)
{
	struct debrief d = {.deal_id = "1", .by = ""};
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		d.value[i] = "";
	return d;
}

Test(record, a_debrief_needs_its_required_fields)
{
	struct err err = ERR_INIT;
	struct debrief d = debrief();
	cr_assert(debrief_empty(&d));
	cr_assert_eq(debrief_check(&d, NULL, &arena, 0, &err), B_OUTCOME);
	d.value[B_OUTCOME] = "Unknown";
	cr_assert_not(debrief_empty(&d));
	cr_assert_eq(debrief_check(&d, NULL, &arena, 0, &err), B_REASON);
	d.value[B_REASON] = "other";
	cr_assert_eq(debrief_check(&d, NULL, &arena, 0, &err), -1);
	cr_assert_str_eq(d.value[B_OUTCOME], "unknown", "as the list writes it");
}

Test(record, lost_to_a_competitor_needs_its_name)
{
	struct err err = ERR_INIT;
	struct debrief d = debrief();
	d.value[B_OUTCOME] = "COMPETITOR";
	d.value[B_REASON] = "other";
	cr_assert_eq(debrief_check(&d, NULL, &arena, 0, &err), B_COMPETITOR);
	cr_assert(strstr(err.text, "name it"));
	d.value[B_COMPETITOR] = "Globex";
	cr_assert_eq(debrief_check(&d, NULL, &arena, 0, &err), -1);
}

Test(record, a_choice_outside_the_list_is_told_with_the_list)
{
	struct err err = ERR_INIT;
	struct debrief d = debrief();
	d.value[B_OUTCOME] = "gave up";
	cr_assert_eq(debrief_check(&d, NULL, &arena, 0, &err), B_OUTCOME);
	cr_assert_str_eq(err.place, "outcome");
	cr_assert(strstr(err.text, "no-decision"));
	d.value[B_OUTCOME] = "no_decision";
	d.value[B_REASON] = "Timing: no budget";
	cr_assert_eq(debrief_check(&d, NULL, &arena, 0, &err), -1);
	cr_assert_str_eq(d.value[B_OUTCOME], "no-decision");
}

Test(record, the_day_to_try_again_is_rewritten)
{
	struct err err = ERR_INIT;
	struct debrief d = debrief();
	day_t today = day_from_civil(2026, 11, 23);
	d.value[B_OUTCOME] = "unknown";
	d.value[B_REASON] = "other";
	d.value[B_WIN_BACK] = "+2m";
	cr_assert_eq(debrief_check(&d, NULL, &arena, today, &err), -1);
	cr_assert_str_eq(d.value[B_WIN_BACK], "2027-01-23");
	d.value[B_WIN_BACK] = "some day";
	cr_assert_eq(debrief_check(&d, NULL, &arena, today, &err), B_WIN_BACK);
}

Test(record, every_field_of_a_debrief_has_its_words)
{
	for (int i = 0; i < DEBRIEF_FIELDS; i++) {
		const struct debrief_info *info = &debrief_infos[i];
		cr_assert(info->name && *info->title && *info->hint);
		cr_assert_eq(info->kind == DEBRIEF_CHOICE, info->choices != NULL);
	}
}
