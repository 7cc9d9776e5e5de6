#include "load_attribution.h"
#include "huddle/store_attribution.h"
#include "sql.h"
#include "sql_tell.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/*
 * The touches of one deal after the other, as they stand in the table of links, and
 * what else attribution asks of a deal: what the CRM credits it to, when sales first did
 * something, and when the first of its people became a lead. These are kept by key, so
 * that the one pass over millions of touches joins nothing. Most of the time goes into
 * taking rows from SQLite, so two threads with a connection each do that.
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

/* What both threads read. */
struct around {
	struct instants lead, of_contact, of_deal; /* when one became a lead */
	instant_t *first_activity;                 /* by deal: of its account */
	uint32_t *crm_campaign;
	size_t n_deals;
	bool leads; /* there are any */
};

enum { MONTHS = 12 * 256 };

/* One thread's. */
struct attribution_reader {
	struct store *store;
	const struct around *around;
	const struct attribution_part *part;
	attribution_fn each;
	const struct deal *const *deals;
	size_t n_deals;
	struct kind_seen *kinds;
	size_t n_kinds, cap_kinds, last_kind;
	struct attribution_touch *touches; /* of the deal that is read */
	int64_t *ids;                      /* of all its rows, ascending */
	size_t count, cap, n_ids, cap_ids;
	instant_t first_lead;
	day_t months
	    [MONTHS]; /* their first days, from January of the year 1900; 0: not yet */
	const struct deal *const *ahead; /* the one it stands on and those after it */
	size_t n_ahead;
	struct err err;
	bool fine;
};

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

static bool load_leads(struct store *store, struct around *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store,
	        "SELECT id, contact, deal, created FROM lead WHERE created IS NOT NULL",
	        err))
		return false;
	while (sql_row(&q)) {
		instant_t at = by_its_end(&q, 3);
		r->leads = true;
		note_earlier(&r->lead, sql_get_int(&q, 0), at);
		note_earlier(&r->of_contact, sql_get_int(&q, 1), at);
		note_earlier(&r->of_deal, sql_get_int(&q, 2), at);
	}
	return sql_done(&q);
}

static bool load_seats(struct store *store, struct around *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store, "SELECT deal, contact FROM committee", err))
		return false;
	while (sql_row(&q))
		note_earlier(&r->of_deal, sql_get_int(&q, 0),
		    instant_at(&r->of_contact, sql_get_int(&q, 1)));
	return sql_done(&q);
}

/* The first activity of an account is the first of any of its deals: sales that knew the
 * account was there before marketing. */
static bool share_by_account(struct store *store, struct around *r, struct err *err)
{
	struct instants first;
	struct sql q;

	if (!instants_make(store, "SELECT max(id) FROM account", &first, err))
		return false;
	for (int pass = 0; pass < 2; pass++) {
		if (!sql_begin(&q, store,
		        "SELECT id, account FROM deal WHERE account IS NOT NULL", err))
			break;
		while (sql_row(&q)) {
			instant_t *own = &r->first_activity[sql_get_int(&q, 0)];
			int64_t account = sql_get_int(&q, 1);

			if (pass)
				*own = instant_at(&first, account);
			else
				note_earlier(&first, account, *own);
		}
		if (!sql_done(&q))
			break;
	}
	free(first.items);
	return !*err->text;
}

static bool load_deals(struct store *store, struct around *r, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store,
	        "SELECT d.id, d.campaign, s.first_activity FROM deal_summary s "
	        "JOIN deal d ON d.id = s.deal",
	        err))
		return false;
	r->n_deals = r->of_deal.count;
	r->first_activity = xcalloc(r->n_deals, sizeof *r->first_activity);
	r->crm_campaign = xcalloc(r->n_deals, sizeof *r->crm_campaign);
	for (size_t i = 0; i < r->n_deals; i++)
		r->first_activity[i] = INSTANT_NONE;
	while (sql_row(&q)) {
		int64_t key = sql_get_int(&q, 0);
		r->crm_campaign[key] = (uint32_t)sql_get_int(&q, 1);
		r->first_activity[key] = sql_get_instant(&q, 2);
	}
	return sql_done(&q) && share_by_account(store, r, err);
}

static bool load_around(struct store *store, struct around *r, struct err *err)
{
	return instants_make(store, "SELECT max(id) FROM lead", &r->lead, err) &&
	       instants_make(store, "SELECT max(id) FROM contact", &r->of_contact, err) &&
	       instants_make(store, "SELECT max(id) FROM deal", &r->of_deal, err) &&
	       load_leads(store, r, err) && load_seats(store, r, err) &&
	       load_deals(store, r, err);
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
	    r->part->arena, r->kinds, &r->cap_kinds, r->n_kinds + 1, sizeof *r->kinds);
	r->last_kind = r->n_kinds++;
	r->kinds[r->last_kind] =
	    (struct kind_seen){.text = arena_dup(r->part->arena, text.p, text.len),
	        .len = text.len,
	        .channel = attribution_channel(r->part->book, r->part->arena, text),
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

enum { DEAL, TOUCH, AT, CAMPAIGN, KIND, PART_OF, CONTACT, LEAD, RESPONDED, COLUMNS };
#define TOUCHES                                                                 \
	"SELECT 1 FROM touch_deal WHERE deal BETWEEN $1 AND $2 AND " SQL_TOLD   \
	"(deal, touch, at, campaign, kind, part_of, contact, lead, responded) " \
	"ORDER BY deal, touch"

/* Its channel, and whether it counts. What its campaign is goes before what it is. */
static bool judge_kind(
    struct attribution_reader *r, sql_values row, uint32_t campaign, uint32_t *channel)
{
	const struct attribution_campaign *c = &r->part->book->campaigns[campaign];
	struct slice text = sql_value(row[KIND]);

	*channel = c->channel;
	if (!text.len)
		return !campaign || c->counts;
	const struct kind_seen *kind = kind_of(r, text);
	if (!*channel)
		*channel = kind->channel;
	return kind->counts[0] ||
	       (kind->counts[1] && sqlite3_value_int(row[RESPONDED]) != 0);
}

static void note_lead(struct attribution_reader *r, sql_values row)
{
	const struct around *around = r->around;

	keep_earlier(&r->first_lead,
	    instant_at(&around->of_contact, sqlite3_value_int64(row[CONTACT])));
	keep_earlier(
	    &r->first_lead, instant_at(&around->lead, sqlite3_value_int64(row[LEAD])));
}

/* Instants are parsed by the million, and what is slow of it is where a month starts.
 * The store wrote them; a day, or what does not look as it should, goes the long way. */
static instant_t instant_of_row(struct attribution_reader *r, sqlite3_value *at)
{
	struct slice s = sql_value(at);
	if (s.len != 20 || s.p[10] != 'T')
		return sql_value_instant(at);
#define TWO(i) ((s.p[i] - '0') * 10 + s.p[(i) + 1] - '0')
	int year = TWO(0) * 100 + TWO(2), month = TWO(5);
	if (year < 1900 || year >= 1900 + MONTHS / 12 || month < 1 || month > 12)
		return sql_value_instant(at);
	day_t *first = &r->months[(year - 1900) * 12 + month - 1];
	if (!*first)
		*first = day_from_civil(year, month, 1);
	int32_t seconds = (TWO(11) * 60 + TWO(14)) * 60 + TWO(17);
	return (instant_t)(*first + TWO(8) - 1) * DAY_SECONDS + seconds;
#undef TWO
}

/* A row for a further contact counts only where its main row, which comes before it,
 * is not the deal's; of the contact it tells all the same. */
static void take_row(struct attribution_reader *r, sql_values row)
{
	int64_t id = sqlite3_value_int64(row[TOUCH]);
	int64_t main_row = sqlite3_value_int64(row[PART_OF]);
	uint32_t campaign = (uint32_t)sqlite3_value_int64(row[CAMPAIGN]), channel;

	r->ids = room_for(r->ids, &r->cap_ids, r->n_ids, sizeof *r->ids);
	r->ids[r->n_ids++] = id;
	if (r->around->leads)
		note_lead(r, row);
	if (!judge_kind(r, row, campaign, &channel) || (main_row && has_id(r, main_row)))
		return;
	instant_t at = instant_of_row(r, row[AT]);
	if (at == INSTANT_NONE)
		return;
	r->touches = room_for(r->touches, &r->cap, r->count, sizeof *r->touches);
	r->touches[r->count++] = (struct attribution_touch){
	    .key = id, .at = at, .campaign = campaign, .channel = channel};
}

static void tell(struct attribution_reader *r, const struct deal *deal)
{
	const struct around *around = r->around;
	size_t key = (size_t)deal->key;
	bool known = key < around->n_deals;
	struct attribution_case c = {.deal = deal,
	    .touches = r->touches,
	    .count = r->count,
	    .crm_campaign = known ? around->crm_campaign[key] : 0,
	    .lead = r->first_lead,
	    .first_activity = known ? around->first_activity[key] : INSTANT_NONE};

	r->each(r->part->arg, &c);
}

/* Stand on the first of the deals. */
static void stand(
    struct attribution_reader *r, const struct deal *const *deals, size_t count)
{
	r->ahead = deals;
	r->n_ahead = count;
	r->count = r->n_ids = 0;
	r->first_lead =
	    count ? instant_at(&r->around->of_deal, deals[0]->key) : INSTANT_NONE;
}

/* Tell of all deals that come before `key`: their touches have been. */
static void tell_before(struct attribution_reader *r, int64_t key)
{
	while (r->n_ahead && r->ahead[0]->key < key) {
		tell(r, r->ahead[0]);
		stand(r, r->ahead + 1, r->n_ahead - 1);
	}
}

static void each_row(void *arg, sql_values row)
{
	struct attribution_reader *r = arg;
	int64_t deal = sqlite3_value_int64(row[DEAL]);

	tell_before(r, deal);
	if (r->n_ahead && r->ahead[0]->key == deal)
		take_row(r, row);
}

static bool read_range(
    struct attribution_reader *r, const struct deal *const *deals, size_t count)
{
	struct sql q;

	stand(r, deals, count);
	if (!sql_begin(&q, r->store, TOUCHES, &r->err))
		return false;
	sql_int(&q, 1, deals[0]->key);
	sql_int(&q, 2, deals[count - 1]->key);
	if (!sql_drain(&q))
		return false;
	tell_before(r, INT64_MAX);
	return true;
}

/* Few of many are looked up one by one. */
static void *read_part(void *arg)
{
	enum { FEW = 8 };
	struct attribution_reader *r = arg;

	r->fine = sql_tell(r->store, COLUMNS, each_row, r, &r->err);
	if (r->fine && r->n_deals && r->n_deals * FEW >= r->around->n_deals)
		r->fine = read_range(r, r->deals, r->n_deals);
	else
		for (size_t i = 0; r->fine && i < r->n_deals; i++)
			r->fine = read_range(r, &r->deals[i], 1);
	sql_tell_end(r->store, COLUMNS);
	free(r->touches);
	free(r->ids);
	return NULL;
}

enum { MANY = 1000 }; /* deals from which on a second thread is worth its while */

/* Another connection to the same generation; NULL: one will have to do. */
static struct store *second_store(const struct store *store, size_t count)
{
	struct store_options options = {
	    .path = store->path, .read_only = true, .person = store->person};
	struct err ignored = ERR_INIT;
	struct store *own = NULL;

	if (count < MANY || !store_open(&own, &options, &ignored))
		return NULL;
	if (own->generation == store->generation)
		return own;
	store_close(own);
	return NULL;
}

/* Where half of the touches are behind: older deals have fewer. */
static size_t middle_of(const struct deal *const *deals, size_t count)
{
	int64_t all = 0, before = 0;
	size_t i = 0;

	for (size_t d = 0; d < count; d++)
		all += deals[d]->touches;
	while (i < count && before < all / 2)
		before += deals[i++]->touches;
	return i;
}

static bool read_both(struct attribution_reader readers[2], struct store *store,
    const struct deal *const *deals, size_t count, struct err *err)
{
	struct store *own = second_store(store, count);
	pthread_t thread;
	size_t half = own ? middle_of(deals, count) : count;

	readers[0].store = store;
	readers[0].deals = deals;
	readers[0].n_deals = half;
	readers[1].store = own ? own : store;
	readers[1].deals = deals + half;
	readers[1].n_deals = count - half;
	bool beside = own && !pthread_create(&thread, NULL, read_part, &readers[1]);
	read_part(&readers[0]);
	if (beside)
		pthread_join(thread, NULL);
	else
		read_part(&readers[1]);
	store_close(own);
	for (int i = 0; i < 2; i++)
		if (!readers[i].fine) {
			*err = readers[i].err;
			return false;
		}
	return true;
}

bool store_each_attribution(struct store *store, const struct deal *const *deals,
    size_t count, const struct attribution_part parts[2], attribution_fn each,
    struct err *err)
{
	struct around around = {.leads = false};
	struct attribution_reader readers[2];

	if (!store->generation)
		return store_facts(store, err);
	for (int i = 0; i < 2; i++)
		readers[i] = (struct attribution_reader){
		    .around = &around, .part = &parts[i], .each = each, .err = ERR_INIT};
	bool fine = load_around(store, &around, err) &&
	            read_both(readers, store, deals, count, err);
	free(around.lead.items);
	free(around.of_contact.items);
	free(around.of_deal.items);
	free(around.first_activity);
	free(around.crm_campaign);
	return fine;
}
