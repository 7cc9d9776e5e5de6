#include "huddle/demand.h"
#include "huddle/lead_score.h"
#include <criterion/criterion.h>
#include <string.h>

/* Demand states, fit and lead scores by hand. */
enum { TODAY = 20780 /* 2026-11-23 */ };

static struct arena arena = ARENA_INIT;
static struct definition definition;

static void begin(void)
{
	static const char *const states[] = {"unknown", "deciding", NULL};
	static const char *const industries[] = {"Retail", NULL};
	static struct score_points points[] = {{"webinar", 15}, {"pricing", 30}};

	definition_default(&definition);
	definition.states = states;
	definition.industries = industries;
	definition.min_employees = 50;
	definition.points = points;
	definition.n_points = 2;
	definition.handoff_at = 40;
}

static void release(void)
{
	arena_release(&arena);
}

TestSuite(leads, .init = begin, .fini = release);

Test(leads, conversion_by_state_in_the_order_of_the_definition)
{
	struct deal deals[] = {{.id = "1", .status = DEAL_WON, .created = TODAY},
	    {.id = "2", .status = DEAL_LOST, .created = TODAY},
	    {.id = "3", .status = DEAL_OPEN, .created = TODAY},
	    {.id = "4", .status = DEAL_OPEN, .created = TODAY - 400},
	    {.id = "5", .status = DEAL_OPEN, .created = TODAY}};
	struct evidence evidence[5];
	struct deal_list list = {deals, 5};
	static const char *const said[] = {
	    "Deciding", " deciding ", "warm", "unknown", ""};
	struct demand d;

	for (int i = 0; i < 5; i++) {
		evidence[i] =
		    (struct evidence){{"", "", "", said[i], "", ""}, "", "", -1};
	}
	demand_make(
	    &d, &arena, &definition, &list, evidence, (struct period){TODAY - 10, TODAY});
	cr_assert_eq(d.count, 4);
	cr_assert_str_eq(d.lines[0].state, "unknown");
	cr_assert_eq(d.lines[0].by_status[DEAL_OPEN], 0, "it was made before");
	cr_assert_str_eq(d.lines[1].state, "deciding");
	cr_assert_eq(d.lines[1].by_status[DEAL_WON], 1);
	cr_assert_float_eq(demand_win_rate(&d.lines[1]), 0.5, 1e-9);
	cr_assert_str_eq(d.lines[2].state, "warm");
	cr_assert_not(d.lines[2].defined);
	cr_assert_str_eq(d.lines[3].state, "", "what is not said comes last");
	cr_assert_float_eq(demand_win_rate(&d.lines[3]), -1, 1e-9);
	demand_make(
	    &d, &arena, &definition, &list, evidence, (struct period){DAY_NONE, TODAY});
	cr_assert_eq(d.lines[0].by_status[DEAL_OPEN], 1);
}

Test(leads, what_is_not_told_neither_fits_nor_does_not)
{
	struct deal deals[] = {{.id = "1", .name = "", .account = "", .type = ""},
	    {.id = "2", .name = "", .account = "", .type = "", .status = DEAL_WON},
	    {.id = "3", .name = "", .account = "", .type = ""},
	    {.id = "4", .name = "", .account = "", .type = "", .status = DEAL_LOST}};
	struct evidence evidence[] = {{{"", "", "", "", "", ""}, "Retail", "", 60},
	    {{"", "", "", "", "", ""}, "", "", 60},
	    {{"", "", "", "", "", ""}, "Mining", "", 60},
	    {{"", "", "", "", "", ""}, "", "", 12}};
	struct deal_list list = {deals, 4};
	struct fits f;

	fits_make(&f, &arena, &definition, &list, evidence);
	cr_assert_eq(f.by_status[FIT_YES][DEAL_OPEN], 1);
	cr_assert_eq(f.by_status[FIT_UNKNOWN][DEAL_WON], 1);
	cr_assert_eq(f.by_status[FIT_NO][DEAL_OPEN], 1);
	cr_assert_eq(
	    f.by_status[FIT_NO][DEAL_LOST], 1, "too small whatever its industry");
	cr_assert_eq(f.n_open, 2);
	cr_assert_str_eq(f.open[1].lacks[0], "industry Mining");
}

Test(leads, a_key_counts_once_and_before_mql_only)
{
	struct scored_lead one = {.id = "1", .until = 1000};
	struct scored_leads all = {&one, 1};
	struct slice none = slice_of("");

	lead_score_add(&one, &definition, 900, slice_of("Webinar"), none);
	lead_score_add(&one, &definition, 950, slice_of("webinar"), none);
	lead_score_add(
	    &one, &definition, 1001, slice_of("page"), slice_of("Pricing page"));
	lead_score_settle(&all, &definition);
	cr_assert_eq(one.points, 15);
	lead_score_add(
	    &one, &definition, 1000, slice_of("page"), slice_of("Pricing page"));
	lead_score_settle(&all, &definition);
	cr_assert_eq(one.points, 45);
}

/* 12 leads with 45 points of which 9 convert, 20 with none of which 2 do. */
Test(leads, threshold_and_keys_against_what_converted)
{
	struct scored_lead leads[33];
	struct scored_leads all = {leads, 33};
	struct lead_score s;

	for (int i = 0; i < 32; i++)
		leads[i] = (struct scored_lead){.created = TODAY - 30,
		    .keys = i < 12 ? 3 : 0,
		    .converted = i < 9 || i >= 30};
	leads[32] = (struct scored_lead){.created = TODAY - 400, .keys = 3};
	lead_score_settle(&all, &definition);
	lead_score_make(&s, &definition, &all, TODAY - 30);
	cr_assert_eq(s.all.leads, 32, "one is too old");
	cr_assert_eq(s.months[SCORE_LEAD_MONTHS - 1].above.leads, 12);
	cr_assert_eq(s.months[SCORE_LEAD_MONTHS - 1].above.converted, 9);
	cr_assert_eq(s.months[SCORE_LEAD_MONTHS - 1].below.leads, 20);
	cr_assert_eq(s.months[SCORE_LEAD_MONTHS - 1].below.converted, 2);
	cr_assert_eq(s.keys[0].with.leads, 12);
	cr_assert_eq(s.keys[1].without.converted, 2);
	cr_assert_eq(s.n_thresholds, 1);
	cr_assert_eq(s.thresholds[0].points, 45);
	cr_assert_eq(s.best, 0);
	all.count = 15; /* too few without points */
	lead_score_make(&s, &definition, &all, TODAY - 30);
	cr_assert_eq(s.best, -1);
}
