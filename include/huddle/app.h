#ifndef HUDDLE_APP_H
#define HUDDLE_APP_H

#include <stdbool.h>
#include <stdio.h>
#include "huddle/date.h"
#include "huddle/store.h"

/*
 * The review on the screen. What the command line says wins over the settings
 * file; a member left at zero is not said.
 */
struct app_options {
	struct store_options store; /* path, read_only, person */
	day_t today;                /* must be set; never the clock's */
	const char *theme;          /* NULL: the settings', else "default" */
	bool ascii;                 /* --ascii */
	bool no_color;              /* --no-color; NO_COLOR is term's to read */
	enum app_mouse { MOUSE_SETTING, MOUSE_ON, MOUSE_OFF } mouse;
	const char *filter;         /* what / starts with: "owner:ana acme" */
	const char *debrief;        /* only the form of this deal's debrief: its id; NULL: all */
	const char *config;         /* settings file; NULL: the user's huddle.ini, if any */
	const char *keys;           /* a key script to play before the keyboard: "jj<enter>" */
	/*
	 * For tests and for scripts that want one picture: no terminal at all. The
	 * key script is played on a screen of width x height cells, and what it
	 * shows at the end is written to `screen` as text.
	 */
	FILE *screen; /* NULL: the terminal */
	int width, height;
};

/* Run until the user leaves: enum exit_status, or 128 + n after signal n.
 * Troubles are printed on standard error after the terminal is given back. */
int app_run(const struct app_options *options);

/* The settings file's keys with what they do, one per line, for the manual. */
const char *app_settings_help(void);
struct ini;
struct str;
/* The i-th setting of the review and its last right value in the file, as text; the
 * default when there is none, NULL when it has none. False after the last. */
bool app_setting_at(int i, const struct ini *ini, const char **name, const char **value);
/* All of them with comments and the keys, as a file. */
void app_settings_print(struct str *out, const struct ini *ini);

#endif
