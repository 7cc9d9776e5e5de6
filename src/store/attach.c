#include "file.h"
#include "sql.h"

#include <string.h>

/*
 * The facts of the current generation, read-only and "immutable": a published
 * generation file is never written again, so SQLite need not lock it or look
 * whether it changed. A switch is one row in the records file.
 */

bool store_facts(struct store *store, struct err *err)
{
	if (!store->facts_error.text[0])
		return true;
	*err = store->facts_error;
	return false;
}

/* file:PATH?mode=ro&immutable=1, with the bytes escaped that mean something in
 * a URI. */
static const char *uri_of(const char *path, struct arena *arena)
{
	struct str uri = STR_INIT;
	str_adds(&uri, "file:");
	for (const char *p = path; *p; p++) {
		if (strchr("?#%", *p))
			str_addf(&uri, "%%%02X", (unsigned char)*p);
		else
			str_addc(&uri, *p);
	}
	str_adds(&uri, "?mode=ro&immutable=1");
	const char *text = arena_dup(arena, uri.p, uri.len);
	str_release(&uri);
	return text;
}

/* The name comes out of a file: it must stay beside it. */
static bool name_is_plain(const char *name)
{
	return *name && *name != '.' && !strchr(name, '/');
}

static const char *beside(
    const struct store *store, const char *name, struct arena *arena)
{
	const char *slash = strrchr(store->path, '/');
	int folder = slash ? (int)(slash - store->path) + 1 : 0;
	return arena_printf(arena, "%.*s%s", folder, store->path, name);
}

#define SYNC_AGAIN "run 'huddle sync' again, or put the file back"

static bool facts_check(const char *path, struct arena *arena, struct err *err)
{
	struct store_file file;
	struct file_mark mark;
	if (!file_look(&file, path, arena, err))
		return false;
	if (file.size < 0)
		return err_set(
		    err, path, "the facts of the last sync are missing; " SYNC_AGAIN);
	if (!file_mark(&mark, path, err))
		return false;
	if (!mark.database || mark.application != SCHEMA_FACTS_ID)
		return err_set(err, path, "not the facts of a sync; " SYNC_AGAIN);
	if (file.size < mark.size)
		return err_set(
		    err, path, "the facts of the last sync are cut short; " SYNC_AGAIN);
	if (mark.version != SCHEMA_FACTS_VERSION)
		return err_set(err, path,
		    "facts of another huddle (schema %u, this one knows %d); run 'huddle "
		    "sync' "
		    "again, or update huddle",
		    mark.version, SCHEMA_FACTS_VERSION);
	return true;
}

static bool detach(struct store *store, struct err *err)
{
	sql_forget(store);
	memset(&store->facts_error, 0, sizeof(store->facts_error));
	if (!store->generation)
		return true;
	store->generation = 0;
	return sql_script(store, "DETACH facts", err);
}

static bool attach_file(
    struct store *store, const char *path, struct arena *arena, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store, "ATTACH $1 AS facts", err)) {
		sql_text(&q, 1, uri_of(path, arena));
		sql_step(&q);
	}
	/* The list of deals goes through most pages of the deals and the accounts;
	 * SQLite's own 2 MB would read them over and over. */
	return sql_done(&q) && sql_script(store,
	                           "PRAGMA facts.cache_size = -8000;"
	                           "PRAGMA facts.cell_size_check = OFF",
	                           err);
}

/* `id` and `name` of the generation to use; id 0: nothing synced yet. */
static bool current(struct store *store, int64_t *id, const char **name,
    struct arena *arena, struct err *err)
{
	struct sql q;
	*id = 0;
	*name = "";
	if (sql_begin(&q, store,
	        "SELECT id, file FROM main.generation WHERE dropped = 0 ORDER BY id DESC "
	        "LIMIT 1",
	        err) &&
	    sql_row(&q)) {
		*id = sql_get_int(&q, 0);
		*name = arena ? sql_dup(&q, 1, arena) : "";
	}
	return sql_done(&q);
}

static bool attach_current(struct store *store, struct arena *arena, struct err *err)
{
	const char *name, *path;
	int64_t id;
	if (!current(store, &id, &name, arena, err) || !detach(store, err))
		return false;
	if (!id)
		return true;
	path = beside(store, name, arena);
	struct err *facts = &store->facts_error;
	bool fine = name_is_plain(name)
	                ? facts_check(path, arena, facts)
	                : err_set(facts, store->path,
	                      "names facts outside its folder; restore a backup");
	if (!fine || !attach_file(store, path, arena, facts)) {
		*err = *facts;
		return false;
	}
	store->generation = id;
	return true;
}

bool store_attach(struct store *store, struct err *err)
{
	struct arena arena = ARENA_INIT;
	bool fine = attach_current(store, &arena, err);
	arena_release(&arena);
	return fine;
}

/* What a write of anybody moves: the generation and the end of the log. Drafts
 * are not in the log, so that others' typing reloads nothing. */
static bool look(struct store *store, bool *changed, struct err *err)
{
	const char *name;
	int64_t id, seq;
	if (!log_newest(store, &seq, err) || !current(store, &id, &name, NULL, err))
		return false;
	*changed = seq != store->log_seq || id != store->generation;
	store->log_seq = seq;
	return id == store->generation || store_attach(store, err);
}

/* data_version moves when another connection commits; what this one wrote is
 * counted by total_changes. */
bool store_refresh(struct store *store, bool *changed, struct err *err)
{
	int64_t version, own = sqlite3_total_changes64(store->db);
	*changed = false;
	if (!sql_one(store, "PRAGMA main.data_version", 0, &version, err))
		return false;
	if (version == store->data_version && own == store->own_changes)
		return true;
	if (!look(store, changed, err) && !store->facts_error.text[0])
		return false;
	store->data_version = version;
	store->own_changes = own;
	return store_facts(store, err);
}
