#include "huddle/report.h"
#include "huddle/text.h"
#include <criterion/criterion.h>
#include <libical/ical.h>
#include <string.h>

#define TODAY 20780 /* 2026-11-23 */

static struct deal deals[] = {{.id = "D1", .name = "Acme: [renewal]"}};
static struct deal_list all_deals = {deals, 1};

static struct action actions[] = {
    {.id = 7,
        .rev = 3,
        .deal_id = "D1",
        .team = TEAM_SALES,
        .owner = "Bo",
        .text = "call; the CFO, \xE2\x80\xAE"
                "today",
        .due = TODAY - 3,
        .reason = "",
        .created = 1795000000},
    {.id = 8,
        .rev = 1,
        .deal_id = "gone",
        .team = TEAM_MARKETING,
        .owner = "Ana",
        .text = "case *study*",
        .due = DAY_NONE,
        .state = ACTION_DROPPED,
        .reason = "not <needed>",
        .created = 1795000000},
    {.id = 9,
        .rev = 2,
        .deal_id = "D1",
        .team = TEAM_REVOPS,
        .owner = "Bo",
        .text = "fix the stage",
        .due = TODAY + 4,
        .state = ACTION_DONE,
        .reason = "",
        .created = 1795000000},
};
static struct action_list list = {actions, 3};
static struct str out = STR_INIT;

static void release(void)
{
	str_release(&out);
}

Test(actions_out, markdown_by_owner, .fini = release)
{
	struct report report = {.today = TODAY, .as_of = DAY_NONE, .width = 80};

	report_actions_markdown(&out, &report, &list, &all_deals);
	cr_assert_str_eq(str_text(&out),
	    "# Actions, 2026-11-23\n\n## Ana: 1\n\n"
	    "- [ ] ~~case \\*study\\*~~, dropped: not \\<needed\\>: gone (marketing)\n"
	    "\n## Bo: 2, 1 overdue\n\n"
	    "- [ ] call; the CFO, \xEF\xBF\xBD"
	    "today, by 2026-11-20 (overdue by 3 days): Acme: \\[renewal\\] (sales)\n"
	    "- [x] fix the stage, by 2026-11-27: Acme: \\[renewal\\] (revops)\n");
}

Test(actions_out, nothing_to_take_is_said, .fini = release)
{
	struct report report = {.today = TODAY, .as_of = DAY_NONE, .width = 80};
	struct action_list none = {NULL, 0};

	report_actions_markdown(&out, &report, &none, &all_deals);
	cr_assert_str_eq(str_text(&out), "# Actions, 2026-11-23\n\nThere are none.\n");
	str_clear(&out);
	report_actions_ics(&out, &none, &all_deals, false);
	icalcomponent *all = icalparser_parse_string(str_text(&out));
	cr_assert_not_null(all);
	cr_assert_null(icalcomponent_get_first_component(all, ICAL_ANY_COMPONENT));
	icalcomponent_free(all);
}

/* Read back by the library: what each task says. */
Test(actions_out, tasks_of_a_calendar, .fini = release)
{
	report_actions_ics(&out, &list, &all_deals, false);
	icalcomponent *all = icalparser_parse_string(str_text(&out));
	cr_assert_not_null(all);
	cr_assert_eq(icalcomponent_count_components(all, ICAL_VTODO_COMPONENT), 3);
	cr_assert_eq(icalcomponent_count_errors(all), 0);
	icalcomponent *c = icalcomponent_get_first_component(all, ICAL_VTODO_COMPONENT);
	cr_assert_str_eq(
	    icalcomponent_get_summary(c), "call; the CFO, \xEF\xBF\xBDtoday");
	cr_assert_eq(icalcomponent_get_status(c), ICAL_STATUS_NEEDSACTION);
	cr_assert_eq(icalcomponent_get_sequence(c), 2);
	struct icaltimetype due = icalcomponent_get_due(c);
	cr_assert(due.is_date && due.year == 2026 && due.month == 11 && due.day == 20);
	cr_assert_eq(icaltime_as_timet(icalcomponent_get_dtstamp(c)), 1795000000);
	cr_assert(strstr(icalcomponent_get_description(c), "Acme: [renewal]\nBo, sales"));
	c = icalcomponent_get_next_component(all, ICAL_VTODO_COMPONENT);
	cr_assert_eq(icalcomponent_get_status(c), ICAL_STATUS_CANCELLED);
	cr_assert(strstr(icalcomponent_get_description(c), "Dropped: not <needed>"));
	cr_assert(icaltime_is_null_time(icalcomponent_get_due(c)));
	c = icalcomponent_get_next_component(all, ICAL_VTODO_COMPONENT);
	cr_assert_eq(icalcomponent_get_status(c), ICAL_STATUS_COMPLETED);
	icalcomponent_free(all);
}

/* No line is longer than 75 octets, none cuts a letter, and ids are each one's own. */
Test(actions_out, lines_are_folded_between_letters, .fini = release)
{
	struct action one = actions[0];
	struct action_list only = {&one, 1};

	one.text = "日本語の長いテキスト"
	           "がここにあります。"
	           "折り返しで文字が"
	           "切れない🙂🙂🙂"
	           "🙂🙂🙂🙂🙂";
	report_actions_ics(&out, &only, &all_deals, true);
	struct slice rest = {str_text(&out), out.len}, line;

	while (slice_cut(&rest, '\n', &line)) {
		cr_assert_leq(line.len, 76, "%.*s", (int)line.len, line.p);
		cr_assert(utf8_valid(line), "%.*s", (int)line.len, line.p);
	}
	cr_assert(strstr(str_text(&out), "DTSTART;VALUE=DATE:20261120\r\n"));
	cr_assert(strstr(str_text(&out), "TRANSP:TRANSPARENT\r\n"));
	cr_assert_null(strstr(str_text(&out), "VTODO"));
}
