#include "huddle/report_table.h"

#include "grid.h"
#include "huddle/scorecard.h"
#include "huddle/themes.h"
#include "huddle/totals.h"
#include "words.h"
#include <math.h>
#include <stdio.h>

/* Themes, changes, slip risk and the scorecard as rows. */

#define COUNT(columns) ((int)(sizeof(columns) / sizeof *(columns)))

/* ---- themes ---- */

static const struct grid_column theme_columns[] = {{"kind", NULL, false},
    {"name", "", false}, {"lost", "Lost", true}, {"won", "Won", true},
    {"win_rate", "Won of decided", true},
    {"lost_before", "Lost the quarter before", true}, {"amount", "Amount", true},
    {"currency", NULL, false}, {"other_amounts", "And", false}};

static void put_topic(struct grid *g, const struct topic *t,
    const struct topic_list *before, enum theme_kind kind)
{
	struct deal_total sums[DEAL_TOTALS];
	bool overflow;
	size_t n = deal_totals(t->deals, t->n_deals, sums, &overflow);
	const struct topic *old = theme_find(before, t->name);
	double rate = theme_win_rate(t);
	struct str others = STR_INIT;
	char money[MONEY_TEXT];

	for (size_t i = 1; i < n; i++)
		str_addf(&others, "%s%s", others.len ? " + " : "",
		    money_format(sums[i].amount, sums[i].currency, money));
	grid_text(g, theme_kind_name(kind));
	grid_text(g, t->name);
	grid_count(g, t->lost);
	grid_count(g, t->won);
	grid_share(g, rate < 0 ? NAN : rate);
	grid_count(g, old ? old->lost : 0);
	grid_money(g, n ? sums[0].amount : MONEY_NONE,
	    n ? sums[0].currency : (struct currency){""});
	grid_text(g, n ? sums[0].currency.code : "");
	grid_text(g, str_text(&others));
	str_release(&others);
}

void report_themes_table(struct str *out, const struct report *report,
    enum table_form form, const struct themes *themes, const struct themes *before,
    const char *quarter)
{
	struct str title = STR_INIT;
	struct grid g;

	str_addf(&title, "What losses have in common, %s", quarter);
	grid_begin(
	    &g, out, report, form, str_text(&title), theme_columns, COUNT(theme_columns));
	for (int k = 0; k < THEME_KINDS; k++) {
		grid_section(&g, theme_kind_title((enum theme_kind)k));
		for (size_t i = 0; i < themes->of[k].count; i++)
			put_topic(&g, &themes->of[k].items[i], &before->of[k],
			    (enum theme_kind)k);
	}
	str_release(&title);
}

/* ---- changes ---- */

static const struct grid_column change_columns[] = {{"currency", NULL, false},
    {"bucket", "What happened", false}, {"id", NULL, false}, {"name", "Deal", false},
    {"owner", "Owner", false}, {"amount", "Adds", true}, {"by_amount", NULL, true},
    {"old_amount", "Was", true}, {"new_amount", "Is", true},
    {"old_stage", "Stage then", false}, {"new_stage", "Stage now", false},
    {"old_close_date", "Closed then", false}, {"new_close_date", "Closes now", false}};

/* The start and the end of the bridge stand in rows of their own, without a deal. */
static void put_end(
    struct grid *g, const struct bridge *b, const char *what, money_t amount)
{
	grid_text(g, b->currency.code);
	grid_text(g, what);
	for (int i = 2; i < 5; i++)
		grid_text(g, "");
	grid_money(g, amount, b->currency);
	for (int i = 6; i < COUNT(change_columns); i++)
		grid_text(g, "");
}

static void put_pair(struct grid *g, const struct bridge *b, const struct bridge_deal *d)
{
	const struct deal *then = d->pair->then, *now = d->pair->now;

	grid_text(g, b->currency.code);
	grid_text(g, bridge_bucket_name(d->bucket));
	grid_text(g, now->id);
	grid_text(g, now->name);
	grid_text(g, now->owner);
	grid_money(g, d->amount, b->currency);
	grid_money(g, d->delta, b->currency);
	grid_money(
	    g, then ? then->amount : MONEY_NONE, then ? then->currency : now->currency);
	grid_money(g, d->pair->deleted ? MONEY_NONE : now->amount, now->currency);
	grid_text(g, then ? then->stage : "");
	grid_text(g, d->pair->deleted ? "" : now->stage);
	grid_day(g, then ? then->close_date : DAY_NONE);
	grid_day(g, d->pair->deleted ? DAY_NONE : now->close_date);
}

void report_changes_table(struct str *out, const struct report *report,
    enum table_form form, const struct change_report *changes)
{
	struct str title = STR_INIT;
	struct grid g;
	char since[DAY_TEXT], until[DAY_TEXT];

	str_addf(&title, "What changed from %s to %s",
	    changes->since == DAY_NONE ? "no day" : day_format(changes->since, since),
	    day_format(changes->until, until));
	grid_begin(&g, out, report, form, str_text(&title), change_columns,
	    COUNT(change_columns));
	for (size_t i = 0; i < changes->bridges->count; i++) {
		const struct bridge *b = &changes->bridges->items[i];

		grid_section(&g, *b->currency.code ? b->currency.code : "no currency");
		put_end(&g, b, "start", b->start);
		for (size_t d = 0; d < b->n_deals; d++)
			put_pair(&g, b, &b->deals[d]);
		put_end(&g, b, "end", b->end);
	}
	str_release(&title);
}

/* ---- slip risk ---- */

static const struct grid_column risk_columns[] = {{"id", NULL, false},
    {"name", "Deal", false}, {"account", NULL, false}, {"owner", "Owner", false},
    {"stage", "Stage", false}, {"amount", "Amount", true}, {"currency", NULL, false},
    {"close_date", "Closes", false}, {"probability", "Slips", true},
    {"level", NULL, false}, {"method", NULL, false}, {"reasons", "Why", false},
    {"marketing_doing", "Marketing does", false}, {"sales_doing", "Sales does", false}};

void report_risk_table(struct str *out, const struct report *report, enum table_form form,
    const struct risk_list *list)
{
	struct str title = STR_INIT;
	struct grid g;

	str_addf(&title, "Most likely to slip%s%s, %zu of %zu open deals",
	    list->period ? ", closing " : "", list->period ? list->period : "",
	    list->shown, list->count);
	grid_begin(
	    &g, out, report, form, str_text(&title), risk_columns, COUNT(risk_columns));
	grid_section(&g, NULL);
	str_release(&title);
}

static void put_reasons(struct grid *g, const struct risk *risk)
{
	struct str text = STR_INIT;

	for (int i = 0; i < risk->n_reasons; i++)
		if (*risk->reasons[i].text)
			str_addf(
			    &text, "%s%s", text.len ? "; " : "", risk->reasons[i].text);
	grid_text(g, str_text(&text));
	str_release(&text);
}

static void put_doing(
    struct grid *g, const struct dossier *dossier, enum side side, day_t today)
{
	struct doing doing;
	struct str text = STR_INIT;

	doing_count(&doing, &dossier->timeline, &dossier->actions, side, today);
	doing_words(&text, &doing, side, today);
	grid_text(g, str_text(&text));
	str_release(&text);
}

void report_risk_row(struct str *out, const struct report *report, enum table_form form,
    const struct dossier *dossier)
{
	const struct deal *d = dossier->deal;
	char percent[16];
	struct grid g = {.out = out,
	    .report = report,
	    .form = form,
	    .columns = risk_columns,
	    .n = COUNT(risk_columns)};

	snprintf(percent, sizeof percent, "%d%%", d->risk.probability);
	grid_text(&g, d->id);
	grid_text(&g, d->name);
	grid_text(&g, d->account);
	grid_text(&g, d->owner);
	grid_text(&g, d->stage);
	grid_money(&g, d->amount, d->currency);
	grid_text(&g, d->currency.code);
	grid_day(&g, d->close_date);
	grid_real(&g, d->risk.probability / 100.0, percent);
	grid_text(&g, risk_level_name(d->risk.level));
	grid_text(&g, d->risk.trained ? "trained" : "points");
	put_reasons(&g, &d->risk);
	put_doing(&g, dossier, SIDE_MARKETING, report->today);
	put_doing(&g, dossier, SIDE_SALES, report->today);
}

/* ---- scorecard ---- */

static const struct grid_column figure_columns[] = {{"figure", NULL, false},
    {"title", "Figure", false}, {"month", "Month", false}, {"value", "Value", true},
    {"numerator", "Counted", true}, {"denominator", "Of", true},
    {"target", "Target", true}, {"met", "Met", false}, {"currency", NULL, false},
    {"why", "Why not", false}};

static void put_value(
    struct grid *g, enum metric m, double value, bool there, struct currency currency)
{
	enum metric_unit unit = metric_infos[m].unit;
	char buf[MONEY_TEXT];

	if (there && (unit == UNIT_MONEY || unit == UNIT_MONEY_A_DAY))
		grid_money(g, (money_t)llround(value), currency);
	else
		grid_real(g, there ? value : NAN,
		    there ? metric_text(m, value, currency, buf) : "");
}

static void put_part(struct grid *g, enum metric m, int64_t part, bool there, bool top,
    struct currency currency)
{
	const struct metric_info *info = &metric_infos[m];

	if (!there)
		grid_text(g, "");
	else if (info->of_money || (info->unit == UNIT_MONEY && top))
		grid_money(g, part, currency);
	else
		grid_count(g, part);
}

static void put_figure(
    struct grid *g, const struct scorecard *card, enum metric m, int month)
{
	const struct metric_value *v = &card->values[m][month];
	struct currency currency = card->in->currency;
	char name[DAY_TEXT];

	snprintf(name, sizeof name, "%.7s",
	    day_format(card->in->months[month].first, (char[DAY_TEXT]){0}));
	grid_text(g, metric_infos[m].key);
	grid_text(g, metric_infos[m].title);
	grid_text(g, name);
	put_value(g, m, v->value, !v->why, currency);
	put_part(g, m, v->numerator, !v->why, true, currency);
	put_part(g, m, v->denominator, !v->why, false, currency);
	put_value(g, m, v->target, v->has_target, currency);
	grid_text(g, !v->has_target || v->why ? "" : v->met ? "yes" : "no");
	grid_text(g, currency.code);
	grid_text(g, v->why ? v->why : "");
}

void report_scorecard_table(struct str *out, const struct report *report,
    enum table_form form, const struct scorecard *card)
{
	struct grid g;

	grid_begin(
	    &g, out, report, form, "Scorecard", figure_columns, COUNT(figure_columns));
	grid_section(&g, NULL);
	for (int m = 0; m < METRICS; m++)
		for (int i = SCORE_MONTHS - 1; i >= 0; i--)
			put_figure(&g, card, (enum metric)m, i);
}

static const struct grid_column row_columns[] = {{"id", "Id", false},
    {"name", "Name", false}, {"owner", "Owner", false}, {"amount", "Amount", true},
    {"currency", NULL, false}, {"counts", "Counts", false}};

void report_score_rows_table(struct str *out, const struct report *report,
    enum table_form form, int metric, const struct scorecard_input *in,
    const struct score_rows *rows)
{
	struct grid g;

	grid_begin(&g, out, report, form, metric_infos[metric].title, row_columns,
	    COUNT(row_columns));
	grid_section(&g, NULL);
	for (size_t i = 0; i < rows->count; i++) {
		const struct score_row *r = &rows->items[i];

		grid_text(&g, r->id);
		grid_text(&g, r->name);
		grid_text(&g, r->owner);
		grid_money(&g, r->amount, in->currency);
		grid_text(&g, r->amount == MONEY_NONE ? "" : in->currency.code);
		grid_text(&g, r->hit ? "yes" : "no");
	}
}
