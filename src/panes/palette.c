#include "huddle/text.h"
#include "menu_rows.h"

/* name, what it does or why it can not be done now, the key at the right. */
void palette_row_draw(const struct menu_row *r, struct surface *row)
{
	int key = text_width(slice_of(r->key));
	int x = 0, room = row->width - (key > 0 ? key + 2 : 0);
	enum role role = r->refusal ? ROLE_MUTED : ROLE_TEXT;

	if (r->name && row->width >= 60) {
		surface_puts(
		    row, 0, 0, 18, r->refusal ? ROLE_MUTED : ROLE_TITLE, r->name);
		x = 20;
	}
	x = surface_puts(row, x, 0, room - x, role, r->text);
	if (r->refusal && x + 4 < room)
		surface_printf(
		    row, x + 2, 0, room - x - 2, ROLE_UNKNOWN, "(%s)", r->refusal);
	if (key > 0)
		surface_puts(row, row->width - key, 0, key, ROLE_KEY, r->key);
}
