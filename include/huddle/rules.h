#ifndef HUDDLE_RULES_H
#define HUDDLE_RULES_H

#include "huddle/ini.h"
#include "huddle/risk.h"
#include "huddle/str.h"
#include "huddle/workdays.h"

/*
 * The thresholds of slip risk, as a company sets them. One table in model/rules.c
 * has each with its name, default, range and comment. Fixed are the points and
 * the curve, and the windows of 90 and 30 days that sums are kept for.
 */
struct risk_limits {
	int pushes_warn, pushes_critical;       /* times */
	int close_near, close_nearing;          /* days to the close date */
	int stage_warn, stage_critical;         /* days in stage, where there is no norm */
	int norm_warn, norm_critical;           /* percent of the norm */
	int norm_sample;                        /* won deals behind a norm */
	int norm_least;                         /* days; a shorter norm counts as this */
	int back_critical, back_warn;           /* days since the stage went back, at most */
	int drop_warn, drop_critical;           /* percent */
	int idle_warn, idle_critical;           /* days */
	int commit_idle_warn, commit_idle_critical;
	int touch_warn, touch_critical;
	int trend_least;                        /* touches before */
	int trend_left;                         /* percent of them, at most */
	int engaged_warn;                       /* people, at most */
	const struct workdays *workdays;        /* NULL: all days count */
};

struct stage_rules {
	const char *stage;
	struct risk_limits limits;
};

struct risk_rules {
	struct risk_limits limits;
	struct stage_rules *stages; /* n_stages of them, in an arena */
	int n_stages;
	int level_watch, level_high; /* percent from which a level holds */
	unsigned off;                /* bit per enum risk_signal */
	bool business;               /* business days, by `workdays` */
	struct workdays workdays;
};

/* Never NULL, and for ever. */
const struct risk_rules *risk_rules_default(void);
/* The limits for a deal in this stage; rules NULL: the defaults. */
const struct risk_limits *risk_limits_of(const struct risk_rules *rules, const char *stage);
bool risk_signal_off(const struct risk_rules *rules, enum risk_signal signal);

/* A threshold as the file of settings has it. */
struct risk_rule {
	const char *key, *unit, *text;
	int low, high;
	size_t offset; /* of an int in struct risk_rules */
};
/* The i-th, from 0; NULL after the last. */
const struct risk_rule *risk_rule_at(int i);
bool risk_rule_of_stage(const struct risk_rule *rule); /* may a stage have its own? */
int risk_rule_value(const struct risk_rule *rule, const struct risk_rules *rules);

/*
 * Rules from [risk], [risk.signals] and [risk.stage.NAME], in the arena. A line
 * that is wrong leaves what was there: it is added to `problems` as FILE:LINE: text,
 * and the first of them fills err too. False when there is one.
 */
bool risk_rules_read(struct risk_rules **out, struct arena *arena, const struct ini *ini,
	struct str *problems, struct err *err);
/* The same with comments, defaults commented out. Reads back to equal rules. */
void risk_rules_print(struct str *out, const struct risk_rules *rules);

#endif
