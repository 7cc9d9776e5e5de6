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

static void part(struct str *out, int room, const char *text)
{
	if (*text &&
	    text_width(slice_of(str_text(out))) + text_width(slice_of(text)) + 2 <= room)
		str_addf(out, "  %s", text);
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

void top_draw(struct app *app, struct surface *s)
{
	struct numbers *n = &app->numbers;
	struct str left = STR_INIT, right = STR_INIT, text = STR_INIT;
	int room;

	surface_fill(s, ROLE_HEADER);
	right_text(app, s->width, &right);
	room = s->width - text_width(slice_of(str_text(&right)));
	str_adds(&left, " huddle");
	quarter_text(app, &text);
	part(&left, room, str_text(&text));
	str_clear(&text);
	if (n->open_known)
		str_addf(&text, "%d open  %s", n->open, str_text(&n->totals));
	part(&left, room, str_text(&text));
	str_clear(&text);
	if (n->debriefs_known && n->lost > 0)
		str_addf(&text, "debriefs %d%%", (int)(100LL * n->debriefed / n->lost));
	part(&left, room, str_text(&text));
	surface_puts(s, 0, 0, room, ROLE_HEADER, str_text(&left));
	surface_puts(s, room, 0, -1, ROLE_HEADER, str_text(&right));
	str_release(&left);
	str_release(&right);
	str_release(&text);
}
