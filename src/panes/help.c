#include "menu_rows.h"

/* The key first, because here people look up what a key does. */
void help_row_draw(const struct menu_row *r, struct surface *row)
{
	int keys = row->width >= 60 ? 20 : 10;
	int group = row->width >= 80 ? 16 : 0;
	int x;

	surface_puts(row, 0, 0, keys, ROLE_KEY, r->key);
	x = surface_puts(row, keys + 1, 0, row->width - keys - 1 - group,
	    r->refusal ? ROLE_MUTED : ROLE_TEXT, r->text);
	if (r->refusal && x + 4 < row->width - group)
		surface_printf(row, x + 2, 0, row->width - group - x - 2, ROLE_UNKNOWN,
		    "(%s)", r->refusal);
	if (group > 0)
		surface_puts(
		    row, row->width - group + 1, 0, group - 1, ROLE_MUTED, r->group);
}
