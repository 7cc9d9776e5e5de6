#ifndef HUDDLE_STORE_LINK_H
#define HUDDLE_STORE_LINK_H

#include "spread.h"
#include "sums.h"
#include <pthread.h>
#include <stdatomic.h>

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
#define LINK_REFS "deal, contact, lead, account, at"
#define LINK_REFS_OF "SELECT " LINK_REFS " FROM %s WHERE id = ?1"
enum { LINK_REFS_COUNT = 5 };

/* The same of values: at may be a day or an instant. */
struct event_refs link_refs_of(const struct value *deal, const struct value *contact,
	const struct value *lead, const struct value *account, const struct value *at);

/* A row as its links are made of it. */
enum { OWN_MAX = 8 };
struct event_row {
	int64_t id;
	struct event_refs refs;
	struct value own[OWN_MAX]; /* the side's columns, in their order */
};
/* n columns of a statement; texts are borrowed until it steps. */
void link_own(sqlite3_stmt *stmt, int first, int n, struct value *out);

/* All links of a side, on their way to their table (gather.c, link_bulk.c). */
struct gather {
	struct build *b;
	int side, n_own;
	const struct reach *reach;
	sqlite3 *db;              /* where rows are read from */
	sqlite3_stmt *rows, *refs;
	struct targets targets;   /* of a row */
	struct targets main;      /* of the row that parts are of, */
	int64_t main_id;          /* this one */
	struct str record;
	struct spread *links;
};
void gather_begin(struct gather *g, struct build *b, int side, const struct reach *reach,
	sqlite3 *db);
bool gather_row(struct gather *g, const struct event_row *row, struct err *err);
/* All rows of the table, by g->db alone; both add to b->sums. */
bool gather_table(struct gather *g, struct err *err);

/* A link as it was gathered; texts are the record's. */
struct gathered {
	uint32_t row;
	uint8_t how;
	struct value own[OWN_MAX];
};
void gathered_read(struct slice record, struct gathered *out);
/* Writes what was gathered in place of what is in the table of that name. */
bool gather_write(struct gather *g, sqlite3 *db, struct err *err);
void gather_release(struct gather *g);

/* From the first row that waits, or from link_begin(), to link_finish(). */
struct linking {
	struct reach now;
	struct marks relink; /* deals, see link_changes() */
	struct gather gather[LINK_SIDES];
	/* Where they stand among the values of a row that waits. */
	int own_from[LINK_SIDES][OWN_MAX], refs_from[LINK_SIDES][LINK_REFS_COUNT];
	/* The thread of a first sync. */
	sqlite3 *db;
	pthread_t thread;
	bool running, fine;
	atomic_int left; /* the build is abandoned */
	struct err err;
};
bool linking_begin(struct build *b, struct err *err);
bool linking_gather(struct build *b, int side, sqlite3 *db, struct err *err);
void linking_release(struct build *b);

/* link_beside.c: write what is or will be gathered beside, and take it over. */
bool beside_start(struct build *b, struct err *err);
bool beside_take(struct build *b, struct err *err);
void beside_release(struct build *b);

/* relink: deals to which also rows that did not change may be linked otherwise. */
bool link_changes(struct build *b, int side, const struct reach *reach,
    const struct marks *relink, struct err *err);

#endif
