#ifndef HUDDLE_STORE_PQ_H
#define HUDDLE_STORE_PQ_H

#include <libpq-fe.h>
#include "huddle/err.h"

/*
 * PostgreSQL's client library, loaded when a server is named: with what it needs itself
 * it takes longer to load than a review of a file takes to open.
 */
/* clang-format off */
#define PQ_FUNCTIONS(X) \
	X(PQconninfoParse) X(PQconninfoFree) X(PQfreemem) X(PQconnectStartParams) \
	X(PQconnectPoll) X(PQsocket) X(PQstatus) X(PQerrorMessage) X(PQfinish) \
	X(PQsetnonblocking) X(PQsendQuery) X(PQsendQueryParams) X(PQflush) X(PQconsumeInput) X(PQisBusy) \
	X(PQgetResult) X(PQresultStatus) X(PQresultErrorField) X(PQntuples) X(PQnfields) \
	X(PQfname) X(PQgetvalue) X(PQgetlength) X(PQgetisnull) X(PQclear) X(PQputCopyData) \
	X(PQputCopyEnd) X(PQgetCopyData) X(PQnotifies) X(PQserverVersion) X(PQprepare) X(PQnparams) \
	X(PQdescribePrepared) X(PQsetNoticeReceiver) X(PQtransactionStatus) \
	X(PQsslInUse) X(PQconnectionNeedsPassword)
/* clang-format on */

struct pq {
#define POINTER(name) __typeof__(name) *name;
	PQ_FUNCTIONS(POINTER)
#undef POINTER
};

/* NULL: it is not installed, and err says what to do. Kept until the program ends; several
 * threads may ask at once. */
const struct pq *pq_load(struct err *err);

#endif
