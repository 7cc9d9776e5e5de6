#include "huddle/zone.h"

#include <libical/ical.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/*
 * libical knows the rules, but asking it costs about a microsecond and it is
 * not meant for two threads. So time is cut into spans of 2^25 seconds (388
 * days), and a span's changes of offset are looked up once, at their exact
 * seconds, when the span is first asked for. After that a conversion is an
 * index and a short scan, without a lock: a finished span is published by one
 * atomic store and never changes.
 */
enum { SPAN_BITS = 25, SPANS = 288, MOST_CHANGES = 16 };
#define FIRST_SECOND INT64_C(-2240524800) /* 1899-01-01 */

struct span {
	int before; /* seconds east of UTC at the start of the span */
	int count;
	struct {
		instant_t at;
		int offset; /* from `at` on */
	} changes[MOST_CHANGES];
};

struct zone {
	struct zone *next;
	icaltimezone *ical;
	_Atomic(struct span *) spans[SPANS];
	char name[];
};

/* All zones found so far; zones and spans live as long as the program. */
static _Atomic(struct zone *) zones;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

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
	icaltimezone *ical = !strcmp(name, "UTC")
	                         ? icaltimezone_get_utc_timezone()
	                         : icaltimezone_get_builtin_timezone(name);
	if (!ical)
		return NULL;
	zone = xcalloc(1, sizeof *zone + strlen(name) + 1);
	strcpy(zone->name, name);
	zone->ical = ical;
	zone->next = atomic_load(&zones);
	atomic_store(&zones, zone);
	return zone;
}

const struct zone *zone_find(const char *name)
{
	if (!name || !*name)
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

/* What libical says; the caller holds the lock. */
static int ask(const struct zone *zone, instant_t at)
{
	day_t day = day_of_instant(at);
	struct civil c = civil_from_day(day);
	int second = (int)(at - (int64_t)day * DAY_SECONDS);
	struct icaltimetype t = icaltime_null_time();
	t.year = c.year;
	t.month = c.month;
	t.day = c.day;
	t.hour = second / 3600;
	t.minute = second / 60 % 60;
	t.second = second % 60;
	int is_daylight;
	return icaltimezone_get_utc_offset_of_utc_time(zone->ical, &t, &is_daylight);
}

/* The first second after `from` with another offset; `to` is known to have one. */
static instant_t find_change(const struct zone *zone, instant_t from, instant_t to)
{
	int old = ask(zone, from);
	while (to - from > 1) {
		instant_t middle = from + (to - from) / 2;
		if (ask(zone, middle) == old)
			from = middle;
		else
			to = middle;
	}
	return to;
}

/* No zone has ever changed and changed back within a day. */
static struct span *build_span(const struct zone *zone, instant_t start)
{
	struct span *span = xcalloc(1, sizeof *span);
	int offset = span->before = ask(zone, start);
	instant_t end = start + (INT64_C(1) << SPAN_BITS);
	for (instant_t at = start; at < end;) {
		instant_t next = at + DAY_SECONDS < end ? at + DAY_SECONDS : end;
		int there = ask(zone, next);
		if (there != offset && span->count < MOST_CHANGES) {
			span->changes[span->count].at = find_change(zone, at, next);
			span->changes[span->count++].offset = there;
			offset = there;
		}
		at = next;
	}
	return span;
}

static const struct span *span_of(const struct zone *zone, instant_t at)
{
	int64_t index = (at - FIRST_SECOND) >> SPAN_BITS;
	index = at < FIRST_SECOND ? 0 : index >= SPANS ? SPANS - 1 : index;
	/* A cache inside a value that is constant to everyone else. */
	_Atomic(struct span *) *place = &((struct zone *)zone)->spans[index];
	struct span *span = atomic_load_explicit(place, memory_order_acquire);
	if (span)
		return span;
	pthread_mutex_lock(&lock);
	span = atomic_load(place);
	if (!span) {
		span = build_span(zone, FIRST_SECOND + index * (INT64_C(1) << SPAN_BITS));
		atomic_store_explicit(place, span, memory_order_release);
	}
	pthread_mutex_unlock(&lock);
	return span;
}

static int offset_at(const struct zone *zone, instant_t at)
{
	const struct span *span = span_of(zone, at);
	int offset = span->before;
	for (int i = 0; i < span->count && span->changes[i].at <= at; i++)
		offset = span->changes[i].offset;
	return offset;
}

int64_t zone_from_utc(const struct zone *zone, instant_t at)
{
	return zone && at != INSTANT_NONE ? at + offset_at(zone, at) : at;
}

/*
 * An hour that happens twice is taken as the first of the two; one that the
 * clock leaps over is read by the clock before the leap, so 02:30 is 03:30.
 */
instant_t zone_to_utc(const struct zone *zone, int64_t local)
{
	if (!zone || local == INSTANT_NONE)
		return local;
	int before = offset_at(zone, local - DAY_SECONDS);
	int after = offset_at(zone, local + DAY_SECONDS);
	if (before == after || offset_at(zone, local - before) == before)
		return local - before;
	if (offset_at(zone, local - after) == after)
		return local - after;
	return local - before;
}
