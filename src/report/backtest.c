#include "huddle/report_risk.h"
#include "json.h"
#include "print.h"

#include <math.h>
#include <stdio.h>

/* How well slip risk did on the past: the line, the table, and as JSON. */

static void month_of(char buf[DAY_TEXT], day_t day)
{
	day_format(day, buf);
	buf[day == DAY_NONE ? 0 : 7] = '\0';
}

void report_backtest_line(struct str *out, const struct backtest *t)
{
	if (!t->predictions) {
		str_adds(out, "no month yet to test it on");
		return;
	}
	str_addf(out, "%d month%s, %d prediction%s, %d slipped", t->months,
	    t->months == 1 ? "" : "s", t->predictions, t->predictions == 1 ? "" : "s",
	    t->slipped);
	if (t->ranked)
		str_addf(out, "; AUC %.2f", t->auc);
	str_addf(out, "; Brier %.3f against %.3f; %d of the %d named slipped", t->brier,
	    t->brier_base, t->named_slipped, t->named);
}

static void put_method(
    struct str *out, const struct report *report, const struct learning *l)
{
	char from[DAY_TEXT], until[DAY_TEXT];
	if (!l->learned) {
		put_line(out, report, 0, 2,
		    "Method now: points. A model is trained from %d past predictions on, "
		    "of "
		    "which %d slipped; there are %d and %d.",
		    LEARN_LEAST, LEARN_LEAST_SLIPS, l->test.predictions, l->test.slipped);
		return;
	}
	month_of(from, l->learned->from);
	month_of(until, l->learned->until);
	put_line(out, report, 0, 2,
	    "Method now: trained on %d predictions of %s to %s, of which %d slipped.",
	    l->learned->lessons, from, until, l->learned->slipped);
}

/* A row: the figure of all months, of the trained ones, and by points alone. */
static void put_row(struct table *table, const struct learning *l, const char *title,
    const char *(*say)(const struct backtest *t, char buf[32]))
{
	char buf[32];
	table_cell(table, title);
	table_cell(table, say(&l->test, buf));
	table_cell(table, l->trained.predictions ? say(&l->trained, buf) : "-");
	table_cell(table, say(&l->points, buf));
}

static const char *say_predictions(const struct backtest *t, char buf[32])
{
	snprintf(buf, 32, "%d", t->predictions);
	return buf;
}

static const char *say_auc(const struct backtest *t, char buf[32])
{
	snprintf(buf, 32, t->ranked ? "%.3f" : "-", t->auc);
	return buf;
}

static const char *say_brier(const struct backtest *t, char buf[32])
{
	snprintf(buf, 32, "%.3f", t->brier);
	return buf;
}

static const char *say_brier_base(const struct backtest *t, char buf[32])
{
	snprintf(buf, 32, "%.3f", t->brier_base);
	return buf;
}

static const char *say_named(const struct backtest *t, char buf[32])
{
	snprintf(buf, 32, "%d of %d", t->named_slipped, t->named);
	return buf;
}

static const char *say_calibration(const struct backtest *t, char buf[32])
{
	snprintf(buf, 32, "%.3f", t->calibration);
	return buf;
}

static void put_figures(
    struct str *out, const struct report *report, const struct learning *l)
{
	static const struct column columns[] = {{.title = ""},
	    {.title = "all months", .right = true},
	    {.title = "trained ones", .right = true},
	    {.title = "points alone", .right = true}};
	struct table table = table_of(report, columns, 4);
	put_row(&table, l, "predictions", say_predictions);
	put_row(&table, l, "AUC (0.5: no better than chance)", say_auc);
	put_row(&table, l, "Brier score (0: always right)", say_brier);
	put_row(&table, l, "  of the base rate for all", say_brier_base);
	put_row(&table, l, "slipped of the three named a month", say_named);
	put_row(&table, l, "calibration error", say_calibration);
	table_print(&table, out, 2);
}

static void put_calibration(
    struct str *out, const struct report *report, const struct backtest *t)
{
	static const struct column columns[] = {{.title = "predicted"},
	    {.title = "deals", .right = true}, {.title = "mean", .right = true},
	    {.title = "slipped", .right = true}};
	struct table table = table_of(report, columns, 4);
	for (int i = 0; i < BACKTEST_BINS; i++) {
		const struct backtest_bin *bin = &t->bins[i];
		table_cellf(&table, "%.0f to %.0f%%", bin->from * 100, bin->to * 100);
		table_cellf(&table, "%d", bin->n);
		table_cellf(&table, bin->n ? "%.0f%%" : "", bin->predicted * 100);
		table_cellf(&table, bin->n ? "%.0f%%" : "", bin->observed * 100);
	}
	table_print(&table, out, 2);
}

void report_backtest(
    struct str *out, const struct report *report, const struct learning *l)
{
	const struct backtest *t = &l->test;
	char first[DAY_TEXT], last[DAY_TEXT], trained[DAY_TEXT];
	if (!t->predictions) {
		put_line(out, report, 0, 2,
		    "Slip risk can not be tested yet: no month is over of which the "
		    "close "
		    "dates at its first day are known. They come from the CRM's history "
		    "of "
		    "close dates, or from syncs of ours before that day.");
		put_method(out, report, l);
		return;
	}
	month_of(first, t->first);
	month_of(last, t->last);
	month_of(trained, t->trained_from);
	put_line(out, report, 0, 2,
	    "Slip risk on the past, %s to %s: %d predictions in %d month%s, %d slipped "
	    "(%.0f%%)",
	    first, last, t->predictions, t->months, t->months == 1 ? "" : "s", t->slipped,
	    t->base_rate * 100);
	if (t->trained)
		put_line(out, report, 0, 2,
		    "Each month was predicted by what was known at its first day: from "
		    "%s "
		    "on trained, before by points.",
		    trained);
	else
		put_line(out, report, 0, 2,
		    "Each month was predicted by points, from what was known at its "
		    "first "
		    "day.");
	put_method(out, report, l);
	put_blank(out);
	put_figures(out, report, l);
	put_blank(out);
	put_calibration(out, report, t);
	put_blank(out);
	struct str line = STR_INIT;
	report_backtest_line(&line, t);
	put_line(out, report, 0, 2, "%s", str_text(&line));
	str_release(&line);
}

static void json_month(cJSON *object, const char *key, day_t day)
{
	char buf[DAY_TEXT];
	month_of(buf, day);
	json_text(object, key, buf);
}

static void json_figures(cJSON *value, const struct backtest *t)
{
	double none = NAN;
	json_real(value, "auc", t->ranked ? t->auc : none);
	json_real(value, "brier", t->predictions ? t->brier : none);
	json_real(value, "brier_base", t->predictions ? t->brier_base : none);
	json_real(value, "precision_at_3", t->named ? t->precision : none);
	json_real(value, "calibration_error", t->predictions ? t->calibration : none);
}

static cJSON *json_bins(const struct backtest *t)
{
	cJSON *array = json_array();
	for (int i = 0; i < BACKTEST_BINS; i++) {
		const struct backtest_bin *bin = &t->bins[i];
		cJSON *value = json_object();
		json_real(value, "from", bin->from);
		json_real(value, "to", bin->to);
		json_real(value, "predicted", bin->n ? bin->predicted : NAN);
		json_real(value, "observed", bin->n ? bin->observed : NAN);
		json_number(value, "n", bin->n);
		json_push(array, value);
	}
	return array;
}

void report_backtest_json(struct str *out, const struct learning *l)
{
	const struct backtest *t = &l->test;
	cJSON *value = json_object(), *points = json_object(), *trained = json_object();
	json_text(value, "method", risk_method_name(l->learned));
	json_number(value, "months", t->months);
	json_month(value, "first_month", t->first);
	json_month(value, "last_month", t->last);
	json_month(value, "trained_from", t->trained_from);
	json_number(value, "predictions", t->predictions);
	json_number(value, "slipped", t->slipped);
	json_real(value, "base_rate", t->predictions ? t->base_rate : NAN);
	json_figures(value, t);
	json_put(value, "calibration", json_bins(t));
	json_number(trained, "predictions", l->trained.predictions);
	json_figures(trained, &l->trained);
	json_put(value, "trained", trained);
	json_figures(points, &l->points);
	json_put(value, "points", points);
	json_print(out, value);
}
