#ifndef HUDDLE_PROVENANCE_H
#define HUDDLE_PROVENANCE_H

#include "huddle/arena.h"
#include "huddle/err.h"
#include "huddle/fact.h"
#include "huddle/history.h"

/* Where the facts come from: what each sync read, refused and left out. */

struct store;

/* One file of one sync. Counts are rows. */
struct file_report {
	const char *file;      /* as named to the sync */
	const char *kind;      /* "deals"; NULL when no section claimed it */
	const char *source;    /* "salesforce"; NULL when no section claimed it */
	const char *encoding;  /* "UTF-8", "UTF-8 BOM", "UTF-16LE", "Windows-1252" */
	char delimiter;        /* 0 when the file was not read */
	int64_t rows, added, updated, unchanged, repeated, rejected, missing, skipped;
	const char *header;    /* the header's row as it stood, in UTF-8; NULL: not read */
	const char *decided;   /* by its columns, see plan_decided() */
	bool same_file;        /* byte for byte what was synced before: not read again */
	day_t as_of;           /* the day it speaks of */
	bool left_out;         /* a warning says why */
};

struct reject {
	const char *file;
	int64_t line;          /* the row's first line, from 1 */
	const char *column, *value; /* "" when the whole row is meant */
	const char *why;
	const char *text;      /* the row as it stood in the file, in UTF-8 */
	uint64_t hash;         /* of the row's cells: tells it from other rows */
};

struct sync_report {
	int64_t sync_id;       /* 0: nothing was changed, the facts are those of before */
	int64_t first_sync;    /* of several days, each a sync: the oldest; else sync_id */
	day_t as_of;           /* the newest of its files */
	bool changed, dry_run; /* of a dry run: would change */
	struct file_report *files;
	size_t n_files;
	struct reject *rejects;
	size_t n_rejects;
	const char **warnings;
	size_t n_warnings;
};

/* What one source feeds: `huddle sources`. */
struct source_info {
	const char *source, *kind;
	int64_t rows, missing;
	day_t as_of;           /* of the newest sync that read it */
	const char *captured;  /* fields its files hold: "id name amount" */
	const char *file;      /* the last file read */
};

struct source_list {
	struct source_info *items;
	size_t count;
};

/* Where a reject's file belongs, so that it can be written out again. */
struct reject_file {
	const char *source, *header;
	char delimiter;
	int64_t feed;
};

struct reject_list {
	struct reject *items;
	struct reject_file *of; /* of each */
	size_t count;
};

struct sync_info {
	int64_t id;
	day_t as_of;
	instant_t at;
	const char *by;
	int64_t added, updated, missing, rejected; /* 0 when undone */
	bool current, undone;
};

struct sync_list {
	struct sync_info *items; /* newest first */
	size_t count;
};

/* What a sync saw move on a deal; the fields of one deal stand together. */
struct move {
	const char *deal_id, *deal, *account;
	struct currency currency;
	enum change_field field;
	const char *old_value, *new_value; /* as of a struct change */
};

struct move_list {
	struct move *items;
	size_t count;
};

bool store_load_sources(struct store *store, struct arena *arena, struct source_list *out,
	struct err *err);
/* Of the newest sync that read each file. */
bool store_load_rejects(struct store *store, struct arena *arena, struct reject_list *out,
	struct err *err);
bool store_load_syncs(struct store *store, struct arena *arena, struct sync_list *out,
	struct err *err);
/* By the deals' names. */
bool store_load_moves(struct store *store, struct arena *arena, int64_t sync,
	struct move_list *out, struct err *err);
/* Go back to the facts of the sync before; refused when they are not kept. */
bool store_undo_sync(struct store *store, int64_t *sync_id, struct err *err);

#endif
