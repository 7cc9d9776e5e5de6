#include "huddle/report.h"
#include "huddle/text.h"
#include <criterion/criterion.h>
#include <libical/ical.h>
#include <stdio.h>
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

/* A calendar that was read before knows the action again, whatever became of its deal. */
Test(actions_out, an_action_keeps_its_id_when_its_deal_is_merged, .fini = release)
{
	struct action moved = actions[0];
	struct action_list before = {actions, 1}, after = {&moved, 1};
	char uid[80] = "";

	report_actions_ics(&out, &before, &all_deals, false);
	const char *at = strstr(str_text(&out), "UID:");
	cr_assert_not_null(at);
	snprintf(uid, sizeof uid, "%.*s", (int)strcspn(at, "\r\n"), at);
	str_clear(&out);
	moved.deal_id = "D2";
	report_actions_ics(&out, &after, &all_deals, false);
	cr_assert(strstr(str_text(&out), uid), "%s is not in %s", uid, str_text(&out));
	str_clear(&out);
	moved.created++;
	report_actions_ics(&out, &after, &all_deals, false);
	cr_assert_null(strstr(str_text(&out), uid), "of another database");
}

/* 1795000000 is 2026-11-18 11:06:40 UTC. */
Test(actions_out, a_dropped_event_is_cancelled, .fini = release)
{
	struct action one = actions[1];
	struct action_list only = {&one, 1};

	one.due = TODAY;
	report_actions_ics(&out, &only, &all_deals, true);
	char *uid = strstr(str_text(&out), "UID:action-8-");
	cr_assert_not_null(uid);
	memset(uid + strlen("UID:action-8-"), 'x', 16);
	cr_assert_str_eq(str_text(&out),
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//huddle//huddle//EN\r\n"
	    "CALSCALE:GREGORIAN\r\nBEGIN:VEVENT\r\n"
	    "UID:action-8-xxxxxxxxxxxxxxxx@huddle\r\n"
	    "DTSTAMP:20261118T110640Z\r\nCREATED:20261118T110640Z\r\nSEQUENCE:0\r\n"
	    "SUMMARY:case *study*\r\n"
	    "DESCRIPTION:gone\\nAna\\, marketing\\nDropped: not <needed>\r\n"
	    "CATEGORIES:marketing\r\nDTSTART;VALUE=DATE:20261123\r\n"
	    "TRANSP:TRANSPARENT\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n"
	    "END:VCALENDAR\r\n");
}

/* No character is spelt past display_safe, and an & between words stays one. */
Test(actions_out, markdown_spells_no_characters, .fini = release)
{
	struct report report = {.today = TODAY, .as_of = DAY_NONE, .width = 80};
	struct action one = actions[0];
	struct action_list only = {&one, 1};

	one.text = "R & D, &rlm; &#x202e;";
	report_actions_markdown(&out, &report, &only, &all_deals);
	cr_assert(strstr(str_text(&out), "- [ ] R & D, \\&rlm; &\\#x202e;, by"), "%s",
	    str_text(&out));
}
