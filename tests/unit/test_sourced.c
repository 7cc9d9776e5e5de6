#include <criterion/criterion.h>

#include "huddle/attribution_sums.h"
#include <string.h>

/* Whose a deal is, where two systems disagree, and that sums over deals reconcile. */

static struct arena arena;

static void release(void)
{
	arena_release(&arena);
}

TestSuite(sourced, .fini = release);

enum { DAY0 = 20000 };

static struct attribution_campaign campaigns[] = {{NULL, 0, true, COST_NONE, 0},
    {"Webinar: payroll", 1, true, COST_KNOWN, 100000}, {"Ads", 2, true, COST_NONE, 0},
    {"Guide", 3, true, COST_NO_RATE, 5000}};
static const char *channels[] = {
    NULL, "Webinar", "Advertisement", "Content", "Web visit"};
static struct attribution_book book = {.campaigns = campaigns,
    .channels = channels,
    .n_campaigns = 4,
    .n_channels = 5,
    .currency = {"USD"},
    .cost_currency_told = true};

static struct attribution_touch touch(int day, uint32_t campaign, uint32_t channel)
{
	static int64_t key;
	return (struct attribution_touch){.key = ++key,
	    .at = (instant_t)(DAY0 + day) * DAY_SECONDS + 3600,
	    .campaign = campaign,
	    .channel = channel};
}

static struct deal deal_of(int64_t key, enum deal_status status, money_t amount)
{
	return (struct deal){.key = key,
	    .id = "D",
	    .name = "D",
	    .source = "",
	    .campaign = "",
	    .status = status,
	    .amount = amount,
	    .currency = {"USD"},
	    .created = DAY0 + 10,
	    .closed = status == DEAL_OPEN ? DAY_NONE : DAY0 + 40,
	    .close_date = DAY0 + 40};
}

static struct sourced_marks judge(
    const struct attribution_case *c, enum sourced_by locked)
{
	struct attribution_rules rules = {.lookback = 20};
	struct attribution_times times =
	    attribution_times_of(c->deal, INSTANT_NONE, &rules, DAY0 + 40);
	return sourced_judge(c, &times, &book, locked);
}

Test(sourced, three_definitions_side_by_side)
{
	struct attribution_touch first[] = {touch(0, 1, 1), touch(30, 2, 2)};
	struct deal deal = deal_of(1, DEAL_OPEN, 1);
	struct attribution_case c = {.deal = &deal,
	    .touches = first,
	    .count = 2,
	    .first_activity = (instant_t)(DAY0 + 5) * DAY_SECONDS};
	struct sourced_marks m = judge(&c, SOURCED_FIRST_TOUCH);
	cr_expect(m.by[SOURCED_FIRST_TOUCH] && m.by[SOURCED_BEFORE_SALES]);
	cr_expect_not(m.by[SOURCED_LEAD_SOURCE]);
	cr_expect(m.influenced);
	cr_expect_eq(m.campaign, 1);
	/* Sales was there first; the CRM credits another campaign. */
	c.first_activity = first[0].at;
	c.crm_campaign = 3;
	m = judge(&c, SOURCED_LEAD_SOURCE);
	cr_expect_not(m.by[SOURCED_BEFORE_SALES]);
	cr_expect(m.by[SOURCED_LEAD_SOURCE]);
	cr_expect_eq(m.campaign, 3);
	/* What the lead source says goes before the campaign. */
	deal.source = "Outbound";
	cr_expect_not(judge(&c, SOURCED_LEAD_SOURCE).by[SOURCED_LEAD_SOURCE]);
	cr_expect_eq(judge(&c, SOURCED_LEAD_SOURCE).campaign, 0);
	/* A visit that no campaign led to is no programme's. */
	first[0].campaign = 0;
	first[0].channel = 4;
	cr_expect_not(judge(&c, SOURCED_FIRST_TOUCH).by[SOURCED_FIRST_TOUCH]);
	first[0].channel = 1;
	cr_expect(judge(&c, SOURCED_FIRST_TOUCH).by[SOURCED_FIRST_TOUCH]);
	/* No sales at all. */
	c.first_activity = INSTANT_NONE;
	cr_expect(judge(&c, SOURCED_FIRST_TOUCH).by[SOURCED_BEFORE_SALES]);
	c.count = 0;
	m = judge(&c, SOURCED_FIRST_TOUCH);
	cr_expect(
	    !m.by[SOURCED_FIRST_TOUCH] && !m.by[SOURCED_BEFORE_SALES] && !m.influenced);
}

Test(sourced, influenced_is_a_touch_while_it_was_open_and_in_the_window)
{
	struct attribution_touch t[] = {touch(9, 1, 1)};
	struct deal deal = deal_of(1, DEAL_OPEN, 1);
	struct attribution_case c = {
	    .deal = &deal, .touches = t, .count = 1, .first_activity = INSTANT_NONE};
	cr_expect_not(
	    judge(&c, SOURCED_FIRST_TOUCH).influenced); /* before it was created */
	t[0] = touch(15, 1, 1);
	cr_expect_not(judge(&c, SOURCED_FIRST_TOUCH).influenced); /* before the window */
	t[0] = touch(20, 1, 1);
	cr_expect(judge(&c, SOURCED_FIRST_TOUCH).influenced);
	deal.created = DAY_NONE;
	cr_expect(judge(&c, SOURCED_FIRST_TOUCH).influenced);
}

Test(sourced, lead_sources)
{
	static const char *const ours[] = {"Partner Referral", NULL};
	cr_expect(source_is_marketing("Webinar", NULL));
	cr_expect(source_is_marketing("ORGANIC_SEARCH", NULL));
	cr_expect(source_is_marketing("Trade Show", NULL));
	cr_expect_not(source_is_marketing("Outbound", NULL));
	cr_expect_not(source_is_marketing("Partner Referral", NULL));
	cr_expect_not(source_is_marketing("Sales email", NULL));
	cr_expect_not(source_is_marketing("Radio", NULL));
	cr_expect_not(source_is_marketing("", NULL));
	cr_expect(source_is_marketing("partner referral", ours));
	cr_expect_not(source_is_marketing("Webinar", ours));
}

static enum truths truths(const char *source, uint32_t crm, struct attribution_touch t)
{
	const char *a, *b;
	struct deal deal = deal_of(1, DEAL_OPEN, 1);
	struct attribution_case c = {
	    .deal = &deal, .touches = &t, .count = t.at != 0, .crm_campaign = crm};
	deal.source = source;
	return two_truths(&c, &book, &a, &b);
}

Test(sourced, two_truths)
{
	struct attribution_touch webinar = touch(0, 1, 1), none = {0};
	cr_expect_eq(truths("", 1, webinar), TRUTHS_AGREE);
	cr_expect_eq(truths("", 2, webinar), TRUTHS_DIFFER);
	cr_expect_eq(truths("Outbound", 1, webinar), TRUTHS_AGREE);
	cr_expect_eq(truths("Outbound", 0, webinar), TRUTHS_DIFFER);
	cr_expect_eq(truths("webinar", 0, webinar), TRUTHS_AGREE);
	cr_expect_eq(truths("Trade Show", 0, webinar), TRUTHS_DIFFER);
	cr_expect_eq(
	    truths("Web", 0, webinar), TRUTHS_AGREE); /* says marketing's, not which */
	cr_expect_eq(truths("", 0, webinar), TRUTHS_CRM_SILENT);
	cr_expect_eq(truths(" ", 0, webinar), TRUTHS_CRM_SILENT);
	cr_expect_eq(
	    truths("Webinar", 0, none), TRUTHS_DIFFER); /* no touch to show for it */
	cr_expect_eq(truths("Outbound", 0, none), TRUTHS_AGREE);
	cr_expect_eq(truths("", 1, none), TRUTHS_DIFFER);
}

static struct attribution *sums_new(enum attribution_model model)
{
	struct attribution *a = arena_alloc(&arena, sizeof *a);
	*a = (struct attribution){.rules = {.model = model,
	                              .lookback = 365,
	                              .half_life = 7,
	                              .sourced = SOURCED_FIRST_TOUCH},
	    .book = &book,
	    .arena = &arena,
	    .today = DAY0 + 40};
	return a;
}

static void take(
    struct attribution *a, struct deal *deal, struct attribution_touch *t, size_t count)
{
	struct attribution_case c = {.deal = deal,
	    .touches = t,
	    .count = count,
	    .lead = INSTANT_NONE,
	    .first_activity = INSTANT_NONE};
	attribution_take(a, &c);
}

static const struct attribution_line *line(
    const struct attribution *a, enum attribution_by by, const char *name)
{
	for (size_t i = 0; i < a->by[by].count; i++)
		if (a->by[by].items[i].name && !strcmp(a->by[by].items[i].name, name))
			return &a->by[by].items[i];
	cr_assert(false, "no line %s", name);
	return NULL;
}

Test(sourced, sums_reconcile_and_nothing_is_added_twice)
{
	struct attribution *a = sums_new(MODEL_LINEAR);
	struct deal won = deal_of(1, DEAL_WON, 10000), open = deal_of(2, DEAL_OPEN, 5000),
	            lost = deal_of(3, DEAL_LOST, 7000), bare = deal_of(4, DEAL_OPEN, 300),
	            untold = deal_of(5, DEAL_OPEN, MONEY_NONE),
	            euro = deal_of(6, DEAL_WON, 80);
	struct attribution_touch of_won[] = {touch(20, 2, 2), touch(1, 1, 1),
	    touch(2, 1, 1)},
	                         of_open[] = {touch(5, 0, 4)},
	                         of_lost[] = {touch(3, 1, 1)},
	                         of_untold[] = {touch(3, 1, 1)},
	                         of_euro[] = {touch(3, 1, 1)};
	euro.currency = (struct currency){"EUR"};
	take(a, &won, of_won, 3);
	take(a, &open, of_open, 1);
	take(a, &lost, of_lost, 1);
	take(a, &bare, NULL, 0);
	take(a, &untold, of_untold, 1);
	take(a, &euro, of_euro, 1);
	attribution_settle(a);
	cr_expect_eq(a->total.amount, 15300);
	cr_expect_eq(a->total.count, 3);
	cr_expect_eq(a->unattributed.amount, 300);
	cr_expect_eq(a->no_amount, 1);
	cr_expect_eq(a->n_apart, 1);
	cr_expect_eq(a->apart[0].amount, 80);
	cr_expect_eq(a->lost.amount, 7000);
	/* 3334 + 3333 of the won deal to the webinar, which counts it once. */
	const struct attribution_line *webinar = line(a, BY_CAMPAIGN, "Webinar: payroll");
	cr_expect_eq(webinar->share.amount, 6667);
	cr_expect_eq(webinar->share.count, 1);
	cr_expect_eq(webinar->lost.amount, 7000);
	cr_expect_eq(webinar->sourced[DEAL_WON].count, 1);
	cr_expect_eq(webinar->sourced[DEAL_WON].amount, 10000);
	cr_expect_eq(webinar->sourced[DEAL_LOST].count, 1);
	cr_expect_eq(line(a, BY_CAMPAIGN, "Ads")->share.amount, 3333);
	cr_expect_eq(line(a, BY_CHANNEL, "Web visit")->share.amount, 5000);
	for (int by = 0; by < ATTRIBUTION_BYS; by++) {
		money_t sum = a->unattributed.amount;
		for (size_t i = 0; i < a->by[by].count; i++)
			sum += a->by[by].items[i].share.amount;
		cr_expect_eq(sum, a->total.amount, "by %s", attribution_by_names[by]);
	}
	cr_expect_eq(a->sourced[SOURCED_FIRST_TOUCH].amount, 10000);
	cr_expect_eq(a->sourced[SOURCED_FIRST_TOUCH].amount + a->influenced_only.amount +
	                 a->neither.amount,
	    a->total.amount);
	cr_expect_eq(a->n_shares, 4); /* of the won and the open deal */
}

Test(sourced, what_an_opportunity_costs)
{
	struct attribution *a = sums_new(MODEL_W);
	struct deal deals[3] = {deal_of(1, DEAL_WON, 10), deal_of(2, DEAL_OPEN, 10),
	    deal_of(3, DEAL_LOST, 10)};
	money_t each;
	for (int i = 0; i < 3; i++) {
		struct attribution_touch t = touch(1, 1, 1);
		take(a, &deals[i], &t, 1);
	}
	attribution_settle(a);
	cr_assert(
	    attribution_cost(line(a, BY_CAMPAIGN, "Webinar: payroll"), &book, &each));
	cr_expect_eq(each, 50000); /* 1000.00 for two that are open or won */
	struct attribution_costs costs = attribution_costs(a);
	cr_expect_eq(costs.each, 50000);
	cr_expect_eq(costs.known, 1);
	cr_expect_eq(costs.none, 1);
	cr_expect_eq(costs.no_rate, 1);
	cr_expect_eq(attribution_costs(sums_new(MODEL_W)).each, MONEY_NONE);
}

/* Kinds of touches become channels as they are met, after the first deals were added. */
Test(sourced, channels_that_come_later_keep_the_lines_there_are)
{
	static const char *names[64] = {NULL, "a"};
	struct attribution_book own = book;
	struct attribution *a = sums_new(MODEL_LINEAR);
	own.channels = names;
	own.n_channels = 2;
	a->book = &own;
	for (int64_t i = 1; i < 64; i++) {
		struct deal deal = deal_of(i, DEAL_WON, 10);
		struct attribution_touch t[] = {touch(1, 0, 1), touch(2, 0, (uint32_t)i)};
		names[i] = "more";
		names[1] = "a";
		own.n_channels = (size_t)i + 1;
		take(a, &deal, t, 2);
	}
	cr_expect_eq(a->by[BY_CHANNEL].count, 63);
	cr_expect_eq(line(a, BY_CHANNEL, "a")->share.count, 63);
	cr_expect_eq(line(a, BY_CHANNEL, "a")->share.amount, 320);
}

/* Named by the year it ends in where the year does not start in January. */
Test(sourced, quarters_are_those_of_the_fiscal_year)
{
	struct attribution *a = sums_new(MODEL_FIRST);
	struct deal deal = deal_of(1, DEAL_WON, 10);
	struct attribution_touch t = {.key = 1,
	    .at = (instant_t)day_from_civil(2024, 9, 30) * DAY_SECONDS,
	    .campaign = 1};
	a->fiscal_start = 7;
	deal.closed = day_from_civil(2024, 10, 2);
	take(a, &deal, &t, 1);
	cr_expect_str_eq(a->by[BY_QUARTER].items[0].name, "2025-Q1");
}

Test(sourced, too_much_is_said_and_not_shown)
{
	struct attribution *a = sums_new(MODEL_FIRST);
	struct deal one = deal_of(1, DEAL_WON, INT64_MAX), two = deal_of(2, DEAL_WON, 1);
	take(a, &one, NULL, 0);
	cr_expect_not(a->overflow);
	take(a, &two, NULL, 0);
	cr_expect(a->overflow);
}
