#ifndef HUDDLE_SYNC_EXPORT_H
#define HUDDLE_SYNC_EXPORT_H

#include "huddle/export.h"
#include "huddle/folder.h"

/* What the files that write an export share. */

#define EXPORT_README "README.md"
#define EXPORT_RECORDS "records"
#define EXPORT_TABLES "tables.csv" /* in records: which tables there are, and their rows */

/* A file that is done, for the README and the table of tables. */
struct written {
	const char *name;              /* in the folder */
	int64_t rows;
	const struct export_feed *feed; /* of facts, with */
	struct export_table facts;     /* their columns; or */
	const struct record_table *table;
};

bool written_past(const struct written *w); /* of no feed, and no records */

struct export_run {
	struct store *store;
	struct arena *arena;
	const struct export_options *options;
	struct err *err;
	struct folder folder;
	struct str text;       /* that waits to be written */
	const char *facts;     /* folder of facts: "facts-2026-11-27" */
	day_t as_of;           /* of the facts; DAY_NONE: there are none */
	int version;           /* of the records */
	struct written *files;
	size_t n_files, cap_files;
	int rejects;           /* files of rejected rows */
	double shown_at;       /* of the progress */
};

/* export_facts.c: one file a feed. */
bool export_facts(struct export_run *run);
const char *export_header(struct arena *arena, const struct export_column *column);
/* export_readme.c */
bool export_readme(struct export_run *run);

/* export.c: one file from begin to end; put writes what waits once it is enough. */
bool export_open(struct export_run *run, struct folder_file *file, const char *name);
bool export_put(struct export_run *run, struct folder_file *file, bool all);
bool export_text(struct export_run *run, const char *name); /* all that waits */
struct written *export_wrote(struct export_run *run, const char *name);
void export_progress(struct export_run *run, const char *name, int64_t rows, int64_t of);

#endif
