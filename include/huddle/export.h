#ifndef HUDDLE_EXPORT_H
#define HUDDLE_EXPORT_H

#include <stdio.h>
#include "huddle/store_export.h"

/*
 * All that is known as CSV files and a README.md that tells their columns, in a
 * folder that is there whole or not at all. `huddle sync FOLDER` takes the facts
 * again, sync_import() the records.
 */
struct export_options {
	const char *path;
	bool replace;    /* an earlier export may stand there */
	day_t today;
	FILE *progress;  /* NULL: none */
};

struct exported {
	int files;
	int64_t facts, records; /* rows */
};
bool sync_export(struct store *store, struct arena *arena, const struct export_options *options,
	struct exported *out, struct err *err);

/* `path` is such a folder, or the one of records in it. */
bool sync_import(struct store *store, struct arena *arena, const char *path,
	enum import_keep keep, struct imported *out, struct err *err);

#endif
