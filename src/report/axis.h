#ifndef HUDDLE_REPORT_AXIS_H
#define HUDDLE_REPORT_AXIS_H

#include "huddle/report.h"

/* Touches and activities side by side: those of the last `days` days (0: all)
 * in at most `rows` rows (0: all). With `days`, one mail to five people is one
 * row. */
void put_axis(struct str *out, const struct report *report,
    const struct entry_list *entries, int days, int rows);

#endif
