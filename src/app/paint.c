#include "huddle/text.h"
#include "run.h"
#include <stdio.h>

/* The picture: where things are, then each part on its own surface. */

void relayout(struct app *app)
{
	struct layout_wish wish = {
	    .focus = app->focus,
	    .tab = app->tab,
	    .zoomed = app->zoomed,
	    .detail = app->view.detail,
	    .first_run = !app->view.has_facts,
	    .writing = app->writing.kind != WRITING_NONE,
	    .debrief = app->writing.kind == WRITING_DEBRIEF,
	    .presenting = app->room.presenting,
	    .deals = app->view.n_rows,
	    .list_columns = app->settings.list_columns,
	    .actions = app->view.loaded ? (int)app->view.actions.count : 0,
	};

	layout_set(&app->layout, app->surface.width, app->surface.height, &wish);
}

static struct surface part_of(struct app *app, struct rect r)
{
	return surface_part(&app->surface, r.x, r.y, r.width, r.height);
}

/* A part asked for the cursor: hand it up to the whole. */
static void take_cursor(struct app *app, const struct surface *part, struct rect r)
{
	if (part->cursor_x >= 0)
		surface_cursor(&app->surface, r.x + part->cursor_x, r.y + part->cursor_y);
}

static void draw_typing(struct app *app, struct surface *s)
{
	char count[32];

	snprintf(count, sizeof count, "%d of %d", app->view.n_rows, app->view.n_scope);
	surface_puts(s, 0, 0, 1, ROLE_KEY, "/");
	edit_draw(&app->typing, s, 1, 0, s->width - 2 - text_width(slice_of(count)),
	    ROLE_FIELD_FOCUS, true);
	surface_right(s, 0, 0, s->width, ROLE_MATCH, count);
}

static void draw_heading(struct app *app, enum pane_id pane, struct surface *s)
{
	struct heading h = {0};
	bool focus = app->focus == pane;
	int right;

	pane_table[pane]->heading(&app->view, &app->at[pane], &h);
	right = text_width(slice_of(str_text(&h.right)));
	surface_puts(s, 0, 0, s->width - (right > 0 ? right + 1 : 0),
	    focus ? ROLE_TITLE_FOCUS : ROLE_TITLE, str_text(&h.left));
	if (focus)
		surface_flag(
		    s, 0, 0, text_width(slice_of(str_text(&h.left))), CELL_UNDERLINE);
	if (right > 0)
		surface_right(s, 0, 0, s->width, h.right_role, str_text(&h.right));
	str_release(&h.left);
	str_release(&h.right);
}

static void draw_pane(struct app *app, enum pane_id pane)
{
	struct rect r = app->layout.pane[pane], rows = layout_rows(&app->layout, pane);
	struct surface title = part_of(app, (struct rect){r.x, r.y, r.width, 1});
	struct surface s = part_of(app, rows);

	if (r.width <= 0 || r.height <= 0)
		return;
	if (pane == PANE_DEALS && app->view.typing) {
		draw_typing(app, &title);
		take_cursor(app, &title, r);
	} else if (rows.y > r.y) {
		draw_heading(app, pane, &title);
	}
	pane_table[pane]->draw(
	    &app->view, &app->at[pane], &s, app->focus == pane && !app->view.typing);
	take_cursor(app, &s, rows);
}

static void draw_form(struct app *app)
{
	struct rect r = app->layout.pane[PANE_FORM];
	struct surface s = part_of(app, r);

	if (r.width <= 0 || r.height <= 0)
		return;
	form_draw(&app->writing.form, &s, app->focus == PANE_FORM);
	take_cursor(app, &s, r);
}

static void draw_detail(struct app *app)
{
	struct rect r = app->layout.detail;
	const struct entry *e = timeline_selected(&app->view, &app->at[PANE_TIMELINE]);

	if (r.height <= 0)
		return;
	struct surface s = part_of(app, r);
	struct surface text = surface_part(&s, 0, 1, r.width, r.height - 1);

	surface_line_h(&s, 0, 0, r.width, ROLE_BORDER);
	if (e)
		entry_draw(e, &app->view, &text);
	else
		surface_puts(
		    &text, 0, 0, -1, ROLE_MUTED, "Nothing happened on this row.");
}

/* Lines between the panes, where there is room for them. */
static void draw_edges(struct app *app)
{
	const struct layout *l = &app->layout;

	if (l->list_edge >= 0 && !app->zoomed)
		surface_line_v(
		    &app->surface, l->list_edge, l->body.y, l->body.height, ROLE_BORDER);
	for (int pane = PANE_RISK; pane <= PANE_FORM; pane++) {
		struct rect r = l->pane[pane];

		if (r.width > 0 && r.x > l->list_edge + 1 && r.x > 0)
			surface_line_v(
			    &app->surface, r.x - 1, r.y, r.height, ROLE_BORDER);
	}
}

static void draw_menu(struct app *app)
{
	struct rect r = app->layout.body;
	int height = menu_height(&app->menu);

	if (app->menu.kind == MENU_CHOICE && height < r.height)
		r.height = height;
	struct surface s = part_of(app, r);

	menu_draw(&app->menu, &s);
	take_cursor(app, &s, r);
}

static void draw_tiny(struct app *app)
{
	struct str text = STR_INIT;

	str_adds(&text, "Enlarge to 40x10.");
	if (app->surface.width * app->surface.height >= 90)
		str_addf(&text, " huddle can not show a review on %dx%d.",
		    app->surface.width, app->surface.height);
	surface_wrapped(
	    &app->surface, 0, 0, app->surface.width, ROLE_TEXT, str_text(&text));
	str_release(&text);
}

static void draw_body(struct app *app)
{
	struct surface deal = part_of(app, app->layout.deal);

	if (!app->view.has_facts) {
		struct surface s = part_of(app, app->layout.body);

		empty_draw(&app->view, &s);
		return;
	}
	draw_edges(app);
	if (app->layout.deal.height > 0)
		deal_header_draw(&app->view, &deal);
	for (int pane = 0; pane < PANES_KEYED; pane++)
		draw_pane(app, (enum pane_id)pane);
	if (app->writing.kind != WRITING_NONE)
		draw_form(app);
	draw_detail(app);
}

void paint(struct app *app)
{
	struct surface *s = &app->surface;

	app->dirty &= ~(unsigned)DIRTY_SCREEN;
	app->n_spots = 0;
	relayout(app);
	surface_fill(s, ROLE_TEXT);
	surface_cursor(s, -1, -1);
	if (app->layout.kind == LAYOUT_TINY) {
		draw_tiny(app);
	} else {
		struct surface top = part_of(app, app->layout.top);
		struct surface bottom = part_of(app, app->layout.bottom);

		draw_body(app);
		if (app->layout.tabs.height > 0) {
			struct surface tabs = part_of(app, app->layout.tabs);

			tabs_draw(app, &tabs);
		}
		if (app->menu.kind != MENU_NONE)
			draw_menu(app);
		top_draw(app, &top);
		bottom_draw(app, &bottom);
	}
	screen_show(app);
}
