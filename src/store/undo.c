#include "row.h"

#include <string.h>

/*
 * Undo goes along the change log: the newest line of this person that was not
 * taken back yet and is no undo itself, and with it all that were written in the
 * same step. The old rows are written again as a new write with lines of its own,
 * so nothing in the log is ever lost, and undoing again walks further back.
 */
struct line {
	int64_t seq;
	const char *what, *deal_id, *table, *key;
	struct slice old, row; /* absent: there was none */
};

struct lines {
	struct line *items; /* the newest first */
	size_t count, cap;
};

static struct slice dup_slice(struct sql *q, int column, struct arena *arena)
{
	struct slice text = sql_get(q, column);
	if (text.p)
		text.p = arena_dup(arena, text.p, text.len);
	return text;
}

static void add_line(struct lines *out, struct sql *q, struct arena *arena)
{
	out->items =
	    arena_grow(arena, out->items, &out->cap, out->count + 1, sizeof *out->items);
	out->items[out->count++] = (struct line){.seq = sql_get_int(q, 0),
	    .what = sql_dup(q, 1, arena),
	    .deal_id = sql_is_null(q, 2) ? NULL : sql_dup(q, 2, arena),
	    .table = sql_dup(q, 3, arena),
	    .key = sql_dup(q, 4, arena),
	    .old = dup_slice(q, 5, arena),
	    .row = dup_slice(q, 6, arena)};
}

static bool last_step(
    struct lines *out, struct store *store, struct arena *arena, struct err *err)
{
	struct sql q;
	*out = (struct lines){0};
	if (sql_begin(&q, store,
	        "WITH last AS (SELECT seq, batch FROM main.change_log WHERE person = $1"
	        " AND undone = 0 AND undoes IS NULL ORDER BY seq DESC LIMIT 1)"
	        " SELECT c.seq, c.what, c.deal_id, c.table_name, c.row_key, c.old_row,"
	        " c.new_row FROM main.change_log c, last WHERE c.seq = last.seq OR"
	        " (c.batch = last.batch AND c.person = $1 AND c.undone = 0"
	        " AND c.undoes IS NULL) ORDER BY c.seq DESC",
	        err)) {
		sql_text(&q, 1, store->person);
		while (sql_row(&q))
			add_line(out, &q, arena);
	}
	return sql_done(&q);
}

bool log_mark_undone(struct store *store, int64_t seq, struct err *err)
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

static bool undo_line(
    struct batch *batch, struct edit *edit, const struct line *line, struct err *err)
{
	struct store *store = batch->store;
	struct arena *arena = batch->arena;
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
	return batch_put(batch, edit, err) && log_mark_undone(store, line->seq, err) &&
	       (!unfiled(edit) || debrief_redraft(store, &edit->old, err));
}

/* One sentence for the step: what its newest line says. */
static const char *sentence(const struct lines *lines, const struct edit *newest,
    bool unfiled_any, struct arena *arena)
{
	const char *what = newest->what;
	if (lines->count > 1)
		what = arena_printf(
		    arena, "%s, and %zu more", newest->what, lines->count - 1);
	return unfiled_any ? arena_printf(arena, "%s; its text is a draft", what) : what;
}

bool store_undo(
    struct store *store, struct arena *arena, const char **what, struct err *err)
{
	struct lines lines;
	struct batch batch;
	bool there, redrafted = false;
	*what = NULL;
	if (!batch_begin(&batch, store, arena, err))
		return false;
	bool fine = last_step(&lines, store, arena, err);
	struct edit *edits = arena_alloc(arena, (lines.count + 1) * sizeof *edits);
	for (size_t i = 0; fine && i < lines.count; i++) {
		edits[i] = (struct edit){.undoes = lines.items[i].seq};
		fine = undo_line(&batch, &edits[i], &lines.items[i], err);
		redrafted |= fine && unfiled(&edits[i]);
	}
	fine = batch_end(&batch, fine, &there, err);
	if (there)
		*what = sentence(&lines, &edits[0], redrafted, arena);
	return fine;
}
