#ifndef HUDDLE_REPORT_AUDIT_H
#define HUDDLE_REPORT_AUDIT_H

#include "huddle/audit.h"
#include "huddle/governance.h"
#include "huddle/report.h"

void report_audit(struct str *out, const struct report *report, const struct audit *audit);
void report_audit_json(struct str *out, const struct audit *audit);
/* All answers that were ever given. */
void report_audit_history(struct str *out, const struct report *report,
	const struct audit_answer_list *answers);
void report_audit_history_json(struct str *out, const struct audit_answer_list *answers);

void report_calendar(struct str *out, const struct report *report, const struct duty *duties,
	size_t count);
void report_calendar_json(struct str *out, const struct report *report,
	const struct duty *duties, size_t count);

/* Events of whole days: what is due, and actions that have a day. */
void report_calendar_ics(struct str *out, const struct report *report,
	const struct duty *duties, size_t count, const struct action_list *actions,
	const struct deal_list *deals);

/* Stage moves of deals that lack what the definition requires. */
void report_bare_moves(struct str *out, const struct report *report, const struct owner_moves *owners,
	size_t count, const char *month);
void report_bare_moves_json(struct str *out, const struct owner_moves *owners, size_t count,
	const char *month);

#endif
