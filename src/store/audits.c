#include "row.h"

#include "huddle/store_audit.h"
#include <string.h>

/* Answers to the six questions. */
enum { A_REV, A_QUESTION, A_ANSWER, A_TEXT, A_BY, A_AT, A_DELETED };

static bool put(struct batch *b, enum audit_question question, bool yes, const char *text,
    struct err *err)
{
	struct row row = {.table = &audit_answer_table};
	bool conflict;
	if (!(row.key = row_next_key(b->store, &audit_answer_table, b->arena, err)))
		return false;
	row.value[A_QUESTION] = audit_question_name(question);
	row.value[A_ANSWER] = yes ? "yes" : "no";
	row.value[A_TEXT] = or_empty(text);
	row.value[A_BY] = b->store->person;
	row.value[A_AT] = row_now(b->arena);
	row.value[A_DELETED] = "0";
	return row_put(b, &row, 0, "answer", NULL,
	    arena_printf(b->arena, "audit question %d answered %s", (int)question + 1,
	        yes ? "yes" : "no"),
	    &conflict, err);
}

bool store_save_audit_answer(struct store *store, enum audit_question question, bool yes,
    const char *text, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	bool there, fine = text_check("text", text, err) &&
	                   batch_begin(&batch, store, &arena, err);
	if (fine) {
		fine = put(&batch, question, yes, text, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	arena_release(&arena);
	return fine;
}

bool store_load_audit_answers(struct store *store, struct arena *arena,
    struct audit_answer_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = (struct audit_answer_list){0};
	if (!sql_begin(&q, store,
	        "SELECT id, question, answer, text, answered_by, answered_at FROM "
	        "main.audit_answer WHERE deleted = 0 ORDER BY id",
	        err))
		return sql_done(&q);
	while (sql_row(&q)) {
		int question = 0;
		while (question < AUDIT_QUESTIONS &&
		       !slice_is(sql_get(&q, 1),
		           audit_question_name((enum audit_question)question)))
			question++;
		if (question == AUDIT_QUESTIONS)
			continue;
		out->items = arena_grow(
		    arena, out->items, &cap, out->count + 1, sizeof *out->items);
		out->items[out->count++] = (struct audit_answer){.id = sql_get_int(&q, 0),
		    .question = (enum audit_question)question,
		    .yes = slice_is(sql_get(&q, 2), "yes"),
		    .text = sql_dup(&q, 3, arena),
		    .by = sql_dup(&q, 4, arena),
		    .at = sql_get_instant(&q, 5)};
	}
	return sql_done(&q);
}

bool store_count_reviews(
    struct store *store, day_t since, int *count, day_t *last, struct err *err)
{
	struct sql q;
	char day[DAY_TEXT];
	*count = 0;
	*last = DAY_NONE;
	if (sql_begin(&q, store,
	        "SELECT coalesce(sum(day >= $1), 0), max(day) FROM main.review WHERE "
	        "deleted = 0 AND state = 'ended'",
	        err)) {
		sql_text(&q, 1, day_format(since, day));
		if (sql_row(&q)) {
			*count = (int)sql_get_int(&q, 0);
			*last = sql_get_day(&q, 1);
		}
	}
	return sql_done(&q);
}
