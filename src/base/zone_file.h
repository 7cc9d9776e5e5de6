#ifndef HUDDLE_ZONE_FILE_H
#define HUDDLE_ZONE_FILE_H

#include "huddle/date.h"
#include <stdbool.h>
#include <stddef.h>

/* Shared by the zone files of this folder only. */

/* From `at` on a zone's clock is `offset` seconds east of UTC. */
struct zone_change {
	instant_t at;
	int offset;
};

/* "CST": what a zone calls its clock while it has that offset. */
struct zone_call {
	char name[8];
	int offset;
};

enum { ZONE_CALLS_MAX = 32 };

/* All changes up to the year 2200, in order of time; the caller frees items. */
struct zone_changes {
	struct zone_change *items;
	size_t count, cap;
	int before; /* the offset before the first of them */
	struct zone_call calls[ZONE_CALLS_MAX];
	int n_calls;
};

void zone_add_change(struct zone_changes *out, instant_t at, int offset);
/* Read the bytes of a TZif file (RFC 8536, version 2 or later). */
bool zone_decode(struct zone_changes *out, struct slice file);
/*
 * Append what the rule at the end of a TZif file says, such as
 * CST6CDT,M3.2.0,M11.1.0, for all years from that of `after` to 2200. An empty
 * rule adds nothing. False when it can not be read.
 */
bool zone_add_rule(struct zone_changes *out, struct slice rule, instant_t after);

#endif
