#ifndef HUDDLE_SYNC_H
#define HUDDLE_SYNC_H

#include <stdio.h>
#include "huddle/explain.h"
#include "huddle/provenance.h"

/*
 * Load exports, those of older days first: one call is one transaction. On refusal err says file, line,
 * column and the way out, and nothing has changed.
 */
struct sync_options {
	const char *const *paths; /* files and folders */
	size_t n_paths;
	const char *source;   /* preset name or a mapping file's path; NULL: by header */
	day_t as_of;          /* of the exports whose names tell no day */
	bool as_of_given;     /* by the person: for all, unless names tell several days */
	day_t today;          /* days after it are no days of exports; 0: as_of */
	bool full, dry_run, partial, accept_rejects, accept_shrink;
	FILE *progress;       /* NULL: none */
};

/* EXIT_OK, EXIT_REJECTS, EXIT_REFUSED or EXIT_USAGE (then err is filled in). The
 * report lives in the arena and tells the files read even after a refusal. */
int sync_run(struct store *store, struct arena *arena, const struct sync_options *options,
	struct sync_report *out, struct err *err);

/* What a sync would make of the files, read to their ends; writes nothing and
 * needs no store. A file that can not be read is explained, not an error. */
bool sync_explain(struct explanation *out, struct arena *arena, const struct sync_options *options,
	struct err *err);

/* A commented mapping for the files, to start from. */
bool sync_draft(struct str *out, struct arena *arena, const struct sync_options *options,
	struct err *err);

/*
 * Rejects as CSV files to be corrected in a spreadsheet and synced again: one a
 * feed and header. Each row has four columns of ours before its own.
 */
struct reject_table {
	const char *file; /* that its rows stood in, or the first of `files` + 1 */
	size_t files, rows;
	struct slice text;
};
size_t sync_reject_tables(
	struct reject_table **out, struct arena *arena, const struct reject_list *list);

/* Ask a running sync to stop (from a signal handler): it ends as refused. */
void sync_interrupt(void);

/* Names of the presets that are built in, ended by NULL. */
const char *const *sync_presets(void);

#endif
