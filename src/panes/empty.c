#include "paint.h"

/* The first run: nothing is synced yet, so the pane says what to do next. */

struct step {
	enum role role;
	const char *text;
};

static const struct step steps[] = {
    {ROLE_TITLE_FOCUS, "No deals yet."},
    {ROLE_TEXT, ""},
    {ROLE_TEXT,
        "huddle reads the CSV exports of your CRM and your marketing tool. Put them in "
        "one folder, leave with q, and load them:"},
    {ROLE_TEXT, ""},
    {ROLE_KEY, "huddle sync FOLDER"},
    {ROLE_TEXT, ""},
    {ROLE_TEXT,
        "Exports of Salesforce and HubSpot are known by their headers; for any other a "
        "short mapping file names the columns (man huddle). Nothing leaves this machine, "
        "and a file that can not be trusted changes nothing."},
    {ROLE_TEXT, ""},
    {ROLE_TEXT, "To try it with made-up deals first, in the folder of its source:"},
    {ROLE_TEXT, ""},
    {ROLE_KEY, "scripts/demo"},
    {ROLE_TEXT, ""},
    {ROLE_MUTED, "This screen fills itself as soon as a sync is done."},
};

void empty_draw(const struct view *v, struct surface *s)
{
	int width = s->width > 76 ? 72 : s->width - 4;
	int y = s->height > 20 ? 3 : 0;

	(void)v;
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		int x = steps[i].role == ROLE_KEY ? 6 : 2;

		if (*steps[i].text)
			y = surface_wrapped(
			    s, x, y, width - x, steps[i].role, steps[i].text);
		else
			y += s->height > 14;
	}
}
