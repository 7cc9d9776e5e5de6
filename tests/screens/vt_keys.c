#include <stdio.h>
#include <string.h>

#include "huddle/keys.h"
#include "vt_inside.h"

/* Longer than the time programs wait to tell Esc from a function key. */
enum { ESC_PAUSE = 80 };

static const struct {
	uint32_t code;
	VTermKey key;
} named[] = {
    {KEYNAME_ENTER, VTERM_KEY_ENTER},
    {KEYNAME_ESC, VTERM_KEY_ESCAPE},
    {KEYNAME_TAB, VTERM_KEY_TAB},
    {KEYNAME_BACKSPACE, VTERM_KEY_BACKSPACE},
    {KEYNAME_DELETE, VTERM_KEY_DEL},
    {KEYNAME_INSERT, VTERM_KEY_INS},
    {KEYNAME_UP, VTERM_KEY_UP},
    {KEYNAME_DOWN, VTERM_KEY_DOWN},
    {KEYNAME_LEFT, VTERM_KEY_LEFT},
    {KEYNAME_RIGHT, VTERM_KEY_RIGHT},
    {KEYNAME_HOME, VTERM_KEY_HOME},
    {KEYNAME_END, VTERM_KEY_END},
    {KEYNAME_PGUP, VTERM_KEY_PAGEUP},
    {KEYNAME_PGDN, VTERM_KEY_PAGEDOWN},
};

/* libvterm sends what a terminal in the present mode would. */
static void type_key(struct vt *t, struct key key)
{
	VTermModifier with =
	    (key.ctrl ? VTERM_MOD_CTRL : 0) | (key.alt ? VTERM_MOD_ALT : 0);
	if (key.code == KEYNAME_BACKTAB) {
		vt_send(t, "\033[Z", 3);
	} else if (key.code == KEYNAME_SPACE) {
		vterm_keyboard_unichar(t->vterm, ' ', with);
	} else if (key.code >= KEYNAME_F1 && key.code <= KEYNAME_F12) {
		int number = (int)(key.code - KEYNAME_F1) + 1;
		vterm_keyboard_key(t->vterm, (VTermKey)VTERM_KEY_FUNCTION(number), with);
	} else if (key.code < KEYNAME_NONE) {
		vterm_keyboard_unichar(t->vterm, key.code, with);
	}
	for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
		if (named[i].code == key.code)
			vterm_keyboard_key(t->vterm, named[i].key, with);
	}
	if (key.code == KEYNAME_ESC)
		vt_run(t, ESC_PAUSE);
}

/* "<resize:40x10>" and "<wait:100>", which no keyboard has. */
static bool direction(struct vt *t, struct slice *rest)
{
	char word[32];
	int width, height, ms, used = 0;
	slice_copy(*rest, word, sizeof word);
	if (sscanf(word, "<resize:%dx%d>%n", &width, &height, &used) == 2 && used)
		vt_resize(t, width, height);
	else if (sscanf(word, "<wait:%d>%n", &ms, &used) == 1 && used)
		vt_run(t, ms);
	else
		return false;
	rest->p += used;
	rest->len -= (size_t)used;
	return true;
}

void vt_keys(struct vt *t, const char *script)
{
	struct slice rest = slice_of(script);
	struct key key;
	while (rest.len) {
		if (!direction(t, &rest) && key_script(&rest, &key))
			type_key(t, key);
	}
}
