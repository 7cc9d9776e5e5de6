#include "reach.h"

#include "huddle/timeline.h"
#include <stdlib.h>
#include <string.h>

/*
 * The rule, touch by deal: a touch belongs to a deal when it names the deal;
 * else when its contact is on the deal's committee; else when its contact, or
 * the lead that became that contact, or the account it names itself, is of the
 * deal's account and it falls between 12 months before the deal was created
 * and the day it was closed (an open deal has no end). It may belong to several
 * deals. Activities likewise.
 */
enum { WINDOW_MONTHS = 12 };

void mark(struct marks *m, int64_t number)
{
	if (number <= 0)
		return;
	if (number / 8 >= m->cap) {
		int64_t cap = number / 4 + 1024;
		m->bits = xrealloc(m->bits, (size_t)cap);
		memset(m->bits + m->cap, 0, (size_t)(cap - m->cap));
		m->cap = cap;
	}
	m->bits[number / 8] |= (uint8_t)(1u << (number % 8));
}

bool marked(const struct marks *m, int64_t number)
{
	return number > 0 && number / 8 < m->cap &&
	       m->bits[number / 8] >> (number % 8) & 1;
}

int64_t marked_next(const struct marks *m, int64_t after)
{
	for (int64_t n = after + 1; n / 8 < m->cap; n++) {
		if (!m->bits[n / 8])
			n |= 7;
		else if (marked(m, n))
			return n;
	}
	return 0;
}

/* ---- loading ---- */

struct pair {
	uint32_t key, item;
};

struct pairs {
	struct pair *items;
	size_t count, cap;
};

static void pairs_add(struct pairs *p, int64_t key, int64_t item)
{
	if (key <= 0 || item <= 0)
		return;
	if (p->count == p->cap) {
		p->cap = p->cap ? p->cap * 2 : 1024;
		p->items = xrealloc(p->items, p->cap * sizeof *p->items);
	}
	p->items[p->count++] = (struct pair){(uint32_t)key, (uint32_t)item};
}

/* The items of a key keep the order of the pairs. */
static struct lists lists_make(const struct pairs *p)
{
	struct lists l = {0};

	for (size_t i = 0; i < p->count; i++)
		if (p->items[i].key >= l.keys)
			l.keys = p->items[i].key + 1;
	l.start = xcalloc(l.keys + 2, sizeof *l.start);
	l.items = xcalloc(p->count + 1, sizeof *l.items);
	/* Counted two further on, so that filling moves each to its start. */
	for (size_t i = 0; i < p->count; i++)
		l.start[p->items[i].key + 2]++;
	for (size_t k = 1; k < l.keys + 2; k++)
		l.start[k] += l.start[k - 1];
	for (size_t i = 0; i < p->count; i++)
		l.items[l.start[p->items[i].key + 1]++] = p->items[i].item;
	return l;
}

static size_t list_of(const struct lists *l, int64_t key, const uint32_t **items)
{
	if (key <= 0 || (size_t)key >= l->keys)
		return 0;
	*items = l->items + l->start[key];
	return l->start[key + 1] - l->start[key];
}

static uint32_t number_at(const uint32_t *numbers, size_t count, int64_t at)
{
	return at > 0 && (size_t)at < count ? numbers[at] : 0;
}

/* numbers[id] = value, growing. */
static void set_number(uint32_t **numbers, size_t *cap, int64_t id, int64_t value)
{
	if ((size_t)id >= *cap) {
		size_t more = (size_t)id * 2 + 1024;
		*numbers = xrealloc(*numbers, more * sizeof **numbers);
		memset(*numbers + *cap, 0, (more - *cap) * sizeof **numbers);
		*cap = more;
	}
	(*numbers)[id] = (uint32_t)value;
}

static struct reach_deal *deal_at(struct reach *r, size_t *cap, int64_t id)
{
	if ((size_t)id >= *cap) {
		size_t more = (size_t)id * 2 + 256;
		r->deals = xrealloc(r->deals, more * sizeof *r->deals);
		memset(r->deals + *cap, 0, (more - *cap) * sizeof *r->deals);
		*cap = more;
	}
	r->n_deals = (size_t)id + 1;
	return &r->deals[id];
}

static bool load_deals(struct reach *r, struct store *store, struct err *err)
{
	struct sql q;
	struct pairs pairs = {0};
	size_t cap = 0;

	if (!sql_begin(&q, store,
	        "SELECT id, account, created, CASE WHEN status <> 'open' "
	        "THEN coalesce(closed, close_date) END FROM deal "
	        "WHERE feed IS NOT NULL AND coalesce(deleted, 0) <> 1 ORDER BY id",
	        err))
		return false;
	while (sql_row(&q)) {
		int64_t id = sql_get_int(&q, 0);
		day_t created = sql_get_day(&q, 2), closed = sql_get_day(&q, 3);
		struct reach_deal *d = deal_at(r, &cap, id);
		*d = (struct reach_deal){.linked = true,
		    .account = (uint32_t)sql_get_int(&q, 1),
		    .from = created == DAY_NONE ? INT32_MIN
		                                : day_add_months(created, -WINDOW_MONTHS),
		    .until = closed == DAY_NONE ? INT32_MAX : closed};
		pairs_add(&pairs, d->account, id);
	}
	r->of_account = lists_make(&pairs);
	free(pairs.items);
	return sql_done(&q);
}

static bool load_committees(struct reach *r, struct store *store, struct err *err)
{
	struct sql q;
	struct pairs seats = {0}, members = {0};

	if (!sql_begin(&q, store,
	        "SELECT DISTINCT deal, contact FROM committee ORDER BY deal, contact",
	        err))
		return false;
	while (sql_row(&q)) {
		int64_t deal = sql_get_int(&q, 0), contact = sql_get_int(&q, 1);
		pairs_add(&seats, contact, deal);
		pairs_add(&members, deal, contact);
	}
	r->seats = lists_make(&seats);
	r->members = lists_make(&members);
	free(seats.items);
	free(members.items);
	return sql_done(&q);
}

static bool load_people(struct reach *r, struct store *store, struct err *err)
{
	struct sql q;
	size_t cap = 0, cap_account = 0;

	if (!sql_begin(&q, store, "SELECT id, account FROM contact ORDER BY id", err))
		return false;
	while (sql_row(&q)) {
		int64_t id = sql_get_int(&q, 0);
		set_number(&r->contact_account, &cap, id, sql_get_int(&q, 1));
		r->n_contacts = (size_t)id + 1;
	}
	if (!sql_done(&q) ||
	    !sql_begin(
	        &q, store, "SELECT id, contact, account FROM lead ORDER BY id", err))
		return false;
	cap = 0;
	while (sql_row(&q)) {
		int64_t id = sql_get_int(&q, 0);
		set_number(&r->lead_contact, &cap, id, sql_get_int(&q, 1));
		set_number(&r->lead_account, &cap_account, id, sql_get_int(&q, 2));
		r->n_leads = (size_t)id + 1;
	}
	return sql_done(&q);
}

bool reach_load(struct reach *out, struct store *store, struct err *err)
{
	*out = (struct reach){.loaded = true};
	return load_deals(out, store, err) && load_committees(out, store, err) &&
	       load_people(out, store, err);
}

static void lists_release(struct lists *l)
{
	free(l->start);
	free(l->items);
}

void reach_release(struct reach *r)
{
	free(r->deals);
	free(r->contact_account);
	free(r->lead_contact);
	free(r->lead_account);
	lists_release(&r->seats);
	lists_release(&r->members);
	lists_release(&r->of_account);
	*r = (struct reach){0};
}

/* ---- the rule ---- */

static bool is_linked(const struct reach *r, int64_t deal)
{
	return deal > 0 && (size_t)deal < r->n_deals && r->deals[deal].linked;
}

static bool in_window(const struct reach_deal *deal, day_t day)
{
	return day >= deal->from && day <= deal->until;
}

static void add(struct targets *out, int64_t deal, enum linked_by how)
{
	if (out->count == out->cap) {
		out->cap = out->cap ? out->cap * 2 : 64;
		out->items = xrealloc(out->items, out->cap * sizeof *out->items);
	}
	out->items[out->count++] = (struct target){(uint32_t)deal, (uint8_t)how};
}

/* The deals of an account while it counts. */
static void add_account(const struct reach *r, int64_t account, day_t day,
    enum linked_by how, struct targets *out)
{
	const uint32_t *deals;
	size_t n = list_of(&r->of_account, account, &deals);

	for (size_t i = 0; i < n; i++)
		if (in_window(&r->deals[deals[i]], day))
			add(out, deals[i], how);
}

/* The committees a contact is on; a lead that became the contact only while the
 * deal's account counts. */
static void add_seats(const struct reach *r, int64_t contact, const day_t *day,
    enum linked_by how, struct targets *out)
{
	const uint32_t *deals;
	size_t n = list_of(&r->seats, contact, &deals);

	for (size_t i = 0; i < n; i++)
		if (is_linked(r, deals[i]) &&
		    (!day || in_window(&r->deals[deals[i]], *day)))
			add(out, deals[i], how);
}

static void add_contact(
    const struct reach *r, int64_t contact, day_t day, struct targets *out)
{
	add_seats(r, contact, NULL, LINK_COMMITTEE, out);
	add_account(r, number_at(r->contact_account, r->n_contacts, contact), day,
	    LINK_CONTACT, out);
}

static void add_lead(const struct reach *r, int64_t lead, day_t day, struct targets *out)
{
	uint32_t contact = number_at(r->lead_contact, r->n_leads, lead);

	add_seats(r, contact, &day, LINK_LEAD, out);
	add_account(r, number_at(r->contact_account, r->n_contacts, contact), day,
	    LINK_LEAD, out);
	add_account(r, number_at(r->lead_account, r->n_leads, lead), day, LINK_LEAD, out);
}

static bool before(struct target a, struct target b)
{
	return a.deal != b.deal ? a.deal < b.deal : a.how < b.how;
}

/* They are few: an account has some deals, a contact is on some committees. */
static void sort(struct targets *t)
{
	for (size_t i = 1; i < t->count; i++) {
		struct target x = t->items[i];
		size_t j = i;
		for (; j && before(x, t->items[j - 1]); j--)
			t->items[j] = t->items[j - 1];
		t->items[j] = x;
	}
}

static int by_place(const void *a, const void *b)
{
	const struct target *x = a, *y = b;

	return before(*x, *y) ? -1 : before(*y, *x);
}

static void strongest(struct targets *t)
{
	size_t n = 0;

	if (t->count > 64) /* "Unknown account" with all the deals nobody placed */
		qsort(t->items, t->count, sizeof *t->items, by_place);
	else
		sort(t);
	for (size_t i = 0; i < t->count; i++)
		if (!n || t->items[n - 1].deal != t->items[i].deal)
			t->items[n++] = t->items[i];
	t->count = n;
}

void reach_links(
    const struct reach *r, const struct event_refs *event, struct targets *out)
{
	out->count = 0;
	if (is_linked(r, event->deal))
		add(out, event->deal, LINK_DEAL);
	if (event->contact)
		add_contact(r, event->contact, event->day, out);
	if (event->lead)
		add_lead(r, event->lead, event->day, out);
	if (!event->contact && !event->lead)
		add_account(r, event->account, event->day, LINK_ACCOUNT, out);
	if (out->count > 1)
		strongest(out);
}

void reach_soon(const struct reach *r, int64_t contact, int64_t lead)
{
	if (contact > 0 && (size_t)contact < r->seats.keys)
		__builtin_prefetch(&r->seats.start[contact]);
	if (contact > 0 && (size_t)contact < r->n_contacts)
		__builtin_prefetch(&r->contact_account[contact]);
	if (lead > 0 && (size_t)lead < r->n_leads) {
		__builtin_prefetch(&r->lead_contact[lead]);
		__builtin_prefetch(&r->lead_account[lead]);
	}
}

size_t reach_members(const struct reach *r, int64_t deal, const uint32_t **out)
{
	return list_of(&r->members, deal, out);
}

/* ---- what differs ---- */

static void mark_list(const struct lists *l, int64_t key, struct marks *out)
{
	const uint32_t *items;
	size_t n = list_of(l, key, &items);

	for (size_t i = 0; i < n; i++)
		mark(out, items[i]);
}

static void mark_person(const struct reach *r, int64_t contact, struct marks *out)
{
	mark_list(&r->seats, contact, out);
	mark_list(
	    &r->of_account, number_at(r->contact_account, r->n_contacts, contact), out);
}

static struct reach_deal deal_of(const struct reach *r, size_t deal)
{
	return deal < r->n_deals ? r->deals[deal] : (struct reach_deal){0};
}

static bool same_members(const struct reach *a, const struct reach *b, size_t deal)
{
	const uint32_t *x = NULL, *y = NULL;
	size_t n = list_of(&a->members, (int64_t)deal, &x);

	return n == list_of(&b->members, (int64_t)deal, &y) &&
	       (!n || !memcmp(x, y, n * sizeof *x));
}

static bool same_deal(const struct reach *a, const struct reach *b, size_t deal)
{
	struct reach_deal x = deal_of(a, deal), y = deal_of(b, deal);

	if (!x.linked && !y.linked)
		return true;
	return x.linked == y.linked && x.account == y.account && x.from == y.from &&
	       x.until == y.until && same_members(a, b, deal);
}

/* Contacts and leads that are new have no rows but new ones. */
void reach_differences(
    const struct reach *old, const struct reach *now, struct marks *out)
{
	size_t deals = old->n_deals > now->n_deals ? old->n_deals : now->n_deals;

	for (size_t d = 1; d < deals; d++)
		if (!same_deal(old, now, d))
			mark(out, (int64_t)d);
	for (size_t c = 1; c < old->n_contacts; c++) {
		uint32_t account =
		    number_at(now->contact_account, now->n_contacts, (int64_t)c);
		if (old->contact_account[c] == account)
			continue;
		mark_list(&old->of_account, old->contact_account[c], out);
		mark_list(&now->of_account, account, out);
	}
	for (size_t l = 1; l < old->n_leads; l++) {
		uint32_t contact = number_at(now->lead_contact, now->n_leads, (int64_t)l);
		uint32_t account = number_at(now->lead_account, now->n_leads, (int64_t)l);
		if (old->lead_contact[l] == contact && old->lead_account[l] == account)
			continue;
		mark_person(old, old->lead_contact[l], out);
		mark_person(now, contact, out);
		mark_list(&old->of_account, old->lead_account[l], out);
		mark_list(&now->of_account, account, out);
	}
}
