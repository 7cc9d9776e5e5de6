#include "huddle/totals.h"
#include "paint.h"
#include <stdio.h>
#include <string.h>

/*
 * What the losses of a quarter have in common, beside the quarter before: a line
 * for each reason, competitor, message, objector and campaign with its deals below
 * it when it is open, and the notes that wait for marketing.
 */

/* Columns from the right; those that do not fit are left out. */
struct places {
	int name, lost, won, rate, amount, before; /* 0: not shown */
};

enum { LOST = 5, WON = 5, RATE = 6, AMOUNT = 16, BEFORE = 16 };

static struct places places_in(int width)
{
	struct places p = {0};
	int x = width;

	if (width >= 84)
		p.before = x -= BEFORE;
	if (width >= 56)
		p.amount = x -= AMOUNT;
	p.rate = x -= RATE;
	p.won = x -= WON;
	p.lost = x -= LOST;
	p.name = x - 1;
	return p;
}

static int themes_count(const struct view *v)
{
	return v->n_theme_rows;
}

static void themes_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	char first[DAY_TEXT], last[DAY_TEXT];

	(void)at;
	clear_heading(out);
	str_adds(&out->left, "Themes");
	if (!v->themes)
		return;
	const struct themes *t = v->themes;

	str_addf(&out->left, " of %s, %s to %s: %d lost, %d won", v->themes_quarter,
	    day_brief(t->period.first, v->today, first),
	    day_brief(t->period.last, v->today, last), t->lost, t->won);
	if (t->lost > 0)
		str_addf(&out->right, "debriefs %d of %d", t->debriefed, t->lost);
}

/* The largest currency, and that there are more. */
static const char *amount_text(const struct topic *t, char buf[MONEY_TEXT + 4])
{
	struct deal_total sums[DEAL_TOTALS];
	bool overflow;
	size_t n = deal_totals(t->deals, t->n_deals, sums, &overflow);
	char money[MONEY_TEXT];

	buf[0] = '\0';
	if (n > 0 && sums[0].amount != MONEY_NONE)
		snprintf(buf, MONEY_TEXT + 4, "%s%s",
		    money_brief(sums[0].amount, sums[0].currency, money),
		    n > 1 ? " +.." : "");
	return buf;
}

/* "2, 3 more": how many the quarter before, and what became of it. */
static const char *before_text(const struct theme_row *r, char buf[32])
{
	int now = r->now->lost, was = r->before ? r->before->lost : 0;

	if (now == was)
		snprintf(buf, 32, "%d, as many", was);
	else
		snprintf(buf, 32, "%d, %d %s", was, now > was ? now - was : was - now,
		    now > was ? "more" : "fewer");
	return buf;
}

static void draw_title(
    struct surface *row, const struct places *p, const struct theme_row *r)
{
	surface_puts(row, 0, 0, r->now ? p->name : -1, ROLE_TITLE, r->text);
	if (!r->now)
		return;
	surface_right(row, p->lost, 0, LOST, ROLE_MUTED, "lost");
	surface_right(row, p->won, 0, WON, ROLE_MUTED, "won");
	if (r->rated)
		surface_right(row, p->rate, 0, RATE, ROLE_MUTED, "rate");
	if (p->amount)
		surface_right(row, p->amount, 0, AMOUNT, ROLE_MUTED, "amount");
	if (p->before)
		surface_right(row, p->before, 0, BEFORE, ROLE_MUTED, "quarter before");
}

static void draw_topic(
    struct surface *row, const struct places *p, const struct theme_row *r)
{
	char text[MONEY_TEXT + 4], words[32];
	double rate = theme_win_rate(r->now);

	surface_puts(
	    row, 1, 0, p->name - 1, ROLE_TEXT, *r->now->name ? r->now->name : r->text);
	snprintf(words, sizeof words, "%d", r->now->lost);
	surface_right(row, p->lost, 0, LOST, ROLE_LOST, words);
	snprintf(words, sizeof words, "%d", r->now->won);
	if (r->rated)
		surface_right(row, p->won, 0, WON, ROLE_WON, words);
	if (r->rated && rate >= 0) {
		snprintf(words, sizeof words, "%.0f%%", rate * 100);
		surface_right(row, p->rate, 0, RATE, ROLE_TEXT, words);
	}
	if (p->amount)
		surface_right(
		    row, p->amount, 0, AMOUNT, ROLE_MONEY, amount_text(r->now, text));
	if (p->before)
		surface_right(
		    row, p->before, 0, BEFORE, ROLE_MUTED, before_text(r, words));
}

static void draw_deal(struct surface *row, const struct places *p,
    const struct theme_row *r, const struct view *v)
{
	const struct deal *d = r->deal;
	char money[MONEY_TEXT], day[DAY_TEXT];

	surface_puts(row, 3, 0, p->name - 3, ROLE_TEXT, deal_label(d, row->ascii));
	surface_right(row, p->lost, 0, LOST + WON + RATE,
	    d->status == DEAL_WON ? ROLE_WON : ROLE_LOST, deal_status_name(d->status));
	if (p->amount && d->amount != MONEY_NONE)
		surface_right(row, p->amount, 0, AMOUNT, ROLE_MONEY,
		    money_brief(d->amount, d->currency, money));
	if (p->before)
		surface_right(row, p->before, 0, BEFORE, ROLE_MUTED,
		    day_brief(deal_closed_on(d), v->today, day));
}

static void draw_note(
    struct surface *row, const struct theme_row *r, const struct view *v)
{
	char day[DAY_TEXT];
	const struct note *n = r->note;
	int x = surface_printf(row, 1, 0, row->width / 3, ROLE_TEXT, "%s", n->about);

	surface_printf(row, x + 2, 0, row->width - x - 2, ROLE_MUTED, "%s (%s, %s)",
	    n->text, n->by, day_brief(day_of_instant(n->at), v->today, day));
}

static void draw_row(struct surface *row, const struct places *p,
    const struct theme_row *r, const struct view *v)
{
	switch (r->kind) {
	case THEME_TITLE:
		draw_title(row, p, r);
		break;
	case THEME_TOPIC:
		draw_topic(row, p, r);
		break;
	case THEME_DEAL:
		draw_deal(row, p, r, v);
		break;
	case THEME_NOTE:
		draw_note(row, r, v);
		break;
	case THEME_WORDS:
		surface_puts(row, 1, 0, -1, ROLE_MUTED, r->text);
		break;
	}
}

static void themes_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	struct places p = places_in(s->width);

	if (!v->themes) {
		surface_puts(s, 0, 0, -1, ROLE_MUTED, "What losses tell is being read.");
		return;
	}
	list_set_count(&at->list, v->n_theme_rows);
	list_show(&at->list, s->height);
	for (int y = 0; y < s->height && at->list.top + y < v->n_theme_rows; y++) {
		int i = at->list.top + y;
		bool selected = i == at->list.selected;
		struct surface row = row_begin(s, y, selected, focus);

		draw_row(&row, &p, &v->theme_rows[i], v);
		row_end(s, y, selected, focus);
	}
}

static void themes_copy(
    const struct view *v, const struct pane_state *at, struct str *out)
{
	if (!v->themes || at->list.selected >= v->n_theme_rows)
		return;
	const struct theme_row *r = &v->theme_rows[at->list.selected];

	if (r->kind == THEME_TOPIC)
		str_addf(out, "%s\t%d\t%d", *r->now->name ? r->now->name : r->text,
		    r->now->lost, r->now->won);
	else if (r->kind == THEME_DEAL)
		str_adds(out, r->deal->name);
	else if (r->kind == THEME_NOTE)
		str_addf(out, "%s\t%s", r->note->about, r->note->text);
	else
		str_adds(out, r->text);
}

const struct pane_ops themes_pane = {
    .name = "themes",
    .tab = "themes",
    .count = themes_count,
    .heading = themes_heading,
    .draw = themes_draw,
    .copy = themes_copy,
};
