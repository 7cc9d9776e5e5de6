#include "axis.h"
#include "huddle/text.h"
#include "print.h"
#include "words.h"

/*
 * Marketing left, sales right, the day between them:
 *
 *     Marketing touches                |        | Sales activities
 *     Webinar: payroll, A. Ruiz (CFO)  |  3 Nov |
 *                                      |  5 Nov | Call: pricing, A. Ruiz (CFO)
 *                                      |        | -- 18 quiet days --
 */
enum { DAY_COLUMNS = 9, QUIET_DAYS = 14 };

struct layout {
	const struct report *report;
	int side; /* columns of each side */
};

static void add_side(
    struct str *out, const struct layout *layout, const char *text, bool pad)
{
	struct str safe = STR_INIT;
	add_safe(&safe, layout->report, text);
	struct slice slice = {str_text(&safe), safe.len};
	if (pad)
		text_pad(out, slice, layout->side, layout->report->ascii);
	else
		text_clip(out, slice, layout->side, layout->report->ascii);
	str_release(&safe);
}

/* One line; what is blank at its end is cut. */
static void put_row(struct str *out, const struct layout *layout, const char *left,
    const char *middle, const char *right)
{
	str_adds(out, "  ");
	add_side(out, layout, left, true);
	str_addf(out, " | %*s | ", DAY_COLUMNS, middle);
	add_side(out, layout, right, false);
	while (out->len && out->p[out->len - 1] == ' ')
		out->p[--out->len] = '\0';
	str_addc(out, '\n');
}

/* What one side of a row says: an entry, silence, or nothing. */
static void side_text(
    struct str *out, const struct axis_row *row, const struct entry *entry, bool quiet)
{
	if (entry) {
		if (entry->planned)
			str_adds(out, "planned: ");
		entry_words(out, entry);
	} else if (quiet) {
		str_addf(out, "-- %d quiet days --", row->quiet_days);
	}
}

static void put_axis_row(
    struct str *out, const struct layout *layout, const struct axis_row *row)
{
	struct str left = STR_INIT, right = STR_INIT;
	char day[DAY_TEXT] = "";
	if (row->kind == AXIS_TODAY) {
		put_row(out, layout, "", "- today -", "");
		return;
	}
	if (row->first_of_day)
		day_short(row->day, layout->report->today, day);
	side_text(&left, row, row->marketing, row->quiet_marketing);
	side_text(&right, row, row->sales, row->quiet_sales);
	put_row(out, layout, str_text(&left), day, str_text(&right));
	str_release(&left);
	str_release(&right);
}

void put_axis(struct str *out, const struct report *report,
    const struct entry_list *entries, int days, int rows)
{
	struct arena arena = ARENA_INIT;
	struct axis axis;
	struct layout layout = {report, (report->width - DAY_COLUMNS - 8) / 2};
	size_t shown = 0, left = 0;
	if (layout.side < 12)
		layout.side = 12;
	struct entry_list merged = *entries;
	if (days)
		merged = entries_merged(&arena, entries, true);
	axis_lay(&axis, &arena, &merged, report->today, QUIET_DAYS);
	put_row(out, &layout, "Marketing touches", "", "Sales activities");
	for (size_t i = 0; i < axis.count; i++) {
		const struct axis_row *row = &axis.rows[i];
		bool wanted = (!days || row->day >= report->today - days) &&
		              (!rows || shown < (size_t)rows);
		if (!wanted) {
			left += (row->marketing != NULL) + (row->sales != NULL);
			continue;
		}
		put_axis_row(out, &layout, row);
		shown++;
	}
	if (left)
		put_line(out, report, 2, 0, "and %zu more, older ones", left);
	arena_release(&arena);
}
