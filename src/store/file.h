#ifndef HUDDLE_STORE_FILE_H
#define HUDDLE_STORE_FILE_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/arena.h"
#include "huddle/err.h"

/*
 * What is decided about a database file before SQLite sees it: whose it is,
 * what kind it is, whether it may be written. Nothing here opens a file that
 * is there: closing it would drop SQLite's locks of this process.
 */
struct store_file {
	const char *path; /* folder resolved, final name as given */
	int64_t size;     /* -1: not there */
	bool writable;    /* the file, and the folder for its journal */
	bool unclean;     /* somebody is writing, or was killed while writing */
};

/* Looks only; a missing file (or folder) is no error. Refused: a link, a
 * folder, a device, somebody else's file, one that others may write. */
bool file_look(struct store_file *out, const char *asked, struct arena *arena, struct err *err);

/* Make the folder (0700) and an empty file (0600) that nobody else can have
 * put there. A file made by somebody else of ours meanwhile is fine. */
bool file_create(const char *asked, struct arena *arena, struct err *err);

/* Identity from the first bytes of a file of at least one byte. */
struct file_mark {
	bool database;
	uint32_t application, version;
	int64_t size; /* bytes the header says the file has */
};
bool file_mark(struct file_mark *out, const char *path, struct err *err);

#endif
