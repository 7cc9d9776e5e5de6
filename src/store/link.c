#include "link.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Which touches and activities belong to a deal. One belongs to it when it
 * names the deal; else when its contact is on the deal's committee; else when
 * its contact, or the lead that became that contact, or the account it names
 * itself, is of the deal's account and it falls between 12 months before the
 * deal was created and the day it was closed (an open deal has no end). One
 * may belong to several deals; why is kept.
 *
 * Links are worked out deal by deal, so they are written in the order of their
 * table; a deal whose links come out as they were costs no write.
 */

enum { WINDOW_MONTHS = 12 };

struct deal_window {
	int64_t deal, account;
	char from[DAY_TEXT], until[INSTANT_TEXT + 1]; /* text compares as time does */
};

static void add_person(struct linker *l, int64_t contact)
{
	if (l->n_people == l->cap_people) {
		l->cap_people = l->cap_people ? l->cap_people * 2 : 64;
		l->people = xrealloc(l->people, l->cap_people * sizeof *l->people);
	}
	l->people[l->n_people++] = contact;
}

static bool prepare_side(
    struct build *b, struct side_sql *s, const char *table, struct err *err)
{
	static const char *const column[] = {
	    "deal", "contact", "contact", "lead", "account"};
	struct str text = STR_INIT;
	bool fine = true;

	s->table = table;
	s->touches = !strcmp(table, "touch");
	for (int how = LINK_DEAL; fine && how <= LINK_ACCOUNT; how++) {
		str_clear(&text);
		str_addf(&text, "SELECT id, %s FROM %s WHERE %s = ?1%s%s",
		    s->touches ? TOUCH_COLUMNS : "at, part_of, done, direction", table,
		    column[how], how > LINK_COMMITTEE ? " AND at >= ?2 AND at <= ?3" : "",
		    how == LINK_ACCOUNT ? " AND contact IS NULL AND lead IS NULL" : "");
		fine = build_prepare(b, text.p, &s->by[how], err);
	}
	str_clear(&text);
	str_addf(&text, "SELECT %s, %s linked_by FROM %s_deal WHERE deal = ?1 ORDER BY 1",
	    table, s->touches ? TOUCH_COLUMNS ", " : "", table);
	fine = fine && build_prepare(b, text.p, &s->old, err);
	str_clear(&text);
	str_addf(&text,
	    "INSERT OR REPLACE INTO %s_deal(deal, %s, linked_by%s) VALUES(?1, ?2, ?3%s)",
	    table, table, s->touches ? ", " TOUCH_COLUMNS : "",
	    s->touches ? ", ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11" : "");
	fine = fine && build_prepare(b, text.p, &s->insert, err);
	str_clear(&text);
	str_addf(&text, "DELETE FROM %s_deal WHERE deal = ?1 AND %s = ?2", table, table);
	fine = fine && build_prepare(b, text.p, &s->erase, err);
	str_release(&text);
	return fine;
}

static bool linker_init(struct linker *l, struct build *b, struct err *err)
{
	*l =
	    (struct linker){.b = b, .as_of_end = ((instant_t)b->as_of + 1) * DAY_SECONDS};
	l->recent_from = l->as_of_end - (instant_t)ENGAGED_DAYS * DAY_SECONDS;
	return prepare_side(b, &l->sides[0], "touch", err) &&
	       prepare_side(b, &l->sides[1], "activity", err) &&
	       build_prepare(b, "SELECT DISTINCT contact FROM committee WHERE deal = ?1",
	           &l->committee, err) &&
	       build_prepare(
	           b, "SELECT id FROM contact WHERE account = ?1", &l->contacts, err) &&
	       build_prepare(
	           b, "SELECT id FROM lead WHERE account = ?1", &l->leads, err) &&
	       build_prepare(
	           b, "SELECT id FROM lead WHERE contact = ?1", &l->contact_leads, err);
}

static void linker_release(struct linker *l)
{
	for (int i = 0; i < 2; i++) {
		struct side_sql *s = &l->sides[i];
		for (int how = 0; how <= LINK_ACCOUNT; how++)
			sqlite3_finalize(s->by[how]);
		sqlite3_finalize(s->old);
		sqlite3_finalize(s->insert);
		sqlite3_finalize(s->erase);
		free(s->found.items);
	}
	sqlite3_finalize(l->committee);
	sqlite3_finalize(l->contacts);
	sqlite3_finalize(l->leads);
	sqlite3_finalize(l->contact_leads);
	free(l->people);
	arena_release(&l->texts);
}

static const struct link *take_link(
    struct linker *l, struct side_sql *s, sqlite3_stmt *stmt, int how)
{
	struct link *link = link_add(&s->found);

	*link = (struct link){.id = sqlite3_column_int64(stmt, 0),
	    .how = how,
	    .at = link_instant((const char *)sqlite3_column_text(stmt, 1)),
	    .part_of = sqlite3_column_int64(stmt, 2)};
	if (s->touches) {
		link_take_touch(l, link, stmt);
	} else {
		const char *direction = (const char *)sqlite3_column_text(stmt, 4);
		link->planned = sqlite3_column_type(stmt, 3) != SQLITE_NULL &&
		                !sqlite3_column_int(stmt, 3);
		link->inbound = direction && *direction == 'i';
	}
	return link;
}

/* All rows of both sides that have `key` in the column of `how`. Returns
 * whether any of them is recent. */
static bool pull(
    struct linker *l, const struct deal_window *w, enum linked_by how, int64_t key)
{
	bool recent = false;

	for (int i = 0; i < 2; i++) {
		struct side_sql *s = &l->sides[i];
		sqlite3_stmt *stmt = s->by[how];
		sqlite3_bind_int64(stmt, 1, key);
		if (how > LINK_COMMITTEE) {
			sqlite3_bind_text(stmt, 2, w->from, -1, SQLITE_STATIC);
			sqlite3_bind_text(stmt, 3, w->until, -1, SQLITE_STATIC);
		}
		while (sqlite3_step(stmt) == SQLITE_ROW) {
			const struct link *link = take_link(l, s, stmt, how);
			recent |= link->at >= l->recent_from && link->at < l->as_of_end;
		}
		sqlite3_reset(stmt);
	}
	return recent;
}

static bool is_member(const struct linker *l, int64_t contact)
{
	for (size_t i = 0; i < l->n_committee; i++)
		if (l->people[i] == contact)
			return true;
	return false;
}

static void pull_people(struct linker *l, const struct deal_window *w)
{
	l->n_people = 0;
	sqlite3_bind_int64(l->committee, 1, w->deal);
	while (sqlite3_step(l->committee) == SQLITE_ROW)
		add_person(l, sqlite3_column_int64(l->committee, 0));
	sqlite3_reset(l->committee);
	l->n_committee = l->n_people;
	if (w->account) {
		sqlite3_bind_int64(l->contacts, 1, w->account);
		while (sqlite3_step(l->contacts) == SQLITE_ROW)
			if (!is_member(l, sqlite3_column_int64(l->contacts, 0)))
				add_person(l, sqlite3_column_int64(l->contacts, 0));
		sqlite3_reset(l->contacts);
	}
	l->n_engaged = 0;
	for (size_t i = 0; i < l->n_people; i++) {
		bool member = i < l->n_committee;
		bool recent =
		    pull(l, w, member ? LINK_COMMITTEE : LINK_CONTACT, l->people[i]);
		l->n_engaged += member && recent;
	}
}

/* A lead reaches the deal as the contact it became, or by the account it was
 * converted into. */
static void pull_leads(struct linker *l, const struct deal_window *w)
{
	for (size_t i = 0; i < l->n_people; i++) {
		sqlite3_bind_int64(l->contact_leads, 1, l->people[i]);
		while (sqlite3_step(l->contact_leads) == SQLITE_ROW)
			pull(l, w, LINK_LEAD, sqlite3_column_int64(l->contact_leads, 0));
		sqlite3_reset(l->contact_leads);
	}
	if (!w->account)
		return;
	sqlite3_bind_int64(l->leads, 1, w->account);
	while (sqlite3_step(l->leads) == SQLITE_ROW)
		pull(l, w, LINK_LEAD, sqlite3_column_int64(l->leads, 0));
	sqlite3_reset(l->leads);
}

static bool sum_up(struct linker *l, int64_t deal, struct err *err)
{
	struct summary s = {.deal = deal,
	    .committee = (int)l->n_committee,
	    .engaged = (int)l->n_engaged,
	    .touches = link_stats(l, &l->sides[0].found),
	    .activities = link_stats(l, &l->sides[1].found)};

	return summary_write(l->b, &s, err);
}

static bool link_deal(
    struct linker *l, const struct deal_window *w, bool gone, struct err *err)
{
	l->sides[0].found.count = l->sides[1].found.count = 0;
	l->n_committee = l->n_engaged = 0;
	arena_release(&l->texts);
	if (!gone) {
		pull(l, w, LINK_DEAL, w->deal);
		pull_people(l, w);
		pull_leads(l, w);
		if (w->account)
			pull(l, w, LINK_ACCOUNT, w->account);
	}
	return link_write(l, &l->sides[0], w->deal, err) &&
	       link_write(l, &l->sides[1], w->deal, err) &&
	       (gone ? summary_drop(l->b, w->deal, err) : sum_up(l, w->deal, err));
}

static bool mark_by(struct build *b, const char *text, const struct marks *marks,
    struct marks *out, struct err *err)
{
	sqlite3_stmt *stmt;

	if (!build_prepare(b, text, &stmt, err))
		return false;
	while (sqlite3_step(stmt) == SQLITE_ROW)
		if (marked(marks, sqlite3_column_int64(stmt, 0)))
			mark(out, sqlite3_column_int64(stmt, 1));
	sqlite3_finalize(stmt);
	return true;
}

/* From marked leads, contacts and accounts to the deals they may reach. */
static bool spread_marks(struct build *b, struct err *err)
{
	struct marks *dirty = b->dirty;

	return mark_by(b, "SELECT id, contact FROM lead WHERE contact IS NOT NULL",
	           &dirty[FACT_LEADS], &dirty[FACT_CONTACTS], err) &&
	       mark_by(b, "SELECT id, account FROM lead WHERE account IS NOT NULL",
	           &dirty[FACT_LEADS], &dirty[FACT_ACCOUNTS], err) &&
	       mark_by(b, "SELECT id, account FROM contact WHERE account IS NOT NULL",
	           &dirty[FACT_CONTACTS], &dirty[FACT_ACCOUNTS], err) &&
	       mark_by(b, "SELECT contact, deal FROM committee", &dirty[FACT_CONTACTS],
	           &dirty[FACT_DEALS], err) &&
	       mark_by(b, "SELECT account, id FROM deal WHERE account IS NOT NULL",
	           &dirty[FACT_ACCOUNTS], &dirty[FACT_DEALS], err);
}

static void set_window(struct deal_window *w, sqlite3_stmt *stmt)
{
	const char *created = (const char *)sqlite3_column_text(stmt, 2);
	const char *closed = (const char *)sqlite3_column_text(stmt, 3);
	day_t day;

	w->deal = sqlite3_column_int64(stmt, 0);
	w->account = sqlite3_column_int64(stmt, 1);
	w->from[0] = '\0';
	if (created && day_parse(created, &day))
		day_format(day_add_months(day, -WINDOW_MONTHS), w->from);
	/* "~" stands after every time of that day, and after every day. */
	snprintf(w->until, sizeof w->until, "%.10s~", closed ? closed : "");
}

bool link_deals(struct build *b, struct err *err)
{
	struct linker l;
	sqlite3_stmt *deals;

	if (!b->fresh && (!spread_marks(b, err) || !summary_time_passed(b, err)))
		return false;
	if (!build_prepare(b,
	        "SELECT id, account, created, CASE WHEN status <> 'open' "
	        "THEN coalesce(closed, close_date) END, coalesce(deleted, 0) = 1 "
	        "FROM deal WHERE feed IS NOT NULL ORDER BY id",
	        &deals, err))
		return false;
	bool fine = linker_init(&l, b, err);
	while (fine && sqlite3_step(deals) == SQLITE_ROW) {
		struct deal_window w;
		set_window(&w, deals);
		if (b->fresh || marked(&b->dirty[FACT_DEALS], w.deal))
			fine = link_deal(&l, &w, sqlite3_column_int(deals, 4), err);
	}
	sqlite3_finalize(deals);
	linker_release(&l);
	return fine;
}
