#include "huddle/store_attribution.h"
#include "huddle/store_meeting.h"
#include "load.h"

#include <stdlib.h>
#include <string.h>

/*
 * The touches of one deal after the other, as they stand in the table of links, and
 * what else attribution asks of a deal: what the CRM credits it to, when sales first did
 * something, and when the first of its people became a lead. These are kept by key, so
 * that the one pass over millions of touches joins nothing.
 */

/* A kind of touch as it is written: which channel it is and whether it counts. */
struct kind_seen {
	char *text;
	size_t len;
	uint32_t channel;
	bool counts[2]; /* by whether somebody responded */
};

struct instants {
	instant_t *items; /* by key; INSTANT_NONE: not told */
	size_t count;
};

struct attribution_reader {
	struct store *store;
	struct arena *arena;
	struct attribution_book *book;
	struct kind_seen *kinds;
	size_t n_kinds, cap_kinds, last_kind;
	struct instants lead, of_contact, of_deal; /* when one became a lead */
	instant_t *first_activity;                 /* by deal */
	uint32_t *crm_campaign;
	size_t n_deals;
	struct attribution_touch *touches; /* of the deal that is read */
	int64_t *ids;                      /* of all its rows, ascending */
	size_t count, cap, n_ids, cap_ids;
	instant_t first_lead;
};

/* ---- the book ---- */

static uint32_t channel_of(
    struct attribution_book *book, struct arena *arena, struct slice name)
{
	name = slice_trim(name);
	if (!name.len)
		return 0;
	for (size_t i = 1; i < book->n_channels; i++)
		if (slice_is_nocase(name, book->channels[i]))
			return (uint32_t)i;
	book->channels = arena_grow(arena, book->channels, &book->cap_channels,
	    book->n_channels + 1, sizeof *book->channels);
	book->channels[book->n_channels] = arena_dup(arena, name.p, name.len);
	return (uint32_t)book->n_channels++;
}

/* The company's, else that of most deals with an amount. *same: campaigns cost in it,
 * or in *other, the only one that deals have. */
static bool choose_currency(struct store *store, const struct rates *rates,
    struct attribution_book *book, struct currency *other, struct err *err)
{
	struct sql q;
	size_t currencies = 0;

	if (!sql_begin(&q, store,
	        "SELECT coalesce(currency, ''), count(*) FROM deal WHERE feed IS NOT "
	        "NULL "
	        "AND amount IS NOT NULL AND coalesce(deleted, 0) = 0 GROUP BY 1 "
	        "ORDER BY 2 DESC, 1",
	        err))
		return false;
	*other = (struct currency){""};
	while (sql_row(&q))
		if (!currencies++)
			slice_copy(sql_get(&q, 0), other->code, sizeof other->code);
	book->currency = *rates->company.code ? rates->company : *other;
	book->cost_currency_told = currencies < 2;
	if (currencies > 1)
		*other = book->currency;
	return sql_done(&q);
}

static void read_cost(struct sql *q, const struct rates *rates, struct currency currency,
    const struct attribution_book *book, struct attribution_campaign *c)
{
	c->cost_state = COST_NONE;
	if (sql_is_null(q, 3))
		return;
	c->cost = sql_get_int(q, 3);
	c->cost_state =
	    currency_eq(currency, book->currency) ||
	            rates_convert(rates, c->cost, currency, sql_get_day(q, 4), &c->cost)
	        ? COST_KNOWN
	        : COST_NO_RATE;
}

static bool load_campaigns(struct store *store, struct arena *arena,
    const struct rates *rates, struct currency currency, struct attribution_book *book,
    struct err *err)
{
	struct sql q;
	int64_t most;

	if (!sql_one(store, "SELECT max(id) FROM campaign", 0, &most, err) ||
	    !sql_begin(&q, store,
	        "SELECT id, coalesce(name, source_id, ''), kind, cost, "
	        "coalesce(start_date, end_date) FROM campaign ORDER BY id",
	        err))
		return false;
	book->n_campaigns = (size_t)most + 1;
	book->campaigns = arena_alloc(arena, book->n_campaigns * sizeof *book->campaigns);
	while (sql_row(&q)) {
		struct attribution_campaign *c = &book->campaigns[sql_get_int(&q, 0)];
		c->name = sql_dup(&q, 1, arena);
		c->channel = channel_of(book, arena, sql_get(&q, 2));
		c->counts = touch_counts(sql_get(&q, 2), true);
		read_cost(&q, rates, currency, book, c);
	}
	return sql_done(&q);
}

bool store_load_attribution_book(struct store *store, struct arena *arena,
    struct attribution_book *out, struct err *err)
{
	struct rates rates;
	struct currency cost;

	*out = (struct attribution_book){.cost_currency_told = true};
	if (!store->generation)
		return store_facts(store, err);
	out->channels = arena_grow(
	    arena, out->channels, &out->cap_channels, 1, sizeof *out->channels);
	out->channels[out->n_channels++] = NULL;
	return load_rates(store, arena, &rates, err) &&
	       choose_currency(store, &rates, out, &cost, err) &&
	       load_campaigns(store, arena, &rates, cost, out, err) &&
	       store_load_word_list(store, arena, "sources", &out->sources, err);
}

/* ---- what is known of deals and people, by key ---- */

static bool instants_make(
    struct store *store, const char *most, struct instants *out, struct err *err)
{
	int64_t count;

	if (!sql_one(store, most, 0, &count, err))
		return false;
	out->count = (size_t)count + 1;
	out->items = xmalloc(out->count * sizeof *out->items);
	for (size_t i = 0; i < out->count; i++)
		out->items[i] = INSTANT_NONE;
	return true;
}

static instant_t instant_at(const struct instants *list, int64_t key)
{
	return key > 0 && (size_t)key < list->count ? list->items[key] : INSTANT_NONE;
}

static void keep_earlier(instant_t *at, instant_t other)
{
	if (other != INSTANT_NONE && (*at == INSTANT_NONE || other < *at))
		*at = other;
}

static void note_earlier(struct instants *list, int64_t key, instant_t at)
{
	if (key > 0 && (size_t)key < list->count)
		keep_earlier(&list->items[key], at);
}

/* A day without a time is its end: what happened on it was at or before. */
static instant_t by_its_end(struct sql *q, int column)
{
	instant_t at = sql_get_instant(q, column);

	return at != INSTANT_NONE && sql_get(q, column).len <= 10 ? at + DAY_SECONDS - 1
	                                                          : at;
}

static bool load_leads(struct attribution_reader *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, r->store,
	        "SELECT id, contact, deal, created FROM lead WHERE created IS NOT NULL",
	        err))
		return false;
	while (sql_row(&q)) {
		instant_t at = by_its_end(&q, 3);
		note_earlier(&r->lead, sql_get_int(&q, 0), at);
		note_earlier(&r->of_contact, sql_get_int(&q, 1), at);
		note_earlier(&r->of_deal, sql_get_int(&q, 2), at);
	}
	return sql_done(&q);
}

static bool load_seats(struct attribution_reader *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, r->store, "SELECT deal, contact FROM committee", err))
		return false;
	while (sql_row(&q))
		note_earlier(&r->of_deal, sql_get_int(&q, 0),
		    instant_at(&r->of_contact, sql_get_int(&q, 1)));
	return sql_done(&q);
}

static bool load_deals(struct attribution_reader *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, r->store,
	        "SELECT d.id, d.campaign, s.first_activity FROM deal_summary s "
	        "JOIN deal d ON d.id = s.deal",
	        err))
		return false;
	r->n_deals = r->of_deal.count;
	r->first_activity = xcalloc(r->n_deals, sizeof *r->first_activity);
	r->crm_campaign = xcalloc(r->n_deals, sizeof *r->crm_campaign);
	while (sql_row(&q)) {
		int64_t key = sql_get_int(&q, 0);
		r->crm_campaign[key] = (uint32_t)sql_get_int(&q, 1);
		r->first_activity[key] = sql_get_instant(&q, 2);
	}
	return sql_done(&q);
}

static bool load_around(struct attribution_reader *r, struct err *err)
{
	return instants_make(r->store, "SELECT max(id) FROM lead", &r->lead, err) &&
	       instants_make(
	           r->store, "SELECT max(id) FROM contact", &r->of_contact, err) &&
	       instants_make(r->store, "SELECT max(id) FROM deal", &r->of_deal, err) &&
	       load_leads(r, err) && load_seats(r, err) && load_deals(r, err);
}

/* ---- touches ---- */

/* There are a few dozen, and neighbours are mostly of one. */
static const struct kind_seen *kind_of(struct attribution_reader *r, struct slice text)
{
	for (size_t i = 0; i < r->n_kinds; i++) {
		size_t at = (r->last_kind + i) % r->n_kinds;
		const struct kind_seen *k = &r->kinds[at];
		if (k->len == text.len && !memcmp(k->text, text.p, text.len)) {
			r->last_kind = at;
			return k;
		}
	}
	r->kinds = arena_grow(
	    r->arena, r->kinds, &r->cap_kinds, r->n_kinds + 1, sizeof *r->kinds);
	r->last_kind = r->n_kinds++;
	r->kinds[r->last_kind] =
	    (struct kind_seen){.text = arena_dup(r->arena, text.p, text.len),
	        .len = text.len,
	        .channel = channel_of(r->book, r->arena, text),
	        .counts = {touch_counts(text, false), touch_counts(text, true)}};
	return &r->kinds[r->last_kind];
}

static bool has_id(const struct attribution_reader *r, int64_t id)
{
	size_t low = 0, high = r->n_ids;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (r->ids[middle] < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < r->n_ids && r->ids[low] == id;
}

static void *room_for(void *items, size_t *cap, size_t count, size_t size)
{
	if (count < *cap)
		return items;
	*cap = *cap ? *cap * 2 : 1024;
	return xrealloc(items, *cap * size);
}

enum { DEAL, TOUCH, AT, CAMPAIGN, KIND, PART_OF, CONTACT, LEAD, RESPONDED };
#define TOUCHES                                                                      \
	"SELECT deal, touch, at, campaign, kind, part_of, contact, lead, responded " \
	"FROM touch_deal "
static const char touches_text[] = TOUCHES "ORDER BY deal, touch";
static const char touches_of_text[] = TOUCHES "WHERE deal = $1 ORDER BY touch";

/* Its channel, and whether it counts. What its campaign is goes before what it is. */
static bool judge_kind(
    struct attribution_reader *r, struct sql *q, uint32_t campaign, uint32_t *channel)
{
	const struct attribution_campaign *c = &r->book->campaigns[campaign];
	struct slice text = sql_get(q, KIND);

	*channel = c->channel;
	if (!text.len)
		return !campaign || c->counts;
	const struct kind_seen *kind = kind_of(r, text);
	if (!*channel)
		*channel = kind->channel;
	return kind->counts[sql_get_int(q, RESPONDED) != 0];
}

/* A row for a further contact counts only where its main row, which comes before it,
 * is not the deal's; of the contact it tells all the same. */
static void take_row(struct attribution_reader *r, struct sql *q)
{
	int64_t id = sql_get_int(q, TOUCH), main_row = sql_get_int(q, PART_OF);
	uint32_t campaign = (uint32_t)sql_get_int(q, CAMPAIGN), channel;

	r->ids = room_for(r->ids, &r->cap_ids, r->n_ids, sizeof *r->ids);
	r->ids[r->n_ids++] = id;
	keep_earlier(&r->first_lead, instant_at(&r->of_contact, sql_get_int(q, CONTACT)));
	keep_earlier(&r->first_lead, instant_at(&r->lead, sql_get_int(q, LEAD)));
	if (!judge_kind(r, q, campaign, &channel) || (main_row && has_id(r, main_row)))
		return;
	instant_t at = sql_get_instant(q, AT);
	if (at == INSTANT_NONE)
		return;
	r->touches = room_for(r->touches, &r->cap, r->count, sizeof *r->touches);
	r->touches[r->count++] = (struct attribution_touch){
	    .key = id, .at = at, .campaign = campaign, .channel = channel};
}

/* Rows of deals that come before it are passed over. */
static void read_deal(
    struct attribution_reader *r, struct sql *q, bool *more, const struct deal *deal)
{
	r->count = r->n_ids = 0;
	r->first_lead = instant_at(&r->of_deal, deal->key);
	while (*more && sql_get_int(q, DEAL) <= deal->key) {
		if (sql_get_int(q, DEAL) == deal->key)
			take_row(r, q);
		*more = sql_row(q);
	}
}

static void tell(
    struct attribution_reader *r, const struct deal *deal, attribution_fn each, void *arg)
{
	size_t key = (size_t)deal->key;
	bool known = key < r->n_deals;
	struct attribution_case c = {.deal = deal,
	    .touches = r->touches,
	    .count = r->count,
	    .crm_campaign = known ? r->crm_campaign[key] : 0,
	    .lead = r->first_lead,
	    .first_activity = known ? r->first_activity[key] : INSTANT_NONE};

	each(arg, &c);
}

static bool read_all(struct attribution_reader *r, const struct deal *const *deals,
    size_t count, attribution_fn each, void *arg, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, r->store, touches_text, err))
		return false;
	bool more = sql_row(&q);
	for (size_t i = 0; i < count; i++) {
		read_deal(r, &q, &more, deals[i]);
		tell(r, deals[i], each, arg);
	}
	return sql_done(&q);
}

static bool read_each(struct attribution_reader *r, const struct deal *const *deals,
    size_t count, attribution_fn each, void *arg, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		struct sql q;
		if (!sql_begin(&q, r->store, touches_of_text, err))
			return false;
		sql_int(&q, 1, deals[i]->key);
		bool more = sql_row(&q);
		read_deal(r, &q, &more, deals[i]);
		if (!sql_done(&q))
			return false;
		tell(r, deals[i], each, arg);
	}
	return true;
}

bool store_each_attribution(struct store *store, struct arena *arena,
    const struct deal *const *deals, size_t count, struct attribution_book *book,
    attribution_fn each, void *arg, struct err *err)
{
	enum { FEW = 8 }; /* one of so many: then each is looked up */
	struct attribution_reader r = {.store = store, .arena = arena, .book = book};
	bool fine = load_around(&r, err);

	if (fine && count * FEW < r.n_deals)
		fine = read_each(&r, deals, count, each, arg, err);
	else if (fine)
		fine = read_all(&r, deals, count, each, arg, err);
	free(r.lead.items);
	free(r.of_contact.items);
	free(r.of_deal.items);
	free(r.first_activity);
	free(r.crm_campaign);
	free(r.touches);
	free(r.ids);
	return fine;
}
