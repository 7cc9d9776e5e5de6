#ifndef HUDDLE_APP_ROOM_H
#define HUDDLE_APP_ROOM_H

#include <stdbool.h>
#include <stdint.h>
#include "huddle/agenda.h"
#include "huddle/store_meeting.h"

/* Where the meeting is and since when: the clock of the review that is open. */
struct room {
	struct meeting meeting; /* in the deals' arena */
	struct arena arena;
	struct clock_list spent; /* seconds a deal, as they are stored */
	char *deal_id;           /* what is talked about; NULL: the clock stands */
	int64_t since;           /* milliseconds of no particular day, of its arrival */
	int64_t kept;            /* when its time was stored last */
	int64_t of;              /* the review whose times these are; 0 none */
	struct action_list promised; /* of all deals, in the menu's arena */
	bool presenting;         /* the layout for a projector */
};

/* What moved on a deal since the last review, as struct deal has it. */
struct moved_deal {
	int64_t key;
	signed char moved[MOVE_FIELDS];
};

#endif
