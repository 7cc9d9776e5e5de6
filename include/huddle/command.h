#ifndef HUDDLE_COMMAND_H
#define HUDDLE_COMMAND_H

#include <stddef.h>
#include "huddle/pane.h"

/*
 * Everything a person can do is a row of one table: keys, the : palette, the ?
 * help and the footer all come from it, so nothing can be bound and not told.
 */
struct app;

enum command_group { GROUP_MOVE, GROUP_DEALS, GROUP_DEAL, GROUP_ACTIONS, GROUP_MEETING, GROUP_SCREEN,
	COMMAND_GROUPS };
extern const char *const command_groups[COMMAND_GROUPS];

/* What must hold; the dispatcher checks it once and says what is missing. */
enum command_needs {
	NEEDS_DEAL = 1u << 0,
	NEEDS_LOST = 1u << 1,
	NEEDS_ENTRY = 1u << 2,
	NEEDS_ACTION = 1u << 3,
	NEEDS_MEMBER = 1u << 4,
	NEEDS_WRITE = 1u << 5,
	NEEDS_FILTER = 1u << 6,
	NEEDS_TERMINAL = 1u << 7,
	NEEDS_NO_FORM = 1u << 8, /* another deal or form: not while one is written */
	NEEDS_FORM = 1u << 9,
	NEEDS_FACTS = 1u << 10,
	NEEDS_REVIEW = 1u << 11,
};

#define IN(pane)  (1u << (pane))
#define IN_PANES  ((1u << PANES_KEYED) - 1) /* every pane where keys are not text */
#define IN_FORM   IN(PANE_FORM)
#define IN_ALL    (IN_PANES | IN_FORM)

struct command {
	const char *name;  /* in the palette and under [keys]: "add-action" */
	const char *title; /* "add an action to this deal" */
	const char *hint;  /* a word for the footer; NULL: not there */
	const char *keys;  /* as shipped, separated by blanks */
	unsigned panes;    /* bit per enum pane_id in which its keys work */
	unsigned needs;
	enum command_group group;
	void (*run)(struct app *app, int arg);
	int arg;
};

extern const struct command commands[];
extern const size_t n_commands;

#endif
