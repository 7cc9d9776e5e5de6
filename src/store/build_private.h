#ifndef HUDDLE_STORE_BUILD_PRIVATE_H
#define HUDDLE_STORE_BUILD_PRIVATE_H

#include "huddle/build.h"
#include "events.h"
#include "intern.h"
#include "link_side.h"
#include "sql.h"
#include "waiting.h"

struct feed {
	int id;
	enum fact_kind kind;
	const char *source, *section, *decided;
	int64_t before; /* rows at the last sync */
	int64_t came;   /* rows that were not there (or missing) then */
	bool first;
	bool loaded;    /* in this build */
};

/* A row put that no export holds any more, and since which sync. */
struct absent {
	int64_t id, since;
};

/* A deal as it was before this sync changed it. */
struct before {
	int64_t deal;
	const char *value[CHANGE_FIELDS]; /* "" when nothing */
	bool added;
};

struct build {
	struct store *store;
	sqlite3 *db;
	sqlite3 *beside;      /* reads the same file on another thread; NULL: none */
	struct store facts;   /* the file being built as a store, for loaders */
	struct arena arena;
	day_t as_of;          /* of the group; at the end of the facts */
	bool back;            /* which the group may take back to its day */
	day_t before_as_of;   /* of the facts that were copied */
	int groups;           /* so far */
	int64_t sync_id;      /* of the group; the file is named by the first */
	int lock_fd;
	char *path;           /* of the file being built */
	const char *previous; /* of the current generation; NULL: none */
	bool opened, published, fresh, dry;
	bool bare; /* indexes are to be made */
	bool repeats; /* see build_repeats() */
	const volatile int *stop; /* asks to stop; NULL: nobody can */
	bool careful; /* ids repeat among those that memory does not hold */
	struct entities entities[FACT_KINDS];
	struct events events[FACT_KINDS];
	struct column columns[FACT_KINDS][COLUMNS_MAX];
	int n_columns[FACT_KINDS];
	sqlite3_stmt *insert[FACT_KINDS], *update[FACT_KINDS], *refs[FACT_KINDS];
	struct waiting waiting;
	sqlite3_stmt *custom_insert, *custom_delete;
	struct feed *feeds;
	size_t n_feeds, cap_feeds;
	struct marks excused[FACT_KINDS]; /* stood in a file, in a rejected row */
	struct marks dirty; /* deals to be summed up again */
	struct link_side sides[LINK_SIDES];
	struct to_disk *to_disk; /* NULL: not going on */
	struct linking *linking; /* NULL: not begun */
	bool links_later;        /* see link_anew() */
	struct bulk_sums sums;  /* when all links are made again */
	struct reach reach;     /* as it was before this sync, once it is asked for */
	struct targets targets; /* of one row at a time */
	struct absent *absent; /* rows that are restored as missing */
	size_t n_absent, cap_absent;
	bool past; /* the syncs before are restored, with this one as the last of them */
	struct before *before;
	struct arena before_texts;
	size_t n_before, cap_before;
	struct marks before_known;
	struct stage_order *stages; /* by name, while summing up */
	size_t n_stages;
};

/* Of the parameters of inserts and updates. */
enum { FIRST_COLUMN = 6 };
struct feed *build_feed_of(struct build *b, int id);

/* put.c */
void put_prepare_columns(struct build *b);
bool put_load_entities(struct build *b, struct err *err);
bool put_unknown(struct build *b, struct err *err); /* rows for those only referred to */
/* Before a row is overwritten or deleted. */
bool put_row_changes(struct build *b, enum fact_kind kind, int64_t id, struct err *err);
void put_forget_names(struct build *b); /* of entities and of events */
void put_release(struct build *b);
bool put_has_parts(enum fact_kind kind); /* a column part_of */

bool build_prepare(struct build *b, const char *text, sqlite3_stmt **out, struct err *err);
bool build_run(struct build *b, const char *text, struct err *err);
bool build_run_on(struct build *b, sqlite3 *db, const char *text, struct err *err);
bool build_indexes(struct build *b, struct err *err);
bool build_step(struct build *b, sqlite3_stmt *stmt, struct err *err); /* and reset */

/* Between looks whether to stop: steps of SQLite, far less than a second. */
enum { STOP_EVERY = 10000 };

/* copy.c */
bool build_copy(struct build *b, struct err *err); /* of the current generation */
int build_is_stopped(void *build);
bool build_go_on(struct build *b, struct err *err); /* refused when stopped */

/* build_past.c: rows put as missing since a sync (0: they are not), and of the feed marked. */
void absent_add(struct build *b, int64_t id, int64_t since);
bool absent_mark(struct build *b, const struct feed *feed, struct err *err);
/* snapshot.c, group.c */
bool snapshot_remember(struct build *b, int64_t deal, bool added, struct err *err);
bool snapshot_write(struct build *b, struct err *err); /* and forget */
/* edited.c: rows without an id that are gone because they were edited. */
bool edited_rows(struct build *b, const struct feed *feed, int64_t *missing, int64_t *edited,
	struct err *err);
bool facts_day(struct build *b, day_t *out, struct err *err); /* of those copied */

#endif
