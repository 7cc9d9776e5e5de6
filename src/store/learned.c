#include "huddle/rules.h"
#include "huddle/store_past.h"
#include "sql.h"

#include <string.h>
#include <unistd.h>
#include <xxhash.h>

/*
 * The trained model is no fact and no record: it follows from the facts and the
 * rules, and is kept only because working it out takes a moment. One row of
 * `setting` holds it with the generation that it follows from. It is not in the
 * change log; nobody wrote it.
 */

/* What it follows from, as its first line. */
static void key_of(
    struct str *out, const struct store *store, const struct risk_rules *rules)
{
	struct str text = STR_INIT;
	risk_rules_print(&text, rules ? rules : risk_rules_default());
	str_addf(out, "%lld %016llx\n", (long long)store->generation,
	    (unsigned long long)XXH3_64bits(str_text(&text), text.len));
	str_release(&text);
}

static bool read_kept(struct store *store, struct arena *arena, const char *key,
    struct learning *out, bool *found, struct err *err)
{
	struct sql q;

	if (!sql_begin(&q, store,
	        "SELECT value FROM main.setting WHERE key = '" LEARNED_KEY "'", err))
		return false;
	if (sql_row(&q)) {
		struct slice text = sql_get(&q, 0);
		size_t n = strlen(key);
		if (slice_starts(text, key))
			*found = learning_parse(
			    out, arena, (struct slice){text.p + n, text.len - n});
	}
	return sql_done(&q);
}

bool store_learning_kept(struct store *store, struct arena *arena,
    const struct risk_rules *rules, struct learning *out, bool *found, struct err *err)
{
	struct str key = STR_INIT;

	*found = false;
	learning_none(out);
	if (!store->generation)
		return store_facts(store, err);
	key_of(&key, store, rules);
	bool fine = read_kept(store, arena, str_text(&key), out, found, err);
	str_release(&key);
	return fine;
}

static void write_kept(struct store *store, const char *text)
{
	struct err ignored = ERR_INIT;
	struct sql q;

	if (!sql_begin(&q, store,
	        "INSERT INTO main.setting(key, value) VALUES('" LEARNED_KEY "', $1) "
	        "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
	        &ignored))
		return;
	sql_text(&q, 1, text);
	sql_row(&q);
	sql_done(&q);
}

/* When it can not be kept, it is worked out again the next time. A command that
 * only reads has the file open for reading, so it is opened once more. */
static void keep(
    struct store *store, const struct risk_rules *rules, const struct learning *l)
{
	struct err ignored = ERR_INIT;
	struct str text = STR_INIT;
	struct store *own = NULL;
	struct store_options options = {.path = store->path, .person = store->person};

	if (store->read_only && !store->keep)
		return;
	if (store->read_only &&
	    (access(store->path, W_OK) != 0 || !store_open(&own, &options, &ignored)))
		return;
	key_of(&text, store, rules);
	learning_format(&text, l);
	write_kept(own ? own : store, str_text(&text));
	str_release(&text);
	store_close(own);
}

struct taking {
	struct lessons *lessons;
	const atomic_bool *stop;
};

static bool take(void *arg, const struct past_deal *deal)
{
	struct taking *t = arg;

	return !(t->stop && *t->stop) && lessons_take(t->lessons, deal);
}

bool store_backtest(struct store *store, struct arena *arena,
    const struct risk_rules *rules, day_t today, struct learning *out, struct err *err)
{
	struct arena own = ARENA_INIT;
	struct past past;

	learning_none(out);
	if (!store->generation)
		return store_facts(store, err);
	bool fine = store_load_past(store, &own, today, &past, err);
	if (fine) {
		struct lessons *lessons = lessons_open(&past, rules);
		struct taking taking = {lessons, store->stop};
		fine = store_each_past(store, &past, take, &taking, err);
		if (fine)
			fine = lessons_walk(lessons, arena, store->stop, out);
		lessons_close(lessons);
	}
	arena_release(&own);
	if (fine)
		keep(store, rules, out);
	return fine;
}

bool store_learning(struct store *store, struct arena *arena,
    const struct risk_rules *rules, day_t today, struct learning *out, struct err *err)
{
	bool found;

	return store_learning_kept(store, arena, rules, out, &found, err) &&
	       (found || store_backtest(store, arena, rules, today, out, err));
}
