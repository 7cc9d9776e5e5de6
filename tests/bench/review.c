/*
 * bench-review OPTIONS PROGRAM...: the program on a terminal, from start to the
 * last byte of its first picture, from a key to the last byte it caused, its
 * memory, and what it does when nobody touches a key. Prints a line a figure:
 *
 *   frame SIZE warm MEDIAN LEAST MOST BYTES    ms; BYTES of one first picture
 *   frame SIZE all|files MEDIAN LEAST MOST BYTES   the same from the disk
 *   key SIZE MEDIAN P95 MOST BYTES SILENT      ms; SILENT keys changed nothing
 *   burst SIZE COUNT MEDIAN LEAST MOST         ms for COUNT keys sent at once
 *   memory SIZE FIRST LATER PEAK               MB after the picture, after the keys
 *   idle SIZE SECONDS BYTES TICKS WAKEUPS
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cache.h"
#include "figures.h"
#include "pty.h"

/* Milliseconds. A start may wait for the disk between two bytes, and a busy
 * machine makes pauses of its own; a key that shows nothing for that long is
 * taken for one that changed nothing. */
enum { START_QUIET = 500, KEY_QUIET = 30, PATIENCE = 10000, KEY_PATIENCE = 1000 };

enum { BURST_KEYS = 200, BURSTS = 6, IDLE_S = 5 };

struct options {
	int width, height;
	int rounds, cold_rounds, keys;
	const char *folder; /* of the database */
	char **command;
};

static void fail(const char *what)
{
	fprintf(stderr, "bench-review: %s\n", what);
	exit(1);
}

static struct answer start(struct pty *p, const struct options *o)
{
	if (!pty_start(p, o->width, o->height, o->command))
		fail("no terminal to be had");
	struct answer answer = pty_answer(p, p->started, START_QUIET, PATIENCE);
	if (p->ended || answer.last < 0)
		fail("the program ended or showed nothing; run it by hand");
	return answer;
}

static void measure_frames(const struct options *o, int rounds, bool cold)
{
	struct figures last = {0};
	struct answer answer = {0};
	struct pty p;
	const char *how = "warm";
	for (int i = 0; i < rounds + !cold; i++) {
		if (cold)
			how = cache_drop(o->folder, o->command[0]);
		answer = start(&p, o);
		pty_stop(&p);
		if (cold || i > 0) /* the first of the warm ones warms */
			figures_add(&last, answer.last);
	}
	if (rounds > 0)
		printf("frame %dx%d %s %.1f %.1f %.1f %zu\n", o->width, o->height, how,
		    figures_at(&last, 0.5), figures_at(&last, 0), figures_at(&last, 1),
		    answer.bytes);
	figures_release(&last);
}

/* Down the list, and back when its end is reached. */
static void measure_keys(const struct options *o, struct pty *p)
{
	struct figures last = {0}, bytes = {0};
	int silent = 0;
	char key = 'j';
	for (int i = 0; i < o->keys && !p->ended; i++) {
		double since = pty_now();
		pty_send(p, &key, 1);
		struct answer answer = pty_answer(p, since, KEY_QUIET, KEY_PATIENCE);
		if (answer.last < 0) {
			silent++;
			key = key == 'j' ? 'k' : 'j';
			continue;
		}
		figures_add(&last, answer.last);
		figures_add(&bytes, (double)answer.bytes);
	}
	printf("key %dx%d %.2f %.2f %.2f %.0f %d\n", o->width, o->height,
	    figures_at(&last, 0.5), figures_at(&last, 0.95), figures_at(&last, 1),
	    figures_at(&bytes, 0.5), silent);
	figures_release(&last);
	figures_release(&bytes);
}

static void measure_bursts(const struct options *o, struct pty *p)
{
	struct figures last = {0};
	char keys[BURST_KEYS];
	for (int i = 0; i < BURSTS; i++) {
		memset(keys, i % 2 ? 'j' : 'k', sizeof keys);
		double since = pty_now();
		pty_send(p, keys, sizeof keys);
		figures_add(&last, pty_answer(p, since, START_QUIET, KEY_PATIENCE).last);
	}
	printf("burst %dx%d %d %.1f %.1f %.1f\n", o->width, o->height, BURST_KEYS,
	    figures_at(&last, 0.5), figures_at(&last, 0), figures_at(&last, 1));
	figures_release(&last);
}

static void measure_idle(const struct options *o, struct pty *p)
{
	struct usage before = usage_of(p->pid);
	double end = pty_now() + IDLE_S * 1000;
	size_t bytes = 0;
	for (double now = pty_now(); now < end && !p->ended; now = pty_now())
		bytes += pty_answer(p, now, 1, (int)(end - now) + 1).bytes;
	struct usage after = usage_of(p->pid);
	printf("idle %dx%d %d %zu %ld %ld\n", o->width, o->height, IDLE_S, bytes,
	    after.ticks - before.ticks, after.wakeups - before.wakeups);
}

static void measure_use(const struct options *o)
{
	struct pty p;
	start(&p, o);
	struct usage first = usage_of(p.pid);
	measure_keys(o, &p);
	struct usage later = usage_of(p.pid);
	printf("memory %dx%d %.1f %.1f %.1f\n", o->width, o->height, first.rss, later.rss,
	    later.peak);
	measure_bursts(o, &p);
	measure_idle(o, &p);
	bool ended = p.ended;
	pty_stop(&p);
	if (ended)
		fail("the program ended while keys were sent; run it by hand");
}

static bool read_options(struct options *o, int argc, char **argv)
{
	int option;
	while ((option = getopt(argc, argv, "+s:r:c:k:d:")) != -1) {
		if (option == 's' && sscanf(optarg, "%dx%d", &o->width, &o->height) != 2)
			return false;
		else if (option == 'r')
			o->rounds = atoi(optarg);
		else if (option == 'c')
			o->cold_rounds = atoi(optarg);
		else if (option == 'k')
			o->keys = atoi(optarg);
		else if (option == 'd')
			o->folder = optarg;
		else if (option == '?')
			return false;
	}
	o->command = argv + optind;
	return optind < argc;
}

int main(int argc, char **argv)
{
	struct options o = {.width = 200,
	    .height = 50,
	    .rounds = 11,
	    .cold_rounds = 5,
	    .keys = 500,
	    .folder = "."};
	if (!read_options(&o, argc, argv)) {
		fprintf(stderr, "usage: bench-review [-s WIDTHxHEIGHT] [-r WARM_ROUNDS] "
		                "[-c COLD_ROUNDS] [-k KEYS] [-d FOLDER] PROGRAM...\n");
		return 2;
	}
	measure_frames(&o, o.rounds, false);
	measure_frames(&o, o.cold_rounds, true);
	if (o.keys > 0)
		measure_use(&o);
	return 0;
}
