/*
 * statements URL: prepares each statement that goes to a server there, and those that are
 * the same on the copy on SQLite as well, with the same names of columns. Those of rows
 * are made from the tables of row.c.
 */
#include "../../src/store/server_sql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct server *server;
static struct store model;
static int failed, prepared, both;

static void fail(const char *text, const char *why)
{
	printf("FAILED: %s\n  %s\n", text, why);
	failed++;
}

static sqlite3_stmt *prepare_here(const char *text)
{
	sqlite3_stmt *stmt = NULL;
	if (sqlite3_prepare_v2(model.db, text, -1, &stmt, NULL) != SQLITE_OK)
		fail(text, sqlite3_errmsg(model.db));
	return stmt;
}

static void compare_columns(const char *text, const PGresult *there)
{
	sqlite3_stmt *here = prepare_here(text);
	int n = server->pq->PQnfields(there);
	if (!here)
		return;
	if (sqlite3_column_count(here) != n)
		fail(text, "another number of columns");
	for (int i = 0; i < n && i < sqlite3_column_count(here); i++)
		if (strcmp(sqlite3_column_name(here, i), server->pq->PQfname(there, i)) !=
		        0 &&
		    server->pq->PQfname(there, i)[0] != '?')
			fail(text, "another name of a column");
	sqlite3_finalize(here);
	both++;
}

static void check(const char *text, int parameters, bool same)
{
	PGresult *made = server->pq->PQprepare(server->conn, "", text, 0, NULL);
	PGresult *described = NULL;
	if (server->pq->PQresultStatus(made) != PGRES_COMMAND_OK) {
		fail(text, server->pq->PQerrorMessage(server->conn));
	} else {
		described = server->pq->PQdescribePrepared(server->conn, "");
		prepared++;
		if (server->pq->PQnparams(described) != parameters)
			fail(text, "another number of parameters than is said");
		if (same)
			compare_columns(text, described);
	}
	server->pq->PQclear(described);
	server->pq->PQclear(made);
}

static void check_rows(const struct row_table *table)
{
	struct str text = STR_INIT;
	row_write_text(&text, table, true);
	check(str_text(&text), table->columns + 1, true);
	str_clear(&text);
	row_read_text(&text, table);
	check(str_text(&text), 1, true);
	str_release(&text);
}

int main(int argc, char **argv)
{
	struct err err = ERR_INIT;
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_MEMORY;
	model = (struct store){.path = (char *)"model", .watch = -1};
	bool fine = server_open(&server, argc > 1 ? argv[1] : "", NULL, &err) &&
	            open_connection(&model.db, ":memory:", flags, &err);
	for (int i = 0; fine && i < SCHEMA_VERSION; i++)
		fine = sql_script(&model, schema_steps[i], &err);
	if (!fine) {
		printf("FAILED: %s: %s\n", err.place, err.text);
		return 1;
	}
	for (int i = 0; i < SERVER_STATEMENTS; i++)
		check(server_sql[i].text, server_sql[i].parameters, server_sql[i].both);
	for (const struct row_table *const *t = row_tables; *t; t++)
		check_rows(*t);
	printf("%d statements prepared on the server, %d of them here as well\n",
	    prepared, both);
	server_close(server);
	sql_forget(&model);
	sqlite3_close(model.db);
	return failed || prepared < SERVER_STATEMENTS || both < 20;
}
