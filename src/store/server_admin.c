#include "server_sql.h"

#include <string.h>

/* What RevOps does once: tables, roles and logins. */

const char *const server_role_names[] = {"revops", "leader", "rep", NULL};

/* Roles are of the whole cluster, so they may be there already. */
static const char roles[] =
    "DO $$ BEGIN"
    " IF NOT EXISTS(SELECT FROM pg_roles WHERE rolname = 'huddle_rep') THEN"
    "  CREATE ROLE huddle_rep NOLOGIN; END IF;"
    " IF NOT EXISTS(SELECT FROM pg_roles WHERE rolname = 'huddle_leader') THEN"
    "  CREATE ROLE huddle_leader NOLOGIN; END IF;"
    " IF NOT EXISTS(SELECT FROM pg_roles WHERE rolname = 'huddle_revops') THEN"
    "  CREATE ROLE huddle_revops NOLOGIN; END IF;"
    " GRANT huddle_rep TO huddle_leader; GRANT huddle_rep TO huddle_revops;"
    " IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) THEN"
    "  EXECUTE format('GRANT huddle_revops TO %I', session_user); END IF;"
    " END $$";

/* One after the other, should two do it at once; all of it or nothing. */
static bool make_tables(struct server *server, struct err *err)
{
	struct str text = STR_INIT;
	char id[33];
	random_id(id);
	bool fine = server_schema(&text, server->person, id, err) &&
	            server_run(server,
	                "BEGIN; SELECT pg_advisory_xact_lock(" SERVER_LOCK ")", err) &&
	            server_run(server, roles, err) &&
	            server_run(server, str_text(&text), err) &&
	            server_run(server, "COMMIT", err);
	str_release(&text);
	return fine;
}

static bool right_version(const struct server *server, struct err *err)
{
	if (server->schema == SERVER_SCHEMA)
		return true;
	return err_set(err, server->name,
	    "has the tables of another huddle (schema %d, this one knows %d); install "
	    "the "
	    "version that all of you use",
	    server->schema, SERVER_SCHEMA);
}

bool store_server_init(const char *url, struct err *err)
{
	struct server *server;
	if (!server_open(&server, url, NULL, err))
		return false;
	bool fine =
	    server->schema ? right_version(server, err) : make_tables(server, err);
	server_close(server);
	return fine;
}

static bool has_login(
    struct server *server, const char *name, bool *found, struct err *err)
{
	PGresult *rows;
	const char *values[] = {name};
	if (!server_do(server, ASK_LOGIN, values, &rows, err))
		return false;
	*found = server_rows(server, rows) > 0;
	server_clear(server, rows);
	return true;
}

/* Of the three groups it is in this one from now on. */
static bool give_role(
    struct server *server, const char *name, const char *role, bool made, struct err *err)
{
	struct str text = STR_INIT;
	str_adds(&text, "BEGIN;");
	if (made) {
		str_adds(&text, "CREATE ROLE ");
		sql_quote_name(&text, name);
		str_adds(&text, " LOGIN;");
	}
	for (const char *const *r = server_role_names; *r; r++) {
		bool this = !strcmp(*r, role);
		str_addf(&text, "%s huddle_%s %s ", this ? "GRANT" : "REVOKE", *r,
		    this ? "TO" : "FROM");
		sql_quote_name(&text, name);
		str_adds(&text, ";");
	}
	str_adds(&text, "ALTER ROLE ");
	sql_quote_name(&text, name);
	str_adds(&text, " SET search_path = main; COMMIT");
	bool fine = server_run(server, str_text(&text), err);
	str_release(&text);
	return fine;
}

bool store_server_add_user(
    const char *url, const char *name, const char *role, bool *made, struct err *err)
{
	struct server *server;
	bool found;
	if (!server_open(&server, url, NULL, err))
		return false;
	bool fine = (server->schema ||
	                err_set(err, server->name,
	                    "has no tables of huddle yet; run huddle server init")) &&
	            has_login(server, name, &found, err);
	*made = fine && !found;
	fine = fine && give_role(server, name, role, *made, err);
	server_close(server);
	return fine;
}
