#include "huddle/report_risk.h"
#include "json.h"
#include "print.h"
#include "show.h"
#include "words.h"

#include <stdio.h>
#include <string.h>

/* "2026-11" for a calendar month, else as typed unless that hangs on today. */
static const char *period_words(const struct risk_list *list, char buf[WORDS_TEXT])
{
	char first[DAY_TEXT], last[DAY_TEXT];
	buf[0] = '\0';
	if (!list->period)
		return buf;
	struct period month = period_of_month(list->dates.first);
	if (month.first == list->dates.first && month.last == list->dates.last)
		snprintf(buf, WORDS_TEXT, "%.7s", day_format(month.first, first));
	else if (strchr(list->period, 'Q') || strchr(list->period, 'q'))
		snprintf(buf, WORDS_TEXT, "%.16s", list->period);
	if (!*buf || !strncmp(list->period, "this-q", 6) ||
	    !strncmp(list->period, "next-q", 6))
		snprintf(buf, WORDS_TEXT, "%s..%s", day_format(list->dates.first, first),
		    day_format(list->dates.last, last));
	return buf;
}

/* The method in use, and how it did: neither is a black box. */
static void put_in_use(
    struct str *out, const struct report *report, const struct learning *learning)
{
	struct str line = STR_INIT;
	report_backtest_line(&line, &learning->test);
	put_line(out, report, 0, 2, "Method: %s. Backtest: %s.",
	    risk_method_name(learning->learned), str_text(&line));
	str_release(&line);
}

/* "Off in the settings: times pushed, next step." */
static void put_off(
    struct str *out, const struct report *report, const struct risk_rules *rules)
{
	struct str names = STR_INIT;
	for (int i = 0; i < RISK_SIGNALS; i++)
		if (risk_signal_off(rules, (enum risk_signal)i))
			str_addf(&names, "%s%s", names.len ? ", " : "",
			    risk_signal_title((enum risk_signal)i));
	if (names.len)
		put_line(out, report, 0, 2, "Off in the settings: %s.", str_text(&names));
	str_release(&names);
}

void report_risk_begin(
    struct str *out, const struct report *report, const struct risk_list *list)
{
	char words[WORDS_TEXT], day[DAY_TEXT];
	period_words(list, words);
	if (!list->json) {
		char some[48] = "";
		if (list->shown < list->count)
			snprintf(some, sizeof some, ", the %zu most likely to slip",
			    list->shown);
		put_line(out, report, 0, 2, "Slip risk%s%s: %zu open deal%s%s",
		    *words ? ", closing " : "", words, list->count,
		    list->count == 1 ? "" : "s", some);
		put_in_use(out, report, list->learning);
		put_off(out, report, list->rules);
		return;
	}
	str_adds(out, "{\"as_of\":");
	json_print(out, json_string(day_format(report->as_of, day)));
	str_adds(out, ",\"period\":");
	json_print(out, json_string(words));
	str_addf(out, ",\"method\":\"%s\",\"base_rate\":",
	    risk_method_name(list->learning->learned));
	if (list->learning->test.predictions)
		str_addf(out, "%.6g", list->learning->test.base_rate);
	else
		str_adds(out, "null");
	str_adds(out, ",\"off\":");
	json_print(out, json_off(list->rules));
	str_addf(out, ",\"count\":%zu,\"deals\":[", list->count);
}

static cJSON *json_doing(const struct dossier *dossier, enum side side, day_t today)
{
	struct lines lines;
	cJSON *array = json_array();
	doing(&lines, dossier, side, today);
	for (const char *line = NULL; (line = lines_next(&lines, line));)
		json_push(array, json_string(line));
	str_release(&lines.text);
	return array;
}

static void risk_json(struct str *out, const struct report *report,
    const struct dossier *dossier, size_t index)
{
	const struct deal *deal = dossier->deal;
	cJSON *value = json_object();
	json_text(value, "id", deal->id);
	json_text(value, "name", deal->name);
	json_text(value, "account", deal->account);
	json_text(value, "owner", deal->owner);
	json_text(value, "stage", deal->stage);
	json_money(value, "amount", deal->amount, deal->currency);
	json_text(value, "currency", deal->currency.code);
	json_day(value, "close_date", deal->close_date);
	json_percent(value, "probability", deal->risk.probability);
	json_text(value, "level", risk_level_name(deal->risk.level));
	json_number(value, "points", deal->risk.points);
	json_text(value, "method", deal->risk.trained ? "trained" : "points");
	json_put(value, "reasons", json_reasons(&deal->risk));
	json_put(value, "unknown", json_unknown(&deal->risk));
	json_put(value, "snoozed", json_snooze(deal));
	json_put(
	    value, "marketing_doing", json_doing(dossier, SIDE_MARKETING, report->today));
	json_put(value, "sales_doing", json_doing(dossier, SIDE_SALES, report->today));
	str_adds(out, index ? ",\n" : "\n");
	json_print(out, value);
}

void report_risk_deal(struct str *out, const struct report *report,
    const struct risk_list *list, const struct dossier *dossier, size_t index)
{
	if (list->json) {
		risk_json(out, report, dossier, index);
		return;
	}
	put_blank(out);
	put_deal_header(out, report, dossier->deal);
	put_reasons(out, report, dossier->deal);
	put_doing(out, report, dossier);
}

static void asleep_json(struct str *out, const struct risk_list *list)
{
	cJSON *array = json_array();
	for (size_t i = 0; i < list->n_asleep; i++) {
		cJSON *value = json_snooze(list->asleep[i]);
		json_text(value, "id", list->asleep[i]->id);
		json_text(value, "name", list->asleep[i]->name);
		json_percent(value, "probability", list->asleep[i]->risk.probability);
		json_push(array, value);
	}
	json_print(out, array);
}

void report_risk_end(
    struct str *out, const struct report *report, const struct risk_list *list)
{
	if (list->json) {
		str_adds(out, "],\"snoozed\":");
		asleep_json(out, list);
		str_adds(out, "}\n");
		return;
	}
	if (!list->n_asleep)
		return;
	put_blank(out);
	report_asleep(out, report, list->asleep, list->n_asleep);
}
