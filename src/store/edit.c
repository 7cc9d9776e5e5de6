#include "row.h"

#include "huddle/text.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
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

/* 128 random bits: two machines never make the same one. */
static void op_make(char out[33])
{
	unsigned char bits[16];
	while (getrandom(bits, sizeof(bits), 0) != sizeof(bits))
		if (errno != EINTR)
			BUG("getrandom: %s", strerror(errno));
	for (int i = 0; i < 16; i++)
		snprintf(out + (size_t)2 * (size_t)i, 3, "%02x", bits[i]);
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
	        "INSERT INTO change_log(op_id, at, person, what, deal_id, table_name, "
	        "row_key,"
	        " old_row, new_row, undoes) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, "
	        "$10)",
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
		sql_step(&q);
	}
	return sql_done(&q);
}

static bool row_write(
    const struct row *row, struct store *store, bool *written, struct err *err)
{
	struct sql q;
	*written = false;
	if (sql_begin(&q, store, row->table->write, err)) {
		sql_text(&q, 1, row->key);
		for (int i = 0; i < row->table->columns; i++)
			sql_text(&q, i + 2, row->value[i]);
		while (sql_row(&q))
			*written = true;
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
	op_make(edit->op);
	if (!row_write(row, store, &written, err))
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
	if (sql_begin(
	        &q, store, "SELECT seq FROM change_log WHERE op_id = $1", &ignored)) {
		sql_text(&q, 1, op);
		stored = sql_row(&q);
	}
	return sql_done(&q) && stored;
}

bool edit_commit(
    const struct edit *edit, struct store *store, bool *there, struct err *err)
{
	*there = sql_commit(store, err);
	if (*there)
		return true;
	sql_rollback(store);
	*there = op_is_stored(edit->op, store);
	if (*there)
		err_set(err, store->path,
		    "written, but the disk did not confirm that it will last; check the "
		    "disk");
	return false;
}

const char *last_editor(struct store *store, const struct row_table *table,
    const char *key, struct arena *arena)
{
	struct sql q;
	struct err ignored = ERR_INIT;
	const char *person = "somebody else";
	if (sql_begin(&q, store,
	        "SELECT person FROM change_log WHERE table_name = $1 AND row_key = $2"
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
