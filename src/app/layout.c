#include "layout.h"

/*
 * The screen, by width:
 *
 *   wide (from 100)          stacked (from 60)     narrow
 *   top                      top                   top
 *   list | deal              list                  deal
 *        | timeline          deal                  tabs
 *        | risk | actions    timeline              one pane
 *        |      | committee  risk/actions/people
 *   bottom                   bottom                bottom
 */

enum {
	WIDE_FROM = 100,
	STACKED_FROM = 60,
	STACKED_LINES = 16, /* below that even 80 columns get one pane */
	TINY_COLUMNS = 40,
	TINY_LINES = 10,
	THREE_ACROSS = 124, /* columns of the deal's part */
};

bool rect_has(struct rect r, int x, int y)
{
	return x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height;
}

struct rect layout_rows(const struct layout *l, enum pane_id pane)
{
	struct rect r = l->pane[pane];
	bool tabbed = l->tabs.height > 0 && pane != PANE_DEALS && pane != PANE_FORM &&
	              l->tabs.y == r.y - 1;

	if (tabbed || r.height <= 0)
		return r;
	r.y++;
	r.height--;
	return r;
}

static int clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* Cut `height` lines off the bottom of r. */
static struct rect cut_bottom(struct rect *r, int height)
{
	height = clamp(height, 0, r->height);
	r->height -= height;
	return (struct rect){r->x, r->y + r->height, r->width, height};
}

static struct rect cut_top(struct rect *r, int height)
{
	height = clamp(height, 0, r->height);
	struct rect top = {r->x, r->y, r->width, height};

	r->y += height;
	r->height -= height;
	return top;
}

/* Cut columns off the left, and one more for the line between. */
static struct rect cut_left(struct rect *r, int width)
{
	width = clamp(width, 0, r->width);
	struct rect left = {r->x, r->y, width, r->height};

	r->x += width + (width < r->width);
	r->width -= width + (width < r->width);
	return left;
}

static int list_width(int width, const struct layout_wish *wish)
{
	int columns = width >= 190 ? 64 : width >= 150 ? 52 : width >= 112 ? 46 : 38;

	if (wish->writing && wish->debrief)
		columns = width * 2 / 5 > 42 ? width * 2 / 5 : 42;
	else if (wish->list_columns > 0)
		columns = wish->list_columns;
	return clamp(columns, 20, width / 2);
}

/* A new or changed action is written where the actions are, in as many lines
 * as it needs. */
static void strip(struct layout *l, struct rect r, const struct layout_wish *wish)
{
	bool action = wish->writing && !wish->debrief;

	if (r.width >= THREE_ACROSS) {
		l->pane[PANE_RISK] = cut_left(&r, r.width * 3 / 10);
		l->pane[PANE_ACTIONS] = cut_left(&r, r.width * 4 / 7);
		l->pane[PANE_COMMITTEE] = r;
		if (action) {
			l->pane[PANE_FORM] = l->pane[PANE_ACTIONS];
			l->pane[PANE_ACTIONS] = (struct rect){0};
		}
		return;
	}
	l->pane[PANE_RISK] = cut_left(&r, (r.width - 1) / 2);
	if (action) {
		l->pane[PANE_FORM] = r;
		return;
	}
	l->pane[PANE_ACTIONS] =
	    cut_top(&r, clamp(2 * wish->actions + 1, 3, r.height * 3 / 5));
	l->pane[PANE_COMMITTEE] = r;
}

static void detail_of(struct layout *l, const struct layout_wish *wish)
{
	struct rect *timeline = &l->pane[PANE_TIMELINE];

	if (wish->detail && l->detail.height == 0 && timeline->height >= 6)
		l->detail = cut_bottom(timeline, clamp(timeline->height / 2, 4, 10));
}

static void wide(struct layout *l, struct rect r, const struct layout_wish *wish)
{
	struct rect list = cut_left(&r, list_width(l->top.width, wish));
	int deal = r.height >= 34 ? 3 : r.height >= 26 ? 2 : 1;

	l->list_edge = list.x + list.width;
	if (wish->writing && wish->debrief)
		l->pane[PANE_FORM] = list;
	else
		l->pane[PANE_DEALS] = list;
	l->deal = cut_top(&r, deal);
	strip(l, cut_bottom(&r, clamp(r.height * 3 / 10, 5, 16)), wish);
	l->pane[PANE_TIMELINE] = r;
}

/* For a projector: the deal over the whole width, what happened above what is at
 * risk and who does what. */
static void presented(struct layout *l, struct rect r, const struct layout_wish *wish)
{
	l->deal = cut_top(&r, r.height >= 20 ? 3 : 2);
	struct rect below = cut_bottom(&r, clamp(r.height * 2 / 5, 5, 20));

	l->pane[PANE_RISK] = cut_left(&below, (below.width - 1) / 2);
	l->pane[wish->writing ? PANE_FORM : PANE_ACTIONS] = below;
	l->pane[PANE_TIMELINE] = r;
}

/* Which of the panes that share a place is in front. */
static enum pane_id front(const struct layout_wish *wish)
{
	if (wish->focus >= PANE_RISK && wish->focus <= PANE_COMMITTEE)
		return wish->focus;
	return wish->tab >= PANE_RISK && wish->tab <= PANE_COMMITTEE ? wish->tab
	                                                             : PANE_RISK;
}

/* The list never takes more lines than it has deals, and a title. */
static int list_lines(int wanted, int most, const struct layout_wish *wish)
{
	int lines = clamp(wanted, 4, most);

	return clamp(wish->deals + 1, 3, lines);
}

static void stacked(struct layout *l, struct rect r, const struct layout_wish *wish)
{
	int form = clamp(r.height * (wish->debrief ? 6 : 4) / 10, 7, 24);

	if (wish->writing) {
		if (!wish->debrief)
			l->pane[PANE_DEALS] =
			    cut_top(&r, list_lines(r.height / 4, 12, wish));
		l->deal = cut_top(&r, 1);
		l->pane[PANE_FORM] = cut_bottom(&r, form);
		l->pane[PANE_TIMELINE] = r;
		return;
	}
	l->pane[PANE_DEALS] = cut_top(&r, list_lines(r.height * 3 / 10, 16, wish));
	l->deal = cut_top(&r, r.height >= 24 ? 2 : 1);
	/* Where rows are few, what is looked at in full stands in for the tabs. */
	if (wish->detail && wish->focus == PANE_TIMELINE) {
		l->detail = cut_bottom(&r, clamp(r.height / 2 + 1, 4, 11));
		l->pane[PANE_TIMELINE] = r;
		return;
	}
	l->pane[front(wish)] = cut_bottom(&r, clamp(r.height * 4 / 10, 4, 14));
	l->tabs = cut_top(&l->pane[front(wish)], 1);
	l->pane[PANE_TIMELINE] = r;
}

static void narrow(struct layout *l, struct rect r, const struct layout_wish *wish)
{
	l->deal = cut_top(&r, 1);
	l->tabs = cut_top(&r, 1);
	l->pane[wish->focus] = r;
}

static bool alone(enum pane_id pane)
{
	return pane >= PANE_CHANGES && pane <= PANE_SCORE;
}

static void zoomed(struct layout *l, struct rect r, const struct layout_wish *wish)
{
	if (!alone(wish->focus) && wish->focus != PANE_DEALS)
		l->deal = cut_top(&r, r.height >= 26 ? 2 : 1);
	l->pane[wish->focus] = r;
}

void layout_set(struct layout *out, int width, int height, const struct layout_wish *wish)
{
	struct rect all = {0, 0, width, height};

	*out = (struct layout){.list_edge = -1};
	if (width < TINY_COLUMNS || height < TINY_LINES) {
		out->body = all;
		return;
	}
	out->top = cut_top(&all, 1);
	out->bottom = cut_bottom(&all, 1);
	out->body = all;
	out->kind = width < STACKED_FROM || height < STACKED_LINES ? LAYOUT_NARROW
	            : width < WIDE_FROM                            ? LAYOUT_STACKED
	                                                           : LAYOUT_WIDE;
	if (wish->first_run)
		return;
	if (out->kind == LAYOUT_NARROW)
		narrow(out, all, wish);
	else if (wish->zoomed || alone(wish->focus))
		zoomed(out, all, wish);
	else if (wish->presenting && !wish->debrief)
		presented(out, all, wish);
	else if (out->kind == LAYOUT_STACKED)
		stacked(out, all, wish);
	else
		wide(out, all, wish);
	detail_of(out, wish);
}
