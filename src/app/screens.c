#include "huddle/text.h"
#include "run.h"
#include <string.h>

/* Commands about the screen itself, and what leaves by the clipboard. */

static void copy(struct app *app, const struct str *text, const char *what)
{
	struct slice all = {str_text(text), text->len};

	if (all.len == 0) {
		say(app, "There is nothing on this row to copy.");
		return;
	}
	if (term_is_open())
		term_copy(all);
	struct str shown = STR_INIT;

	text_clip(&shown, all, 60, app->ascii);
	say(app, "Copied %s: %s", what, str_text(&shown));
	str_release(&shown);
}

void run_copy_row(struct app *app, int arg)
{
	struct str text = STR_INIT;

	(void)arg;
	detail_load(app);
	if (app->focus < PANES_KEYED)
		pane_table[app->focus]->copy(&app->view, &app->at[app->focus], &text);
	copy(app, &text, "the row");
	str_release(&text);
}

void run_copy_deal(struct app *app, int arg)
{
	struct str text = STR_INIT;

	(void)arg;
	detail_load(app);
	deal_summary(&app->view, &text);
	copy(app, &text, "the deal's summary");
	str_release(&text);
}

/* Sums in the top line were written as text: they are added up again. */
void run_toggle_discreet(struct app *app, int arg)
{
	(void)arg;
	money_hide(!money_hidden());
	deals_load(app);
	app->dirty |= DIRTY_NUMBERS | DIRTY_SCREEN;
	say(app, money_hidden() ? "Amounts are hidden." : "Amounts are shown.");
}

void run_toggle_mouse(struct app *app, int arg)
{
	(void)arg;
	app->mouse = !app->mouse;
	if (term_is_open())
		term_mouse(app->mouse);
	say(app, app->mouse
	             ? "The mouse is on: click rows, tabs and the footer, turn the wheel."
	             : "The mouse is off: the terminal selects text again.");
}

void run_repaint(struct app *app, int arg)
{
	(void)arg;
	if (term_is_open())
		term_repaint();
	app->dirty |= DIRTY_SCREEN;
}

void run_suspend(struct app *app, int arg)
{
	(void)arg;
	draft_save(app);
	term_suspend();
	app->dirty |= DIRTY_SCREEN;
}

void run_reload(struct app *app, int arg)
{
	(void)arg;
	app->dirty |= DIRTY_NUMBERS;
	if (deals_load(app))
		say(app, "Read again: %d deals.", app->view.n_scope);
}
