#ifndef HUDDLE_DEBRIEF_H
#define HUDDLE_DEBRIEF_H

#include <stdbool.h>
#include "huddle/arena.h"
#include "huddle/date.h"
#include "huddle/err.h"

/*
 * The debrief of a lost deal, or of a won one. A field is text: its kind says how
 * it is filled in and checked. The table in model/debrief.c feeds the form,
 * `debrief --from`, the database and the reports.
 */
enum debrief_field { B_OUTCOME, B_COMPETITOR, B_REASON, B_REASON_2, B_MESSAGE, B_OBJECTOR,
	B_EVIDENCE, B_WIN_BACK, B_NOTE, DEBRIEF_FIELDS };

enum debrief_kind { DEBRIEF_CHOICE, DEBRIEF_TEXT, DEBRIEF_DAY };

struct debrief_info {
	const char *name;  /* its key: "outcome" */
	const char *title; /* "Outcome" */
	const char *hint;  /* one line under the form */
	enum debrief_kind kind;
	bool required;     /* of a lost deal */
	const char *const *choices; /* DEBRIEF_CHOICE: ends with NULL */
};
extern const struct debrief_info debrief_infos[DEBRIEF_FIELDS];

#define OUTCOME_COMPETITOR "competitor" /* needs the competitor's name */

struct debrief {
	const char *deal_id;
	int64_t rev; /* 0: not stored yet */
	const char *value[DEBRIEF_FIELDS]; /* never NULL */
	const char *by;
	instant_t at;
};

/* What a company changed of it; NULL is the default in all functions. */
struct debrief_rules {
	const char *const *reasons; /* its own, ended by NULL; NULL: ours */
	bool won;                   /* of a won deal: it has no outcome to tell */
};
const char *const *debrief_choices(const struct debrief_rules *rules, int field);
bool debrief_required(const struct debrief_rules *rules, int field);
/* "price" of "price: too expensive" and of "price". */
struct slice debrief_category(const char *reason);

/* The first field that is wrong, or -1; err says what to do about it. Choices are
 * rewritten as they are listed, days as YYYY-MM-DD, into arena. */
int debrief_check(struct debrief *debrief, const struct debrief_rules *rules,
	struct arena *arena, day_t today, struct err *err);
bool debrief_empty(const struct debrief *debrief);

/* A list that RevOps edits: a word a line, # starts a comment. In arena, ended by
 * NULL. */
bool word_list_read(const char *text, struct arena *arena, const char ***out, size_t *count,
	const char *place, struct err *err);

#endif
