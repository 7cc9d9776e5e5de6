#ifndef HUDDLE_REPORT_ATTRIBUTION_H
#define HUDDLE_REPORT_ATTRIBUTION_H

#include "huddle/attribution_sums.h"
#include "huddle/report.h"

/* What touches are worth by one model, and whose deals are. */
struct attribution_report {
	const struct attribution *sums;
	enum attribution_by by;  /* which list the text shows; JSON has all */
	const char *quarter;     /* as it was asked for; NULL: of all time */
	const struct deal *deal; /* of this one alone; NULL: of all */
};
void report_attribution(
	struct str *out, const struct report *report, const struct attribution_report *r);
void report_attribution_json(struct str *out, const struct attribution_report *r);

#endif
