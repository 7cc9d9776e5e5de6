#ifndef HUDDLE_TERM_H
#define HUDDLE_TERM_H

#include <stdbool.h>
#include "huddle/err.h"
#include "huddle/keys.h"
#include "huddle/surface.h"

/*
 * The only room with curses. One terminal per process. It takes care of the
 * locale, unknown TERM (tried as xterm-256color, then vt100, said once),
 * colours, resizing, ^Z and fg, and gives the terminal back on every way out,
 * crashes included.
 */
struct term_options {
	const struct theme *theme;
	bool ascii;    /* also on by itself when the locale is not UTF-8 */
	bool no_color; /* --no-color; NO_COLOR set and not empty counts as well */
	bool mouse;
};

bool term_open(const struct term_options *options, struct err *err);
void term_close(void);
bool term_is_open(void);
const char *term_notice(void); /* something to tell once, or NULL */
bool term_ascii(void);         /* as decided */
void term_size(int *width, int *height);
void term_mouse(bool on);
void term_theme(const struct theme *theme);

/* Wait for one event at most `ms` milliseconds (-1: for ever). */
enum event_kind { EVENT_NONE, EVENT_KEY, EVENT_MOUSE, EVENT_RESIZE, EVENT_RESUMED,
	EVENT_HANGUP, /* SIGHUP, SIGTERM, or the terminal is gone: save and leave */
	EVENT_WATCHED /* the descriptor of term_watch() can be read */ };
struct event {
	enum event_kind kind;
	struct key key;
	bool pasted;   /* EVENT_KEY: text for a field, never a command; lines of it
	                * end in alt-enter */
	int x, y;      /* EVENT_MOUSE */
	enum { MOUSE_CLICK, MOUSE_DOUBLE, MOUSE_UP, MOUSE_DOWN } button;
	int signal;    /* EVENT_HANGUP: which, 0 for a lost terminal */
};
void term_next(struct event *out, int ms);
/* Milliseconds of no particular day; stands still at 0 without a terminal. */
int64_t term_now(void);
/* Wake up for these as well; -1: for nothing. */
enum term_watched { WATCH_STORE, WATCH_WORK, WATCH_SERVER, TERM_WATCHED };
void term_watch(enum term_watched which, int fd);
bool term_pending(void); /* another event is waiting: draw later */

/* Paint what differs from the last call and park the cursor. */
void term_paint(const struct surface *s);
void term_repaint(void); /* ^L: forget what is on the screen */
/* Stop like any job on ^Z; returns after fg. */
void term_suspend(void);
/* Run argv on the terminal (an editor) and come back. False if it could not
 * run or did not exit with 0. */
bool term_run(char *const argv[], struct err *err);
/* Put text on the clipboard with OSC 52, wrapped for tmux. */
void term_copy(struct slice text);

#endif
