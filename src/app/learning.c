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
	atomic_bool moved; /* read first, for it takes less */
	struct moved_deal *moves;
	size_t n_moves;
	bool learn, move; /* what is wanted */
};

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
	if (l->fine && l->move &&
	    changes_moves(store, l->today, &l->moves, &l->n_moves, &err)) {
		l->moved = true;
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
	free(l->moves);
	free(l);
}

static void begin(struct app *app)
{
	struct learner *l = xcalloc(1, sizeof *l);

	*l = (struct learner){.options = app->options->store,
	    .rules = app->rater.rules,
	    .today = app->view.today,
	    .learn = app->learned_of != app->info.sync_id,
	    .move = app->moves_of != app->info.sync_id,
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

static void take_moves(struct app *app, struct moved_deal *moves, size_t count)
{
	free(app->moves);
	app->moves = moves;
	app->n_moves = count;
	app->moves_of = app->info.sync_id;
	changes_mark(app);
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
	free(app->moves);
}

/* Of other facts; without a terminal all is there before the picture is. */
static void renew_moves(struct app *app)
{
	struct err err = ERR_INIT;
	struct moved_deal *moves = NULL;
	size_t count = 0;

	learning_end(app);
	changes_forget(app);
	free(app->moves);
	app->moves = NULL;
	app->n_moves = 0;
	app->moves_of = 0;
	if (app->info.has_facts && app->options->screen &&
	    changes_moves(app->store, app->view.today, &moves, &count, &err))
		take_moves(app, moves, count);
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

	if (app->moves_of != app->info.sync_id)
		renew_moves(app);
	else
		changes_mark(app);
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
		              app->moves_of != app->info.sync_id;
		if (app->info.has_facts && wanted && !app->learning_failed)
			begin(app);
		return;
	}
	uint64_t told;
	if (read(l->done_fd, &told, sizeof told) < 0)
		told = 0; /* nothing new, or it is looked at all the same */
	if (l->moved && l->moves) {
		take_moves(app, l->moves, l->n_moves);
		l->moves = NULL;
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
