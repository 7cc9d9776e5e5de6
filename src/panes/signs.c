#include "huddle/text.h"
#include "paint.h"
#include <stdio.h>

/* The signs that panes draw, in words, for the help. */
const struct sign signs[] = {
    {SYM_HIGH, NULL, "slip risk is high: 60% or more"},
    {SYM_WATCH, NULL, "slip risk to watch: 35% or more"},
    {SYM_LOW, NULL, "slip risk is low; a touch that was only sent"},
    {SYM_TOUCH, NULL, "a touch that was answered"},
    {SYM_ACTIVITY, NULL, "an activity done; a loss with its debrief"},
    {SYM_BOX, NULL, "planned or not done; a loss without debrief"},
    {SYM_MARK, NULL, "on the committee; there, the primary contact"},
    {SYMBOLS, "\u2190", "came from the buyer"},
    {SYMBOLS, "2a", "two open actions, in the list of deals"},
    {SYMBOLS, "q", "qualified by the definition, in the list of deals"},
    {SYMBOLS, "dr", "a debrief that was begun, in the list of deals"},
    {SYMBOLS, "?", "not captured: neither a risk nor fine"},
    {SYMBOLS, "\u2191 \u2193", "amount, stage or category: up, down since last review"},
    {SYMBOLS, "\u2192 \u2190", "close date pushed, pulled in since the last review"},
    {SYMBOLS, "z", "snoozed: out of the ranking until a day"},
};
const int n_signs = sizeof signs / sizeof *signs;

/* The widest of the texts that fits; the last one in any case. */
static void draw_widest(struct surface *s, int x, int width, enum role role,
    const char *const *texts, int count)
{
	int i = 0;

	while (i < count - 1 && text_width(slice_of(texts[i])) > width)
		i++;
	surface_puts(s, x, 0, width, role, texts[i]);
}

/* What the columns of the timeline and their signs mean; where the room is short
 * the help has the signs. */
void legend_draw(struct surface *s, int width, int right)
{
	const char *answered = symbol_text(SYM_TOUCH, s->ascii);
	const char *sent = symbol_text(SYM_LOW, s->ascii);
	const char *done = symbol_text(SYM_ACTIVITY, s->ascii);
	const char *planned = symbol_text(SYM_BOX, s->ascii);
	const char *seat = symbol_text(SYM_MARK, s->ascii);
	char marketing[2][64], sales[3][64];

	snprintf(marketing[0], sizeof *marketing,
	    "marketing touches  %s answered %s sent", answered, sent);
	snprintf(marketing[1], sizeof *marketing, "marketing  %s answered %s sent",
	    answered, sent);
	snprintf(sales[0], sizeof *sales,
	    "sales activities  %s done %s to do  %s committee", done, planned, seat);
	snprintf(sales[1], sizeof *sales, "sales  %s done %s to do  %s committee", done,
	    planned, seat);
	snprintf(sales[2], sizeof *sales, "sales  %s done %s to do", done, planned);
	draw_widest(s, 0, width, ROLE_MARKETING,
	    (const char *[]){marketing[0], marketing[1], "marketing touches"}, 3);
	draw_widest(s, right, width, ROLE_SALES,
	    (const char *[]){sales[0], sales[1], sales[2], "sales activities"}, 4);
}
