#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * The review: open the store, load the open deals, paint; then wait for a key,
 * find its command, let it change the state, and paint what is dirty. Keys
 * that are waiting are all handled before anything is read or painted.
 */
static void loop(struct app *app)
{
	struct event event;

	app->dirty |= DIRTY_NUMBERS;
	paint(app); /* the list is there before anything else is read */
	while (!app->quit) {
		if (!screen_pending(app)) {
			settle(app);
			learning_go_on(app);
			server_go_on(app);
			if (app->dirty)
				paint(app);
			changes_go_on(app);
			themes_go_on(app);
			scoring_go_on(app);
			clock_go_on(app);
			if (app->dirty)
				paint(app);
		}
		if (!screen_next(app, &event))
			break;
		if (event.kind == EVENT_NONE || event.kind == EVENT_WATCHED) {
			news_idle(app);
			continue;
		}
		bool news, meant = news_taken(app, &news);

		if (!meant)
			continue;
		if (event.kind == EVENT_KEY && event.pasted)
			handle_pasted(app, event.key);
		else if (event.kind == EVENT_KEY)
			handle_key(app, event.key);
		else
			handle_mouse(app, &event);
		if (news && app->message.len == 0)
			news_tell(app);
		/* Only a form was wanted, and it is filed or left. */
		if (app->options->debrief && app->writing.kind == WRITING_NONE)
			app->quit = true;
	}
}

/* Options win over settings, settings over what is built in. */
static bool set_up(struct app *app, struct err *err)
{
	const struct app_options *o = app->options;
	struct settings *s = &app->settings;
	const char *theme;

	if (!settings_load(s, o->config, err))
		return false;
	app->rater.rules = s->rules;
	theme = o->theme ? o->theme : s->theme ? s->theme : "default";
	app->ascii = o->ascii || s->ascii;
	app->mouse = o->mouse == MOUSE_SETTING ? s->mouse : o->mouse == MOUSE_ON;
	app->view.today = o->today;
	app->view.sort = s->sort;
	app->view.show = s->show;
	app->view.filter = "";
	app->view.totals = "";
	app->view.marks = app->marks;
	app->tab = PANE_RISK;
	keymap_init(app);
	return theme_load(&app->theme, theme, &s->warnings, err);
}

static bool open_store(struct app *app, struct err *err)
{
	struct store_options options = app->options->store;
	const char *filter = app->options->filter;

	if (!options.person)
		options.person = app->settings.person;
	if (!filter)
		filter = app->settings.filter;
	options.later = !app->options->screen;
	if (!store_open(&app->store, &options, err))
		return false;
	/* Only what is loaded tells the fiscal year, which closing: may need. */
	filter_set(&app->filter, "", false, app->view.today, 1);
	if (!deals_load(app))
		return err_set(err, "", "%s", str_text(&app->message));
	if (app->options->debrief)
		return debrief_alone(app, app->options->debrief, err);
	if (filter)
		deals_filter(app, filter);
	else
		meeting_resume(app);
	return true;
}

/* The first wrong line of the settings, and how many more there are. */
static void tell_warnings(struct app *app)
{
	struct slice rest = {str_text(&app->settings.warnings),
	                 app->settings.warnings.len},
	             line;

	if (rest.len > 0 && slice_cut(&rest, '\n', &line))
		say(app, "%.*s", (int)line.len, line.p);
}

static void release(struct app *app)
{
	writing_close(app);
	menu_close(&app->menu);
	arena_release(&app->menu_arena);
	detail_drop(app);
	filter_release(&app->filter);
	edit_release(&app->typing);
	learning_release(app);
	changes_release(app);
	clock_release(app);
	themes_release(app);
	scoring_release(app);
	arena_release(&app->deals_arena);
	str_release(&app->numbers.totals);
	str_release(&app->numbers.qualified);
	str_release(&app->numbers.number);
	str_release(&app->numbers.doubt);
	str_release(&app->shown_totals);
	str_release(&app->message);
	free(app->before_typing);
	free(app->selected_id);
	free(app->detail_id);
	free(app->person);
	free(app->bindings);
	store_close(app->store);
	settings_release(&app->settings);
}

static void print_error(const struct err *err)
{
	fprintf(
	    stderr, "huddle: %s%s%s\n", err->place, *err->place ? ": " : "", err->text);
}

int app_run(const struct app_options *options)
{
	struct app *app = xcalloc(1, sizeof *app);
	struct err err = ERR_INIT;
	int status;

	app->options = options;
	if (set_up(app, &err) && open_store(app, &err) && screen_open(app, &err)) {
		tell_warnings(app);
		server_begin(app);
		loop(app);
		draft_save(app);
		clock_end(app);
		learning_end(app);
		server_end(app);
		screen_close(app);
	}
	status = *err.text ? err.status : app->status;
	release(app);
	free(app);
	if (*err.text)
		print_error(&err);
	return status;
}
