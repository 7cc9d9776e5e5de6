#include "row.h"

#include <string.h>

/*
 * Undo goes along the change log: the newest line of this person that was not
 * taken back yet and is no undo itself. The old row is written again as a new
 * write with a line of its own, so nothing in the log is ever lost, and undoing
 * again walks further back.
 */
struct line {
	int64_t seq;
	const char *what, *deal_id, *table, *key;
	struct slice old, row; /* absent: there was none */
};

static struct slice dup_slice(struct sql *q, int column, struct arena *arena)
{
	struct slice text = sql_get(q, column);
	if (text.p)
		text.p = arena_dup(arena, text.p, text.len);
	return text;
}

static bool last_line(
    struct line *out, struct store *store, struct arena *arena, struct err *err)
{
	struct sql q;
	*out = (struct line){0};
	if (sql_begin(&q, store,
	        "SELECT seq, what, deal_id, table_name, row_key, old_row, new_row"
	        " FROM main.change_log WHERE person = $1 AND undone = 0 AND undoes IS "
	        "NULL"
	        " ORDER BY seq DESC LIMIT 1",
	        err)) {
		sql_text(&q, 1, store->person);
		if (sql_row(&q)) {
			out->seq = sql_get_int(&q, 0);
			out->what = sql_dup(&q, 1, arena);
			out->deal_id = sql_is_null(&q, 2) ? NULL : sql_dup(&q, 2, arena);
			out->table = sql_dup(&q, 3, arena);
			out->key = sql_dup(&q, 4, arena);
			out->old = dup_slice(&q, 5, arena);
			out->row = dup_slice(&q, 6, arena);
		}
	}
	return sql_done(&q);
}

static bool mark_undone(struct store *store, int64_t seq, struct err *err)
{
	struct sql q;
	if (sql_begin(
	        &q, store, "UPDATE main.change_log SET undone = 1 WHERE seq = $1", err)) {
		sql_int(&q, 1, seq);
		sql_step(&q);
	}
	return sql_done(&q);
}

/* The row as it stands must be what the line left behind. */
static bool untouched(const struct edit *edit, const struct line *line,
    struct store *store, struct arena *arena, struct err *err)
{
	struct row left;
	row_parse(&left, edit->old.table, line->key, line->row, arena);
	return row_same(&left, &edit->old) ||
	       err_set(err, "undo", "cannot take back: %s; %s has changed it since",
	           line->what, last_editor(store, edit->old.table, line->key, arena));
}

/* A row that was new is marked deleted; its key is never used again. */
static void put_back(struct edit *edit, const struct line *line, struct arena *arena)
{
	if (line->old.p) {
		row_parse(&edit->row, edit->old.table, line->key, line->old, arena);
		return;
	}
	edit->row = edit->old;
	row_set_deleted(&edit->row, true);
}

/* A debrief that stood there and does no longer: its text must not be lost. */
static bool unfiled(const struct edit *edit)
{
	return edit->old.table == &debrief_table && !row_deleted(&edit->old) &&
	       row_deleted(&edit->row);
}

static bool undo_line(struct edit *edit, const struct line *line, struct store *store,
    struct arena *arena, struct err *err)
{
	const struct row_table *table = row_table_find(line->table);
	if (!table)
		return err_set(
		    err, "undo", "cannot take back: %s; change it by hand", line->what);
	if (!row_load(&edit->old, table, line->key, store, arena, err) ||
	    !untouched(edit, line, store, arena, err))
		return false;
	put_back(edit, line, arena);
	edit->undoes = line->seq;
	edit->deal_id = line->deal_id;
	edit->what = arena_printf(arena, "undone: %s", line->what);
	return edit_write(edit, store, arena, err) &&
	       mark_undone(store, line->seq, err) &&
	       (!unfiled(edit) || debrief_redraft(store, &edit->old, err));
}

bool store_undo(
    struct store *store, struct arena *arena, const char **what, struct err *err)
{
	struct line line;
	struct edit edit = {0};
	bool there;
	*what = NULL;
	if (!sql_begin_write(store, err))
		return false;
	bool fine = last_line(&line, store, arena, err);
	if (!fine || !line.seq || !undo_line(&edit, &line, store, arena, err)) {
		sql_rollback(store);
		return fine && !line.seq;
	}
	fine = edit_commit(&edit, store, &there, err);
	if (there)
		*what = unfiled(&edit)
		            ? arena_printf(arena, "%s; its text is a draft", edit.what)
		            : edit.what;
	return fine;
}
