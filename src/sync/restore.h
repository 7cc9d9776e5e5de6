#ifndef HUDDLE_SYNC_RESTORE_H
#define HUDDLE_SYNC_RESTORE_H

#include "jobs.h"

/*
 * Files that `huddle export` wrote, read again. Each begins with a column whose
 * header says what it is, and whose cells say of each row whose it is: of facts
 * source and section ("salesforce/deals"), so that they come back as the feed that
 * they were and the next export of that source goes on from them.
 */
#define RESTORED         "huddle_" /* then the kind: huddle_deals */
#define RESTORED_PART_OF "huddle_part_of"
#define RESTORED_MISSING "huddle_missing"
#define RESTORED_CUSTOM  "custom."
/* Headers of the files that are no facts. */
#define RESTORED_RECORD "huddle_record" /* a row of this table of records */
#define RESTORED_TABLES "huddle_tables" /* which tables there are */
#define RESTORED_PAST   "huddle_past"   /* of this table: syncs, what they saw change */

/* Is it such a file? */
bool restored_header(const struct slice *header, size_t n_header);
/* One that is no facts: remembered for later, or left to `huddle import`. */
bool restored_beside(struct sync_run *run, const struct path_file *file,
	const struct slice *header, size_t n_header);
/* The mapping and the section of *mapping that the row's feed is read by. */
bool restored_feed(struct sync_run *run, const struct path_file *file,
	const struct slice *header, size_t n_header, const struct reader_row *first,
	const struct mapping **mapping, const struct section **section);

/* past.c: the syncs before, into facts that nothing is known of. */
bool past_begin(struct sync_run *run);
bool past_end(struct sync_run *run);

#endif
