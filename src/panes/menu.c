#include "huddle/menu.h"
#include "huddle/text.h"
#include "menu_rows.h"
#include <stdlib.h>
#include <string.h>

/*
 * A list that narrows while typing. Words may be letters of the command's
 * name, of its sentence, or the key itself. What can not be done now stays in
 * the list and says why.
 */

/* Whoever types a key means its command. */
enum { KEY_SCORE = 1 << 24 };

static bool is_key(const char *keys, struct slice word)
{
	struct slice rest = slice_of(keys), key;

	while (slice_cut(&rest, ' ', &key))
		if (slice_eq(key, word))
			return true;
	return false;
}

static int word_score(const struct menu_row *r, struct slice word)
{
	int best = 0, score;

	if (r->name && (score = text_fuzzy(slice_of(r->name), word)) > 0)
		best = 2 * score;
	if (text_contains(slice_of(r->text), word))
		best += 3 * text_fuzzy(slice_of(r->text), word);
	if (is_key(r->key, word))
		best += KEY_SCORE;
	else if (word.len > 1 && text_contains(slice_of(r->key), word))
		best++;
	return best;
}

/* Every word must match; 0 is no match. */
static int row_score(const struct menu_row *r, struct slice typed)
{
	struct slice word;
	int total = 1;

	while (slice_cut(&typed, ' ', &word)) {
		if (word.len == 0)
			continue;
		int score = word_score(r, word);

		if (score == 0)
			return 0;
		total += score;
	}
	return total;
}

static void narrow(struct menu *m)
{
	struct slice typed = {str_text(&m->typed.text), m->typed.text.len};
	int *scores = xcalloc((size_t)m->count + 1, sizeof *scores);
	int n = 0;

	for (int i = 0; i < m->count; i++) {
		int score = row_score(&m->rows[i], typed), at = n;

		if (score == 0)
			continue;
		/* Best first where names are typed; help keeps its order. */
		while (m->kind == MENU_PALETTE && typed.len > 0 && at > 0 &&
		       scores[at - 1] < score)
			at--;
		memmove(&scores[at + 1], &scores[at], (size_t)(n - at) * sizeof *scores);
		memmove(&m->shown[at + 1], &m->shown[at],
		    (size_t)(n - at) * sizeof *m->shown);
		scores[at] = score;
		m->shown[at] = i;
		n++;
	}
	free(scores);
	list_set_count(&m->list, n);
	list_select(&m->list, 0);
}

void menu_open(struct menu *m, enum menu_kind kind, const char *title,
    const struct menu_row *rows, int count, int selected)
{
	menu_close(m);
	m->kind = kind;
	m->title = title;
	m->rows = rows;
	m->count = count;
	m->shown = xcalloc((size_t)count + 1, sizeof *m->shown);
	edit_set(&m->typed, "");
	narrow(m);
	list_select(&m->list, selected);
}

void menu_close(struct menu *m)
{
	edit_release(&m->typed);
	free(m->shown);
	*m = (struct menu){0};
}

const struct menu_row *menu_row(const struct menu *m)
{
	if (m->list.selected < 0 || m->list.selected >= m->list.count)
		return NULL;
	return &m->rows[m->shown[m->list.selected]];
}

static bool move_key(struct menu *m, struct key key)
{
	switch (key.code) {
	case KEYNAME_UP:
	case KEYNAME_BACKTAB:
		list_move(&m->list, -1);
		return true;
	case KEYNAME_DOWN:
	case KEYNAME_TAB:
		list_move(&m->list, 1);
		return true;
	case KEYNAME_PGUP:
		list_move(&m->list, -10);
		return true;
	case KEYNAME_PGDN:
		list_move(&m->list, 10);
		return true;
	default:
		break;
	}
	if (key.ctrl && (key.code == 'n' || key.code == 'p')) {
		list_move(&m->list, key.code == 'n' ? 1 : -1);
		return true;
	}
	return false;
}

enum menu_result menu_key(struct menu *m, struct key key)
{
	bool erases = key.code == KEYNAME_BACKSPACE;

	if (key.code == KEYNAME_ESC || (key.ctrl && (key.code == 'c' || key.code == 'g')))
		return MENU_LEFT;
	if (erases && m->typed.text.len == 0)
		return MENU_LEFT;
	if (key.code == KEYNAME_ENTER)
		return menu_row(m) ? MENU_CHOSEN : MENU_HANDLED;
	if (move_key(m, key))
		return MENU_HANDLED;
	if (edit_key(&m->typed, key))
		narrow(m);
	return MENU_HANDLED;
}

int menu_height(const struct menu *m)
{
	return m->count + 2;
}

int menu_row_at(const struct menu *m, int y)
{
	int row = y - 1 + m->list.top;

	return y >= 1 && row < m->list.count ? row : -1;
}

void menu_draw(struct menu *m, struct surface *s)
{
	struct surface rows = surface_part(s, 1, 1, s->width - 2, s->height - 2);
	int x;

	surface_fill(s, ROLE_TEXT);
	surface_line_h(s, 0, 0, s->width, ROLE_BORDER);
	surface_line_h(s, 0, s->height - 1, s->width, ROLE_BORDER);
	x = surface_printf(s, 1, 0, s->width - 2, ROLE_TITLE_FOCUS, " %s ", m->title);
	edit_draw(&m->typed, s, x, 0, s->width - x - 8, ROLE_FIELD_FOCUS, true);
	surface_printf(s, s->width - 7, 0, 7, ROLE_MUTED, " %d ", m->list.count);
	list_show(&m->list, rows.height);
	if (m->list.count == 0)
		surface_puts(
		    &rows, 0, 0, -1, ROLE_MUTED, "Nothing is called so; backspace.");
	for (int y = 0; y < rows.height && m->list.top + y < m->list.count; y++) {
		const struct menu_row *r = &m->rows[m->shown[m->list.top + y]];
		struct surface line = surface_part(&rows, 0, y, rows.width, 1);

		if (m->kind == MENU_HELP)
			help_row_draw(r, &line);
		else
			palette_row_draw(r, &line);
		if (m->list.top + y == m->list.selected)
			surface_flag(s, 1, y + 1, s->width - 2, CELL_SELECTED);
	}
}
