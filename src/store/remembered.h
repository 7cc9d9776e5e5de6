#ifndef HUDDLE_STORE_REMEMBERED_H
#define HUDDLE_STORE_REMEMBERED_H

#include "sql.h"

/*
 * What is no fact and no record but follows from them, and is kept only because working
 * it out takes a moment: one row of `setting` each, by its name. It begins with a key,
 * one line that tells all that it follows from; under another key it is not found. It
 * is not in the change log, as nobody wrote it.
 */

/* Which rows these are. */
#define REMEMBERED "(key IN ('slip-risk', 'attribution') OR key LIKE 'scorecard %')"

/* out->p is NULL when there is none under this key; else in `arena`. */
bool remembered(struct store *store, const char *name, const char *key, struct arena *arena,
	struct slice *out, struct err *err);
/* The key of what follows from the facts, the day, and records, the definition among them,
 * but for those that no figure is counted from. */
bool remembered_key(struct str *out, struct store *store, day_t today, struct err *err);
/* When it can not be kept it is worked out again the next time. Rows whose names begin
 * alike up to a blank and that stand under another key go. */
void remember(struct store *store, const char *name, const char *key, const char *text);

#endif
