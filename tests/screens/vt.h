#ifndef TESTS_VT_H
#define TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <termios.h>

#include "huddle/str.h"

/*
 * A terminal for tests: starts a program on a pty, keeps its screen with
 * libvterm, types keys and remembers every byte it was sent. The environment of
 * the program is built from nothing, so that a test is the same everywhere; no
 * LINES and COLUMNS, which would stop curses from following a resize.
 */
struct vt_options {
	int width, height;
	const char *locale;     /* NULL: C.UTF-8 */
	const char *term;       /* NULL: xterm-256color */
	const char *home;       /* NULL: /nonexistent */
	const char *const *env; /* more NAME=VALUE, ends with NULL; or NULL */
	char *const *argv;
	bool job; /* under a parent that behaves like a shell with job control */
};

struct vt;

long vt_now(void); /* ms, for measuring */

struct vt *vt_start(const struct vt_options *options);
/* Ends the program if it still runs. */
void vt_free(struct vt *t);

/* Take in output until there was none for `quiet` ms, after at least one byte.
 * False: nothing came or it did not stop within `deadline` ms. */
bool vt_settle(struct vt *t, int quiet, int deadline);
/* The same at the start: wait until the program reads single keys, too, so that
 * nothing typed falls into the line editing of the tty. */
bool vt_ready(struct vt *t, int quiet, int deadline);
/* Take in output for `ms` milliseconds; returns the bytes received. */
size_t vt_run(struct vt *t, int ms);

/* Send bytes and return the microseconds until the last byte that answers them
 * (the one before `quiet` ms of silence); -1 without an answer. */
long vt_latency(struct vt *t, const char *bytes, int quiet);

/* Type a key script: "jj<enter>", "<esc>" (followed by a pause), "<ctrl-x>",
 * "<resize:40x10>", "<wait:100>" (ms). */
void vt_keys(struct vt *t, const char *script);
void vt_send(struct vt *t, const char *bytes, size_t len);
void vt_resize(struct vt *t, int width, int height);

/* The screen as UTF-8, one line a row without trailing blanks, empty rows at
 * the end left out. */
void vt_text(struct vt *t, struct str *out);
void vt_row(struct vt *t, int row, struct str *out);
bool vt_has(struct vt *t, const char *text); /* is it in some row? */

struct vt_cell {
	char bytes[32];
	int width;
	bool bold, underline, reverse;
	bool fg_default, bg_default;
	int fg, bg; /* palette index, -1 when it is none */
};
struct vt_cell vt_cell(struct vt *t, int x, int y);
void vt_cursor(struct vt *t, int *x, int *y, bool *visible);
bool vt_alternate(struct vt *t); /* on the alternate screen? */
bool vt_mouse(struct vt *t);     /* are clicks reported? (since vt_forget()) */

/* Every byte received since the start; vt_forget() empties it. */
struct slice vt_raw(struct vt *t);
void vt_forget(struct vt *t);

/* The program: its process, the way it ended, the modes of the tty. */
pid_t vt_pid(struct vt *t);
bool vt_exited(struct vt *t, int deadline, int *status); /* waits; as waitpid() */
bool vt_stopped(struct vt *t, int deadline);             /* job: stopped by a signal? */
void vt_continue(struct vt *t);                          /* job: what fg does */
bool vt_tty(struct vt *t, struct termios *out);
bool vt_tty_same(const struct termios *a, const struct termios *b);
void vt_hang_up(struct vt *t); /* the terminal's window is closed */

#endif
