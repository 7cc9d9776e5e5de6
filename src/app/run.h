#ifndef HUDDLE_APP_RUN_H
#define HUDDLE_APP_RUN_H

#include "forms.h"
#include "meeting.h"
#include "huddle/pane_rows.h"
#include "state.h"

/* What the files of the app offer each other. */

/* say.c: the line at the bottom until the next key */
void say(struct app *app, const char *format, ...) __attribute__((format(printf, 2, 3)));
void say_error(struct app *app, const struct err *err);
void ask(struct app *app, void (*yes)(struct app *app), const char *question);

/* deals.c: the list */
bool deals_load(struct app *app);  /* from the store; keeps the selected deal */
void deals_count_actions(struct app *app);
void deals_filter(struct app *app, const char *text);
void deals_sort(struct app *app, enum deal_sort sort);
void deals_show(struct app *app, enum deals_shown show);
void deals_select(struct app *app, int row);
bool deals_go_to(struct app *app, const char *deal_id); /* in a list that holds it */
bool deals_refresh(struct app *app, bool *changed); /* true: a sync brought new facts */
/* Rate and order again what is loaded. */
void deals_rate(struct app *app);
/* learning.c: what was learned of the facts that are loaded; while nothing else is
 * to do; at the end */
void learning_load(struct app *app);
void learning_go_on(struct app *app);
void server_begin(struct app *app);
void server_go_on(struct app *app);
void server_end(struct app *app);
void learning_end(struct app *app);
void learning_release(struct app *app);
/* news.c: false when the next key was meant for something that is gone */
bool news_taken(struct app *app, bool *synced);
void news_tell(struct app *app);
void news_idle(struct app *app); /* what others did while no key came */
/* dispatch.c: text for a field, never a command */
void handle_pasted(struct app *app, struct key key);

/* detail.c: the selected deal, and the numbers of the top line */
void detail_load(struct app *app);
void detail_drop(struct app *app);
int row_of_today(const struct axis *axis); /* or the newest past one below it */
void timeline_lay(struct app *app); /* again, after view.person changed */
void totals_text(const struct deal *const *deals, int count, struct str *out);
void numbers_open(struct app *app);
void numbers_load(struct app *app);
void settle(struct app *app); /* load what the screen lacks */

/* keymap.c */
void keymap_init(struct app *app);
const struct command *keymap_find(const struct app *app, struct key key);
const char *keymap_keys(const struct app *app, const struct command *command, bool first,
	char *buf, size_t size);

/* dispatch.c */
const char *refusal(const struct app *app, const struct command *command);
void command_run(struct app *app, const struct command *command);
void handle_key(struct app *app, struct key key);
void handle_mouse(struct app *app, const struct event *event);

/* move.c, narrow.c, menus.c, screens.c, records.c: handlers of the command table */
#define HANDLERS(_) \
	_(move_by) _(move_page) _(move_end) _(move_side) _(next_deal) _(focus_next) \
	_(focus_pane) _(toggle_zoom) _(toggle_detail) _(only_person) _(back) _(quit) \
	_(filter_begin) _(filter_clear) _(this_month) _(sort_next) _(sort_menu) \
	_(show_next) _(show_menu) _(palette_menu) _(help_menu) _(theme_next) _(theme_menu) \
	_(toggle_mouse) _(toggle_discreet) _(repaint) \
	_(suspend) _(reload) _(copy_row) _(copy_deal) _(debrief_open) _(action_add) \
	_(action_edit) _(action_owner) _(action_due) _(action_drop) _(action_done) \
	_(action_mark) _(undo) _(form_save) _(form_leave) _(form_look) _(form_discard) \
	_(next_undebriefed) _(snooze) _(agenda) _(agenda_add) _(agenda_drop) _(agenda_move) \
	_(pin) _(decide) _(review_begin) _(review_end) _(note) _(promises) _(present) _(slices) _(slice_keep) \
	_(changes) _(open_change) _(themes) _(open_theme) _(quarter) _(scorecard) _(open_figure) _(month)
#define HANDLER(name) void run_##name(struct app *app, int arg);
HANDLERS(HANDLER)
#undef HANDLER

/* menus.c */
void menu_start(struct app *app); /* an empty menu arena, for rows */
void menu_keys(struct app *app, struct key key);
void menu_pick(struct app *app);

/* paint.c, top.c, bottom.c */
void relayout(struct app *app);
void paint(struct app *app);
void top_draw(struct app *app, struct surface *s);
void bottom_draw(struct app *app, struct surface *s);
void tabs_draw(struct app *app, struct surface *s);
void set_focus(struct app *app, enum pane_id pane);

/* screen.c: the terminal, or none */
bool screen_open(struct app *app, struct err *err);
void screen_close(struct app *app);
bool screen_pending(const struct app *app);
bool screen_next(struct app *app, struct event *out); /* false: no more keys will come */
void screen_show(struct app *app);

#endif
