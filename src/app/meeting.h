#ifndef HUDDLE_APP_MEETING_H
#define HUDDLE_APP_MEETING_H

#include "state.h"

/* agenda.c: the review that is open, in the deals' arena; the deals of its agenda into
 * app->order, and how many they are */
void meeting_load(struct app *app);
int meeting_order(struct app *app);

/* The room goes on where it was, at the deal that was talked about last. */
void meeting_resume(struct app *app);

/* clock.c: seconds spent on a deal, and on all; stored when the room goes on */
int64_t clock_seconds(const struct app *app, const char *deal_id);
int64_t clock_total(const struct app *app);
void clock_go_on(struct app *app);
void clock_end(struct app *app);
void clock_release(struct app *app);
int clock_patience(const struct app *app);
/* What is said of the deal's time, in which look; loud: half as much again. */
enum role clock_text(const struct app *app, struct str *out);
bool clock_loud(const struct app *app);

/* changes.c: what moved since the last review; the bridge, by what the list is
 * narrowed to */
void changes_mark(struct app *app);
void changes_make(struct app *app);
void changes_go_on(struct app *app);
void changes_forget(struct app *app);
void changes_release(struct app *app);
/* theming.c: what losses have in common */
void themes_go_on(struct app *app);
void themes_forget(struct app *app);
void themes_release(struct app *app);
/* scoring.c: the scorecard */
void scoring_go_on(struct app *app);
void scoring_forget(struct app *app);
void scoring_release(struct app *app);
/* By a store of the caller's thread; free(*out). */
bool changes_moves(struct store *store, day_t today, struct moved_deal **out, size_t *n,
	struct err *err);

#endif
