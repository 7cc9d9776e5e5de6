/*
 * bench-server URL [CLIENTS] [WRITES]: how long saving an action takes while others are
 * connected, each following the server as a screen does. Prints median, 95th percentile and
 * most, in milliseconds, and how long the others took to have the last one.
 */
#include "huddle/store_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1000 };

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static void fail(const struct err *err)
{
	fprintf(stderr, "bench-server: %s: %s\n", err->place, err->text);
	exit(1);
}

static int64_t actions_in(struct store *store)
{
	struct arena arena = ARENA_INIT;
	struct err err = ERR_INIT;
	struct action_list list;
	if (!store_load_actions(store, &arena, NULL, &list, &err))
		fail(&err);
	int64_t n = (int64_t)list.count;
	arena_release(&arena);
	return n;
}

static double save_one(struct store *store, int i)
{
	char text[40];
	bool conflict;
	struct err err = ERR_INIT;
	snprintf(text, sizeof text, "write %d", i);
	struct action action = {.deal_id = "006Qm000000103yIAA",
	    .team = TEAM_SALES,
	    .owner = "Ana",
	    .text = text,
	    .due = DAY_NONE};
	double begin = now_ms();
	if (!store_save_action(store, &action, &conflict, &err))
		fail(&err);
	return now_ms() - begin;
}

int main(int argc, char **argv)
{
	int clients = argc > 2 ? atoi(argv[2]) : 50,
	    writes = argc > 3 ? atoi(argv[3]) : 60;
	struct store_follow **follows = calloc((size_t)clients + 1, sizeof *follows);
	struct store_options options = {.path = argc > 1 ? argv[1] : ""};
	struct store *store, *reader;
	struct err err = ERR_INIT;
	static double took[MOST];
	if (!store_open(&store, &options, &err) || !store_open(&reader, &options, &err))
		fail(&err);
	for (int i = 0; i < clients; i++)
		store_follow_begin(&follows[i], reader);
	sleep(3);
	writes = writes > MOST ? MOST : writes;
	for (int i = 0; i < writes; i++) {
		took[i] = save_one(store, i);
		usleep(300 * 1000); /* nobody types faster */
	}
	qsort(took, (size_t)writes, sizeof *took, by_value);
	printf(
	    "save_action %d clients: median %.1f ms, p95 %.1f, most %.1f; %lld actions\n",
	    clients, took[writes / 2], took[writes * 95 / 100], took[writes - 1],
	    (long long)actions_in(store));
	for (int i = 0; i < clients; i++)
		store_follow_end(follows[i], NULL);
	store_close(reader);
	store_close(store);
	free(follows);
	return 0;
}
