#include "run.h"
#include <string.h>

/* The palette, the help and the choices: lists that narrow while typing. */

void menu_start(struct app *app)
{
	menu_close(&app->menu);
	arena_release(&app->menu_arena);
	app->menu_arena = (struct arena)ARENA_INIT;
}

static void pick_command(struct app *app, int id)
{
	const struct command *c = &commands[id < 0 ? 0 : id];

	if (id < 0) /* a sign explained */
		return;
	/* A command of one pane is about that pane's row: go there. */
	for (int pane = 0; pane < PANES; pane++)
		if (c->panes == IN(pane) && pane != PANE_FORM && !refusal(app, c))
			set_focus(app, (enum pane_id)pane);
	command_run(app, c);
}

/* "here", the one pane a command belongs to, or what it is about. */
static const char *group_of(const struct app *app, const struct command *c)
{
	if (c->panes == IN(app->focus))
		return "here";
	for (int pane = 0; pane < PANES_KEYED; pane++)
		if (c->panes == IN(pane))
			return pane_table[pane]->name;
	return command_groups[c->group];
}

static void add_command(struct app *app, struct menu_row *row, size_t id)
{
	const struct command *c = &commands[id];
	char keys[64];

	*row = (struct menu_row){
	    .name = c->name,
	    .text = c->title,
	    .key = arena_strdup(
	        &app->menu_arena, keymap_keys(app, c, false, keys, sizeof keys)),
	    .group = group_of(app, c),
	    .refusal = refusal(app, c),
	    .id = (int)id,
	};
}

void run_palette_menu(struct app *app, int arg)
{
	int n = 0;

	(void)arg;
	menu_start(app);
	detail_load(app);
	struct menu_row *rows = arena_alloc(&app->menu_arena, n_commands * sizeof *rows);
	for (size_t i = 0; i < n_commands; i++)
		if (commands[i].panes != IN_FORM)
			add_command(app, &rows[n++], i);
	menu_open(&app->menu, MENU_PALETTE, ":", rows, n, 0);
	app->menu_chosen = pick_command;
}

static bool one_pane(const struct command *c)
{
	return (c->panes & (c->panes - 1)) == 0;
}

static bool help_rest(const struct app *app, const struct command *c)
{
	return c->panes != IN(app->focus) && c->panes != IN_FORM;
}

static void add_signs(const struct app *app, struct menu_row *rows)
{
	for (int i = 0; i < n_signs; i++)
		rows[i] = (struct menu_row){.name = "signs",
		    .text = signs[i].words,
		    .key = signs[i].text ? signs[i].text
		                         : symbol_text(signs[i].symbol, app->ascii),
		    .group = "signs",
		    .id = -1};
}

/* The focused pane's own keys come first, those of other panes after the common
 * ones, and last what the signs on the screen mean. */
void run_help_menu(struct app *app, int arg)
{
	int n = 0;

	(void)arg;
	menu_start(app);
	detail_load(app);
	struct menu_row *rows =
	    arena_alloc(&app->menu_arena, (n_commands + (size_t)n_signs) * sizeof *rows);
	for (size_t i = 0; i < n_commands; i++)
		if (commands[i].panes == IN(app->focus))
			add_command(app, &rows[n++], i);
	for (int single = 0; single < 2; single++)
		for (size_t i = 0; i < n_commands; i++)
			if (help_rest(app, &commands[i]) &&
			    one_pane(&commands[i]) == (single == 1))
				add_command(app, &rows[n++], i);
	add_signs(app, rows + n);
	menu_open(&app->menu, MENU_HELP, "Help: type a key or a word, Enter does it",
	    rows, n + n_signs, 0);
	app->menu_chosen = pick_command;
}

static void choice(struct app *app, const char *title, const char *const *texts,
    int count, int selected, void (*chosen)(struct app *app, int id))
{
	struct menu_row *rows =
	    arena_alloc(&app->menu_arena, (size_t)count * sizeof *rows);

	for (int i = 0; i < count; i++)
		rows[i] = (struct menu_row){.text = texts[i],
		    .key = i == selected ? "now" : "",
		    .group = "",
		    .id = i};
	menu_open(&app->menu, MENU_CHOICE, title, rows, count, selected);
	app->menu_chosen = chosen;
}

static void pick_sort(struct app *app, int id)
{
	deals_sort(app, (enum deal_sort)id);
}

void run_sort_menu(struct app *app, int arg)
{
	static const char *const texts[DEAL_SORTS] = {
	    [SORT_RISK] = "slip risk, highest first",
	    [SORT_AMOUNT] = "amount, largest first",
	    [SORT_CLOSE] = "close date, soonest first",
	    [SORT_STAGE_AGE] = "days in stage, longest first",
	    [SORT_NAME] = "name",
	};

	(void)arg;
	menu_start(app);
	choice(app, "Order by", texts, DEAL_SORTS, (int)app->view.sort, pick_sort);
}

void run_sort_next(struct app *app, int arg)
{
	(void)arg;
	deals_sort(app, (enum deal_sort)((app->view.sort + 1) % DEAL_SORTS));
}

static void pick_show(struct app *app, int id)
{
	deals_show(app, (enum deals_shown)id);
}

void run_show_menu(struct app *app, int arg)
{
	(void)arg;
	menu_start(app);
	choice(
	    app, "Show", deals_shown_titles, DEALS_SHOWN, (int)app->view.show, pick_show);
}

void run_show_next(struct app *app, int arg)
{
	(void)arg;
	deals_show(app, (enum deals_shown)((app->view.show + 1) % DEALS_SHOWN));
}

static bool theme_use(struct app *app, const char *name)
{
	struct str warnings = STR_INIT;
	struct err err = ERR_INIT;
	struct theme theme;
	bool ok = theme_load(&theme, name, &warnings, &err);

	if (ok) {
		app->theme = theme;
		if (term_is_open())
			term_theme(&app->theme);
		say(app, "Theme %s.%s%s", name, warnings.len > 0 ? " " : "",
		    str_text(&warnings));
	} else {
		say_error(app, &err);
	}
	str_release(&warnings);
	return ok;
}

/* Names out of "default, light, ...", in the menu's arena. */
static int theme_list(struct app *app, const char **out, int max, int *current)
{
	struct str names = STR_INIT;
	struct slice rest, name;
	int n = 0;

	theme_names(&names);
	rest = (struct slice){str_text(&names), names.len};
	*current = 0;
	while (n < max && slice_cut(&rest, ',', &name)) {
		name = slice_trim(name);
		if (slice_is(name, app->theme.name))
			*current = n;
		out[n++] = arena_dup(&app->menu_arena, name.p, name.len);
	}
	str_release(&names);
	return n;
}

#define THEMES_MAX 64

static void pick_theme(struct app *app, int id)
{
	theme_use(app, app->menu.rows[id].text);
}

void run_theme_menu(struct app *app, int arg)
{
	const char *names[THEMES_MAX];
	int current, n;

	(void)arg;
	menu_start(app);
	n = theme_list(app, names, THEMES_MAX, &current);
	choice(app, "Theme", names, n, current, pick_theme);
}

void run_theme_next(struct app *app, int arg)
{
	const char *names[THEMES_MAX];
	int current, n;

	(void)arg;
	menu_start(app);
	n = theme_list(app, names, THEMES_MAX, &current);
	if (n > 0)
		theme_use(app, names[(current + 1) % n]);
}

void menu_pick(struct app *app)
{
	const struct menu_row *row = menu_row(&app->menu);

	if (!row)
		return;
	int id = row->id;
	void (*chosen)(struct app *, int) = app->menu_chosen;

	/* The handler may read the rows, and may open another menu. */
	app->menu.kind = MENU_NONE;
	chosen(app, id);
	if (app->menu.kind == MENU_NONE)
		menu_close(&app->menu);
}

void menu_keys(struct app *app, struct key key)
{
	switch (menu_key(&app->menu, key)) {
	case MENU_LEFT:
		menu_close(&app->menu);
		break;
	case MENU_CHOSEN:
		menu_pick(app);
		break;
	case MENU_HANDLED:
		break;
	}
}
