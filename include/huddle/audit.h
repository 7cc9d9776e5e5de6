#ifndef HUDDLE_AUDIT_H
#define HUDDLE_AUDIT_H

#include "huddle/arena.h"
#include "huddle/date.h"

/*
 * Six questions that tell whether marketing and sales are aligned, answered by people
 * and by what the data says. Three yeses or fewer are a problem of revenue operations,
 * and no campaign mends it: start there.
 */
enum audit_question { AUDIT_DEFINITION, AUDIT_PAY, AUDIT_SLA, AUDIT_ATTRIBUTION, AUDIT_REVIEW,
	AUDIT_LOOP, AUDIT_QUESTIONS };
const char *audit_question_name(enum audit_question question); /* "definition" */
const char *audit_question_text(enum audit_question question); /* "Is there one ..." */

struct audit_answer { /* a record; the newest one counts */
	int64_t id;
	enum audit_question question;
	bool yes;
	const char *text, *by;
	instant_t at;
};
struct audit_answer_list {
	struct audit_answer *items; /* oldest first */
	size_t count;
};

/* What the data says, as far as there is any. */
struct audit_facts {
	int64_t version;      /* of the definition in force; 0 none */
	const char *doubt;    /* what is wrong with it; NULL nothing */
	bool number, handoff, attribution; /* it names them */
	const char *operator_name;         /* "" nobody */
	int judged, met;      /* leads of the last four weeks */
	int target;           /* percent; -1 none */
	int reviews;          /* ended in the last 31 days */
	day_t last_review;    /* DAY_NONE never */
	int lost, debriefed;  /* of the last 90 days */
};

enum audit_word { AUDIT_UNKNOWN, AUDIT_NO, AUDIT_YES };
const char *audit_word_name(enum audit_word word); /* "yes"; NULL unknown */

struct audit_line {
	const struct audit_answer *answer; /* NULL: nobody answered */
	enum audit_word data, said;        /* by the data, and what counts */
	const char *evidence;
	bool against;                      /* the answer and the data differ */
};
struct audit {
	struct audit_line lines[AUDIT_QUESTIONS];
	int yes;
	const char *verdict;
};
/* An answer counts; where nobody gave one, what the data says. */
void audit_make(struct audit *out, struct arena *arena,
	const struct audit_answer_list *answers, const struct audit_facts *facts);

#endif
