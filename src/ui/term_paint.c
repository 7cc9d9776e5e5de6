#include "term_inside.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "huddle/text.h"

/* Pair 0 is the terminal's own colours; a role's pair is its number + 1. */
static short pair_of(enum role role)
{
	return (short)(role + 1);
}

/* Bright colours on a terminal of eight: bold, and grey as dim. */
static struct look in_eight(struct look look)
{
	if (look.fg == 8) {
		look.fg = -1;
		look.dim = true;
	} else if (look.fg > 8) {
		look.fg -= 8;
		look.bold = true;
	}
	if (look.bg >= 8)
		look.bg -= 8;
	return look;
}

static struct look look_of(enum role role)
{
	if (!terminal.color)
		return terminal.theme.mono[role];
	if (COLORS >= 256)
		return terminal.theme.high[role];
	struct look look = terminal.theme.low[role];
	return COLORS < 16 ? in_eight(look) : look;
}

static attr_t attributes(struct look look)
{
	attr_t attrs = A_NORMAL;
	if (look.bold)
		attrs |= A_BOLD;
	if (look.underline)
		attrs |= A_UNDERLINE;
	if (look.reverse)
		attrs |= A_REVERSE;
	if (look.dim)
		attrs |= A_DIM;
	return attrs;
}

/* A terminal that can not go back to its own colours is white on black. */
static void set_pair(enum role role, struct look look)
{
	if (look.fg < 0 && !terminal.own_colors)
		look.fg = COLOR_WHITE;
	if (look.bg < 0 && !terminal.own_colors)
		look.bg = COLOR_BLACK;
	init_pair(pair_of(role), look.fg, look.bg);
}

void paint_looks(void)
{
	for (int i = 0; i < ROLE_COUNT; i++) {
		struct look look = look_of((enum role)i);
		terminal.attrs[i] = attributes(look);
		if (terminal.color)
			set_pair((enum role)i, look);
	}
}

void paint_forget(void)
{
	terminal.shown_good = false;
}

void paint_release(void)
{
	surface_release(&terminal.shown);
	terminal.shown_good = false;
}

/* A selected cell takes the look of the selection whole: the colours of a role
 * on the selection's background are not always readable. Weight stays. */
static attr_t cell_attrs(const struct cell *cell, short *pair)
{
	unsigned own = cell->role < ROLE_COUNT ? cell->role : ROLE_TEXT;
	unsigned role = cell->flags & CELL_SELECTED ? ROLE_SELECTED : own;
	attr_t attrs = terminal.attrs[role];
	attrs |= terminal.attrs[own] & (A_BOLD | A_UNDERLINE);
	if (cell->flags & CELL_BOLD)
		attrs |= A_BOLD;
	if (cell->flags & CELL_UNDERLINE)
		attrs |= A_UNDERLINE;
	*pair = terminal.color ? pair_of((enum role)role) : 0;
	return attrs;
}

/* The code points of a cell as curses wants them. The C library's idea of the
 * width of the first one must be ours, or curses would shift the row. */
static void cell_chars(const struct cell *cell, wchar_t out[CCHARW_MAX + 1])
{
	size_t len = strnlen(cell->bytes, sizeof cell->bytes), count = 0;
	for (size_t i = 0, n; i < len && count < CCHARW_MAX; i += n) {
		uint32_t code;
		n = utf8_decode(cell->bytes + i, len - i, &code);
		if (!n)
			break;
		out[count++] = (wchar_t)code;
	}
	out[count] = L'\0';
	if (count && wcwidth(out[0]) == cell->width && (!terminal.ascii || out[0] < 0x7F))
		return;
	out[0] = cell->width == 2 ? (terminal.ascii ? L'?' : L'\uFF1F') : L'?';
	out[1] = L'\0';
}

/* Most cells are one ASCII letter: no decoding, no asking for its width. */
static void paint_cell(const struct cell *cell, int x, int y)
{
	wchar_t chars[CCHARW_MAX + 1];
	short pair;
	cchar_t wide;
	attr_t attrs = cell_attrs(cell, &pair);
	if (cell->bytes[1] == '\0' && cell->bytes[0] >= 0x20 && cell->bytes[0] < 0x7F) {
		chars[0] = (wchar_t)cell->bytes[0];
		chars[1] = L'\0';
	} else {
		cell_chars(cell, chars);
	}
	if (setcchar(&wide, chars, attrs, pair, NULL) == OK)
		mvadd_wch(y, x, &wide);
}

/* Cells of a row that differ from what is shown. The right half of a wide one
 * is painted with its left half; covering a wide one repaints both. */
static void paint_row(const struct cell *row, const struct cell *shown, int width, int y)
{
	for (int x = 0; x < width; x++) {
		bool same = shown && !memcmp(&row[x], &shown[x], sizeof *row);
		if (row[x].width == 2 && x + 1 < width)
			same = same && !memcmp(&row[x + 1], &shown[x + 1], sizeof *row);
		if (same || row[x].width == 0)
			continue;
		if (row[x].width == 2 && x + 1 >= width) /* the screen shrank meanwhile */
			mvaddch(y, x, ' ');
		else
			paint_cell(&row[x], x, y);
	}
}

static void show_cursor(const struct surface *s)
{
	bool wanted = s->cursor_x >= 0 && s->cursor_x < COLS && s->cursor_y >= 0 &&
	              s->cursor_y < LINES;
	if (wanted != terminal.cursor_shown) {
		curs_set(wanted);
		terminal.cursor_shown = wanted;
	}
	if (wanted)
		move(s->cursor_y, s->cursor_x);
}

/* Keep a copy in memory of our own, one row after the other. */
static void remember(const struct surface *s)
{
	struct surface *shown = &terminal.shown;
	if (shown->width != s->width || shown->height != s->height) {
		surface_release(shown);
		surface_init(shown, s->width, s->height, s->ascii);
	}
	for (int y = 0; y < s->height; y++)
		memcpy(shown->cells + (size_t)y * (size_t)shown->stride,
		    s->cells + (size_t)y * (size_t)s->stride,
		    (size_t)s->width * sizeof *s->cells);
	shown->cursor_x = s->cursor_x;
	shown->cursor_y = s->cursor_y;
	terminal.shown_good = true;
}

static void paint_cells(const struct surface *s, bool known)
{
	int width = s->width < COLS ? s->width : COLS;
	int height = s->height < LINES ? s->height : LINES;
	for (int y = 0; y < height; y++) {
		const struct cell *row = s->cells + (size_t)y * (size_t)s->stride;
		const struct cell *shown =
		    known
		        ? terminal.shown.cells + (size_t)y * (size_t)terminal.shown.stride
		        : NULL;
		if (shown && !memcmp(row, shown, (size_t)width * sizeof *row))
			continue;
		paint_row(row, shown, width, y);
	}
}

void term_paint(const struct surface *s)
{
	if (!terminal.open)
		return;
	bool known = terminal.shown_good && terminal.shown.width == s->width &&
	             terminal.shown.height == s->height;
	if (!known) {
		erase();
		clearok(curscr, TRUE); /* terminals shuffle their lines on a resize */
	}
	paint_cells(s, known);
	show_cursor(s);
	gather_refresh();
	remember(s);
}

void term_repaint(void)
{
	paint_forget();
}
