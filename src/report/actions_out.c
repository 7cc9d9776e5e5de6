#include "huddle/report_audit.h"
#include "huddle/text.h"
#include "print.h"
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

/*
 * Actions to take elsewhere. The calendar is RFC 5545 by libical; amounts are in
 * neither, for calendars are shared and chats are read by many.
 */

static const struct deal *deal_of(const struct deal_list *deals, const char *id)
{
	for (size_t i = 0; i < deals->count; i++)
		if (!strcmp(deals->items[i].id, id))
			return &deals->items[i];
	return NULL;
}

static const char *deal_name(const struct deal_list *deals, const char *id)
{
	const struct deal *deal = deal_of(deals, id);

	return deal ? deal_label(deal, false) : id;
}

/* Safe and on one line; libical escapes what means something to it. */
static const char *one_line(struct str *buf, const char *text)
{
	str_clear(buf);
	display_safe(buf, slice_of(text));
	for (size_t i = 0; i < buf->len; i++)
		if (buf->p[i] == '\n' || buf->p[i] == '\r')
			buf->p[i] = ' ';
	return str_text(buf);
}

static struct icaltimetype utc(instant_t at)
{
	return icaltime_from_timet_with_zone(
	    at == INSTANT_NONE ? 0 : (time_t)at, 0, icaltimezone_get_utc_timezone());
}

static struct icaltimetype whole_day(day_t day)
{
	struct civil c = civil_from_day(day);
	struct icaltimetype out = icaltime_null_date();

	out.year = c.year;
	out.month = c.month;
	out.day = c.day;
	return out;
}

/*
 * The number alone is not enough: two databases count from 1. The deal has no part
 * in it, for an action goes along when its deal is merged into another.
 */
static void add_uid(icalcomponent *c, const struct action *a)
{
	uint64_t hash = 1469598103934665603u; /* FNV-1a */
	char uid[80], at[INSTANT_TEXT];

	for (const char *p = instant_format(a->created, at); *p; p++)
		hash = (hash ^ (unsigned char)*p) * 1099511628211u;
	snprintf(uid, sizeof uid, "action-%lld-%016llx@huddle", (long long)a->id,
	    (unsigned long long)hash);
	icalcomponent_add_property(c, icalproperty_new_uid(uid));
}

/* Events know no done, so that one says it. */
static void add_texts(
    icalcomponent *c, const struct action *a, const struct deal_list *deals, bool event)
{
	struct str text = STR_INIT, buf = STR_INIT;

	str_addf(&text, "%s%s", event && a->state == ACTION_DONE ? "Done: " : "",
	    one_line(&buf, a->text));
	icalcomponent_add_property(c, icalproperty_new_summary(str_text(&text)));
	str_clear(&text);
	str_addf(&text, "%s\n", one_line(&buf, deal_name(deals, a->deal_id)));
	str_addf(&text, "%s, %s", one_line(&buf, a->owner), team_name(a->team));
	if (a->state == ACTION_DROPPED && *a->reason)
		str_addf(&text, "\nDropped: %s", one_line(&buf, a->reason));
	icalcomponent_add_property(c, icalproperty_new_description(str_text(&text)));
	icalcomponent_add_property(c, icalproperty_new_categories(team_name(a->team)));
	str_release(&text);
	str_release(&buf);
}

static icalcomponent *entry(
    const struct action *a, const struct deal_list *deals, bool event)
{
	static const icalproperty_status states[] = {
	    [ACTION_OPEN] = ICAL_STATUS_NEEDSACTION,
	    [ACTION_DONE] = ICAL_STATUS_COMPLETED,
	    [ACTION_DROPPED] = ICAL_STATUS_CANCELLED};
	icalcomponent *c =
	    icalcomponent_new(event ? ICAL_VEVENT_COMPONENT : ICAL_VTODO_COMPONENT);

	add_uid(c, a);
	icalcomponent_add_property(c, icalproperty_new_dtstamp(utc(a->created)));
	icalcomponent_add_property(c, icalproperty_new_created(utc(a->created)));
	icalcomponent_add_property(
	    c, icalproperty_new_sequence(a->rev > 0 ? (int)a->rev - 1 : 0));
	add_texts(c, a, deals, event);
	if (event) {
		icalcomponent_add_property(
		    c, icalproperty_new_dtstart(whole_day(a->due)));
		icalcomponent_add_property(
		    c, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
		/* A dropped one leaves calendars that had it. */
		if (a->state == ACTION_DROPPED)
			icalcomponent_add_property(
			    c, icalproperty_new_status(ICAL_STATUS_CANCELLED));
	} else {
		icalcomponent_add_property(c, icalproperty_new_status(states[a->state]));
	}
	if (!event && a->due != DAY_NONE)
		icalcomponent_add_property(c, icalproperty_new_due(whole_day(a->due)));
	return c;
}

static icalcomponent *new_calendar(void)
{
	icalcomponent *all = icalcomponent_new(ICAL_VCALENDAR_COMPONENT);

	icalcomponent_add_property(all, icalproperty_new_version("2.0"));
	icalcomponent_add_property(all, icalproperty_new_prodid("-//huddle//huddle//EN"));
	icalcomponent_add_property(all, icalproperty_new_calscale("GREGORIAN"));
	return all;
}

static void add_actions(icalcomponent *all, const struct action_list *list,
    const struct deal_list *deals, bool events)
{
	for (size_t i = 0; i < list->count; i++)
		if (!events || list->items[i].due != DAY_NONE)
			icalcomponent_add_component(
			    all, entry(&list->items[i], deals, events));
}

static void end_calendar(struct str *out, icalcomponent *all)
{
	char *text = icalcomponent_as_ical_string_r(all);

	str_adds(out, text);
	icalmemory_free_buffer(text);
	icalcomponent_free(all);
}

void report_actions_ics(struct str *out, const struct action_list *list,
    const struct deal_list *deals, bool events)
{
	icalcomponent *all = new_calendar();

	add_actions(all, list, deals, events);
	end_calendar(out, all);
}

/* One event for each time it is due, so that a calendar keeps those that were. */
static icalcomponent *duty_event(const struct duty *duty, day_t today)
{
	icalcomponent *c = icalcomponent_new(ICAL_VEVENT_COMPONENT);
	struct str text = STR_INIT, buf = STR_INIT;
	char day[DAY_TEXT];

	str_addf(&text, "duty-%s-%s@huddle", duty->what, day_format(duty->due, day));
	for (size_t i = 0; i < text.len; i++)
		if (text.p[i] == ' ')
			text.p[i] = '-';
	icalcomponent_add_property(c, icalproperty_new_uid(str_text(&text)));
	icalcomponent_add_property(
	    c, icalproperty_new_dtstamp(utc((instant_t)today * DAY_SECONDS)));
	icalcomponent_add_property(
	    c, icalproperty_new_summary(one_line(&buf, duty->what)));
	str_clear(&text);
	str_adds(&text, one_line(&buf, duty->who));
	if (*duty->state)
		str_addf(&text, "\n%s", one_line(&buf, duty->state));
	icalcomponent_add_property(c, icalproperty_new_description(str_text(&text)));
	icalcomponent_add_property(c, icalproperty_new_dtstart(whole_day(duty->due)));
	icalcomponent_add_property(c, icalproperty_new_transp(ICAL_TRANSP_TRANSPARENT));
	str_release(&text);
	str_release(&buf);
	return c;
}

void report_calendar_ics(struct str *out, const struct report *report,
    const struct duty *duties, size_t count, const struct action_list *actions,
    const struct deal_list *deals)
{
	icalcomponent *all = new_calendar();

	for (size_t i = 0; i < count; i++)
		if (duties[i].due != DAY_NONE)
			icalcomponent_add_component(
			    all, duty_event(&duties[i], report->today));
	add_actions(all, actions, deals, true);
	end_calendar(out, all);
}

static int compare_owners(const void *a, const void *b)
{
	const struct action *const *x = a, *const *y = b;
	int owners = strcmp((*x)->owner, (*y)->owner);

	if (owners)
		return owners;
	return *x < *y ? -1 : *x > *y; /* as the list has them: by day */
}

static void put_item(struct str *out, const struct report *report, const struct action *a,
    const struct deal_list *deals, struct str *buf)
{
	char day[DAY_TEXT];
	const char *strike = a->state == ACTION_DROPPED ? "~~" : "";

	str_addf(out, "- [%c] %s%s%s", a->state == ACTION_DONE ? 'x' : ' ', strike,
	    markdown(buf, report, a->text), strike);
	if (a->due != DAY_NONE)
		str_addf(out, ", by %s", day_format(a->due, day));
	if (action_overdue(a, report->today))
		str_addf(out, " (overdue by %d day%s)", (int)(report->today - a->due),
		    report->today - a->due == 1 ? "" : "s");
	if (a->state == ACTION_DROPPED && *a->reason)
		str_addf(out, ", dropped: %s", markdown(buf, report, a->reason));
	str_addf(out, ": %s (%s)\n", markdown(buf, report, deal_name(deals, a->deal_id)),
	    team_name(a->team));
}

static void put_owner(struct str *out, const struct report *report,
    const struct action *const *sorted, size_t n, const struct deal_list *deals)
{
	struct str buf = STR_INIT;
	int late = 0;

	for (size_t i = 0; i < n; i++)
		late += action_overdue(sorted[i], report->today);
	str_addf(out, "\n## %s: %zu", markdown(&buf, report, sorted[0]->owner), n);
	str_addf(out, late ? ", %d overdue\n\n" : "\n\n", late);
	for (size_t i = 0; i < n; i++)
		put_item(out, report, sorted[i], deals, &buf);
	str_release(&buf);
}

void report_actions_markdown(struct str *out, const struct report *report,
    const struct action_list *list, const struct deal_list *deals)
{
	char day[DAY_TEXT];
	const struct action **sorted = xcalloc(list->count + 1, sizeof *sorted);

	str_addf(out, "# Actions, %s\n", day_format(report->today, day));
	if (!list->count)
		str_adds(out, "\nThere are none.\n");
	for (size_t i = 0; i < list->count; i++)
		sorted[i] = &list->items[i];
	if (list->count)
		qsort(sorted, list->count, sizeof(void *), compare_owners);
	for (size_t i = 0, n; i < list->count; i += n) {
		for (n = 1; i + n < list->count &&
		            !strcmp(sorted[i + n]->owner, sorted[i]->owner);
		     n++)
			;
		put_owner(out, report, sorted + i, n, deals);
	}
	free(sorted);
}
