#include "huddle/provenance.h"
#include "huddle/path.h"
#include "load.h"
#include "replica.h"
#include <unistd.h>

/* Where the facts come from, and the way back to those of the sync before. */

bool store_load_sources(
    struct store *store, struct arena *arena, struct source_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0;

	*out = (struct source_list){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store,
	        "SELECT source, kind, rows, as_of, captured, "
	        "(SELECT name FROM file WHERE file.feed = feed.id ORDER BY file.sync "
	        "DESC, file.id DESC "
	        "LIMIT 1), feed.id FROM feed ORDER BY source, id",
	        err))
		return false;
	while (sql_row(&q)) {
		if (out->count == cap)
			out->items = arena_grow(arena, out->items, &cap,
			    cap ? cap * 2 : 16, sizeof *out->items);
		out->items[out->count++] =
		    (struct source_info){.source = sql_dup(&q, 0, arena),
		        .kind = sql_dup(&q, 1, arena),
		        .rows = sql_get_int(&q, 2),
		        .as_of = sql_get_day(&q, 3),
		        .captured = sql_dup(&q, 4, arena),
		        .file = sql_dup(&q, 5, arena)};
	}
	return sql_done(&q);
}

bool store_load_rejects(
    struct store *store, struct arena *arena, struct reject_list *out, struct err *err)
{
	struct sql q;
	size_t cap = 0, cap_of = 0;

	*out = (struct reject_list){0};
	if (!store->generation)
		return store_facts(store, err);
	if (!sql_begin(&q, store,
	        "SELECT file.name, line, field, value, why, text, reject.hash, "
	        "feed.source, header, delimiter, feed.id FROM reject "
	        "JOIN file ON file.id = reject.file JOIN feed ON feed.id = file.feed "
	        "ORDER BY file.name, line, feed.id",
	        err))
		return false;
	while (sql_row(&q)) {
		if (out->count == cap) {
			out->items = arena_grow(arena, out->items, &cap,
			    cap ? cap * 2 : 64, sizeof *out->items);
			out->of =
			    arena_grow(arena, out->of, &cap_of, cap, sizeof *out->of);
		}
		struct slice delimiter = sql_get(&q, 9);
		out->of[out->count] =
		    (struct reject_file){.source = sql_dup(&q, 7, arena),
		        .header = sql_dup(&q, 8, arena),
		        .delimiter = delimiter.len ? *delimiter.p : ',',
		        .feed = sql_get_int(&q, 10)};
		out->items[out->count++] = (struct reject){.file = sql_dup(&q, 0, arena),
		    .line = sql_get_int(&q, 1),
		    .column = sql_dup(&q, 2, arena),
		    .value = sql_dup(&q, 3, arena),
		    .why = sql_dup(&q, 4, arena),
		    .text = sql_dup(&q, 5, arena),
		    .hash = (uint64_t)sql_get_int(&q, 6)};
	}
	return sql_done(&q);
}

/* The two newest that count: what is to go and what is to come back. */
static bool find_two(struct store *store, struct arena *arena, int64_t ids[2],
    const char **file, struct err *err)
{
	struct sql q;
	int n = 0;

	ids[0] = ids[1] = 0;
	*file = NULL;
	if (!sql_begin(&q, store,
	        "SELECT id, file FROM generation WHERE dropped = 0 ORDER BY id DESC "
	        "LIMIT 2",
	        err))
		return false;
	while (sql_row(&q)) {
		ids[n++] = sql_get_int(&q, 0);
		*file = n == 2 ? sql_dup(&q, 1, arena) : NULL;
	}
	return sql_done(&q);
}

static bool file_beside(struct store *store, struct arena *arena, const char *file)
{
	size_t folder = (size_t)(path_base(store->path) - store->path);

	return !access(
	    arena_printf(arena, "%.*s%s", (int)folder, store->path, file), R_OK);
}

static bool drop_newest(struct store *store, int64_t *now, struct err *err)
{
	struct arena arena = ARENA_INIT;
	struct sql q;
	int64_t ids[2];
	const char *file;
	bool fine = find_two(store, &arena, ids, &file, err);

	if (fine && !ids[0])
		fine = err_set(err, store->path, "there is no sync to undo");
	if (fine && file && !store->replica && !file_beside(store, &arena, file))
		fine = err_set(err, store->path,
		    "the facts before this sync are no longer kept "
		    "(the last three are); sync the older exports again");
	arena_release(&arena);
	*now = ids[1];
	if (!fine ||
	    !sql_begin(&q, store, "UPDATE generation SET dropped = 1 WHERE id = $1", err))
		return false;
	sql_int(&q, 1, ids[0]);
	sql_row(&q);
	return sql_done(&q);
}

bool store_undo_sync(struct store *store, int64_t *sync_id, struct err *err)
{
	bool changed;

	if (!sql_begin_write(store, err))
		return false;
	if (!drop_newest(store, sync_id, err)) {
		sql_rollback(store);
		return false;
	}
	/* The facts before may have to be fetched. */
	return sql_commit(store, err) &&
	       (!store->replica || replica_catch_up(store, err)) &&
	       store_refresh(store, &changed, err);
}
