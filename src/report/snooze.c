#include "huddle/report_risk.h"
#include "json.h"
#include "print.h"
#include "words.h"

/* Deals that are asleep. */

void snooze_words(struct str *out, const struct deal *deal, day_t today)
{
	char day[DAY_TEXT];
	str_addf(out, "snoozed until %s by %s: %s",
	    day_short(deal->snoozed_until, today, day), deal->snoozed_by,
	    deal->snooze_reason);
}

void report_asleep(struct str *out, const struct report *report,
    const struct deal *const *deals, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct str words = STR_INIT;
		snooze_words(&words, deals[i], report->today);
		put_line(out, report, 0, 2, "%s   %d%%, %s",
		    deal_label(deals[i], report->ascii), deals[i]->risk.probability,
		    str_text(&words));
		str_release(&words);
	}
}

void report_snoozes(struct str *out, const struct report *report,
    const struct deal *const *deals, size_t count)
{
	if (!count)
		put_line(out, report, 0, 0, "No deal is snoozed.");
	report_asleep(out, report, deals, count);
}

void report_snoozes_json(struct str *out, const struct deal *const *deals, size_t count)
{
	cJSON *value = json_object(), *array = json_array();
	json_number(value, "count", (int64_t)count);
	for (size_t i = 0; i < count; i++) {
		cJSON *deal = json_snooze(deals[i]);
		json_text(deal, "id", deals[i]->id);
		json_text(deal, "name", deals[i]->name);
		json_percent(deal, "probability", deals[i]->risk.probability);
		json_push(array, deal);
	}
	json_put(value, "deals", array);
	json_print(out, value);
}
