#include "replica.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/*
 * A transaction of records on a server. The lock comes first, then what is new; so the
 * body, which looks at the copy alone, looks at the newest state, and nobody else writes
 * until it ends. Commit sends what the body wrote: the lines it added to the log tell
 * which rows. The server writes lines of its own, and they must be the same ones.
 */

static void forget(struct replica *r)
{
	r->begun = false;
	r->n_touched = 0;
}

/* The lock of this machine's file comes last, here as everywhere: who waits for it holds
 * the server's. */
static bool begin_both(struct store *store, struct err *err)
{
	struct replica *r = store->replica;
	struct pulled pulled = {NULL, false};
	r->server->unsure = false;
	bool fine = server_run(r->server,
	                "BEGIN; SELECT pg_advisory_xact_lock(" SERVER_LOCK ")", err) &&
	            replica_ask(store, &pulled, err) &&
	            sql_run(store, "BEGIN IMMEDIATE", err) &&
	            replica_take(store, &pulled, err) && log_newest(store, &r->base, err);
	server_clear(r->server, pulled.lines);
	return fine;
}

/* Who is at a screen does not wait for what is known to be away. */
static bool is_away(const struct replica *r, struct err *err)
{
	char problem[600];
	if (!r->follow)
		return false;
	store_follow_state(r->follow, problem, sizeof problem);
	if (*problem)
		err_set(err, r->name ? r->name : "server", "nothing was saved: it %s",
		    problem);
	return *problem != '\0';
}

/* *stale: a connection that was there before was lost at the first word on it. */
static bool begin(struct store *store, bool *stale, struct err *err)
{
	struct replica *r = store->replica;
	*stale = r->server && !server_lost(r->server);
	if (replica_connect(store, err) && begin_both(store, err)) {
		r->begun = true;
		*r->problem = '\0';
		return true;
	}
	*stale &= r->server && server_lost(r->server);
	replica_rollback(store);
	return false;
}

bool replica_begin(struct store *store, struct err *err)
{
	struct replica *r = store->replica;
	struct err first = ERR_INIT;
	bool stale;
	forget(r);
	if (is_away(r, err))
		return false;
	if (begin(store, &stale, &first))
		return true;
	if (!stale) {
		*err = first;
		return false;
	}
	/* The server went and came back since the last write. */
	return begin(store, &stale, err);
}

void replica_rollback(struct store *store)
{
	struct replica *r = store->replica;
	struct err ignored = ERR_INIT;
	forget(r);
	if (r->server && !server_lost(r->server))
		server_run(r->server, "ROLLBACK", &ignored);
	if (!sqlite3_get_autocommit(store->db))
		sql_run(store, "ROLLBACK", &ignored);
}

/* ---- what the body wrote, to the server ---- */

static bool tell(struct server *s, const char *op, const char *what, const char *deal,
    const char *undoes, const char *batch, struct err *err)
{
	const char *values[] = {
	    op, what, or_empty(deal), or_empty(undoes), or_empty(batch)};
	return server_do(s, TELL_WRITE, values, NULL, err);
}

static bool send_row(struct server *s, const struct row *row, struct err *err)
{
	const char *values[ROW_COLUMNS + 1];
	struct str text = STR_INIT;
	PGresult *rows;
	values[0] = row->key;
	for (int i = 0; i < row->table->columns; i++)
		values[i + 1] = row->value[i];
	row_write_text(&text, row->table, true);
	bool fine =
	    server_ask(s, str_text(&text), values, row->table->columns + 1, &rows, err);
	str_release(&text);
	if (!fine)
		return false;
	bool written = server_rows(s, rows) > 0;
	server_clear(s, rows);
	return written || err_set(err, s->name,
	                      "changed at the same moment; nothing was saved: try again");
}

static bool send_line(
    struct store *store, struct sql *q, struct arena *arena, struct err *err)
{
	struct server *s = store->replica->server;
	struct row row;
	const struct row_table *table = row_table_find(sql_dup(q, 1, arena));
	if (!table)
		return err_set(err, s->name,
		    "can not be told of that kind of write, and nothing was saved; do it "
		    "on "
		    "the server");
	row_parse(
	    &row, table, sql_dup(q, 2, arena), slice_of(sql_dup(q, 3, arena)), arena);
	return tell(s, sql_dup(q, 0, arena), sql_dup(q, 4, arena), sql_dup(q, 5, arena),
	           sql_dup(q, 6, arena), sql_dup(q, 7, arena), err) &&
	       send_row(s, &row, err);
}

static bool send_lines(struct store *store, size_t *count, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct sql q;
	bool fine = true;
	*count = 0;
	if (sql_begin(&q, store,
	        "SELECT op_id, table_name, row_key, new_row, what, deal_id, undoes, "
	        "batch FROM "
	        "main.change_log WHERE seq > $1 ORDER BY seq",
	        err)) {
		sql_int(&q, 1, store->replica->base);
		for (; fine && sql_row(&q); ++*count)
			fine = send_line(store, &q, &arena, err);
	}
	arena_release(&arena);
	return sql_done(&q) && fine;
}

static bool send_clock(struct store *store, int64_t rowid, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct sql q;
	bool fine = true;
	if (sql_begin(&q, store,
	        "SELECT review, deal_id, seconds, seen_at FROM main.clock WHERE rowid = "
	        "$1",
	        err)) {
		sql_int(&q, 1, rowid);
		if (sql_row(&q)) {
			const char *values[4];
			for (int i = 0; i < 4; i++)
				values[i] = sql_dup(&q, i, &arena);
			fine = server_do(
			    store->replica->server, PUT_CLOCK, values, NULL, err);
		}
	}
	arena_release(&arena);
	return sql_done(&q) && fine;
}

static bool send_generation(
    struct store *store, const struct touched *touched, struct err *err)
{
	struct replica *r = store->replica;
	struct arena arena = ARENA_INIT;
	struct sql q;
	bool fine = true;
	if (sql_begin(&q, store,
	        "SELECT id, dropped, as_of, made_at, made_by FROM main.generation WHERE "
	        "id = $1",
	        err)) {
		sql_int(&q, 1, touched->rowid);
		if (sql_row(&q)) {
			const char *values[6];
			for (int i = 0; i < 5; i++)
				values[i] = sql_dup(&q, i, &arena);
			values[5] = arena_printf(&arena, "%lld", (long long)r->sent_size);
			fine = touched->insert ? server_do(r->server, PUT_GENERATION,
			                             values, NULL, err)
			                       : server_do(r->server, DROP_GENERATION,
			                             values, NULL, err);
		}
	}
	arena_release(&arena);
	return sql_done(&q) && fine;
}

static bool send_touched(struct store *store, struct err *err)
{
	struct replica *r = store->replica;
	bool fine = r->n_touched < TOUCHED ||
	            err_set(err, r->server->name,
	                "too many rows beside the log at once, and nothing was saved");
	for (size_t i = 0; fine && i < r->n_touched; i++)
		fine = r->touched[i].clock ? send_clock(store, r->touched[i].rowid, err)
		                           : send_generation(store, &r->touched[i], err);
	return fine;
}

/* The server's lines beside ours: the same, but for the instant, which is the server's. */
static bool take_instants(struct store *store, const PGresult *rows, struct err *err)
{
	struct server *s = store->replica->server;
	struct sql q;
	bool same = true;
	if (!sql_begin(&q, store,
	        "UPDATE main.change_log SET at = $3 WHERE seq = $1 AND op_id = $2 AND "
	        "person = "
	        "$4 RETURNING seq",
	        err))
		return sql_done(&q);
	for (int i = 0; same && i < server_rows(s, rows); i++) {
		for (int c = 0; c < 4; c++)
			sql_text(&q, c + 1, server_text(s, rows, i, c));
		same = sql_row(&q);
		sql_step(&q);
	}
	return sql_done(&q) && (same || err_set(err, s->name,
	                                    "its log differs from what was written, and "
	                                    "nothing was saved; run huddle check"));
}

static bool compare_logs(struct store *store, size_t count, struct err *err)
{
	struct server *s = store->replica->server;
	char base[24];
	const char *values[] = {base};
	PGresult *rows;
	if (!count)
		return true;
	snprintf(base, sizeof base, "%lld", (long long)store->replica->base);
	if (!server_do(s, ASK_LINES, values, &rows, err))
		return false;
	if (server_rows(s, rows))
		snprintf(store->replica->xid, sizeof store->replica->xid, "%s",
		    server_text(s, rows, 0, 4));
	bool fine =
	    (size_t)server_rows(s, rows) == count
	        ? take_instants(store, rows, err)
	        : err_set(err, s->name,
	              "its log differs from what was written, and nothing was saved");
	server_clear(s, rows);
	return fine;
}

/* ---- commit ---- */

static bool last_op(struct store *store, char op[40], struct err *err)
{
	struct sql q;
	*op = '\0';
	if (sql_begin(&q, store,
	        "SELECT op_id FROM main.change_log WHERE seq > $1 ORDER BY seq DESC "
	        "LIMIT 1",
	        err)) {
		sql_int(&q, 1, store->replica->base);
		if (sql_row(&q))
			slice_copy(sql_get(&q, 0), op, 40);
	}
	return sql_done(&q);
}

enum outcome { THERE, NOT_THERE, IN_THE_AIR };

/* A commit that waits for its standby is seen by nobody, and may yet stand: on the server
 * that it was sent to, its transaction tells. Another one has what it will ever have. */
static bool ask_outcome(struct store *store, const char *op, const char *timeline,
    enum outcome *out, struct err *err)
{
	struct server *s = store->replica->server;
	const char *of_op[] = {op}, *of_xid[] = {store->replica->xid};
	PGresult *rows;
	*out = IN_THE_AIR;
	if (!server_do(s, ASK_OP, of_op, &rows, err))
		return false;
	bool there = server_rows(s, rows) > 0;
	server_clear(s, rows);
	if (there || strcmp(timeline, s->known.timeline) != 0) {
		*out = there ? THERE : NOT_THERE;
		return true;
	}
	if (!server_do(s, ASK_OUTCOME, of_xid, &rows, err))
		return false;
	if (server_int(s, rows, 0, 0))
		*out = NOT_THERE;
	server_clear(s, rows);
	return true;
}

/* The answer to a commit was lost, and it may have happened. Whoever is the server now
 * is asked until one can tell; the whole takes some seconds. */
static bool ask_again(struct store *store, const char *op, const char *timeline,
    bool *there, struct err *err)
{
	enum { TRIES = 15, PAUSE_US = 500 * 1000 };
	enum outcome outcome;
	for (int i = 0; i < TRIES; i++) {
		struct err own = ERR_INIT;
		if (replica_connect(store, &own) &&
		    ask_outcome(store, op, timeline, &outcome, &own) &&
		    outcome != IN_THE_AIR) {
			*there = outcome == THERE;
			return true;
		}
		usleep(PAUSE_US);
	}
	return err_set(err, store->replica->name,
	    "was lost while it saved, and whether it did can not be told; look when it "
	    "is "
	    "back before you write it again");
}

/* A commit that waited for a standby until its connection was given up stands on the
 * primary alone. A write after it is confirmed only together with it. */
static bool confirmed(struct server *s)
{
	struct err ignored = ERR_INIT;
	s->unsure = false;
	return server_run(s,
	           "INSERT INTO main.seen(person, at) VALUES(session_user, now()::text) "
	           "ON "
	           "CONFLICT(person) DO UPDATE SET at = excluded.at",
	           &ignored) &&
	       !s->unsure;
}

static bool commit_there(
    struct store *store, const char *op, bool *unsure, struct err *err)
{
	struct replica *r = store->replica;
	bool there = false;
	if (server_run(r->server, "COMMIT", err)) {
		*unsure = r->server->unsure;
		return true;
	}
	if (!server_lost(r->server) || !*op)
		return false;
	char timeline[sizeof r->known.timeline];
	memcpy(timeline, r->server->known.timeline, sizeof timeline);
	struct err lost = *err;
	*err = (struct err)ERR_INIT;
	if (!ask_again(store, op, timeline, &there, err))
		return false;
	if (there) {
		*unsure = !confirmed(r->server);
		return true;
	}
	*err = lost;
	return false;
}

/* It is saved; that this machine's copy could not be written is mended by reading it
 * anew. */
static bool commit_here(struct store *store, struct err *err)
{
	struct err ignored = ERR_INIT;
	if (sql_run(store, "COMMIT", &ignored))
		return true;
	if (!sqlite3_get_autocommit(store->db))
		sql_run(store, "ROLLBACK", &ignored);
	return replica_catch_up(store, err);
}

bool replica_commit(struct store *store, struct err *err)
{
	struct replica *r = store->replica;
	char op[40];
	size_t lines;
	bool unsure = false;
	if (!send_lines(store, &lines, err) || !send_touched(store, err) ||
	    !compare_logs(store, lines, err) || !last_op(store, op, err) ||
	    !commit_there(store, op, &unsure, err))
		return false;
	forget(r);
	return commit_here(store, err) &&
	       (!unsure ||
	           err_set(err, r->name,
	               "saved, but no standby has confirmed it; tell who runs the "
	               "server"));
}
