#include "server.h"

#include <stdio.h>
#include <string.h>

/*
 * What a server's refusal means to a person and what to do about it, by SQLSTATE: its
 * first characters decide. What only a mistake of ours can cause keeps the server's own
 * words, for the report.
 */
static const struct {
	const char *state, *text;
} words[] = {
    {"42501", "does not let you do that, and nothing was saved; reps write their own "
              "debriefs and actions, leaders decide and sign, RevOps syncs and defines"},
    {"53100", "its disk is full and nothing was saved; ask who runs it to make room"},
    {"53", "is out of resources and nothing was saved; try again in a moment"},
    {"57014", "took too long and nothing was saved; try again"},
    {"57P", "is shutting down and nothing was saved; try again in a moment"},
    {"55P03", "somebody else has been writing for 3 seconds and nothing was saved; try "
              "again"},
    {"25P03",
        "a write was begun and not ended in time, and nothing was saved; try again"},
    {"40", "somebody else wrote at the same moment and nothing was saved; try again"},
    {"25006", "takes no writes now, and nothing was saved; try again when it does"},
    {"23505", "somebody else wrote at the same moment and nothing was saved; try again"},
    {"22021", "holds text that is not UTF-8; write it in UTF-8"},
    {"3F000", "has no tables of huddle; let its owner run huddle server init"},
    {"42P01", "has no tables of huddle, or those of another version; let its owner run "
              "huddle server init"},
    {"28", "does not let you in; ask RevOps for huddle server add-user"},
};

bool server_failed(struct server *server, const PGresult *result, struct err *err)
{
	const char *state = server->pq->PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *message =
	    server->pq->PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	for (size_t i = 0; state && i < sizeof words / sizeof *words; i++)
		if (!strncmp(state, words[i].state, strlen(words[i].state)))
			return err_set(err, server->name, "%s", words[i].text);
	return err_set(err, server->name, "refused, and nothing was saved: %s (%s)",
	    message ? message : "it does not say why", state ? state : "no state");
}
