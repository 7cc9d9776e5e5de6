#include "words.h"
#include "huddle/totals.h"

#include "huddle/text.h"
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

const char *days_words(day_t day, day_t today, char buf[WORDS_TEXT])
{
	buf[0] = '\0';
	if (day == DAY_NONE)
		return buf;
	int days = day - today;
	int n = days < 0 ? -days : days;
	if (!days)
		snprintf(buf, WORDS_TEXT, "today");
	else
		snprintf(buf, WORDS_TEXT, "%s%d day%s%s", days > 0 ? "in " : "", n,
		    n == 1 ? "" : "s", days < 0 ? " ago" : "");
	return buf;
}

const char *risk_words(
    const struct report *report, const struct risk *risk, char buf[WORDS_TEXT])
{
	static const char *const marks[][2] = {
	    [RISK_LOW] = {"○", "."}, [RISK_WATCH] = {"•", "o"}, [RISK_HIGH] = {"▲", "!"}};
	buf[0] = '\0';
	if (risk->rated)
		snprintf(buf, WORDS_TEXT, "%s %2d%%", marks[risk->level][report->ascii],
		    risk->probability);
	return buf;
}

void totals_words(struct str *out, const struct deal *const *deals, size_t count)
{
	struct deal_total totals[DEAL_TOTALS];
	bool overflow;
	char buf[MONEY_TEXT];
	size_t n = deal_totals(deals, count, totals, &overflow);
	for (size_t i = 0; i < n && totals[i].amount != MONEY_NONE; i++)
		str_addf(out, "%s%s", i ? " + " : "",
		    money_brief(totals[i].amount, totals[i].currency, buf));
	if (overflow)
		str_addf(out, "%ssums too large to show",
		    n && totals[0].amount != MONEY_NONE ? " + " : "");
}

const char *change_title(enum change_field field)
{
	return field == CHANGE_CLOSE_DATE ? "close date" : change_field_name(field);
}

const char *change_value(const struct report *report, struct currency currency,
    enum change_field field, const char *value, char buf[MONEY_TEXT])
{
	int64_t amount;
	day_t day;
	if (!*value)
		return "none";
	if (field == CHANGE_FORECAST && forecast_read(slice_of(value)) != FORECAST_NONE)
		return forecast_name(forecast_read(slice_of(value)));
	if (field == CHANGE_CLOSE_DATE && day_parse(value, &day))
		return day_short(day, report->today, buf);
	if (field == CHANGE_AMOUNT && number_read(slice_of(value), DECIMAL_POINT,
	                                  currency_digits(currency), &amount))
		return money_format(amount, currency, buf);
	return value;
}

const char *money_whole(money_t amount, struct currency currency, char buf[MONEY_TEXT])
{
	money_t unit = 1;
	for (int i = currency_digits(currency); i > 0; i--)
		unit *= 10;
	if (amount == MONEY_NONE)
		return money_format(amount, currency, buf);
	money_t rest = amount % unit, whole = amount - rest;
	if (rest * 2 >= unit && whole <= INT64_MAX - unit)
		whole += unit;
	else if (rest * 2 <= -unit && whole >= INT64_MIN + 2 * unit)
		whole -= unit;
	return money_format(whole, currency, buf);
}

/* "Webinar" unless the title begins with it: "Webinar: payroll 2026". */
static bool add_kind(struct str *out, const struct entry *entry)
{
	const char *kind = *entry->kind                    ? entry->kind
	                   : entry->side == SIDE_MARKETING ? "touch"
	                                                   : "activity";
	if (!strncasecmp(entry->title, kind, strlen(kind)))
		return false;
	str_addc(out, (char)toupper((unsigned char)kind[0]));
	str_adds(out, kind + 1);
	return true;
}

void entry_words(struct str *out, const struct entry *entry)
{
	bool kind = add_kind(out, entry);
	if (*entry->title)
		str_addf(out, "%s%s", kind ? ": " : "", entry->title);
	if (*entry->contact)
		str_addf(out, ", %s", entry->contact);
	if (*entry->contact && *entry->contact_title)
		str_addf(out, " (%s)", entry->contact_title);
	if (entry->more_contacts > 0)
		str_addf(out, " and %d more", entry->more_contacts);
	if (entry->responded)
		str_adds(out, ", answered");
}

static bool are_one(const struct entry *a, const struct entry *b, bool same_day)
{
	return a->side == b->side && a->planned == b->planned && *a->title &&
	       !strcmp(a->title, b->title) && !strcmp(a->kind, b->kind) &&
	       (!same_day || day_of_instant(a->at) == day_of_instant(b->at));
}

struct entry_list entries_merged(
    struct arena *arena, const struct entry_list *entries, bool same_day)
{
	enum { BACK = 32 }; /* entries to look back at: keeps a long list cheap */
	struct entry_list merged = {
	    .items = arena_alloc(arena, (entries->count + 1) * sizeof *merged.items)};
	for (size_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->items[i];
		size_t at = merged.count, first = at > BACK ? at - BACK : 0;
		while (at > first && !are_one(&merged.items[at - 1], entry, same_day))
			at--;
		if (at == first) {
			merged.items[merged.count++] = *entry;
			continue;
		}
		struct entry *one = &merged.items[at - 1];
		one->more_contacts +=
		    entry->more_contacts + (strcmp(one->contact, entry->contact) != 0);
		one->responded |= entry->responded;
	}
	return merged;
}

void action_words(struct str *out, const struct action *action, day_t today)
{
	char day[DAY_TEXT];
	str_addf(out, "%s (%s", action->text, action->owner);
	if (action->state != ACTION_OPEN)
		str_addf(out, ", %s", action_state_name(action->state));
	else if (action->due != DAY_NONE)
		str_addf(out, ", due %s", day_short(action->due, today, day));
	if (action_overdue(action, today))
		str_adds(out, ", overdue");
	str_addc(out, ')');
}

void age_words(struct str *out, const struct report *report)
{
	char day[DAY_TEXT];
	if (report->as_of == DAY_NONE) {
		str_adds(out, "nothing synced yet");
		return;
	}
	int days = report->today - report->as_of;
	str_addf(out, "exports of %s", day_short(report->as_of, report->today, day));
	if (days > 0)
		str_addf(out, ", %d day%s old", days, days == 1 ? "" : "s");
}

const char *lines_next(const struct lines *lines, const char *after)
{
	const char *next = after ? after + strlen(after) + 1 : str_text(&lines->text);
	return next < lines->text.p + lines->text.len ? next : NULL;
}

static void end_line(struct lines *lines)
{
	str_addc(&lines->text, '\0');
	lines->count++;
}

static void more(struct lines *lines, size_t found, const char *what)
{
	if (found <= DOING_MOST)
		return;
	str_addf(&lines->text, "and %zu more %s", found - DOING_MOST, what);
	end_line(lines);
}

static void doing_actions(
    struct lines *out, const struct dossier *dossier, enum team team, day_t today)
{
	for (size_t i = 0; i < dossier->actions.count; i++) {
		const struct action *action = &dossier->actions.items[i];
		if (action->state != ACTION_OPEN || action->team != team)
			continue;
		str_adds(&out->text, "action: ");
		action_words(&out->text, action, today);
		end_line(out);
	}
}

static void add_entry(struct lines *out, const struct entry *entry, day_t today)
{
	char day[DAY_TEXT];
	str_addf(&out->text, "%s%s ", entry->planned ? "planned " : "",
	    day_short(day_of_instant(entry->at), today, day));
	entry_words(&out->text, entry);
	if (*entry->who)
		str_addf(&out->text, ", by %s", entry->who);
	end_line(out);
}

/* Planned, or of the last days: what is older is nobody's doing, and not one of
 * the other people of a line either. */
static struct entry_list lately(
    struct arena *arena, const struct entry_list *all, day_t today)
{
	struct entry_list out = {
	    .items = arena_alloc(arena, (all->count + 1) * sizeof *out.items)};
	for (size_t i = 0; i < all->count; i++) {
		const struct entry *entry = &all->items[i];
		if (entry->planned || day_of_instant(entry->at) >= today - DOING_DAYS)
			out.items[out.count++] = *entry;
	}
	return out;
}

/* Planned ones, or those of the last days. */
static void doing_entries(struct lines *out, const struct entry_list *entries,
    enum side side, day_t today, bool planned)
{
	size_t found = 0;
	for (size_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->items[i];
		if (entry->side != side || entry->planned != planned)
			continue;
		if (++found <= DOING_MOST)
			add_entry(out, entry, today);
	}
	const char *what = planned ? "planned" : "in the last 14 days";
	more(out, found, what);
}

void doing(struct lines *out, const struct dossier *dossier, enum side side, day_t today)
{
	*out = (struct lines){.count = 0};
	doing_actions(
	    out, dossier, side == SIDE_MARKETING ? TEAM_MARKETING : TEAM_SALES, today);
	struct arena arena = ARENA_INIT;
	struct entry_list recent = lately(&arena, &dossier->timeline, today);
	struct entry_list entries = entries_merged(&arena, &recent, false);
	doing_entries(out, &entries, side, today, true);
	out->planned = out->count;
	doing_entries(out, &entries, side, today, false);
	arena_release(&arena);
}
