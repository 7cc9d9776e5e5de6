#ifndef HUDDLE_STORE_LINK_H
#define HUDDLE_STORE_LINK_H

#include "sums.h"

/*
 * The links of touches and activities to deals: touch_deal and activity_deal.
 * They follow from a row and from who reaches which deal (reach.h), so they are
 * made in one of two ways that come to the same: all at once, in the order of
 * their table (link_bulk.c), or for the rows and the deals of which anything
 * changed (link_changes.c).
 */

/* What a link holds beside deal, row and reason: what the timeline shows of a
 * touch, and what the summary needs of both. Spread over the tables of the rows
 * it would be a page read each. */
#define TOUCH_COLUMNS "at, part_of, contact, lead, campaign, responded, kind, detail"
#define ACTIVITY_COLUMNS "at, part_of, contact, done, direction"

struct side_names {
	enum fact_kind kind;
	const char *table, *columns;
};
extern const struct side_names link_sides[LINK_SIDES];

/* Read from the statement's column `first` on: deal, contact, lead, account, at. */
struct event_refs link_refs(sqlite3_stmt *stmt, int first);

bool link_all(struct build *b, int side, const struct reach *reach, struct err *err);

/* relink: deals to which also rows that did not change may be linked otherwise. */
bool link_changes(struct build *b, int side, const struct reach *reach,
	const struct marks *relink, struct err *err);

#endif
