#include "remembered.h"
#include "replica.h"

#include <stdio.h>
#include <string.h>

/* The server's log is all that was ever written, so the rows here follow from it. */

enum {
	SEQ,
	OP,
	AT,
	PERSON,
	WHAT,
	DEAL,
	TABLE,
	KEY,
	OLD,
	NEW,
	UNDOES,
	UNDONE,
	BATCH,
	COLUMNS
};
static bool newest(struct store *store, int64_t *seq, char op[40], struct err *err)
{
	struct sql q;
	*seq = 0;
	*op = '\0';
	if (sql_begin(&q, store,
	        "SELECT seq, op_id FROM main.change_log ORDER BY seq DESC LIMIT 1",
	        err) &&
	    sql_row(&q)) {
		*seq = sql_get_int(&q, 0);
		slice_copy(sql_get(&q, 1), op, 40);
	}
	return sql_done(&q);
}

/* With what was worked out of it. What people are writing is theirs and stays. */
static bool empty(struct store *store, struct err *err)
{
	struct str text = STR_INIT;
	str_adds(&text, "DELETE FROM main.change_log; DELETE FROM main.clock; "
	                "DELETE FROM main.generation; "
	                "DELETE FROM main.setting WHERE " REMEMBERED ";");
	for (const struct row_table *const *t = row_tables; *t; t++)
		str_addf(&text, "DELETE FROM main.%s;", (*t)->name);
	bool fine = sql_script(store, str_text(&text), err);
	str_release(&text);
	return fine;
}

static bool add_line(struct store *store, const struct server *s, const PGresult *rows,
    int i, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "INSERT INTO main.change_log(" LOG_COLUMNS ") VALUES($1, $2, $3, $4, $5, "
	        "$6, $7, $8, $9, $10, $11, $12, $13)",
	        err)) {
		for (int c = 0; c < COLUMNS; c++)
			sql_text(&q, c + 1, server_text(s, rows, i, c));
		sql_step(&q);
	}
	return sql_done(&q);
}

static bool take_line(struct store *store, const struct server *s, const PGresult *rows,
    int i, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct row row;
	bool written;
	const struct row_table *table = row_table_find(server_text(s, rows, i, TABLE));
	const char *new = server_text(s, rows, i, NEW);
	int64_t undoes = server_int(s, rows, i, UNDOES);
	bool fine = add_line(store, s, rows, i, err) &&
	            (!undoes || log_mark_undone(store, undoes, err));
	if (fine && table && new) {
		row_parse(
		    &row, table, server_text(s, rows, i, KEY), slice_of(new), &arena);
		fine = row_write(
		    &row, false, store, &written, err); /* as it stands after it */
	}
	arena_release(&arena);
	return fine;
}

static bool ask(struct server *s, int64_t from, PGresult **rows, struct err *err)
{
	char seq[24];
	const char *values[] = {seq};
	snprintf(seq, sizeof seq, "%lld", (long long)from);
	return server_do(s, ASK_LOG, values, rows, err);
}

/* The newest line here must be the server's as well: else its history is another one,
 * and what is here of it never was. */
static bool same_history(
    const struct server *s, const PGresult *rows, int64_t seq, const char *op)
{
	return !seq || (server_rows(s, rows) > 0 && server_int(s, rows, 0, SEQ) == seq &&
	                   !strcmp(server_text(s, rows, 0, OP), op));
}

bool replica_ask(struct store *store, struct pulled *out, struct err *err)
{
	struct server *s = store->replica->server;
	char op[40];
	int64_t seq;
	*out = (struct pulled){.anew = store->replica->epoch != s->epoch};
	if (!newest(store, &seq, op, err) ||
	    !ask(s, out->anew ? 0 : seq, &out->lines, err))
		return false;
	if (out->anew || same_history(s, out->lines, seq, op))
		return true;
	out->anew = true;
	server_clear(s, out->lines);
	return ask(s, 0, &out->lines, err);
}

/* Somebody else on this machine may have taken some of it meanwhile. */
bool replica_take(struct store *store, const struct pulled *pulled, struct err *err)
{
	struct server *s = store->replica->server;
	char op[40];
	int64_t seq = 0;
	bool fine = pulled->anew ? empty(store, err) : newest(store, &seq, op, err);
	for (int i = 0; fine && i < server_rows(s, pulled->lines); i++)
		if (server_int(s, pulled->lines, i, SEQ) > seq)
			fine = take_line(store, s, pulled->lines, i, err);
	return fine;
}
