#include "huddle/rules.h"
#include "huddle/store_past.h"
#include "remembered.h"
#include "sql.h"

#include <xxhash.h>

/* The trained model, which is remembered for the facts and the rules it follows from. */

#define KEPT "slip-risk"

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

bool store_learning_kept(struct store *store, struct arena *arena,
    const struct risk_rules *rules, struct learning *out, bool *found, struct err *err)
{
	struct str key = STR_INIT;

	*found = false;
	learning_none(out);
	if (!store->generation)
		return store_facts(store, err);
	key_of(&key, store, rules);
	struct slice text;
	bool fine = remembered(store, KEPT, str_text(&key), arena, &text, err);
	if (fine && text.p)
		*found = learning_parse(out, arena, text);
	str_release(&key);
	return fine;
}

static void keep(
    struct store *store, const struct risk_rules *rules, const struct learning *l)
{
	struct str key = STR_INIT, text = STR_INIT;

	key_of(&key, store, rules);
	learning_format(&text, l);
	remember(store, KEPT, str_text(&key), str_text(&text));
	str_release(&key);
	str_release(&text);
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
