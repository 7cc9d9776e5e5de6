#include <criterion/criterion.h>

#include "huddle/deal.h"
#include "huddle/rules.h"
#include <string.h>

static struct arena words;

enum { TODAY = 20780 }; /* 2026-11-23, a Monday */
#define AGO(n) ((instant_t)(TODAY - (n)) * DAY_SECONDS)

static struct arena arena;
static struct str problems;

static void clean_up(void)
{
	arena_release(&arena);
	str_release(&problems);
}

TestSuite(rules, .fini = clean_up);

static bool read_text(const char *text, struct risk_rules **out, struct err *err)
{
	struct ini ini;
	struct err bad = ERR_INIT;
	cr_assert(
	    ini_parse(&ini, &arena, "h.ini", text, strlen(text), &bad), "%s", bad.text);
	str_clear(&problems);
	return risk_rules_read(out, &arena, &ini, &problems, err);
}

static struct risk_rules *rules_of(const char *text)
{
	struct risk_rules *rules;
	struct err err = ERR_INIT;
	cr_assert(read_text(text, &rules, &err), "%s", str_text(&problems));
	return rules;
}

static struct deal idle(int days)
{
	return (struct deal){.id = "1",
	    .name = "Acme",
	    .stage = "Negotiation",
	    .next_step = "Call",
	    .forecast = FORECAST_PIPELINE,
	    .created = TODAY - 200,
	    .close_date = TODAY + 60,
	    .stage_since = TODAY - 5,
	    .next_step_date = DAY_NONE,
	    .facts = {.stage_back = DAY_NONE,
	        .activities_known = true,
	        .last_activity = AGO(days),
	        .last_inbound = AGO(days),
	        .next_activity = INSTANT_NONE}};
}

static const char *reason(
    struct deal *deal, const struct risk_rules *rules, enum risk_signal signal)
{
	struct rater rater = {.rules = rules};
	risk_rate(deal, &rater, TODAY);
	risk_say(deal, &rater, TODAY, &words);
	for (int i = 0; i < deal->risk.n_reasons; i++)
		if (deal->risk.reasons[i].signal == signal)
			return deal->risk.reasons[i].text;
	return "";
}

Test(rules, nothing_set_is_the_defaults)
{
	struct risk_rules *rules = rules_of("sort = risk\n[keys]\nquit = x\n");
	cr_expect_eq(memcmp(rules, risk_rules_default(), sizeof *rules), 0);
}

Test(rules, a_threshold_is_exact)
{
	struct risk_rules *rules = rules_of("[risk]\nidle-warn = 5\nidle-critical = 9\n");
	struct deal four = idle(4), five = idle(5), nine = idle(9);
	cr_expect_str_empty(reason(&four, rules, SIGNAL_IDLE_SALES));
	cr_expect_str_eq(
	    reason(&five, rules, SIGNAL_IDLE_SALES), "no sales activity for 5 days");
	int warned = five.risk.points;
	reason(&nine, rules, SIGNAL_IDLE_SALES);
	cr_expect_gt(nine.risk.points, warned);
	cr_expect_str_empty(reason(&five, NULL, SIGNAL_IDLE_SALES));
}

Test(rules, a_stage_has_its_own_wherever_it_stands)
{
	struct risk_rules *rules = rules_of("[risk.stage.NEGOTIATION]\nidle-warn = 3\n"
	                                    "[risk]\nidle-critical = 8\n");
	struct deal deal = idle(3), other = idle(7), late = idle(8);
	other.stage = "Proposal";
	cr_expect_str_not_empty(reason(&deal, rules, SIGNAL_IDLE_SALES));
	cr_expect_str_empty(reason(&other, rules, SIGNAL_IDLE_SALES));
	cr_expect_eq(risk_limits_of(rules, "negotiation")->idle_critical, 8);
	cr_expect_str_not_empty(reason(&late, rules, SIGNAL_IDLE_SALES));
}

Test(rules, business_days_leave_out_weekends_and_holidays)
{
	struct risk_rules *rules =
	    rules_of("[risk]\ndays = business\nholidays = 2026-11-19\nidle-warn = 8\n");
	struct deal deal = idle(12); /* Wednesday the 11th: 8 without two weekends, 7 */
	struct deal more = idle(13);
	cr_expect_str_empty(reason(&deal, rules, SIGNAL_IDLE_SALES));
	cr_expect_str_eq(reason(&more, rules, SIGNAL_IDLE_SALES),
	    "no sales activity for 8 business days");
}

Test(rules, a_close_date_is_of_calendar_days)
{
	struct risk_rules *rules = rules_of("[risk]\ndays = business\n");
	struct deal deal = idle(0);
	deal.close_date = TODAY - 3;
	cr_expect_str_eq(
	    reason(&deal, rules, SIGNAL_OVERDUE), "close date passed 3 days ago");
}

Test(rules, a_signal_that_is_off_neither_counts_nor_is_unknown)
{
	struct risk_rules *rules =
	    rules_of("[risk.signals]\nidle_sales = off\nidle_marketing = off\n");
	struct deal deal = idle(40);
	cr_expect_str_not_empty(reason(&deal, NULL, SIGNAL_IDLE_SALES));
	cr_expect(deal.risk.unknown >> SIGNAL_IDLE_MARKETING & 1);
	cr_expect_str_empty(reason(&deal, rules, SIGNAL_IDLE_SALES));
	cr_expect_not(deal.risk.unknown >> SIGNAL_IDLE_MARKETING & 1);
}

Test(rules, levels)
{
	struct risk_rules *rules = rules_of("[risk]\nlevel-watch = 1\nlevel-high = 2\n");
	struct deal deal = idle(0);
	reason(&deal, rules, SIGNAL_IDLE_SALES);
	cr_expect_eq(deal.risk.level, RISK_HIGH);
}

Test(rules, wrong_lines_are_told_and_left_out)
{
	static const struct {
		const char *text, *told;
	} cases[] = {
	    {"[risk]\nidle-warn = x\n", "idle-warn is \"x\"; write days from 1 to 9999"},
	    {"[risk]\nidle-warn = 0\n", "idle-warn is \"0\""},
	    {"[risk]\nidle-warn = 99999999999999999999\n", "idle-warn is"},
	    {"[risk]\nidle = 3\n", "idle is no setting of slip risk"},
	    {"[risk]\ndays = worked\n", "write calendar or business"},
	    {"[risk]\nholidays = 2026-02-30\n", "\"2026-02-30\" is no date"},
	    {"[risk]\nweekend = mon,tue,wed,thu,fri,sat,sun\n", "weekend leaves no day"},
	    {"[risk]\nweekend = off\n", "weekend has \"off\""},
	    {"[risk.signals]\npush = off\n", "push is no signal"},
	    {"[risk.signals]\npushes = 0\n", "write on or off"},
	    {"[risk.stage.A]\nlevel-high = 3\n", "move it to [risk]"},
	    {"[risk]\nidle-warn = 40\n", "idle-warn is 40 and idle-critical is 30"},
	    {"[risk]\nlevel-watch = 90\n", "level-watch is 90 and"},
	    {"[risk]\nback-critical = 300\n", "back-critical is 300 and"},
	    {"[risk.stage.A]\ntouch-warn = 900\n", "touch-warn is 900 and"},
	    {"[risk.stages]\n", "is no section of slip risk"},
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct risk_rules *rules;
		struct err err = ERR_INIT;
		cr_expect_not(
		    read_text(cases[i].text, &rules, &err), "%s", cases[i].text);
		cr_expect_not_null(strstr(err.text, cases[i].told), "%s", err.text);
		cr_expect_eq(err.status, EXIT_USAGE);
		cr_expect_eq(strncmp(err.place, "h.ini:", 6), 0);
		rules->n_stages = 0;
		rules->stages = NULL;
		cr_expect_eq(memcmp(rules, risk_rules_default(), sizeof *rules), 0);
	}
}

static unsigned seed = 11;

static int upto(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)((seed >> 8) % (unsigned)n);
}

/* The smaller of a pair, which must not be larger than the other. */
static bool is_lesser(const char *key)
{
	const char *dash = strrchr(key, '-');
	return !strcmp(key, "level-watch") || !strcmp(key, "close-near") ||
	       !strcmp(key, "back-critical") ||
	       (!strcmp(dash, "-warn") && strcmp(key, "back-warn") != 0);
}

/* Half of the thresholds at random, within their ranges and on their side of the
 * default. */
static void put_random(struct str *text, bool of_stage)
{
	const struct risk_rule *rule;
	for (int i = 0; (rule = risk_rule_at(i)); i++) {
		int usual = risk_rule_value(rule, risk_rules_default());
		int low = is_lesser(rule->key) ? rule->low : usual,
		    high = is_lesser(rule->key) ? usual : rule->high;
		if (upto(2) && (!of_stage || risk_rule_of_stage(rule)))
			str_addf(
			    text, "%s = %d\n", rule->key, low + upto(high - low + 1));
	}
}

static void expect_equal(const struct risk_rules *a, const struct risk_rules *b)
{
	const struct risk_rule *rule;
	for (int i = 0; (rule = risk_rule_at(i)); i++)
		cr_assert_eq(risk_rule_value(rule, a), risk_rule_value(rule, b));
	cr_assert_eq(a->off, b->off);
	cr_assert_eq(a->business, b->business);
	cr_assert_eq(memcmp(&a->workdays, &b->workdays, sizeof a->workdays), 0);
	cr_assert_eq(a->n_stages, b->n_stages);
	for (int s = 0; s < a->n_stages; s++) {
		struct risk_rules x = {.limits = a->stages[s].limits};
		struct risk_rules y = {.limits = b->stages[s].limits};
		cr_assert_str_eq(a->stages[s].stage, b->stages[s].stage);
		for (int i = 0; (rule = risk_rule_at(i)); i++)
			cr_assert_eq(
			    risk_rule_value(rule, &x), risk_rule_value(rule, &y));
	}
}

Test(rules, what_is_printed_reads_back_equal)
{
	for (int round = 0; round < 300; round++) {
		struct str text = STR_INIT, again = STR_INIT, third = STR_INIT;
		str_addf(&text,
		    "[risk]\ndays = %s\nweekend = %s\nholidays = 2026-12-%d\n",
		    upto(2) ? "business" : "calendar", upto(2) ? "fri, sat" : "none",
		    10 + upto(20));
		put_random(&text, false);
		str_addf(&text, "[risk.signals]\n%s = off\n",
		    risk_signal_name((enum risk_signal)upto(RISK_SIGNALS)));
		str_adds(&text, "[risk.stage.Needs Analysis]\n");
		put_random(&text, true);
		str_adds(&text, "[risk.stage \"A ; \"\"b\"\" # c\"]\n");
		put_random(&text, true);
		struct risk_rules *first = rules_of(str_text(&text));
		risk_rules_print(&again, first);
		struct risk_rules *second = rules_of(str_text(&again));
		expect_equal(first, second);
		risk_rules_print(&third, second);
		cr_assert_str_eq(str_text(&third), str_text(&again));
		str_release(&text), str_release(&again), str_release(&third);
		arena_release(&arena);
	}
}

Test(rules, the_file_of_defaults_with_all_lines_in_force_is_the_defaults)
{
	struct str text = STR_INIT, all = STR_INIT;
	risk_rules_print(&text, risk_rules_default());
	struct slice rest = {text.p, text.len}, line;
	while (slice_cut(&rest, '\n', &line) && !slice_starts(line, ";[")) {
		if (line.len > 1 && line.p[0] == ';' && line.p[1] != ' ')
			line.p++, line.len--;
		str_addf(&all, "%.*s\n", (int)line.len, line.p);
	}
	expect_equal(rules_of(str_text(&all)), risk_rules_default());
	str_release(&text), str_release(&all);
}
