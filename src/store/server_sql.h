#ifndef HUDDLE_STORE_SERVER_SQL_H
#define HUDDLE_STORE_SERVER_SQL_H

#include "row.h"
#include "server.h"

/*
 * The tables of a server and the rights in them. What is a record and which columns it
 * has is said once, by schema_steps: the server's tables are made from those.
 */
enum { SERVER_SCHEMA = 1 }; /* moves with SCHEMA_VERSION and with what is here */

/* All of it as one text, for a database without huddle; `owner` logs in as. */
bool server_schema(struct str *out, const char *owner, const char *database, struct err *err);

/* Writers one after the other, as BEGIN IMMEDIATE has it; syncs one after the other. */
#define SERVER_LOCK      "7161500301"
#define SERVER_SYNC_LOCK "7161500302"

/*
 * The statements that go to a server but for COPY and those of row.c, which are made from
 * the tables of rows. `both`: it is the same on the copy here, and gives the same columns.
 */
enum server_statement { ASK_WHO, ASK_TABLES, ASK_GENERATIONS, ASK_CLOCK, ASK_LOG, ASK_LINES,
	ASK_OP, ASK_OUTCOME, TELL_WRITE, PUT_SEEN, PUT_CLOCK, PUT_GENERATION, DROP_GENERATION,
	ASK_PIECES, ASK_ORDER, ASK_GENERATION, DROP_ORDER, LOCK_SYNC, FORGET_ORDERS,
	FORGET_PIECES, UNLOCK_SYNC, ASK_EMPTY, ASK_LOGIN, SERVER_STATEMENTS };
struct server_sql {
	const char *text;
	int parameters;
	bool both;
};
extern const struct server_sql server_sql[SERVER_STATEMENTS];
/* Run one; rows may be NULL for one without. */
bool server_do(struct server *server, enum server_statement statement,
	const char *const *values, PGresult **rows, struct err *err);

/* Name and value as SQL takes them, quoted; appended. */
void sql_quote_name(struct str *out, const char *name);
void sql_quote_text(struct str *out, const char *text);

#endif
