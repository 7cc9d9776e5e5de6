#include <string.h>

#include "huddle/text.h"
#include "huddle/widget.h"

/* Nobody types more than this; a slip of the clipboard may. */
enum { EDIT_MOST = 64 * 1024 };

static struct slice text_of(const struct edit *e)
{
	return (struct slice){str_text(&e->text), e->text.len};
}

/* Bytes of the cluster that starts at `at`; a control byte stands alone. */
static size_t cluster_at(const struct edit *e, size_t at, int *columns)
{
	struct slice text = text_of(e);
	*columns = 1;
	if (at >= text.len)
		return 0;
	if ((unsigned char)text.p[at] < 0x20)
		return 1;
	return text_cluster(text.p + at, text.len - at, columns);
}

/* The edge of the last cluster that starts before `at`. */
static size_t edge_before(const struct edit *e, size_t at)
{
	size_t edge = 0;
	int columns;
	for (size_t i = 0; i < at && i < e->text.len; i += cluster_at(e, i, &columns))
		edge = i;
	return edge;
}

static size_t edge_after(const struct edit *e, size_t at)
{
	int columns;
	return at + cluster_at(e, at, &columns);
}

/* Typing can join clusters; the cursor then goes behind the joined one. */
static void snap(struct edit *e)
{
	size_t i = 0;
	while (i < e->cursor && i < e->text.len)
		i = edge_after(e, i);
	e->cursor = i;
}

static void replace(struct edit *e, size_t from, size_t to, struct slice with)
{
	struct str text = STR_INIT;
	str_add(&text, str_text(&e->text), from);
	if (with.len)
		str_add(&text, with.p, with.len);
	str_add(&text, str_text(&e->text) + to, e->text.len - to);
	str_release(&e->text);
	e->text = text;
	e->cursor = from + with.len;
	snap(e);
}

/* What is edited is already harmless, so that every byte of it is somewhere
 * on the screen; only line feeds stay, for longer texts. */
void edit_set(struct edit *e, const char *text)
{
	struct str safe = STR_INIT;
	struct slice rest = slice_of(text), line;
	for (bool first = true; slice_cut(&rest, '\n', &line); first = false) {
		if (!first)
			str_addc(&safe, '\n');
		if (line.len && line.p[line.len - 1] == '\r')
			line.len--;
		display_safe(&safe, line);
	}
	str_release(&e->text);
	*e = (struct edit){.text = safe, .cursor = safe.len};
}

void edit_release(struct edit *e)
{
	str_release(&e->text);
	*e = (struct edit){0};
}

static bool is_blank(const struct edit *e, size_t at)
{
	return e->text.p[at] == ' ' || e->text.p[at] == '\n';
}

static size_t word_before(const struct edit *e)
{
	size_t at = e->cursor;
	while (at > 0 && is_blank(e, at - 1))
		at--;
	while (at > 0 && !is_blank(e, at - 1))
		at--;
	return at;
}

static size_t word_after(const struct edit *e)
{
	size_t at = e->cursor;
	while (at < e->text.len && is_blank(e, at))
		at++;
	while (at < e->text.len && !is_blank(e, at))
		at++;
	return at;
}

static bool edit_ctrl(struct edit *e, uint32_t code)
{
	const struct slice nothing = {0};
	switch (code) {
	case 'a':
		e->cursor = 0;
		return true;
	case 'u':
		replace(e, 0, e->text.len, nothing);
		return true;
	case 'w':
		replace(e, word_before(e), e->cursor, nothing);
		return true;
	case 'k':
		replace(e, e->cursor, e->text.len, nothing);
		return true;
	default:
		return false;
	}
}

static bool edit_alt(struct edit *e, uint32_t code)
{
	if (code == 'b')
		e->cursor = word_before(e);
	else if (code == 'f')
		e->cursor = word_after(e);
	else if (code == KEYNAME_ENTER) /* a pasted end of line */
		replace(e, e->cursor, e->cursor, slice_of(" "));
	else if (code == KEYNAME_BACKSPACE)
		replace(e, word_before(e), e->cursor, (struct slice){0});
	else
		return false;
	return true;
}

static bool edit_named(struct edit *e, uint32_t code)
{
	switch (code) {
	case KEYNAME_LEFT:
		e->cursor = edge_before(e, e->cursor);
		return true;
	case KEYNAME_RIGHT:
		e->cursor = edge_after(e, e->cursor);
		return true;
	case KEYNAME_HOME:
		e->cursor = 0;
		return true;
	case KEYNAME_END:
		e->cursor = e->text.len;
		return true;
	case KEYNAME_BACKSPACE:
		replace(e, edge_before(e, e->cursor), e->cursor, (struct slice){0});
		return true;
	case KEYNAME_DELETE:
		replace(e, e->cursor, edge_after(e, e->cursor), (struct slice){0});
		return true;
	default:
		return false;
	}
}

static void insert(struct edit *e, uint32_t code)
{
	struct str raw = STR_INIT, safe = STR_INIT;
	utf8_add(&raw, code);
	display_safe(&safe, (struct slice){raw.p, raw.len});
	if (e->text.len + safe.len <= EDIT_MOST)
		replace(e, e->cursor, e->cursor, (struct slice){safe.p, safe.len});
	str_release(&raw);
	str_release(&safe);
}

bool edit_key(struct edit *e, struct key key)
{
	if (e->cursor > e->text.len)
		e->cursor = e->text.len;
	if (key.ctrl)
		return !key.alt && edit_ctrl(e, key.code);
	if (key.alt)
		return edit_alt(e, key.code);
	if (key.code == KEYNAME_SPACE)
		key.code = ' ';
	if (key.code >= KEYNAME_NONE)
		return edit_named(e, key.code);
	if (key.code < 0x20 || key.code == 0x7F)
		return false;
	insert(e, key.code);
	return true;
}

/* Columns before the byte `at`. */
static int column_of(const struct edit *e, size_t at)
{
	int column = 0, columns;
	for (size_t i = 0; i < at && i < e->text.len; column += columns)
		i += cluster_at(e, i, &columns);
	return column;
}

static void scroll_to(struct edit *e, int column, int width)
{
	if (e->scroll > column)
		e->scroll = column;
	if (e->scroll < column - width + 1)
		e->scroll = column - width + 1;
	if (e->scroll < 0)
		e->scroll = 0;
}

void edit_draw(struct edit *e, struct surface *s, int x, int y, int width, enum role role,
    bool focus)
{
	struct surface field = surface_part(s, x, y, width, 1);
	if (field.width <= 0)
		return;
	surface_fill(&field, role);
	int cursor = column_of(e, e->cursor), column = 0, columns;
	scroll_to(e, focus ? cursor : 0, field.width);
	for (size_t i = 0; i < e->text.len && column - e->scroll < field.width;) {
		size_t n = cluster_at(e, i, &columns);
		struct slice cluster = {e->text.p + i, n};
		if (column - e->scroll + columns <= field.width)
			surface_text(
			    &field, column - e->scroll, 0, columns, role, cluster);
		column += columns;
		i += n;
	}
	if (focus)
		surface_cursor(s, x + cursor - e->scroll, y);
}
