#include "server_sql.h"

/* clang-format off */
const struct server_sql server_sql[SERVER_STATEMENTS] = {
	/* Who we are, whether there are tables, and how far the history went. */
	[ASK_WHO] = {"SELECT session_user, CASE WHEN to_regclass('main.huddle') IS NULL THEN 0"
		" ELSE 1 END, CASE WHEN pg_is_in_recovery() THEN '' ELSE"
		" substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,"
		" (SELECT system_identifier FROM pg_control_system())", 0, false},
	[ASK_TABLES] = {"SELECT version, database, epoch,"
		" CASE WHEN pg_has_role(session_user, 'huddle_rep', 'MEMBER') THEN 1 ELSE 0 END,"
		" CASE WHEN pg_has_role(session_user, 'huddle_leader', 'MEMBER') THEN 2 ELSE 0 END,"
		" CASE WHEN pg_has_role(session_user, 'huddle_revops', 'MEMBER') THEN 4 ELSE 0 END,"
		" CASE WHEN session_user = owner THEN 8 ELSE 0 END FROM main.huddle", 0, false},
	[ASK_GENERATIONS] = {"SELECT h.epoch, g.id, g.as_of, g.made_at, g.made_by, g.dropped,"
		" g.size FROM main.huddle h LEFT JOIN main.generation g ON 1 = 1 ORDER BY g.id",
		0, false},
	[ASK_CLOCK] = {"SELECT review, deal_id, seconds, seen_at FROM main.clock WHERE review ="
		" (SELECT max(id) FROM main.review) ORDER BY seen_at", 0, true},
	[ASK_LOG] = {"SELECT " LOG_COLUMNS " FROM main.change_log WHERE seq >= $1 ORDER BY seq",
		1, true},
	[ASK_LINES] = {"SELECT seq, op_id, at, person, txid_current() FROM main.change_log WHERE"
		" seq > $1 ORDER BY seq", 1, false},
	[ASK_OP] = {"SELECT seq FROM main.change_log WHERE op_id = $1", 1, true},
	[ASK_OUTCOME] = {"SELECT CASE WHEN txid_status($1) = 'aborted' THEN 1 ELSE 0 END", 1,
		false},
	/* What the triggers put into the log. */
	[TELL_WRITE] = {"SELECT set_config('huddle.op', $1, true), set_config('huddle.what', $2,"
		" true), set_config('huddle.deal', $3, true), set_config('huddle.undoes', $4, true),"
		" set_config('huddle.batch', $5, true)", 5, false},
	[PUT_SEEN] = {"INSERT INTO main.seen(person, at) VALUES(session_user, now()::text) ON"
		" CONFLICT(person) DO UPDATE SET at = excluded.at", 0, false},
	[PUT_CLOCK] = {"INSERT INTO main.clock(review, deal_id, seconds, seen_at) VALUES($1, $2,"
		" $3, $4) ON CONFLICT(review, deal_id) DO UPDATE SET seconds = CASE WHEN"
		" clock.seconds > excluded.seconds THEN clock.seconds ELSE excluded.seconds END,"
		" seen_at = excluded.seen_at", 4, true},
	[PUT_GENERATION] = {"INSERT INTO main.generation(id, dropped, as_of, made_at, made_by,"
		" size) VALUES($1, $2, $3, $4, $5, $6)", 6, false},
	[DROP_GENERATION] = {"UPDATE main.generation SET dropped = $2 WHERE id = $1", 2, true},
	[ASK_PIECES] = {"SELECT hash FROM main.piece", 0, false},
	[ASK_ORDER] = {"SELECT hash FROM main.generation_piece WHERE generation = $1 ORDER BY n",
		1, false},
	[ASK_GENERATION] = {"SELECT made_by FROM main.generation WHERE id = $1", 1, true},
	[DROP_ORDER] = {"DELETE FROM main.generation_piece WHERE generation = $1", 1, false},
	[LOCK_SYNC] = {"SELECT CASE WHEN pg_try_advisory_lock(" SERVER_SYNC_LOCK ") THEN 1 ELSE 0"
		" END", 0, false},
	[FORGET_ORDERS] = {"DELETE FROM main.generation_piece WHERE generation NOT IN (SELECT id"
		" FROM main.generation WHERE dropped = 0 ORDER BY id DESC LIMIT 3)", 0, false},
	[FORGET_PIECES] = {"DELETE FROM main.piece WHERE NOT EXISTS(SELECT 1 FROM"
		" main.generation_piece g WHERE g.hash = piece.hash)", 0, false},
	[UNLOCK_SYNC] = {"SELECT pg_advisory_unlock(" SERVER_SYNC_LOCK ")", 0, false},
	[ASK_EMPTY] = {"SELECT (SELECT count(*) FROM main.change_log) + (SELECT count(*) FROM"
		" main.generation)", 0, true},
	[ASK_LOGIN] = {"SELECT 1 FROM pg_roles WHERE rolname = $1", 1, false},
};
/* clang-format on */

bool server_do(struct server *server, enum server_statement statement,
    const char *const *values, PGresult **rows, struct err *err)
{
	const struct server_sql *sql = &server_sql[statement];
	return server_ask(server, sql->text, values, sql->parameters, rows, err);
}
