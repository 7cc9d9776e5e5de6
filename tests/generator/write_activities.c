/* Task.csv and Event.csv */
#include "gen.h"
#include <string.h>

static const char task_header[] =
    "Id,WhoId,WhatId,WhoCount,WhatCount,Subject,ActivityDate,Status,Priority,OwnerId,"
    "Description,"
    "CurrencyIsoCode,Type,IsDeleted,AccountId,IsClosed,CreatedDate,CreatedById,"
    "LastModifiedDate,"
    "LastModifiedById,SystemModstamp,IsArchived,EmailMessageId,ActivityOriginType,"
    "CallDurationInSeconds,CallType,CallDisposition,CallObject,ReminderDateTime,"
    "IsReminderSet,"
    "RecurrenceActivityId,IsRecurrence,RecurrenceStartDateOnly,RecurrenceEndDateOnly,"
    "RecurrenceTimeZoneSidKey,RecurrenceType,RecurrenceInterval,RecurrenceDayOfWeekMask,"
    "RecurrenceDayOfMonth,RecurrenceInstance,RecurrenceMonthOfYear,"
    "RecurrenceRegeneratedType,"
    "CompletedDateTime";
static const char event_header[] =
    "Id,WhoId,WhatId,WhoCount,WhatCount,Subject,Location,IsAllDayEvent,ActivityDateTime,"
    "ActivityDate,DurationInMinutes,Description,AccountId,OwnerId,CurrencyIsoCode,Type,"
    "IsPrivate,"
    "ShowAs,IsDeleted,IsChild,IsGroupEvent,GroupEventType,CreatedDate,CreatedById,"
    "LastModifiedDate,LastModifiedById,SystemModstamp,IsArchived,RecurrenceActivityId,"
    "IsRecurrence,RecurrenceStartDateTime,RecurrenceEndDateOnly,RecurrenceTimeZoneSidKey,"
    "RecurrenceType,RecurrenceInterval,RecurrenceDayOfWeekMask,RecurrenceDayOfMonth,"
    "RecurrenceInstance,RecurrenceMonthOfYear,ReminderDateTime,IsReminderSet,"
    "ProposedEventTimeframe";

static const char *with_whom(const struct world *w, const struct activity *a)
{
	return a->contact == NONE ? NULL
	                          : name_first(w->contacts[a->contact].person)->text;
}

static uint32_t owner(const struct world *w, const struct activity *a)
{
	uint32_t user = w->deals[a->deal].owner;

	return a->by_manager ? w->users[user].manager : user;
}

static bool is_call(const struct activity *a)
{
	return a->kind == AC_CALL_OUT || a->kind == AC_CALL_IN || a->kind == AC_VOICEMAIL;
}

static bool is_email(const struct activity *a)
{
	return a->kind == AC_EMAIL_OUT || a->kind == AC_EMAIL_IN;
}

/* As a rep or the mail connector would put it: "Call: pricing with Ana", "Email: Re: pricing". */
static void write_subject(
    const struct world *w, struct csv *c, const struct activity *a, bool changed)
{
	const char *name = with_whom(w, a), *topic = word_topics[a->topic];
	const char *tail = changed ? " (summary added)" : "";
	const char *const call[] = {
	    "Call: ", topic, name ? " with " : "", name ? name : "", tail};
	const char *const voice[] = {
	    "Call: left voicemail", name ? " for " : "", name ? name : "", tail};
	const char *const out[] = {"Email: ", topic, tail};
	const char *const in[] = {"Email: Re: ", topic, tail};
	const char *const todo[] = {word_todos[a->topic % 8], tail};

	switch (a->kind) {
	case AC_VOICEMAIL:
		csv_texts(c, voice, LENGTH(voice));
		break;
	case AC_EMAIL_OUT:
		csv_texts(c, out, LENGTH(out));
		break;
	case AC_EMAIL_IN:
		csv_texts(c, in, LENGTH(in));
		break;
	case AC_TODO:
		csv_texts(c, todo, LENGTH(todo));
		break;
	default:
		csv_texts(c, call, LENGTH(call));
	}
}

/* Who and what it is about. A few name only the person: the deal must be found by its committee. */
static void write_links(struct csv *c, const struct activity *a)
{
	csv_id(c, ID_CONTACT, a->contact);
	if (a->unlinked)
		csv_empty(c, 1);
	else
		csv_id(c, ID_DEAL, a->deal);
	csv_bool(c, a->contact != NONE);
	csv_bool(c, !a->unlinked);
}

static const char *task_status(const struct activity *a)
{
	return a->done ? "Completed" : a->topic % 3 ? "Not Started" : "Open";
}

static void write_call(struct csv *c, const struct activity *a)
{
	bool held = is_call(a) && a->done;

	if (held)
		csv_int(c, a->seconds);
	else
		csv_empty(c, 1);
	csv_text(c, !is_call(a) ? "" : a->kind == AC_CALL_IN ? "Inbound" : "Outbound");
	csv_text(c, !held ? "" : a->kind == AC_VOICEMAIL ? "No answer" : "Connected");
	csv_empty(c, 1);
}

/* Type is blank as in the real files, but for one in two hundred; every thousandth was deleted. */
static void write_task(
    struct world *w, struct csv *c, const struct activity *a, uint32_t row)
{
	bool changed = write_changed(w, row);
	int64_t modified = changed ? w->now : a->done > a->made ? a->done : a->made;

	csv_id(c, ID_TASK, row);
	write_links(c, a);
	write_subject(w, c, a, changed);
	csv_day(c, a->due);
	csv_text(c, task_status(a));
	csv_text(c, a->kind == AC_TODO && a->topic > 11 ? "High" : "Normal");
	csv_id(c, ID_USER, owner(w, a));
	csv_empty(c, 1);
	csv_text(c, "USD");
	csv_text(c, row % 200     ? ""
	            : is_call(a)  ? "Call"
	            : is_email(a) ? "Email"
	                          : "Other");
	csv_bool(c, row % 1000 == 999);
	csv_id(c, ID_ACCOUNT, w->deals[a->deal].account);
	csv_bool(c, a->done != 0);
	csv_stamps(c, a->made, owner(w, a), modified);
	csv_bool(c, false);
	if (is_email(a) && row % 2)
		csv_id(c, ID_EMAIL, row);
	else
		csv_empty(c, 1);
	csv_empty(c, 1);
	write_call(c, a);
	csv_empty(c, 1);
	csv_bool(c, false);
	csv_empty(c, 1);
	csv_bool(c, false);
	csv_empty(c, 10);
	csv_time(c, a->done);
	csv_end(c);
}

void write_tasks(struct world *w)
{
	uint32_t row = 0;
	struct csv c;

	csv_open(&c, w->cfg.out, "Task", task_header);
	for (uint32_t i = 0; i < w->activities_count; i++) {
		if (w->activities[i].kind != AC_MEETING)
			write_task(w, &c, &w->activities[i], row++);
	}
	csv_close(&c);
}

static void write_event(
    struct world *w, struct csv *c, const struct activity *a, uint32_t row)
{
	const char *name = with_whom(w, a);
	const char *const subject[] = {"Meeting: ", word_meetings[a->topic % 8],
	    name ? " with " : "", name ? name : ""};

	csv_id(c, ID_EVENT, row);
	write_links(c, a);
	csv_texts(c, subject, LENGTH(subject));
	csv_text(c, a->topic % 3 ? "Video call" : "");
	csv_bool(c, false);
	csv_time(c, a->done);
	csv_day(c, time_day(a->done));
	csv_int(c, a->topic % 2 ? 30 : 60);
	csv_empty(c, 1);
	csv_id(c, ID_ACCOUNT, w->deals[a->deal].account);
	csv_id(c, ID_USER, owner(w, a));
	csv_text(c, "USD");
	csv_text(c, a->topic % 8 ? "" : "Meeting");
	csv_bool(c, false);
	csv_text(c, "Busy");
	csv_bool(c, false);
	csv_bool(c, false);
	csv_bool(c, false);
	csv_text(c, "0");
	csv_stamps(c, a->made, owner(w, a), a->made);
	csv_bool(c, false);
	csv_empty(c, 1);
	csv_bool(c, false);
	csv_empty(c, 10);
	csv_bool(c, false);
	csv_empty(c, 1);
	csv_end(c);
}

void write_events(struct world *w)
{
	uint32_t row = 0;
	struct csv c;

	csv_open(&c, w->cfg.out, "Event", event_header);
	for (uint32_t i = 0; i < w->activities_count; i++) {
		if (w->activities[i].kind == AC_MEETING)
			write_event(w, &c, &w->activities[i], row++);
	}
	csv_close(&c);
}
