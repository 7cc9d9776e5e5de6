#ifndef HUDDLE_REPORT_MEETING_H
#define HUDDLE_REPORT_MEETING_H

#include "huddle/change_log.h"
#include "huddle/report.h"
#include "huddle/store_meeting.h"
#include "huddle/store_safety.h"

/* The meeting as text, JSON and Markdown; what the losses have in common; the log. */

struct meeting_report {
	const struct meeting *meeting;
	const struct agenda *agenda;
	const struct decision_list *decisions;
	const struct clock_list *clock;
	const struct action_list *actions; /* of all deals, open ones and those ended */
	const struct deal_list *deals;     /* to name them */
	const struct bridge_list *bridges; /* since the review before; NULL: none */
};
void report_meeting(
	struct str *out, const struct report *report, const struct meeting_report *m);
void report_meeting_json(
	struct str *out, const struct report *report, const struct meeting_report *m);
/* The minutes, in Markdown: text of people is escaped. */
void report_minutes(
	struct str *out, const struct report *report, const struct meeting_report *m);

/* before: the quarter before. */
void report_themes(struct str *out, const struct report *report, const struct themes *themes,
	const struct themes *before, const char *quarter);
void report_themes_json(struct str *out, const struct themes *themes, const char *quarter);

void report_notes(struct str *out, const struct report *report, const struct note_list *notes,
	const struct message *messages, size_t count);
void report_notes_json(struct str *out, const struct note_list *notes,
	const struct message *messages, size_t count);

void report_gone(struct str *out, const struct report *report, const struct check *check);
void report_check(struct str *out, const struct report *report, const struct check *check);
void report_check_json(struct str *out, const struct check *check);

void report_log(struct str *out, const struct report *report, const struct log_list *log);
void report_log_json(struct str *out, const struct log_changes *log);

#endif
