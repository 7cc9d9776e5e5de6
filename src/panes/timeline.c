#include "huddle/text.h"
#include "paint.h"
#include <stdio.h>
#include <string.h>

/*
 * Marketing touches left, sales activities right, the days between them; the
 * newest on top. Quiet stretches are rows of their own, so that silence takes
 * up room on the screen.
 */
struct sides {
	int width;         /* of each side */
	int gutter;        /* columns of the day and its marks */
	int middle, right; /* where the gutter and the right side begin */
};

static struct sides split(const struct view *v, int width)
{
	bool years = false;
	struct sides p;

	if (v->axis.count > 0) {
		day_t oldest = v->axis.rows[v->axis.count - 1].day;

		years = oldest != DAY_NONE &&
		        civil_from_day(oldest).year != civil_from_day(v->today).year;
	}
	p.gutter = years ? 13 : 12; /* " * 3 Nov * " */
	p.width = (width - p.gutter) / 2;
	if (p.width < 0)
		p.width = 0;
	p.middle = p.width;
	p.right = p.width + p.gutter;
	return p;
}

static int timeline_count(const struct view *v)
{
	return v->loaded ? (int)v->axis.count : 0;
}

static void timeline_heading(
    const struct view *v, const struct pane_state *at, struct heading *out)
{
	int touches = 0, activities = 0, left_out = 0;

	(void)at;
	clear_heading(out);
	str_adds(&out->left, "Timeline");
	if (!v->loaded)
		return;
	for (size_t i = 0; i < v->entries.count; i++) {
		const struct entry *e = &v->entries.items[i];

		if (v->person && !entry_has(e, v->person)) {
			left_out++;
			continue;
		}
		touches += e->side == SIDE_MARKETING;
		activities += e->side == SIDE_SALES;
	}
	if (v->person) {
		str_addf(&out->left, ": only %s", v->person);
		out->right_role = ROLE_MATCH;
	}
	char buf[48];

	str_addf(&out->right, "%s, ", count_words(touches, "touch", "touches", buf));
	str_adds(&out->right, count_words(activities, "activity", "activities", buf));
	if (left_out > 0)
		str_addf(&out->right, ", %d left out", left_out);
}

const struct entry *timeline_selected(const struct view *v, const struct pane_state *at)
{
	if (!v->loaded || at->list.selected < 0 ||
	    at->list.selected >= (int)v->axis.count)
		return NULL;
	const struct axis_row *r = &v->axis.rows[at->list.selected];
	const struct entry *wanted = at->side == SIDE_MARKETING ? r->marketing : r->sales;

	return wanted ? wanted : r->marketing ? r->marketing : r->sales;
}

/* "CFO" of "Chief Financial Officer", "VP Sales" of "Vice President Sales";
 * other titles as they are. */
static void short_title(const char *title, struct str *out)
{
	struct slice rest = slice_of(title), word;

	if (slice_starts(rest, "Chief ")) {
		while (slice_cut(&rest, ' ', &word))
			if (word.len > 0 && *word.p >= 'A' && *word.p <= 'Z')
				str_addc(out, *word.p);
	} else if (slice_starts(rest, "Vice President ")) {
		str_addf(out, "VP %s", title + strlen("Vice President "));
	} else {
		str_adds(out, title);
	}
}

/* "A. Ruiz CFO" of "Ana Ruiz": the first name gives way when room is short, a
 * title that would be cut to nothing is left out. */
static void person_text(const struct entry *e, int width, bool ascii, struct str *out)
{
	enum { TITLE_LEAST = 6 };
	bool legible = !ascii || text_ascii_legible(slice_of(e->contact));
	struct slice name = slice_of(legible ? e->contact : "?");
	const char *blank = memchr(name.p, ' ', name.len);
	struct str title = STR_INIT;
	int columns;

	if (e->on_committee)
		str_addf(out, "%s ", symbol_text(SYM_MARK, ascii));
	if (blank && blank > name.p && text_width(name) + 3 > width - TITLE_LEAST) {
		str_add(out, name.p, text_cluster(name.p, name.len, &columns));
		str_addf(out, ".%s", blank);
	} else {
		str_add(out, name.p, name.len);
	}
	short_title(e->contact_title, &title);
	int room = width - text_width(slice_of(str_text(out))) - 1;

	if (title.len > 0 &&
	    (room >= TITLE_LEAST || room >= text_width(slice_of(str_text(&title)))))
		str_addf(out, " %s", str_text(&title));
	if (e->more_contacts > 0)
		str_addf(out, " +%d", e->more_contacts);
	str_release(&title);
}

/* The kind goes before the title unless the title says it already. */
static void what_text(const struct entry *e, struct str *out)
{
	struct slice title = slice_of(e->title), kind = slice_of(e->kind);
	bool plain = slice_is_nocase(kind, "task"); /* a kind that says nothing */
	bool said =
	    (plain && title.len > 0) ||
	    (title.len >= kind.len && text_same((struct slice){title.p, kind.len}, kind));

	if (e->side == SIDE_MARKETING && *e->title) {
		str_adds(out, e->title);
		if (!text_contains(title, kind))
			str_addf(out, ", %s", e->kind);
		return;
	}
	if (!said)
		str_addf(out, "%s%s", e->kind, *e->title ? ": " : "");
	str_adds(out, e->title);
}

/* What was answered or done is full, what is only sent or planned is empty. */
static enum symbol entry_symbol(const struct entry *e)
{
	if (e->side == SIDE_MARKETING)
		return e->responded ? SYM_TOUCH : SYM_LOW;
	return e->planned || e->open ? SYM_BOX : SYM_ACTIVITY;
}

static enum role entry_role(const struct entry *e)
{
	return e->side == SIDE_MARKETING ? ROLE_MARKETING : ROLE_SALES;
}

static void draw_side(struct surface *row, int x, int width, const struct entry *e)
{
	int person = width >= 48 ? width * 2 / 5 : width >= 26 ? width * 9 / 20 : 0;
	enum role role = entry_role(e);
	struct str text = STR_INIT;

	if (person > 30)
		person = 30;
	if (!*e->contact)
		person = 0;
	if (e->inbound)
		str_adds(&text, row->ascii ? "<- " : "\u2190 ");
	what_text(e, &text);
	if (person == 0 && e->on_committee && width > 4) {
		surface_puts(
		    row, x, 0, 1, ROLE_COMMITTEE, symbol_text(SYM_MARK, row->ascii));
		surface_puts(row, x + 2, 0, width - 2, role, str_text(&text));
	} else {
		surface_puts(
		    row, x, 0, width - person - (person > 0), role, str_text(&text));
	}
	if (person > 0) {
		str_clear(&text);
		person_text(e, person, row->ascii, &text);
		surface_puts(row, x + width - person, 0, person,
		    e->on_committee ? ROLE_COMMITTEE : ROLE_TEXT, str_text(&text));
	}
	str_release(&text);
}

/* A side that was silent while the other one was not. */
static void draw_silent(struct surface *row, int x, int width, const struct axis_row *r)
{
	struct str text = STR_INIT;

	if (r->quiet_days > 0)
		str_addf(&text, "%s quiet for %d days", symbol_text(SYM_DASH, row->ascii),
		    r->quiet_days);
	else
		str_adds(&text, symbol_text(SYM_DASH, row->ascii));
	surface_puts(row, x, 0, width, ROLE_QUIET, str_text(&text));
	str_release(&text);
}

/* "3 Nov", "3Nov25" in another year: here the day counts and room is short. */
static const char *day_packed(day_t day, day_t today, char buf[DAY_TEXT])
{
	char *to = buf;

	day_short(day, today, buf);
	if (civil_from_day(day).year == civil_from_day(today).year)
		return buf;
	for (const char *from = buf; *from; from++)
		if (*from != ' ')
			*to++ = *from;
	*to = '\0';
	return buf;
}

static void draw_entries(struct surface *row, const struct axis_row *r,
    const struct view *v, const struct sides *p)
{
	char day[DAY_TEXT];
	int date = p->gutter - 6;

	if (r->marketing) {
		draw_side(row, 0, p->width, r->marketing);
		surface_puts(row, p->middle + 1, 0, 1, entry_role(r->marketing),
		    symbol_text(entry_symbol(r->marketing), row->ascii));
	} else if (r->quiet_marketing) {
		draw_silent(row, 0, p->width, r);
	}
	if (r->sales) {
		draw_side(row, p->right, p->width, r->sales);
		surface_puts(row, p->right - 2, 0, 1, entry_role(r->sales),
		    symbol_text(entry_symbol(r->sales), row->ascii));
	} else if (r->quiet_sales) {
		draw_silent(row, p->right, p->width, r);
	}
	if (r->first_of_day)
		surface_right(row, p->middle + 3, 0, date, ROLE_TEXT,
		    day_packed(r->day, v->today, day));
}

/* A line across both sides with words in the middle. */
static void draw_across(struct surface *row, const char *text, enum role role)
{
	int width = text_width(slice_of(text)) + 2;
	int x = (row->width - width) / 2;

	surface_line_h(row, 0, 0, row->width, role);
	surface_printf(row, x < 0 ? 0 : x, 0, -1, role, " %s ", text);
}

static void draw_quiet(struct surface *row, const struct axis_row *r)
{
	char text[48];

	snprintf(text, sizeof text, "%d quiet days", r->quiet_days);
	draw_across(row, text, ROLE_QUIET);
}

static void draw_today(struct surface *row, const struct axis_row *r)
{
	char text[48], day[DAY_TEXT];

	snprintf(text, sizeof text, "today, %s", day_short(r->day, r->day, day));
	draw_across(row, text, ROLE_TITLE);
}

static void draw_axis_row(struct surface *row, const struct axis_row *r,
    const struct view *v, const struct sides *p)
{
	switch (r->kind) {
	case AXIS_ENTRIES:
		draw_entries(row, r, v, p);
		break;
	case AXIS_QUIET:
		draw_quiet(row, r);
		break;
	case AXIS_TODAY:
		draw_today(row, r);
		break;
	}
}

/* The row under the cursor: the whole row when it has no sides, else the side
 * the keys are on and the day. */
static void select_side(struct surface *s, int y, const struct axis_row *r,
    const struct pane_state *at, const struct sides *p)
{
	bool left = at->side == SIDE_MARKETING ? r->marketing != NULL : r->sales == NULL;
	int x = r->kind != AXIS_ENTRIES || left ? 0 : p->middle;
	int width = r->kind == AXIS_ENTRIES ? p->width + p->gutter : s->width;

	surface_flag(s, x, y, width, CELL_SELECTED);
	surface_cursor(s, x, y);
}

static void draw_nothing(const struct view *v, struct surface *s)
{
	if (v->deal && v->loaded && v->person)
		surface_printf(s, 0, 2, s->width, ROLE_UNKNOWN,
		    "Nothing is known to have happened with %s.", v->person);
	else if (v->deal && v->loaded)
		surface_wrapped(s, 0, 2, s->width, ROLE_UNKNOWN,
		    "Nothing is known to have happened on this deal: no export named a "
		    "touch or "
		    "an activity of it or of its people.");
}

static int timeline_legend(int width, int height)
{
	(void)width;
	return height > 3;
}

static void timeline_draw(
    const struct view *v, struct pane_state *at, struct surface *s, bool focus)
{
	struct sides p = split(v, s->width);
	int top = timeline_legend(s->width, s->height);
	struct surface rows = surface_part(s, 0, top, s->width, s->height - top);

	if (top)
		legend_draw(s, p.width, p.right);
	if (timeline_count(v) == 0) {
		draw_nothing(v, s);
		return;
	}
	list_show(&at->list, rows.height);
	for (int y = 0; y < rows.height && at->list.top + y < (int)v->axis.count; y++) {
		const struct axis_row *r = &v->axis.rows[at->list.top + y];
		struct surface row = surface_part(&rows, 0, y, rows.width, 1);

		draw_axis_row(&row, r, v, &p);
		if (focus && at->list.top + y == at->list.selected)
			select_side(s, top + y, r, at, &p);
	}
}

static void timeline_copy(
    const struct view *v, const struct pane_state *at, struct str *out)
{
	const struct entry *e = timeline_selected(v, at);
	char day[DAY_TEXT];

	if (!e)
		return;
	str_addf(out, "%s\t%s\t%s\t%s", day_format(day_of_instant(e->at), day),
	    e->side == SIDE_MARKETING ? "marketing" : "sales", e->kind, e->title);
	if (*e->contact)
		str_addf(out, "\t%s %s", e->contact, e->contact_title);
	if (*e->who)
		str_addf(out, "\t%s", e->who);
}

const struct pane_ops timeline_pane = {
    .name = "timeline",
    .tab = "time",
    .count = timeline_count,
    .legend = timeline_legend,
    .heading = timeline_heading,
    .draw = timeline_draw,
    .copy = timeline_copy,
};
