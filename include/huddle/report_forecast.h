#ifndef HUDDLE_REPORT_FORECAST_H
#define HUDDLE_REPORT_FORECAST_H

#include "huddle/forecasts.h"
#include "huddle/report.h"

/* Quarters against their actuals, and the weeks of the newest of them. band: percent
 * within which a forecast is met. */
void report_forecasts(struct str *out, const struct report *report,
	const struct forecasts *forecasts, int band, int fiscal_start);
void report_forecasts_json(struct str *out, const struct forecasts *forecasts, int band,
	int fiscal_start);

#endif
