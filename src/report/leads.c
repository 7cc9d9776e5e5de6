#include "huddle/report_leads.h"
#include "json.h"
#include "print.h"

#include <stdio.h>
#include <stdlib.h>

/* Demand states, fit and lead scores against what became of them. */

static void add_totals(struct str *out, const struct deal **deals, size_t n)
{
	struct deal_total *sums = xcalloc(DEAL_TOTALS, sizeof *sums);
	char money[MONEY_TEXT];
	bool overflow;
	size_t count = deal_totals(deals, n, sums, &overflow);

	for (size_t i = 0; i < count; i++)
		if (sums[i].amount != MONEY_NONE)
			str_addf(out, "%s%s", out->len ? " + " : "",
			    money_brief(sums[i].amount, sums[i].currency, money));
	free(sums);
}

static const char *rate_text(double rate, char buf[16])
{
	snprintf(buf, 16, rate < 0 ? "-" : "%.0f%%", rate * 100);
	return buf;
}

void report_demand(struct str *out, const struct report *report, const struct demand *d)
{
	static const struct column columns[] = {{.title = "State of demand", .most = 30},
	    {.title = "Open", .right = true}, {.title = "Amount", .right = true},
	    {.title = "Won", .right = true}, {.title = "Lost", .right = true},
	    {.title = "Won of decided", .right = true}, {.title = ""}};
	struct table table = table_of(report, columns, 7);
	struct str sums = STR_INIT;
	char rate[16];

	for (size_t i = 0; i < d->count; i++) {
		const struct demand_line *l = &d->lines[i];

		str_clear(&sums);
		if (l->n_open)
			add_totals(&sums, l->open, l->n_open);
		table_cell(&table, *l->state ? l->state : "(not said)");
		table_cellf(&table, "%d", l->by_status[DEAL_OPEN]);
		table_cell(&table, str_text(&sums));
		table_cellf(&table, "%d", l->by_status[DEAL_WON]);
		table_cellf(&table, "%d", l->by_status[DEAL_LOST]);
		table_cell(&table, rate_text(demand_win_rate(l), rate));
		table_cell(
		    &table, l->defined || !*l->state ? "" : "not in the definition");
	}
	if (d->count)
		table_print(&table, out, 0);
	else
		put_line(out, report, 0, 0, "There are no deals.");
	str_release(&sums);
}

void report_demand_json(struct str *out, const struct demand *d)
{
	cJSON *root = json_object(), *array = json_array();

	for (size_t i = 0; i < d->count; i++) {
		const struct demand_line *l = &d->lines[i];
		cJSON *value = json_object();

		json_text(value, "state", l->state);
		json_bool(value, "defined", l->defined);
		json_number(value, "open", l->by_status[DEAL_OPEN]);
		json_number(value, "won", l->by_status[DEAL_WON]);
		json_number(value, "lost", l->by_status[DEAL_LOST]);
		if (demand_win_rate(l) < 0)
			json_text(value, "win_rate", NULL);
		else
			json_real(value, "win_rate", demand_win_rate(l));
		json_push(array, value);
	}
	json_put(root, "states", array);
	json_print(out, root);
	str_addc(out, '\n');
}

static double fit_rate(const struct fits *f, int fit)
{
	int decided = f->by_status[fit][DEAL_WON] + f->by_status[fit][DEAL_LOST];

	return decided ? (double)f->by_status[fit][DEAL_WON] / decided : -1;
}

static void put_no_fit(struct str *out, const struct report *report, const struct fits *f)
{
	enum { SHOWN = 30 };
	static const struct column columns[] = {
	    {.title = "Deal", .most = 36, .least = 16}, {.title = "Owner", .most = 20},
	    {.title = ""}, {.title = "Lacks", .most = 60, .least = 16}};
	struct table table = table_of(report, columns, 4);
	struct str lacks = STR_INIT;
	size_t n = 0;

	for (size_t i = 0; i < f->n_open; i++) {
		const struct fit_deal *d = &f->open[i];

		if (d->fit == FIT_YES || n++ >= SHOWN)
			continue;
		str_clear(&lacks);
		for (size_t k = 0; k < d->n_lacks; k++)
			str_addf(&lacks, "%s%s", k ? ", " : "", d->lacks[k]);
		table_cell(&table, deal_label(d->deal, report->ascii));
		table_cell(&table, d->deal->owner);
		table_cell(&table, fit_name(d->fit));
		table_cell(&table, str_text(&lacks));
	}
	if (n) {
		put_blank(out);
		table_print(&table, out, 0);
	}
	if (n > SHOWN)
		put_line(out, report, 0, 0, "and %zu more; --json has all", n - SHOWN);
	str_release(&lacks);
}

void report_fits(struct str *out, const struct report *report, const struct fits *f)
{
	static const struct column columns[] = {{.title = "Account"},
	    {.title = "Open", .right = true}, {.title = "Won", .right = true},
	    {.title = "Lost", .right = true}, {.title = "Won of decided", .right = true}};
	struct table table = table_of(report, columns, 5);
	char rate[16];

	for (int fit = 0; fit < FITS; fit++) {
		table_cell(&table, fit_name((enum fit)fit));
		for (int s = DEAL_OPEN; s <= DEAL_LOST; s++)
			table_cellf(&table, "%d", f->by_status[fit][s]);
		table_cell(&table, rate_text(fit_rate(f, fit), rate));
	}
	table_print(&table, out, 0);
	put_no_fit(out, report, f);
}

void report_fits_json(struct str *out, const struct fits *f)
{
	cJSON *root = json_object(), *deals = json_array(), *groups = json_array();

	for (int fit = 0; fit < FITS; fit++) {
		cJSON *value = json_object();

		json_text(value, "fit", fit_name((enum fit)fit));
		json_number(value, "open", f->by_status[fit][DEAL_OPEN]);
		json_number(value, "won", f->by_status[fit][DEAL_WON]);
		json_number(value, "lost", f->by_status[fit][DEAL_LOST]);
		if (fit_rate(f, fit) < 0)
			json_text(value, "win_rate", NULL);
		else
			json_real(value, "win_rate", fit_rate(f, fit));
		json_push(groups, value);
	}
	for (size_t i = 0; i < f->n_open; i++) {
		cJSON *value = json_object(), *lacks = json_array();

		json_text(value, "id", f->open[i].deal->id);
		json_text(value, "fit", fit_name(f->open[i].fit));
		for (size_t k = 0; k < f->open[i].n_lacks; k++)
			json_push(lacks, json_string(f->open[i].lacks[k]));
		json_put(value, "lacks", lacks);
		json_push(deals, value);
	}
	json_put(root, "groups", groups);
	json_put(root, "deals", deals);
	json_print(out, root);
	str_addc(out, '\n');
}

static void put_conversion(struct table *table, struct conversion c)
{
	char rate[16];

	table_cellf(table, "%d of %d", c.converted, c.leads);
	table_cell(table, rate_text(conversion_rate(c), rate));
}

static void put_months(struct str *out, const struct report *report,
    const struct definition *d, const struct lead_score *s)
{
	static const struct column columns[] = {{.title = "Month"},
	    {.title = "Above", .right = true}, {.title = "", .right = true},
	    {.title = "Below", .right = true}, {.title = "", .right = true}};
	struct table table = table_of(report, columns, 5);
	char day[DAY_TEXT];

	put_line(out, report, 0, 2,
	    d->handoff_at > 0
	        ? "Converted of leads made in the month, above and below the "
	          "threshold of %d points"
	        : "Converted of leads made in the month; no threshold is set",
	    d->handoff_at);
	for (int m = 0; m < SCORE_LEAD_MONTHS; m++) {
		day_format(s->months[m].month.first, day);
		day[7] = '\0';
		table_cell(&table, day);
		put_conversion(&table, s->months[m].above);
		put_conversion(&table, s->months[m].below);
	}
	table_print(&table, out, 2);
}

static void put_keys(struct str *out, const struct report *report,
    const struct definition *d, const struct lead_score *s)
{
	static const struct column columns[] = {
	    {.title = "What earns points", .most = 30},
	    {.title = "Points", .right = true}, {.title = "With it", .right = true},
	    {.title = "", .right = true}, {.title = "Without", .right = true},
	    {.title = "", .right = true}, {.title = "Lift", .right = true}};
	struct table table = table_of(report, columns, 7);

	for (size_t k = 0; k < d->n_points && k < SCORE_KEYS; k++) {
		struct conversion with = s->keys[k].with, without = s->keys[k].without;
		bool few = with.leads < SCORE_FEW || without.leads < SCORE_FEW;

		table_cell(&table, d->points[k].what);
		table_cellf(&table, "%d", d->points[k].points);
		put_conversion(&table, with);
		put_conversion(&table, without);
		if (few || without.converted == 0)
			table_cell(&table, few ? "too few" : "-");
		else
			table_cellf(&table, "%.1fx",
			    conversion_rate(with) / conversion_rate(without));
	}
	put_blank(out);
	put_line(out, report, 0, 2, "Each key over these months");
	table_print(&table, out, 2);
}

static void put_thresholds(
    struct str *out, const struct report *report, const struct lead_score *s)
{
	static const struct column columns[] = {{.title = "From points", .right = true},
	    {.title = "Above", .right = true}, {.title = "", .right = true},
	    {.title = "Below", .right = true}, {.title = "", .right = true}};
	struct table table = table_of(report, columns, 5);

	for (int t = 0; t < s->n_thresholds; t++) {
		table_cellf(&table, "%d", s->thresholds[t].points);
		put_conversion(&table, s->thresholds[t].above);
		put_conversion(&table, s->thresholds[t].below);
	}
	put_blank(out);
	put_line(out, report, 0, 2, "Where a threshold would split them");
	table_print(&table, out, 2);
	if (s->best >= 0)
		put_line(out, report, 0, 2, "%d points split best.",
		    s->thresholds[s->best].points);
	else
		put_line(out, report, 0, 2,
		    "No threshold has %d leads on either side and more conversion above "
		    "it.",
		    SCORE_FEW);
}

void report_lead_score(struct str *out, const struct report *report,
    const struct definition *d, const struct lead_score *s)
{
	if (!d->n_points) {
		put_line(out, report, 0, 2,
		    "Nothing earns points: [score] of the definition, such as webinar = "
		    "15; "
		    "huddle define load FILE.ini loads it.");
		return;
	}
	put_months(out, report, d, s);
	put_keys(out, report, d, s);
	if (s->n_thresholds)
		put_thresholds(out, report, s);
	else
		put_line(out, report, 0, 2, "No lead of these months has a point.");
}

static cJSON *conversion_json(struct conversion c)
{
	cJSON *value = json_object();

	json_number(value, "leads", c.leads);
	json_number(value, "converted", c.converted);
	if (c.leads)
		json_real(value, "rate", conversion_rate(c));
	else
		json_text(value, "rate", NULL);
	return value;
}

void report_lead_score_json(
    struct str *out, const struct definition *d, const struct lead_score *s)
{
	cJSON *root = json_object(), *months = json_array(), *keys = json_array(),
	      *thresholds = json_array();
	char day[DAY_TEXT];

	json_number(root, "handoff_at", d->handoff_at);
	json_text(
	    root, "why", d->n_points ? NULL : "nothing earns points in the definition");
	for (int m = 0; m < SCORE_LEAD_MONTHS; m++) {
		cJSON *value = json_object();

		day_format(s->months[m].month.first, day);
		day[7] = '\0';
		json_text(value, "month", day);
		json_put(value, "above", conversion_json(s->months[m].above));
		json_put(value, "below", conversion_json(s->months[m].below));
		json_push(months, value);
	}
	for (size_t k = 0; k < d->n_points && k < SCORE_KEYS; k++) {
		cJSON *value = json_object();

		json_text(value, "key", d->points[k].what);
		json_number(value, "points", d->points[k].points);
		json_put(value, "with", conversion_json(s->keys[k].with));
		json_put(value, "without", conversion_json(s->keys[k].without));
		json_push(keys, value);
	}
	for (int t = 0; t < s->n_thresholds; t++) {
		cJSON *value = json_object();

		json_number(value, "points", s->thresholds[t].points);
		json_put(value, "above", conversion_json(s->thresholds[t].above));
		json_put(value, "below", conversion_json(s->thresholds[t].below));
		json_bool(value, "best", t == s->best);
		json_push(thresholds, value);
	}
	json_put(root, "months", months);
	json_put(root, "keys", keys);
	json_put(root, "thresholds", thresholds);
	json_print(out, root);
	str_addc(out, '\n');
}
