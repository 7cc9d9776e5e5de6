#include "replica.h"

#include "huddle/path.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Opening the copy, what is remembered of its server, and reading what is new. */

#define KNOWN_FILE "server"

/* ---- what is remembered of the server ---- */

static void take_known(struct replica *r, struct slice line)
{
	const struct {
		const char *name;
		char *to;
		size_t size;
	} texts[] = {{"host = ", r->known.host, sizeof r->known.host},
	    {"port = ", r->known.port, sizeof r->known.port},
	    {"database = ", r->known.database, sizeof r->known.database},
	    {"timeline = ", r->known.timeline, sizeof r->known.timeline},
	    {"system = ", r->known.system, sizeof r->known.system},
	    {"person = ", r->person, sizeof r->person}};
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (slice_starts(line, texts[i].name)) {
			size_t n = strlen(texts[i].name);
			slice_copy((struct slice){line.p + n, line.len - n}, texts[i].to,
			    texts[i].size);
		}
	if (slice_starts(line, "epoch = "))
		r->epoch = strtoll(line.p + 8, NULL, 10);
}

static void read_known(struct replica *r, struct arena *arena)
{
	enum { CAP = 1 << 16 };
	struct str text = STR_INIT;
	struct err none = ERR_INIT;
	struct slice rest, line;
	if (path_read(&text, path_join(arena, r->folder, KNOWN_FILE), CAP, &none)) {
		rest = (struct slice){str_text(&text), text.len};
		while (slice_cut(&rest, '\n', &line))
			take_known(r, line);
	}
	str_release(&text);
}

static bool write_known(struct replica *r, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct str text = STR_INIT;
	str_addf(&text,
	    "host = %s\nport = %s\ndatabase = %s\ntimeline = %s\nsystem = %s\n"
	    "person = %s\nepoch = %lld\n",
	    r->known.host, r->known.port, r->known.database, r->known.timeline,
	    r->known.system, r->person, (long long)r->epoch);
	bool fine = path_write(path_join(&arena, r->folder, KNOWN_FILE),
	    (struct slice){str_text(&text), text.len}, true, err);
	str_release(&text);
	arena_release(&arena);
	return fine;
}

/* Not when it answered and refused. */
bool replica_reads_on(const struct replica *replica)
{
	return *replica->known.database && *replica->person && !replica->refused &&
	       (!replica->server || server_lost(replica->server));
}

/* ---- opening ---- */

bool replica_open(struct replica **out, const char *url, char **path, struct err *err)
{
	struct arena arena = ARENA_INIT;
	char name[80];
	const char *home = path_data_home(&arena);
	*out = NULL;
	bool fine =
	    server_url_folder(url, name, sizeof name, err) &&
	    (home || err_set(err, "",
	                 "no home folder is known for the copy of the server; set "
	                 "XDG_DATA_HOME"));
	if (fine) {
		const char *folder =
		    path_join(&arena, path_join(&arena, home, "servers"), name);
		fine = path_make_folder(folder, err);
		if (fine) {
			struct replica *r = xcalloc(1, sizeof *r);
			r->url = xstrdup(url);
			r->folder = xstrdup(folder);
			read_known(r, &arena);
			*path = xstrdup(path_join(&arena, folder, "huddle.db"));
			*out = r;
		}
	}
	arena_release(&arena);
	return fine;
}

void replica_close(struct replica *replica)
{
	if (!replica)
		return;
	server_close(replica->server);
	free(replica->url);
	free(replica->folder);
	free(replica->name);
	free(replica);
}

static void note_row(
    void *arg, int op, const char *database, const char *table, sqlite3_int64 rowid)
{
	struct store *store = arg;
	struct replica *r = store->replica;
	bool clock = !strcmp(table, "clock");
	if (!r->begun || strcmp(database, "main") != 0 || op == SQLITE_DELETE ||
	    (!clock && strcmp(table, "generation") != 0))
		return;
	if (r->n_touched < TOUCHED)
		r->touched[r->n_touched++] =
		    (struct touched){clock, op == SQLITE_INSERT, rowid};
}

void replica_watch(struct store *store)
{
	sqlite3_update_hook(store->db, note_row, store);
}

/* ---- connecting ---- */

static bool know(struct store *store, struct err *err)
{
	struct replica *r = store->replica;
	struct server *s = r->server;
	struct server_known before = r->known;
	bool other =
	    strcmp(before.database, s->known.database) != 0 || r->epoch != s->epoch;
	r->known = s->known;
	if (other)
		r->epoch = -1; /* until all of it was read anew */
	if (!other && !strcmp(r->person, s->person) &&
	    !memcmp(&before, &r->known, sizeof before))
		return true;
	snprintf(r->person, sizeof r->person, "%s", s->person);
	return write_known(r, err);
}

static bool right_tables(const struct server *s, struct err *err)
{
	if (!s->schema)
		return err_set(err, s->name,
		    "has no tables of huddle yet; let its owner run huddle server init");
	if (s->schema != SERVER_SCHEMA)
		return err_set(err, s->name,
		    "has the tables of %s huddle (schema %d, this one knows %d); %s",
		    s->schema > SERVER_SCHEMA ? "a newer" : "an older", s->schema,
		    SERVER_SCHEMA,
		    s->schema > SERVER_SCHEMA
		        ? "install the newer one"
		        : "let its owner run huddle server init with this one");
	return s->rights || err_set(err, s->name,
	                        "%s has no role in huddle; ask RevOps for huddle server "
	                        "add-user",
	                        s->person);
}

bool replica_connect(struct store *store, struct err *err)
{
	struct replica *r = store->replica;
	if (r->server && !server_lost(r->server))
		return true;
	struct server *s;
	server_close(r->server);
	r->server = NULL;
	if (!server_open(&s, r->url, &r->known, err))
		return false;
	r->server = s;
	free(r->name);
	r->name = xstrdup(s->name);
	if (right_tables(s, err) &&
	    server_run(s,
	        "SET lock_timeout = 3000; "
	        "SET idle_in_transaction_session_timeout = 10000; "
	        "SET default_transaction_isolation = 'read committed'",
	        err) &&
	    know(store, err)) {
		r->refused = false;
		return true;
	}
	r->refused = !server_lost(s);
	server_close(s);
	r->server = NULL;
	return false;
}

bool replica_may_sync(struct store *store, struct err *err)
{
	if (!replica_connect(store, err))
		return false;
	const struct server *s = store->replica->server;
	return s->rights & SERVER_REVOPS ||
	       err_set(err, s->name, "%s is not of RevOps, who sync; nothing was changed",
	           s->person);
}

/* ---- generations ---- */

struct generation {
	int64_t id, dropped, size;
	const char *as_of, *made_at, *made_by; /* borrowed from the rows */
};

static const char *facts_path(struct store *store, int64_t id, struct arena *arena)
{
	return arena_printf(arena, "%s-facts-%lld", store->path, (long long)id);
}

static struct generation generation_at(
    const struct server *s, const PGresult *rows, int row)
{
	return (struct generation){.id = server_int(s, rows, row, 1),
	    .as_of = server_text(s, rows, row, 2),
	    .made_at = server_text(s, rows, row, 3),
	    .made_by = server_text(s, rows, row, 4),
	    .dropped = server_int(s, rows, row, 5),
	    .size = server_int(s, rows, row, 6)};
}

/* A file of that name may be of another database that had this address before. */
static bool is_here(struct store *store, const struct generation *g, const char *path,
    bool *here, struct err *err)
{
	struct sql q;
	*here = false;
	if (sql_begin(
	        &q, store, "SELECT made_at FROM main.generation WHERE id = $1", err)) {
		sql_int(&q, 1, g->id);
		if (sql_row(&q))
			*here =
			    slice_is(sql_get(&q, 0), g->made_at) && !access(path, F_OK);
	}
	return sql_done(&q);
}

/* The facts of the newest that is not dropped are fetched before anybody here learns of
 * it. */
static bool fetch_current(struct store *store, const PGresult *rows, struct err *err)
{
	struct server *s = store->replica->server;
	struct arena arena = ARENA_INIT;
	struct generation current = {0};
	bool here = true;
	for (int i = 0; i < server_rows(s, rows); i++) {
		struct generation g = generation_at(s, rows, i);
		if (g.id && !g.dropped)
			current = g;
	}
	const char *path = facts_path(store, current.id, &arena);
	const char *previous = store->generation && store->generation != current.id
	                           ? facts_path(store, store->generation, &arena)
	                           : NULL;
	bool fine = !current.id || is_here(store, &current, path, &here, err);
	if (fine && !here) {
		store->replica->fetched = current.id;
		fine = pieces_fetch(s, path, previous, current.id, current.size, err);
	}
	arena_release(&arena);
	return fine;
}

static bool mirror_one(
    struct store *store, const struct generation *g, struct arena *arena, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store,
	        "INSERT INTO main.generation(id, file, as_of, made_at, made_by, dropped) "
	        "VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT(id) DO UPDATE SET as_of = "
	        "excluded.as_of, made_at = excluded.made_at, made_by = excluded.made_by, "
	        "dropped = excluded.dropped WHERE generation.dropped <> excluded.dropped "
	        "OR "
	        "generation.made_at <> excluded.made_at",
	        err)) {
		sql_int(&q, 1, g->id);
		sql_text(&q, 2, path_base(facts_path(store, g->id, arena)));
		sql_text(&q, 3, g->as_of);
		sql_text(&q, 4, g->made_at);
		sql_text(&q, 5, g->made_by);
		sql_int(&q, 6, g->dropped);
		sql_step(&q);
	}
	return sql_done(&q);
}

static bool mirror(struct store *store, const PGresult *rows, struct err *err)
{
	struct arena arena = ARENA_INIT;
	bool fine = true;
	for (int i = 0; fine && i < server_rows(store->replica->server, rows); i++) {
		struct generation g = generation_at(store->replica->server, rows, i);
		fine = !g.id || mirror_one(store, &g, &arena, err);
	}
	arena_release(&arena);
	return fine;
}

/* Like the clock of the meeting that is on, which is no record. */
static bool take_clock(struct store *store, const PGresult *rows, struct err *err)
{
	struct server *s = store->replica->server;
	struct sql q;
	bool fine = sql_begin(&q, store,
	    "INSERT OR REPLACE INTO main.clock(review, deal_id, seconds, seen_at) "
	    "SELECT $1, $2, $3, $4 WHERE NOT EXISTS(SELECT 1 FROM main.clock WHERE "
	    "review = "
	    "$1 AND deal_id = $2 AND seconds >= $3 AND seen_at >= $4)",
	    err);
	for (int i = 0; fine && i < server_rows(s, rows); i++) {
		sql_int(&q, 1, server_int(s, rows, i, 0));
		sql_text(&q, 2, server_text(s, rows, i, 1));
		sql_int(&q, 3, server_int(s, rows, i, 2));
		sql_text(&q, 4, server_text(s, rows, i, 3));
		fine = sql_step(&q);
	}
	return sql_done(&q);
}

/* The last three stay, as where a sync was made; older ones were removed before. */
static void remove_old(struct store *store, const PGresult *rows)
{
	enum { KEPT = 3, LOOKED_AT = 10 };
	struct arena arena = ARENA_INIT;
	int kept = 0, n = server_rows(store->replica->server, rows);
	for (int i = n - 1; i >= 0 && i > n - LOOKED_AT; i--) {
		struct generation g = generation_at(store->replica->server, rows, i);
		if (!g.id || (!g.dropped && ++kept <= KEPT))
			continue;
		unlink(facts_path(store, g.id, &arena));
	}
	arena_release(&arena);
}

/* ---- all that is new ---- */

/* What the server told, before it is written here. */
struct news {
	PGresult *generations, *clock;
	struct pulled pulled;
};

static bool take_news(struct store *store, const struct news *news, struct err *err)
{
	struct replica *r = store->replica;
	if (!sql_run(store, "BEGIN IMMEDIATE", err))
		return false;
	if (!replica_take(store, &news->pulled, err) ||
	    !mirror(store, news->generations, err) ||
	    !take_clock(store, news->clock, err) || !sql_run(store, "COMMIT", err)) {
		sql_rollback(store);
		return false;
	}
	remove_old(store, news->generations);
	/* Under the number of those that are open: they are others. */
	if (r->fetched && r->fetched == store->generation && !store_attach(store, err))
		return false;
	r->fetched = 0;
	if (r->epoch == r->server->epoch)
		return true;
	r->epoch = r->server->epoch;
	return write_known(r, err);
}

static bool ask_news(struct store *store, struct news *news, struct err *err)
{
	struct server *s = store->replica->server;
	if (!server_do(s, ASK_GENERATIONS, NULL, &news->generations, err))
		return false;
	s->epoch = server_int(s, news->generations, 0, 0);
	return replica_ask(store, &news->pulled, err) &&
	       server_do(s, ASK_CLOCK, NULL, &news->clock, err) &&
	       fetch_current(store, news->generations, err);
}

static bool catch_up(struct store *store, struct err *err)
{
	struct news news = {0};
	if (!replica_connect(store, err))
		return false;
	struct server *s = store->replica->server;
	bool fine = ask_news(store, &news, err) && take_news(store, &news, err);
	server_clear(s, news.generations);
	server_clear(s, news.clock);
	server_clear(s, news.pulled.lines);
	return fine;
}

bool replica_catch_up(struct store *store, struct err *err)
{
	struct replica *r = store->replica;
	bool fine = catch_up(store, err);
	*r->problem = '\0';
	if (!fine)
		snprintf(r->problem, sizeof r->problem, "%s%s%s", err->place,
		    *err->place ? ": " : "", err->text);
	return fine;
}
