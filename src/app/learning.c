#include "huddle/store_past.h"
#include "run.h"
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/*
 * The method of slip risk. What was learned of these facts is kept in the store;
 * where it is not yet, the first picture is rated by points, and a second thread
 * learns meanwhile, with a connection of its own. Without a terminal nobody
 * waits for a first picture, and it is learned before.
 */
struct learner {
	pthread_t thread;
	struct store_options options;
	const struct risk_rules *rules;
	day_t today;
	int done_fd; /* readable when it is done */
	atomic_bool done, stop;
	bool fine;
	struct arena arena;
	struct learning learning;
	/* Read first, for it takes less. */
	atomic_bool paired;
	struct arena pairs_arena;
	struct deal_pair *pairs;
	size_t n_pairs;
	day_t since;
	bool learn, pair; /* what is wanted */
};

/* All deals then and now; with nothing to compare with, now and now. */
static bool read_pairs(struct store *store, struct arena *arena, day_t today,
    struct deal_pair **out, size_t *count, day_t *since, struct err *err)
{
	struct store_info info;
	day_t earliest;

	if (!store_info(store, &info, err) || !store_load_review_day(store, since, err))
		return false;
	day_t day = *since == DAY_NONE ? info.as_of : *since;
	return store_load_pairs(store, arena, day, today, out, count, &earliest, err);
}

static void tell(struct learner *l)
{
	uint64_t one = 1;

	if (write(l->done_fd, &one, sizeof one) < 0)
		return; /* the next key finds it */
}

static void *learn(void *arg)
{
	struct learner *l = arg;
	struct err err = ERR_INIT;
	struct store *store;

	l->fine = store_open(&store, &l->options, &err);
	if (l->fine && l->pair &&
	    read_pairs(store, &l->pairs_arena, l->today, &l->pairs, &l->n_pairs,
	        &l->since, &err)) {
		l->paired = true;
		tell(l);
	}
	l->fine = l->fine && (!l->learn || store_learning(store, &l->arena, l->rules,
	                                       l->today, &l->learning, &err));
	store_close(store);
	l->done = true;
	tell(l);
	return NULL;
}

static void learner_free(struct learner *l)
{
	if (l->done_fd >= 0)
		close(l->done_fd);
	arena_release(&l->arena);
	arena_release(&l->pairs_arena);
	free(l);
}

static void begin(struct app *app)
{
	struct learner *l = xcalloc(1, sizeof *l);

	*l = (struct learner){.options = app->options->store,
	    .rules = app->rater.rules,
	    .today = app->view.today,
	    .learn = app->learned_of != app->info.sync_id,
	    .pair = app->pairs_of != app->info.sync_id,
	    .done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
	l->options.path = store_path(app->store);
	l->options.person = store_person(app->store);
	l->options.keep = !l->options.read_only;
	l->options.stop = &l->stop;
	if (pthread_create(&l->thread, NULL, learn, l) != 0) {
		learner_free(l);
		return;
	}
	app->learner = l;
	term_watch(WATCH_WORK, l->done_fd);
}

static void take_pairs(struct app *app, struct arena arena, struct deal_pair *pairs,
    size_t count, day_t since)
{
	arena_release(&app->pairs_arena);
	app->pairs_arena = arena;
	app->pairs = pairs;
	app->n_pairs = count;
	app->n_kept_pairs = 0;
	while (app->n_kept_pairs < count && !pairs[app->n_kept_pairs].deleted)
		app->n_kept_pairs++;
	app->changes_since = since;
	app->pairs_of = app->info.sync_id;
	changes_mark(app);
	if (app->focus == PANE_CHANGES)
		changes_make(app);
}

/* The learner's memory becomes the review's. */
static void take(struct app *app, struct learning learning, struct arena arena)
{
	arena_release(&app->learning_arena);
	app->learning_arena = arena;
	app->learning = learning;
	app->learned_of = app->info.sync_id;
	app->rater.learned = learning.learned;
	app->view.learning = &app->learning;
}

void learning_end(struct app *app)
{
	struct learner *l = app->learner;

	if (!l)
		return;
	app->learner = NULL;
	l->stop = true;
	pthread_join(l->thread, NULL);
	term_watch(WATCH_WORK, -1);
	learner_free(l);
}

void learning_release(struct app *app)
{
	learning_end(app);
	arena_release(&app->learning_arena);
	arena_release(&app->pairs_arena);
	arena_release(&app->bridge_arena);
	str_release(&app->changes_scope);
}

static void forget_pairs(struct app *app)
{
	arena_release(&app->pairs_arena);
	app->pairs_arena = (struct arena)ARENA_INIT;
	app->pairs = NULL;
	app->n_pairs = app->n_kept_pairs = 0;
	app->pairs_of = 0;
	changes_make(app);
}

/* Without a terminal all is there before the picture is. */
static void read_now(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct deal_pair *pairs;
	size_t count;
	day_t since;

	if (read_pairs(app->store, &arena, app->view.today, &pairs, &count, &since, &err))
		take_pairs(app, arena, pairs, count, since);
	else
		arena_release(&arena);
}

/* Of other facts than what was learned of; points until it is known. */
static void forget(struct app *app)
{
	learning_end(app);
	arena_release(&app->learning_arena);
	app->learning_arena = (struct arena)ARENA_INIT;
	app->rater.learned = NULL;
	app->view.learning = NULL;
	app->learned_of = 0;
}

void learning_load(struct app *app)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct learning kept;
	bool found = false;

	if (app->pairs_of != app->info.sync_id) {
		learning_end(app);
		forget_pairs(app);
		if (app->info.has_facts && app->options->screen)
			read_now(app);
	} else {
		changes_mark(app);
	}
	if (app->learned_of == app->info.sync_id)
		return;
	forget(app);
	if (!app->info.has_facts)
		return;
	bool fine = store_learning_kept(
	    app->store, &arena, app->rater.rules, &kept, &found, &err);
	if (fine && !found && app->options->screen)
		fine = found = store_learning(
		    app->store, &arena, app->rater.rules, app->view.today, &kept, &err);
	if (fine && found)
		take(app, kept, arena);
	else
		arena_release(&arena);
}

void learning_go_on(struct app *app)
{
	struct learner *l = app->learner;

	if (!l) {
		bool wanted = app->learned_of != app->info.sync_id ||
		              app->pairs_of != app->info.sync_id;
		if (app->info.has_facts && wanted && !app->learning_failed)
			begin(app);
		return;
	}
	uint64_t told;
	if (read(l->done_fd, &told, sizeof told) < 0)
		told = 0; /* nothing new, or it is looked at all the same */
	if (l->paired && l->pairs) {
		take_pairs(app, l->pairs_arena, l->pairs, l->n_pairs, l->since);
		l->pairs_arena = (struct arena)ARENA_INIT;
		l->pairs = NULL;
	}
	if (!l->done)
		return;
	pthread_join(l->thread, NULL);
	app->learner = NULL;
	term_watch(WATCH_WORK, -1);
	app->learning_failed = !l->fine;
	if (l->fine && l->learn) {
		take(app, l->learning, l->arena);
		l->arena = (struct arena)ARENA_INIT;
		deals_rate(app);
		if (app->rater.learned && app->message.len == 0)
			say(app, "Slip risk is trained on %d past predictions now.",
			    app->rater.learned->lessons);
	}
	learner_free(l);
}
