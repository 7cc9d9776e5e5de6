#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * How long the room has talked about a deal. The clock runs while the agenda of
 * the open review is listed, on the deal under the cursor. It is stored when the
 * room goes on to another deal, each minute and at the end, so that a meeting
 * that was left is where it was. Without a terminal it stands still.
 */
enum { KEEP_MS = 60000, TICK_MS = 1000 };

static const char *running_on(const struct app *app)
{
	const struct view *v = &app->view;

	return v->review && v->show == SHOW_AGENDA && v->deal ? v->deal->id : NULL;
}

static int64_t stored(const struct room *room, const char *deal_id)
{
	for (size_t i = 0; i < room->spent.count; i++)
		if (!strcmp(room->spent.items[i].deal_id, deal_id))
			return room->spent.items[i].seconds;
	return 0;
}

/* Seconds since the room came to the deal. */
static int64_t passed(const struct room *room)
{
	return room->deal_id ? (term_now() - room->since) / 1000 : 0;
}

int64_t clock_seconds(const struct app *app, const char *deal_id)
{
	const struct room *room = &app->room;
	bool here = room->deal_id && !strcmp(room->deal_id, deal_id);

	return stored(room, deal_id) + (here ? passed(room) : 0);
}

int64_t clock_total(const struct app *app)
{
	int64_t total = passed(&app->room);

	for (size_t i = 0; i < app->room.spent.count; i++)
		total += app->room.spent.items[i].seconds;
	return total;
}

static void load_spent(struct app *app)
{
	struct room *room = &app->room;
	struct err err = ERR_INIT;

	arena_release(&room->arena);
	room->arena = (struct arena)ARENA_INIT;
	room->spent = (struct clock_list){0};
	if (room->of &&
	    !store_load_clock(app->store, &room->arena, room->of, &room->spent, &err))
		say_error(app, &err);
}

/* The time of the deal that is left, and that the room is at another. */
static void keep(struct app *app, const char *at)
{
	struct room *room = &app->room;
	struct err err = ERR_INIT;
	bool same = at && room->deal_id && !strcmp(at, room->deal_id);
	int64_t seconds = room->deal_id ? clock_seconds(app, room->deal_id) : 0;

	if (!app->view.read_only && !store_save_clock(app->store, room->of, room->deal_id,
	                                seconds, same ? NULL : at, &err))
		say_error(app, &err);
	char *here = at ? xstrdup(at) : NULL;

	room->kept = term_now();
	room->since = same ? room->since + passed(room) * 1000 : room->kept;
	free(room->deal_id);
	room->deal_id = here;
	load_spent(app);
}

/* Once all waiting keys are handled: whoever runs through the list stays nowhere. */
void clock_go_on(struct app *app)
{
	struct room *room = &app->room;
	const char *at = running_on(app);

	if (room->of != app->view.review) {
		clock_end(app);
		room->of = app->view.review;
		load_spent(app);
	}
	bool moved =
	    at && room->deal_id ? strcmp(at, room->deal_id) != 0 : at || room->deal_id;

	if (moved || (at && term_now() - room->kept >= KEEP_MS)) {
		keep(app, at);
		app->dirty |= DIRTY_SCREEN;
	}
}

void clock_end(struct app *app)
{
	if (app->room.deal_id)
		keep(app, NULL);
}

void clock_release(struct app *app)
{
	free(app->room.deal_id);
	arena_release(&app->room.arena);
	app->room = (struct room){0};
}

/* Milliseconds until the clock shows another second; -1: it stands. */
int clock_patience(const struct app *app)
{
	if (!app->room.deal_id || !term_is_open())
		return -1;
	return TICK_MS - (int)((term_now() - app->room.since) % TICK_MS);
}

/* "4:12 of 8:00", "9:30, 1:30 over", and how loud it is said. */
static enum role clock_role(int64_t seconds, int64_t limit)
{
	if (seconds >= limit)
		return ROLE_OVERDUE;
	return seconds * 4 >= limit * 3 ? ROLE_RISK_WATCH : ROLE_HEADER;
}

enum role clock_text(const struct app *app, struct str *out)
{
	const struct room *room = &app->room;
	int64_t limit = (int64_t)room->meeting.per_deal * 60;

	if (!room->deal_id || limit <= 0)
		return ROLE_HEADER;
	int64_t s = clock_seconds(app, room->deal_id), over = s - limit;

	str_addf(out, "%lld:%02lld", (long long)(s / 60), (long long)(s % 60));
	if (over < 0)
		str_addf(out, " of %d:00", room->meeting.per_deal);
	else
		str_addf(out, ", %lld:%02lld over", (long long)(over / 60),
		    (long long)(over % 60));
	return clock_role(s, limit);
}

bool clock_loud(const struct app *app)
{
	const struct room *room = &app->room;

	return room->deal_id && room->meeting.per_deal > 0 &&
	       clock_seconds(app, room->deal_id) * 2 >=
	           (int64_t)room->meeting.per_deal * 60 * 3;
}
