#ifndef HUDDLE_REPORT_FORECAST_H
#define HUDDLE_REPORT_FORECAST_H

#include "huddle/forecasts.h"
#include "huddle/report.h"

/* Quarters against their actuals, and the weeks of the newest of them. */
struct forecast_report {
	const struct forecasts *forecasts;
	int band;         /* percent within which a forecast is met */
	int fiscal_start;
	money_t quota;    /* of the newest quarter; 0: none is known */
};
void report_forecasts(struct str *out, const struct report *report,
	const struct forecast_report *r);
void report_forecasts_json(struct str *out, const struct forecast_report *r);

#endif
