#include "server.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

bool server_lost(const struct server *server)
{
	return !server->conn;
}

int64_t server_clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

bool server_wait(int fd, bool write, int ms)
{
	int64_t end = server_clock_ms() + ms;
	for (;;) {
		struct pollfd p = {.fd = fd, .events = write ? POLLOUT : POLLIN};
		int64_t left = end - server_clock_ms();
		if (left < 0)
			return false;
		int got = poll(&p, 1, (int)left);
		if (got > 0)
			return true;
		if (got < 0 && errno != EINTR)
			return false;
	}
}

void server_lose(struct server *server)
{
	if (server->conn)
		server->pq->PQfinish(server->conn);
	server->conn = NULL;
}

static bool broken(struct server *server, const char *what, struct err *err)
{
	server_lose(server);
	return err_set(err, server->name, "%s; try again when it is back", what);
}

/* ---- one statement ---- */

static bool flush(struct server *server, struct err *err)
{
	int left;
	while ((left = server->pq->PQflush(server->conn)) > 0)
		if (!server_wait(
		        server->pq->PQsocket(server->conn), true, server->wait_ms))
			return broken(server, "does not take what is sent to it", err);
	return left == 0 || broken(server, "the connection is lost", err);
}

/* The next result; NULL: that was the last. The deadline is for each piece that comes. */
static bool next_result(struct server *server, PGresult **out, struct err *err)
{
	*out = NULL;
	while (server->pq->PQisBusy(server->conn)) {
		if (!server_wait(
		        server->pq->PQsocket(server->conn), false, server->wait_ms))
			return broken(server, "does not answer", err);
		if (!server->pq->PQconsumeInput(server->conn))
			return broken(server, "the connection is lost", err);
	}
	*out = server->pq->PQgetResult(server->conn);
	if (server->pq->PQstatus(server->conn) != CONNECTION_BAD)
		return true;
	server->pq->PQclear(*out);
	*out = NULL;
	return broken(server, "the connection is lost", err);
}

static bool is_fine(ExecStatusType status)
{
	return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK ||
	       status == PGRES_COPY_IN || status == PGRES_COPY_OUT;
}

/* All that one statement gives; the first result is the caller's. A COPY goes on. */
static bool take_results(struct server *server, PGresult **out, struct err *err)
{
	PGresult *first = NULL, *more;
	bool fine = true;
	for (;;) {
		if (!next_result(server, &more, err)) {
			server->pq->PQclear(first);
			return false;
		}
		if (!more)
			break;
		ExecStatusType status = server->pq->PQresultStatus(more);
		if (fine && !is_fine(status))
			fine = server_failed(server, more, err);
		if (first)
			server->pq->PQclear(more);
		else
			first = more;
		if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT)
			break;
	}
	if (fine && out)
		*out = first;
	else
		server->pq->PQclear(first);
	return fine;
}

static bool send(struct server *server, int sent, PGresult **out, struct err *err)
{
	if (!sent)
		return broken(server, "the connection is lost", err);
	return flush(server, err) && take_results(server, out, err);
}

bool server_ask(struct server *server, const char *text, const char *const *values, int n,
    PGresult **out, struct err *err)
{
	if (out)
		*out = NULL;
	if (!server->conn)
		return err_set(err, server->name, "is not connected; try again");
	return send(server,
	    server->pq->PQsendQueryParams(
	        server->conn, text, n, NULL, values, NULL, NULL, 0),
	    out, err);
}

bool server_run(struct server *server, const char *text, struct err *err)
{
	if (!server->conn)
		return err_set(err, server->name, "is not connected; try again");
	return send(server, server->pq->PQsendQuery(server->conn, text), NULL, err);
}

int server_rows(const struct server *server, const PGresult *rows)
{
	return rows ? server->pq->PQntuples(rows) : 0;
}

const char *server_text(
    const struct server *server, const PGresult *rows, int row, int column)
{
	return server->pq->PQgetisnull(rows, row, column)
	           ? NULL
	           : server->pq->PQgetvalue(rows, row, column);
}

int64_t server_int(const struct server *server, const PGresult *rows, int row, int column)
{
	const char *text = server_text(server, rows, row, column);
	return text ? strtoll(text, NULL, 10) : 0;
}

void server_clear(const struct server *server, PGresult *rows)
{
	server->pq->PQclear(rows);
}

/* ---- copy ---- */

bool server_copy_put(
    struct server *server, const void *bytes, size_t len, struct err *err)
{
	int put;
	if (!server->conn)
		return err_set(err, server->name, "the connection is lost; try again");
	while (!(put = server->pq->PQputCopyData(server->conn, bytes, (int)len)))
		if (!server_wait(
		        server->pq->PQsocket(server->conn), true, server->wait_ms))
			return broken(server, "does not take what is sent to it", err);
	/* Nothing may pile up in memory: what was put goes out before more is. */
	return put > 0 ? flush(server, err)
	               : broken(server, "the connection is lost", err);
}

bool server_copy_end(struct server *server, bool fine, struct err *err)
{
	struct err own = ERR_INIT;
	if (!server->conn)
		return false;
	server->pq->PQputCopyEnd(server->conn, fine ? NULL : "given up");
	if (!flush(server, err) || !take_results(server, NULL, fine ? err : &own))
		return false;
	return fine;
}

bool server_copy_get(struct server *server, char **bytes, size_t *len, struct err *err)
{
	int got;
	*len = 0;
	while (!(got = server->pq->PQgetCopyData(server->conn, bytes, 1))) {
		if (!server_wait(
		        server->pq->PQsocket(server->conn), false, server->wait_ms))
			return broken(server, "does not answer", err);
		if (!server->pq->PQconsumeInput(server->conn))
			return broken(server, "the connection is lost", err);
	}
	if (got > 0) {
		*len = (size_t)got;
		return true;
	}
	*bytes = NULL;
	return take_results(server, NULL, err);
}

void server_heard(struct server *server)
{
	PGnotify *notice;
	if (!server->conn)
		return;
	if (!server->pq->PQconsumeInput(server->conn)) {
		server_lose(server);
		return;
	}
	while ((notice = server->pq->PQnotifies(server->conn)))
		server->pq->PQfreemem(notice);
}
