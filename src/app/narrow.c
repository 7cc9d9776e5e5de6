#include "run.h"
#include <stdlib.h>
#include <string.h>

/* The filter: narrows while it is typed, Esc goes back to what it was. */

void run_filter_begin(struct app *app, int arg)
{
	(void)arg;
	free(app->before_typing);
	app->before_typing = xstrdup(app->filter.text);
	edit_set(&app->typing, app->filter.text);
	if (app->typing.text.len > 0) /* what is typed now is another word */
		edit_key(&app->typing, (struct key){.code = KEYNAME_SPACE});
	app->view.typing = &app->typing;
	app->room.presenting = false; /* the list is what is typed for */
	set_focus(app, PANE_DEALS);
}

static void filter_end(struct app *app, bool keep)
{
	char *text = xstrdup(keep ? str_text(&app->typing.text) : app->before_typing);
	size_t len = strlen(text);

	while (len > 0 && text[len - 1] == ' ')
		text[--len] = '\0';
	if (keep) /* what is under the cursor now is the choice */
		deals_select(app, app->at[PANE_DEALS].list.selected);
	app->view.typing = NULL;
	edit_release(&app->typing);
	deals_filter(app, text);
	free(text);
}

void run_filter_clear(struct app *app, int arg)
{
	(void)arg;
	deals_filter(app, "");
	say(app, "All %d deals again.", app->view.n_scope);
}

/* The question of the meeting in one key. */
void run_this_month(struct app *app, int arg)
{
	(void)arg;
	if (app->view.show != SHOW_OPEN)
		deals_show(app, SHOW_OPEN);
	deals_filter(app, "closing:this-month");
	deals_sort(app, SORT_RISK);
	deals_select(app, 0);
	set_focus(app, PANE_DEALS);
	if (app->view.n_rows == 0)
		say(app, "No open deal should close this month.");
}

static int rows_moved(const struct app *app, struct key key)
{
	int page = app->layout.pane[PANE_DEALS].height - 2;

	switch (key.code) {
	case KEYNAME_UP:
		return -1;
	case KEYNAME_DOWN:
		return 1;
	case KEYNAME_PGUP:
		return -page;
	case KEYNAME_PGDN:
		return page;
	default:
		return 0;
	}
}

void typing_key(struct app *app, struct key key)
{
	int by = rows_moved(app, key);
	bool empty = app->typing.text.len == 0;

	if (key.code == KEYNAME_ESC ||
	    (key.ctrl && (key.code == 'c' || key.code == 'g')) ||
	    (key.code == KEYNAME_BACKSPACE && empty)) {
		filter_end(app, false);
		return;
	}
	if (key.code == KEYNAME_ENTER || key.code == KEYNAME_TAB) {
		filter_end(app, true);
		return;
	}
	if (by != 0) {
		deals_select(app, app->at[PANE_DEALS].list.selected + by);
		return;
	}
	if (edit_key(&app->typing, key))
		deals_filter(app, str_text(&app->typing.text));
}
