#include "row.h"

#include "huddle/store_meeting.h"
#include <string.h>
#include <time.h>

/* What the room decided: one row a review and deal. */
enum { D_REV, D_REVIEW, D_DEAL, D_VERDICT, D_TEXT, D_PUSH, D_BY, D_AT, D_DELETED };

static const char *key_of(struct arena *arena, int64_t review, const char *deal_id)
{
	return arena_printf(arena, "%lld/%s", (long long)review, deal_id);
}

static void fill(struct row *row, const struct decision *d, const struct store *store,
    struct arena *arena)
{
	char at[INSTANT_TEXT];
	*row = (struct row){
	    .table = &decision_table, .key = key_of(arena, d->review, d->deal_id)};
	row->value[D_REVIEW] = arena_printf(arena, "%lld", (long long)d->review);
	row->value[D_DEAL] = d->deal_id;
	row->value[D_VERDICT] = verdict_name(d->verdict);
	row->value[D_TEXT] = or_null(d->text);
	row->value[D_PUSH] = or_null(push_reason_name(d->push));
	row->value[D_BY] = store->person;
	row->value[D_AT] = arena_strdup(arena, instant_format(time(NULL), at));
	row->value[D_DELETED] = "0";
}

bool store_save_decision(
    struct store *store, struct decision *decision, bool *conflict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	struct row row;
	bool there = false;
	*conflict = false;
	bool fine = text_check("deal", decision->deal_id, err) &&
	            text_check("decision", decision->text, err) &&
	            decision_check(decision, err) &&
	            batch_begin(&batch, store, &arena, err);
	if (fine) {
		fill(&row, decision, store, &arena);
		fine = row_put(&batch, &row, decision->rev, "decision", decision->deal_id,
		    arena_printf(&arena, "\"%s\" decided: %s",
		        deal_title(store, decision->deal_id, &arena),
		        verdict_name(decision->verdict)),
		    conflict, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	decision->rev += there;
	arena_release(&arena);
	return fine;
}

static struct decision decision_read(struct sql *q, struct arena *arena)
{
	struct decision d = {.review = sql_get_int(q, 0),
	    .deal_id = sql_dup(q, 1, arena),
	    .verdict = DECIDE_AS_IS,
	    .text = sql_dup(q, 3, arena),
	    .by = sql_dup(q, 5, arena),
	    .at = sql_get_instant(q, 6),
	    .rev = sql_get_int(q, 7)};
	verdict_find(sql_dup(q, 2, arena), &d.verdict);
	push_reason_find(sql_dup(q, 4, arena), &d.push);
	return d;
}

bool store_load_decisions(struct store *store, struct arena *arena, int64_t review,
    const char *deal_id, struct decision_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = (struct decision_list){0};
	if (sql_begin(&q, store,
	        "SELECT review, deal_id, decision, text, push_reason, made_by, made_at, "
	        "rev "
	        "FROM main.decision WHERE deleted = 0 AND ($1 = 0 OR review = $1) AND "
	        "($2 IS NULL OR deal_id = $2) ORDER BY review, made_at, key",
	        err)) {
		sql_int(&q, 1, review);
		sql_text(&q, 2, deal_id);
		while (sql_row(&q)) {
			out->items = arena_grow(
			    arena, out->items, &cap, out->count + 1, sizeof *out->items);
			out->items[out->count++] = decision_read(&q, arena);
		}
	}
	return sql_done(&q);
}
