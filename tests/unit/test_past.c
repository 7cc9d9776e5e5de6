#include "huddle/text.h"
#include "truth_company.h"

/*
 * A deal on a past day: as it was known then, whatever was written later; and
 * on the day after the exports the same as the summary has it.
 */

static struct store *store;
static struct arena arena;
static struct past past;

static void teardown(void)
{
	store_close(store);
	store = NULL;
	arena_release(&arena);
	sync_teardown();
}

TestSuite(past, .init = sync_setup, .fini = teardown);

static void load(day_t today)
{
	struct err err = ERR_INIT;
	store_close(store);
	store = store_here(true);
	cr_assert(store_load_past(store, &arena, today, &past, &err), "%s", err.text);
}

static void append_day(struct str *out, const char *name, instant_t at)
{
	char day[DAY_TEXT];
	str_addf(out, " %s %s", name,
	    at == INSTANT_NONE ? "-" : day_format(day_of_instant(at), day));
}

/* All that a day tells of a deal, on a line. The norms of today leave out deals that
 * were won and came back. */
static void describe(struct str *out, const struct deal *d, bool norms)
{
	const struct risk_facts *f = &d->facts;
	char close[DAY_TEXT], since[DAY_TEXT], back[DAY_TEXT];
	str_addf(out, "%s %s %s %s %s %s %lld since %s close %s", d->id, d->name,
	    d->owner, deal_status_name(d->status), d->stage, forecast_name(d->forecast),
	    (long long)d->amount, day_format(d->stage_since, since),
	    day_format(d->close_date, close));
	str_addf(out, " history %d pushes %d %d back %s drop %d", f->history_known,
	    f->pushes, f->push_days, day_format(f->stage_back, back), f->amount_drop);
	append_day(out, "activity", f->last_activity);
	append_day(out, "inbound", f->last_inbound);
	append_day(out, "next", f->next_activity);
	append_day(out, "touch", f->last_touch);
	str_addf(out, " trend %d %d committee %d %d %d rank %d/%d known %d%d%d%d%d",
	    f->recent_touches, f->earlier_touches, f->committee, f->engaged,
	    f->has_economic_buyer, f->stage_rank, f->stage_ranks, f->activities_known,
	    f->touches_known, f->direction_known, f->committee_known, f->roles_known);
	if (norms)
		str_addf(out, " norm %d of %d", f->stage_norm_days, f->stage_norm_count);
}

struct said_days {
	day_t from, until;
	bool norms;
	struct str text;
	int deals;
};

static bool describe_deal(void *arg, const struct past_deal *deal)
{
	struct said_days *s = arg;
	struct deal at;
	char day[DAY_TEXT];
	for (day_t d = s->from; d <= s->until; d = day_add_months(d, 1)) {
		if (!past_deal_at(&at, &past, deal, d))
			continue;
		str_addf(&s->text, "%s ", day_format(d, day));
		describe(&s->text, &at, s->norms);
		str_adds(&s->text, "\n");
		s->deals++;
	}
	return true;
}

static struct said_days describe_past(day_t from, day_t until)
{
	struct said_days s = {.from = from, .until = until, .norms = until > from};
	struct err err = ERR_INIT;
	cr_assert(store_each_past(store, &past, describe_deal, &s, &err), "%s", err.text);
	return s;
}

/* The first line in which two texts differ, for a person to read. */
static void expect_same(const char *a, const char *b)
{
	while (*a && *b) {
		size_t n = strcspn(a, "\n"), m = strcspn(b, "\n");
		cr_assert(n == m && !memcmp(a, b, n), "%.*s\n%.*s", (int)n, a, (int)m, b);
		a += n + (a[n] != '\0');
		b += m + (b[m] != '\0');
	}
	cr_assert(!*a && !*b, "%.300s%.300s", a, b);
}

Test(past, the_day_after_the_exports_is_as_the_summary_has_it)
{
	day_t as_of = day_from_civil(2026, 3, 17);
	struct str now = STR_INIT;
	truth_sync(1, 400, 3, as_of);
	load(as_of + 1);
	int open = 0;
	for (size_t i = 0; i < past.n_deals; i++) {
		char day[DAY_TEXT];
		if (past.deals[i].now->status != DEAL_OPEN)
			continue;
		str_addf(&now, "%s ", day_format(as_of + 1, day));
		describe(&now, past.deals[i].now, false);
		str_adds(&now, "\n");
		open++;
	}
	cr_assert_gt(open, 40);
	struct said_days then = describe_past(as_of + 1, as_of + 1);
	struct str open_then = STR_INIT;
	for (const char *line = str_text(&then.text); *line;) {
		size_t n = strcspn(line, "\n") + 1;
		struct slice s = {line, n};
		if (text_contains(s, slice_of(" open ")))
			str_add(&open_then, line, n);
		line += n;
	}
	expect_same(str_text(&now), str_text(&open_then));
	str_release(&now);
	str_release(&open_then);
	str_release(&then.text);
}

Test(past, what_was_written_later_changes_no_earlier_day)
{
	day_t early = day_from_civil(2025, 3, 31), from = day_from_civil(2023, 2, 1);
	for (int truth = 1; truth <= 3; truth++) {
		shell("rm -rf huddle.db* in");
		truth_sync(truth, 300, truth, early);
		load(early + 1);
		struct said_days before = describe_past(from, early + 1);
		cr_assert_gt(before.deals, 1000);
		shell("rm -rf huddle.db* in");
		truth_sync(truth, 300, truth, day_from_civil(2026, 9, 30));
		load(day_from_civil(2026, 10, 1));
		struct said_days after = describe_past(from, early + 1);
		expect_same(str_text(&before.text), str_text(&after.text));
		str_release(&before.text);
		str_release(&after.text);
	}
}

Test(past, a_backtest_has_the_predictions_and_outcomes_that_there_were)
{
	struct err err = ERR_INIT;
	struct learning learning;
	size_t count, slipped = 0;
	day_t as_of = day_from_civil(2026, 5, 20);
	truth_sync(2, 500, 9, as_of);
	struct truth *truth = truth_read(&count);
	for (size_t i = 0; i < count; i++)
		slipped += truth[i].slipped != 0;
	free(truth);
	load(as_of);
	cr_assert(store_backtest(store, &arena, NULL, as_of, &learning, &err));
	cr_assert_gt(count, 400);
	cr_assert_eq((size_t)learning.test.predictions, count, "%d, not %zu",
	    learning.test.predictions, count);
	cr_assert_eq((size_t)learning.test.slipped, slipped, "%d, not %zu",
	    learning.test.slipped, slipped);
}
