#ifndef HUDDLE_PANES_MENU_ROWS_H
#define HUDDLE_PANES_MENU_ROWS_H

#include "huddle/menu.h"

/* One line of the palette (and of a choice), and one of the help. */
void palette_row_draw(const struct menu_row *r, struct surface *row);
void help_row_draw(const struct menu_row *r, struct surface *row);

#endif
