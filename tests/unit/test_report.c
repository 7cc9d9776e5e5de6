#include <criterion/criterion.h>

#include "huddle/report_risk.h"
#include "huddle/report_sync.h"
#include "huddle/text.h"
#include <cjson/cJSON.h>
#include <string.h>

static struct arena words;

enum { TODAY = 20780 }; /* 2026-11-23 */
#define AGO(n) ((instant_t)(TODAY - (n)) * DAY_SECONDS + 34200)

static const struct report report = {.today = TODAY, .as_of = TODAY - 1, .width = 100};
static struct str out;

static void release(void)
{
	str_release(&out);
}

TestSuite(report, .fini = release);

static struct deal acme = {.id = "006A",
    .name = "Acme: platform renewal",
    .account = "Acme",
    .owner = "Tom Berg",
    .team = "",
    .manager = "",
    .stage = "Negotiation",
    .pipeline = "",
    .next_step = "",
    .source = "",
    .campaign = "",
    .lost_reason = "",
    .competitor = "",
    .type = "",
    .forecast = FORECAST_COMMIT,
    .amount = 24000050,
    .currency = {"USD"},
    .close_date = TODAY + 5,
    .created = TODAY - 300,
    .closed = DAY_NONE,
    .stage_since = TODAY - 18,
    .next_step_date = DAY_NONE,
    .touches = 2,
    .activities = 1,
    .facts = {.history_known = true,
        .pushes = 3,
        .push_days = 71,
        .stage_back = DAY_NONE,
        .activities_known = true,
        .last_activity = AGO(18),
        .last_inbound = INSTANT_NONE,
        .next_activity = INSTANT_NONE,
        .touches_known = true,
        .last_touch = AGO(3),
        .next_step_known = true}};

static struct deal evil = {.id = "006B",
    .name = "\x1b[31mRed\x07 \xe2\x80\xae"
            "evil",
    .account = "",
    .owner = "",
    .team = "",
    .manager = "",
    .stage = "",
    .pipeline = "",
    .next_step = "",
    .source = "",
    .campaign = "",
    .lost_reason = "",
    .competitor = "",
    .type = "",
    .amount = MONEY_NONE,
    .close_date = DAY_NONE,
    .created = DAY_NONE,
    .closed = DAY_NONE,
    .stage_since = DAY_NONE,
    .next_step_date = DAY_NONE,
    .facts = {.stage_back = DAY_NONE,
        .last_activity = INSTANT_NONE,
        .last_inbound = INSTANT_NONE,
        .next_activity = INSTANT_NONE,
        .last_touch = INSTANT_NONE}};

static struct entry entries[] = {
    {.at = AGO(-4),
        .side = SIDE_SALES,
        .link = LINK_DEAL,
        .kind = "meeting",
        .title = "Terms",
        .detail = "",
        .who = "Tom Berg",
        .contact = "Ana Ruiz",
        .contact_title = "CFO",
        .role = "",
        .campaign = "",
        .planned = true,
        .open = true},
    {.at = AGO(3),
        .side = SIDE_MARKETING,
        .link = LINK_COMMITTEE,
        .kind = "webinar",
        .title = "Payroll 2026",
        .detail = "",
        .who = "",
        .contact = "Ana Ruiz",
        .contact_title = "CFO",
        .role = "Economic Buyer",
        .campaign = "Payroll 2026"},
    {.at = AGO(18),
        .side = SIDE_SALES,
        .link = LINK_DEAL,
        .kind = "call",
        .title = "Pricing",
        .detail = "",
        .who = "Tom Berg",
        .contact = "",
        .contact_title = "",
        .role = "",
        .campaign = ""},
};

static struct member members[] = {{.contact_id = "003A",
    .name = "Ana Ruiz",
    .title = "CFO",
    .role = "Economic Buyer",
    .email = "",
    .primary = true,
    .touches = 2,
    .activities = 1,
    .last_seen = AGO(3)}};

static struct action actions[] = {{.id = 7,
    .deal_id = "006A",
    .team = TEAM_MARKETING,
    .owner = "Ana Lima",
    .text = "CFO case study",
    .due = TODAY - 1,
    .reason = "",
    .created = AGO(8)}};

static struct change changes[] = {
    {AGO(20), CHANGE_CLOSE_DATE, "2026-10-30", "2026-11-28", true}};

static struct dossier dossier(struct deal *deal)
{
	risk_rate(deal, NULL, TODAY);
	risk_say(deal, NULL, TODAY, &words);
	return (struct dossier){.deal = deal,
	    .timeline = {entries, 3},
	    .committee = {members, 1},
	    .changes = {changes, 1, 1},
	    .actions = {actions, 1}};
}

static struct deal_table both(void)
{
	static const struct deal *deals[] = {&acme, &evil};
	risk_rate(&acme, NULL, TODAY);
	risk_say(&acme, NULL, TODAY, &words);
	risk_rate(&evil, NULL, TODAY);
	risk_say(&evil, NULL, TODAY, &words);
	return (struct deal_table){deals, 2, 2, "Open deals by slip risk"};
}

static void expect(const char *part)
{
	cr_expect(
	    strstr(str_text(&out), part), "no \"%s\" in:\n%s", part, str_text(&out));
}

/* Nothing a terminal could obey, and no line wider than the report. */
static void expect_plain(int width)
{
	struct slice rest = {str_text(&out), out.len}, line;
	while (rest.len && slice_cut(&rest, '\n', &line)) {
		cr_expect(text_width(line) <= width, "%.*s", (int)line.len, line.p);
		struct str safe = STR_INIT;
		display_safe(&safe, line);
		cr_expect(slice_is(line, str_text(&safe)), "%s", str_text(&safe));
		str_release(&safe);
	}
}

Test(report, deals_are_a_table)
{
	struct deal_table table = both();
	report_deals(&out, &report, &table);
	expect("Open deals by slip risk: 2, $240k; exports of 22 Nov, 1 day old");
	expect("Acme: platform renewal");
	expect("$240,001  28 Nov  Negotiation");
	expect_plain(100);
}

Test(report, narrow_lists_cut_names_not_numbers)
{
	struct report narrow = report;
	narrow.width = 44;
	struct deal_table table = both();
	report_deals(&out, &narrow, &table);
	expect("…");
	expect("$240,001");
	expect_plain(44);
}

Test(report, ascii_is_ascii)
{
	struct report ascii = report;
	ascii.ascii = true;
	struct dossier d = dossier(&acme);
	struct deal_table table = both();
	report_deals(&out, &ascii, &table);
	report_show(&out, &ascii, &d);
	for (size_t i = 0; i < out.len; i++)
		cr_assert((unsigned char)out.p[i] < 0x80);
	expect("! ");
}

Test(report, show_tells_all_of_a_deal)
{
	struct dossier d = dossier(&acme);
	report_show(&out, &report, &d);
	expect("Acme: platform renewal   [006A]");
	expect("closes 28 Nov, in 5 days   pushed 3x, +71 days");
	expect("  +24 pushed 3 times, 71 days in all");
	expect("? not captured: stage for the close date");
	expect("- today -");
	expect("| planned: Meeting: Terms, Ana Ruiz (CFO)");
	expect("Webinar: Payroll 2026, Ana Ruiz (CFO)");
	expect("[ ] MKT #7 CFO case study (Ana Lima, due 22 Nov, overdue)");
	expect("close date: 30 Oct -> 28 Nov");
	expect_plain(100);
}

Test(report, hostile_text_is_harmless_everywhere)
{
	struct dossier d = dossier(&evil);
	d.actions.items[0].text = "\x1b]0;owned\x07";
	report_show(&out, &report, &d);
	struct deal_table table = both();
	report_matches(&out, &report, &table);
	expect_plain(100);
	d.actions.items[0].text = "CFO case study";
}

static cJSON *parsed(void)
{
	cJSON *root = cJSON_Parse(str_text(&out));
	cr_assert_not_null(root, "%s", str_text(&out));
	return root;
}

static const char *text_at(const cJSON *object, const char *key)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
	cr_assert(cJSON_IsString(value), "%s", key);
	return value->valuestring;
}

static const cJSON *at(const cJSON *object, const char *key)
{
	const cJSON *value = cJSON_GetObjectItemCaseSensitive(object, key);
	cr_assert_not_null(value, "no %s", key);
	return value;
}

Test(report, deals_as_json)
{
	struct deal_table table = both();
	table.shown = 1;
	report_deals_json(&out, &report, &table);
	expect("\"amount\":240000.50");
	cJSON *root = parsed();
	cr_assert_str_eq(text_at(root, "as_of"), "2026-11-22");
	cr_assert_eq(at(root, "count")->valueint, 2, "count is before the limit");
	cr_assert_eq(cJSON_GetArraySize(at(root, "deals")), 1);
	const cJSON *deal = cJSON_GetArrayItem(at(root, "deals"), 0);
	cr_assert_str_eq(text_at(deal, "close_date"), "2026-11-28");
	cr_assert_str_eq(text_at(deal, "forecast"), "Commit");
	cr_assert_str_eq(text_at(deal, "status"), "open");
	cr_assert(cJSON_IsNull(at(deal, "next_step")));
	const cJSON *risk = at(deal, "risk");
	cr_assert_float_eq(
	    at(risk, "probability")->valuedouble, acme.risk.probability / 100.0, 1e-9);
	cr_assert_eq(cJSON_GetArraySize(at(risk, "reasons")), acme.risk.n_reasons);
	const cJSON *total = cJSON_GetArrayItem(at(root, "totals"), 0);
	cr_assert_str_eq(text_at(total, "currency"), "USD");
	cJSON_Delete(root);
}

Test(report, json_holds_the_name_but_no_control)
{
	struct deal_table table = both();
	report_deals_json(&out, &report, &table);
	cr_assert_null(strstr(str_text(&out), "\x1b"));
	cr_assert_null(strstr(str_text(&out), "\xe2\x80\xae"));
	cJSON *root = parsed();
	const cJSON *deal = cJSON_GetArrayItem(at(root, "deals"), 1);
	cr_assert_str_eq(text_at(deal, "name"), evil.name, "whole, once it is read back");
	cr_assert(cJSON_IsNull(at(deal, "amount")));
	cr_assert(cJSON_IsNull(at(deal, "owner")));
	cJSON_Delete(root);
}

Test(report, show_as_json)
{
	struct dossier d = dossier(&acme);
	report_show_json(&out, &report, &d);
	cJSON *root = parsed();
	const cJSON *timeline = at(root, "timeline");
	cr_assert_eq(cJSON_GetArraySize(timeline), 3);
	const cJSON *touch = cJSON_GetArrayItem(timeline, 1);
	cr_assert_str_eq(text_at(touch, "when"), "2026-11-20T09:30:00Z");
	cr_assert_str_eq(text_at(touch, "side"), "marketing");
	cr_assert_str_eq(text_at(touch, "linked_by"), "committee");
	cr_assert_eq(cJSON_GetArraySize(at(root, "committee")), 1);
	cr_assert_eq(cJSON_GetArraySize(at(root, "changes")), 1);
	cr_assert_eq(cJSON_GetArraySize(at(root, "actions")), 1);
	cr_assert(cJSON_IsNull(at(root, "debrief")));
	cJSON_Delete(root);
}

Test(report, risk_says_what_each_team_does)
{
	struct dossier d = dossier(&acme);
	struct learning learning;
	learning_none(&learning);
	struct risk_list list = {.period = "this-month",
	    .dates = period_of_month(TODAY),
	    .shown = 1,
	    .count = 1,
	    .json = true,
	    .learning = &learning};
	report_risk_begin(&out, &report, &list);
	report_risk_deal(&out, &report, &list, &d, 0);
	report_risk_end(&out, &report, &list);
	cJSON *root = parsed();
	cr_assert_str_eq(text_at(root, "period"), "2026-11");
	cr_assert_str_eq(text_at(root, "method"), "points");
	cr_assert(cJSON_IsNull(at(root, "base_rate")));
	const cJSON *deal = cJSON_GetArrayItem(at(root, "deals"), 0);
	const cJSON *marketing = at(deal, "marketing_doing"),
	            *sales = at(deal, "sales_doing");
	cr_assert_eq(cJSON_GetArraySize(marketing), 2);
	cr_assert_str_eq(cJSON_GetArrayItem(marketing, 0)->valuestring,
	    "action: CFO case study (Ana Lima, due 22 Nov, overdue)");
	cr_assert_str_eq(cJSON_GetArrayItem(marketing, 1)->valuestring,
	    "20 Nov Webinar: Payroll 2026, Ana Ruiz (CFO)");
	cr_assert_eq(
	    cJSON_GetArraySize(sales), 1, "what is older than 14 days is not doing");
	cr_assert_str_eq(cJSON_GetArrayItem(sales, 0)->valuestring,
	    "planned 27 Nov Meeting: Terms, Ana Ruiz (CFO), by Tom Berg");
	int sum = 0;
	const cJSON *reason;
	cJSON_ArrayForEach(reason, at(deal, "reasons"))
	{
		sum += at(reason, "weight")->valueint;
	}
	cr_assert_eq(sum, acme.risk.points);
	cJSON_Delete(root);
}

Test(report, the_review_can_be_read_aloud)
{
	struct dossier top = dossier(&acme);
	struct store_info info = {.has_facts = true};
	struct review review = {.info = &info,
	    .open = both(),
	    .top = &top,
	    .n_top = 1,
	    .this_month = true,
	    .lost = 4,
	    .debriefed = 3,
	    .overdue_actions = 1};
	report_review(&out, &report, &review);
	expect("Deal review of 23 Nov 26   2 open   $240k   debriefs 75%   1 action "
	       "overdue");
	expect("Most likely to slip this month");
	expect("---- 1 of 1 ----");
	expect("What marketing is doing");
	expect("Buying committee: 1");
	expect_plain(100);
}

Test(report, an_empty_store_says_what_to_do)
{
	struct store_info info = {.has_facts = false, .as_of = DAY_NONE};
	struct report nothing = report;
	nothing.as_of = DAY_NONE;
	struct review review = {.info = &info, .open = {.title = "Open deals"}};
	report_review(&out, &nothing, &review);
	expect("nothing synced yet");
	expect("huddle sync FOLDER");
}

Test(report, an_error_is_one_safe_line)
{
	struct err err = {EXIT_REFUSED, "a\x1b.csv:3", "no id; name it"};
	report_error(&out, &err);
	cr_assert_str_eq(str_text(&out), "huddle: a^[.csv:3: no id; name it\n");
	str_clear(&out);
	report_error_json(&out, &err);
	cr_assert_str_eq(
	    str_text(&out), "{\"error\":\"a\\u001b.csv:3: no id; name it\"}\n");
}
