#include "remembered.h"

#include <string.h>
#include <unistd.h>

bool remembered(struct store *store, const char *name, const char *key,
    struct arena *arena, struct slice *out, struct err *err)
{
	struct sql q;
	size_t n = strlen(key);

	*out = (struct slice){NULL, 0};
	if (!sql_begin(&q, store, "SELECT value FROM main.setting WHERE key = $1", err))
		return false;
	sql_text(&q, 1, name);
	if (sql_row(&q)) {
		struct slice text = sql_get(&q, 0);

		if (slice_starts(text, key))
			*out = (struct slice){
			    arena_dup(arena, text.p + n, text.len - n), text.len - n};
	}
	return sql_done(&q);
}

bool remembered_key(struct str *out, struct store *store, day_t today, struct err *err)
{
	int64_t seq;

	if (!sql_one(store,
	        "SELECT coalesce(max(seq), 0) FROM main.change_log WHERE table_name NOT "
	        "IN ('action', 'agenda', 'decision', 'note', 'pin', 'review', 'slice', "
	        "'snooze')",
	        0, &seq, err))
		return false;
	str_addf(
	    out, "%lld %d %lld\n", (long long)store->generation, today, (long long)seq);
	return true;
}

static void write_row(struct store *store, const char *name, const char *value)
{
	struct err ignored = ERR_INIT;
	struct sql q;

	if (!sql_begin(&q, store,
	        "INSERT INTO main.setting(key, value) VALUES($1, $2) "
	        "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
	        &ignored))
		return;
	sql_text(&q, 1, name);
	sql_text(&q, 2, value);
	sql_row(&q);
	sql_done(&q);
}

static void forget_others(struct store *store, const char *name, const char *key)
{
	struct err ignored = ERR_INIT;
	struct sql q;
	size_t family = strcspn(name, " ");

	if (!name[family] ||
	    !sql_begin(&q, store,
	        "DELETE FROM main.setting WHERE substr(key, 1, length($1)) = $1 "
	        "AND substr(value, 1, length($2)) <> $2",
	        &ignored))
		return;
	sql_slice(&q, 1, (struct slice){name, family + 1});
	sql_text(&q, 2, key);
	sql_row(&q);
	sql_done(&q);
}

/* A command that only reads has the file open for reading, so it is opened once more. */
void remember(struct store *store, const char *name, const char *key, const char *text)
{
	struct err ignored = ERR_INIT;
	struct str value = STR_INIT;
	struct store *own = NULL;
	struct store_options options = {.path = store->path, .person = store->person};

	if (store->read_only && !store->keep)
		return;
	if (store->read_only &&
	    (access(store->path, W_OK) != 0 || !store_open(&own, &options, &ignored)))
		return;
	str_addf(&value, "%s%s", key, text);
	write_row(own ? own : store, name, str_text(&value));
	forget_others(own ? own : store, name, key);
	str_release(&value);
	store_close(own);
}
