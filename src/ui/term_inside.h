#ifndef UI_TERM_INSIDE_H
#define UI_TERM_INSIDE_H

#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <signal.h>
#include <stdbool.h>
#include <termios.h>

#include "huddle/term.h"

/*
 * Shared by the files of the terminal: term.c (open, close, size), term_paint.c,
 * term_input.c, term_signal.c, term_job.c (^Z, editor), term_copy.c. There is
 * one terminal per process, so its state is one value.
 */
enum { RESTORE_MOST = 256 };

/* Codes of our own for what encloses pasted text; beyond those of curses. */
enum { INPUT_PASTE = KEY_MAX + 4001, INPUT_PASTED };

struct terminal {
	bool open;
	SCREEN *screen;
	WINDOW *input; /* a pad: reading from it never refreshes the screen */
	int in, out;   /* file descriptors */
	struct termios saved;
	bool utf8, ascii, color, mouse;
	bool own_colors; /* the terminal's own can be asked for */
	struct theme theme;
	attr_t attrs[ROLE_COUNT]; /* what each role looks like here */
	bool cursor_shown;
	struct surface shown; /* what was painted last */
	bool shown_good;      /* and is it still there? */
	char notice[256];
	char paste_on[16], paste_off[16]; /* bracketed paste; "" where there is none */
};
extern struct terminal terminal;

/* term_gather.c: a frame goes to the terminal in one write */
void gather_open(void); /* sets terminal.out */
void gather_close(void);
void gather_refresh(void); /* refresh() */

/* term_paint.c */
void paint_looks(void);  /* work out attrs and pairs from the theme */
void paint_forget(void); /* nothing on the screen can be relied on */
void paint_release(void);

/* term_signal.c: handlers set a flag and wake poll(); nothing else. */
struct signals {
	volatile sig_atomic_t hangup;  /* the signal, or 0 */
	volatile sig_atomic_t resized; /* SIGWINCH */
	volatile sig_atomic_t stop;    /* SIGTSTP from outside */
	volatile sig_atomic_t resumed; /* SIGCONT */
};
extern struct signals signals;
bool signals_open(struct err *err);
void signals_close(void);
int signals_fd(void); /* readable when a flag was set */
void signals_drain(void);
void signals_restore_bytes(const char *bytes, size_t len); /* for crashes */
void signals_stop(void); /* stop as the shell expects; returns when continued */
/* For the time another program has the terminal: its ^C and ^Z are not ours. */
void signals_lend(void);
void signals_back(void);

/* term_input.c */
bool input_read(struct event *out); /* what is there now, without waiting */
void input_forget(void);

void term_paste(bool on); /* ask for pasted text in brackets, or not */
bool write_all(int fd, const char *bytes, size_t len);
bool term_fit(void); /* take the size the terminal has now; false: unchanged */

#endif
