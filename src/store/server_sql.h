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

/* Name and value as SQL takes them, quoted; appended. */
void sql_quote_name(struct str *out, const char *name);
void sql_quote_text(struct str *out, const char *text);

#endif
