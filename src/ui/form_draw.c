#include <stdio.h>
#include <stdlib.h>

#include "form_inside.h"
#include "huddle/text.h"

/* Below this many columns a label stands above its field, not beside it. */
enum { STACKED_BELOW = 40, LABEL_MOST = 24, LONG_LEAST = 3 };

/* Where the parts of a field go. Drawing far below the surface draws nothing
 * and returns the rows a field needs: measuring and drawing are one code. */
struct place {
	struct surface *s;
	int x, y;    /* of the field itself */
	int columns; /* of the field itself */
	int label;   /* columns of the label; 0: stacked */
	bool focus;  /* this field is being filled in */
};

static struct slice field_text(const struct form_field *field)
{
	return (struct slice){str_text(&field->edit.text), field->edit.text.len};
}

static int label_columns(const struct form *f, int width)
{
	int widest = 0;
	if (width < STACKED_BELOW)
		return 0;
	for (int i = 0; i < f->count; i++) {
		int columns = text_width(slice_of(f->fields[i].title)) + 5;
		widest = columns > widest ? columns : widest;
	}
	int most = width / 3 < LABEL_MOST ? width / 3 : LABEL_MOST;
	return widest < most ? widest : most;
}

/* "» Outcome *": the sign says where the keys go, the star what must be told. */
static int draw_label(const struct form_field *field, const struct place *p, int y)
{
	enum role role = p->focus ? ROLE_FIELD_FOCUS : ROLE_MUTED;
	int columns = p->label ? p->label - 1 : p->s->width;
	if (p->focus)
		surface_puts(p->s, 0, y, 1, ROLE_KEY, symbol_text(SYM_MARK, p->s->ascii));
	surface_printf(p->s, 2, y, columns - 2, role, "%s%s", field->title,
	    field->required ? " *" : "");
	return p->label ? y : y + 1;
}

/* The rows of the words of a choice; the chosen one in brackets. */
static int draw_choices(const struct form_field *field, const struct place *p, int y)
{
	int x = p->x, chosen = form_chosen(field);
	for (int i = 0; field->choices && field->choices[i]; i++) {
		int columns = text_width(slice_of(field->choices[i])) + 2;
		if (x > p->x && x + columns > p->x + p->columns) {
			x = p->x;
			y++;
		}
		enum role role = i != chosen ? ROLE_TEXT
		                 : p->focus  ? ROLE_FIELD_FOCUS
		                             : ROLE_FIELD;
		int room = p->x + p->columns - x;
		surface_printf(p->s, x, y, room, role, i == chosen ? "[%s]" : " %s ",
		    field->choices[i]);
		if (p->focus && (i == chosen || (chosen < 0 && i == 0)))
			surface_cursor(p->s, x, y);
		x += columns + 1;
	}
	if (chosen < 0 && field->edit.text.len) /* an old word that is no choice now */
		surface_printf(p->s, p->x, ++y, p->columns, ROLE_UNKNOWN, "[%s]",
		    str_text(&field->edit.text));
	return y + 1;
}

static void long_cursor(const struct form_field *field, const struct place *p, int y,
    const struct form_line *line)
{
	const char *text = str_text(&field->edit.text);
	int x = text_width(
	    (struct slice){text + line->from, field->edit.cursor - line->from});
	surface_cursor(p->s, p->x + (x < p->columns ? x : p->columns - 1), y);
}

/* A window of lines that follows the cursor while the field has the keys. */
static int draw_long(struct form_field *field, const struct place *p, int y)
{
	struct form_line *lines;
	int columns = p->columns > 1 ? p->columns - 1 : 1;
	int count = form_lines(&field->edit.text, columns, &lines);
	int most = p->s->height / 2 > LONG_LEAST ? p->s->height / 2 : LONG_LEAST;
	int least = p->focus ? LONG_LEAST : 1;
	int rows = count < least ? least : count > most ? most : count;
	if (rows > p->s->height)
		rows = p->s->height > 1 ? p->s->height : 1;
	struct list window = {.count = count, .top = field->edit.scroll};
	list_select(
	    &window, p->focus ? form_line_at(lines, count, field->edit.cursor) : 0);
	list_show(&window, rows);
	field->edit.scroll = window.top;
	field->columns = columns;
	enum role role = p->focus ? ROLE_FIELD_FOCUS : ROLE_FIELD;
	for (int i = 0; i < rows; i++) {
		int at = window.top + i;
		struct surface row = surface_part(p->s, p->x, y + i, p->columns, 1);
		surface_fill(&row, role);
		if (at >= count)
			continue;
		struct slice line = field_text(field);
		line = (struct slice){
		    line.p + lines[at].from, lines[at].to - lines[at].from};
		surface_text(&row, 0, 0, p->columns, role, line);
		if (p->focus && at == window.selected)
			long_cursor(field, p, y + i, &lines[at]);
	}
	free(lines);
	return y + rows;
}

static int draw_value(struct form_field *field, const struct place *p, int y)
{
	if (field->kind == FORM_CHOICE)
		return draw_choices(field, p, y);
	if (field->kind == FORM_LONG)
		return draw_long(field, p, y);
	edit_draw(&field->edit, p->s, p->x, y, p->columns,
	    p->focus ? ROLE_FIELD_FOCUS : ROLE_FIELD, p->focus);
	return y + 1;
}

static int draw_matches(
    const struct form_field *field, const struct place *p, int y, int complete)
{
	const char *matches[FORM_MATCHES];
	int count = p->focus && complete >= 0 ? form_matches(field, matches) : 0;
	for (int i = 0; i < count; i++, y++) {
		bool offered = i == complete;
		if (offered)
			surface_puts(p->s, p->x, y, 1, ROLE_KEY,
			    symbol_text(SYM_MARK, p->s->ascii));
		surface_puts(p->s, p->x + 2, y, p->columns - 2,
		    offered ? ROLE_MATCH : ROLE_MUTED, matches[i]);
	}
	return y;
}

static const char *hint_of(const struct form_field *field, int complete)
{
	if (complete >= 0)
		return "tab takes it, esc hides the list";
	return field->hint;
}

/* Both texts are seen, and which key takes the other. */
static int draw_theirs(const struct form_field *field, const struct place *p, int y)
{
	struct str text = STR_INIT;

	if (!field->theirs)
		return y;
	str_addf(&text, "the other text%s: %s", p->focus ? " (ctrl-t takes it)" : "",
	    *field->theirs ? field->theirs : "(empty)");
	y = surface_wrapped(p->s, p->x, y, p->columns, ROLE_MATCH, str_text(&text));
	str_release(&text);
	return y;
}

/* Everything of one field from row y on; returns the row after it. */
static int draw_field(const struct form *f, int i, struct place *p, int y)
{
	struct form_field *field = &f->fields[i];
	int complete = p->focus && i == f->focus ? f->complete : -1;
	y = draw_label(field, p, y);
	y = draw_value(field, p, y);
	y = draw_matches(field, p, y, complete);
	if (p->focus && hint_of(field, complete) && hint_of(field, complete)[0])
		y = surface_wrapped(
		    p->s, p->x, y, p->columns, ROLE_MUTED, hint_of(field, complete));
	y = draw_theirs(field, p, y);
	if (field->problem) {
		surface_puts(p->s, p->x, y, 1, ROLE_ERROR, "!");
		y = surface_wrapped(
		    p->s, p->x + 2, y, p->columns - 2, ROLE_ERROR, field->problem);
	}
	return y;
}

static void draw_title(const struct form *f, struct surface *s, bool focus)
{
	char place[48];
	struct list position = {.count = f->count, .selected = f->focus};
	char number[32];
	snprintf(place, sizeof place, "%s%s", f->changed ? "not saved  " : "",
	    list_position(&position, number));
	int columns = (int)text_width(slice_of(place));
	int room = s->width - columns - 2;
	surface_puts(s, 0, 0, room > 8 ? room : -1, focus ? ROLE_TITLE_FOCUS : ROLE_TITLE,
	    f->title);
	if (room > 8)
		surface_right(s, s->width - columns, 0, columns, ROLE_MUTED, place);
}

/* The rows before field i, and, in *own, of field i. */
static int rows_before(const struct form *f, struct place *p, int i, bool focus, int *own)
{
	int start = p->s->height, y = start, before = 0;
	for (int at = 0; at <= i; at++) {
		before = y - start;
		p->focus = focus && at == f->focus;
		y = draw_field(f, at, p, y);
	}
	*own = y - start - before;
	return before;
}

/* Returns the rows of the focused field. */
static int scroll_to_focus(struct form *f, struct place *p, bool focus)
{
	int own = 0, before = rows_before(f, p, f->focus, focus, &own);
	if (f->top + p->s->height < before + own)
		f->top = before + own - p->s->height;
	if (f->top > before)
		f->top = before;
	if (f->top < 0)
		f->top = 0;
	return own;
}

static void draw_fields(struct form *f, struct place *p, bool focus)
{
	int y = -f->top;
	surface_fill(p->s, ROLE_TEXT);
	for (int i = 0; i < f->count && y < p->s->height; i++) {
		p->focus = focus && i == f->focus;
		y = draw_field(f, i, p, y);
	}
}

static struct place place_in(const struct form *f, struct surface *body)
{
	int label = label_columns(f, body->width);
	int x = label ? label : 2;
	struct place p = {.s = body, .x = x, .columns = body->width - x, .label = label};

	if (p.columns < 1)
		p.x = 0, p.columns = body->width;
	return p;
}

/* Where the form stands follows from the keys, and not from how many of them came
 * before it was drawn again. Nothing is painted: rows_before() draws below. */
void form_follow(struct form *f)
{
	struct surface body = {.width = f->seen_width,
	    .height = f->seen_height,
	    .cursor_x = -1,
	    .cursor_y = -1};

	if (f->count <= 0 || body.height <= 0 || f->focus >= f->count)
		return;
	struct place p = place_in(f, &body);
	scroll_to_focus(f, &p, true);
}

void form_draw(struct form *f, struct surface *s, bool focus)
{
	struct surface body = *s;
	if (f->title && s->height > 2) {
		draw_title(f, s, focus);
		body = surface_part(s, 0, 1, s->width, s->height - 1);
	}
	if (f->count <= 0 || body.width <= 0 || body.height <= 0)
		return;
	if (f->focus < 0 || f->focus >= f->count)
		f->focus = 0;
	body.cursor_x = body.cursor_y = -1;
	f->seen_width = body.width;
	f->seen_height = body.height;
	struct place p = place_in(f, &body);
	int own = scroll_to_focus(f, &p, focus);
	draw_fields(f, &p, focus);
	/* A field higher than the room there is: on to the row with the cursor. */
	while (focus && body.cursor_y < 0 && own-- > 0) {
		f->top++;
		draw_fields(f, &p, focus);
	}
	if (body.cursor_y >= 0)
		surface_cursor(s, body.cursor_x, body.cursor_y + s->height - body.height);
}
