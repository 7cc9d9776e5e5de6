#include "huddle/text.h"
#include "run.h"
#include <stdio.h>
#include <string.h>

/*
 * The line at the top: the numbers both leaders look at. Parts go from the
 * least needed when the line is short; the place in the list goes last.
 */

/* "FY26-Q4": the fiscal year is named by the year it ends in. */
static void quarter_text(const struct app *app, struct str *out)
{
	int start = app->info.fiscal_start > 0 ? app->info.fiscal_start : 1;
	struct civil first =
	    civil_from_day(period_of_quarter(app->view.today, start).first);
	int quarter = ((first.month - start + 12) % 12) / 3 + 1;
	int year = first.year + (start > 1 && first.month >= start);

	str_addf(out, "%s%02d-Q%d", start > 1 ? "FY" : "", start > 1 ? year % 100 : year,
	    quarter);
}

static void age_text(const struct app *app, bool brief, struct str *out)
{
	int days = app->info.as_of == DAY_NONE ? 0 : app->view.today - app->info.as_of;

	if (!app->info.has_facts)
		str_adds(out, "nothing synced yet");
	else if (days == 0)
		str_adds(out, brief ? "as of today" : "exports of today");
	else if (days > 0)
		str_addf(out, "%s%d day%s old", brief ? "" : "exports ", days,
		    days == 1 ? "" : "s");
	else
		str_adds(out, "exports from after this day");
}

/* The parts of the line in the order they stand; the age is at the right. */
enum {
	PART_AWAY,
	PART_QUARTER,
	PART_NUMBER,
	PART_OPEN,
	PART_QUALIFIED,
	PART_DEBRIEFS,
	PART_REVIEW,
	PART_DOUBT,
	PART_AGE,
	PARTS
};

/* What is dropped last comes first: numbers of old exports mislead. */
static const int by_need[PARTS] = {PART_OPEN, PART_AGE, PART_REVIEW, PART_QUALIFIED,
    PART_NUMBER, PART_DEBRIEFS, PART_DOUBT, PART_QUARTER, PART_AWAY};

/* Empty the parts that the room is too short for. */
static void fit_parts(struct str parts[PARTS], int room)
{
	for (int i = 0; i < PARTS; i++) {
		struct str *part = &parts[by_need[i]];
		int width = 2 + text_width(slice_of(str_text(part)));

		if (width > room)
			str_clear(part);
		else if (width > 2)
			room -= width;
	}
}

/* Of the whole meeting: "review 3, 23 of 60 min". */
static void review_text(const struct app *app, struct str *out)
{
	if (app->view.review)
		str_addf(out, "review %lld, %lld of %d min", (long long)app->view.review,
		    (long long)(clock_total(app) / 60), app->room.meeting.minutes);
}

/* brief: the shorter the more; the last leaves the amounts out. */
static void set_parts(struct app *app, int brief, struct str parts[PARTS])
{
	const struct numbers *n = &app->numbers;

	for (int i = 0; i < PARTS; i++)
		str_clear(&parts[i]);
	if (app->away)
		str_adds(&parts[PART_AWAY], "offline");
	quarter_text(app, &parts[PART_QUARTER]);
	age_text(app, brief > 0, &parts[PART_AGE]);
	review_text(app, &parts[PART_REVIEW]);
	if (n->open_known)
		str_addf(&parts[PART_OPEN], "%d open%s%s", n->open, brief < 2 ? "  " : "",
		    brief < 2 ? str_text(&n->totals) : "");
	if (n->open_known && n->qualified.len > 0 && brief < 2)
		str_addf(&parts[PART_QUALIFIED], "qualified %s", str_text(&n->qualified));
	str_adds(&parts[PART_NUMBER], str_text(&n->number));
	if (n->doubt.len > 0)
		str_addf(&parts[PART_DOUBT], "definition %s", str_text(&n->doubt));
	if (n->debriefs_known && n->lost > 0)
		str_addf(&parts[PART_DEBRIEFS], "debriefs %d%%",
		    (int)((100LL * n->debriefed + n->lost / 2) / n->lost));
}

/* What is always there: that nothing is written, and the place in the list. */
static void fixed_text(struct app *app, struct str *out)
{
	char place[32];

	if (app->view.read_only)
		str_adds(out, "  read-only");
	if (app->view.n_rows > 0)
		str_addf(
		    out, "  deal %s ", list_position(&app->at[PANE_DEALS].list, place));
}

/* The deal's clock at the right end; returns its columns. Late is a sign and a
 * word, far too late the look of a selection as well. */
static int draw_clock(struct app *app, struct surface *s)
{
	struct str text = STR_INIT;
	enum role role = clock_text(app, &text);
	int width = text.len ? text_width(slice_of(str_text(&text))) + 2 : 0;
	int x = s->width - width;

	surface_puts(s, x + 1, 0, -1, role, str_text(&text));
	if (width && clock_loud(app))
		surface_flag(s, x, 0, width, CELL_SELECTED);
	str_release(&text);
	return width;
}

void top_draw(struct app *app, struct surface *s)
{
	static const char name[] = " huddle";
	struct str parts[PARTS] = {STR_INIT}, left = STR_INIT, right = STR_INIT,
	           fixed = STR_INIT;

	surface_fill(s, ROLE_HEADER);
	fixed_text(app, &fixed);
	struct surface whole = *s;
	int clock = draw_clock(app, s);

	*s = surface_part(s, 0, 0, s->width - clock, s->height);
	int room = s->width - (int)strlen(name) - text_width(slice_of(str_text(&fixed)));

	for (int brief = 0; brief < 3 && parts[PART_AGE].len == 0; brief++) {
		set_parts(app, brief, parts);
		fit_parts(parts, room);
	}
	str_adds(&left, name);
	for (int i = 0; i < PART_AGE; i++)
		if (parts[i].len > 0)
			str_addf(&left, "  %s", str_text(&parts[i]));
	if (parts[PART_AGE].len > 0)
		str_addf(&right, "  %s", str_text(&parts[PART_AGE]));
	str_adds(&right, str_text(&fixed));
	room = s->width - text_width(slice_of(str_text(&right)));

	surface_puts(s, 0, 0, room, ROLE_HEADER, str_text(&left));
	surface_puts(s, room, 0, -1, ROLE_HEADER, str_text(&right));
	*s = whole;
	for (int i = 0; i < PARTS; i++)
		str_release(&parts[i]);
	str_release(&left);
	str_release(&right);
	str_release(&fixed);
}
