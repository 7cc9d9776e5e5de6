#ifndef HUDDLE_STORE_REPLICA_H
#define HUDDLE_STORE_REPLICA_H

#include "server_sql.h"

/*
 * This machine's copy of what is on a server: a records file and a generation of facts
 * like those of a store without one. See ARCHITECTURE.md.
 */
enum { TOUCHED = 16 };

struct replica {
	char *url, *folder;
	struct server *server;     /* NULL: not connected */
	bool refused;              /* it answered, and we are not let in */
	char *name;                /* the server's, for messages */
	char problem[1600];        /* why it is not; "" while it is */
	struct server_known known; /* of the last time, and */
	char person[256];
	int64_t epoch;             /* of what is here */
	bool begun;                /* a transaction is open on the server, too */
	int64_t base;              /* the newest line when it began */
	char xid[24];              /* the server's number of the transaction */
	struct touched {
		bool clock, insert;    /* else a generation */
		int64_t rowid;
	} touched[TOUCHED];        /* rows beside those that the log tells of */
	size_t n_touched;
	int64_t fetched;           /* the generation whose facts have just come */
	struct store_follow *follow; /* keeps the copy up to date; NULL: nobody */
	int64_t sent_size;         /* of the facts that this sync has sent */
};

/* The replica of a URL and the path of its records file, which is made if need be. */
bool replica_open(struct replica **out, const char *url, char **path, struct err *err);
void replica_close(struct replica *replica); /* NULL is fine */
/* Connect and read what is new. False where that failed, also where it does not matter:
 * then replica->problem tells, and the copy is as it was. */
bool replica_catch_up(struct store *store, struct err *err);
bool replica_connect(struct store *store, struct err *err);
/* Is there a copy to read on in while the server is not to be reached? */
bool replica_reads_on(const struct replica *replica);
/* Before it works for minutes: the server is there and lets this person sync. */
bool replica_may_sync(struct store *store, struct err *err);
/* Watch which rows a transaction writes; once after the file is open. */
void replica_watch(struct store *store);

/*
 * replica_pull.c: lines of the log after the newest one here. They are asked for before
 * anything here is locked, so that nobody here waits for the network, and taken with the
 * rows they left in a transaction of the copy that the caller has begun.
 */
struct pulled {
	PGresult *lines; /* the caller clears it, also after a failure */
	bool anew;       /* all of them: what is here is of another history */
};
bool replica_ask(struct store *store, struct pulled *out, struct err *err);
bool replica_take(struct store *store, const struct pulled *pulled, struct err *err);

/* replica_write.c: what sql_begin_write(), sql_commit() and sql_rollback() do on a
 * server. */
bool replica_begin(struct store *store, struct err *err);
bool replica_commit(struct store *store, struct err *err);
void replica_rollback(struct store *store);

/* pieces.c: a generation's file to the server, before it is switched to, and from it. */
bool pieces_send(struct server *server, const char *path, int64_t generation, int64_t *size,
	struct err *err);
/* From it to `path`, whole or not at all; what `previous` (or NULL) has is not asked for. */
bool pieces_fetch(struct server *server, const char *path, const char *previous,
	int64_t generation, int64_t size, struct err *err);
/* Those that no generation of the last three has; what fails is left for the next time. */
void pieces_forget(struct server *server);

#endif
