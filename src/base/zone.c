#include "huddle/zone.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "huddle/path.h"
#include "zone_file.h"

/*
 * A zone is a table of its changes of offset and never changes once it is
 * found, so any thread may convert. To convert millions of times cheaply, time
 * is cut into spans of 2^25 seconds (388 days), and `start` says how many
 * changes lie before each: from there at most a few remain to be looked at.
 */
enum { SPAN_BITS = 25, SPANS = 288, LARGEST_FILE = 1 << 20 };
#define FIRST_SECOND INT64_C(-2240524800) /* 1899-01-01 */

struct zone {
	struct zone *next;
	struct zone_changes changes;
	size_t start[SPANS];
	char name[];
};

/* All zones found so far; they live as long as the program. */
static _Atomic(struct zone *) zones;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Nothing that could lead out of the folder of zones. */
static bool is_good_name(const char *name)
{
	for (const char *p = name; *p; p++) {
		bool letter = (unsigned char)((*p | 0x20) - 'a') < 26;
		bool other = (*p >= '0' && *p <= '9') || strchr("_+-/", *p) != NULL;
		if (!letter && !other)
			return false;
	}
	return name[0] && name[0] != '/' && strlen(name) < 100;
}

static bool is_utc(const char *name)
{
	return !strcmp(name, "UTC") || !strcmp(name, "Etc/UTC") || !strcmp(name, "GMT");
}

static bool read_file(struct zone_changes *out, const char *name)
{
	const char *folder = getenv("TZDIR");
	if (!folder || folder[0] != '/')
		folder = "/usr/share/zoneinfo";
	struct str path = STR_INIT, bytes = STR_INIT;
	struct err err;
	str_addf(&path, "%s/%s", folder, name);
	bool good = path_read(&bytes, path.p, LARGEST_FILE, &err) &&
	            zone_decode(out, (struct slice){.p = bytes.p, .len = bytes.len});
	str_release(&path);
	str_release(&bytes);
	return good;
}

static void index_spans(struct zone *zone)
{
	size_t at = 0;
	for (int i = 0; i < SPANS; i++) {
		instant_t begins = FIRST_SECOND + (int64_t)i * (INT64_C(1) << SPAN_BITS);
		while (at < zone->changes.count && zone->changes.items[at].at <= begins)
			at++;
		zone->start[i] = at;
	}
}

static struct zone *known_zone(const char *name)
{
	struct zone *zone = atomic_load(&zones);
	while (zone && strcmp(zone->name, name) != 0)
		zone = zone->next;
	return zone;
}

static struct zone *add_zone(const char *name)
{
	struct zone *zone = known_zone(name);
	if (zone)
		return zone; /* another thread was faster */
	struct zone_changes changes = {0};
	if (!is_utc(name) && !read_file(&changes, name)) {
		free(changes.items);
		return NULL;
	}
	size_t size = strlen(name) + 1;
	zone = xcalloc(1, sizeof *zone + size);
	memcpy(zone->name, name, size);
	zone->changes = changes;
	index_spans(zone);
	zone->next = atomic_load(&zones);
	atomic_store(&zones, zone);
	return zone;
}

const struct zone *zone_find(const char *name)
{
	if (!name || !is_good_name(name))
		return NULL;
	struct zone *zone = known_zone(name);
	if (zone)
		return zone;
	pthread_mutex_lock(&lock);
	zone = add_zone(name);
	pthread_mutex_unlock(&lock);
	return zone;
}

const char *zone_name(const struct zone *zone)
{
	return zone ? zone->name : "UTC";
}

/* How many changes lie at or before `at`. */
static size_t changes_until(const struct zone *zone, instant_t at)
{
	const struct zone_changes *changes = &zone->changes;
	int64_t span = at < FIRST_SECOND ? 0 : (at - FIRST_SECOND) >> SPAN_BITS;
	size_t i = at < FIRST_SECOND ? 0 : zone->start[span < SPANS ? span : SPANS - 1];
	while (i < changes->count && changes->items[i].at <= at)
		i++;
	return i;
}

static int offset_at(const struct zone *zone, instant_t at)
{
	size_t i = changes_until(zone, at);
	return i ? zone->changes.items[i - 1].offset : zone->changes.before;
}

/* Far outside every year that is ever read, and sums would overflow. */
static bool is_convertible(const struct zone *zone, int64_t at)
{
	static const int64_t most = INT64_C(1) << 55;
	return zone && at > -most && at < most;
}

int64_t zone_from_utc(const struct zone *zone, instant_t at)
{
	return is_convertible(zone, at) ? at + offset_at(zone, at) : at;
}

instant_t zone_next_change(const struct zone *zone, instant_t at)
{
	if (!is_convertible(zone, at))
		return INSTANT_NONE;
	size_t i = changes_until(zone, at);
	return i < zone->changes.count ? zone->changes.items[i].at : INSTANT_NONE;
}

/*
 * An hour that happens twice is taken as the first of the two; one that the
 * clock leaps over is read by the clock before the leap, so 02:30 is 03:30.
 */
instant_t zone_to_utc(const struct zone *zone, int64_t local)
{
	if (!is_convertible(zone, local))
		return local;
	int before = offset_at(zone, local - DAY_SECONDS);
	int after = offset_at(zone, local + DAY_SECONDS);
	if (before == after || offset_at(zone, local - before) == before)
		return local - before;
	if (offset_at(zone, local - after) == after)
		return local - after;
	return local - before;
}

bool zone_offset_named(
    const struct zone *zone, struct slice name, int64_t local, int *offset)
{
	static const int64_t half_year = 183 * INT64_C(86400);
	if (!is_convertible(zone, local))
		return false;
	for (int i = 0; i < zone->changes.n_calls; i++) {
		const struct zone_call *call = &zone->changes.calls[i];
		if (!slice_is_nocase(name, call->name))
			continue;
		for (int64_t off = -half_year; off <= half_year; off += half_year)
			if (offset_at(zone, local - call->offset + off) == call->offset) {
				*offset = call->offset;
				return true;
			}
	}
	return false;
}
