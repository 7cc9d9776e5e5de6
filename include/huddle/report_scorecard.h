#ifndef HUDDLE_REPORT_SCORECARD_H
#define HUDDLE_REPORT_SCORECARD_H

#include "huddle/report.h"
#include "huddle/scorecard.h"

void report_scorecard(struct str *out, const struct report *report, const struct scorecard *card);
void report_scorecard_json(
	struct str *out, const struct report *report, const struct scorecard *card);
/* The rows of one figure. */
void report_score_rows(struct str *out, const struct report *report, enum metric metric,
	const struct scorecard_input *in, const struct score_rows *rows);
void report_score_rows_json(struct str *out, enum metric metric,
	const struct scorecard_input *in, const struct score_rows *rows);

#endif
