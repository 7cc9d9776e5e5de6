#include "huddle/text.h"
#include "run.h"
#include <stdio.h>
#include <string.h>

/*
 * The line at the bottom: what just happened, and the keys that matter where
 * the focus is. All of it comes from the command table; a click on a hint is
 * the command.
 */

static void add_spot(
    struct app *app, int x, int y, int width, const struct command *command)
{
	if (app->n_spots < SPOTS)
		app->spots[app->n_spots++] =
		    (struct spot){.x = x, .y = y, .width = width, .command = command};
}

/* "d debrief  "; returns the column after it, or x when there is no room. */
static int draw_hint(
    struct app *app, struct surface *s, int x, int room, const struct command *command)
{
	char keys[32];

	keymap_keys(app, command, true, keys, sizeof keys);
	int key = text_width(slice_of(keys)),
	    width = key + 1 + text_width(slice_of(command->hint));

	if (key == 0 || x + width > room)
		return x;
	surface_puts(s, x, 0, key, ROLE_KEY, keys);
	surface_puts(s, x + key + 1, 0, -1, ROLE_FOOTER, command->hint);
	add_spot(app, x, app->layout.bottom.y, width, command);
	return x + width + 2;
}

static bool wanted(const struct app *app, const struct command *c, bool own)
{
	unsigned here = IN(app->focus);

	return c->hint && (c->panes & here) && (c->panes == here) == own &&
	       !refusal(app, c);
}

/* The pane's own first; in the meeting what is done with a deal of the agenda. */
static void draw_hints(struct app *app, struct surface *s, int x, int room)
{
	bool own_first = app->view.show != SHOW_AGENDA || app->focus == PANE_ACTIONS;

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < n_commands; i++)
			if (wanted(app, &commands[i], (pass == 0) == own_first))
				x = draw_hint(app, s, x, room, &commands[i]);
}

/* The two doors to everything else stay at the right end. */
static int draw_doors(struct app *app, struct surface *s)
{
	static const struct {
		void (*run)(struct app *app, int arg);
		const char *hint;
	} doors[] = {{run_palette_menu, "commands"}, {run_help_menu, "help"}};
	int width = s->width >= 60 ? 20 : 0;
	int x = s->width - width;

	for (size_t d = 0; width > 0 && d < 2; d++)
		for (size_t i = 0; i < n_commands; i++) {
			struct command door = commands[i];

			if (door.run != doors[d].run)
				continue;
			char keys[24];

			keymap_keys(app, &commands[i], true, keys, sizeof keys);
			int key = text_width(slice_of(keys));
			int all = key + 1 + (int)strlen(doors[d].hint);

			surface_puts(s, x, 0, key, ROLE_KEY, keys);
			surface_puts(s, x + key + 1, 0, -1, ROLE_FOOTER, doors[d].hint);
			add_spot(app, x, app->layout.bottom.y, all, &commands[i]);
			x += all + 2;
		}
	return s->width - width;
}

/* The keys while they are text: these belong to widgets, not to commands. */
struct modal_hint {
	const char *key, *word;
};

static const struct modal_hint menu_hints[] = {
    {"type", "to narrow"}, {"enter", "does it"}, {"esc", "leaves"}, {NULL, NULL}};
static const struct modal_hint typing_hints[] = {{"enter", "keeps it"},
    {"esc", "goes back"}, {"ctrl-u", "clears"},
    {"also", "owner: stage: team: manager: region: closing: risk:"}, {NULL, NULL}};
static const struct modal_hint form_hints[] = {{"tab", "next"}, {"ctrl-s", "save"},
    {"esc", "keep as draft"}, {"ctrl-o", "look at the facts"}, {"pgup/pgdn", "timeline"},
    {"ctrl-e", "editor"}, {NULL, NULL}};

static const struct modal_hint small_form_hints[] = {
    {"enter", "saves"}, {"esc", "leaves it as it is"}, {NULL, NULL}};

static const struct modal_hint *modal_hints(const struct app *app)
{
	if (app->menu.kind != MENU_NONE)
		return menu_hints;
	if (app->view.typing)
		return typing_hints;
	if (app->focus != PANE_FORM)
		return NULL;
	return app->writing.form.count > 1 ? form_hints : small_form_hints;
}

static void draw_modal(struct surface *s, int x, const struct modal_hint *hint)
{
	for (; hint->key; hint++) {
		int width = text_width(slice_of(hint->key)) + 1 +
		            text_width(slice_of(hint->word));

		if (x + width > s->width)
			return; /* half a hint is none */
		x = surface_puts(s, x, 0, -1, ROLE_KEY, hint->key);
		x = surface_puts(s, x + 1, 0, -1, ROLE_FOOTER, hint->word) + 2;
	}
}

void bottom_draw(struct app *app, struct surface *s)
{
	const struct modal_hint *modal = modal_hints(app);
	int x = 1, room = s->width;

	surface_fill(s, ROLE_FOOTER);
	if (app->message.len > 0) {
		x = surface_puts(
		    s, x, 0, s->width - 1, app->message_role, str_text(&app->message));
		x += 3;
	}
	if (app->yes)
		return;
	if (modal) {
		draw_modal(s, x, modal);
		return;
	}
	if (app->message.len == 0 || x < s->width - 22)
		room = draw_doors(app, s);
	draw_hints(app, s, x, room - 1);
}

static int tab_count(const struct app *app, int pane)
{
	return pane == PANE_DEALS ? app->view.n_rows
	                          : pane_table[pane]->count(&app->view);
}

static int draw_tab(struct app *app, struct surface *s, int x, int pane, bool front)
{
	struct str text = STR_INIT;
	enum role role = !front                             ? ROLE_MUTED
	                 : app->focus == (enum pane_id)pane ? ROLE_TITLE_FOCUS
	                                                    : ROLE_TITLE;

	str_addf(&text, "%d %s", pane + 1, pane_table[pane]->tab);
	if (pane == PANE_RISK && app->view.deal && app->view.deal->risk.rated)
		str_addf(&text, " %d%%", app->view.deal->risk.probability);
	else if ((pane == PANE_ACTIONS || pane == PANE_COMMITTEE) && app->view.loaded)
		str_addf(&text, " %d", tab_count(app, pane));
	int width = text_width(slice_of(str_text(&text)));

	surface_puts(s, x, 0, -1, role, str_text(&text));
	if (front)
		surface_flag(s, x, 0, width, CELL_UNDERLINE);
	for (size_t i = 0; i < n_commands; i++)
		if (commands[i].panes == IN_PANES &&
		    (pane == PANE_CHANGES     ? commands[i].run == run_changes
		        : pane == PANE_THEMES ? commands[i].run == run_themes
		        : pane == PANE_SCORE  ? commands[i].run == run_scorecard
		                              : commands[i].run == run_focus_pane &&
		                                   commands[i].arg == pane))
			add_spot(app, app->layout.tabs.x + x, app->layout.tabs.y, width,
			    &commands[i]);
	str_release(&text);
	return x + width + 2;
}

void tabs_draw(struct app *app, struct surface *s)
{
	bool narrow = app->layout.kind == LAYOUT_NARROW;
	int x = 0;

	for (int pane = narrow ? PANE_DEALS : PANE_RISK; pane < PANES_KEYED; pane++)
		x = draw_tab(app, s, x, pane, app->layout.pane[pane].width > 0);
	if (app->writing.kind != WRITING_NONE)
		surface_puts(s, x, 0, -1,
		    app->focus == PANE_FORM ? ROLE_TITLE_FOCUS : ROLE_MUTED, "form");
}
