/*
 * What a terminal must go through with the room ui, seen from its side:
 * test_term DEMO [NAME]. A plain main(): one process per program under test.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vt.h"

enum { QUIET = 60, LIMIT = 10000 };

static const char *demo;
static int failures;

#define CHECK(what) check((what), #what, __func__, __LINE__)

static bool check(bool good, const char *what, const char *where, int line)
{
	if (!good) {
		failures++;
		printf("  FAIL %s:%d: %s\n", where, line, what);
	}
	return good;
}

static struct vt *start_with(const char *mode, struct vt_options options)
{
	char *argv[] = {(char *)demo, (char *)mode, NULL};
	options.argv = argv;
	if (!options.width) {
		options.width = 80;
		options.height = 24;
	}
	struct vt *t = vt_start(&options);
	vt_ready(t, QUIET, LIMIT);
	return t;
}

static struct vt *start(void)
{
	return start_with("show", (struct vt_options){0});
}

static bool contains(struct slice raw, const char *bytes, size_t len)
{
	return raw.len >= len && memmem(raw.p, raw.len, bytes, len) != NULL;
}

static bool sent(struct vt *t, const char *bytes)
{
	return contains(vt_raw(t), bytes, strlen(bytes));
}

static void wait_for(struct vt *t, const char *text)
{
	for (int i = 0; i < 200 && !vt_has(t, text); i++)
		vt_run(t, 25);
	if (!vt_has(t, text)) {
		struct str screen = STR_INIT;
		vt_text(t, &screen);
		printf("  no \"%s\" in:\n%s", text, str_text(&screen));
		str_release(&screen);
		failures++;
	}
}

static void finish(struct vt *t)
{
	int status = -1;
	vt_keys(t, "q");
	CHECK(vt_exited(t, LIMIT, &status) && WIFEXITED(status) &&
	      WEXITSTATUS(status) == 0);
	if (status)
		printf("  status %x: %.3000s\n", (unsigned)status, vt_raw(t).p);
	vt_free(t);
}

static void test_keys(void)
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

static void test_restores(void)
{
	struct vt_options job = {.job = true};
	const struct {
		int number, status;
	} cases[] = {{SIGTERM, 143}, {SIGHUP, 129}, {SIGINT, 130}, {SIGQUIT, 131}};
	for (size_t i = 0; i < 4; i++) {
		struct termios before, after, during;
		struct vt *fresh = start_with("show", job);
		int status = 0;
		vt_tty(fresh, &during);
		kill(vt_pid(fresh), cases[i].number);
		CHECK(vt_exited(fresh, LIMIT, &status));
		CHECK(WIFEXITED(status) && WEXITSTATUS(status) == cases[i].status);
		vt_tty(fresh, &after);
		CHECK(!vt_alternate(fresh));
		CHECK(!vt_tty_same(&during, &after));
		CHECK((after.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
		vt_free(fresh);

		char nothing[] = "/bin/true";
		char *const command[] = {nothing, NULL};
		struct vt *plain = vt_start(
		    &(struct vt_options){.width = 80, .height = 24, .argv = command});
		vt_exited(plain, LIMIT, &status);
		vt_tty(plain, &before);
		CHECK(vt_tty_same(&before, &after));
		vt_free(plain);
	}
}

static void test_crashes(void)
{
	const struct {
		const char *key;
		int number;
	} cases[] = {{"A", SIGABRT}, {"S", SIGSEGV}};
	for (size_t i = 0; i < 2; i++) {
		struct vt *t = start();
		struct termios after;
		bool visible;
		int x, y, status = 0;
		vt_keys(t, cases[i].key);
		CHECK(vt_exited(t, LIMIT, &status));
		/* A sanitizer turns the signal into its own exit. */
		CHECK(WIFSIGNALED(status) ? WTERMSIG(status) == cases[i].number
		                          : WEXITSTATUS(status) != 0);
		CHECK(!vt_alternate(t));
		vt_cursor(t, &x, &y, &visible);
		CHECK(visible);
		vt_tty(t, &after);
		CHECK((after.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
		CHECK((after.c_iflag & ICRNL) && (after.c_oflag & ONLCR));
		vt_free(t);
	}
}

static void test_suspend(void)
{
	struct vt *t = start_with("show", (struct vt_options){.job = true});
	struct termios during, stopped, resumed;
	vt_tty(t, &during);
	vt_keys(t, "z");
	CHECK(vt_stopped(t, LIMIT));
	CHECK(!vt_alternate(t));
	vt_tty(t, &stopped);
	CHECK((stopped.c_lflag & (ICANON | ECHO | ISIG)) == (ICANON | ECHO | ISIG));
	vt_forget(t);
	vt_continue(t);
	CHECK(vt_settle(t, QUIET, LIMIT));
	CHECK(vt_alternate(t));
	CHECK(vt_has(t, "demo 80x24") && vt_has(t, "last: z"));
	vt_tty(t, &resumed);
	CHECK(vt_tty_same(&during, &resumed));
	CHECK(vt_run(t, 300) == 0); /* and no endless drawing after fg */

	kill(vt_pid(t), SIGTSTP); /* stopped from outside, resized meanwhile */
	CHECK(vt_stopped(t, LIMIT));
	vt_resize(t, 60, 20);
	vt_continue(t);
	wait_for(t, "demo 60x20");

	kill(vt_pid(t), SIGSTOP); /* no chance to tidy up before this one */
	CHECK(vt_stopped(t, LIMIT));
	vt_continue(t);
	wait_for(t, "last: resumed");
	vt_keys(t, "j");
	wait_for(t, "last: j");
	finish(t);
}

/* Nobody could continue it, so it does not stop: the screen just comes back. */
static void test_suspend_alone(void)
{
	struct vt *t = start();
	vt_keys(t, "z");
	wait_for(t, "last: z");
	CHECK(vt_alternate(t));
	vt_keys(t, "j");
	wait_for(t, "last: j");
	finish(t);
}

static void test_resize(void)
{
	static const int sizes[][2] = {{1, 1}, {200, 50}, {1, 40}, {120, 1}, {2, 2},
	    {5, 3}, {40, 10}, {7, 60}, {80, 24}};
	static const char *const modes[] = {"show", "form"};
	for (size_t m = 0; m < 2; m++) {
		struct vt *t = start_with(modes[m], (struct vt_options){0});
		for (int round = 0; round < 5; round++) {
			for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
				vt_resize(t, sizes[i][0], sizes[i][1]);
				vt_keys(t, "<down>"); /* no key is lost meanwhile */
				vt_run(t, 4);
			}
		}
		wait_for(t, "demo 80x24");
		wait_for(t, "45 keys");
		for (int i = 0; i < 24; i++) { /* each size down to nothing on its own */
			vt_resize(t, 80 - 3 * i - 1, 24 - i);
			vt_settle(t, 20, 1000);
		}
		vt_resize(t, 1, 1);
		vt_settle(t, QUIET, 1000);
		vt_resize(t, 80, 24);
		wait_for(t, "demo 80x24");
		int status = -1;
		vt_keys(t, m ? "<esc>" : "q");
		CHECK(vt_exited(t, LIMIT, &status) && status == 0);
		vt_free(t);
	}
}

static void test_starts_tiny(void)
{
	static const char *const modes[] = {"show", "form"};
	for (size_t m = 0; m < 2; m++) {
		struct vt *t =
		    start_with(modes[m], (struct vt_options){.width = 1, .height = 1});
		vt_keys(t, "<down><tab>x");
		vt_run(t, 100);
		vt_resize(t, 80, 24);
		wait_for(t, "3 keys");
		vt_free(t);
	}
}

static void test_unknown_term(void)
{
	struct vt *t = start_with("show", (struct vt_options){.term = "xterm-kitty"});
	CHECK(vt_has(t, "terminal type \"xterm-kitty\" is not known here"));
	CHECK(vt_has(t, "demo 80x24"));
	finish(t);
	t = start_with("show", (struct vt_options){.term = ""});
	CHECK(vt_has(t, "demo 80x24"));
	finish(t);
	t = start_with("show", (struct vt_options){.term = "dumb"});
	int status = 0;
	CHECK(vt_exited(t, LIMIT, &status) && WEXITSTATUS(status) == 1);
	CHECK(sent(t, "\"dumb\" can not move its cursor"));
	vt_free(t);
}

/* Terminals of all ages show the same letters. */
static void test_terms(void)
{
	static const char *const terms[] = {"xterm", "vt100", "linux", "screen",
	    "screen-256color", "tmux-256color", "ansi", "rxvt", "xterm-direct"};
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		struct vt *t = start_with("show", (struct vt_options){.term = terms[i]});
		if (!CHECK(vt_has(t, "demo 80x24") && vt_has(t, "ascii only")))
			printf("  TERM=%s\n", terms[i]);
		finish(t);
	}
}

/* Any SGR that names a colour: 30-49, 90-107. */
static bool names_color(struct slice raw)
{
	for (size_t i = 0; i + 2 < raw.len; i++) {
		if (raw.p[i] != '\033' || raw.p[i + 1] != '[')
			continue;
		size_t at = i + 2;
		int value = 0;
		bool color = false;
		for (; at < raw.len &&
		       (raw.p[at] == ';' || (raw.p[at] >= '0' && raw.p[at] <= '9'));
		     at++) {
			value = raw.p[at] == ';' ? 0 : value * 10 + (raw.p[at] - '0');
			color = color || (value >= 30 && value <= 49) ||
			        (value >= 90 && value <= 107);
		}
		if (at < raw.len && raw.p[at] == 'm' && color)
			return true;
	}
	return false;
}

static void test_colors(void)
{
	static const char *const none[] = {"NO_COLOR=1", NULL}, *const empty[] = {
	                                                            "NO_COLOR=", NULL};
	struct vt *t = start_with("show", (struct vt_options){.env = none});
	vt_keys(t, "<down><down>");
	vt_settle(t, QUIET, LIMIT);
	CHECK(!names_color(vt_raw(t)));
	CHECK(vt_cell(t, 5, 5).reverse); /* the selection is there all the same */
	finish(t);

	t = start_with("show", (struct vt_options){.env = empty});
	CHECK(names_color(vt_raw(t)));
	CHECK(vt_cell(t, 70, 20).bg_default);
	CHECK(vt_cell(t, 3, 12).bg == 208);                 /* risk-high of 256 colours */
	CHECK(!sent(t, "\033]4;") && !sent(t, "\033]104")); /* the palette is not ours */
	finish(t);

	t = start_with("show", (struct vt_options){.term = "xterm"});
	CHECK(names_color(vt_raw(t)));
	CHECK(!sent(t, "38;5;") && !sent(t, "48;5;"));
	finish(t);
}

static void test_ascii(void)
{
	static const char *const locales[] = {"C", "POSIX", "xx_YY.ISO-8859-1"};
	for (size_t i = 0; i < 3; i++) {
		struct vt *t =
		    start_with("show", (struct vt_options){.locale = locales[i]});
		struct slice raw = vt_raw(t);
		bool pure = true;
		CHECK(vt_has(t, "demo 80x24") && vt_has(t, "Zurich Lodz"));
		for (size_t at = 0; at < raw.len; at++)
			pure = pure && !((unsigned char)raw.p[at] & 0x80);
		CHECK(pure);
		vt_send(t, "\xC3\xA9j", 3); /* letters that it can not have */
		wait_for(t, "last: j");
		CHECK(vt_run(t, 200) == 0);
		finish(t);
	}
	/* Named by ssh, not installed here: the terminal is UTF-8 all the same. */
	struct vt *t = start_with("show", (struct vt_options){.locale = "xx_YY.UTF-8"});
	CHECK(vt_has(t, "東京の会議"));
	finish(t);
}

static void test_hostile(void)
{
	static const char *const never[] = {"\033]0;", "owned\a", "\033[2J\033[H end",
	    "\xE2\x80\xAE", "\xE2\x81\xA6", "\xC2\x9B", "\x9B", "\xE2\x80\x8B",
	    "\xF3\xA0\x81\x81", "\xFF"};
	struct vt *t = start();
	vt_keys(t, "<ctrl-l><down><up><resize:100x30>");
	wait_for(t, "demo 100x30");
	vt_run(t, 200);
	for (size_t i = 0; i < sizeof never / sizeof *never; i++) {
		if (!CHECK(!sent(t, never[i])))
			printf("  number %zu\n", i);
	}
	CHECK(vt_has(t, "spoofed") && vt_has(t, "back "));
	finish(t);
}

/* The border drawn behind texts of odd widths stands in one column. */
static void test_wide(void)
{
	struct vt *t = start();
	for (int y = 3; y < 9; y++) {
		CHECK(!strcmp(vt_cell(t, 40, y).bytes, "|"));
		CHECK(!strcmp(vt_cell(t, 56, y).bytes, "|"));
	}
	CHECK(vt_cell(t, 42, 4).width == 2);
	CHECK(!strcmp(vt_cell(t, 45, 5).bytes, "e\u0301"));
	CHECK(vt_has(t, "a long t…") && vt_has(t, "東京の…"));
	finish(t);
}

static void test_idle(void)
{
	struct vt *t = start();
	CHECK(vt_run(t, 1000) == 0);
	vt_keys(t, "<f9>");
	CHECK(vt_settle(t, QUIET, LIMIT));
	vt_forget(t);
	CHECK(vt_run(t, 300) == 0);
	finish(t);
}

static void test_cursor(void)
{
	struct vt *t = start();
	bool visible;
	int x, y;
	vt_keys(t, "<down><down>");
	wait_for(t, "2 keys");
	vt_cursor(t, &x, &y, &visible);
	CHECK(visible && x == 0 && y == 5);
	finish(t);
}

static void test_mouse(void)
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

static void test_copy(void)
{
	static const char *const tmux[] = {"TMUX=/tmp/x,1,0", NULL};
	/* "Acme ^[[31mred\t€5\n": the escape sequence has become harmless */
	static const char code[] = "\033]52;c;QWNtZSBeW1szMW1yZWQJ4oKsNQo=\a";
	struct vt *t = start();
	vt_keys(t, "y");
	vt_settle(t, QUIET, LIMIT);
	CHECK(sent(t, code));
	CHECK(!sent(t, "\033Ptmux"));
	finish(t);
	t = start_with("show", (struct vt_options){.env = tmux});
	vt_keys(t, "y");
	vt_settle(t, QUIET, LIMIT);
	CHECK(sent(t, "\033Ptmux;\033\033]52;c;QWNt"));
	finish(t);
}

static void test_run(void)
{
	struct vt *t = start();
	vt_keys(t, "e");
	wait_for(t, "last: it ran");
	CHECK(vt_alternate(t));
	vt_keys(t, "E");
	wait_for(t, "can not be run: No such file or directory");
	vt_keys(t, "j");
	wait_for(t, "last: j");
	finish(t);
}

/* The window is closed: the program must not spin or stay. */
static void test_hang_up(void)
{
	struct vt *t = start();
	int status = 0;
	vt_hang_up(t);
	CHECK(vt_exited(t, LIMIT, &status));
	CHECK(WIFEXITED(status) &&
	      (WEXITSTATUS(status) == 129 || WEXITSTATUS(status) == 1));
	vt_free(t);
}

static void test_env_size(void)
{
	static const char *const env[] = {"LINES=10", "COLUMNS=30", NULL};
	struct vt *t = start_with("show", (struct vt_options){.env = env});
	CHECK(vt_has(t, "demo 80x24"));
	finish(t);
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

static void test_esc_quick(void)
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
static void test_paste(void)
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
static void test_noise(void)
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
static void test_latency(void)
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

static const struct {
	const char *name;
	void (*run)(void);
} tests[] = {
    {"keys", test_keys},
    {"esc", test_esc_quick},
    {"restores", test_restores},
    {"crashes", test_crashes},
    {"suspend", test_suspend},
    {"suspend-alone", test_suspend_alone},
    {"resize", test_resize},
    {"tiny", test_starts_tiny},
    {"unknown-term", test_unknown_term},
    {"terms", test_terms},
    {"colors", test_colors},
    {"ascii", test_ascii},
    {"hostile", test_hostile},
    {"wide", test_wide},
    {"idle", test_idle},
    {"cursor", test_cursor},
    {"mouse", test_mouse},
    {"copy", test_copy},
    {"run", test_run},
    {"hang-up", test_hang_up},
    {"env-size", test_env_size},
    {"paste", test_paste},
    {"noise", test_noise},
    {"latency", test_latency},
};

int main(int argc, char **argv)
{
	if (argc < 2) {
		fprintf(stderr, "usage: test_term DEMO [NAME]\n");
		return 2;
	}
	demo = argv[1];
	for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
		if (argc > 2 && strcmp(argv[2], tests[i].name) != 0)
			continue;
		int before = failures;
		tests[i].run();
		printf("%s %s\n", failures == before ? "ok  " : "FAIL", tests[i].name);
		fflush(stdout);
	}
	return failures != 0;
}
