#include "outline.h"

#include <math.h>
#include <stdio.h>

/* The forecast week by week, and the scorecard month by month. */

static const char *short_month(struct deck *deck, day_t day)
{
	static const char *const names[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct civil civil = civil_from_day(day);

	return deck_textf(deck, "%s %02d", names[civil.month - 1], civil.year % 100);
}

/* ---- forecast ---- */

/* Over a million in millions, so that an axis reads "$4M". */
static void set_scale(struct chart *chart, struct currency currency, double most)
{
	char sign[MONEY_TEXT];

	chart->scale = most >= 2e6 ? 1e6 : most >= 2e3 ? 1e3 : 1;
	chart->unit = most >= 2e6 ? "M" : most >= 2e3 ? "k" : "";
	chart->prefix = money_brief(0, currency, sign)[0] == '$' ? "$" : "";
}

static double *values_of(struct deck *deck, size_t n)
{
	return arena_alloc(deck->arena, (n + 1) * sizeof(double));
}

static void draw_quarter(struct deck *deck, const struct deck_input *in,
    const struct forecast_quarter *q, struct block *block)
{
	static const char *const names[] = {"pipeline", "best case", "commit", "won"};
	static const enum ink inks[] = {INK_QUIET, INK_MARKETING, INK_SALES, INK_GOOD};
	struct currency currency = in->forecasts->currency;
	struct chart *c = &block->chart;
	bool over = q->quarter.last < in->today;
	double most = 0;

	*c = (struct chart){.kind = CHART_WEEKS,
	    .n_labels = q->n_weeks,
	    .n_series = 4,
	    .target = over ? money_major(q->actual, currency) : NAN,
	    .target_name = "actual",
	    .band = over ? in->band / 100.0 : 0};
	c->labels = arena_alloc(deck->arena, (q->n_weeks + 1) * sizeof *c->labels);
	c->series = arena_alloc(deck->arena, 4 * sizeof *c->series);
	for (int s = 0; s < 4; s++)
		c->series[s] = (struct chart_series){.name = names[s],
		    .ink = inks[s],
		    .dashed = s == 0,
		    .values = values_of(deck, q->n_weeks)};
	for (size_t i = 0; i < q->n_weeks; i++) {
		const struct forecast_week *w = &q->weeks[i];
		const money_t sums[] = {w->pipeline, w->best, w->commit, w->won};
		char day[DAY_TEXT];

		c->labels[i] = deck_text(deck, day_short(w->day, in->today, day));
		for (int s = 0; s < 4; s++) {
			c->series[s].values[i] = money_major(sums[s], currency);
			most = fmax(most, c->series[s].values[i]);
		}
	}
	set_scale(c, currency, most);
}

static void say_quarter(struct deck *deck, const struct deck_input *in,
    const struct forecast_quarter *q, struct page *page)
{
	const struct forecast_week *w = &q->weeks[q->n_weeks - 1];
	struct currency currency = in->forecasts->currency;
	char won[MONEY_TEXT], commit[MONEY_TEXT], best[MONEY_TEXT], pipe[MONEY_TEXT],
	    quota[MONEY_TEXT], name[QUARTER_TEXT];

	page->lead = deck_textf(deck,
	    "%s: %s won, %s with commit, %s with best case, %s with all open deals%s%s",
	    quarter_format(q->quarter.first, in->fiscal_start, name),
	    money_brief(w->won, currency, won), money_brief(w->commit, currency, commit),
	    money_brief(w->best, currency, best),
	    money_brief(w->pipeline, currency, pipe),
	    in->quota > 0 ? ", of a quota of " : "",
	    in->quota > 0 ? money_brief(in->quota, currency, quota) : "");
}

static void add_quarter(struct deck *deck, const struct deck_input *in,
    const struct forecast_quarter *q, double width, struct page *page)
{
	const struct forecast_week *w = &q->weeks[q->n_weeks - 1];
	struct currency currency = in->forecasts->currency;
	bool over = q->quarter.last < in->today;
	char won[MONEY_TEXT], commit[MONEY_TEXT], best[MONEY_TEXT], pipe[MONEY_TEXT],
	    name[QUARTER_TEXT], band[64] = "";

	quarter_format(q->quarter.first, in->fiscal_start, name);
	if (over)
		snprintf(band, sizeof band, " against the actual, band %d%%", in->band);
	struct block *block = page_add(deck, page, BLOCK_CHART, width,
	    deck_textf(deck, "%s%s", name, over ? band : " so far"));

	draw_quarter(deck, in, q, block);
	block->chart.alt = deck_textf(deck,
	    "Lines of won, commit, best case and pipeline at the end of each week of %s; "
	    "the last values are %s, %s, %s and %s",
	    name, money_format(w->won, currency, won),
	    money_format(w->commit, currency, commit),
	    money_format(w->best, currency, best),
	    money_format(w->pipeline, currency, pipe));
}

static void list_quarters(
    struct deck *deck, const struct deck_input *in, struct page *page)
{
	static const struct deck_column columns[] = {{"Quarter", CELL_TEXT, 3},
	    {"Commit in week 3", CELL_MONEY, 4}, {"Actual", CELL_MONEY, 4},
	    {"Error", CELL_SHARE, 2}, {"Within the band", CELL_TEXT, 5}};
	const struct forecasts *f = in->forecasts;
	struct block *block = page_table(deck, page, 1,
	    deck_textf(
	        deck, "Quarters against the actual, band %d%% on either side", in->band),
	    columns, 5);

	for (int i = 0; i < f->n; i++) {
		const struct forecast_quarter *q = &f->quarters[i];
		bool known = q->gap == FORECAST_KNOWN;
		char name[QUARTER_TEXT];

		table_put(deck, block,
		    cell_of_text(
		        deck, quarter_format(q->quarter.first, in->fiscal_start, name)));
		table_put(deck, block,
		    q->called ? cell_of_money(deck, q->called->commit, f->currency)
		              : cell_of_text(deck, ""));
		table_put(deck, block, cell_of_money(deck, q->actual, f->currency));
		table_put(
		    deck, block, cell_of_share(deck, known ? q->error / 10000.0 : NAN));
		table_put(deck, block,
		    cell_of_text(deck, known ? forecast_within(q, in->band) ? "yes" : "no"
		                             : forecast_gap_words(q->gap)));
	}
}

/* The quarter that was asked for; while it runs, beside it the one before, which shows
 * what such forecasts were worth. */
void page_forecast(struct deck *deck, const struct deck_input *in)
{
	struct page *page = deck_add_page(deck, "forecast", "Forecast by week");
	const struct forecasts *f = in->forecasts;

	page->source = "huddle forecast";
	if (!f || !f->n || !f->quarters[0].n_weeks) {
		page_gap(deck, page, "No export tells how this quarter was forecast.",
		    "A CRM history, or a sync a week, tells from then on.");
		return;
	}
	bool both = f->quarters[0].quarter.last >= in->today && f->n > 1 &&
	            f->quarters[1].n_weeks;

	say_quarter(deck, in, &f->quarters[0], page);
	add_quarter(deck, in, &f->quarters[0], both ? 0.5 : 1, page);
	if (both)
		add_quarter(deck, in, &f->quarters[1], 0.5, page);
	list_quarters(deck, in, page);
}

/* ---- scorecard ---- */

static const char *value_text(
    struct deck *deck, const struct scorecard *card, enum metric m, double value)
{
	char buf[MONEY_TEXT];

	return deck_text(deck, metric_text(m, value, card->in->currency, buf));
}

/* Money in major units, all else as it is. */
static double in_major(const struct scorecard *card, enum metric m, double value)
{
	enum metric_unit unit = metric_infos[m].unit;
	bool money = unit == UNIT_MONEY || unit == UNIT_MONEY_A_DAY;

	return money ? value / pow(10, currency_digits(card->in->currency)) : value;
}

/* A figure as a number for the workbook and as words for the page. */
static struct cell figure_cell(
    struct deck *deck, const struct scorecard *card, enum metric m, double value)
{
	struct cell cell = cell_of_text(deck, value_text(deck, card, m, value));

	cell.kind = metric_infos[m].unit == UNIT_PERCENT ? CELL_SHARE : CELL_NUMBER;
	cell.value = in_major(card, m, value);
	return cell;
}

static void draw_card(
    struct deck *deck, const struct scorecard *card, struct block *block)
{
	struct chart *c = &block->chart;

	*c = (struct chart){.kind = CHART_TREND,
	    .alt =
	        "Each figure as a bar a month from zero, this month filled, its target a "
	        "dashed line; the table has the numbers",
	    .n_labels = SCORE_MONTHS,
	    .n_series = METRICS,
	    .target = NAN};
	c->labels = arena_alloc(deck->arena, SCORE_MONTHS * sizeof *c->labels);
	c->series = arena_alloc(deck->arena, METRICS * sizeof *c->series);
	for (int i = 0; i < SCORE_MONTHS; i++)
		c->labels[i] = short_month(deck, card->in->months[i].first);
	for (int m = 0; m < METRICS; m++) {
		const struct metric_value *last = &card->values[m][SCORE_MONTHS - 1];
		struct chart_series *s = &c->series[m];

		*s = (struct chart_series){.name = metric_infos[m].title,
		    .ink = last->why || !last->has_target ? INK_TEXT
		           : last->met                    ? INK_GOOD
		                                          : INK_BAD,
		    .shown = last->why
		                 ? "–"
		                 : value_text(deck, card, (enum metric)m, last->value),
		    .target = last->has_target
		                  ? in_major(card, (enum metric)m, last->target)
		                  : NAN,
		    .met = last->met,
		    .values = values_of(deck, SCORE_MONTHS)};
		for (int i = 0; i < SCORE_MONTHS; i++)
			s->values[i] = card->values[m][i].why
			                   ? NAN
			                   : in_major(card, (enum metric)m,
			                         card->values[m][i].value);
	}
}

static struct cell part_cell(struct deck *deck, const struct scorecard *card,
    enum metric m, int64_t part, bool numerator)
{
	enum metric_unit unit = metric_infos[m].unit;

	if (metric_infos[m].of_money || (numerator && unit == UNIT_MONEY))
		return cell_of_money(deck, part, card->in->currency);
	if (m == METRIC_SPEED && numerator)
		return cell_of_text(deck, "");
	return cell_of_count(deck, part);
}

static void list_figures(
    struct deck *deck, const struct scorecard *card, struct page *page)
{
	static const struct deck_column columns[] = {{"Figure", CELL_TEXT, 6},
	    {"Value", CELL_NUMBER, 3}, {"Target", CELL_NUMBER, 3},
	    {"Counted", CELL_NUMBER, 4}, {"Of", CELL_NUMBER, 4},
	    {"What it is", CELL_TEXT, 12}};
	struct block *block = page_table(deck, page, 1, NULL, columns, 6);

	for (int k = 0; k < METRICS; k++) {
		enum metric m = (enum metric)k;
		const struct metric_value *v = &card->values[m][SCORE_MONTHS - 1];
		struct cell empty = cell_of_text(deck, "");

		table_put(deck, block, cell_of_text(deck, metric_infos[m].title));
		table_put(deck, block,
		    v->why ? cell_of_text(deck, "none")
		           : figure_cell(deck, card, m, v->value));
		table_put(deck, block,
		    v->has_target ? cell_inked(figure_cell(deck, card, m, v->target),
		                        v->why   ? INK_TEXT
		                        : v->met ? INK_GOOD
		                                 : INK_BAD)
		                  : empty);
		table_put(deck, block,
		    v->why ? empty : part_cell(deck, card, m, v->numerator, true));
		table_put(deck, block,
		    v->why ? empty : part_cell(deck, card, m, v->denominator, false));
		table_put(deck, block,
		    cell_of_text(deck, v->why ? v->why : metric_infos[m].over));
	}
}

void page_scorecard(struct deck *deck, const struct deck_input *in)
{
	struct page *page = deck_add_page(deck, "scorecard", "Scorecard");
	int with_target = 0, met = 0;

	page->source = "huddle scorecard";
	if (!in->card) {
		page_gap(deck, page, "Nothing is synced to count figures from.", "");
		return;
	}
	for (int m = 0; m < METRICS; m++) {
		const struct metric_value *v = &in->card->values[m][SCORE_MONTHS - 1];

		with_target += v->has_target && !v->why;
		met += v->has_target && !v->why && v->met;
	}
	page->title = deck_textf(deck, "Scorecard of %s",
	    short_month(deck, in->card->in->months[SCORE_MONTHS - 1].first));
	page->lead =
	    deck_textf(deck, "%d of %d figures with a target meet it", met, with_target);
	draw_card(deck, in->card, page_add(deck, page, BLOCK_CHART, 1, NULL));
	list_figures(deck, in->card, page);
}
