#include "run.h"

#include "huddle/store_server.h"

/*
 * A store on a server: a thread of the store's brings what others write into the copy
 * that is shown here, where it is news as any other. While the server is away the top line
 * says so, all that is here can be read, and drafts are kept.
 */

void server_begin(struct app *app)
{
	if (!store_server_name(app->store) || !term_is_open() ||
	    !store_follow_begin(&app->follow, app->store))
		return;
	term_watch(WATCH_SERVER, store_follow_fd(app->follow));
}

void server_go_on(struct app *app)
{
	char problem[600];

	if (!app->follow)
		return;
	store_follow_state(app->follow, problem, sizeof problem);
	if (app->away == (*problem != '\0'))
		return;
	app->away = *problem != '\0';
	if (app->away)
		say(app, "The server is away (%s); this is what was known before.",
		    problem);
	else
		say(app, "The server is back; this is the newest state.");
	app->dirty |= DIRTY_SCREEN;
}

void server_end(struct app *app)
{
	term_watch(WATCH_SERVER, -1);
	store_follow_end(app->follow, app->store);
	app->follow = NULL;
}
