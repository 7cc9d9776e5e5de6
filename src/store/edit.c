#include "row.h"

#include "huddle/store_server.h"
#include "huddle/text.h"
#include <string.h>
#include <time.h>

enum { TEXT_MAX = 1 << 20 };

bool text_check(const char *place, const char *text, struct err *err)
{
	struct slice s = slice_of(text);
	if (!utf8_valid(s))
		return err_set(
		    err, place, "not UTF-8 text; nothing was saved: write it in UTF-8");
	if (s.len > TEXT_MAX)
		return err_set(err, place,
		    "longer than a field may be (1 MiB); nothing was saved: shorten it");
	return true;
}

const char *text_short(const char *text, struct arena *arena)
{
	enum { SHORT = 60 };
	size_t len = strlen(text), cut = len;
	if (len > SHORT)
		for (cut = SHORT; cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80;)
			cut--;
	char *out = arena_dup(arena, text, cut);
	for (char *p = out; *p; p++)
		if (*p == '\n' || *p == '\r' || *p == '\t')
			*p = ' ';
	return cut < len ? arena_printf(arena, "%s\u2026", out) : out;
}

static void bind_row(struct sql *q, int n, const struct row *row)
{
	struct str text = STR_INIT;
	if (row->found) {
		row_format(&text, row);
		sql_text(q, n, str_text(&text));
	} else {
		sql_null(q, n);
	}
	str_release(&text);
}

static bool log_write(const struct edit *edit, struct store *store, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "INSERT INTO main.change_log(op_id, at, person, what, deal_id, "
	        "table_name, row_key, old_row, new_row, undoes, batch) "
	        "VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
	        err)) {
		sql_text(&q, 1, edit->op);
		sql_instant(&q, 2, time(NULL));
		sql_text(&q, 3, store->person);
		sql_text(&q, 4, edit->what);
		sql_text(&q, 5, edit->deal_id);
		sql_text(&q, 6, edit->row.table->name);
		sql_text(&q, 7, edit->row.key);
		bind_row(&q, 8, &edit->old);
		bind_row(&q, 9, &edit->row);
		if (edit->undoes)
			sql_int(&q, 10, edit->undoes);
		sql_text(&q, 11, edit->batch);
		sql_step(&q);
	}
	return sql_done(&q);
}

/* As Fossil does: what was stored is read again before the transaction ends,
 * so a write that was not stored as meant is never acknowledged. */
static bool read_back(
    const struct row *row, struct store *store, struct arena *arena, struct err *err)
{
	struct row stored;
	if (!row_load(&stored, row->table, row->key, store, arena, err))
		return false;
	return (row_same(&stored, row) && row_rev(&stored) == row_rev(row)) ||
	       err_set(err, store->path,
	           "what was read back differs from what was written; nothing was saved: "
	           "run "
	           "'huddle check'");
}

bool edit_write(
    struct edit *edit, struct store *store, struct arena *arena, struct err *err)
{
	bool written;
	struct row *row = &edit->row;
	row->found = true;
	row->value[0] = arena_printf(arena, "%lld", (long long)row_rev(&edit->old) + 1);
	if (!*edit->op)
		random_id(edit->op);
	if (!row_write(row, true, store, &written, err))
		return false;
	if (!written)
		return err_set(err, store->path,
		    "changed at the same moment; nothing was saved: "
		    "try again");
	return read_back(row, store, arena, err) && log_write(edit, store, err);
}

static bool op_is_stored(const char *op, struct store *store)
{
	struct sql q;
	struct err ignored = ERR_INIT;
	bool stored = false;
	if (sql_begin(&q, store, "SELECT seq FROM main.change_log WHERE op_id = $1",
	        &ignored)) {
		sql_text(&q, 1, op);
		stored = sql_row(&q);
	}
	return sql_done(&q) && stored;
}

void commit_unsure(struct store *store, struct err *err)
{
	if (store->replica) {
		err_set(err, store_server_name(store),
		    "written, but no standby has confirmed that it will last; tell who "
		    "runs "
		    "the server");
		return;
	}
	err_set(err, store->path,
	    "written, but the disk did not confirm that it will last; check the disk");
}

static bool commit(const char *op, struct store *store, bool *there, struct err *err)
{
	*there = sql_commit(store, err);
	if (*there)
		return true;
	sql_rollback(store);
	*there = op_is_stored(op, store);
	if (*there)
		commit_unsure(store, err);
	return false;
}

bool edit_commit(
    const struct edit *edit, struct store *store, bool *there, struct err *err)
{
	return commit(edit->op, store, there, err);
}

bool batch_begin(
    struct batch *batch, struct store *store, struct arena *arena, struct err *err)
{
	*batch = (struct batch){.store = store, .arena = arena};
	return sql_begin_write(store, err);
}

bool batch_put(struct batch *batch, struct edit *edit, struct err *err)
{
	if (!batch->count) {
		random_id(batch->op);
		memcpy(edit->op, batch->op, sizeof edit->op);
	}
	edit->batch = batch->op;
	if (!edit_write(edit, batch->store, batch->arena, err))
		return false;
	batch->count++;
	return true;
}

bool batch_end(struct batch *batch, bool fine, bool *there, struct err *err)
{
	*there = false;
	if (fine && batch->count)
		return commit(batch->op, batch->store, there, err);
	sql_rollback(batch->store);
	return fine;
}

static bool rev_fits(struct batch *batch, const struct row *old, int64_t rev,
    const char *called, bool *conflict, struct err *err)
{
	if ((row_deleted(old) ? 0 : row_rev(old)) == rev)
		return true;
	*conflict = true;
	return err_set(err, called,
	    "%s by %s meanwhile; nothing was saved: look at it again",
	    row_deleted(old) ? "taken back" : (rev ? "changed" : "written"),
	    last_editor(batch->store, old->table, old->key, batch->arena));
}

bool row_put(struct batch *batch, const struct row *row, int64_t rev, const char *called,
    const char *deal_id, const char *what, bool *conflict, struct err *err)
{
	struct edit edit = {.row = *row, .what = what, .deal_id = deal_id};
	*conflict = false;
	if (!row_load(&edit.old, row->table, row->key, batch->store, batch->arena, err) ||
	    !rev_fits(batch, &edit.old, rev, called, conflict, err))
		return false;
	edit.row.found = true;
	return row_same(&edit.old, &edit.row) || batch_put(batch, &edit, err);
}

const char *row_next_key(struct store *store, const struct row_table *table,
    struct arena *arena, struct err *err)
{
	int64_t id;
	const char *text = arena_printf(arena,
	    "SELECT coalesce(max(%s), 0) + 1 FROM main.%s", table->key, table->name);
	return sql_one(store, text, 1, &id, err)
	           ? arena_printf(arena, "%lld", (long long)id)
	           : NULL;
}

const char *row_now(struct arena *arena)
{
	char buf[INSTANT_TEXT];
	return arena_strdup(arena, instant_format(time(NULL), buf));
}

const char *or_empty(const char *text)
{
	return text ? text : "";
}

const char *or_null(const char *text)
{
	return text && *text ? text : NULL;
}

const char *last_editor(struct store *store, const struct row_table *table,
    const char *key, struct arena *arena)
{
	struct sql q;
	struct err ignored = ERR_INIT;
	const char *person = "somebody else";
	if (sql_begin(&q, store,
	        "SELECT person FROM main.change_log WHERE table_name = $1 AND row_key = "
	        "$2"
	        " ORDER BY seq DESC LIMIT 1",
	        &ignored)) {
		sql_text(&q, 1, table->name);
		sql_text(&q, 2, key);
		if (sql_row(&q))
			person = sql_dup(&q, 0, arena);
	}
	sql_done(&q);
	return person;
}
