#ifndef HUDDLE_EMBEDDED_H
#define HUDDLE_EMBEDDED_H

#include <stddef.h>

/* A text file compiled into the program; a list ends with a NULL name. */
struct embedded_file {
	const char *name; /* no folder, no ending: "salesforce" */
	const char *text; /* NUL after the last byte */
	size_t len;
};

extern const struct embedded_file embedded_sources[]; /* src/sync/sources */
extern const struct embedded_file embedded_themes[];  /* themes */

#endif
