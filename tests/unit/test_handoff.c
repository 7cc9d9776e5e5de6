#include "sync_fixture.h"

#include "huddle/cli.h"
#include "huddle/report_handoff.h"
#include "huddle/store_leads.h"
#include "huddle/zone.h"
#include <math.h>

/* The handoff: every state worked out by hand, and a run of the program. */

static struct arena arena;
static struct handoff handoff;
static struct str out;

static void begin(void)
{
	sync_setup();
}

static void end(void)
{
	arena_release(&arena);
	str_release(&out);
	sync_teardown();
}

TestSuite(handoff, .init = begin, .fini = end, .timeout = 60);

static struct handoff_rules rules = {.hours = {.zone = NULL, /* UTC */
                                         .opens = 9 * 60,
                                         .closes = 17 * 60,
                                         .days = {.weekend = 1u << 5 | 1u << 6}},
    .touch_within = {4, SPAN_BUSINESS_HOURS},
    .accept_within = {48, SPAN_HOURS},
    .reach_within = {5, SPAN_BUSINESS_DAYS},
    .target = 90};

/* "23 10:00" of November 2026; "23" is the whole day; NULL never. */
static struct lead_time when(const char *text)
{
	int day, hour = 0, minute = 0;
	if (!text)
		return (struct lead_time){INSTANT_NONE, false};
	int n = sscanf(text, "%d %d:%d", &day, &hour, &minute);
	instant_t at = day_from_civil(2026, 11, day) * INT64_C(86400);
	return (struct lead_time){at + (hour * 60 + minute) * INT64_C(60), n == 1};
}

struct given {
	const char *id, *owner, *reason;
	const char *at[LEAD_EVENTS]; /* MQL, assigned, touched, reached, accepted ... */
	unsigned absent;             /* bits of what is not captured */
};

static void make(const struct given *given, size_t count, const char *now)
{
	static struct lead_list list;
	list = (struct lead_list){
	    .items = arena_alloc(&arena, (count + 1) * sizeof *list.items),
	    .count = count,
	    .all = (int64_t)count,
	    .with_mql = (int64_t)count};
	for (size_t i = 0; i < count; i++) {
		struct lead *lead = &list.items[i];
		*lead = (struct lead){.id = given[i].id,
		    .name = given[i].id,
		    .company = "",
		    .source = "Web",
		    .owner = given[i].owner ? given[i].owner : "",
		    .reason = given[i].reason ? given[i].reason : "",
		    .captured = ~given[i].absent};
		for (int e = 0; e < LEAD_EVENTS; e++)
			lead->at[e] = when(given[i].at[e]);
	}
	struct handoff_input in = {.leads = &list,
	    .rules = &rules,
	    .now = when(now).at,
	    .period = {day_from_civil(2026, 11, 16), day_from_civil(2026, 11, 26)}};
	handoff_make(&handoff, &arena, &in);
}

static const struct handoff_lead *lead_of(const char *id)
{
	for (size_t i = 0; i < handoff.count; i++)
		if (!strcmp(handoff.leads[i].lead->id, id))
			return &handoff.leads[i];
	cr_assert(false, "%s is not counted", id);
	return NULL;
}

/* Hours in tenths, at the least and at the most. */
static void is(const char *id, enum sla_verdict verdict, bool open, int least, int most)
{
	const struct handoff_lead *l = lead_of(id);
	cr_expect_eq(l->touch.verdict, verdict, "%s: %d", id, (int)l->touch.verdict);
	cr_expect_eq(l->touch.open, open, "%s", id);
	cr_expect(l->hours.least == least * 360 && l->hours.most == most * 360,
	    "%s: %lld to %lld s", id, (long long)l->hours.least,
	    (long long)l->hours.most);
}

#define counts_are(counts, none, met, missed, open, unclear)                          \
	cr_expect(counts[SLA_NOT_JUDGED] == (none) && counts[SLA_MET] == (met) &&     \
	              counts[SLA_MISSED] == (missed) && counts[SLA_OPEN] == (open) && \
	              counts[SLA_UNCLEAR] == (unclear),                               \
	    #counts ": %d %d %d %d %d", counts[SLA_NOT_JUDGED], counts[SLA_MET],      \
	    counts[SLA_MISSED], counts[SLA_OPEN], counts[SLA_UNCLEAR])

/* 20 November 2026 is a Friday, 26 a Thursday: now is 26, 12:00. */
static const struct given every_state[] = {
    {"met", "Ana", NULL, {"23 09:00", "23 10:00", "23 12:30", "25 10:00", "24 09:00"}, 0},
    {"missed", "Ben", "No budget",
        {"20 16:00", "20 16:30", "23 14:00", NULL, NULL, "24 09:00"}, 0},
    {"breach", "Ben", NULL, {"25 09:00", "25 10:00"}, 0},
    {"in time", "Ana", NULL, {"26 09:00", "26 10:00"}, 0},
    {"unassigned", "Ana", NULL, {"25 10:00"}, 0},
    {"early", "Ana", " ",
        {"24 09:00", "24 11:00", "24 10:00", NULL, "24 12:00", "25 12:00"}, 0},
    {"converted", "Ana", NULL,
        {"24 09:00", "24 09:00", NULL, NULL, NULL, NULL, NULL, "24 11:00"}, 0},
    {"again", "Ben", "Student",
        {"24 13:00", "24 13:00", "10 10:00", NULL, NULL, "11 10:00", "12 10:00"}, 0},
    {"both", "Ana", NULL,
        {"23 09:00", "23 09:00", "23 10:00", NULL, "24 10:00", "24 10:00"}, 0},
    {"unclear", "Ana", NULL, {"23", "23", "23"}, 0},
    {"day met", "Ana", NULL, {"23", "23 14:00", "23"}, 0},
    {"day missed", "Ana", NULL, {"23", "23", "25"}, 0},
    {"no MQL", "Ana", NULL, {NULL, "23 09:00", NULL, NULL, NULL, NULL, NULL, "24 11:00"},
        0},
    {"long ago", "Ana", NULL, {"09 09:00", "10 09:00"}, 0},
    {"recycled", "Ben", NULL,
        {"23 09:00", "23 09:00", NULL, NULL, NULL, NULL, "24 09:00"}, 0},
    {"nobody's", NULL, NULL, {"23 09:00", NULL, NULL, NULL, NULL, NULL, NULL, "24 09:00"},
        0},
    {"tomorrow", "Ana", NULL, {"26 11:00", "26 11:00", "27 09:00"}, 0}};

Test(handoff, every_state_by_hand)
{
	make(every_state, sizeof every_state / sizeof *every_state, "26 12:00");
	is("met", SLA_MET, false, 25, 25);
	is("missed", SLA_MISSED, false, 55, 55);
	is("breach", SLA_MISSED, true, 100, 100);
	is("in time", SLA_OPEN, true, 20, 20);
	is("early", SLA_MET, false, 0, 0);
	is("converted", SLA_MET, false, 20, 20);
	is("again", SLA_MISSED, true, 150, 150);
	is("both", SLA_MET, false, 10, 10);
	is("unclear", SLA_UNCLEAR, false, 0, 80);
	is("day met", SLA_MET, false, 0, 30);
	is("day missed", SLA_MISSED, false, 80, 240);
	is("recycled", SLA_MISSED, false, 80, 80);
	is("tomorrow", SLA_OPEN, true, 10, 10);
	cr_expect_eq(handoff.count, 15);
	counts_are(handoff.touch, 0, 5, 5, 2, 1);
	counts_are(handoff.accept, 1, 4, 4, 4, 0);
	counts_are(handoff.reach, 4, 2, 0, 7, 0);
	cr_expect_eq(handoff.open_breaches, 2);
	cr_expect_eq(handoff.unassigned, 2);
	cr_expect_eq(handoff.waiting, 1);
	cr_expect_eq(handoff.early, 1);
	cr_expect(lead_of("early")->early);
	cr_expect_eq(handoff.implied, 2);
	cr_expect(lead_of("converted")->implied);
	cr_expect_eq(handoff.accepted, 3);
	cr_expect_eq(handoff.rejected, 2);
	cr_expect_eq(handoff.both, 1);
	cr_expect_eq(handoff.contradicted, 1);
	cr_expect_eq(handoff.recycled, 1);
	cr_expect_eq(handoff.without_mql, 1);
	/* 0 1 2 2.5 5.5 8 10 15: the fourth and the eighth */
	cr_expect_eq(handoff.with_hours, 8);
	cr_expect_eq(handoff.median, 9000);
	cr_expect_eq(handoff.p90, 15 * 3600);
	cr_expect(handoff_rejects_many(&handoff));
}

Test(handoff, by_owner_source_and_reason)
{
	make(every_state, sizeof every_state / sizeof *every_state, "26 12:00");
	const struct handoff_group *owners = handoff.owners.items;
	cr_assert_eq(handoff.owners.count, 2);
	cr_expect_str_eq(owners[0].name, "Ben");
	cr_expect(owners[0].mqls == 4 && owners[0].met == 0 && owners[0].missed == 4);
	cr_expect_str_eq(owners[1].name, "Ana");
	cr_expect(owners[1].mqls == 9 && owners[1].met == 5 && owners[1].missed == 1);
	cr_assert_eq(handoff.sources.count, 1);
	cr_expect_eq(handoff.sources.items[0].mqls, 15);
	cr_assert_eq(handoff.reasons.count, 2);
	cr_expect_str_eq(handoff.reasons.items[0].name, "");
	cr_expect_str_eq(handoff.reasons.items[1].name, "No budget");
	/* Missed by most first. */
	cr_expect_str_eq(handoff.leads[0].lead->id, "again");
	cr_expect_str_eq(handoff.leads[1].lead->id, "breach");
}

Test(handoff, what_no_export_holds_is_no_miss)
{
	const struct given given[] = {
	    {"no touches", "Ana", NULL, {"23 09:00", "23 09:00"}, 1u << LEAD_TOUCHED},
	    {"by acceptance", "Ana", NULL,
	        {"23 09:00", "23 09:00", NULL, NULL, "23 11:00"}, 1u << LEAD_TOUCHED},
	    {"late acceptance", "Ana", NULL,
	        {"23 09:00", "23 09:00", NULL, NULL, "24 11:00"}, 1u << LEAD_TOUCHED},
	    {"no assigned", "Ana", NULL, {"23 09:00", NULL, "23 10:00"},
	        1u << LEAD_ASSIGNED | 1u << LEAD_ACCEPTED | 1u << LEAD_REACHED},
	    {"nobody", NULL, NULL, {"23 09:00", NULL, "23 10:00"}, 1u << LEAD_ASSIGNED}};
	make(given, 5, "26 12:00");
	cr_expect_eq(lead_of("no touches")->touch.verdict, SLA_NOT_JUDGED);
	cr_expect_eq(lead_of("no touches")->hours.least, -1);
	is("by acceptance", SLA_MET, false, 0, 20);
	is("late acceptance", SLA_UNCLEAR, false, 0, 100);
	is("no assigned", SLA_MET, false, 10, 10);
	cr_expect_eq(lead_of("no assigned")->accept.verdict, SLA_NOT_JUDGED);
	cr_expect_eq(lead_of("no assigned")->reach.verdict, SLA_NOT_JUDGED);
	cr_expect_not(lead_of("nobody")->assigned);
	cr_expect_eq(handoff.from_mql, 1);
	cr_expect_eq(handoff.untold, 3);
	cr_expect_eq(handoff.open_breaches, 0);
}

Test(handoff, nothing_to_count_from)
{
	make(NULL, 0, "26 12:00");
	cr_expect_eq(handoff.count, 0);
	cr_expect_eq(handoff.median, -1);
	cr_expect(isnan(handoff_share(0, 0)));
	cr_expect_not(handoff_rejects_many(&handoff));
	struct lead_list none = {0};
	struct handoff_report r = {.handoff = &handoff, .leads = &none, .when = ""};
	report_handoff_json(&out, &r);
	cr_has(str_text(&out), "\"mqls\":0,\"met\":0,\"missed\":0,\"adherence\":null");
	cr_has(str_text(&out), "\"acceptance_rate\":null");
	cr_has(str_text(&out), "\"median_hours\":null,\"p90_hours\":null");
	str_clear(&out);
	struct report report = {.today = day_from_civil(2026, 11, 26), .width = 100};
	report_handoff(&out, &report, &r);
	cr_has(str_text(&out), "No leads are loaded");
	none.all = 3;
	str_clear(&out);
	report_handoff(&out, &report, &r);
	cr_has(str_text(&out), "none of them says when it was MQL");
}

static unsigned seed;
static int below(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 8) % n;
}

/* In an order that leads have: assigned after MQL, converted last. */
static struct lead any_lead(const struct zone *zone)
{
	struct lead lead = {.id = "x",
	    .name = "x",
	    .company = "",
	    .owner = "Ana",
	    .source = "",
	    .reason = "",
	    .captured = ~0u};
	instant_t mql = zone_to_utc(zone, when("16").at) + below(9 * DAY_SECONDS);
	instant_t last = mql;
	for (int e = 0; e < LEAD_EVENTS; e++) {
		lead.at[e] = when(NULL);
		if (e == LEAD_MQL)
			lead.at[e].at = mql;
		else if (below(4))
			lead.at[e].at =
			    e == LEAD_CONVERTED
			        ? last + below(2 * DAY_SECONDS)
			        : mql + below(below(2) ? 9000 : 5 * DAY_SECONDS);
		if (lead.at[e].at > last)
			last = lead.at[e].at;
	}
	lead.at[LEAD_RECYCLED] = when(NULL);
	return lead;
}

static struct handoff judged(struct lead *lead)
{
	struct lead_list list = {.items = lead, .count = 1};
	struct handoff_input in = {.leads = &list,
	    .rules = &rules,
	    .now = when("30 12:00").at + 4 * DAY_SECONDS, /* after all of it */
	    .period = {day_from_civil(2026, 11, 1), day_from_civil(2026, 11, 30)}};
	handoff_make(&handoff, &arena, &in);
	cr_assert_eq(handoff.count, 1);
	return handoff;
}

static void agrees(const struct sla_result *sure, const struct sla_result *vague)
{
	cr_assert(vague->verdict == sure->verdict || vague->verdict == SLA_UNCLEAR,
	    "%d is said to be %d", (int)sure->verdict, (int)vague->verdict);
}

/* With whole days in place of times a lead is never said to be what it is not. */
Test(handoff, days_without_a_time_never_say_too_much)
{
	seed = 3;
	rules.hours.zone = zone_find("Europe/Berlin");
	for (int round = 0; round < 20000; round++) {
		struct lead lead = any_lead(rules.hours.zone), vague = lead;
		for (int e = 0; e < LEAD_EVENTS; e++)
			if (lead.at[e].at != INSTANT_NONE && !below(3)) {
				int64_t wall =
				    zone_from_utc(rules.hours.zone, lead.at[e].at);
				vague.at[e] = (struct lead_time){
				    day_of_instant(wall) * INT64_C(86400), true};
			}
		struct handoff a = judged(&lead), b = judged(&vague);
		const struct handoff_lead *x = a.leads, *y = b.leads;
		if (!x->assigned)
			continue;
		agrees(&x->touch, &y->touch);
		agrees(&x->accept, &y->accept);
		agrees(&x->reach, &y->reach);
		cr_assert(y->outcome == x->outcome || y->outcome == LEAD_CONTRADICTED);
		cr_assert(
		    y->hours.least <= x->hours.least && x->hours.least <= y->hours.most,
		    "round %d: %lld is not within %lld and %lld", round,
		    (long long)x->hours.least, (long long)y->hours.least,
		    (long long)y->hours.most);
		arena_clear(&arena);
	}
}

/* Just under and just over 30 percent; of none there is no warning. */
Test(handoff, when_rejections_are_many)
{
	struct handoff h = {.accepted = 71, .rejected = 29};
	cr_expect_not(handoff_rejects_many(&h));
	h = (struct handoff){.accepted = 70, .rejected = 30};
	cr_expect(handoff_rejects_many(&h));
}

/* The deadline is within the time; a second later is not. */
Test(handoff, to_the_second)
{
	struct given given[] = {{"x", "Ana", NULL, {"23 09:00", "23 09:00"}, 0}};
	make(given, 1, "23 13:00");
	is("x", SLA_OPEN, true, 40, 40);
	cr_expect_eq(lead_of("x")->due, when("23 13:00").at);
	make(given, 1, "23 13:01");
	cr_expect_eq(lead_of("x")->touch.verdict, SLA_MISSED);
	given[0].at[LEAD_TOUCHED] = "23 13:00";
	make(given, 1, "26 12:00");
	is("x", SLA_MET, false, 40, 40);
	given[0].at[LEAD_TOUCHED] = "23 13:01";
	make(given, 1, "26 12:00");
	cr_expect_eq(lead_of("x")->touch.verdict, SLA_MISSED);
	/* At once is not before. */
	given[0].at[LEAD_TOUCHED] = "23 09:00";
	make(given, 1, "26 12:00");
	is("x", SLA_MET, false, 0, 0);
	cr_expect_not(lead_of("x")->early);
	/* CRMs give the day of a conversion only, and what led to it came before. */
	given[0].at[LEAD_TOUCHED] = NULL;
	given[0].at[LEAD_ACCEPTED] = "23 11:00";
	given[0].at[LEAD_CONVERTED] = "23";
	make(given, 1, "26 12:00");
	is("x", SLA_MET, false, 20, 20);
}

static const char co[] =
    "[source]\nname = co\n[leads]\nfiles = l*.csv\nid = Id\nname = Name\n"
    "owner = Owner\nsource = Source\nmql_at = Mql\nassigned_at = Assigned\n"
    "touched_at = Touched\nreached_at = Reached\naccepted_at = Accepted\n"
    "rejected_at = Rejected\nreject_reason = Reason\nrecycled_at = Recycled\n"
    "converted_at = Converted\n[activities]\nfiles = v*.csv\nid = Id\n"
    "lead_id = Lead\nkind = Kind\nwhen = When\ndirection = Dir\ndone = Done\n";

#define LEADS                                                              \
	"Id,Name,Owner,Source,Mql,Assigned,Touched,Reached,Accepted,"      \
	"Rejected,Reason,Recycled,Converted\n"                             \
	"L1,Ada,Ana,Web,2026-11-20T16:00:00Z,2026-11-20T16:30:00Z,"        \
	"2026-11-23T09:30:00Z,,2026-11-23T10:00:00Z,,,,\n"                 \
	"L2,Bob,Ben,Event,2026-11-20T09:00:00Z,2026-11-20T09:00:00Z,"      \
	"2026-11-23T09:20:00Z,,,2026-11-23T10:00:00Z,No budget,,\n"        \
	"L3,Cy,Ben,Web,2026-11-23T09:00:00Z,2026-11-23T09:00:00Z,,,,,,,\n" \
	"L4,Di,Ana,Web,2026-11-23T09:00:00Z,2026-11-23T09:00:00Z,,,,,,,\n" \
	"L5,Eve,,Web,2026-11-23T09:00:00Z,,,,,,,,\n"
/* Only the last but one of L4's is a touch: the others are before its clock, a task,
 * from the buyer or not done. */
#define ACTIVITIES                                   \
	"Id,Lead,Kind,When,Dir,Done\n"               \
	"V1,L4,call,2026-11-20T10:00:00Z,out,yes\n"  \
	"V2,L4,task,2026-11-23T09:10:00Z,,yes\n"     \
	"V3,L4,email,2026-11-23T09:20:00Z,in,yes\n"  \
	"V4,L4,call,2026-11-23T09:30:00Z,out,no\n"   \
	"V5,L4,email,2026-11-23T11:15:00Z,out,yes\n" \
	"V6,L4,meeting,2026-11-23T12:00:00Z,,\n"

/* What the program prints for a line of words without blanks in them. */
static const char *program(const char *line)
{
	static char text[65536], words[PATH_MAX + 512];
	char *argv[32] = {(char *)"huddle"};
	int argc = 1;
	snprintf(words, sizeof words, "--db=%s %s", db_path, line);
	for (char *word = strtok(words, " "); word; word = strtok(NULL, " "))
		argv[argc++] = word;
	cr_assert(freopen(in_folder("out"), "w", stdout));
	cr_assert_eq(cli_main(argc, argv), EXIT_OK, "%s", line);
	cr_assert(freopen("/dev/null", "w", stdout));
	FILE *f = fopen(in_folder("out"), "r");
	cr_assert_not_null(f);
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	return text;
}

#define NO_STATES "\"before_start\":false,\"without_touch\":false,\"by_activity\":"
#define END_STATES(outcome, reason) \
	",\"outcome\":" outcome ",\"reason\":" reason ",\"recycled\":false}"

static const char expected[] =
    "{\"from\":\"2026-11-16\",\"to\":\"2026-11-23\",\"mqls\":5,\"met\":2,\"missed\":2,"
    "\"adherence\":0.5,\"accepted\":1,\"rejected\":1,\"acceptance_rate\":0.5,"
    "\"rejection_rate\":0.5,\"rejection_warning\":true,\"median_hours\":2.25,"
    "\"p90_hours\":8.33,\"open_breaches\":1,\"target\":0.90,"
    "\"accept\":{\"met\":0,\"missed\":2,\"open\":2,\"unclear\":0,\"adherence\":0},"
    "\"reach\":{\"met\":0,\"missed\":0,\"open\":3,\"unclear\":0,\"adherence\":null},"
    "\"open\":0,\"unclear\":0,\"not_judged\":0,\"unassigned\":1,\"waiting\":1,"
    "\"before_start\":0,\"without_touch\":0,\"by_activity\":1,\"clock_from_mql\":0,"
    "\"touch_not_captured\":0,\"accepted_and_rejected\":0,\"contradicted\":0,"
    "\"recycled\":0,\"converted_without_mql\":0,"
    "\"by_owner\":[{\"owner\":\"Ben\",\"mqls\":2,\"met\":0,\"missed\":2,\"adherence\":0,"
    "\"accepted\":0,\"rejected\":1},{\"owner\":\"Ana\",\"mqls\":2,\"met\":2,\"missed\":0,"
    "\"adherence\":1,\"accepted\":1,\"rejected\":0}],"
    "\"by_source\":[{\"source\":\"Event\",\"mqls\":1,\"met\":0,\"missed\":1,"
    "\"adherence\":0,\"accepted\":0,\"rejected\":1},{\"source\":\"Web\",\"mqls\":4,"
    "\"met\":2,\"missed\":1,\"adherence\":0.66666666666666663,\"accepted\":1,"
    "\"rejected\":0}],\"reasons\":[{\"reason\":\"No budget\",\"count\":1}],\"leads\":["
    "{\"id\":\"L2\",\"name\":\"Bob\",\"company\":null,\"owner\":\"Ben\","
    "\"source\":\"Event\",\"hours\":8.33,\"hours_least\":8.33,\"hours_most\":8.33,"
    "\"met\":false,\"state\":\"missed\",\"due\":\"2026-11-20T13:00:00Z\"," NO_STATES
    "false" END_STATES("\"rejected\"",
        "\"No budget\"") ","
                         "{\"id\":\"L3\",\"name\":\"Cy\",\"company\":null,\"owner\":"
                         "\"Ben\","
                         "\"source\":\"Web\",\"hours\":8.00,\"hours_least\":8.00,\"hours_"
                         "most\":8.00,"
                         "\"met\":false,\"state\":\"open "
                         "breach\",\"due\":\"2026-11-23T13:00:00Z\"," NO_STATES
                         "false" END_STATES("null",
                             "null") ","
                                     "{\"id\":\"L5\",\"name\":\"Eve\",\"company\":null,"
                                     "\"owner\":null,"
                                     "\"source\":\"Web\",\"hours\":null,\"hours_least\":"
                                     "null,\"hours_most\":null,"
                                     "\"met\":null,\"state\":\"unassigned\",\"due\":"
                                     "null," NO_STATES "false" END_STATES("null",
                                         "null") ","
                                                 "{\"id\":\"L4\",\"name\":\"Di\","
                                                 "\"company\":null,\"owner\":\"Ana\","
                                                 "\"source\":\"Web\",\"hours\":2.25,"
                                                 "\"hours_least\":2.25,\"hours_most\":2."
                                                 "25,"
                                                 "\"met\":true,\"state\":\"met\",\"due\":"
                                                 "\"2026-11-23T13:00:00Z\"," NO_STATES
                                                 "true" END_STATES("null",
                                                     "null") ","
                                                             "{\"id\":\"L1\",\"name\":"
                                                             "\"Ada\",\"company\":null,"
                                                             "\"owner\":\"Ana\","
                                                             "\"source\":\"Web\","
                                                             "\"hours\":1.00,\"hours_"
                                                             "least\":1.00,\"hours_"
                                                             "most\":1.00,"
                                                             "\"met\":true,\"state\":"
                                                             "\"met\",\"due\":\"2026-11-"
                                                             "23T12:30:00Z\"," NO_STATES
                                                             "false" END_STATES(
                                                                 "\"accepted\"",
                                                                 "null") "]}\n";

Test(handoff, a_run_of_the_program)
{
	put("../co.ini", co);
	put("l.csv", LEADS);
	put("v.csv", ACTIVITIES);
	assert_status(EXIT_OK, sync_co());
	const char *json = program("handoff --from 2026-11-16 --to 2026-11-23 --json "
	                           "--today 2026-11-23");
	cr_expect_str_eq(json, expected, "%s", json);
	const char *text = program("handoff --today 2026-11-23");
	cr_has(text, "Handoff of leads, 16 Nov to 23 Nov, last week and this one so far");
	cr_has(text, "MQLs 5: 2 met, 2 missed (1 of them not touched yet)");
	cr_has(text, "Warning: 30% or more");
	cr_has(text, "missed by 4 h 20");
	cr_has(text, "missed by 4 h 00 so far");
	cr_has(text, "1 never assigned");
	text = program("handoff --today 2026-11-23 --owner ana");
	cr_has(text, "MQLs 2: 2 met, 0 missed");
	text = program("handoff --from 2026-01-01 --to 2026-01-31");
	cr_has(text, "No lead became MQL in this time; 5 of all 5 leads did at another");
}

static const char vague[] =
    "[source]\nname = co\n[contacts]\nfiles = c*.csv\nid = Id\nname = Name\n"
    "[leads]\nfiles = l*.csv\nid = Id\nowner = Owner\nmql_at = Mql\n"
    "assigned_at = Assigned\ntouched_at = Touched\nrecycled_at = Recycled\n"
    "contact_id = Contact\n[activities]\nfiles = v*.csv\nid = Id\n"
    "contact_id = Contact\nkind = Kind\nwhen = When\n";

/* Days without times; a touch by the contact that the lead became, one of the round
 * before, and a task. */
Test(handoff, days_and_contacts_of_exports)
{
	struct lead_list leads;
	struct err err = ERR_INIT;
	put("../co.ini", vague);
	put("c.csv", "Id,Name\nC1,Ada\nC2,Bob\n");
	put("l.csv", "Id,Owner,Mql,Assigned,Touched,Recycled,Contact\n"
	             "L1,Ana,2026-11-16,2026-11-16,2026-11-19,,\n"
	             "L2,Ana,2026-11-16T09:00:00Z,2026-11-16T09:00:00Z,,,C1\n"
	             "L3,Ana,2026-11-16T09:00:00Z,2026-11-16T09:00:00Z,"
	             "2026-10-01T09:00:00Z,2026-10-05T09:00:00Z,C2\n");
	put("v.csv", "Id,Contact,Kind,When\nV1,C1,Task,2026-11-16T09:30:00Z\n"
	             "V2,C1,Call,2026-11-16T11:00:00Z\nV3,C2,Email,2026-11-17T10:00:00Z\n"
	             "V4,C2,Email,2026-11-16T08:00:00Z\n");
	assert_status(EXIT_OK, sync_co());
	struct store *store = store_here(true);
	struct handoff_input in = {.leads = &leads,
	    .rules = &rules,
	    .now = when("20 12:00").at,
	    .period = {day_from_civil(2026, 11, 16), day_from_civil(2026, 11, 20)}};
	cr_assert(store_load_leads(store, &arena, in.period, NULL, &leads, &err), "%s",
	    err.text);
	handoff_make(&handoff, &arena, &in);
	store_close(store);
	cr_expect_eq(handoff.count, 3);
	is("L1", SLA_MISSED, false, 160, 320);
	is("L2", SLA_MET, false, 20, 20);
	is("L3", SLA_MISSED, false, 90, 90);
	cr_expect_eq(handoff.by_activity, 2);
	cr_expect_eq(lead_of("L1")->accept.verdict, SLA_NOT_JUDGED);
	/* The lead has no name in its export. */
	cr_expect_str_eq(lead_of("L1")->lead->name, "");
}
