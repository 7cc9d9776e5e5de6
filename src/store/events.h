#ifndef HUDDLE_STORE_EVENTS_H
#define HUDDLE_STORE_EVENTS_H

#include "huddle/build.h"
#include "id_set.h"
#include <sqlite3.h>

struct build;
struct feed;

/* Ids of rows that nobody refers to, to tell new, changed, the same and the
 * repeated apart. A first load knows that the table was empty and needs no
 * look into it; later ones walk along the rows in the order they have, because
 * an export mostly keeps its order. */
struct events {
	bool fresh;
	struct id_set known; /* fresh: the ids so far */
	bool unchecked; /* fresh: so many that the rest is only looked at in the end */
	uint8_t *seen;  /* else: a bit per row id up to last */
	int64_t last;   /* largest id when the sync began */
	int64_t newest; /* largest id given: one that is free again is not used twice */
	int64_t at_id;  /* the row the walk stands on; 0: none */
	uint64_t at_hash;
	struct slice at_source_id;
	bool at_missing;
	sqlite3_stmt *walk, *seek;
	int walk_feed;
	int64_t main_id;      /* of the last row that is no part */
	bool main_refused;    /* then so are its parts */
	struct str source_id; /* of a part, while it is put */
	struct str main_text; /* source id of the last list, when it was updated */
	int parts;            /* of it, in the file */
};

/* Ids known in memory; tests make it small. */
extern int64_t events_known_max;

bool events_start(struct build *b, enum fact_kind kind, struct err *err);
void events_soon(struct build *b, const struct feed *feed, struct slice source_id);
bool events_find(struct build *b, const struct feed *feed, const struct fact *fact,
    struct slice source_id, int64_t *id, enum put_result *result, bool *was_missing,
    struct err *err);
/* Before a row that is no part, and after the last: parts that the list before
 * it had and has no more are no rows. */
bool events_end_list(struct build *b, const struct feed *feed, struct err *err);
int64_t events_known(struct build *b, const struct feed *feed, struct slice source_id);
void events_saw(struct events *e, int64_t id); /* it stands in the file */
bool events_missing(struct build *b, const struct feed *feed, bool full, int64_t *missing,
    struct err *err);

#endif
