#ifndef HUDDLE_STYLE_H
#define HUDDLE_STYLE_H

#include <stdbool.h>
#include "huddle/err.h"
#include "huddle/str.h"

/*
 * What can be painted. Drawing code names a role, never a colour; a theme
 * gives each role a look. One list: the enum, the names in theme files and the
 * documentation come from it.
 */
#define ROLES(_) \
	_(TEXT, "text", "plain text") \
	_(MUTED, "muted", "what matters less") \
	_(TITLE, "title", "titles of panes") \
	_(TITLE_FOCUS, "title-focus", "title of the pane that has the keys") \
	_(HEADER, "header", "the line at the top") \
	_(FOOTER, "footer", "the line at the bottom") \
	_(KEY, "key", "keys in the footer and in help") \
	_(BORDER, "border", "lines between panes") \
	_(SELECTED, "selected", "the selected row of the focused pane") \
	_(SELECTED_IDLE, "selected-idle", "the selected row of another pane") \
	_(RISK_HIGH, "risk-high", "high slip risk") \
	_(RISK_WATCH, "risk-watch", "slip risk to watch") \
	_(RISK_LOW, "risk-low", "low slip risk") \
	_(UNKNOWN, "unknown", "what was not captured") \
	_(MARKETING, "marketing", "marketing touches") \
	_(SALES, "sales", "sales activities") \
	_(QUIET, "quiet", "quiet stretches") \
	_(COMMITTEE, "committee", "people of the buying committee") \
	_(MONEY, "money", "amounts") \
	_(WON, "won", "won deals") \
	_(LOST, "lost", "lost deals") \
	_(OVERDUE, "overdue", "what is late") \
	_(MATCH, "match", "what a filter matched") \
	_(FIELD, "field", "a field of a form") \
	_(FIELD_FOCUS, "field-focus", "the field being filled in") \
	_(MESSAGE, "message", "what happened") \
	_(ERROR, "error", "what went wrong")

enum role {
#define ROLE_ENUM(id, name, text) ROLE_##id,
	ROLES(ROLE_ENUM)
#undef ROLE_ENUM
	ROLE_COUNT
};

const char *role_name(enum role role);
const char *role_text(enum role role); /* for the documentation */
bool role_find(const char *name, enum role *out);

/* Colours are -1 (the terminal's own), 0..15 or 16..255. */
struct look {
	short fg, bg;
	bool bold, underline, reverse, dim;
};

struct theme {
	char name[32];
	struct look low[ROLE_COUNT];  /* for terminals of 8 or 16 colours */
	struct look high[ROLE_COUNT]; /* for 256 and more */
	struct look mono[ROLE_COUNT]; /* NO_COLOR and terminals without colours */
};

/*
 * A theme by name: $XDG_CONFIG_HOME/huddle/themes/NAME.theme, else built in.
 * Unknown keys and bad values are warnings appended to `warnings` with their
 * lines, never failures; an unknown name is a failure that lists the names.
 */
bool theme_load(struct theme *out, const char *name, struct str *warnings, struct err *err);
void theme_names(struct str *out); /* "default, light, ..." */

#endif
