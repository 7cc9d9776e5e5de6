#include "aside.h"

#include <string.h>

static void *run(void *arg)
{
	struct aside *b = arg;
	b->fine = b->count(&b->cli, b->arg, &b->err);
	return NULL;
}

/* The same facts, or none: the two would tell of different days. */
static bool open_same(struct aside *b, const struct cli *cli)
{
	struct store_options options = {.path = store_path(cli->store),
	    .read_only = true,
	    .keep = !cli_has(cli, OPT_READ_ONLY),
	    .person = store_person(cli->store)};
	return store_open(&b->cli.store, &options, &b->err) &&
	       store_info(b->cli.store, &b->cli.info, &b->err) &&
	       b->cli.info.sync_id == cli->info.sync_id;
}

void aside_begin(struct aside *b, const struct cli *cli,
    bool (*count)(struct cli *cli, void *arg, struct err *err), void *arg)
{
	*b = (struct aside){.cli = *cli, .count = count, .arg = arg};
	b->cli.arena = (struct arena)ARENA_INIT;
	b->cli.out = b->cli.notes = (struct str)STR_INIT;
	b->cli.all_loaded = false;
	b->cli.store = NULL;
	b->running = open_same(b, cli) && !pthread_create(&b->thread, NULL, run, b);
}

bool aside_end(struct aside *b, struct cli *cli, struct err *err)
{
	if (b->running) {
		pthread_join(b->thread, NULL);
		b->running = false;
	} else {
		store_close(b->cli.store);
		b->cli.store = cli->store;
		b->err = (struct err)ERR_INIT;
		run(b);
		b->cli.store = NULL;
	}
	if (!b->fine)
		*err = b->err;
	return b->fine;
}

void aside_release(struct aside *b)
{
	if (b->running)
		pthread_join(b->thread, NULL);
	store_close(b->cli.store);
	arena_release(&b->cli.arena);
	str_release(&b->cli.out);
	str_release(&b->cli.notes);
}
