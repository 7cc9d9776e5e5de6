#ifndef HUDDLE_INI_H
#define HUDDLE_INI_H

#include <stdbool.h>
#include "huddle/arena.h"
#include "huddle/err.h"

/*
 * The reader for mappings, definitions, themes and settings: [section], key =
 * value, comments from a ; or # that starts a line or follows a blank. Keys
 * and values are trimmed; a value in double quotes keeps its blanks and its ;.
 * Order, repeats and line numbers are kept: what they mean is the caller's.
 */
struct ini_item {
	const char *section; /* "" before the first header */
	const char *key;     /* NULL for the header line of a section itself */
	const char *value;   /* raw text after =, comment and outer blanks removed */
	int line;            /* from 1 */
};

struct ini {
	const char *name; /* for messages: a file's name */
	struct ini_item *items;
	size_t count;
};

/* Parse text of `len` bytes (at most 1 MiB, UTF-8, BOM allowed) into arena. */
bool ini_parse(struct ini *out, struct arena *arena, const char *name, const char *text,
	size_t len, struct err *err);
bool ini_read_file(struct ini *out, struct arena *arena, const char *path, struct err *err);
/* The settings: path, or NULL for the user's own huddle.ini, which need not be there. */
bool ini_read_settings(
	struct ini *out, struct arena *arena, const char *path, struct err *err);
/* The last value of a key, or NULL. */
const char *ini_get(const struct ini *ini, const char *section, const char *key);
/* A value wholly in double quotes without them, "" inside as "; else a copy. */
const char *ini_unquote(struct arena *arena, const char *value);

#endif
