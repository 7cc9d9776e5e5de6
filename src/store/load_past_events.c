#include "huddle/store_past.h"
#include "load.h"

#include <stdlib.h>

/*
 * Touches and activities of one deal after the other, as they stand in the
 * tables of links. A link by a seat on the committee is told apart from one that
 * would be there without it: on a day before the contact came onto the committee
 * only the second was known.
 */

struct past_reader {
	struct store *store;
	struct sql touches, activities;
	bool more_touches, more_activities;
	uint32_t *account_of_contact, *account_of_deal; /* by key; 0: none */
	day_t *written;                                 /* by activity */
	int64_t n_contacts, n_deals, n_written;
	struct past_event *events[2]; /* of the deal that is read */
	int64_t *ids[2];
	size_t count[2], cap[2];
};

static const char touches_text[] = "SELECT deal, touch, at, part_of, contact, linked_by "
                                   "FROM touch_deal ORDER BY deal, touch";
static const char activities_text[] =
    "SELECT deal, activity, at, part_of, contact, linked_by, done, direction "
    "FROM activity_deal ORDER BY deal, activity";

/* Two columns, a number by key. */
static bool load_numbers(struct store *store, const char *most, const char *text,
    uint32_t **out, int64_t *count, struct err *err)
{
	struct sql q;

	if (!sql_one(store, most, 0, count, err) || !sql_begin(&q, store, text, err))
		return false;
	*out = xcalloc((size_t)*count + 1, sizeof **out);
	while (sql_row(&q))
		(*out)[sql_get_int(&q, 0)] = (uint32_t)sql_get_int(&q, 1);
	return sql_done(&q);
}

static bool load_accounts(struct past_reader *r, struct err *err)
{
	return load_numbers(r->store, "SELECT max(id) FROM contact",
	           "SELECT id, account FROM contact WHERE account IS NOT NULL",
	           &r->account_of_contact, &r->n_contacts, err) &&
	       load_numbers(r->store, "SELECT max(id) FROM deal",
	           "SELECT id, account FROM deal WHERE account IS NOT NULL",
	           &r->account_of_deal, &r->n_deals, err);
}

static bool load_written(struct past_reader *r, const struct past *past, struct err *err)
{
	struct sql q;

	if (!past->firsts.written)
		return true;
	if (!sql_one(r->store, "SELECT max(id) FROM activity", 0, &r->n_written, err) ||
	    !sql_begin(&q, r->store, "SELECT id, created FROM activity", err))
		return false;
	r->written = xcalloc((size_t)r->n_written + 1, sizeof *r->written);
	while (sql_row(&q))
		r->written[sql_get_int(&q, 0)] = sql_get_day(&q, 1);
	return sql_done(&q);
}

static struct past_event *add_event(struct past_reader *r, int side, int64_t id)
{
	if (r->count[side] == r->cap[side]) {
		size_t cap = r->cap[side] ? r->cap[side] * 2 : 1024;
		r->events[side] = xrealloc(r->events[side], cap * sizeof **r->events);
		r->ids[side] = xrealloc(r->ids[side], cap * sizeof **r->ids);
		r->cap[side] = cap;
	}
	r->ids[side][r->count[side]] = id;
	return &r->events[side][r->count[side]++];
}

static bool has_id(const struct past_reader *r, int side, int64_t id)
{
	size_t low = 0, high = r->count[side];

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (r->ids[side][middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->count[side] && r->ids[side][low] == id;
}

/* Would it be the deal's without the seat? By its contact's account, within the
 * twelve months before the deal was made or later. */
static bool by_account(
    const struct past_reader *r, const struct deal *deal, uint32_t contact, day_t day)
{
	uint32_t account = deal->key <= r->n_deals ? r->account_of_deal[deal->key] : 0;

	return account && contact <= r->n_contacts &&
	       r->account_of_contact[contact] == account && deal->created != DAY_NONE &&
	       day >= day_add_months(deal->created, -12);
}

static void take_row(
    struct past_reader *r, int side, struct sql *q, const struct deal *deal)
{
	int64_t id = sql_get_int(q, 1);
	struct past_event *e = add_event(r, side, id);

	*e = (struct past_event){.day = sql_get_day(q, 2),
	    .written = DAY_NONE,
	    .contact = (uint32_t)sql_get_int(q, 4)};
	int64_t main_row = sql_get_int(q, 3);
	/* A main row comes before its parts. */
	e->part = main_row && has_id(r, side, main_row);
	e->by_seat = sql_get_int(q, 5) == LINK_COMMITTEE &&
	             !by_account(r, deal, e->contact, e->day);
	if (side == SIDE_MARKETING)
		return;
	struct slice direction = sql_get(q, 7);
	e->never = !sql_is_null(q, 6) && !sql_get_int(q, 6);
	e->inbound = direction.len && *direction.p == 'i';
	if (r->written && id <= r->n_written)
		e->written = r->written[id];
}

/* Rows of deals that come before it are passed over. */
static void read_side(
    struct past_reader *r, int side, struct sql *q, bool *more, const struct deal *deal)
{
	r->count[side] = 0;
	while (*more && sql_get_int(q, 0) <= deal->key) {
		if (sql_get_int(q, 0) == deal->key)
			take_row(r, side, q, deal);
		*more = sql_row(q);
	}
}

static bool read_deals(struct past_reader *r, const struct past *past, past_fn each,
    void *arg, struct err *err)
{
	bool fine = true;

	if (!sql_begin(&r->touches, r->store, touches_text, err))
		return false;
	if (!sql_begin(&r->activities, r->store, activities_text, err))
		return sql_done(&r->touches) && false;
	r->more_touches = sql_row(&r->touches);
	r->more_activities = sql_row(&r->activities);
	for (size_t i = 0; fine && i < past->n_deals; i++) {
		struct past_deal deal = past->deals[i];
		read_side(r, SIDE_MARKETING, &r->touches, &r->more_touches, deal.now);
		read_side(r, SIDE_SALES, &r->activities, &r->more_activities, deal.now);
		deal.touches = r->events[SIDE_MARKETING];
		deal.n_touches = r->count[SIDE_MARKETING];
		deal.activities = r->events[SIDE_SALES];
		deal.n_activities = r->count[SIDE_SALES];
		fine = each(arg, &deal);
	}
	bool touches = sql_done(&r->touches), activities = sql_done(&r->activities);
	return touches && activities && fine;
}

bool store_each_past(struct store *store, const struct past *past, past_fn each,
    void *arg, struct err *err)
{
	struct past_reader r = {.store = store};

	bool fine = load_accounts(&r, err) && load_written(&r, past, err) &&
	            read_deals(&r, past, each, arg, err);
	free(r.account_of_contact);
	free(r.account_of_deal);
	free(r.written);
	for (int i = 0; i < 2; i++) {
		free(r.events[i]);
		free(r.ids[i]);
	}
	return fine;
}
