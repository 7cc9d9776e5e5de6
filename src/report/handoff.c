#include "huddle/report_handoff.h"

#include "huddle/zone.h"
#include "print.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

/* The handoff from marketing to sales, for the meeting about leads. */

/* "3 h 05"; less than a minute in seconds. */
static const char *hours_words(int64_t seconds, char buf[WORDS_TEXT])
{
	if (seconds > 0 && seconds < 60)
		snprintf(buf, WORDS_TEXT, "%d s", (int)seconds);
	else
		snprintf(buf, WORDS_TEXT, "%lld h %02d", (long long)(seconds / 3600),
		    (int)(seconds % 3600 / 60));
	return buf;
}

static const char *lapse_words(struct lapse lapse, char buf[WORDS_TEXT])
{
	char least[WORDS_TEXT], most[WORDS_TEXT];
	if (lapse.least < 0)
		snprintf(buf, WORDS_TEXT, "not known");
	else if (lapse.least == lapse.most)
		return hours_words(lapse.least, buf);
	else
		snprintf(buf, WORDS_TEXT, "%.20s to %.20s",
		    hours_words(lapse.least, least), hours_words(lapse.most, most));
	return buf;
}

static const char *span_words(struct span span, char buf[WORDS_TEXT])
{
	static const char *const units[] = {[SPAN_BUSINESS_HOURS] = "business hour",
	    [SPAN_BUSINESS_DAYS] = "business day",
	    [SPAN_HOURS] = "hour",
	    [SPAN_DAYS] = "day"};
	snprintf(buf, WORDS_TEXT, "%d %s%s", span.count, units[span.unit],
	    span.count == 1 ? "" : "s");
	return buf;
}

/* In tenths of a percent, rounded half up. */
static const char *share_words(int part, int whole, char buf[WORDS_TEXT])
{
	int64_t tenths =
	    whole ? (part * INT64_C(2000) + whole) / (whole * INT64_C(2)) : 0;
	if (whole)
		snprintf(
		    buf, WORDS_TEXT, "%d.%d%%", (int)(tenths / 10), (int)(tenths % 10));
	else
		snprintf(buf, WORDS_TEXT, "none to judge");
	return buf;
}

/* "Mon 23 Nov 16:30" by the clock of the agreement. */
static const char *due_words(
    const struct handoff *h, instant_t due, day_t today, char buf[WORDS_TEXT])
{
	static const char *const names[] = {
	    "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
	int64_t wall = zone_from_utc(h->rules->hours.zone, due);
	day_t day = day_of_instant(wall);
	int minute = (int)((wall - (int64_t)day * DAY_SECONDS) / 60);
	char text[DAY_TEXT];
	snprintf(buf, WORDS_TEXT, "%s %s %02d:%02d", names[day_weekday(day)],
	    day_short(day, today, text), minute / 60, minute % 60);
	return buf;
}

static void put_agreed(
    struct str *out, const struct report *report, const struct handoff_rules *rules)
{
	const struct {
		const char *what;
		struct span span;
	} all[] = {{"touched", rules->touch_within}, {"accepted", rules->accept_within},
	    {"reached", rules->reach_within}};
	const struct work_hours *h = &rules->hours;
	struct str line = STR_INIT;
	char buf[WORDS_TEXT];
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].span.count)
			str_addf(&line, "%s%s within %s",
			    line.len ? ", " : "Agreed: ", all[i].what,
			    span_words(all[i].span, buf));
	str_addf(&line, "%s %02d:%02d to %02d:%02d, %s, %d holiday%s",
	    line.len ? ";" : "No time is agreed; work is", h->opens / 60, h->opens % 60,
	    h->closes / 60, h->closes % 60, zone_name(h->zone), h->days.n_holidays,
	    h->days.n_holidays == 1 ? "" : "s");
	put_line(out, report, 0, 2, "%s", str_text(&line));
	str_release(&line);
}

static void put_head(
    struct str *out, const struct report *report, const struct handoff_report *r)
{
	const struct handoff *h = r->handoff;
	char first[DAY_TEXT], last[DAY_TEXT];
	struct str age = STR_INIT;
	age_words(&age, report);
	put_line(out, report, 0, 2, "Handoff of leads, %s to %s%s%s%s%s (%s)",
	    day_short(h->period.first, report->today, first),
	    day_short(h->period.last, report->today, last), *r->when ? ", " : "", r->when,
	    r->owner ? ", of " : "", r->owner ? r->owner : "", str_text(&age));
	put_agreed(out, report, h->rules);
	str_release(&age);
}

/* Why there is nothing to count. */
static void put_nothing(
    struct str *out, const struct report *report, const struct handoff_report *r)
{
	const struct lead_list *leads = r->leads;
	if (!leads->all)
		put_line(out, report, 0, 2,
		    "No leads are loaded; a mapping with a section [leads] reads them");
	else if (!leads->with_mql)
		put_line(out, report, 0, 2,
		    "%lld leads are loaded and none of them says when it was MQL; map "
		    "mql_at under [leads]",
		    (long long)leads->all);
	else
		put_line(out, report, 0, 2,
		    "No lead%s%s became MQL in this time; %lld of all %lld leads did at "
		    "another",
		    r->owner ? " of " : "", r->owner ? r->owner : "",
		    (long long)leads->with_mql, (long long)leads->all);
}

static void put_touch(
    struct str *out, const struct report *report, const struct handoff *h)
{
	int met = h->touch[SLA_MET], missed = h->touch[SLA_MISSED];
	char share[WORDS_TEXT], median[WORDS_TEXT], p90[WORDS_TEXT];
	put_line(out, report, 2, 2,
	    "MQLs %zu: %d met, %d missed (%d of them not touched yet), %d open and in "
	    "time",
	    h->count, met, missed, h->open_breaches, h->touch[SLA_OPEN]);
	put_line(out, report, 2, 2, "Adherence %s of %d judged",
	    share_words(met, met + missed, share), met + missed);
	if (h->rules->target >= 0 && met + missed)
		put_line(out, report, 4, 2, "%s the target of %d%%",
		    met * INT64_C(100) >= (met + missed) * (int64_t)h->rules->target
		        ? "meets"
		        : "below",
		    h->rules->target);
	if (h->with_hours)
		put_line(out, report, 2, 2,
		    "To the first touch: median %s, 90th percentile %s business hours, "
		    "of "
		    "%zu",
		    hours_words(h->median, median), hours_words(h->p90, p90),
		    h->with_hours);
	else
		put_line(out, report, 2, 2, "To the first touch: no hours are known");
}

static void put_decided(
    struct str *out, const struct report *report, const struct handoff *h)
{
	int decided = h->accepted + h->rejected;
	char yes[WORDS_TEXT], no[WORDS_TEXT];
	if (!decided)
		put_line(out, report, 2, 2, "Accepted and rejected: none yet");
	else
		put_line(out, report, 2, 2, "Accepted %d (%s), rejected %d (%s)",
		    h->accepted, share_words(h->accepted, decided, yes), h->rejected,
		    share_words(h->rejected, decided, no));
	if (handoff_rejects_many(h))
		put_line(out, report, 2, 2,
		    "Warning: %d%% or more of those decided are rejected; the definition "
		    "of an MQL is not what sales takes",
		    HANDOFF_REJECTED_MOST);
}

static void put_step(struct str *out, const struct report *report, const char *what,
    struct span span, const int counts[SLA_VERDICTS])
{
	char words[WORDS_TEXT], share[WORDS_TEXT];
	int met = counts[SLA_MET], judged = met + counts[SLA_MISSED];
	if (span.count)
		put_line(out, report, 2, 2,
		    "%s within %s: %s (%d met, %d missed, %d open and in time%s)", what,
		    span_words(span, words), share_words(met, judged, share), met,
		    counts[SLA_MISSED], counts[SLA_OPEN],
		    counts[SLA_UNCLEAR] ? ", others not clear" : "");
}

/* What is not as a handoff should be, each with its number, so that no figure above
 * says more than the exports do. */
static void put_states(
    struct str *out, const struct report *report, const struct handoff *h)
{
	const struct {
		int count;
		const char *words;
	} all[] = {{h->unassigned, "never assigned: no clock, and nobody's miss"},
	    {h->waiting, "of these still wait for an owner"},
	    {h->touch[SLA_UNCLEAR],
	        "not clear: the exports give days without a time, or no touch"},
	    {h->early, "touched before it was assigned or MQL: 0 hours, met"},
	    {h->implied, "without a touch: the clock stopped when it was accepted, "
	                 "rejected, reached, recycled or converted"},
	    {h->by_activity, "touched by the first sales activity: no touch is told"},
	    {h->from_mql, "assigned on a day that no export holds: the clock starts "
	                  "with MQL"},
	    {h->untold, "from exports without touches: not captured, so no miss"},
	    {h->both, "accepted and rejected: the later counts"},
	    {h->contradicted, "accepted and rejected at one time: counted as neither"},
	    {h->recycled, "recycled"},
	    {h->without_mql, "converted without having been MQL: not counted above"}};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].count)
			put_line(out, report, 2, 2, "%d %s", all[i].count, all[i].words);
}

enum { GROUPS = 20, LISTED = 200 }; /* as many lines as one reads */

static void put_groups(struct str *out, const struct report *report, const char *title,
    const struct handoff_groups *groups)
{
	const struct column columns[] = {{.title = title, .most = 40, .least = 12},
	    {.title = "MQLs", .right = true}, {.title = "Met", .right = true},
	    {.title = "Missed", .right = true}, {.title = "Adherence", .right = true},
	    {.title = "Accepted", .right = true}, {.title = "Rejected", .right = true}};
	char share[WORDS_TEXT];
	if (!groups->count)
		return;
	put_blank(out);
	struct table table = table_of(report, columns, 7);
	for (size_t i = 0; i < groups->count && i < GROUPS; i++) {
		const struct handoff_group *g = &groups->items[i];
		int judged = g->met + g->missed;
		table_cell(&table, *g->name ? g->name : "(not told)");
		table_cellf(&table, "%d", g->mqls);
		table_cellf(&table, "%d", g->met);
		table_cellf(&table, "%d", g->missed);
		table_cell(&table, judged ? share_words(g->met, judged, share) : "");
		table_cellf(&table, "%d", g->accepted);
		table_cellf(&table, "%d", g->rejected);
	}
	table_print(&table, out, 0);
	if (groups->count > GROUPS)
		put_line(out, report, 0, 0, "and %zu more; --json has all",
		    groups->count - GROUPS);
}

static void put_reasons(
    struct str *out, const struct report *report, const struct handoff_groups *reasons)
{
	if (!reasons->count)
		return;
	put_blank(out);
	put_line(out, report, 0, 0, "Why they were rejected");
	for (size_t i = 0; i < reasons->count && i < GROUPS; i++)
		put_line(out, report, 2, 6, "%4d  %s", reasons->items[i].rejected,
		    *reasons->items[i].name ? reasons->items[i].name
		                            : "no reason is given");
	if (reasons->count > GROUPS)
		put_line(out, report, 2, 0, "and %zu more; --json has all",
		    reasons->count - GROUPS);
}

static const char *state_words(
    const struct handoff *h, const struct handoff_lead *l, day_t today, struct str *out)
{
	int64_t limit = span_seconds(&h->rules->hours, h->rules->touch_within);
	char buf[WORDS_TEXT];
	str_clear(out);
	if (!l->assigned)
		str_adds(out, "never assigned");
	else if (l->touch.verdict == SLA_MISSED)
		str_addf(out, "%smissed by %s%s",
		    l->touch.taken.least < l->touch.taken.most ? "at the least " : "",
		    hours_words(l->touch.taken.least - limit, buf),
		    l->touch.open ? " so far" : "");
	else if (l->touch.verdict == SLA_UNCLEAR)
		str_adds(out, "not clear");
	else if (l->due == INSTANT_NONE)
		str_adds(out, "open");
	else
		str_addf(out, "open until %s", due_words(h, l->due, today, buf));
	return str_text(out);
}

/* To be talked about: missed, not clear, open or never assigned. */
static bool is_listed(const struct handoff_lead *l)
{
	if (!l->assigned)
		return l->touch.open;
	return l->touch.verdict != SLA_MET && l->touch.verdict != SLA_NOT_JUDGED;
}

static void put_leads(
    struct str *out, const struct report *report, const struct handoff *h)
{
	static const struct column columns[] = {
	    {.title = "Lead", .most = 36, .least = 14},
	    {.title = "Company", .most = 28, .least = 10},
	    {.title = "Owner", .most = 24, .least = 8}, {.title = "Hours", .right = true},
	    {.title = "Touch"}};
	struct table table = table_of(report, columns, 5);
	struct str words = STR_INIT;
	char buf[WORDS_TEXT];
	size_t listed = 0;
	for (size_t i = 0; i < h->count; i++) {
		const struct handoff_lead *l = &h->leads[i];
		const struct lead *lead = l->lead;
		if (!is_listed(l) || ++listed > LISTED)
			continue;
		table_cell(&table, *lead->name ? lead->name : lead->id);
		table_cell(&table, lead->company);
		table_cell(&table, *lead->owner ? lead->owner : "nobody");
		table_cell(&table, l->assigned ? lapse_words(l->hours, buf) : "");
		table_cell(&table, state_words(h, l, report->today, &words));
	}
	if (listed)
		put_blank(out);
	if (listed)
		table_print(&table, out, 0);
	if (listed > LISTED)
		put_line(
		    out, report, 0, 0, "and %zu more; --json has all", listed - LISTED);
	str_release(&words);
}

void report_handoff(
    struct str *out, const struct report *report, const struct handoff_report *r)
{
	const struct handoff *h = r->handoff;
	const struct handoff_rules *rules = h->rules;
	put_head(out, report, r);
	put_blank(out);
	if (!h->count) {
		put_nothing(out, report, r);
		put_states(out, report, h);
		return;
	}
	put_touch(out, report, h);
	put_decided(out, report, h);
	put_step(out, report, "Accepted", rules->accept_within, h->accept);
	put_step(out, report, "Reached", rules->reach_within, h->reach);
	put_states(out, report, h);
	put_groups(out, report, "Owner", &h->owners);
	put_groups(out, report, "Source", &h->sources);
	put_reasons(out, report, &h->reasons);
	put_leads(out, report, h);
}
