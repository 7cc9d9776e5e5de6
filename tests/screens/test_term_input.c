#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "test_term.h"

/* Keys, the mouse, pasted text and noise. */

void test_keys(void)
{
	static const char *const keys[] = {"j", "G", "enter", "esc", "tab", "shift-tab",
	    "up", "down", "left", "right", "home", "end", "pgup", "pgdn", "delete",
	    "insert", "backspace", "space", "f1", "f5", "f10", "f12", "ctrl-a", "ctrl-c",
	    "ctrl-z", "ctrl-s", "ctrl-q", "ctrl-v", "ctrl-x", "alt-x", "alt-enter",
	    "ctrl-up", "alt-left", "ctrl-right", "é", "東"};
	struct vt *t = start();
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		char script[40], expected[64];
		snprintf(script, sizeof script, "<%s>", keys[i]);
		snprintf(expected, sizeof expected, "%zu keys, last: %s", i + 1, keys[i]);
		vt_keys(t, script);
		wait_for(t, expected);
	}
	/* Shift-F5 of a terminal that nobody knows: swallowed whole. */
	vt_send(t, "\033[99;7~", 7);
	vt_run(t, 100);
	vt_keys(t, "k");
	wait_for(t, "37 keys, last: k");
	finish(t);
}

void test_mouse(void)
{
	struct vt *t = start();
	CHECK(!vt_mouse(t) && !sent(t, "\033[?1000h"));
	vt_keys(t, "m");
	vt_settle(t, QUIET, LIMIT);
	CHECK(vt_mouse(t));
	vt_send(t, "\033[<0;11;6M\033[<0;11;6m", 20);
	wait_for(t, "last: click at 10,5");
	vt_send(t, "\033[<0;11;6M\033[<0;11;6m", 20);
	wait_for(t, "last: double at 10,5");
	vt_send(t, "\033[<64;3;4M", 10);
	wait_for(t, "last: up at 2,3");
	vt_send(t, "\033[<65;3;4M", 10);
	wait_for(t, "last: down at 2,3");
	vt_keys(t, "m");
	vt_settle(t, QUIET, LIMIT);
	CHECK(!vt_mouse(t));
	vt_keys(t, "m");
	vt_settle(t, QUIET, LIMIT);
	int status;
	vt_keys(t, "A");
	CHECK(vt_exited(t, LIMIT, &status) && !vt_mouse(t));
	vt_free(t);
}

/* From the byte on the way in to the screen that shows it. */
static long time_to(struct vt *t, const char *bytes, const char *expected)
{
	long before = vt_now();
	vt_send(t, bytes, strlen(bytes));
	while (!vt_has(t, expected) && vt_now() - before < 5000)
		vt_run(t, 1);
	return vt_now() - before;
}

void test_esc_quick(void)
{
	struct vt *t = start();
	long best = 5000;
	for (int i = 0; i < 5; i++) {
		char expected[40];
		snprintf(expected, sizeof expected, "%d keys, last: esc", i + 1);
		long took = time_to(t, "\033", expected);
		best = took < best ? took : best;
	}
	CHECK(best < 60);
	finish(t);
}

/* Text from the clipboard is never a command, whatever is in it. */
void test_paste(void)
{
	static const char text[] = "\033[200~jq\r\033\001\tqZ\033[201~k";
	static const char lines[] = "\033[200~one\rtwo\033[201~";
	struct vt *t = start();
	CHECK(sent(t, "\033[?2004h"));
	vt_send(t, text, sizeof text - 1);
	wait_for(t, "7 keys, last: k");
	vt_keys(t, "q");
	int status = -1;
	CHECK(vt_exited(t, LIMIT, &status) && status == 0 && sent(t, "\033[?2004l"));
	vt_free(t);
	t = start_with("form", (struct vt_options){0});
	vt_keys(t, "<tab>");
	vt_send(t, lines, sizeof lines - 1);
	wait_for(t, "one two");
	vt_keys(t, "<tab>");
	vt_send(t, lines, sizeof lines - 1);
	wait_for(t, "             two");
	vt_free(t);
}

/* Line noise: any bytes at all, but not the keys that end the demo. */
void test_noise(void)
{
	struct vt *t = start_with("show", (struct vt_options){.job = true});
	unsigned seed = 42;
	for (int i = 0; i < 400; i++) {
		char bytes[50];
		for (size_t at = 0; at < sizeof bytes; at++) {
			seed = seed * 1103515245u + 12345u;
			bytes[at] = (char)(seed >> 17);
			if ((seed >> 8) % 8 == 0)
				bytes[at] = "\033[<;M0O"[(seed >> 25) % 8];
			if (strchr("qzASeEy", bytes[at]))
				bytes[at] = '.';
		}
		vt_send(t, bytes, sizeof bytes);
		vt_run(t, 1);
		if (i % 40 == 0)
			vt_resize(t, 20 + i / 8, 5 + i / 40);
	}
	vt_run(t, 300);
	vt_send(t, "\033[201~", 6);
	vt_run(t, 100);
	vt_keys(t, "j<resize:80x24>");
	wait_for(t, "last: j");
	finish(t);
}

static int by_size(const void *a, const void *b)
{
	long x = *(const long *)a, y = *(const long *)b;
	return (x > y) - (x < y);
}

/* From the key to the last byte it causes. The limit is for busy machines with
 * sanitizers; the figure is printed to be looked at. */
void test_latency(void)
{
	enum { KEYS = 200 };
	struct vt *t =
	    start_with("show", (struct vt_options){.width = 200, .height = 50});
	long took[KEYS];
	for (int i = 0; i < KEYS; i++)
		took[i] = vt_latency(t, i % 14 < 7 ? "\033OB" : "\033OA", 6);
	qsort(took, KEYS, sizeof *took, by_size);
	printf("  key to last byte: median %ld us, 95 of 100 within %ld us\n",
	    took[KEYS / 2], took[KEYS * 95 / 100]);
	CHECK(took[KEYS / 2] > 0 && took[KEYS / 2] < 20000);
	finish(t);
}
