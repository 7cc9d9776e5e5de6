#include "huddle/surface.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "huddle/text.h"

/* Cells hold zeros after their bytes, so that two of them are the same when
 * their memory is: painting compares whole rows at once. */
static struct cell blank_cell(enum role role)
{
	return (struct cell){.bytes = " ", .width = 1, .role = (uint8_t)role};
}

static struct cell *row_of(const struct surface *s, int y)
{
	return s->cells + (size_t)y * (size_t)s->stride;
}

static bool has_row(const struct surface *s, int y)
{
	return s->cells && y >= 0 && y < s->height;
}

void surface_init(struct surface *s, int width, int height, bool ascii)
{
	width = width < 0 ? 0 : width;
	height = height < 0 ? 0 : height;
	*s = (struct surface){
	    .cells = xcalloc((size_t)width * (size_t)height, sizeof(struct cell)),
	    .stride = width,
	    .width = width,
	    .height = height,
	    .ascii = ascii,
	    .cursor_x = -1,
	    .cursor_y = -1,
	};
	const struct cell blank = blank_cell(ROLE_TEXT);
	for (size_t i = 0; i < (size_t)width * (size_t)height; i++)
		s->cells[i] = blank;
}

void surface_release(struct surface *s)
{
	free(s->cells);
	*s = (struct surface){.cursor_x = -1, .cursor_y = -1};
}

/* Cut [*at, *at + *size) to [0, limit). */
static void cut(int *at, int *size, int limit)
{
	int from = *at < 0 ? 0 : *at;
	long end = (long)*at + *size;
	if (end > limit)
		end = limit;
	*at = from;
	*size = end > from ? (int)(end - from) : 0;
}

struct surface surface_part(const struct surface *s, int x, int y, int width, int height)
{
	cut(&x, &width, s->width);
	cut(&y, &height, s->height);
	struct surface part = {
	    .stride = s->stride,
	    .width = width,
	    .height = height,
	    .ascii = s->ascii,
	    .cursor_x = -1,
	    .cursor_y = -1,
	};
	if (width && height)
		part.cells = row_of(s, y) + x;
	else
		part.width = part.height = 0;
	return part;
}

/* What is about to be overwritten from x on for `columns` columns may cut a
 * wide cluster in two at either end: its other half becomes a blank. The other
 * half is always in the same row, if outside this part. */
static void mend(struct cell *row, int x, int columns)
{
	if (row[x].width == 0)
		row[x - 1] = blank_cell(row[x - 1].role);
	if (row[x + columns - 1].width == 2)
		row[x + columns] = blank_cell(row[x + columns].role);
}

static void put_blank(struct cell *row, int x, enum role role)
{
	mend(row, x, 1);
	row[x] = blank_cell(role);
}

/* Bytes of a cluster that fit in a cell, cut between code points. */
static size_t fitting(const char *p, size_t len)
{
	size_t most = sizeof((struct cell *)0)->bytes - 1;
	if (len <= most)
		return len;
	len = most;
	while (len > 0 && ((unsigned char)p[len] & 0xC0) == 0x80)
		len--;
	return len;
}

static void put_cluster(
    struct cell *row, int x, int columns, enum role role, const char *p, size_t len)
{
	mend(row, x, columns);
	struct cell cell = {.width = (uint8_t)columns, .role = (uint8_t)role};
	memcpy(cell.bytes, p, fitting(p, len));
	row[x] = cell;
	if (columns == 2)
		row[x + 1] = (struct cell){.role = (uint8_t)role};
}

void surface_fill(struct surface *s, enum role role)
{
	const struct cell blank = blank_cell(role);
	for (int y = 0; y < s->height; y++) {
		struct cell *row = row_of(s, y);
		mend(row, 0, s->width);
		for (int x = 0; x < s->width; x++)
			row[x] = blank;
	}
}

static bool plain(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.p[i] < 0x20 || text.p[i] > 0x7E)
			return false;
	}
	return true;
}

/* The bytes of what one cell holds: a character with its marks. A grapheme
 * cluster of several wide characters (a flag, a family) takes several cells,
 * because a terminal may draw them beside each other. */
static size_t unit_at(const char *p, size_t len, int *columns)
{
	uint32_t code;
	size_t used = utf8_decode(p, len, &code), more;
	used = used ? used : 1;
	*columns = text_width((struct slice){p, used});
	while (used < len && (more = utf8_decode(p + used, len - used, &code)) > 0 &&
	       text_width((struct slice){p + used, more}) == 0)
		used += more;
	return used;
}

/* Draw harmless text that is known to fit in `columns`, or is cut there. */
static int draw_run(
    struct surface *s, int x, int y, int columns, enum role role, struct slice text)
{
	struct cell *row = row_of(s, y);
	int end = x + columns;
	for (size_t i = 0; i < text.len;) {
		int wide = 1;
		size_t n = unit_at(text.p + i, text.len - i, &wide);
		if (wide > 0 && x + wide > end)
			break;
		i += n;
		if (wide <= 0)
			continue;
		if (x >= 0)
			put_cluster(row, x, wide, role, text.p + i - n, n);
		else if (x + wide > 0) /* its left half is off the surface */
			put_blank(row, 0, role);
		x += wide;
	}
	return x;
}

static int draw_plain(
    struct surface *s, int x, int y, int columns, enum role role, struct slice text)
{
	struct cell *row = row_of(s, y);
	int len = text.len > (size_t)columns ? columns : (int)text.len;
	int from = x < 0 ? -x : 0;
	if (from >= len)
		return x + len;
	mend(row, x + from, len - from);
	for (int i = from; i < len; i++) {
		struct cell cell = {.width = 1, .role = (uint8_t)role};
		cell.bytes[0] = text.p[i];
		row[x + i] = cell;
	}
	return x + len;
}

/* The room from x on: at most `columns`, and not beyond the edge. */
static int room(const struct surface *s, int x, int columns)
{
	long edge = (long)s->width - x;
	long most = columns < 0 || columns > edge ? edge : columns;
	return most > 0 && x < s->width && x > -10000 ? (int)most : 0;
}

int surface_text(
    struct surface *s, int x, int y, int columns, enum role role, struct slice text)
{
	int most = room(s, x, columns);
	if (!has_row(s, y) || !most || !text.len)
		return x;
	if (plain(text) && text.len <= (size_t)most)
		return draw_plain(s, x, y, most, role, text);

	struct str safe = STR_INIT, ascii = STR_INIT, clipped = STR_INIT;
	display_safe(&safe, text);
	struct slice harmless = {safe.p, safe.len};
	if (s->ascii) {
		text_to_ascii(&ascii, harmless);
		harmless = (struct slice){ascii.p, ascii.len};
	}
	text_clip(&clipped, harmless, most, s->ascii);
	x = draw_run(s, x, y, most, role, (struct slice){clipped.p, clipped.len});
	str_release(&safe);
	str_release(&ascii);
	str_release(&clipped);
	return x;
}

int surface_puts(
    struct surface *s, int x, int y, int columns, enum role role, const char *text)
{
	return surface_text(s, x, y, columns, role, slice_of(text));
}

int surface_printf(
    struct surface *s, int x, int y, int columns, enum role role, const char *format, ...)
{
	struct str text = STR_INIT;
	va_list args;
	va_start(args, format);
	str_addv(&text, format, args);
	va_end(args);
	x = surface_text(s, x, y, columns, role, (struct slice){text.p, text.len});
	str_release(&text);
	return x;
}

void surface_right(
    struct surface *s, int x, int y, int columns, enum role role, const char *text)
{
	struct str safe = STR_INIT;
	display_safe(&safe, slice_of(text));
	if (s->ascii) {
		struct str ascii = STR_INIT;
		text_to_ascii(&ascii, (struct slice){safe.p, safe.len});
		str_release(&safe);
		safe = ascii;
	}
	struct slice harmless = {safe.p, safe.len};
	int free_columns = columns - text_width(harmless);
	if (free_columns < 0)
		free_columns = 0;
	surface_text(s, x + free_columns, y, columns - free_columns, role, harmless);
	str_release(&safe);
}

struct wrapping {
	struct surface *s;
	int x, y, columns;
	enum role role;
};

static void wrapped_line(void *arg, struct slice line)
{
	struct wrapping *w = arg;
	surface_text(w->s, w->x, w->y++, w->columns, w->role, line);
}

int surface_wrapped(
    struct surface *s, int x, int y, int columns, enum role role, const char *text)
{
	struct wrapping w = {s, x, y, room(s, x, columns), role};
	struct slice rest = slice_of(text), paragraph;
	if (w.columns <= 0)
		return y;
	/* A line feed ends a paragraph; display_safe() would make it a blank. */
	while (slice_cut(&rest, '\n', &paragraph)) {
		struct str safe = STR_INIT;
		int before = w.y;
		display_safe(&safe, paragraph);
		text_wrap((struct slice){safe.p, safe.len}, w.columns, wrapped_line, &w);
		if (w.y == before)
			w.y++;
		str_release(&safe);
	}
	return w.y;
}

static void line_cell(struct surface *s, int x, int y, enum role role, const char *sign)
{
	if (has_row(s, y) && x >= 0 && x < s->width)
		put_cluster(row_of(s, y), x, 1, role, sign, strlen(sign));
}

void surface_line_v(struct surface *s, int x, int y, int height, enum role role)
{
	cut(&y, &height, s->height);
	for (int i = 0; i < height; i++)
		line_cell(s, x, y + i, role, s->ascii ? "|" : "│");
}

void surface_line_h(struct surface *s, int x, int y, int width, enum role role)
{
	cut(&x, &width, s->width);
	for (int i = 0; i < width; i++)
		line_cell(s, x + i, y, role, symbol_text(SYM_DASH, s->ascii));
}

void surface_flag(struct surface *s, int x, int y, int width, unsigned flag)
{
	if (!has_row(s, y))
		return;
	cut(&x, &width, s->width);
	for (int i = 0; i < width; i++)
		row_of(s, y)[x + i].flags |= (uint8_t)flag;
}

void surface_cursor(struct surface *s, int x, int y)
{
	bool inside = has_row(s, y) && x >= 0 && x < s->width;
	s->cursor_x = inside ? x : -1;
	s->cursor_y = inside ? y : -1;
}

/* Only signs that every terminal draws one column wide; ⚠ and ▶ are not. */
static const char *const symbols[SYMBOLS][2] = {
    [SYM_HIGH] = {"▲", "!"},
    [SYM_WATCH] = {"•", "*"},
    [SYM_LOW] = {"○", "o"},
    [SYM_TOUCH] = {"●", "@"},
    [SYM_ACTIVITY] = {"■", "#"},
    [SYM_BOX] = {"□", "-"},
    [SYM_BOX_DONE] = {"■", "x"},
    [SYM_UP] = {"↑", "^"},
    [SYM_DOWN] = {"↓", "v"},
    [SYM_DASH] = {"─", "-"},
    [SYM_ELLIPSIS] = {"…", "~"},
    [SYM_MARK] = {"»", ">"},
};

const char *symbol_text(enum symbol symbol, bool ascii)
{
	return (unsigned)symbol < SYMBOLS ? symbols[symbol][ascii] : "";
}

void surface_dump(const struct surface *s, struct str *out)
{
	for (int y = 0; y < s->height; y++) {
		size_t end = out->len; /* after the last cell that is not blank */
		const struct cell *row = row_of(s, y);
		for (int x = 0; x < s->width; x++) {
			str_adds(out, row[x].bytes);
			if (row[x].bytes[0] && strcmp(row[x].bytes, " ") != 0)
				end = out->len;
		}
		out->len = end;
		str_addc(out, '\n');
	}
}
