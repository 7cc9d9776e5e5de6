#include "huddle/report_risk.h"
#include "json.h"

#include "huddle/report.h"
#include <string.h>

/* The settings for programs; as text they are the file itself. */

cJSON *json_off(const struct risk_rules *rules)
{
	cJSON *array = json_array();
	for (int i = 0; i < RISK_SIGNALS; i++)
		if (risk_signal_off(rules, (enum risk_signal)i))
			json_push(
			    array, json_string(risk_signal_name((enum risk_signal)i)));
	return array;
}

static cJSON *json_weekend(const struct workdays *w)
{
	static const char *const names[] = {
	    "mon", "tue", "wed", "thu", "fri", "sat", "sun"};
	cJSON *array = json_array();
	for (int i = 0; i < 7; i++)
		if (w->weekend >> i & 1u)
			json_push(array, json_string(names[i]));
	return array;
}

static cJSON *json_holidays(const struct workdays *w)
{
	char day[DAY_TEXT];
	cJSON *array = json_array();
	for (int i = 0; i < w->n_holidays; i++)
		json_push(array, json_string(day_format(w->holidays[i], day)));
	return array;
}

/* All numbers of `rules`, or those that a stage may have. */
static void add_numbers(cJSON *object, const struct risk_rules *rules, bool of_stage)
{
	const struct risk_rule *rule;
	for (int i = 0; (rule = risk_rule_at(i)); i++)
		if (!of_stage || risk_rule_of_stage(rule))
			json_number(object, rule->key, risk_rule_value(rule, rules));
}

static cJSON *json_stages(const struct risk_rules *rules)
{
	cJSON *object = json_object();
	for (int i = 0; i < rules->n_stages; i++) {
		struct risk_rules own = {.limits = rules->stages[i].limits};
		cJSON *stage = json_object();
		add_numbers(stage, &own, true);
		json_put(object, rules->stages[i].stage, stage);
	}
	return object;
}

static cJSON *json_rules(const struct risk_rules *rules)
{
	cJSON *object = json_object();
	json_text(object, "days", rules->business ? "business" : "calendar");
	json_put(object, "weekend", json_weekend(&rules->workdays));
	json_put(object, "holidays", json_holidays(&rules->workdays));
	add_numbers(object, rules, false);
	json_put(object, "off", json_off(rules));
	json_put(object, "stages", json_stages(rules));
	return object;
}

void report_settings_json(struct str *out, const char *file,
    const struct setting_text *review, size_t count, const struct risk_rules *rules)
{
	cJSON *value = json_object(), *texts = json_object();
	json_text(value, "file", file);
	for (size_t i = 0; i < count; i++)
		json_text(texts, review[i].name, review[i].value);
	json_put(value, "review", texts);
	json_put(value, "risk", json_rules(rules));
	json_print(out, value);
	str_adds(out, "\n");
}
