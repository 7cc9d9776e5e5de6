#ifndef HUDDLE_STORE_SERVER_H
#define HUDDLE_STORE_SERVER_H

#include "huddle/store_server.h"
#include "pq.h"

#include <stdint.h>

/*
 * One connection to a server. Nothing here waits without an end: every wait has a
 * deadline of its own, as those of libpq and of the server leave out a commit that waits
 * for a standby, and a host that takes a connection and then says nothing. A connection
 * that ran into one is given up, never cancelled: a commit that is cancelled may have
 * happened.
 */
enum server_right { SERVER_REP = 1, SERVER_LEADER = 2, SERVER_REVOPS = 4, SERVER_OWNER = 8 };

/* What an earlier connection knew, so that a server that stayed behind is told from the
 * one that went on; all of it may be blank. */
struct server_known {
	char host[256], port[16]; /* the last that answered */
	char database[33];        /* huddle's own id of it, made at server init */
	char timeline[9];         /* the highest that was seen: hex, of the write-ahead log */
	char system[24];          /* of this cluster: a new one begins at 1 again */
};

struct server {
	const struct pq *pq;
	PGconn *conn;        /* NULL once it is lost */
	char *name;          /* "huddle on db1:5432", for messages */
	char *person;        /* session_user */
	unsigned rights;     /* enum server_right */
	int64_t epoch;       /* moves when history was rewritten: all is to be read anew */
	int schema;          /* version of the tables; 0: there are none */
	struct server_known known;
	int wait_ms;         /* for one answer */
	bool standby;        /* takes no writes */
	bool unsure;         /* the server warned: committed here, maybe not on a standby */
};

/* The first host that answers, can write and is the newest of those known; others are
 * tried in turn, each with a deadline of its own. */
bool server_open(
	struct server **out, const char *url, const struct server_known *known, struct err *err);
void server_close(struct server *server); /* NULL is fine */
bool server_lost(const struct server *server);
void server_lose(struct server *server); /* give the connection up */
int64_t server_clock_ms(void); /* of no day: for deadlines */

/* A short name of the URL that is safe as a folder's: "huddle-ana-1f3a...". */
bool server_url_folder(const char *url, char *out, size_t size, struct err *err);

/* One statement, its parameters as texts (NULL is NULL). *out is NULL for one without
 * rows if out is NULL; else to be cleared by the caller. */
bool server_ask(struct server *server, const char *text, const char *const *values, int n,
	PGresult **out, struct err *err);
bool server_run(struct server *server, const char *text, struct err *err);
int64_t server_int(const struct server *server, const PGresult *rows, int row, int column);
const char *server_text(const struct server *server, const PGresult *rows, int row, int column);
	/* NULL is NULL; borrowed from rows */
int server_rows(const struct server *server, const PGresult *rows);
void server_clear(const struct server *server, PGresult *rows);

/* COPY, which server_run() begins: rows in, */
bool server_copy_put(struct server *server, const void *bytes, size_t len, struct err *err);
bool server_copy_end(struct server *server, bool fine, struct err *err);
/* and out: the next row, to be freed by server->pq->PQfreemem; *bytes NULL: that was all. */
bool server_copy_get(struct server *server, char **bytes, size_t *len, struct err *err);

/* Wait for the socket; false: the deadline has passed. */
bool server_wait(int fd, bool write, int ms);
/* Take notices of the server in; what they say is looked up, not believed. */
void server_heard(struct server *server);
/* server_error.c: what a failed statement means to a person. */
bool server_failed(struct server *server, const PGresult *result, struct err *err);

#endif
