#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "test_term.h"

/* Starting, stopping, ending, and every size on the way. */

void test_restores(void)
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

void test_crashes(void)
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

void test_suspend(void)
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
void test_suspend_alone(void)
{
	struct vt *t = start();
	vt_keys(t, "z");
	wait_for(t, "last: z");
	CHECK(vt_alternate(t));
	vt_keys(t, "j");
	wait_for(t, "last: j");
	finish(t);
}

void test_resize(void)
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

void test_starts_tiny(void)
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

void test_unknown_term(void)
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
void test_terms(void)
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

void test_run(void)
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
void test_hang_up(void)
{
	struct vt *t = start();
	int status = 0;
	vt_hang_up(t);
	CHECK(vt_exited(t, LIMIT, &status));
	CHECK(WIFEXITED(status) &&
	      (WEXITSTATUS(status) == 129 || WEXITSTATUS(status) == 1));
	vt_free(t);
}

void test_env_size(void)
{
	static const char *const env[] = {"LINES=10", "COLUMNS=30", NULL};
	struct vt *t = start_with("show", (struct vt_options){.env = env});
	CHECK(vt_has(t, "demo 80x24"));
	finish(t);
}
