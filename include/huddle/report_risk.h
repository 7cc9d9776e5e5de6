#ifndef HUDDLE_REPORT_RISK_H
#define HUDDLE_REPORT_RISK_H

#include "huddle/bridge.h"
#include "huddle/learn.h"
#include "huddle/report.h"

/* Slip risk and how well it did, deals that are snoozed, and what changed. */

/* Slip risk, one deal after the other, so that each can be loaded and let go. */
struct risk_list {
	const char *period; /* as typed; NULL: of any close date */
	struct period dates;
	size_t shown, count;
	const struct deal *const *asleep; /* of them; not among those shown */
	size_t n_asleep;
	bool json;
	const struct learning *learning; /* the method in use, and how it did */
	const struct risk_rules *rules;  /* NULL: the defaults */
};
void report_risk_begin(struct str *out, const struct report *report, const struct risk_list *list);
/* index counts from 0. */
void report_risk_deal(struct str *out, const struct report *report,
	const struct risk_list *list, const struct dossier *dossier, size_t index);
void report_risk_end(struct str *out, const struct report *report, const struct risk_list *list);

/* The settings as JSON: what the review was given as text, and the rules. */
struct setting_text {
	const char *name, *value;
};
void report_settings_json(struct str *out, const char *file, const struct setting_text *review,
	size_t count, const struct risk_rules *rules);

/* How well slip risk did on the past. */
void report_backtest(struct str *out, const struct report *report,
	const struct learning *learning);
void report_backtest_json(struct str *out, const struct learning *learning);
/* The last line of it, also for a screen: "18 months, AUC 0.81 ...". */
void report_backtest_line(struct str *out, const struct backtest *test);

/* Deals that are asleep, a line each; as a list of its own nothing is said, too. */
void report_asleep(struct str *out, const struct report *report, const struct deal *const *deals,
	size_t count);
void report_snoozes(struct str *out, const struct report *report,
	const struct deal *const *deals, size_t count);
void report_snoozes_json(struct str *out, const struct deal *const *deals, size_t count);

/* What made the pipeline of an earlier day that of now. */
struct change_report {
	day_t since, until; /* since DAY_NONE: there is one sync only */
	const char *why;    /* how since was found; "" when it was given */
	const struct bridge_scope *scope;
	const struct bridge_list *bridges;
};
void report_changes(struct str *out, const struct report *report,
	const struct change_report *changes);
void report_changes_json(struct str *out, const struct change_report *changes);

#endif
