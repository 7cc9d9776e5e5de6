#ifndef HUDDLE_SURFACE_H
#define HUDDLE_SURFACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include "huddle/str.h"
#include "huddle/style.h"

/*
 * A grid of cells that panes draw on. It clips: drawing outside it is fine and
 * does nothing, at any size down to 0x0. Text is made safe here with
 * display_safe(), so nothing a cell of an export holds can reach the terminal.
 * A part of a surface shares the cells of the whole.
 */
struct cell {
	char bytes[24]; /* one grapheme cluster, NUL-terminated; "" under a wide one */
	uint8_t width;  /* 1 or 2; 0 for the right half of a wide one */
	uint8_t role;   /* enum role */
	uint8_t flags;  /* CELL_* */
};

enum { CELL_SELECTED = 1, CELL_BOLD = 2, CELL_UNDERLINE = 4 };

struct surface {
	struct cell *cells;
	int stride;        /* cells per row of the whole */
	int width, height;
	bool ascii;        /* symbols and … become ASCII */
	int cursor_x, cursor_y; /* where this surface wants the cursor; -1 */
};

void surface_init(struct surface *s, int width, int height, bool ascii);
void surface_release(struct surface *s);
/* A part; cut to what there is. The cursor of a part is not the whole's. */
struct surface surface_part(const struct surface *s, int x, int y, int width, int height);

void surface_fill(struct surface *s, enum role role); /* blanks everywhere */
/* Draw text at x, y in at most `columns` columns (-1: to the edge), cut with …
 * Returns the column after it. */
int surface_text(struct surface *s, int x, int y, int columns, enum role role,
	struct slice text);
int surface_puts(struct surface *s, int x, int y, int columns, enum role role,
	const char *text);
int surface_printf(struct surface *s, int x, int y, int columns, enum role role,
	const char *format, ...) __attribute__((format(printf, 6, 7)));
/* Right-aligned in `columns` columns starting at x. */
void surface_right(struct surface *s, int x, int y, int columns, enum role role,
	const char *text);
/* Wrapped text from row y on; returns the row after the last. */
int surface_wrapped(struct surface *s, int x, int y, int columns, enum role role,
	const char *text);
void surface_line_v(struct surface *s, int x, int y, int height, enum role role);
void surface_line_h(struct surface *s, int x, int y, int width, enum role role);
/* Mark a run of cells as selected (reverse or the selection's colour). */
void surface_flag(struct surface *s, int x, int y, int width, unsigned flag);
/* Ask for the terminal's cursor here (screen readers and braille follow it). */
void surface_cursor(struct surface *s, int x, int y);

/* Symbols with their ASCII forms; all one column wide. */
enum symbol { SYM_HIGH, SYM_WATCH, SYM_LOW, SYM_TOUCH, SYM_ACTIVITY, SYM_BOX, SYM_BOX_DONE,
	SYM_UP, SYM_DOWN, SYM_DASH, SYM_ELLIPSIS, SYM_MARK, SYMBOLS };
const char *symbol_text(enum symbol symbol, bool ascii);

/* The surface as lines of text, trailing blanks cut: for --print and tests. */
void surface_dump(const struct surface *s, struct str *out);

#endif
