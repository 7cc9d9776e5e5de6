#include "handoff_inside.h"

#include "huddle/zone.h"

/* One lead against the agreement. */

static const struct lead_time never = {INSTANT_NONE, false};

static bool told(struct lead_time t)
{
	return t.at != INSTANT_NONE;
}

/* The first and the last instant at which it may have been; of what was not told
 * INSTANT_NONE. */
struct window {
	instant_t first, last;
};

static const struct window nothing = {INSTANT_NONE, INSTANT_NONE};

static bool is_told(struct window w)
{
	return w.first != INSTANT_NONE;
}

static struct window window_of(struct lead_time t, const struct zone *zone)
{
	if (!t.whole_day)
		return (struct window){t.at, t.at};
	return (struct window){
	    zone_to_utc(zone, t.at), zone_to_utc(zone, t.at + DAY_SECONDS)};
}

/* For certain before b began. */
static bool is_early(struct window a, struct window b)
{
	return a.first < b.first && a.last <= b.first;
}

/* For certain not after b. */
static bool is_before(struct window a, struct window b)
{
	return a.last <= b.first;
}

static struct window later_of(struct window a, struct window b)
{
	if (!is_told(a) || !is_told(b))
		return is_told(a) ? a : b;
	return (struct window){
	    a.first > b.first ? a.first : b.first, a.last > b.last ? a.last : b.last};
}

/* A lead is assigned because it is MQL: when one was on the day of the other, and only
 * the assignment says at what time, it came second. */
static struct window start_of(const struct lead_time *at, const struct zone *zone)
{
	struct window mql = window_of(at[LEAD_MQL], zone);
	struct window assigned = window_of(at[LEAD_ASSIGNED], zone);
	if (at[LEAD_MQL].whole_day && is_told(assigned) && !at[LEAD_ASSIGNED].whole_day &&
	    assigned.first >= mql.first)
		return assigned;
	return later_of(mql, assigned);
}

/* The one that was over first: an instant before the day it lies on. */
static struct lead_time earlier_of(
    struct lead_time a, struct lead_time b, const struct zone *zone)
{
	if (!told(a) || !told(b))
		return told(a) ? a : b;
	return window_of(b, zone).last < window_of(a, zone).last ? b : a;
}

/* A lead while it is looked at. */
struct judging {
	const struct lead *lead;
	const struct handoff_rules *rules;
	const struct zone *zone;
	instant_t now;
	struct lead_time at[LEAD_EVENTS];
	struct window start;
};

static bool is_captured(const struct judging *j, enum lead_event event)
{
	return j->lead->captured >> event & 1u;
}

static bool happened(const struct judging *j, enum lead_event event)
{
	return told(j->at[event]);
}

static struct window event_of(const struct judging *j, enum lead_event event)
{
	return window_of(j->at[event], j->zone);
}

/* What was over first. It may lie as early as any of the others, but for a conversion,
 * which comes last. */
static struct window earliest(const struct judging *j, const enum lead_event *events)
{
	struct window out = nothing;
	for (int i = 0; events[i] != LEAD_EVENTS; i++) {
		struct window w = event_of(j, events[i]);
		if (is_told(w) && (!is_told(out) || w.last < out.last))
			out = w;
	}
	for (int i = 0; events[i] != LEAD_EVENTS; i++) {
		struct window w = event_of(j, events[i]);
		if (is_told(w) && events[i] != LEAD_CONVERTED && w.first < out.first)
			out.first = w.first;
	}
	return out;
}

/* What is still to come has not happened. */
static void take_events(struct judging *j)
{
	for (int i = 0; i < LEAD_EVENTS; i++) {
		struct lead_time t = j->lead->at[i];
		bool seen = told(t) && window_of(t, j->zone).first <= j->now;
		j->at[i] = seen ? t : never;
	}
}

/* A lead that came back after it was recycled begins anew, and takes nothing of the
 * round before with it. */
static void forget_earlier_round(struct judging *j)
{
	struct window back = event_of(j, LEAD_RECYCLED);
	if (!is_told(back) || !is_before(back, j->start))
		return;
	for (int i = LEAD_TOUCHED; i < LEAD_EVENTS; i++)
		if (happened(j, i) && event_of(j, i).last <= back.last)
			j->at[i] = never;
}

static bool is_assigned(const struct judging *j)
{
	if (is_captured(j, LEAD_ASSIGNED))
		return happened(j, LEAD_ASSIGNED);
	return *j->lead->owner;
}

/* From the start to the end, or to now when there is none; at the least and at the
 * most, where days without a time leave it open. */
static struct lapse lapse_of(const struct judging *j, struct span unit, struct window end)
{
	const struct work_hours *h = &j->rules->hours;
	struct window from = j->start, to = {j->now, j->now};
	if (is_told(end))
		to = end;
	if (to.last > j->now)
		to.last = j->now;
	if (from.last > j->now)
		from.last = j->now;
	int64_t least = span_elapsed(h, unit, from.last, to.first), most = least;
	if (from.last != from.first || to.last != to.first)
		most = span_elapsed(h, unit, from.first, to.last);
	return (struct lapse){least > 0 ? least : 0, most > 0 ? most : 0};
}

static struct sla_result result_of(
    const struct judging *j, struct span span, struct window end)
{
	struct sla_result r = {.open = !is_told(end), .taken = lapse_of(j, span, end)};
	int64_t limit = span_seconds(&j->rules->hours, span);
	if (!span.count)
		r.verdict = SLA_NOT_JUDGED;
	else if (r.taken.least > limit)
		r.verdict = SLA_MISSED;
	else if (r.taken.most <= limit)
		r.verdict = r.open ? SLA_OPEN : SLA_MET;
	else
		r.verdict = SLA_UNCLEAR;
	return r;
}

/* Who has no column for touches may have touched it at any time until it was dealt
 * with, and while it was not, nothing is known. */
static void loosen(struct handoff_lead *out, bool dealt_with)
{
	out->hours.least = dealt_with ? 0 : -1;
	if (!dealt_with)
		out->hours.most = -1;
	if (out->touch.verdict == SLA_MISSED || !dealt_with)
		out->touch.verdict = dealt_with ? SLA_UNCLEAR : SLA_NOT_JUDGED;
	out->touch.taken.least = 0;
}

static void judge_touch(struct handoff_lead *out, const struct judging *j)
{
	static const enum lead_event dealt_with[] = {LEAD_REACHED, LEAD_ACCEPTED,
	    LEAD_REJECTED, LEAD_RECYCLED, LEAD_CONVERTED, LEAD_EVENTS};
	static const struct span business = {1, SPAN_BUSINESS_HOURS};
	struct window end = event_of(j, LEAD_TOUCHED);
	struct span span = j->rules->touch_within;
	if (!is_told(end)) {
		end = earliest(j, dealt_with);
		out->implied = is_told(end);
	}
	out->early = is_told(end) && is_early(end, j->start);
	out->touch = result_of(j, span, end);
	out->hours = span.count && span_is_business(span) ? out->touch.taken
	                                                  : lapse_of(j, business, end);
	if (!happened(j, LEAD_TOUCHED) && !is_captured(j, LEAD_TOUCHED))
		loosen(out, is_told(end));
	if (span.count && j->start.first == j->start.last)
		out->due = span_due(&j->rules->hours, span, j->start.first);
}

/* Accepted or reached in time, or back with marketing in time. */
static struct sla_result judge_step(const struct judging *j, struct span span,
    enum lead_event event, const enum lead_event *done)
{
	static const enum lead_event back[] = {LEAD_REJECTED, LEAD_RECYCLED, LEAD_EVENTS};
	struct window end = earliest(j, done);
	struct sla_result r = {.verdict = SLA_NOT_JUDGED};
	if (is_told(end))
		return result_of(j, span, end);
	if (!is_captured(j, event))
		return r;
	end = earliest(j, back);
	r = result_of(j, span, end);
	if (is_told(end) && r.verdict == SLA_MET)
		r.verdict = SLA_NOT_JUDGED;
	return r;
}

static enum lead_outcome outcome_of(const struct judging *j, bool *both)
{
	struct window yes =
	    later_of(event_of(j, LEAD_ACCEPTED), event_of(j, LEAD_CONVERTED));
	struct window no = event_of(j, LEAD_REJECTED);
	*both = is_told(yes) && is_told(no);
	if (!*both)
		return is_told(yes)  ? LEAD_IS_ACCEPTED
		       : is_told(no) ? LEAD_IS_REJECTED
		                     : LEAD_UNDECIDED;
	bool accepted_first = is_before(yes, no), rejected_first = is_before(no, yes);
	if (accepted_first == rejected_first)
		return LEAD_CONTRADICTED;
	return accepted_first ? LEAD_IS_REJECTED : LEAD_IS_ACCEPTED;
}

bool lead_judge(struct handoff_lead *out, const struct lead *lead,
    const struct handoff_rules *rules, instant_t now, day_t *day)
{
	static const enum lead_event accepted[] = {
	    LEAD_ACCEPTED, LEAD_CONVERTED, LEAD_EVENTS};
	static const enum lead_event reached[] = {
	    LEAD_REACHED, LEAD_CONVERTED, LEAD_EVENTS};
	struct judging j = {
	    .lead = lead, .rules = rules, .zone = rules->hours.zone, .now = now};
	take_events(&j);
	if (!happened(&j, LEAD_MQL))
		return false;
	*out = (struct handoff_lead){.lead = lead,
	    .assigned = is_assigned(&j),
	    .hours = {-1, -1},
	    .due = INSTANT_NONE};
	j.start = start_of(j.at, j.zone);
	*day = day_of_instant(zone_from_utc(j.zone, j.start.first));
	forget_earlier_round(&j);
	out->outcome = outcome_of(&j, &out->both);
	out->recycled = happened(&j, LEAD_RECYCLED);
	if (!out->assigned) {
		out->implied = !happened(&j, LEAD_TOUCHED) &&
		               (out->outcome != LEAD_UNDECIDED || out->recycled);
		out->touch.open = !happened(&j, LEAD_TOUCHED) && !out->implied;
		return true;
	}
	judge_touch(out, &j);
	out->accept = judge_step(&j, rules->accept_within, LEAD_ACCEPTED, accepted);
	out->reach = judge_step(&j, rules->reach_within, LEAD_REACHED, reached);
	return true;
}

/* Is the touch that is told of the round before? */
static bool is_outdated(
    const struct lead *lead, const struct zone *zone, struct window start)
{
	struct window back = window_of(lead->at[LEAD_RECYCLED], zone);
	return is_told(back) && is_before(back, start) &&
	       window_of(lead->at[LEAD_TOUCHED], zone).last <= back.last;
}

void lead_add_activity(struct lead *lead, const struct zone *zone, struct lead_time at)
{
	struct lead_time *touch = &lead->at[LEAD_TOUCHED];
	struct window start = start_of(lead->at, zone);
	if (!is_told(start) || is_early(window_of(at, zone), start))
		return;
	if (told(*touch) && !lead->by_activity) {
		if (!is_outdated(lead, zone, start))
			return;
		*touch = never;
	}
	*touch = earlier_of(*touch, at, zone);
	lead->by_activity = true;
}
