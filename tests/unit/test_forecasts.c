#include "huddle/forecasts.h"
#include <criterion/criterion.h>
#include <string.h>

/* A quarter worked by hand: Q3 of 2026, its third week ends on 21 July. */
enum { FIRST = 20635 /* 2026-07-01 */, LAST = FIRST + 91 };

static struct arena arena = ARENA_INIT;

static instant_t on(int day)
{
	return (instant_t)day * DAY_SECONDS + 3600;
}

static struct deal deal(const char *id, int64_t amount, enum deal_status status,
    enum forecast forecast, day_t close)
{
	return (struct deal){.id = id,
	    .name = id,
	    .account = "",
	    .owner = "Ana",
	    .stage = "",
	    .status = status,
	    .forecast = forecast,
	    .amount = amount * 100,
	    .currency = {"USD"},
	    .close_date = close,
	    .closed = status == DEAL_OPEN ? DAY_NONE : close,
	    .created = FIRST - 200};
}

static struct past_deal past_of(
    const struct deal *now, struct change *changes, size_t count)
{
	return (struct past_deal){
	    .now = now, .changes = {changes, count, count}, .first_seen = DAY_NONE};
}

static void make(struct forecasts *out, struct past_deal *deals, size_t n, day_t today)
{
	struct past past = {.deals = deals, .n_deals = n};

	past.firsts = (struct past_firsts){.sync = FIRST - 100,
	    .last_sync = LAST,
	    .history = DAY_NONE,
	    .activity = DAY_NONE,
	    .inbound = DAY_NONE,
	    .touch = DAY_NONE,
	    .seat = DAY_NONE,
	    .role = DAY_NONE};
	past_prepare(&past, &arena);
	forecasts_make(out, &arena, &past, period_of_quarter(FIRST, 1), 1, today);
}

static void release(void)
{
	arena_release(&arena);
}

TestSuite(forecasts, .fini = release);

Test(forecasts, a_quarter_by_hand)
{
	struct deal now[] = {deal("won", 100, DEAL_WON, FORECAST_CLOSED, FIRST + 50),
	    deal("pushed", 200, DEAL_OPEN, FORECAST_BEST_CASE, FIRST + 120),
	    deal("lost", 300, DEAL_LOST, FORECAST_OMITTED, FIRST + 80),
	    deal("omitted", 999, DEAL_OPEN, FORECAST_OMITTED, FIRST + 60),
	    deal("euros", 50, DEAL_OPEN, FORECAST_COMMIT, FIRST + 60)};
	struct change won[] = {
	    {on(FIRST + 50), CHANGE_FORECAST, "Commit", "Closed", false},
	    {on(FIRST + 50), CHANGE_STATUS, "open", "won", false}};
	struct change pushed[] = {
	    {on(FIRST + 30), CHANGE_CLOSE_DATE, "2026-09-01", "2026-10-29", false}};
	struct change lost[] = {
	    {on(FIRST + 80), CHANGE_FORECAST, "Commit", "Omitted", false},
	    {on(FIRST + 80), CHANGE_STATUS, "open", "lost", false}};
	struct past_deal deals[] = {past_of(&now[0], won, 2), past_of(&now[1], pushed, 1),
	    past_of(&now[2], lost, 2), past_of(&now[3], NULL, 0),
	    past_of(&now[4], NULL, 0)};
	struct forecasts f;

	now[4].currency = (struct currency){"EUR"};
	make(&f, deals, 5, LAST + 10);
	const struct forecast_quarter *q = &f.quarters[0];

	cr_assert_str_eq(f.currency.code, "USD");
	cr_assert_eq(f.left_out, 1);
	cr_assert_eq(q->quarter.first, FIRST);
	cr_assert_eq(q->n_weeks, 14);
	cr_assert_eq(q->weeks[13].day, q->quarter.last);
	cr_assert_not_null(q->called);
	cr_assert_eq(q->called->day, FIRST + 20);
	cr_assert_eq(q->called->won, 0);
	cr_assert_eq(q->called->commit, 40000);
	cr_assert_eq(q->called->best, 60000);
	cr_assert_eq(q->called->pipeline, 60000);
	cr_assert_eq(q->called->open, 4, "the euro deal is open as well");
	/* After the push, the win and the loss. */
	cr_assert_eq(q->weeks[4].best, 40000);
	cr_assert_eq(q->weeks[13].won, 10000);
	cr_assert_eq(q->weeks[13].commit, 10000);
	cr_assert_eq(q->actual, 10000);
	cr_assert_eq(q->gap, FORECAST_KNOWN);
	cr_assert_eq(q->error, 30000, "400 for 100 is 300%% too much");
	cr_assert(forecast_within(q, 100) == false);
	cr_assert_eq(f.bias, 30000);
}

Test(forecasts, what_is_not_known_has_no_error)
{
	struct deal now[] = {deal("open", 100, DEAL_OPEN, FORECAST_NONE, FIRST + 50)};
	struct past_deal deals[] = {past_of(&now[0], NULL, 0)};
	struct forecasts f;

	make(&f, deals, 1, FIRST + 40);
	cr_assert_eq(f.quarters[0].gap, FORECAST_NOT_OVER);
	make(&f, deals, 1, LAST + 10);
	cr_assert_eq(f.quarters[0].gap, FORECAST_NO_CATEGORY);
	now[0].forecast = FORECAST_COMMIT;
	make(&f, deals, 1, LAST + 10);
	cr_assert_eq(f.quarters[0].gap, FORECAST_NOTHING_WON);
	make(&f, deals, 0, LAST + 10);
	cr_assert_eq(f.with_error, 0);
	cr_assert_not(forecast_within(&f.quarters[0], 100));
}

Test(forecasts, a_quarter_is_named_as_it_is_read)
{
	char name[QUARTER_TEXT];
	struct period read;

	for (int start = 1; start <= 12; start++)
		for (day_t day = FIRST; day < FIRST + 400; day += 17) {
			quarter_format(day, start, name);
			cr_assert(period_parse(name, FIRST, start, &read), "%s", name);
			cr_assert(period_has(read, day), "%s, month %d", name, start);
		}
}
