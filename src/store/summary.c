#include "huddle/text.h"
#include "load.h"
#include "sums.h"
#include <stdlib.h>
#include <string.h>

/*
 * One row a deal with all that the list and the slip risk need, so that the
 * first frame of a review reads 20,000 rows and nothing else. Only the deals
 * that a sync touched are worked out again.
 */

/* The order of stages: what the mapping or the CRM says; else by the average
 * probability the CRM gives deals in the stage; else 0, not known. */
bool summary_begin(struct build *b, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	if (!sql_run(&b->facts, "DELETE FROM stage", err) ||
	    !sql_run(&b->facts,
	        "INSERT INTO stage(name, status, stage_order, won_deals, median_days) "
	        "SELECT stage, max(status), coalesce(max(stage_order), "
	        "sum(probability) / nullif(count(nullif(probability, 0)), 0) / 10000 + "
	        "1, 0), 0, NULL "
	        "FROM deal WHERE stage IS NOT NULL GROUP BY stage",
	        err) ||
	    !sql_begin(&q, &b->facts, "SELECT name, stage_order FROM stage", err))
		return false;
	while (sql_row(&q)) {
		if (b->n_stages == cap)
			b->stages = arena_grow(&b->arena, b->stages, &cap,
			    cap ? cap * 2 : 32, sizeof *b->stages);
		b->stages[b->n_stages++] = (struct stage_order){
		    sql_dup(&q, 0, &b->arena), (int)sql_get_int(&q, 1)};
	}
	return sql_done(&q);
}

static int order_of(void *arg, const char *stage)
{
	const struct build *b = arg;

	for (size_t i = 0; i < b->n_stages; i++)
		if (!strcmp(b->stages[i].name, stage))
			return b->stages[i].order;
	return 0;
}

static bool has_economic_buyer(struct build *b, int64_t deal, bool *out, struct err *err)
{
	struct sql q;

	*out = false;
	if (!sql_begin(&q, &b->facts, "SELECT role FROM committee WHERE deal = $1", err))
		return false;
	sql_int(&q, 1, deal);
	while (sql_row(&q))
		*out |= role_is_economic_buyer(sql_get(&q, 0));
	return sql_done(&q);
}

struct deal_now {
	char stage[256];
	char status[8];
	day_t created, closed, stage_since;
	struct currency currency;
	bool economic_buyer;
};

static bool load_deal(
    struct build *b, int64_t deal, struct deal_now *now, struct err *err)
{
	struct sql q;

	*now = (struct deal_now){
	    .created = DAY_NONE, .closed = DAY_NONE, .stage_since = DAY_NONE};
	if (!sql_begin(&q, &b->facts,
	        "SELECT stage, status, created, coalesce(closed, close_date), "
	        "stage_since, "
	        "economic_buyer, currency FROM deal WHERE id = $1",
	        err))
		return false;
	sql_int(&q, 1, deal);
	if (sql_row(&q)) {
		struct slice buyer = sql_get(&q, 5);
		slice_copy(sql_get(&q, 0), now->stage, sizeof now->stage);
		slice_copy(sql_get(&q, 1), now->status, sizeof now->status);
		slice_copy(sql_get(&q, 6), now->currency.code, sizeof now->currency.code);
		now->created = sql_get_day(&q, 2);
		now->closed = sql_get_day(&q, 3);
		now->stage_since = sql_get_day(&q, 4);
		now->economic_buyer = buyer.len && !slice_is(buyer, "0") &&
		                      !slice_is_nocase(buyer, "false") &&
		                      !slice_is_nocase(buyer, "no");
	}
	return sql_done(&q);
}

static bool add_stay(struct build *b, int64_t deal, const char *stage, day_t from,
    day_t until, struct err *err)
{
	struct sql q;

	if (from == DAY_NONE || until == DAY_NONE || until < from)
		return true;
	if (!sql_begin(&q, &b->facts,
	        "INSERT INTO stage_stay(deal, stage, days) VALUES($1, $2, $3) "
	        "ON CONFLICT(deal, stage) DO UPDATE SET days = stage_stay.days + "
	        "excluded.days",
	        err))
		return false;
	sql_int(&q, 1, deal);
	sql_text(&q, 2, stage);
	sql_int(&q, 3, until - from);
	sql_row(&q);
	return sql_done(&q);
}

/* How long a won deal stayed in each of its stages. */
static bool write_stays(struct build *b, int64_t deal, const struct deal_now *now,
    const struct change_list *changes, struct err *err)
{
	struct sql q;
	day_t since = now->created;

	if (!sql_begin(&q, &b->facts, "DELETE FROM stage_stay WHERE deal = $1", err))
		return false;
	sql_int(&q, 1, deal);
	sql_row(&q);
	if (!sql_done(&q))
		return false;
	if (strcmp(now->status, "won"))
		return true;
	for (size_t i = 0; i < changes->count; i++) {
		const struct change *c = &changes->items[i];
		if (c->field != CHANGE_STAGE || !*c->old_value)
			continue;
		day_t day = day_of_instant(c->at);
		if (!add_stay(b, deal, c->old_value, since, day, err))
			return false;
		since = day;
	}
	return true;
}

static void bind_stats(struct sql *q, const struct summary *s)
{
	sql_int(q, 3, s->touches.count);
	sql_int(q, 4, s->activities.count);
	sql_instant(q, 5, s->touches.last);
	sql_instant(q, 6, s->activities.last);
	sql_instant(q, 7, s->activities.last_inbound);
	sql_instant(q, 8, s->activities.next);
	sql_int(q, 9, s->committee);
	sql_int(q, 10, s->engaged);
	sql_instant(q, 18, s->touches.next);
	sql_int(q, 19, s->touches.recent);
	sql_int(q, 20, s->touches.earlier);
	sql_instant(q, 21, s->touches.first);
	sql_instant(q, 22, s->activities.first);
	sql_instant(q, 23, s->activities.first_inbound);
}

static void bind_history(struct build *b, struct sql *q, const struct deal_now *now,
    const struct change_list *changes, bool crm_history)
{
	int days = 0;
	instant_t since = history_stage_since(changes, now->stage);
	day_t since_day =
	    since != INSTANT_NONE ? day_of_instant(since) : now->stage_since;

	/* A deal whose history shows no move is where it was made. */
	if (since_day == DAY_NONE && crm_history)
		since_day = now->created;
	sql_int(q, 12, crm_history);
	sql_int(q, 13, history_pushes(changes, &days));
	sql_int(q, 14, days);
	sql_day(q, 15, history_stage_back(changes, order_of, b));
	sql_day(q, 16, since_day);
	sql_int(q, 17, history_amount_drop(changes, b->as_of - 90));
}

static bool insert_summary(struct build *b, const struct summary *s,
    const struct deal_now *now, const struct change_list *changes, bool crm_history,
    bool economic_buyer, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, &b->facts,
	        "INSERT OR REPLACE INTO deal_summary(deal, status, touches, activities, "
	        "last_touch, "
	        "last_activity, last_inbound, next_activity, committee, engaged, "
	        "economic_buyer, "
	        "history_known, pushes, push_days, stage_back, stage_since, amount_drop, "
	        "next_touch, recent_touches, earlier_touches, first_touch, "
	        "first_activity, first_inbound) VALUES("
	        "$1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,"
	        "$19,$20,$21,$22,$23)",
	        err))
		return false;
	sql_int(&q, 1, s->deal);
	sql_text(&q, 2, *now->status ? now->status : "open");
	bind_stats(&q, s);
	sql_int(&q, 11, economic_buyer);
	bind_history(b, &q, now, changes, crm_history);
	sql_row(&q);
	return sql_done(&q);
}

bool summary_write(struct build *b, const struct summary *s, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct change_list changes;
	struct deal_now now;
	bool crm_history, economic_buyer;

	bool fine = load_deal(b, s->deal, &now, err) &&
	            load_changes(&b->facts, &arena, s->deal, now.currency, &changes,
	                &crm_history, err) &&
	            has_economic_buyer(b, s->deal, &economic_buyer, err) &&
	            insert_summary(b, s, &now, &changes, crm_history,
	                economic_buyer || now.economic_buyer, err) &&
	            write_stays(b, s->deal, &now, &changes, err);
	arena_release(&arena);
	return fine;
}

bool summary_drop(struct build *b, int64_t deal, struct err *err)
{
	static const char *const texts[] = {"DELETE FROM deal_summary WHERE deal = $1",
	    "DELETE FROM stage_stay WHERE deal = $1"};

	for (int i = 0; i < 2; i++) {
		struct sql q;
		if (!sql_begin(&q, &b->facts, texts[i], err))
			return false;
		sql_int(&q, 1, deal);
		sql_row(&q);
		if (!sql_done(&q))
			return false;
	}
	return true;
}

static bool set_median(struct build *b, const char *stage, const int64_t *days,
    size_t count, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, &b->facts,
	        "UPDATE stage SET won_deals = $1, median_days = $2 WHERE name = $3", err))
		return false;
	/* Of an even number the lower of the two in the middle: a day is whole. */
	sql_int(&q, 1, (int64_t)count);
	sql_int(&q, 2, days[(count - 1) / 2]);
	sql_text(&q, 3, stage);
	sql_row(&q);
	return sql_done(&q);
}

bool summary_stages(struct build *b, struct err *err)
{
	struct sql q;
	struct arena arena = ARENA_INIT;
	int64_t *days = NULL;
	size_t count = 0, cap = 0;
	const char *stage = "";
	bool fine = sql_begin(&q, &b->facts,
	    "SELECT stage, days FROM stage_stay ORDER BY stage, days", err);

	if (!fine)
		return false;
	while (fine && sql_row(&q)) {
		if (!slice_is(sql_get(&q, 0), stage)) {
			fine = !count || set_median(b, stage, days, count, err);
			stage = sql_dup(&q, 0, &arena);
			count = 0;
		}
		if (count == cap)
			days = arena_grow(
			    &arena, days, &cap, cap ? cap * 2 : 256, sizeof *days);
		days[count++] = sql_get_int(&q, 1);
	}
	fine = sql_done(&q) && fine && (!count || set_median(b, stage, days, count, err));
	arena_release(&arena);
	return fine;
}
