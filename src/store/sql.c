#include "sql.h"
#include "replica.h"

#include <stdlib.h>
#include <string.h>

/*
 * Statements are kept prepared: a slot holds one, the text it was made from and
 * where each $n sits (asking SQLite by name for every value of a million rows
 * would cost seconds). Looking up compares contents as well as the address,
 * because a text may have been built in a buffer that is used again.
 */
enum { CACHE_SLOTS = 64, MAX_PARAMETERS = 96 };

struct sql_slot {
	sqlite3_stmt *stmt;
	const char *text; /* address asked for; compare contents before trusting it */
	uint64_t used_at;
	bool in_use, kept;
	unsigned char place[MAX_PARAMETERS + 1]; /* of $n; 0: not in the text */
};

struct sql_cache {
	struct sql_slot slots[CACHE_SLOTS];
	uint64_t clock;
};

static bool slot_prepare(struct sql_slot *slot, struct store *store, const char *text)
{
	unsigned flags = slot->kept ? SQLITE_PREPARE_PERSISTENT : 0;
	int code = sqlite3_prepare_v3(store->db, text, -1, flags, &slot->stmt, NULL);
	if (code != SQLITE_OK || !slot->stmt)
		return false;
	memset(slot->place, 0, sizeof(slot->place));
	int count = sqlite3_bind_parameter_count(slot->stmt);
	for (int i = 1; i <= count && i <= UINT8_MAX; i++) {
		const char *name = sqlite3_bind_parameter_name(slot->stmt, i);
		long n = name && name[0] == '$' ? strtol(name + 1, NULL, 10) : 0;
		if (n < 1 || n > MAX_PARAMETERS)
			BUG("parameter %s in: %s", name ? name : "?", text);
		slot->place[n] = (unsigned char)i;
	}
	return true;
}

static bool slot_holds(const struct sql_slot *slot, const char *text)
{
	return slot->stmt && !slot->in_use && strcmp(sqlite3_sql(slot->stmt), text) == 0;
}

static struct sql_slot *cache_find(struct sql_cache *cache, const char *text)
{
	for (int i = 0; i < CACHE_SLOTS; i++)
		if (cache->slots[i].text == text && slot_holds(&cache->slots[i], text))
			return &cache->slots[i];
	for (int i = 0; i < CACHE_SLOTS; i++)
		if (slot_holds(&cache->slots[i], text))
			return &cache->slots[i];
	return NULL;
}

/* The slot unused for longest, emptied; NULL when all are in use. */
static struct sql_slot *cache_room(struct sql_cache *cache)
{
	struct sql_slot *oldest = NULL;
	for (int i = 0; i < CACHE_SLOTS; i++) {
		struct sql_slot *slot = &cache->slots[i];
		if (!slot->in_use && (!oldest || slot->used_at < oldest->used_at))
			oldest = slot;
	}
	if (oldest) {
		sqlite3_finalize(oldest->stmt);
		*oldest = (struct sql_slot){.kept = true};
	}
	return oldest;
}

static struct sql_slot *slot_get(struct store *store, const char *text)
{
	if (!store->cache)
		store->cache = xcalloc(1, sizeof(*store->cache));
	struct sql_slot *slot = cache_find(store->cache, text);
	if (!slot) {
		slot = cache_room(store->cache);
		if (!slot)
			slot = xcalloc(1, sizeof(*slot));
		if (!slot_prepare(slot, store, text)) {
			if (!slot->kept)
				free(slot);
			return NULL;
		}
	}
	slot->text = text;
	slot->in_use = true;
	slot->used_at = ++store->cache->clock;
	return slot;
}

static void slot_put(struct sql_slot *slot)
{
	if (!slot->kept) {
		sqlite3_finalize(slot->stmt);
		free(slot);
		return;
	}
	sqlite3_reset(slot->stmt); /* its error was reported by the step */
	sqlite3_clear_bindings(slot->stmt);
	slot->in_use = false;
}

void sql_forget(struct store *store)
{
	if (!store->cache)
		return;
	for (int i = 0; i < CACHE_SLOTS; i++) {
		if (store->cache->slots[i].in_use)
			BUG("still in use: %s", sqlite3_sql(store->cache->slots[i].stmt));
		sqlite3_finalize(store->cache->slots[i].stmt);
	}
	free(store->cache);
	store->cache = NULL;
}

static void sql_fail(struct sql *q, int code)
{
	if (!q->failed)
		sql_error(q->store, q->store->db, code, q->err);
	q->failed = true;
}

bool sql_begin(struct sql *q, struct store *store, const char *text, struct err *err)
{
	*q = (struct sql){.store = store, .err = err};
	q->slot = slot_get(store, text);
	if (!q->slot) {
		sql_fail(q, sqlite3_extended_errcode(store->db));
		return false;
	}
	q->stmt = q->slot->stmt;
	return true;
}

/* 0 when the statement failed earlier. */
static int place_of(const struct sql *q, int n)
{
	if (q->failed)
		return 0;
	if (n < 1 || n > MAX_PARAMETERS || !q->slot->place[n])
		BUG("no $%d in: %s", n, sqlite3_sql(q->stmt));
	return q->slot->place[n];
}

void sql_int(struct sql *q, int n, int64_t value)
{
	int place = place_of(q, n);
	if (place)
		sqlite3_bind_int64(q->stmt, place, value);
}

void sql_null(struct sql *q, int n)
{
	int place = place_of(q, n);
	if (place)
		sqlite3_bind_null(q->stmt, place);
}

void sql_slice(struct sql *q, int n, struct slice value)
{
	if (!value.p) {
		sql_null(q, n);
		return;
	}
	int place = place_of(q, n);
	if (!place)
		return;
	int code = sqlite3_bind_text64(
	    q->stmt, place, value.p, value.len, SQLITE_TRANSIENT, SQLITE_UTF8);
	if (code != SQLITE_OK)
		sql_fail(q, code);
}

void sql_text(struct sql *q, int n, const char *value)
{
	sql_slice(q, n, slice_of(value));
}

void sql_day(struct sql *q, int n, day_t value)
{
	char buf[DAY_TEXT];
	sql_text(q, n, value == DAY_NONE ? NULL : day_format(value, buf));
}

void sql_instant(struct sql *q, int n, instant_t value)
{
	char buf[INSTANT_TEXT];
	sql_text(q, n, value == INSTANT_NONE ? NULL : instant_format(value, buf));
}

bool sql_row(struct sql *q)
{
	if (q->failed)
		return false;
	int code = sqlite3_step(q->stmt);
	if (code == SQLITE_ROW)
		return true;
	if (code != SQLITE_DONE)
		sql_fail(q, sqlite3_extended_errcode(q->store->db));
	return false;
}

bool sql_step(struct sql *q)
{
	while (sql_row(q))
		;
	if (!q->failed)
		sqlite3_reset(q->stmt);
	return !q->failed;
}

bool sql_is_null(struct sql *q, int column)
{
	return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

int64_t sql_get_int(struct sql *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

int64_t sql_get_int_or(struct sql *q, int column, int64_t none)
{
	return sql_is_null(q, column) ? none : sql_get_int(q, column);
}

struct slice sql_get(struct sql *q, int column)
{
	const char *text = (const char *)sqlite3_column_text(q->stmt, column);
	if (!text)
		return (struct slice){NULL, 0};
	return (struct slice){text, (size_t)sqlite3_column_bytes(q->stmt, column)};
}

const char *sql_dup(struct sql *q, int column, struct arena *arena)
{
	struct slice text = sql_get(q, column);
	return text.len ? arena_dup(arena, text.p, text.len) : "";
}

/* An instant in a day's place gives its day. */
day_t sql_get_day(struct sql *q, int column)
{
	struct slice text = sql_get(q, column);
	char buf[DAY_TEXT];
	day_t day;
	if (text.len > 10)
		text.len = 10;
	return text.len && day_parse(slice_copy(text, buf, sizeof(buf)), &day) ? day
	                                                                       : DAY_NONE;
}

instant_t sql_parse_instant(struct slice text)
{
	instant_t at;
	day_t day;

	if (!text.p)
		return INSTANT_NONE;
	if (text.len > 10)
		return instant_parse(text.p, &at) ? at : INSTANT_NONE;
	return day_parse(text.p, &day) ? (instant_t)day * DAY_SECONDS : INSTANT_NONE;
}

instant_t sql_get_instant(struct sql *q, int column)
{
	return sql_parse_instant(sql_get(q, column));
}

bool sql_done(struct sql *q)
{
	if (q->slot)
		slot_put(q->slot);
	q->slot = NULL;
	q->stmt = NULL;
	return !q->failed;
}

bool sql_run(struct store *store, const char *text, struct err *err)
{
	struct sql q;
	if (sql_begin(&q, store, text, err))
		sql_step(&q);
	return sql_done(&q);
}

bool sql_script(struct store *store, const char *text, struct err *err)
{
	int code = sqlite3_exec(store->db, text, NULL, NULL, NULL);
	return code == SQLITE_OK ||
	       sql_error(store, store->db, sqlite3_extended_errcode(store->db), err);
}

bool sql_one(
    struct store *store, const char *text, int64_t none, int64_t *out, struct err *err)
{
	struct sql q;
	*out = none;
	if (sql_begin(&q, store, text, err) && sql_row(&q))
		*out = sql_get_int_or(&q, 0, none);
	return sql_done(&q);
}

bool sql_begin_local(struct store *store, struct err *err)
{
	if (store->read_only)
		return err_set(err, store->path,
		    "opened for reading only and nothing was saved; "
		    "open it without --read-only, or a copy that you may write");
	return sql_run(store, "BEGIN IMMEDIATE", err);
}

bool sql_begin_write(struct store *store, struct err *err)
{
	return store->replica && !store->read_only ? replica_begin(store, err)
	                                           : sql_begin_local(store, err);
}

static bool on_server(const struct store *store)
{
	return store->replica && store->replica->begun;
}

bool sql_commit(struct store *store, struct err *err)
{
	return on_server(store) ? replica_commit(store, err)
	                        : sql_run(store, "COMMIT", err);
}

/* Some errors have already rolled back; then there is nothing left to do. */
void sql_rollback(struct store *store)
{
	struct err ignored = ERR_INIT;
	if (on_server(store))
		replica_rollback(store);
	else if (!sqlite3_get_autocommit(store->db))
		sql_run(store, "ROLLBACK", &ignored);
}
