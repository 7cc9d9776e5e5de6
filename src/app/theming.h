#ifndef HUDDLE_APP_THEMING_H
#define HUDDLE_APP_THEMING_H

#include "huddle/pane.h"

/* What losses have in common, as the themes show it: read when they are looked at. */
struct theming {
	struct arena arena;      /* of all below */
	struct arena rows_arena; /* of view.theme_rows */
	struct deal_list deals;
	struct debrief_list debriefs;
	struct themes now, before;
	struct note_list notes;
	struct message *messages;
	size_t n_messages;
	struct period quarter;
	bool started, fresh;
	int open_section, open_topic; /* whose deals are listed; -1 none */
};

#endif
