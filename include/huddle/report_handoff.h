#ifndef HUDDLE_REPORT_HANDOFF_H
#define HUDDLE_REPORT_HANDOFF_H

#include "huddle/lead.h"
#include "huddle/report.h"

/* The handoff of a period as text and JSON. */
struct handoff_report {
	const struct handoff *handoff;
	const struct lead_list *leads; /* what it was made from */
	const char *when;              /* "last week and this one"; "" when it was asked for */
	const char *owner;             /* NULL: of all */
};
void report_handoff(
	struct str *out, const struct report *report, const struct handoff_report *r);
void report_handoff_json(struct str *out, const struct handoff_report *r);

#endif
