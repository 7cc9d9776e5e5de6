#include "run.h"
#include <stdlib.h>
#include <string.h>

/*
 * The themes: read when they are looked at, after the screen was painted once, and
 * again when facts or records changed. Their lines are made anew when one is opened.
 */

enum { NO_SECTION = -1, SECTION_MISSING = THEME_KINDS };

void themes_forget(struct app *app)
{
	app->theming.fresh = false;
}

void themes_release(struct app *app)
{
	arena_release(&app->theming.arena);
	arena_release(&app->theming.rows_arena);
}

static int fiscal(const struct app *app)
{
	return app->info.fiscal_start > 0 ? app->info.fiscal_start : 1;
}

static bool count(
    struct app *app, struct themes *out, struct period period, struct err *err)
{
	struct theming *t = &app->theming;
	struct campaign_touch *touches;
	size_t n;

	if (!store_load_campaign_touches(
	        app->store, &t->arena, period, &touches, &n, err))
		return false;
	themes_make(out, &t->arena,
	    &(struct themes_input){
	        t->deals.items, t->deals.count, &t->debriefs, touches, n, period});
	return true;
}

static bool read_all(struct app *app, struct err *err)
{
	struct theming *t = &app->theming;
	struct period before = period_of_quarter(t->quarter.first - 1, fiscal(app));

	if (!store_load_deals(
	        app->store, &t->arena, -1, 0, app->view.today, &t->deals, err) ||
	    !store_load_debriefs(app->store, &t->arena, &t->debriefs, err) ||
	    !store_load_notes(app->store, &t->arena, NULL, &t->notes, err) ||
	    !count(app, &t->now, t->quarter, err) || !count(app, &t->before, before, err))
		return false;
	messages_of(&t->messages, &t->n_messages, &t->arena, &t->notes, app->view.today);
	return true;
}

/* The lines while they are made. */
struct lines {
	struct app *app;
	struct theme_row *items;
	size_t n, cap;
};

static struct theme_row *add(struct lines *l, struct theme_row row)
{
	l->items = arena_grow(
	    &l->app->theming.rows_arena, l->items, &l->cap, l->n + 1, sizeof *l->items);
	l->items[l->n] = row;
	return &l->items[l->n++];
}

static void add_topic(struct lines *l, int section, int i, const struct topic *now,
    const struct topic *before, const char *text)
{
	const struct theming *t = &l->app->theming;
	bool rated = section == THEME_COMPETITORS || section == THEME_CAMPAIGNS;

	add(l, (struct theme_row){.kind = THEME_TOPIC,
	           .section = section,
	           .topic = i,
	           .text = text,
	           .now = now,
	           .before = before,
	           .rated = rated});
	if (t->open_section != section || t->open_topic != i)
		return;
	for (size_t d = 0; d < now->n_deals; d++)
		add(l, (struct theme_row){.kind = THEME_DEAL,
		           .section = section,
		           .topic = i,
		           .text = "",
		           .deal = now->deals[d]});
}

static void add_title(struct lines *l, int section, const char *text, bool counted)
{
	static const struct topic some = {.name = ""};

	add(l, (struct theme_row){.kind = THEME_TITLE,
	           .section = section,
	           .topic = -1,
	           .text = text,
	           .now = counted ? &some : NULL,
	           .rated = section == THEME_COMPETITORS || section == THEME_CAMPAIGNS});
}

static void add_kind(struct lines *l, enum theme_kind kind)
{
	const struct theming *t = &l->app->theming;
	const struct topic_list *list = &t->now.of[kind];

	if (list->count == 0 && kind == THEME_CRM_REASONS)
		return;
	add_title(l, (int)kind, theme_kind_title(kind), list->count > 0);
	for (size_t i = 0; i < list->count; i++)
		add_topic(l, (int)kind, (int)i, &list->items[i],
		    theme_find(&t->before.of[kind], list->items[i].name), "");
	if (list->count == 0)
		add(l, (struct theme_row){.kind = THEME_WORDS,
		           .section = (int)kind,
		           .topic = -1,
		           .text = t->now.debriefed || kind >= THEME_CAMPAIGNS
		                       ? "none"
		                       : "no debrief of this quarter yet; d files one"});
}

static void add_notes(struct lines *l)
{
	const struct theming *t = &l->app->theming;
	bool any = false;

	for (size_t i = 0; i < t->notes.count; i++) {
		if (*t->notes.items[i].answer)
			continue;
		if (!any)
			add_title(l, NO_SECTION,
			    "Notes that wait for an answer (Enter answers)", false);
		any = true;
		add(l, (struct theme_row){.kind = THEME_NOTE,
		           .section = NO_SECTION,
		           .topic = -1,
		           .text = "",
		           .note = &t->notes.items[i]});
	}
	any = false;
	for (size_t i = 0; i < t->n_messages; i++) {
		if (!t->messages[i].stale)
			continue;
		if (!any)
			add_title(l, NO_SECTION,
			    "Unchanged for six months in spite of notes", false);
		any = true;
		add(l, (struct theme_row){.kind = THEME_WORDS,
		           .section = NO_SECTION,
		           .topic = -1,
		           .text = t->messages[i].about});
	}
}

static void make_lines(struct app *app)
{
	/* Campaigns are many and come last. */
	static const enum theme_kind order[THEME_KINDS] = {THEME_REASONS,
	    THEME_CRM_REASONS, THEME_COMPETITORS, THEME_MESSAGES, THEME_OBJECTORS,
	    THEME_CAMPAIGNS};
	struct theming *t = &app->theming;
	struct lines l = {.app = app};

	arena_release(&t->rows_arena);
	t->rows_arena = (struct arena)ARENA_INIT;
	if (t->now.missing.n_deals > 0)
		add_topic(&l, SECTION_MISSING, 0, &t->now.missing, &t->before.missing,
		    "Losses without a debrief");
	for (int k = 0; k < THEME_KINDS && t->now.lost + t->now.won > 0; k++)
		add_kind(&l, order[k]);
	if (t->now.lost + t->now.won == 0)
		add(&l,
		    (struct theme_row){.kind = THEME_WORDS,
		        .section = NO_SECTION,
		        .topic = -1,
		        .text = "No deal was won or lost in this quarter; [ and ] go to "
		                "others."});
	add_notes(&l);
	app->view.theme_rows = l.items;
	app->view.n_theme_rows = (int)l.n;
	list_set_count(&app->at[PANE_THEMES].list, (int)l.n);
	app->dirty |= DIRTY_SCREEN;
}

void themes_go_on(struct app *app)
{
	struct theming *t = &app->theming;
	struct err err = ERR_INIT;
	char name[QUARTER_TEXT];

	if (app->focus != PANE_THEMES || t->fresh || !app->info.has_facts)
		return;
	app->view.themes = NULL;
	app->view.theme_rows = NULL;
	app->view.n_theme_rows = 0;
	arena_release(&t->arena);
	t->arena = (struct arena)ARENA_INIT;
	t->fresh = true;
	if (!read_all(app, &err)) {
		set_focus(app, PANE_DEALS);
		t->fresh = false;
		say_error(app, &err);
		return;
	}
	app->view.themes = &t->now;
	app->view.themes_quarter =
	    arena_strdup(&t->arena, quarter_format(t->quarter.first, fiscal(app), name));
	make_lines(app);
}

void run_themes(struct app *app, int arg)
{
	struct theming *t = &app->theming;

	(void)arg;
	if (!t->started) {
		t->started = true;
		t->open_section = t->open_topic = -1;
		t->quarter = period_of_quarter(app->view.today, fiscal(app));
	}
	set_focus(app, PANE_THEMES);
}

void run_quarter(struct app *app, int by)
{
	struct theming *t = &app->theming;

	t->quarter = period_of_quarter(
	    by > 0 ? t->quarter.last + 1 : t->quarter.first - 1, fiscal(app));
	t->open_section = t->open_topic = -1;
	t->fresh = false;
	themes_go_on(app);
	list_select(&app->at[PANE_THEMES].list, 0);
}

void run_open_theme(struct app *app, int arg)
{
	struct theming *t = &app->theming;

	(void)arg;
	themes_go_on(app);
	int row = app->at[PANE_THEMES].list.selected;

	if (row >= app->view.n_theme_rows)
		return;
	struct theme_row r = app->view.theme_rows[row];

	if (r.kind == THEME_DEAL) {
		if (deals_go_to(app, r.deal->id))
			set_focus(app, PANE_TIMELINE);
	} else if (r.kind == THEME_NOTE) {
		note_answer(app, r.note);
	} else if (r.kind == THEME_TOPIC) {
		bool open = t->open_section == r.section && t->open_topic == r.topic;

		t->open_section = open ? NO_SECTION : r.section;
		t->open_topic = open ? -1 : r.topic;
		make_lines(app);
		/* The cursor stays on its line, which moved when another was closed. */
		for (int i = 0; i < app->view.n_theme_rows; i++)
			if (app->view.theme_rows[i].kind == THEME_TOPIC &&
			    app->view.theme_rows[i].section == r.section &&
			    app->view.theme_rows[i].topic == r.topic)
				list_select(&app->at[PANE_THEMES].list, i);
	}
}
