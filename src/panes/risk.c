#include "paint.h"
#include <stdio.h>

/*
 * Why a deal will slip, in words: the reasons by weight, then what was not
 * captured and therefore counts neither way, then what changed lately.
 */

static int count_bits(unsigned bits)
{
	int n = 0;

	for (; bits; bits &= bits - 1)
		n++;
	return n;
}

/* What has not been captured, the reasons and the changes, one row each, and
 * the two lines between them. */
static int risk_count(const struct view *v)
{
	if (!v->deal)
		return 0;
	return v->deal->risk.n_reasons + count_bits(v->deal->risk.unknown) +
	       (v->loaded ? (int)v->changes.count : 0);
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

static void draw_reason(struct surface *row, const struct risk_reason *r, enum role role)
{
	int x = surface_printf(row, 0, 0, 4, role, "%+4d", r->points);

	surface_puts(row, x + 1, 0, -1, ROLE_TEXT, r->text);
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

/* Rows are the reasons, then the unknown, then the changes, newest first. */
static void draw_risk_row(struct surface *row, const struct view *v, int i)
{
	const struct deal *d = v->deal;
	int unknown = count_bits(d->risk.unknown);

	if (i < d->risk.n_reasons) {
		draw_reason(row, &d->risk.reasons[i], risk_role(d->risk.level));
		return;
	}
	i -= d->risk.n_reasons;
	if (i < unknown) {
		draw_unknown(row, d, i);
		return;
	}
	i -= unknown;
	draw_change(row, &v->changes.items[(int)v->changes.count - 1 - i], v);
}

static void risk_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	int count = risk_count(v);

	if (!v->deal)
		return;
	if (count == 0) {
		surface_wrapped(s, 0, 0, s->width, ROLE_MUTED,
		    v->deal->risk.rated ? "No sign of slipping in what the exports hold."
		                        : "No change was recorded.");
		return;
	}
	list_show(&at->list, s->height);
	for (int y = 0; y < s->height && at->list.top + y < count; y++) {
		bool selected = focus && at->list.top + y == at->list.selected;
		struct surface row = row_begin(s, y, selected, focus);

		draw_risk_row(&row, v, at->list.top + y);
		row_end(s, y, selected, focus);
	}
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
