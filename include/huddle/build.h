#ifndef HUDDLE_BUILD_H
#define HUDDLE_BUILD_H

#include "huddle/provenance.h"
#include "huddle/put.h"
#include "huddle/str.h"

/*
 * The next generation of facts, built where nobody looks: a copy of the
 * current one (or an empty one) that a sync fills, links, sums up, makes
 * durable and switches to. Until build_publish() returns true, readers and
 * writers of records notice nothing; build_abandon() leaves no trace.
 */
struct build;

/* Refused while another sync runs. The facts are not copied yet. */
bool build_begin(struct build **out, struct store *store, struct err *err);
/* The same to be abandoned: beside a running sync, and where nothing can be
 * written, which then is done where temporary files go. */
bool build_begin_dry(struct build **out, struct store *store, struct err *err);
void build_abandon(struct build *b); /* NULL is fine; also after build_publish */
int64_t build_sync_id(const struct build *b); /* of the newest group */

/* What is known of a file (report->file, or another of its day) of a feed: its
 * counts, if it has these bytes; false when it must be read. Read by another
 * mapping it is known all the same, and *same_mapping is false. */
bool build_same_file(struct build *b, struct arena *arena, const char *source,
	const char *section, const char *hash, const char *mapping_hash,
	struct file_report *report, bool *same_mapping, struct err *err);
/* Rejects kept from that reading, appended to the report's. */
bool build_old_rejects(struct build *b, struct arena *arena, const char *name,
	const char *source, const char *section, struct sync_report *report, struct err *err);

/* How many files the newest reading of a feed had, and the day they spoke of
 * (DAY_NONE: there is no such feed). */
bool build_feed_files(struct build *b, const char *source, const char *section, int64_t *count,
	day_t *as_of, struct err *err);
/* Does the feed have rows that are missing and not yet deleted (--full does)? */
bool build_feed_missing(struct build *b, const char *source, const char *section,
	enum fact_kind kind, bool *any, struct err *err);
/* Rows of all feeds of a source and kind, as far as they are built. */
bool build_kind_rows(struct build *b, const char *source, enum fact_kind kind, int64_t *out,
	struct err *err);

/* Whatever takes long stops as refused once *stop is not 0. */
void build_stop_when(struct build *b, const volatile int *stop);

/* Copy or create the file; before the first feed. *lost: there were facts, but
 * they are gone or can not be read, so this starts empty. */
bool build_open(struct build *b, bool *lost, struct err *err);

/*
 * What speaks of one day is a group: a sync of its own, with its own changes of
 * deals and its own absent rows. Older days come first. A call that reads a
 * year of exports builds a group a week, and all are published as one. The
 * facts speak of the last group's day, or, unless it may take them back, of the
 * newer one that they spoke of before.
 */
bool build_group(struct build *b, day_t as_of, bool back, struct err *err);
bool build_group_done(struct build *b, int64_t added, int64_t updated, int64_t missing,
	int64_t rejected, struct err *err);

struct feed_report {
	int64_t before; /* rows at the last sync of this feed; 0: first */
	const char *decided; /* what build_feed_decided() was told then; "" */
	bool first;
};
/* What the columns of its files decided about each other (plan_decided()). */
bool build_feed_decided(struct build *b, int feed, const char *decided, struct err *err);

/* One section of one source; captured is "id name amount". Returns its number
 * in *feed. Feeds come in the order of enum fact_kind. */
bool build_feed(struct build *b, const char *source, const char *section,
	enum fact_kind kind, const char *captured, int *feed, struct feed_report *report,
	struct err *err);

/* A row with this id stood in a file, though it was rejected: it is not missing. */
void build_saw(struct build *b, int feed, struct slice id);

/* All files of the feed are read: mark what was not seen (delete it if full),
 * unless partial. rows is what the files hold. *missing counts rows not in
 * them; *edited rows without an id that were put as new ones and are not. */
bool build_feed_done(struct build *b, int feed, int64_t rows, bool partial, bool full,
	int64_t *missing, int64_t *edited, struct err *err);
bool build_file(struct build *b, int feed, const struct file_report *report,
	const char *hash, int64_t size, const char *mapping_hash, const struct reject *rejects,
	size_t n_rejects, struct err *err);

/* What a progress line can say while it works; may be NULL. */
typedef void (*build_stage_fn)(void *arg, const char *what);

/* Index, link, sum up, make durable, switch; then older generations beyond
 * three go. */
bool build_finish(struct build *b, build_stage_fn stage, void *arg, struct err *err);
/* build_finish() failed because an id repeats among more rows than are known in
 * memory: the same build again must be careful, which takes longer. */
bool build_repeats(const struct build *b);
void build_be_careful(struct build *b);
bool build_publish(struct build *b, struct err *err);

#endif
