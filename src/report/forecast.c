#include "huddle/report_forecast.h"

#include "json.h"
#include "print.h"

#include <stdio.h>
#include <stdlib.h>

/* How quarters were forecast, and what came of it. */

/* "+12.5%" of hundredths of a percent. */
static const char *percent_text(int hundredths, char buf[24])
{
	snprintf(buf, 24, "%+.1f%%", hundredths / 100.0);
	return buf;
}

static void put_quarters(struct str *out, const struct report *report,
    const struct forecasts *f, int band, int fiscal_start)
{
	static const struct column columns[] = {{.title = "Quarter"},
	    {.title = "Commit", .right = true}, {.title = "Best case", .right = true},
	    {.title = "Pipeline", .right = true}, {.title = "Actual", .right = true},
	    {.title = "Error", .right = true}, {.title = "", .most = 44, .least = 16}};
	struct table table = table_of(report, columns, 7);
	char buf[MONEY_TEXT], name[QUARTER_TEXT], percent[24];

	for (int i = 0; i < f->n; i++) {
		const struct forecast_quarter *q = &f->quarters[i];
		const struct forecast_week *c = q->called;
		bool known = q->gap == FORECAST_KNOWN;

		table_cell(&table, quarter_format(q->quarter.first, fiscal_start, name));
		table_cell(&table, c ? money_brief(c->commit, f->currency, buf) : "-");
		table_cell(&table, c ? money_brief(c->best, f->currency, buf) : "-");
		table_cell(&table, c ? money_brief(c->pipeline, f->currency, buf) : "-");
		table_cell(&table, money_brief(q->actual, f->currency, buf));
		table_cell(&table, known ? percent_text(q->error, percent) : "-");
		table_cell(&table, !known                     ? forecast_gap_words(q->gap)
		                   : forecast_within(q, band) ? "within the band"
		                   : q->error > 0             ? "too high"
		                                              : "too low");
	}
	table_print(&table, out, 2);
}

/* What is open of the quarter over its quota. */
static double coverage(const struct forecast_week *w, money_t quota)
{
	return (double)(w->pipeline - w->won) / (double)quota;
}

/* A pipeline that is filled and emptied by turns covers nothing: how far it swung. */
static void put_stability(
    struct str *out, const struct report *report, const struct forecast_report *r)
{
	const struct forecast_quarter *q = &r->forecasts->quarters[0];
	char money[MONEY_TEXT];
	double least = 0, most = 0;

	if (r->quota <= 0) {
		put_line(out, report, 0, 2,
		    "No quota of this quarter is known, so that its coverage can not be "
		    "told.");
		return;
	}
	for (size_t i = 0; i < q->n_weeks; i++) {
		double c = coverage(&q->weeks[i], r->quota);

		least = i == 0 || c < least ? c : least;
		most = i == 0 || c > most ? c : most;
	}
	put_line(out, report, 0, 2,
	    "Coverage of the quota of %s: from %.1fx to %.1fx, a swing of %.1fx",
	    money_format(r->quota, r->forecasts->currency, money), least, most,
	    most - least);
}

static void put_weeks(
    struct str *out, const struct report *report, const struct forecast_report *r)
{
	const struct forecasts *f = r->forecasts;
	static const struct column columns[] = {{.title = "Until"},
	    {.title = "Won", .right = true}, {.title = "Commit", .right = true},
	    {.title = "Best case", .right = true}, {.title = "Pipeline", .right = true},
	    {.title = "Open deals", .right = true}, {.title = "Coverage", .right = true}};
	const struct forecast_quarter *q = &f->quarters[0];
	struct table table = table_of(report, columns, r->quota > 0 ? 7 : 6);
	char buf[MONEY_TEXT], day[DAY_TEXT];

	for (size_t i = 0; i < q->n_weeks; i++) {
		const struct forecast_week *w = &q->weeks[i];

		table_cellf(&table, "%s%s", day_short(w->day, report->today, day),
		    w == q->called ? " *" : "");
		table_cell(&table, money_brief(w->won, f->currency, buf));
		table_cell(&table, money_brief(w->commit, f->currency, buf));
		table_cell(&table, money_brief(w->best, f->currency, buf));
		table_cell(&table, money_brief(w->pipeline, f->currency, buf));
		table_cellf(&table, "%d", w->open);
		if (r->quota > 0)
			table_cellf(&table, "%.1fx", coverage(w, r->quota));
	}
	table_print(&table, out, 2);
	put_stability(out, report, r);
}

/* Success is two quarters running within the band. */
static int running(const struct forecasts *f, int band)
{
	int n = 0;

	for (int i = 0; i < f->n; i++) {
		if (f->quarters[i].gap == FORECAST_NOT_OVER)
			continue;
		if (!forecast_within(&f->quarters[i], band))
			break;
		n++;
	}
	return n;
}

void report_forecasts(
    struct str *out, const struct report *report, const struct forecast_report *r)
{
	const struct forecasts *f = r->forecasts;
	int band = r->band, fiscal_start = r->fiscal_start;
	char bias[24], mean[24], name[QUARTER_TEXT];
	const struct forecast_quarter *q = &f->quarters[0];

	put_line(out, report, 0, 2,
	    "Forecast against actual, as it stood at the end of "
	    "each quarter's third week");
	put_quarters(out, report, f, band, fiscal_start);
	if (f->with_error > 0)
		put_line(out, report, 0, 2,
		    "%d quarter%s: off by %s on average, bias %s; %d running within "
		    "%d%%%s",
		    f->with_error, f->with_error == 1 ? "" : "s",
		    percent_text(f->mean, mean) + 1, percent_text(f->bias, bias),
		    running(f, band), band,
		    running(f, band) >= 2 ? ", which is what two are asked for" : "");
	if (f->left_out > 0)
		put_line(out, report, 0, 2,
		    "%d deals of another currency have no rate and are left out",
		    f->left_out);
	put_blank(out);
	put_line(out, report, 0, 2, "%s week by week; each sum holds the one before",
	    quarter_format(q->quarter.first, fiscal_start, name));
	if (q->n_weeks > 0)
		put_weeks(out, report, r);
	else
		put_line(out, report, 2, 2, "Nothing tells how the deals stood then.");
}

static cJSON *week_json(const struct forecast_week *w, struct currency currency)
{
	cJSON *value = json_object();

	json_day(value, "until", w->day);
	json_money(value, "won", w->won, currency);
	json_money(value, "commit", w->commit, currency);
	json_money(value, "best_case", w->best, currency);
	json_money(value, "pipeline", w->pipeline, currency);
	json_number(value, "open", w->open);
	return value;
}

static cJSON *quarter_json(const struct forecasts *f, int i, int band, int fiscal_start)
{
	const struct forecast_quarter *q = &f->quarters[i];
	const struct forecast_week *c = q->called;
	cJSON *value = json_object(), *weeks = json_array();
	char name[QUARTER_TEXT];
	bool known = q->gap == FORECAST_KNOWN;

	json_text(value, "quarter", quarter_format(q->quarter.first, fiscal_start, name));
	json_money(value, "commit", c ? c->commit : MONEY_NONE, f->currency);
	json_money(value, "best_case", c ? c->best : MONEY_NONE, f->currency);
	json_money(value, "pipeline", c ? c->pipeline : MONEY_NONE, f->currency);
	json_money(value, "actual", q->actual, f->currency);
	if (known) {
		json_real(value, "error", q->error / 10000.0);
		json_bool(value, "within", forecast_within(q, band));
	} else {
		json_text(value, "error", NULL);
		json_text(value, "within", NULL);
		json_text(value, "why", forecast_gap_words(q->gap));
	}
	for (size_t w = 0; w < q->n_weeks; w++)
		json_push(weeks, week_json(&q->weeks[w], f->currency));
	json_put(value, "weeks", weeks);
	return value;
}

void report_forecasts_json(struct str *out, const struct forecast_report *r)
{
	const struct forecasts *f = r->forecasts;
	int band = r->band, fiscal_start = r->fiscal_start;
	cJSON *root = json_object(), *quarters = json_array();

	json_text(root, "currency", f->currency.code);
	json_number(root, "band", band);
	json_number(root, "running", running(f, band));
	json_number(root, "left_out", f->left_out);
	json_money(root, "quota", r->quota > 0 ? r->quota : MONEY_NONE, f->currency);
	if (f->with_error > 0) {
		json_real(root, "error", f->mean / 10000.0);
		json_real(root, "bias", f->bias / 10000.0);
	} else {
		json_text(root, "error", NULL);
		json_text(root, "bias", NULL);
	}
	for (int i = 0; i < f->n; i++)
		json_push(quarters, quarter_json(f, i, band, fiscal_start));
	json_put(root, "quarters", quarters);
	json_print(out, root);
	str_addc(out, '\n');
}
