#ifndef HUDDLE_REPORT_WORDS_H
#define HUDDLE_REPORT_WORDS_H

#include "huddle/report.h"

/* How things are said, the same in every report. */

#define WORDS_TEXT 48

/* "today", "in 5 days", "3 days ago"; "" for none. */
const char *days_words(day_t day, day_t today, char buf[WORDS_TEXT]);
/* "▲ 82 %"; "" when not rated. */
const char *risk_words(
    const struct report *report, const struct risk *risk, char buf[WORDS_TEXT]);
const char *change_title(enum change_field field); /* "close date" */
/* A value of the history as the rest of the report says such things. */
const char *change_value(const struct report *report, struct currency currency,
    enum change_field field, const char *value, char buf[MONEY_TEXT]);
/* "$6.2M + EUR 240k" of the sums of all deals. */
void totals_words(struct str *out, const struct deal *const *deals, size_t count);
/* As money_format(), rounded to whole units so that a column lines up. */
const char *money_whole(money_t amount, struct currency currency, char buf[MONEY_TEXT]);
/* "Webinar: payroll 2026, A. Ruiz (CFO)" */
void entry_words(struct str *out, const struct entry *entry);
/* "CFO case study (Ana, due 26 Nov, overdue)" */
void action_words(struct str *out, const struct action *action, day_t today);
/* The exports' age: "exports of 22 Nov, 1 day old". */
void age_words(struct str *out, const struct report *report);

/* Texts one after the other, each with its NUL. */
struct lines {
	struct str text;
	size_t count;
	size_t planned; /* of them actions and what is planned; the rest was done */
};
void snooze_words(struct str *out, const struct deal *deal, day_t today);
const char *lines_next(
    const struct lines *lines, const char *after); /* NULL: the first */

/* Entries of one side, kind and title on the same day, or on any day, as one
 * that counts the other people; in `arena`. */
struct entry_list entries_merged(
    struct arena *arena, const struct entry_list *entries, bool same_day);

/*
 * What a team is doing about a deal: its open actions, what it has planned,
 * and its touches or activities of the last DOING_DAYS days, newest first. One
 * mail to five people is one line.
 */
enum { DOING_MOST = 5 /* of each kind; the rest is counted */ };
void doing(struct lines *out, const struct dossier *dossier, enum side side, day_t today);

#endif
