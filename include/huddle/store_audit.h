#ifndef HUDDLE_STORE_AUDIT_H
#define HUDDLE_STORE_AUDIT_H

#include "huddle/audit.h"
#include "huddle/store.h"

/* Answers to the audit are records: each is kept, the newest counts. */
bool store_save_audit_answer(struct store *store, enum audit_question question, bool yes,
	const char *text, struct err *err);
bool store_load_audit_answers(struct store *store, struct arena *arena,
	struct audit_answer_list *out, struct err *err);
/* Reviews that ended: how many since that day, and the day of the last. */
bool store_count_reviews(struct store *store, day_t since, int *count, day_t *last,
	struct err *err);

#endif
