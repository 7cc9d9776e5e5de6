#include "run.h"

/*
 * The terminal, or none: a key script comes before the keyboard, and without a
 * terminal the last picture is written as text. Everything above is the same.
 */

/* How long text may be unsaved, how often others' writes are looked for where
 * the system does not tell of them, and how soon nobody can have read news. */
enum { DRAFT_MS = 2000, LOOK_MS = 2000, STARTLED_MS = 600 };

static void size_surface(struct app *app)
{
	int width = app->options->width, height = app->options->height;

	if (term_is_open())
		term_size(&width, &height);
	surface_release(&app->surface);
	surface_init(&app->surface, width, height, app->ascii);
	app->dirty |= DIRTY_SCREEN;
}

bool screen_open(struct app *app, struct err *err)
{
	struct term_options options = {
	    .theme = &app->theme,
	    .ascii = app->ascii,
	    .no_color = app->options->no_color,
	    .mouse = app->mouse,
	};

	if (!app->options->screen) {
		if (!term_open(&options, err))
			return false;
		app->ascii = term_ascii();
		app->watch = store_watch(app->store);
		term_watch(WATCH_STORE, app->watch);
		if (term_notice())
			say(app, "%s", term_notice());
	}
	app->script = slice_of(app->options->keys ? app->options->keys : "");
	size_surface(app);
	return true;
}

void screen_close(struct app *app)
{
	struct str text = STR_INIT;

	if (term_is_open()) {
		term_close();
	} else if (app->options->screen && app->surface.cells) {
		surface_dump(&app->surface, &text);
		fputs(str_text(&text), app->options->screen);
		str_release(&text);
	}
	surface_release(&app->surface);
}

bool screen_pending(const struct app *app)
{
	return app->script.len > 0 || (term_is_open() && term_pending());
}

static void lost(struct app *app, int signal)
{
	draft_save(app);
	app->quit = true;
	app->status = signal > 0 ? 128 + signal : EXIT_REFUSED;
}

/* Events that are the screen's own business; true when nothing is left to do. */
static bool own_event(struct app *app, const struct event *event)
{
	switch (event->kind) {
	case EVENT_RESIZE:
	case EVENT_RESUMED:
		size_surface(app);
		return true;
	case EVENT_HANGUP:
		lost(app, event->signal);
		return true;
	case EVENT_WATCHED:
	case EVENT_NONE:
		app->startled = false;
		draft_save(app);
		if (app->room.deal_id) /* its clock went on */
			app->dirty |= DIRTY_SCREEN;
		return true;
	case EVENT_KEY:
	case EVENT_MOUSE:
		break;
	}
	return false;
}

static int patience(const struct app *app)
{
	if (app->startled)
		return STARTLED_MS;
	if (draft_waiting(app))
		return DRAFT_MS;
	int tick = clock_patience(app);

	return app->watch >= 0 ? tick : tick < 0 || tick > LOOK_MS ? LOOK_MS : tick;
}

bool screen_next(struct app *app, struct event *out)
{
	*out = (struct event){.kind = EVENT_KEY};
	if (key_script(&app->script, &out->key))
		return true;
	app->script.len = 0;
	if (!term_is_open())
		return false;
	term_next(out, patience(app));
	if (own_event(app, out))
		out->kind = EVENT_NONE;
	return true;
}

void screen_show(struct app *app)
{
	if (term_is_open())
		term_paint(&app->surface);
}
