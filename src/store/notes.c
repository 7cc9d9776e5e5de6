#include "row.h"

#include "huddle/store_meeting.h"
#include <stdlib.h>
#include <string.h>

/* Notes on messages and campaigns, and what marketing answered. */
enum {
	N_REV,
	N_DEAL,
	N_ABOUT,
	N_TEXT,
	N_BY,
	N_AT,
	N_ANSWER,
	N_ANSWERED_BY,
	N_ANSWERED_AT,
	N_DELETED
};

/* An answer is stamped when it is given or becomes another. */
static void fill(struct row *row, const struct row *old, const struct note *note,
    const struct store *store, struct arena *arena)
{
	bool answered = *or_empty(note->answer) != '\0';
	bool other = strcmp(or_empty(note->answer), or_empty(old->value[N_ANSWER])) != 0;
	row->value[N_DEAL] = or_empty(note->deal_id);
	row->value[N_ABOUT] = note->about;
	row->value[N_TEXT] = note->text;
	row->value[N_BY] = old->found ? old->value[N_BY] : store->person;
	row->value[N_AT] = old->found ? old->value[N_AT] : row_now(arena);
	row->value[N_ANSWER] = or_null(note->answer);
	row->value[N_ANSWERED_BY] = !answered ? NULL
	                            : other   ? store->person
	                                      : old->value[N_ANSWERED_BY];
	row->value[N_ANSWERED_AT] = !answered ? NULL
	                            : other   ? row_now(arena)
	                                      : old->value[N_ANSWERED_AT];
	row->value[N_DELETED] = "0";
}

static bool put(struct batch *b, struct note *note, bool *conflict, struct err *err)
{
	struct row row = {.table = &note_table}, old;
	row.key = note->id ? arena_printf(b->arena, "%lld", (long long)note->id)
	                   : row_next_key(b->store, &note_table, b->arena, err);
	if (!row.key || !row_load(&old, &note_table, row.key, b->store, b->arena, err))
		return false;
	if (note->id && !old.found)
		return err_set(err, row.key, "there is no such note; list them again");
	fill(&row, &old, note, b->store, b->arena);
	note->id = strtoll(row.key, NULL, 10);
	return row_put(b, &row, note->rev, "note", row.value[N_DEAL],
	    arena_printf(b->arena, "note on \"%s\" %s", text_short(note->about, b->arena),
	        !old.found                       ? "written"
	        : *or_empty(row.value[N_ANSWER]) ? "answered"
	                                         : "changed"),
	    conflict, err);
}

bool store_save_note(
    struct store *store, struct note *note, bool *conflict, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct batch batch;
	int64_t id = note->id;
	bool there = false;
	*conflict = false;
	bool fine = text_check("about", note->about, err) &&
	            text_check("text", note->text, err) &&
	            text_check("answer", note->answer, err) && note_check(note, err) &&
	            batch_begin(&batch, store, &arena, err);
	if (fine) {
		fine = put(&batch, note, conflict, err);
		fine = batch_end(&batch, fine, &there, err);
	}
	if (there)
		note->rev++;
	else if (!fine)
		note->id = id;
	arena_release(&arena);
	return fine;
}

bool store_load_notes(struct store *store, struct arena *arena, const char *deal_id,
    struct note_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;
	*out = (struct note_list){0};
	if (sql_begin(&q, store,
	        "SELECT id, rev, deal_id, about, text, created_by, created_at, answer, "
	        "answered_by, answered_at FROM main.note WHERE deleted = 0 AND "
	        "($1 IS NULL OR deal_id = $1) ORDER BY answer IS NOT NULL, created_at "
	        "DESC, id DESC",
	        err)) {
		sql_text(&q, 1, deal_id);
		while (sql_row(&q)) {
			out->items = arena_grow(
			    arena, out->items, &cap, out->count + 1, sizeof *out->items);
			out->items[out->count++] = (struct note){.id = sql_get_int(&q, 0),
			    .rev = sql_get_int(&q, 1),
			    .deal_id = sql_dup(&q, 2, arena),
			    .about = sql_dup(&q, 3, arena),
			    .text = sql_dup(&q, 4, arena),
			    .by = sql_dup(&q, 5, arena),
			    .at = sql_get_instant(&q, 6),
			    .answer = sql_dup(&q, 7, arena),
			    .answered_by = sql_dup(&q, 8, arena),
			    .answered_at = sql_get_instant(&q, 9)};
		}
	}
	return sql_done(&q);
}
