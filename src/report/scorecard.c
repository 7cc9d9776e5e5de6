#include "huddle/report_scorecard.h"
#include "json.h"
#include "print.h"

#include <math.h>
#include <stdio.h>

/* The scorecard: the figures by month, and what each was counted from. */

static void month_name(struct period month, char buf[DAY_TEXT])
{
	day_format(month.first, buf);
	buf[7] = '\0';
}

static void put_trend(
    struct str *out, const struct report *report, const struct scorecard *card)
{
	struct column columns[SCORE_MONTHS + 3] = {
	    {.title = "", .most = 28, .least = 18}};
	char names[SCORE_MONTHS][DAY_TEXT], buf[MONEY_TEXT];

	for (int i = 0; i < SCORE_MONTHS; i++) {
		month_name(card->in->months[i], names[i]);
		columns[1 + i] = (struct column){.title = names[i], .right = true};
	}
	columns[SCORE_MONTHS + 1] = (struct column){.title = "Target", .right = true};
	columns[SCORE_MONTHS + 2] = (struct column){.title = ""};
	struct table table = table_of(report, columns, SCORE_MONTHS + 3);

	for (int m = 0; m < METRICS; m++) {
		const struct metric_value *last = &card->values[m][SCORE_MONTHS - 1];

		table_cell(&table, metric_infos[m].title);
		for (int i = 0; i < SCORE_MONTHS; i++) {
			const struct metric_value *v = &card->values[m][i];

			table_cell(&table, v->why ? "-"
			                          : metric_text((enum metric)m, v->value,
			                                card->in->currency, buf));
		}
		table_cell(&table, last->has_target
		                       ? metric_text((enum metric)m, last->target,
		                             card->in->currency, buf)
		                       : "");
		table_cell(&table, !last->has_target || last->why ? ""
		                   : last->met                    ? "met"
		                                                  : "missed");
	}
	table_print(&table, out, 0);
}

static void put_counted(
    struct str *out, const struct report *report, const struct scorecard *card)
{
	char n[MONEY_TEXT], d[MONEY_TEXT];

	for (int m = 0; m < METRICS; m++) {
		const struct metric_value *v = &card->values[m][SCORE_MONTHS - 1];
		const struct metric_info *info = &metric_infos[m];

		if (v->why)
			put_line(out, report, 0, 2, "%s: %s", info->title, v->why);
		else if (info->of_money)
			put_line(out, report, 0, 2, "%s: %s of %s; %s", info->title,
			    money_format(v->numerator, card->in->currency, n),
			    money_format(v->denominator, card->in->currency, d),
			    info->over);
		else if (info->unit == UNIT_PERCENT)
			put_line(out, report, 0, 2, "%s: %lld of %lld; %s", info->title,
			    (long long)v->numerator, (long long)v->denominator,
			    info->over);
		else if (info->unit == UNIT_MONEY)
			put_line(out, report, 0, 2, "%s: %s over %lld; %s", info->title,
			    money_format(v->numerator, card->in->currency, n),
			    (long long)v->denominator, info->over);
		else if (info->unit == UNIT_MONEY_A_DAY)
			put_line(out, report, 0, 2,
			    "%s: %lld open qualified deals over %lld days; %s",
			    info->title, (long long)v->numerator,
			    (long long)v->denominator, info->over);
		else
			put_line(out, report, 0, 2, "%s: of %lld; %s", info->title,
			    (long long)v->denominator, info->over);
	}
}

/* What a plan that both leaders share would have paid. */
static void put_number(
    struct str *out, const struct report *report, const struct scorecard *card)
{
	char won[MONEY_TEXT], number[MONEY_TEXT], sourced[MONEY_TEXT];
	struct currency currency = card->in->currency;

	if (card->number == MONEY_NONE) {
		put_line(out, report, 0, 2,
		    "No number is set that both leaders are paid on: targets.number of "
		    "the "
		    "definition");
		return;
	}
	put_line(out, report, 0, 2,
	    "The one number of %s: %s won of %s, of it %s sourced by marketing. A plan "
	    "that "
	    "both leaders share would have paid each %.0f%% of what it pays in full.",
	    card->in->definition->number_period, money_format(card->won, currency, won),
	    money_format(card->number, currency, number),
	    money_format(card->won_sourced, currency, sourced),
	    card->number > 0 ? 100.0 * (double)card->won / (double)card->number : 0);
}

void report_scorecard(
    struct str *out, const struct report *report, const struct scorecard *card)
{
	char month[DAY_TEXT], day[DAY_TEXT];

	month_name(card->in->months[SCORE_MONTHS - 1], month);
	put_line(out, report, 0, 2, "Scorecard of %s, exports of %s", month,
	    report->as_of == DAY_NONE ? "no day" : day_format(report->as_of, day));
	put_blank(out);
	put_trend(out, report, card);
	put_blank(out);
	put_counted(out, report, card);
	put_blank(out);
	put_number(out, report, card);
	if (card->in->left_out > 0)
		put_line(out, report, 0, 2,
		    "%d deals in a currency without a rate are in no amount here",
		    card->in->left_out);
}

static void put_value(cJSON *object, const char *key, enum metric metric, double value,
    struct currency currency)
{
	enum metric_unit unit = metric_infos[metric].unit;

	if (unit == UNIT_MONEY || unit == UNIT_MONEY_A_DAY)
		json_money(object, key, (money_t)llround(value), currency);
	else
		json_real(object, key, value);
}

static void put_part(cJSON *object, const char *key, enum metric metric, int64_t part,
    bool top, struct currency currency)
{
	const struct metric_info *info = &metric_infos[metric];

	if (info->of_money || (info->unit == UNIT_MONEY && top))
		json_money(object, key, part, currency);
	else
		json_number(object, key, part);
}

static cJSON *value_json(
    const struct scorecard *card, enum metric metric, const struct metric_value *v)
{
	cJSON *value = json_object();
	struct currency currency = card->in->currency;

	if (v->why) {
		json_text(value, "value", NULL);
		json_text(value, "numerator", NULL);
		json_text(value, "denominator", NULL);
	} else {
		put_value(value, "value", metric, v->value, currency);
		put_part(value, "numerator", metric, v->numerator, true, currency);
		put_part(value, "denominator", metric, v->denominator, false, currency);
	}
	if (v->has_target)
		put_value(value, "target", metric, v->target, currency);
	else
		json_text(value, "target", NULL);
	if (v->has_target && !v->why)
		json_bool(value, "met", v->met);
	else
		json_text(value, "met", NULL);
	json_text(value, "why", v->why);
	return value;
}

static cJSON *trend_json(const struct scorecard *card, enum metric metric)
{
	cJSON *trend = json_array();
	char month[DAY_TEXT];

	for (int i = 0; i < SCORE_MONTHS; i++) {
		const struct metric_value *v = &card->values[metric][i];
		cJSON *point = json_object();

		month_name(card->in->months[i], month);
		json_text(point, "month", month);
		if (v->why)
			json_text(point, "value", NULL);
		else
			put_value(point, "value", metric, v->value, card->in->currency);
		json_push(trend, point);
	}
	return trend;
}

void report_scorecard_json(
    struct str *out, const struct report *report, const struct scorecard *card)
{
	cJSON *root = json_object(), *metrics = json_object();
	char month[DAY_TEXT];

	month_name(card->in->months[SCORE_MONTHS - 1], month);
	json_text(root, "month", month);
	json_day(root, "as_of", report->as_of);
	json_text(root, "currency", card->in->currency.code);
	json_number(root, "left_out", card->in->left_out);
	for (int m = 0; m < METRICS; m++) {
		cJSON *value =
		    value_json(card, (enum metric)m, &card->values[m][SCORE_MONTHS - 1]);

		json_text(value, "counts", metric_infos[m].over);
		json_put(value, "trend", trend_json(card, (enum metric)m));
		json_put(metrics, metric_infos[m].key, value);
	}
	json_put(root, "metrics", metrics);
	cJSON *number = json_object();

	json_money(number, "number", card->number, card->in->currency);
	json_money(number, "won", card->number == MONEY_NONE ? MONEY_NONE : card->won,
	    card->in->currency);
	json_money(number, "won_sourced",
	    card->number == MONEY_NONE ? MONEY_NONE : card->won_sourced,
	    card->in->currency);
	json_put(root, "shared_number", number);
	json_print(out, root);
	str_addc(out, '\n');
}

void report_score_rows(struct str *out, const struct report *report, enum metric metric,
    const struct scorecard_input *in, const struct score_rows *rows)
{
	static const struct column columns[] = {{.title = "Id"},
	    {.title = "Name", .most = 40, .least = 16}, {.title = "Owner", .most = 20},
	    {.title = "Amount", .right = true}, {.title = ""}};
	char month[DAY_TEXT], money[MONEY_TEXT];
	const struct metric_info *info = &metric_infos[metric];

	month_name(in->months[SCORE_MONTHS - 1], month);
	put_line(out, report, 0, 2, "%s of %s: %s", info->title, month, info->over);
	if (!rows->count) {
		put_line(out, report, 0, 0, "It counts no rows.");
		return;
	}
	struct table table = table_of(report, columns, 5);
	for (size_t i = 0; i < rows->count; i++) {
		const struct score_row *r = &rows->items[i];

		table_cell(&table, r->id);
		table_cell(&table, r->name);
		table_cell(&table, r->owner);
		table_cell(&table, r->amount == MONEY_NONE
		                       ? ""
		                       : money_format(r->amount, in->currency, money));
		table_cell(&table, r->hit ? "counts" : "");
	}
	table_print(&table, out, 0);
}

void report_score_rows_json(struct str *out, enum metric metric,
    const struct scorecard_input *in, const struct score_rows *rows)
{
	cJSON *root = json_object(), *array = json_array();
	char month[DAY_TEXT];

	month_name(in->months[SCORE_MONTHS - 1], month);
	json_text(root, "month", month);
	json_text(root, "metric", metric_infos[metric].key);
	for (size_t i = 0; i < rows->count; i++) {
		const struct score_row *r = &rows->items[i];
		cJSON *value = json_object();

		json_text(value, "id", r->id);
		json_text(value, "name", r->name);
		json_text(value, "owner", r->owner);
		json_money(value, "amount", r->amount, in->currency);
		json_bool(value, "counts", r->hit);
		json_push(array, value);
	}
	json_put(root, "rows", array);
	json_print(out, root);
	str_addc(out, '\n');
}
