#ifndef HUDDLE_FOLDER_H
#define HUDDLE_FOLDER_H

#include <stdbool.h>
#include <stdio.h>
#include "huddle/err.h"
#include "huddle/str.h"

/*
 * A folder that is there whole or not at all: its files are written into a
 * temporary one beside it, which takes its place in one step once all of them
 * are on the disk.
 */
struct folder {
	struct str path, temporary;
	bool replaces; /* the old one goes when the new one is there */
};

/* `path` must be free or an empty folder, or any folder if `replace`. */
bool folder_begin(struct folder *folder, const char *path, bool replace, struct err *err);
bool folder_done(struct folder *folder, struct err *err);
void folder_drop(struct folder *folder); /* after either; nothing stays of what was begun */

bool folder_make(const struct folder *folder, const char *name, struct err *err);
/* A new file in it, mode 0600; closing it puts it on the disk. */
struct folder_file {
	FILE *stream;
	struct str path; /* for messages: where it will be */
};
bool folder_file_open(struct folder_file *out, const struct folder *folder, const char *name,
	struct err *err);
bool folder_file_put(struct folder_file *file, struct slice bytes, struct err *err);
/* Always closes; with `fine` false only that. */
bool folder_file_close(struct folder_file *file, bool fine, struct err *err);

/* Is nothing there, or a folder with nothing in it? */
bool folder_is_free(const char *path);

#endif
