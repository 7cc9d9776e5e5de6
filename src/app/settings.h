#ifndef HUDDLE_APP_SETTINGS_H
#define HUDDLE_APP_SETTINGS_H

#include "huddle/arena.h"
#include "huddle/err.h"
#include "huddle/pane.h"
#include "huddle/rules.h"

/*
 * What a person may set, in huddle.ini of the folder of settings. A wrong line
 * is told and left out; it never stops the review.
 */
struct settings {
	struct arena arena;
	const char *theme, *person, *filter;
	bool ascii, mouse;
	enum deal_sort sort;
	enum deals_shown show;
	struct risk_rules *rules;
	int quiet_days, list_columns;
	struct setting_key {
		const char *command, *keys; /* under [keys] */
	} *keys;
	size_t n_keys;
	struct str warnings; /* a line each */
};

/* path NULL: the user's own file, which need not be there. False when a named
 * file can not be read. */
bool settings_load(struct settings *out, const char *path, struct err *err);
void settings_release(struct settings *s);

#endif
