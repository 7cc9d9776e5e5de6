#ifndef HUDDLE_PATH_H
#define HUDDLE_PATH_H

#include <stdbool.h>
#include <stdio.h>
#include "huddle/arena.h"
#include "huddle/err.h"

/* $XDG_DATA_HOME, $XDG_CONFIG_HOME, $XDG_STATE_HOME + "/huddle" (with the
 * fall-backs of the standard). NULL when there is no home either. */
const char *path_data_home(struct arena *arena);
const char *path_config_home(struct arena *arena);
const char *path_state_home(struct arena *arena);

const char *path_join(struct arena *arena, const char *folder, const char *name);
const char *path_base(const char *path); /* borrowed: after the last / */
/* Make the folder and its parents, mode 0700. */
bool path_make_folder(const char *path, struct err *err);

struct path_file {
	const char *path; /* as opened */
	const char *name; /* relative to the folder given, or the base name */
	bool named;       /* given on the command line itself, not found in a folder */
};

struct path_list {
	struct path_file *items;
	size_t count, cap;
};

/* Every regular file below path, by name, or path itself. Hidden ones are left
 * out; links to folders are followed at most 16 deep. */
bool path_walk(struct path_list *out, struct arena *arena, const char *path, struct err *err);
/* Shell pattern against the base name, or the whole relative name if the
 * pattern holds a /; without case. */
bool path_match(const char *pattern, const char *name);

/* Whole file with a final NUL; refused above `cap` bytes. */
bool path_read(struct str *out, const char *path, size_t cap, struct err *err);

/* Write a file so that it is there whole or not at all: a new file 0600 in the
 * same folder, fsync, rename, fsync of the folder. An existing file is
 * replaced only if `replace`. */
bool path_write(const char *path, struct slice bytes, bool replace, struct err *err);
/* Whether path_write() would refuse at once: for what takes long to make. */
bool path_may_write(const char *path, bool replace, struct err *err);

#endif
