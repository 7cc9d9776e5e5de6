#ifndef HUDDLE_STORE_LINK_H
#define HUDDLE_STORE_LINK_H

#include "spread.h"
#include "sums.h"
#include <pthread.h>

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
#define TOUCH_COLUMNS    "at, part_of, contact, lead, campaign, responded, kind, detail"
#define ACTIVITY_COLUMNS "at, part_of, contact, done, direction"

struct side_names {
	enum fact_kind kind;
	const char *table, *columns;
};
extern const struct side_names link_sides[LINK_SIDES];

/* Read from the statement's column `first` on: deal, contact, lead, account, at. */
struct event_refs link_refs(sqlite3_stmt *stmt, int first);

/* Of one row by its id: what link_refs() reads. Formatted with the table. */
#define LINK_REFS_OF "SELECT deal, contact, lead, account, at FROM %s WHERE id = ?1"

/* All links of a side, on their way to their table (link_bulk.c). */
struct gather {
	struct build *b;
	int side;
	const struct reach *reach;
	sqlite3 *db; /* the rows are read from */
	sqlite3_stmt *rows, *refs;
	struct targets targets; /* of a row */
	struct str record;
	struct spread *links;
};
/* Reads all rows, by g->db alone and adding to b->sums. */
bool gather_links(struct gather *g, struct err *err);
/* Writes what was gathered in place of what is there. */
bool gather_write(struct gather *g, struct err *err);
void gather_release(struct gather *g);

/* From link_begin() to link_finish(). */
struct linking {
	struct reach now;
	struct marks relink; /* deals, see link_changes() */
	struct gather gather[LINK_SIDES];
	pthread_t thread;
	bool running, fine;
	volatile int left; /* the build is abandoned */
	struct err err;
};
void linking_release(struct build *b);

/* relink: deals to which also rows that did not change may be linked otherwise. */
bool link_changes(struct build *b, int side, const struct reach *reach,
    const struct marks *relink, struct err *err);

#endif
