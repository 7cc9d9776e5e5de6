#include "huddle/handoff.h"

#include "huddle/zone.h"

/*
 * Hours that are worked. Between two changes of the clock the offset stands still, so
 * an instant is the time on the wall less the offset, and a stretch of time is counted
 * by whole days; over a change it is cut in two.
 */

/* The year 10000: what would take longer is never due. */
#define TIME_ENDS INT64_C(253402300800)

instant_t hours_day_end(const struct work_hours *hours, day_t day)
{
	return zone_to_utc(hours->zone, (day + INT64_C(1)) * DAY_SECONDS) - 1;
}

static day_t day_of_wall(int64_t wall)
{
	return day_of_instant(wall);
}

static int64_t day_length(const struct work_hours *h)
{
	return (int64_t)(h->closes - h->opens) * 60;
}

/* Seconds worked on the day of that time on the wall, until then. */
static int64_t worked_by(const struct work_hours *h, int64_t wall)
{
	day_t day = day_of_wall(wall);
	int64_t since = wall - (int64_t)day * DAY_SECONDS - h->opens * INT64_C(60);
	if (since <= 0 || !workdays_has(&h->days, day))
		return 0;
	return since < day_length(h) ? since : day_length(h);
}

/* Between two times on a wall whose clock is not changed meanwhile. */
static int64_t worked_on_wall(const struct work_hours *h, int64_t from, int64_t to)
{
	int days = workdays_between(&h->days, day_of_wall(from) - 1, day_of_wall(to) - 1);
	return days * day_length(h) + worked_by(h, to) - worked_by(h, from);
}

static int64_t offset_at(const struct work_hours *h, instant_t at)
{
	return zone_from_utc(h->zone, at) - at;
}

int64_t hours_worked(const struct work_hours *hours, instant_t from, instant_t to)
{
	int64_t seconds = 0;
	if (to < from)
		return -hours_worked(hours, to, from);
	while (from < to) {
		instant_t next = zone_next_change(hours->zone, from);
		instant_t end = next == INSTANT_NONE || next > to ? to : next;
		int64_t offset = offset_at(hours, from);
		seconds += worked_on_wall(hours, from + offset, end + offset);
		from = end;
	}
	return seconds;
}

/* The n-th day worked on after that one. Each round goes on by as many days as are
 * still wanted, which can not be too far. */
static day_t workday_after(const struct workdays *w, day_t day, int n)
{
	while (n > 0) {
		day_t to = day + n;
		n -= workdays_between(w, day, to);
		day = to;
	}
	return day;
}

/* As hours_after() for more than 0 seconds, on a wall whose clock is never changed. */
static int64_t wall_after(const struct work_hours *h, int64_t wall, int64_t seconds)
{
	day_t day = day_of_wall(wall);
	int64_t length = day_length(h), worked = worked_by(h, wall);
	/* Counted from the beginning of a day that is worked on. */
	seconds += worked;
	if (!workdays_has(&h->days, day))
		day = workday_after(&h->days, day, 1);
	day = workday_after(&h->days, day, (int)((seconds - 1) / length));
	return (int64_t)day * DAY_SECONDS + h->opens * INT64_C(60) +
	       (seconds - 1) % length + 1;
}

instant_t hours_after(const struct work_hours *hours, instant_t from, int64_t seconds)
{
	while (seconds > 0) {
		int64_t offset = offset_at(hours, from);
		instant_t next = zone_next_change(hours->zone, from);
		if (from >= TIME_ENDS ||
		    seconds / day_length(hours) > TIME_ENDS / DAY_SECONDS)
			return INSTANT_NONE;
		instant_t due = wall_after(hours, from + offset, seconds) - offset;
		if (next == INSTANT_NONE || due <= next)
			return due < TIME_ENDS ? due : INSTANT_NONE;
		seconds -= worked_on_wall(hours, from + offset, next + offset);
		from = next;
	}
	return from;
}

bool span_is_business(struct span span)
{
	return span.unit == SPAN_BUSINESS_HOURS || span.unit == SPAN_BUSINESS_DAYS;
}

int64_t span_seconds(const struct work_hours *hours, struct span span)
{
	switch (span.unit) {
	case SPAN_BUSINESS_DAYS:
		return span.count * day_length(hours);
	case SPAN_DAYS:
		return span.count * INT64_C(86400);
	case SPAN_BUSINESS_HOURS:
	case SPAN_HOURS:
		break;
	}
	return span.count * INT64_C(3600);
}

int64_t span_elapsed(
    const struct work_hours *hours, struct span span, instant_t from, instant_t to)
{
	return span_is_business(span) ? hours_worked(hours, from, to) : to - from;
}

instant_t span_due(const struct work_hours *hours, struct span span, instant_t from)
{
	int64_t seconds = span_seconds(hours, span);
	if (span_is_business(span))
		return hours_after(hours, from, seconds);
	return from < TIME_ENDS - seconds ? from + seconds : INSTANT_NONE;
}
