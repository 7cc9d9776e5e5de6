/*
 * Own forms instead of ncurses' form library: that one edits fixed buffers
 * padded with blanks, knows bytes of the locale rather than grapheme clusters,
 * and draws on curses windows, while a form here must clip to any surface, keep
 * its text through resizing and leave, and be tested without a terminal.
 */
#include <stdlib.h>
#include <string.h>

#include "form_inside.h"
#include "huddle/text.h"

static struct form_field *focused(struct form *f)
{
	if (f->count <= 0)
		return NULL;
	if (f->focus < 0 || f->focus >= f->count)
		f->focus = f->focus < 0 ? 0 : f->count - 1;
	return &f->fields[f->focus];
}

static struct slice value_of(const struct form_field *field)
{
	return (struct slice){str_text(&field->edit.text), field->edit.text.len};
}

int form_chosen(const struct form_field *field)
{
	for (int i = 0; field->choices && field->choices[i]; i++) {
		if (text_same(value_of(field), slice_of(field->choices[i])))
			return i;
	}
	return -1;
}

/* Insertion into the best few: the lists are short and the screen shorter. */
int form_matches(const struct form_field *field, const char *out[FORM_MATCHES])
{
	int scores[FORM_MATCHES], count = 0;
	struct slice typed = slice_trim(value_of(field));
	if (field->kind != FORM_TEXT || !field->choices || !typed.len)
		return 0;
	for (int i = 0; field->choices[i]; i++) {
		int score = text_fuzzy(slice_of(field->choices[i]), typed);
		int at = count;
		if (score <= 0)
			continue;
		while (at > 0 && scores[at - 1] < score)
			at--;
		if (at >= FORM_MATCHES)
			continue;
		int moved = (count < FORM_MATCHES ? count : FORM_MATCHES - 1) - at;
		memmove(&scores[at + 1], &scores[at], (size_t)moved * sizeof *scores);
		memmove(&out[at + 1], &out[at], (size_t)moved * sizeof *out);
		scores[at] = score;
		out[at] = field->choices[i];
		count += count < FORM_MATCHES;
	}
	return count;
}

static void set_value(struct form *f, struct form_field *field, const char *value)
{
	if (strcmp(str_text(&field->edit.text), value) != 0)
		f->changed = true;
	edit_set(&field->edit, value);
}

static enum form_result go(struct form *f, int by)
{
	f->complete = -1;
	f->focus += by;
	if (f->focus >= f->count)
		f->focus = 0;
	if (f->focus < 0)
		f->focus = f->count ? f->count - 1 : 0;
	return FORM_HANDLED;
}

static enum form_result go_or_save(struct form *f)
{
	if (f->focus >= f->count - 1)
		return FORM_SAVE;
	return go(f, 1);
}

static int count_choices(const struct form_field *field)
{
	int count = 0;
	while (field->choices && field->choices[count])
		count++;
	return count;
}

static void choose(struct form *f, struct form_field *field, int choice)
{
	int count = count_choices(field);
	if (count > 0)
		set_value(f, field, field->choices[(choice % count + count) % count]);
}

/* The next choice that starts with the letter, round the end. */
static bool choose_letter(struct form *f, struct form_field *field, uint32_t code)
{
	int count = count_choices(field), from = form_chosen(field);
	struct str letter = STR_INIT;
	bool found = false;
	utf8_add(&letter, code);
	for (int i = 1; i <= count && !found; i++) {
		int at = (from + i + count) % count, columns;
		struct slice word = slice_of(field->choices[at]);
		word.len = text_cluster(word.p, word.len, &columns);
		found = text_same(word, (struct slice){letter.p, letter.len});
		if (found)
			choose(f, field, at);
	}
	str_release(&letter);
	return found;
}

static enum form_result choice_key(
    struct form *f, struct form_field *field, struct key key)
{
	int chosen = form_chosen(field);
	if (key.ctrl || key.alt)
		return FORM_IGNORED;
	if (key.code == KEYNAME_LEFT)
		choose(f, field, chosen < 0 ? -1 : chosen - 1);
	else if (key.code == KEYNAME_RIGHT || key.code == KEYNAME_SPACE)
		choose(f, field, chosen + 1);
	else if (key.code == KEYNAME_HOME)
		choose(f, field, 0);
	else if (key.code == KEYNAME_END)
		choose(f, field, -1);
	else if (key.code == KEYNAME_BACKSPACE || key.code == KEYNAME_DELETE)
		set_value(f, field, "");
	else if (key.code >= '1' && key.code <= '9' &&
	         (int)(key.code - '0') <= count_choices(field))
		choose(f, field, (int)(key.code - '1'));
	else if (key.code < KEYNAME_NONE)
		choose_letter(f, field, key.code);
	else
		return FORM_IGNORED;
	return FORM_HANDLED;
}

/* Offer the best completion after each typed letter; -1 when there is none, or
 * the text is one already. */
static void offer(struct form *f, const struct form_field *field)
{
	const char *matches[FORM_MATCHES];
	f->complete = -1;
	if (form_matches(field, matches) > 0 && form_chosen(field) < 0)
		f->complete = 0;
}

static bool take_completion(struct form *f, struct form_field *field)
{
	const char *matches[FORM_MATCHES];
	if (f->complete < 0 || f->complete >= form_matches(field, matches))
		return false;
	set_value(f, field, matches[f->complete]);
	f->complete = -1;
	return true;
}

/* Up and down walk through the completions before they leave the field. */
static bool move_completion(struct form *f, const struct form_field *field, int by)
{
	const char *matches[FORM_MATCHES];
	int to = f->complete + by;
	if (f->complete < 0 || to < 0 || to >= form_matches(field, matches))
		return false;
	f->complete = to;
	return true;
}

static bool completion_key(struct form *f, struct form_field *field, struct key key)
{
	if (f->complete < 0 || key.ctrl || key.alt)
		return false;
	switch (key.code) {
	case KEYNAME_TAB:
		if (!take_completion(f, field))
			return false;
		f->focus += f->focus < f->count - 1;
		return true;
	case KEYNAME_RIGHT:
		return field->edit.cursor == field->edit.text.len &&
		       take_completion(f, field);
	case KEYNAME_ENTER:
		return f->complete > 0 && take_completion(f, field);
	case KEYNAME_DOWN:
		return move_completion(f, field, 1);
	case KEYNAME_UP:
		return move_completion(f, field, -1);
	case KEYNAME_ESC:
		f->complete = -1;
		return true;
	default:
		return false;
	}
}

/* Up and down inside a longer text, by its line feeds; false at its ends. */
static bool long_move(struct form_field *field, int by)
{
	struct edit *e = &field->edit;
	struct form_line *lines;
	int count =
	    form_lines(&e->text, field->columns > 0 ? field->columns : 60, &lines);
	int line = form_line_at(lines, count, e->cursor), to = line + by;
	bool moved = to >= 0 && to < count;
	if (moved) {
		int column = text_width((struct slice){
		    str_text(&e->text) + lines[line].from, e->cursor - lines[line].from});
		size_t at = lines[to].from;
		for (int wide = 0; at < lines[to].to && column > 0; column -= wide)
			at += text_cluster(e->text.p + at, lines[to].to - at, &wide);
		/* The end of a wrapped line is the start of the next one. */
		if (at == lines[to].to && to + 1 < count && lines[to + 1].from == at &&
		    at > lines[to].from)
			at--;
		e->cursor = at;
	}
	free(lines);
	return moved;
}

static bool long_key(struct form *f, struct form_field *field, struct key key)
{
	if (field->kind != FORM_LONG || key.ctrl)
		return false;
	if (key.alt && key.code == KEYNAME_ENTER) {
		struct str text = STR_INIT;
		size_t cursor = field->edit.cursor + 1;
		str_add(&text, str_text(&field->edit.text), field->edit.cursor);
		str_addc(&text, '\n');
		str_adds(&text, str_text(&field->edit.text) + field->edit.cursor);
		set_value(f, field, str_text(&text));
		field->edit.cursor = cursor;
		str_release(&text);
		return true;
	}
	if (key.alt || (key.code != KEYNAME_UP && key.code != KEYNAME_DOWN))
		return false;
	return long_move(field, key.code == KEYNAME_UP ? -1 : 1);
}

static enum form_result text_key(struct form *f, struct form_field *field, struct key key)
{
	size_t before = field->edit.text.len;
	struct str old = STR_INIT;
	str_add(&old, str_text(&field->edit.text), before);
	bool handled = edit_key(&field->edit, key);
	if (handled && strcmp(str_text(&old), str_text(&field->edit.text)) != 0) {
		f->changed = true;
		field->problem = NULL;
		offer(f, field);
	}
	str_release(&old);
	return handled ? FORM_HANDLED : FORM_IGNORED;
}

/* The keys that mean the same in every field. */
static enum form_result common_key(struct form *f, struct key key)
{
	if (key.ctrl && !key.alt && key.code == 's')
		return FORM_SAVE;
	if (key.ctrl && !key.alt && key.code == 't')
		return form_take_theirs(f, focused(f)) ? FORM_HANDLED : FORM_IGNORED;
	if (key.ctrl && !key.alt && key.code == 'e')
		return focused(f)->kind == FORM_CHOICE ? FORM_IGNORED : FORM_EDITOR;
	if (key.ctrl || key.alt)
		return FORM_IGNORED;
	switch (key.code) {
	case KEYNAME_TAB:
	case KEYNAME_DOWN:
		return go(f, 1);
	case KEYNAME_BACKTAB:
	case KEYNAME_UP:
		return go(f, -1);
	case KEYNAME_ENTER:
		return go_or_save(f);
	case KEYNAME_ESC:
		return FORM_LEAVE;
	default:
		return FORM_IGNORED;
	}
}

static enum form_result take_key(struct form *f, struct key key)
{
	struct form_field *field = focused(f);
	if (!field)
		return key.code == KEYNAME_ESC ? FORM_LEAVE : FORM_IGNORED;
	if (completion_key(f, field, key) || long_key(f, field, key))
		return FORM_HANDLED;
	enum form_result result = common_key(f, key);
	if (result != FORM_IGNORED)
		return result;
	return field->kind == FORM_CHOICE ? choice_key(f, field, key)
	                                  : text_key(f, field, key);
}

enum form_result form_key(struct form *f, struct key key)
{
	enum form_result result = take_key(f, key);

	form_follow(f);
	return result;
}
