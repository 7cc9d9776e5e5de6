#include "huddle/text.h"
#include "paint.h"
#include <string.h>

/* What each team does about the deal: a box, the team, one named owner, the
 * words, the day it is due. */

static int actions_count(const struct view *v)
{
	return v->loaded ? (int)v->actions.count : 0;
}

static void actions_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	int open = 0, overdue = 0;

	(void)at;
	clear_heading(out);
	for (int i = 0; i < actions_count(v); i++) {
		open += v->actions.items[i].state == ACTION_OPEN;
		overdue += action_overdue(&v->actions.items[i], v->today);
	}
	str_addf(&out->left, "Actions %d", open);
	if (v->n_marks > 0)
		str_addf(&out->left, ", %d marked", v->n_marks);
	if (overdue > 0) {
		str_addf(&out->right, "%d overdue", overdue);
		out->right_role = ROLE_OVERDUE;
	}
}

static bool is_marked(const struct view *v, const struct action *a)
{
	for (int i = 0; i < v->n_marks; i++)
		if (v->marks[i] == a->id)
			return true;
	return false;
}

static enum role team_role(enum team team)
{
	static const enum role roles[TEAMS] = {
	    [TEAM_MARKETING] = ROLE_MARKETING,
	    [TEAM_SALES] = ROLE_SALES,
	    [TEAM_REVOPS] = ROLE_TEXT,
	};
	return roles[team];
}

static void draw_due(
    struct surface *row, int x, int width, const struct action *a, const struct view *v)
{
	bool late = action_overdue(a, v->today);
	char day[DAY_TEXT];

	if (a->state == ACTION_DROPPED)
		surface_right(row, x, 0, width, ROLE_MUTED, "dropped");
	else if (a->due == DAY_NONE)
		surface_right(row, x, 0, width, ROLE_UNKNOWN, "no date");
	else
		surface_right(row, x, 0, width, late ? ROLE_OVERDUE : ROLE_TEXT,
		    day_brief(a->due, v->today, day));
}

/* The whole name if there is room, else "Marcus D". */
static void draw_owner(
    struct surface *row, int x, int width, const char *owner, enum role role)
{
	const char *blank = strrchr(owner, ' ');
	struct str text = STR_INIT;
	int columns;

	str_adds(&text, owner);
	if (blank && text_width(slice_of(owner)) > width) {
		const char *first = strchr(owner, ' ');

		str_clear(&text);
		str_add(&text, owner, (size_t)(first - owner) + 1);
		str_add(&text, blank + 1,
		    text_cluster(blank + 1, strlen(blank + 1), &columns));
	}
	surface_puts(row, x, 0, width, role, str_text(&text));
	str_release(&text);
}

static void draw_box(struct surface *row, const struct action *a, const struct view *v)
{
	bool open = a->state == ACTION_OPEN;

	if (is_marked(v, a))
		surface_puts(row, 0, 0, 1, ROLE_MATCH, symbol_text(SYM_MARK, row->ascii));
	surface_puts(row, 1, 0, 1, open ? ROLE_TEXT : ROLE_MUTED,
	    symbol_text(open ? SYM_BOX : SYM_BOX_DONE, row->ascii));
	surface_puts(
	    row, 3, 0, 3, open ? team_role(a->team) : ROLE_MUTED, team_short(a->team));
}

enum { BOX = 7, DUE = 7, ONE_LINE_FROM = 48 };

/* All on one line, or the owner below the words where the pane is narrow. */
static void draw_action(struct surface *row, const struct action *a, const struct view *v)
{
	enum role role = a->state == ACTION_OPEN ? ROLE_TEXT : ROLE_MUTED;
	int owner = row->height > 1    ? 0
	            : row->width >= 56 ? 15
	            : row->width >= 36 ? 10
	                               : 0;
	int due = row->width >= 24 ? DUE : 0;

	draw_box(row, a, v);
	if (owner > 0)
		draw_owner(row, BOX, owner - 1, a->owner, role);
	surface_puts(row, BOX + owner, 0,
	    row->width - BOX - owner - (due > 0 ? due + 1 : 0), role, a->text);
	if (due > 0)
		draw_due(row, row->width - due, due, a, v);
	if (row->height > 1)
		surface_puts(row, BOX, 1, -1, ROLE_MUTED, a->owner);
}

static void actions_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	int count = actions_count(v);
	int lines = s->width < ONE_LINE_FROM && s->height >= 2 * count ? 2 : 1;

	if (!v->loaded)
		return;
	if (count == 0) {
		surface_wrapped(s, 0, 0, s->width, ROLE_MUTED,
		    "Nobody has an action on this deal. a adds one: what, by whom, by "
		    "when.");
		return;
	}
	list_show(&at->list, s->height / lines);
	for (int i = at->list.top, y = 0; y < s->height && i < count; i++, y += lines) {
		struct surface row = surface_part(s, 0, y, s->width, lines);

		draw_action(&row, &v->actions.items[i], v);
		if (!focus || i != at->list.selected)
			continue;
		for (int line = 0; line < lines; line++)
			surface_flag(s, 0, y + line, s->width, CELL_SELECTED);
		surface_cursor(s, 0, y);
	}
}

static void actions_copy(
    const struct view *v, const struct pane_state *at, struct str *out)
{
	char day[DAY_TEXT];

	if (at->list.selected >= actions_count(v))
		return;
	const struct action *a = &v->actions.items[at->list.selected];
	str_addf(out, "%s\t%s\t%s\t%s\t%s", team_name(a->team), a->owner, a->text,
	    day_format(a->due, day), action_state_name(a->state));
}

const struct pane_ops actions_pane = {
    .name = "actions",
    .tab = "actions",
    .count = actions_count,
    .heading = actions_heading,
    .draw = actions_draw,
    .copy = actions_copy,
};
