#include "huddle/text.h"
#include "run.h"
#include <stdio.h>

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

/* The parts left of the line, in the order they stand. */
enum { PART_QUARTER, PART_OPEN, PART_DEBRIEFS, PARTS };

/* What is dropped last comes first. */
static const int by_need[PARTS] = {PART_OPEN, PART_DEBRIEFS, PART_QUARTER};

static void join_parts(const struct str parts[PARTS], int room, struct str *out)
{
	bool fits[PARTS] = {false};

	room -= text_width(slice_of(str_text(out)));
	for (int i = 0; i < PARTS; i++) {
		int width = 2 + text_width(slice_of(str_text(&parts[by_need[i]])));

		fits[by_need[i]] = width > 2 && width <= room;
		room -= fits[by_need[i]] ? width : 0;
	}
	for (int i = 0; i < PARTS; i++)
		if (fits[i])
			str_addf(out, "  %s", str_text(&parts[i]));
}

static void age_text(const struct app *app, struct str *out)
{
	int days = app->info.as_of == DAY_NONE ? 0 : app->view.today - app->info.as_of;

	if (!app->info.has_facts)
		str_adds(out, "nothing synced yet");
	else if (days == 0)
		str_adds(out, "exports of today");
	else if (days > 0)
		str_addf(out, "exports %d day%s old", days, days == 1 ? "" : "s");
	else
		str_adds(out, "exports from after this day");
}

static void right_text(struct app *app, int room, struct str *out)
{
	struct str age = STR_INIT, left = STR_INIT;
	char place[32];

	if (app->view.read_only)
		str_adds(&left, "  read-only");
	age_text(app, &age);
	if (room >= 90)
		str_addf(&left, "  %s", str_text(&age));
	str_release(&age);
	str_adds(out, str_text(&left));
	str_release(&left);
	if (app->view.n_rows > 0)
		str_addf(
		    out, "  deal %s ", list_position(&app->at[PANE_DEALS].list, place));
}

static void left_text(struct app *app, int room, struct str *out)
{
	const struct numbers *n = &app->numbers;
	struct str parts[PARTS] = {STR_INIT};

	quarter_text(app, &parts[PART_QUARTER]);
	if (n->open_known)
		str_addf(&parts[PART_OPEN], "%d open  %s", n->open, str_text(&n->totals));
	if (n->debriefs_known && n->lost > 0)
		str_addf(&parts[PART_DEBRIEFS], "debriefs %d%%",
		    (int)((100LL * n->debriefed + n->lost / 2) / n->lost));
	str_adds(out, " huddle");
	join_parts(parts, room, out);
	for (int i = 0; i < PARTS; i++)
		str_release(&parts[i]);
}

void top_draw(struct app *app, struct surface *s)
{
	struct str left = STR_INIT, right = STR_INIT;
	int room;

	surface_fill(s, ROLE_HEADER);
	right_text(app, s->width, &right);
	room = s->width - text_width(slice_of(str_text(&right)));
	left_text(app, room, &left);
	surface_puts(s, 0, 0, room, ROLE_HEADER, str_text(&left));
	surface_puts(s, room, 0, -1, ROLE_HEADER, str_text(&right));
	str_release(&left);
	str_release(&right);
}
