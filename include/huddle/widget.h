#ifndef HUDDLE_WIDGET_H
#define HUDDLE_WIDGET_H

#include <stdbool.h>
#include "huddle/keys.h"
#include "huddle/str.h"
#include "huddle/surface.h"

/* Which row of a list is selected and which is at the top. Pure arithmetic;
 * the caller keeps what the rows are. */
struct list {
	int count, selected, top;
};
void list_set_count(struct list *l, int count);
void list_select(struct list *l, int row);
void list_move(struct list *l, int by);
/* Scroll so that the selection is in a window of `height` rows; keeps a margin
 * of up to 2 rows when there is room. */
void list_show(struct list *l, int height);
/* "12/47" for a title; "" when empty. */
const char *list_position(const struct list *l, char buf[32]);

/*
 * One line of text being edited, by grapheme clusters. Keys: printable, left,
 * right, home/ctrl-a, end/ctrl-e is left to the caller (external editor), backspace,
 * delete, ctrl-u (clear), ctrl-w (word), ctrl-k (to the end), alt-b/alt-f.
 */
struct edit {
	struct str text;
	size_t cursor; /* byte offset, on a cluster's edge */
	int scroll;    /* columns hidden at the left */
};
void edit_set(struct edit *e, const char *text); /* cursor at the end */
void edit_release(struct edit *e);
bool edit_key(struct edit *e, struct key key); /* false: not a key for it */
void edit_draw(struct edit *e, struct surface *s, int x, int y, int width, enum role role,
	bool focus);

/*
 * A form: fields one under the other, each a choice, a text with completion or
 * a longer text. The values are plain text; checking is the owner's.
 */
enum form_kind { FORM_TEXT, FORM_CHOICE, FORM_LONG };

struct form_field {
	const char *name, *title, *hint;
	enum form_kind kind;
	const char *const *choices; /* FORM_CHOICE, and completions of FORM_TEXT; ends with NULL */
	bool required;
	struct edit edit;
	const char *problem; /* shown under the field; NULL */
	char *loaded; /* the value as it was loaded; of the form */
	char *theirs; /* what somebody else wrote there meanwhile; NULL: nothing else */
	int columns;         /* of a longer text, as drawn last; set by form_draw() */
};

struct form {
	const char *title;
	struct form_field *fields;
	int count, focus, top;
	bool changed; /* since form_loaded() */
	int complete; /* which completion is offered; -1 none */
	int seen_width, seen_height; /* of the fields, when last drawn */
};

enum form_result { FORM_IGNORED, FORM_HANDLED, FORM_SAVE, FORM_LEAVE, FORM_EDITOR };

/*
 * Tab/down next field, shift-tab/up the one before, enter next (saves on the last), ctrl-s
 * saves, esc leaves (the owner keeps a draft), ctrl-e asks for an editor, ctrl-t
 * takes what somebody else wrote there. On a
 * choice: left/right or a first letter choose, digits pick by number. On a
 * text with completions: what matches is shown below, tab takes it and goes on,
 * right takes it and stays, down and up walk through it, esc hides it. In a longer text up and down move
 * by lines first, and alt-enter begins a new one.
 */
enum form_result form_key(struct form *f, struct key key);
void form_draw(struct form *f, struct surface *s, bool focus);
const char *form_value(const struct form *f, int field); /* borrowed */
void form_set(struct form *f, int field, const char *value);
void form_loaded(struct form *f); /* what it holds now is saved: not changed */
/*
 * Somebody else saved this value meanwhile. Where nothing was typed since it was
 * loaded, it is taken; where both wrote, theirs is shown beside ours, and ctrl-t
 * puts one in the place of the other.
 */
enum form_merge { MERGE_SAME, MERGE_TAKEN, MERGE_BOTH };
enum form_merge form_merge(struct form *f, int field, const char *theirs);
void form_release(struct form *f); /* the edits; not the array */

/* "key = value" lines, for drafts; reading ignores keys it does not know. */
void form_write(const struct form *f, struct str *out);
void form_read(struct form *f, const char *text);

#endif
