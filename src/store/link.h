#ifndef HUDDLE_STORE_LINK_H
#define HUDDLE_STORE_LINK_H

#include "build_private.h"

/* What finding links (link.c) and writing them (link_write.c) share. */

/* What is read of a touch to link it, and of a link to compare it. */
#define TOUCH_COLUMNS "at, part_of, contact, lead, campaign, responded, kind, detail"

struct link {
	int64_t id, part_of;
	instant_t at;
	int how;
	bool planned, inbound;
	/* of touches, what the timeline shows */
	int64_t contact, lead, campaign;
	int responded;                       /* -1: not said */
	const char *at_text, *kind, *detail; /* NULL: none */
};

struct links {
	struct link *items;
	size_t count, cap;
};

/* The statements of one side: touches or activities. */
struct side_sql {
	const char *table;
	sqlite3_stmt *by[LINK_ACCOUNT + 1]; /* by deal, contact (twice), lead, account */
	sqlite3_stmt *old, *insert, *erase;
	struct links found;
	bool touches;
};

struct linker {
	struct build *b;
	struct side_sql sides[2];
	struct arena texts; /* of one deal's links */
	sqlite3_stmt *committee, *contacts, *leads, *contact_leads;
	int64_t *people; /* committee contacts, then those of the account */
	size_t n_people, cap_people, n_committee, n_engaged;
	instant_t recent_from, as_of_end; /* the 90 days before the as-of day's end */
};

struct link *link_add(struct links *links); /* not filled in */
/* The columns of TOUCH_COLUMNS from the statement's second on. */
void link_take_touch(struct linker *l, struct link *link, sqlite3_stmt *stmt);
instant_t link_instant(const char *text); /* a day or an instant */

/* Make side->found one link a row in the order of ids, and write what differs
 * from the links the deal has. */
bool link_write(struct linker *l, struct side_sql *side, int64_t deal, struct err *err);
/* Of what link_write left in `links`. */
struct side_stats link_stats(const struct linker *l, const struct links *links);

#endif
