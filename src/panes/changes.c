#include "huddle/text.h"
#include "paint.h"
#include <stdio.h>
#include <string.h>

/*
 * The bridge from an earlier pipeline to that of now: a row for each bucket that
 * holds anything, and below the one that is open its deals with what moved.
 */

enum row_kind { ROW_TITLE, ROW_START, ROW_BUCKET, ROW_DEAL, ROW_END, ROW_NONE };

struct row_of {
	enum row_kind kind;
	int bridge, bucket;
	const struct bridge_deal *deal;
};

static bool opened(const struct view *v, int bridge, int bucket)
{
	return v->open_bridge == bridge && v->open_bucket == bucket;
}

/* Row nth of one bridge; *nth counts down past its rows. */
static struct row_of row_in(const struct view *v, int bridge, int *nth)
{
	const struct bridge *b = &v->bridges->items[bridge];
	struct row_of row = {ROW_NONE, bridge, -1, NULL};

	if (v->bridges->count > 1 && (*nth)-- == 0)
		return row.kind = ROW_TITLE, row;
	if ((*nth)-- == 0)
		return row.kind = ROW_START, row;
	for (int k = 0; k < BRIDGE_BUCKETS; k++) {
		const struct bridge_sum *sum = &b->buckets[k];

		if (!sum->count)
			continue;
		row.bucket = k;
		if ((*nth)-- == 0)
			return row.kind = ROW_BUCKET, row;
		if (!opened(v, bridge, k))
			continue;
		if (*nth < (int)sum->count) {
			row.kind = ROW_DEAL;
			row.deal = &b->deals[sum->first + (size_t)*nth];
			return row;
		}
		*nth -= (int)sum->count;
	}
	row.bucket = -1;
	if ((*nth)-- == 0)
		row.kind = ROW_END;
	return row;
}

static struct row_of row_at(const struct view *v, int nth)
{
	struct row_of row = {ROW_NONE, -1, -1, NULL};

	for (size_t i = 0; v->bridges && i < v->bridges->count; i++) {
		row = row_in(v, (int)i, &nth);
		if (row.kind != ROW_NONE)
			return row;
	}
	return row;
}

static int changes_count(const struct view *v)
{
	int n = 0;

	for (size_t i = 0; v->bridges && i < v->bridges->count; i++) {
		const struct bridge *b = &v->bridges->items[i];

		n += 2 + (v->bridges->count > 1);
		for (int k = 0; k < BRIDGE_BUCKETS; k++) {
			n += b->buckets[k].count > 0;
			n += opened(v, (int)i, k) ? (int)b->buckets[k].count : 0;
		}
	}
	return n;
}

static void changes_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	char since[DAY_TEXT], until[DAY_TEXT];

	(void)at;
	clear_heading(out);
	if (!v->bridges)
		str_adds(&out->left, "Changes");
	else if (v->changes_since == DAY_NONE)
		str_adds(
		    &out->left, "Changes: one sync only, nothing to compare it with");
	else
		str_addf(&out->left, "Changes since %s, up to %s%s%s",
		    day_brief(v->changes_since, v->today, since),
		    day_brief(v->changes_until, v->today, until),
		    *v->changes_scope ? ", " : "", v->changes_scope);
	if (v->bridges)
		str_adds(&out->right, "residual 0");
	for (size_t i = 0; v->bridges && i < v->bridges->count; i++)
		if (v->bridges->items[i].residual || v->bridges->overflow) {
			str_clear(&out->right);
			str_adds(&out->right, "does not add up");
			out->right_role = ROLE_ERROR;
		}
}

enum { COUNT_AT = 28, AMOUNT_AT = 36, AMOUNT_COLUMNS = 16, WORDS_AT = 54 };

static void draw_sum(struct surface *row, const char *title, size_t count, money_t amount,
    struct currency currency, bool sign, enum role role)
{
	char text[MONEY_TEXT], number[24];
	bool minus = amount < 0;

	surface_puts(row, 1, 0, COUNT_AT - 2, role, title);
	snprintf(number, sizeof number, "%zu", count);
	surface_right(row, COUNT_AT, 0, AMOUNT_AT - COUNT_AT - 2, role, number);
	const char *money = money_format(minus ? -amount : amount, currency, text);
	char shown[MONEY_TEXT + 1];

	snprintf(shown, sizeof shown, "%s%s",
	    !sign || !amount ? ""
	    : minus          ? "-"
	                     : "+",
	    amount || !sign ? money : "0");
	surface_right(row, AMOUNT_AT, 0, AMOUNT_COLUMNS, role, shown);
}

/* Of what came at the amount it has now, what a change of the amount makes. */
static void draw_delta(
    struct surface *row, const struct bridge_sum *sum, struct currency currency)
{
	char text[MONEY_TEXT];

	if (sum->delta)
		surface_printf(row, WORDS_AT, 0, -1, ROLE_MUTED,
		    "%s%s of it by the amount", sum->delta < 0 ? "-" : "+",
		    money_brief(
		        sum->delta < 0 ? -sum->delta : sum->delta, currency, text));
}

/* What moved from then to now, and after it the day on which it was last seen to. */
struct moves {
	struct str *out;
	const struct deal_pair *pair;
	const struct view *view;
	bool ascii;
};

static void add_move(const struct moves *m, enum move_field field, const char *title,
    const char *old, const char *new)
{
	char day[DAY_TEXT];

	str_addf(m->out, "%s%s %s %s %s", m->out->len ? ", " : "", title,
	    *old ? old : "none", m->ascii ? "->" : "\u2192", *new ? new : "none");
	if (m->pair->on[field] != DAY_NONE)
		str_addf(
		    m->out, " (%s)", day_brief(m->pair->on[field], m->view->today, day));
}

static const char *day_or_none(day_t day, day_t today, char buf[DAY_TEXT])
{
	return day == DAY_NONE ? "" : day_brief(day, today, buf);
}

static void move_words(const struct moves *m)
{
	const struct deal *then = m->pair->then, *now = m->pair->now;
	day_t today = m->view->today;
	char old[MONEY_TEXT], new[MONEY_TEXT];

	if (!then)
		return;
	if (then->amount != now->amount || !currency_eq(then->currency, now->currency))
		add_move(m, MOVE_AMOUNT, "amount",
		    money_brief(then->amount, then->currency, old),
		    money_brief(now->amount, now->currency, new));
	if (then->close_date != now->close_date)
		add_move(m, MOVE_CLOSE_DATE, "close date",
		    day_or_none(then->close_date, today, old),
		    day_or_none(now->close_date, today, new));
	if (strcmp(then->stage, now->stage) != 0)
		add_move(m, MOVE_STAGE, "stage", then->stage, now->stage);
	if (then->forecast != now->forecast)
		add_move(m, MOVE_FORECAST, "forecast", forecast_name(then->forecast),
		    forecast_name(now->forecast));
	if (strcmp(then->owner, now->owner) != 0)
		add_move(m, MOVE_OWNER, "owner", then->owner, now->owner);
}

static void draw_deal(struct surface *row, const struct bridge *b,
    const struct bridge_deal *d, const struct view *v)
{
	struct str words = STR_INIT;
	char text[MONEY_TEXT];
	bool minus = d->amount < 0;

	surface_puts(
	    row, 3, 0, AMOUNT_AT - 4, ROLE_TEXT, deal_label(d->pair->now, row->ascii));
	char shown[MONEY_TEXT + 1];

	snprintf(shown, sizeof shown, "%s%s",
	    d->amount > 0 ? "+"
	    : minus       ? "-"
	                  : "",
	    d->amount ? money_format(minus ? -d->amount : d->amount, b->currency, text)
	              : "0");
	surface_right(row, AMOUNT_AT, 0, AMOUNT_COLUMNS, ROLE_MONEY, shown);
	str_adds(&words, "");
	move_words(&(struct moves){&words, d->pair, v, row->ascii});
	surface_puts(row, WORDS_AT, 0, -1, ROLE_MUTED, str_text(&words));
	str_release(&words);
}

static void draw_row(struct surface *row, const struct row_of *r, const struct view *v)
{
	const struct bridge *b = &v->bridges->items[r->bridge];

	switch (r->kind) {
	case ROW_TITLE:
		surface_puts(row, 0, 0, -1, ROLE_TITLE,
		    *b->currency.code ? b->currency.code : "no currency");
		break;
	case ROW_START:
		draw_sum(
		    row, "start", b->n_start, b->start, b->currency, false, ROLE_TITLE);
		break;
	case ROW_END:
		draw_sum(row, "end", b->n_end, b->end, b->currency, false, ROLE_TITLE);
		break;
	case ROW_BUCKET:
		draw_sum(row, bridge_bucket_words((enum bridge_bucket)r->bucket),
		    b->buckets[r->bucket].count, b->buckets[r->bucket].amount,
		    b->currency, true, ROLE_TEXT);
		draw_delta(row, &b->buckets[r->bucket], b->currency);
		break;
	case ROW_DEAL:
		draw_deal(row, b, r->deal, v);
		break;
	case ROW_NONE:
		break;
	}
}

static void changes_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	int count = changes_count(v);

	if (!v->bridges || count == 0) {
		surface_wrapped(s, 0, 0, s->width, ROLE_MUTED,
		    v->bridges ? "There were no open deals, and there are none."
		               : "What changed is being read.");
		return;
	}
	list_set_count(&at->list, count);
	list_show(&at->list, s->height);
	for (int y = 0; y < s->height && at->list.top + y < count; y++) {
		int i = at->list.top + y;
		struct row_of r = row_at(v, i);
		bool selected = i == at->list.selected;
		struct surface row = row_begin(s, y, selected, focus);

		draw_row(&row, &r, v);
		row_end(s, y, selected, focus);
	}
}

const struct bridge_deal *changes_selected(
    const struct view *v, const struct pane_state *at, int *bridge, int *bucket)
{
	struct row_of r = row_at(v, at->list.selected);

	*bridge = r.bridge;
	*bucket = r.kind == ROW_BUCKET || r.kind == ROW_DEAL ? r.bucket : -1;
	return r.deal;
}

static void changes_copy(
    const struct view *v, const struct pane_state *at, struct str *out)
{
	struct row_of r = row_at(v, at->list.selected);
	char text[MONEY_TEXT];

	if (r.kind == ROW_DEAL)
		str_addf(out, "%s\t%s\t%s",
		    bridge_bucket_name((enum bridge_bucket)r.bucket),
		    r.deal->pair->now->name,
		    money_plain(r.deal->amount, r.deal->currency, text));
	else if (r.kind == ROW_BUCKET)
		str_addf(out, "%s\t%zu\t%s",
		    bridge_bucket_name((enum bridge_bucket)r.bucket),
		    v->bridges->items[r.bridge].buckets[r.bucket].count,
		    money_plain(v->bridges->items[r.bridge].buckets[r.bucket].amount,
		        v->bridges->items[r.bridge].currency, text));
}

const struct pane_ops changes_pane = {
    .name = "changes",
    .tab = "changes",
    .count = changes_count,
    .heading = changes_heading,
    .draw = changes_draw,
    .copy = changes_copy,
};
