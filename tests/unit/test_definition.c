#include "record_fixture.h"

#include "huddle/store_define.h"
#include "huddle/zone.h"

static const char whole[] =
    "[people]\noperator = Rev\ncmo = Ana Ruiz\nvp_sales = Bo\n"
    "[qualified]\nrequire = budget_confirmed, fit_score\nmin_employees = 50\n"
    "industries = Retail, Health care\ndisqualify = rival.com, student\n"
    "[handoff]\ntimezone = America/New_York\nhours = 08:30-17:00\ndays = sun-thu\n"
    "holidays = 2026-11-26, 2026-12-25\ntouch_within = 4bh ; business hours\n"
    "accept_within = 48h\nreach_within = 5bd\ntarget = 90\n"
    "[attribution]\nmodel = decay\nlookback = 180d\nhalf_life = 14d\n"
    "sourced = before-sales\n[demand]\nstates = unknown, client\n"
    "[score]\nhandoff_at = 60\nwebinar = 15\npricing page = 20\n"
    "[calendar]\nfiscal_year_starts = february\n"
    "[targets]\ncoverage = 3.5\nforecast_band = 10\nacceptance = 70\n"
    "number = 4000000 USD 2026-Q4\n";

static struct arena memory = ARENA_INIT;
static struct err wrong = ERR_INIT;

static void release(void)
{
	arena_release(&memory);
}

static bool reads(const char *text, struct definition *out)
{
	wrong = (struct err)ERR_INIT;
	return definition_read(out, &memory, "d.ini", text, strlen(text), &wrong);
}

TestSuite(definition, .fini = release);

Test(definition, every_key_is_read)
{
	struct definition d;
	cr_assert(reads(whole, &d), "%s: %s", wrong.place, wrong.text);
	cr_assert_str_eq(d.people[ROLE_OPERATOR], "Rev");
	cr_assert_str_eq(d.people[ROLE_CMO], "Ana Ruiz");
	cr_assert_str_eq(d.people[ROLE_VP_SALES], "Bo");
	cr_assert_eq(d.require, 1u << REQUIRE_BUDGET | 1u << REQUIRE_FIT);
	cr_assert_eq(d.min_employees, 50);
	cr_assert_str_eq(d.industries[1], "Health care");
	cr_assert_null(d.industries[2]);
	cr_assert_str_eq(d.disqualify[0], "rival.com");
	cr_assert_str_eq(zone_name(d.handoff.hours.zone), "America/New_York");
	cr_assert_eq(d.handoff.hours.opens, 8 * 60 + 30);
	cr_assert_eq(d.handoff.hours.closes, 17 * 60);
	cr_assert_eq(d.handoff.hours.days.weekend, 1u << 4 | 1u << 5); /* Fri, Sat */
	cr_assert_eq(d.handoff.hours.days.n_holidays, 2);
	cr_assert_eq(d.handoff.touch_within.count, 4);
	cr_assert_eq(d.handoff.touch_within.unit, SPAN_BUSINESS_HOURS);
	cr_assert_eq(d.handoff.accept_within.unit, SPAN_HOURS);
	cr_assert_eq(d.handoff.reach_within.unit, SPAN_BUSINESS_DAYS);
	cr_assert_eq(d.handoff.target, 90);
	cr_assert_eq(d.attribution.model, MODEL_DECAY);
	cr_assert_eq(d.attribution.lookback, 180);
	cr_assert_eq(d.attribution.half_life, 14);
	cr_assert_eq(d.attribution.sourced, SOURCED_BEFORE_SALES);
	cr_assert_str_eq(d.states[1], "client");
	cr_assert_eq(d.handoff_at, 60);
	cr_assert_eq(d.n_points, 2);
	cr_assert_str_eq(d.points[1].what, "pricing page");
	cr_assert_eq(d.points[1].points, 20);
	cr_assert_eq(d.fiscal_start, 2);
	cr_assert_eq(d.coverage, 3500);
	cr_assert_eq(d.forecast_band, 10);
	cr_assert_eq(d.acceptance, 70);
	cr_assert_eq(d.number, INT64_C(400000000));
	cr_assert_str_eq(d.currency.code, "USD");
	cr_assert_str_eq(d.number_period, "2026-Q4");
}

Test(definition, what_is_left_out_is_no_condition)
{
	struct definition d;
	cr_assert(reads("[qualified]\nindustries =\n", &d));
	cr_assert_eq(d.require, 0);
	cr_assert_null(d.industries[0]);
	cr_assert_eq(d.handoff.touch_within.count, 0);
	cr_assert_eq(d.handoff.target, -1);
	cr_assert_eq(d.number, MONEY_NONE);
	cr_assert(reads(definition_template(), &d), "%s: %s", wrong.place, wrong.text);
}

Test(definition, a_wrong_line_is_named)
{
	static const struct {
		const char *text, *place, *why;
	} lines[] = {{"[people]\nboss = x\n", "d.ini:2", "people.boss: is no key"},
	    {"[money]\n", "d.ini:1", "[money] is no section"},
	    {"[qualified]\nrequire = budget\n", "d.ini:2",
	        "\"budget\" can not be required"},
	    {"[qualified]\nmin_employees = many\n", "d.ini:2", "is no whole number"},
	    {"[handoff]\ntimezone = Mars/One\n", "d.ini:2", "is no time zone"},
	    {"[handoff]\nhours = 17:00-09:00\n", "d.ini:2", "close before they open"},
	    {"[handoff]\nhours = nine\n", "d.ini:2", "are no hours"},
	    {"[handoff]\ndays = mon-fry\n", "d.ini:2", "are no days"},
	    {"[handoff]\nholidays = 2026-13-01\n", "d.ini:2", "\"2026-13-01\" is no day"},
	    {"[handoff]\n\ntouch_within = 4x\n", "d.ini:3", "is no span"},
	    {"[handoff]\ntarget = 101\n", "d.ini:2", "is no percentage"},
	    {"[attribution]\nmodel = z\n", "d.ini:2", "is no model"},
	    {"[attribution]\nlookback = 4h\n", "d.ini:2", "are no days"},
	    {"[attribution]\nsourced = sales\n", "d.ini:2", "is none"},
	    {"[score]\nwebinar = a lot\n", "d.ini:2", "are no points"},
	    {"[calendar]\nfiscal_year_starts = 13\n", "d.ini:2", "is no month"},
	    {"[targets]\nnumber = 4000000\n", "d.ini:2", "is no number"},
	    {"[targets]\nnumber = 4000000 USD soon\n", "d.ini:2", "no period"}};
	struct definition d;

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		cr_assert_not(reads(lines[i].text, &d), "%s", lines[i].text);
		cr_assert_str_eq(wrong.place, lines[i].place, "%s", lines[i].text);
		cr_assert(strstr(wrong.text, lines[i].why), "%s: %s", lines[i].text,
		    wrong.text);
	}
}

Test(definition, differences_key_by_key)
{
	struct definition_change *changes;
	size_t n;

	cr_assert(definition_diff(&changes, &n, &memory,
	    "[handoff]\ntarget = 90\nhours = 09:00-17:00 ; ours\n",
	    "[handoff]\nhours = 09:00-17:00 ; yours\n[targets]\nacceptance = 70\n",
	    &wrong));
	cr_assert_eq(n, 2);
	cr_assert_str_eq(changes[0].key, "targets.acceptance");
	cr_assert_str_eq(changes[0].old_value, "");
	cr_assert_str_eq(changes[0].new_value, "70");
	cr_assert_str_eq(changes[1].key, "handoff.target");
	cr_assert_str_eq(changes[1].new_value, "");
}

/* Worked by hand: what each of these deals lacks. */
Test(definition, qualified_deals_and_what_others_lack)
{
	struct deal deals[] = {{.id = "1", .name = "Good", .account = "A", .type = "New"},
	    {.id = "2", .name = "No budget", .account = "B", .type = ""},
	    {.id = "3", .name = "Small", .account = "C", .type = ""},
	    {.id = "4", .name = "Student licence", .account = "D", .type = ""},
	    {.id = "5", .name = "Rival", .account = "E", .type = ""},
	    {.id = "6", .name = "Nothing", .account = "", .type = ""},
	    {.id = "7", .name = "Won", .account = "", .type = "", .status = DEAL_WON}};
	static const struct evidence evidence[] = {
	    {{"yes", "", "", "", "0", ""}, "retail", "a.com", 50},
	    {{" No ", "", "", "", "80", ""}, "Retail", "notrival.com", 900},
	    {{"true", "", "", "", "80", ""}, "Retail", "c.com", 12},
	    {{"1", "", "", "", "80", ""}, "Health Care", "d.com", 60},
	    {{"x", "", "", "", "A", ""}, "Retail", "eu.rival.com", 60},
	    {{"", "", "", "", "", ""}, "", "", -1},
	    {{"", "", "", "", "", ""}, "", "", -1}};
	static const char *const lacks[][4] = {{NULL}, {"budget_confirmed", NULL},
	    {"employees 12 of 50", NULL}, {"disqualified by student", NULL},
	    {"disqualified by rival.com", NULL},
	    {"budget_confirmed", "fit_score", "employees", "industry"}};
	struct deal_list list = {deals, 7};
	struct definition d;
	struct qualified q;

	cr_assert(reads(whole, &d));
	qualified_make(&q, &memory, &d, &list, evidence, 1u << REQUIRE_BUDGET);
	cr_assert_eq(q.count, 6);
	cr_assert_eq(q.passing, 1);
	cr_assert_eq(q.not_captured, 1u << REQUIRE_FIT);
	for (size_t i = 0; i < q.count; i++) {
		size_t n = 0;

		while (n < 4 && lacks[i][n])
			n++;
		cr_assert_eq(q.deals[i].n_missing, n, "%s", deals[i].name);
		for (size_t m = 0; m < n; m++)
			cr_assert_str_eq(q.deals[i].missing[m], lacks[i][m]);
	}
}

Test(definition, due_and_unsigned_are_told)
{
	struct definition d;
	struct definition_version v = {.id = 1, .at = INT64_C(20780) * DAY_SECONDS};

	cr_assert(reads(whole, &d));
	cr_assert_eq(definition_due(&v), day_from_civil(2027, 2, 23));
	cr_assert_str_eq(
	    definition_doubt(&memory, &d, &v, 20780), "not signed by CMO and VP Sales");
	v.signed_by[ROLE_CMO] = "Ana";
	cr_assert_str_eq(
	    definition_doubt(&memory, &d, &v, 20780), "not signed by the VP Sales");
	v.signed_by[ROLE_VP_SALES] = "Bo";
	cr_assert_null(definition_doubt(&memory, &d, &v, 20780));
	cr_assert_str_eq(definition_doubt(&memory, &d, &v, day_from_civil(2027, 2, 23)),
	    "due for review since 2027-02-23");
}

/* Records: versions, who may load and sign, and that undo brings the one before. */

static int64_t load_version(struct store *as, const char *text, const char *note)
{
	int64_t version = 0;
	fine(store_save_definition(as, text, strlen(text), note, &version, &err));
	return version;
}

static struct definition_version in_force(void)
{
	struct definition d;
	struct definition_version v;
	fine(store_load_definition(store, &arena, &d, &v, &err));
	return v;
}

Test(definition, versions_are_the_operators_and_signed_by_name)
{
	const char *role = "", *what = NULL;
	int64_t version = 0;
	begin();
	cr_assert_eq(in_force().id, 0);
	cr_assert_eq(
	    load_version(store, "[people]\noperator = Rev\ncmo = ANA\n", "one"), 1);
	cr_assert_not(store_save_definition(store, "", 0, "mine", &version, &err));
	cr_assert(strstr(err.text, "only the revenue operator, Rev"));
	err = (struct err)ERR_INIT;
	fine(store_sign_definition(store, &role, &err));
	cr_assert_str_eq(role, "CMO");
	cr_assert_str_eq(in_force().signed_by[ROLE_CMO], "Ana");
	fine(store_sign_definition(store, &role, &err)); /* again is once */
	struct store *rev = open_as("rev");
	cr_assert_not(store_sign_definition(rev, &role, &err));
	cr_assert(strstr(err.text, "ANA may sign it; this is rev"), "%s", err.text);
	err = (struct err)ERR_INIT;
	cr_assert_eq(
	    load_version(rev, "[calendar]\nfiscal_year_starts = may\n", "two"), 2);
	struct store_info info;
	bool changed;
	fine(store_refresh(store, &changed, &err));
	cr_assert(changed);
	cr_assert_eq(in_force().id, 2);
	cr_assert_null(in_force().signed_by[ROLE_CMO]);
	fine(store_info(store, &info, &err));
	cr_assert_eq(info.fiscal_start, 5);
	fine(store_undo(rev, &arena, &what, &err));
	cr_assert(strstr(what, "definition 2 loaded: two"), "%s", what);
	cr_assert_eq(in_force().id, 1);
	cr_assert_str_eq(in_force().signed_by[ROLE_CMO], "Ana");
	store_close(rev);
	end();
}

Test(definition, a_wrong_text_is_not_kept)
{
	int64_t version = 0;
	begin();
	cr_assert_not(store_save_definition(store, "[x]\n", 4, "", &version, &err));
	cr_assert_eq(in_force().id, 0);
	end();
}
