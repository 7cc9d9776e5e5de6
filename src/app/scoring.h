#ifndef HUDDLE_APP_SCORING_H
#define HUDDLE_APP_SCORING_H

#include "huddle/pane.h"
#include "huddle/store_scorecard.h"

/* The scorecard on the screen: made when it is looked at. */
struct scoring {
	struct arena arena;      /* of the card and what it is made of */
	struct arena rows_arena; /* of the rows of the figure that is open */
	struct definition definition;
	struct scorecard_ask ask;
	struct scorecard_input in;
	struct scorecard card;
	struct score_rows rows;
	struct period month;
	bool started, fresh;
	int open; /* enum metric; -1 none */
};

#endif
