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

		if (!e->planned && day <= v->today && day > seen &&
		    strcmp(e->contact, m->name) == 0)
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

static void draw_member(struct surface *row, const struct member *m, const struct view *v)
{
	bool chosen = v->person && strcmp(v->person, m->name) == 0;
	int counts = row->width >= 44 ? 9 : 0, seen = row->width >= 22 ? 7 : 0;
	int left = row->width - 2 - (counts ? counts + 1 : 0) - (seen ? seen + 1 : 0);
	int name = left >= 24 ? left / 2 : left;
	int x = 2;

	if (m->primary || chosen)
		surface_puts(row, 0, 0, 1, chosen ? ROLE_MATCH : ROLE_COMMITTEE,
		    symbol_text(SYM_MARK, row->ascii));
	surface_puts(row, x, 0, name, chosen ? ROLE_MATCH : ROLE_COMMITTEE, m->name);
	x += name + 1;
	if (left >= 24)
		surface_puts(row, x, 0, left - name - 1,
		    *m->role ? ROLE_TEXT : ROLE_MUTED, *m->role ? m->role : m->title);
	x = row->width - seen - (counts ? counts + 1 : 0);
	if (counts > 0)
		surface_printf(row, x, 0, counts, ROLE_MUTED, "%3dt %3da", m->touches,
		    m->activities);
	if (seen > 0)
		draw_seen(row, row->width - seen, seen, m, v);
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
	list_show(&at->list, s->height);
	for (int y = 0; y < s->height && at->list.top + y < (int)v->members.count; y++) {
		bool selected = focus && at->list.top + y == at->list.selected;
		struct surface row = row_begin(s, y, selected, focus);

		draw_member(&row, &v->members.items[at->list.top + y], v);
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
