#include "huddle/text.h"
#include "paint.h"
#include <stdio.h>
#include <string.h>

/*
 * The list of deals. Columns come and go with the width; the name takes what
 * is left. Only the rows that can be seen are drawn.
 */
struct columns {
	int name, owner, stage, counts, moved, qualified, notes, amount,
	    close; /* 0: not shown */
};

const char *const deals_shown_titles[DEALS_SHOWN] = {
    [SHOW_OPEN] = "Open deals",
    [SHOW_UNDEBRIEFED] = "Lost, debrief missing",
    [SHOW_LOST] = "Lost deals",
    [SHOW_WON] = "Won deals",
    [SHOW_ALL] = "All deals",
    [SHOW_AGENDA] = "Agenda",
};

static const char *const sort_titles[DEAL_SORTS] = {
    [SORT_RISK] = "slip risk",
    [SORT_AMOUNT] = "amount",
    [SORT_CLOSE] = "close date",
    [SORT_STAGE_AGE] = "days in stage",
    [SORT_NAME] = "name",
};

#define MARK_COLUMNS  5  /* "^ 82 " */
#define MOVED_COLUMNS 11 /* "^ increased" */

static struct columns fit(int width, const struct view *v)
{
	struct columns c = {0};
	int amount = v->amount_columns;
	int left = width - MARK_COLUMNS;

	if (width >= 26)
		c.amount = width >= 36 || amount < 6 ? amount : 6;
	if (width >= 33)
		c.close = 7;
	if (width >= 37)
		c.notes = 2;
	if (v->qualified && width >= 40)
		c.qualified = 1;
	if (v->any_moved && width >= 42)
		c.moved = width >= 58 ? MOVED_COLUMNS : 1;
	if (width >= 110)
		c.stage = 15;
	if (width >= 60)
		c.owner = width >= 90 ? 18 : 10;
	if (width >= 130)
		c.counts = 11;
	left -= (c.amount ? c.amount + 1 : 0) + (c.close ? c.close + 1 : 0) +
	        (c.notes ? c.notes + 1 : 0) + (c.stage ? c.stage + 1 : 0) +
	        (c.owner ? c.owner + 1 : 0) + (c.counts ? c.counts + 1 : 0) +
	        (c.moved ? c.moved + 1 : 0) + (c.qualified ? c.qualified + 1 : 0);
	c.name = left > 0 ? left : 0;
	return c;
}

static int deals_count(const struct view *v)
{
	return v->n_rows;
}

static void deals_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	bool closed =
	    v->show == SHOW_UNDEBRIEFED || v->show == SHOW_LOST || v->show == SHOW_WON;
	bool newest = closed && v->sort == SORT_RISK;
	char buf[32];

	clear_heading(out);
	if (*v->filter) {
		str_addf(&out->left, "/%s   ", v->filter);
		str_addf(&out->right, "%s  %d of %d%s", v->totals, v->n_rows, v->n_scope,
		    v->loose ? " loosely" : "");
		out->right_role = ROLE_MATCH;
	}
	if (v->show == SHOW_AGENDA)
		str_addf(&out->left, "%s, %zu of %zu decided",
		    deals_shown_titles[SHOW_AGENDA], v->decisions.count, v->agenda.count);
	else
		str_addf(&out->left, "%s%s%s", deals_shown_titles[v->show],
		    newest ? ", newest first" : " by ",
		    newest ? "" : sort_titles[v->sort]);
	if (*v->filter)
		return;
	str_adds(&out->right, list_position(&at->list, buf));
}

/* Slip risk of an open deal, the outcome of a closed one. */
static void draw_mark(
    struct surface *row, const struct deal *d, bool selected, bool focus)
{
	if (d->status == DEAL_WON)
		surface_puts(row, 0, 0, 4, row_role(ROLE_WON, selected, focus), "won");
	else if (d->status == DEAL_LOST)
		surface_puts(row, 0, 0, 4, row_role(ROLE_LOST, selected, focus), "lost");
	else
		surface_printf(row, 0, 0, 4,
		    row_role(d->asleep ? ROLE_MUTED : risk_role(d->risk.level), selected,
		        focus),
		    "%s %2d",
		    d->asleep ? "z" : symbol_text(risk_symbol(d->risk.level), row->ascii),
		    d->risk.probability);
}

/* What was written here about it: open actions, or whether a loss has its
 * debrief. */
static void draw_notes(
    struct surface *row, int x, const struct deal *d, bool selected, bool focus)
{
	enum role role = d->overdue_actions > 0 ? ROLE_OVERDUE : ROLE_MUTED;
	char buf[16];

	if (d->has_draft)
		surface_puts(row, x, 0, 2, row_role(ROLE_MATCH, selected, focus), "dr");
	else if (d->status == DEAL_LOST)
		surface_right(row, x, 0, 2, row_role(ROLE_MUTED, selected, focus),
		    symbol_text(d->has_debrief ? SYM_BOX_DONE : SYM_BOX, row->ascii));
	else if (d->open_actions > 0) {
		snprintf(
		    buf, sizeof buf, d->open_actions > 9 ? "9+" : "%da", d->open_actions);
		surface_right(row, x, 0, 2, row_role(role, selected, focus), buf);
	}
}

/* What moved since the last review: its sign, and the word where there is room. */
static void draw_moved(
    struct surface *row, int x, int width, const struct deal *d, enum role role)
{
	int field = deal_first_move(d);

	if (field < 0)
		return;
	const char *sign = move_sign((enum move_field)field, d->moved[field], row->ascii);
	if (width > 1)
		surface_printf(row, x, 0, width, role, "%s %s", sign,
		    field == MOVE_FORECAST
		        ? "category"
		        : move_word((enum move_field)field, d->moved[field]));
	else
		surface_puts(row, x, 0, width, role, sign);
}

static void draw_amount(
    struct surface *row, int x, int width, const struct deal *d, enum role role)
{
	char buf[MONEY_TEXT];
	const char *text = money_brief(d->amount, d->currency, buf);

	if ((int)strlen(text) > width)
		text = money_short(d->amount, d->currency, buf);
	if (d->amount == MONEY_NONE)
		surface_right(
		    row, x, 0, width, role == ROLE_MONEY ? ROLE_UNKNOWN : role, "?");
	else
		surface_right(row, x, 0, width, role, text);
}

static void draw_close(struct surface *row, int x, int width, const struct deal *d,
    day_t today, bool selected, bool focus)
{
	bool late =
	    d->status == DEAL_OPEN && d->close_date != DAY_NONE && d->close_date < today;
	day_t day =
	    d->status == DEAL_OPEN || d->closed == DAY_NONE ? d->close_date : d->closed;
	char buf[DAY_TEXT];

	if (day == DAY_NONE)
		surface_right(
		    row, x, 0, width, row_role(ROLE_UNKNOWN, selected, focus), "?");
	else
		surface_right(row, x, 0, width,
		    row_role(late ? ROLE_OVERDUE : ROLE_TEXT, selected, focus),
		    day_brief(day, today, buf));
}

/* Does the name begin as the account does? "Acme: renewal" of "Acme Inc." */
static bool says_account(const struct deal *d)
{
	struct slice rest = slice_of(d->account), first = {0};

	return !slice_cut(&rest, ' ', &first) || text_contains(slice_of(d->name), first);
}

/* The name, and the account where the name does not say it. */
static void draw_name(struct surface *row, int x, int columns, const struct deal *d,
    const struct view *v, bool idle)
{
	const char *label = deal_label(d, row->ascii);
	int name = text_width(slice_of(label));

	draw_matched(row, x, 0, columns, idle ? ROLE_SELECTED_IDLE : ROLE_TEXT, label, v);
	if (name + 8 <= columns && !says_account(d))
		draw_matched(row, x + name + 2, 0, columns - name - 2,
		    idle ? ROLE_SELECTED_IDLE : ROLE_MUTED, d->account, v);
}

static void draw_deal(struct surface *row, const struct deal *d, const struct view *v,
    const struct columns *c, bool selected, bool focus)
{
	enum role text = row_role(ROLE_TEXT, selected, focus);
	enum role muted = row_role(ROLE_MUTED, selected, focus);
	int x = MARK_COLUMNS;

	draw_mark(row, d, selected, focus);
	draw_name(row, x, c->name, d, v, selected && !focus);
	x += c->name;
	if (c->owner > 0)
		draw_matched(row, x + 1, 0, c->owner, text, d->owner, v);
	x += c->owner > 0 ? c->owner + 1 : 0;
	if (c->stage > 0)
		draw_matched(row, x + 1, 0, c->stage, text, d->stage, v);
	x += c->stage > 0 ? c->stage + 1 : 0;
	if (c->counts > 0)
		surface_printf(row, x + 1, 0, c->counts, muted, "%4dt %4da", d->touches,
		    d->activities);
	x += c->counts > 0 ? c->counts + 1 : 0;
	if (c->moved > 0)
		draw_moved(row, x + 1, c->moved, d, text);
	x += c->moved > 0 ? c->moved + 1 : 0;
	if (c->qualified > 0 && d->qualified > 0)
		surface_puts(row, x + 1, 0, 1, row_role(ROLE_WON, selected, focus), "q");
	x += c->qualified > 0 ? c->qualified + 1 : 0;
	if (c->notes > 0)
		draw_notes(row, x + 1, d, selected, focus);
	x += c->notes > 0 ? c->notes + 1 : 0;
	if (c->amount > 0)
		draw_amount(
		    row, x + 1, c->amount, d, row_role(ROLE_MONEY, selected, focus));
	x += c->amount > 0 ? c->amount + 1 : 0;
	if (c->close > 0)
		draw_close(row, x + 1, c->close, d, v->today, selected, focus);
}

static void draw_none(const struct view *v, struct surface *s)
{
	int y = 1;

	if (*v->filter) {
		y = surface_wrapped(
		    s, 1, y, s->width - 2, ROLE_TEXT, "No deal matches this filter.");
		if (v->filter_problem)
			y = surface_wrapped(
			    s, 1, y, s->width - 2, ROLE_ERROR, v->filter_problem);
		surface_wrapped(s, 1, y + 1, s->width - 2, ROLE_MUTED,
		    "Esc goes back to all of them, ctrl-u clears what is typed.");
		return;
	}
	y = surface_wrapped(s, 1, y, s->width - 2, ROLE_TEXT,
	    v->show == SHOW_UNDEBRIEFED ? "Every lost deal has its debrief."
	    : v->show == SHOW_AGENDA    ? "No review is open: huddle review start."
	                                : "There is no such deal.");
	surface_wrapped(s, 1, y + 1, s->width - 2, ROLE_MUTED, "o shows other deals.");
}

/* The wide list is a table and says what its columns are. */
static int deals_legend(int width, int height)
{
	return width >= 90 && height > 5;
}

static void draw_legend(struct surface *s, const struct columns *c)
{
	int x = MARK_COLUMNS;

	surface_puts(s, 0, 0, 4, ROLE_MUTED, "risk");
	surface_puts(s, x, 0, c->name, ROLE_MUTED, "deal");
	x += c->name;
	surface_puts(s, x + 1, 0, c->owner, ROLE_MUTED, "owner");
	x += c->owner + 1;
	if (c->stage > 0)
		surface_puts(s, x + 1, 0, c->stage, ROLE_MUTED, "stage");
	x += c->stage > 0 ? c->stage + 1 : 0;
	if (c->counts > 0)
		surface_right(s, x + 1, 0, c->counts, ROLE_MUTED, "touch  act.");
	x += c->counts > 0 ? c->counts + 1 : 0;
	if (c->moved > 1)
		surface_puts(s, x + 1, 0, c->moved, ROLE_MUTED, "moved");
	x += c->moved > 0 ? c->moved + 1 : 0;
	x += c->qualified > 0 ? c->qualified + 1 : 0;
	x += c->notes + 1;
	surface_right(s, x + 1, 0, c->amount, ROLE_MUTED, "amount");
	surface_right(s, x + c->amount + 2, 0, c->close, ROLE_MUTED, "closes");
}

static void deals_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	struct columns c = fit(s->width, v);
	int legend = deals_legend(s->width, s->height);
	struct surface rows = surface_part(s, 0, legend, s->width, s->height - legend);

	if (v->n_rows == 0) {
		draw_none(v, s);
		return;
	}
	if (legend > 0)
		draw_legend(s, &c);
	list_show(&at->list, rows.height);
	for (int y = 0; y < rows.height && at->list.top + y < v->n_rows; y++) {
		int i = at->list.top + y;
		bool selected = i == at->list.selected;
		struct surface row = row_begin(&rows, y, selected, focus);

		draw_deal(&row, v->rows[i], v, &c, selected, focus);
		row_end(s, legend + y, selected, focus);
	}
}

static void deals_copy(const struct view *v, const struct pane_state *at, struct str *out)
{
	char money[MONEY_TEXT], day[DAY_TEXT];

	if (at->list.selected >= v->n_rows)
		return;
	const struct deal *d = v->rows[at->list.selected];
	str_addf(out, "%s\t%s\t%s\t%s\t%s\t%s", d->name, d->account, d->owner, d->stage,
	    money_format(d->amount, d->currency, money), day_format(d->close_date, day));
	if (d->risk.rated)
		str_addf(out, "\tslip risk %d%%", d->risk.probability);
}

const struct pane_ops deals_pane = {
    .name = "deals",
    .tab = "deals",
    .count = deals_count,
    .legend = deals_legend,
    .heading = deals_heading,
    .draw = deals_draw,
    .copy = deals_copy,
};
