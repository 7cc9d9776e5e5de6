#include "huddle/store_meeting.h"
#include "run.h"
#include <stdlib.h>
#include <string.h>

/* The closed-lost debrief: model's table as a form beside the deal's facts. */

/* Objectors are people of the committee first, then names used before. */
static const char *const *objectors(struct app *app, const char *const *words)
{
	const struct member_list *people = &app->view.members;
	size_t n = 0, room = people->count + 1;

	for (const char *const *word = words; word && *word; word++)
		room++;
	const char **all = arena_alloc(&app->writing.arena, room * sizeof *all);

	for (size_t i = 0; i < people->count; i++)
		all[n++] = arena_strdup(&app->writing.arena, people->items[i].name);
	for (const char *const *word = words; word && *word; word++) {
		bool known = false;

		for (size_t i = 0; i < people->count && !known; i++)
			known = strcmp(all[i], *word) == 0;
		if (!known)
			all[n++] = *word;
	}
	return all;
}

static void add_field(
    struct app *app, int i, const struct debrief_rules *rules, bool filed)
{
	const struct debrief_info *info = &debrief_infos[i];
	bool longer = i == B_MESSAGE || i == B_NOTE;
	struct writing *w = &app->writing;
	struct form_field *field = writing_field(w, info->name, info->title, info->hint,
	    info->kind == DEBRIEF_CHOICE ? FORM_CHOICE
	    : longer                     ? FORM_LONG
	                                 : FORM_TEXT);

	field->required = debrief_required(rules, i);
	field->choices = debrief_choices(rules, i);
	if (i == B_REASON && *app->view.deal->lost_reason)
		field->hint = arena_printf(&w->arena, "%s; the CRM says: %s", info->hint,
		    app->view.deal->lost_reason);
	if (i == B_COMPETITOR && *app->view.deal->competitor)
		field->hint = arena_printf(&w->arena, "%s; the CRM says: %s", info->hint,
		    app->view.deal->competitor);
	if (i == B_COMPETITOR)
		writing_words(app, field, WORDS_COMPETITORS);
	if (i == B_MESSAGE) {
		writing_words(app, field, WORDS_MESSAGES);
		if (field->choices && *field->choices)
			field->kind = FORM_TEXT; /* one line, so that it completes */
	}
	if (i == B_OBJECTOR) {
		writing_words(app, field, WORDS_OBJECTORS);
		field->choices = objectors(app, field->choices);
	}
	if (filed)
		form_set(&w->form, i, app->view.debrief.value[i]);
}

/* The reasons as RevOps lists them; ours where that can not be read. */
static struct debrief_rules rules_of(struct app *app, bool won)
{
	struct debrief_rules rules;
	struct err err = ERR_INIT;

	if (!store_debrief_rules(app->store, &app->writing.arena, &rules, &err))
		say_error(app, &err);
	rules.won = won;
	return rules;
}

void run_debrief_open(struct app *app, int arg)
{
	(void)arg;
	if (app->writing.kind == WRITING_DEBRIEF) {
		set_focus(app, PANE_FORM);
		return;
	}
	if (app->writing.kind != WRITING_NONE) {
		say(app, "Another form is open: save it or leave it first.");
		return;
	}
	bool filed = app->view.has_debrief;
	struct writing *w = writing_start(app, WRITING_DEBRIEF, "Debrief");
	struct debrief_rules rules = rules_of(app, app->view.deal->status == DEAL_WON);

	w->of_won = rules.won;

	if (filed)
		w->form.title =
		    arena_printf(&w->arena, "Debrief, filed by %s", app->view.debrief.by);
	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		add_field(app, i, &rules, filed);
	w->draft = "debrief";
	w->rev = filed ? app->view.debrief.rev : 0;
	app->zoomed = false;
	writing_ready(app);
}

/* For a rep: the form of one deal, beside its facts. */
bool debrief_alone(struct app *app, const char *deal_id, struct err *err)
{
	if (deals_go_to(app, deal_id)) {
		detail_load(app);
		run_debrief_open(app, 0);
	}
	return app->writing.kind == WRITING_DEBRIEF ||
	       err_set(err, deal_id, "%s", str_text(&app->message));
}

/* Somebody wrote it meanwhile: both texts are shown, a second save decides. */
static void conflict(struct app *app)
{
	struct debrief stored;
	struct err err = ERR_INIT;
	bool found = false;
	struct writing *w = &app->writing;
	const char *did = w->rev > 0 ? "changed this debrief" : "filed this debrief";

	if (!store_load_debrief(
	        app->store, &w->arena, w->deal_id, &stored, &found, &err)) {
		say_error(app, &err);
		return;
	}
	w->rev = found ? stored.rev : 0;
	writing_conflict(app, store_debrief_editor(app->store, &w->arena, w->deal_id),
	    found ? did : "took this debrief back", found ? stored.value : NULL);
}

static void filed(struct app *app, const char *name)
{
	writing_done(app);
	if (app->view.show == SHOW_UNDEBRIEFED)
		say(app, "Filed the debrief of %s; u takes it back. Still missing: %d.",
		    name, app->view.n_scope);
	else
		say(app, "Filed the debrief of %s; u takes it back.", name);
}

bool debrief_save(struct app *app)
{
	struct writing *w = &app->writing;
	struct debrief debrief = {.deal_id = w->deal_id, .rev = w->rev, .by = ""};
	struct err err = ERR_INIT;
	bool clash = false;

	for (int i = 0; i < DEBRIEF_FIELDS; i++)
		debrief.value[i] = arena_strdup(&w->arena, form_value(&w->form, i));
	struct debrief_rules rules = rules_of(app, w->of_won);
	int wrong = debrief_check(&debrief, &rules, &w->arena, app->view.today, &err);

	if (wrong >= 0) {
		writing_problem(app, wrong, &err);
		return false;
	}
	if (!store_save_debrief(app->store, &debrief, &clash, &err)) {
		draft_save(app);
		if (clash)
			conflict(app);
		else
			say_error(app, &err);
		return false;
	}
	char *name = xstrdup(w->deal_name);

	filed(app, name);
	free(name);
	return true;
}

void run_next_undebriefed(struct app *app, int arg)
{
	(void)arg;
	if (app->view.show != SHOW_UNDEBRIEFED && app->view.show != SHOW_LOST)
		deals_show(app, SHOW_UNDEBRIEFED);
	int from = app->at[PANE_DEALS].list.selected, n = app->view.n_rows;

	for (int i = 1; i <= n; i++) {
		int row = (from + i) % n;

		if (app->rows[row]->status == DEAL_LOST && !app->rows[row]->has_debrief) {
			deals_select(app, row);
			return;
		}
	}
	say(app, "Every lost deal of this list has its debrief.");
}
