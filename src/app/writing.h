#ifndef HUDDLE_APP_WRITING_H
#define HUDDLE_APP_WRITING_H

#include "huddle/record.h"
#include "huddle/themes.h"
#include "huddle/widget.h"

/* A form being filled in, beside the facts. Its text outlives moving away,
 * Esc, quitting and a lost terminal as a draft of the store. */
enum writing_kind { WRITING_NONE, WRITING_DEBRIEF, WRITING_ACTION, WRITING_OWNER,
	WRITING_DUE, WRITING_DROP, WRITING_SNOOZE, WRITING_DECISION, WRITING_REVIEW,
	WRITING_END, WRITING_NOTE, WRITING_ANSWER, WRITING_SLICE, WRITING_KINDS };

enum snooze_field { SNOOZE_UNTIL, SNOOZE_REASON };

enum action_field { ACT_TEXT, ACT_TEAM, ACT_OWNER, ACT_DUE, ACT_FIELDS };

struct writing {
	enum writing_kind kind;
	struct form form;
	struct form_field fields[DEBRIEF_FIELDS];
	bool of_won; /* a debrief of a won deal */
	struct arena arena; /* choices, problems, the records being changed */
	const char *deal_id, *deal_name;
	struct action *actions; /* what is changed; a new one has id 0 */
	int n_actions;
	int64_t rev;        /* of the debrief or the snooze */
	struct note note;   /* that is answered */
	char day_hint[48];  /* what a typed day is read as */
	const char *draft;  /* the name its draft is kept under; NULL: none is kept */
	char *drafted;      /* text of the draft as stored; NULL none */
	const char *new_name; /* an owner nobody knew: saved again, it is meant */
};

#endif
