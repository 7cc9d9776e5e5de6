#ifndef HUDDLE_REPORT_SHOW_H
#define HUDDLE_REPORT_SHOW_H

#include "huddle/report.h"

/* The parts of one deal as text; `show` and the review are made of them. */
void put_deal_header(
    struct str *out, const struct report *report, const struct deal *deal);
void put_reasons(struct str *out, const struct report *report, const struct deal *deal);
void put_doing(
    struct str *out, const struct report *report, const struct dossier *dossier);
void put_committee(
    struct str *out, const struct report *report, const struct dossier *dossier);
/* By team; the open ones only, or all. */
void put_actions(struct str *out, const struct report *report,
    const struct dossier *dossier, bool all);
void put_changes(
    struct str *out, const struct report *report, const struct dossier *dossier);
void put_debrief(
    struct str *out, const struct report *report, const struct dossier *dossier);

#endif
