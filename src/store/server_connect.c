#include "server_sql.h"

#include "huddle/str.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

/* From an address to a connection: which host, who we are there, and what it has. */

enum { CONNECT_MS = 2000, ANSWER_MS = 5000 };

struct target {
	const struct pq *pq;
	PQconninfoOption *options;
};

static const char *option_of(const struct target *t, const char *keyword)
{
	for (PQconninfoOption *o = t->options; o->keyword; o++)
		if (!strcmp(o->keyword, keyword))
			return o->val;
	return NULL;
}

static bool target_parse(struct target *t, const char *url, struct err *err)
{
	char *why = NULL;
	*t = (struct target){.pq = pq_load(err)};
	if (!t->pq)
		return false;
	t->options = t->pq->PQconninfoParse(url, &why);
	if (!t->options) {
		char *line = why ? strchr(why, '\n') : NULL;
		if (line)
			*line = '\0';
		err_usage(err, "--db", "the server's address can not be read: %s",
		    why ? why : "out of memory");
		t->pq->PQfreemem(why);
		return false;
	}
	if (!option_of(t, "password"))
		return true;
	t->pq->PQconninfoFree(t->options);
	return err_usage(err, "--db",
	    "leave the password out, others on this machine can read it; keep it in "
	    "~/.pgpass or a file that PGPASSFILE names");
}

static const char *or_default(const char *text, const char *other)
{
	return text && *text ? text : other;
}

static const char *from_environment(const char *value, const char *name)
{
	return or_default(value, getenv(name));
}

bool server_url_folder(const char *url, char *out, size_t size, struct err *err)
{
	struct target t;
	struct str key = STR_INIT;
	if (!target_parse(&t, url, err))
		return false;
	const char *database = from_environment(option_of(&t, "dbname"), "PGDATABASE");
	str_addf(&key, "%s\n%s\n%s\n%s", url, or_default(getenv("PGHOST"), ""),
	    or_default(getenv("PGPORT"), ""), or_default(getenv("PGUSER"), ""));
	uint64_t hash = XXH3_64bits(str_text(&key), key.len);
	str_release(&key);
	char name[40];
	snprintf(name, sizeof name, "%s", or_default(database, "huddle"));
	for (char *p = name; *p; p++)
		if (!strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567"
		            "89_-",
		        *p))
			*p = '-';
	snprintf(out, size, "%s-%016llx", name, (unsigned long long)hash);
	t.pq->PQconninfoFree(t.options);
	return true;
}

/* The n-th of "a,b,c", where the last stands for all that follow; false: there are
 * fewer. */
static bool nth(const char *list, size_t n, bool repeat, char *out, size_t size)
{
	const char *p = list ? list : "";
	for (size_t i = 0; i < n; i++) {
		const char *comma = strchr(p, ',');
		if (!comma && !repeat)
			return false;
		p = comma ? comma + 1 : p;
	}
	size_t len = strcspn(p, ",");
	snprintf(out, size, "%.*s", (int)(len < size ? len : size - 1), p);
	return true;
}

enum { OPTIONS_MAX = 64 };

/* What the URL says, but one host, and neither libpq's choice among several, which asks
 * the first one for ever when it is frozen, nor its deadline, which it does not keep when
 * a program waits by itself. */
static int keywords_of(const struct target *t, const struct server_known *at,
    const char *names[OPTIONS_MAX], const char *values[OPTIONS_MAX])
{
	static const char *const ours[] = {"host", "hostaddr", "port", "connect_timeout",
	    "target_session_attrs", "client_encoding", "fallback_application_name",
	    "tcp_user_timeout", NULL};
	int n = 0;
	for (PQconninfoOption *o = t->options; o->keyword; o++) {
		bool mine = !o->val || !*o->val;
		for (int i = 0; ours[i] && !mine; i++)
			mine = !strcmp(ours[i], o->keyword);
		if (mine || n > OPTIONS_MAX - 8)
			continue;
		names[n] = o->keyword;
		values[n++] = o->val;
	}
	const char *more[][2] = {{"host", at->host}, {"port", at->port},
	    {"client_encoding", "UTF8"}, {"fallback_application_name", "huddle"},
	    {"tcp_user_timeout", "10000"}};
	for (size_t i = 0; i < sizeof more / sizeof *more; i++) {
		if (!*more[i][1])
			continue;
		names[n] = more[i][0];
		values[n++] = more[i][1];
	}
	names[n] = values[n] = NULL;
	return n;
}

static bool poll_connection(struct server *server, int64_t end, struct err *err)
{
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;
	while (status != PGRES_POLLING_OK) {
		int64_t left = end - server_clock_ms();
		if (status == PGRES_POLLING_FAILED)
			return false;
		if (left <= 0 || !server_wait(server->pq->PQsocket(server->conn),
		                     status == PGRES_POLLING_WRITING, (int)left))
			return err_set(err, server->name, "does not answer");
		status = server->pq->PQconnectPoll(server->conn);
	}
	return true;
}

/* libpq's words without their line ends and its address, which stands before them. */
static const char *reason_of(const struct server *server, char *out, size_t size)
{
	const char *text = server->pq->PQerrorMessage(server->conn);
	const char *mark = strstr(text, "failed: ");
	snprintf(out, size, "%s", mark ? mark + 8 : text);
	out[strcspn(out, "\n")] = '\0';
	if (!strncmp(out, "FATAL:  ", 8))
		memmove(out, out + 8, strlen(out + 8) + 1);
	if (!strncmp(out, "server closed the connection", 28))
		snprintf(out, size, "it closed the connection");
	return out;
}

/* A warning at a commit: it stands here, and no standby has confirmed it. */
static void take_notice(void *arg, const PGresult *notice)
{
	struct server *server = arg;
	const char *state = server->pq->PQresultErrorField(notice, PG_DIAG_SQLSTATE);
	const char *severity =
	    server->pq->PQresultErrorField(notice, PG_DIAG_SEVERITY_NONLOCALIZED);
	if (state && severity && !strncmp(state, "01", 2) && !strcmp(severity, "WARNING"))
		server->unsure = true;
}

static bool connect_to(struct server *server, const struct target *t, struct err *err)
{
	const char *names[OPTIONS_MAX], *values[OPTIONS_MAX];
	char reason[300];
	int64_t end = server_clock_ms() + CONNECT_MS;
	keywords_of(t, &server->known, names, values);
	server->conn = server->pq->PQconnectStartParams(names, values, 0);
	if (!server->conn || server->pq->PQstatus(server->conn) == CONNECTION_BAD ||
	    !poll_connection(server, end, err)) {
		if (!*err->text)
			err_set(err, server->name, "%s",
			    server->conn ? reason_of(server, reason, sizeof reason)
			                 : "out of memory");
		if (server->conn && server->pq->PQconnectionNeedsPassword(server->conn))
			err_set(err, server->name,
			    "asks for a password; put it into ~/.pgpass");
		server_lose(server);
		return false;
	}
	server->pq->PQsetnonblocking(server->conn, 1);
	server->pq->PQsetNoticeReceiver(server->conn, take_notice, server);
	return true;
}

/* Who we are there, and what there is. */
static bool greet(struct server *server, struct err *err)
{
	enum { OLDEST = 120000 }; /* what is used of it has been there since 12 */
	PGresult *rows;
	if (server->pq->PQserverVersion(server->conn) < OLDEST) {
		int version = server->pq->PQserverVersion(server->conn);
		return err_set(err, server->name,
		    "is PostgreSQL %d, and huddle needs 12 or newer; ask for a newer "
		    "server",
		    version / 10000);
	}
	if (!server_do(server, ASK_WHO, NULL, &rows, err))
		return false;
	server->person = xstrdup(server_text(server, rows, 0, 0));
	bool tables = server_int(server, rows, 0, 1) != 0;
	char timeline[sizeof server->known.timeline], system[sizeof server->known.system];
	snprintf(timeline, sizeof timeline, "%s", server_text(server, rows, 0, 2));
	snprintf(system, sizeof system, "%s", server_text(server, rows, 0, 3));
	server_clear(server, rows);
	server->standby = !*timeline;
	if (server->standby)
		return err_set(err, server->name, "is a standby, which takes no writes");
	if (!strcmp(system, server->known.system) &&
	    strcmp(timeline, server->known.timeline) < 0)
		return err_set(err, server->name,
		    "is behind: another server has taken over since; it must follow that "
		    "one "
		    "before it is used again");
	memcpy(server->known.system, system, sizeof system);
	memcpy(server->known.timeline, timeline, sizeof timeline);
	server->schema = tables;
	return true;
}

static bool read_tables(struct server *server, struct err *err)
{
	PGresult *rows;
	if (!server->schema)
		return true;
	if (!server_do(server, ASK_TABLES, NULL, &rows, err))
		return false;
	bool found = server_rows(server, rows) == 1;
	if (found) {
		server->schema = (int)server_int(server, rows, 0, 0);
		snprintf(server->known.database, sizeof server->known.database, "%s",
		    server_text(server, rows, 0, 1));
		server->epoch = server_int(server, rows, 0, 2);
		for (int i = 3; i < 7; i++)
			server->rights |= (unsigned)server_int(server, rows, 0, i);
	}
	server_clear(server, rows);
	return found ||
	       err_set(err, server->name,
	           "its tables are not complete; let its owner run huddle server "
	           "init");
}

static bool try_host(struct server *server, const struct target *t, struct err *err)
{
	char *name = NULL;
	const char *database = option_of(t, "dbname");
	if (asprintf(&name, "%s on %s:%s", or_default(database, "huddle"),
	        or_default(server->known.host, "localhost"),
	        or_default(server->known.port, "5432")) < 0)
		name = NULL;
	free(server->name);
	server->name = name ? name : xstrdup("server");
	if (connect_to(server, t, err) && greet(server, err) && read_tables(server, err))
		return true;
	server_lose(server);
	free(server->person);
	server->person = NULL;
	return false;
}

/* The host that answered last comes first, then all in their order. */
static bool try_hosts(struct server *server, const struct target *t,
    const struct server_known *last, struct err *err)
{
	const char *hosts = from_environment(
	    or_default(option_of(t, "host"), option_of(t, "hostaddr")), "PGHOST");
	const char *ports = from_environment(option_of(t, "port"), "PGPORT");
	struct err first = ERR_INIT;
	bool standby = false;
	for (size_t i = 0;; i++) {
		struct err own = ERR_INIT;
		struct server_known *at = &server->known;
		if (i && !nth(hosts, i - 1, false, at->host, sizeof at->host))
			break;
		if (i)
			nth(ports, i - 1, true, at->port, sizeof at->port);
		else if (!last || !*last->host)
			continue;
		if (i && last && !strcmp(at->host, last->host) &&
		    !strcmp(at->port, last->port))
			continue; /* it came first */
		if (try_host(server, t, &own))
			return true;
		/* That one of them is a standby is no news. */
		if (!*first.text || standby)
			first = own;
		standby = server->standby;
	}
	*err = first;
	return false;
}

bool server_open(struct server **out, const char *url, const struct server_known *known,
    struct err *err)
{
	struct target t;
	struct server *server;
	*out = NULL;
	if (!target_parse(&t, url, err))
		return false;
	server = xcalloc(1, sizeof *server);
	server->pq = t.pq;
	server->wait_ms = ANSWER_MS;
	if (known)
		server->known = *known;
	bool fine = try_hosts(server, &t, known, err);
	t.pq->PQconninfoFree(t.options);
	if (!fine) {
		server_close(server);
		return false;
	}
	*out = server;
	return true;
}

void server_close(struct server *server)
{
	if (!server)
		return;
	server_lose(server);
	free(server->name);
	free(server->person);
	free(server);
}
