#include "huddle/doing.h"
#include "huddle/text.h"
#include "paint.h"
#include <stdio.h>

/*
 * Why a deal will slip, in words: the reasons by weight, then what was not
 * captured and therefore counts neither way, what each team does about it, by
 * which method and how that did, then what changed lately.
 */

static int count_bits(unsigned bits)
{
	int n = 0;

	for (; bits; bits &= bits - 1)
		n++;
	return n;
}

/* The rows, a part after the other. */
enum part { PART_REASONS, PART_UNKNOWN, PART_DOING, PART_METHOD, PART_CHANGES, PARTS };

static int part_rows(const struct view *v, enum part part)
{
	const struct risk *risk = &v->deal->risk;

	switch (part) {
	case PART_REASONS:
		return risk->n_reasons;
	case PART_UNKNOWN:
		return count_bits(risk->unknown);
	case PART_DOING:
		return v->loaded && risk->rated ? 2 : 0;
	case PART_METHOD:
		return !risk->rated                                   ? 0
		       : v->learning && v->learning->test.predictions ? 3
		                                                      : 1;
	case PART_CHANGES:
		return v->loaded ? (int)v->changes.count : 0;
	case PARTS:
		break;
	}
	return 0;
}

static int risk_count(const struct view *v)
{
	int count = 0;

	for (int part = 0; v->deal && part < PARTS; part++)
		count += part_rows(v, (enum part)part);
	return count;
}

static void risk_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	const struct deal *d = v->deal;

	(void)at;
	clear_heading(out);
	if (!d || !d->risk.rated) {
		str_adds(&out->left, d ? "What changed" : "Slip risk");
		return;
	}
	str_addf(&out->left, "Slip risk %d%%", d->risk.probability);
	str_adds(&out->right, risk_level_name(d->risk.level));
	out->right_role = risk_role(d->risk.level);
}

static const char *change_value(const struct change *c, const char *value, char buf[48])
{
	struct currency none = {""};
	money_t amount;
	day_t day;
	char text[MONEY_TEXT];

	if (!*value)
		return "none";
	if (c->field == CHANGE_CLOSE_DATE && day_parse(value, &day)) {
		struct civil y = civil_from_day(day);

		return day_short(day, day_from_civil(y.year, 1, 1), buf);
	}
	if (c->field == CHANGE_AMOUNT &&
	    number_read(slice_of(value), DECIMAL_POINT, 2, &amount)) {
		snprintf(buf, 48, "%s", money_short(amount, none, text));
		return buf;
	}
	return value;
}

static void draw_change(struct surface *row, const struct change *c, const struct view *v)
{
	static const char *const names[CHANGE_FIELDS] = {
	    [CHANGE_STAGE] = "stage",
	    [CHANGE_AMOUNT] = "amount",
	    [CHANGE_CLOSE_DATE] = "close date",
	    [CHANGE_FORECAST] = "forecast",
	    [CHANGE_CURRENCY] = "currency",
	    [CHANGE_OWNER] = "owner",
	    [CHANGE_STATUS] = "status",
	    [CHANGE_PRESENCE] = "in the export",
	};
	char day[DAY_TEXT], old[48], new[48];
	int x;

	surface_puts(
	    row, 0, 0, 7, ROLE_MUTED, day_brief(day_of_instant(c->at), v->today, day));
	x = surface_printf(row, 8, 0, -1, ROLE_MUTED, "%s ", names[c->field]);
	surface_printf(row, x, 0, -1, ROLE_TEXT, "%s %s %s",
	    change_value(c, c->old_value, old), row->ascii ? "->" : "\u2192",
	    change_value(c, c->new_value, new));
}

enum { POINTS = 5 }; /* columns before a reason's words */

static int reason_lines(const struct risk_reason *r, int width)
{
	int columns = width - POINTS > 10 ? width - POINTS : 10;

	return (text_width(slice_of(r->text)) + columns - 1) / columns > 1 ? 2 : 1;
}

/* A reason takes two lines where it must and where there is room. */
static void draw_reason(
    struct surface *s, int y, int lines, const struct risk_reason *r, enum role role)
{
	struct surface words = surface_part(s, POINTS, y, s->width - POINTS, lines);

	surface_printf(s, 0, y, 4, role, "%+4d", r->points);
	if (lines > 1)
		surface_wrapped(&words, 0, 0, words.width, ROLE_TEXT, r->text);
	else
		surface_puts(&words, 0, 0, -1, ROLE_TEXT, r->text);
}

static void draw_unknown(struct surface *row, const struct deal *d, int nth)
{
	for (int i = 0; i < RISK_SIGNALS; i++) {
		if (!(d->risk.unknown & (1u << i)) || nth-- > 0)
			continue;
		surface_puts(row, 3, 0, 1, ROLE_UNKNOWN, "?");
		surface_printf(row, 5, 0, -1, ROLE_UNKNOWN, "%s: not captured",
		    risk_signal_title((enum risk_signal)i));
		return;
	}
}

static void draw_doing(struct surface *row, const struct view *v, enum side side)
{
	struct doing doing;
	struct str words = STR_INIT;

	doing_count(&doing, &v->entries, &v->actions, side, v->today);
	doing_words(&words, &doing, side, v->today);
	surface_puts(row, 1, 0, 4, side == SIDE_MARKETING ? ROLE_MARKETING : ROLE_SALES,
	    side == SIDE_MARKETING ? "MKT" : "SAL");
	surface_puts(row, POINTS, 0, -1,
	    doing.overdue                    ? ROLE_OVERDUE
	    : doing.actions || doing.planned ? ROLE_TEXT
	                                     : risk_role(RISK_WATCH),
	    str_text(&words));
	str_release(&words);
}

/* How it is told, and how that did on the company's own past. */
static void draw_method(struct surface *row, const struct view *v, int line)
{
	const struct backtest *t = v->learning ? &v->learning->test : NULL;
	const char *method = v->deal->risk.trained ? "trained" : "points";

	if (!t || !t->predictions)
		surface_printf(row, POINTS, 0, -1, ROLE_MUTED, "method: %s%s", method,
		    v->learning ? "; no past to test it on" : ", for now");
	else if (line == 0)
		surface_printf(row, POINTS, 0, -1, ROLE_MUTED,
		    "method: %s; %d predictions, %d month%s", method, t->predictions,
		    t->months, t->months == 1 ? "" : "s");
	else if (line == 1 && t->ranked)
		surface_printf(row, POINTS, 0, -1, ROLE_MUTED,
		    "AUC %.2f, Brier %.3f against %.3f", t->auc, t->brier, t->brier_base);
	else if (line == 1)
		surface_printf(row, POINTS, 0, -1, ROLE_MUTED, "%s of them slipped",
		    t->slipped ? "all" : "none");
	else
		surface_printf(row, POINTS, 0, -1, ROLE_MUTED,
		    "%d of the %d named each month slipped", t->named_slipped, t->named);
}

/* Row i of those below the reasons. */
static void draw_other(struct surface *row, const struct view *v, int i)
{
	int part = PART_UNKNOWN;

	while (part < PART_CHANGES && i >= part_rows(v, (enum part)part))
		i -= part_rows(v, (enum part)part++);
	if (part == PART_UNKNOWN)
		draw_unknown(row, v->deal, i);
	else if (part == PART_DOING)
		draw_doing(row, v, i == 0 ? SIDE_MARKETING : SIDE_SALES);
	else if (part == PART_METHOD)
		draw_method(row, v, i);
	else
		draw_change(row, &v->changes.items[(int)v->changes.count - 1 - i], v);
}

/* Lines that reasons take beyond one each; 0 when that would crowd the rest. */
static int extra_lines(const struct deal *d, const struct surface *s)
{
	int extra = 0;

	for (int i = 0; i < d->risk.n_reasons; i++)
		extra += reason_lines(&d->risk.reasons[i], s->width) - 1;
	return d->risk.n_reasons + extra <= s->height ? extra : 0;
}

static void draw_rows(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	const struct risk *risk = &v->deal->risk;
	int extra = extra_lines(v->deal, s), count = risk_count(v);

	list_show(&at->list, s->height - extra);
	for (int y = 0, i = at->list.top; y < s->height && i < count; i++) {
		bool selected = focus && i == at->list.selected;
		bool reason = i < risk->n_reasons;
		int lines =
		    reason && extra > 0 ? reason_lines(&risk->reasons[i], s->width) : 1;
		struct surface row = surface_part(s, 0, y, s->width, lines);

		if (reason)
			draw_reason(s, y, lines, &risk->reasons[i],
			    risk->reasons[i].points < 0 ? ROLE_MUTED
			                                : risk_role(risk->level));
		else
			draw_other(&row, v, i - risk->n_reasons);
		for (int line = 0; selected && line < lines; line++)
			surface_flag(s, 0, y + line, s->width, CELL_SELECTED);
		if (selected)
			surface_cursor(s, 0, y);
		y += lines;
	}
}

static void risk_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	if (!v->deal)
		return;
	if (risk_count(v) > 0)
		draw_rows(v, at, s, focus);
	else
		surface_wrapped(s, 0, 0, s->width, ROLE_MUTED,
		    v->deal->risk.rated ? "No sign of slipping in what the exports hold."
		                        : "No change was recorded.");
}

static void risk_copy(const struct view *v, const struct pane_state *at, struct str *out)
{
	const struct deal *d = v->deal;

	if (!d)
		return;
	str_addf(out, "%s: slip risk %d%%", d->name, d->risk.probability);
	if (at->list.selected < d->risk.n_reasons)
		str_addf(out, "\t%s", d->risk.reasons[at->list.selected].text);
}

const struct pane_ops risk_pane = {
    .name = "risk",
    .tab = "risk",
    .count = risk_count,
    .heading = risk_heading,
    .draw = risk_draw,
    .copy = risk_copy,
};
