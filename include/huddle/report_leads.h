#ifndef HUDDLE_REPORT_LEADS_H
#define HUDDLE_REPORT_LEADS_H

#include "huddle/demand.h"
#include "huddle/lead_score.h"
#include "huddle/report.h"

void report_demand(struct str *out, const struct report *report, const struct demand *demand);
void report_demand_json(struct str *out, const struct demand *demand);
void report_fits(struct str *out, const struct report *report, const struct fits *fits);
void report_fits_json(struct str *out, const struct fits *fits);
void report_lead_score(struct str *out, const struct report *report,
	const struct definition *definition, const struct lead_score *score);
void report_lead_score_json(struct str *out, const struct definition *definition,
	const struct lead_score *score);

#endif
