#include "huddle/past.h"

/* What sales, marketing and the buyer had done by a past day, and who sat on the
 * committee then. The windows are those of the summary that today is told from. */

enum { ENGAGED_DAYS = 90, TREND_DAYS = 30 };

static bool seated(const struct past_seat *seat, day_t day)
{
	return seat->since == DAY_NONE || seat->since < day;
}

static bool on_committee(const struct past_deal *deal, uint32_t contact, day_t day)
{
	for (size_t i = 0; i < deal->n_seats; i++)
		if (deal->seats[i].contact == contact && seated(&deal->seats[i], day))
			return true;
	return false;
}

/* Did the event belong to the deal on that day, as far as was known? */
static bool belongs(
    const struct past_event *event, const struct past_deal *deal, day_t day)
{
	return !event->by_seat || on_committee(deal, event->contact, day);
}

static instant_t later(instant_t a, day_t day)
{
	instant_t b = (instant_t)day * DAY_SECONDS;
	return a == INSTANT_NONE || b > a ? b : a;
}

static void touches_at(struct risk_facts *out, const struct past_deal *deal, day_t day)
{
	for (size_t i = 0; i < deal->n_touches; i++) {
		const struct past_event *e = &deal->touches[i];
		if (e->part || e->day >= day || !belongs(e, deal, day))
			continue;
		out->last_touch = later(out->last_touch, e->day);
		out->recent_touches += e->day >= day - TREND_DAYS;
		out->earlier_touches +=
		    e->day < day - TREND_DAYS && e->day >= day - 2 * TREND_DAYS;
	}
}

/* What lay ahead was known if it was written down by then. */
static void ahead(struct risk_facts *out, const struct past_event *e, day_t day)
{
	instant_t at = (instant_t)e->day * DAY_SECONDS;
	if (e->written == DAY_NONE || e->written >= day)
		return;
	if (out->next_activity == INSTANT_NONE || at < out->next_activity)
		out->next_activity = at;
}

static void activities_at(struct risk_facts *out, const struct past_deal *deal, day_t day)
{
	for (size_t i = 0; i < deal->n_activities; i++) {
		const struct past_event *e = &deal->activities[i];
		if (e->part || !belongs(e, deal, day))
			continue;
		if (e->day >= day) {
			ahead(out, e, day);
			continue;
		}
		if (!e->never)
			out->last_activity = later(out->last_activity, e->day);
		if (e->inbound)
			out->last_inbound = later(out->last_inbound, e->day);
	}
}

static bool seen_lately(
    const struct past_event *events, size_t n, uint32_t contact, day_t day)
{
	for (size_t i = 0; i < n; i++)
		if (events[i].contact == contact && events[i].day < day &&
		    events[i].day >= day - ENGAGED_DAYS)
			return true;
	return false;
}

/* A person who has two roles is one. */
static bool counted(const struct past_deal *deal, size_t seat, day_t day)
{
	for (size_t i = 0; i < seat; i++)
		if (deal->seats[i].contact == deal->seats[seat].contact &&
		    seated(&deal->seats[i], day))
			return true;
	return false;
}

static void committee_at(struct risk_facts *out, const struct past_deal *deal, day_t day)
{
	for (size_t i = 0; i < deal->n_seats; i++) {
		const struct past_seat *seat = &deal->seats[i];
		if (!seated(seat, day))
			continue;
		out->has_economic_buyer |= seat->economic_buyer;
		if (counted(deal, i, day))
			continue;
		out->committee++;
		out->engaged +=
		    seen_lately(deal->touches, deal->n_touches, seat->contact, day) ||
		    seen_lately(deal->activities, deal->n_activities, seat->contact, day);
	}
}

static bool began(day_t first, day_t day)
{
	return first != DAY_NONE && first < day;
}

void past_people_at(struct risk_facts *out, const struct past *past,
    const struct past_deal *deal, day_t day)
{
	const struct past_firsts *first = &past->firsts;
	out->last_touch = out->last_activity = out->last_inbound = out->next_activity =
	    INSTANT_NONE;
	out->activities_known = began(first->activity, day);
	out->plans_known = out->activities_known && first->written;
	out->direction_known = began(first->inbound, day);
	out->touches_known = began(first->touch, day);
	out->committee_known = began(first->seat, day);
	out->roles_known = began(first->role, day);
	touches_at(out, deal, day);
	activities_at(out, deal, day);
	committee_at(out, deal, day);
}
