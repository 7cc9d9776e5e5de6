#ifndef HUDDLE_KEYS_H
#define HUDDLE_KEYS_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/str.h"

/*
 * A key: a character (its code point) or one of the named keys, with ctrl and
 * alt. ctrl with a letter has the lower-case letter as its code.
 */
enum key_name { KEYNAME_NONE = 0x110000, KEYNAME_ENTER, KEYNAME_ESC, KEYNAME_TAB,
	KEYNAME_BACKTAB, KEYNAME_BACKSPACE, KEYNAME_DELETE, KEYNAME_INSERT, KEYNAME_UP,
	KEYNAME_DOWN, KEYNAME_LEFT, KEYNAME_RIGHT, KEYNAME_HOME, KEYNAME_END, KEYNAME_PGUP,
	KEYNAME_PGDN, KEYNAME_SPACE, KEYNAME_F1 /* .. F12 follow */,
	KEYNAME_F12 = KEYNAME_F1 + 11 };

struct key {
	uint32_t code;
	bool ctrl, alt;
};

/* "j", "G", "enter", "ctrl-e", "alt-x", "f1", "space", "?" */
bool key_parse(const char *name, struct key *out);
const char *key_text(struct key key, char buf[24]);
bool key_eq(struct key a, struct key b);

/* A key script for tests and --keys: "jj<enter>/acme<esc>q". Cuts the next key
 * off *rest; false at the end. "<<" is a plain <. */
bool key_script(struct slice *rest, struct key *out);

#endif
