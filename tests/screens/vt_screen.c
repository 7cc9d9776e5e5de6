#include <stdlib.h>
#include <string.h>

#include "huddle/text.h"
#include "vt_inside.h"

static void add_cell(struct str *out, const VTermScreenCell *cell)
{
	if (!cell->chars[0])
		str_addc(out, ' ');
	for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i]; i++)
		utf8_add(out, cell->chars[i]);
}

static bool cell_at(struct vt *t, int x, int y, VTermScreenCell *out)
{
	return vterm_screen_get_cell(t->screen, (VTermPos){.row = y, .col = x}, out) != 0;
}

void vt_row(struct vt *t, int row, struct str *out)
{
	size_t end = out->len;
	VTermScreenCell cell;
	for (int x = 0; x < t->width && cell_at(t, x, row, &cell); x++) {
		if (cell.chars[0] == (uint32_t)-1) /* the right half of a wide one */
			continue;
		add_cell(out, &cell);
		if (cell.chars[0] && cell.chars[0] != ' ')
			end = out->len;
	}
	out->len = end;
	if (out->p)
		out->p[end] = '\0';
}

void vt_text(struct vt *t, struct str *out)
{
	size_t start = out->len, end = out->len;
	for (int y = 0; y < t->height; y++) {
		size_t before = out->len;
		vt_row(t, y, out);
		bool empty = out->len == before;
		str_addc(out, '\n');
		if (!empty)
			end = out->len;
	}
	out->len = end > start ? end : start;
	out->p[out->len] = '\0';
}

bool vt_has(struct vt *t, const char *text)
{
	struct str screen = STR_INIT;
	vt_text(t, &screen);
	bool found = strstr(str_text(&screen), text) != NULL;
	str_release(&screen);
	return found;
}

static int color_index(VTermColor color)
{
	return VTERM_COLOR_IS_INDEXED(&color) ? color.indexed.idx : -1;
}

struct vt_cell vt_cell(struct vt *t, int x, int y)
{
	VTermScreenCell cell;
	struct vt_cell out = {.fg = -1, .bg = -1};
	struct str text = STR_INIT;
	if (!cell_at(t, x, y, &cell))
		return out;
	if (cell.chars[0] != (uint32_t)-1)
		add_cell(&text, &cell);
	slice_copy(
	    (struct slice){str_text(&text), text.len}, out.bytes, sizeof out.bytes);
	out.width = cell.width;
	out.bold = cell.attrs.bold;
	out.underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
	out.reverse = cell.attrs.reverse;
	out.fg_default = VTERM_COLOR_IS_DEFAULT_FG(&cell.fg);
	out.bg_default = VTERM_COLOR_IS_DEFAULT_BG(&cell.bg);
	out.fg = out.fg_default ? -1 : color_index(cell.fg);
	out.bg = out.bg_default ? -1 : color_index(cell.bg);
	str_release(&text);
	return out;
}

void vt_cursor(struct vt *t, int *x, int *y, bool *visible)
{
	VTermPos position;
	vterm_state_get_cursorpos(vterm_obtain_state(t->vterm), &position);
	*x = position.col;
	*y = position.row;
	*visible = t->visible;
}

bool vt_alternate(struct vt *t)
{
	return t->alternate;
}

static size_t last_place(struct vt *t, const char *bytes)
{
	size_t last = 0;
	const char *at = str_text(&t->raw);
	while (
	    (at = memmem(at, t->raw.len - (size_t)(at - t->raw.p), bytes, strlen(bytes))))
		last = (size_t)(++at - t->raw.p);
	return last;
}

/* By the bytes: libvterm 0.1 reads only the first of "?1006;1000h". */
bool vt_mouse(struct vt *t)
{
	return last_place(t, "1000h") > last_place(t, "1000l");
}

struct slice vt_raw(struct vt *t)
{
	return (struct slice){str_text(&t->raw), t->raw.len};
}

void vt_forget(struct vt *t)
{
	str_clear(&t->raw);
}
