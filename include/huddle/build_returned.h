#ifndef HUDDLE_BUILD_RETURNED_H
#define HUDDLE_BUILD_RETURNED_H

#include "huddle/build.h"

/*
 * Rows that were rejected and come back (returned.c), known by their file's
 * name and the hash of their cells as they were: why they were rejected (NULL:
 * they are no rejects), what their file's columns decided, and the reject gone
 * or as it is now.
 */
/* The source that read the file; NULL: none did, or `source` did as well. */
bool build_other_source(struct build *b, struct arena *arena, const char *file,
	const char *source, const char **out, struct err *err);
/* Has the feed a whole export that is newer than the file? */
bool build_superseded(struct build *b, int feed, const char *file, bool *out, struct err *err);
/* *delimiter stays when it is not known. */
bool build_file_decided(struct build *b, struct arena *arena, int feed, const char *file,
	const char **out, char *delimiter, struct err *err);
bool build_reject_why(struct build *b, struct arena *arena, int feed, const char *file,
	uint64_t hash, const char **why, struct err *err);
bool build_reject_gone(struct build *b, int feed, const char *file, uint64_t hash,
	struct err *err);
bool build_reject_again(struct build *b, int feed, const char *file, uint64_t hash,
	const struct reject *now, struct err *err);
/* All came back, `settled` of them as rows. */
bool build_returned_done(struct build *b, int feed, int64_t settled, struct err *err);

/* A feed to put some rows into, which says nothing of its files. */
bool build_feed_again(struct build *b, const char *source, const char *section,
	enum fact_kind kind, const char *captured, int *feed, struct feed_report *report,
	struct err *err);

#endif
