#ifndef HUDDLE_ZONE_H
#define HUDDLE_ZONE_H

#include <stdbool.h>
#include "huddle/date.h"

/*
 * A time zone by its IANA name, from the system's zone files ($TZDIR, else
 * /usr/share/zoneinfo). Zones live as long as the program; any thread may use them.
 */
const struct zone *zone_find(const char *name); /* NULL when unknown */
const char *zone_name(const struct zone *zone);
/* `local` counts seconds as an instant does, but by the clock on the wall. */
instant_t zone_to_utc(const struct zone *zone, int64_t local);
int64_t zone_from_utc(const struct zone *zone, instant_t at);
/* The first instant after `at` from which the clock may be another one; until then it
 * is set as it is at `at`. INSTANT_NONE: it stays so. */
instant_t zone_next_change(const struct zone *zone, instant_t at);
/* What the zone itself calls `name` within half a year of that time: seconds
 * east of UTC. CST is not the same in Chicago and in Shanghai. */
bool zone_offset_named(
	const struct zone *zone, struct slice name, int64_t local, int *offset);

#endif
