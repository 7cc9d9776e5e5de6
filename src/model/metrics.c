#include "huddle/scorecard.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* What the figures of the scorecard are called, and how they are told. */

const struct metric_info metric_infos[METRICS] = {
    [METRIC_COVERAGE] = {"coverage", "Pipeline coverage",
        "open pipeline at the month's end over the quota of the 90 days before",
        UNIT_TIMES, false, true, SCORE_PAST | SCORE_QUOTAS},
    [METRIC_MQL_TO_SQO] = {"mql_to_sqo", "MQL to qualified opportunity",
        "MQLs of the month whose deal is qualified or won, of all its MQLs", UNIT_PERCENT,
        false, false, SCORE_LEADS | SCORE_QUALIFIED},
    [METRIC_SLA] = {"sla_adherence", "Handoff in time",
        "leads of the month touched in time, of those judged", UNIT_PERCENT, false, false,
        SCORE_LEADS | SCORE_HANDOFFS},
    [METRIC_FORECAST] = {"forecast_accuracy", "Forecast accuracy",
        "commit of the last quarter's third week over what was won", UNIT_PERCENT, false,
        true, SCORE_PAST},
    [METRIC_LOOP] = {"loop_closure", "Losses with a debrief",
        "deals lost in the month with a debrief, of all lost", UNIT_PERCENT, false, false,
        0},
    [METRIC_LEAD_TO_OPPORTUNITY] = {"lead_to_opportunity", "Lead to opportunity",
        "leads made in the month that have a deal, of all made", UNIT_PERCENT, false,
        false, SCORE_LEADS},
    [METRIC_MARKETING] = {"marketing_pipeline", "Pipeline from marketing",
        "amount of deals made in the month that marketing sourced, of all made",
        UNIT_PERCENT, false, true, SCORE_SOURCES},
    [METRIC_SPEED] = {"speed_to_follow_up", "Speed to follow-up",
        "median business hours to the first touch", UNIT_HOURS, true, false,
        SCORE_LEADS | SCORE_HANDOFFS},
    [METRIC_COST] = {"cost_per_sqo", "Cost per qualified opportunity",
        "cost of campaigns that began in the month over qualified deals made in it that "
        "marketing sourced",
        UNIT_MONEY, true, false, SCORE_SOURCES | SCORE_QUALIFIED | SCORE_CAMPAIGNS},
    [METRIC_SIZE] = {"deal_size", "Average deal won",
        "amount over deals won in the month", UNIT_MONEY, false, false, 0},
    [METRIC_VELOCITY] = {"velocity", "Pipeline velocity",
        "open qualified deals x win rate x average deal won, over the days of a cycle, "
        "of 12 months",
        UNIT_MONEY_A_DAY, false, false, SCORE_QUALIFIED},
    [METRIC_CYCLE] = {"cycle_length", "Cycle",
        "median days from made to won, of deals won in 12 months", UNIT_DAYS, true, false,
        0},
};

const char *metric_text(
    enum metric metric, double value, struct currency currency, char buf[MONEY_TEXT])
{
	char money[MONEY_TEXT];

	switch (metric_infos[metric].unit) {
	case UNIT_TIMES:
		snprintf(buf, MONEY_TEXT, "%.1fx", value);
		break;
	case UNIT_PERCENT:
		snprintf(buf, MONEY_TEXT, "%.0f%%", value * 100);
		break;
	case UNIT_MONEY:
		return money_brief((money_t)llround(value), currency, buf);
	case UNIT_MONEY_A_DAY:
		snprintf(buf, MONEY_TEXT, "%s/day",
		    money_brief((money_t)llround(value), currency, money));
		break;
	case UNIT_HOURS:
		snprintf(buf, MONEY_TEXT, "%.1f h", value);
		break;
	case UNIT_DAYS:
		snprintf(buf, MONEY_TEXT, "%.0f days", value);
		break;
	}
	return buf;
}

bool metric_find(const char *key, enum metric *out)
{
	for (int m = 0; m < METRICS; m++)
		if (!strcmp(metric_infos[m].key, key)) {
			*out = (enum metric)m;
			return true;
		}
	return false;
}
