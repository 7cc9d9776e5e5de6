#include "huddle/menu.h"
#include "huddle/pane.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* Panes on a surface: what they say, and that no size harms them. */

#define TODAY 20780 /* 2026-11-23 */

static struct deal deals[3];
static const struct deal *rows[3];
static struct entry entries[2];
static struct axis_row axis[4];
static struct member members[2];
static struct action actions[2];
static struct change changes[1];

static struct deal make_deal(
    const char *id, const char *name, const char *account, money_t amount)
{
	return (struct deal){.id = id,
	    .name = name,
	    .account = account,
	    .owner = "Ana Ruiz",
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
	    .amount = amount,
	    .currency = {"USD"},
	    .close_date = TODAY + 5,
	    .created = TODAY - 90,
	    .closed = DAY_NONE,
	    .stage_since = TODAY - 30,
	    .next_step_date = DAY_NONE,
	    .risk = {.rated = true, .probability = 82, .level = RISK_HIGH}};
}

static struct entry make_entry(enum side side, const char *title, const char *contact)
{
	return (struct entry){.at = (instant_t)(TODAY - 3) * DAY_SECONDS,
	    .side = side,
	    .kind = side == SIDE_SALES ? "call" : "Webinar",
	    .title = title,
	    .detail = "",
	    .who = "Tom",
	    .contact = contact,
	    .contact_title = "Chief Financial Officer",
	    .role = "",
	    .campaign = "",
	    .on_committee = true};
}

static struct view make_view(void)
{
	deals[0] = make_deal("1", "Acme: platform renewal", "Acme Inc.", 24000000);
	deals[1] = make_deal("2", "Renewal", "Globex", 9500000);
	deals[2] = make_deal("3", "Lost one", "Initech", MONEY_NONE);
	deals[2].status = DEAL_LOST;
	deals[0].risk.reasons[0] =
	    (struct risk_reason){SIGNAL_PUSHES, 24, "pushed 3 times, 71 days in all"};
	deals[0].risk.n_reasons = 1;
	deals[0].risk.unknown = 1u << SIGNAL_ECONOMIC_BUYER;
	for (int i = 0; i < 3; i++)
		rows[i] = &deals[i];
	entries[0] = make_entry(SIDE_MARKETING, "Payroll 2026", "Bea Otto");
	entries[1] = make_entry(SIDE_SALES, "pricing", "Carl Nord");
	axis[0] = (struct axis_row){.kind = AXIS_TODAY, .day = TODAY};
	axis[1] = (struct axis_row){.kind = AXIS_ENTRIES,
	    .day = TODAY - 3,
	    .first_of_day = true,
	    .marketing = &entries[0],
	    .sales = &entries[1]};
	axis[2] =
	    (struct axis_row){.kind = AXIS_QUIET, .day = TODAY - 4, .quiet_days = 18};
	axis[3] = (struct axis_row){.kind = AXIS_ENTRIES,
	    .day = TODAY - 23,
	    .first_of_day = true,
	    .marketing = &entries[0],
	    .quiet_sales = true,
	    .quiet_days = 20};
	members[0] = (struct member){"c1", "Bea Otto", "CFO", "Economic Buyer", "", true,
	    2, 0, (instant_t)(TODAY - 3) * DAY_SECONDS};
	members[1] =
	    (struct member){"c2", "Dora Low", "CTO", "", "", false, 0, 0, INSTANT_NONE};
	actions[0] = (struct action){.id = 7,
	    .team = TEAM_MARKETING,
	    .owner = "Ana Ruiz",
	    .text = "CFO case study",
	    .due = TODAY - 1,
	    .reason = ""};
	actions[1] = (struct action){.id = 8,
	    .team = TEAM_SALES,
	    .owner = "Tom Berg",
	    .text = "meet the buyer",
	    .due = DAY_NONE,
	    .state = ACTION_DONE,
	    .reason = ""};
	changes[0] = (struct change){.at = (instant_t)(TODAY - 40) * DAY_SECONDS,
	    .field = CHANGE_CLOSE_DATE,
	    .old_value = "2026-10-28",
	    .new_value = "2026-11-28"};
	return (struct view){.today = TODAY,
	    .has_facts = true,
	    .rows = rows,
	    .n_rows = 3,
	    .n_scope = 3,
	    .amount_columns = 5,
	    .filter = "",
	    .totals = "",
	    .deal = &deals[0],
	    .loaded = true,
	    .entries = {entries, 2},
	    .axis = {axis, 4},
	    .members = {members, 2},
	    .actions = {actions, 2},
	    .changes = {changes, 1, 1}};
}

static struct str dump;

static const char *drawn(enum pane_id pane, const struct view *v, int width, int height)
{
	struct pane_state at = {0};
	struct surface s;

	list_set_count(&at.list, pane_table[pane]->count(v));
	surface_init(&s, width, height, false);
	pane_table[pane]->draw(v, &at, &s, true);
	str_release(&dump);
	surface_dump(&s, &dump);
	surface_release(&s);
	return str_text(&dump);
}

#define cr_shows(text, part) \
	cr_assert(strstr((text), (part)), "no \"%s\" in:\n%s", (part), (text))
#define cr_hides(text, part) \
	cr_assert(!strstr((text), (part)), "\"%s\" in:\n%s", (part), (text))

Test(panes, deals_say_risk_amount_and_date)
{
	struct view v = make_view();
	const char *text = drawn(PANE_DEALS, &v, 60, 5);

	cr_shows(text, "▲ 82 Acme: platform renewal");
	cr_shows(text, "$240k");
	cr_shows(text, "28 Nov");
	cr_shows(text, "lost Lost one");
	cr_shows(drawn(PANE_DEALS, &v, 100, 5),
	    "Renewal  Globex"); /* the name lacks the account */
	cr_hides(drawn(PANE_DEALS, &v, 100, 5), "Acme Inc.");
	str_release(&dump);
}

Test(panes, an_empty_list_says_why)
{
	struct view v = make_view();

	v.n_rows = 0;
	v.filter = "nobody";
	cr_shows(drawn(PANE_DEALS, &v, 60, 8), "No deal matches this filter.");
	v.filter = "";
	v.show = SHOW_UNDEBRIEFED;
	cr_shows(drawn(PANE_DEALS, &v, 60, 8), "Every lost deal has its debrief.");
	str_release(&dump);
}

Test(panes, timeline_has_two_sides_and_quiet_rows)
{
	struct view v = make_view();
	const char *text = drawn(PANE_TIMELINE, &v, 110, 8);

	cr_shows(text, "marketing touches");
	cr_shows(text, "Payroll 2026, Webinar");
	cr_shows(text, "» Bea Otto CFO");
	cr_shows(text, "20 Nov ■ call: pricing");
	cr_shows(text, " 18 quiet days ");
	cr_shows(text, "quiet for 20 days");
	cr_shows(text, "today, 23 Nov");
	str_release(&dump);
}

Test(panes, risk_tells_reasons_then_what_is_unknown)
{
	struct view v = make_view();
	const char *text = drawn(PANE_RISK, &v, 60, 8);

	cr_shows(text, " +24 pushed 3 times, 71 days in all");
	cr_shows(text, "?");
	cr_shows(text, "not captured");
	cr_shows(text, "close date 28 Oct → 28 Nov");
	cr_shows(drawn(PANE_RISK, &v, 26, 8), "+24 pushed 3 times, 71\n");
	str_release(&dump);
}

Test(panes, actions_and_committee)
{
	struct view v = make_view();
	const char *text = drawn(PANE_ACTIONS, &v, 60, 4);

	cr_shows(text, "□ MKT Ana Ruiz");
	cr_shows(text, "22 Nov");
	cr_shows(text, "■ SAL Tom Berg");
	cr_shows(text, "no date");
	text = drawn(PANE_COMMITTEE, &v, 60, 4);
	cr_shows(text, "» Bea Otto");
	cr_shows(text, "Economic Buyer");
	cr_shows(text, "never");
	str_release(&dump);
}

Test(panes, no_size_harms)
{
	struct view v = make_view();

	v.n_words = 1;
	v.words[0] = "acme";
	for (int pane = 0; pane < PANES_KEYED; pane++)
		for (int width = 0; width < 70; width++)
			for (int height = 0; height < 9; height++)
				drawn((enum pane_id)pane, &v, width, height);
	for (int width = 0; width < 70; width++) {
		struct surface s;

		surface_init(&s, width, 3, width % 2 == 0);
		deal_header_draw(&v, &s);
		entry_draw(&entries[0], &v, &s);
		empty_draw(&v, &s);
		surface_release(&s);
	}
	str_release(&dump);
}

Test(panes, nothing_is_loaded_yet)
{
	struct view v = make_view();

	v.loaded = false;
	for (int pane = 0; pane < PANES_KEYED; pane++)
		drawn((enum pane_id)pane, &v, 60, 8);
	v.deal = NULL;
	v.n_rows = 0;
	for (int pane = 0; pane < PANES_KEYED; pane++)
		drawn((enum pane_id)pane, &v, 60, 8);
	str_release(&dump);
}

Test(panes, rows_are_copied_as_text)
{
	struct view v = make_view();
	struct pane_state at = {.list = {.count = 3}};
	struct str text = STR_INIT;

	pane_table[PANE_DEALS]->copy(&v, &at, &text);
	cr_shows(str_text(&text), "Acme: platform renewal\tAcme Inc.\tAna Ruiz");
	str_clear(&text);
	deal_summary(&v, &text);
	cr_shows(str_text(&text), "Slip risk 82% (high)");
	cr_shows(str_text(&text), "[ ] MKT Ana Ruiz: CFO case study, by 2026-11-22");
	str_release(&text);
}

static struct key key_of(const char *name)
{
	struct key key;

	cr_assert(key_parse(name, &key));
	return key;
}

Test(panes, a_menu_narrows_by_word_and_key)
{
	static const struct menu_row menu_rows[] = {
	    {.name = "down", .text = "down", .key = "j down", .group = "", .id = 1},
	    {.name = "debrief",
	        .text = "file the debrief",
	        .key = "d",
	        .group = "",
	        .id = 2},
	    {.name = "add-action",
	        .text = "add an action",
	        .key = "a",
	        .group = "",
	        .id = 3},
	};
	struct menu m = {0};

	menu_open(&m, MENU_PALETTE, ":", menu_rows, 3, 0);
	cr_assert_eq(m.list.count, 3);
	cr_assert_eq(menu_key(&m, key_of("d")), MENU_HANDLED);
	cr_assert_eq(menu_row(&m)->id, 2, "the key itself comes first");
	cr_assert_eq(menu_key(&m, key_of("ctrl-u")), MENU_HANDLED);
	for (const char *p = "zzz"; *p; p++)
		menu_key(&m, (struct key){.code = (uint32_t)*p});
	cr_assert_null(menu_row(&m));
	cr_assert_eq(menu_key(&m, key_of("enter")), MENU_HANDLED);
	cr_assert_eq(menu_key(&m, key_of("esc")), MENU_LEFT);
	menu_close(&m);
}
