#include "paint.h"
#include "huddle/text.h"
#include <stdio.h>

const struct pane_ops *const pane_table[PANES_KEYED] = {
    [PANE_DEALS] = &deals_pane,
    [PANE_TIMELINE] = &timeline_pane,
    [PANE_RISK] = &risk_pane,
    [PANE_ACTIONS] = &actions_pane,
    [PANE_COMMITTEE] = &committee_pane,
    [PANE_CHANGES] = &changes_pane,
    [PANE_THEMES] = &themes_pane,
    [PANE_SCORE] = &scorecard_pane,
};

enum role risk_role(enum risk_level level)
{
	static const enum role roles[] = {
	    [RISK_LOW] = ROLE_RISK_LOW,
	    [RISK_WATCH] = ROLE_RISK_WATCH,
	    [RISK_HIGH] = ROLE_RISK_HIGH,
	};
	return roles[level];
}

enum symbol risk_symbol(enum risk_level level)
{
	static const enum symbol symbols[] = {
	    [RISK_LOW] = SYM_LOW,
	    [RISK_WATCH] = SYM_WATCH,
	    [RISK_HIGH] = SYM_HIGH,
	};
	return symbols[level];
}

enum role row_role(enum role role, bool selected, bool focus)
{
	return selected && !focus ? ROLE_SELECTED_IDLE : role;
}

struct surface row_begin(struct surface *s, int y, bool selected, bool focus)
{
	struct surface row = surface_part(s, 0, y, s->width, 1);

	surface_fill(&row, row_role(ROLE_TEXT, selected, focus));
	return row;
}

void row_end(struct surface *s, int y, bool selected, bool focus)
{
	if (!selected || !focus)
		return;
	surface_flag(s, 0, y, s->width, CELL_SELECTED);
	surface_cursor(s, 0, y);
}

/* Where a word stands in text, compared without case at the edges of clusters. */
static bool find_word(struct slice text, const char *word, size_t *from, size_t *len)
{
	struct str folded = STR_INIT, want = STR_INIT;
	bool found = false;

	text_fold(&want, slice_of(word));
	for (size_t at = 0; at < text.len && !found && want.len > 0;) {
		int columns;
		size_t end = at;

		str_clear(&folded);
		while (end < text.len && folded.len < want.len) {
			size_t step =
			    text_cluster(text.p + end, text.len - end, &columns);

			text_fold(&folded, (struct slice){text.p + end, step});
			end += step;
		}
		found = slice_starts(
		    (struct slice){str_text(&folded), folded.len}, str_text(&want));
		*from = at;
		*len = end - at;
		at += text_cluster(text.p + at, text.len - at, &columns);
	}
	str_release(&folded);
	str_release(&want);
	return found;
}

static void mark_span(struct surface *s, int x, int y, int columns, struct slice text,
    size_t from, size_t len)
{
	int before = text_width((struct slice){text.p, from});
	struct slice span = {text.p + from, len};
	int width = text_width(span);

	if (before + width > columns)
		width = columns - before;
	if (width > 0)
		surface_text(s, x + before, y, width, ROLE_MATCH, span);
}

/* The letters of a word that was matched one by one, in order. */
static void mark_letters(
    struct surface *s, int x, int y, int columns, struct slice text, const char *word)
{
	size_t start = 0;

	for (struct slice rest = slice_of(word); rest.len > 0;) {
		int width;
		size_t step = text_cluster(rest.p, rest.len, &width), from, len;
		char letter[32];

		slice_copy((struct slice){rest.p, step}, letter, sizeof letter);
		rest.p += step;
		rest.len -= step;
		if (!find_word((struct slice){text.p + start, text.len - start}, letter,
		        &from, &len))
			return;
		mark_span(s, x, y, columns, text, start + from, len);
		start += from + len;
	}
}

void draw_matched(struct surface *s, int x, int y, int columns, enum role role,
    const char *text, const struct view *view)
{
	struct str safe = STR_INIT;
	size_t from, len;

	surface_puts(s, x, y, columns, role, text);
	if (view->n_words == 0)
		return;
	display_safe(&safe, slice_of(text));
	struct slice all = {str_text(&safe), safe.len};
	for (int i = 0; i < view->n_words; i++) {
		if (find_word(all, view->words[i], &from, &len))
			mark_span(s, x, y, columns, all, from, len);
		else if (view->loose && text_fuzzy(all, slice_of(view->words[i])) > 0)
			mark_letters(s, x, y, columns, all, view->words[i]);
	}
	str_release(&safe);
}

const char *day_brief(day_t day, day_t today, char buf[DAY_TEXT])
{
	static const char months[12][4] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
	    "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

	if (day == DAY_NONE)
		return "";
	struct civil c = civil_from_day(day);
	if (c.year == civil_from_day(today).year)
		return day_short(day, today, buf);
	snprintf(
	    buf, DAY_TEXT, "%s '%02d", months[c.month - 1], ((c.year % 100) + 100) % 100);
	return buf;
}

const char *day_words(day_t day, day_t today, char buf[32])
{
	int64_t days = (int64_t)day - today;

	if (day == DAY_NONE)
		return "";
	if (days == 0)
		return "today";
	if (days == 1)
		return "tomorrow";
	if (days == -1)
		return "yesterday";
	if (days > 0)
		snprintf(buf, 32, "in %lld days", (long long)days);
	else
		snprintf(buf, 32, "%lld days ago", (long long)-days);
	return buf;
}

const char *count_words(int count, const char *one, const char *many, char buf[48])
{
	snprintf(buf, 48, "%d %s", count, count == 1 ? one : many);
	return buf;
}

void clear_heading(struct heading *out)
{
	str_clear(&out->left);
	str_clear(&out->right);
	out->right_role = ROLE_MUTED;
}
