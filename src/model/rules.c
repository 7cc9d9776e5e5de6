#include "huddle/rules.h"

#include "huddle/text.h"
#include "signals.h"

/* The weekend of the defaults: Saturday and Sunday. */
enum { SATURDAY_SUNDAY = 1 << 5 | 1 << 6 };

static const struct risk_rules defaults = {
    .limits = {.pushes_warn = 2,
        .pushes_critical = 3,
        .close_near = 14,
        .close_nearing = 30,
        .stage_warn = 30,
        .stage_critical = 60,
        .norm_warn = 150,
        .norm_critical = 200,
        .norm_sample = 10,
        .norm_least = 7,
        .back_critical = 14,
        .back_warn = 90,
        .drop_warn = 10,
        .drop_critical = 25,
        .idle_warn = 14,
        .idle_critical = 30,
        .commit_idle_warn = 7,
        .commit_idle_critical = 14,
        .touch_warn = 30,
        .touch_critical = 60,
        .trend_least = 4,
        .trend_left = 50,
        .engaged_warn = 1},
    .level_watch = 35,
    .level_high = 60,
    .workdays = {.weekend = SATURDAY_SUNDAY},
};

const struct risk_rules *risk_rules_default(void)
{
	return &defaults;
}

const struct risk_limits *risk_limits_of(
    const struct risk_rules *rules, const char *stage)
{
	if (!rules)
		rules = &defaults;
	for (int i = 0; i < rules->n_stages; i++)
		if (text_same(slice_of(rules->stages[i].stage), slice_of(stage)))
			return &rules->stages[i].limits;
	return &rules->limits;
}

bool risk_signal_off(const struct risk_rules *rules, enum risk_signal signal)
{
	return rules && (rules->off >> signal & 1u);
}

int limits_days(const struct risk_limits *l, day_t from, day_t to)
{
	return l->workdays ? workdays_between(l->workdays, from, to) : to - from;
}

const char *limits_day_word(const struct risk_limits *l)
{
	return l->workdays ? "business day" : "day";
}
