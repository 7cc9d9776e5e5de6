#ifndef HUDDLE_MENU_H
#define HUDDLE_MENU_H

#include "huddle/widget.h"

/* A row of the palette, the help or a choice; texts are borrowed. */
struct menu_row {
	const char *name;    /* may be NULL */
	const char *text;
	const char *key;     /* "j down"; "" none */
	const char *group;
	const char *refusal; /* why it can not be done now; NULL */
	int id;
};

/* A list to choose from that narrows while typing: it takes every key. */
enum menu_kind { MENU_NONE, MENU_PALETTE, MENU_HELP, MENU_CHOICE };
enum menu_result { MENU_HANDLED, MENU_CHOSEN, MENU_LEFT };

struct menu {
	enum menu_kind kind;
	const char *title;
	const struct menu_row *rows;
	int count;
	int *shown; /* indexes of the rows that match, best first for the palette */
	struct edit typed;
	struct list list;
};

void menu_open(struct menu *m, enum menu_kind kind, const char *title,
	const struct menu_row *rows, int count, int selected);
void menu_close(struct menu *m);
enum menu_result menu_key(struct menu *m, struct key key);
const struct menu_row *menu_row(const struct menu *m); /* the selected; NULL none */
int menu_row_at(const struct menu *m, int y); /* place in the list at a line, or -1 */
int menu_height(const struct menu *m);
void menu_draw(struct menu *m, struct surface *s);

#endif
