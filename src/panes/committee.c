#include "huddle/text.h"
#include "paint.h"
#include <string.h>

/* The people who decide on the buyer's side, and who of them was reached. */

#define SILENT_DAYS 30

static int committee_count(const struct view *v)
{
	return v->loaded ? (int)v->members.count : 0;
}

/* The last day something happened with them; what is planned does not count. */
static day_t last_seen(const struct view *v, const struct member *m)
{
	day_t seen = DAY_NONE;

	if (m->last_seen != INSTANT_NONE && day_of_instant(m->last_seen) <= v->today)
		seen = day_of_instant(m->last_seen);
	for (size_t i = 0; i < v->entries.count; i++) {
		const struct entry *e = &v->entries.items[i];
		day_t day = day_of_instant(e->at);

		if (!e->planned && day <= v->today && day > seen && entry_has(e, m->name))
			seen = day;
	}
	return seen;
}

static bool is_silent(const struct view *v, day_t seen)
{
	return seen == DAY_NONE || v->today - seen > SILENT_DAYS;
}

static void committee_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	int silent = 0;

	(void)at;
	clear_heading(out);
	str_addf(&out->left, "Committee %d", committee_count(v));
	for (int i = 0; i < committee_count(v); i++)
		silent += is_silent(v, last_seen(v, &v->members.items[i]));
	if (silent > 0) {
		str_addf(&out->right, "%d silent %d+ days", silent, SILENT_DAYS);
		out->right_role = ROLE_QUIET;
	}
}

static void draw_seen(
    struct surface *row, int x, int width, const struct member *m, const struct view *v)
{
	day_t seen = last_seen(v, m);
	char day[DAY_TEXT];

	surface_right(row, x, 0, width, is_silent(v, seen) ? ROLE_QUIET : ROLE_TEXT,
	    seen == DAY_NONE ? "never" : day_brief(seen, v->today, day));
}

/* Columns of a row; the names take what the longest needs, roles the rest. */
struct columns {
	int name, role, counts, seen; /* 0: not shown */
};

static struct columns fit(const struct view *v, int width)
{
	struct columns c = {.counts = width >= 44 ? 9 : 0, .seen = width >= 22 ? 7 : 0};
	int left = width - 2 - (c.counts ? c.counts + 1 : 0) - (c.seen ? c.seen + 1 : 0);

	c.name = left;
	if (left < 24)
		return c;
	c.name = 0;
	for (size_t i = 0; i < v->members.count; i++) {
		int name = text_width(slice_of(v->members.items[i].name));

		c.name = name > c.name ? name : c.name;
	}
	c.name = c.name > left * 3 / 5 ? left * 3 / 5 : c.name;
	c.role = left - c.name - 1;
	return c;
}

static void draw_member(struct surface *row, const struct member *m, const struct view *v,
    const struct columns *c)
{
	bool chosen = v->person && strcmp(v->person, m->name) == 0;
	int right = row->width - c->seen;

	if (m->primary || chosen)
		surface_puts(row, 0, 0, 1, chosen ? ROLE_MATCH : ROLE_COMMITTEE,
		    symbol_text(SYM_MARK, row->ascii));
	surface_puts(row, 2, 0, c->name, chosen ? ROLE_MATCH : ROLE_COMMITTEE,
	    member_label(m, row->ascii));
	if (c->role > 0)
		surface_puts(row, 2 + c->name + 1, 0, c->role,
		    *m->role ? ROLE_TEXT : ROLE_MUTED, *m->role ? m->role : m->title);
	if (c->seen > 0)
		draw_seen(row, right, c->seen, m, v);
	if (c->counts > 0)
		surface_printf(row, right - c->counts - 1, 0, c->counts, ROLE_MUTED,
		    "%3dt %3da", m->touches, m->activities);
}

static void committee_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	if (!v->loaded)
		return;
	if (v->members.count == 0) {
		surface_wrapped(s, 0, 0, s->width, ROLE_UNKNOWN,
		    "? Nobody is named on the buying committee: not captured.");
		return;
	}
	struct columns c = fit(v, s->width);

	list_show(&at->list, s->height);
	for (int y = 0; y < s->height && at->list.top + y < (int)v->members.count; y++) {
		bool selected = focus && at->list.top + y == at->list.selected;
		struct surface row = row_begin(s, y, selected, focus);

		draw_member(&row, &v->members.items[at->list.top + y], v, &c);
		row_end(s, y, selected, focus);
	}
}

static void committee_copy(
    const struct view *v, const struct pane_state *at, struct str *out)
{
	if (at->list.selected >= committee_count(v))
		return;
	const struct member *m = &v->members.items[at->list.selected];
	str_addf(out, "%s\t%s\t%s\t%s", m->name, m->title, m->role, m->email);
}

const struct pane_ops committee_pane = {
    .name = "committee",
    .tab = "people",
    .count = committee_count,
    .heading = committee_heading,
    .draw = committee_draw,
    .copy = committee_copy,
};
